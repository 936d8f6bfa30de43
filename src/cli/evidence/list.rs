//! `cavra evidence list`: the newest records, a line each.

use clap::Args as ClapArgs;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::evidence;

use super::filter::Filter;
use super::{folder, line, unreadable};

/// List the newest records, oldest first
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
    #[command(flatten)]
    filter: Filter,
    /// Print each record as it is in the log
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let query = args.filter.query();
    let limit = usize::try_from(args.limit).unwrap_or(usize::MAX);
    let records = evidence::newest(&folder()?, limit, &|record| query.matches(record)).map_err(unreadable)?;
    let _ = line::print(&records, args.json)?;
    Ok(Exit::SUCCESS)
}
