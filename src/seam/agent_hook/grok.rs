//! Grok CLI: a decision, and the exit code beside it.

use serde_json::json;

use super::reply::{Reply, Say};

pub(super) fn reply(say: Say<'_>) -> Reply {
    match say {
        Say::Pass(told) => {
            let reply = Reply::json(&json!({ "decision": "allow" }));
            Reply { stderr: Reply::silence(told).stderr, ..reply }
        }
        // A version that does not read the inner decision takes it for a no.
        Say::Ask(reason) => Reply::json(&json!({
            "decision": "deny",
            "reason": reason,
            "hookSpecificOutput": {
                "hookEventName": "PreToolUse",
                "permissionDecision": "ask",
                "permissionDecisionReason": reason,
            },
        })),
        Say::Deny(reason) => {
            let told = Reply::json(&json!({ "decision": "deny", "reason": reason }));
            Reply { stdout: told.stdout, ..Reply::refusal(reason) }
        }
    }
}
