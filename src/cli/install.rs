//! `cavra install`: puts the seams in place.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};

use crate::install::git::{self, Reach};
use crate::install::{self, Plan};
use crate::sys::dirs::Places;
use crate::sys::environment;

use super::agents;
use super::audit_only;
use super::exit::Exit;
use super::failure::Failure;
use super::installation;
use super::installed_mcp;
use super::output;
use super::place;
use super::policy;
use super::shims;

/// Put Cavra in place: in this repository, or in the agents that are here.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// What to put in place
    #[arg(value_enum, default_value = "git")]
    target: Target,
    /// For `shims`: the programs to run under Cavra; without any, those that are mended
    names: Vec<String>,
    #[command(flatten)]
    reach: Where,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Let everything run to begin with, and record what would have been decided
    #[arg(long, conflicts_with = "json")]
    audit_only: bool,
    /// Print what was done as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    agents: agents::Options,
}

/// What can be installed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Target {
    /// The git hooks of this repository
    Git,
    /// The hooks of agents
    Agents,
    /// Programs that are run under their own names, such as git or terraform, and shells that judge what they run
    Shims,
    /// The MCP servers of the clients on this machine and in this project
    Mcp,
}

/// Options and names that say nothing to this target.
pub(crate) fn check(target: Target, options: &agents::Options, names: &[String]) -> Result<(), Failure> {
    match target {
        Target::Git | Target::Agents | Target::Mcp if !names.is_empty() => {
            Err(Failure::usage("names of programs are for `shims`")
                .hint("`cavra install shims git` runs git under Cavra"))
        }
        Target::Agents => Ok(()),
        Target::Git | Target::Shims | Target::Mcp if options.is_given() => {
            Err(Failure::usage("`--agent`, `--user`, `--project` and `--managed` are for `agents`")
                .hint("`cavra install agents` puts the hooks of agents in place"))
        }
        Target::Git | Target::Shims | Target::Mcp => Ok(()),
    }
}

/// How far the git hooks reach.
#[derive(Clone, Copy, Debug, ClapArgs)]
#[group(multiple = false)]
pub(crate) struct Where {
    /// Only this repository and its working trees: what is done if nothing is said
    #[arg(long)]
    local: bool,
    /// Every repository of yours
    #[arg(long)]
    global: bool,
    /// Every repository of this machine
    #[arg(long)]
    system: bool,
}

impl Where {
    /// None for this repository.
    pub(crate) fn reach(self) -> Option<Reach> {
        match (self.global, self.system) {
            (true, _) => Some(Reach::User),
            (_, true) => Some(Reach::Machine),
            (false, false) => None,
        }
    }
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    check(args.target, &args.agents, &args.names)?;
    if args.target == Target::Mcp {
        return installed_mcp::put_in(&own_binary()?, args.dry_run, args.json);
    }
    let places = place::places()?;
    if args.target == Target::Agents {
        let audited = if args.audit_only { Some(audit_only::begin(&places, args.dry_run)?) } else { None };
        let exit = agents::run(&args.agents, agents::Way::In, &places, args.dry_run, args.json)?;
        if let Some(told) = audited {
            output::data(told).map_err(Failure::user)?;
        }
        return Ok(exit);
    }
    if args.target == Target::Shims {
        return shims::run(&args.names, agents::Way::In, &places, args.dry_run, args.json);
    }
    let binary = own_binary()?;
    if let Some(reach) = args.reach.reach() {
        return everywhere(&places, reach, &binary, &args);
    }
    let here = installation::observe(&places)?;
    let _held = installation::lock(&places, Some(&here))?;
    let site = here.site().map_err(|error| installation::failure(&error))?;
    let plan = git::put_in(&places, &site, &binary).map_err(|error| installation::failure(&error))?;
    // It is told what will be asked, before anything is.
    let simulated = if args.json { None } else { policy::simulated() };
    let audited = if args.audit_only { Some(audit_only::begin(&places, args.dry_run)?) } else { None };
    if !args.dry_run {
        carry_out(&plan)?;
    }
    let in_force = installation::in_force(places, &here);
    installation::report(
        &installation::Report {
            target: git::NAME,
            repository: &here.top,
            dry_run: args.dry_run,
            changes: &plan.changes,
            notes: &plan.notes,
            left: &plan.left,
            policy: Some(&in_force),
        },
        args.json,
    )?;
    for told in audited.into_iter().chain(simulated) {
        output::data(told).map_err(Failure::user)?;
    }
    Ok(Exit::SUCCESS)
}

/// Installs for every repository of a person or a machine.
fn everywhere(places: &Places, reach: Reach, binary: &Path, args: &Args) -> Result<Exit, Failure> {
    if args.audit_only {
        return Err(Failure::usage("`--audit-only` is for one repository")
            .hint("`metadata: {mode: audit_only}` in your own policy does the same everywhere"));
    }
    let _held = installation::lock(places, None)?;
    let site = git::everywhere(places, reach).map_err(|error| installation::failure(&error))?;
    let plan = git::put_in(places, &site, binary).map_err(|error| installation::failure(&error))?;
    if !args.dry_run {
        carry_out(&plan)?;
    }
    installation::report(
        &installation::Report {
            target: git::NAME,
            repository: &site.identity,
            dry_run: args.dry_run,
            changes: &plan.changes,
            notes: &plan.notes,
            left: &plan.left,
            policy: None,
        },
        args.json,
    )?;
    Ok(Exit::SUCCESS)
}

/// Makes the changes of a plan.
pub(crate) fn carry_out(plan: &Plan) -> Result<(), Failure> {
    install::apply(plan).map_err(|error| Failure::user(output::escaped(&error.to_string())))
}

/// The real path of the running binary, whatever links led to it.
pub(crate) fn own_binary() -> Result<PathBuf, Failure> {
    environment::own_program()
        .and_then(fs::canonicalize)
        .map_err(|error| Failure::user(format!("it cannot be told where this binary is: {error}")))
}
