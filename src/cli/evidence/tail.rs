//! `cavra evidence tail`: the last records, and those that come.

use std::thread;
use std::time::Duration;

use clap::Args as ClapArgs;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::evidence::{self, Stored};

use super::{folder, line, unreadable};

/// How often it is looked whether there is more.
const PAUSE: Duration = Duration::from_millis(250);

/// Show the last records, and those that come
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// So many
    #[arg(short = 'n', long = "lines", value_name = "N", default_value_t = 10)]
    lines: u32,
    /// Wait for more, and show them as they come
    #[arg(short, long)]
    follow: bool,
    /// Print each record as it is in the log
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let folder = folder()?;
    let lines = usize::try_from(args.lines).unwrap_or(usize::MAX);
    // Before what is there is read, so that nothing that comes meanwhile is missed.
    let mut follower = evidence::Follower::at_end(&folder).map_err(unreadable)?;
    let last = |records: &[Stored]| records.iter().filter_map(Stored::sequence).max();
    let records = evidence::newest(&folder, lines, &|_| true).map_err(unreadable)?;
    let is_read = line::print(&records, args.json)?;
    let mut shown = last(&records);
    if !args.follow || !is_read {
        return Ok(Exit::SUCCESS);
    }
    loop {
        thread::sleep(PAUSE);
        let mut records = follower.more().map_err(unreadable)?;
        records.retain(|record| record.sequence().is_none_or(|sequence| Some(sequence) > shown));
        if !line::print(&records, args.json)? {
            return Ok(Exit::SUCCESS);
        }
        shown = last(&records).max(shown);
    }
}
