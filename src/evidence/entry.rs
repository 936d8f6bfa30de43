//! What one record holds, before it has its place in the chain.

use serde::Serialize;

use super::redact::Redacted;

/// One event, as decided. Every text that came from outside is [`Redacted`].
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// The seam that saw it.
    pub seam: &'static str,
    /// The mode that the policy is in.
    pub mode: &'static str,
    /// What was asked: all of it, or the strictest part, within a bound.
    pub requests: Vec<Redacted<serde_json::Value>>,
    /// How many requests there were.
    pub requests_total: u64,
    /// SHA-256 over the JSON of the requests that are not listed, redacted, in their order, a line each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlisted_digest: Option<String>,
    /// The decision that was acted on.
    pub verdict: Redacted<serde_json::Value>,
    /// Every other decision that is not a plain allow, strictest first, within a bound.
    pub refusals: Vec<Redacted<serde_json::Value>>,
    /// What could not be understood.
    pub unresolved: Vec<Redacted<serde_json::Value>>,
    /// The policy layers used, with their digests.
    pub policies: Vec<PolicyRef>,
    /// What a person's answer has to do with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<ApprovalRef>,
    /// Who answered for it and why, under break-glass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attestation: Option<Attestation>,
}

/// A policy layer that was used.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct PolicyRef {
    /// Its layer.
    pub layer: String,
    /// Its file, blob or pack.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// An approval that it waits for, or that let it through.
#[derive(Clone, Debug, Serialize)]
pub struct ApprovalRef {
    /// What it is called.
    pub id: String,
    /// The digest of all that was asked; empty for a lift.
    pub digest: String,
    /// `pending`, `signed` or `local`.
    pub state: &'static str,
    /// Who gave it.
    pub by: Vec<String>,
    /// The grants that were used for it.
    pub grants: Vec<String>,
}

/// A person's answer, by itself.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// `approve`, `deny`, `break_glass`, `pause` or `import`.
    pub what: &'static str,
    /// What it is about.
    pub id: String,
    /// The grant, if it is one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub grant: String,
    /// The fingerprint of the key that signed it, or the user.
    pub by: String,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Redacted<String>>,
    /// Until when.
    pub until: String,
}

/// Who answers for an action, and why.
#[derive(Clone, Debug, Serialize)]
pub struct Attestation {
    /// Who.
    pub actor: Redacted<String>,
    /// Why.
    pub reason: Redacted<String>,
}
