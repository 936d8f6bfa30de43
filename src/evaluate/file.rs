//! Files: reading and writing by path.
//!
//! Parity holds the target alone against the lists; the default holds all its spellings against those that block
//! and those that ask (D1).

use crate::contract::{Effect, Request, RuleId, Severity};
use crate::policy::{CompiledPolicy, Pattern, PatternSet};

use super::deviations::Deviation;
use super::finding::Finding;

pub(super) fn parity_read(request: &Request, policy: &CompiledPolicy) -> Finding {
    let target = request.target.as_str();
    policy
        .filesystem
        .block_read
        .first_match(target)
        .map_or_else(read_allowed, read_blocked)
        .on(target, "read")
}

pub(super) fn read(request: &Request, policy: &CompiledPolicy) -> Finding {
    let rules = &policy.filesystem;
    let found = first_of(request, &rules.block_read)
        .map(|(pattern, is_target)| read_blocked(pattern).because_if(!is_target, Deviation::D1))
        .or_else(|| {
            let (pattern, _) = first_of(request, &rules.require_approval_read)?;
            Some(read_asked(pattern).because_of(Deviation::D10))
        });
    found.unwrap_or_else(read_allowed).on(&request.target, "read")
}

pub(super) fn parity_write(request: &Request, policy: &CompiledPolicy) -> Finding {
    let (rules, target) = (&policy.filesystem, request.target.as_str());
    let found = rules
        .block_write
        .first_match(target)
        .map(write_blocked)
        .or_else(|| rules.require_approval_write.first_match(target).map(write_asked));
    found.unwrap_or_else(write_allowed).on(target, "write")
}

pub(super) fn write(request: &Request, policy: &CompiledPolicy) -> Finding {
    let rules = &policy.filesystem;
    let found = first_of(request, &rules.block_write)
        .map(|(pattern, is_target)| write_blocked(pattern).because_if(!is_target, Deviation::D1))
        .or_else(|| {
            let (pattern, is_target) = first_of(request, &rules.require_approval_write)?;
            Some(write_asked(pattern).because_if(!is_target, Deviation::D1))
        });
    found.unwrap_or_else(write_allowed).on(&request.target, "write")
}

/// The pattern that the target meets, or else one of its spellings; with whether parity sees that too. A newline in a
/// path is no way out of a rule that refuses.
fn first_of<'p>(request: &Request, patterns: &'p PatternSet) -> Option<(&'p Pattern, bool)> {
    if let Some(pattern) = patterns.first_match(&request.target) {
        return Some((pattern, true));
    }
    let folds_case = request.context.as_ref().is_some_and(|context| context.folds_case);
    let mut spellings = std::iter::once(&request.target).chain(request.spellings());
    spellings.find_map(|spelling| {
        let found = patterns
            .first_match_across_lines(spelling)
            .or_else(|| if folds_case { patterns.first_match_folded(spelling) } else { None });
        Some((found?, false))
    })
}

fn read_blocked(pattern: &Pattern) -> Finding {
    Finding::new(
        Effect::Block,
        RuleId::FilesystemReadBlock,
        Severity::High,
        "the policy blocks reading this path",
    )
    .matched(pattern)
    .instead("work without its contents; a person can tell you what you need of it")
}

fn read_asked(pattern: &Pattern) -> Finding {
    Finding::new(
        Effect::RequireApproval,
        RuleId::FilesystemReadRequireApproval,
        Severity::Medium,
        "the policy asks before this path is read",
    )
    .approved_by(PLATFORM_SECURITY)
    .matched(pattern)
    .instead("work without its contents, or have a person approve it")
}

fn read_allowed() -> Finding {
    Finding::new(Effect::Allow, RuleId::FilesystemReadAllow, Severity::Low, "no rule names this read")
}

fn write_blocked(pattern: &Pattern) -> Finding {
    Finding::new(
        Effect::Block,
        RuleId::FilesystemWriteBlock,
        Severity::High,
        "the policy blocks writing this path",
    )
    .matched(pattern)
    .instead("leave this path as it is, and make the change elsewhere")
}

fn write_asked(pattern: &Pattern) -> Finding {
    Finding::new(
        Effect::RequireApproval,
        RuleId::FilesystemWriteRequireApproval,
        Severity::High,
        "the policy asks before this path is written",
    )
    .approved_by(PLATFORM_SECURITY)
    .matched(pattern)
    .instead("leave this path as it is, or have a person approve it")
}

fn write_allowed() -> Finding {
    Finding::new(Effect::Allow, RuleId::FilesystemWriteAllow, Severity::Low, "no rule names this write")
}

/// Who approves writes, unless the policy names other groups.
const PLATFORM_SECURITY: &str = "Platform Security";
