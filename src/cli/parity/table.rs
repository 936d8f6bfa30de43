//! What differs, for people and for programs.
//!
//! The table is under eighty columns wide whatever is in it: each case has its own heading, and a long value goes on
//! in the next line of its cell.

use serde_json::{Value, json};

use crate::cli::output::{Paint, Style, escaped};

use super::compare::{Difference, Field, What};

/// The width of a value's cell, in characters.
const CELL: usize = 26;

/// The width of a sentence, in characters.
const SENTENCE: usize = 76;

/// The most lines that a cell goes on for.
const MOST_LINES: usize = 8;

/// The table, and how many cases differ.
pub(super) fn text(differences: &[Difference], cases: usize, paint: Paint) -> String {
    let names = differences.iter().flat_map(|difference| match &difference.what {
        What::Fields(fields) => fields.as_slice(),
        What::NoDecision(_) => &[],
    });
    let width = names.map(|field| escaped(&field.name).chars().count().min(CELL)).max();
    let mut out = String::new();
    if let Some(width) = width {
        row(&mut out, width, "field", "expected", "got");
    }
    for Difference { case, what } in differences {
        out.push_str(&paint.paint(Style::Strong, &escaped(case)));
        out.push('\n');
        match what {
            What::Fields(fields) => {
                for Field { name, expected, got } in fields {
                    let got = got.as_ref().map_or_else(|| "(left out)".to_owned(), shown);
                    row(&mut out, width.unwrap_or_default(), &escaped(name), &shown(expected), &got);
                }
            }
            What::NoDecision(reason) => {
                for line in lines(&escaped(reason), SENTENCE) {
                    out.push_str(format!("  {line}").trim_end());
                    out.push('\n');
                }
            }
        }
    }
    let (style, differing) = match differences.len() {
        0 => (Style::Good, "no difference".to_owned()),
        1 => (Style::Bad, "1 differs".to_owned()),
        many => (Style::Bad, format!("{many} differ")),
    };
    let cases = if cases == 1 { "1 case".to_owned() } else { format!("{cases} cases") };
    out.push_str(&paint.paint(style, &format!("{cases}: {differing}")));
    out.push('\n');
    out
}

/// The same as one JSON object.
pub(super) fn json(differences: &[Difference], cases: usize) -> Value {
    let list: Vec<Value> = differences
        .iter()
        .map(|Difference { case, what }| match what {
            What::Fields(fields) => {
                let fields: Vec<Value> = fields
                    .iter()
                    .map(|Field { name, expected, got }| json!({"field": name, "expected": expected, "got": got}))
                    .collect();
                json!({"case": case, "fields": fields})
            }
            What::NoDecision(reason) => json!({"case": case, "no_decision": reason}),
        })
        .collect();
    json!({"cases": cases, "differing": differences.len(), "differences": list})
}

/// A value as it stands in a cell: texts bare, unless that would hide what they are.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) if !text.is_empty() && text.trim() == text => escaped(text),
        other => escaped(&other.to_string()),
    }
}

fn row(out: &mut String, width: usize, field: &str, expected: &str, got: &str) {
    let cells = [lines(field, width.max(1)), lines(expected, CELL), lines(got, CELL)];
    let height = cells.iter().map(Vec::len).max().unwrap_or_default();
    for line in 0..height {
        let [field, expected, got] = cells.each_ref().map(|cell| cell.get(line).map_or("", String::as_str));
        out.push_str(format!("  {field:width$}  {expected:CELL$}  {got}").trim_end());
        out.push('\n');
    }
}

/// The text in lines of at most so many characters, and at most [`MOST_LINES`] of them.
fn lines(text: &str, width: usize) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut lines: Vec<String> =
        letters.chunks(width).take(MOST_LINES).map(|line| line.iter().collect()).collect();
    if letters.len() > width.saturating_mul(MOST_LINES)
        && let Some(last) = lines.last_mut()
    {
        last.pop();
        last.push('…');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, expected: Value, got: Option<Value>) -> Field {
        Field { name: name.to_owned(), expected, got }
    }

    fn of(case: &str, what: What) -> Difference {
        Difference { case: case.to_owned(), what }
    }

    #[test]
    fn a_table_is_aligned_escaped_and_narrow() {
        let one = vec![
            field("decision", json!("block"), Some(json!("allow"))),
            field("requested_operation", json!(""), Some(json!(" a\u{1b}"))),
        ];
        let differences = [
            of("one\u{1b}[2J", What::Fields(one)),
            of("two", What::Fields(vec![field("target", json!("x".repeat(30)), None)])),
            of("three", What::NoDecision(format!("it {}", "y".repeat(80)))),
            of("four", What::Fields(vec![field("target", json!("z"), Some(json!("w".repeat(1000))))])),
        ];
        let table = text(&differences, 5, Paint::plain());
        let expected = format!(
            "  field                expected                    got
one\\u{{1b}}[2J
  decision             block                       allow
  requested_operation  \"\"                          \" a\\u001b\"
two
  target               {}  (left out)
                       xxxx
three
  it {}
  yyyyyyy
four
  target               z                           {}
{}                                                   {}…
5 cases: 4 differ
",
            "x".repeat(26),
            "y".repeat(73),
            vec!["w".repeat(26); 7].join(&format!("\n{}", " ".repeat(51))),
            "",
            "w".repeat(25)
        );
        assert_eq!(table, expected);
        assert!(table.lines().all(|line| line.chars().count() < 80));
    }

    #[test]
    fn no_difference_is_one_line() {
        assert_eq!(text(&[], 7, Paint::plain()), "7 cases: no difference\n");
        let differences = [of("one", What::NoDecision("it".to_owned()))];
        assert_eq!(text(&differences, 1, Paint::plain()), "one\n  it\n1 case: 1 differs\n");
    }
}
