//! The environment: read here, and nowhere else. Nothing in it ever loosens a decision.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::{env, io};

/// The value of a variable, none if it is unset or empty.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the place that the reason of the lint names")]
pub fn variable(name: impl AsRef<OsStr>) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// The names of all variables that are set.
#[expect(clippy::disallowed_methods, reason = "this is the place that the reason of the lint names")]
pub fn names() -> impl Iterator<Item = OsString> {
    env::vars_os().map(|(name, _)| name)
}

/// The working directory.
///
/// # Errors
/// If it does not exist any more, or may not be read.
pub fn working_directory() -> io::Result<PathBuf> {
    env::current_dir()
}

/// The folders of `PATH`, in order; the empty ones, which mean the working directory, too.
#[must_use]
pub fn path_folders() -> Vec<PathBuf> {
    variable("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default()
}

/// The text of a `PATH` of these folders; none if a folder's name cannot stand in one.
#[must_use]
pub fn path_of(folders: &[PathBuf]) -> Option<OsString> {
    env::join_paths(folders).ok()
}

/// The absolute path of the running program.
///
/// # Errors
/// If the system does not tell.
pub fn own_program() -> io::Result<PathBuf> {
    env::current_exe()
}
