//! The hooks of git, by name: those that Cavra answers, and those that it only hands on.

use std::ffi::{OsStr, OsString};
use std::path::Path;

/// The hooks that Cavra answers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Event {
    /// Before a commit is made; `--no-verify` skips it.
    PreCommit,
    /// Before a merge is committed; `--no-verify` skips it.
    PreMergeCommit,
    /// Before the message of any commit is written: nothing skips it.
    PrepareCommitMsg,
    /// Before a patch is committed; `--no-verify` skips it.
    PreApplypatch,
    /// Before refs are pushed; `--no-verify` skips it.
    PrePush,
    /// Before refs change here: nothing skips it.
    ReferenceTransaction,
    /// On a server, before refs change.
    PreReceive,
    /// On a server, before one ref changes.
    Update,
}

/// The hooks that are handed on as they are: in a folder that stands in for every repository's, theirs would be
/// hidden otherwise. Hooks whose presence alone changes what git does are none of them.
pub const PASSED: [&str; 13] = [
    "applypatch-msg",
    "post-applypatch",
    "commit-msg",
    "post-commit",
    "pre-rebase",
    "post-checkout",
    "post-merge",
    "post-receive",
    "post-update",
    "pre-auto-gc",
    "post-rewrite",
    "sendemail-validate",
    "post-index-change",
];

impl Event {
    /// Every hook that Cavra answers.
    pub const ALL: [Self; 8] = [
        Self::PreCommit,
        Self::PreMergeCommit,
        Self::PrepareCommitMsg,
        Self::PreApplypatch,
        Self::PrePush,
        Self::ReferenceTransaction,
        Self::PreReceive,
        Self::Update,
    ];

    /// Those of a repository that somebody works in.
    pub const OF_CLIENTS: [Self; 6] = [
        Self::PreCommit,
        Self::PreMergeCommit,
        Self::PrepareCommitMsg,
        Self::PreApplypatch,
        Self::PrePush,
        Self::ReferenceTransaction,
    ];

    /// Those of a repository that others push to. One is enough: it is asked about all refs at once, while the new
    /// objects can still be let go of.
    pub const OF_SERVERS: [Self; 1] = [Self::PreReceive];

    /// Git's name for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PreCommit => "pre-commit",
            Self::PreMergeCommit => "pre-merge-commit",
            Self::PrepareCommitMsg => "prepare-commit-msg",
            Self::PreApplypatch => "pre-applypatch",
            Self::PrePush => "pre-push",
            Self::ReferenceTransaction => "reference-transaction",
            Self::PreReceive => "pre-receive",
            Self::Update => "update",
        }
    }

    /// Whether git gives it a list of refs on stdin.
    #[must_use]
    pub fn has_input(self) -> bool {
        match self {
            Self::PrePush | Self::ReferenceTransaction | Self::PreReceive => true,
            Self::PreCommit
            | Self::PreMergeCommit
            | Self::PrepareCommitMsg
            | Self::PreApplypatch
            | Self::Update => false,
        }
    }
}

/// A hook that is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Named {
    /// It is answered.
    Judged(Event),
    /// It is handed on.
    Passed(&'static str),
}

impl Named {
    /// The hook of that name.
    #[must_use]
    pub fn parse(name: &OsStr) -> Option<Self> {
        let judged = Event::ALL.into_iter().find(|event| name == event.as_str()).map(Self::Judged);
        judged.or_else(|| PASSED.into_iter().find(|passed| name == *passed).map(Self::Passed))
    }

    /// Git's name for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Judged(event) => event.as_str(),
            Self::Passed(name) => name,
        }
    }
}

/// The event that a hook file is for: its name; without what another tool has put behind it (`pre-commit.legacy`);
/// or the folder's, where a server has a folder for each event (`pre-receive.d`).
pub(super) fn of_file(script: &Path) -> OsString {
    let name = script.file_name().unwrap_or_default();
    if Named::parse(name).is_some() {
        return name.to_owned();
    }
    let first = name.to_str().and_then(|name| name.split('.').next()).map(OsStr::new);
    if let Some(first) = first.filter(|first| Named::parse(first).is_some()) {
        return first.to_owned();
    }
    let folder = script.parent().and_then(Path::file_name).and_then(OsStr::to_str);
    folder
        .and_then(|folder| folder.strip_suffix(".d"))
        .filter(|folder| Named::parse(OsStr::new(folder)).is_some())
        .map_or_else(|| name.to_owned(), OsString::from)
}

/// The names of the hooks that are answered, for people.
pub(super) fn known() -> String {
    let names: Vec<&str> = Event::ALL.iter().map(|event| event.as_str()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hook_file_is_known_by_its_name_or_by_its_folder() {
        for (path, event) in [
            ("/r/.git/hooks/pre-commit", "pre-commit"),
            (".git/hooks/pre-push.legacy", "pre-push"),
            ("hooks/pre-receive.d/50-cavra", "pre-receive"),
            ("custom_hooks/update", "update"),
            ("hooks/post-commit", "post-commit"),
            ("hooks/other", "other"),
            ("other.d/x", "x"),
        ] {
            assert_eq!(of_file(Path::new(path)), OsStr::new(event), "{path}");
        }
    }
}
