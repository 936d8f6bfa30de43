//! ArcSight's Common Event Format, version 0: seven fields between bars, then keys and values.
//!
//! In the fields `\` and `|` are escaped, in the values `\`, `=` and line ends; other control characters have no
//! escape in CEF and become blanks, so one record is one line whatever it holds.

use super::event::Event;

/// The severity of CEF for nothing, low, medium, high and critical.
const SEVERITIES: [u8; 5] = [0, 2, 5, 8, 10];

pub(super) fn line(event: &Event) -> String {
    let severity = SEVERITIES.get(usize::from(event.level())).copied().unwrap_or(10);
    let id = if event.rule.is_empty() { &event.kind } else { &event.rule };
    let name =
        if event.kind == "decision" { format!("{} {}", event.decision, event.action) } else { event.title() };
    let mut line = format!(
        "CEF:0|Cavra|cavra|{}|{}|{}|{severity}|",
        env!("CARGO_PKG_VERSION"),
        field(id),
        field(&name),
    );
    let outcome = if event.ran() { "success" } else { "failure" };
    let sequence = event.sequence.to_string();
    let mut is_first = true;
    for (key, text) in [
        ("rt", event.time.as_str()),
        ("act", &event.decision),
        ("outcome", if event.decision.is_empty() { "" } else { outcome }),
        ("externalId", &event.decision_id),
        ("suser", &event.actor),
        ("sproc", &event.agent),
        ("deviceFacility", &event.seam),
        ("request", &event.target),
        ("requestMethod", &event.operation),
        ("reason", &event.reason),
        ("msg", if event.kind == "decision" { &event.alternative } else { &event.detail }),
        ("cs1Label", "policy"),
        ("cs1", &event.policy),
        ("cs2Label", "recordHash"),
        ("cs2", &event.hash),
        ("cs3Label", "session"),
        ("cs3", &event.session),
        ("cn1Label", "sequence"),
        ("cn1", &sequence),
    ] {
        if text.is_empty() {
            continue;
        }
        if !is_first {
            line.push(' ');
        }
        is_first = false;
        line.push_str(key);
        line.push('=');
        line.push_str(&value(text));
    }
    line
}

fn field(text: &str) -> String {
    escaped(text, &['\\', '|'], false)
}

fn value(text: &str) -> String {
    escaped(text, &['\\', '='], true)
}

fn escaped(text: &str, specials: &[char], has_line_ends: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' if has_line_ends => escaped.push_str("\\n"),
            '\r' if has_line_ends => escaped.push_str("\\r"),
            // These end a line for some who read it.
            '\u{2028}' | '\u{2029}' => escaped.push(' '),
            control if control.is_control() => escaped.push(' '),
            special if specials.contains(&special) => {
                escaped.push('\\');
                escaped.push(special);
            }
            other => escaped.push(other),
        }
    }
    escaped
}
