//! Scratch folders: entered by nobody else, with a name of their own, and gone when they are dropped.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// How often a name that is taken is replaced by another.
const MOST_NAMES: usize = 16;

/// A folder in the system's folder for temporary files.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
    is_kept: bool,
}

impl Scratch {
    /// Makes `PREFIX` and twelve digits, mode 0700, in `$TMPDIR` or else `/tmp`. What is there is never taken over.
    ///
    /// # Errors
    /// What the system says.
    pub fn make(prefix: &str) -> io::Result<Self> {
        let parent = super::environment::variable("TMPDIR")
            .map(PathBuf::from)
            .filter(|folder| folder.is_absolute())
            .unwrap_or_else(|| PathBuf::from("/tmp"));
        Self::make_in(&fs::canonicalize(parent)?, prefix)
    }

    fn make_in(parent: &Path, prefix: &str) -> io::Result<Self> {
        for _ in 1..MOST_NAMES {
            match Self::try_name(parent, prefix) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                made => return made,
            }
        }
        Self::try_name(parent, prefix)
    }

    fn try_name(parent: &Path, prefix: &str) -> io::Result<Self> {
        let path = parent.join(format!("{prefix}{}", super::random::hex12()));
        DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Self { path, is_kept: false })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves it there when this is dropped.
    pub fn keep(&mut self) {
        self.is_kept = true;
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if !self.is_kept {
            // What cannot be removed is in the folder that the system empties by itself.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt;

    use super::*;

    #[test]
    fn a_scratch_folder_is_private_and_gone_when_dropped() {
        let parent = tempfile::tempdir().unwrap();
        let scratch = Scratch::make_in(parent.path(), "x-").unwrap();
        let path = scratch.path().to_owned();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, 0o700);
        fs::write(path.join("file"), "text").unwrap();
        drop(scratch);
        assert!(!path.exists());
    }

    #[test]
    fn a_kept_scratch_folder_stays() {
        let parent = tempfile::tempdir().unwrap();
        let mut scratch = Scratch::make_in(parent.path(), "x-").unwrap();
        scratch.keep();
        let path = scratch.path().to_owned();
        drop(scratch);
        assert!(path.is_dir());
    }

    #[test]
    fn a_scratch_folder_needs_its_parent() {
        let parent = tempfile::tempdir().unwrap();
        let error = Scratch::make_in(&parent.path().join("missing"), "x-").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }
}
