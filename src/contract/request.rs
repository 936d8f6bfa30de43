//! The question: may this happen?
//!
//! Every field but `action_type` may be left out; `null` and the empty string count as left out. A wrong type
//! is an error that names the field, a duplicate key is an error, an unknown field is ignored. Whoever asks is
//! taken for an agent: `actor` and `agent_id` are labels, and no label ever loosens a decision.

use super::context::Context;
use super::fields::object;
use super::governance::ReleaseGovernance;
use super::json::Object;

object! {
    /// One enforcement request.
    pub struct Request {
        /// The session that asks; `local` if left out.
        pub session_id: String,
        /// The agent that asks; `unknown-agent` if left out.
        pub agent_id: String,
        /// Who acts; `ai-agent` if left out.
        pub actor: String,
        /// What kind of action it is: a word of [`super::Action`], or any other text.
        pub action_type: String,
        /// What is acted on: a path, a command, a branch.
        pub target: String,
        /// What is done to it. See [`Request::operation`].
        pub operation: String,
        /// The same, second choice.
        pub requested_operation: String,
        /// A label: the pack that the caller believes to be in force.
        pub policy_pack: String,
        /// The MCP server of a tool call.
        pub server: String,
        /// The tool of a tool call.
        pub tool: String,
        /// The capability that a tool call uses; the third choice for the operation.
        pub capability: String,
        /// A release governance record, as free-form members.
        pub record: Option<Object>,
        /// A release governance record, typed.
        pub release_governance: Option<ReleaseGovernance>,
        /// What a runner authenticates itself with; read by the daemon alone.
        pub runner_auth: Option<Object>,
        /// Where the action happens, and the spellings that an interceptor found for its target.
        pub context: Option<Context>,
    }
}

impl Request {
    /// A request for `action` on `target`, everything else left out.
    #[must_use]
    pub fn new(action: super::Action, target: impl Into<String>) -> Self {
        Self { action_type: action.as_str().to_owned(), target: target.into(), ..Self::default() }
    }

    /// The operation: the first non-empty of `operation`, `requested_operation` and `capability`, else "".
    #[must_use]
    pub fn operation(&self) -> &str {
        [&self.operation, &self.requested_operation, &self.capability]
            .into_iter()
            .find(|text| !text.is_empty())
            .map_or("", String::as_str)
    }

    /// Who asks, with the contract's defaults filled in: session, agent, actor.
    #[must_use]
    pub fn caller(&self) -> (&str, &str, &str) {
        (
            non_empty(&self.session_id, "local"),
            non_empty(&self.agent_id, "unknown-agent"),
            non_empty(&self.actor, "ai-agent"),
        )
    }

    /// The further spellings of the target that the interceptor found.
    #[must_use]
    pub fn spellings(&self) -> &[String] {
        self.context.as_ref().map_or(&[], |context| &context.spellings)
    }
}

fn non_empty<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.is_empty() { otherwise } else { text }
}
