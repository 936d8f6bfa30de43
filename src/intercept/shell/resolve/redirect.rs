//! Redirections: the files that they open, and where input and output lead.

use std::rc::Rc;

use super::Interpreter;
use crate::contract::Cause;
use crate::intercept::shell::effect::Access;
use crate::intercept::shell::state::{Channel, Contents, Input, State, Variable};
use crate::intercept::shell::syntax::{Descriptor, Operator, Redirect, Target};
use crate::intercept::shell::value::{Form, Hole, MOST_FORMS, Value};

/// Where the output of a command leads by its redirections.
#[derive(Debug, Default)]
pub(super) struct Redirected {
    /// Whether what is written must be known.
    pub(super) needs_output: bool,
    /// The files that it is written to, and whether behind what is there.
    files: Vec<(Value, bool)>,
    /// The commands that read it.
    readers: Vec<Channel>,
    /// Whether the shell's own output gets nothing.
    is_elsewhere: bool,
    /// Whether errors go the same way: their text is not known.
    has_errors: bool,
}

/// The steps that a redirection counts for: the state before it is kept, as it may fail.
const REDIRECT: usize = 2;

impl Interpreter<'_> {
    /// Opens what the redirections name, and leads input and output there.
    pub(super) fn redirects(&mut self, redirects: &[Redirect], state: &mut State) -> Redirected {
        let mut redirected = Redirected::default();
        match &state.output {
            Channel::Plain => {}
            Channel::Elsewhere => redirected.is_elsewhere = true,
            channel @ (Channel::Command(_) | Channel::List(_)) => {
                redirected.readers.push(channel.clone());
                redirected.is_elsewhere = true;
                redirected.needs_output = true;
            }
        }
        for redirect in redirects {
            if !self.steps(REDIRECT) {
                break;
            }
            self.redirect(redirect, &mut redirected, state);
        }
        redirected
    }

    fn redirect(&mut self, redirect: &Redirect, redirected: &mut Redirected, state: &mut State) {
        let word = match &redirect.target {
            Target::Document(body) => {
                let value = match body.get() {
                    Some(word) => self.scalar(word, state),
                    // The line ended with the text.
                    None => Value::text(""),
                };
                self.feeds(&redirect.descriptor, Input::Text(value), state);
                return;
            }
            Target::Word(word) => word,
        };
        if redirect.operator == Operator::HereString {
            let value = self.scalar(word, state).followed(&Value::text("\n"));
            self.feeds(&redirect.descriptor, Input::Text(value), state);
            return;
        }
        let sinks = self.sinks.len();
        let targets: Vec<Form> =
            self.words(std::slice::from_ref(word), state).into_iter().flatten().collect();
        if targets.is_empty() {
            self.tell(Cause::Operand, "a redirection to nothing");
            return;
        }
        if let Descriptor::Variable(name) = &redirect.descriptor {
            // The number is the shell's choice; the same one is given here.
            let number = 10 + state.descriptors.len();
            state.set(name, Variable::scalar(Value::text(number.to_string())));
        }
        let value = Value::of(targets.iter().cloned());
        match redirect.operator {
            Operator::Read | Operator::Document | Operator::HereString => {
                self.opens(&value, Access::Read, state);
                self.feeds(&redirect.descriptor, Input::File(value), state);
                return;
            }
            Operator::DuplicateIn => {
                match value.known() {
                    Some("-") => {
                        if matches!(redirect.descriptor, Descriptor::Default | Descriptor::Number(0)) {
                            state.input = Input::Empty;
                        }
                    }
                    Some(number) if number.trim_end_matches('-').parse::<u32>().is_ok() => {
                        let name = format!("/dev/fd/{}", number.trim_end_matches('-'));
                        if self.streams.contains_key(&name) {
                            self.feeds(&redirect.descriptor, Input::File(Value::text(name)), state);
                        } else if matches!(redirect.descriptor, Descriptor::Default | Descriptor::Number(0)) {
                            state.input = Input::Text(Value::unknown());
                        }
                    }
                    _ => self.feeds(&redirect.descriptor, Input::Text(Value::unknown()), state),
                }
                return;
            }
            Operator::ReadWrite => {
                self.opens(&value, Access::Update, state);
                if matches!(redirect.descriptor, Descriptor::Default | Descriptor::Number(0)) {
                    state.input = Input::File(value);
                    return;
                }
            }
            Operator::DuplicateOut => {
                let is_number = value
                    .known()
                    .is_some_and(|text| text == "-" || text.trim_end_matches('-').parse::<u32>().is_ok());
                if is_number {
                    self.duplicates(redirect, value.known().unwrap_or_default(), redirected, state);
                    return;
                }
                if value.is_open() && matches!(redirect.descriptor, Descriptor::Number(number) if number != 1)
                {
                    // `2>&$fd`: a number, as only `>&word` alone takes a name.
                    return;
                }
                if value.forms().iter().all(|form| form.known().is_none() && form.start().is_empty()) {
                    // Most likely a descriptor; what it leads to is not known.
                    redirected.is_elsewhere = true;
                    if value.is_open() {
                        self.tell(Cause::Operand, "a redirection to a descriptor that is not known");
                    }
                    return;
                }
                self.opens(&value, Access::Write, state);
            }
            Operator::Write | Operator::Append | Operator::WriteBoth => {
                self.opens(&value, Access::Write, state);
            }
        }
        let sink = self.sinks.get(sinks..).and_then(|sinks| sinks.first()).map(|(_, list)| Rc::clone(list));
        let number = match (&redirect.descriptor, redirect.operator) {
            (Descriptor::Number(number), _) => *number,
            (Descriptor::Variable(name), _) => match state.variable(name).map(|variable| &variable.value) {
                Some(Contents::Scalar(value)) => {
                    value.known().and_then(|text| text.parse().ok()).unwrap_or(10)
                }
                _ => 10,
            },
            (Descriptor::Default, _) => 1,
        };
        match (number, sink) {
            (1, Some(list)) => {
                self.sinks.truncate(sinks);
                redirected.needs_output = true;
                redirected.is_elsewhere = true;
                redirected.readers.push(Channel::List(list));
            }
            (1, None) => {
                redirected.needs_output = true;
                redirected.is_elsewhere = true;
                redirected.files.push((value, redirect.operator == Operator::Append));
            }
            (number, Some(list)) => {
                self.sinks.truncate(sinks);
                Rc::make_mut(&mut state.descriptors).insert(number, Channel::List(list));
            }
            (2, None) => {}
            (number, None) => {
                Rc::make_mut(&mut state.descriptors).insert(number, Channel::Elsewhere);
            }
        }
    }

    /// `>&3`: output goes where that descriptor leads.
    fn duplicates(
        &mut self,
        redirect: &Redirect,
        number: &str,
        redirected: &mut Redirected,
        state: &mut State,
    ) {
        let is_output = matches!(redirect.descriptor, Descriptor::Default | Descriptor::Number(1));
        let Ok(number) = number.trim_end_matches('-').parse::<u32>() else {
            redirected.is_elsewhere |= is_output;
            return;
        };
        match state.descriptors.get(&number) {
            Some(channel @ (Channel::Command(_) | Channel::List(_))) if is_output => {
                redirected.readers.push(channel.clone());
                redirected.needs_output = true;
                redirected.is_elsewhere = true;
            }
            Some(channel) => {
                if let Descriptor::Number(own) = redirect.descriptor {
                    let channel = channel.clone();
                    Rc::make_mut(&mut state.descriptors).insert(own, channel);
                } else {
                    redirected.is_elsewhere = true;
                }
            }
            None if number == 1 && matches!(redirect.descriptor, Descriptor::Number(2)) => {
                redirected.has_errors = self.is_captured && !redirected.is_elsewhere;
            }
            None if number == 2 && is_output => redirected.is_elsewhere = !self.is_captured,
            None => {}
        }
    }

    fn feeds(&mut self, descriptor: &Descriptor, input: Input, state: &mut State) {
        match descriptor {
            Descriptor::Default | Descriptor::Number(0) => state.input = input,
            Descriptor::Number(number) => {
                let value = self.read(&input);
                // Which of several it is in the end is not followed.
                let stream = self.streams.entry(format!("/dev/fd/{number}")).or_insert_with(|| value.clone());
                *stream = stream.joined(&value);
            }
            Descriptor::Variable(name) => {
                let number = 200 + self.streams.len();
                let value = self.read(&input);
                self.streams.insert(format!("/dev/fd/{number}"), value);
                state.set(name, Variable::scalar(Value::text(number.to_string())));
            }
        }
    }

    /// What may be read from an input.
    pub(super) fn read(&mut self, input: &Input) -> Value {
        match input {
            Input::Inherited => Value::unknown(),
            Input::Empty => Value::text(""),
            Input::Text(value) => value.clone(),
            Input::Rest(value) => rests(value),
            Input::File(value) => {
                let mut forms = Vec::new();
                for form in value.forms() {
                    match form.known().map(|name| self.contents_of(name)) {
                        Some(value) => forms.extend(value.forms().iter().cloned()),
                        None => return Value::unknown(),
                    }
                }
                Value::of(forms)
            }
        }
    }

    /// Hands on what was written.
    pub(super) fn written(&mut self, output: Value, redirected: Redirected, state: &mut State) -> Value {
        let output = if redirected.has_errors { output.joined(&Value::unknown()) } else { output };
        for reader in &redirected.readers {
            // What it was given before comes first.
            let id = match reader {
                Channel::Command(command) => Rc::as_ptr(command).addr(),
                Channel::List(list) => Rc::as_ptr(list).addr(),
                Channel::Plain | Channel::Elsewhere => continue,
            };
            let all = match self.written_before.get(&id) {
                Some(before) => before.followed(&output),
                None => output.clone(),
            };
            self.written_before.insert(id, all.clone());
            let mut own = state.clone();
            own.input = Input::Text(all);
            own.output = Channel::Plain;
            match reader {
                Channel::Command(command) => {
                    self.command(command, &mut own);
                }
                Channel::List(list) => {
                    self.list(list, &mut own);
                }
                Channel::Plain | Channel::Elsewhere => {}
            }
        }
        for (file, appends) in &redirected.files {
            self.fills(file, &output, *appends, state);
        }
        if redirected.is_elsewhere { Value::text("") } else { output }
    }

    /// `exec` without a command: the redirections stay.
    pub(super) fn stays(&mut self, redirected: Redirected, state: &mut State) {
        if let Some(reader) = redirected.readers.into_iter().next_back() {
            state.output = reader;
        } else if redirected.is_elsewhere {
            state.output = Channel::Elsewhere;
        }
    }
}

/// A text of which some lines may have been read: from the start of any line on.
pub(super) fn rests(value: &Value) -> Value {
    let from_each_line = |form: &Form| -> Vec<Form> {
        let Some(text) = form.known() else { return vec![form.clone(), Form::hole(Hole::Unknown)] };
        let starts = text.match_indices('\n').map(|(at, _)| at + 1).filter(|at| *at < text.len());
        let rests = starts.filter_map(|at| text.get(at..)).map(Form::text);
        [form.clone()].into_iter().chain(rests).collect()
    };
    let mut forms: Vec<Form> = value.forms().iter().flat_map(from_each_line).take(MOST_FORMS).collect();
    if forms.len() == MOST_FORMS {
        forms.pop();
        forms.push(Form::hole(Hole::Unknown));
    }
    Value::of(forms)
}
