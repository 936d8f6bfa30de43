//! Commands: reserved words, simple commands, assignments, redirections.

use super::list::is_meta;
use super::{Parsed, Parser};
use crate::intercept::shell::syntax::{
    Assigned, Assignment, Command, Descriptor, Element, Kind, Operator, Part, Redirect, Span, Target, Word,
};

/// Commands whose operands may be arrays.
const DECLARERS: &[&str] = &["declare", "typeset", "local", "export", "readonly", "alias", "eval", "let"];

/// The longest reserved word, in bytes.
const LONGEST_RESERVED: usize = 8;

impl Parser {
    /// One command with its redirections.
    pub(super) fn command(&mut self) -> Parsed<Command> {
        self.node()?;
        self.gap()?;
        let start = self.at;
        self.alias_again = None;
        if let Some(kind) = self.compound()? {
            return self.with_redirects(kind, start);
        }
        self.expand_alias()?;
        if !self.expanded.is_empty()
            && let Some(kind) = self.compound()?
        {
            return self.with_redirects(kind, start);
        }
        self.simple(start)
    }

    fn with_redirects(&mut self, kind: Kind, start: usize) -> Parsed<Command> {
        let mut redirects = Vec::new();
        if !matches!(kind, Kind::Function { .. } | Kind::Coprocess { .. }) {
            while let Some(redirect) = self.redirect()? {
                redirects.push(redirect);
            }
        }
        Ok(Command { kind, redirects, span: Span { start, end: self.at } })
    }

    fn simple(&mut self, start: usize) -> Parsed<Command> {
        let (mut assignments, mut words, mut redirects) = (Vec::new(), Vec::<Word>::new(), Vec::new());
        loop {
            self.gap()?;
            if let Some(redirect) = self.redirect()? {
                redirects.push(redirect);
                continue;
            }
            if words.is_empty() {
                if let Some(assignment) = self.assignment()? {
                    assignments.push(assignment);
                    continue;
                }
                if !assignments.is_empty() || !redirects.is_empty() {
                    self.expand_alias()?;
                }
            } else if self.alias_again == Some(self.at) {
                self.expand_alias()?;
            }
            match self.peek() {
                None | Some(b'\n' | b';' | b'&' | b'|' | b')') => break,
                Some(b'(') => {
                    return match words.as_slice() {
                        [name] if assignments.is_empty() && redirects.is_empty() => {
                            let name = self.function_name(name)?;
                            self.function_behind_name(name, start)
                        }
                        _ => Err(self.fault()),
                    };
                }
                Some(_) => {}
            }
            let takes_arrays =
                words.first().and_then(Word::bare).is_some_and(|name| DECLARERS.contains(&name));
            let word = self.operand(takes_arrays)?;
            words.push(word);
        }
        if assignments.is_empty() && words.is_empty() && redirects.is_empty() {
            return Err(self.fault());
        }
        let span = Span { start, end: self.at };
        Ok(Command { kind: Kind::Simple { assignments, words }, redirects, span })
    }

    /// A word; behind a declaring command also `name=(…)`.
    fn operand(&mut self, takes_arrays: bool) -> Parsed<Word> {
        let start = self.at;
        let mut word = self.word()?;
        let is_assignment = matches!(word.parts.last(), Some(Part::Literal(text)) if text.ends_with('='));
        if takes_arrays && is_assignment && self.peek() == Some(b'(') {
            let elements = self.elements()?;
            word.parts.push(Part::Array(elements.into()));
            word.span = Span { start, end: self.at };
        }
        Ok(word)
    }

    fn function_name(&mut self, word: &Word) -> Parsed<String> {
        match word.parts.as_slice() {
            [Part::Literal(name)] => Ok(name.clone()),
            // What else bash takes for a name is seldom, and is not read.
            _ => Err(self.unread()),
        }
    }

    fn function_behind_name(&mut self, name: String, start: usize) -> Parsed<Command> {
        self.expect(b'(')?;
        self.blanks()?;
        self.expect(b')')?;
        let kind = self.function_body(name)?;
        Ok(Command { kind, redirects: Vec::new(), span: Span { start, end: self.at } })
    }

    /// `name=value`, `name+=value`, `name[…]=value`, `name=(…)`.
    fn assignment(&mut self) -> Parsed<Option<Assignment>> {
        let start = self.at;
        let Some(name) = self.name()? else { return Ok(None) };
        self.node()?;
        let bracket = self.at;
        let subscript = if self.peek() == Some(b'[') && !self.failed.contains(&bracket) {
            match self.subscript() {
                Ok(parts) => Some(Word { parts, span: Span { start, end: self.at } }),
                Err(fault) if fault.cause == crate::contract::Cause::Limit => return Err(fault),
                // Bash looks for the bracket to the end as well.
                Err(fault) if self.peek().is_none() => return Err(fault),
                Err(_) => {
                    self.failed.insert(bracket);
                    self.at = start;
                    return Ok(None);
                }
            }
        } else {
            None
        };
        let appends = self.peek() == Some(b'+') && self.peek_second() == Some(b'=');
        if appends {
            self.bump()?;
        }
        if !self.eat(b'=') {
            self.at = start;
            return Ok(None);
        }
        let value = if self.peek() == Some(b'(') && subscript.is_none() {
            Assigned::Array(self.elements()?)
        } else {
            Assigned::Scalar(self.value()?)
        };
        Ok(Some(Assignment { name, subscript, appends, value }))
    }

    /// `( word [subscript]=word … )`
    fn elements(&mut self) -> Parsed<Vec<Element>> {
        self.deeper(|parser| {
            parser.expect(b'(')?;
            let mut elements = Vec::new();
            loop {
                parser.blank_lines()?;
                if parser.eat(b')') {
                    return Ok(elements);
                }
                let start = parser.at;
                let mut subscript = None;
                if parser.peek() == Some(b'[') {
                    let read = parser.subscript();
                    let appends = parser.peek() == Some(b'+') && parser.peek_second() == Some(b'=');
                    match read {
                        Ok(parts) if appends || parser.peek() == Some(b'=') => {
                            if appends {
                                parser.bump()?;
                            }
                            parser.bump()?;
                            subscript = Some(Word { parts, span: Span { start, end: parser.at } });
                        }
                        Ok(_) | Err(_) => parser.at = start,
                    }
                }
                let value = if subscript.is_some() { parser.value()? } else { parser.word()? };
                elements.push(Element { subscript, value });
            }
        })
    }

    /// A name, if one stands here.
    pub(super) fn name(&mut self) -> Parsed<Option<String>> {
        if !self.peek().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_') {
            return Ok(None);
        }
        let mut name = String::new();
        while let Some(byte) = self.peek().filter(|byte| byte.is_ascii_alphanumeric() || *byte == b'_') {
            self.step()?;
            name.push(char::from(byte));
            self.at += 1;
        }
        Ok(Some(name))
    }

    /// A redirection, if one begins here.
    pub(super) fn redirect(&mut self) -> Parsed<Option<Redirect>> {
        self.blanks()?;
        let start = self.at;
        let descriptor = self.descriptor()?;
        let operator = match (self.peek(), self.peek_second()) {
            (Some(b'<' | b'>'), Some(b'(')) => None,
            (Some(b'<'), _) => {
                self.at += 1;
                Some(match self.peek() {
                    Some(b'<') => {
                        self.at += 1;
                        match self.peek() {
                            Some(b'<') => {
                                self.at += 1;
                                Operator::HereString
                            }
                            _ => Operator::Document,
                        }
                    }
                    Some(b'>') => {
                        self.at += 1;
                        Operator::ReadWrite
                    }
                    Some(b'&') => {
                        self.at += 1;
                        Operator::DuplicateIn
                    }
                    _ => Operator::Read,
                })
            }
            (Some(b'>'), _) => {
                self.at += 1;
                Some(match self.peek() {
                    Some(b'>') => {
                        self.at += 1;
                        Operator::Append
                    }
                    Some(b'|') => {
                        self.at += 1;
                        Operator::Write
                    }
                    Some(b'&') => {
                        self.at += 1;
                        Operator::DuplicateOut
                    }
                    _ => Operator::Write,
                })
            }
            (Some(b'&'), Some(b'>')) if descriptor == Descriptor::Default => {
                self.bump()?;
                self.bump()?;
                self.eat(b'>');
                Some(Operator::WriteBoth)
            }
            _ => None,
        };
        let Some(operator) = operator else {
            self.at = start;
            return Ok(None);
        };
        let target = if operator == Operator::Document {
            Target::Document(self.document_start()?)
        } else {
            self.blanks()?;
            // A comment begins here, and there is no target.
            if self.peek() == Some(b'#') {
                return Err(self.fault());
            }
            let word = self.word()?;
            // Digits directly before another sign are its descriptor, so that this one has no target.
            let is_descriptor =
                word.bare().is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
            if is_descriptor && matches!(self.peek(), Some(b'<' | b'>')) {
                return Err(self.fault());
            }
            Target::Word(word)
        };
        Ok(Some(Redirect { descriptor, operator, target }))
    }

    /// The digits or the `{name}` that stand directly before an operator.
    fn descriptor(&mut self) -> Parsed<Descriptor> {
        let start = self.at;
        let found = match self.peek() {
            Some(b'0'..=b'9') => {
                let mut number: u32 = 0;
                while let Some(digit @ b'0'..=b'9') = self.peek() {
                    self.step()?;
                    number = number.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
                    self.at += 1;
                }
                Some(Descriptor::Number(number))
            }
            Some(b'{') => {
                self.at += 1;
                let name = self.name()?;
                if self.peek() == Some(b'[') {
                    // `{name[…]}` evaluates its subscript.
                    match self.subscript() {
                        Ok(_) if self.peek() == Some(b'}') => {
                            if matches!(self.peek_second(), Some(b'<' | b'>')) {
                                return Err(self.unread());
                            }
                        }
                        Ok(_) | Err(_) => {}
                    }
                }
                name.filter(|_| self.eat(b'}')).map(Descriptor::Variable)
            }
            _ => return Ok(Descriptor::Default),
        };
        match found {
            Some(found) if matches!(self.peek(), Some(b'<' | b'>')) => Ok(found),
            _ => {
                self.at = start;
                Ok(Descriptor::Default)
            }
        }
    }

    /// Whether one of these words stands here, whole and unquoted.
    pub(super) fn is_reserved(&mut self, words: &[&str]) -> Parsed<bool> {
        let start = self.at;
        let read = self.bare_word();
        self.at = start;
        Ok(read?.is_some_and(|(text, length)| {
            text.get(..length).is_some_and(|text| words.iter().any(|word| word.as_bytes() == text))
        }))
    }

    /// Takes this word if it stands here.
    pub(super) fn take_reserved(&mut self, word: &str) -> Parsed<bool> {
        let start = self.at;
        let read = self.bare_word()?;
        let is_it = read.is_some_and(|(text, length)| text.get(..length) == Some(word.as_bytes()));
        if !is_it {
            self.at = start;
        }
        Ok(is_it)
    }

    /// Takes one of these words, which must stand here.
    pub(super) fn expect_reserved(&mut self, word: &str) -> Parsed<()> {
        if self.take_reserved(word)? { Ok(()) } else { Err(self.fault()) }
    }

    /// A word of at most [`LONGEST_RESERVED`] plain bytes; none if it is longer or has anything else in it.
    pub(super) fn bare_word(&mut self) -> Parsed<Option<([u8; LONGEST_RESERVED], usize)>> {
        let mut text = [0; LONGEST_RESERVED];
        let mut length = 0;
        loop {
            self.step()?;
            match self.peek() {
                Some(byte) if !is_meta(byte) => {
                    let Some(place) = text.get_mut(length) else { return Ok(None) };
                    if matches!(byte, b'\\' | b'\'' | b'"' | b'$' | b'`') {
                        return Ok(None);
                    }
                    *place = byte;
                    length += 1;
                    self.at += 1;
                }
                _ => return Ok((length > 0).then_some((text, length))),
            }
        }
    }

    /// Puts the text of an alias in the place of its name, if one stands here.
    fn expand_alias(&mut self) -> Parsed<()> {
        if self.aliases.is_empty() {
            return Ok(());
        }
        loop {
            self.peek();
            let start = self.at;
            while self
                .peek()
                .is_some_and(|byte| !is_meta(byte) && !matches!(byte, b'\\' | b'\'' | b'"' | b'$' | b'`'))
            {
                self.step()?;
                self.at += 1;
            }
            let end = self.at;
            let is_whole = self.peek().is_none_or(is_meta);
            self.at = start;
            if !is_whole || start == end {
                return Ok(());
            }
            let name = String::from_utf8_lossy(self.text(start, end)).replace("\\\n", "");
            self.expanded.retain(|(_, until)| *until > start);
            if self.expanded.iter().any(|(used, _)| *used == name) {
                return Ok(());
            }
            let Some(text) = self.aliases.get(&name).cloned() else { return Ok(()) };
            self.failed.clear();
            if self.text.len() + text.len() > crate::intercept::shell::MOST_TEXT {
                return Err(super::Fault { cause: crate::contract::Cause::Limit, at: self.at });
            }
            let length = text.len();
            let again = text.ends_with([' ', '\t']).then_some(start + length);
            let removed = end - start;
            self.text.splice(start..end, text.into_bytes());
            for (_, until) in &mut self.expanded {
                *until = (*until + length).saturating_sub(removed);
            }
            self.expanded.push((name, start + length));
            if again.is_some() {
                self.alias_again = self.next_word_from(start + length);
            }
            self.step()?;
        }
    }

    /// Where the next word begins behind `place`.
    fn next_word_from(&self, place: usize) -> Option<usize> {
        let rest = self.text.get(place..)?;
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        Some(place + blanks)
    }
}
