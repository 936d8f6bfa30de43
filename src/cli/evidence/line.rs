//! One record as one line.

use std::io::{self, IsTerminal, Write};

use crate::cli::failure::Failure;
use crate::cli::output::{Paint, Style, escaped};
use crate::evidence::Stored;

/// The width that a line keeps to on a terminal.
const COLUMNS: usize = 80;

/// The target of a decision may be a whole script; where it is no terminal that it must fit, this much is shown.
const MOST_TARGET: usize = 200;

/// Prints records, each on a line: as it is in the log, or for people. False if nobody reads any more.
pub(super) fn print(records: &[Stored], json: bool) -> Result<bool, Failure> {
    let paint = Paint::stdout();
    let is_narrow = io::stdout().is_terminal();
    let mut text = String::new();
    for record in records {
        if json {
            text.push_str(&record.as_json());
        } else {
            text.push_str(&render(record, paint, is_narrow));
        }
        text.push('\n');
    }
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::user(error)),
    }
}

pub(super) fn render(record: &Stored, paint: Paint, is_narrow: bool) -> String {
    let Some(value) = &record.value else {
        let place = format!(
            "{}:{}: no record; `cavra evidence verify` says more",
            escaped(&record.file),
            record.line
        );
        return paint.paint(Style::Bad, &place);
    };
    let sequence = value.get("sequence").map(ToString::to_string).unwrap_or_default();
    let time = escaped(record.text_at(&["time"]).unwrap_or_default());
    let time = time.split('.').next().unwrap_or_default().replace('T', " ");
    let kind = escaped(record.text_at(&["kind"]).unwrap_or_default());
    let (effect, rest) = if kind == "decision" {
        let verdict = |name| escaped(record.text_at(&["verdict", name]).unwrap_or_default());
        let seam = escaped(record.text_at(&["seam"]).unwrap_or_default());
        let target = shortened(&verdict("target"), MOST_TARGET);
        (verdict("decision"), format!("{} {seam} {target}", verdict("rule_id")))
    } else {
        let detail = value.get(&kind).map(ToString::to_string).unwrap_or_default();
        (kind, shortened(&escaped(&detail), MOST_TARGET))
    };
    let before = format!("{:>6} {time} ", escaped(&sequence));
    let effect_column = format!("{effect:<16}");
    let used = before.chars().count() + effect_column.chars().count() + 1;
    let rest = if is_narrow { shortened(&rest, COLUMNS.saturating_sub(used)) } else { rest };
    let style = style(&effect);
    let painted = style.map_or(effect_column.clone(), |style| paint.paint(style, &effect_column));
    format!("{before}{painted} {rest}").trim_end().to_owned()
}

pub(super) fn style(effect: &str) -> Option<Style> {
    match effect {
        "block" => Some(Style::Bad),
        "require_approval" | "repair" | "retention" => Some(Style::Doubt),
        "allow" => Some(Style::Good),
        _ => None,
    }
}

/// The text in at most so many characters.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
    short.push('…');
    short
}
