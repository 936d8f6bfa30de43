//! Copilot CLI and the coding agent in the cloud: silence is the usual flow. An event that is spelled as Claude Code
//! spells it is answered as Claude Code wants it.

use serde_json::json;

use super::claude;
use super::reply::{Reply, Say};
use crate::intercept::agent::{Asked, Moment};

pub(super) fn reply(asked: &Asked, say: Say<'_>) -> Reply {
    if asked.event.starts_with(|letter: char| letter.is_ascii_uppercase()) {
        return claude::reply(asked, say);
    }
    match (asked.moment, say) {
        (Moment::Permission, Say::Deny(reason)) => {
            Reply::json(&json!({ "behavior": "deny", "message": reason, "interrupt": false }))
        }
        // It is about to ask, which is what is wanted.
        (Moment::Permission, Say::Ask(_)) | (Moment::Notice, _) => Reply::silence(None),
        (_, Say::Pass(told)) => Reply::silence(told),
        (_, Say::Ask(reason)) => decided("ask", reason),
        (_, Say::Deny(reason)) => decided("deny", reason),
    }
}

fn decided(decision: &str, reason: &str) -> Reply {
    Reply::json(&json!({ "permissionDecision": decision, "permissionDecisionReason": reason }))
}
