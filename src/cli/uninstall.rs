//! `cavra uninstall`: takes the seams out, and puts back what was there.

use clap::Args as ClapArgs;

use crate::evidence::{Gap, Limits, Log, Redactor};
use crate::install::git;
use crate::intercept::Seam;

use super::agents;
use super::exit::Exit;
use super::failure::Failure;
use super::install::{Target, Where, carry_out, check};
use super::installation;
use super::installed_mcp;
use super::output;
use super::{place, shims};

/// Take Cavra out of this repository, or out of agents, and put back what was there.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// What to take out
    #[arg(value_enum, default_value = "git")]
    target: Target,
    /// For `shims`: the programs that are not to be run under Cavra any more; without any, all
    names: Vec<String>,
    #[command(flatten)]
    reach: Where,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Print what was done as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    agents: agents::Options,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    check(args.target, &args.agents, &args.names)?;
    if args.target == Target::Mcp {
        return installed_mcp::take_out(args.dry_run, args.json);
    }
    let places = place::places()?;
    if args.target == Target::Agents {
        return agents::run(&args.agents, agents::Way::Out, &places, args.dry_run, args.json);
    }
    if args.target == Target::Shims {
        return shims::run(&args.names, agents::Way::Out, &places, args.dry_run, args.json);
    }
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
        // The gap is on record before the seam is out: what cannot be recorded is not done.
        if !plan.changes.is_empty() {
            let place = Redactor::new(None).text(&shown.to_string_lossy());
            let gap = Gap::SeamUninstalled { seam: Seam::GitHook.as_str(), place };
            let log = Log::new(places.evidence(), Limits::default());
            log.note(&gap).map_err(|error| {
                Failure::user(output::escaped(&format!("the evidence cannot be written: {error}")))
            })?;
        }
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
