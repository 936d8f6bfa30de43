//! Words: what stands between blanks and operators, its quotes removed.

use super::parser::Parser;
use crate::contract::Cause;

/// A word.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(in crate::intercept) struct Word {
    /// Its value, quotes removed. What is not known of it stands there as it is written.
    pub(in crate::intercept) value: String,
    /// Whether that is what the shell makes of it: no expansion, no pattern, no braces.
    pub(in crate::intercept) is_known: bool,
    /// Whether nothing in it is quoted, so that it may be a reserved word.
    pub(super) is_bare: bool,
    /// Whether it is known as a program's name too.
    pub(in crate::intercept) is_known_as_program: bool,
    /// Whether it is an assignment where a command may begin.
    pub(super) assigns: bool,
}

impl Word {
    /// A word that is exactly this text.
    pub(in crate::intercept) fn exact(value: String) -> Self {
        Self { value, is_known: true, is_bare: false, is_known_as_program: true, assigns: false }
    }
}

/// A word while it is read.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) value: Vec<u8>,
    pub(super) is_unknown: bool,
    is_quoted: bool,
    /// A `*`, `?` or `[` that is not quoted.
    has_pattern: bool,
    braces: Braces,
    assigns: bool,
}

/// How much of `{a,b}` or `{1..3}` was seen, unquoted.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Braces {
    #[default]
    None,
    /// A brace, of whatever kind.
    Lone,
    Opened,
    Separated,
    Expands,
}

impl Parser<'_, '_> {
    /// Whether a word starts here.
    pub(super) fn is_at_word(&self) -> bool {
        match self.peek() {
            None | Some(b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'(' | b')') => false,
            Some(b'<' | b'>') => self.second() == Some(b'('),
            Some(_) => true,
        }
    }

    /// Reads a word.
    pub(super) fn word(&mut self) -> Word {
        let mut draft = Draft::default();
        while self.is_at_word() {
            let Some(byte) = self.peek() else { break };
            match byte {
                b'\'' => self.single_quotes(&mut draft),
                b'"' => self.double_quotes(&mut draft),
                b'\\' => self.escape(&mut draft),
                b'`' => self.backticks(&mut draft, false),
                b'$' => self.dollar(&mut draft, false),
                b'<' | b'>' => self.process_substitution(&mut draft),
                _ => {
                    draft.plain(byte);
                    self.bump();
                }
            }
        }
        draft.finish()
    }

    pub(super) fn single_quotes(&mut self, draft: &mut Draft) {
        let start = self.at();
        draft.is_quoted = true;
        let body = self.rest().get(1..).unwrap_or_default();
        match body.iter().position(|byte| *byte == b'\'') {
            Some(length) => {
                draft.value.extend(body.iter().take(length));
                self.jump(start + length + 2);
            }
            None => self.unclosed(start),
        }
    }

    pub(super) fn double_quotes(&mut self, draft: &mut Draft) {
        let start = self.at();
        draft.is_quoted = true;
        self.bump();
        loop {
            match self.peek() {
                None => return self.unclosed(start),
                Some(b'"') => return self.bump(),
                Some(b'\\') => match self.rest().get(1).copied() {
                    None => return self.unclosed(start),
                    Some(next) => {
                        if !matches!(next, b'$' | b'`' | b'"' | b'\\') {
                            draft.value.push(b'\\');
                        }
                        draft.value.push(next);
                        self.jump(self.at() + 2);
                    }
                },
                Some(b'$') => self.dollar(draft, true),
                Some(b'`') => self.backticks(draft, true),
                Some(byte) => {
                    draft.value.push(byte);
                    self.bump();
                }
            }
        }
    }

    fn escape(&mut self, draft: &mut Draft) {
        draft.is_quoted = true;
        let start = self.at();
        match self.rest().get(1).copied() {
            None => self.unclosed(start),
            Some(next) => {
                draft.value.push(next);
                self.jump(start + 2);
            }
        }
    }

    pub(super) fn process_substitution(&mut self, draft: &mut Draft) {
        let start = self.at();
        self.bump();
        self.substitution();
        draft.unknown(self.since(start));
    }

    /// The text ends inside a quote or a substitution that starts at `start`.
    pub(super) fn unclosed(&mut self, start: usize) {
        self.leave_rest();
        let text = self.since(start);
        self.found.syntax(text);
    }

    /// Grammar that is not read, from `start` to here.
    pub(super) fn grammar(&mut self, start: usize) {
        let text = self.since(start);
        self.found.unresolved(Cause::Grammar, text);
    }
}

impl Draft {
    /// An unquoted byte.
    fn plain(&mut self, byte: u8) {
        match byte {
            b'*' | b'?' | b'[' => self.has_pattern = true,
            b'{' if self.braces != Braces::Separated && self.braces != Braces::Expands => {
                self.braces = Braces::Opened;
            }
            b',' if self.braces == Braces::Opened => self.braces = Braces::Separated,
            b'.' if self.braces == Braces::Opened && self.value.last() == Some(&b'.') => {
                self.braces = Braces::Separated;
            }
            b'}' if self.braces == Braces::Separated => self.braces = Braces::Expands,
            b'}' if self.braces == Braces::None => self.braces = Braces::Lone,
            b'~' if matches!(self.value.last(), None | Some(b'=' | b':')) => self.is_unknown = true,
            b'=' if !self.assigns && !self.is_quoted && !self.is_unknown => {
                let name = self.value.strip_suffix(b"+").unwrap_or(&self.value);
                self.assigns = is_name(name);
            }
            _ => {}
        }
        self.value.push(byte);
    }

    /// Something whose value is not known; its text stands for it.
    pub(super) fn unknown(&mut self, text: &[u8]) {
        self.is_unknown = true;
        self.value.extend_from_slice(text);
    }

    /// Bytes out of quotes.
    pub(super) fn quoted(&mut self, bytes: &[u8]) {
        self.is_quoted = true;
        self.value.extend_from_slice(bytes);
    }

    fn finish(self) -> Word {
        // `[` alone is a program and an operand; a pattern needs a `]` too.
        let has_pattern = self.has_pattern && self.value != b"[";
        let is_bare = !self.is_quoted && !self.is_unknown;
        let is_known = !self.is_unknown && !has_pattern && self.braces != Braces::Expands;
        // zsh takes a leading `=` for a search, and some shells read lone braces at a command's place.
        let is_reserved = is_bare && matches!(self.value.as_slice(), b"{" | b"}");
        let is_known_as_program = is_known
            && !self.value.is_empty()
            && self.value.first() != Some(&b'=')
            && (self.braces == Braces::None || is_reserved);
        Word {
            value: String::from_utf8_lossy(&self.value).into_owned(),
            is_known,
            is_bare,
            is_known_as_program,
            assigns: self.assigns,
        }
    }
}

/// Whether it can be the name of a variable.
pub(super) fn is_name(text: &[u8]) -> bool {
    text.first().is_some_and(|first| first.is_ascii_alphabetic() || *first == b'_')
        && text.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}
