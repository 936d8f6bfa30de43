//! A message of RFC 5424: the record's line as the text, and what one filters by as structured data.

use crate::evidence::read::Stored;

use super::event::Event;

/// Facility 13, log audit.
const FACILITY: u8 = 13;

/// The name of the structured data. 32473 is the number that RFC 5612 keeps for documentation: Cavra has none of its
/// own, and receivers go by the name before it.
const STRUCTURED: &str = "cavra@32473";

/// The message, without a frame.
#[must_use]
pub fn message(record: &Stored, host: &str) -> String {
    let event = Event::of(record);
    // notice, warning, error, critical.
    let severity = match event.level() {
        0 | 1 => 5,
        2 => 4,
        3 => 3,
        _ => 2,
    };
    let priority = FACILITY * 8 + severity;
    let time = if event.time.is_empty() { "-" } else { &event.time };
    let kind = header(&event.kind, 32);
    let mut data = format!("[{STRUCTURED} sequence=\"{}\"", event.sequence);
    for (name, text) in [
        ("decision", &event.decision),
        ("rule", &event.rule),
        ("severity", &event.severity),
        ("seam", &event.seam),
        ("agent", &event.agent),
        ("hash", &event.hash),
    ] {
        if !text.is_empty() {
            data.push_str(&format!(" {name}=\"{}\"", value(text)));
        }
    }
    // The byte order mark says that the text is UTF-8.
    format!(
        "<{priority}>1 {} {} cavra - {kind} {data}] \u{feff}{}",
        header(time, 48),
        header(host, 255),
        record.as_json()
    )
}

/// A field of the header: printable ASCII without blanks, or `-`.
fn header(text: &str, most: usize) -> String {
    let clean: String = text.chars().filter(char::is_ascii_graphic).take(most).collect();
    if clean.is_empty() { "-".to_owned() } else { clean }
}

fn value(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '\\' | ']' => {
                escaped.push('\\');
                escaped.push(character);
            }
            control if control.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}
