//! The words of the policy language for our own types.

use super::compiled::{Answer, CommandDefault, Delegate, ForcePush};
use super::mode::Mode;

/// The words of `metadata.mode`.
pub(super) const MODES: [(&str, Mode); 4] = [
    ("enforce", Mode::Enforce),
    ("audit_only", Mode::AuditOnly),
    ("strict", Mode::Strict),
    ("break_glass", Mode::BreakGlass),
];
/// The words of `metadata.delegate`.
pub(super) const DELEGATES: [(&str, Delegate); 1] = [("user", Delegate::User)];
/// The words of `filesystem.recursive_read`, `filesystem.unresolved_read`, their kin for writing, and
/// `commands.effects`.
pub(super) const ANSWERS: [(&str, Answer); 4] =
    [("block", Answer::Block), ("ask", Answer::Ask), ("warn", Answer::Warn), ("allow", Answer::Allow)];
/// The words of `commands.default`.
pub(super) const DEFAULTS: [(&str, CommandDefault); 3] = [
    ("require_approval", CommandDefault::RequireApproval),
    ("allow", CommandDefault::Allow),
    ("block", CommandDefault::Block),
];
/// The words of `git.block_force_push`.
pub(super) const FORCE_PUSHES: [(&str, ForcePush); 3] =
    [("protected", ForcePush::Protected), ("all", ForcePush::All), ("none", ForcePush::None)];

/// The word for a delegate.
pub(super) fn delegate(value: Delegate) -> &'static str {
    word(&DELEGATES, value)
}

/// The word for how something counts.
pub(super) fn answer(value: Answer) -> &'static str {
    word(&ANSWERS, value)
}

/// The word for what a command that no rule names gets.
pub(super) fn command_default(value: CommandDefault) -> &'static str {
    word(&DEFAULTS, value)
}

/// The word for which forced pushes are blocked.
pub(super) fn force_push(value: ForcePush) -> &'static str {
    word(&FORCE_PUSHES, value)
}

fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    words.iter().find(|(_, known)| *known == value).map_or("", |(word, _)| word)
}
