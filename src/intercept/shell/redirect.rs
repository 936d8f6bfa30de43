//! Redirections: which file they open, and how.

use super::found::Access;
use super::parser::Parser;
use super::word::Word;
use crate::contract::Cause;

/// What a redirection wants behind its operator.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Operator {
    File(Access),
    /// `>&`: a descriptor, or a file in some shells.
    DuplicateOut,
    /// `<&`: a descriptor.
    DuplicateIn,
    /// `<<`, and whether it is `<<-`.
    Document(bool),
    /// `<<<`
    Text,
}

impl Parser<'_, '_> {
    /// Reads a redirection, if one starts here.
    pub(super) fn redirection(&mut self) -> bool {
        let start = self.at();
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.bump();
        }
        let both = self.peek() == Some(b'&') && self.second() == Some(b'>') && self.at() == start;
        if both {
            self.bump();
        }
        if !matches!(self.peek(), Some(b'<' | b'>')) || (self.second() == Some(b'(') && !both) {
            self.jump(start);
            return false;
        }
        self.found.has_grammar = true;
        let operator = self.operator_of_redirection();
        self.blanks();
        if !self.is_at_word() || self.peek() == Some(b'#') {
            self.found.syntax(self.since(start));
            return true;
        }
        let word = self.word();
        self.redirected(operator, word, start);
        true
    }

    fn operator_of_redirection(&mut self) -> Operator {
        let first = self.peek();
        self.bump();
        let operator = match (first, self.peek()) {
            (Some(b'<'), Some(b'<')) => {
                self.bump();
                match self.peek() {
                    Some(b'<') => Operator::Text,
                    Some(b'-') => Operator::Document(true),
                    _ => return Operator::Document(false),
                }
            }
            (Some(b'<'), Some(b'&')) => Operator::DuplicateIn,
            (Some(b'<'), Some(b'>')) => Operator::File(Access::Update),
            (Some(b'<'), _) => return Operator::File(Access::Read),
            (_, Some(b'&')) => Operator::DuplicateOut,
            (_, Some(b'>' | b'|')) => Operator::File(Access::Write),
            (_, _) => return Operator::File(Access::Write),
        };
        self.bump();
        operator
    }

    fn redirected(&mut self, operator: Operator, word: Word, start: usize) {
        let access = match operator {
            Operator::File(access) => access,
            Operator::DuplicateOut => {
                if is_descriptor(&word) {
                    return;
                }
                Access::Write
            }
            Operator::DuplicateIn => {
                if !is_descriptor(&word) {
                    self.grammar(start);
                }
                return;
            }
            Operator::Document(strips_tabs) => {
                if !word.is_known {
                    self.grammar(start);
                }
                return self.document(word, strips_tabs, start);
            }
            Operator::Text => return,
        };
        // zsh reads `>!` as an operator of its own.
        if word.value.starts_with('!') {
            self.grammar(start);
        } else if !word.is_known {
            self.found.unresolved(Cause::Operand, self.since(start));
        }
        self.found.file(word.value, access);
    }
}

fn is_descriptor(word: &Word) -> bool {
    let digits = word.value.strip_suffix('-').unwrap_or(&word.value);
    word.is_known && digits.bytes().all(|byte| byte.is_ascii_digit()) && !word.value.is_empty()
}
