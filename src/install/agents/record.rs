//! The receipt of an installation in agents: what was there before, so that it can be put back.

use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::super::entry::Print;
use super::{AgentsError, Ground, NAME};
use crate::sys::digest::sha256;
use crate::sys::dirs::Places;
use crate::sys::files;

/// The largest receipt that is read, in bytes.
const MOST_RECEIPT: u64 = 1 << 20;

/// What an installation changed.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Receipt {
    pub(super) version: u32,
    pub(super) target: String,
    pub(super) root: PathBuf,
    /// Folders that were made, the outermost first.
    pub(super) folders: Vec<PathBuf>,
    pub(super) files: Vec<Written>,
}

/// A file that was written or changed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Written {
    pub(super) agent: String,
    pub(super) path: PathBuf,
    pub(super) after: Print,
    /// What was there, if anything was, and where a copy of it is.
    pub(super) before: Option<Before>,
}

/// What a file was.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Before {
    pub(super) print: Print,
    pub(super) backup: PathBuf,
}

impl Receipt {
    pub(super) const VERSION: u32 = 1;

    /// Where the receipt for these settings is.
    pub(super) fn path(places: &Places, ground: &Ground) -> PathBuf {
        let digest = sha256(ground.root.as_os_str().as_bytes());
        let short = digest.get(..16).unwrap_or_default();
        places.state.join("receipts").join(format!("{NAME}-{}-{short}.json", ground.scope.as_str()))
    }

    /// Reads it; a new one if it is not there, not readable, or of something else.
    pub(super) fn load(path: &Path, ground: &Ground) -> Self {
        let read = files::read(path, MOST_RECEIPT).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        read.filter(|receipt: &Self| receipt.version == Self::VERSION && receipt.root == ground.root)
            .unwrap_or_else(|| Self {
                version: Self::VERSION,
                target: NAME.to_owned(),
                root: ground.root.clone(),
                ..Self::default()
            })
    }

    pub(super) fn render(&self) -> Result<Vec<u8>, AgentsError> {
        let mut text = serde_json::to_vec_pretty(self).map_err(AgentsError::Receipt)?;
        text.push(b'\n');
        Ok(text)
    }

    pub(super) fn file(&self, path: &Path) -> Option<&Written> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Where the copy of a file goes.
    pub(super) fn backup(places: &Places, path: &Path, print: &Print) -> PathBuf {
        let digest = sha256(path.as_os_str().as_bytes());
        let (place, content) =
            (digest.get(..16).unwrap_or_default(), print.sha256.get(..16).unwrap_or_default());
        places.state.join("backups").join(format!("{place}-{content}"))
    }
}
