//! The hooks of every repository of a person, or of the machine.
//!
//! From git 2.54 on they are lines in the settings, which run in every repository, before its own hooks and whatever
//! `core.hooksPath` says. Before that there is one folder that git takes all hooks from; the hooks in it run each
//! repository's own afterwards. A repository that sets `core.hooksPath` for itself is not covered by that folder.

use std::fs;
use std::path::PathBuf;

use crate::intercept::git::Git;
use crate::seam::git_hook::{self, Event, PASSED};
use crate::sys::dirs::Places;

use super::super::recorded;
use super::TargetError;
use super::place::{self, Setting};
use super::site::{HookFile, Sets, Settings, Site};
use super::version::Version;

/// For whom.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reach {
    /// Every repository of the person.
    User,
    /// Every repository of the machine.
    Machine,
}

impl Reach {
    /// Git's word for the scope.
    #[must_use]
    pub fn scope(self) -> &'static str {
        match self {
            Self::User => "global",
            Self::Machine => "system",
        }
    }
}

/// What there is to install for every repository.
///
/// # Errors
/// If git does not answer, or another tool has set `core.hooksPath` there.
pub fn everywhere(places: &Places, reach: Reach) -> Result<Site, TargetError> {
    let (program, _) = recorded::choose(places)?;
    let git = Git::at(program, &places.home);
    let version = Version::of(&git)?;
    let folder = match reach {
        Reach::User => git_hook::folder_of_user(places),
        Reach::Machine => git_hook::folder_of_machine(places),
    };
    let path = match reach {
        Reach::User => of_user(places),
        Reach::Machine => of_machine(&git)?,
    };
    // A link to a file that is kept elsewhere stays one.
    let path = fs::canonicalize(&path).unwrap_or(path);
    let theirs: Vec<Setting> = place::hooks_paths(&git)?
        .into_iter()
        .filter(|set| set.scope == reach.scope() && folder.as_os_str() != set.value.as_str())
        .collect();
    let sets = if version.has_hooks_in_settings() {
        Sets::Hooks(Event::OF_CLIENTS.map(Event::as_str).to_vec())
    } else if theirs.is_empty() {
        Sets::HooksPath(folder.clone())
    } else {
        return Err(TargetError::HooksPath(theirs));
    };
    let files = match sets {
        Sets::Hooks(_) => Vec::new(),
        Sets::HooksPath(_) => {
            let names = Event::ALL.into_iter().map(Event::as_str).chain(PASSED);
            names.map(|name| HookFile::in_folder(&folder, name)).collect()
        }
    };
    let mut notes = Vec::new();
    if let Sets::HooksPath(_) = sets {
        notes.push(format!(
            "git {version} knows no hooks in its settings: a repository that sets `core.hooksPath` itself is not \
             covered, and `cavra install git` in it says what to do"
        ));
    }
    Ok(Site {
        identity: path.clone(),
        folder,
        files,
        settings: Some(Settings { path, sets }),
        guarded: Vec::new(),
        notes,
    })
}

/// What may have been installed for every repository.
///
/// # Errors
/// If there is no git to ask where its settings are.
pub fn formerly_everywhere(places: &Places, reach: Reach) -> Result<Site, TargetError> {
    let (folder, path) = match reach {
        Reach::User => (git_hook::folder_of_user(places), of_user(places)),
        Reach::Machine => {
            let (program, _) = recorded::choose(places)?;
            (git_hook::folder_of_machine(places), of_machine(&Git::at(program, &places.home))?)
        }
    };
    let path = fs::canonicalize(&path).unwrap_or(path);
    let names = Event::ALL.into_iter().map(Event::as_str).chain(PASSED);
    let files = names.map(|name| HookFile::in_folder(&folder, name)).collect();
    let settings = Some(Settings { path: path.clone(), sets: Sets::HooksPath(folder.clone()) });
    Ok(Site { identity: path, folder, files, settings, guarded: Vec::new(), notes: Vec::new() })
}

/// The file that `git config --global` writes: the second place only where it alone is there.
fn of_user(places: &Places) -> PathBuf {
    let (first, second) = (places.home.join(".gitconfig"), places.home.join(".config/git/config"));
    if fs::symlink_metadata(&first).is_err() && fs::symlink_metadata(&second).is_ok() {
        second
    } else {
        first
    }
}

fn of_machine(git: &Git) -> Result<PathBuf, TargetError> {
    let told = git.answer_if_any(&["var", "GIT_CONFIG_SYSTEM"]).unwrap_or_default().unwrap_or_default();
    let told = String::from_utf8_lossy(&told).trim_end().to_owned();
    Ok(if told.starts_with('/') { told.into() } else { PathBuf::from("/etc/gitconfig") })
}
