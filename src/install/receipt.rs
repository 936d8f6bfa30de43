//! The receipt: what was there before, so that it can be put back.

use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::sys::digest::sha256;
use crate::sys::dirs::Places;
use crate::sys::files;

use super::entry::Print;

/// The largest receipt that is read, in bytes.
const MOST_RECEIPT: u64 = 1 << 20;

/// What an installation changed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Receipt {
    pub(super) version: u32,
    pub(super) target: String,
    /// The repository's own folder, the same for all its working trees.
    pub(super) repository: PathBuf,
    /// The folder of the hooks was made too.
    pub(super) made_folder: bool,
    pub(super) files: Vec<Written>,
    /// The lines in a file of settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) settings: Option<Set>,
}

/// A file of settings that lines were added to.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Set {
    pub(super) path: PathBuf,
    /// It was not there before.
    pub(super) made: bool,
}

/// A file that was written.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Written {
    pub(super) path: PathBuf,
    pub(super) after: Print,
    /// What was there, if anything was.
    pub(super) before: Option<Print>,
    /// What that is called now.
    pub(super) kept: Option<PathBuf>,
}

impl Receipt {
    pub(super) const VERSION: u32 = 1;

    /// Where the receipt for this repository is.
    pub(super) fn path(places: &Places, target: &str, repository: &Path) -> PathBuf {
        let digest = sha256(repository.as_os_str().as_bytes());
        let short = digest.get(..16).unwrap_or_default();
        places.state.join("receipts").join(format!("{target}-{short}.json"))
    }

    /// Reads it. None if it is not there, not readable or not of this repository: then the marks in the files
    /// have to do.
    pub(super) fn load(path: &Path, repository: &Path) -> Option<Self> {
        let receipt: Self = serde_json::from_slice(&files::read(path, MOST_RECEIPT).ok()?).ok()?;
        (receipt.version == Self::VERSION && receipt.repository == repository).then_some(receipt)
    }

    /// Its text. None if a path cannot be written as text.
    pub(super) fn render(&self) -> Option<Vec<u8>> {
        let mut text = serde_json::to_vec_pretty(self).ok()?;
        text.push(b'\n');
        Some(text)
    }

    /// What it says of the file at `path`.
    pub(super) fn file(&self, path: &Path) -> Option<&Written> {
        self.files.iter().find(|file| file.path == path)
    }
}
