//! `cavra evidence verify`: does the log prove itself?

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::output::{self, Paint, Style, escaped};
use crate::evidence::{self, EvidenceError, Place, Report};

use super::{folder, unreadable};

/// Progress is told after this long, and as often.
const PATIENCE: Duration = Duration::from_secs(1);

/// Verify that no record was changed, removed, added or moved
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The log in this folder instead of one's own
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let folder = match args.folder {
        Some(path) if !path.is_dir() => return Err(unreadable(EvidenceError::NoFolder { path })),
        Some(path) => path,
        None => folder()?,
    };
    let mut progress = Progress { told: Instant::now(), is_on: io::stderr().is_terminal(), is_shown: false };
    let report = evidence::verify(&folder, &mut |done, total| progress.tell(done, total));
    progress.clear();
    let report = report.map_err(unreadable)?;
    let text = if args.json { as_json(&report).to_string() } else { render(&report, Paint::stdout()) };
    output::data(format_args!("{text}\n")).map_err(Failure::user)?;
    Ok(if report.is_valid() { Exit::SUCCESS } else { Exit::FAILURE })
}

/// A line on a terminal that is written over.
struct Progress {
    told: Instant,
    is_on: bool,
    is_shown: bool,
}

impl Progress {
    fn tell(&mut self, done: u64, total: u64) {
        if !self.is_on || self.told.elapsed() < PATIENCE {
            return;
        }
        self.told = Instant::now();
        self.is_shown = true;
        let percent = done.saturating_mul(100) / total.max(1);
        // That it is not seen is no reason to stop.
        let _ = write!(io::stderr().lock(), "\r\u{1b}[Kverifying: {percent} % of {} MiB", total >> 20);
    }

    fn clear(&self) {
        if self.is_shown {
            let _ = write!(io::stderr().lock(), "\r\u{1b}[K");
        }
    }
}

fn render(report: &Report, paint: Paint) -> String {
    let mut lines = Vec::new();
    match &report.bad {
        None if report.records == 0 => lines.push("valid: there is no record yet".to_owned()),
        None => lines.push(format!("{}: {}", paint.paint(Style::Good, "valid"), counted(report))),
        Some(bad) => {
            lines.push(format!("{}: {}", paint.paint(Style::Bad, "not valid"), escaped(&bad.to_string())));
            if report.records > 0 {
                lines.push(format!("  up to there: {}", counted(report)));
            }
        }
    }
    if let (Some(oldest), Some(newest)) = (report.removed.first(), report.removed.last()) {
        lines.push(format!(
            "  removed by retention: {}, records {} to {}",
            plural(report.removed.len() as u64, "file"),
            oldest.first_sequence,
            newest.last_sequence
        ));
    }
    for warning in &report.warnings {
        lines.push(format!("  {}: {}", paint.paint(Style::Doubt, "warning"), escaped(warning)));
    }
    if report.more_warnings > 0 {
        lines.push(format!("  and {} more", plural(report.more_warnings, "warning")));
    }
    lines.join("\n")
}

fn counted(report: &Report) -> String {
    let mut text = format!(
        "{} ({}) in {}",
        plural(report.records, "record"),
        plural(report.decisions, "decision"),
        plural(report.files, "file")
    );
    if let (Some(first), Some(last)) = (&report.first, &report.last) {
        text.push_str(&format!(
            "\n  from record {}, {}\n  to record {}, {}",
            first.sequence,
            escaped(&first.time),
            last.sequence,
            escaped(&last.time)
        ));
    }
    text
}

fn plural(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn as_json(report: &Report) -> Value {
    let Report {
        files,
        bytes,
        records,
        decisions,
        first,
        last,
        removed,
        warnings,
        more_warnings,
        side_files,
        bad,
    } = report;
    let place = |place: &Place| json!({ "sequence": place.sequence, "time": place.time });
    json!({
        "valid": report.is_valid(),
        "files": files,
        "bytes": bytes,
        "records": records,
        "decisions": decisions,
        "first": first.as_ref().map(place),
        "last": last.as_ref().map(place),
        "removed": removed,
        "warnings": warnings,
        "more_warnings": more_warnings,
        "side_files": side_files,
        "bad": bad.as_ref().map(|bad| json!({ "file": bad.file, "line": bad.line, "fault": bad.fault })),
    })
}
