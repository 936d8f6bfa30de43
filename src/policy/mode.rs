//! What becomes of the combined decision.

/// `metadata.mode`. The order is the order of strictness among the modes that a lower layer may set.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Mode {
    /// Everything runs; what would have been decided is recorded.
    AuditOnly,
    /// Nothing runs but under an actor and a reason that are recorded.
    BreakGlass,
    /// Nothing changes.
    Enforce,
    /// What would be allowed is asked about.
    Strict,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 4] = [Self::AuditOnly, Self::BreakGlass, Self::Enforce, Self::Strict];

    /// The word of the policy language.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AuditOnly => "audit_only",
            Self::BreakGlass => "break_glass",
            Self::Enforce => "enforce",
            Self::Strict => "strict",
        }
    }
}
