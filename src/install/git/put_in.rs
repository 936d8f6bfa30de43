//! The plan that puts the hooks in.

use std::path::{Path, PathBuf};

use crate::seam::git_hook::{Event, KEPT};
use crate::sys::dirs::Places;

use super::super::change::{Change, Plan};
use super::super::entry::{Entry, Print};
use super::super::hook_file;
use super::super::receipt::{Receipt, Written};
use super::super::recorded::{self, PRIVATE};
use super::{NAME, Place, TargetError};

/// Everything that is to be done so that `binary` guards the repository at `place`.
///
/// # Errors
/// Why it is not to be done.
pub fn put_in(places: &Places, place: &Place, binary: &Path) -> Result<Plan, TargetError> {
    place.check_own_hooks()?;
    hook_file::check_binary(binary, &[&place.top, &place.common])?;
    let (git, shell) = recorded::choose(places)?;
    let receipt_path = Receipt::path(places, NAME, &place.common);
    let receipt = Receipt::load(&receipt_path, &place.common);

    let mut plan = Plan::default();
    let is_folder_missing = Entry::observe(&place.hooks)? == Entry::Missing;
    if is_folder_missing {
        plan.changes.push(Change::MakeFolder { path: place.hooks.clone(), mode: 0o755 });
    }
    let mut files = Vec::new();
    for event in Event::ALL {
        let hook = Hook::observe(&place.hooks, event)?;
        files.push(hook.plan(binary, receipt.as_ref(), &mut plan.changes)?);
    }
    let made_folder = is_folder_missing || receipt.as_ref().is_some_and(|receipt| receipt.made_folder);
    let receipt = Receipt {
        version: Receipt::VERSION,
        target: NAME.to_owned(),
        repository: place.common.clone(),
        made_folder,
        files,
    };
    let text = receipt.render().ok_or_else(|| TargetError::NotText(place.common.clone()))?;
    make_private(&places.state, &mut plan.changes)?;
    plan.changes.extend(recorded::change(places, git, shell)?);
    save(&receipt_path, text, &mut plan.changes)?;
    if place.has_submodules {
        plan.notes.push(
            "submodules have hooks of their own: `git submodule foreach --recursive cavra install git`"
                .to_owned(),
        );
    }
    Ok(plan)
}

fn make_private(folder: &Path, changes: &mut Vec<Change>) -> Result<(), TargetError> {
    if Entry::observe(folder)? == Entry::Missing {
        changes.push(Change::MakeFolder { path: folder.to_owned(), mode: 0o700 });
    }
    Ok(())
}

fn save(path: &Path, bytes: Vec<u8>, changes: &mut Vec<Change>) -> Result<(), TargetError> {
    let was = Entry::observe(path)?.print().cloned();
    if was.as_ref() == Some(&Print::of_file(&bytes, PRIVATE)) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        make_private(folder, changes)?;
    }
    changes.push(Change::Write { path: path.to_owned(), bytes, mode: PRIVATE, was, kept: None });
    Ok(())
}

/// A hook's two names, and what has them.
struct Hook {
    path: PathBuf,
    entry: Entry,
    kept_path: PathBuf,
    kept: Entry,
}

impl Hook {
    fn observe(folder: &Path, event: Event) -> Result<Self, TargetError> {
        let path = folder.join(event.as_str());
        let kept_path = folder.join(format!("{}{KEPT}", event.as_str()));
        let (entry, kept) = (Entry::observe(&path)?, Entry::observe(&kept_path)?);
        Ok(Self { path, entry, kept_path, kept })
    }

    /// Adds what is to be done; gives the line of the receipt.
    fn plan(
        self,
        binary: &Path,
        receipt: Option<&Receipt>,
        changes: &mut Vec<Change>,
    ) -> Result<Written, TargetError> {
        let bytes = hook_file::render(binary);
        let after = Print::of_file(&bytes, hook_file::MODE);
        let known = receipt.and_then(|receipt| receipt.file(&self.path));
        let known_kept = known.and_then(|known| known.before.clone());
        let in_the_way = || TargetError::InTheWay { hook: self.path.clone(), kept: self.kept_path.clone() };
        let kept = match &self.kept {
            Entry::Missing => None,
            Entry::Present { print, head: _ } => Some(print.clone()),
            Entry::Other => return Err(in_the_way()),
        };
        let (before, was) = match (&self.entry, &kept) {
            (Entry::Other, _) => return Err(TargetError::NotAFile(self.path)),
            (Entry::Missing, None) => (None, None),
            // It was kept by Cavra, and runs again.
            (Entry::Missing, Some(_)) if known_kept.is_some() => (known_kept, None),
            (Entry::Missing, Some(_)) => return Err(in_the_way()),
            (Entry::Present { print, head }, _) if hook_file::parse(head).is_some() => {
                (known_kept.or(kept.clone()), Some(print.clone()))
            }
            (Entry::Present { print, head: _ }, None) => {
                changes.push(Change::Keep {
                    from: self.path.clone(),
                    to: self.kept_path.clone(),
                    was: print.clone(),
                });
                (Some(print.clone()), Some(print.clone()))
            }
            // Kept already, by an installation that did not come further.
            (Entry::Present { print, head: _ }, Some(kept)) if print == kept => {
                (Some(print.clone()), Some(print.clone()))
            }
            (Entry::Present { .. }, Some(_)) => return Err(in_the_way()),
        };
        let is_kept = before.is_some();
        if was.as_ref() != Some(&after) {
            let takes_the_place = before.is_some() && before == was;
            changes.push(Change::Write {
                path: self.path.clone(),
                bytes,
                mode: hook_file::MODE,
                was,
                kept: takes_the_place.then(|| self.kept_path.clone()),
            });
        }
        Ok(Written { path: self.path, after, before, kept: is_kept.then_some(self.kept_path) })
    }
}
