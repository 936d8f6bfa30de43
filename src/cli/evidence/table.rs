//! Records as a table: fixed columns, and what was acted on in the room that is left.
//!
//! Widths are those of the terminal's cells, so that wide characters keep the columns. A terminal that is too narrow
//! for all columns loses the least telling first; away from a terminal nothing is cut.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::cli::output::{Paint, escaped};
use crate::evidence::Stored;

use super::line;

/// What a row says, in the order of the columns, all of it escaped.
pub(super) struct Cells([String; COLUMNS]);

const COLUMNS: usize = 7;

/// Name, width, and from which width of the terminal on the column is shown. The last takes what is left.
const HEADINGS: [(&str, usize, usize); COLUMNS] = [
    ("RECORD", 7, 60),
    ("TIME", 19, 48),
    ("DECISION", 16, 0),
    ("SEAM", 10, 100),
    ("AGENT", 14, 120),
    ("RULE", 32, 80),
    ("TARGET", 0, 0),
];

const DECISION: usize = 2;

/// A table for a terminal of so many cells, or for none.
pub(super) struct Table {
    cells: Option<usize>,
    paint: Paint,
}

impl Table {
    pub(super) fn new(cells: Option<usize>, paint: Paint) -> Self {
        Self { cells, paint }
    }

    /// The line of headings.
    pub(super) fn heading(&self) -> String {
        self.row(&Cells(HEADINGS.map(|(name, ..)| name.to_owned())))
    }

    /// One row.
    pub(super) fn row(&self, cells: &Cells) -> String {
        let (mut row, mut used) = (String::new(), 0);
        for (column, (cell, (_, width, from))) in cells.0.iter().zip(HEADINGS).enumerate() {
            if self.cells.is_some_and(|columns| columns < from) {
                continue;
            }
            if used > 0 {
                row.push(' ');
                used += 1;
            }
            let is_last = column + 1 == COLUMNS;
            let most =
                if is_last { self.cells.map(|columns| columns.saturating_sub(used)) } else { Some(width) };
            let cut = match most {
                // A cell that is too long for its column is whole where nothing must fit a terminal.
                Some(most) if self.cells.is_some() => fitted(cell, most),
                _ => cell.clone(),
            };
            let taken = cut.width();
            let style = (column == DECISION).then(|| line::style(cell)).flatten();
            row.push_str(&style.map_or(cut.clone(), |style| self.paint.paint(style, &cut)));
            used += taken;
            if !is_last && taken < width {
                row.push_str(&" ".repeat(width - taken));
                used += width - taken;
            }
        }
        row.truncate(row.trim_end().len());
        row
    }
}

/// What a record has to say.
pub(super) fn cells(record: &Stored) -> Cells {
    let Some(value) = &record.value else {
        let place = format!("{}:{}", escaped(&record.file), record.line);
        let no = || "-".to_owned();
        return Cells([no(), no(), "no record".to_owned(), no(), no(), no(), place]);
    };
    let text = |names: &[&str]| escaped(record.text_at(names).unwrap_or_default());
    let time = text(&["time"]).split('.').next().unwrap_or_default().replace('T', " ");
    let sequence = escaped(&value.get("sequence").map(ToString::to_string).unwrap_or_default());
    let kind = text(&["kind"]);
    if kind != "decision" {
        let detail = escaped(&value.get(&kind).map(ToString::to_string).unwrap_or_default());
        return Cells([sequence, time, kind, String::new(), String::new(), String::new(), detail]);
    }
    Cells([
        sequence,
        time,
        text(&["verdict", "decision"]),
        text(&["seam"]),
        text(&["verdict", "agent_id"]),
        text(&["verdict", "rule_id"]),
        text(&["verdict", "target"]),
    ])
}

/// The text in at most so many cells of a terminal.
pub(super) fn fitted(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let (mut short, mut used) = (String::new(), 0);
    for character in text.chars() {
        let wide = character.width().unwrap_or_default();
        if used + wide + 1 > most {
            break;
        }
        short.push(character);
        used += wide;
    }
    if most > 0 {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(columns: Option<usize>, target: &str) -> String {
        let value = json!({ "kind": "decision", "sequence": 12, "time": "2026-11-23T09:30:00.000Z", "seam": "cli",
            "verdict": { "decision": "block", "agent_id": "a", "rule_id": "commands.block", "target": target } });
        let record = Stored { file: "f".to_owned(), line: 1, value: Some(value), text: None };
        Table::new(columns, Paint::plain()).row(&cells(&record))
    }

    #[test]
    fn a_row_fits_every_terminal_and_is_whole_where_there_is_none() {
        let long = "日本語のファイル名".repeat(20);
        for columns in 0..200 {
            let row = row(Some(columns), &long);
            assert!(row.width() <= columns.max(17), "{columns}: {row}");
        }
        assert_eq!(
            row(None, "x\u{1b}[2J"),
            "12      2026-11-23 09:30:00 block            cli        a              commands.block                   \
             x\\u{1b}[2J"
        );
        assert_eq!(
            row(Some(40), "terraform apply -auto-approve"),
            "block            terraform apply -auto-…"
        );
    }
}
