//! The policy language as a JSON Schema, for editors: from the same tables that policies are read by.

use serde_json::{Map, Value, json};

use super::super::words::{ANSWERS, DEFAULTS, DELEGATES, FORCE_PUSHES, MODES};
use super::sections::{
    APPROVALS, COMMANDS, EVIDENCE, FILESYSTEM, GIT, MCP, METADATA, NETWORK, POLICY, SECTIONS, TOOLS,
};
use crate::grammar::effects::CommandEffect;

/// The schema of an authored policy (draft 2020-12).
pub(in super::super) fn schema() -> Value {
    let sections = SECTIONS.map(|section| (section, section_of(section)));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A policy of Cavra",
        "type": "object",
        "additionalProperties": false,
        "properties": Value::from_iter(sections),
        "$defs": {
            "pattern": {
                "description": "`*` stands for any text, everything else for itself; it meets the whole text",
                "oneOf": [
                    { "type": "string", "pattern": "\\S" },
                    {
                        "type": "object",
                        "additionalProperties": false,
                        "required": ["pattern"],
                        "properties": {
                            "pattern": { "type": "string", "pattern": "\\S" },
                            "reason": { "type": "string", "description": "why it is there; refusals tell it" },
                            "alternative": { "type": "string", "description": "one thing to do instead" },
                            "controls": { "$ref": "#/$defs/texts" },
                            "match": { "$ref": "#/$defs/texts" },
                            "not_match": { "$ref": "#/$defs/texts" },
                        },
                    },
                ],
            },
            "patterns": { "type": "array", "items": { "$ref": "#/$defs/pattern" } },
            "texts": { "type": "array", "items": { "type": "string" } },
        },
    })
}

fn section_of(section: &str) -> Value {
    let keys: &[&str] = match section {
        "metadata" => &METADATA,
        "filesystem" => &FILESYSTEM,
        "commands" => &COMMANDS,
        "network" => &NETWORK,
        "git" => &GIT,
        "mcp" => &MCP,
        "approvals" => &APPROVALS,
        "policy" => &POLICY,
        "evidence" => &EVIDENCE,
        _ => &[],
    };
    let shapes: Map<String, Value> = keys
        .iter()
        .map(|key| ((*key).to_owned(), shape(section, key).unwrap_or(Value::Bool(true))))
        .collect();
    let told = object(shapes);
    if section == "metadata" { with(told, "required", json!(["id", "version"])) } else { told }
}

/// What a key takes; none if it is in no table here.
fn shape(section: &str, key: &str) -> Option<Value> {
    let patterns = || Some(json!({ "$ref": "#/$defs/patterns" }));
    let texts = || Some(json!({ "$ref": "#/$defs/texts" }));
    match (section, key) {
        ("metadata", "version") => Some(json!({ "type": ["string", "number"] })),
        ("metadata", "mode") => Some(word(&MODES)),
        ("metadata", "delegate") => Some(word(&DELEGATES)),
        ("metadata", "inherits") => {
            Some(json!({ "oneOf": [{ "type": "string" }, { "$ref": "#/$defs/texts" }] }))
        }
        ("metadata", "id" | "title" | "description") => Some(json!({ "type": "string" })),
        ("filesystem", "recursive_read" | "unresolved_read" | "recursive_write" | "unresolved_write")
        | ("network", "default") => Some(word(&ANSWERS)),
        (
            "filesystem",
            "block_read"
            | "require_approval_read"
            | "block_write"
            | "require_approval_write"
            | "block_content",
        )
        | ("commands", "block" | "require_approval" | "allow")
        | ("network", "block_hosts" | "require_approval_hosts" | "allow_hosts")
        | ("git", "protected_branches" | "block_push_branches" | "require_approval_push")
        | ("evidence", "redact") => patterns(),
        ("commands", "default") => Some(word(&DEFAULTS)),
        ("commands", "effects") => {
            let answers = CommandEffect::ALL.iter().map(|effect| {
                let does = json!(format!("a command that {}", effect.does()));
                (effect.id().to_owned(), with(word(&ANSWERS), "description", does))
            });
            Some(object(answers.collect()))
        }
        ("git", "block_force_push") => Some(word(&FORCE_PUSHES)),
        (
            "git",
            "block_direct_push_to_protected_branch"
            | "block_commit_to_protected_branch"
            | "block_branch_deletion"
            | "block_hook_bypass",
        )
        | ("mcp", "block_unknown_servers" | "pin_tools" | "block_secrets" | "approve_out_of_band")
        | ("evidence", "required" | "sign") => Some(single(json!({ "type": "boolean" }))),
        ("mcp", "allowed_servers" | "blocked_servers") => texts(),
        ("mcp", "tools") => {
            let lists = TOOLS.map(|list| (list.to_owned(), json!({ "$ref": "#/$defs/patterns" })));
            Some(json!({ "type": "object", "additionalProperties": object(Map::from_iter(lists)) }))
        }
        ("approvals", "groups") => Some(json!({ "oneOf": [
            { "$ref": "#/$defs/texts" },
            { "type": "object", "additionalProperties": object(Map::from_iter([
                ("signers".to_owned(), json!({ "$ref": "#/$defs/texts" })),
                ("minimum".to_owned(), single(json!({ "type": "integer", "minimum": 1 }))),
            ])) },
        ] })),
        ("approvals", "revoked") | ("policy", "require_signature") => texts(),
        ("approvals", "notify") => Some(single(json!({ "type": "boolean" }))),
        ("approvals", "ttl") => Some(single(json!({ "type": ["string", "integer"] }))),
        ("evidence", "retention_days" | "max_megabytes") => {
            Some(single(json!({ "type": "integer", "minimum": 1 })))
        }
        _ => None,
    }
}

fn with(mut schema: Value, key: &str, value: Value) -> Value {
    if let Value::Object(members) = &mut schema {
        members.insert(key.to_owned(), value);
    }
    schema
}

fn object(properties: Map<String, Value>) -> Value {
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

/// One word of a table.
fn word<T>(words: &[(&str, T)]) -> Value {
    let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    single(json!({ "enum": words }))
}

/// A value by itself, or with the controls that it serves.
fn single(value: Value) -> Value {
    let with_controls = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["value"],
        "properties": { "value": value, "controls": { "$ref": "#/$defs/texts" } },
    });
    json!({ "oneOf": [value, with_controls] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_language_has_its_shape() {
        let schema = schema();
        for section in SECTIONS {
            let keys = schema["properties"][section]["properties"].as_object().expect("an object");
            assert!(!keys.is_empty(), "{section}");
            for (key, shape) in keys {
                assert!(shape.is_object(), "`{section}.{key}` has no shape");
            }
        }
    }
}
