//! Why evidence could not be written or read.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why evidence could not be written or read.
#[derive(Debug, Error)]
pub enum EvidenceError {
    /// The system says no.
    #[error("`{path}`: {err}", path = .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        err: io::Error,
    },
    /// The record is longer than a line of the log may be.
    #[error("the record is {bytes} bytes long, more than the {limit} that a line of the log may have")]
    TooLarge {
        /// Its length.
        bytes: usize,
        /// The bound, in bytes.
        limit: usize,
    },
    /// The system took a part of the line and no more.
    #[error("`{path}`: only {written} of the {bytes} bytes of the record could be written", path = .path.display())]
    ShortWrite {
        /// The log.
        path: PathBuf,
        /// How much was written.
        written: usize,
        /// The length of the line.
        bytes: usize,
    },
    /// The folder that was named is not there.
    #[error("there is no folder `{path}`", path = .path.display())]
    NoFolder {
        /// The folder.
        path: PathBuf,
    },
}

impl EvidenceError {
    /// What the system said of `path`, as a function for `map_err`.
    pub(super) fn at(path: &Path) -> impl Fn(io::Error) -> Self {
        move |err| Self::Io { path: path.to_owned(), err }
    }
}
