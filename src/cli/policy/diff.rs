//! `cavra policy diff`: what two policies answer differently.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::Args as ClapArgs;
use serde::Serialize;

use crate::contract::Decision;
use crate::sys::digest::sha256;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output::{self, Paint, Style, escaped, plural};
use super::super::progress::Progress;
use super::cases::{self, Case, shortened};
use super::judge::{self, Judge};

/// Show what two policies answer differently: over their examples, case files, or recorded evidence.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// A policy file or a built-in pack: what holds now
    #[arg(value_name = "A")]
    before: String,
    /// The same: what would hold
    #[arg(value_name = "B")]
    after: String,
    /// Compare over these cases, JSON Lines as for `cavra policy test`
    #[arg(long, value_name = "FILE")]
    cases: Vec<PathBuf>,
    /// Compare over the evidence in this folder
    #[arg(long, value_name = "FOLDER")]
    evidence: Option<PathBuf>,
    /// Exit with 1 if something is answered differently
    #[arg(long)]
    exit_code: bool,
    /// Print the differences as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row {
    what: String,
    place: String,
    before: Answer,
    after: Answer,
}

#[derive(Serialize)]
struct Answer {
    decision: &'static str,
    rule_id: String,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let (before, after) = (Judge::new(Some(&args.before))?, Judge::new(Some(&args.after))?);
    let (mut rows, mut seen, mut compared) = (Vec::new(), HashSet::new(), 0_u64);
    let mut progress = Progress::new();
    let mut compare = |case: Case| {
        // The same action is compared once, however often it was met.
        let requests = serde_json::to_vec(&case.requests).unwrap_or_default();
        if !seen.insert(sha256(&requests)) {
            return;
        }
        compared += 1;
        progress.tell(format_args!("comparing: {compared} actions"));
        let answers = (before.answer(&case.requests), after.answer(&case.requests));
        if let (Some(before), Some(after)) = answers
            && before.decision != after.decision
        {
            let what = shortened(&case.shown());
            rows.push(Row { what, place: case.place, before: of(&before), after: of(&after) });
        }
    };
    let mut unread = 0;
    for file in &args.cases {
        unread += cases::of_file(file, &mut compare)?.unread;
    }
    if let Some(folder) = &args.evidence {
        unread += cases::of_evidence(folder, &mut compare)?.unread;
    }
    if args.cases.is_empty() && args.evidence.is_none() {
        for name in [&args.before, &args.after] {
            cases::of_examples(&judge::authored(name)?.said).for_each(|(_, case)| compare(case));
        }
    }
    progress.clear();
    if unread > 0 {
        return Err(Failure::user(format!(
            "{} could not be read, and was not compared",
            plural(unread, "line")
        )));
    }
    let text = if args.json {
        serde_json::to_string_pretty(&rows).map_err(Failure::internal)? + "\n"
    } else {
        shown(&rows, compared)
    };
    output::data(text).map_err(Failure::user)?;
    Ok(if args.exit_code && !rows.is_empty() { Exit::FAILURE } else { Exit::SUCCESS })
}

fn of(decision: &Decision) -> Answer {
    Answer { decision: decision.decision.as_str(), rule_id: decision.rule_id.to_string() }
}

fn shown(rows: &[Row], compared: u64) -> String {
    let paint = Paint::stdout();
    let lines = rows.iter().map(|row| {
        format!(
            "{} -> {}  {}\n    {} -> {}  {}\n",
            row.before.decision,
            paint.paint(Style::Strong, row.after.decision),
            escaped(&row.what),
            row.before.rule_id,
            row.after.rule_id,
            escaped(&row.place),
        )
    });
    let lines: String = lines.collect();
    format!("{lines}{} compared, {} answered differently\n", plural(compared, "action"), rows.len())
}
