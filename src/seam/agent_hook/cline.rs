//! Cline: an object, which cancels the call or has it reviewed. The CLI takes an empty one for a yes, the extension
//! wants it said.

use serde_json::{Value, json};

use super::reply::{Reply, Say};
use crate::intercept::agent::Asked;

pub(super) fn reply(asked: &Asked, say: Say<'_>) -> Reply {
    let is_cli = asked.event == "tool_call";
    let value = match say {
        Say::Pass(_) if is_cli => Value::Object(serde_json::Map::new()),
        Say::Pass(_) => json!({ "cancel": false }),
        Say::Ask(_) => json!({ "review": true }),
        Say::Deny(reason) => json!({ "cancel": true, "errorMessage": reason }),
    };
    let told = match say {
        Say::Pass(told) => told,
        Say::Ask(reason) => Some(reason),
        Say::Deny(_) => None,
    };
    Reply { stderr: Reply::silence(told).stderr, ..Reply::json(&value) }
}
