//! Quotes of each kind, and backticks.

use super::word::flush;
use super::{Parsed, Parser};
use crate::intercept::shell::syntax::{List, Part};

impl Parser {
    pub(super) fn single_quoted(&mut self) -> Parsed<Part> {
        self.expect(b'\'')?;
        let start = self.at;
        while let Some(byte) = self.raw(0) {
            self.step()?;
            if byte == b'\'' {
                let text = String::from_utf8_lossy(self.text(start, self.at)).into_owned();
                self.at += 1;
                return Ok(Part::Quoted(text));
            }
            self.at += 1;
        }
        Err(self.fault())
    }

    pub(super) fn double_quoted(&mut self) -> Parsed<Part> {
        self.expect(b'"')?;
        let parts = self.deeper(|parser| parser.quoted_until(b"\""))?;
        self.expect(b'"')?;
        Ok(Part::DoubleQuoted(parts))
    }

    /// The body of a here-document that is expanded: all of the text.
    pub(super) fn document_parts(&mut self) -> Parsed<Vec<Part>> {
        self.is_document = true;
        self.quoted_until(&[])
    }

    /// Parts as in double quotes, up to one of `stops`; without any, to the end of the text.
    pub(super) fn quoted_until(&mut self, stops: &[u8]) -> Parsed<Vec<Part>> {
        let mut parts = Vec::new();
        let mut literal = Vec::new();
        let mut is_paired = false;
        loop {
            let Some(byte) = self.peek() else {
                if stops.is_empty() {
                    break;
                }
                return Err(self.fault());
            };
            if stops.contains(&byte) {
                break;
            }
            // In braces these come in pairs, though they are text.
            if byte == b'\'' && stops.contains(&b'}') && !self.is_document {
                is_paired = !is_paired;
                if is_paired {
                    self.paired()?;
                }
            }
            let part = match byte {
                b'\\' => {
                    self.step()?;
                    self.at += 1;
                    match self.raw(0) {
                        Some(next @ (b'$' | b'`' | b'\\')) => literal.push(next),
                        Some(b'"') if !stops.is_empty() => literal.push(b'"'),
                        Some(b'}') if stops.contains(&b'}') => literal.push(b'}'),
                        Some(next) => literal.extend([b'\\', next]),
                        None => literal.push(b'\\'),
                    }
                    self.at += 1;
                    continue;
                }
                b'"' => Some(self.double_quoted()?).filter(|_| !stops.is_empty()),
                b'$' if stops.contains(&b'}') && self.peek_second() == Some(b'\'') => {
                    self.bump()?;
                    Some(self.ansi_quoted()?)
                }
                b'$' => self.dollar(true)?,
                b'`' => Some(self.backtick(!stops.is_empty())?),
                _ => None,
            };
            match part {
                Some(part) => {
                    flush_quoted(&mut literal, &mut parts);
                    parts.push(part);
                }
                None => literal.extend(self.bump()?),
            }
        }
        flush_quoted(&mut literal, &mut parts);
        Ok(parts)
    }

    /// Whether the single quote here has another, with no brace between them: where the word ends then is not read.
    fn paired(&mut self) -> Parsed<()> {
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let Some(length) = rest.iter().position(|byte| *byte == b'\'') else { return Err(self.fault()) };
        let has_brace = rest.get(..length).unwrap_or_default().contains(&b'}');
        self.steps(length)?;
        if has_brace { Err(self.unread()) } else { Ok(()) }
    }

    /// `` `…` ``: one level of backslashes is removed, and what is left is a text of its own.
    pub(super) fn backtick(&mut self, is_quoted: bool) -> Parsed<Part> {
        self.expect(b'`')?;
        let start = self.at;
        let mut text = Vec::new();
        loop {
            self.step()?;
            match self.raw(0) {
                None => return Err(self.fault()),
                Some(b'`') => break,
                Some(b'\\') => {
                    match self.raw(1) {
                        Some(next @ (b'$' | b'`' | b'\\')) => text.push(next),
                        Some(b'"') if is_quoted => text.push(b'"'),
                        Some(next) => text.extend([b'\\', next]),
                        None => return Err(self.fault()),
                    }
                    self.at += 2;
                }
                Some(byte) => {
                    text.push(byte);
                    self.at += 1;
                }
            }
        }
        self.at += 1;
        let mut inner = Self::new(&text, self.depth);
        inner.work = self.work;
        inner.is_extended = self.is_extended;
        inner.aliases.clone_from(&self.aliases);
        let list = inner.deeper(Self::whole);
        self.work = inner.work;
        let list = list.map_err(|fault| super::Fault { at: start, ..fault })?;
        Ok(Part::Command(list.into()))
    }

    /// All of the text.
    fn whole(&mut self) -> Parsed<List> {
        let list = self.list(super::list::End::Text)?;
        if self.pending.is_empty() { Ok(list) } else { Err(self.unread()) }
    }

    /// `$'…'`, behind the `$`.
    pub(super) fn ansi_quoted(&mut self) -> Parsed<Part> {
        self.expect(b'\'')?;
        let mut text = Vec::new();
        // What stands behind a NUL is dropped by bash, and the quotes go on to their end.
        let mut is_over = false;
        loop {
            self.step()?;
            let Some(byte) = self.raw(0) else { return Err(self.fault()) };
            self.at += 1;
            let mut decoded = [0; 4];
            let bytes: &[u8] = match byte {
                b'\'' => return Ok(Part::Quoted(String::from_utf8_lossy(&text).into_owned())),
                b'\\' => self.escape(&mut decoded)?,
                _ => {
                    if !is_over {
                        text.push(byte);
                    }
                    continue;
                }
            };
            is_over |= bytes == [0];
            if !is_over {
                text.extend_from_slice(bytes);
            }
        }
    }

    /// An escape of `$'…'`, behind its backslash.
    fn escape<'b>(&mut self, decoded: &'b mut [u8; 4]) -> Parsed<&'b [u8]> {
        let Some(byte) = self.raw(0) else { return Err(self.fault()) };
        self.at += 1;
        let single = match byte {
            b'a' => 0x07,
            b'b' => 0x08,
            b'e' | b'E' => 0x1b,
            b'f' => 0x0c,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 0x0b,
            b'\\' | b'\'' | b'"' | b'?' => byte,
            b'0'..=b'7' => {
                self.at -= 1;
                // Bash takes the low byte.
                u8::try_from(self.digits(8, 3) & 0xff).unwrap_or_default()
            }
            b'x' if self.raw(0) == Some(b'{') => return Err(self.unread()),
            b'x' if self.raw(0).is_some_and(|byte| byte.is_ascii_hexdigit()) => {
                u8::try_from(self.digits(16, 2)).unwrap_or_default()
            }
            b'u' | b'U' if self.raw(0).is_some_and(|byte| byte.is_ascii_hexdigit()) => {
                let number = self.digits(16, if byte == b'u' { 4 } else { 8 });
                let letter = char::from_u32(number).ok_or_else(|| self.unread())?;
                return Ok(letter.encode_utf8(decoded).as_bytes());
            }
            b'c' => {
                let Some(control) = self.raw(0) else { return Err(self.fault()) };
                self.at += 1;
                control & 0x1f
            }
            other => {
                *decoded = [b'\\', other, 0, 0];
                return Ok(decoded.get(..2).unwrap_or_default());
            }
        };
        decoded[0] = single;
        Ok(decoded.get(..1).unwrap_or_default())
    }

    fn digits(&mut self, base: u32, most: usize) -> u32 {
        let mut number: u32 = 0;
        for _ in 0..most {
            let Some(digit) = self.raw(0).and_then(|byte| char::from(byte).to_digit(base)) else { break };
            number = number.wrapping_mul(base).wrapping_add(digit);
            self.at += 1;
        }
        number
    }
}

fn flush_quoted(literal: &mut Vec<u8>, parts: &mut Vec<Part>) {
    let before = parts.len();
    flush(literal, parts);
    for part in parts.iter_mut().skip(before) {
        if let Part::Literal(text) = part {
            *part = Part::Quoted(std::mem::take(text));
        }
    }
}
