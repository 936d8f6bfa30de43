//! Words and the parts that stand in them.

use super::list::{End, is_meta};
use super::{Parsed, Parser};
use crate::contract::Cause;
use crate::intercept::shell::syntax::{Part, Span, Word};

/// What ends the parts that are read.
#[derive(Clone, Copy, Debug)]
enum Stop<'s> {
    /// A byte that ends every word.
    Meta,
    /// One of these bytes; others that end words are text.
    Bytes(&'s [u8]),
}

impl Parser {
    /// A word, which must not be empty.
    pub(super) fn word(&mut self) -> Parsed<Word> {
        self.node()?;
        self.peek();
        let start = self.at;
        let parts = self.unquoted(Stop::Meta, false)?;
        if parts.is_empty() && start == self.at {
            return Err(self.fault());
        }
        Ok(Word { parts, span: Span { start, end: self.at } })
    }

    /// The value of an assignment, which may be empty.
    pub(super) fn value(&mut self) -> Parsed<Word> {
        let start = self.at;
        let parts = self.unquoted(Stop::Meta, true)?;
        Ok(Word { parts, span: Span { start, end: self.at } })
    }

    /// Unquoted parts up to one of `stops`, which is not taken.
    pub(super) fn parts_until(&mut self, stops: &[u8]) -> Parsed<Vec<Part>> {
        self.deeper(|parser| parser.unquoted(Stop::Bytes(stops), false))
    }

    fn unquoted(&mut self, stop: Stop<'_>, is_value: bool) -> Parsed<Vec<Part>> {
        let mut parts = Vec::new();
        let mut literal = Vec::new();
        // Whether a tilde here would be one.
        let mut at_start = matches!(stop, Stop::Meta);
        while let Some(byte) = self.peek() {
            let run = self.plain_run();
            if run > 0 && matches!(stop, Stop::Meta) {
                literal.extend_from_slice(self.text(self.at, self.at + run));
                self.steps(run)?;
                self.at += run;
                at_start = false;
                continue;
            }
            let stops = match stop {
                Stop::Meta => is_meta(byte),
                Stop::Bytes(stops) => stops.contains(&byte),
            };
            let second = self.peek_second();
            if matches!(byte, b'<' | b'>') && second == Some(b'(') {
                self.node()?;
                flush(&mut literal, &mut parts);
                parts.push(self.process()?);
                at_start = false;
                continue;
            }
            if stops {
                break;
            }
            let was_at_start = std::mem::replace(&mut at_start, false);
            let part = match byte {
                b'\\' => Some(self.escaped()?),
                b'\'' => Some(self.single_quoted()?),
                b'"' => Some(self.double_quoted()?),
                b'$' => self.dollar(false)?,
                b'`' => Some(self.backtick(false)?),
                b'*' | b'?' | b'+' | b'@' | b'!' if self.is_extended && second == Some(b'(') => {
                    Some(self.extended()?)
                }
                b'*' | b'?' | b'[' | b']' => {
                    self.bump()?;
                    Some(Part::Glob(char::from(byte)))
                }
                b'{' | b',' | b'}' => {
                    self.bump()?;
                    Some(Part::Brace(char::from(byte)))
                }
                b'~' if was_at_start => Some(self.tilde()?),
                _ => None,
            };
            match part {
                Some(part) => {
                    self.node()?;
                    flush(&mut literal, &mut parts);
                    parts.push(part);
                }
                None => {
                    // Behind the `=` of what looks like an assignment a tilde counts too.
                    at_start = matches!(stop, Stop::Meta)
                        && ((is_value && byte == b':')
                            || (byte == b'=' && parts.is_empty() && is_name(&literal)));
                    literal.extend(self.bump()?);
                }
            }
        }
        flush(&mut literal, &mut parts);
        Ok(parts)
    }

    /// How many bytes from the cursor on mean nothing but themselves in any word.
    fn plain_run(&self) -> usize {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let is_plain = |byte: &u8| {
            !byte.is_ascii()
                || byte.is_ascii_alphanumeric()
                || matches!(byte, b'_' | b'-' | b'.' | b'/' | b'%')
        };
        rest.iter().position(|byte| !is_plain(byte)).unwrap_or(rest.len())
    }

    fn escaped(&mut self) -> Parsed<Part> {
        self.step()?;
        self.at += 1;
        let Some(byte) = self.raw(0) else { return Ok(Part::Literal("\\".to_owned())) };
        let mut bytes = vec![byte];
        self.at += 1;
        // The rest of a letter of several bytes.
        while self.raw(0).is_some_and(|byte| (0x80..0xc0).contains(&byte)) && !byte.is_ascii() {
            bytes.extend(self.raw(0));
            self.at += 1;
        }
        Ok(Part::Quoted(String::from_utf8_lossy(&bytes).into_owned()))
    }

    fn tilde(&mut self) -> Parsed<Part> {
        let start = self.at;
        self.bump()?;
        let mut name = String::new();
        while let Some(byte) = self.peek().filter(|byte| !is_meta(*byte) && *byte != b'/' && *byte != b':') {
            if !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'+')) {
                // A quote or an expansion in the name makes it no tilde.
                self.at = start + 1;
                return Ok(Part::Literal("~".to_owned()));
            }
            name.push(char::from(byte));
            self.bump()?;
        }
        Ok(Part::Tilde(name))
    }

    /// `@(a|b)`
    fn extended(&mut self) -> Parsed<Part> {
        let operator = char::from(self.bump()?.unwrap_or_default());
        self.expect(b'(')?;
        let mut alternatives = Vec::new();
        loop {
            alternatives.push(self.parts_until(b"|)")?);
            if self.eat(b'|') {
                continue;
            }
            self.expect(b')')?;
            return Ok(Part::Extended { operator, alternatives });
        }
    }

    /// `<(…)` and `>(…)`
    fn process(&mut self) -> Parsed<Part> {
        let is_output = self.bump()? == Some(b'>');
        self.expect(b'(')?;
        let list = self.enclosed()?;
        Ok(Part::Process { is_output, list: list.into() })
    }

    /// The commands up to and with a `)`.
    pub(super) fn enclosed(&mut self) -> Parsed<crate::intercept::shell::syntax::List> {
        self.deeper(|parser| {
            let pending = parser.pending.len();
            let list = parser.list(End::Parenthesis)?;
            // Where such a document ends differs between versions of bash.
            if parser.pending.len() > pending {
                return Err(parser.unread());
            }
            parser.expect(b')')?;
            Ok(list)
        })
    }

    /// What a `$` begins; none if it is a dollar sign.
    pub(super) fn dollar(&mut self, is_quoted: bool) -> Parsed<Option<Part>> {
        let start = self.at;
        let second = self.peek_second();
        let part = match second {
            Some(b'(') => {
                self.bump()?;
                if let Some(part) = self.arithmetic_expansion()? {
                    return Ok(Some(part));
                }
                self.expect(b'(')?;
                Part::Command(self.enclosed()?.into())
            }
            Some(b'[') => {
                self.bump()?;
                self.bump()?;
                let parts = self.deeper(|parser| parser.balanced(b'[', b']', &[]))?;
                self.expect(b']')?;
                Part::Arithmetic(parts)
            }
            Some(b'{') => {
                self.bump()?;
                self.bump()?;
                self.deeper(|parser| parser.parameter(is_quoted))?
            }
            Some(b'\'') if !is_quoted => {
                self.bump()?;
                self.ansi_quoted()?
            }
            Some(b'"') if !is_quoted => {
                self.bump()?;
                self.double_quoted()?
            }
            Some(byte) if byte.is_ascii_alphanumeric() || b"_@*#?-$!".contains(&byte) => {
                self.bump()?;
                self.plain_parameter()?
            }
            Some(_) | None => {
                self.at = start;
                return Ok(None);
            }
        };
        Ok(Some(part))
    }

    /// Behind the `$` of `$((…))`; none if it is a subshell in a substitution.
    fn arithmetic_expansion(&mut self) -> Parsed<Option<Part>> {
        let start = self.at;
        if self.peek_second() != Some(b'(') || self.failed.contains(&start) {
            return Ok(None);
        }
        self.bump()?;
        self.bump()?;
        let read = self.deeper(|parser| parser.arithmetic(&[]));
        match read {
            Ok(parts) if self.peek() == Some(b')') && self.peek_second() == Some(b')') => {
                self.bump()?;
                self.bump()?;
                return Ok(Some(Part::Arithmetic(parts)));
            }
            Err(fault) if fault.cause == Cause::Limit => return Err(fault),
            Ok(_) | Err(_) => {}
        }
        self.failed.insert(start);
        self.at = start;
        Ok(None)
    }

    /// An expression, up to `))` or to one of `stops` outside of parentheses.
    pub(super) fn arithmetic(&mut self, stops: &[u8]) -> Parsed<Vec<Part>> {
        self.balanced(b'(', b')', stops)
    }

    /// `[…]` behind a name.
    pub(super) fn subscript(&mut self) -> Parsed<Vec<Part>> {
        self.deeper(|parser| {
            parser.expect(b'[')?;
            let parts = parser.balanced(b'[', b']', &[])?;
            parser.expect(b']')?;
            Ok(parts)
        })
    }

    /// Parts up to a `close` that nothing here opened, or one of `stops`.
    pub(super) fn balanced(&mut self, open: u8, close: u8, stops: &[u8]) -> Parsed<Vec<Part>> {
        let mut parts = Vec::new();
        let mut literal = Vec::new();
        let mut depth = 0usize;
        loop {
            let Some(byte) = self.peek() else { return Err(self.fault()) };
            if depth == 0 && (byte == close || stops.contains(&byte)) {
                break;
            }
            if byte == open {
                depth += 1;
                if depth > crate::intercept::shell::MOST_DEPTH {
                    return Err(super::Fault { cause: Cause::Limit, at: self.at });
                }
            } else if byte == close {
                depth -= 1;
            }
            let part = match byte {
                b'\\' => Some(self.escaped()?),
                b'\'' if open == b'[' => Some(self.single_quoted()?),
                b'"' => Some(self.double_quoted()?),
                b'$' => self.dollar(false)?,
                b'`' => Some(self.backtick(false)?),
                _ => None,
            };
            match part {
                Some(part) => {
                    self.node()?;
                    flush(&mut literal, &mut parts);
                    parts.push(part);
                }
                None => literal.extend(self.bump()?),
            }
        }
        flush(&mut literal, &mut parts);
        Ok(parts)
    }
}

fn is_name(text: &[u8]) -> bool {
    text.first().is_some_and(|first| !first.is_ascii_digit())
        && text.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

pub(super) fn flush(literal: &mut Vec<u8>, parts: &mut Vec<Part>) {
    if !literal.is_empty() {
        parts.push(Part::Literal(String::from_utf8_lossy(literal).into_owned()));
        literal.clear();
    }
}
