//! `cavra status`: which policy is in force, which seams are in place, which programs are run, where the evidence
//! lies.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use serde::Serialize;

use crate::gate::{Gate, Scope};
use crate::install::git::{self, Gap, HookState, HookStatus, Place};
use crate::sys::dirs::Places;
use crate::sys::{environment, programs};

use super::exit::Exit;
use super::failure::Failure;
use super::in_force::InForce;
use super::output::{self, Paint, Style, escaped};
use super::{installation, place};

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
    programs: ProgramsStatus,
    evidence: PathBuf,
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
    let policy = match &here {
        Ok(here) => installation::in_force(places, here),
        Err(_) => {
            InForce::of(&Gate::open(&Scope { places, project_roots: Vec::new(), project_blobs: Vec::new() }))
        }
    };
    let is_well = policy.is_usable()
        && git.hooks.iter().all(|hook| hook.state == HookState::Installed)
        && git.gaps.is_empty()
        && matches!(programs.git, ProgramStatus::Usable(_))
        && matches!(programs.shell, ProgramStatus::Usable(_));
    Ok(Status { is_well, policy, git, programs, evidence })
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
        text.push_str(&format!("evidence: {}\n", escaped(&self.evidence.to_string_lossy())));
        text
    }
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
