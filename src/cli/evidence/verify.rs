//! `cavra evidence verify`: does the log prove itself?

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::output::{self, Paint, Style, escaped, plural};
use crate::cli::progress::Progress;
use crate::evidence::{self, Against, Checkpoint, EvidenceError, MOST_CHECKPOINT, Place, Report, SealedBy};

use crate::sys::files;

use super::{folder, unreadable};

/// Verify that no record was changed, removed, added or moved
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The log in this folder instead of one's own
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Hold the log to this checkpoint, which was kept elsewhere
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    /// Take only seals and checkpoints by these signers (a file as OpenSSH's `allowed_signers`)
    #[arg(long, value_name = "FILE")]
    signers: Option<PathBuf>,
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
    let signers = args.signers.as_deref().map(super::signers).transpose()?;
    let checkpoint = args.checkpoint.as_deref().map(checkpoint).transpose()?;
    let against = Against { signers, checkpoint };
    let mut progress = Progress::new();
    let report = evidence::verify_against(&folder, &against, &mut |done, total| {
        let percent = done.saturating_mul(100) / total.max(1);
        progress.tell(format_args!("verifying: {percent} % of {} MiB", total >> 20));
    });
    progress.clear();
    let report = report.map_err(unreadable)?;
    let text = if args.json { as_json(&report).to_string() } else { render(&report, Paint::stdout()) };
    output::data(format_args!("{text}\n")).map_err(Failure::user)?;
    Ok(if report.is_valid() { Exit::SUCCESS } else { Exit::FAILURE })
}

fn checkpoint(path: &Path) -> Result<Checkpoint, Failure> {
    let text =
        files::read(path, MOST_CHECKPOINT).map_err(|error| Failure::user(escaped(&error.to_string())))?;
    Checkpoint::read(&text).map_err(|error| Failure::user(escaped(&format!("`{}`: {error}", path.display()))))
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
    if report.checkpoint.is_some() || report.sealed_to.is_some() {
        lines.push(format!("  {}", escaped(&report.signing_told())));
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

fn signer(by: &SealedBy) -> Value {
    json!({ "key": by.fingerprint, "name": by.name, "on_a_token": by.is_on_a_token })
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
        seals,
        sealed_to,
        sealed_by,
        is_sealed_by_key_file,
        gaps,
        checkpoint,
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
        "gaps": gaps,
        "seals": seals,
        "sealed_to": sealed_to,
        "sealed_by": sealed_by.iter().map(signer).collect::<Vec<_>>(),
        "sealed_by_key_file": is_sealed_by_key_file,
        "checkpoint": checkpoint
            .as_ref()
            .map(|(sequence, by)| json!({ "sequence": sequence, "signed_by": signer(by) })),
        "proves": report.signing_told(),
        "bad": bad.as_ref().map(|bad| json!({ "file": bad.file, "line": bad.line, "fault": bad.fault })),
    })
}
