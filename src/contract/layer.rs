//! Where a policy comes from.

/// A layer of the policy. The first of managed, user and pack that is there is the base; what comes below may
/// only tighten it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Layer {
    /// The machine's: root-owned, under `/etc/cavra`.
    Managed,
    /// The person's: `~/.config/cavra/policy.yaml`.
    User,
    /// A pack that is built in.
    Pack,
    /// A repository's: `.cavra/policy.yaml`, from the working tree, HEAD or the default branch.
    Project,
    /// A file that was named on the command line, where one only asks.
    Named,
}

impl Layer {
    /// The word for it, in refusals and in evidence.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Managed => "managed",
            Self::User => "user",
            Self::Pack => "pack",
            Self::Project => "project",
            Self::Named => "named",
        }
    }
}
