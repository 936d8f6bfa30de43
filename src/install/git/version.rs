//! Which git it is: what it can be told depends on that.

use std::fmt;

use crate::intercept::git::{Git, GitError};

/// A version of git, as far as it matters.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Version {
    major: u32,
    minor: u32,
}

impl Version {
    /// The first that knows hooks in its settings.
    pub const WITH_HOOKS_IN_SETTINGS: Self = Self { major: 2, minor: 54 };

    /// The version of this git.
    ///
    /// # Errors
    /// If it does not say.
    pub(super) fn of(git: &Git) -> Result<Self, GitError> {
        let answer = git.answer(&["version"])?;
        let text = String::from_utf8_lossy(&answer).into_owned();
        Self::parse(&text).ok_or_else(|| GitError::Answer {
            what: "version",
            fault: format!("`{}`", text.trim().escape_debug()),
        })
    }

    fn parse(text: &str) -> Option<Self> {
        let number = text.trim().strip_prefix("git version ")?.split([' ', '-']).next()?;
        let mut parts = number.split('.');
        Some(Self { major: parts.next()?.parse().ok()?, minor: parts.next()?.parse().ok()? })
    }

    /// Whether it knows hooks in its settings.
    #[must_use]
    pub fn has_hooks_in_settings(self) -> bool {
        self >= Self::WITH_HOOKS_IN_SETTINGS
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.major, self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_however_it_is_told() {
        for (text, version) in [
            ("git version 2.39.5\n", Some("2.39")),
            ("git version 2.39.5 (Apple Git-154)\n", Some("2.39")),
            ("git version 2.55.GIT", Some("2.55")),
            ("git version 2.54.0-rc1", Some("2.54")),
            ("git version 3.0.0", Some("3.0")),
            ("hub version 2.14", None),
        ] {
            assert_eq!(Version::parse(text).map(|version| version.to_string()).as_deref(), version, "{text}");
        }
        let has = |text: &str| Version::parse(text).unwrap().has_hooks_in_settings();
        assert!(has("git version 2.54.0") && has("git version 3.0") && !has("git version 2.53.9"));
    }
}
