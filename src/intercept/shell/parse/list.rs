//! Lists and pipelines.

use super::{Parsed, Parser};
use crate::intercept::shell::syntax::{Connector, Entry, Link, List, Pipeline};

/// What ends a list that stands inside of something.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum End {
    /// The newline of a line of its own.
    Line,
    /// A `)`
    Parenthesis,
    /// One of these reserved words.
    Words(&'static [&'static str]),
    /// `;;` and its kin, or `esac`.
    Arm,
    /// The end of the text alone.
    Text,
}

impl Parser {
    /// Newlines, comments and blanks before a line's first command.
    pub(super) fn blank_lines(&mut self) -> Parsed<()> {
        self.gap()?;
        while self.peek() == Some(b'\n') {
            self.newline()?;
            self.gap()?;
        }
        Ok(())
    }

    /// The commands up to the end of the line.
    pub(super) fn line(&mut self) -> Parsed<List> {
        self.list(End::Line)
    }

    /// Whether so much of a line was read that it is given before the rest is read. A here-document's body is only read
    /// where the line ends.
    fn is_piece(&mut self, list: &List, end: End) -> bool {
        self.is_within_line =
            end == End::Line && list.entries.len() >= super::MOST_ENTRIES && self.pending.is_empty();
        self.is_within_line
    }

    /// Commands up to `end`, which is not taken.
    pub(super) fn list(&mut self, end: End) -> Parsed<List> {
        let mut list = List::default();
        loop {
            if end == End::Line {
                self.gap()?;
            } else {
                self.blank_lines()?;
            }
            if self.is_at(end)? {
                return Ok(list);
            }
            let mut entry = self.entry()?;
            self.gap()?;
            match (self.peek(), self.peek_second()) {
                (Some(b'&'), Some(b'&' | b'>')) => return Err(self.fault()),
                (Some(b'&'), _) => {
                    self.at += 1;
                    entry.is_background = true;
                    list.entries.push(entry);
                    if self.is_piece(&list, end) {
                        return Ok(list);
                    }
                }
                (Some(b';'), Some(b';' | b'&')) => {
                    list.entries.push(entry);
                    return if end == End::Arm { Ok(list) } else { Err(self.fault()) };
                }
                (Some(b';'), _) => {
                    self.at += 1;
                    list.entries.push(entry);
                    if self.is_piece(&list, end) {
                        return Ok(list);
                    }
                }
                (Some(b'\n'), _) => {
                    list.entries.push(entry);
                    self.newline()?;
                    if end == End::Line {
                        return Ok(list);
                    }
                }
                (Some(_) | None, _) => {
                    list.entries.push(entry);
                    // Behind `)` or `}` a reserved word may follow at once.
                    if self.is_at(end)? {
                        return Ok(list);
                    }
                    return Err(self.fault());
                }
            }
        }
    }

    fn is_at(&mut self, end: End) -> Parsed<bool> {
        let next = self.peek();
        Ok(match end {
            End::Line => match next {
                None => true,
                Some(b'\n') => {
                    self.newline()?;
                    true
                }
                Some(_) => false,
            },
            End::Text => next.is_none(),
            End::Parenthesis => next == Some(b')'),
            End::Arm => {
                (next == Some(b';') && matches!(self.peek_second(), Some(b';' | b'&')))
                    || self.is_reserved(&["esac"])?
            }
            End::Words(words) => self.is_reserved(words)?,
        })
    }

    fn entry(&mut self) -> Parsed<Entry> {
        let mut links = vec![Link { connector: Connector::Start, pipeline: self.pipeline()? }];
        loop {
            self.gap()?;
            let connector = match (self.peek(), self.peek_second()) {
                (Some(b'&'), Some(b'&')) => Connector::And,
                (Some(b'|'), Some(b'|')) => Connector::Or,
                _ => return Ok(Entry { links, is_background: false }),
            };
            self.bump()?;
            self.bump()?;
            self.blank_lines()?;
            links.push(Link { connector, pipeline: self.pipeline()? });
        }
    }

    fn pipeline(&mut self) -> Parsed<Pipeline> {
        let is_alone = self.prefixes()?;
        let mut stages = Vec::new();
        if is_alone && self.is_pipeline_over()? {
            return Ok(Pipeline { stages });
        }
        loop {
            stages.push(self.command()?);
            self.gap()?;
            match (self.peek(), self.peek_second()) {
                (Some(b'|'), Some(b'|')) => return Ok(Pipeline { stages }),
                (Some(b'|'), second) => {
                    self.bump()?;
                    if second == Some(b'&') {
                        self.bump()?;
                    }
                    self.blank_lines()?;
                    // Only a whole pipeline is negated.
                    if self.peek() == Some(b'!') && self.ends_word(1) {
                        return Err(self.fault());
                    }
                }
                _ => return Ok(Pipeline { stages }),
            }
        }
    }

    /// `!` and `time` with its options; whether there was one.
    fn prefixes(&mut self) -> Parsed<bool> {
        let mut is_there = false;
        loop {
            self.blanks()?;
            if self.peek() == Some(b'!') && self.ends_word(1) {
                self.at += 1;
            } else if self.take_reserved("time")? {
                for option in ["-p", "--"] {
                    self.blanks()?;
                    self.take_reserved(option)?;
                }
            } else {
                return Ok(is_there);
            }
            is_there = true;
        }
    }

    /// Whether the byte so far ahead ends a word.
    fn ends_word(&self, ahead: usize) -> bool {
        match self.raw(ahead) {
            None => true,
            // Without extended patterns `!(` is `!` and a subshell.
            Some(b'(') => !self.is_extended,
            Some(byte) => is_meta(byte),
        }
    }

    fn is_pipeline_over(&mut self) -> Parsed<bool> {
        self.gap()?;
        Ok(matches!(self.peek(), None | Some(b'\n' | b';' | b'&' | b'|' | b')')))
    }
}

/// Whether a byte ends a word wherever it stands unquoted.
pub(super) fn is_meta(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'(' | b')' | b'<' | b'>')
}
