//! The readable fixtures of `testdata/`: cases that document the contract, each held in every field that it expects,
//! and each list as long as a reader can take in.

use std::collections::BTreeSet;

use cavra::contract::RuleId;
use cavra::{evaluate, gate};
use serde_json::{Value, json as object};
use similar_asserts::assert_eq;

use crate::cases::{answered, json, policy, registry, request};
use crate::schema::faults;

const FILES: [&str; 3] =
    ["parity_cases.json", "release_governance_records.json", "release_governance_contracts.json"];

/// The cases of a file, with the policy and the registry that it names.
struct Fixture {
    policy: Value,
    registry: Value,
    cases: Vec<Value>,
}

impl Fixture {
    fn read(file: &str) -> Self {
        let value = json(file);
        let beside = |key: &str| value[key].as_str().map_or(Value::Null, json);
        let cases = value["cases"].as_array().expect("cases").clone();
        Self { policy: beside("policy"), registry: beside("registry"), cases }
    }

    fn registry_of(&self, case: &Value) -> Option<Value> {
        (case["registry"] == true).then(|| self.registry.clone())
    }
}

#[test]
fn every_case_is_answered_in_every_field_that_it_expects() {
    for file in FILES {
        let fixture = Fixture::read(file);
        let policy = policy(&fixture.policy);
        for case in &fixture.cases {
            let registry = fixture.registry_of(case).map(|value| registry(&value));
            let decision = gate::parity(&request(&case["request"]), &policy, registry.as_ref());
            let expected = &case["expected"];
            assert_eq!(&answered(&decision, expected), expected, "{file}: {}", case["name"]);
        }
    }
}

#[test]
fn every_typed_record_is_answered_by_default_as_it_expects() {
    let fixture = Fixture::read("release_governance_contracts.json");
    let policy = policy(&fixture.policy);
    let mut deviations = BTreeSet::new();
    for case in &fixture.cases {
        let request = request(&case["request"]);
        let finding = evaluate::evaluate(&request, &policy, None);
        let (session_id, agent_id, actor) = request.caller();
        let got = object!({
            "decision": finding.effect, "rule_id": finding.rule, "severity": finding.severity,
            "approver_group": finding.approver_group, "action_type": evaluate::action_type(&request),
            "target": finding.target, "requested_operation": finding.requested_operation,
            "policy_pack": policy.label(), "session_id": session_id, "agent_id": agent_id, "actor": actor,
            "deviation": finding.deviation.map_or("", evaluate::Deviation::id),
        });
        assert_eq!(got, case["default"], "{}", case["name"]);
        deviations.insert(got["deviation"].as_str().expect("a text").to_owned());
    }
    assert_eq!(deviations.into_iter().collect::<Vec<_>>(), ["", "D5", "D8", "D9"]);
}

#[test]
fn the_fixtures_are_of_a_size_that_is_read() {
    for file in FILES {
        let cases = Fixture::read(file).cases;
        assert!((20..=40).contains(&cases.len()), "{file}: {} cases", cases.len());
        let names: BTreeSet<&str> = cases.iter().map(|case| case["name"].as_str().expect("a name")).collect();
        assert_eq!(names.len(), cases.len(), "{file}: each case has a name of its own");
        for case in &cases {
            assert!(case["why"].as_str().expect("a reason").ends_with('.'), "{file}: {}", case["name"]);
            assert_eq!(
                faults(&schema(), "Request", &case["request"]),
                Vec::<String>::new(),
                "{}",
                case["name"]
            );
            let fields: Vec<&String> = case["expected"].as_object().expect("an object").keys().collect();
            assert_eq!(fields, EXPECTED, "{file}: {}", case["name"]);
        }
    }
    let servers = json("mcp_registry.json")["mcp_servers"].as_array().expect("servers").len();
    assert!((20..=40).contains(&servers), "{servers} servers");
    let policy = json("compiled_policy.json");
    let rules: usize = [
        ("filesystem", "block_read"),
        ("filesystem", "block_write"),
        ("filesystem", "require_approval_write"),
        ("commands", "block"),
        ("commands", "allow"),
        ("mcp", "allowed_servers"),
        ("mcp", "blocked_servers"),
    ]
    .iter()
    .map(|(section, list)| policy[section][list].as_array().expect("a list").len())
    .sum();
    assert!((20..=40).contains(&rules), "{rules} rules");
}

#[test]
fn the_compiled_policy_is_in_compiled_form() {
    let policy = json("compiled_policy.json");
    for section in ["filesystem", "commands"] {
        for (list, patterns) in policy[section].as_object().expect("an object") {
            let patterns: Vec<&str> = patterns
                .as_array()
                .expect("a list")
                .iter()
                .map(|text| text.as_str().expect("a pattern"))
                .collect();
            assert!(patterns.is_sorted(), "{section}.{list}");
        }
    }
}

/// The rules of the tables; the others belong to the default, or to what cannot be read.
#[test]
fn every_rule_of_the_tables_has_a_case() {
    let met: BTreeSet<String> = FILES
        .iter()
        .flat_map(|file| Fixture::read(file).cases)
        .map(|case| case["expected"]["rule_id"].as_str().expect("a rule").to_owned())
        .collect();
    let golden: BTreeSet<String> = crate::cases::golden()
        .iter()
        .map(|row| row.expected["rule_id"].as_str().expect("a rule").to_owned())
        .collect();
    assert_eq!(met, golden);
    assert!(met.iter().all(|rule| RuleId::ALL.iter().any(|known| known.as_str() == rule)));
}

fn schema() -> Value {
    serde_json::from_str(cavra::contract::SCHEMA).expect("the schema is JSON")
}

const EXPECTED: [&str; 11] = [
    "action_type",
    "actor",
    "agent_id",
    "approver_group",
    "decision",
    "policy_pack",
    "requested_operation",
    "rule_id",
    "session_id",
    "severity",
    "target",
];
