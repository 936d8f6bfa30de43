//! What is wrong with a registry that can be read.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::file::RegistryFile;

/// The tiers that the rules know.
const TIERS: [&str; 5] = ["trusted", "approved", "experimental", "unknown", "blocked"];

/// The states that the rules know.
const STATES: [&str; 4] = ["approved", "not_required", "pending", "denied"];

/// The findings, each a sentence.
pub(super) fn of(registry: &RegistryFile) -> Vec<String> {
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    for (place, record) in registry.records().enumerate() {
        let names: BTreeSet<&str> = ["server_id", "name"]
            .iter()
            .filter_map(|name| text(record, name))
            .filter(|name| !name.is_empty())
            .collect();
        if names.is_empty() {
            findings.push(format!("`mcp_servers[{place}]` has no name, so it counts for nobody"));
        }
        for name in names {
            if !seen.insert(name.to_owned()) {
                findings.push(format!("`{name}` stands twice: only the first of its records counts"));
            }
        }
        for (field, known) in [("trust_tier", &TIERS[..]), ("approval_state", &STATES[..])] {
            let word = text(record, field).unwrap_or("");
            if !known.contains(&word) {
                findings.push(format!(
                    "`mcp_servers[{place}].{field}` is `{word}`, which is asked about; known are {}",
                    known.join(", ")
                ));
            }
        }
    }
    findings
}

fn text<'r>(record: &'r Map<String, Value>, name: &str) -> Option<&'r str> {
    record.get(name).and_then(Value::as_str)
}
