//! Making the changes of a plan, all of them or none.

use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::sys::{files, halt};

use super::change::{Change, Plan};
use super::entry::{Entry, EntryError, Print};

/// Why a plan was not carried out.
#[derive(Debug, Error)]
pub enum ApplyError {
    /// What is there cannot be read.
    #[error("{0}")]
    Entry(#[from] EntryError),
    /// What is there is not what was there when the plan was made.
    #[error("`{}` changed in the meantime; nothing was changed", .0.display())]
    Changed(PathBuf),
    /// The system says no.
    #[error("to {change} failed: {err}; nothing was changed")]
    Io {
        /// The change.
        change: String,
        /// What the system said.
        err: io::Error,
    },
    /// It failed, and what had been done could not be taken back.
    #[error("{cause}, but to {change} failed: {err}")]
    NotUndone {
        /// Why it failed.
        cause: Box<ApplyError>,
        /// What was to take it back.
        change: String,
        /// Why that failed.
        err: Box<ApplyError>,
    },
}

/// Makes the changes in order. Where one fails, those before it are taken back.
///
/// # Errors
/// [`ApplyError`].
pub fn apply(plan: &Plan) -> Result<(), ApplyError> {
    for (done, change) in plan.changes.iter().enumerate() {
        halt::point();
        if let Err(cause) = make(change) {
            return Err(undo(plan.changes.get(..done).unwrap_or_default(), cause));
        }
    }
    Ok(())
}

fn undo(done: &[Change], cause: ApplyError) -> ApplyError {
    for change in done.iter().rev().filter_map(Change::inverse) {
        // The second name is gone where the first was put back by it.
        let is_gone = matches!(&change, Change::Remove { path, .. } if !exists(path));
        if is_gone {
            continue;
        }
        if let Err(err) = make(&change) {
            return ApplyError::NotUndone {
                cause: Box::new(cause),
                change: change.to_string(),
                err: Box::new(err),
            };
        }
    }
    cause
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn make(change: &Change) -> Result<(), ApplyError> {
    let failed = |err| ApplyError::Io { change: change.to_string(), err };
    match change {
        Change::MakeFolder { path, mode } => {
            fs::DirBuilder::new().recursive(true).mode(*mode).create(path).map_err(failed)
        }
        Change::Keep { from, to, was } => {
            expect(from, Some(was))?;
            expect(to, None)?;
            fs::hard_link(from, to).and_then(|()| sync(to)).map_err(failed)
        }
        Change::Write { path, bytes, mode, was, kept: _ } => {
            expect(path, was.as_ref())?;
            files::replace_atomically(path, bytes, *mode).map_err(failed)
        }
        Change::Edit { path, bytes, before, mode } => {
            expect(path, Some(&Print::of_file(before, *mode)))?;
            files::replace_atomically(path, bytes, *mode).map_err(failed)
        }
        Change::Restore { from, to, was, replaces } => {
            expect(from, Some(was))?;
            expect(to, replaces.as_ref())?;
            // Renaming one of two names of a file onto the other does nothing.
            if is_same_file(from, to) {
                fs::remove_file(from).and_then(|()| sync(to)).map_err(failed)
            } else {
                fs::rename(from, to).and_then(|()| sync(to)).map_err(failed)
            }
        }
        Change::Remove { path, was } => {
            expect(path, Some(was))?;
            fs::remove_file(path).and_then(|()| sync(path)).map_err(failed)
        }
        Change::RemoveFolder { path } => match fs::remove_dir(path) {
            Err(error)
                if !matches!(error.kind(), io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::NotFound) =>
            {
                Err(failed(error))
            }
            Ok(()) | Err(_) => Ok(()),
        },
    }
}

fn expect(path: &Path, print: Option<&Print>) -> Result<(), ApplyError> {
    let entry = Entry::observe(path)?;
    if entry.print() == print && !(print.is_none() && entry == Entry::Other) {
        Ok(())
    } else {
        Err(ApplyError::Changed(path.to_owned()))
    }
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (fs::symlink_metadata(one), fs::symlink_metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

fn sync(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), files::sync_folder)
}
