//! Programs whose words need more than a table.

use super::Interpreter;
use crate::contract::Cause;
use crate::grammar::tool::Language;
use crate::intercept::code;
use crate::intercept::shell::effect::{Access, Extent};
use crate::intercept::shell::state::{Input, State};
use crate::intercept::shell::value::{Form, Hole, Piece, Value};

impl Interpreter<'_> {
    /// Some file in this folder is written.
    pub(super) fn writes_in(&mut self, folder: &Form, state: &State) {
        let mut inside = folder.clone();
        inside.push("/");
        inside.push_hole(Hole::Star);
        self.uses(&inside, Access::Write, Extent::One, state);
    }

    /// `zip`: names on the input, and a command that tests the archive.
    pub(super) fn zipped(&mut self, operands: &[Form], state: &mut State) {
        for (place, form) in operands.iter().enumerate() {
            let Some(text) = form.known() else { continue };
            if text == "-@" {
                let input = self.read(&state.input.clone());
                for name in input.texts().flat_map(str::lines).map(str::to_owned).collect::<Vec<_>>() {
                    self.uses(&Form::text(name), Access::Read, Extent::Tree, state);
                }
            }
            let code =
                match text.split_once("TT").filter(|_| text.starts_with('-') && !text.starts_with("--")) {
                    Some((_, "")) => operands.get(place + 1).and_then(Form::known).map(str::to_owned),
                    Some((_, code)) => Some(code.to_owned()),
                    None => text.strip_prefix("--unzip-command=").map(str::to_owned),
                };
            if let Some(code) = code {
                self.tell(Cause::RunsAnother, text);
                self.inner_text(&code, &mut state.child());
            }
        }
    }

    /// Compilers: files of options, and what code on the input includes.
    pub(super) fn compiled(&mut self, operands: &[Form], state: &mut State) {
        for text in operands.iter().filter_map(Form::known) {
            if let Some(file) = text.strip_prefix('@') {
                self.uses(&Form::text(file), Access::Read, Extent::One, state);
            }
        }
        if let Input::Text(value) | Input::Rest(value) = state.input.clone() {
            for code in value.texts() {
                for file in code::quoted(code) {
                    self.uses(&Form::text(file), Access::Read, Extent::One, state);
                }
            }
        }
        for pair in operands.windows(2) {
            if let [option, folder] = pair
                && matches!(option.known(), Some("-dumpdir" | "-dumpbase"))
            {
                self.writes_in(folder, state);
            }
        }
    }

    /// npm takes any setting for an option, with any number of dashes and shortened; some of them run code.
    pub(super) fn settings_of_npm(&mut self, operands: &[Form]) {
        const RUNNING: &[&str] = &[
            "script-shell",
            "node-options",
            "shell",
            "git",
            "init-module",
            "userconfig",
            "globalconfig",
            "viewer",
            "editor",
        ];
        for text in operands.iter().filter_map(Form::known).filter(|text| text.starts_with('-')) {
            let name = text.trim_start_matches('-').split('=').next().unwrap_or_default();
            if name.len() > 2 && RUNNING.iter().any(|running| running.starts_with(name)) {
                self.tell(Cause::RunsAnother, text);
            }
        }
    }

    /// `env -S TEXT WORD…`: the text is split by rules of its own, and the words follow.
    pub(super) fn env_split(&mut self, operands: &[Form], state: &mut State) -> Value {
        let Some(place) = operands.iter().position(splits_words) else { return Value::unknown() };
        let text = operands.get(place).map(Form::open).unwrap_or_default();
        let next = || operands.get(place + 1).map(|word| word.open().into_owned()).unwrap_or_default();
        let (text, behind) = match text.strip_prefix("--split-string").or_else(|| text.strip_prefix("--s")) {
            Some(rest) if rest.contains('=') => {
                (rest.split_once('=').map(|(_, text)| text.to_owned()).unwrap_or_default(), place + 1)
            }
            Some(_) => (next(), place + 2),
            None => {
                match text.split_once('S').map(|(_, rest)| rest.to_owned()).filter(|rest| !rest.is_empty()) {
                    Some(rest) => (rest, place + 1),
                    None => (next(), place + 2),
                }
            }
        };
        if text.contains(['\\', '$', '*']) {
            self.tell(Cause::RunsAnother, &text);
        }
        let text = text.replace("\\_", " ");
        let mut words: Vec<Form> = match shell_words::split(&text) {
            Ok(words) => words.into_iter().map(Form::text).collect(),
            Err(_) => {
                self.tell(Cause::RunsAnother, &text);
                text.split_whitespace().map(Form::text).collect()
            }
        };
        words.extend(operands.get(behind..).unwrap_or_default().iter().cloned());
        // What is split may have options of env's own.
        let words: Vec<Form> = [Form::text("env")].into_iter().chain(words).collect();
        self.external(words, &mut state.clone())
    }

    /// `perl -e CODE -e CODE`: each goes on where the one before it ends, so none is read by itself.
    pub(super) fn code_in_parts(&mut self, operands: &[Form]) {
        let gives_code = |form: &&Form| {
            let start = form.start();
            start.starts_with('-') && !start.starts_with("--") && start.contains(['e', 'E'])
        };
        if operands.iter().filter(gives_code).count() < 2 {
            return;
        }
        let holds_one = |form: &&Form| {
            let text = form.open();
            let behind = text
                .trim_start_matches('-')
                .trim_start_matches(|letter: char| letter != 'e' && letter != 'E');
            code::begins_with_substitution(&text)
                || code::begins_with_substitution(behind.get(1..).unwrap_or_default())
        };
        if let Some(form) = operands.iter().find(holds_one) {
            self.tell(Cause::Code, &form.open());
        }
    }

    /// `perl -wle CODE`: letters that take no word may stand before the one that does.
    pub(super) fn code_in_clusters(&mut self, language: Language, operands: &[Form], state: &mut State) {
        for (place, form) in operands.iter().enumerate() {
            let Some(letters) = form.known().and_then(|text| text.strip_prefix('-')) else { continue };
            let is_cluster = letters.len() > 1
                && letters.ends_with(['e', 'E'])
                && letters.chars().all(|letter| "wlnpasTtuUWXcS0123456789fiFeEr".contains(letter));
            if is_cluster && let Some(code) = operands.get(place + 1) {
                self.code(language, &Value::of([code.clone()]), state);
            }
        }
    }

    /// Perl opens what its operands say, pipes too.
    pub(super) fn magic_files(&mut self, operands: &[Form], state: &mut State) {
        for text in operands.iter().filter_map(Form::known).map(str::trim) {
            if let Some(code) = text.strip_suffix('|').or_else(|| text.strip_prefix('|')) {
                self.inner_text(code, &mut state.child());
            } else if !text.starts_with('-') {
                let path = text.trim_start_matches(['<', '>', '+', '&', '=', ' ']);
                self.uses(
                    &Form::text(path),
                    if text.starts_with(['>', '+']) { Access::Update } else { Access::Read },
                    Extent::One,
                    state,
                );
            }
        }
    }

    /// The files that a patch on the input names.
    pub(super) fn patched(&mut self, state: &mut State) {
        if matches!(state.input, Input::Inherited | Input::Empty) {
            return;
        }
        let input = self.read(&state.input.clone());
        if input.is_unknown() {
            self.tell(Cause::Operand, "a patch that is not known");
        }
        for text in input.texts().map(str::to_owned).collect::<Vec<_>>() {
            for line in text.lines() {
                let signs = ["+++ ", "--- ", "*** ", "Index: ", "rename to ", "rename from ", "copy to "];
                let Some(path) = signs.iter().find_map(|sign| line.strip_prefix(sign)) else { continue };
                let path = path.split('\t').next().unwrap_or_default().trim().trim_matches('"');
                // How many folders in front are dropped is an option; each may be.
                let mut rest = Some(path);
                while let Some(path) = rest {
                    self.uses(&Form::text(path), Access::Write, Extent::One, state);
                    rest = path.split_once('/').map(|(_, rest)| rest);
                }
            }
        }
    }

    /// `-x PROGRAM … -- OPERANDS`
    pub(super) fn start_stop_daemon(&mut self, operands: &[Form], state: &mut State) -> Value {
        let mut words = Vec::new();
        let mut starts = true;
        for (place, form) in operands.iter().enumerate() {
            let next = operands.get(place + 1);
            match form.known() {
                Some("--") => {
                    words.extend(operands.iter().skip(place + 1).cloned());
                    break;
                }
                Some(text)
                    if text.starts_with("--ex") && !text.contains('=')
                        || text.starts_with("--starta") && !text.contains('=')
                        || text.len() > 1
                            && !text.starts_with("--")
                            && text.starts_with('-')
                            && text.ends_with(['x', 'a']) =>
                {
                    words = next.into_iter().cloned().collect();
                }
                Some(text)
                    if !text.starts_with("--") && text.starts_with('-') && text.contains(['x', 'a']) =>
                {
                    words = text
                        .split_once(['x', 'a'])
                        .map(|(_, program)| Form::text(program))
                        .into_iter()
                        .collect();
                }
                Some("-K" | "--stop" | "-T" | "--status") => starts = false,
                Some(text) if text.starts_with("--ex") || text.starts_with("--starta") => {
                    words =
                        text.split_once('=').map(|(_, program)| Form::text(program)).into_iter().collect();
                }
                _ => {}
            }
        }
        if words.is_empty() || !starts { Value::unknown() } else { self.external(words, &mut state.clone()) }
    }

    /// What awk is told of its variables: its code may name files and commands by them.
    pub(super) fn variables_of_awk(&mut self, operands: &[Form]) {
        self.awk_variables.clear();
        for (place, form) in operands.iter().enumerate() {
            let Some(text) = form.known() else { continue };
            let told = match text.strip_prefix("-v").or_else(|| text.strip_prefix("--assign=")) {
                Some("") => operands.get(place + 1).and_then(Form::known),
                Some(told) => Some(told),
                None if text == "--assign" => operands.get(place + 1).and_then(Form::known),
                None => Some(text),
            };
            if let Some((name, value)) = told.and_then(|told| told.split_once('='))
                && super::assign::is_name(name)
            {
                self.awk_variables.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    /// `man`: its pager and its browser are commands.
    pub(super) fn man(&mut self, operands: &[Form], state: &mut State) -> Value {
        for (place, form) in operands.iter().enumerate() {
            let Some(text) = form.known() else { continue };
            if text.contains('/') && !text.starts_with('-') {
                self.uses(form, Access::Read, Extent::One, state);
            }
            let next = || operands.get(place + 1).and_then(Form::known).unwrap_or_default().to_owned();
            let long =
                |name: &str| text.len() > 3 && name.starts_with(text.split('=').next().unwrap_or_default());
            let code = match text.split_once('=') {
                Some((_, code)) if long("--pager") || long("--html") || long("--preprocessor") => {
                    code.to_owned()
                }
                None if long("--pager") => next(),
                _ if text == "-P" => next(),
                _ => match text.strip_prefix("-P").or_else(|| text.strip_prefix("-H")) {
                    Some(code) => code.to_owned(),
                    None => continue,
                },
            };
            if !code.is_empty() && !matches!(code.as_str(), "cat" | "less" | "more") {
                self.tell(Cause::RunsAnother, text);
                self.inner_text(&code.replace("%s", ""), &mut state.child());
            }
        }
        Value::unknown()
    }

    /// `rename CODE FILE…`: the new names are what the code makes of the old ones.
    pub(super) fn renames(&mut self, operands: &[Form], state: &mut State) {
        let mut change = None;
        for text in operands.iter().filter_map(Form::known) {
            let is_code = text.contains('$')
                || text.starts_with(['s', 'y', 't'])
                    && text.contains(['/', '#', '|', ',', '!', ':', '~', '%', '{'])
                || text.starts_with('-') && text.contains(['/', '#', '|', ',', '!', ':', '~', '%', '{']);
            match code::literal_substitution(text) {
                Some(pair) if change.is_none() => change = Some(pair),
                None if !is_code || change.is_some() => {}
                Some(_) | None => self.tell(Cause::Operand, text),
            }
        }
        let Some((from, to)) = change else { return };
        for form in operands.iter().filter(|form| form.start().contains(from) || form.known().is_none()) {
            for count in [1, usize::MAX] {
                let mut renamed = form.clone();
                for piece in renamed.pieces_mut() {
                    if let Piece::Text(text) = piece {
                        *text = text.replacen(from, to, count);
                    }
                }
                self.uses(&renamed, Access::Write, Extent::One, state);
                self.makes(&renamed, state);
            }
        }
    }

    /// `screen`: behind its options a command; in its clusters a letter with a value ends the cluster.
    pub(super) fn screen(&mut self, operands: &[Form], state: &mut State) -> Value {
        let mut place = 0;
        while let Some(text) = operands.get(place).and_then(Form::known).filter(|text| text.starts_with('-'))
        {
            place += 1;
            if matches!(text, "-X" | "-Q") {
                // What names, moves and ends windows runs nothing.
                let command = operands.get(place).and_then(Form::known).unwrap_or_default();
                if QUIET_OF_SCREEN.contains(&command) {
                    return Value::unknown();
                }
                self.tell(Cause::RunsAnother, "screen -X");
                let rest: Vec<Form> = operands.iter().skip(place + 1).cloned().collect();
                self.joined_text(&rest, &mut state.child());
                return Value::unknown();
            }
            if text.len() > 1 && text.ends_with(['c', 'e', 'h', 'p', 's', 'S', 't', 'T']) {
                place += 1;
            }
        }
        let inner = operands.get(place..).unwrap_or_default();
        if inner.is_empty() { Value::unknown() } else { self.external(inner.to_vec(), &mut state.clone()) }
    }
}

/// Commands of screen that only name, choose, resize and end windows.
const QUIET_OF_SCREEN: &[&str] = &[
    "title",
    "sessionname",
    "quit",
    "kill",
    "detach",
    "select",
    "next",
    "prev",
    "other",
    "focus",
    "only",
    "remove",
    "split",
    "resize",
    "clear",
    "redisplay",
    "monitor",
    "silence",
    "windows",
    "info",
    "version",
    "number",
];

/// Whether all that jupyter is told is to serve notebooks, from where and at which port.
pub(super) fn only_serves(operands: &[Form]) -> bool {
    let texts: Option<Vec<&str>> = operands.iter().map(Form::known).collect();
    let Some((first, mut rest)) = texts.as_deref().and_then(<[&str]>::split_first) else { return false };
    if !matches!(*first, "lab" | "notebook" | "server" | "--version" | "--paths" | "kernelspec") {
        return false;
    }
    while let Some((word, behind)) = rest.split_first() {
        let name = word.split('=').next().unwrap_or_default();
        rest = match name {
            "list" | "--no-browser" | "--debug" | "--json" | "--version" | "--help" | "-h" => behind,
            "--port" | "--notebook-dir" | "--ip" if word.contains('=') => behind,
            "--port" | "--notebook-dir" | "--ip" => behind.get(1..).unwrap_or_default(),
            _ => return false,
        };
    }
    true
}

/// Whether a word of env has the option that splits a text.
pub(super) fn splits_words(form: &Form) -> bool {
    let start = form.start();
    start.starts_with("--s")
        || start.starts_with('-') && !start.starts_with("--") && start.contains('S') && !start.contains('=')
        || start.starts_with("-S")
}

/// The words of a sed that edits in place, without the suffix that BSD's takes as a word of its own (`-i '' s/a/b/ file`).
/// GNU's takes that word for its script, which does nothing or is an error, and the script for a file.
pub(super) fn without_suffix(words: &[Form]) -> Option<Vec<Form>> {
    let flag = words.iter().position(|form| matches!(form.known(), Some("-i" | "-I")))?;
    let suffix = words.get(flag + 1)?.known()?;
    let is_suffix = suffix.is_empty()
        || suffix
            .strip_prefix('.')
            .is_some_and(|name| name.chars().all(|letter| letter.is_ascii_alphanumeric()));
    let others = words.iter().enumerate().filter(|(place, _)| *place != flag + 1);
    is_suffix.then(|| others.map(|(_, form)| form.clone()).collect())
}
