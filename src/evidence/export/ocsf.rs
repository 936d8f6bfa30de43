//! OCSF 1.3: each record is a Detection Finding (class 2004) with the profile `security_control`, which has the words
//! for what a gate does: the action was allowed or denied, and how it was disposed of.

use serde_json::{Value, json};

use crate::sys::clock;

use super::event::Event;

/// The class, its category, and the activity "create".
const CLASS: u64 = 2004;
const CATEGORY: u64 = 2;
const CREATE: u64 = 1;

pub(super) fn finding(event: &Event) -> Value {
    let (severity_id, severity) = match event.level() {
        0 | 1 => (1, "Informational"),
        2 => (3, "Medium"),
        3 => (4, "High"),
        _ => (5, "Critical"),
    };
    let (action_id, action) = if event.ran() { (1, "Allowed") } else { (2, "Denied") };
    let (disposition_id, disposition) = match event.decision.as_str() {
        "block" => (2, "Blocked"),
        // No answer of OCSF's is "asked"; 99 is "other", and the name says it.
        "require_approval" => (99, "Approval required"),
        "audit_only" | "warn" => (17, "Logged"),
        _ => (1, "Allowed"),
    };
    let milliseconds = clock::nanoseconds_of(&event.time).unwrap_or_default() / 1_000_000;
    let mut finding = json!({
        "activity_id": CREATE,
        "activity_name": "Create",
        "category_uid": CATEGORY,
        "category_name": "Findings",
        "class_uid": CLASS,
        "class_name": "Detection Finding",
        "type_uid": CLASS * 100 + CREATE,
        "type_name": "Detection Finding: Create",
        "time": milliseconds,
        "severity_id": severity_id,
        "severity": severity,
        "status_id": 1,
        "status": "New",
        "message": event.title(),
        "is_alert": !event.ran() || event.kind != "decision",
        "metadata": {
            "version": "1.3.0",
            "profiles": ["security_control"],
            "product": { "name": "Cavra", "vendor_name": "Cavra", "version": env!("CARGO_PKG_VERSION") },
            "log_name": "evidence",
            "sequence": event.sequence,
            "uid": event.hash,
            "original_time": event.time,
        },
        "finding_info": {
            "title": event.title(),
            "uid": if event.decision_id.is_empty() { &event.hash } else { &event.decision_id },
            "desc": if event.kind == "decision" { &event.reason } else { &event.detail },
            "types": [event.kind],
        },
        "unmapped": {
            "agent_id": event.agent,
            "previous_hash": event.previous_hash,
            "seam": event.seam,
            "session_id": event.session,
        },
    });
    if event.kind == "decision"
        && let Some(members) = finding.as_object_mut()
    {
        members.insert("action_id".to_owned(), action_id.into());
        members.insert("action".to_owned(), action.into());
        members.insert("disposition_id".to_owned(), disposition_id.into());
        members.insert("disposition".to_owned(), disposition.into());
        members.insert("policy".to_owned(), json!({ "name": event.policy, "desc": event.policy_place }));
        members.insert("firewall_rule".to_owned(), json!({ "uid": event.rule, "name": event.rule }));
        members.insert(
            "resources".to_owned(),
            json!([{ "name": event.target, "type": event.action, "labels": [event.operation] }]),
        );
    }
    finding
}
