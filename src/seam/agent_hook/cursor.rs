//! Cursor: every answer is said, as silence is a failure. What a person is shown is what the model reads too.

use serde_json::{Value, json};

use super::reply::{Reply, Say};
use crate::intercept::agent::{Asked, Moment};

pub(super) fn reply(asked: &Asked, say: Say<'_>) -> Reply {
    match asked.moment {
        Moment::Tool | Moment::Step(_) | Moment::Permission | Moment::Settings => Reply::json(&match say {
            Say::Pass(None) => json!({ "permission": "allow" }),
            Say::Pass(Some(told)) => json!({ "permission": "allow", "user_message": told }),
            Say::Ask(reason) => json!({ "permission": "ask", "user_message": reason }),
            Say::Deny(reason) => {
                json!({ "permission": "deny", "user_message": reason, "agent_message": reason })
            }
        }),
        Moment::Prompt => Reply::json(&match say {
            Say::Pass(_) => json!({ "continue": true }),
            Say::Ask(reason) | Say::Deny(reason) => json!({ "continue": false, "user_message": reason }),
        }),
        Moment::Notice => Reply::json(&Value::Object(serde_json::Map::new())),
    }
}
