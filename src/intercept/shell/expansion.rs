//! Expansions: their values are not known, the commands inside them are split out.

use super::parser::Parser;
use super::word::{Draft, is_name};

impl Parser<'_, '_> {
    /// What starts with a `$`, in double quotes (or a here-document) or outside.
    pub(super) fn dollar(&mut self, draft: &mut Draft, in_quotes: bool) {
        let start = self.at();
        self.bump();
        match self.peek() {
            Some(b'(') if self.second() == Some(b'(') => self.arithmetic(start),
            Some(b'(') => self.substitution(),
            Some(b'{') => self.braces(start, in_quotes),
            // `$[…]` is arithmetic; the others are flags of zsh.
            Some(b'[' | b'~' | b'^' | b'=' | b'+') => {
                self.bump();
                self.grammar(start);
            }
            Some(b'\'') if !in_quotes => return self.ansi_quotes(draft, start),
            Some(b'"') if !in_quotes => {
                // A translated string, or a dollar and a string: the shells differ.
                self.double_quotes(draft);
                return draft.unknown(b"");
            }
            Some(b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!' | b'0'..=b'9') => self.bump(),
            Some(byte) if is_name(&[byte]) => {
                while self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
                    self.bump();
                }
            }
            _ => return draft.quoted(b"$"),
        }
        draft.unknown(self.since(start));
    }

    /// `$((…))`: names in it may hold code, so it is never read further than for its end.
    fn arithmetic(&mut self, start: usize) {
        let mut parentheses = 0_usize;
        let mut ignored = Draft::default();
        if !self.deeper() {
            return;
        }
        loop {
            match self.peek() {
                None => {
                    self.unclosed(start);
                    break;
                }
                Some(b'(') => {
                    parentheses += 1;
                    self.bump();
                }
                Some(b')') => {
                    parentheses -= 1;
                    self.bump();
                    if parentheses == 0 {
                        break;
                    }
                }
                Some(_) => self.inner(&mut ignored, false),
            }
        }
        self.depth -= 1;
        self.grammar(start);
    }

    /// `${…}`. A plain name is an unknown value; everything else may set, index, or expand again.
    fn braces(&mut self, start: usize, in_quotes: bool) {
        let mut ignored = Draft::default();
        if !self.deeper() {
            return;
        }
        self.bump();
        loop {
            match self.peek() {
                None => {
                    self.unclosed(start);
                    break;
                }
                Some(b'}') => {
                    self.bump();
                    break;
                }
                Some(_) => self.inner(&mut ignored, in_quotes),
            }
        }
        self.depth -= 1;
        let name = self.since(start).strip_prefix(b"${").and_then(|rest| rest.strip_suffix(b"}"));
        if !name
            .is_some_and(|name| is_name(name) || (!name.is_empty() && name.iter().all(u8::is_ascii_digit)))
        {
            self.grammar(start);
        }
    }

    /// One step through the inside of an expansion.
    fn inner(&mut self, ignored: &mut Draft, in_quotes: bool) {
        match self.peek() {
            Some(b'\\') => self.jump(self.at() + 2),
            Some(b'"') => self.double_quotes(ignored),
            Some(b'\'') if !in_quotes => self.single_quotes(ignored),
            Some(b'$') => self.dollar(ignored, in_quotes),
            Some(b'`') => self.backticks(ignored, in_quotes),
            Some(b'<' | b'>') if !in_quotes && self.second() == Some(b'(') => {
                self.process_substitution(ignored);
            }
            Some(_) | None => self.bump(),
        }
    }

    /// A substitution in backticks.
    pub(super) fn backticks(&mut self, draft: &mut Draft, in_quotes: bool) {
        let start = self.at();
        let mut body = Vec::new();
        let mut bytes = self.rest().iter().copied().enumerate().skip(1);
        let end = loop {
            match bytes.next() {
                None => break None,
                Some((place, b'`')) => break Some(place),
                Some((_, b'\\')) => match bytes.next() {
                    Some((_, next @ (b'$' | b'`' | b'\\'))) => body.push(next),
                    Some((_, next)) => body.extend([b'\\', next]),
                    None => break None,
                },
                Some((_, byte)) => body.push(byte),
            }
        };
        let Some(end) = end else { return self.unclosed(start) };
        self.jump(start + end + 1);
        if in_quotes && body.windows(2).any(|pair| pair == b"\\\"") {
            // Whose quote it is depends on the shell.
            self.grammar(start);
        }
        self.within(&body);
        draft.unknown(self.since(start));
    }

    /// `$'…'`; the place is at the quote.
    fn ansi_quotes(&mut self, draft: &mut Draft, start: usize) {
        let body = self.rest().get(1..).unwrap_or_default();
        let mut bytes = body.iter().copied().enumerate();
        let end = loop {
            match bytes.next() {
                None => break None,
                Some((place, b'\'')) => break Some(place),
                Some((_, b'\\')) => {
                    bytes.next();
                }
                Some(_) => {}
            }
        };
        let Some(end) = end else { return self.unclosed(start) };
        let text = body.get(..end).unwrap_or_default();
        self.jump(self.at() + end + 2);
        match decoded(text) {
            Some(value) => draft.quoted(&value),
            None => {
                self.grammar(start);
                draft.unknown(self.since(start));
            }
        }
    }
}

/// The value of the text in `$'…'`; none where shells differ on it: an escaped quote (a plain shell ends the
/// string there), a NUL (it cuts the word), a control escape, a broken number.
fn decoded(text: &[u8]) -> Option<Vec<u8>> {
    let mut value = Vec::with_capacity(text.len());
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            value.push(byte);
            continue;
        }
        let (digits, radix, is_character) = match bytes.next()? {
            b'a' => (0x07, 0, false),
            b'b' => (0x08, 0, false),
            b'e' | b'E' => (0x1b, 0, false),
            b'f' => (0x0c, 0, false),
            b'n' => (b'\n', 0, false),
            b'r' => (b'\r', 0, false),
            b't' => (b'\t', 0, false),
            b'v' => (0x0b, 0, false),
            literal @ (b'\\' | b'"' | b'?') => (literal, 0, false),
            digit @ b'0'..=b'7' => (digit, 8, false),
            b'x' => (2, 16, false),
            b'u' => (4, 16, true),
            b'U' => (8, 16, true),
            _ => return None,
        };
        if radix == 0 {
            value.push(digits);
            continue;
        }
        let (mut number, mut left) =
            if radix == 8 { (u32::from(digits - b'0'), 2) } else { (0, u32::from(digits)) };
        let mut read = u32::from(radix == 8);
        while left > 0 {
            let Some(digit) = bytes.peek().and_then(|byte| char::from(*byte).to_digit(radix)) else { break };
            number = number.checked_mul(radix)?.checked_add(digit)?;
            bytes.next();
            read += 1;
            left -= 1;
        }
        if number == 0 || read == 0 {
            return None;
        }
        if is_character {
            value.extend_from_slice(char::from_u32(number)?.encode_utf8(&mut [0; 4]).as_bytes());
        } else {
            value.push(u8::try_from(number).ok()?);
        }
    }
    Some(value)
}
