//! Antigravity CLI: every answer is said, as none is taken for a question.

use serde_json::json;

use super::reply::{Reply, Say};

pub(super) fn reply(say: Say<'_>) -> Reply {
    match say {
        Say::Pass(told) => {
            let reply = Reply::json(&json!({ "decision": "allow" }));
            Reply { stderr: Reply::silence(told).stderr, ..reply }
        }
        Say::Ask(reason) => Reply::json(&json!({ "decision": "force_ask", "reason": reason })),
        Say::Deny(reason) => Reply::json(&json!({ "decision": "deny", "reason": reason })),
    }
}
