//! Changing a frame in as few bytes as can be: everything else stays as it came.

use serde_json::Value as Json;

use crate::intercept::mcp::{Node, Value};

/// A part of a frame, and what stands there instead.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Edit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: Vec<u8>,
}

impl Edit {
    /// Puts JSON in place of a value.
    pub(super) fn value(node: &Node<'_>, json: &Json) -> Self {
        Self { start: node.start, end: node.end, text: json.to_string().into_bytes() }
    }
}

/// The frame with its edits, which do not overlap.
pub(super) fn apply(frame: &[u8], mut edits: Vec<Edit>) -> Vec<u8> {
    edits.sort_by_key(|edit| edit.start);
    let mut changed = Vec::with_capacity(frame.len());
    let mut at = 0;
    for edit in edits {
        changed.extend_from_slice(frame.get(at..edit.start).unwrap_or_default());
        changed.extend_from_slice(&edit.text);
        at = edit.end;
    }
    changed.extend_from_slice(frame.get(at..).unwrap_or_default());
    changed
}

/// A list with only some of its items.
pub(super) fn kept_items(list: &Node<'_>, frame: &[u8], keep: impl Fn(usize) -> bool) -> Edit {
    let kept: Vec<&[u8]> = list
        .items()
        .iter()
        .enumerate()
        .filter(|(place, _)| keep(*place))
        .map(|(_, item)| item.raw(frame))
        .collect();
    let mut text = vec![b'['];
    text.extend(kept.join(&b','));
    text.push(b']');
    Edit { start: list.start, end: list.end, text }
}

/// The value as another library reads it, to have secrets taken out of it. What is no text for people, pictures and
/// sound, is left out: chance would find secrets in it.
pub(super) fn to_json(node: &Node<'_>) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(truth) => Json::Bool(*truth),
        Value::Number(number) => serde_json::from_str(number).unwrap_or(Json::Null),
        Value::Text(text) => Json::String(text.to_string()),
        Value::List(items) => Json::Array(items.iter().map(to_json).collect()),
        Value::Object(members) => {
            let is_media =
                node.get("type").and_then(Node::text).is_some_and(|kind| matches!(kind, "image" | "audio"));
            let has_type = node.get("mimeType").is_some();
            let is_left_out = |name: &str| is_media && name == "data" || has_type && name == "blob";
            Json::Object(
                members
                    .iter()
                    .filter(|member| !is_left_out(&member.name))
                    .map(|member| (member.name.to_string(), to_json(&member.value)))
                    .collect(),
            )
        }
    }
}

/// The edits that make a value what it is without its secrets, and the kinds of what was found. Types are kept: a text
/// stays a text, a number a number.
pub(super) fn without_secrets(node: &Node<'_>, clean: &Json) -> (Vec<Edit>, Vec<String>) {
    let (mut edits, mut kinds) = (Vec::new(), Vec::new());
    compare(node, clean, &mut edits, &mut kinds);
    (edits, kinds)
}

fn compare(node: &Node<'_>, clean: &Json, edits: &mut Vec<Edit>, kinds: &mut Vec<String>) {
    match (&node.value, clean) {
        (Value::Text(text), Json::String(told)) => {
            if text.as_ref() != told {
                kinds_of(told, kinds);
                edits.push(Edit::value(node, clean));
            }
        }
        (Value::Number(_), Json::String(told)) => {
            kinds_of(told, kinds);
            edits.push(Edit { start: node.start, end: node.end, text: b"0".to_vec() });
        }
        (Value::List(items), Json::Array(told)) => {
            for (item, told) in items.iter().zip(told) {
                compare(item, told, edits, kinds);
            }
        }
        (Value::Object(members), Json::Object(told)) => {
            // A name that holds a secret is another one now.
            let is_renamed = told.keys().any(|name| node.get(name).is_none());
            if is_renamed {
                kinds_of(&clean.to_string(), kinds);
                edits.push(Edit::value(node, clean));
                return;
            }
            for member in members {
                if let Some(told) = told.get(member.name.as_ref()) {
                    compare(&member.value, told, edits, kinds);
                }
            }
        }
        (Value::List(_) | Value::Object(_), Json::String(told)) => {
            // Too deep to be looked through part by part.
            if told.contains(MARK) {
                kinds_of(told, kinds);
                edits.push(Edit::value(node, clean));
            }
        }
        (_, _) => {}
    }
}

const MARK: &str = "[redacted:";

/// The kinds that the marks in a text name.
fn kinds_of(text: &str, kinds: &mut Vec<String>) {
    for part in text.split(MARK).skip(1) {
        let kind = part.split(']').next().unwrap_or_default().to_owned();
        if !kinds.contains(&kind) && kinds.len() < 32 {
            kinds.push(kind);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intercept::mcp::{Side, scan};

    #[test]
    fn only_what_is_secret_changes_and_types_stay() {
        let frame = br#"{ "a" : "x \u0041", "password":"hunter2x","pin_code":[1,{"token":12345678}] }"#;
        let node = scan(frame, Side::Server).expect("JSON");
        let clean: Json = serde_json::from_str(
            r#"{"a":"x A","password":"[redacted:password]","pin_code":[1,{"token":"[redacted:token]"}]}"#,
        )
        .expect("JSON");
        let (edits, kinds) = without_secrets(&node, &clean);
        assert_eq!(kinds, ["password", "token"]);
        assert_eq!(
            String::from_utf8_lossy(&apply(frame, edits)),
            r#"{ "a" : "x \u0041", "password":"[redacted:password]","pin_code":[1,{"token":0}] }"#
        );
    }

    #[test]
    fn pictures_are_left_out_and_items_are_cut() {
        let frame = br#"{"content":[{"type":"image","data":"AKIA","mimeType":"image/png"},{"type":"text","data":"b"}]}"#;
        let node = scan(frame, Side::Server).expect("JSON");
        let json = to_json(&node);
        assert_eq!(json["content"][0].get("data"), None);
        assert_eq!(json["content"][1]["data"], "b");
        let list = node.get("content").expect("a list");
        let edit = kept_items(list, frame, |place| place == 1);
        assert_eq!(
            String::from_utf8_lossy(&apply(frame, vec![edit])),
            r#"{"content":[{"type":"text","data":"b"}]}"#
        );
    }
}
