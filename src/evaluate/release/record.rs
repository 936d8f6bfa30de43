//! What a release governance record says, read as the contract reads it.
//!
//! Where a string is expected and something else stands, its plain text form counts: numbers by their shortest
//! digits (with an exponent from 1e6 on and below 1e-4), lists as `[a b]`, maps as `map[k:v]` by key. Counts are
//! JSON numbers alone, truncated towards zero.

use std::fmt::Write;

use crate::contract::{Json, Object};

/// A record that has members.
pub(super) struct Record<'a> {
    object: &'a Object,
    kind: &'a str,
    metadata_kind: &'a str,
    approval_state: String,
    approval_id: String,
}

impl<'a> Record<'a> {
    /// `kind` is what the record counts as, `metadata_kind` what it says itself.
    pub(super) fn new(object: &'a Object, kind: &'a str, metadata_kind: &'a str) -> Self {
        Self {
            object,
            kind,
            metadata_kind,
            approval_state: with_fallback(object, "approval_state", "state"),
            approval_id: with_fallback(object, "approval_id", "approval_id"),
        }
    }

    /// The normalised state of the approval, none if the record states none.
    pub(super) fn approval_state(&self) -> Option<&str> {
        Some(self.approval_state.as_str()).filter(|state| !state.is_empty())
    }

    /// The normalised id of the approval; empty if the record names none.
    pub(super) fn approval_id(&self) -> &str {
        &self.approval_id
    }

    /// Whether the record says that it needs approvals.
    pub(super) fn approvals_needed(&self) -> bool {
        self.count("approval_required_count") > 0.0
    }

    /// Whether records of this kind need an approval.
    pub(super) fn kind_needs_approval(&self) -> bool {
        self.kind_executes() || REQUESTS.contains(&self.kind)
    }

    /// Whether records of this kind carry something out.
    pub(super) fn kind_executes(&self) -> bool {
        EXECUTIONS.contains(&self.kind)
    }

    /// Whether the contract knows the kind.
    pub(super) fn kind_is_known(&self) -> bool {
        KNOWN.contains(&self.kind)
    }

    /// Whether this is a delivery that does not say that it succeeded.
    pub(super) fn delivery_failed(&self) -> bool {
        let succeeded = match self.object.get("delivery_success") {
            Some(Json::Bool(value)) => *value,
            Some(Json::String(text)) => {
                matches!(normalised(text).as_str(), "true" | "yes" | "success" | "succeeded")
            }
            Some(Json::Null | Json::Number(_) | Json::Array(_) | Json::Object(_)) | None => false,
        };
        DELIVERIES.contains(&self.metadata_kind) && !succeeded
    }

    /// The first critical signal, as `name value`.
    pub(super) fn critical_signal(&self) -> Option<String> {
        self.signal(&STATUS_SIGNALS, &COUNT_SIGNALS)
    }

    /// The first signal that contradicts an approval: integrity, verification or delivery.
    pub(super) fn contradiction(&self) -> Option<String> {
        if self.delivery_failed() {
            return Some(format!("delivery_success of `{}`", self.metadata_kind));
        }
        self.signal(&CONTRADICTING_STATUS_SIGNALS, &CONTRADICTING_COUNT_SIGNALS)
    }

    /// Whether drift was detected, which is no signal of parity's.
    pub(super) fn drift_detected(&self) -> bool {
        let by_status = normalised(&text(self.object, "drift_status")) == "drift_detected";
        let by_flag = match self.object.get("drift_detected") {
            Some(Json::Bool(value)) => *value,
            Some(Json::Number(value)) => value.trunc() > 0.0,
            Some(Json::String(text)) => matches!(normalised(text).as_str(), "true" | "yes"),
            Some(Json::Null | Json::Array(_) | Json::Object(_)) | None => false,
        };
        by_status || by_flag
    }

    fn signal(&self, statuses: &[(&str, &[&str])], counts: &[&str]) -> Option<String> {
        let status = statuses.iter().find_map(|(name, values)| {
            let value = normalised(&text(self.object, name));
            values.contains(&value.as_str()).then(|| format!("{name} {value}"))
        });
        status.or_else(|| {
            counts
                .iter()
                .find(|name| self.count(name) > 0.0)
                .map(|name| format!("{name} {}", text(self.object, name)))
        })
    }

    fn count(&self, name: &str) -> f64 {
        match self.object.get(name) {
            Some(Json::Number(value)) => value.trunc(),
            Some(Json::Null | Json::Bool(_) | Json::String(_) | Json::Array(_) | Json::Object(_)) | None => {
                0.0
            }
        }
    }
}

/// The plain text form of a member; empty if it is missing.
pub(super) fn text(object: &Object, name: &str) -> String {
    object.get(name).map(plain_text).unwrap_or_default()
}

/// A member, normalised, or else the member `nested` of the object `approval`.
fn with_fallback(object: &Object, name: &str, nested: &str) -> String {
    let own = normalised(&text(object, name));
    if !own.is_empty() {
        return own;
    }
    match object.get("approval") {
        Some(Json::Object(approval)) => normalised(&text(approval, nested)),
        Some(Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Array(_)) | None => {
            String::new()
        }
    }
}

/// Trimmed, `-` to `_`, lower-cased character by character: U+0130 to `i`, and no rule for a final sigma.
fn normalised(text: &str) -> String {
    text.trim()
        .chars()
        .map(|character| match character {
            '-' => '_',
            other => other.to_lowercase().next().unwrap_or(other),
        })
        .collect()
}

fn plain_text(value: &Json) -> String {
    let mut out = String::new();
    write_plain(value, &mut out);
    out
}

/// Recursion is bounded by the depth that the JSON reader lets through.
fn write_plain(value: &Json, out: &mut String) {
    match value {
        Json::Null => out.push_str("<nil>"),
        Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Json::Number(value) => write_number(*value, out),
        Json::String(text) => out.push_str(text),
        Json::Array(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(' ');
                }
                write_plain(item, out);
            }
            out.push(']');
        }
        Json::Object(object) => {
            let mut members: Vec<_> = object.iter().collect();
            members.sort_by_key(|(key, _)| *key);
            out.push_str("map[");
            for (place, (key, item)) in members.into_iter().enumerate() {
                if place > 0 {
                    out.push(' ');
                }
                out.push_str(key);
                out.push(':');
                write_plain(item, out);
            }
            out.push(']');
        }
    }
}

/// Shortest digits; an exponent of at least two digits from 1e6 on and below 1e-4. Writing to a string does not
/// fail.
fn write_number(value: f64, out: &mut String) {
    let scientific = format!("{value:e}");
    let Some((digits, exponent)) = scientific.split_once('e') else {
        out.push_str(&scientific);
        return;
    };
    match exponent.parse::<i32>() {
        Ok(exponent) if !(-4..6).contains(&exponent) && value != 0.0 => {
            let sign = if exponent < 0 { '-' } else { '+' };
            let _ = write!(out, "{digits}e{sign}{:02}", exponent.unsigned_abs());
        }
        Ok(_) | Err(_) => {
            let _ = write!(out, "{value}");
        }
    }
}

const EXECUTIONS: [&str; 3] =
    ["endpoint-drift-remediation-execution", "rollout-promotion-execution", "rollout-rollback-execution"];

const REQUESTS: [&str; 4] = [
    "release-channel-promotion-request",
    "endpoint-reconciliation-automation",
    "endpoint-drift-remediation-request",
    "endpoint-remediation-handoff",
];

const DELIVERIES: [&str; 2] = ["endpoint-management-publication-delivery", "release-connector-delivery"];

const STATUS_SIGNALS: [(&str, &[&str]); 6] = [
    ("alert_level", &["critical", "blocked", "breached"]),
    ("drift_status", &["drifted", "non_compliant"]),
    ("handoff_status", &["blocked", "failed"]),
    ("verification_status", VERIFICATION_FAILED),
    ("integrity_status", INTEGRITY_FAILED),
    ("audit_export_status", &["failed", "blocked"]),
];

const COUNT_SIGNALS: [&str; 7] = [
    "blocked_count",
    "critical_count",
    "breached_count",
    "failed_delivery_count",
    "connector_delivery_failure_count",
    "failed_verification_count",
    "integrity_failure_count",
];

const CONTRADICTING_STATUS_SIGNALS: [(&str, &[&str]); 2] =
    [("verification_status", VERIFICATION_FAILED), ("integrity_status", INTEGRITY_FAILED)];

const CONTRADICTING_COUNT_SIGNALS: [&str; 4] = [
    "failed_delivery_count",
    "connector_delivery_failure_count",
    "failed_verification_count",
    "integrity_failure_count",
];

const VERIFICATION_FAILED: &[&str] = &["failed", "blocked", "mismatch"];

const INTEGRITY_FAILED: &[&str] = &["failed", "mismatch", "tampered"];

const KNOWN: [&str; 33] = [
    "endpoint-drift-remediation-execution",
    "endpoint-drift-remediation-request",
    "endpoint-inventory-freshness-report",
    "endpoint-inventory-ingestion",
    "endpoint-management-export",
    "endpoint-management-publication-delivery",
    "endpoint-reconciliation-automation",
    "endpoint-remediation-handoff",
    "endpoint-remediation-handoff-status",
    "endpoint-remediation-sla-escalation-owner-digest",
    "endpoint-remediation-sla-escalation-plan",
    "endpoint-remediation-sla-escalation-recurrence-automation-health-alert-ack",
    "endpoint-remediation-sla-escalation-recurrence-automation-health-alert-plan",
    "endpoint-remediation-sla-escalation-recurrence-automation-run",
    "endpoint-remediation-sla-escalation-recurrence-plan",
    "endpoint-remediation-sla-escalation-recurrence-retry-plan",
    "endpoint-remediation-sla-escalation-review",
    "endpoint-remediation-sla-escalation-suppression-audit",
    "endpoint-remediation-sla-escalation-suppression-trend",
    "endpoint-remediation-sla-notification-ack",
    "endpoint-remediation-sla-notification-plan",
    "endpoint-remediation-sla-report",
    "managed-endpoint-reconciliation",
    "release-channel-promotion-request",
    "release-connector-delivery",
    "rollout-artifact-integrity",
    "rollout-artifact-retrieval",
    "rollout-evidence-capture",
    "rollout-evidence-verification",
    "rollout-promotion-audit-export",
    "rollout-promotion-execution",
    "rollout-rollback-audit-export",
    "rollout-rollback-execution",
];
