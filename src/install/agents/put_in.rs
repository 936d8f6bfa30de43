//! The plan that has agents call Cavra.

use std::path::{Path, PathBuf};

use super::super::change::{Change, Plan};
use super::super::entry::{Entry, Print};
use super::super::recorded::PRIVATE;
use super::record::{Before, Receipt, Written};
use super::{AgentsError, Ground, edit};
use crate::intercept::agent::{Agent, Form, OnFailure, Target};
use crate::sys::dirs::Places;
use crate::sys::{files, programs};

/// The largest settings that are changed, in bytes.
pub(super) const MOST_SETTINGS: u64 = 16 << 20;

/// Everything that is to be done so that these agents call `binary`.
///
/// # Errors
/// Why it is not to be done.
pub fn put_in(
    places: &Places,
    ground: &Ground,
    agents: &[Agent],
    binary: &Path,
) -> Result<Plan, AgentsError> {
    programs::trusted(binary, None)?;
    if ground.scope == crate::intercept::agent::Scope::Project && binary.starts_with(&ground.root) {
        return Err(AgentsError::InProject(binary.to_owned()));
    }
    let receipt_path = Receipt::path(places, ground);
    let mut receipt = Receipt::load(&receipt_path, ground);
    let mut plan = Plan::default();
    for agent in agents {
        for target in ground.targets(*agent) {
            put_in_one(places, ground, *agent, target, binary, &mut receipt, &mut plan)?;
        }
        tell(*agent, ground, &mut plan);
    }
    let saves = Entry::observe(&receipt_path)?;
    let text = receipt.render()?;
    if saves.print() != Some(&Print::of_file(&text, PRIVATE)) {
        make_folders(receipt_path.parent(), 0o700, &mut plan.changes, &mut Vec::new())?;
        let was = saves.print().cloned();
        plan.changes.push(Change::Write { path: receipt_path, bytes: text, mode: PRIVATE, was, kept: None });
    }
    Ok(plan)
}

fn put_in_one(
    places: &Places,
    ground: &Ground,
    agent: Agent,
    target: &Target,
    binary: &Path,
    receipt: &mut Receipt,
    plan: &mut Plan,
) -> Result<(), AgentsError> {
    let path = ground.path(target);
    let before = match Entry::observe(&path)? {
        Entry::Missing => None,
        Entry::Present { print, head: _ } => Some((files::read(&path, MOST_SETTINGS)?, print)),
        Entry::Other => return Err(AgentsError::InTheWay(path)),
    };
    let text = match &before {
        None => None,
        Some((bytes, _)) => {
            let text = std::str::from_utf8(bytes);
            let fault = "it is not in UTF-8".to_owned();
            Some(text.map_err(|_| AgentsError::Settings { path: path.clone(), fault })?)
        }
    };
    let wanted = edit::with(agent, &target.form, binary, &path, text)?.into_bytes();
    let new_mode = match target.form {
        Form::Whole { is_program: true, .. } => 0o755,
        Form::Json { .. } | Form::Toml { .. } | Form::Whole { .. } => 0o644,
    };
    let mode = before.as_ref().map_or(new_mode, |(_, print)| print.mode);
    let after = Print::of_file(&wanted, mode);
    let known = receipt.file(&path).cloned();
    if before.as_ref().is_some_and(|(_, print)| *print == after) {
        return Ok(());
    }
    let kept = match (&before, &known) {
        // What was there before Cavra is kept, not what Cavra wrote itself.
        (_, Some(known)) if before.as_ref().is_some_and(|(_, print)| *print == known.after) => {
            known.before.clone()
        }
        (Some((bytes, print)), _) => {
            let backup = Receipt::backup(places, &path, print);
            if Entry::observe(&backup)? == Entry::Missing {
                make_folders(backup.parent(), 0o700, &mut plan.changes, &mut Vec::new())?;
                let (path, bytes) = (backup.clone(), bytes.clone());
                plan.changes.push(Change::Write { path, bytes, mode: PRIVATE, was: None, kept: None });
            }
            Some(Before { print: print.clone(), backup })
        }
        (None, _) => None,
    };
    match before {
        Some((bytes, _)) => {
            plan.changes.push(Change::Edit { path: path.clone(), bytes: wanted, before: bytes, mode });
        }
        None => {
            make_folders(path.parent(), 0o755, &mut plan.changes, &mut receipt.folders)?;
            plan.changes.push(Change::Write {
                path: path.clone(),
                bytes: wanted,
                mode,
                was: None,
                kept: None,
            });
        }
    }
    receipt.files.retain(|file| file.path != path);
    receipt.files.push(Written { agent: agent.as_str().to_owned(), path, after, before: kept });
    Ok(())
}

/// Makes the folders on the way that are missing, one by one, and notes them.
fn make_folders(
    folder: Option<&Path>,
    mode: u32,
    changes: &mut Vec<Change>,
    made: &mut Vec<PathBuf>,
) -> Result<(), AgentsError> {
    let mut missing = Vec::new();
    for above in folder.into_iter().flat_map(Path::ancestors) {
        let is_planned = changes
            .iter()
            .any(|change| matches!(change, Change::MakeFolder { path, mode: _ } if path == above));
        if is_planned || Entry::observe(above)? != Entry::Missing {
            break;
        }
        missing.push(above.to_owned());
    }
    for path in missing.into_iter().rev() {
        changes.push(Change::MakeFolder { path: path.clone(), mode });
        if !made.contains(&path) {
            made.push(path);
        }
    }
    Ok(())
}

/// What a person has to know of an agent.
fn tell(agent: Agent, ground: &Ground, plan: &mut Plan) {
    let installation = agent.installation();
    let shown = installation.shown;
    if ground.targets(agent).next().is_none() {
        plan.notes.push(format!("{shown} has no {} settings that could call Cavra", ground.scope.as_str()));
        return;
    }
    for to_do in installation.to_do {
        plan.notes.push(format!("{shown}: {to_do}"));
    }
    match installation.on_failure {
        OnFailure::Closed => {}
        failure @ (OnFailure::ClosedButTimeout | OnFailure::Open | OnFailure::Unknown) => plan.notes.push(format!(
            "{shown} {} where a hook is killed, cannot be started or takes too long; Cavra answers within 2 seconds",
            failure.as_str()
        )),
    }
}
