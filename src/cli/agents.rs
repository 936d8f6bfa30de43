//! `cavra install agents` and `cavra uninstall agents`: the hooks of agents.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use crate::install::agents::{self, AgentsError, Ground};
use crate::install::{Change, Plan};
use crate::intercept::agent::Agent;
use crate::intercept::repository;
use crate::sys::dirs::Places;
use crate::sys::{environment, locks};

use super::exit::Exit;
use super::failure::Failure;
use super::install::{carry_out, own_binary};
use super::installation;
use super::output::{self, escaped, escaped_lines};

/// Which agents, and whose settings.
#[derive(Debug, ClapArgs)]
pub(crate) struct Options {
    /// Only this agent; may be given several times. Without it, every agent that is there
    #[arg(long = "agent", value_name = "NAME", value_parser = super::hook::agents())]
    agents: Vec<Agent>,
    /// The settings of this person (the default)
    #[arg(long)]
    user: bool,
    /// The settings of this project, for everybody who works in it
    #[arg(long, conflicts_with = "user")]
    project: bool,
    /// The settings of this machine, which need root
    #[arg(long, conflicts_with_all = ["user", "project"])]
    managed: bool,
}

impl Options {
    /// Whether any was given.
    pub(crate) fn is_given(&self) -> bool {
        let Self { agents, user, project, managed } = self;
        !agents.is_empty() || *user || *project || *managed
    }

    fn ground(&self, places: &Places) -> Result<Ground, Failure> {
        if self.managed {
            return Ok(Ground::managed(places));
        }
        if !self.project {
            return Ok(Ground::user(places));
        }
        let cwd = environment::working_directory()
            .map_err(|error| Failure::user(format!("the working directory cannot be told: {error}")))?;
        Ok(Ground::project(repository::top_of(&cwd).unwrap_or(cwd)))
    }
}

/// What is done.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Way {
    /// Put in.
    In,
    /// Take out.
    Out,
}

pub(crate) fn run(
    options: &Options,
    way: Way,
    places: &Places,
    dry_run: bool,
    json: bool,
) -> Result<Exit, Failure> {
    let ground = options.ground(places)?;
    let chosen = match (options.agents.is_empty(), way) {
        (false, _) => options.agents.clone(),
        (true, Way::In) => agents::found(places),
        (true, Way::Out) => Agent::ALL.to_vec(),
    };
    if chosen.is_empty() {
        return Err(Failure::user("no agent that Cavra knows is here")
            .hint("`cavra install agents --agent claude-code` names one"));
    }
    let _held = lock(&places.home)?;
    let plan = match way {
        Way::In => agents::put_in(places, &ground, &chosen, &own_binary()?),
        Way::Out => agents::take_out(places, &ground, &chosen),
    };
    let plan = plan.map_err(|error| failure(&error))?;
    if !dry_run {
        carry_out(&plan)?;
    }
    report(&ground, &chosen, &plan, way, dry_run, json)?;
    Ok(if plan.left.is_empty() { Exit::SUCCESS } else { Exit::FAILURE })
}

fn lock(home: &Path) -> Result<Option<locks::Lock>, Failure> {
    if !home.is_dir() {
        return Ok(None);
    }
    locks::folder(home).map(Some).map_err(|error| {
        Failure::user(escaped(&format!("`{}` could not be locked: {error}", home.display())))
    })
}

fn failure(error: &AgentsError) -> Failure {
    let failure = Failure::user(escaped(&error.to_string()));
    match error {
        AgentsError::Settings { .. } => {
            failure.hint("mend the file, or name the other agents with `--agent`; nothing was changed")
        }
        AgentsError::InTheWay(path) => {
            let path = shell_words::quote(&path.to_string_lossy()).into_owned();
            failure.hint(escaped(&format!(
                "`mv {path} {path}.old` moves it out of the way; nothing was changed"
            )))
        }
        AgentsError::Binary(_) | AgentsError::InProject(_) => {
            failure.hint("put the binary where only root and you can write, such as ~/.local/bin")
        }
        AgentsError::Read(_) | AgentsError::Entry(_) | AgentsError::NotText(_) | AgentsError::Receipt(_) => {
            failure
        }
    }
}

/// What was done, or would be.
#[derive(serde::Serialize)]
struct Report<'a> {
    target: &'static str,
    scope: &'static str,
    root: &'a Path,
    agents: Vec<&'static str>,
    dry_run: bool,
    changes: &'a [Change],
    notes: &'a [String],
    left: &'a [String],
}

fn report(
    ground: &Ground,
    chosen: &[Agent],
    plan: &Plan,
    way: Way,
    dry_run: bool,
    json: bool,
) -> Result<(), Failure> {
    let report = Report {
        target: agents::NAME,
        scope: ground.scope.as_str(),
        root: &ground.root,
        agents: chosen.iter().map(|agent| agent.as_str()).collect(),
        dry_run,
        changes: &plan.changes,
        notes: &plan.notes,
        left: &plan.left,
    };
    let text = if json { installation::json(&report)? } else { text(&report, plan, way) };
    output::data(text).map_err(Failure::user)
}

fn text(report: &Report<'_>, plan: &Plan, way: Way) -> String {
    let shown = escaped(&report.root.to_string_lossy());
    let heading = format!("hooks of agents, {} settings below {shown}", report.scope);
    let mut text = match (report.changes.is_empty(), report.dry_run) {
        (true, _) => format!("{heading}: nothing to do\n"),
        (false, false) => format!("{heading}:\n"),
        (false, true) => format!("{heading}, what would be done:\n"),
    };
    if way == Way::In {
        text.push_str(&format!("  agents: {}\n", report.agents.join(", ")));
    }
    for change in report.changes {
        text.push_str(&format!("  {}\n", escaped(&change.to_string())));
        if report.dry_run {
            text.push_str(&escaped_lines(&difference(change)));
        }
    }
    for left in &plan.left {
        text.push_str(&format!("left as it is: {}\n", escaped(left)));
    }
    for note in &plan.notes {
        text.push_str(&format!("note: {}\n", escaped(note)));
    }
    text
}

/// A change to somebody else's file as a unified diff.
fn difference(change: &Change) -> String {
    let (path, before, after): (&PathBuf, &[u8], &[u8]) = match change {
        Change::Edit { path, bytes, before, mode: _ } => (path, before, bytes),
        Change::Write { path, bytes, mode: 0o644 | 0o755, was: None, kept: None } => (path, b"", bytes),
        Change::MakeFolder { .. }
        | Change::Keep { .. }
        | Change::Write { .. }
        | Change::Restore { .. }
        | Change::Remove { .. }
        | Change::RemoveFolder { .. } => return String::new(),
    };
    let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
    let name = path.to_string_lossy();
    similar::TextDiff::from_lines(before.as_ref(), after.as_ref())
        .unified_diff()
        .header(&name, &name)
        .to_string()
}
