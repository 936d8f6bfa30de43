//! What the forms of export have in common: the parts of a record that other systems have a place for.

use serde_json::Value;

use crate::evidence::read::Stored;

/// One record, by its parts; a part that the record does not have is empty.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Event {
    /// Its place in the chain.
    pub sequence: u64,
    /// Its hash.
    pub hash: String,
    /// The hash before it.
    pub previous_hash: String,
    /// Its time, RFC 3339.
    pub time: String,
    /// `decision`, or what the log did itself.
    pub kind: String,
    /// The seam.
    pub seam: String,
    /// The mode.
    pub mode: String,
    /// The effect.
    pub decision: String,
    /// The id of the decision.
    pub decision_id: String,
    /// The id that all decisions on the event share.
    pub correlation_id: String,
    /// The rule.
    pub rule: String,
    /// low, medium, high, critical.
    pub severity: String,
    /// The agent.
    pub agent: String,
    /// The session.
    pub session: String,
    /// Who acts.
    pub actor: String,
    /// What was to happen.
    pub action: String,
    /// What would have been done to the target.
    pub operation: String,
    /// What was acted on.
    pub target: String,
    /// Why.
    pub reason: String,
    /// The policy.
    pub policy: String,
    /// What is allowed instead.
    pub alternative: String,
    /// Where in the policy the rule stands.
    pub policy_place: String,
    /// The SHA-256 digests of the policies' sources.
    pub policy_digests: Vec<String>,
    /// What the log did itself, as JSON; or what is wrong with the line.
    pub detail: String,
}

impl Event {
    /// The parts of a record.
    #[must_use]
    pub fn of(record: &Stored) -> Self {
        let text = |names: &[&str]| record.text_at(names).unwrap_or_default().to_owned();
        let verdict = |name| text(&["verdict", name]);
        let Some(value) = &record.value else {
            let detail = format!("{}:{} is no record", record.file, record.line);
            return Self { kind: "unreadable".to_owned(), detail, ..Self::default() };
        };
        let kind = text(&["kind"]);
        let detail = value.get(&kind).map(Value::to_string).unwrap_or_default();
        let digests = value.get("policies").and_then(Value::as_array).into_iter().flatten();
        Self {
            sequence: record.sequence().unwrap_or_default(),
            hash: text(&["record_hash"]),
            previous_hash: text(&["previous_hash"]),
            time: text(&["time"]),
            seam: text(&["seam"]),
            mode: text(&["mode"]),
            decision: verdict("decision"),
            decision_id: verdict("decision_id"),
            correlation_id: verdict("correlation_id"),
            rule: verdict("rule_id"),
            severity: verdict("severity"),
            agent: verdict("agent_id"),
            session: verdict("session_id"),
            actor: verdict("actor"),
            action: verdict("action_type"),
            operation: verdict("requested_operation"),
            target: verdict("target"),
            reason: verdict("reason"),
            policy: verdict("policy_id"),
            alternative: verdict("alternative"),
            policy_place: place(value.get("verdict").and_then(|verdict| verdict.get("policy_location"))),
            policy_digests: digests
                .filter_map(|policy| policy.get("sha256")?.as_str().map(str::to_owned))
                .collect(),
            kind,
            detail,
        }
    }

    /// Whether the action went ahead.
    #[must_use]
    pub fn ran(&self) -> bool {
        !matches!(self.decision.as_str(), "block" | "require_approval")
    }

    /// What it is about, in a line.
    #[must_use]
    pub fn title(&self) -> String {
        if self.kind == "decision" {
            format!("{} {}: {}", self.decision, self.action, self.target)
        } else {
            format!("{} of the evidence log", self.kind)
        }
    }

    /// How grave, from 0 to 4: nothing, low, medium, high, critical.
    #[must_use]
    pub fn level(&self) -> u8 {
        match (self.kind.as_str(), self.severity.as_str()) {
            ("decision", "low") => 1,
            ("decision", "medium") => 2,
            ("decision", "high") => 3,
            ("decision", "critical") => 4,
            ("retention" | "seal", _) => 1,
            // What the log found amiss, and what cannot be read, is worth a look.
            _ => 3,
        }
    }
}

fn place(location: Option<&Value>) -> String {
    let Some(location) = location else { return String::new() };
    let text = |name| location.get(name).and_then(Value::as_str).unwrap_or_default();
    let number = |name| location.get(name).and_then(Value::as_u64).unwrap_or_default();
    format!("{} {}:{}:{}", text("layer"), text("path"), number("line"), number("column"))
}
