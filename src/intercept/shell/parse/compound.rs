//! Compound commands.

use std::rc::Rc;

use super::list::End;
use super::{Parsed, Parser};
use crate::contract::Cause;
use crate::intercept::shell::syntax::{Arm, Command, Kind, List, Span, Word};

impl Parser {
    /// A compound command, if one begins here.
    pub(super) fn compound(&mut self) -> Parsed<Option<Kind>> {
        match self.peek() {
            Some(b'(') => self.deeper(|parser| parser.parenthesis()).map(Some),
            Some(
                b'{' | b'[' | b']' | b'i' | b'w' | b'u' | b'f' | b's' | b'c' | b't' | b'd' | b'e' | b'}',
            ) => self.deeper(|parser| parser.reserved()),
            _ => Ok(None),
        }
    }

    fn parenthesis(&mut self) -> Parsed<Kind> {
        let start = self.at;
        if self.peek_second() == Some(b'(') && !self.failed.contains(&start) {
            match self.double_parenthesis() {
                Ok(Some(word)) => return Ok(Kind::Arithmetic(word)),
                Err(fault) if fault.cause == Cause::Limit => return Err(fault),
                Ok(None) | Err(_) => {
                    self.failed.insert(start);
                    self.at = start;
                }
            }
        }
        self.expect(b'(')?;
        let body = self.body(End::Parenthesis)?;
        self.expect(b')')?;
        Ok(Kind::Subshell(body))
    }

    /// `((…))`; none if it does not end so, and is a subshell in a subshell.
    fn double_parenthesis(&mut self) -> Parsed<Option<Word>> {
        let start = self.at;
        self.expect(b'(')?;
        self.expect(b'(')?;
        let parts = self.arithmetic(&[])?;
        if self.peek() == Some(b')') && self.peek_second() == Some(b')') {
            self.bump()?;
            self.bump()?;
            return Ok(Some(Word { parts, span: Span { start, end: self.at } }));
        }
        Ok(None)
    }

    fn reserved(&mut self) -> Parsed<Option<Kind>> {
        let start = self.at;
        let Some((text, length)) = self.bare_word()? else {
            self.at = start;
            return Ok(None);
        };
        let kind = match text.get(..length).unwrap_or_default() {
            b"{" => {
                let body = self.body(End::Words(&["}"]))?;
                self.expect_reserved("}")?;
                Kind::Group(body)
            }
            b"[[" => self.condition()?,
            b"if" => self.conditional()?,
            b"while" | b"until" => {
                let condition = self.body(End::Words(&["do"]))?;
                let body = self.repeated()?;
                Kind::Loop { condition, body }
            }
            b"for" => self.counted(false)?,
            b"select" => self.counted(true)?,
            b"case" => self.case()?,
            b"function" => self.function()?,
            b"coproc" => self.coprocess()?,
            b"then" | b"else" | b"elif" | b"fi" | b"do" | b"done" | b"esac" | b"}" | b"in" | b"]]" => {
                self.at = start;
                return Err(self.fault());
            }
            _ => {
                self.at = start;
                return Ok(None);
            }
        };
        Ok(Some(kind))
    }

    /// `function name`, with or without `()`.
    fn function(&mut self) -> Parsed<Kind> {
        self.blanks()?;
        let start = self.at;
        let word = self.word()?;
        let Some(name) = word.bare().map(str::to_owned) else {
            self.at = start;
            return Err(self.unread());
        };
        self.blanks()?;
        if self.peek() == Some(b'(') {
            let before = self.at;
            self.bump()?;
            self.blanks()?;
            // `function f (list)` has a subshell for its body.
            if !self.eat(b')') {
                self.at = before;
            }
        }
        self.function_body(name)
    }

    /// A list that must hold a command.
    fn body(&mut self, end: End) -> Parsed<List> {
        let list = self.list(end)?;
        if list.entries.is_empty() { Err(self.fault()) } else { Ok(list) }
    }

    fn conditional(&mut self) -> Parsed<Kind> {
        let mut arms = Vec::new();
        loop {
            let condition = self.body(End::Words(&["then"]))?;
            self.expect_reserved("then")?;
            let body = self.body(End::Words(&["elif", "else", "fi"]))?;
            arms.push((condition, body));
            if self.take_reserved("elif")? {
                continue;
            }
            let mut otherwise = None;
            if self.take_reserved("else")? {
                otherwise = Some(self.body(End::Words(&["fi"]))?);
            }
            self.expect_reserved("fi")?;
            return Ok(Kind::If { arms, otherwise });
        }
    }

    /// `do … done`, or `{ … }` where bash takes that as well.
    fn repeated(&mut self) -> Parsed<List> {
        self.expect_reserved("do")?;
        let body = self.body(End::Words(&["done"]))?;
        self.expect_reserved("done")?;
        Ok(body)
    }

    fn repeated_or_group(&mut self) -> Parsed<List> {
        if !self.take_reserved("{")? {
            return self.repeated();
        }
        let body = self.body(End::Words(&["}"]))?;
        self.expect_reserved("}")?;
        Ok(body)
    }

    fn counted(&mut self, is_select: bool) -> Parsed<Kind> {
        self.blanks()?;
        if !is_select && self.peek() == Some(b'(') && self.peek_second() == Some(b'(') {
            return self.counted_by_arithmetic();
        }
        let start = self.at;
        let word = self.word()?;
        let Some(name) = word.bare().map(str::to_owned) else {
            self.at = start;
            return Err(self.fault());
        };
        self.blank_lines()?;
        let mut words = None;
        if self.take_reserved("in")? {
            let mut listed = Vec::new();
            loop {
                self.gap()?;
                match self.peek() {
                    Some(b';') => {
                        self.at += 1;
                        break;
                    }
                    Some(b'\n') => break,
                    None => return Err(self.fault()),
                    Some(_) => listed.push(self.word()?),
                }
            }
            words = Some(listed);
        } else {
            self.eat(b';');
        }
        self.blank_lines()?;
        let body = self.repeated_or_group()?;
        Ok(Kind::For { name, words, body, is_select })
    }

    fn counted_by_arithmetic(&mut self) -> Parsed<Kind> {
        self.bump()?;
        self.bump()?;
        let mut expressions = Vec::new();
        loop {
            let start = self.at;
            let parts = self.arithmetic(b";")?;
            expressions.push(Word { parts, span: Span { start, end: self.at } });
            if !self.eat(b';') {
                break;
            }
        }
        self.expect(b')')?;
        self.expect(b')')?;
        if expressions.len() != 3 {
            return Err(self.fault());
        }
        self.gap()?;
        self.eat(b';');
        self.blank_lines()?;
        let body = self.repeated_or_group()?;
        Ok(Kind::ForArithmetic { expressions, body })
    }

    fn case(&mut self) -> Parsed<Kind> {
        self.blanks()?;
        let subject = self.word()?;
        self.blank_lines()?;
        self.expect_reserved("in")?;
        let mut arms = Vec::new();
        loop {
            self.blank_lines()?;
            if self.take_reserved("esac")? {
                return Ok(Kind::Case { subject, arms });
            }
            self.eat(b'(');
            let mut patterns = Vec::new();
            loop {
                self.blanks()?;
                patterns.push(self.word()?);
                self.blanks()?;
                if !self.eat(b'|') {
                    break;
                }
            }
            self.expect(b')')?;
            let body = self.list(End::Arm)?;
            let mut falls_through = false;
            if self.peek() == Some(b';') {
                self.bump()?;
                falls_through = self.eat(b'&');
                if !falls_through {
                    self.expect(b';')?;
                    falls_through = self.eat(b'&');
                }
            } else if !self.is_reserved(&["esac"])? {
                return Err(self.fault());
            }
            arms.push(Arm { patterns, body, falls_through });
        }
    }

    /// The body of a function, behind its name.
    pub(super) fn function_body(&mut self, name: String) -> Parsed<Kind> {
        self.blank_lines()?;
        let start = self.at;
        let Some(kind) = self.compound()? else { return Err(self.fault()) };
        let mut redirects = Vec::new();
        while let Some(redirect) = self.redirect()? {
            redirects.push(redirect);
        }
        let body = Rc::new(Command { kind, redirects, span: Span { start, end: self.at } });
        Ok(Kind::Function { name, body })
    }

    fn coprocess(&mut self) -> Parsed<Kind> {
        self.blanks()?;
        let start = self.at;
        // A name stands only before a compound command.
        if let Some(name) = self.name()? {
            self.blanks()?;
            let is_compound = self.peek() == Some(b'(')
                || self.is_reserved(&["{", "[[", "if", "while", "until", "for", "select", "case"])?;
            let is_word = self.text(start, self.at).iter().any(u8::is_ascii_whitespace);
            if is_compound && is_word && !RESERVED.contains(&name.as_str()) {
                let body = Rc::new(self.command()?);
                return Ok(Kind::Coprocess { name, body });
            }
        }
        self.at = start;
        let body = Rc::new(self.command()?);
        Ok(Kind::Coprocess { name: "COPROC".to_owned(), body })
    }
}

/// Names that are no names where a command begins.
const RESERVED: &[&str] = &["if", "while", "until", "for", "select", "case", "function", "coproc", "time"];
