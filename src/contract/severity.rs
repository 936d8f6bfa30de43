//! How grave it would have been.

use serde::{Deserialize, Serialize};

/// The severity of a decision, from least to most grave.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nothing to look at.
    Low,
    /// Worth a question.
    Medium,
    /// Would have done harm.
    High,
    /// Would have done harm that is hard to undo.
    Critical,
}

impl Severity {
    /// The word of the contract.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}
