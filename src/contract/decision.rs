//! The answer to one request.

use std::sync::Arc;

use serde::Serialize;

use super::effect::Effect;
use super::rule::RuleId;
use super::severity::Severity;

/// One decision, as it is printed, sent and recorded.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decision {
    /// `dec_` and 12 hexadecimal digits.
    pub decision_id: String,
    /// The session that asked.
    pub session_id: String,
    /// The agent that asked.
    pub agent_id: String,
    /// Who acts.
    pub actor: String,
    /// What is to happen, the mode taken into account.
    pub decision: Effect,
    /// Why, in a sentence.
    pub reason: String,
    /// The action type of the request.
    pub action_type: String,
    /// What is acted on.
    pub target: String,
    /// What would be done to it.
    pub requested_operation: String,
    /// The policy pack that the answer is labelled with.
    pub policy_pack: String,
    /// The `metadata.id` of the policy that was evaluated.
    pub policy_id: String,
    /// The rule that decided.
    pub rule_id: RuleId,
    /// How grave it would have been.
    pub severity: Severity,
    /// Where the evidence of it is.
    pub evidence_refs: Vec<String>,
    /// Who may approve it; left out where nobody is named.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub approver_group: String,
    /// When it was decided, RFC 3339 in UTC.
    pub timestamp: String,
    /// `corr_` and 12 hexadecimal digits.
    pub correlation_id: String,
    /// What the rules decided, where the mode changed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_decision: Option<Effect>,
    /// The deviation or exception by which this differs from the parity answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deviation: Option<&'static str>,
    /// The pattern or value of the policy that decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched: Option<String>,
    /// Where that stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_location: Option<Location>,
    /// One thing that is allowed instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternative: Option<String>,
    /// Where in the subject's text it stands, and what runs it; left out where the subject itself is decided.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub origin: String,
}

impl Decision {
    /// The names of the fields, in the order of the contract.
    pub const FIELDS: [&'static str; 23] = [
        "decision_id",
        "session_id",
        "agent_id",
        "actor",
        "decision",
        "reason",
        "action_type",
        "target",
        "requested_operation",
        "policy_pack",
        "policy_id",
        "rule_id",
        "severity",
        "evidence_refs",
        "approver_group",
        "timestamp",
        "correlation_id",
        "base_decision",
        "deviation",
        "matched",
        "policy_location",
        "alternative",
        "origin",
    ];
}

/// A place in a policy.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Location {
    /// The layer of the policy: see [`super::Layer`].
    pub layer: &'static str,
    /// The file, or the name of a built-in pack; shared by all places in it.
    pub path: Arc<str>,
    /// The line, from 1; 0 where the policy came without positions.
    pub line: u32,
    /// The column, from 1; 0 where the policy came without positions.
    pub column: u32,
}

impl Location {
    /// The names of the fields, in the order of the contract.
    pub const FIELDS: [&'static str; 4] = ["layer", "path", "line", "column"];
}
