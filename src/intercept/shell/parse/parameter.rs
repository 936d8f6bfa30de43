//! `$name` and `${…}`.

use super::{Parsed, Parser};
use crate::intercept::shell::syntax::{Operation, Parameter, Part, Prefix, Replace};

impl Parser {
    /// Behind the `$`: a name, a digit, or a sign.
    pub(super) fn plain_parameter(&mut self) -> Parsed<Part> {
        let name = match self.name()? {
            Some(name) => name,
            None => char::from(self.bump()?.unwrap_or_default()).to_string(),
        };
        Ok(Part::Parameter(Box::new(Parameter {
            name,
            prefix: Prefix::None,
            subscript: None,
            operation: Operation::None,
        })))
    }

    /// Behind `${`, up to and with the `}`.
    pub(super) fn parameter(&mut self, is_quoted: bool) -> Parsed<Part> {
        // `${ list; }` and `${| list; }` of bash 5.3 run commands, and so does what is not a parameter elsewhere.
        if matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'|')) {
            return Err(self.unread());
        }
        let prefix = match (self.peek(), self.peek_second()) {
            (Some(b'#'), Some(b'}' | b':' | b'-' | b'=' | b'+' | b'%' | b'/')) => Prefix::None,
            // `${#}`, `${##…}`: the number of operands; `${#?}` and its kin: a length.
            (Some(b'#'), Some(b'#')) if self.raw(2) != Some(b'}') => Prefix::None,
            (Some(b'#'), Some(b'?')) if self.raw(2) != Some(b'}') => Prefix::None,
            (Some(b'#'), Some(_)) => Prefix::Length,
            (Some(b'!'), Some(b'}' | b':' | b'-' | b'=' | b'+' | b'?' | b'%' | b'/')) => Prefix::None,
            (Some(b'!'), Some(_)) => Prefix::Indirect,
            _ => Prefix::None,
        };
        if prefix != Prefix::None {
            self.bump()?;
        }
        let name = match self.peek() {
            Some(b'0'..=b'9') => {
                let mut digits = String::new();
                while let Some(digit) = self.peek().filter(u8::is_ascii_digit) {
                    digits.push(char::from(digit));
                    self.bump()?;
                }
                digits
            }
            Some(byte) if b"@*#?-$!".contains(&byte) => {
                self.bump()?;
                char::from(byte).to_string()
            }
            _ => self.name()?.ok_or_else(|| self.fault())?,
        };
        let subscript = if self.peek() == Some(b'[') { Some(self.subscript()?) } else { None };
        let operation = self.operation(prefix, is_quoted)?;
        self.expect(b'}')?;
        Ok(Part::Parameter(Box::new(Parameter { name, prefix, subscript, operation })))
    }

    fn operation(&mut self, prefix: Prefix, is_quoted: bool) -> Parsed<Operation> {
        let Some(byte) = self.peek() else { return Err(self.fault()) };
        let second = self.peek_second();
        Ok(match byte {
            b'}' => Operation::None,
            b'*' | b'@' if prefix == Prefix::Indirect && second == Some(b'}') => {
                self.bump()?;
                Operation::Names
            }
            b':' if matches!(second, Some(b'-' | b'=' | b'+' | b'?')) => {
                self.bump()?;
                self.default_operation(true, is_quoted)?
            }
            b'-' | b'=' | b'+' | b'?' => self.default_operation(false, is_quoted)?,
            b':' => {
                self.bump()?;
                let offset = self.expression(b":}")?;
                let length = if self.eat(b':') { Some(self.expression(b"}")?) } else { None };
                Operation::Slice { offset, length }
            }
            b'#' | b'%' => {
                self.bump()?;
                let is_longest = self.eat(byte);
                let pattern = self.parts_until(b"}")?;
                Operation::Strip { is_front: byte == b'#', is_longest, pattern }
            }
            b'/' => {
                self.bump()?;
                let kind = match self.peek() {
                    Some(b'/') => Replace::All,
                    Some(b'#') => Replace::Front,
                    Some(b'%') => Replace::Back,
                    _ => Replace::First,
                };
                if kind != Replace::First {
                    self.bump()?;
                }
                let pattern = self.parts_until(b"/}")?;
                let with = if self.eat(b'/') { self.parts_until(b"}")? } else { Vec::new() };
                Operation::Replace { kind, pattern, with }
            }
            b'^' | b',' => {
                self.bump()?;
                let is_all = self.eat(byte);
                let pattern = self.parts_until(b"}")?;
                Operation::Case { operator: char::from(byte), is_all, pattern }
            }
            b'@' => {
                self.bump()?;
                let Some(operator) = self.bump()?.filter(u8::is_ascii_alphabetic) else {
                    return Err(self.fault());
                };
                Operation::Transform(char::from(operator))
            }
            _ => return Err(self.fault()),
        })
    }

    fn default_operation(&mut self, counts_empty: bool, is_quoted: bool) -> Parsed<Operation> {
        let operator = char::from(self.bump()?.unwrap_or_default());
        let word = if is_quoted {
            self.deeper(|parser| parser.quoted_until(b"}"))?
        } else {
            self.parts_until(b"}")?
        };
        Ok(Operation::Default { operator, counts_empty, word })
    }

    /// An arithmetic expression in braces; `a ? b : c` keeps its colon.
    fn expression(&mut self, stops: &[u8]) -> Parsed<Vec<Part>> {
        let mut parts = self.deeper(|parser| parser.balanced(b'(', b')', stops))?;
        while stops.contains(&b':') && self.peek() == Some(b':') && is_conditional(&parts) {
            self.bump()?;
            parts.push(Part::Literal(":".to_owned()));
            parts.extend(self.deeper(|parser| parser.balanced(b'(', b')', stops))?);
        }
        Ok(parts)
    }
}

fn is_conditional(parts: &[Part]) -> bool {
    let count = |sign: char| {
        let in_part = |part: &Part| match part {
            Part::Literal(text) => text.matches(sign).count(),
            _ => 0,
        };
        parts.iter().map(in_part).sum::<usize>()
    };
    count('?') > count(':')
}
