//! What the hooks of a repository are like now.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::intercept::git::Git;
use crate::seam::git_hook::{self, Event};
use crate::sys::dirs::Places;
use crate::sys::programs;

use super::super::entry::{Entry, Kind};
use super::super::receipt::Receipt;
use super::super::{hook_file, recorded};
use super::{NAME, Place, TargetError, block};

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

/// What each hook is like: in the file that git runs, or, where git takes its hook files from elsewhere, in its
/// settings.
///
/// # Errors
/// If what is there cannot be read.
pub fn status(places: &Places, place: &Place) -> Result<Vec<HookStatus>, TargetError> {
    let receipt = Receipt::load(&Receipt::path(places, NAME, &place.common), &place.common);
    let set = hooks_in_settings(places, place)?;
    let mut hooks = Vec::new();
    for file in place.files() {
        let known = receipt.as_ref().is_some_and(|receipt| receipt.file(&file.path).is_some());
        let is_set = set.iter().any(|name| name == file.name);
        let (state, detail) = match (place.check_own_hooks(), Entry::observe(&file.path)?) {
            (Err(_), _) if is_set => (HookState::Installed, Some("in git's settings".to_owned())),
            (Err(why), _) => (stands_in(places, place, file.name), Some(why.to_string())),
            (Ok(()), entry) => judge(&entry, known),
        };
        let kept = file.kept();
        let is_kept = state == HookState::Installed && Entry::observe(&kept)? != Entry::Missing;
        hooks.push(HookStatus {
            name: file.name,
            path: file.path,
            state,
            detail,
            kept: is_kept.then_some(kept),
        });
    }
    Ok(hooks)
}

/// The events for which git has a hook of Cavra's in its settings, whatever the scope; none for a git that does not
/// know such hooks.
fn hooks_in_settings(places: &Places, place: &Place) -> Result<Vec<String>, TargetError> {
    if !place.version.has_hooks_in_settings() {
        return Ok(Vec::new());
    }
    let (program, _) = recorded::choose(places)?;
    let git = Git::at(program, &place.top);
    let mut set = Vec::new();
    for event in Event::ALL {
        let name = format!("hook.{}.event", block::hook_name(event.as_str()));
        if git
            .answer_if_any(&["config", "--get", &name])?
            .is_some_and(|value| value.trim_ascii() == event.as_str().as_bytes())
        {
            set.push(event.as_str().to_owned());
        }
    }
    Ok(set)
}

/// Whether Cavra's own folder of hooks is what stands in for the repository's.
fn stands_in(places: &Places, place: &Place, name: &str) -> HookState {
    let folders = [git_hook::folder_of_user(places), git_hook::folder_of_machine(places)];
    let last = place.hooks_path.last().map(|set| PathBuf::from(&set.value));
    let folder = folders.into_iter().find(|folder| Some(folder) == last.as_ref());
    match folder.map(|folder| Entry::observe(&folder.join(name))) {
        Some(Ok(entry)) => judge(&entry, true).0,
        Some(Err(_)) | None => HookState::Overridden,
    }
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
