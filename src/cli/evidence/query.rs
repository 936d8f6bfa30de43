//! `cavra evidence query`: every record that answers, oldest first, as a table or as JSON.

use std::io::{self, Write};

use clap::Args as ClapArgs;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::output::{Paint, Style};
use crate::evidence;
use crate::sys::terminal;

use super::filter::Filter;
use super::table::{self, Table};
use super::{folder, unreadable};

/// Ask for records by time, seam, agent, decision, rule and path
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(flatten)]
    filter: Filter,
    /// Print each record as it is in the log, a line each
    #[arg(long)]
    json: bool,
    /// Print only how many there are
    #[arg(long, conflicts_with = "json")]
    count: bool,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let query = args.filter.query();
    let records = evidence::read(&folder()?).map_err(unreadable)?;
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let columns = terminal::columns(io::stdout());
    let table = Table::new(columns, Paint::stdout());
    let mut found = 0_u64;
    for record in records {
        let record = record.map_err(unreadable)?;
        if !query.matches(&record) {
            continue;
        }
        found += 1;
        let line = match (args.count, args.json) {
            (true, _) => continue,
            (false, true) => record.as_json().into_owned(),
            (false, false) if found == 1 => {
                format!("{}\n{}", table.heading(), table.row(&table::cells(&record)))
            }
            (false, false) => table.row(&table::cells(&record)),
        };
        if !written(writeln!(out, "{line}"))? {
            return Ok(Exit::SUCCESS);
        }
    }
    if args.count {
        let _ = written(writeln!(out, "{found}"))?;
    } else if found == 0 && !args.json {
        crate::cli::output::talk(Paint::stderr().paint(Style::Faint, "no record answers"));
    }
    let _ = written(out.flush())?;
    Ok(Exit::SUCCESS)
}

/// Whether anybody still reads.
fn written(result: io::Result<()>) -> Result<bool, Failure> {
    match result {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::user(error)),
    }
}
