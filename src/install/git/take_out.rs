//! The plan that takes the hooks out and puts back what was there.

use std::path::{Path, PathBuf};

use crate::seam::git_hook::{Event, KEPT};
use crate::sys::dirs::Places;

use super::super::change::{Change, Plan};
use super::super::entry::Entry;
use super::super::hook_file;
use super::super::receipt::{Receipt, Written};
use super::{NAME, Place, TargetError};

/// Everything that is to be done so that the repository at `place` is as it was. By the receipt; where that is
/// lost, by the marks in the files.
///
/// # Errors
/// If what is there cannot be read.
pub fn take_out(places: &Places, place: &Place) -> Result<Plan, TargetError> {
    let receipt_path = Receipt::path(places, NAME, &place.common);
    let receipt = Receipt::load(&receipt_path, &place.common);
    let mut plan = Plan::default();
    for (path, kept, known) in hooks(place, receipt.as_ref()) {
        take_out_one(&path, &kept, known.as_ref(), &mut plan)?;
    }
    if plan.left.is_empty() {
        if receipt.as_ref().is_some_and(|receipt| receipt.made_folder) {
            plan.changes.push(Change::RemoveFolder { path: place.hooks.clone() });
        }
        if let Some(was) = Entry::observe(&receipt_path)?.print() {
            plan.changes.push(Change::Remove { path: receipt_path, was: was.clone() });
        }
    }
    Ok(plan)
}

/// Each hook's name, the name that it is kept under, and what the receipt says of it.
fn hooks(place: &Place, receipt: Option<&Receipt>) -> Vec<(PathBuf, PathBuf, Option<Written>)> {
    let mut folder = place.hooks.clone();
    if !place.hooks_path.is_empty() {
        // A setting that came later does not move what was installed before it.
        folder = place.common.join("hooks");
    }
    Event::ALL
        .iter()
        .rev()
        .map(|event| {
            let path = folder.join(event.as_str());
            let kept = folder.join(format!("{}{KEPT}", event.as_str()));
            let known = receipt.and_then(|receipt| receipt.file(&path)).cloned();
            (path, kept, known)
        })
        .collect()
}

fn take_out_one(
    path: &Path,
    kept_path: &Path,
    known: Option<&Written>,
    plan: &mut Plan,
) -> Result<(), TargetError> {
    let entry = Entry::observe(path)?;
    let kept = Entry::observe(kept_path)?;
    let replaces = match &entry {
        Entry::Missing => None,
        Entry::Present { print, head } if is_ours(print, head, known) => Some(print.clone()),
        Entry::Present { print: _, head } => {
            // A foreign hook where Cavra never was is none of its business.
            if known.is_some() || hook_file::parse(head).is_some() {
                plan.left.push(format!("{} was changed since it was installed", path.display()));
            }
            return Ok(());
        }
        Entry::Other => {
            plan.left.push(format!("{} is neither a file nor a link any more", path.display()));
            return Ok(());
        }
    };
    let was_kept = match known {
        Some(known) => known.before.is_some(),
        // Without a receipt, only what stands beside a hook of Cavra's was kept by Cavra.
        None => replaces.is_some(),
    };
    match (kept, was_kept) {
        (Entry::Present { print, head: _ }, true) => {
            if known.and_then(|known| known.before.as_ref()).is_some_and(|before| *before != print) {
                plan.notes.push(format!(
                    "{} was changed since it was kept, and is put back as it is now",
                    kept_path.display()
                ));
            }
            plan.changes.push(Change::Restore {
                from: kept_path.to_owned(),
                to: path.to_owned(),
                was: print,
                replaces,
            });
        }
        (_, was_kept) => {
            if was_kept && known.is_some() {
                plan.notes.push(format!(
                    "the hook that was kept as {} is gone, and cannot be put back",
                    kept_path.display()
                ));
            }
            if let Some(was) = replaces {
                plan.changes.push(Change::Remove { path: path.to_owned(), was });
            }
        }
    }
    Ok(())
}

/// Whether the file is what was installed: what the receipt says or, without one, what its own mark comes to.
fn is_ours(print: &super::super::entry::Print, head: &[u8], known: Option<&Written>) -> bool {
    match known {
        Some(known) => print.has_content_of(&known.after),
        None => hook_file::parse(head).is_some_and(|binary| head == hook_file::render(&binary)),
    }
}
