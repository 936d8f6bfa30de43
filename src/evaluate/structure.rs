//! Commands by their words (D3): program and subcommands in order, options as a set in any spelling, operands in
//! order.
//!
//! A pattern that begins with the name of a program is read as a command of that program, by the same grammar as
//! the argv. It meets the argv if each of its options is there, however it is spelled and wherever it stands, and
//! if its operands, joined by blanks and with their wildcards, match those of the argv. Further options do not
//! matter. So this is for rules that refuse alone: it meets what the text does not, and never less than the text
//! does, which is held against the same rules before.
//!
//! Words of an argv may be known in part. What holds whatever they are is certain; what holds for some text that
//! they may be is possible. A value is never shell syntax, so a rule on pipes or lists cannot be met by one.
//!
//! Nothing is read before it is needed: a rule whose first word is not the program costs one comparison.

mod command;
mod grammar;
mod lexer;
mod rule;

use std::cell::OnceCell;

use crate::contract::Request;
use crate::grammar::tool::Tool;
use crate::grammar::tools::tool;
use crate::grammar::{base_name, builtins};
use crate::policy::{Open, Pattern, PatternSet};

use command::{Command, Word};
use rule::Rule;

/// An argv, to be held against the rules that refuse.
pub(super) struct Structure<'r> {
    /// The base name of the program.
    name: &'r str,
    hides_program: bool,
    words: Vec<Word<'r>>,
    tool: Option<&'static Tool>,
    command: OnceCell<Command>,
}

/// The rules of one list that are about the argv's program, read.
pub(super) struct Candidates<'p> {
    patterns: &'p PatternSet,
    rules: Vec<Rule<'p>>,
}

impl<'r> Structure<'r> {
    /// The argv of a request, if it has one, and those of the commands that it runs in turn.
    pub(super) fn all(request: &'r Request) -> Vec<Self> {
        let Some(context) = &request.context else { return Vec::new() };
        let runs = context.runs.iter().map(|run| (&run.argv, &run.open_words, &run.whole_words));
        let own = (&context.argv, &context.open_words, &context.whole_words);
        std::iter::once(own)
            .chain(runs)
            .filter_map(|(argv, open, whole)| Self::with(argv, open, whole))
            .collect()
    }

    fn with(argv: &'r [String], open: &[u32], whole: &[u32]) -> Option<Self> {
        let (program, words) = argv.split_first()?;
        let is_in =
            |places: &[u32], place: usize| u32::try_from(place).is_ok_and(|place| places.contains(&place));
        let word = |(place, text): (usize, &'r String)| Word {
            text,
            is_open: is_in(open, place) && text.contains('*'),
            is_whole: is_in(whole, place),
        };
        let name = base_name(program);
        Some(Self {
            name,
            hides_program: word((0, program)).is_open,
            words: (1..).zip(words).map(word).collect(),
            tool: tool(name),
            command: OnceCell::new(),
        })
    }

    /// The base name of the program.
    pub(super) fn name(&self) -> &'r str {
        self.name
    }

    fn command(&self) -> &Command {
        self.command.get_or_init(|| Command::read(self.name, &self.words, self.tool))
    }

    /// Reads the rules that are about the program.
    pub(super) fn candidates<'p>(&self, patterns: &'p PatternSet) -> Candidates<'p> {
        let rules = patterns
            .iter()
            .filter(|pattern| self.may_concern(pattern.as_str()))
            .filter_map(|pattern| Rule::read(pattern, self.command().grammar()))
            .collect();
        Candidates { patterns, rules }
    }

    /// Whether a rule may be met: it is about the program, and about a subcommand that the argv may name. It is the
    /// cheap part of reading the rule, which fails for most.
    pub(super) fn may_concern(&self, pattern: &str) -> bool {
        lexer::program(pattern) == Some(self.name)
            && (self.words.iter().any(|word| word.is_open)
                || self.command().may_begin_with(lexer::first_operand(pattern)))
    }

    /// Whether the argv meets a rule, and no other word may take back what the rule says: no option of the rule is
    /// there twice, with a value that the rule has not, negated, or where it may be another one's value; nothing is
    /// known in part, and nothing ends the options. Without a `*` at the end of the rule there are no further options
    /// either.
    pub(super) fn is_plainly(&self, pattern: &Pattern) -> bool {
        let is_plain = |word: &Word<'_>| !word.is_open && word.text != "--end-of-options";
        self.may_concern(pattern.as_str())
            && self.words.iter().all(is_plain)
            && Rule::read(pattern, self.command().grammar()).is_some_and(|rule| {
                let may_have_more = pattern.as_str().ends_with('*');
                self.command().meets(&rule) && self.command().has_only(&rule, may_have_more)
            })
    }

    /// Whether the argv meets a rule, whatever the words are that are known in part.
    pub(super) fn meets(&self, pattern: &Pattern) -> bool {
        self.may_concern(pattern.as_str())
            && Rule::read(pattern, self.command().grammar()).is_some_and(|rule| self.command().meets(&rule))
    }

    /// The first rule that is met, whatever the words are that are known in part.
    pub(super) fn certain<'p>(&self, candidates: &Candidates<'p>) -> Option<&'p Pattern> {
        candidates.rules.iter().find(|rule| self.command().meets(rule)).map(Rule::pattern)
    }

    /// The first rule that some text may meet which the words that are known in part may be.
    pub(super) fn possible<'p>(&self, candidates: &Candidates<'p>) -> Option<&'p Pattern> {
        if !self.words.iter().any(|word| word.is_open) {
            return None;
        }
        let may_meet = |rule: &&Rule<'_>| self.command().hides_subcommand() || self.command().may_meet(rule);
        candidates.rules.iter().find(may_meet).map(Rule::pattern).or_else(|| {
            let mut text = Open::default();
            text.push(self.name);
            self.words.iter().for_each(|word| command::push_word(&mut text, *word));
            let is_of_program = |pattern: &str| lexer::program(pattern).is_none_or(|name| name == self.name);
            candidates.patterns.iter().find(|pattern| {
                let pattern = pattern.as_str();
                is_of_program(pattern) && lexer::is_plain(pattern) && text.may_match(pattern)
            })
        })
    }

    /// Whether a table lists the program, or it is a builtin that runs another command.
    pub(super) fn is_listed(&self) -> bool {
        self.tool.is_some() || builtins::runs_another(self.name)
    }

    /// Whether a word that is known in part may be the subcommand, or stand before it.
    pub(super) fn hides_subcommand(&self) -> bool {
        self.words.iter().any(|word| word.is_open) && self.command().hides_subcommand()
    }

    /// Whether the program itself is not known.
    pub(super) fn hides_program(&self) -> bool {
        self.hides_program
    }
}

#[cfg(test)]
mod tests;
