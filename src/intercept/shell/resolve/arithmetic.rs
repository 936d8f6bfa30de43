//! Arithmetic: numbers where they are known, and what its names and subscripts run.

use std::rc::Rc;

use super::{Interpreter, MOST_CALLS};
use crate::contract::Cause;
use crate::intercept::shell::parse::Parser;
use crate::intercept::shell::state::{Contents, State};
use crate::intercept::shell::syntax::Part;
use crate::intercept::shell::value::Value;

impl Interpreter<'_> {
    /// Evaluates an expression.
    pub(super) fn arithmetic(&mut self, parts: &[Part], state: &mut State) -> Value {
        let value = self.quoted(parts, state);
        self.evaluated(&value, state)
    }

    /// Evaluates an expression whose substitutions are carried out.
    pub(super) fn evaluated(&mut self, value: &Value, state: &mut State) -> Value {
        for text in value.texts().map(str::to_owned).collect::<Vec<_>>() {
            if text.contains('[') {
                self.expression(&text, state);
            }
            self.names(&text, state);
        }
        match value.known() {
            Some(text) => {
                let number = Expression { text: text.as_bytes(), at: 0, depth: 0 }.whole(&|name| {
                    state.variable(name).and_then(|variable| match &variable.value {
                        Contents::Scalar(value) => value.known()?.trim().parse().ok(),
                        Contents::Array(_) | Contents::Some(_) => None,
                    })
                });
                match number {
                    Some(number) => Value::text(number.to_string()),
                    None => {
                        forget_assigned(text, state);
                        Value::number()
                    }
                }
            }
            None => Value::number(),
        }
    }

    /// A text that is evaluated as an expression where it is used: what stands in its subscripts runs.
    pub(super) fn expression(&mut self, text: &str, state: &mut State) {
        if text.contains(['$', '`']) {
            if self.depth >= MOST_CALLS {
                self.effects.gives_up(text);
                return;
            }
            self.depth += 1;
            let mut parser = Parser::new(text.as_bytes(), self.depth);
            match parser.template() {
                Ok(parts) => {
                    self.quoted(&parts, state);
                }
                Err(fault) => self.tell(fault.cause, text),
            }
            self.depth -= 1;
        }
        self.names(text, state);
    }

    /// A name that may have a subscript, as builtins take it.
    pub(super) fn subscripted(&mut self, name: &str, state: &mut State) {
        if name.contains('[') {
            self.expression(name, state);
        }
    }

    /// What the values of the names in an expression run: they are expressions too.
    fn names(&mut self, text: &str, state: &mut State) {
        if !text.bytes().any(|byte| byte.is_ascii_alphabetic() || byte == b'_') {
            return;
        }
        for name in text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')) {
            if name.is_empty() || name.starts_with(|letter: char| letter.is_ascii_digit()) {
                continue;
            }
            let Some(variable) = state.variable(name) else { continue };
            let values = variable.value.values();
            let mut is_open = false;
            for value in values {
                is_open |= value.is_open();
                for text in value.texts().map(str::to_owned).collect::<Vec<_>>() {
                    if text.contains('[')
                        && !self.calls.iter().any(|(call, _)| *call == text)
                        && self.calls.len() < MOST_CALLS
                    {
                        self.calls.push((text.clone(), Vec::new()));
                        self.expression(&text, state);
                        self.calls.pop();
                    }
                }
            }
            if is_open {
                self.tell(Cause::Code, text);
            }
        }
    }
}

/// Names that an expression assigns to are not known behind it.
fn forget_assigned(text: &str, state: &mut State) {
    if !(text.contains('=') || text.contains("++") || text.contains("--")) {
        return;
    }
    for name in text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')) {
        if let Some(variable) = Rc::make_mut(&mut state.variables).get_mut(name) {
            variable.may_be_unset = false;
            variable.value.set_first(Value::number());
        }
    }
}

/// A small reader of expressions: numbers, names, `+ - * / % << >> ( )`.
struct Expression<'t> {
    text: &'t [u8],
    at: usize,
    depth: usize,
}

impl Expression<'_> {
    fn whole(mut self, look_up: &dyn Fn(&str) -> Option<i64>) -> Option<i64> {
        self.blanks();
        if self.at == self.text.len() {
            return Some(0);
        }
        let value = self.shifted(look_up)?;
        (self.at == self.text.len()).then_some(value)
    }

    fn shifted(&mut self, look_up: &dyn Fn(&str) -> Option<i64>) -> Option<i64> {
        let mut value = self.sum(look_up)?;
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let is_left = rest.starts_with(b"<<");
            if !(is_left || rest.starts_with(b">>")) || rest.get(2) == Some(&b'=') {
                return Some(value);
            }
            self.at += 2;
            let by = u32::try_from(self.sum(look_up)?).ok()?;
            value = if is_left { value.checked_shl(by)? } else { value.checked_shr(by)? };
        }
    }

    fn sum(&mut self, look_up: &dyn Fn(&str) -> Option<i64>) -> Option<i64> {
        let mut value = self.product(look_up)?;
        while let Some(sign @ (b'+' | b'-')) = self.text.get(self.at).copied() {
            if self.text.get(self.at + 1) == Some(&sign) || self.text.get(self.at + 1) == Some(&b'=') {
                return None;
            }
            self.at += 1;
            let other = self.product(look_up)?;
            value = if sign == b'+' { value.checked_add(other)? } else { value.checked_sub(other)? };
        }
        Some(value)
    }

    fn product(&mut self, look_up: &dyn Fn(&str) -> Option<i64>) -> Option<i64> {
        let mut value = self.atom(look_up)?;
        while let Some(sign @ (b'*' | b'/' | b'%')) = self.text.get(self.at).copied() {
            if matches!(self.text.get(self.at + 1), Some(b'*' | b'=')) {
                return None;
            }
            self.at += 1;
            let other = self.atom(look_up)?;
            value = match sign {
                b'*' => value.checked_mul(other)?,
                b'/' => value.checked_div(other)?,
                _ => value.checked_rem(other)?,
            };
        }
        Some(value)
    }

    fn atom(&mut self, look_up: &dyn Fn(&str) -> Option<i64>) -> Option<i64> {
        self.depth += 1;
        if self.depth > 64 {
            return None;
        }
        self.blanks();
        let value = match self.text.get(self.at).copied()? {
            b'(' => {
                self.at += 1;
                let value = self.shifted(look_up)?;
                if self.text.get(self.at) != Some(&b')') {
                    return None;
                }
                self.at += 1;
                value
            }
            b'-' => {
                self.at += 1;
                self.atom(look_up)?.checked_neg()?
            }
            b'+' => {
                self.at += 1;
                self.atom(look_up)?
            }
            _ => {
                let start = self.at;
                while self.text.get(self.at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
                {
                    self.at += 1;
                }
                let word = std::str::from_utf8(self.text.get(start..self.at)?).ok()?;
                if let Some(hex) = word.strip_prefix("0x") {
                    i64::from_str_radix(hex, 16).ok()?
                } else if word.len() > 1 && word.starts_with('0') {
                    i64::from_str_radix(word, 8).ok()?
                } else if word.starts_with(|letter: char| letter.is_ascii_digit()) {
                    word.parse().ok()?
                } else if word.is_empty() {
                    return None;
                } else {
                    look_up(word)?
                }
            }
        };
        self.blanks();
        self.depth -= 1;
        Some(value)
    }

    fn blanks(&mut self) {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }
}
