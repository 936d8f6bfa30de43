//! Single values: truth, numbers, words, texts, spans of time, lists of names.

use super::super::codes;
use super::super::compiled::Placed;
use super::super::nearest::nearest;
use super::super::said::Control;
use super::super::tree::{Node, Value};
use super::Reader;

/// The keys of a value that is written with what it serves.
const VALUE_KEYS: [&str; 2] = ["value", "controls"];

impl Reader<'_, '_> {
    fn placed<T>(&self, node: &Node, value: T) -> Placed<T> {
        Placed { value, location: Some(self.text.location(node.at)) }
    }

    /// Whether there is nothing, where the text may say so.
    fn is_absent(&self, node: &Node) -> bool {
        node.value == Value::Null && !self.rigour.is_authored
    }

    /// A value itself, where it is written with the controls that it serves: `{ value: block, controls: […] }`.
    fn bare<'n>(&mut self, node: &'n Node, name: &str) -> &'n Node {
        if !self.rigour.is_authored {
            return node;
        }
        let Some(value) = node.get("value") else { return node };
        for (key, member) in self.members(node, name, &VALUE_KEYS) {
            if key == "controls" {
                let shown = match &value.value {
                    Value::Text(text) | Value::Number(text) => text.clone(),
                    Value::Bool(truth) => truth.to_string(),
                    Value::Null | Value::List(_) | Value::Map(_) => String::new(),
                };
                self.controls(member, name, &shown);
            }
        }
        value
    }

    /// The controls that a rule or a setting serves.
    pub(super) fn controls(&mut self, node: &Node, rule: &str, value: &str) {
        for control in self.list(node, "controls").unwrap_or_default() {
            match &control.value {
                Value::Text(id) if !id.trim().is_empty() => self.said.controls.push(Control {
                    id: id.trim().to_owned(),
                    rule: rule.to_owned(),
                    value: value.to_owned(),
                    location: self.text.location(control.at),
                }),
                _ => self.wrong_type(control, "controls", "a text"),
            }
        }
    }

    pub(super) fn truth(&mut self, node: &Node, name: &str) -> Option<Placed<bool>> {
        let node = self.bare(node, name);
        match &node.value {
            Value::Bool(value) => Some(self.placed(node, *value)),
            _ if self.is_absent(node) => None,
            _ => {
                self.wrong_type(node, name, "true or false");
                None
            }
        }
    }

    /// One word of a closed set.
    pub(super) fn word<T: Copy>(
        &mut self,
        node: &Node,
        name: &str,
        words: &[(&str, T)],
    ) -> Option<Placed<T>> {
        let node = self.bare(node, name);
        let given = match &node.value {
            Value::Text(text) => text.as_str(),
            _ if self.is_absent(node) => return None,
            _ => {
                self.wrong_type(node, name, "a text");
                return None;
            }
        };
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == given) {
            return Some(self.placed(node, *value));
        }
        let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let hint = match nearest(given, all.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is one of {}", all.join(", ")),
        };
        let message = format!("`{name}` cannot be `{}`", given.escape_debug());
        self.error(codes::UNKNOWN_VALUE, node.at, message, Some(hint));
        None
    }

    /// A text; a number is taken as it was written, for versions such as 2026.11.
    pub(super) fn text(&mut self, node: &Node, name: &str) -> Option<String> {
        match &node.value {
            Value::Text(text) => Some(text.clone()),
            Value::Number(text) if name == "metadata.version" => Some(text.clone()),
            _ if self.is_absent(node) => None,
            _ => {
                self.wrong_type(node, name, "a text");
                None
            }
        }
    }

    /// A whole number of at least `least`.
    pub(super) fn number(&mut self, node: &Node, name: &str, least: u64) -> Option<Placed<u64>> {
        let node = self.bare(node, name);
        let value = match &node.value {
            Value::Number(text) => text.parse::<u64>().ok().filter(|value| *value >= least),
            _ if self.is_absent(node) => return None,
            _ => None,
        };
        match value {
            Some(value) => Some(self.placed(node, value)),
            None => {
                self.wrong_type(node, name, &format!("a whole number of at least {least}"));
                None
            }
        }
    }

    /// A span of time: seconds, or a number with `s`, `m`, `h` or `d`.
    pub(super) fn seconds(&mut self, node: &Node, name: &str) -> Option<Placed<u64>> {
        let node = self.bare(node, name);
        let value = match &node.value {
            Value::Number(text) => text.parse::<u64>().ok(),
            Value::Text(text) => span(text),
            _ if self.is_absent(node) => return None,
            _ => None,
        };
        match value.filter(|value| *value > 0) {
            Some(value) => Some(self.placed(node, value)),
            None => {
                self.wrong_type(node, name, "a span of time such as `30m`, `8h` or `7d`");
                None
            }
        }
    }

    /// A list, with nothing in it where there is nothing. None if it is no list.
    pub(super) fn list<'n>(&mut self, node: &'n Node, name: &str) -> Option<&'n [Node]> {
        match &node.value {
            Value::List(items) => Some(items),
            _ if self.is_absent(node) => Some(&[]),
            _ => {
                self.wrong_type(node, name, "a list");
                None
            }
        }
    }

    /// A list of names, trimmed, each once, in code point order.
    pub(super) fn names(&mut self, node: &Node, name: &str) -> Vec<Placed<String>> {
        let mut names: Vec<Placed<String>> = Vec::new();
        for item in self.list(node, name).unwrap_or_default() {
            match &item.value {
                Value::Text(text) if !text.trim().is_empty() => {
                    names.push(self.placed(item, text.trim().to_owned()));
                }
                Value::Text(_) if self.rigour.is_authored => {
                    self.error(codes::BLANK_PATTERN, item.at, format!("a name in `{name}` is blank"), None);
                }
                Value::Text(_) => {}
                _ if self.is_absent(item) => {}
                _ => self.wrong_type(item, name, "a text"),
            }
        }
        names.sort_by(|a, b| a.value.cmp(&b.value));
        names.dedup_by(|later, first| later.value == first.value);
        names
    }
}

fn span(text: &str) -> Option<u64> {
    let text = text.trim();
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let factor = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return None,
    };
    number.trim().parse::<u64>().ok()?.checked_mul(factor)
}
