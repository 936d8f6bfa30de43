//! `cavra evidence`: look at what was decided, and prove that it is all there.

mod export;
mod filter;
mod line;
mod list;
mod query;
mod report;
mod send;
mod show;
mod table;
mod tail;
mod verify;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use crate::evidence::EvidenceError;
use crate::sys::dirs::Places;

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
    }
}

/// The folder of this person's log.
fn folder() -> Result<PathBuf, Failure> {
    Places::find().map(|places| places.evidence()).map_err(Failure::config)
}

fn unreadable(error: EvidenceError) -> Failure {
    let told = output::escaped_lines(&error.to_string());
    Failure::user(format!("the evidence cannot be read: {told}"))
}
