//! What Cavra knows of one agent: the same for all of them, as data.

use super::installation::Installation;
use super::mcp_name::Naming;
use super::tool::Use;

/// What one agent says, and what it means.
pub(super) struct Profile {
    /// The word for it: in hook commands, in evidence, in the documents.
    pub(super) name: &'static str,
    /// Its events.
    pub(super) events: &'static [(&'static str, Moment)],
    /// Where a payload names a tool and what that is given, as pairs of JSON pointers. Every pair that is there counts.
    pub(super) calls: &'static [(&'static str, &'static str)],
    /// Its tools.
    pub(super) tools: &'static [(&'static str, Use)],
    /// How it spells the tools of MCP servers.
    pub(super) naming: Naming,
    /// What it takes to be called by it.
    pub(super) installation: Installation,
}

/// What the agent is about to do when it calls the hook.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Moment {
    /// It is about to use the tool that the payload names.
    Tool,
    /// It is about to use this tool; the payload is what that is given, but for the part that the profile points to.
    Step(&'static str),
    /// It is about to ask a person whether a tool may be used.
    Permission,
    /// A person has said something, perhaps with files to it.
    Prompt,
    /// Its settings have changed.
    Settings,
    /// Something that cannot be stopped any more, or that is not Cavra's to stop.
    Notice,
}

impl Moment {
    /// Whether the agent can be stopped at this moment.
    #[must_use]
    pub fn can_be_stopped(self) -> bool {
        match self {
            Self::Tool | Self::Step(_) | Self::Permission | Self::Prompt | Self::Settings => true,
            Self::Notice => false,
        }
    }
}

/// The events of Claude Code and of the agents that took them over.
pub(super) const CLAUDE_EVENTS: &[(&str, Moment)] = &[
    ("PreToolUse", Moment::Tool),
    ("PermissionRequest", Moment::Permission),
    ("UserPromptSubmit", Moment::Prompt),
    ("ConfigChange", Moment::Settings),
    ("PostToolUse", Moment::Notice),
    ("PostToolUseFailure", Moment::Notice),
    ("PostToolBatch", Moment::Notice),
    ("PermissionDenied", Moment::Notice),
    ("Notification", Moment::Notice),
    ("SessionStart", Moment::Notice),
    ("SessionEnd", Moment::Notice),
    ("Stop", Moment::Notice),
    ("StopFailure", Moment::Notice),
    ("SubagentStart", Moment::Notice),
    ("SubagentStop", Moment::Notice),
    ("PreCompact", Moment::Notice),
    ("PostCompact", Moment::Notice),
    ("Setup", Moment::Notice),
];

/// Where those name a tool.
pub(super) const CLAUDE_CALLS: &[(&str, &str)] = &[("/tool_name", "/tool_input")];
