//! What is at a path: nothing, a file, a link, or something that Cavra keeps its hands off.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::sys::digest::{Sha256Sum, sha256};
use crate::sys::files::NO_WAIT;

/// How much of a file is kept at hand, in bytes; the files that Cavra writes are shorter.
const MOST_HEAD: usize = 4096;

/// What tells one state of a file from another.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Print {
    /// A file or a symbolic link.
    pub kind: Kind,
    /// SHA-256 of its bytes; of a link, of the path that it holds.
    pub sha256: String,
    /// Its permission bits.
    pub mode: u32,
}

/// The kinds of thing that can be moved aside and put back.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A regular file.
    File,
    /// A symbolic link.
    Link,
}

impl Print {
    /// The print of a file with these bytes and this mode.
    #[must_use]
    pub fn of_file(bytes: &[u8], mode: u32) -> Self {
        Self { kind: Kind::File, sha256: sha256(bytes), mode }
    }

    /// Whether the content is the same, whatever the mode.
    #[must_use]
    pub fn has_content_of(&self, other: &Self) -> bool {
        self.kind == other.kind && self.sha256 == other.sha256
    }
}

/// What is at a path.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Entry {
    /// Nothing.
    Missing,
    /// A file or a link.
    Present {
        /// What tells it from others.
        print: Print,
        /// Its first bytes; of a link, nothing.
        head: Vec<u8>,
    },
    /// A folder, a device, a pipe or a socket.
    Other,
}

/// What is there could not be read.
#[derive(Debug, Error)]
#[error("`{path}` could not be read: {err}", path = .path.display())]
pub struct EntryError {
    pub(super) path: PathBuf,
    pub(super) err: io::Error,
}

impl Entry {
    /// Looks at `path`, and follows no link.
    ///
    /// # Errors
    /// If the system does not let it be read.
    pub fn observe(path: &Path) -> Result<Self, EntryError> {
        look(path).map_err(|err| EntryError { path: path.to_owned(), err })
    }

    /// Its print, if it has one.
    #[must_use]
    pub fn print(&self) -> Option<&Print> {
        match self {
            Self::Present { print, .. } => Some(print),
            Self::Missing | Self::Other => None,
        }
    }
}

fn look(path: &Path) -> io::Result<Entry> {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        // Below a file there is nothing either.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Entry::Missing);
        }
        Err(error) => return Err(error),
    };
    let mode = metadata.mode() & 0o7777;
    if metadata.is_symlink() {
        let target = fs::read_link(path)?;
        let sha256 = sha256(target.as_os_str().as_bytes());
        return Ok(Entry::Present { print: Print { kind: Kind::Link, sha256, mode }, head: Vec::new() });
    }
    if !metadata.is_file() {
        return Ok(Entry::Other);
    }
    let mut file = File::options().read(true).custom_flags(NO_WAIT).open(path)?;
    let mut head = Vec::new();
    file.by_ref().take(MOST_HEAD as u64).read_to_end(&mut head)?;
    let mut sum = Sha256Sum::default();
    sum.update(&head);
    let mut part = vec![0; 64 * 1024];
    loop {
        let count = file.read(&mut part)?;
        if count == 0 {
            break;
        }
        sum.update(part.get(..count).unwrap_or_default());
    }
    Ok(Entry::Present { print: Print { kind: Kind::File, sha256: sum.finish(), mode }, head })
}
