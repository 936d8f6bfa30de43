//! What a host is told, and in which words.

use serde_json::{Value, json};

use crate::intercept::agent::{Agent, Asked};

use super::{antigravity, claude, cline, copilot, cursor, exit_code, gemini, grok, plugin};

/// What a host reads: an exit code, and what stands on stdout and stderr.
#[must_use]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reply {
    /// The exit code.
    pub code: u8,
    /// For the host.
    pub stdout: String,
    /// For the host too, or for people.
    pub stderr: String,
}

/// What is to be said.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Say<'t> {
    /// Nothing is in the way; the text is a warning or the like.
    Pass(Option<&'t str>),
    /// A person is to be asked, for this reason.
    Ask(&'t str),
    /// No, for this reason.
    Deny(&'t str),
}

impl<'t> Say<'t> {
    /// The same for a host that cannot ask: a question is a no.
    pub(super) fn without_asking(self, can_ask: bool) -> Self {
        match self {
            Self::Ask(reason) if !can_ask => Self::Deny(reason),
            other => other,
        }
    }
}

impl Reply {
    /// Nothing at all; the text, if there is one, on stderr, which this host shows to nobody or to people.
    pub(super) fn silence(told: Option<&str>) -> Self {
        Self { code: 0, stdout: String::new(), stderr: told.map(line).unwrap_or_default() }
    }

    /// One JSON object.
    pub(super) fn json(value: &Value) -> Self {
        Self { code: 0, stdout: line(&value.to_string()), stderr: String::new() }
    }

    /// The exit code that means no, with its reason on stderr.
    pub(super) fn refusal(reason: &str) -> Self {
        Self { code: 2, stdout: String::new(), stderr: line(reason) }
    }
}

fn line(text: &str) -> String {
    format!("{text}\n")
}

/// The reply in the words of the agent that asked.
pub(super) fn of(asked: &Asked, say: Say<'_>) -> Reply {
    let say = say.without_asking(can_ask(asked));
    match asked.agent {
        Agent::ClaudeCode | Agent::Codex | Agent::QwenCode | Agent::Auggie | Agent::Droid | Agent::VsCode => {
            claude::reply(asked, say)
        }
        Agent::CopilotCli | Agent::CopilotCloudAgent => copilot::reply(asked, say),
        Agent::Cursor => cursor::reply(asked, say),
        Agent::GeminiCli => gemini::reply(asked, say),
        Agent::Windsurf | Agent::KiroCli | Agent::KimiCode | Agent::Goose => exit_code::reply(say),
        Agent::Cline => cline::reply(asked, say),
        Agent::Grok => grok::reply(say),
        Agent::Antigravity => antigravity::reply(say),
        Agent::OpenCode | Agent::Amp => plugin::reply(asked, say),
    }
}

/// Whether the agent asks a person at this event and in this mode, and waits for the answer. A mode that is not known
/// is one that does not.
fn can_ask(asked: &Asked) -> bool {
    use crate::intercept::agent::Moment;
    // Where a person is about to be asked anyway, that is the question.
    if asked.moment == Moment::Permission {
        return true;
    }
    if !matches!(asked.moment, Moment::Tool | Moment::Step(_)) {
        return false;
    }
    let mode = |known: &[&str]| asked.mode.as_deref().is_none_or(|mode| known.contains(&mode));
    match asked.agent {
        Agent::ClaudeCode | Agent::Grok | Agent::VsCode => mode(&["default", "acceptEdits", "plan"]),
        Agent::QwenCode => mode(&["default", "plan", "auto-edit", "auto_edit"]),
        // What it makes of a question in the spelling of Claude Code is not known.
        Agent::CopilotCli => asked.event == "preToolUse" && mode(&["default", "interactive", "plan"]),
        Agent::GeminiCli | Agent::Antigravity => mode(&["default", "plan", "auto_edit"]),
        Agent::Cursor => asked.event == "beforeShellExecution",
        Agent::Cline => asked.event == "tool_call",
        Agent::Amp => true,
        Agent::Codex
        | Agent::CopilotCloudAgent
        | Agent::Windsurf
        | Agent::Droid
        | Agent::KiroCli
        | Agent::Goose
        | Agent::KimiCode
        | Agent::Auggie
        | Agent::OpenCode => false,
    }
}

/// An object with one member.
pub(super) fn object(name: &str, value: Value) -> Value {
    json!({ name: value })
}
