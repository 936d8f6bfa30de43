//! What the hooks in agents are like now.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::super::entry::Entry;
use super::put_in::MOST_SETTINGS;
use super::{AgentsError, Ground, edit};
use crate::intercept::agent::{Agent, Target};
use crate::sys::{files, programs};

/// The hook in one file of an agent.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct HookStatus {
    /// The agent.
    pub agent: &'static str,
    /// Its name, for people.
    pub shown: &'static str,
    /// Whose settings they are.
    pub scope: &'static str,
    /// The file.
    pub path: PathBuf,
    /// What it is like.
    pub state: HookState,
    /// More about that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What the agent does where the hook fails.
    pub on_failure: &'static str,
    /// The binary that it calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binary: Option<PathBuf>,
}

/// What a hook is like.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HookState {
    /// In place.
    Installed,
    /// In place, but not as it would be written.
    Changed,
    /// In place, but the binary that it names cannot be run.
    BinaryUnusable,
    /// Not there.
    Missing,
}

impl HookState {
    /// The words for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Installed => "installed",
            Self::Changed => "changed",
            Self::BinaryUnusable => "binary unusable",
            Self::Missing => "missing",
        }
    }
}

/// What the hook of an agent is like in each of its files here.
///
/// # Errors
/// If what is there cannot be looked at.
pub fn status(ground: &Ground, agent: Agent) -> Result<Vec<HookStatus>, AgentsError> {
    ground.targets(agent).map(|target| one(ground, agent, target)).collect()
}

fn one(ground: &Ground, agent: Agent, target: &Target) -> Result<HookStatus, AgentsError> {
    let path = ground.path(target);
    let (state, detail, binary) = match Entry::observe(&path)? {
        Entry::Missing => (HookState::Missing, None, None),
        Entry::Other => (HookState::Missing, Some("it is neither a file nor a link".to_owned()), None),
        Entry::Present { .. } => {
            let bytes = files::read(&path, MOST_SETTINGS)?;
            judge(agent, target, &path, &String::from_utf8_lossy(&bytes))
        }
    };
    Ok(HookStatus {
        agent: agent.as_str(),
        shown: agent.installation().shown,
        scope: ground.scope.as_str(),
        path,
        state,
        detail,
        on_failure: agent.installation().on_failure.as_str(),
        binary,
    })
}

fn judge(
    agent: Agent,
    target: &Target,
    path: &Path,
    text: &str,
) -> (HookState, Option<String>, Option<PathBuf>) {
    let Some(binary) = binary_in(text, agent) else {
        let is_part = edit::is_ours(text);
        return if is_part { (HookState::Installed, None, None) } else { (HookState::Missing, None, None) };
    };
    if let Err(error) = programs::trusted(&binary, None) {
        return (HookState::BinaryUnusable, Some(error.to_string()), Some(binary));
    }
    match edit::with(agent, &target.form, &binary, path, Some(text)) {
        Ok(wanted) if wanted == text => (HookState::Installed, None, Some(binary)),
        Ok(_) => (HookState::Changed, Some("it is not as Cavra would write it".to_owned()), Some(binary)),
        Err(error) => (HookState::Changed, Some(error.to_string()), Some(binary)),
    }
}

/// The binary that a text calls for this agent: what stands in quotes, or as the first word, before the hook's words.
pub(super) fn binary_in(text: &str, agent: Agent) -> Option<PathBuf> {
    let spaced = format!(" hook agent {}", agent.as_str());
    if let Some(at) = text.find(&spaced) {
        let before = text.get(..at)?;
        let line = before.get(before.rfind('\n').map_or(0, |at| at + 1)..)?;
        // Behind the quote that the command begins with, or the word before it.
        let start = line.rfind(['"']).map_or_else(|| line.rfind(' ').map_or(0, |at| at + 1), |at| at + 1);
        let words = shell_words::split(line.get(start..)?).ok()?;
        return words.last().map(PathBuf::from);
    }
    // In exec form, and in a plugin, it is a text of its own.
    if !text.contains(agent.as_str()) {
        return None;
    }
    let mut texts = text.split('"').skip(1).step_by(2);
    texts.find(|text| text.starts_with('/') && text.ends_with("cavra")).map(PathBuf::from)
}
