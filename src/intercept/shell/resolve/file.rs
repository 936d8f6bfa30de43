//! Files: how a path that a program is given becomes an effect, and what the text itself made of files.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::Interpreter;
use crate::contract::Cause;
use crate::intercept::path::cleaned;
use crate::intercept::shell::effect::{Access, Extent, FileUse};
use crate::intercept::shell::state::State;
use crate::intercept::shell::value::{Form, Hole, Piece, Value};
use crate::sys::digest::sha256;

/// The longest file that is read to see what it runs, in bytes.
const LONGEST_SCRIPT: u64 = 256 << 10;

/// The most files that one pattern may stand for and each be looked at.
const MOST_NAMES: usize = 512;

/// The most names that the text makes lead elsewhere.
const MOST_LINKS: usize = 100;

impl Interpreter<'_> {
    /// A file that is opened by a redirection.
    pub(super) fn opens(&mut self, value: &Value, access: Access, state: &State) {
        for form in value.forms() {
            self.uses(form, access, Extent::One, state);
        }
    }

    /// A file that is read or written, meant from each folder that the working directory may be.
    pub(super) fn uses(&mut self, path: &Form, access: Access, extent: Extent, state: &State) {
        let start = path.start();
        // The working directory and the root of a process, by the names that the kernel gives them.
        if start.starts_with("/proc/") {
            let open = path.open();
            for name in ["/cwd/", "/root/"] {
                if let Some((_, rest)) = open.split_once(name) {
                    let rest = if name == "/root/" { format!("/{rest}") } else { rest.to_owned() };
                    self.uses(&Form::text(rest), access, extent, state);
                }
            }
        }
        if !self.links.is_empty() && path.open().contains("..") {
            self.unknown_operand(path);
        }
        if path.is_empty() || path.known() == Some("-") {
            return;
        }
        if is_device(path.known().unwrap_or(start)) {
            return;
        }
        if start.starts_with("/dev/fd/") || start.starts_with("/proc/self/fd/") {
            return;
        }
        if path.is_glob() && state.globs_otherwise {
            // Which names it stands for is another question then.
            self.uses(&Form::hole(Hole::Unknown), access, extent, state);
        }
        if path.is_glob() && !path.is_unknown() && !state.is_remote && !state.folders.is_open {
            let names = self.globbed(path, state);
            if !names.is_empty() && names.len() <= MOST_NAMES {
                for name in names {
                    self.uses(&Form::text(name), access, extent, state);
                }
                return;
            }
        }
        if let Some(searched) = searched_folder(path) {
            self.uses(&Form::text(searched), access, Extent::Tree, state);
            return;
        }
        let origin = self.origin();
        let use_from = |folder: Option<PathBuf>| FileUse {
            path: path.clone(),
            folder,
            access,
            extent,
            is_remote: state.is_remote,
            digest: None,
            origin: Rc::clone(&origin),
        };
        if start.starts_with('/') {
            self.effects.file(use_from(Some(PathBuf::from("/"))));
            self.through_links(path, Path::new("/"), access, extent, state);
            return;
        }
        for folder in &state.folders.known {
            self.effects.file(use_from(Some(folder.clone())));
            self.through_links(path, folder, access, extent, state);
        }
        if state.folders.is_open {
            self.effects.file(use_from(None));
        }
    }

    /// The same path where a name on it is one that the text makes lead elsewhere.
    fn through_links(&mut self, path: &Form, folder: &Path, access: Access, extent: Extent, state: &State) {
        if self.links.is_empty() {
            return;
        }
        let Some(text) = path.known() else { return };
        let mut place = cleaned(&folder.join(text));
        for _ in 0..8 {
            let Some(next) = self.links.iter().find_map(|(name, target)| {
                let rest = place.strip_prefix(name).ok()?;
                Some(if rest.as_os_str().is_empty() { target.clone() } else { target.join(rest) })
            }) else {
                return;
            };
            if next == place {
                return;
            }
            place = next;
            self.effects.file(FileUse {
                path: Form::text(place.to_string_lossy()),
                folder: Some(PathBuf::from("/")),
                access,
                extent,
                is_remote: state.is_remote,
                digest: None,
                origin: self.origin(),
            });
        }
    }

    /// The text makes `name` lead to `target`, both as they are given.
    pub(super) fn links(&mut self, target: &Form, name: &Form, state: &State) {
        if !self.steps(super::LOOK) {
            return;
        }
        let (Some(target), Some(name)) = (target.known(), name.known()) else { return };
        for folder in &state.folders.known {
            let mut name = cleaned(&folder.join(name));
            if name.is_dir()
                && let Some(base) = Path::new(target).file_name()
            {
                name.push(base);
            }
            // A link's target is meant from where the link lies; other kinds from the working directory.
            let from = name.parent().unwrap_or(folder);
            let targets = [cleaned(&from.join(target)), cleaned(&folder.join(target))];
            for target in targets {
                if self.links.len() < MOST_LINKS && target != name {
                    self.links.push((name.clone(), target));
                }
            }
        }
    }

    /// The text writes this into a file.
    pub(super) fn fills(&mut self, file: &Value, written: &Value, appends: bool, state: &State) {
        for form in file.forms() {
            let Some(name) = form.known() else { continue };
            if is_device(name) {
                continue;
            }
            for folder in state.folders.known.clone() {
                let path = cleaned(&folder.join(name));
                self.sets_git |= is_of_git(&path);
                let before = if appends {
                    match self.contents.get(&path) {
                        Some(before) => before.clone(),
                        None if path.exists() => None,
                        None => Some(Value::text("")),
                    }
                } else {
                    Some(Value::text(""))
                };
                let contents = before.map(|before| before.followed(written));
                if self.contents.len() < 1_000 {
                    self.contents.insert(path, contents);
                }
            }
        }
    }

    /// The text makes something of a file that is not known.
    pub(super) fn makes(&mut self, file: &Form, state: &State) {
        if let Some(name) = file.known().filter(|name| !is_device(name)) {
            for folder in state.folders.known.clone() {
                let path = cleaned(&folder.join(name));
                self.sets_git |= is_of_git(&path);
                if self.contents.len() < 1_000 {
                    self.contents.insert(path, None);
                }
            }
        }
    }

    /// Whether the text made this file, or something that it lies in.
    pub(super) fn is_made(&self, name: &str, state: &State) -> bool {
        let is_there = |path: &Path| {
            path.ancestors().any(|path| {
                self.contents.contains_key(path) || self.links.iter().any(|(link, _)| link == path)
            })
        };
        state.folders.known.iter().any(|folder| is_there(&cleaned(&folder.join(name))))
    }

    /// Whether the text wrote any file.
    pub(super) fn has_written(&self) -> bool {
        !self.contents.is_empty()
    }

    /// Whether the text wrote a file that may be code to a program that looks for it by itself.
    pub(super) fn has_written_code(&mut self) -> bool {
        if !self.steps(self.contents.len() / 8) {
            return true;
        }
        let is_data = |path: &PathBuf| {
            path.extension().is_some_and(|kind| {
                ["log", "txt", "out", "md", "csv", "diff", "patch", "html"].iter().any(|data| kind == *data)
            })
        };
        self.contents.keys().any(|path| !is_data(path))
    }

    /// What may be read from a name, as far as the text itself has put it there.
    pub(super) fn contents_of(&self, name: &str) -> Value {
        let stream = name.replace("/proc/self/fd/", "/dev/fd/");
        if let Some(value) = self.streams.get(&stream) {
            return if self.begun.contains(&stream) { super::redirect::rests(value) } else { value.clone() };
        }
        if name == "/dev/null" {
            return Value::text("");
        }
        Value::unknown()
    }

    /// What a script holds: as the text itself wrote it, or as it lies on disk now.
    pub(super) fn script(&mut self, name: &str, state: &State) -> Option<String> {
        let mut found = None;
        for folder in &state.folders.known.clone() {
            if !self.steps(super::LOOK) {
                return None;
            }
            let path = cleaned(&folder.join(name));
            let is_linked = self.links.iter().any(|(link, _)| path.starts_with(link));
            let text = match self.contents.get(&path) {
                Some(contents) => {
                    // What is in it by then is only likely.
                    let text = contents.as_ref().and_then(Value::known).map(str::to_owned);
                    self.effects.unresolved(Cause::Code, name);
                    text?
                }
                None if is_linked || self.is_made(name, state) => return None,
                None => {
                    let text = read_script(&path)?;
                    let origin = self.origin();
                    self.effects.file(FileUse {
                        path: Form::text(path.to_string_lossy()),
                        folder: Some(PathBuf::from("/")),
                        access: Access::Read,
                        extent: Extent::One,
                        is_remote: false,
                        digest: Some(sha256(text.as_bytes())),
                        origin,
                    });
                    text
                }
            };
            if found.as_ref().is_some_and(|found| *found != text) {
                return None;
            }
            found = Some(text);
        }
        found.filter(|_| !state.folders.is_open && !state.is_remote)
    }

    /// Tells of an operand that is not known where it matters which one it is.
    pub(super) fn unknown_operand(&mut self, form: &Form) {
        self.tell(Cause::Operand, &form.open());
    }
}

fn read_script(path: &Path) -> Option<String> {
    let metadata = std::fs::metadata(path).ok()?;
    if !metadata.is_file() || metadata.len() > LONGEST_SCRIPT {
        return None;
    }
    String::from_utf8(std::fs::read(path).ok()?).ok()
}

/// Whether git takes settings from a file.
fn is_of_git(path: &Path) -> bool {
    path.components().any(|part| {
        let part = part.as_os_str();
        [".git", ".gitattributes", ".gitconfig", ".gitmodules"].iter().any(|name| part == *name)
    }) || path.parent().is_some_and(|folder| folder.ends_with(".config/git"))
}

/// Names under which no file lies.
pub(super) fn is_device(name: &str) -> bool {
    matches!(
        name,
        "/dev/null"
            | "/dev/stdin"
            | "/dev/stdout"
            | "/dev/stderr"
            | "/dev/tty"
            | "/dev/zero"
            | "/dev/full"
            | "/dev/random"
            | "/dev/urandom"
    )
}

/// The folder that a path lies in which a search finds.
fn searched_folder(path: &Form) -> Option<&str> {
    match path.pieces() {
        [Piece::Text(folder), Piece::Hole(Hole::Found), ..] => {
            let folder = folder.strip_suffix('/')?;
            Some(if folder.is_empty() { "/" } else { folder })
        }
        _ => None,
    }
}
