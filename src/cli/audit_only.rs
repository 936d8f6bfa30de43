//! `cavra install --audit-only`: what would be decided is recorded, and everything runs, to begin with.
//!
//! Only the base of the policies says their mode, so it has to be the person's own: it is written where there is none,
//! and one that is there is the person's to change.

use std::fs;
use std::io;
use std::path::Path;

use crate::policy::{DEFAULT_PACK, Mode, Stack};
use crate::sys::dirs::Places;
use crate::sys::files;

use super::failure::Failure;
use super::output::escaped;
use super::{place, report};

/// Sees to it that the mode is `audit_only`; gives what was done.
///
/// # Errors
/// If another policy says the mode, or the file cannot be written.
pub(crate) fn begin(places: &Places, dry_run: bool) -> Result<String, Failure> {
    let scope = place::scope(places.clone(), &place::surroundings()?);
    let stack = Stack::load(&scope).map_err(|error| report::policy_failure(&error))?;
    if stack.policies().iter().all(|policy| policy.mode() == Mode::AuditOnly) {
        return Ok("the mode is audit_only already: everything runs, and is recorded\n".to_owned());
    }
    let file = places.config.join("policy.yaml");
    let shown = escaped(&file.display().to_string());
    if places.managed.join("policy.yaml").exists() {
        return Err(Failure::user("this machine's policy says the mode, and a person's cannot loosen it")
            .hint("who keeps the machine's policy can set `mode: audit_only` in its `metadata`"));
    }
    if file.symlink_metadata().is_ok() {
        return Err(Failure::user(format!("`{shown}` is there already, and is yours to change"))
            .hint("set `mode: audit_only` in its `metadata`, and install again"));
    }
    if dry_run {
        return Ok(format!("would write {shown}, with mode audit_only\n"));
    }
    write(&file).map_err(|error| Failure::user(format!("`{shown}`: {error}")))?;
    Ok(format!(
        "wrote {shown}, with mode audit_only: everything runs, and what would have been decided is recorded\n\
         hint: `cavra policy simulate --evidence` tells what that is; remove the file, or its line `mode`, to enforce it\n"
    ))
}

fn write(file: &Path) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    files::write_atomically(file, text().as_bytes(), 0o600)
}

fn text() -> String {
    format!(
        "# What AI agents may do for you on this machine, where it has no policy of its own.
# It is tried out first: everything runs, and what would have been decided is recorded.
# Remove the line `mode` to enforce it, once `cavra policy simulate --evidence` tells what you like to hear.
metadata:
  id: own
  title: Tried out first
  version: \"1\"
  mode: audit_only
  inherits: {DEFAULT_PACK}
"
    )
}
