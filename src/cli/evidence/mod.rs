//! `cavra evidence`: look at what was decided, and prove that it is all there.

mod attest;
mod checkpoint;
mod export;
mod filter;
mod line;
mod list;
mod query;
mod range;
mod report;
mod send;
mod show;
mod table;
mod tail;
mod verify;
mod verify_attestation;

use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, Subcommand};

use crate::evidence::EvidenceError;
use crate::sys::dirs::Places;
use crate::sys::files;
use crate::sys::ssh::Signers;

use super::exit::Exit;
use super::failure::Failure;
use super::output;

/// Look at what was decided, and prove that it is all there
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    List(list::Args),
    Query(query::Args),
    Export(export::Args),
    Send(send::Args),
    Report(report::Args),
    Show(show::Args),
    Tail(tail::Args),
    Verify(verify::Args),
    Checkpoint(checkpoint::Args),
    Attest(attest::Args),
    VerifyAttestation(verify_attestation::Args),
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    match args.what {
        What::List(args) => list::run(args),
        What::Query(args) => query::run(args),
        What::Export(args) => export::run(args),
        What::Send(args) => send::run(args),
        What::Report(args) => report::run(args),
        What::Show(args) => show::run(args),
        What::Tail(args) => tail::run(args),
        What::Verify(args) => verify::run(args),
        What::Checkpoint(args) => checkpoint::run(args),
        What::Attest(args) => attest::run(args),
        What::VerifyAttestation(args) => verify_attestation::run(args),
    }
}

/// The folder of this person's log.
fn folder() -> Result<PathBuf, Failure> {
    Places::find().map(|places| places.evidence()).map_err(Failure::config)
}

/// Who may sign, from a file as OpenSSH's `allowed_signers`.
fn signers(path: &Path) -> Result<Signers, Failure> {
    let told = |fault: String| Failure::config(output::escaped(&format!("`{}`{fault}", path.display())));
    let bytes = files::read(path, MOST_SIGNERS_BYTES)
        .map_err(|error| Failure::config(output::escaped(&error.to_string())))?;
    let text = String::from_utf8(bytes).map_err(|_| told(": it is no text in UTF-8".to_owned()))?;
    let signers = Signers::read(text.lines()).map_err(|(line, error)| told(format!(":{line}: {error}")))?;
    if signers.is_empty() { Err(told(": it names nobody".to_owned())) } else { Ok(signers) }
}

/// No list of signers is longer.
const MOST_SIGNERS_BYTES: u64 = 1 << 20;

fn unreadable(error: EvidenceError) -> Failure {
    let told = output::escaped_lines(&error.to_string());
    Failure::user(format!("the evidence cannot be read: {told}"))
}
