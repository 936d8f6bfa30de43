//! Simple commands.

use std::rc::Rc;

use super::Interpreter;
use crate::contract::Cause;
use crate::grammar::effects::CommandEffect;
use crate::intercept::shell::effect::{Does, Execute};
use crate::intercept::shell::state::{Channel, Input, State};
use crate::intercept::shell::syntax::{Assignment, Part, Redirect, Word};
use crate::intercept::shell::value::{Form, Value};

impl Interpreter<'_> {
    pub(super) fn simple(
        &mut self,
        assignments: &[Assignment],
        words: &[Word],
        redirects: &[Redirect],
        state: &mut State,
    ) -> Value {
        let sinks = self.sinks.len();
        let has_array = |word: &Word| matches!(word.parts.last(), Some(Part::Array(_)));
        let without_arrays: Vec<Word>;
        let words = if words.iter().any(has_array) {
            without_arrays = words.iter().map(|word| self.declared_array(word, state)).collect();
            &without_arrays
        } else {
            words
        };
        let mut readings = self.words(words, state);
        let is_plain = matches!(state.output, Channel::Plain);
        let written = if assignments.is_empty() && redirects.is_empty() && readings.len() == 1 && is_plain {
            let reading = readings.pop().unwrap_or_default();
            if reading.is_empty() { Value::text("") } else { self.dispatch(reading, state) }
        } else {
            self.with_surroundings(assignments, readings, redirects, state)
        };
        self.sinks_are_read(sinks, state);
        written
    }

    /// Sets `name=(…)` of an argument of `declare`; gives the name that is left of it.
    fn declared_array(&mut self, word: &Word, state: &mut State) -> Word {
        let [Part::Literal(name), Part::Array(elements)] = word.parts.as_slice() else { return word.clone() };
        let name = name.trim_end_matches('=');
        let (name, appends) = name.strip_suffix('+').map_or((name, false), |name| (name, true));
        let values = self.elements(elements, state);
        self.set_array(name, values, appends, state);
        Word { parts: vec![Part::Literal(name.to_owned())], span: word.span }
    }

    /// The same with redirections and assignments of its own.
    fn with_surroundings(
        &mut self,
        assignments: &[Assignment],
        readings: Vec<Vec<Form>>,
        redirects: &[Redirect],
        state: &mut State,
    ) -> Value {
        let saved = state.channels();
        let redirected = self.redirects(redirects, state);
        if readings.iter().all(Vec::is_empty) {
            // What is assigned without a command stays.
            for assignment in assignments {
                self.assign(assignment, state);
            }
            // `$(< file)` gives what stands in the file.
            let is_reading =
                self.is_captured && assignments.is_empty() && matches!(state.input, Input::File(_));
            let output = if is_reading { self.read(&state.input.clone()) } else { Value::text("") };
            state.restore(saved);
            return self.written(output, redirected, state);
        }
        let before = Rc::clone(&state.variables);
        for assignment in assignments {
            self.assign(assignment, state);
            if let Some(variable) = Rc::make_mut(&mut state.variables).get_mut(&assignment.name) {
                variable.is_exported = true;
            }
        }
        if let [reading] = readings.as_slice()
            && reading.last().and_then(Form::known) == Some("exec")
            && reading.iter().all(|form| matches!(form.known(), Some("exec" | "command" | "builtin")))
        {
            self.effects.command(Execute {
                words: reading.clone(),
                runs: Vec::new(),
                does: Does::default(),
                origin: self.origin(),
            });
            if redirects.is_empty() {
                state.restore(saved);
            }
            self.stays(redirected, state);
            return Value::text("");
        }
        // A redirection that fails leaves all as it was.
        let untouched = (!redirects.is_empty()).then(|| state.clone());
        let needs_output = redirected.needs_output;
        let mut outputs = Vec::new();
        let mut ends: Vec<State> = Vec::new();
        let count = readings.len();
        for reading in readings {
            let mut own = state.clone();
            let run = |this: &mut Self| {
                if reading.is_empty() { Value::text("") } else { this.dispatch(reading, &mut own) }
            };
            outputs.push(if needs_output { self.captured(run) } else { run(self) });
            ends.push(own);
        }
        let mut ends = ends.into_iter();
        if let Some(first) = ends.next() {
            *state = first;
        }
        for end in ends {
            state.join(&end);
        }
        if let Some(untouched) = untouched {
            state.join(&untouched);
        }
        // Assignments before a command hold for that command alone.
        for assignment in assignments {
            let variables = Rc::make_mut(&mut state.variables);
            match before.get(&assignment.name) {
                Some(variable) => variables.insert(assignment.name.clone(), variable.clone()),
                None => variables.remove(&assignment.name),
            };
        }
        let output = if count == 1 || !(needs_output || self.is_captured) {
            outputs.pop().unwrap_or_else(Value::unknown)
        } else {
            Value::of(outputs.into_iter().flat_map(|value| value.forms().to_vec()))
        };
        state.restore(saved);
        self.written(output, redirected, state)
    }

    /// Runs one command; gives what it writes.
    pub(super) fn dispatch(&mut self, words: Vec<Form>, state: &mut State) -> Value {
        if !self.step() {
            return Value::unknown();
        }
        let Some(first) = words.first() else { return Value::text("") };
        let Some(name) = first.known().map(str::to_owned) else {
            return self.open_program(words, state);
        };
        if let Some(function) = state.functions.get(&name).cloned() {
            let operands: Vec<Value> = words.iter().skip(1).map(|form| Value::of([form.clone()])).collect();
            let others =
                if state.is_second { state.history.borrow().functions(&name).to_vec() } else { Vec::new() };
            for other in others.iter().filter(|other| !Rc::ptr_eq(&other.body, &function.body)) {
                self.call(&name, other, operands.clone(), &mut state.clone());
            }
            let before = state.clone();
            let output = self.call(&name, &function, operands, state);
            if before.may_have_left || state.may_have_left {
                state.join(&before);
                state.may_have_left = before.may_have_left;
            }
            // A function must not switch a rule off: where its name is that of a program, that is judged as well.
            let shadows = crate::grammar::tools::tool(&name).is_some() || SHADOWED.contains(&name.as_str());
            if !function.may_be_unset && !shadows {
                return output;
            }
        }
        let words = self.with_names(words, state);
        if let Some(output) = self.builtin(&name, &words, state) {
            return output;
        }
        self.external(words, state)
    }

    /// The words with the names that patterns stand for now, as the shell gives them; a pattern of nothing is itself.
    /// What the text itself has made cannot be looked at.
    fn with_names(&mut self, words: Vec<Form>, state: &State) -> Vec<Form> {
        let is_pattern = |form: &Form| form.is_glob() && !form.is_unknown();
        if state.is_remote
            || state.globs_otherwise
            || state.folders.is_open
            || self.has_written()
            || !words.iter().any(is_pattern)
        {
            return words;
        }
        let mut named = Vec::with_capacity(words.len());
        for form in words {
            if !is_pattern(&form) {
                named.push(form);
                continue;
            }
            let names = self.globbed(&form, state);
            match names.len() {
                0 => named.push(Form::text(form.written())),
                1..=MOST_NAMES => named.extend(names.into_iter().map(Form::text)),
                _ => named.push(form),
            }
        }
        named
    }

    /// A command whose program is not known, or known as a pattern of file names.
    fn open_program(&mut self, words: Vec<Form>, state: &mut State) -> Value {
        let first = words.first().cloned().unwrap_or_default();
        let mut found = Vec::new();
        if first.is_glob() && !first.is_unknown() {
            found = self.globbed(&first, state);
        }
        if found.is_empty() || found.len() > 8 {
            self.tell(Cause::Program, &first.open());
            self.effects.command(Execute {
                words,
                runs: Vec::new(),
                does: Does::default(),
                origin: self.origin(),
            });
            return Value::unknown();
        }
        // The first is the program, and the others are its operands.
        let is_one = found.len() == 1;
        let mut outputs = Vec::new();
        for name in &found {
            let mut own: Vec<Form> = vec![Form::text(name)];
            if !is_one {
                self.tell(Cause::Program, &first.open());
            }
            own.extend(words.iter().skip(1).cloned());
            outputs.push(self.dispatch(own, state));
        }
        Value::of(outputs.into_iter().flat_map(|value| value.forms().to_vec()))
    }

    /// A program that is no builtin: its own request, and what its words mean to it.
    pub(super) fn external(&mut self, words: Vec<Form>, state: &mut State) -> Value {
        if !self.handles(&words) {
            return Value::unknown();
        }
        let input = state.channels();
        let output = self.started(words, state);
        state.restore(input);
        self.has_read(state);
        output
    }

    /// A program may have read some of the input.
    fn has_read(&mut self, state: &mut State) {
        match &state.input {
            Input::Text(_) | Input::Rest(_) => state.input = state.input.begun(),
            Input::Inherited | Input::Empty => {}
            Input::File(name) => match name.known() {
                Some(stream) if stream.starts_with("/dev/") => {
                    self.begun.insert(stream.to_owned());
                }
                // What a file holds is looked at as a whole.
                Some(_) | None => state.input = Input::Text(Value::unknown()),
            },
        }
    }

    fn started(&mut self, words: Vec<Form>, state: &mut State) -> Value {
        if let Some(runs) = &mut self.runs {
            if runs.len() < MOST_RUNS {
                runs.push(words.clone());
            } else {
                self.effects.gives_up("more programs that run one another than one command may have");
            }
            return self.program(&words, state);
        }
        let place = self.effects.commands.len();
        self.runs = Some(Vec::new());
        let others = std::mem::take(&mut self.does);
        let output = self.program(&words, state);
        let mut does = std::mem::replace(&mut self.does, others);
        does.effects.extend(self.spawns.then_some(CommandEffect::ExhaustsMachine));
        let runs = self.runs.take().unwrap_or_default();
        self.effects.command_at(place, Execute { words, runs, does, origin: self.origin() });
        output
    }

    /// Runs a text whose commands are requests of their own, though a program runs it.
    pub(super) fn inner_text(&mut self, text: &str, state: &mut State) -> Value {
        let runs = self.runs.take();
        self.has_grammar = true;
        let output = self.text(text, state);
        self.runs = runs;
        output
    }

    /// Runs a text that may be a command or not: it can be refused by what is in it, and adds no question.
    pub(super) fn perhaps(&mut self, text: &str, state: &State) {
        let unresolved = self.effects.unresolved.len();
        let runs = self.runs.take();
        self.runs = Some(runs.clone().unwrap_or_default());
        let mut own = state.clone();
        self.text(text, &mut own);
        let found = self.runs.take();
        self.runs = if runs.is_some() { found } else { None };
        if !self.effects.has_given_up() {
            self.effects.unresolved.truncate(unresolved);
        }
    }

    /// What was written to `>(…)` is not known, but for what a known program repeats.
    fn sinks_are_read(&mut self, from: usize, state: &mut State) {
        if self.sinks.len() <= from {
            return;
        }
        for (name, list) in self.sinks.split_off(from) {
            let written = self.streams.get(&name).cloned().unwrap_or_else(Value::unknown);
            let mut own = state.clone();
            own.input = Input::Text(written);
            let runs = self.runs.take();
            self.list(&list, &mut own);
            self.runs = runs;
        }
    }
}

/// Builtins that change what later commands mean.
const SHADOWED: &[&str] = &[
    ".", "alias", "builtin", "cd", "command", "eval", "exec", "export", "popd", "pushd", "read", "set",
    "source", "trap", "unset",
];

/// The most names that a pattern among the words of a command is replaced by.
const MOST_NAMES: usize = 64;

/// The most commands that one command runs in turn.
const MOST_RUNS: usize = 256;
