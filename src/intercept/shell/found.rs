//! What was found in a text.

use super::{MOST_REREAD, Word};
use crate::contract::{Cause, Unresolved};

/// The most commands and file effects that are taken of one event.
const MOST_EFFECTS: usize = 10_000;

/// The most unresolved parts that are told one by one; more change no answer.
const MOST_UNRESOLVED: usize = 100;

/// The longest text told of an unresolved part, in bytes.
pub(super) const LONGEST_SNIPPET: usize = 160;

/// A command without any grammar left in it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(in crate::intercept) struct Simple {
    /// The variables that are set before it.
    pub(in crate::intercept) assigned: Vec<Assigned>,
    /// The program and its operands; empty if there are only assignments.
    pub(in crate::intercept) words: Vec<Word>,
    /// How deep it stands.
    pub(in crate::intercept) depth: usize,
    /// Its place among all commands of the event.
    pub(in crate::intercept) order: usize,
    /// Whether it stands in a text that another command runs, whose place it then has.
    pub(in crate::intercept) is_nested: bool,
}

/// A variable that is set.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(in crate::intercept) struct Assigned {
    pub(in crate::intercept) name: String,
    /// Its value, quotes removed. What is not known of it stands there as it is written.
    pub(in crate::intercept) value: String,
    /// Whether that is the value.
    pub(in crate::intercept) is_known: bool,
}

impl Assigned {
    /// The assignment that is written as `NAME=VALUE`; a lone `NAME` sets nothing to it.
    pub(in crate::intercept) fn of(word: &Word) -> Self {
        let (name, value) = word.value.split_once('=').unwrap_or((&word.value, ""));
        let name = name.strip_suffix('+').unwrap_or(name);
        Self { name: name.to_owned(), value: value.to_owned(), is_known: word.is_known }
    }
}

/// What a redirection does to its file.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(in crate::intercept) enum Access {
    Read,
    Write,
    /// Both.
    Update,
}

/// A file that a redirection opens.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::intercept) struct FileUse {
    /// Its path, as far as it is known.
    pub(in crate::intercept) path: String,
    pub(in crate::intercept) access: Access,
    /// The place of the command that it belongs to.
    pub(in crate::intercept) order: usize,
    /// Whether it stands in a text that another command runs.
    pub(in crate::intercept) is_nested: bool,
}

/// Everything that was found.
#[derive(Debug, Default)]
pub(in crate::intercept) struct Found {
    /// The commands, in the order in which they stand.
    pub(in crate::intercept) commands: Vec<Simple>,
    /// The files that redirections open.
    pub(in crate::intercept) files: Vec<FileUse>,
    /// What is not understood.
    pub(in crate::intercept) unresolved: Vec<Unresolved>,
    /// Whether there is any grammar but one simple command.
    pub(in crate::intercept) has_grammar: bool,
    /// How many commands were found so far.
    count: usize,
    gave_up: bool,
    reread: usize,
}

impl Found {
    /// Something is not understood.
    pub(in crate::intercept) fn unresolved(&mut self, cause: Cause, text: &[u8]) {
        if self.unresolved.len() < MOST_UNRESOLVED {
            self.unresolved.push(Unresolved { cause, text: snippet(text) });
        }
    }

    /// The text does not parse; said once where reading ended early anyway.
    pub(super) fn syntax(&mut self, text: &[u8]) {
        if !self.gave_up {
            self.unresolved(Cause::Syntax, text);
        }
    }

    /// A bound is reached. It is always told: it is the first of the list if that is full.
    pub(in crate::intercept) fn gives_up(&mut self, text: &[u8]) {
        if !self.gave_up {
            self.gave_up = true;
            self.unresolved.insert(0, Unresolved { cause: Cause::Limit, text: snippet(text) });
        }
    }

    /// A command.
    pub(super) fn command(&mut self, simple: Simple) {
        if self.commands.len() + self.files.len() < MOST_EFFECTS {
            self.commands.push(Simple { order: self.count, ..simple });
            self.count += 1;
        } else {
            self.gives_up(b"more than 10,000 commands and files");
        }
    }

    /// A file that the next command opens; one that is opened again and again counts once, at its last place.
    pub(super) fn file(&mut self, path: String, access: Access) {
        let file = FileUse { path, access, order: self.count, is_nested: false };
        if let Some(last) = self.files.last_mut()
            && !last.is_nested
            && (&last.path, last.access) == (&file.path, file.access)
        {
            last.order = file.order;
            return;
        }
        if self.commands.len() + self.files.len() < MOST_EFFECTS {
            self.files.push(file);
        } else {
            self.gives_up(b"more than 10,000 commands and files");
        }
    }

    /// From these places on, what was found stands in a text that the command at `order` runs.
    pub(in crate::intercept) fn nest(&mut self, commands: usize, files: usize, order: usize) {
        for simple in self.commands.iter_mut().skip(commands) {
            (simple.order, simple.is_nested) = (order, true);
        }
        for file in self.files.iter_mut().skip(files) {
            (file.order, file.is_nested) = (order, true);
        }
    }

    /// Whether that many more bytes may be read a second time.
    pub(super) fn may_reread(&mut self, bytes: usize) -> bool {
        self.reread = self.reread.saturating_add(bytes);
        self.reread <= MOST_REREAD
    }
}

/// The beginning of a text, for people.
pub(in crate::intercept) fn snippet(text: &[u8]) -> String {
    match text.get(..LONGEST_SNIPPET) {
        None => String::from_utf8_lossy(text).trim().to_owned(),
        Some(start) => {
            let start = String::from_utf8_lossy(start);
            format!("{}…", start.trim_end_matches('\u{fffd}').trim())
        }
    }
}
