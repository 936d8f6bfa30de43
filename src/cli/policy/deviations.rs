//! `cavra policy deviations`: where the default is not the parity answer.

use clap::Args as ClapArgs;
use serde::Serialize;

use crate::evaluate::{Deviation, Kind};

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output;

/// Show where the default differs from `evaluate --parity`, and why.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Print them as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row {
    id: &'static str,
    kind: &'static str,
    leaves_open: &'static str,
    default_does: &'static str,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let rows: Vec<Row> = Deviation::ALL
        .iter()
        .map(|deviation| Row {
            id: deviation.id(),
            kind: match deviation.kind() {
                Kind::Stricter => "stricter",
                Kind::Exception => "exception",
            },
            leaves_open: deviation.leaves_open(),
            default_does: deviation.default_does(),
        })
        .collect();
    let text = if args.json {
        serde_json::to_string_pretty(&rows).map_err(Failure::internal)? + "\n"
    } else {
        rows.iter()
            .map(|row| {
                format!(
                    "{:<3} {}\n    parity:  {}\n    default: {}\n",
                    row.id, row.kind, row.leaves_open, row.default_does
                )
            })
            .collect()
    };
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}
