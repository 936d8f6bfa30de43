//! What the hooks of a repository are like now.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::seam::git_hook::{Event, KEPT};
use crate::sys::dirs::Places;
use crate::sys::programs;

use super::super::entry::{Entry, Kind};
use super::super::hook_file;
use super::super::receipt::Receipt;
use super::{NAME, Place, TargetError};

/// One hook.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct HookStatus {
    /// Git's name for it.
    pub name: &'static str,
    /// The hook file.
    pub path: PathBuf,
    /// What it is like.
    pub state: HookState,
    /// More about that, where there is more to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The hook that was there before and runs after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<PathBuf>,
}

/// What a hook is like.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HookState {
    /// In place.
    Installed,
    /// In place, but not as it was written.
    Changed,
    /// In place, but git passes over it.
    NotExecutable,
    /// In place, but the binary that it names cannot be run.
    BinaryUnusable,
    /// Not there.
    Missing,
    /// Another hook is there.
    Foreign,
    /// Git looks for its hooks elsewhere.
    Overridden,
}

impl HookState {
    /// The words for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Installed => "installed",
            Self::Changed => "changed",
            Self::NotExecutable => "not executable",
            Self::BinaryUnusable => "binary unusable",
            Self::Missing => "missing",
            Self::Foreign => "foreign",
            Self::Overridden => "overridden",
        }
    }
}

/// What each hook is like.
///
/// # Errors
/// If what is there cannot be read.
pub fn status(places: &Places, place: &Place) -> Result<Vec<HookStatus>, TargetError> {
    let receipt = Receipt::load(&Receipt::path(places, NAME, &place.common), &place.common);
    let mut hooks = Vec::new();
    for event in Event::ALL {
        let path = place.hooks.join(event.as_str());
        let known = receipt.as_ref().is_some_and(|receipt| receipt.file(&path).is_some());
        let (state, detail) = match (place.check_own_hooks(), Entry::observe(&path)?) {
            (Err(why), _) => (HookState::Overridden, Some(why.to_string())),
            (Ok(()), entry) => judge(&entry, known),
        };
        let kept = place.hooks.join(format!("{}{KEPT}", event.as_str()));
        let is_kept = state == HookState::Installed && Entry::observe(&kept)? != Entry::Missing;
        hooks.push(HookStatus { name: event.as_str(), path, state, detail, kept: is_kept.then_some(kept) });
    }
    Ok(hooks)
}

fn judge(entry: &Entry, is_known: bool) -> (HookState, Option<String>) {
    let (print, head) = match entry {
        Entry::Missing => return (HookState::Missing, None),
        Entry::Other => return (HookState::Foreign, Some("neither a file nor a link".to_owned())),
        Entry::Present { print, head } => (print, head),
    };
    let Some(binary) = hook_file::parse(head).filter(|_| print.kind == Kind::File) else {
        let state = if is_known { HookState::Changed } else { HookState::Foreign };
        return (state, is_known.then(|| "another hook took its place".to_owned()));
    };
    if *head != hook_file::render(&binary) {
        return (HookState::Changed, Some("its text is not what was written".to_owned()));
    }
    if print.mode & 0o111 == 0 {
        return (HookState::NotExecutable, None);
    }
    match usable(&binary) {
        Ok(()) => (HookState::Installed, None),
        Err(why) => (HookState::BinaryUnusable, Some(why)),
    }
}

fn usable(binary: &Path) -> Result<(), String> {
    programs::trusted(binary, None).map(|_| ()).map_err(|error| error.to_string())
}
