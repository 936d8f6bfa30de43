//! The parser: bytes in, one line's commands out at a time.
//!
//! Bash reads a line, runs it, and reads the next, so aliases and options that one line sets change how the next
//! one is read, and a line that does not parse comes after lines that have run. This parser does the same: see
//! [`Parser::next`]. A long line is given in pieces, so that whoever has seen enough need not read the rest; what is
//! given of a line that bash would not run at all is too much rather than too little. The parser never guesses: what
//! it cannot read is a [`Fault`], and nothing behind that is given.
//!
//! Depth is bounded by [`super::MOST_DEPTH`], work by [`MOST_STEPS`] and [`MOST_NODES`], so it ends on any input, in
//! time linear in these bounds. A backslash before a newline is removed wherever bash does so: everywhere but in single quotes, in
//! here-documents with a quoted delimiter, and in comments.

mod command;
mod compound;
mod condition;
mod cursor;
mod document;
mod list;
mod parameter;
mod quote;
mod word;

#[cfg(test)]
mod tests;

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::syntax::{List, Part, Word};
use crate::contract::Cause;

/// The most bytes that are looked at, those looked at again counted again: four for each byte of the longest text.
const MOST_STEPS: usize = 4 << 20;

/// The most commands, words, parts of words and redirections of one text: more than the interpreter goes through.
const MOST_NODES: usize = 60_000;

/// How many commands of a line are given at a time.
const MOST_ENTRIES: usize = 64;

/// Why a text cannot be read, and where.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Fault {
    pub(super) cause: Cause,
    pub(super) at: usize,
}

type Parsed<T> = Result<T, Fault>;

/// A text that is being read.
#[derive(Debug)]
pub(super) struct Parser {
    text: Vec<u8>,
    at: usize,
    depth: usize,
    work: Work,
    /// Whether this is the body of a here-document.
    is_document: bool,
    /// Whether the rest of a line is still to be given.
    pub(super) is_within_line: bool,
    /// Here-documents whose bodies begin at the next newline.
    pending: Vec<Pending>,
    /// Whether `@(…)` is a pattern.
    pub(super) is_extended: bool,
    /// What aliases stand for, where they are expanded.
    pub(super) aliases: Rc<HashMap<String, String>>,
    /// Aliases that were put in, and where their text ends: none is put in again within itself.
    expanded: Vec<(String, usize)>,
    /// Whether the next word may be an alias because the one before ended in a blank.
    alias_again: Option<usize>,
    /// Where reading as arithmetic or as an assignment failed, so that it is not tried again.
    failed: BTreeSet<usize>,
}

/// How much was read so far.
#[derive(Clone, Copy, Debug, Default)]
struct Work {
    steps: usize,
    nodes: usize,
}

#[derive(Debug)]
struct Pending {
    delimiter: Vec<u8>,
    strips_tabs: bool,
    expands: bool,
    body: Rc<OnceCell<Word>>,
}

impl Parser {
    /// A parser of `text`, which stands `depth` levels deep.
    pub(super) fn new(text: &[u8], depth: usize) -> Self {
        Self {
            text: text.to_vec(),
            at: 0,
            depth,
            work: Work::default(),
            is_document: false,
            is_within_line: false,
            pending: Vec::new(),
            is_extended: false,
            aliases: Rc::default(),
            expanded: Vec::new(),
            alias_again: None,
            failed: BTreeSet::new(),
        }
    }

    /// The commands of the next line that has any, or the next ones of a long line; none at the end of the text.
    ///
    /// # Errors
    /// What cannot be read. Nothing can be read behind it.
    pub(super) fn next(&mut self) -> Parsed<Option<List>> {
        if self.is_within_line {
            self.is_within_line = false;
            return self.line().map(Some);
        }
        self.blank_lines()?;
        if self.peek().is_none() {
            return Ok(None);
        }
        self.line().map(Some)
    }

    /// The parts of the whole text, read as the body of a here-document is.
    ///
    /// # Errors
    /// What cannot be read.
    pub(super) fn template(&mut self) -> Parsed<Vec<Part>> {
        self.document_parts()
    }

    pub(super) fn text(&self, start: usize, end: usize) -> &[u8] {
        self.text.get(start..end).unwrap_or_default()
    }
}
