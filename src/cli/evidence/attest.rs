//! `cavra evidence attest`: what was decided while a range of commits came to be, signed.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::output::{self, escaped};
use crate::evidence::{self, ATTESTATION, Attesting, envelope};
use crate::sys::{environment, ssh};

use super::export::to_file;
use super::range::Range;
use super::{folder, unreadable};

/// Say, signed, what was decided while a range of commits came to be
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The commits, such as `origin/main..HEAD`
    #[arg(value_name = "BASE..HEAD")]
    range: String,
    /// Sign with this key: a private key's file, or a public key's whose other half an agent or a token has
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Write to this file instead of stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let here = environment::working_directory().map_err(Failure::user)?;
    let range = Range::find(&here, &args.range)?;
    let folder = folder()?;
    let report = evidence::verify(&folder, &mut |_, _| {}).map_err(unreadable)?;
    if let Some(bad) = &report.bad {
        return Err(Failure::user(format!("the evidence does not hold: {}", escaped(&bad.to_string())))
            .hint("see what is wrong with it: `cavra evidence verify`"));
    }
    let mut attesting = Attesting::new(&range.top, range.since);
    for record in evidence::read(&folder).map_err(unreadable)? {
        attesting.take(&record.map_err(unreadable)?);
    }
    let statement = attesting.statement(&range.commits, &report);
    let told = |error: &dyn std::fmt::Display| Failure::user(escaped(&error.to_string()));
    let (payload, message) = statement.to_sign().map_err(|error| told(&error))?;
    let armour = ssh::sign(&message, ATTESTATION, &args.key).map_err(|error| told(&error))?;
    let text = envelope(&payload, &armour).map_err(|error| told(&error))?;
    match args.output.as_deref().filter(|path| *path != Path::new("-")) {
        None => output::data(format_args!("{text}\n")).map_err(Failure::user)?,
        Some(path) => {
            let write = |file: &mut std::fs::File| {
                std::io::Write::write_all(file, format!("{text}\n").as_bytes())
                    .map(|()| 1)
                    .map_err(Failure::user)
            };
            let _ = to_file(path, write)?;
        }
    }
    Ok(Exit::SUCCESS)
}
