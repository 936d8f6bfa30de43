//! The tree of one text becomes a policy, with everything that is wrong with it told at once.
//!
//! An authored text is read strictly: what it does not say right is an error. A text that was compiled elsewhere
//! is read as the contract reads it: unknown sections and keys are kept with a warning, `null` is nothing, blank
//! patterns are dropped. Neither ever takes a value of the wrong type for another.

mod patterns;
mod schema;
mod sections;
mod values;

pub(super) use self::schema::schema;
use super::codes;
use super::compiled::CompiledPolicy;
use super::diagnostic::{Diagnostic, Level};
use super::nearest::nearest;
use super::said::Said;
use super::tree::{Key, Node, Spot, Text, Value};

/// How a text is read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Rigour {
    /// Whether it is authored, and not compiled elsewhere.
    pub(super) is_authored: bool,
    /// Whether it is a part that is laid over a policy, and needs no id and version of its own.
    pub(super) is_overlay: bool,
    /// Whether an author wants to hear of what works and is probably not meant.
    pub(super) lints: bool,
}

/// A text that was read.
#[derive(Debug)]
pub(super) struct Authored {
    /// What it says itself, without what it inherits.
    pub(super) policy: CompiledPolicy,
    /// What it inherits, in order.
    pub(super) inherits: Vec<(String, Spot)>,
    /// What is wrong with it.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What its author says beside its rules.
    pub(super) said: Said,
}

/// Reads a tree.
pub(super) fn read(text: &Text<'_>, tree: &Node, rigour: Rigour) -> Authored {
    let mut reader = Reader {
        text,
        rigour,
        diagnostics: Vec::new(),
        other: Vec::new(),
        inherits: Vec::new(),
        said: Said::default(),
    };
    let mut policy = reader.policy(tree);
    policy.other = std::mem::take(&mut reader.other);
    Authored { policy, inherits: reader.inherits, diagnostics: reader.diagnostics, said: reader.said }
}

/// Reads one text.
struct Reader<'r, 't> {
    text: &'r Text<'t>,
    rigour: Rigour,
    diagnostics: Vec<Diagnostic>,
    other: Vec<(String, serde_json::Value)>,
    inherits: Vec<(String, Spot)>,
    said: Said,
}

impl Reader<'_, '_> {
    /// Notes a finding. Those beyond a screenful or two help nobody, but an error is never lost to warnings.
    fn note(&mut self, finding: Diagnostic) {
        if self.diagnostics.len() < MOST_FINDINGS
            || self.diagnostics.iter().all(|one| one.level == Level::Warning)
        {
            self.diagnostics.push(finding);
        }
    }

    fn error(&mut self, code: &'static str, at: Spot, message: impl Into<String>, hint: Option<String>) {
        let mut finding = self.text.error(code, at, message);
        finding.hint = hint;
        self.note(*finding);
    }

    fn warn(&mut self, code: &'static str, at: Spot, message: impl Into<String>, hint: Option<String>) {
        let mut finding = self.text.error(code, at, message).into_warning();
        finding.hint = hint;
        self.note(*finding);
    }

    /// The members of a section whose keys are known. Unknown ones are told, and kept if the text was compiled
    /// elsewhere.
    fn members<'n>(&mut self, node: &'n Node, name: &str, keys: &[&str]) -> Vec<(&'n str, &'n Node)> {
        let Some(members) = self.mapping(node, name) else { return Vec::new() };
        let mut known = Vec::with_capacity(members.len());
        for (key, value) in members {
            if keys.contains(&key.text.as_str()) {
                known.push((key.text.as_str(), value));
            } else {
                self.unknown(key, value, name, keys);
            }
        }
        known
    }

    /// A mapping. Nothing is no mapping to an author, and an empty one where the text was compiled elsewhere.
    fn mapping<'n>(&mut self, node: &'n Node, name: &str) -> Option<&'n [(Key, Node)]> {
        match &node.value {
            Value::Map(members) => Some(members),
            Value::Null if !self.rigour.is_authored => None,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::List(_) => {
                self.wrong_type(node, name, "a mapping");
                None
            }
        }
    }

    fn unknown(&mut self, key: &Key, value: &Node, section: &str, keys: &[&str]) {
        let shown = key.text.escape_debug();
        let (code, message) = if section.is_empty() {
            (codes::UNKNOWN_SECTION, format!("there is no section `{shown}`"))
        } else {
            (codes::UNKNOWN_KEY, format!("`{section}` has no key `{shown}`"))
        };
        let hint = match nearest(&key.text, keys.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the keys here are {}", keys.join(", ")),
        };
        if self.rigour.is_authored {
            self.error(code, key.at, message, Some(hint));
        } else {
            self.warn(code, key.at, format!("{message}; it is kept and has no effect"), Some(hint));
            let path = if section.is_empty() { key.text.clone() } else { format!("{section}.{}", key.text) };
            self.other.push((path, value.to_json()));
        }
    }

    fn wrong_type(&mut self, node: &Node, name: &str, wanted: &str) {
        let found = node.value.kind();
        let hint = match (&node.value, wanted) {
            (Value::Null, _) => Some("give it a value, or leave the key out".to_owned()),
            (Value::Text(text), "a list") => {
                Some(format!("write `[{}]`", serde_json::Value::from(text.as_str())))
            }
            (Value::Number(_) | Value::Bool(_), "a text" | "a pattern") => {
                Some("put it in quotes".to_owned())
            }
            (Value::Text(text), "true or false") => match text.to_ascii_lowercase().as_str() {
                "yes" | "on" | "y" | "true" => Some("write `true`, without quotes".to_owned()),
                "no" | "off" | "n" | "false" => Some("write `false`, without quotes".to_owned()),
                _ => None,
            },
            (Value::Map(_), "a pattern") => Some("write `- pattern: \"…\"`".to_owned()),
            (Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::List(_) | Value::Map(_), _) => None,
        };
        let name = if name.is_empty() { "a policy" } else { name };
        self.error(
            codes::WRONG_TYPE,
            node.at,
            format!("`{}` must be {wanted}, and this is {found}", name.escape_debug()),
            hint,
        );
    }
}

/// More findings than this are not told.
const MOST_FINDINGS: usize = 50;
