//! The grammar: lists, groups, simple commands.

use super::found::{Assigned, Found, LONGEST_SNIPPET, Simple};
use super::heredoc::HereDocument;
use super::word::Word;
use super::{MOST_DEPTH, split};
use crate::contract::Cause;
use crate::grammar::words::{Reserved, reserved};

/// A reader of one text.
///
/// The place is never at a backslash before a newline: a shell joins such lines before it looks at anything
/// else, everywhere but in single quotes, comments and quoted here-documents, which are read by
/// [`Parser::rest`] and left by [`Parser::jump`].
pub(super) struct Parser<'t, 'f> {
    text: &'t [u8],
    at: usize,
    pub(super) depth: usize,
    pub(super) found: &'f mut Found,
    /// The here-documents whose bodies follow the next newline.
    pub(super) pending: Vec<HereDocument>,
    /// Whether a text around this one waits for such bodies too.
    outer_pending: bool,
}

/// Where a list ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum End {
    Text,
    Parenthesis,
}

/// What stands before the place in a list.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Last {
    /// Nothing of this statement.
    Nothing,
    /// `&&`, `||` or `|`, which want another command.
    Operator,
    /// A simple command.
    Command,
    /// A group, which only redirections may follow.
    Group,
}

impl<'t, 'f> Parser<'t, 'f> {
    pub(super) fn new(text: &'t [u8], depth: usize, found: &'f mut Found) -> Self {
        let mut parser = Self { text, at: 0, depth, found, pending: Vec::new(), outer_pending: false };
        parser.jump(0);
        parser
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// The byte after the next.
    pub(super) fn second(&self) -> Option<u8> {
        self.text.get(self.joined(self.at + 1)).copied()
    }

    /// What is left, as it is written.
    pub(super) fn rest(&self) -> &'t [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// What was read since `start`, as it is written.
    pub(super) fn since(&self, start: usize) -> &'t [u8] {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// The line that starts at `start`, or what of it is told.
    fn line_from(&self, start: usize) -> &'t [u8] {
        let rest = self.text.get(start..).unwrap_or_default();
        let told = rest.get(..LONGEST_SNIPPET + 1).unwrap_or(rest);
        told.split(|byte| *byte == b'\n').next().unwrap_or_default()
    }

    pub(super) fn bump(&mut self) {
        self.jump(self.at + 1);
    }

    pub(super) fn jump(&mut self, to: usize) {
        self.at = self.joined(to).min(self.text.len());
    }

    pub(super) fn leave_rest(&mut self) {
        self.at = self.text.len();
    }

    fn joined(&self, mut at: usize) -> usize {
        while self.text.get(at..).is_some_and(|rest| rest.starts_with(b"\\\n")) {
            at += 2;
        }
        at
    }

    pub(super) fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.bump();
        }
    }

    /// Reads commands up to the end of the text, or up to and with the parenthesis that closes a substitution.
    pub(super) fn list(&mut self, end: End) {
        let start = self.at;
        let mut open: Vec<u8> = Vec::new();
        let mut last = Last::Nothing;
        loop {
            self.blanks();
            let Some(byte) = self.peek() else { break };
            match byte {
                b'#' => self.comment(),
                b'\n' => {
                    self.newline();
                    if last != Last::Operator {
                        last = Last::Nothing;
                    }
                }
                b';' => last = self.semicolon(last),
                b'|' => last = self.operator(last),
                b'&' if self.second() != Some(b'>') => last = self.operator(last),
                b'(' => last = self.parenthesis(last, &mut open),
                b')' if open.last() == Some(&b'(') => {
                    self.bump();
                    open.pop();
                    last = Last::Group;
                }
                b')' if end == End::Parenthesis => {
                    if !open.is_empty() || last == Last::Operator {
                        self.found.syntax(self.since(start));
                    }
                    return self.bump();
                }
                b')' => {
                    let at = self.at;
                    self.bump();
                    self.found.syntax(self.since(at));
                    last = Last::Nothing;
                }
                _ => last = self.simple(last, &mut open),
            }
        }
        if end == End::Parenthesis || !open.is_empty() || last == Last::Operator || !self.pending.is_empty() {
            self.found.syntax(self.since(start));
        }
    }

    /// Reads the commands of a substitution; the place is at its parenthesis.
    pub(super) fn substitution(&mut self) {
        self.bump();
        self.found.has_grammar = true;
        let pending = std::mem::take(&mut self.pending);
        let outer_pending = self.outer_pending;
        self.outer_pending |= !pending.is_empty();
        if self.deeper() {
            let start = self.at;
            self.list(End::Parenthesis);
            if !self.pending.is_empty() {
                self.found.syntax(self.since(start));
            }
            self.depth -= 1;
        }
        self.outer_pending = outer_pending;
        self.pending = pending;
    }

    /// Goes a level deeper, or gives up on the rest of this text.
    pub(super) fn deeper(&mut self) -> bool {
        if self.depth >= MOST_DEPTH {
            self.found.gives_up(self.rest());
            self.leave_rest();
            return false;
        }
        self.depth += 1;
        true
    }

    /// Reads `text`, which was taken out of this one, as commands of its own.
    pub(super) fn within(&mut self, text: &[u8]) {
        self.found.has_grammar = true;
        if self.found.may_reread(text.len()) && self.depth < MOST_DEPTH {
            split(&String::from_utf8_lossy(text), self.depth + 1, self.found);
        } else {
            self.found.gives_up(text);
        }
    }

    fn comment(&mut self) {
        let length = self.rest().iter().position(|byte| *byte == b'\n');
        self.at = length.map_or(self.text.len(), |length| self.at + length);
    }

    /// Ends a line, and reads the bodies of the here-documents that wait for that.
    fn newline(&mut self) {
        let at = self.at;
        if self.outer_pending {
            // Shells differ on whose bodies follow: this text's, or those of the text around it.
            self.bump();
            self.grammar(at);
        } else if self.pending.is_empty() {
            self.bump();
        } else {
            self.at += 1;
            for document in std::mem::take(&mut self.pending) {
                self.body(&document);
            }
            self.jump(self.at);
        }
    }

    /// For bodies, whose lines are read as they are written.
    pub(super) fn set_at(&mut self, at: usize) {
        self.at = at.min(self.text.len());
    }

    fn semicolon(&mut self, last: Last) -> Last {
        let at = self.at;
        self.found.has_grammar = true;
        self.bump();
        if matches!(self.peek(), Some(b';' | b'&' | b'|')) {
            self.bump();
            self.grammar(at);
        } else if matches!(last, Last::Nothing | Last::Operator) {
            self.found.syntax(self.since(at));
        }
        Last::Nothing
    }

    /// `&`, `&&`, `|`, `||` or `|&`.
    fn operator(&mut self, last: Last) -> Last {
        let at = self.at;
        self.found.has_grammar = true;
        let first = self.peek();
        self.bump();
        let is_background = first == Some(b'&') && self.peek() != Some(b'&');
        if !is_background && matches!(self.peek(), Some(b'&' | b'|')) {
            self.bump();
        }
        // zsh has `&!`, `&|` and `|&` of its own.
        if matches!(last, Last::Nothing | Last::Operator) || matches!(self.peek(), Some(b'!' | b'|' | b'&')) {
            self.found.syntax(self.since(at));
        }
        if is_background { Last::Nothing } else { Last::Operator }
    }

    fn parenthesis(&mut self, last: Last, open: &mut Vec<u8>) -> Last {
        let at = self.at;
        self.found.has_grammar = true;
        let is_arithmetic = self.second() == Some(b'(');
        self.bump();
        if is_arithmetic {
            self.grammar(at);
        }
        if last == Last::Group {
            self.found.syntax(self.since(at));
        }
        self.push(open, b'(');
        Last::Nothing
    }

    fn push(&mut self, open: &mut Vec<u8>, bracket: u8) {
        if self.depth + open.len() >= MOST_DEPTH {
            self.found.gives_up(self.rest());
            self.leave_rest();
        } else {
            open.push(bracket);
        }
    }

    fn simple(&mut self, last: Last, open: &mut Vec<u8>) -> Last {
        let start = self.at;
        let mut command = Simple { depth: self.depth, ..Simple::default() };
        let mut is_first = true;
        let mut may_end_before = false;
        loop {
            self.blanks();
            let before = self.at;
            match self.peek() {
                None | Some(b'\n' | b';' | b'|' | b')' | b'#') => break,
                Some(b'&') if self.second() != Some(b'>') => break,
                Some(b'(') => {
                    if self.function_or_array(&command, start) {
                        return Last::Nothing;
                    }
                    break;
                }
                Some(byte) if self.redirection() => may_end_before |= byte == b'&',
                Some(_) => {
                    if may_end_before {
                        // `a &> f b` is one command to bash; to others `a &` ends before `> f b`.
                        self.grammar(start);
                    }
                    let word = self.word();
                    if is_first
                        && word.is_bare
                        && let Some(kind) = reserved(&word.value)
                    {
                        return self.reserved(kind, before, last, open);
                    }
                    if self.at == before {
                        // Whatever this is, it is not read, and it is not read for ever.
                        self.bump();
                        self.found.syntax(self.since(before));
                    }
                    self.take(word, &mut command, before);
                }
            }
            is_first = false;
        }
        if last == Last::Group && !(command.words.is_empty() && command.assigned.is_empty()) {
            self.found.syntax(self.since(start));
        }
        if !command.words.is_empty() || !command.assigned.is_empty() {
            self.found.command(command);
        }
        if last == Last::Group { Last::Group } else { Last::Command }
    }

    /// Adds a word to the command: an assignment before its program, the program, or an operand.
    fn take(&mut self, word: Word, command: &mut Simple, start: usize) {
        let is_program = command.words.is_empty();
        if word.assigns && is_program {
            command.assigned.push(Assigned::of(&word));
            if self.peek() == Some(b'(') {
                self.array(start);
            }
            return;
        }
        // `{name}>file` opens the file on a new descriptor in some shells, and is a word in others.
        if word.is_bare && word.value.starts_with('{') && matches!(self.peek(), Some(b'<' | b'>')) {
            self.grammar(start);
        }
        if is_program && !word.is_known_as_program {
            self.found.unresolved(Cause::Program, self.since(start));
        } else if !word.is_known {
            self.found.unresolved(Cause::Operand, self.since(start));
        }
        command.words.push(word);
    }

    /// `a=(…)`: its words are data, its substitutions are not.
    fn array(&mut self, start: usize) {
        self.found.has_grammar = true;
        self.bump();
        loop {
            match self.peek() {
                None => return self.unclosed(start),
                Some(b')') => {
                    self.bump();
                    return self.grammar(start);
                }
                Some(b'#') => self.comment(),
                Some(_) if self.is_at_word() => {
                    self.word();
                }
                Some(_) => self.bump(),
            }
        }
    }

    /// A parenthesis behind a word: a function's, or a pattern's. True if a function's body follows.
    fn function_or_array(&mut self, command: &Simple, start: usize) -> bool {
        self.found.has_grammar = true;
        let before = self.at;
        self.bump();
        self.blanks();
        let is_function = self.peek() == Some(b')') && !command.words.is_empty();
        if is_function {
            self.bump();
        }
        self.grammar(start);
        if !is_function {
            self.at = before;
        }
        is_function
    }

    /// A reserved word, already read, at the place of a command.
    fn reserved(&mut self, kind: Reserved, start: usize, last: Last, open: &mut Vec<u8>) -> Last {
        self.found.has_grammar = true;
        if last == Last::Group && kind != Reserved::Close {
            self.found.syntax(self.since(start));
        }
        match kind {
            Reserved::Open => {
                self.push(open, b'{');
                return Last::Nothing;
            }
            Reserved::Close => {
                if open.last() == Some(&b'{') {
                    open.pop();
                } else {
                    self.found.syntax(self.since(start));
                }
                return Last::Group;
            }
            Reserved::Command | Reserved::End | Reserved::Words | Reserved::Condition => {}
        }
        self.found.unresolved(Cause::Grammar, self.line_from(start));
        match kind {
            Reserved::Command | Reserved::Open => Last::Nothing,
            Reserved::End | Reserved::Close => Last::Group,
            Reserved::Words => {
                self.blanks();
                while self.is_at_word() {
                    if matches!(self.rest(), [b'{', b' ' | b'\t' | b'\n', ..]) {
                        return Last::Nothing;
                    }
                    self.word();
                    self.blanks();
                }
                Last::Command
            }
            Reserved::Condition => {
                self.condition();
                Last::Group
            }
        }
    }

    fn condition(&mut self) {
        loop {
            self.blanks();
            match self.peek() {
                None | Some(b';') => return,
                Some(_) if self.is_at_word() => {
                    let word = self.word();
                    if word.is_bare && word.value == "]]" {
                        return;
                    }
                }
                Some(_) => self.bump(),
            }
        }
    }
}
