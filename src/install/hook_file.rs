//! The hook file: a script that Cavra itself interprets.
//!
//! It is a regular file, never a link, and names the binary by its absolute path: git refuses to go on where that
//! is missing, while it takes a dangling link for "no hook".

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::sys::programs::{self, ProgramError};

/// The permission bits of a hook file.
pub(super) const MODE: u32 = 0o755;

/// Marks the file as Cavra's; the version follows.
const MARK: &str = "# Cavra git hook, version ";

/// The longest path of a binary, in bytes: some systems read no more than 127 of the first line.
const MOST_PATH: usize = 120;

/// Why a binary cannot be named in a hook file.
#[derive(Debug, Error)]
pub enum BinaryError {
    /// Its path ends or splits the first line.
    #[error("the path of this binary, `{}`, has white space in it, which a hook cannot name", .0.escape_debug())]
    WhiteSpace(String),
    /// Its path is longer than some systems read.
    #[error("the path of this binary, `{path}`, has {length} bytes, and a hook can name {MOST_PATH}")]
    TooLong {
        /// The path.
        path: String,
        /// Its length, in bytes.
        length: usize,
    },
    /// Whoever writes to the repository could replace it.
    #[error("this binary, `{}`, lies in the repository that it is to guard", .0.display())]
    InRepository(PathBuf),
    /// Somebody else could replace it.
    #[error("{0}")]
    Untrusted(#[from] ProgramError),
    /// It is not known where it is.
    #[error("it cannot be told where this binary is: {0}")]
    Unknown(std::io::Error),
}

/// The text of the hook file that names `binary`.
#[must_use]
pub(super) fn render(binary: &Path) -> Vec<u8> {
    let mut text = b"#!".to_vec();
    text.extend_from_slice(binary.as_os_str().as_bytes());
    text.extend_from_slice(b" hook-git\n");
    text.extend_from_slice(MARK.as_bytes());
    text.extend_from_slice(
        b"1: `cavra status` shows it, `cavra uninstall git` takes it out and puts back what was here.\n",
    );
    text
}

/// The binary that the file names, if its first bytes say that it is Cavra's.
#[must_use]
pub(super) fn parse(head: &[u8]) -> Option<PathBuf> {
    let mut lines = head.split(|byte| *byte == b'\n');
    let binary = lines.next()?.strip_prefix(b"#!")?.strip_suffix(b" hook-git")?;
    lines.next()?.strip_prefix(MARK.as_bytes())?;
    Some(PathBuf::from(OsStr::from_bytes(binary)))
}

/// Checks that a hook file of the repository with these folders can name `binary`.
///
/// # Errors
/// [`BinaryError`].
pub(super) fn check_binary(binary: &Path, folders: &[&Path]) -> Result<(), BinaryError> {
    let text = binary.as_os_str().as_bytes();
    let shown = binary.to_string_lossy();
    if shown.contains(|character: char| character.is_whitespace() || character.is_control()) {
        return Err(BinaryError::WhiteSpace(shown.into_owned()));
    }
    if text.len() > MOST_PATH {
        return Err(BinaryError::TooLong { path: shown.into_owned(), length: text.len() });
    }
    if folders.iter().any(|folder| binary.starts_with(folder)) {
        return Err(BinaryError::InRepository(binary.to_owned()));
    }
    programs::trusted(binary, None)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_known_again() {
        let binary = Path::new("/usr/local/bin/cavra");
        assert_eq!(parse(&render(binary)).as_deref(), Some(binary));
    }

    #[test]
    fn a_foreign_hook_is_not_taken_for_ours() {
        for text in ["", "#!/bin/sh\necho\n", "#!/usr/local/bin/cavra hook-git\n", "#!/x hook-git\n# else\n"]
        {
            assert_eq!(parse(text.as_bytes()), None, "{text:?}");
        }
    }

    #[test]
    fn a_binary_is_refused_that_a_hook_cannot_name() {
        let longest = format!("/{}", "a".repeat(MOST_PATH - 1));
        let check = |path: &str| check_binary(Path::new(path), &[Path::new("/repo")]);
        assert!(matches!(check("/a b/cavra"), Err(BinaryError::WhiteSpace(_))));
        assert!(matches!(check("/a\u{a0}b/cavra"), Err(BinaryError::WhiteSpace(_))));
        assert!(matches!(check(&format!("{longest}a")), Err(BinaryError::TooLong { length: 121, .. })));
        assert!(matches!(check(&longest), Err(BinaryError::Untrusted(_))), "long enough, and not there");
        assert!(matches!(check("/repo/bin/cavra"), Err(BinaryError::InRepository(_))));
    }
}
