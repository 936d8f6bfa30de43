//! What a decision does, from weakest to strictest.

use serde::{Deserialize, Serialize};

/// The effect of a decision. The order is the order of strictness, so combining is `max`.
#[must_use]
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It may happen.
    Allow,
    /// It may happen; what would have been decided is recorded.
    AuditOnly,
    /// It may happen, and the person is told.
    Warn,
    /// It may happen because somebody attested to it, and that is recorded.
    AllowWithAttestation,
    /// A person is asked first.
    RequireApproval,
    /// It does not happen.
    Block,
}

impl Effect {
    /// Every effect, from weakest to strictest.
    pub const ALL: [Self; 6] = [
        Self::Allow,
        Self::AuditOnly,
        Self::Warn,
        Self::AllowWithAttestation,
        Self::RequireApproval,
        Self::Block,
    ];

    /// The word of the contract.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::AuditOnly => "audit_only",
            Self::Warn => "warn",
            Self::AllowWithAttestation => "allow_with_attestation",
            Self::RequireApproval => "require_approval",
            Self::Block => "block",
        }
    }

    /// Whether the action goes ahead under this effect.
    #[must_use]
    pub fn runs(self) -> bool {
        match self {
            Self::Allow | Self::AuditOnly | Self::Warn | Self::AllowWithAttestation => true,
            Self::RequireApproval | Self::Block => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_are_ordered_from_weakest_to_strictest() {
        assert!(Effect::ALL.is_sorted());
        assert_eq!(Effect::ALL.into_iter().max(), Some(Effect::Block));
    }

    #[test]
    fn only_asking_and_blocking_stop_an_action() {
        let stopped: Vec<_> = Effect::ALL.into_iter().filter(|effect| !effect.runs()).collect();
        assert_eq!(stopped, [Effect::RequireApproval, Effect::Block]);
    }
}
