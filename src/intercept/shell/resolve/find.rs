//! `find`, and the names of files that a pattern stands for: answered by the folders as they are now.

use std::path::{Path, PathBuf};

use super::{Interpreter, pattern};
use crate::contract::Cause;
use crate::intercept::path::cleaned;
use crate::intercept::shell::effect::{Access, Extent};
use crate::intercept::shell::state::State;
use crate::intercept::shell::value::{Form, Hole, MOST_FORMS, Piece, Value};

/// The most entries of folders that are looked at for one pattern or one search.
const MOST_ENTRIES: usize = 2_000;

/// The most names that are put one by one into a text which is then run.
const MOST_TEXTS: usize = 256;

/// The most folders of one search that are told apart.
const MOST_ROOTS: usize = 4;

/// Predicates of find that take a value, and neither run, write nor read anything.
const WITH_VALUE: &[&str] = &[
    "-name",
    "-iname",
    "-path",
    "-ipath",
    "-wholename",
    "-iwholename",
    "-regex",
    "-iregex",
    "-type",
    "-xtype",
    "-maxdepth",
    "-mindepth",
    "-mtime",
    "-atime",
    "-ctime",
    "-mmin",
    "-amin",
    "-cmin",
    "-size",
    "-perm",
    "-user",
    "-group",
    "-uid",
    "-gid",
    "-links",
    "-inum",
    "-lname",
    "-ilname",
    "-fstype",
    "-used",
    "-regextype",
    "-printf",
    "-context",
    "-D",
];

/// The same without a value.
const WITHOUT_VALUE: &[&str] = &[
    "-print",
    "-print0",
    "-prune",
    "-depth",
    "-d",
    "-empty",
    "-follow",
    "-mount",
    "-xdev",
    "-quit",
    "-ls",
    "-true",
    "-false",
    "-executable",
    "-readable",
    "-writable",
    "-nouser",
    "-nogroup",
    "-o",
    "-or",
    "-a",
    "-and",
    "-not",
    "!",
    "(",
    ")",
    ",",
    "-noleaf",
    "-daystart",
    "-warn",
    "-nowarn",
    "-ignore_readdir_race",
    "-E",
    "-X",
    "-s",
    "-x",
    "-help",
    "--help",
    "-version",
    "--version",
];

impl Interpreter<'_> {
    pub(super) fn find(&mut self, operands: &[Form], state: &mut State) -> Value {
        let mut place = 0;
        while matches!(
            operands.get(place).and_then(Form::known),
            Some("-H" | "-L" | "-P" | "-O0" | "-O1" | "-O2" | "-O3")
        ) {
            place += 1;
        }
        let mut roots = Vec::new();
        while let Some(form) = operands.get(place) {
            let start = form.start();
            if start.starts_with('-') || matches!(form.known(), Some("(" | "!")) {
                break;
            }
            roots.push(form.clone());
            place += 1;
        }
        if roots.is_empty() {
            roots.push(Form::text("."));
        }
        let tests = operands.get(place..).unwrap_or_default();
        // Only where something happens to what is found it matters what that is.
        let matters = self.is_captured
            || tests.iter().any(|form| {
                form.known().is_some_and(|text| {
                    text == "-delete" || text.starts_with("-exec") || text.starts_with("-ok")
                })
            });
        let most = if runs_text(tests) { MOST_TEXTS } else { MOST_FORMS };
        let found = if matters { self.searched(&roots, tests, most, state) } else { Vec::new() };
        let mut at = 0;
        let mut output = Value::text("");
        while let Some(form) = tests.get(at) {
            at += 1;
            let Some(text) = form.known() else {
                self.tell(Cause::RunsAnother, &form.open());
                continue;
            };
            match text {
                "-exec" | "-execdir" | "-ok" | "-okdir" => {
                    let inner = tests.get(at..).unwrap_or_default();
                    let end = end_of_command(inner);
                    at += end + 1;
                    let words = inner.get(..end).unwrap_or_default();
                    let mut own = state.clone();
                    // With `;` each of them is one word, whatever is in it, and lies there now.
                    let is_each = inner.get(end).and_then(Form::known) == Some(";")
                        && !self.has_written()
                        && self.links.is_empty();
                    let each: Vec<Form> = found.iter().map(single).collect();
                    let found = if is_each { &each } else { &found };
                    let written = if text.ends_with("dir") {
                        self.for_each_in_its_folder(words, found, &own)
                    } else {
                        self.for_each_found(words, found, &mut own)
                    };
                    output = self.both(&output, written);
                }
                "-delete" => {
                    // What is found lies in these.
                    for root in &roots {
                        if chooses(tests) {
                            self.removes_some(root, state);
                        } else {
                            self.removes(root, state);
                        }
                        self.uses(root, Access::Write, Extent::Tree, state);
                    }
                }
                "-fprint" | "-fprint0" | "-fls" | "-fprintf" => {
                    if let Some(file) = tests.get(at) {
                        self.uses(file, Access::Write, Extent::One, state);
                        self.makes(file, state);
                    }
                    at += if text == "-fprintf" { 2 } else { 1 };
                }
                "-files0-from" => {
                    if let Some(file) = tests.get(at) {
                        self.uses(file, Access::Read, Extent::One, state);
                    }
                    at += 1;
                }
                "-newer" | "-anewer" | "-cnewer" | "-samefile" => at += 1,
                _ if text.starts_with("-newer") => at += 1,
                _ if WITH_VALUE.contains(&text) => at += 1,
                _ if WITHOUT_VALUE.contains(&text) => {}
                _ if at > 1 && text.starts_with('-') => self.tell(Cause::RunsAnother, text),
                _ => {}
            }
        }
        if !self.is_captured {
            return Value::unknown();
        }
        let is_nul = tests.iter().any(|form| form.known() == Some("-print0"));
        let separator = if is_nul { "\0" } else { "\n" };
        let mut listed = Value::text("");
        for form in &found {
            listed = listed.followed(&Value::of([form.clone()])).followed(&Value::text(separator));
        }
        if tests.iter().any(|form| matches!(form.known(), Some("-printf" | "-fprintf" | "-ls" | "-fls"))) {
            return Value::unknown();
        }
        let prints = !tests.iter().any(|form| {
            matches!(form.known(), Some("-exec" | "-execdir" | "-delete" | "-printf" | "-fprint"))
        });
        if prints { listed } else { output }
    }

    /// What `-exec` runs, for what was found.
    fn for_each_found(&mut self, words: &[Form], found: &[Form], state: &mut State) -> Value {
        let has_place = words.iter().any(|form| form.open().contains("{}"));
        if !has_place {
            return self.external(words.to_vec(), state);
        }
        let mut output = Value::text("");
        for form in found.iter().take(MOST_TEXTS) {
            let words = words
                .iter()
                .map(|word| match word.known() {
                    Some(text) if text.contains("{}") => {
                        let mut made = Form::default();
                        for (place, part) in text.split("{}").enumerate() {
                            if place > 0 {
                                made.append(form);
                            }
                            made.push(part);
                        }
                        made
                    }
                    _ => word.clone(),
                })
                .collect();
            let written = self.external(words, state);
            output = self.both(&output, written);
        }
        output
    }

    /// The same for `-execdir`: each is named from the folder that it lies in.
    fn for_each_in_its_folder(&mut self, words: &[Form], found: &[Form], state: &State) -> Value {
        let mut output = Value::text("");
        for form in found {
            let mut own = state.clone();
            let named = match form.known().map(|path| path.trim_end_matches('/').rsplit_once('/')) {
                Some(Some((folder, base))) => {
                    let folder = if folder.is_empty() { "/" } else { folder };
                    self.moved(&Form::text(folder), &state.folders, &mut own);
                    Form::text(format!("./{base}"))
                }
                Some(None) => form.clone(),
                None => {
                    self.lost(&mut own);
                    form.clone()
                }
            };
            let written = self.for_each_found(words, &[named], &mut own);
            output = self.both(&output, written);
        }
        output
    }

    /// The paths that a search finds now: each one if they are few, else a pattern of them.
    fn searched(&mut self, roots: &[Form], tests: &[Form], most: usize, state: &State) -> Vec<Form> {
        let chosen = Chosen::by(tests);
        let is_simple = chosen.is_simple && !state.is_remote && !state.folders.is_open;
        let mut found = Vec::new();
        let mut is_whole = true;
        for root in roots {
            let Some(root) = root.known() else {
                is_whole = false;
                continue;
            };
            for folder in &state.folders.known {
                is_whole &= self.walk(&folder.join(root), root, &mut |path, is_folder| {
                    let below = path.strip_prefix(root.trim_end_matches('/')).unwrap_or_default();
                    if chosen.has(path, below, is_folder) {
                        found.push(Form::text(path));
                    }
                });
            }
        }
        if is_whole && is_simple && found.is_empty() && !self.has_written() {
            // There is none now; one that comes to be has a name like this.
            if let ([root], [name]) = (roots, chosen.names.as_slice())
                && let Some(root) = root.known()
            {
                let name = name.pattern.written();
                return vec![Form::text(format!("{}/{name}", root.trim_end_matches('/')))];
            }
        }
        if is_whole && found.len() <= most && !found.is_empty() && !self.has_written() {
            return found;
        }
        // Too many to name, or some are yet to be made: the end of the name may be known.
        let mut forms: Vec<Form> = found.into_iter().take(MOST_FORMS / 2).collect();
        let end = match chosen.names.as_slice() {
            [Named { pattern, is_meant: true, folds_case: false, .. }] => pattern.pieces().last(),
            _ => None,
        };
        let anywhere = [Form::default()];
        for root in if roots.len() > MOST_ROOTS { &anywhere } else { roots } {
            let mut open = root.clone();
            open.push(if root.is_empty() || root.start().ends_with('/') { "" } else { "/" });
            open.push_hole(Hole::Star);
            if let Some(Piece::Text(end)) = end {
                open.push(end);
            }
            forms.push(open);
        }
        forms
    }

    /// The paths in a folder, as `find` names them; false if not all were looked at.
    fn walk(&mut self, root: &Path, name: &str, tell: &mut dyn FnMut(&str, bool)) -> bool {
        let mut left = MOST_ENTRIES;
        let mut open: Vec<(PathBuf, String)> = vec![(root.to_owned(), name.to_owned())];
        tell(name, root.is_dir());
        // One holds too much to be looked at, and what is in one that is yet to be made is not known.
        if root.parent().is_none() || root.symlink_metadata().is_err() {
            return false;
        }
        while let Some((folder, name)) = open.pop() {
            if !self.steps(super::LOOK) {
                return false;
            }
            let Ok(entries) = std::fs::read_dir(&folder) else { continue };
            for entry in entries.flatten() {
                let Some(rest) = left.checked_sub(1) else { return false };
                left = rest;
                let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
                let path = format!("{}/{}", name.trim_end_matches('/'), entry.file_name().to_string_lossy());
                tell(&path, is_folder);
                if is_folder {
                    open.push((entry.path(), path));
                }
            }
        }
        true
    }

    /// The paths that a pattern of file names stands for now, as the shell would give them.
    pub(super) fn globbed(&mut self, form: &Form, state: &State) -> Vec<String> {
        let mut found = Vec::new();
        let mut left = MOST_ENTRIES;
        let is_absolute = form.start().starts_with('/');
        let folders: Vec<PathBuf> =
            if is_absolute { vec![PathBuf::from("/")] } else { state.folders.known.clone() };
        for folder in folders {
            let mut names: Vec<(PathBuf, String)> =
                vec![(folder, if is_absolute { "/".to_owned() } else { String::new() })];
            let components = components(form);
            for (place, component) in components.iter().enumerate() {
                let mut next = Vec::new();
                for (folder, name) in names {
                    let joined = |base: &str| match name.as_str() {
                        "" => base.to_owned(),
                        name if name.ends_with('/') => format!("{name}{base}"),
                        name => format!("{name}/{base}"),
                    };
                    if let Some(text) = component.known() {
                        let path = folder.join(text);
                        if path.symlink_metadata().is_ok() {
                            next.push((path, joined(text)));
                        }
                        continue;
                    }
                    if !self.steps(super::LOOK) {
                        return found;
                    }
                    // Shells other than new bash meet the folder above by `.*` and `.?`.
                    let is_last = place + 1 == components.len();
                    if !is_last
                        && pattern::matches(component, "..").unwrap_or(true)
                        && component.start().starts_with('.')
                    {
                        next.push((folder.join(".."), joined("..")));
                    }
                    let Ok(entries) = std::fs::read_dir(&folder) else { continue };
                    for entry in entries.flatten() {
                        let Some(rest) = left.checked_sub(1) else {
                            self.effects.gives_up(&form.open());
                            return found;
                        };
                        left = rest;
                        let base = entry.file_name().to_string_lossy().into_owned();
                        // A leading dot is met by a dot alone; with `dotglob` by anything, so it is looked at too.
                        if pattern::matches(component, &base).unwrap_or(true)
                            && (!base.starts_with('.') || component.start().starts_with('.'))
                        {
                            next.push((entry.path(), joined(&base)));
                        }
                    }
                }
                names = next;
            }
            found.extend(names.into_iter().map(|(_, name)| name));
        }
        found.sort();
        found.dedup();
        found
    }

    /// The paths inside a folder, from it on: those on disk, and those that the text itself makes.
    pub(super) fn inside_of(&mut self, folder: &str, state: &State) -> Vec<String> {
        let mut inside = Vec::new();
        for from in state.folders.known.clone() {
            let root = cleaned(&from.join(folder));
            if root.is_dir() && root.parent().is_some_and(|parent| parent.parent().is_some()) {
                self.walk(&root, "", &mut |path, is_folder| {
                    if !is_folder && inside.len() < 1_000 {
                        inside.push(path.trim_start_matches('/').to_owned());
                    }
                });
            }
            for path in self.contents.keys() {
                if let Ok(rest) = path.strip_prefix(&root) {
                    inside.push(rest.to_string_lossy().into_owned());
                }
            }
        }
        inside.retain(|path| !path.is_empty());
        inside
    }
}

/// What the tests of a search choose among the paths, as far as they are read. Tests that are joined by anything but `and`
/// choose nothing: what another branch finds is not held against these.
#[derive(Debug)]
struct Chosen {
    names: Vec<Named>,
    /// Whether only what is no folder is meant, or only folders.
    folders: Option<bool>,
    /// How deep it goes at the most.
    deepest: usize,
    /// Whether names of what comes to be are told by these tests alone.
    is_simple: bool,
}

/// A pattern of names that a path must have, or must not.
#[derive(Debug)]
struct Named {
    pattern: Form,
    /// Whether it is about the whole path, and not the last name alone.
    is_path: bool,
    folds_case: bool,
    is_meant: bool,
}

impl Chosen {
    fn by(tests: &[Form]) -> Self {
        let mut chosen = Self { names: Vec::new(), folders: None, deepest: usize::MAX, is_simple: true };
        let mut place = 0;
        let mut is_meant = true;
        while let Some(form) = tests.get(place) {
            let value = tests.get(place + 1).and_then(Form::known);
            place += length_at(tests, place);
            match form.known() {
                Some("!" | "-not") => {
                    is_meant = !is_meant;
                    chosen.is_simple = false;
                    continue;
                }
                Some(kind @ ("-name" | "-iname" | "-path" | "-ipath" | "-wholename" | "-iwholename")) => {
                    let folds_case = kind.starts_with("-i");
                    chosen.is_simple &= value.is_some() && !folds_case;
                    let pattern = value.map(|text| match folds_case {
                        true => pattern::written(&text.to_lowercase()),
                        false => pattern::written(text),
                    });
                    let is_path = !kind.ends_with("-name") && kind != "-iname";
                    chosen.names.extend(pattern.map(|pattern| Named {
                        pattern,
                        is_path,
                        folds_case,
                        is_meant,
                    }));
                }
                // The last one counts, but a number that is not known bounds nothing.
                Some("-maxdepth") => {
                    chosen.deepest = value.and_then(|text| text.parse().ok()).unwrap_or(usize::MAX);
                }
                Some("-type") if is_meant => match value {
                    Some("f") => chosen.folders = Some(false),
                    Some("d") => chosen.folders = Some(true),
                    Some(_) | None => {}
                },
                Some("-o" | "-or" | "," | "(" | ")") => {
                    return Self { names: Vec::new(), folders: None, is_simple: false, ..Self::by(&[]) };
                }
                Some("-regex" | "-iregex" | "-prune") => chosen.is_simple = false,
                Some(_) | None => {}
            }
            is_meant = true;
        }
        chosen
    }

    /// Whether a path is chosen; `below` is what of it lies below the root of the search.
    fn has(&self, path: &str, below: &str, is_folder: bool) -> bool {
        let depth = below.split('/').filter(|part| !part.is_empty()).count();
        let base = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
        let is_named = |name: &Named| {
            let text = if name.is_path { path } else { base };
            let met = match name.folds_case {
                true => pattern::matches(&name.pattern, &text.to_lowercase()),
                false => pattern::matches(&name.pattern, text),
            };
            met.is_none_or(|met| met == name.is_meant)
        };
        depth <= self.deepest
            && self.folders.is_none_or(|folders| folders == is_folder)
            && self.names.iter().all(is_named)
    }
}

/// How many words the test or action at `place` is.
fn length_at(tests: &[Form], place: usize) -> usize {
    let Some(text) = tests.get(place).and_then(Form::known) else { return 1 };
    match text {
        "-exec" | "-execdir" | "-ok" | "-okdir" => {
            2 + end_of_command(tests.get(place + 1..).unwrap_or_default())
        }
        "-fprintf" => 3,
        "-fprint" | "-fprint0" | "-fls" | "-files0-from" | "-samefile" => 2,
        _ if text.ends_with("newer") || text.starts_with("-newer") || WITH_VALUE.contains(&text) => 2,
        _ => 1,
    }
}

/// Where the command of an action ends: at `;`, or at `+` behind `{}`.
fn end_of_command(words: &[Form]) -> usize {
    let is_end = |place: usize, form: &Form| {
        let is_plus = form.known() == Some("+")
            && place.checked_sub(1).and_then(|before| words.get(before)).and_then(Form::known) == Some("{}");
        form.known() == Some(";") || is_plus
    };
    words.iter().enumerate().position(|(place, form)| is_end(place, form)).unwrap_or(words.len())
}

/// Whether tests choose among what is found.
fn chooses(tests: &[Form]) -> bool {
    let is_choice = |form: &Form| {
        form.known().is_none_or(|text| {
            text.starts_with('-')
                && !matches!(text, "-delete" | "-depth" | "-d" | "-print" | "-xdev" | "-mount")
        })
    };
    tests.iter().any(is_choice)
}

/// A path that is found, as one word.
fn single(path: &Form) -> Form {
    let as_found = |piece: &Piece| match piece {
        Piece::Hole(Hole::Star) => Piece::Hole(Hole::Found),
        other => other.clone(),
    };
    Form::of(path.pieces().iter().map(as_found).collect())
}

/// Whether a search puts what it finds into a text with blanks, which a shell may run: `-exec sh -c 'cp {} x' \;`.
fn runs_text(tests: &[Form]) -> bool {
    tests.iter().filter_map(Form::known).any(|text| text.contains("{}") && text.contains(char::is_whitespace))
}

/// The parts of a pattern between its slashes.
fn components(form: &Form) -> Vec<Form> {
    let mut parts = vec![Form::default()];
    for piece in form.pieces() {
        match piece {
            Piece::Text(text) => {
                for (place, part) in text.split('/').enumerate() {
                    if place > 0 {
                        parts.push(Form::default());
                    }
                    if let Some(last) = parts.last_mut() {
                        last.push(part);
                    }
                }
            }
            Piece::Hole(hole) => {
                if let Some(last) = parts.last_mut() {
                    last.push_hole(hole.clone());
                }
            }
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}
