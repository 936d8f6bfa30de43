//! Claude Code, and the agents that took its answers over: Codex, Qwen Code, Auggie, Droid, VS Code.
//!
//! Silence is no opinion. Codex goes on after any answer with a word that it does not know, so it gets none that it can
//! do without.

use serde_json::{Value, json};

use super::reply::{Reply, Say, object};
use crate::intercept::agent::{Agent, Asked, Moment};

pub(super) fn reply(asked: &Asked, say: Say<'_>) -> Reply {
    match asked.moment {
        Moment::Tool | Moment::Step(_) => match say {
            Say::Pass(told) => passing(asked.agent, told),
            Say::Ask(reason) => decided("ask", reason),
            Say::Deny(reason) => decided("deny", reason),
        },
        Moment::Permission => match say {
            // It is about to ask, which is what is wanted.
            Say::Pass(told) => passing(asked.agent, told),
            Say::Ask(_) => Reply::silence(None),
            Say::Deny(reason) => {
                let mut decision = json!({ "behavior": "deny", "message": reason });
                if let (Agent::ClaudeCode, Some(members)) = (asked.agent, decision.as_object_mut()) {
                    members.insert("interrupt".to_owned(), Value::Bool(false));
                }
                let output = json!({ "hookEventName": "PermissionRequest", "decision": decision });
                Reply::json(&object("hookSpecificOutput", output))
            }
        },
        Moment::Prompt | Moment::Settings => match say {
            Say::Pass(told) => passing(asked.agent, told),
            Say::Ask(reason) | Say::Deny(reason) => stopped(asked, reason),
        },
        Moment::Notice => Reply::silence(None),
    }
}

fn decided(decision: &str, reason: &str) -> Reply {
    Reply::json(&object(
        "hookSpecificOutput",
        json!({
            "hookEventName": "PreToolUse",
            "permissionDecision": decision,
            "permissionDecisionReason": reason,
        }),
    ))
}

/// No opinion; a text is shown to the person where the host has a place for it.
fn passing(agent: Agent, told: Option<&str>) -> Reply {
    match (agent, told) {
        (Agent::ClaudeCode | Agent::QwenCode, Some(told)) => {
            Reply::json(&object("systemMessage", json!(told)))
        }
        (Agent::VsCode, Some(told)) => Reply::json(&json!({ "continue": true, "systemMessage": told })),
        (Agent::VsCode, None) => Reply::json(&json!({ "continue": true })),
        (_, told) => Reply::silence(told),
    }
}

fn stopped(asked: &Asked, reason: &str) -> Reply {
    let mut value = json!({ "decision": "block", "reason": reason });
    if let (Agent::ClaudeCode, Moment::Prompt, Some(members)) =
        (asked.agent, asked.moment, value.as_object_mut())
    {
        let output = json!({ "hookEventName": asked.event, "suppressOriginalPrompt": true });
        members.insert("hookSpecificOutput".to_owned(), output);
    }
    Reply::json(&value)
}
