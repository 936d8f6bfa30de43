//! Which repository a folder lies in, told by its files alone: no git is asked, so none can be talked into
//! another answer by its settings or its environment.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::sys::dirs::user_id;

/// The nearest folder at or above `folder` that holds a `.git`, which is a folder, or a file in linked working
/// trees and submodules.
#[must_use]
pub fn top_of(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| is_top(folder)).map(Path::to_owned)
}

/// Whether a folder holds a `.git`.
pub(super) fn is_top(folder: &Path) -> bool {
    folder.join(".git").symlink_metadata().is_ok()
}

/// The folders whose project policies an event in `folder` is under: every folder at or above it that holds a
/// `.cavra`. All of them count, so that a repository made inside another is no way out of the outer one's policy.
/// Only outside of repositories does one of another user's (not root's) not count, so that nobody can put a policy
/// over everybody in a shared folder.
#[must_use]
pub fn project_roots(folder: &Path) -> Vec<PathBuf> {
    let user = user_id();
    folder.ancestors().filter(|folder| is_project_root(folder, user)).map(Path::to_owned).collect()
}

/// Whether a folder holds a project policy that counts for this user.
pub(super) fn is_project_root(folder: &Path, user: u32) -> bool {
    let is_repository = || is_top(folder);
    let held = || folder.join(".cavra").symlink_metadata();
    folder.is_absolute() && held().is_ok_and(|held| held.uid() == user || held.uid() == 0 || is_repository())
}
