//! What a text makes and then uses.
//!
//! Everything is decided before anything runs, so what an earlier command of the same text makes (a link, a
//! copy of a program, a makefile, a setting of git) cannot be looked at. A use of it is asked about. Commands
//! that are known to make nothing but plain files and folders do not count.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::path;
use super::shell::{Access, FileUse, Found, Simple, Word};
use super::spelling;
use crate::contract::Cause;
use crate::grammar::operands::{BUILDERS, WRITERS, makes_links};

/// The most operands that are remembered; beyond, every use is asked about.
const MOST_PATHS: usize = 20_000;

/// What the commands of an event made so far, in the order in which they run.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// What earlier commands name, and at which place they stand.
    paths: BTreeSet<(PathBuf, usize)>,
    /// The first command that writes a file.
    first_write: Option<usize>,
    /// The first command that sets something for git.
    first_setting: Option<usize>,
    /// How many redirections were taken in.
    files: usize,
}

impl Made {
    /// Takes in what a command may make. `words` are its own, without the programs that run it.
    pub(super) fn takes(&mut self, words: &[Word], order: usize) {
        let Some((program, operands)) = words.split_first() else { return };
        let name = spelling::base_name(&program.value);
        if WRITERS.contains(&name) || (name == "curl" && operands.iter().any(names_output)) {
            self.first_write.get_or_insert(order);
        }
        if name == "git" && is_git_setting(operands) {
            self.first_setting.get_or_insert(order);
        }
        if !makes_links(name) {
            return;
        }
        for operand in operands.iter().filter(|operand| !operand.value.is_empty()) {
            // A value may be joined to its option.
            let value = operand.value.rsplit('=').next().unwrap_or_default();
            for value in [operand.value.as_str(), value] {
                let clean = path::cleaned(Path::new(value));
                let base = clean.file_name().map(PathBuf::from);
                for path in base.into_iter().chain([clean]) {
                    if self.paths.len() < MOST_PATHS {
                        self.paths.insert((path, order));
                    }
                }
            }
        }
    }

    /// Takes in what the redirections of the event write.
    pub(super) fn takes_files(&mut self, files: &[FileUse]) {
        let further = files.iter().skip(self.files);
        self.files = files.len();
        for file in further.filter(|file| file.access != Access::Read) {
            if file.path.starts_with("/dev/") {
                continue;
            }
            let first = self.first_write.get_or_insert(file.order);
            *first = file.order.min(*first);
            let is_gits = Path::new(&file.path).components().any(|part| {
                let part = part.as_os_str().to_string_lossy();
                part == ".git" || part.starts_with(".gitconfig") || part == ".gitattributes"
            });
            if is_gits {
                let first = self.first_setting.get_or_insert(file.order);
                *first = file.order.min(*first);
            }
        }
    }

    /// Asks about a command that uses what an earlier one makes.
    pub(super) fn asks_command(&self, words: &[Word], simple: &Simple, found: &mut Found) {
        let Some(program) = words.first() else { return };
        let name = spelling::base_name(&program.value);
        let before = |first: Option<usize>| first.is_some_and(|first| is_before(first, simple));
        let is_made = program.value.contains('/') && self.is_named(Path::new(&program.value), simple);
        if is_made {
            found.unresolved(Cause::Program, spelling::canonical(words).as_bytes());
        } else if (BUILDERS.contains(&name) && before(self.first_write))
            || (name == "git" && before(self.first_setting))
        {
            found.unresolved(Cause::Code, spelling::canonical(words).as_bytes());
        }
    }

    /// Whether a redirection may lead through what an earlier command makes.
    pub(super) fn is_through(&self, file: &FileUse) -> bool {
        let stand_in = Simple { order: file.order, is_nested: file.is_nested, ..Simple::default() };
        !file.path.starts_with("/dev/") && self.is_named(Path::new(&file.path), &stand_in)
    }

    /// Whether an earlier command names the path, a folder on it, or its base name.
    fn is_named(&self, path: &Path, simple: &Simple) -> bool {
        if self.paths.len() >= MOST_PATHS {
            return true;
        }
        let clean = path::cleaned(path);
        let is_earlier = |path: &Path| {
            let start = (path.to_owned(), 0);
            self.paths
                .range(start..)
                .next()
                .is_some_and(|(named, order)| named == path && is_before(*order, simple))
        };
        let parts = clean.ancestors().filter(|part| part.parent().is_some());
        let base = clean.file_name().map(Path::new);
        parts.take(MOST_PARTS).chain(base).any(is_earlier)
    }
}

/// The most folders of a path that are compared.
const MOST_PARTS: usize = 64;

/// Whether an option of curl says that a file is written.
fn names_output(word: &Word) -> bool {
    match word.value.strip_prefix("--") {
        Some(long) => long.starts_with("output") || long.starts_with("remote-name"),
        None => word.value.starts_with('-') && word.value.contains(['o', 'O']),
    }
}

fn is_before(order: usize, simple: &Simple) -> bool {
    order < simple.order || (simple.is_nested && order == simple.order)
}

/// `git config` that sets something; who commits is a setting that runs nothing.
fn is_git_setting(operands: &[Word]) -> bool {
    let mut operands = operands.iter().map(|operand| operand.value.as_str());
    operands.by_ref().any(|operand| operand == "config")
        && operands.find(|operand| !matches!(*operand, "--global" | "--local" | "set")).is_some_and(
            |operand| {
                !operand.starts_with("user.")
                    && !matches!(operand, "--get" | "--list" | "-l" | "get" | "list")
            },
        )
}
