//! `[[ … ]]`: its words and operators, in order.

use super::list::is_meta;
use super::{Parsed, Parser};
use crate::intercept::shell::syntax::{Kind, Part, Span, Word};

impl Parser {
    /// Behind `[[`, up to and with `]]`.
    pub(super) fn condition(&mut self) -> Parsed<Kind> {
        let was_extended = std::mem::replace(&mut self.is_extended, true);
        let words = self.conditions();
        self.is_extended = was_extended;
        Ok(Kind::Condition(words?))
    }

    fn conditions(&mut self) -> Parsed<Vec<Word>> {
        let mut words: Vec<Word> = Vec::new();
        let mut open = 0usize;
        let mut is_regex_next = false;
        loop {
            self.blanks()?;
            while self.peek() == Some(b'\n') {
                self.newline()?;
                self.blanks()?;
            }
            if !is_regex_next && self.take_reserved("]]")? {
                return if open == 0 && !words.is_empty() { Ok(words) } else { Err(self.fault()) };
            }
            let start = self.at;
            let operator = match (self.peek(), self.peek_second()) {
                (None, _) => return Err(self.fault()),
                (Some(b'('), _) if !is_regex_next => {
                    open += 1;
                    Some("(")
                }
                (Some(b')'), _) if !is_regex_next => {
                    open = open.checked_sub(1).ok_or_else(|| self.fault())?;
                    Some(")")
                }
                (Some(b'&'), Some(b'&')) => Some("&&"),
                (Some(b'|'), Some(b'|')) => Some("||"),
                (Some(b'<' | b'>'), Some(b'(')) => None,
                (Some(b'<'), _) => Some("<"),
                (Some(b'>'), _) => Some(">"),
                (Some(b'&' | b'|' | b';'), _) => return Err(self.fault()),
                (Some(_), _) => None,
            };
            if let Some(operator) = operator {
                for _ in 0..operator.len() {
                    self.bump()?;
                }
                let parts = vec![Part::Literal(operator.to_owned())];
                words.push(Word { parts, span: Span { start, end: self.at } });
                is_regex_next = false;
                continue;
            }
            let word = if is_regex_next { self.regex()? } else { self.word()? };
            is_regex_next = word.bare() == Some("=~");
            words.push(word);
        }
    }

    /// The word behind `=~`: parentheses and bars are its own.
    fn regex(&mut self) -> Parsed<Word> {
        let start = self.at;
        let mut parts = Vec::new();
        let mut open = 0usize;
        loop {
            match self.peek() {
                None => break,
                Some(b'(') => {
                    open += 1;
                    self.bump()?;
                    parts.push(Part::Literal("(".to_owned()));
                }
                Some(b')') if open > 0 => {
                    open -= 1;
                    self.bump()?;
                    parts.push(Part::Literal(")".to_owned()));
                }
                Some(byte @ (b'|' | b' ' | b'\t' | b'<' | b'>' | b';' | b'&'))
                    if open > 0 || byte == b'|' =>
                {
                    self.bump()?;
                    parts.push(Part::Literal(char::from(byte).to_string()));
                }
                Some(byte) if is_meta(byte) => break,
                Some(_) => parts.extend(self.word()?.parts),
            }
        }
        if parts.is_empty() || open > 0 {
            return Err(self.fault());
        }
        Ok(Word { parts, span: Span { start, end: self.at } })
    }
}
