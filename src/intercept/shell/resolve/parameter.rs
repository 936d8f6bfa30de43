//! `$name` and `${…}`.

use super::{Interpreter, pattern};
use crate::contract::Cause;
use crate::intercept::shell::state::{Contents, State, Variable};
use crate::intercept::shell::syntax::{Operation, Parameter, Part, Prefix, Replace};
use crate::intercept::shell::value::{Form, Hole, Value};

/// What a parameter stands for.
#[derive(Debug)]
pub(super) enum Expanded {
    Value(Value),
    /// `$@` and its kin: a word each; with whether there may be more.
    List(Vec<Value>, bool),
}

/// `${name:-word}` and its kin.
struct Default<'w> {
    operator: char,
    counts_empty: bool,
    word: &'w [Part],
    /// Whether an element of an array is meant.
    has_key: bool,
}

impl Parameter {
    /// Whether it stands for several words even in double quotes.
    pub(super) fn is_list(&self) -> bool {
        self.prefix != Prefix::Length
            && (self.name == "@"
                || matches!(self.subscript.as_deref(), Some([Part::Literal(text)]) if text == "@"))
    }

    fn is_all(&self) -> bool {
        matches!(self.name.as_str(), "@" | "*")
            || matches!(self.subscript.as_deref(), Some([Part::Literal(text)]) if matches!(text.as_str(), "@" | "*"))
    }
}

impl Interpreter<'_> {
    pub(super) fn parameter(&mut self, parameter: &Parameter, state: &mut State) -> Expanded {
        let Parameter { name, prefix, subscript, operation } = parameter;
        if *prefix == Prefix::Indirect && matches!(operation, Operation::Names) {
            return Expanded::List(Vec::new(), true);
        }
        if parameter.is_all() {
            return self.all(parameter, state);
        }
        let key = subscript.as_ref().map(|parts| self.key(parts, state));
        let mut value = self.look_up(name, key.as_ref(), state);
        if *prefix == Prefix::Indirect {
            value = self.indirect(value.as_ref(), state);
        }
        if *prefix == Prefix::Length {
            let length =
                value.as_ref().map(|value| value.map_text(|text| Some(text.chars().count().to_string())));
            return Expanded::Value(
                length.filter(|length| !length.is_unknown()).unwrap_or_else(Value::number),
            );
        }
        Expanded::Value(self.operated(name, value, operation, key.is_some(), state))
    }

    /// What an operation makes of a value; none is a name that nobody has set.
    fn operated(
        &mut self,
        name: &str,
        value: Option<Value>,
        operation: &Operation,
        has_key: bool,
        state: &mut State,
    ) -> Value {
        match operation {
            Operation::None | Operation::Names => self.or_inherited(name, value),
            Operation::Default { operator, counts_empty, word } => {
                let default = Default { operator: *operator, counts_empty: *counts_empty, word, has_key };
                self.defaulted(name, value, &default, state)
            }
            Operation::Strip { is_front, is_longest, pattern } => {
                let patterns = self.pattern(pattern, state);
                let value = self.or_inherited(name, value);
                each(&value, &patterns, |text, form| pattern::strip(text, form, *is_front, *is_longest))
            }
            Operation::Replace { kind, pattern, with } => {
                let patterns = self.pattern(pattern, state);
                let with = self.quoted(with, state);
                let value = self.or_inherited(name, value);
                let Some(with) = with.known().map(str::to_owned) else { return Value::unknown() };
                each(&value, &patterns, |text, form| match kind {
                    Replace::First => pattern::replace(text, form, &with, false),
                    Replace::All => pattern::replace(text, form, &with, true),
                    Replace::Front | Replace::Back => {
                        let is_front = *kind == Replace::Front;
                        let left = pattern::strip(text, form, is_front, true)?;
                        Some(match (left == text, is_front) {
                            (true, _) => left,
                            (false, true) => format!("{with}{left}"),
                            (false, false) => format!("{left}{with}"),
                        })
                    }
                })
            }
            Operation::Case { operator, is_all, pattern } => {
                self.pattern(pattern, state);
                let value = self.or_inherited(name, value);
                if !pattern.is_empty() {
                    return value.joined(&Value::unknown());
                }
                value.map_text(|text| Some(cased(text, *operator, *is_all)))
            }
            Operation::Slice { offset, length } => {
                let offset = self.arithmetic(offset, state);
                let length = length.as_ref().map(|length| self.arithmetic(length, state));
                let value = self.or_inherited(name, value);
                let from = offset.known().and_then(|text| text.trim().parse::<i64>().ok());
                let count = match &length {
                    None => Some(i64::MAX),
                    Some(length) => length.known().and_then(|text| text.trim().parse::<i64>().ok()),
                };
                match (from, count) {
                    (Some(from), Some(count)) => value.map_text(|text| sliced(text, from, count)),
                    _ => Value::unknown(),
                }
            }
            Operation::Transform(operator) => {
                let value = self.or_inherited(name, value);
                self.transformed(&value, *operator, state)
            }
        }
    }

    /// A value, or what a name that the text has not set may be.
    ///
    /// Names in capitals are by custom those of the environment and may be anything. Any other is most likely
    /// empty, so that is looked at first; and it may be anything all the same.
    fn or_inherited(&mut self, name: &str, value: Option<Value>) -> Value {
        match value {
            Some(value) => value,
            None if name == "HOME" => self.home(),
            None if name.bytes().any(|byte| byte.is_ascii_lowercase()) => {
                Value::of([Form::default(), Form::hole(Hole::Unknown)])
            }
            None => Value::unknown(),
        }
    }

    /// The value of a name; none if nobody has set it.
    fn look_up(&mut self, name: &str, key: Option<&Value>, state: &State) -> Option<Value> {
        if let Ok(number) = name.parse::<usize>() {
            let further =
                if state.is_second { state.history.borrow().any_operand().to_vec() } else { Vec::new() };
            if number > 0 && !further.is_empty() {
                let own = state.operands.iter().flat_map(|value| value.forms().to_vec());
                return Some(Value::of(further.into_iter().chain(own)));
            }
            return match number.checked_sub(1) {
                None => Some(state.name.clone()),
                Some(place) => match state.operands.get(place) {
                    Some(value) => Some(value.clone()),
                    None if state.has_more_operands => {
                        Some(Value::of([Form::default(), Form::hole(Hole::Unknown)]))
                    }
                    None => Some(Value::text("")),
                },
            };
        }
        if name == "_" {
            // The last word of the command before; in some shells a variable like any other.
            let set = state.variable(name).map(|variable| variable.value.values()).unwrap_or_default();
            let forms = set.into_iter().flat_map(|value| value.forms().to_vec());
            return Some(Value::of(forms.chain([Form::hole(Hole::Unknown)])));
        }
        if state.is_second && state.variables.contains_key(name) {
            let further = state.history.borrow().values(name);
            if further.len() > 1 {
                let own = state.variable(name).map(|variable| variable.value.values()).unwrap_or_default();
                let own = own.into_iter().flat_map(|value| value.forms().to_vec());
                return Some(Value::of(further.into_iter().chain(own)));
            }
        }
        if let Some(variable) = state.variable(name) {
            let value = match key {
                None => match &variable.value {
                    Contents::Scalar(value) => Some(value.clone()),
                    Contents::Array(_) => {
                        Some(variable.value.element(Some("0")).unwrap_or_else(|| Value::text("")))
                    }
                    Contents::Some(_) => variable.value.element(None),
                },
                Some(key) => Some(variable.value.element(key.known()).unwrap_or_else(|| Value::text(""))),
            };
            return match value {
                Some(value) if variable.may_be_unset => Some(value.joined(&self.or_inherited(name, None))),
                value => value,
            };
        }
        match name {
            "#" if !state.has_more_operands => Some(Value::text(state.operands.len().to_string())),
            "PWD" => Some(self.working_folder(state)),
            "IFS" => Some(Value::text(" \t\n")),
            "#" | "?" | "$" | "!" | "RANDOM" | "SECONDS" | "LINENO" | "UID" | "EUID" | "PPID" | "BASHPID"
            | "SHLVL" | "EPOCHSECONDS" => Some(Value::number()),
            "-" => Some(Value::unknown()),
            _ => None,
        }
    }

    fn indirect(&mut self, value: Option<&Value>, state: &mut State) -> Option<Value> {
        let value = value?;
        let mut found: Vec<Form> = Vec::new();
        for text in value.texts().map(str::to_owned).collect::<Vec<_>>() {
            self.subscripted(&text, state);
            let is_name = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            match self.look_up(&text, None, state) {
                Some(value) if is_name => found.extend(value.forms().iter().cloned()),
                _ => found.push(Form::hole(Hole::Unknown)),
            }
        }
        if value.is_unknown() {
            found.push(Form::hole(Hole::Unknown));
        }
        Some(Value::of(found))
    }

    fn defaulted(
        &mut self,
        name: &str,
        value: Option<Value>,
        default: &Default<'_>,
        state: &mut State,
    ) -> Value {
        let Default { operator, counts_empty, word, has_key } = *default;
        let is_set = value.is_some();
        let may_be_empty = value.as_ref().is_none_or(|value| {
            value.forms().iter().any(|form| form.is_empty() && counts_empty || form.known().is_none())
        });
        // It is expanded where it counts; looking at it anyway hides nothing.
        let other = self.quoted(word, state);
        match operator {
            '+' if is_set && !may_be_empty => other,
            '+' => other.joined(&Value::text("")),
            '?' => self.or_inherited(name, value),
            _ => {
                let result = match value {
                    // Nobody has set it, so the default is what counts; the environment may have another.
                    None => match other.forms() {
                        _ if name.bytes().any(|byte| byte.is_ascii_lowercase()) => other.clone(),
                        _ => other.joined(&Value::unknown()),
                    },
                    Some(value) if may_be_empty => {
                        let kept =
                            value.forms().iter().filter(|form| !(form.is_empty() && counts_empty)).cloned();
                        Value::of(other.forms().iter().cloned().chain(kept))
                    }
                    Some(value) => value,
                };
                if operator == '=' {
                    let contents = match state.variables.get(name).map(|variable| &variable.value) {
                        Some(Contents::Array(_) | Contents::Some(_)) | None if has_key => {
                            Contents::Some(vec![result.clone()])
                        }
                        _ => Contents::Scalar(result.clone()),
                    };
                    state.set(name, Variable::array(contents));
                }
                result
            }
        }
    }

    /// A pattern: what is unquoted in it is one.
    fn pattern(&mut self, parts: &[Part], state: &mut State) -> Vec<Form> {
        let mut forms = vec![Form::default()];
        for part in parts {
            let next: Vec<Form> = match part {
                Part::Glob('*') => vec![Form::hole(Hole::Star)],
                Part::Glob('?') => vec![Form::hole(Hole::Any)],
                Part::Glob(sign) => vec![Form::text(sign.to_string())],
                Part::Parameter(_) | Part::Command(_) => self
                    .quoted(std::slice::from_ref(part), state)
                    .forms()
                    .iter()
                    .map(Form::unquoted)
                    .collect(),
                other => self.quoted(std::slice::from_ref(other), state).forms().to_vec(),
            };
            forms = Value::of(forms.iter().flat_map(|form| {
                next.iter().map(move |next| {
                    let mut form = form.clone();
                    form.append(next);
                    form
                })
            }))
            .forms()
            .to_vec();
        }
        forms.into_iter().map(with_classes).collect()
    }

    /// `$@`, `${a[@]}` and their kin.
    fn all(&mut self, parameter: &Parameter, state: &mut State) -> Expanded {
        let Parameter { name, prefix, operation, .. } = parameter;
        let (mut values, has_more) = if matches!(name.as_str(), "@" | "*") {
            (state.operands.to_vec(), state.has_more_operands)
        } else {
            match state.variable(name) {
                Some(variable) => {
                    let is_open = matches!(variable.value, Contents::Some(_)) || variable.may_be_unset;
                    (variable.value.values(), is_open)
                }
                None => (Vec::new(), name.bytes().all(|byte| !byte.is_ascii_lowercase())),
            }
        };
        // Elements of an array of which not all is known may stand in any order.
        if has_more
            && state.variable(name).is_some_and(|variable| matches!(variable.value, Contents::Some(_)))
        {
            values.clear();
        }
        match (prefix, operation) {
            (Prefix::Length, _) if has_more => return Expanded::Value(Value::number()),
            (Prefix::Length, _) => return Expanded::Value(Value::text(values.len().to_string())),
            (Prefix::Indirect, _) => return Expanded::List(Vec::new(), true),
            (Prefix::None, Operation::None) => {}
            (Prefix::None, Operation::Slice { offset, length }) => {
                let offset = self.arithmetic(offset, state);
                let length = length.as_ref().map(|length| self.arithmetic(length, state));
                let from = offset.known().and_then(|text| text.trim().parse::<usize>().ok());
                let count = match &length {
                    None => Some(usize::MAX),
                    Some(length) => length.known().and_then(|text| text.trim().parse::<usize>().ok()),
                };
                let is_whole = state.variable(name).is_none_or(|variable| match &variable.value {
                    Contents::Array(elements) => {
                        elements.iter().enumerate().all(|(place, (key, _))| *key == place.to_string())
                    }
                    Contents::Scalar(_) => true,
                    Contents::Some(_) => false,
                });
                let (Some(from), Some(count), true) = (from, count, is_whole) else {
                    return Expanded::List(Vec::new(), true);
                };
                if matches!(name.as_str(), "@" | "*") {
                    values.insert(0, state.name.clone());
                }
                values = values.into_iter().skip(from).take(count).collect();
            }
            (Prefix::None, Operation::Default { .. }) if !values.is_empty() => {}
            (Prefix::None, operation) => {
                if values.is_empty() {
                    let value = self.operated("", None, operation, false, state);
                    return Expanded::Value(value);
                }
                let operated: Vec<Value> = values
                    .into_iter()
                    .map(|value| self.operated(name, Some(value), operation, false, state))
                    .collect();
                values = operated;
            }
        }
        let is_joined = !parameter.is_list();
        if is_joined && state.variables.contains_key("IFS") {
            return Expanded::Value(Value::of([Form::hole(Hole::Words)]));
        }
        if is_joined && values.is_empty() && has_more {
            return Expanded::Value(Value::of([Form::default(), Form::hole(Hole::Words)]));
        }
        if is_joined {
            let mut joined = Value::text("");
            for (place, value) in values.iter().enumerate() {
                if place > 0 {
                    joined = joined.followed(&Value::text(" "));
                }
                joined = joined.followed(value);
            }
            return Expanded::Value(if has_more {
                joined.followed(&Value::of([Form::hole(Hole::Words)]))
            } else {
                joined
            });
        }
        Expanded::List(values, has_more)
    }

    /// `${v@P}` and its kin.
    fn transformed(&mut self, value: &Value, operator: char, state: &mut State) -> Value {
        match operator {
            'Q' => value.map_text(|text| Some(shell_words::quote(text).into_owned())),
            'U' => value.map_text(|text| Some(text.to_uppercase())),
            'L' => value.map_text(|text| Some(text.to_lowercase())),
            'u' => value.map_text(|text| Some(cased(text, '^', false))),
            'E' => value.map_text(|text| super::output::unescaped(text, false)),
            'P' => {
                if value.is_unknown() {
                    self.tell(Cause::Code, "${…@P}");
                }
                let mut forms = Vec::new();
                for text in value.texts().map(str::to_owned).collect::<Vec<_>>() {
                    forms.extend(self.template(&text, state).forms().iter().cloned());
                }
                Value::of(forms)
            }
            _ => Value::unknown(),
        }
    }

    /// The key that a subscript stands for.
    pub(super) fn key(&mut self, parts: &[Part], state: &mut State) -> Value {
        let key = self.quoted(parts, state);
        let number = self.evaluated(&key, state);
        if number.known().is_some_and(|text| text.trim().parse::<i64>().is_ok()) { number } else { key }
    }
}

fn each(value: &Value, patterns: &[Form], change: impl Fn(&str, &Form) -> Option<String>) -> Value {
    Value::of(value.forms().iter().flat_map(|form| {
        let change = &change;
        patterns.iter().map(move |pattern| {
            form.known()
                .and_then(|text| change(text, pattern))
                .map_or_else(|| Form::hole(Hole::Unknown), Form::text)
        })
    }))
}

/// Brackets in the text of an unquoted pattern are classes.
fn with_classes(form: Form) -> Form {
    use crate::intercept::shell::value::Piece;
    let mut made = Form::default();
    for piece in form.pieces() {
        match piece {
            Piece::Text(text) => {
                let mut rest = text.as_str();
                while let Some((before, behind)) = rest.split_once('[') {
                    made.push(before);
                    match pattern::class_end(behind) {
                        Some(at) => {
                            made.push_hole(Hole::Class(behind.get(..at).unwrap_or_default().to_owned()));
                            rest = behind.get(at + 1..).unwrap_or_default();
                        }
                        None => {
                            made.push("[");
                            rest = behind;
                        }
                    }
                }
                made.push(rest);
            }
            Piece::Hole(hole) => made.push_hole(hole.clone()),
        }
    }
    made
}

fn cased(text: &str, operator: char, is_all: bool) -> String {
    let change = |text: &str| if operator == '^' { text.to_uppercase() } else { text.to_lowercase() };
    if is_all {
        return change(text);
    }
    let mut letters = text.chars();
    let first = letters.next().map(|letter| change(letter.encode_utf8(&mut [0; 4]))).unwrap_or_default();
    first + letters.as_str()
}

fn sliced(text: &str, from: i64, count: i64) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let length = i64::try_from(letters.len()).ok()?;
    let from = if from < 0 { length.checked_add(from)? } else { from };
    if from < 0 || from > length {
        return Some(String::new());
    }
    let end = if count < 0 { length.checked_add(count)? } else { from.saturating_add(count).min(length) };
    let (from, end) = (usize::try_from(from).ok()?, usize::try_from(end).ok()?);
    Some(letters.get(from..end).unwrap_or_default().iter().collect())
}
