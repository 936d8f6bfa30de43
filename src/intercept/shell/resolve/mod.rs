//! The abstract interpreter: it runs a text on what is known, and notes what would happen.
//!
//! Every branch is taken and the states behind them are joined; a loop is gone through until nothing new is
//! known, and what still changes then is not known. A program is never started: what it would write is known
//! for the few that only repeat their words. Whatever is not known where it decides what runs is unresolved.
//!
//! Work is counted in [`MOST_STEPS`], so that an answer never depends on the load of the machine.

mod arithmetic;
mod assign;
mod brace;
mod builtin;
mod code;
mod compound;
mod condition;
mod contact;
mod copies;
mod does;
mod expand;
mod file;
mod find;
mod git;
mod git_config;
mod hooks;
mod many;
mod output;
mod parameter;
mod pattern;
mod program;
mod reading;
mod recipe;
mod redirect;
mod script;
mod setting;
mod shells;
mod simple;
mod special;
mod text;
mod unlisted;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::rc::Rc;

use super::effect::{Does, Effects};
use super::state::{Input, State};
use super::value::Value;
use crate::contract::Cause;
use crate::intercept::surroundings::Surroundings;

/// The most commands, words and forms that are gone through.
const MOST_STEPS: usize = 50_000;

/// The steps that a look at a file or a folder counts for.
const LOOK: usize = 20;

/// The bytes of values that are copied for the cost of a step.
const BYTES_PER_STEP: usize = 128;

/// The most texts, functions and files that may run one another.
const MOST_CALLS: usize = 24;

/// One event while it is run on what is known.
#[derive(Debug)]
pub(in crate::intercept) struct Interpreter<'s> {
    surroundings: &'s Surroundings,
    pub(in crate::intercept) effects: Effects,
    steps: usize,
    /// How deep the text stands that is being read.
    depth: usize,
    /// The functions that are being run, with their operands.
    calls: Vec<(String, Vec<Value>)>,
    /// Whether somebody reads what is written.
    is_captured: bool,
    /// The texts that are being run, the outermost first, and where in the last one the command at hand stands.
    texts: Vec<Rc<str>>,
    span: super::syntax::Span,
    /// What may be read from names like `/dev/fd/63`.
    streams: HashMap<String, Value>,
    /// Those of which some lines may have been read.
    begun: HashSet<String>,
    /// Commands that read what is written to such a name.
    sinks: Vec<(String, Rc<super::syntax::List>)>,
    /// What the text itself writes into files; none where that is not known.
    contents: HashMap<PathBuf, Option<Value>>,
    /// Names that the text makes lead elsewhere: the name, and where to.
    links: Vec<(PathBuf, PathBuf)>,
    /// The paths in an archive that the text itself makes.
    packed: Vec<String>,
    /// What was written so far to each command that reads it.
    written_before: HashMap<usize, Value>,
    /// The variables that the awk at hand is given.
    awk_variables: Vec<(String, String)>,
    /// The programs that run what is being looked at.
    via: Vec<String>,
    /// Commands that a wrapper runs, while the wrapper's own request is made.
    runs: Option<Vec<Vec<super::value::Form>>>,
    /// What the command at hand does beyond what its words show.
    does: Does,
    /// Whether a loop is gone through that has no end, and whether a command of it runs beside the next round.
    is_endless: bool,
    spawns: bool,
    /// Whether anything but one plain command was met.
    pub(in crate::intercept) has_grammar: bool,
    /// Whether the text changed something of git's.
    sets_git: bool,
}

impl<'s> Interpreter<'s> {
    pub(in crate::intercept) fn new(surroundings: &'s Surroundings) -> Self {
        Self {
            surroundings,
            effects: Effects::default(),
            steps: 0,
            depth: 0,
            calls: Vec::new(),
            is_captured: false,
            texts: Vec::new(),
            span: super::syntax::Span::default(),
            streams: HashMap::new(),
            begun: HashSet::new(),
            sinks: Vec::new(),
            contents: HashMap::new(),
            links: Vec::new(),
            packed: Vec::new(),
            written_before: HashMap::new(),
            awk_variables: Vec::new(),
            via: Vec::new(),
            runs: None,
            does: Does::default(),
            is_endless: false,
            spawns: false,
            has_grammar: false,
            sets_git: false,
        }
    }

    /// Runs a text as a shell of its own would.
    pub(in crate::intercept) fn run(&mut self, text: &str, dialect: super::Dialect) {
        let mut state = State::new(self.surroundings.cwd.clone());
        state.dialect = dialect;
        state.begins_shell = true;
        // Whoever hands the text to a shell may hand it operands too.
        state.has_more_operands = true;
        self.text(text, &mut state);
    }

    /// Runs one command whose words are known.
    pub(in crate::intercept) fn run_words(&mut self, words: Vec<super::value::Form>) {
        let mut state = State::new(self.surroundings.cwd.clone());
        state.input = Input::Inherited;
        self.external(words, &mut state);
    }

    /// One step of work; false if there were too many.
    fn step(&mut self) -> bool {
        self.steps(1)
    }

    /// That many steps: a look at a file costs [`LOOK`] of them.
    fn steps(&mut self, count: usize) -> bool {
        self.steps += count;
        if self.steps > MOST_STEPS {
            self.effects.gives_up("more work than one command may make");
        }
        !self.effects.has_given_up()
    }

    /// The steps that handling a text of this length costs.
    fn charge(&mut self, bytes: usize) -> bool {
        self.steps(bytes / BYTES_PER_STEP)
    }

    /// The steps that looking at words costs.
    fn handles(&mut self, words: &[super::value::Form]) -> bool {
        self.steps(words.len())
    }

    /// Where the command at hand stands, and what runs it, for people.
    fn origin(&self) -> Rc<str> {
        let Some(text) = self.texts.last() else { return Rc::from(self.via.join(", ")) };
        let super::syntax::Span { start, end } = self.span;
        let part = text.as_bytes().get(start..end).unwrap_or_default();
        let mut origin = format!("byte {start}: `{}`", super::effect::snippet(part));
        if self.texts.len() > 1 {
            origin.push_str(", in a text that is run");
        }
        if !self.via.is_empty() {
            origin.push_str(", by ");
            origin.push_str(&self.via.join(", "));
        }
        Rc::from(origin)
    }

    fn tell(&mut self, cause: Cause, text: &str) {
        self.effects.unresolved(cause, text);
    }

    /// Runs `run` while somebody reads what is written.
    fn captured(&mut self, run: impl FnOnce(&mut Self) -> Value) -> Value {
        let before = std::mem::replace(&mut self.is_captured, true);
        let value = run(self);
        self.is_captured = before;
        value
    }
}
