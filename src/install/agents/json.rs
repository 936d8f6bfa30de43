//! Settings in JSON, changed as text.

use jsonc_parser::ParseOptions;
use jsonc_parser::cst::{CstArray, CstInputValue, CstNode, CstObject, CstRootNode};
use serde_json::Value;

use super::edit::calls;
use crate::intercept::agent::Agent;

/// The text with an entry for each event in the object that `into` leads to. An entry of Cavra's that is there already
/// is replaced where it stands.
pub(super) fn with(
    text: &str,
    into: &[&str],
    entries: &[(&str, String)],
    beside: &str,
    agent: Agent,
) -> Result<String, String> {
    let root = parsed(text)?;
    let object = root.object_value_or_create().ok_or("it holds something else than an object")?;
    for (name, value) in members(beside)? {
        if object.get(&name).is_none() {
            object.append(&name, input(&value));
        }
    }
    let mut inner = object;
    for name in into {
        inner = inner.object_value_or_create(name).ok_or(format!("its `{name}` is no object"))?;
    }
    for (event, entry) in entries {
        let list = inner.array_value_or_create(event).ok_or(format!("its `{event}` is no list"))?;
        let value: Value = serde_json::from_str(entry).map_err(|error| error.to_string())?;
        let mut ours = list.elements().into_iter().filter(|element| is_ours(element, agent));
        match ours.next() {
            Some(first) => {
                if self::value(&first).as_ref() != Some(&value) {
                    let at = place(&list, &first);
                    first.remove();
                    list.insert(at, input(&value));
                }
            }
            None => {
                list.append(input(&value));
            }
        }
        ours.for_each(CstNode::remove);
    }
    let mut text = root.to_string();
    if !text.ends_with('\n') && text.lines().count() > 1 && into.is_empty() {
        text.push('\n');
    }
    Ok(text)
}

/// The text without Cavra's entries, and without what is empty then.
pub(super) fn without(text: &str, into: &[&str], events: &[&str], agent: Agent) -> Result<String, String> {
    let root = parsed(text)?;
    let Some(mut inner) = root.object_value() else { return Ok(text.to_owned()) };
    let mut way: Vec<(CstObject, &str)> = Vec::new();
    for name in into {
        let Some(next) = inner.object_value(name) else { return Ok(text.to_owned()) };
        way.push((inner, name));
        inner = next;
    }
    for event in events {
        let Some(list) = inner.array_value(event) else { continue };
        let ours: Vec<_> = list.elements().into_iter().filter(|element| is_ours(element, agent)).collect();
        let had_ours = !ours.is_empty();
        ours.into_iter().for_each(CstNode::remove);
        if had_ours
            && list.elements().is_empty()
            && let Some(member) = inner.get(event)
        {
            member.remove();
        }
    }
    for (outer, name) in way.into_iter().rev() {
        let is_empty = outer.object_value(name).is_some_and(|inner| inner.properties().is_empty());
        if let Some(member) = outer.get(name).filter(|_| is_empty) {
            member.remove();
        }
    }
    Ok(root.to_string())
}

/// The entries of Cavra's in the text, with their events.
pub(super) fn entries(text: &str, into: &[&str], agent: Agent) -> Result<Vec<(String, Value)>, String> {
    let root = parsed(text)?;
    let Some(mut inner) = root.object_value() else { return Ok(Vec::new()) };
    for name in into {
        let Some(next) = inner.object_value(name) else { return Ok(Vec::new()) };
        inner = next;
    }
    let mut found = Vec::new();
    for member in inner.properties() {
        let (Some(name), Some(list)) = (member.decoded_name(), member.array_value()) else { continue };
        let values = list.elements().into_iter().filter_map(|element| value(&element));
        found.extend(values.filter(|value| calls(value, agent)).map(|value| (name.clone(), value)));
    }
    Ok(found)
}

fn parsed(text: &str) -> Result<CstRootNode, String> {
    let options = ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let text = if text.trim().is_empty() { "{}\n" } else { text };
    CstRootNode::parse(text, &options).map_err(|error| format!("it is no JSON: {error}"))
}

fn is_ours(element: &CstNode, agent: Agent) -> bool {
    value(element).is_some_and(|value| calls(&value, agent))
}

/// The value of an element; comments in it are left out.
fn value(element: &CstNode) -> Option<Value> {
    if let Some(text) = element.as_string_lit() {
        return text.decoded_value().ok().map(Value::String);
    }
    if let Some(list) = element.as_array() {
        return Some(Value::Array(list.elements().iter().filter_map(value).collect()));
    }
    if let Some(object) = element.as_object() {
        let members = object
            .properties()
            .into_iter()
            .filter_map(|member| Some((member.decoded_name()?, value(&member.value()?)?)));
        return Some(Value::Object(members.collect()));
    }
    serde_json::from_str(&element.to_string()).ok()
}

fn place(list: &CstArray, element: &CstNode) -> usize {
    let index = element.child_index();
    list.elements().iter().position(|other| other.child_index() == index).unwrap_or_default()
}

/// The members of an object, in the order of its text.
fn members(text: &str) -> Result<Vec<(String, Value)>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    Ok(value.as_object().cloned().unwrap_or_default().into_iter().collect())
}

fn input(value: &Value) -> CstInputValue {
    match value {
        Value::Null => CstInputValue::Null,
        Value::Bool(value) => CstInputValue::Bool(*value),
        Value::Number(value) => CstInputValue::Number(value.to_string()),
        Value::String(value) => CstInputValue::String(value.clone()),
        Value::Array(items) => CstInputValue::Array(items.iter().map(input).collect()),
        Value::Object(members) => {
            CstInputValue::Object(members.iter().map(|(name, value)| (name.clone(), input(value))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = r#"{"hooks":[{"command":"/x/cavra hook agent codex --event PreToolUse"}]}"#;

    fn put(text: &str) -> String {
        with(text, &["hooks"], &[("PreToolUse", ENTRY.to_owned())], r#"{"version":1}"#, Agent::Codex).unwrap()
    }

    #[test]
    fn comments_order_and_layout_stay() {
        let before = "// mine\n{\n\t\"z\": 1, /* why */\n\t\"hooks\": {\n\t\t\"PreToolUse\": [\n\t\t\t{\"a\": 1}, // first\n\t\t],\n\t},\n\t\"a\": [1,2],\n}\n";
        let after = put(before);
        for kept in ["// mine", "\"z\": 1, /* why */", "{\"a\": 1}, // first", "\"a\": [1,2],"] {
            assert!(after.contains(kept), "{after}");
        }
        assert_eq!(put(&after), after, "the second time changes nothing");
        let again = without(&after, &["hooks"], &["PreToolUse"], Agent::Codex).unwrap();
        assert!(!again.contains("cavra") && again.contains("{\"a\": 1}"), "{again}");
    }

    #[test]
    fn an_entry_for_another_path_is_replaced_where_it_stands() {
        let before = put("{}").replace("/x/cavra", "/old/cavra");
        assert_eq!(put(&before), put("{}"));
        assert_eq!(entries(&before, &["hooks"], Agent::Codex).unwrap().len(), 1);
    }

    #[test]
    fn what_is_no_settings_is_left() {
        for text in ["[]", "{", "{\"hooks\": 1}", "{\"hooks\": {\"PreToolUse\": {}}}", "{'a': 1}"] {
            let told = with(text, &["hooks"], &[("PreToolUse", ENTRY.to_owned())], "{}", Agent::Codex);
            assert!(told.is_err(), "{text}");
        }
    }
}
