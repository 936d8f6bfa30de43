//! JSON values: every string, and what the names around it say.

use serde_json::{Map, Value};

use super::Redactor;
use super::names::{self, Says};

/// Deeper than this a value becomes the text that it is in JSON. A record that holds it stays readable so, by
/// readers that bound their depth as serde_json does (128).
const MOST_DEPTH: usize = 96;

pub(super) fn redact(redactor: &Redactor<'_>, value: Value, depth: usize) -> Value {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => value,
        Value::String(text) => Value::String(redactor.redact(&text)),
        Value::Array(_) | Value::Object(_) if depth == MOST_DEPTH => {
            Value::String(redactor.redact(&value.to_string()))
        }
        Value::Array(items) => Value::Array(list(redactor, items, depth + 1)),
        Value::Object(members) => Value::Object(object(redactor, members, depth + 1)),
    }
}

/// A list may be the words of a command: what follows `--password` is one.
fn list(redactor: &Redactor<'_>, items: Vec<Value>, depth: usize) -> Vec<Value> {
    let mut awaited = None;
    items
        .into_iter()
        .map(|item| {
            let secret = awaited.take();
            awaited = item.as_str().and_then(option);
            match (secret, &item) {
                (Some(kind), Value::String(word)) if !is_option(word) => hidden(kind),
                _ => redact(redactor, item, depth),
            }
        })
        .collect()
}

/// The kind of secret that the word after this one is.
fn option(word: &str) -> Option<&'static str> {
    if !word.starts_with('-') || word.contains('=') {
        return None;
    }
    match names::says(word) {
        Says::Secret(kind) | Says::Header(kind) => Some(kind),
        Says::Nothing => None,
    }
}

fn is_option(word: &str) -> bool {
    word.strip_prefix("--").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
}

fn object(redactor: &Redactor<'_>, members: Map<String, Value>, depth: usize) -> Map<String, Value> {
    let mut clean = Map::new();
    for (name, value) in members {
        let value = match names::says(&name) {
            Says::Nothing => redact(redactor, value, depth),
            Says::Secret(kind) | Says::Header(kind) => secret(redactor, &name, value, kind, depth),
        };
        let name = redactor.redact(&name);
        // Two names may look the same without what was secret in them, and neither value may be lost.
        let mut free = name.clone();
        let mut count = 1;
        while clean.contains_key(&free) {
            count += 1;
            free = format!("{name} ({count})");
        }
        clean.insert(free, value);
    }
    clean
}

/// The value of a member whose name says that it is a secret.
fn secret(redactor: &Redactor<'_>, name: &str, value: Value, kind: &'static str, depth: usize) -> Value {
    match value {
        Value::Null | Value::Bool(_) => value,
        Value::String(text) if text.is_empty() || names::is_plain(name, &text) => {
            Value::String(redactor.redact(&text))
        }
        Value::String(_) | Value::Number(_) => hidden(kind),
        Value::Array(_) if depth >= MOST_DEPTH => hidden(kind),
        Value::Array(items) => Value::Array(
            items.into_iter().map(|item| secret(redactor, name, item, kind, depth + 1)).collect(),
        ),
        Value::Object(_) => redact(redactor, value, depth),
    }
}

fn hidden(kind: &str) -> Value {
    Value::String(format!("[redacted:{kind}]"))
}
