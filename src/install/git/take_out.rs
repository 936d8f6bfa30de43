//! The plan that takes the hooks out and puts back what was there.

use std::path::{Path, PathBuf};

use crate::sys::dirs::Places;
use crate::sys::files;

use super::super::change::{Change, Plan};
use super::super::entry::Entry;
use super::super::hook_file;
use super::super::receipt::{Receipt, Written};
use super::put_in::MOST_SETTINGS;
use super::site::{HookFile, Site};
use super::{NAME, TargetError, block};

/// Everything that is to be done so that what the site is for is as it was. By the receipt; where that is lost, by the
/// marks in the files.
///
/// # Errors
/// If what is there cannot be read.
pub fn take_out(places: &Places, site: &Site) -> Result<Plan, TargetError> {
    let receipt_path = Receipt::path(places, NAME, &site.identity);
    let receipt = Receipt::load(&receipt_path, &site.identity);
    let mut plan = Plan::default();
    if let Some(settings) = &site.settings {
        let known = receipt.as_ref().and_then(|receipt| receipt.settings.as_ref());
        unset(&settings.path, known.is_some_and(|known| known.made), &mut plan)?;
    }
    for (path, kept, known) in hooks(site, receipt.as_ref()) {
        take_out_one(&path, &kept, known.as_ref(), &mut plan)?;
    }
    plan.changes.extend(site.leftovers()?);
    if plan.left.is_empty() {
        if receipt.as_ref().is_some_and(|receipt| receipt.made_folder) {
            plan.changes.push(Change::RemoveFolder { path: site.folder.clone() });
        }
        if let Some(was) = Entry::observe(&receipt_path)?.print() {
            plan.changes.push(Change::Remove { path: receipt_path, was: was.clone() });
        }
    }
    Ok(plan)
}

/// Takes the lines out of a file of settings, and the file away if it was made for them.
fn unset(path: &Path, was_made: bool, plan: &mut Plan) -> Result<(), TargetError> {
    let Some(was) = Entry::observe(path)?.print().cloned() else { return Ok(()) };
    let text = files::read(path, MOST_SETTINGS).map_err(|error| TargetError::Unread(error.to_string()))?;
    let Some(bytes) = block::without(&text) else { return Ok(()) };
    plan.changes.push(if bytes.is_empty() && was_made {
        Change::Remove { path: path.to_owned(), was }
    } else {
        Change::Write { path: path.to_owned(), bytes, mode: was.mode, was: Some(was), kept: None }
    });
    Ok(())
}

/// Each hook's name, the name that it is kept under, and what the receipt says of it. What the receipt has counts,
/// wherever git looks for hooks by now.
fn hooks(site: &Site, receipt: Option<&Receipt>) -> Vec<(PathBuf, PathBuf, Option<Written>)> {
    let mut found: Vec<(PathBuf, PathBuf, Option<Written>)> = Vec::new();
    for written in receipt.iter().flat_map(|receipt| &receipt.files) {
        let file = HookFile { name: "", path: written.path.clone() };
        found.push((written.path.clone(), file.kept(), Some(written.clone())));
    }
    for file in &site.files {
        if found.iter().all(|(path, _, _)| *path != file.path) {
            found.push((file.path.clone(), file.kept(), None));
        }
    }
    found.reverse();
    found
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
        // An installation came no further than to give the hook a second name.
        Entry::Present { print, head: _ }
            if known.is_some_and(|known| known.before.as_ref() == Some(print)) =>
        {
            if kept.print() == Some(print) {
                plan.changes.push(Change::Remove { path: kept_path.to_owned(), was: print.clone() });
            }
            return Ok(());
        }
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
