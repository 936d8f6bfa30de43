//! The plan that takes the hooks out of agents and puts back what was there.

use std::path::Path;

use super::super::change::{Change, Plan};
use super::super::entry::{Entry, Print};
use super::super::recorded::PRIVATE;
use super::put_in::MOST_SETTINGS;
use super::record::{Receipt, Written};
use super::{AgentsError, Ground, edit};
use crate::intercept::agent::{Agent, Target};
use crate::sys::dirs::Places;
use crate::sys::files;

/// Everything that is to be done so that these agents do not call Cavra any more.
///
/// # Errors
/// If what is there cannot be read.
pub fn take_out(places: &Places, ground: &Ground, agents: &[Agent]) -> Result<Plan, AgentsError> {
    let receipt_path = Receipt::path(places, ground);
    let mut receipt = Receipt::load(&receipt_path, ground);
    let mut plan = Plan::default();
    for agent in agents {
        for target in ground.targets(*agent) {
            take_out_one(ground, *agent, target, &mut receipt, &mut plan)?;
        }
    }
    if receipt.files.is_empty() {
        for folder in receipt.folders.iter().rev() {
            plan.changes.push(Change::RemoveFolder { path: folder.clone() });
        }
        if let Some(was) = Entry::observe(&receipt_path)?.print() {
            plan.changes.push(Change::Remove { path: receipt_path, was: was.clone() });
        }
    } else {
        let was = Entry::observe(&receipt_path)?.print().cloned();
        let bytes = receipt.render()?;
        if was.as_ref() != Some(&Print::of_file(&bytes, PRIVATE)) {
            plan.changes.push(Change::Write { path: receipt_path, bytes, mode: PRIVATE, was, kept: None });
        }
    }
    Ok(plan)
}

fn take_out_one(
    ground: &Ground,
    agent: Agent,
    target: &Target,
    receipt: &mut Receipt,
    plan: &mut Plan,
) -> Result<(), AgentsError> {
    let path = ground.path(target);
    let known = receipt.file(&path).cloned();
    let forget = |receipt: &mut Receipt| receipt.files.retain(|file| file.path != path);
    let Entry::Present { print, head: _ } = Entry::observe(&path)? else {
        if known.is_some() {
            plan.notes.push(format!("{} is not there any more", path.display()));
        }
        forget(receipt);
        return Ok(());
    };
    if let Some(known) = known.as_ref().filter(|known| known.after == print) {
        put_back(known, &path, &print, plan)?;
        forget(receipt);
        return Ok(());
    }
    // It was changed since, or the receipt is lost: only what is Cavra's is taken out.
    let bytes = files::read(&path, MOST_SETTINGS)?;
    let Ok(text) = std::str::from_utf8(&bytes) else {
        if known.is_some() {
            plan.left.push(format!("{} is not in UTF-8 any more", path.display()));
        }
        return Ok(());
    };
    match edit::without(agent, &target.form, &path, text) {
        Ok(Some(rest)) if rest == text => {}
        Ok(Some(rest)) => {
            plan.changes.push(Change::Edit {
                path: path.clone(),
                bytes: rest.into_bytes(),
                before: bytes,
                mode: print.mode,
            });
            if known.is_some() {
                plan.notes.push(format!(
                    "{} was changed since Cavra was put in; only what Cavra added was taken out",
                    path.display()
                ));
            }
        }
        Ok(None) => plan.changes.push(Change::Remove { path: path.clone(), was: print }),
        Err(error) if known.is_some() => {
            plan.left.push(error.to_string());
            return Ok(());
        }
        // What cannot be read and was never Cavra's is none of its business.
        Err(_) => {}
    }
    forget(receipt);
    Ok(())
}

/// Puts back what a file was.
fn put_back(known: &Written, path: &Path, print: &Print, plan: &mut Plan) -> Result<(), AgentsError> {
    let Some(before) = &known.before else {
        plan.changes.push(Change::Remove { path: path.to_owned(), was: print.clone() });
        return Ok(());
    };
    let bytes = files::read(&before.backup, MOST_SETTINGS)?;
    if !Print::of_file(&bytes, before.print.mode).has_content_of(&before.print) {
        let fault = format!("its copy `{}` is not what was kept", before.backup.display());
        return Err(AgentsError::Settings { path: path.to_owned(), fault });
    }
    let now = files::read(path, MOST_SETTINGS)?;
    let was = Print::of_file(&bytes, PRIVATE);
    plan.changes.push(Change::Edit { path: path.to_owned(), bytes, before: now, mode: print.mode });
    plan.changes.push(Change::Remove { path: before.backup.clone(), was });
    Ok(())
}
