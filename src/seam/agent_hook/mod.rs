//! The seam in agents: what runs as a hook of one.
//!
//! The whole payload is read before anything is said, as some hosts take a hook that does not read it for a broken one,
//! and go on. What would happen is decided by the gate, and told in the words that this host obeys: each has a file of
//! its own here, as hosts read an answer that is not theirs as none, and most go on then. Whatever goes wrong is a no in
//! those words too.
//!
//! `allow` is no opinion: the agent asks its person as it would without Cavra. A question is the agent's own where it
//! asks at this event and in this mode, and otherwise a no that says so.

mod antigravity;
mod claude;
mod cline;
mod copilot;
mod cursor;
mod exit_code;
mod gemini;
mod grok;
mod plugin;
mod reply;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use crate::contract::{Effect, Verdict};
use crate::gate::{Gate, Scope};
use crate::intercept::agent::{self, Agent, Asked, Decoded};
use crate::intercept::repository;
use crate::sys::dirs::{Places, PlacesError};
use crate::sys::environment;

use super::shell;

pub use reply::{Reply, Say};

/// How the hook was called.
#[derive(Clone, Debug)]
pub struct Call {
    /// The agent that it was installed for.
    pub agent: Agent,
    /// The event that it was installed for, if it names one.
    pub event: Option<String>,
}

/// A call that has been decided on.
#[must_use]
pub struct Judged {
    asked: Asked,
    verdict: Option<Verdict>,
}

/// Has the gate decide what the payload says. An `Err` for a payload says why it could not be read.
///
/// # Errors
/// If it is not known where the policies and the evidence are. Anything else that fails is a verdict.
pub fn judge(call: &Call, payload: Result<&[u8], String>) -> Result<Judged, PlacesError> {
    let places = Places::find()?;
    let cwd = environment::working_directory().ok();
    let tool = environment::variable("AGENT_TOOL_NAME").and_then(|name| name.into_string().ok());
    let event = call.event.as_deref();
    let decoded = match payload {
        Ok(bytes) => agent::decode(call.agent, event, tool.as_deref(), bytes, cwd.as_deref())
            .map_err(|fault| (fault.asked, fault.reason)),
        Err(reason) => Err((Asked::before(call.agent, event), reason)),
    };
    let (asked, event, folders) = match decoded {
        Ok(Decoded { asked, event, folders }) => (asked, event, folders),
        Err((asked, reason)) => {
            let event = agent::unreadable(&asked, reason);
            (asked, event, cwd.into_iter().collect())
        }
    };
    if !asked.moment.can_be_stopped() {
        return Ok(Judged { asked, verdict: None });
    }
    let gate =
        Gate::open(&Scope { places, project_roots: project_roots(&folders), project_blobs: Vec::new() });
    let verdict = shell::decided(&gate, event);
    Ok(Judged { asked, verdict: Some(verdict) })
}

/// Every project whose policy counts for an agent that works in these folders.
fn project_roots(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut roots: Vec<PathBuf> =
        folders.iter().flat_map(|folder| repository::project_roots(folder)).collect();
    roots.sort();
    roots.dedup();
    roots
}

impl Judged {
    /// The verdict; none where the host only told what it did.
    #[must_use]
    pub fn verdict(&self) -> Option<&Verdict> {
        self.verdict.as_ref()
    }

    /// What the host is told; `told` is the verdict in words, none where there is nothing to say of it.
    pub fn reply(&self, told: Option<&str>) -> Reply {
        let say = match self.verdict.as_ref().map(Verdict::effect) {
            None => Say::Pass(None),
            Some(Effect::Allow | Effect::AuditOnly | Effect::Warn | Effect::AllowWithAttestation) => {
                Say::Pass(told)
            }
            Some(Effect::RequireApproval) => Say::Ask(told.unwrap_or(UNEXPLAINED)),
            Some(Effect::Block) => Say::Deny(told.unwrap_or(UNEXPLAINED)),
        };
        reply::of(&self.asked, say)
    }
}

/// What the host is told where Cavra itself fails.
pub fn failure(call: &Call, reason: &str) -> Reply {
    let asked = Asked::before(call.agent, call.event.as_deref());
    if asked.moment.can_be_stopped() {
        reply::of(&asked, Say::Deny(reason))
    } else {
        reply::of(&asked, Say::Pass(None))
    }
}

/// Whether what a hook answered stops the agent that it was for.
#[must_use]
pub fn says_no(code: Option<i32>, stdout: &str) -> bool {
    let value: serde_json::Value = serde_json::from_str(stdout.trim()).unwrap_or_default();
    let is = |pointer: &str, words: &[&str]| {
        value.pointer(pointer).and_then(serde_json::Value::as_str).is_some_and(|word| words.contains(&word))
    };
    code == Some(2)
        || is("/hookSpecificOutput/permissionDecision", &["deny"])
        || is("/hookSpecificOutput/decision/behavior", &["deny"])
        || is("/permissionDecision", &["deny"])
        || is("/permission", &["deny"])
        || is("/behavior", &["deny"])
        || is("/decision", &["deny", "block"])
        || is("/action", &["reject-and-continue"])
        || value.get("cancel") == Some(&serde_json::Value::Bool(true))
}

/// What is said where nothing else is.
const UNEXPLAINED: &str = "cavra: stopped";
