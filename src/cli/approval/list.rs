//! `cavra approvals`: what waits for a person.

use clap::{Args as ClapArgs, Subcommand};
use serde_json::json;

use super::watch;
use crate::approval::{Pending, Store};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::cli::place;
use crate::sys::clock;

/// Show what waits for a person's approval
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// Keep showing it, and answer by keys
    #[arg(long, conflicts_with = "json")]
    watch: bool,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Show everything that an answer would be for
    Show {
        /// Its id, or the start of it
        id: String,
        /// Print it as JSON
        #[arg(long, conflicts_with = "line")]
        json: bool,
        /// Print it as one line, for somebody who approves on another machine
        #[arg(long)]
        line: bool,
    },
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let places = place::places()?;
    let store = Store::new(&places.state);
    let text = match args.what {
        Some(What::Show { id, json, line }) => {
            let pending = super::pending(&store, &id)?;
            if line {
                pending.ask.to_line().map_err(Failure::user)? + "\n"
            } else if json {
                whole(&pending)? + "\n"
            } else {
                format!("{}\n{}\n", super::line(&pending), super::shown(&pending.ask))
            }
        }
        None if args.watch => return watch::run(&places, &store),
        None => {
            let pending = store.pending().map_err(|error| super::failure(&error))?;
            if args.json {
                let all: Result<Vec<String>, Failure> = pending.iter().map(whole).collect();
                format!("[{}]\n", all?.join(","))
            } else if pending.is_empty() {
                "nothing waits for approval\n".to_owned()
            } else {
                pending.iter().map(|one| super::line(one) + "\n").collect()
            }
        }
    };
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

fn whole(pending: &Pending) -> Result<String, Failure> {
    let Pending { id, ask, until } = pending;
    let value = json!({ "id": id, "digest": ask.digest(), "until": clock::told(*until).unwrap_or_default(), "ask": ask });
    serde_json::to_string(&value).map_err(Failure::internal)
}
