//! The report: one page of HTML that needs nothing else.
//!
//! Everything is in the page when it is written: it is whole without its script, and on paper. The script filters, and
//! does nothing else. The page's own policy (CSP) names style and script by their digests and allows nothing besides:
//! no network, no frame, no form, no inline attribute; so text that got past the escaping would still be text.

mod chart;
mod escape;
mod tally;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::sys::clock;
use crate::sys::digest;

use super::read::Stored;
use super::report::Report;

use escape::{html, line};
use tally::{Counts, MOST_STOPS, Outcome, Stop, Tally};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// How many names a table shows.
const MOST_ROWS: usize = 15;

/// How many of the warnings of `verify` are shown.
const MOST_WARNINGS: usize = 20;

/// The longest text of a record that is shown whole, in characters.
const MOST_TEXT: usize = 4_000;

/// A page in the making.
#[derive(Default)]
pub struct Page(Tally);

impl Page {
    /// Takes in a record.
    pub fn take(&mut self, record: &Stored) {
        self.0.take(record);
    }

    /// Writes the page. `report` is what `verify` found; `questions` tells in words which records were asked for.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write(&self, report: &Report, questions: &str, out: &mut impl Write) -> io::Result<()> {
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
            digest::sha256_base64(STYLE.as_bytes()),
            digest::sha256_base64(SCRIPT.as_bytes())
        );
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n<title>Cavra: evidence report</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n\
             <h1>Evidence report</h1>\n<p class=\"soft\">Written {} by Cavra {}. {}</p>\n",
            line(&clock::now()),
            env!("CARGO_PKG_VERSION"),
            html(questions)
        )?;
        self.chain(report, out)?;
        self.tiles(out)?;
        self.over_time(out)?;
        writeln!(out, "<div class=\"columns\">")?;
        for (title, names) in
            [("By seam", &self.0.seams), ("By agent", &self.0.agents), ("By rule", &self.0.rules)]
        {
            table(title, names, out)?;
        }
        writeln!(out, "</div>")?;
        self.stops(out)?;
        write!(out, "<script>{SCRIPT}</script>\n</body>\n</html>\n")?;
        out.flush()
    }

    fn chain(&self, report: &Report, out: &mut impl Write) -> io::Result<()> {
        let is_doubtful = !report.warnings.is_empty() || !report.removed.is_empty();
        let (class, says) = match &report.bad {
            Some(bad) => ("bad", format!("The chain is not valid: {bad}")),
            None if report.records == 0 => ("doubt", "There is no record yet.".to_owned()),
            None => (if is_doubtful { "doubt" } else { "" }, "The chain is valid.".to_owned()),
        };
        writeln!(
            out,
            "<section class=\"chain {class}\" aria-label=\"Chain\">\n<p><b>{}</b></p>",
            html(&says)
        )?;
        if let (Some(first), Some(last)) = (&report.first, &report.last) {
            writeln!(
                out,
                "<p>Records: {}, files: {}, from record {} ({}) to record {} ({}). {}</p>",
                report.records,
                report.files,
                first.sequence,
                line(&first.time),
                last.sequence,
                line(&last.time),
                html(&report.signing_told())
            )?;
        }
        if self.0.own > 0 || self.0.unreadable > 0 {
            writeln!(
                out,
                "<p class=\"soft\">{} records are the log's own (repairs, gaps, seals, retention); {} lines are no record.</p>",
                self.0.own, self.0.unreadable
            )?;
        }
        let removed = report.removed.iter().fold(0_u64, |sum, file| {
            let records = file.last_sequence.saturating_sub(file.first_sequence).saturating_add(1);
            sum.saturating_add(records)
        });
        if removed > 0 {
            writeln!(out, "<p>{removed} records were removed by retention, and the log says so.</p>")?;
        }
        if !report.warnings.is_empty() {
            writeln!(out, "<ul>")?;
            for warning in report.warnings.iter().take(MOST_WARNINGS) {
                writeln!(out, "<li>{}</li>", html(warning))?;
            }
            let more = report.more_warnings + report.warnings.len().saturating_sub(MOST_WARNINGS) as u64;
            if more > 0 {
                writeln!(out, "<li>and {more} more</li>")?;
            }
            writeln!(out, "</ul>")?;
        }
        writeln!(out, "</section>")
    }

    fn tiles(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(
            out,
            "<div class=\"tiles\">\n<div class=\"tile\"><b>{}</b>decisions</div>",
            self.0.counts.total()
        )?;
        for (outcome, count) in self.0.counts.each() {
            let (class, name) = outcome.names();
            writeln!(out, "<div class=\"tile\"><b class=\"c-{class}\">{count}</b>{name}</div>")?;
        }
        writeln!(out, "</div>")
    }

    fn over_time(&self, out: &mut impl Write) -> io::Result<()> {
        let picture = chart::over_time(&self.0.times);
        if picture.is_empty() {
            return Ok(());
        }
        writeln!(out, "<h2>Decisions over time</h2>\n{picture}\n<div class=\"legend\">")?;
        for outcome in Outcome::ALL {
            let (class, name) = outcome.names();
            writeln!(out, "<span><span class=\"c-{class}\">&#9632;</span> {name}</span>")?;
        }
        writeln!(out, "</div>")
    }

    fn stops(&self, out: &mut impl Write) -> io::Result<()> {
        let total = self.0.counts.of(Outcome::Blocked) + self.0.counts.of(Outcome::Asked);
        writeln!(out, "<h2>Blocked and asked</h2>")?;
        if total == 0 {
            return writeln!(out, "<p>Nothing was blocked or asked about.</p>");
        }
        if total > MOST_STOPS as u64 {
            writeln!(out, "<p>The newest {MOST_STOPS} of {total} are explained here.</p>")?;
        }
        writeln!(out, "<form id=\"filters\">")?;
        for (name, title) in
            [("decision", "Decision"), ("seam", "Seam"), ("agent", "Agent"), ("rule", "Rule")]
        {
            writeln!(out, "<label>{title}<select name=\"{name}\"><option>all</option></select></label>")?;
        }
        writeln!(
            out,
            "<label>Words<input name=\"words\" type=\"search\" autocomplete=\"off\"></label>\
             <button type=\"reset\">Clear</button><span id=\"shown\" class=\"soft\" role=\"status\"></span>\n</form>"
        )?;
        for stop in self.0.stops.iter().rev() {
            explained(stop, out)?;
        }
        Ok(())
    }
}

fn table(title: &str, names: &BTreeMap<String, Counts>, out: &mut impl Write) -> io::Result<()> {
    let mut rows: Vec<_> = names.iter().collect();
    rows.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.total()));
    writeln!(
        out,
        "<section><h2>{title}</h2><table><thead><tr><th>Name</th><th class=\"n\">Blocked</th>\
         <th class=\"n\">Asked</th><th class=\"n\">All</th></tr></thead><tbody>"
    )?;
    for (name, counts) in rows.iter().take(MOST_ROWS) {
        writeln!(
            out,
            "<tr><td class=\"mono\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
            line(&shortened(name, 200)),
            counts.of(Outcome::Blocked),
            counts.of(Outcome::Asked),
            counts.total()
        )?;
    }
    if rows.len() > MOST_ROWS {
        writeln!(
            out,
            "<tr><td class=\"soft\">and {} more</td><td></td><td></td><td></td></tr>",
            rows.len() - MOST_ROWS
        )?;
    }
    writeln!(out, "</tbody></table></section>")
}

/// One decision with its explanation.
fn explained(stop: &Stop, out: &mut impl Write) -> io::Result<()> {
    let Stop { outcome, event } = stop;
    let (class, name) = outcome.names();
    writeln!(
        out,
        "<article class=\"{class}\" data-decision=\"{name}\" data-seam=\"{}\" data-agent=\"{}\" data-rule=\"{}\">\n\
         <h3><span class=\"c-{class}\">{name}</span>: {}</h3>\n<code class=\"what\">{}</code>\n<p>{}</p>\n<dl>",
        line(&event.seam),
        line(&shortened(&event.agent, 200)),
        line(&event.rule),
        line(&event.action),
        html(&shortened(&event.target, MOST_TEXT)),
        html(&shortened(&event.reason, MOST_TEXT)),
    )?;
    let record = format!("{} ({})", event.sequence, event.hash);
    for (title, text) in [
        ("Instead", &event.alternative),
        ("Rule", &event.rule),
        ("Severity", &event.severity),
        ("Policy", &event.policy),
        ("Stands in", &event.policy_place),
        ("Time", &event.time),
        ("Seam", &event.seam),
        ("Agent", &event.agent),
        ("Session", &event.session),
        ("Decision", &event.decision_id),
        ("Record", &record),
    ] {
        if !text.is_empty() {
            writeln!(out, "<dt>{title}</dt><dd>{}</dd>", line(&shortened(text, MOST_TEXT)))?;
        }
    }
    writeln!(out, "</dl>\n</article>")
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
