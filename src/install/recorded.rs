//! Recording the programs that Cavra itself runs.

use std::path::PathBuf;

use crate::sys::dirs::Places;
use crate::sys::programs::{self, ProgramError, Programs};

use super::change::Change;
use super::entry::{Entry, EntryError};

/// The permission bits of what lies under the state folder.
pub(super) const PRIVATE: u32 = 0o600;

/// The programs to record: what is recorded already, as long as it is to be trusted, so that whoever sets `PATH`
/// for a second installation moves nothing; otherwise what is found.
///
/// # Errors
/// If there is no git or no shell that may be run.
pub(super) fn choose(places: &Places) -> Result<(PathBuf, PathBuf), ProgramError> {
    // A record that cannot be read is replaced.
    let known = programs::recorded(places).unwrap_or_default();
    let trusted = |path: PathBuf| programs::trusted(&path, None).ok();
    let git = known.git.and_then(trusted).map_or_else(programs::git_to_record, Ok)?;
    let shell = known.shell.and_then(trusted).map_or_else(programs::shell_to_record, Ok)?;
    Ok((git, shell))
}

/// The change that records them; none if they are recorded.
///
/// # Errors
/// If what is there cannot be looked at.
pub(super) fn change(places: &Places, git: PathBuf, shell: PathBuf) -> Result<Option<Change>, EntryError> {
    let record = Programs { git: Some(git), shell: Some(shell) };
    if programs::recorded(places).is_ok_and(|known| known == record) {
        return Ok(None);
    }
    let path = programs::record_path(places);
    let was = Entry::observe(&path)?.print().cloned();
    let mut bytes = serde_json::to_vec_pretty(&record)
        .map_err(|error| EntryError { path: path.clone(), err: error.into() })?;
    bytes.push(b'\n');
    Ok(Some(Change::Write { path, bytes, mode: PRIVATE, was, kept: None }))
}
