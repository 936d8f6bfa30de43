//! Where a repository's own hooks are, whatever `core.hooksPath` says.

use std::path::PathBuf;

use crate::sys::dirs::Places;

use super::child::GitError;
use super::repository::Repository;

/// The folder of the hooks of the repository that a hook runs for.
///
/// # Errors
/// If neither libgit2 nor git says which repository that is.
pub fn own_hooks(places: &Places) -> Result<PathBuf, GitError> {
    Ok(Repository::in_hook(places)?.common()?.join("hooks"))
}
