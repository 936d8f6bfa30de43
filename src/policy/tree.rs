//! A policy's text as a tree in which every value knows its place.
//!
//! YAML and JSON both become this, and nothing else is read from: so what is told about one is told about the
//! other in the same words, and a value cannot lose the line that its author wrote it on. Bounds: 1 MiB of text,
//! nesting 128, 100,000 values; each is met before what it bounds is allocated.

use crate::contract::{Layer, Location};

use super::codes;
use super::diagnostic::{Diagnostic, Level, PolicyError};

/// The most bytes that a policy may have.
pub(super) const MOST_BYTES: u64 = 1 << 20;
/// The deepest that values may nest.
pub(super) const DEEPEST: usize = 128;
/// The most values that a text may hold.
pub(super) const MOST_VALUES: usize = 100_000;

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) at: Spot,
}

/// A place in a text.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Spot {
    /// From 1; 0 for the whole text.
    pub(super) line: u32,
    /// In characters, from 1.
    pub(super) column: u32,
    /// In characters.
    pub(super) width: u32,
}

/// A value. Numbers stay as they were written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// The key of a mapping.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    pub(super) text: String,
    pub(super) at: Spot,
}

impl Value {
    /// What the value is, for people.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "a truth value",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}

impl Node {
    /// The members, if this is a mapping.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Map(members) => members.iter().find(|(name, _)| name.text == key).map(|(_, node)| node),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::List(_) => None,
        }
    }

    /// The value as plain JSON, its places lost.
    pub(super) fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(text) => match serde_json::from_str::<serde_json::Number>(text) {
                Ok(number) => number.into(),
                Err(_) => text.as_str().into(),
            },
            Value::Text(text) => text.as_str().into(),
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Map(members) => {
                members.iter().map(|(key, node)| (key.text.clone(), node.to_json())).collect()
            }
        }
    }
}

/// A text, and what it is called.
#[derive(Clone, Debug)]
pub(super) struct Text<'t> {
    pub(super) path: String,
    pub(super) layer: Layer,
    pub(super) text: &'t str,
}

impl<'t> Text<'t> {
    /// Takes bytes for a text: UTF-8 without NUL, perhaps with a byte order mark.
    pub(super) fn of(path: String, layer: Layer, bytes: &'t [u8]) -> Result<Self, PolicyError> {
        let (whole, broken) = match std::str::from_utf8(bytes) {
            Ok(text) => (text, false),
            Err(error) => {
                let whole = bytes.get(..error.valid_up_to()).unwrap_or_default();
                (std::str::from_utf8(whole).unwrap_or_default(), true)
            }
        };
        let text = Self { path, layer, text: whole.strip_prefix('\u{feff}').unwrap_or(whole) };
        if let Some(at) = text.text.find('\0') {
            let fault = text.error(codes::NUL_BYTE, text.spot_of(at), "a policy must not hold a NUL");
            return Err(PolicyError::Invalid(vec![*fault]));
        }
        if broken {
            let fault = text.error(
                codes::NOT_UTF8,
                text.spot_of(text.text.len()),
                "the text is not UTF-8 from here on",
            );
            return Err(PolicyError::Invalid(vec![*fault]));
        }
        Ok(text)
    }

    /// The place of a byte of the text.
    pub(super) fn spot_of(&self, byte: usize) -> Spot {
        let before = self.text.get(..byte).unwrap_or(self.text);
        let line = before.bytes().filter(|letter| *letter == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Spot { line: count(line), column: count(column), width: 1 }
    }

    /// What policies call a place.
    pub(super) fn location(&self, at: Spot) -> Location {
        Location {
            layer: self.layer.as_str(),
            path: self.path.as_str().into(),
            line: at.line,
            column: at.column,
        }
    }

    /// A line of the text, none but for showing.
    pub(super) fn line(&self, number: u32) -> &'t str {
        let Some(before) = number.checked_sub(1).and_then(|before| usize::try_from(before).ok()) else {
            return "";
        };
        self.text.lines().nth(before).unwrap_or_default()
    }

    /// An error at a place.
    pub(super) fn error(&self, code: &'static str, at: Spot, message: impl Into<String>) -> Box<Diagnostic> {
        Box::new(Diagnostic {
            level: Level::Error,
            code,
            message: message.into(),
            path: self.path.clone(),
            line: at.line,
            column: at.column,
            width: at.width,
            excerpt: self.line(at.line).to_owned(),
            hint: None,
        })
    }
}

impl Diagnostic {
    /// The finding with a way out.
    pub(super) fn hinted(mut self: Box<Self>, hint: impl Into<String>) -> Box<Self> {
        self.hint = Some(hint.into());
        self
    }

    /// The finding as one that stops nothing.
    pub(super) fn into_warning(mut self: Box<Self>) -> Box<Self> {
        self.level = Level::Warning;
        self
    }
}

/// A count for a place; a text of 1 MiB has no more lines or columns than this holds.
pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
