//! `cavra evidence verify-attestation`: for a check that a change must pass.
//!
//! Whom to believe, which commits and which policy are named by who asks, and must come from where the change cannot
//! write: in a check, from the base branch. What is missing is a failure, never a pass.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::input;
use crate::cli::output::{self, escaped, plural};
use crate::evidence::{AttestError, Statement, open_envelope};
use crate::sys::digest::sha256;
use crate::sys::environment;

use super::range::Range;
use super::signers;

/// Hold a range of commits to its attestation
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The attestation; `-` is stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The commits, such as `origin/main..HEAD`: it must name each of them, and no other
    #[arg(long, value_name = "BASE..HEAD")]
    range: String,
    /// Who may sign it (a file as OpenSSH's `allowed_signers`), from where the change cannot write
    #[arg(long, value_name = "FILE")]
    signers: PathBuf,
    /// A policy that must have decided, such as that of the base branch; may be given several times
    #[arg(long, value_name = "FILE")]
    policy: Vec<PathBuf>,
    /// A seam that must have seen something, such as `git-hook`; may be given several times
    #[arg(long, value_name = "SEAM")]
    require_seam: Vec<String>,
    /// Pass although the log tells of gaps
    #[arg(long)]
    allow_gaps: bool,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let signers = signers(&args.signers)?;
    let here = environment::working_directory().map_err(Failure::user)?;
    let range = Range::find(&here, &args.range)?;
    let text = input::read_all(Some(&args.file))?;
    let refused = |error: AttestError| Failure::user(format!("refused: {}", escaped(&error.to_string())));
    let (statement, signer) = open_envelope(&text, &signers).map_err(refused)?;
    statement.is_about(&range.commits).map_err(refused)?;
    let mut digests = Vec::new();
    for path in &args.policy {
        digests.push((path.display().to_string(), sha256(&input::read_all(Some(path))?)));
    }
    if let Some(fault) = fault(&statement, &digests, &args.require_seam, args.allow_gaps) {
        return Err(Failure::user(format!("refused: {}", escaped(&fault))));
    }
    let total: u64 = statement.predicate.totals.values().sum();
    let counts: Vec<_> = statement
        .predicate
        .totals
        .iter()
        .map(|(effect, count)| format!("{count} {}", escaped(effect)))
        .collect();
    output::data(format_args!(
        "accepted: {}, signed by {}: {} ({})\n",
        plural(range.commits.len() as u64, "commit"),
        escaped(&signer),
        plural(total, "decision"),
        counts.join(", ")
    ))
    .map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

/// Why what it says is not enough.
fn fault(
    statement: &Statement,
    policies: &[(String, String)],
    seams: &[String],
    allow_gaps: bool,
) -> Option<String> {
    let predicate = &statement.predicate;
    if !predicate.chain_valid {
        return Some("the evidence that it is from does not hold".to_owned());
    }
    if predicate.totals.values().sum::<u64>() == 0 {
        return Some("no decision is on record for these commits".to_owned());
    }
    if let Some(gap) = predicate.gaps.first().filter(|_| !allow_gaps) {
        return Some(format!("something may not have been seen: {gap}"));
    }
    let decided = |digest: &String| predicate.policies.iter().any(|policy| policy.sha256 == *digest);
    if let Some((path, digest)) = policies.iter().find(|(_, digest)| !decided(digest)) {
        return Some(format!("the policy `{path}` ({digest}) did not decide"));
    }
    let missing = seams.iter().find(|seam| !predicate.seams.contains_key(*seam));
    missing.map(|seam| format!("the seam `{seam}` saw nothing"))
}
