//! Assignments, and what setting some names does.

use std::rc::Rc;

use super::Interpreter;
use crate::contract::Cause;
use crate::grammar::variables;
use crate::intercept::shell::state::{Contents, Dialect, MOST_ELEMENTS, State, Variable};
use crate::intercept::shell::syntax::{Assigned, Assignment, Element};
use crate::intercept::shell::value::{Form, Value};

impl Interpreter<'_> {
    /// Carries out an assignment.
    pub(super) fn assign(&mut self, assignment: &Assignment, state: &mut State) {
        if !self.step() {
            return;
        }
        let Assignment { name, subscript, appends, value } = assignment;
        match value {
            Assigned::Scalar(word) => {
                let value = self.scalar(word, state);
                match subscript {
                    Some(subscript) => {
                        let key = self.key(&subscript.parts, state);
                        self.set_element(name, &key, value, *appends, state);
                    }
                    None => self.set(name, value, *appends, state),
                }
            }
            Assigned::Array(elements) => {
                let values = self.elements(elements, state);
                self.set_array(name, values, *appends, state);
            }
        }
    }

    /// Sets a name to a value, or adds the value to what it has.
    pub(super) fn set(&mut self, name: &str, value: Value, appends: bool, state: &mut State) {
        let before = state.variable(name).cloned();
        let value = match before.as_ref().and_then(|variable| variable.case) {
            Some('l') => value.map_text(|text| Some(text.to_lowercase())),
            Some(_) => value.map_text(|text| Some(text.to_uppercase())),
            None => value,
        };
        if !self.charge(value.length()) {
            return;
        }
        self.carries(name, &value, state);
        if let Some(Variable { is_integer: true, .. }) = &before {
            for text in value.texts().map(str::to_owned).collect::<Vec<_>>() {
                self.expression(&text, state);
            }
        }
        let contents = match (&before, appends) {
            (Some(Variable { value: Contents::Scalar(old), may_be_unset, .. }), true) => {
                let old = if *may_be_unset { old.joined(&Value::text("")) } else { old.clone() };
                Contents::Scalar(old.followed(&value))
            }
            (Some(Variable { value: old @ Contents::Array(_), .. }), true) => {
                let first = old.element(Some("0")).unwrap_or_else(|| Value::text(""));
                Contents::Scalar(first.followed(&value))
            }
            (None, true) => Contents::Scalar(value.joined(&Value::unknown().followed(&value))),
            _ => Contents::Scalar(value),
        };
        let is_integer = before.as_ref().is_some_and(|variable| variable.is_integer);
        let case = before.as_ref().and_then(|variable| variable.case);
        let is_exported = before.as_ref().is_some_and(|variable| variable.is_exported);
        state.set(
            name,
            Variable {
                value: contents,
                may_be_unset: false,
                is_integer,
                is_reference: false,
                case,
                is_exported,
            },
        );
    }

    pub(super) fn set_array(
        &mut self,
        name: &str,
        values: Vec<(Option<String>, Value)>,
        appends: bool,
        state: &mut State,
    ) {
        if !self.steps(values.len()) {
            return;
        }
        for (_, value) in &values {
            self.carries(name, value, state);
        }
        let mut elements = match state.variable(name).map(|variable| &variable.value) {
            Some(Contents::Array(old)) if appends => old.clone(),
            Some(Contents::Scalar(old)) if appends => vec![("0".to_owned(), old.clone())],
            _ => Vec::new(),
        };
        for (key, value) in values {
            let key = key.unwrap_or_else(|| next_key(&elements));
            let is_full = elements.len() >= MOST_ELEMENTS;
            match elements.iter_mut().find(|(name, _)| *name == key) {
                Some((_, old)) => *old = value,
                None if is_full => {
                    self.effects.gives_up(name);
                    return;
                }
                None => elements.push((key, value)),
            }
        }
        state.set(name, Variable::array(Contents::Array(elements)));
    }

    fn set_element(&mut self, name: &str, key: &Value, value: Value, appends: bool, state: &mut State) {
        let length = state.variables.get(name).map_or(0, |variable| match &variable.value {
            Contents::Scalar(_) => 1,
            Contents::Array(elements) => elements.len(),
            Contents::Some(values) => values.len(),
        });
        if !self.steps(1 + length) {
            return;
        }
        self.carries(name, &value, state);
        let old = state.variable(name).map(|variable| variable.value.clone());
        let contents = match (old, key.known()) {
            (None, Some(key)) => Contents::Array(vec![(key.to_owned(), value)]),
            (Some(Contents::Array(mut elements)), Some(key)) => {
                let is_full = elements.len() >= MOST_ELEMENTS;
                match elements.iter_mut().find(|(name, _)| name == key) {
                    Some((_, old)) if appends => *old = old.followed(&value),
                    Some((_, old)) => *old = value,
                    None if is_full => self.effects.gives_up(name),
                    None => elements.push((key.to_owned(), value)),
                }
                Contents::Array(elements)
            }
            (Some(Contents::Scalar(old)), Some("0")) => {
                Contents::Scalar(if appends { old.followed(&value) } else { value })
            }
            (Some(Contents::Scalar(old)), Some(key)) => {
                Contents::Array(vec![("0".to_owned(), old), (key.to_owned(), value)])
            }
            (old, _) => {
                let mut values = old.map(|old| old.values()).unwrap_or_default();
                values.push(value);
                values.truncate(MOST_ELEMENTS);
                Contents::Some(values)
            }
        };
        state.set(name, Variable::array(contents));
    }

    /// The elements of `(…)`, with their keys where they have some.
    pub(super) fn elements(
        &mut self,
        elements: &[Element],
        state: &mut State,
    ) -> Vec<(Option<String>, Value)> {
        let mut values = Vec::new();
        for Element { subscript, value } in elements {
            match subscript {
                Some(subscript) => {
                    let key = self.key(&subscript.parts, state);
                    let value = self.scalar(value, state);
                    values.push((Some(key.known().unwrap_or_default().to_owned()), value));
                }
                None => {
                    let listed = self.values_of(std::slice::from_ref(value), state);
                    values.extend(listed.into_iter().map(|value| (None, value)));
                }
            }
        }
        values
    }

    /// What setting a name does besides: some carry code, some say whose code a name means.
    pub(super) fn carries(&mut self, name: &str, value: &Value, state: &mut State) {
        let is_zsh = state.dialect == Dialect::Zsh;
        if variables::variable(name).is_none() && !variables::is_special(name, is_zsh) {
            return;
        }
        // The shell's own separators are followed, and change nothing else.
        if name == "IFS" {
            state.history.borrow_mut().changes();
            return;
        }
        let is_usual = value.known().is_some_and(|text| variables::is_usual(name, text));
        if is_usual {
            return;
        }
        let shown = value.forms().first().map(Form::open).unwrap_or_default();
        self.tell(Cause::Environment, &format!("{name}={shown}"));
        let is_path = name.ends_with("PATH") || name.starts_with("LD_") || name.starts_with("DYLD_");
        if is_path {
            return;
        }
        for text in value.texts().map(str::to_owned).collect::<Vec<_>>() {
            if text.is_empty() {
                continue;
            }
            let mut own = state.clone();
            if name.starts_with("PS") {
                self.template(&text, &mut own);
            } else if let Some(function) =
                text.strip_prefix("() {").filter(|_| name.starts_with("BASH_FUNC_"))
            {
                self.text(&format!("{{{function}"), &mut own);
            } else if matches!(name, "BASH_ENV" | "ENV") {
                self.sourced(&text, &mut own);
            } else if text.contains([' ', '/']) || text.chars().all(|letter| letter.is_ascii_alphanumeric()) {
                self.text(&text, &mut own);
            }
        }
    }

    /// `declare`, `export` and their kin: their options, names and values.
    pub(super) fn declare(&mut self, command: &str, operands: &[Form], state: &mut State) {
        let (mut is_integer, mut is_reference, mut case) = (false, false, None);
        let is_option = |letter: char| {
            operands.iter().filter_map(Form::known).any(|text| text.starts_with('-') && text.contains(letter))
        };
        let exports = command == "export" && !is_option('n') || is_option('x');
        state.exports_functions |= exports && is_option('f');
        state.history.borrow_mut().may_refuse |= command == "readonly";
        for operand in operands {
            let Some(text) = operand.known() else {
                let start = operand.start();
                match start.split_once('=') {
                    Some((name, _)) if is_name(name) => {
                        let mut value = operand.clone();
                        strip_start(&mut value, name.len() + 1);
                        let name = name.to_owned();
                        self.set(&name, Value::of([value]), false, state);
                        if exports && let Some(variable) = Rc::make_mut(&mut state.variables).get_mut(&name) {
                            variable.is_exported = true;
                        }
                    }
                    _ => self.tell(Cause::Environment, &operand.open()),
                }
                continue;
            };
            if text.starts_with(['-', '+']) {
                let mut history = state.history.borrow_mut();
                history.changes_case |= text.contains(['l', 'u', 'c']);
                history.has_references |= text.contains('n') && command != "export";
                if text.contains(['l', 'u', 'c', 'n']) {
                    history.has_no_order();
                }
                history.may_refuse |= text.contains(['r', 'i']);
                drop(history);
                is_integer |= text.contains('i');
                case = text
                    .chars()
                    .find(|letter| matches!(letter, 'l' | 'u'))
                    .filter(|_| text.starts_with('-'))
                    .or(case);
                is_reference |= text.contains('n') && command != "export";
                // Functions that are exported run under their names elsewhere; they are known there too.
                continue;
            }
            let (target, value) = match text.split_once('=') {
                Some((target, value)) => (target, Some(value)),
                None => (text, None),
            };
            let (target, appends) = target.strip_suffix('+').map_or((target, false), |target| (target, true));
            let (name, subscript) = match target.split_once('[') {
                Some((name, subscript)) => (name, Some(subscript.trim_end_matches(']'))),
                None => (target, None),
            };
            self.subscripted(target, state);
            if !is_name(name) {
                self.tell(Cause::Environment, text);
                continue;
            }
            if (is_integer || is_reference || case.is_some()) && !state.variables.contains_key(name) {
                state.set(name, Variable { case, ..Variable::scalar(Value::text("")) });
            }
            match (value, subscript) {
                (Some(value), None) => {
                    if is_reference {
                        self.subscripted(value, state);
                    }
                    // `declare x='(…)'` makes an array of it by reading it again.
                    if value.starts_with('(') {
                        self.expression(value, state);
                    }
                    if is_integer {
                        self.expression(value, state);
                    }
                    self.set(name, Value::text(value), appends, state);
                }
                (Some(value), Some(subscript)) => {
                    self.set_element(name, &Value::text(subscript), Value::text(value), appends, state);
                }
                (None, _) => {
                    if let Some(variable) = state.variable(name).cloned()
                        && let Contents::Scalar(value) = &variable.value
                        && command == "export"
                    {
                        self.carries(name, value, state);
                    }
                }
            }
            if exports && let Some(variable) = Rc::make_mut(&mut state.variables).get_mut(name) {
                variable.is_exported = true;
            }
            if (is_integer || is_reference || case.is_some())
                && let Some(variable) = Rc::make_mut(&mut state.variables).get_mut(name)
            {
                variable.is_integer |= is_integer;
                variable.is_reference |= is_reference;
                variable.case = case.or(variable.case);
            }
        }
    }
}

fn next_key(elements: &[(String, Value)]) -> String {
    let largest = elements.iter().filter_map(|(key, _)| key.parse::<u64>().ok()).max();
    largest.map_or(0, |largest| largest.saturating_add(1)).to_string()
}

pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Takes that many bytes of known text from the start of a form.
pub(super) fn strip_start(form: &mut Form, length: usize) {
    use crate::intercept::shell::value::Piece;
    if let Some(Piece::Text(text)) = form.pieces_mut().first_mut() {
        *text = text.get(length..).unwrap_or_default().to_owned();
        if text.is_empty() {
            form.pieces_mut().remove(0);
        }
    }
}
