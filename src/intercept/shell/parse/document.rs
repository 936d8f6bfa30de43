//! Here-documents: their delimiters, and their bodies where the line ends.

use std::cell::OnceCell;
use std::rc::Rc;

use super::list::is_meta;
use super::{Parsed, Parser, Pending};
use crate::intercept::shell::syntax::{Part, Span, Word};

/// The most here-documents of one line.
const MOST_PENDING: usize = 1_000;

impl Parser {
    /// Behind `<<`: the dash, and the delimiter.
    pub(super) fn document_start(&mut self) -> Parsed<Rc<OnceCell<Word>>> {
        let strips_tabs = self.eat(b'-');
        self.blanks()?;
        let mut delimiter = Vec::new();
        let mut expands = true;
        let start = self.at;
        while let Some(byte) = self.peek() {
            if is_meta(byte) {
                break;
            }
            match byte {
                b'\'' => {
                    expands = false;
                    self.at += 1;
                    while let Some(byte) = self.raw(0).filter(|byte| *byte != b'\'') {
                        self.step()?;
                        delimiter.push(byte);
                        self.at += 1;
                    }
                    self.expect(b'\'')?;
                }
                b'"' => {
                    expands = false;
                    self.at += 1;
                    loop {
                        let Some(byte) = self.bump()? else { return Err(self.fault()) };
                        if byte == b'"' {
                            break;
                        }
                        if byte == b'\\' && matches!(self.raw(0), Some(b'"' | b'\\' | b'$' | b'`')) {
                            delimiter.extend(self.bump()?);
                        } else {
                            delimiter.push(byte);
                        }
                    }
                }
                b'\\' => {
                    expands = false;
                    self.at += 1;
                    delimiter.extend(self.raw(0));
                    self.at += 1;
                }
                // A variable is its own name here; what encloses something is seldom, and is not read.
                b'$' if !matches!(self.peek_second(), Some(b'(' | b'{' | b'[' | b'\'' | b'"')) => {
                    delimiter.push(byte);
                    self.at += 1;
                }
                b'$' | b'`' => return Err(self.unread()),
                _ => {
                    delimiter.push(byte);
                    self.at += 1;
                }
            }
            self.step()?;
        }
        if start == self.at || delimiter.contains(&b'\n') {
            return Err(self.fault());
        }
        if self.pending.len() >= MOST_PENDING {
            return Err(self.unread());
        }
        let body = Rc::new(OnceCell::new());
        self.pending.push(Pending { delimiter, strips_tabs, expands, body: Rc::clone(&body) });
        Ok(body)
    }

    /// Takes a newline, and the bodies that begin behind it.
    pub(super) fn newline(&mut self) -> Parsed<()> {
        self.expect(b'\n')?;
        let pending = std::mem::take(&mut self.pending);
        for document in pending {
            let start = self.at;
            let text = self.body_of(&document)?;
            let parts = if document.expands {
                let mut inner = Self::new(&text, self.depth);
                inner.work = self.work;
                inner.is_extended = self.is_extended;
                let parts = inner.deeper(Self::document_parts);
                self.work = inner.work;
                parts.map_err(|fault| super::Fault { at: start, ..fault })?
            } else {
                vec![Part::Quoted(String::from_utf8_lossy(&text).into_owned())]
            };
            let word = Word { parts, span: Span { start, end: self.at } };
            // It is filled once: the cell was made for this document alone.
            let _ = document.body.set(word);
        }
        Ok(())
    }

    /// The lines up to the delimiter; the end of the text ends it too, as in bash.
    fn body_of(&mut self, document: &Pending) -> Parsed<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            if self.raw(0).is_none() {
                return Ok(body);
            }
            let mut line = Vec::new();
            if document.strips_tabs {
                while self.raw(0) == Some(b'\t') {
                    self.step()?;
                    self.at += 1;
                }
            }
            let mut has_newline = false;
            while let Some(byte) = self.raw(0) {
                let rest = self.text.get(self.at..).unwrap_or_default();
                let run = rest.iter().position(|byte| matches!(byte, b'\n' | b'\\')).unwrap_or(rest.len());
                if run > 0 {
                    line.extend_from_slice(self.text(self.at, self.at + run));
                    self.steps(run)?;
                    self.at += run;
                    continue;
                }
                self.step()?;
                self.at += 1;
                // Where the body is expanded, a joined line is one line for the delimiter too.
                if document.expands && byte == b'\\' && self.raw(0) == Some(b'\n') {
                    line.extend([byte, b'\n']);
                    self.at += 1;
                    continue;
                }
                if document.expands && byte == b'\\' && self.raw(0) == Some(b'\\') {
                    line.extend([byte, byte]);
                    self.at += 1;
                    continue;
                }
                if byte == b'\n' {
                    has_newline = true;
                    break;
                }
                line.push(byte);
            }
            let is_end = if document.expands && line.contains(&b'\n') {
                without_joins(&line) == document.delimiter
            } else {
                line == document.delimiter
            };
            if is_end {
                return Ok(body);
            }
            body.extend(line);
            if has_newline {
                body.push(b'\n');
            }
        }
    }
}

fn without_joins(line: &[u8]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(line.len());
    for byte in line {
        if *byte == b'\n' {
            joined.pop();
        } else {
            joined.push(*byte);
        }
    }
    joined
}
