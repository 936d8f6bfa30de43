//! One change to a machine, and a plan of them.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::entry::Print;

/// A change. Each says what it expects to find, and is not made where it finds anything else.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// Make a folder.
    MakeFolder {
        /// The folder.
        path: PathBuf,
        /// Its permission bits.
        #[serde(skip)]
        mode: u32,
    },
    /// Give a file a second name, so that the first can be taken.
    Keep {
        /// The name that it has.
        from: PathBuf,
        /// The name that it gets too.
        to: PathBuf,
        /// What it is.
        #[serde(skip)]
        was: Print,
    },
    /// Put a file in place of whatever has its name.
    Write {
        /// The file.
        path: PathBuf,
        /// Its bytes.
        #[serde(skip)]
        bytes: Vec<u8>,
        /// Its permission bits.
        #[serde(skip)]
        mode: u32,
        /// What has its name now.
        #[serde(skip)]
        was: Option<Print>,
        /// The second name of what has its name now, if it was kept.
        #[serde(skip)]
        kept: Option<PathBuf>,
    },
    /// Change a file that is somebody else's, in place.
    Edit {
        /// The file.
        path: PathBuf,
        /// Its new bytes.
        #[serde(skip)]
        bytes: Vec<u8>,
        /// Those that it has now.
        #[serde(skip)]
        before: Vec<u8>,
        /// Its permission bits, which stay.
        #[serde(skip)]
        mode: u32,
    },
    /// Give a kept file its first name back.
    Restore {
        /// The name that it has.
        from: PathBuf,
        /// The name that it had.
        to: PathBuf,
        /// What it is.
        #[serde(skip)]
        was: Print,
        /// What has that name now.
        #[serde(skip)]
        replaces: Option<Print>,
    },
    /// Remove a file.
    Remove {
        /// The file.
        path: PathBuf,
        /// What it is.
        #[serde(skip)]
        was: Print,
    },
    /// Remove a folder, if nothing is left in it.
    RemoveFolder {
        /// The folder.
        path: PathBuf,
    },
}

impl Change {
    /// The change that takes this one back, if it can be taken back.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        match self {
            Self::MakeFolder { path, mode: _ } => Some(Self::RemoveFolder { path: path.clone() }),
            Self::Keep { from: _, to, was } => Some(Self::Remove { path: to.clone(), was: was.clone() }),
            Self::Write { path, bytes, mode, was, kept } => {
                let written = Print::of_file(bytes, *mode);
                match (was, kept) {
                    (None, _) => Some(Self::Remove { path: path.clone(), was: written }),
                    (Some(was), Some(kept)) => Some(Self::Restore {
                        from: kept.clone(),
                        to: path.clone(),
                        was: was.clone(),
                        replaces: Some(written),
                    }),
                    // A file of Cavra's own in another version.
                    (Some(_), None) => None,
                }
            }
            Self::Edit { path, bytes, before, mode } => Some(Self::Edit {
                path: path.clone(),
                bytes: before.clone(),
                before: bytes.clone(),
                mode: *mode,
            }),
            Self::Restore { .. } | Self::Remove { .. } | Self::RemoveFolder { .. } => None,
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MakeFolder { path, mode: _ } => write!(formatter, "make the folder {}", path.display()),
            Self::Keep { from, to, was: _ } => {
                write!(formatter, "keep {} as {}", from.display(), name(to))
            }
            Self::Write { path, bytes: _, mode: _, was: None, kept: _ } => {
                write!(formatter, "write {}", path.display())
            }
            Self::Write { path, bytes: _, mode: _, was: Some(_), kept: _ } => {
                write!(formatter, "replace {}", path.display())
            }
            Self::Edit { path, bytes: _, before: _, mode: _ } => {
                write!(formatter, "change {}", path.display())
            }
            Self::Restore { from, to, was: _, replaces: _ } => {
                write!(formatter, "put {} back as {}", from.display(), name(to))
            }
            Self::Remove { path, was: _ } => write!(formatter, "remove {}", path.display()),
            Self::RemoveFolder { path } => write!(formatter, "remove the folder {}", path.display()),
        }
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What is to be done.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Plan {
    /// The changes, in order.
    pub changes: Vec<Change>,
    /// What a person should know beside them.
    pub notes: Vec<String>,
    /// What does not match any more, and so is left as it is.
    pub left: Vec<String>,
}
