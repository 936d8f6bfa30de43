//! SARIF 2.1.0: a result for each decision that is not a plain allow, and for what the log found amiss.
//!
//! Results are written as they come; the rules that they name follow at the end, so nothing is held but those.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::event::Event;

/// The results so far.
#[derive(Default)]
pub(super) struct Run {
    rules: BTreeSet<String>,
    results: u64,
}

pub(super) fn begin(out: &mut impl Write) -> io::Result<()> {
    write!(
        out,
        "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{{\"results\":["
    )
}

impl Run {
    pub(super) fn result(&mut self, event: &Event, out: &mut impl Write) -> io::Result<()> {
        let level = match (event.kind.as_str(), event.decision.as_str()) {
            ("decision", "allow") | ("retention" | "seal", _) => return Ok(()),
            ("decision", "block") => "error",
            ("decision", "require_approval") => "warning",
            ("decision", _) => "note",
            _ => "warning",
        };
        let rule = if event.rule.is_empty() { &event.kind } else { &event.rule };
        self.rules.insert(rule.clone());
        if self.results > 0 {
            out.write_all(b",")?;
        }
        self.results += 1;
        write!(out, "\n{}", result(event, rule, level))
    }

    pub(super) fn end(&self, out: &mut impl Write) -> io::Result<()> {
        let rules: Vec<Value> = self.rules.iter().map(|rule| json!({ "id": rule })).collect();
        let driver = json!({ "name": "Cavra", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
        writeln!(out, "],\"tool\":{}}}]}}", json!({ "driver": driver }))
    }
}

fn result(event: &Event, rule: &str, level: &str) -> Value {
    let text = if event.kind == "decision" {
        format!("{}: {}", event.title(), event.reason)
    } else {
        format!("{}: {}", event.title(), event.detail)
    };
    let mut location = json!({
        "logicalLocations": [{ "fullyQualifiedName": event.target, "kind": event.action }],
    });
    if matches!(event.action.as_str(), "read_file" | "write_file")
        && let Some(location) = location.as_object_mut()
    {
        let uri = uri(&event.target);
        location.insert("physicalLocation".to_owned(), json!({ "artifactLocation": { "uri": uri } }));
    }
    let mut result = json!({
        "ruleId": rule,
        "level": level,
        "message": { "text": text },
        "locations": [location],
        "properties": {
            "agent": event.agent,
            "alternative": event.alternative,
            "decision_id": event.decision_id,
            "policy": event.policy,
            "policy_place": event.policy_place,
            "seam": event.seam,
            "sequence": event.sequence,
            "severity": event.severity,
            "time": event.time,
        },
    });
    if !event.hash.is_empty()
        && let Some(result) = result.as_object_mut()
    {
        result.insert("partialFingerprints".to_owned(), json!({ "cavraRecordHash/v1": event.hash }));
    }
    result
}

/// The path as a reference of RFC 3986: an absolute one as a `file:` URI, anything that is no plain character of a
/// path percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len() + 8);
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}
