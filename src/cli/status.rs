//! `cavra status`: which policy is in force, which seams are in place, which programs are run, where the evidence
//! lies.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use serde::Serialize;

use crate::evidence::{self, Stored};
use crate::gate::{Gate, Scope};
use crate::install::agents;
use crate::install::git::{self, Gap, HookState, HookStatus, Place};
use crate::install::shims::{self, ShimStatus};
use crate::intercept::agent::Agent;
use crate::sys::dirs::Places;
use crate::sys::{environment, programs};

use super::approval::status::Approvals;
use super::exit::Exit;
use super::failure::Failure;
use super::in_force::InForce;
use super::installed_mcp::McpStatus;
use super::output::{self, Paint, Style, escaped};
use super::{doctor, installation, place};

/// Show what is in place here, and whether it holds.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Status {
    is_well: bool,
    policy: InForce,
    git: GitStatus,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    agents: Vec<AgentStatus>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    shims: Vec<ShimStatus>,
    mcp: McpStatus,
    programs: ProgramsStatus,
    approvals: Approvals,
    evidence: PathBuf,
}

/// The hook in one file of an agent, and when it was last heard of.
#[derive(Debug, Serialize)]
struct AgentStatus {
    #[serde(flatten)]
    hook: agents::HookStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_seen: Option<String>,
}

#[derive(Debug, Serialize)]
struct GitStatus {
    #[serde(skip_serializing_if = "Option::is_none")]
    repository: Option<PathBuf>,
    hooks: Vec<HookStatus>,
    /// Where they do not reach.
    gaps: Vec<Gap>,
    /// Why there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    none: Option<String>,
}

#[derive(Debug, Serialize)]
struct ProgramsStatus {
    git: ProgramStatus,
    shell: ProgramStatus,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum ProgramStatus {
    Usable(PathBuf),
    Unusable(String),
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let status = observe(place::places()?)?;
    let text = if args.json { installation::json(&status)? } else { status.text(Paint::stdout()) };
    output::data(text).map_err(Failure::user)?;
    Ok(if status.is_well { Exit::SUCCESS } else { Exit::FAILURE })
}

fn observe(places: Places) -> Result<Status, Failure> {
    let cwd = environment::working_directory()
        .map_err(|error| Failure::user(format!("the working directory cannot be told: {error}")))?;
    let here = Place::observe(&places, &cwd);
    let git = match &here {
        Ok(here) => GitStatus {
            hooks: git::status(&places, here).map_err(|error| installation::failure(&error))?,
            gaps: git::gaps(&places, here).map_err(|error| installation::failure(&error))?,
            repository: Some(here.top.clone()),
            none: None,
        },
        Err(error) => {
            GitStatus { repository: None, hooks: Vec::new(), gaps: Vec::new(), none: Some(error.to_string()) }
        }
    };
    let program = |found: Result<PathBuf, programs::ProgramError>| match found {
        Ok(path) => ProgramStatus::Usable(path),
        Err(error) => ProgramStatus::Unusable(error.to_string()),
    };
    let programs =
        ProgramsStatus { git: program(programs::git(&places)), shell: program(programs::shell(&places)) };
    let evidence = places.evidence();
    let agents = agents_here(&places, &evidence);
    let shims = shims::status(&places).map_err(|error| Failure::user(escaped(&error.to_string())))?;
    let mcp = McpStatus::observe(&places, &cwd);
    let approvals = Approvals::observe(&places, &cwd);
    let policy = match &here {
        Ok(here) => installation::in_force(places, here),
        Err(_) => {
            InForce::of(&Gate::open(&Scope { places, project_roots: Vec::new(), project_blobs: Vec::new() }))
        }
    };
    let is_well = policy.is_usable()
        && git.hooks.iter().all(|hook| hook.state == HookState::Installed)
        && git.gaps.is_empty()
        && agents.iter().all(|agent| is_well_or_absent(agent.hook.state))
        && shims.iter().all(|shim| shim.fault.is_none())
        && matches!(programs.git, ProgramStatus::Usable(_))
        && matches!(programs.shell, ProgramStatus::Usable(_));
    Ok(Status { is_well, policy, git, agents, shims, mcp, programs, approvals, evidence })
}

/// The agents that call Cavra here, and those that are there and do not.
fn agents_here(places: &Places, evidence: &Path) -> Vec<AgentStatus> {
    let present = agents::found(places);
    let mut hooks = Vec::new();
    for agent in Agent::ALL {
        let of_ground = |ground: &agents::Ground| agents::status(ground, *agent).unwrap_or_default();
        let all: Vec<_> = doctor::grounds(places).iter().flat_map(of_ground).collect();
        let (missing, there): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|hook| hook.state == agents::HookState::Missing);
        if there.is_empty() && present.contains(agent) {
            hooks.extend(missing.into_iter().take(1));
        }
        hooks.extend(there);
    }
    let seen = if hooks.is_empty() { Vec::new() } else { last_seen(evidence) };
    let when = |agent: &str| seen.iter().find(|(known, _)| known == agent).map(|(_, time)| time.clone());
    hooks.into_iter().map(|hook| AgentStatus { last_seen: when(hook.agent), hook }).collect()
}

/// The most records that are looked through for when an agent was last heard of.
const MOST_RECORDS: usize = 10_000;

/// When each agent was last heard of, by the evidence.
fn last_seen(evidence: &Path) -> Vec<(String, String)> {
    let is_hook = |record: &Stored| record.text_at(&["seam"]) == Some("agent_hook");
    // Evidence that cannot be read is told of by `cavra evidence verify`.
    let records = evidence::newest(evidence, MOST_RECORDS, &is_hook).unwrap_or_default();
    let mut seen: Vec<(String, String)> = Vec::new();
    for record in records.iter().rev() {
        let (agent, time) = (record.text_at(&["verdict", "agent_id"]), record.text_at(&["time"]));
        if let (Some(agent), Some(time)) = (agent, time)
            && !seen.iter().any(|(known, _)| known == agent)
        {
            seen.push((agent.to_owned(), time.to_owned()));
        }
    }
    seen
}

fn is_well_or_absent(state: agents::HookState) -> bool {
    match state {
        agents::HookState::Installed | agents::HookState::Missing => true,
        agents::HookState::Changed | agents::HookState::BinaryUnusable => false,
    }
}

impl Status {
    fn text(&self, paint: Paint) -> String {
        let mut text = self.policy.text();
        match (&self.git.repository, &self.git.none) {
            (Some(top), _) => {
                text.push_str(&format!("git hooks of {}:\n", escaped(&top.to_string_lossy())));
            }
            (None, Some(why)) => text.push_str(&format!("git hooks: {}\n", escaped(why))),
            (None, None) => {}
        }
        for hook in &self.git.hooks {
            text.push_str(&hook_line(hook, paint));
        }
        for gap in &self.git.gaps {
            text.push_str(&format!("  {}: {}\n", paint.paint(Style::Bad, "gap"), escaped(&gap.to_string())));
        }
        if self.git.hooks.iter().any(|hook| is_mended_by_install(hook.state)) {
            text.push_str("  hint: `cavra install git` puts them in place\n");
        }
        if !self.agents.is_empty() {
            text.push_str("agents:\n");
        }
        for agent in &self.agents {
            text.push_str(&agent_line(agent, paint));
        }
        if self.agents.iter().any(|agent| agent.hook.state != agents::HookState::Installed) {
            text.push_str("  hint: `cavra install agents` puts their hooks in place\n");
        }
        if !self.shims.is_empty() {
            text.push_str("shims, which are advice and no wall:\n");
        }
        for shim in &self.shims {
            text.push_str(&shim_line(shim, paint));
        }
        text.push_str(&self.mcp.text(paint));
        text.push_str("programs:\n");
        for (name, program) in [("git", &self.programs.git), ("shell", &self.programs.shell)] {
            let shown = match program {
                ProgramStatus::Usable(path) => escaped(&path.to_string_lossy()),
                ProgramStatus::Unusable(why) => {
                    format!("{}: {}", paint.paint(Style::Bad, "unusable"), escaped(why))
                }
            };
            text.push_str(&format!("  {name}: {shown}\n"));
        }
        text.push_str(&self.approvals.text(paint));
        text.push_str(&format!("evidence: {}\n", escaped(&self.evidence.to_string_lossy())));
        text
    }
}

fn agent_line(agent: &AgentStatus, paint: Paint) -> String {
    let hook = &agent.hook;
    let style = if hook.state == agents::HookState::Installed { Style::Good } else { Style::Bad };
    let mut line = format!("  {} ({}): {}", hook.shown, hook.scope, paint.paint(style, hook.state.words()));
    if hook.state == agents::HookState::Missing {
        return line + "\n";
    }
    if let Some(detail) = &hook.detail {
        line.push_str(&format!(": {}", escaped(detail)));
    }
    let seen = agent.last_seen.as_deref().map_or_else(|| "never".to_owned(), escaped);
    line.push_str(&format!(", {}, last seen {seen}\n", hook.on_failure));
    line.push_str(&format!("    {}\n", escaped(&hook.path.to_string_lossy())));
    line
}

fn shim_line(shim: &ShimStatus, paint: Paint) -> String {
    let leads = shim
        .program
        .as_ref()
        .map_or_else(String::new, |program| format!(" for {}", escaped(&program.to_string_lossy())));
    let told = match (&shim.fault, shim.is_first_on_path) {
        (Some(fault), _) => format!("{}: {}", paint.paint(Style::Bad, "does not hold"), escaped(fault)),
        (None, true) => paint.paint(Style::Good, "first on PATH"),
        (None, false) => paint.paint(Style::Doubt, "not first on PATH here"),
    };
    format!("  {}{leads}: {told}\n", escaped(&shim.name))
}

fn hook_line(hook: &HookStatus, paint: Paint) -> String {
    let style = if hook.state == HookState::Installed { Style::Good } else { Style::Bad };
    let mut line = format!("  {}: {}", hook.name, paint.paint(style, hook.state.words()));
    if let Some(detail) = &hook.detail {
        line.push_str(&format!(": {}", escaped(detail)));
    }
    if let Some(kept) = &hook.kept {
        let name = kept.file_name().unwrap_or_default().to_string_lossy();
        line.push_str(&format!(", then {}", escaped(&name)));
    }
    line.push('\n');
    line
}

fn is_mended_by_install(state: HookState) -> bool {
    match state {
        HookState::Changed
        | HookState::NotExecutable
        | HookState::BinaryUnusable
        | HookState::Missing
        | HookState::Foreign => true,
        HookState::Installed | HookState::Overridden => false,
    }
}
