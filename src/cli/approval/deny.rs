//! `cavra deny`: a person says no, and why.

use clap::Args as ClapArgs;

use crate::approval::{Denial, LONGEST_TTL, Store};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::cli::place;
use crate::sys::clock;

/// Deny what an agent asked for, or take back what was granted or lifted
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The id of what waits (`apr_…`), or of a lift (`grt_…`)
    id: String,
    /// Why: the agent is told
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let places = place::places()?;
    let store = Store::new(&places.state);
    if args.reason.trim().is_empty() {
        return Err(Failure::usage("a denial has a reason: `--reason TEXT`"));
    }
    let id = if args.id.starts_with("grt_") { args.id.clone() } else { super::pending(&store, &args.id)?.id };
    deny(&store, &id, args.reason.trim())?;
    let until = clock::now_seconds().saturating_add(LONGEST_TTL);
    super::record(&places, &super::answer("deny", &id, super::user(), Some(&args.reason), until))?;
    output::data(format!("denied {id}\n")).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

/// Keeps a no.
pub(super) fn deny(store: &Store, id: &str, reason: &str) -> Result<(), Failure> {
    let until = clock::now_seconds().saturating_add(LONGEST_TTL);
    let denial = Denial { by: super::user(), reason: reason.to_owned(), until };
    store.deny(id, &denial).map_err(|error| super::failure(&error))
}
