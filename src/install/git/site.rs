//! What an installation of hooks consists of, wherever it is: the hook files, and the lines in a file of settings.

use std::path::PathBuf;

use crate::seam::git_hook::KEPT;
use crate::sys::files;

use super::super::change::Change;
use super::super::entry::Entry;
use super::TargetError;

/// A hook file of Cavra's.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HookFile {
    /// Git's name for the hook.
    pub name: &'static str,
    /// The file.
    pub path: PathBuf,
}

impl HookFile {
    /// The file of the hook of this name in `folder`.
    pub(super) fn in_folder(folder: &std::path::Path, name: &'static str) -> Self {
        Self { name, path: folder.join(name) }
    }

    /// Where the hook that was there before is kept.
    pub(super) fn kept(&self) -> PathBuf {
        let mut kept = self.path.clone().into_os_string();
        kept.push(KEPT);
        kept.into()
    }
}

/// Lines of Cavra's in a file of git's settings.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Settings {
    /// The file, its own real path.
    pub path: PathBuf,
    /// What the lines set.
    pub sets: Sets,
}

/// What is set.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Sets {
    /// A hook for each of these events, as git from 2.54 on knows them.
    Hooks(Vec<&'static str>),
    /// The folder that git takes all hooks from.
    HooksPath(PathBuf),
}

/// One place to install into.
#[derive(Clone, Debug)]
pub struct Site {
    /// What the receipt is for: a repository's own folder, or the folder or file that stands for all of them.
    pub identity: PathBuf,
    /// The folder of the hook files.
    pub folder: PathBuf,
    /// The hook files.
    pub files: Vec<HookFile>,
    /// The settings.
    pub settings: Option<Settings>,
    /// Folders that the binary must not lie in.
    pub guarded: Vec<PathBuf>,
    /// What a person should know.
    pub notes: Vec<String>,
}

impl Site {
    /// What an installation that was killed in the middle has left beside its files.
    ///
    /// # Errors
    /// If a folder cannot be read.
    pub(super) fn leftovers(&self) -> Result<Vec<Change>, TargetError> {
        let paths = self.files.iter().map(|file| &file.path).chain(self.settings.iter().map(|set| &set.path));
        let mut changes = Vec::new();
        for path in paths {
            let left = files::left_beside(path)
                .map_err(|error| TargetError::Unread(format!("`{}`: {error}", path.display())))?;
            for path in left {
                if let Some(was) = Entry::observe(&path)?.print().cloned() {
                    changes.push(Change::Remove { path, was });
                }
            }
        }
        Ok(changes)
    }
}
