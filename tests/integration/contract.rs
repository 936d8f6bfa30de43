//! The contract is published three times: as protocol buffers, as a JSON Schema, and as the types of the program.
//! These tests hold the three together, in both directions, and hold every golden request and every answer to it
//! against the schema.

use std::collections::BTreeMap;
use std::process::Command;

use cavra::contract::{
    Content, Context, Decision, Effect, Layer, Location, McpFacts, PACKAGE, PROTO, RefUpdate,
    ReleaseGovernance, Request, RuleId, Run, SCHEMA, Severity,
};
use cavra::evaluate::Deviation;
use cavra::gate;
use serde_json::{Value, json};
use similar_asserts::assert_eq;

use crate::cases::{golden, policy, registry, request};
use crate::sandbox::Sandbox;
use crate::schema::faults;

/// Each message of the contract with its fields, as the types of the program have them.
fn messages() -> BTreeMap<&'static str, Vec<&'static str>> {
    BTreeMap::from([
        ("Content", Content::FIELDS.to_vec()),
        ("Context", Context::FIELDS.to_vec()),
        ("Decision", Decision::FIELDS.to_vec()),
        ("Location", Location::FIELDS.to_vec()),
        ("McpFacts", McpFacts::FIELDS.to_vec()),
        ("RefUpdate", RefUpdate::FIELDS.to_vec()),
        ("Run", Run::FIELDS.to_vec()),
        ("ReleaseGovernance", ReleaseGovernance::FIELDS.to_vec()),
        ("Request", Request::FIELDS.to_vec()),
    ])
}

fn schema() -> Value {
    serde_json::from_str(SCHEMA).expect("the schema is JSON")
}

#[test]
fn the_proto_has_the_messages_and_fields_of_the_types_in_their_order() {
    let proto = Proto::read(PROTO);
    assert_eq!(proto.package, PACKAGE);
    assert_eq!(proto.methods, ["rpc Evaluate(Request) returns (Decision)"]);
    let fields: BTreeMap<&str, Vec<&str>> = proto
        .messages
        .iter()
        .map(|(name, fields)| (name.as_str(), fields.iter().map(|field| field.name.as_str()).collect()))
        .collect();
    assert_eq!(fields, messages());
}

#[test]
fn every_field_of_the_proto_has_a_comment_and_a_number_of_its_own_from_one_on() {
    let proto = Proto::read(PROTO);
    let faults: Vec<String> = proto
        .messages
        .iter()
        .flat_map(|(message, fields)| {
            fields.iter().enumerate().map(move |(place, field)| (message, place, field))
        })
        .filter(|(_, place, field)| !field.has_comment || field.number != place + 1)
        .map(|(message, _, field)| format!("{message}.{} = {}", field.name, field.number))
        .collect();
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn the_proto_and_the_schema_give_each_field_the_same_type() {
    let (proto, schema) = (Proto::read(PROTO), schema());
    for (message, fields) in &proto.messages {
        for field in fields {
            let property = &schema["$defs"][message]["properties"][&field.name];
            assert_eq!(json_type(&schema, property), field.kind, "{message}.{}", field.name);
        }
    }
}

#[test]
fn the_schema_has_the_messages_and_fields_of_the_types_each_described() {
    let schema = schema();
    for (message, fields) in messages() {
        let definition = &schema["$defs"][message];
        let properties = definition["properties"].as_object().unwrap_or_else(|| panic!("{message}"));
        let mut names: Vec<&str> = properties.keys().map(String::as_str).collect();
        let mut expected = fields.clone();
        names.sort_unstable();
        expected.sort_unstable();
        assert_eq!(names, expected, "{message}");
        for (name, property) in properties {
            let description = property["description"].as_str().unwrap_or("");
            assert!(description.ends_with('.'), "{message}.{name} is described in a sentence");
        }
    }
    let definitions: Vec<&String> = schema["$defs"].as_object().expect("definitions").keys().collect();
    assert_eq!(
        definitions,
        [
            "Content",
            "Context",
            "Decision",
            "Deviation",
            "Effect",
            "Layer",
            "Location",
            "McpFacts",
            "RefUpdate",
            "ReleaseGovernance",
            "Request",
            "RuleId",
            "Run",
            "Severity"
        ]
    );
}

#[test]
fn the_closed_sets_of_the_schema_are_those_of_the_types() {
    let schema = schema();
    let words = |name: &str| schema["$defs"][name]["enum"].clone();
    assert_eq!(words("Effect"), json!(Effect::ALL.map(Effect::as_str)));
    assert_eq!(words("RuleId"), json!(RuleId::ALL.iter().map(|rule| rule.as_str()).collect::<Vec<_>>()));
    assert_eq!(words("Deviation"), json!(Deviation::ALL.iter().map(|one| one.id()).collect::<Vec<_>>()));
    let severities = [Severity::Low, Severity::Medium, Severity::High, Severity::Critical];
    assert_eq!(words("Severity"), json!(severities.map(Severity::as_str)));
    let layers = [Layer::Managed, Layer::User, Layer::Pack, Layer::Project, Layer::Named];
    assert_eq!(words("Layer"), json!(layers.map(Layer::as_str)));
}

#[test]
fn a_request_with_every_field_goes_through_the_type_and_back() {
    let whole = whole_request();
    let text = serde_json::to_string(&request(&whole)).expect("a request is JSON");
    let back: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(back, whole);
    assert_eq!(faults(&schema(), "Request", &whole), Vec::<String>::new());
    let keys = |value: &Value| value.as_object().expect("an object").len();
    assert_eq!(keys(&whole), Request::FIELDS.len());
    assert_eq!(keys(&whole["context"]), Context::FIELDS.len());
    assert_eq!(keys(&whole["context"]["ref_update"]), RefUpdate::FIELDS.len());
    assert_eq!(keys(&whole["context"]["mcp"]), McpFacts::FIELDS.len());
    assert_eq!(keys(&whole["release_governance"]), ReleaseGovernance::FIELDS.len());
}

/// Every field of a request, none at its default; the typed record is made from the schema.
fn whole_request() -> Value {
    let schema = schema();
    let typed: serde_json::Map<String, Value> = schema["$defs"]["ReleaseGovernance"]["properties"]
        .as_object()
        .expect("properties")
        .iter()
        .map(|(name, property)| {
            let value = match json_type(&schema, property).as_str() {
                "string" => json!("x"),
                "int64" => json!(-7),
                "bool" => json!(true),
                "repeated string" => json!(["a", "b"]),
                other => panic!("{name}: {other}"),
            };
            (name.clone(), value)
        })
        .collect();
    let context = json!({"cwd": "/w", "repo": "/w", "branch": "b", "seam": "git_hook", "argv": ["git", ""],
                    "folds_case": true, "spellings": ["x"], "open_words": [1], "whole_words": [1], "open_target": true, "origin": "o", "digest": "d", "runs": [{"argv": ["x"], "open_words": [0], "whole_words": [0]}], "tree": ["f"], "effects": ["publishes"], "hosts": ["h"], "content": [{"shape": "github-token", "line": 3, "excerpt": "ghp_…"}],
                    "mcp": {"method": "tools/call", "command": ["x"], "arguments": "d", "definition": "new",
                            "flags": ["f"], "secrets": ["s"]},
                    "ref_update": {"remote_ref": "refs/heads/b", "remote": "u", "forced": true, "deletes": true}});
    json!({
        "session_id": "s", "agent_id": "a", "actor": "me", "action_type": "git_operation", "target": "t",
        "operation": "o", "requested_operation": "r", "policy_pack": "p", "server": "v", "tool": "l",
        "capability": "c", "record": {"a": [null, {"b": "c"}]}, "release_governance": typed,
        "runner_auth": {"token": "x"},
        "context": context,
    })
}

#[test]
fn what_the_program_takes_for_a_wrong_type_the_schema_does_too() {
    let schema = schema();
    let mut tried = 0;
    for name in Request::FIELDS {
        for value in [json!(1), json!(true), json!([]), json!("x"), json!({}), json!([1]), Value::Null] {
            let case = json!({ *name: value });
            let is_read = serde_json::from_value::<Request>(case.clone()).is_ok();
            assert_eq!(faults(&schema, "Request", &case).is_empty(), is_read, "{case}");
            tried += 1;
        }
    }
    for (outer, names) in [("context", Context::FIELDS), ("release_governance", ReleaseGovernance::FIELDS)] {
        for name in names {
            for value in
                [json!(1), json!(1.5), json!(true), json!([]), json!([1]), json!("x"), json!({}), Value::Null]
            {
                let case = json!({ outer: { *name: value } });
                let is_read = serde_json::from_value::<Request>(case.clone()).is_ok();
                assert_eq!(faults(&schema, "Request", &case).is_empty(), is_read, "{case}");
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 15 * 7 + (Context::FIELDS.len() + ReleaseGovernance::FIELDS.len()) * 8);
}

#[test]
fn every_golden_request_and_every_answer_is_as_the_schema_says() {
    let schema = schema();
    for row in golden() {
        let none = Vec::<String>::new();
        assert_eq!(faults(&schema, "Request", &row.request), none, "row {}", row.line);
        let policy = policy(&row.policy_json());
        let registry = row.registry_json().map(|value| registry(&value));
        let decision = gate::parity(&request(&row.request), &policy, registry.as_ref());
        let value = serde_json::to_value(&decision).expect("a decision is JSON");
        assert_eq!(faults(&schema, "Decision", &value), none, "row {}", row.line);
        let mut whole = value.clone();
        for (name, word) in row.expected.as_object().expect("an object") {
            whole[name] = word.clone();
        }
        assert_eq!(faults(&schema, "Decision", &whole), none, "row {}", row.line);
        let stray: Vec<&String> = value
            .as_object()
            .expect("an object")
            .keys()
            .filter(|name| !Decision::FIELDS.contains(&name.as_str()))
            .collect();
        assert!(stray.is_empty(), "{stray:?}");
    }
}

#[test]
fn a_decision_with_every_field_has_exactly_the_fields_of_the_contract_in_their_order() {
    let mut decision = gate::malformed("x");
    decision.approver_group = "g".to_owned();
    decision.base_decision = Some(Effect::Allow);
    decision.deviation = Some("D1");
    decision.matched = Some("m".to_owned());
    decision.policy_location = Some(Location { layer: "managed", path: "p".into(), line: 1, column: 2 });
    decision.alternative = Some("a".to_owned());
    decision.origin = "o".to_owned();
    let text = serde_json::to_string(&decision).expect("a decision is JSON");
    let places: Vec<usize> = Decision::FIELDS
        .iter()
        .map(|name| text.find(&format!("\"{name}\":")).unwrap_or_else(|| panic!("{name} is missing")))
        .collect();
    assert!(places.is_sorted(), "{text}");
    let value: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(value.as_object().expect("an object").len(), Decision::FIELDS.len());
    assert_eq!(value["policy_location"].as_object().expect("an object").len(), Location::FIELDS.len());
    assert_eq!(faults(&schema(), "Decision", &value), Vec::<String>::new());
}

#[test]
fn the_program_prints_the_schema() {
    Sandbox::new().run(["evaluate", "--schema"]).exit(0).stdout(SCHEMA).stderr("");
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn protoc_takes_the_proto_where_the_machine_has_it() {
    if Command::new("protoc").arg("--version").output().is_err() {
        eprintln!("skipped: there is no `protoc` on this machine");
        return;
    }
    let sandbox = Sandbox::new();
    sandbox.write("work/enforcement.proto", PROTO);
    sandbox
        .run_program("protoc", ["--descriptor_set_out=/dev/null", "enforcement.proto"])
        .exit(0)
        .stdout("")
        .stderr("");
}

/// The type that a property of the schema has in the proto.
fn json_type(schema: &Value, property: &Value) -> String {
    if let Some(reference) = property["$ref"].as_str().or_else(|| property["anyOf"][0]["$ref"].as_str()) {
        let name = reference.strip_prefix("#/$defs/").expect("a definition");
        let is_word = schema["$defs"][name]["type"] == "string";
        return if is_word { "string".to_owned() } else { name.to_owned() };
    }
    let kind = property["type"].as_str().or_else(|| property["type"][0].as_str()).expect("a type");
    match kind {
        "string" => "string",
        "boolean" => "bool",
        "object" => "google.protobuf.Struct",
        "integer" if property["maximum"] == u32::MAX => "uint32",
        "integer" => "int64",
        "array" if property["items"]["$ref"] == "#/$defs/Run" => "repeated Run",
        "array" if property["items"]["$ref"] == "#/$defs/Content" => "repeated Content",
        "array" if property["items"]["type"] == "string" => "repeated string",
        "array" if property["items"]["maximum"] == u32::MAX => "repeated uint32",
        other => panic!("{other}"),
    }
    .to_owned()
}

/// As much of a `.proto` file as ours uses; anything else is a fault.
#[derive(Default)]
struct Proto {
    package: String,
    methods: Vec<String>,
    messages: BTreeMap<String, Vec<Field>>,
}

struct Field {
    kind: String,
    name: String,
    number: usize,
    has_comment: bool,
}

impl Proto {
    fn read(text: &str) -> Self {
        let mut proto = Self::default();
        let mut block: Option<(&str, &str)> = None;
        let mut has_comment = false;
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with("//") {
                has_comment = line.starts_with("//");
                continue;
            }
            match (block, line.strip_suffix(';'), line.strip_suffix(" {"), line) {
                (None, None, Some(opening), _) => {
                    block = Some(opening.split_once(' ').expect("a kind and a name"));
                    assert!(has_comment, "{line}");
                }
                (Some(_), None, None, "}") => block = None,
                (None, Some(r#"syntax = "proto3""# | r#"import "google/protobuf/struct.proto""#), _, _) => {}
                (None, Some(statement), _, _) => {
                    statement.strip_prefix("package ").expect("a package").clone_into(&mut proto.package);
                }
                (Some(("service", "Enforcement")), Some(method), _, _) => {
                    proto.methods.push(method.to_owned());
                }
                (Some(("message", message)), Some(field), _, _) => {
                    let (typed, number) = field.split_once(" = ").expect("a number");
                    let (kind, name) = typed.rsplit_once(' ').expect("a type");
                    proto.messages.entry(message.to_owned()).or_default().push(Field {
                        kind: kind.to_owned(),
                        name: name.to_owned(),
                        number: number.parse().expect("a number"),
                        has_comment,
                    });
                }
                (_, _, _, other) => panic!("`{other}` is nothing that our proto has"),
            }
            has_comment = false;
        }
        proto
    }
}
