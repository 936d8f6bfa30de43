//! A pattern as a command of the argv's program.

use crate::grammar::options::Part;
use crate::policy::{Open, Pattern};

use super::command::letters;
use super::grammar::Grammar;
use super::lexer;

/// A pattern that was read.
pub(super) struct Rule<'p> {
    pattern: &'p Pattern,
    readings: Vec<Reading>,
}

/// One way to read a pattern: an option that no table lists may have the next word for its value, or none.
#[derive(Debug, Default)]
pub(super) struct Reading {
    requires: Vec<Requirement>,
    /// The operands, each behind a blank, with the wildcards of the pattern.
    operands: String,
    /// The same, where words that are nothing but a wildcard may stand for options.
    relaxed: String,
}

/// An option that a command must have.
#[derive(Debug, Default)]
pub(super) struct Requirement {
    /// Its texts, with wildcards: one of them is enough.
    pub(super) one_of: Vec<String>,
    /// Or all of these, if there are any: the letters of what may be a cluster.
    pub(super) or_all: Vec<String>,
}

impl<'p> Rule<'p> {
    /// Reads a pattern that names the program; none if it is of more than one command.
    pub(super) fn read(pattern: &'p Pattern, grammar: &Grammar) -> Option<Self> {
        let words = lexer::words(pattern.as_str())?;
        let words = words.get(1..)?;
        let (first, has_other) = Reading::of(words, grammar, false);
        let mut readings = vec![first];
        if has_other {
            readings.push(Reading::of(words, grammar, true).0);
        }
        Some(Self { pattern, readings })
    }

    pub(super) fn pattern(&self) -> &'p Pattern {
        self.pattern
    }

    pub(super) fn readings(&self) -> impl Iterator<Item = &Reading> {
        self.readings.iter()
    }
}

/// What a word of a pattern is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Use {
    /// An option, the value of one, or the end of the options.
    Option,
    Operand,
}

impl Reading {
    /// Reads the words behind the program; tells whether they could be read in another way.
    fn of(words: &[String], grammar: &Grammar, unlisted_have_values: bool) -> (Self, bool) {
        let is_glob = |word: &&String| word.starts_with('-') && word.contains('*');
        let plain: Vec<&str> = words.iter().filter(|word| !is_glob(word)).map(String::as_str).collect();
        let mut reading = Self::default();
        let mut uses = vec![Use::Option; plain.len()];
        let mut has_other = false;
        let mut unlisted: Option<usize> = None;
        for part in grammar.read(&plain) {
            match part {
                Part::Option { name, value, .. } => reading.requires.push(Requirement {
                    one_of: vec![value.map_or_else(|| name.to_owned(), |value| format!("{name}={value}"))],
                    or_all: Vec::new(),
                }),
                Part::Operand { word } => {
                    let before = unlisted.filter(|before| before + 1 == word);
                    has_other |= before.is_some();
                    let text = plain.get(word).copied().unwrap_or_default();
                    match (before.filter(|_| unlisted_have_values), reading.requires.last_mut()) {
                        (Some(_), Some(requirement)) => requirement.have_value(text),
                        (Some(_) | None, _) => {
                            if let Some(place) = uses.get_mut(word) {
                                *place = Use::Operand;
                            }
                        }
                    }
                }
                Part::Unknown { word } => {
                    let text = plain.get(word).copied().unwrap_or_default();
                    reading
                        .requires
                        .push(Requirement { one_of: vec![text.to_owned()], or_all: letters(text) });
                    unlisted = (!text.contains('=')).then_some(word);
                }
            }
        }
        let mut uses = uses.into_iter();
        for word in words {
            if is_glob(&word) {
                reading.requires.push(Requirement { one_of: vec![word.clone()], or_all: Vec::new() });
                reading.go_on_behind(word);
            } else if uses.next() == Some(Use::Operand) {
                reading.operands.extend([" ", word]);
                let is_wildcard = word.bytes().all(|letter| letter == b'*') && !word.is_empty();
                reading.relaxed.extend([if is_wildcard { "" } else { " " }, word]);
            } else {
                reading.go_on_behind(word);
            }
        }
        (reading, has_other)
    }

    /// What ends with a wildcard lets anything follow.
    fn go_on_behind(&mut self, word: &str) {
        if word.ends_with('*') {
            self.operands.push('*');
            self.relaxed.push('*');
        }
    }

    pub(super) fn requires(&self) -> impl Iterator<Item = &Requirement> {
        self.requires.iter()
    }

    /// Whether the operands of a command with that many options are those of the rule.
    pub(super) fn allows(&self, operands: &Open, options: usize) -> bool {
        operands.may_match(&self.operands)
            || options > self.requires.len() && operands.may_match(&self.relaxed)
    }
}

impl Requirement {
    fn have_value(&mut self, value: &str) {
        let with_value = |text: &String| [format!("{text}={value}"), format!("{text} {value}")];
        self.one_of = self.one_of.iter().flat_map(with_value).collect();
        self.or_all.clear();
    }
}
