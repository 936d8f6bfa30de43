//! Whose payload it is, by what only its host writes.
//!
//! Some agents also call the hooks that were installed for another, with payloads of their own, and obey answers of
//! their own alone. So the payload has a say beside the name that the hook was installed under. Only members at its top
//! count, which the host writes and the model does not.

use super::Agent;
use super::payload::Payload;

/// The agent whose host alone writes such a payload, if it shows.
pub(super) fn agent(payload: &Payload) -> Option<Agent> {
    let has = |pointer: &str| payload.at(pointer).is_some();
    let event = |name: &str| payload.events().any(|event| event == name);
    let signs = [
        (has("/cursor_version"), Agent::Cursor),
        (event("pre_tool_use") || has("/toolInputTruncated"), Agent::Grok),
        (has("/agent_action_name"), Agent::Windsurf),
        (has("/clineVersion"), Agent::Cline),
        (has("/toolCall"), Agent::Antigravity),
        (has("/matcher_context"), Agent::Goose),
        (has("/toolName") && has("/toolArgs"), Agent::CopilotCli),
        (has("/turn_id") && has("/model"), Agent::Codex),
        (event("BeforeTool") || event("BeforeAgent"), Agent::GeminiCli),
        (event("PreToolUse") && has("/hookEventName"), Agent::VsCode),
    ];
    signs.into_iter().find(|(is, _)| *is).map(|(_, agent)| agent)
}

/// Whether a payload that shows `real` is one that `named` sends as well.
pub(super) fn is_kin(named: Agent, real: Agent) -> bool {
    matches!(
        (named, real),
        (Agent::CopilotCloudAgent | Agent::VsCode, Agent::CopilotCli)
            | (Agent::CopilotCli | Agent::CopilotCloudAgent, Agent::VsCode)
            | (Agent::QwenCode | Agent::Antigravity, Agent::GeminiCli)
    )
}

/// Whether two names are of one event: Grok and Copilot spell theirs in two ways, and the CLI of Cline calls the file of
/// one event at another.
pub(super) fn is_same_event(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.replace('_', "").to_ascii_lowercase();
    one == other || plain(one) == plain(other) || one == "tool_call" && other == "PreToolUse"
}
