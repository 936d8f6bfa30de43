//! Gemini CLI: silence is no opinion, and a decision counts whatever the exit code.

use serde_json::json;

use super::reply::{Reply, Say};
use crate::intercept::agent::{Asked, Moment};

pub(super) fn reply(asked: &Asked, say: Say<'_>) -> Reply {
    if asked.moment == Moment::Notice {
        return Reply::silence(None);
    }
    match say {
        Say::Pass(None) => Reply::silence(None),
        Say::Pass(Some(told)) => Reply::json(&json!({ "systemMessage": told })),
        Say::Ask(reason) => Reply::json(&json!({ "decision": "ask", "systemMessage": reason })),
        Say::Deny(reason) => Reply::json(&json!({ "decision": "deny", "reason": reason })),
    }
}
