//! A table, RFC 4180: every cell in quotes, lines that end in CR LF.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, whatever the quotes; what an agent
//! wrote must not become one. Such a cell begins with an apostrophe (OWASP, CSV injection). Blanks and control
//! characters before the sign are looked past, as spreadsheets do, and the full-width forms of the signs count.

use std::io::{self, Write};

use super::event::Event;

const HEADINGS: [&str; 19] = [
    "sequence",
    "time",
    "kind",
    "seam",
    "mode",
    "decision",
    "severity",
    "rule",
    "agent",
    "session",
    "actor",
    "action",
    "target",
    "reason",
    "alternative",
    "policy",
    "decision_id",
    "record_hash",
    "detail",
];

pub(super) fn heading(out: &mut impl Write) -> io::Result<()> {
    line(&HEADINGS, out)
}

pub(super) fn row(event: &Event, out: &mut impl Write) -> io::Result<()> {
    let sequence = event.sequence.to_string();
    let detail = if event.kind == "decision" { "" } else { &event.detail };
    let cells: [&str; HEADINGS.len()] = [
        &sequence,
        &event.time,
        &event.kind,
        &event.seam,
        &event.mode,
        &event.decision,
        &event.severity,
        &event.rule,
        &event.agent,
        &event.session,
        &event.actor,
        &event.action,
        &event.target,
        &event.reason,
        &event.alternative,
        &event.policy,
        &event.decision_id,
        &event.hash,
        detail,
    ];
    line(&cells, out)
}

fn line(cells: &[&str], out: &mut impl Write) -> io::Result<()> {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.write_all(b",")?;
        }
        let apostrophe = if is_formula(cell) { "'" } else { "" };
        write!(out, "\"{apostrophe}{}\"", cell.replace('"', "\"\""))?;
    }
    out.write_all(b"\r\n")
}

fn is_formula(cell: &str) -> bool {
    let first = cell.chars().find(|character| !character.is_whitespace() && !is_ignored(*character));
    let begins_blank = cell.starts_with(['\t', '\r', '\n']);
    begins_blank || matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '−'))
}

/// What a spreadsheet may drop before it looks at the cell.
fn is_ignored(character: char) -> bool {
    character.is_control() || matches!(character, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}
