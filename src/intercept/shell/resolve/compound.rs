//! Lists, pipelines and compound commands.

use std::collections::HashSet;
use std::rc::Rc;

use super::{Interpreter, MOST_CALLS};
use crate::intercept::shell::state::{Channel, Contents, Folders, Function, Input, State, Variable};
use crate::intercept::shell::syntax::{Arm, Command, Connector, Entry, Kind, List, Pipeline, Word};
use crate::intercept::shell::value::{Form, Hole, Value};

/// How often a loop is gone through before what still changes counts as not known.
const MOST_ROUNDS: usize = 3;

impl Interpreter<'_> {
    /// Runs commands in order; gives what they write.
    pub(super) fn list(&mut self, list: &List, state: &mut State) -> Value {
        let mut output = Value::text("");
        for entry in &list.entries {
            if !self.step() {
                return Value::unknown();
            }
            let written = self.entry(entry, state);
            output = self.both(&output, written);
        }
        output
    }

    fn entry(&mut self, entry: &Entry, state: &mut State) -> Value {
        if entry.is_background {
            let spawned_before = self.spawns;
            self.spawns |= self.is_endless;
            let output = self.in_a_shell(state, |this, own| this.chain(entry, own));
            self.spawns = spawned_before;
            return output;
        }
        self.chain(entry, state)
    }

    /// Runs commands in a shell of their own: all that it leaves is what it has read.
    fn in_a_shell(&mut self, state: &mut State, run: impl FnOnce(&mut Self, &mut State) -> Value) -> Value {
        let mut own = state.clone();
        let output = run(self, &mut own);
        state.input.shared(&own.input);
        output
    }

    fn chain(&mut self, entry: &Entry, state: &mut State) -> Value {
        let mut output = Value::text("");
        let mut before: Option<State> = None;
        for link in &entry.links {
            // States are joined behind each: that costs by what they know.
            if link.connector != Connector::Start && !self.steps(state.variables.len() / 8) {
                return Value::unknown();
            }
            match link.connector {
                Connector::Start => {}
                // What follows may run or not, in what the former left.
                Connector::And => {
                    let now = state.clone();
                    match &mut before {
                        Some(before) => before.join(&now),
                        None => before = Some(now),
                    }
                }
                Connector::Or => {
                    let now = state.clone();
                    match &mut before {
                        Some(before) => {
                            before.join(&now);
                            *state = before.clone();
                        }
                        None => before = Some(now),
                    }
                }
            }
            let written = self.pipeline(&link.pipeline, state);
            output = match link.connector {
                Connector::Start => written,
                Connector::And | Connector::Or if self.is_captured => {
                    output.joined(&output.followed(&written))
                }
                Connector::And | Connector::Or => written,
            };
        }
        if let Some(before) = before {
            state.join(&before);
        }
        output
    }

    fn pipeline(&mut self, pipeline: &Pipeline, state: &mut State) -> Value {
        let [stages @ .., last] = pipeline.stages.as_slice() else { return Value::text("") };
        if stages.is_empty() {
            return self.command(last, state);
        }
        let mut input = state.input.clone();
        for stage in stages {
            let mut own = state.clone();
            own.input = input;
            own.output = Channel::Plain;
            let written = self.captured(|this| this.command(stage, &mut own));
            state.input.shared(&own.input);
            input = Input::Text(written);
        }
        // Some shells run the last one themselves.
        let mut own = state.clone();
        own.input = input;
        let output = self.command(last, &mut own);
        own.input = state.input.clone();
        if !Rc::ptr_eq(&own.variables, &state.variables) || own.folders != state.folders {
            state.join(&own);
        }
        output
    }

    /// One command with its redirections.
    pub(super) fn command(&mut self, command: &Command, state: &mut State) -> Value {
        if !self.step() {
            return Value::unknown();
        }
        self.span = command.span;
        if let Kind::Simple { assignments, words } = &command.kind {
            return self.simple(assignments, words, &command.redirects, state);
        }
        if command.redirects.is_empty() && matches!(state.output, Channel::Plain) {
            return self.compound(command, state);
        }
        let saved = state.channels();
        // A redirection that fails leaves all as it was.
        let untouched = (!command.redirects.is_empty()).then(|| state.clone());
        let redirected = self.redirects(&command.redirects, state);
        let output = if redirected.needs_output {
            self.captured(|this| this.compound(command, state))
        } else {
            self.compound(command, state)
        };
        state.restore(saved);
        if let Some(untouched) = untouched {
            state.join(&untouched);
        }
        self.written(output, redirected, state)
    }

    fn compound(&mut self, command: &Command, state: &mut State) -> Value {
        match &command.kind {
            Kind::Simple { assignments, words } => self.simple(assignments, words, &[], state),
            Kind::Group(list) => self.list(list, state),
            Kind::Subshell(list) => self.in_a_shell(state, |this, own| this.list(list, own)),
            Kind::If { arms, otherwise } => self.conditional(arms, otherwise.as_ref(), state),
            Kind::Loop { condition, body } => {
                self.rounds(is_constant(condition), body, state, |this, state| {
                    let output = this.list(condition, state);
                    let written = this.list(body, state);
                    this.both(&output, written)
                })
            }
            Kind::For { name, words, body, is_select } => {
                self.each(name, words.as_deref(), body, *is_select, state)
            }
            Kind::ForArithmetic { expressions, body } => {
                for expression in expressions {
                    self.arithmetic(&expression.parts, state);
                }
                let is_endless = expressions.get(1).is_none_or(|word| word.parts.is_empty());
                self.rounds(is_endless, body, state, |this, state| {
                    for expression in expressions {
                        this.arithmetic(&expression.parts, state);
                    }
                    this.list(body, state)
                })
            }
            Kind::Case { subject, arms } => self.case(subject, arms, state),
            Kind::Condition(words) => {
                self.condition(words, state);
                Value::text("")
            }
            Kind::Arithmetic(word) => {
                self.arithmetic(&word.parts, state);
                Value::text("")
            }
            Kind::Function { name, body } => {
                let function = Function { body: Rc::clone(body), may_be_unset: false };
                state.history.borrow_mut().function(name, &function);
                // It runs for any name that is not found.
                if matches!(name.as_str(), "command_not_found_handle" | "command_not_found_handler") {
                    self.call(name, &function, vec![Value::unknown()], &mut state.clone());
                }
                Rc::make_mut(&mut state.functions).insert(name.clone(), function);
                Value::text("")
            }
            Kind::Coprocess { name, body } => self.coprocess(name, body, state),
        }
    }

    /// Goes through the rounds of a loop, whose condition may never end it, or that of one around it.
    fn rounds(
        &mut self,
        is_endless: bool,
        body: &List,
        state: &mut State,
        round: impl FnMut(&mut Self, &mut State) -> Value,
    ) -> Value {
        let before = self.is_endless;
        self.is_endless = (before || is_endless) && !waits(body);
        let output = self.repeated(state, round);
        self.is_endless = before;
        output
    }

    fn conditional(&mut self, arms: &[(List, List)], otherwise: Option<&List>, state: &mut State) -> Value {
        let mut ends: Vec<State> = Vec::new();
        let mut outputs: Vec<Value> = Vec::new();
        let mut before = Value::text("");
        for (condition, body) in arms {
            if !self.steps(state.variables.len() / 8) {
                return Value::unknown();
            }
            let written = self.list(condition, state);
            before = self.both(&before, written);
            let mut taken = state.clone();
            let written = self.list(body, &mut taken);
            outputs.push(self.both(&before, written));
            ends.push(taken);
        }
        if let Some(body) = otherwise {
            let written = self.list(body, state);
            outputs.push(self.both(&before, written));
        } else {
            outputs.push(before);
        }
        for end in &ends {
            state.join(end);
        }
        self.one_of(outputs)
    }

    fn one_of(&self, outputs: Vec<Value>) -> Value {
        if !self.is_captured {
            return Value::text("");
        }
        Value::of(outputs.into_iter().flat_map(|value| value.forms().to_vec()))
    }

    /// Goes through a loop until it leaves nothing new; what still changes then is not known.
    fn repeated(
        &mut self,
        state: &mut State,
        mut round: impl FnMut(&mut Self, &mut State) -> Value,
    ) -> Value {
        let mut output = Value::text("");
        for count in 0..MOST_ROUNDS {
            if !self.steps(state.variables.len() / 8) {
                return Value::unknown();
            }
            let before = state.clone();
            let written = round(self, state);
            output = self.both(&output, written);
            let is_stable =
                Rc::ptr_eq(&before.variables, &state.variables) && before.folders == state.folders;
            state.join(&before);
            if is_stable || state.variables == before.variables && state.folders == before.folders {
                break;
            }
            if count + 2 == MOST_ROUNDS {
                widen(state, &before);
            }
        }
        // It may have run any number of times.
        if self.is_captured && output.known() != Some("") { output.joined(&Value::unknown()) } else { output }
    }

    fn each(
        &mut self,
        name: &str,
        words: Option<&[Word]>,
        body: &List,
        is_select: bool,
        state: &mut State,
    ) -> Value {
        let values = match words {
            Some(words) => self.values_of(words, state),
            None => {
                let mut values = state.operands.to_vec();
                if state.has_more_operands {
                    values.push(Value::unknown());
                }
                values
            }
        };
        if values.is_empty() {
            return Value::text("");
        }
        // A few are gone through one by one, so that what the rounds write stays in order.
        let mut seen = HashSet::new();
        let mut forms: Vec<Form> =
            values.iter().flat_map(Value::forms).filter(|form| seen.insert(*form)).cloned().collect();
        if is_select {
            forms.push(Form::text(""));
        }
        let mut output = Value::text("");
        let before = state.clone();
        for chunk in forms.chunks(if forms.len() <= MOST_ONE_BY_ONE { 1 } else { MOST_ONE_BY_ONE }) {
            if !self.step() {
                return Value::unknown();
            }
            state.set(name, Variable::scalar(Value::of(chunk.iter().cloned())));
            let written = self.list(body, state);
            output = self.both(&output, written);
        }
        // There may be more rounds than words that differ.
        if !Rc::ptr_eq(&before.variables, &state.variables) {
            let held = state.clone();
            state.set(name, Variable::scalar(Value::of(forms.iter().cloned())));
            let written = self.repeated(state, |this, state| this.list(body, state));
            output = self.both(&output, written);
            state.join(&held);
        }
        state.join(&before);
        output
    }

    fn case(&mut self, subject: &Word, arms: &[Arm], state: &mut State) -> Value {
        self.scalar(subject, state);
        let before = state.clone();
        let mut outputs = vec![Value::text("")];
        let mut fallen: Option<State> = None;
        for arm in arms {
            let mut taken = before.clone();
            if let Some(fallen) = fallen.take() {
                taken.join(&fallen);
            }
            for pattern in &arm.patterns {
                self.scalar(pattern, &mut taken);
            }
            let written = self.list(&arm.body, &mut taken);
            outputs.push(written);
            state.join(&taken);
            if arm.falls_through {
                fallen = Some(taken);
            }
        }
        self.one_of(outputs)
    }

    fn coprocess(&mut self, name: &str, body: &Rc<Command>, state: &mut State) -> Value {
        let mut own = state.clone();
        own.input = Input::Empty;
        self.command(body, &mut own);
        // What is written to it later is what it reads.
        let number = 60;
        Rc::make_mut(&mut state.descriptors).insert(number, Channel::Command(Rc::clone(body)));
        let elements = vec![
            ("0".to_owned(), Value::text((number + 3).to_string())),
            ("1".to_owned(), Value::text(number.to_string())),
        ];
        state.set(name, Variable::array(Contents::Array(elements)));
        Value::text("")
    }

    /// Runs a function; gives what it writes.
    pub(super) fn call(
        &mut self,
        name: &str,
        function: &Function,
        operands: Vec<Value>,
        state: &mut State,
    ) -> Value {
        let call = (name.to_owned(), operands.clone());
        state.history.borrow_mut().is_varied |= self.calls.contains(&call);
        if self.calls.contains(&call) {
            // It runs itself again with the same: nothing new comes of that, and it may have no end.
            self.effects.unresolved(crate::contract::Cause::Limit, name);
            return Value::unknown();
        }
        if self.calls.len() >= MOST_CALLS {
            self.effects.gives_up(name);
            return Value::unknown();
        }
        self.calls.push(call);
        let saved = (std::mem::replace(&mut state.operands, Rc::new(operands)), state.has_more_operands);
        state.has_more_operands = false;
        let output = self.command(&Rc::clone(&function.body), state);
        (state.operands, state.has_more_operands) = saved;
        self.calls.pop();
        output
    }

    /// Runs commands in a shell of their own, and gives what they write.
    pub(super) fn substituted(&mut self, list: &List, state: &mut State) -> Value {
        self.in_a_shell(state, |this, own| {
            own.output = Channel::Plain;
            this.captured(|this| this.list(list, own))
        })
    }

    /// Says that a working directory may be any.
    pub(super) fn lost(&mut self, state: &mut State) {
        state.folders = Folders { known: state.folders.known.clone(), is_open: true };
    }
}

/// Whether the condition of a loop never changes.
fn is_constant(condition: &List) -> bool {
    let Some(command) = condition.only_command() else { return false };
    match &command.kind {
        Kind::Simple { assignments, words } if !assignments.is_empty() || words.is_empty() => false,
        Kind::Simple { words, .. } => words.iter().map(Word::bare).all(|word| {
            let name = word.unwrap_or_default().rsplit('/').next().unwrap_or_default();
            matches!(name, "true" | "false" | ":" | "[" | "test" | "]") || name.parse::<i64>().is_ok()
        }),
        Kind::Condition(words) => words.iter().all(|word| word.bare().is_some()),
        Kind::Arithmetic(word) => word.bare().is_some_and(|text| text.parse::<i64>().is_ok()),
        _ => false,
    }
}

/// Whether a loop waits for what it has started.
fn waits(body: &List) -> bool {
    let waits = |command: &Command| {
        matches!(&command.kind, Kind::Simple { words, .. }
            if words.first().and_then(Word::bare).is_some_and(|name| name == "wait"))
    };
    let links = body.entries.iter().flat_map(|entry| &entry.links);
    links.flat_map(|link| &link.pipeline.stages).any(waits)
}

/// The most values of a loop that are gone through one by one.
const MOST_ONE_BY_ONE: usize = 16;

/// Takes what differs from `before` for not known.
fn widen(state: &mut State, before: &State) {
    let changed: Vec<String> = state
        .variables
        .iter()
        .filter(|(name, variable)| before.variables.get(*name) != Some(variable))
        .map(|(name, _)| name.clone())
        .collect();
    for name in changed {
        if let Some(variable) = Rc::make_mut(&mut state.variables).get_mut(&name) {
            variable.value = match &variable.value {
                Contents::Scalar(value) => {
                    let is_number = |form: &Form| {
                        !Value::of([form.clone()]).is_open()
                            && form.known().is_none_or(|text| text.parse::<i64>().is_ok())
                    };
                    let hole = if value.forms().iter().all(is_number) { Hole::Number } else { Hole::Unknown };
                    Contents::Scalar(Value::of(
                        value.forms().iter().take(4).cloned().chain([Form::hole(hole)]),
                    ))
                }
                other => {
                    Contents::Some(other.values().into_iter().take(16).chain([Value::unknown()]).collect())
                }
            };
        }
    }
    if state.folders != before.folders {
        state.folders.is_open = true;
    }
}
