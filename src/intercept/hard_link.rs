//! The further names of a file.
//!
//! A hard link gives a protected file a second name that no rule knows. The system counts the names and does
//! not tell them, so they are looked for in the repository (or, without one, the working directory). Names that
//! are not found lie elsewhere or beyond the bound, and the file is then asked about.

use std::fs;
use std::os::unix::fs::{DirEntryExt, MetadataExt};
use std::path::{Path, PathBuf};

use super::looks::Resolved;
use super::surroundings::Surroundings;

/// The most entries that are looked at for one file.
const MOST_ENTRIES: usize = 50_000;

/// The other names of the regular file at a place. What is not there, and what is no regular file, has none.
///
/// # Errors
/// The names that were found, where they are not all.
pub(super) fn further_names(
    place: &Resolved,
    surroundings: &Surroundings,
) -> Result<Vec<PathBuf>, Vec<PathBuf>> {
    let linked = place.metadata.as_ref().filter(|metadata| metadata.is_file() && metadata.nlink() > 1);
    let Some(metadata) = linked else { return Ok(Vec::new()) };
    let Some(top) = surroundings.repo.as_ref().or(Some(&surroundings.cwd)).filter(|top| top.is_absolute())
    else {
        return Err(Vec::new());
    };
    let top = fs::canonicalize(top).unwrap_or_else(|_| top.clone());
    let others = metadata.nlink() - 1;
    let names = walk(&top, &place.path, (metadata.dev(), metadata.ino()), others);
    if names.len() as u64 == others { Ok(names) } else { Err(names) }
}

fn walk(top: &Path, known: &Path, file: (u64, u64), most: u64) -> Vec<PathBuf> {
    let objects = top.join(".git/objects");
    let mut folders = vec![top.to_owned()];
    let mut names = Vec::new();
    let mut left = MOST_ENTRIES;
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            if left == 0 || names.len() as u64 >= most {
                return names;
            }
            left -= 1;
            let path = entry.path();
            // A folder's entry is not followed if it is a link.
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                if path != objects {
                    folders.push(path);
                }
            } else if kind.is_file() && path != known {
                let is_same = entry.ino() == file.1
                    && fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.dev() == file.0);
                if is_same {
                    names.push(path);
                }
            }
        }
    }
    names
}
