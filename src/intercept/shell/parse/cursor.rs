//! Bytes, one by one, with the bounds.

use super::{Fault, Parsed, Parser};
use crate::contract::Cause;
use crate::intercept::shell::MOST_DEPTH;

impl Parser {
    /// The byte at the cursor, behind joined lines.
    pub(super) fn peek(&mut self) -> Option<u8> {
        while self.raw(0) == Some(b'\\') && self.raw(1) == Some(b'\n') {
            self.at += 2;
        }
        self.raw(0)
    }

    /// The byte behind the one at the cursor, behind joined lines.
    pub(super) fn peek_second(&mut self) -> Option<u8> {
        self.peek()?;
        let mut ahead = 1;
        while self.raw(ahead) == Some(b'\\') && self.raw(ahead + 1) == Some(b'\n') {
            ahead += 2;
        }
        self.raw(ahead)
    }

    /// The byte so far ahead, as it stands there.
    pub(super) fn raw(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    /// Takes the byte at the cursor.
    pub(super) fn bump(&mut self) -> Parsed<Option<u8>> {
        self.step()?;
        let byte = self.peek();
        if byte.is_some() {
            self.at += 1;
        }
        Ok(byte)
    }

    /// Takes `byte` if it stands at the cursor.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        if is_there {
            self.at += 1;
        }
        is_there
    }

    /// Takes `byte`, which must stand there.
    pub(super) fn expect(&mut self, byte: u8) -> Parsed<()> {
        if self.eat(byte) { Ok(()) } else { Err(self.fault()) }
    }

    /// One step of work.
    pub(super) fn step(&mut self) -> Parsed<()> {
        self.steps(1)
    }

    /// As many steps.
    pub(super) fn steps(&mut self, count: usize) -> Parsed<()> {
        self.work.steps += count;
        if self.work.steps > super::MOST_STEPS { Err(self.beyond()) } else { Ok(()) }
    }

    /// One more command, word, part or redirection.
    pub(super) fn node(&mut self) -> Parsed<()> {
        self.work.nodes += 1;
        if self.work.nodes > super::MOST_NODES { Err(self.beyond()) } else { self.step() }
    }

    /// Reads what stands one level deeper.
    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.step()?;
        if self.depth >= MOST_DEPTH {
            return Err(self.beyond());
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    /// The text does not parse here.
    pub(super) fn fault(&self) -> Fault {
        Fault { cause: Cause::Syntax, at: self.at }
    }

    /// The text may parse, and is not read.
    pub(super) fn unread(&self) -> Fault {
        Fault { cause: Cause::Grammar, at: self.at }
    }

    fn beyond(&self) -> Fault {
        Fault { cause: Cause::Limit, at: self.at }
    }

    /// Blanks and joined lines; not newlines.
    pub(super) fn blanks(&mut self) -> Parsed<()> {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.step()?;
            self.at += 1;
        }
        Ok(())
    }

    /// Blanks, and a comment if one begins behind them.
    pub(super) fn gap(&mut self) -> Parsed<()> {
        self.blanks()?;
        if self.peek() == Some(b'#') {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let length = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
            self.steps(length)?;
            self.at += length;
        }
        Ok(())
    }
}
