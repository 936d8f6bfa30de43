//! A checker for as much of JSON Schema as the contract's schema uses. A keyword that it does not know is a fault,
//! so that nothing in the schema goes unchecked.

use serde_json::Value;

/// What is wrong with a value, by the definition of that name.
pub(crate) fn faults(schema: &Value, definition: &str, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    check(schema, &schema["$defs"][definition], value, definition, &mut faults);
    faults
}

fn check(root: &Value, schema: &Value, value: &Value, place: &str, faults: &mut Vec<String>) {
    let keywords = schema.as_object().unwrap_or_else(|| panic!("{place} has no schema"));
    for (keyword, rule) in keywords {
        let holds = match keyword.as_str() {
            "description" | "examples" => true,
            "$ref" => {
                let name =
                    rule.as_str().and_then(|text| text.strip_prefix("#/$defs/")).expect("a definition");
                check(root, &root["$defs"][name], value, place, faults);
                true
            }
            "anyOf" => rule.as_array().expect("a list").iter().any(|choice| {
                let mut own = Vec::new();
                check(root, choice, value, place, &mut own);
                own.is_empty()
            }),
            "type" => match rule {
                Value::String(kind) => is_of(kind, value),
                Value::Array(kinds) => kinds.iter().any(|kind| is_of(kind.as_str().expect("a type"), value)),
                other => panic!("{place}: {other} is no type"),
            },
            "enum" => rule.as_array().expect("a list").contains(value),
            "required" => value.as_object().is_none_or(|members| {
                rule.as_array()
                    .expect("a list")
                    .iter()
                    .all(|name| members.contains_key(name.as_str().expect("a name")))
            }),
            "properties" => {
                for (name, property) in rule.as_object().expect("an object") {
                    if let Some(member) = value.get(name) {
                        check(root, property, member, &format!("{place}.{name}"), faults);
                    }
                }
                true
            }
            "items" => {
                for item in value.as_array().into_iter().flatten() {
                    check(root, rule, item, &format!("{place}[]"), faults);
                }
                true
            }
            "minimum" => value.as_i64().is_none_or(|number| number >= rule.as_i64().expect("a bound")),
            "maximum" => value.as_i64().is_none_or(|number| number <= rule.as_i64().expect("a bound")),
            "pattern" => value.as_str().is_none_or(|text| has_shape(rule.as_str().expect("a pattern"), text)),
            other => panic!("{place}: the checker does not know `{other}`"),
        };
        if !holds {
            faults.push(format!("{place}: {value} is not as `{keyword}` says: {rule}"));
        }
    }
}

fn is_of(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("`{other}` is no type that the schema uses"),
    }
}

type Class = (&'static str, fn(char) -> bool);

const CLASSES: [Class; 2] =
    [("[0-9a-f]", |c| matches!(c, '0'..='9' | 'a'..='f')), ("[0-9]", |c| c.is_ascii_digit())];

/// Anchored patterns of literals, `\.`, `[0-9]`, `[0-9a-f]` and `{n}` behind a class.
fn has_shape(pattern: &str, text: &str) -> bool {
    let mut rest =
        pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$')).expect("an anchored pattern");
    let mut letters = text.chars();
    while let Some(first) = rest.chars().next() {
        let class = CLASSES.iter().find_map(|(name, is_in)| Some((rest.strip_prefix(name)?, is_in)));
        if let Some((after, is_in)) = class {
            let (count, after) =
                after.strip_prefix('{').and_then(|after| after.split_once('}')).expect("a count");
            rest = after;
            for _ in 0..count.parse::<usize>().expect("a count") {
                if !letters.next().is_some_and(is_in) {
                    return false;
                }
            }
        } else {
            let literal = if first == '\\' { rest.chars().nth(1).expect("an escaped letter") } else { first };
            assert!(literal == '.' && first == '\\' || !r"\.[]{}()*+?|^$".contains(literal), "{pattern}");
            rest = &rest[if first == '\\' { 2 } else { first.len_utf8() }..];
            if letters.next() != Some(literal) {
                return false;
            }
        }
    }
    letters.next().is_none()
}

#[test]
fn the_checker_finds_what_is_wrong() {
    let schema = serde_json::json!({"$defs": {"Thing": {
        "type": "object", "required": ["id"],
        "properties": {"id": {"type": "string", "pattern": r"^x_[0-9]{2}\.$"}, "kind": {"enum": ["a", "b"]},
                       "count": {"type": "integer", "minimum": 0, "maximum": 3},
                       "list": {"type": ["array", "null"], "items": {"type": "string"}}},
    }}});
    let count = |value: Value| faults(&schema, "Thing", &value).len();
    assert_eq!(
        count(serde_json::json!({"id": "x_12.", "kind": "a", "count": 3, "list": null, "more": 1})),
        0
    );
    assert_eq!(count(serde_json::json!({"id": "x_1a.", "kind": "c", "count": 4, "list": [1]})), 4);
    assert_eq!(count(serde_json::json!({"count": -1, "list": "x"})), 3);
    assert_eq!(count(serde_json::json!({"id": "x_12.."})), 1);
    assert_eq!(count(serde_json::json!([])), 1);
}
