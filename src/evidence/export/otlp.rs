//! OTLP in its JSON form (opentelemetry-proto, `ExportLogsServiceRequest`): one log record for each record of the log.
//!
//! The body is the very line of the log, so that the chain can be verified from what a collector kept; what one
//! filters by is in attributes.

use serde_json::{Value, json};

use crate::evidence::read::Stored;
use crate::sys::clock;

use super::event::Event;

/// The request for a batch.
#[must_use]
pub fn body(records: &[Stored]) -> Value {
    let observed = clock::now();
    let observed = clock::nanoseconds_of(&observed).unwrap_or_default().to_string();
    let records: Vec<Value> = records.iter().map(|record| log_record(record, &observed)).collect();
    json!({
        "resourceLogs": [{
            "resource": { "attributes": [
                attribute("service.name", "cavra"),
                attribute("service.version", env!("CARGO_PKG_VERSION")),
            ] },
            "scopeLogs": [{
                "scope": { "name": "cavra.evidence", "version": env!("CARGO_PKG_VERSION") },
                "logRecords": records,
            }],
        }],
    })
}

fn log_record(record: &Stored, observed: &str) -> Value {
    let event = Event::of(record);
    // The numbers of OTLP's data model: INFO, WARN, ERROR, FATAL.
    let (number, text) = match event.level() {
        0 | 1 => (9, "INFO"),
        2 => (13, "WARN"),
        3 => (17, "ERROR"),
        _ => (21, "FATAL"),
    };
    let time = clock::nanoseconds_of(&event.time).unwrap_or_default();
    let sequence = event.sequence.to_string();
    let attributes: Vec<Value> = [
        ("cavra.kind", event.kind.as_str()),
        ("cavra.seam", &event.seam),
        ("cavra.decision", &event.decision),
        ("cavra.decision_id", &event.decision_id),
        ("cavra.rule", &event.rule),
        ("cavra.severity", &event.severity),
        ("cavra.agent", &event.agent),
        ("cavra.session", &event.session),
        ("cavra.action", &event.action),
        ("cavra.target", &event.target),
        ("cavra.policy", &event.policy),
        ("cavra.record_hash", &event.hash),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(name, text)| attribute(name, text))
    // Whole numbers of 64 bits are text in the JSON form.
    .chain([json!({ "key": "cavra.sequence", "value": { "intValue": sequence } })])
    .collect();
    json!({
        "timeUnixNano": time.to_string(),
        "observedTimeUnixNano": observed,
        "severityNumber": number,
        "severityText": text,
        "body": { "stringValue": record.as_json() },
        "attributes": attributes,
    })
}

fn attribute(name: &str, text: &str) -> Value {
    json!({ "key": name, "value": { "stringValue": text } })
}
