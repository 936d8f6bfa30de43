//! The programs that Cavra itself runs: by the absolute path that was recorded when it was installed, never by
//! a look-up on `PATH`, which belongs to whoever is watched.
//!
//! A program counts only if nobody but root and the user could have put it there: it and every folder above it
//! belong to one of the two, and neither group nor others may write them. The group that a user has for
//! themselves alone is not "others": many systems give each user one, and a umask to go with it. A symbolic link
//! is followed a step at a time, and each step is held to the same.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use nix::unistd::{Gid, Group, Uid, User};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::dirs::Places;
use super::files::{self, ReadError};

/// The most symbolic links that lead to a program.
const MOST_LINKS: usize = 16;

/// The largest record that is read, in bytes.
const MOST_RECORD: u64 = 64 * 1024;

/// Where git is on the systems that we know, in the order in which it is looked for.
pub const GIT_PLACES: [&str; 5] = [
    "/usr/bin/git",
    "/bin/git",
    "/usr/local/bin/git",
    "/opt/homebrew/bin/git",
    "/run/current-system/sw/bin/git",
];

/// Where a shell is, likewise.
pub const SHELL_PLACES: [&str; 4] = ["/bin/bash", "/usr/bin/bash", "/bin/sh", "/usr/bin/sh"];

/// Where OpenSSH's `ssh-keygen` is, likewise.
pub const SSH_KEYGEN_PLACES: [&str; 4] = [
    "/usr/bin/ssh-keygen",
    "/usr/local/bin/ssh-keygen",
    "/opt/homebrew/bin/ssh-keygen",
    "/run/current-system/sw/bin/ssh-keygen",
];

/// The shells whose language Cavra reads.
const SHELLS: [&str; 5] = ["sh", "bash", "dash", "zsh", "ksh"];

/// The programs that were recorded.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct Programs {
    /// git, as an absolute path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub git: Option<PathBuf>,
    /// The shell, as an absolute path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shell: Option<PathBuf>,
}

/// Why a program is not to be run.
#[derive(Debug, Error)]
pub enum ProgramError {
    /// The record cannot be read.
    #[error("the recorded programs cannot be read: {0}")]
    Unreadable(#[from] ReadError),
    /// The record is no record.
    #[error("`{path}` is damaged: {err}", path = .path.display())]
    Damaged {
        /// The record.
        path: PathBuf,
        /// What is wrong with it.
        err: serde_json::Error,
    },
    /// There is none.
    #[error("no `{0}` was recorded, and none of the system's own is where it is looked for")]
    Missing(&'static str),
    /// The path says nothing without a working directory.
    #[error("`{}` is not an absolute path", .0.display())]
    Relative(PathBuf),
    /// It is not there, or is no program.
    #[error("`{path}` cannot be run: {err}", path = .path.display())]
    NotAProgram {
        /// The program.
        path: PathBuf,
        /// Why not.
        err: io::Error,
    },
    /// Somebody else could have put it there.
    #[error("`{path}` is not to be trusted: `{at}` {fault}", path = .path.display(), at = .at.display())]
    Untrusted {
        /// The program.
        path: PathBuf,
        /// The file or folder at fault.
        at: PathBuf,
        /// What is wrong with it.
        fault: String,
    },
}

/// Where the programs are recorded.
#[must_use]
pub fn record_path(places: &Places) -> PathBuf {
    places.state.join("programs.json")
}

/// What was recorded; nothing, if there is no record.
///
/// # Errors
/// If there is a record that cannot be read.
pub fn recorded(places: &Places) -> Result<Programs, ProgramError> {
    let path = record_path(places);
    let bytes = match files::read(&path, MOST_RECORD) {
        Ok(bytes) => bytes,
        Err(error) if error.is_missing() => return Ok(Programs::default()),
        Err(error) => return Err(error.into()),
    };
    serde_json::from_slice(&bytes).map_err(|err| ProgramError::Damaged { path, err })
}

/// The git to run: the recorded one, else the system's own.
///
/// # Errors
/// If the recorded one, or any record, is not to be used, or none is found.
pub fn git(places: &Places) -> Result<PathBuf, ProgramError> {
    match recorded(places)?.git {
        Some(path) => trusted(&path, None),
        None => of_the_system(&GIT_PLACES).ok_or(ProgramError::Missing("git")),
    }
}

/// The shell to run: the recorded one, else the one that would be recorded.
///
/// # Errors
/// If the recorded one, or any record, is not to be used, or none is found.
pub fn shell(places: &Places) -> Result<PathBuf, ProgramError> {
    match recorded(places)?.shell {
        Some(path) => trusted(&path, None),
        None => shell_to_record(),
    }
}

/// The `ssh-keygen` to run: the system's own, or one of the user's.
///
/// # Errors
/// If there is none.
pub fn ssh_keygen() -> Result<PathBuf, ProgramError> {
    let mut places = SSH_KEYGEN_PLACES.iter();
    places.find_map(|place| trusted(Path::new(place), None).ok()).ok_or(ProgramError::Missing("ssh-keygen"))
}

/// The system's `curl`.
///
/// # Errors
/// If there is none.
pub fn curl() -> Result<PathBuf, ProgramError> {
    of_the_system(&["/usr/bin/curl", "/bin/curl"]).ok_or(ProgramError::Missing("curl"))
}

/// OpenSSH's `ssh-add`, which lists the keys of an agent, if the system has it.
#[must_use]
pub fn ssh_add() -> Option<PathBuf> {
    let beside = ssh_keygen().ok()?.with_file_name("ssh-add");
    trusted(&beside, None).ok()
}

/// What tells a person's desktop something, if the system has it.
#[must_use]
pub fn notifier() -> Option<PathBuf> {
    of_the_system(&["/usr/bin/notify-send", "/usr/bin/osascript"])
}

/// The git to record: the first on `PATH` that is to be trusted, else the system's own.
///
/// # Errors
/// If there is none.
pub fn git_to_record() -> Result<PathBuf, ProgramError> {
    super::environment::path_folders()
        .into_iter()
        .filter(|folder| folder.is_absolute())
        .find_map(|folder| trusted(&folder.join("git"), None).ok())
        .or_else(|| of_the_system(&GIT_PLACES))
        .ok_or(ProgramError::Missing("git"))
}

/// The shell to record: the user's own where Cavra reads its language, else the system's.
///
/// # Errors
/// If there is none.
pub fn shell_to_record() -> Result<PathBuf, ProgramError> {
    let own = User::from_uid(Uid::effective()).ok().flatten().map(|user| user.shell);
    own.filter(|shell| shell.file_name().is_some_and(|name| SHELLS.iter().any(|known| name == *known)))
        .and_then(|shell| trusted(&shell, None).ok())
        .or_else(|| of_the_system(&SHELL_PLACES))
        .ok_or(ProgramError::Missing("shell"))
}

fn of_the_system(places: &[&str]) -> Option<PathBuf> {
    places.iter().find_map(|place| trusted(Path::new(place), Some(0)).ok())
}

/// Checks that `path` is a program that nobody but root and the user (or `owner` alone, if one is named) could
/// have put there. The answer is `path` as it was given.
///
/// # Errors
/// [`ProgramError`], naming the file or folder at fault.
pub fn trusted(path: &Path, owner: Option<u32>) -> Result<PathBuf, ProgramError> {
    if !path.is_absolute() {
        return Err(ProgramError::Relative(path.to_owned()));
    }
    let broken = |err| ProgramError::NotAProgram { path: path.to_owned(), err };
    let mut at = path.to_owned();
    for _ in 0..MOST_LINKS {
        let (Some(folder), Some(name)) = (at.parent(), at.file_name()) else {
            return Err(broken(io::ErrorKind::IsADirectory.into()));
        };
        let folder = fs::canonicalize(folder).map_err(broken)?;
        let entry = folder.join(name);
        let metadata = fs::symlink_metadata(&entry).map_err(broken)?;
        for above in folder.ancestors() {
            let metadata = fs::symlink_metadata(above).map_err(broken)?;
            // In a sticky folder nobody may replace what belongs to another.
            check(path, above, &metadata, owner, metadata.mode() & 0o1000 != 0)?;
        }
        check(path, &entry, &metadata, owner, metadata.is_symlink())?;
        if metadata.is_symlink() {
            at = folder.join(fs::read_link(&entry).map_err(broken)?);
        } else if !metadata.is_file() {
            return Err(broken(io::ErrorKind::IsADirectory.into()));
        } else if metadata.mode() & 0o111 == 0 {
            return Err(broken(io::ErrorKind::PermissionDenied.into()));
        } else {
            return Ok(path.to_owned());
        }
    }
    Err(broken(io::Error::other("too many symbolic links")))
}

fn check(
    path: &Path,
    at: &Path,
    metadata: &fs::Metadata,
    owner: Option<u32>,
    is_mode_moot: bool,
) -> Result<(), ProgramError> {
    let user = owner.unwrap_or_else(|| Uid::effective().as_raw());
    let mode = metadata.mode();
    let written_by_group = mode & 0o020 != 0 && !is_private_group(metadata.gid());
    let fault = if metadata.uid() != 0 && metadata.uid() != user {
        format!("belongs to user id {}", metadata.uid())
    } else if !is_mode_moot && (mode & 0o002 != 0 || written_by_group) {
        format!("may be written by others (mode {:04o})", mode & 0o7777)
    } else {
        return Ok(());
    };
    Err(ProgramError::Untrusted { path: path.to_owned(), at: at.to_owned(), fault })
}

/// Whether the group is root's, or the one that the user has for themselves alone.
fn is_private_group(gid: u32) -> bool {
    if gid == 0 {
        return true;
    }
    let Ok(Some(user)) = User::from_uid(Uid::effective()) else { return false };
    let Ok(Some(group)) = Group::from_gid(Gid::from_raw(gid)) else { return false };
    user.gid == group.gid && group.name == user.name && group.mem.iter().all(|member| *member == user.name)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn program(folder: &Path, name: &str, mode: u32) -> PathBuf {
        let path = folder.join(name);
        fs::write(&path, "#!/bin/sh\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path
    }

    #[test]
    fn a_program_that_others_may_write_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(trusted(&program(folder.path(), "good", 0o755), None).is_ok());
        let bad = program(folder.path(), "bad", 0o757);
        assert_eq!(
            trusted(&bad, None).unwrap_err().to_string(),
            format!("`{0}` is not to be trusted: `{0}` may be written by others (mode 0757)", bad.display())
        );
    }

    #[test]
    fn a_program_in_a_folder_that_others_may_write_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let open = folder.path().join("open");
        fs::create_dir(&open).unwrap();
        let path = program(&open, "git", 0o755);
        fs::set_permissions(&open, fs::Permissions::from_mode(0o777)).unwrap();
        assert!(matches!(trusted(&path, None), Err(ProgramError::Untrusted { at, .. }) if at == open));
    }

    #[test]
    fn a_link_is_as_good_as_what_it_leads_to() {
        let folder = tempfile::tempdir().unwrap();
        let good = program(folder.path(), "good", 0o755);
        let bad = program(folder.path(), "bad", 0o777);
        let link = folder.path().join("link");
        symlink(&good, &link).unwrap();
        assert_eq!(trusted(&link, None).unwrap(), link);
        fs::remove_file(&link).unwrap();
        symlink(&bad, &link).unwrap();
        assert!(matches!(trusted(&link, None), Err(ProgramError::Untrusted { at, .. }) if at == bad));
    }

    #[test]
    fn what_is_no_program_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let text = program(folder.path(), "text", 0o644);
        let circle = folder.path().join("circle");
        symlink("circle", &circle).unwrap();
        for path in [&text, &circle, folder.path(), &folder.path().join("missing"), Path::new("/")] {
            assert!(matches!(trusted(path, None), Err(ProgramError::NotAProgram { .. })), "{path:?}");
        }
        assert!(matches!(trusted(Path::new("git"), None), Err(ProgramError::Relative(_))));
    }
}
