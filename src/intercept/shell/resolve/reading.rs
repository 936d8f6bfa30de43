//! `read` and `mapfile`: what they take of the input, and which variables have it then.

use super::Interpreter;
use super::assign::is_name;
use crate::contract::Cause;
use crate::intercept::shell::state::{Contents, Input, State, Variable};
use crate::intercept::shell::value::{Form, Hole, Value};

impl Interpreter<'_> {
    /// `read`.
    pub(super) fn reads(&mut self, operands: &[Form], state: &mut State) {
        let mut names = Vec::new();
        let mut array = None;
        let mut source = state.input.clone();
        // Whether it ends where a line does.
        let mut is_by_line = true;
        let mut place = 0;
        while let Some(form) = operands.get(place) {
            place += 1;
            let Some(text) = form.known() else {
                self.tell(Cause::Environment, &form.open());
                continue;
            };
            if let Some(letters) = text.strip_prefix('-').filter(|letters| !letters.is_empty()) {
                // A letter with a value ends its cluster.
                if let Some(at) = letters.find(['a', 'd', 'i', 'n', 'N', 'p', 't', 'u']) {
                    let rest = letters.get(at + 1..).unwrap_or_default();
                    let value = if rest.is_empty() {
                        place += 1;
                        operands.get(place - 1).and_then(Form::known).unwrap_or_default().to_owned()
                    } else {
                        rest.to_owned()
                    };
                    match letters.get(at..at + 1) {
                        Some("a") => array = Some(value),
                        Some("u") => source = Input::File(Value::text(format!("/dev/fd/{value}"))),
                        Some("d" | "n" | "N" | "t") => is_by_line = false,
                        _ => {}
                    }
                }
                continue;
            }
            self.subscripted(text, state);
            names.push(text.to_owned());
        }
        let input = self.taken(&source, is_by_line, state);
        let lines: Vec<Form> = if input.is_unknown() {
            let mut forms: Vec<Form> = input.texts().flat_map(str::lines).map(Form::text).collect();
            forms.push(Form::hole(Hole::Unknown));
            forms
        } else {
            input.texts().flat_map(str::lines).map(Form::text).collect()
        };
        // Without `-r` a backslash goes, and joins lines.
        let lines: Vec<Form> = if input.texts().any(|text| text.contains('\\')) {
            let read =
                input.texts().map(|text| text.replace("\\\n", "").replace('\\', "")).collect::<Vec<_>>();
            lines.into_iter().chain(read.iter().flat_map(|text| text.lines()).map(Form::text)).collect()
        } else {
            lines
        };
        let lines = if lines.is_empty() { vec![Form::default()] } else { lines };
        let separators = state.separators();
        let fields = |line: &Form| -> Option<Vec<String>> {
            let (text, separators) = (line.known()?, separators.as_deref()?);
            Some(
                text.split(|letter| separators.contains(letter))
                    .filter(|field| !field.is_empty())
                    .map(str::to_owned)
                    .collect(),
            )
        };
        if let Some(array) = array {
            match lines.as_slice() {
                [line] => match fields(line) {
                    Some(fields) => {
                        let values = fields.into_iter().map(|field| (None, Value::text(field))).collect();
                        self.set_array(&array, values, false, state);
                    }
                    None => state.set(&array, Variable::array(Contents::Some(vec![Value::unknown()]))),
                },
                _ => {
                    let all = lines.iter().map(|line| fields(line).unwrap_or_default());
                    let values = all.flatten().map(Value::text).chain([Value::unknown()]).collect();
                    state.set(&array, Variable::array(Contents::Some(values)));
                }
            }
            return;
        }
        if names.is_empty() {
            names.push("REPLY".to_owned());
        }
        if let [name] = names.as_slice() {
            if is_name(name) {
                self.set(name, Value::of(lines), false, state);
            }
            return;
        }
        if separators.as_deref().is_none_or(|separators| separators != " \t\n") {
            // Separators that are no blanks make empty fields too: which name gets which is not followed.
            let all: Vec<Form> = lines
                .iter()
                .flat_map(|line| match fields(line) {
                    Some(fields) => fields.into_iter().map(Form::text).collect(),
                    None => vec![Form::hole(Hole::Unknown)],
                })
                .chain([Form::default()])
                .collect();
            for name in names.iter().filter(|name| is_name(name)) {
                self.set(name, Value::of(all.clone()), false, state);
            }
            return;
        }
        let last = names.len() - 1;
        for (place, name) in names.iter().enumerate().filter(|(_, name)| is_name(name)) {
            let value = Value::of(lines.iter().map(|line| match fields(line) {
                Some(fields) if place == last => {
                    Form::text(fields.get(place..).unwrap_or_default().join(" "))
                }
                Some(fields) => Form::text(fields.get(place).cloned().unwrap_or_default()),
                None => Form::hole(Hole::Unknown),
            }));
            self.set(name, value, false, state);
        }
    }

    /// What `read` reads from, and what it leaves of it to the commands behind.
    fn taken(&mut self, source: &Input, is_by_line: bool, state: &mut State) -> Value {
        match source {
            Input::Inherited | Input::Empty => self.read(source),
            Input::Text(value) | Input::Rest(value) => {
                let left = if is_by_line { value.clone() } else { value.joined(&Value::unknown()) };
                state.input = Input::Rest(left);
                value.clone()
            }
            Input::File(name) => {
                let stream = name.known().and_then(|name| Some((name, self.streams.get_mut(name)?)));
                let Some((name, stream)) = stream else {
                    // What a file holds is looked at as a whole.
                    if name.known().is_none_or(|name| !name.starts_with("/dev/")) {
                        state.input = Input::Text(Value::unknown());
                    }
                    return self.read(source);
                };
                let value = stream.clone();
                if !is_by_line {
                    *stream = stream.joined(&Value::unknown());
                }
                self.begun.insert(name.to_owned());
                value
            }
        }
    }

    /// `mapfile`.
    pub(super) fn maps(&mut self, operands: &[Form], state: &mut State) {
        let mut is_plain = true;
        let mut name = "MAPFILE".to_owned();
        let mut place = 0;
        while let Some(form) = operands.get(place) {
            place += 1;
            let Some(text) = form.known().map(str::to_owned) else {
                self.tell(Cause::Environment, &form.open());
                continue;
            };
            if let Some(rest) = text.strip_prefix("-C") {
                let code = if rest.is_empty() {
                    place += 1;
                    operands.get(place - 1).cloned().unwrap_or_default()
                } else {
                    Form::text(rest)
                };
                let mut called = code;
                called.push(" 0 ");
                self.code_text(&Value::of([called]), state);
            } else if text.starts_with('-') {
                is_plain &= text == "-t";
                if let Some((_, code)) = text.split_once('C') {
                    let code = if code.is_empty() {
                        operands.get(place).cloned().unwrap_or_default()
                    } else {
                        Form::text(code)
                    };
                    let mut called = code;
                    called.push(" 0 ");
                    self.code_text(&Value::of([called]), state);
                }
                if text.len() == 2 && text.contains(['d', 'n', 'O', 's', 'u', 'c']) {
                    place += 1;
                }
            } else {
                self.subscripted(&text, state);
                name = text;
            }
        }
        let input = self.read(&state.input.clone());
        match input.known() {
            Some(text) if !is_plain => {
                let values = text.lines().map(Value::text).chain([Value::unknown()]).collect();
                state.set(&name, Variable::array(Contents::Some(values)));
            }
            Some(text) => {
                let values = text.lines().map(|line| (None, Value::text(line))).collect();
                self.set_array(&name, values, false, state);
            }
            None => state.set(&name, Variable::array(Contents::Some(vec![Value::unknown()]))),
        }
    }
}
