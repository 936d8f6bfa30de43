//! `cavra uninstall`: takes the seams out, and puts back what was there.

use clap::Args as ClapArgs;

use crate::install::git;

use super::exit::Exit;
use super::failure::Failure;
use super::install::{Target, Where, carry_out};
use super::installation;
use super::place;

/// Take Cavra out of this repository, and put back what was there.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// What to take out
    #[arg(value_enum, default_value = "git")]
    target: Target,
    #[command(flatten)]
    reach: Where,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Print what was done as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let Target::Git = args.target;
    let places = place::places()?;
    let (site, shown, _held) = match args.reach.reach() {
        Some(reach) => {
            let held = installation::lock(&places, None)?;
            let site = git::formerly_everywhere(&places, reach);
            let site = site.map_err(|error| installation::failure(&error))?;
            (site.clone(), site.identity, held)
        }
        None => {
            let here = installation::observe(&places)?;
            let held = installation::lock(&places, Some(&here))?;
            (here.former_site(), here.top, held)
        }
    };
    let plan = git::take_out(&places, &site).map_err(|error| installation::failure(&error))?;
    if !args.dry_run {
        carry_out(&plan)?;
    }
    installation::report(
        &installation::Report {
            target: git::NAME,
            repository: &shown,
            dry_run: args.dry_run,
            changes: &plan.changes,
            notes: &plan.notes,
            left: &plan.left,
            policy: None,
        },
        args.json,
    )?;
    Ok(if plan.left.is_empty() { Exit::SUCCESS } else { Exit::FAILURE })
}
