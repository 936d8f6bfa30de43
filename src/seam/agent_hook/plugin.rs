//! OpenCode and Amp, by the plugin that Cavra writes: every answer is said, and the plugin takes none for a no. Where Amp
//! hands a call to a program instead, the exit code is the answer.

use serde_json::json;

use super::reply::{Reply, Say};
use crate::intercept::agent::{Agent, Asked};

pub(super) fn reply(asked: &Asked, say: Say<'_>) -> Reply {
    match (asked.agent, asked.event.as_str()) {
        (Agent::Amp, "delegate") => delegated(say),
        (Agent::Amp, _) => Reply::json(&match say {
            Say::Pass(_) => json!({ "action": "allow" }),
            Say::Ask(reason) => json!({ "action": "ask", "message": reason }),
            Say::Deny(reason) => json!({ "action": "reject-and-continue", "message": reason }),
        }),
        _ => {
            let value = match say {
                Say::Pass(_) => json!({ "decision": "allow" }),
                Say::Ask(reason) | Say::Deny(reason) => json!({ "decision": "deny", "reason": reason }),
            };
            let told = match say {
                Say::Pass(told) => told,
                Say::Ask(_) | Say::Deny(_) => None,
            };
            Reply { stderr: Reply::silence(told).stderr, ..Reply::json(&value) }
        }
    }
}

fn delegated(say: Say<'_>) -> Reply {
    match say {
        Say::Pass(told) => Reply::silence(told),
        Say::Ask(reason) => Reply { code: 1, ..Reply::refusal(reason) },
        Say::Deny(reason) => Reply::refusal(reason),
    }
}
