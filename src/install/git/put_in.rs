//! The plan that puts the hooks in.

use std::path::{Path, PathBuf};

use crate::sys::dirs::Places;
use crate::sys::files;

use super::super::change::{Change, Plan};
use super::super::entry::{Entry, Print};
use super::super::hook_file;
use super::super::receipt::{Receipt, Set, Written};
use super::super::recorded::{self, PRIVATE};
use super::site::{HookFile, Settings, Site};
use super::{NAME, TargetError, block};

/// Everything that is to be done so that `binary` guards what the site is for. The receipt comes first: wherever the
/// work ends, it says what was there.
///
/// # Errors
/// Why it is not to be done.
pub fn put_in(places: &Places, site: &Site, binary: &Path) -> Result<Plan, TargetError> {
    let guarded: Vec<&Path> = site.guarded.iter().map(PathBuf::as_path).collect();
    hook_file::check_binary(binary, &guarded)?;
    let (git, shell) = recorded::choose(places)?;
    let receipt_path = Receipt::path(places, NAME, &site.identity);
    let receipt = Receipt::load(&receipt_path, &site.identity);

    let is_folder_missing = !site.files.is_empty() && Entry::observe(&site.folder)? == Entry::Missing;
    let mut changes = Vec::new();
    if is_folder_missing {
        changes.push(Change::MakeFolder { path: site.folder.clone(), mode: 0o755 });
    }
    let mut files = Vec::new();
    for file in &site.files {
        let hook = Hook::observe(file)?;
        files.push(hook.plan(binary, receipt.as_ref(), &mut changes)?);
    }
    let settings = match &site.settings {
        Some(settings) => Some(set(settings, binary, receipt.as_ref(), &mut changes)?),
        None => None,
    };
    let receipt = Receipt {
        version: Receipt::VERSION,
        target: NAME.to_owned(),
        repository: site.identity.clone(),
        made_folder: is_folder_missing || receipt.as_ref().is_some_and(|receipt| receipt.made_folder),
        files,
        settings,
    };
    let text = receipt.render().ok_or_else(|| TargetError::NotText(site.identity.clone()))?;
    let mut plan = Plan::default();
    make_private(&places.state, &mut plan.changes)?;
    plan.changes.extend(recorded::change(places, git, shell)?);
    save(&receipt_path, text, &mut plan.changes)?;
    plan.changes.extend(site.leftovers()?);
    plan.changes.extend(changes);
    plan.notes.clone_from(&site.notes);
    Ok(plan)
}

/// Adds the lines to a file of settings; gives what the receipt says of it.
fn set(
    settings: &Settings,
    binary: &Path,
    receipt: Option<&Receipt>,
    changes: &mut Vec<Change>,
) -> Result<Set, TargetError> {
    let path = &settings.path;
    let entry = Entry::observe(path)?;
    let (text, was) = match &entry {
        Entry::Missing => (Vec::new(), None),
        Entry::Present { print, head: _ } => {
            let text =
                files::read(path, MOST_SETTINGS).map_err(|error| TargetError::Unread(error.to_string()))?;
            (text, Some(print.clone()))
        }
        Entry::Other => return Err(TargetError::NotAFile(path.clone())),
    };
    let new = block::with(&text, binary, &settings.sets);
    let mode = was.as_ref().map_or(0o644, |was| was.mode);
    if new != text {
        changes.push(Change::Write { path: path.clone(), bytes: new, mode, was: was.clone(), kept: None });
    }
    let known = receipt.and_then(|receipt| receipt.settings.as_ref()).filter(|known| known.path == *path);
    Ok(Set { path: path.clone(), made: known.map_or(was.is_none(), |known| known.made) })
}

/// The largest file of settings that is read, in bytes.
pub(super) const MOST_SETTINGS: u64 = 4 << 20;

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
    fn observe(file: &HookFile) -> Result<Self, TargetError> {
        let (path, kept_path) = (file.path.clone(), file.kept());
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
