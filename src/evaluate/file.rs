//! Files: reading and writing by path.
//!
//! Parity holds the target alone against the lists; the default holds all its spellings against those that block
//! and those that ask (D1), and so the files of a folder that is read or written whole. A target that is known in
//! part is asked about where some text that it may be would be refused.

use crate::contract::{Action, Cause, Effect, Request, RuleId, Severity};
use crate::grammar::secrets;
use crate::policy::{Answer, CompiledPolicy, Open, Pattern, PatternSet};

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
    let lists = [&rules.block_read, &rules.require_approval_read];
    let direct = first_of(request, &rules.block_read)
        .map(|(pattern, is_target)| read_blocked(pattern).because_if(!is_target, Deviation::D1))
        .or_else(|| {
            let (pattern, _) = first_of(request, &rules.require_approval_read)?;
            Some(read_asked(pattern).because_of(Deviation::D10))
        });
    let whole = first_in_tree(request, lists).map(|hit| match &rules.recursive_read {
        Some(counts) => hit.named(recursive_read(counts.value.effect()).matched(hit.pattern)),
        None if hit.list == 0 => hit.named(read_blocked(hit.pattern)),
        None => hit.named(read_asked(hit.pattern)),
    });
    let counts = rules.unresolved_read.as_ref().map_or(Answer::Ask, |counts| counts.value);
    let open = first_open(request, lists).map(|pattern| unresolved(counts.effect(), pattern));
    strictest([direct, whole, open, None]).unwrap_or_else(read_allowed).on(&request.target, "read")
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
    let lists = [&rules.block_write, &rules.require_approval_write];
    let direct = first_of(request, &rules.block_write)
        .map(|(pattern, is_target)| write_blocked(pattern).because_if(!is_target, Deviation::D1))
        .or_else(|| {
            let (pattern, is_target) = first_of(request, &rules.require_approval_write)?;
            Some(write_asked(pattern).because_if(!is_target, Deviation::D1))
        });
    let whole = first_in_tree(request, lists).map(|hit| {
        let finding = match &rules.recursive_write {
            _ if hit.list == 0 => write_blocked(hit.pattern),
            Some(counts) => recursive_write(counts.value.effect()).matched(hit.pattern),
            None => write_asked(hit.pattern),
        };
        hit.named(finding)
    });
    let counts = rules.unresolved_write.as_ref().map_or(Answer::Ask, |counts| counts.value);
    let open = first_open(request, lists).map(|pattern| unresolved(counts.effect(), pattern));
    let content = first_content(request, &rules.block_content);
    strictest([direct, whole, open, content]).unwrap_or_else(write_allowed).on(&request.target, "write")
}

/// The paths in the tree of a file request that some rule of the policy names which blocks or asks, in their order.
pub(super) fn named_in_tree<'r>(request: &'r Request, policy: &CompiledPolicy) -> Vec<&'r str> {
    let rules = &policy.filesystem;
    let lists = match Action::parse(&request.action_type) {
        Some(Action::ReadFile) => [&rules.block_read, &rules.require_approval_read],
        Some(Action::WriteFile) => [&rules.block_write, &rules.require_approval_write],
        Some(
            Action::ExecuteCommand
            | Action::GitOperation
            | Action::McpToolCall
            | Action::ReleaseGovernanceRecord,
        )
        | None => return Vec::new(),
    };
    let Some(context) = &request.context else { return Vec::new() };
    let is_named = |path: &&str| lists.iter().any(|list| meets(list, path, context.folds_case).is_some());
    context.tree.iter().map(String::as_str).filter(is_named).collect()
}

/// The strictest finding that does not allow; the first of equal ones.
fn strictest(findings: [Option<Finding>; 4]) -> Option<Finding> {
    let refusals = findings.into_iter().flatten().filter(|finding| finding.effect != Effect::Allow);
    refusals.reduce(|first, later| if later.effect > first.effect { later } else { first })
}

/// The first thing in the text that is written which a content rule names.
fn first_content(request: &Request, patterns: &PatternSet) -> Option<Finding> {
    let found = &request.context.as_ref()?.content;
    let (content, pattern) =
        found.iter().find_map(|content| Some((content, patterns.first_match(&content.shape)?)))?;
    let what = secrets::shape(&content.shape).map_or("what the policy names", |shape| shape.what);
    let reason =
        format!("line {} adds what looks like {what}: `{}`", content.line, content.excerpt.escape_debug());
    Some(
        Finding::new(Effect::Block, RuleId::FilesystemContentBlock, Severity::Critical, reason)
            .matched(pattern)
            .instead("take it out of the file, and have it read from the environment or a store of secrets")
            .because_of(Deviation::D10),
    )
}

/// A path of a tree that a rule names.
struct Hit<'p> {
    path: &'p str,
    pattern: &'p Pattern,
    /// The place of the pattern's list.
    list: usize,
}

impl Hit<'_> {
    fn named(&self, finding: Finding) -> Finding {
        let reason = format!("{}: `{}` is in this folder", finding.reason, self.path.escape_debug());
        Finding { reason, ..finding }.because_of(Deviation::D1)
    }
}

/// The first path of the tree that the first list names, or else the next.
fn first_in_tree<'p>(request: &'p Request, lists: [&'p PatternSet; 2]) -> Option<Hit<'p>> {
    let context = request.context.as_ref()?;
    lists.into_iter().enumerate().find_map(|(list, patterns)| {
        context.tree.iter().find_map(|path| {
            let pattern = meets(patterns, path, context.folds_case)?;
            Some(Hit { path, pattern, list })
        })
    })
}

/// The first pattern that some text may meet which the target, or one of its spellings, stands for.
fn first_open<'p>(request: &Request, lists: [&'p PatternSet; 2]) -> Option<&'p Pattern> {
    let context = request.context.as_ref().filter(|context| context.open_target)?;
    let spellings: Vec<&String> = std::iter::once(&request.target).chain(&context.spellings).collect();
    lists.into_iter().filter(|patterns| !patterns.is_empty()).find_map(|patterns| {
        spellings.iter().find_map(|spelling| {
            patterns.first_that_may_meet(&Open::of(spelling)).or_else(|| {
                let folded = context.folds_case.then(|| Open::of(&spelling.to_lowercase()))?;
                patterns.first_that_may_meet_folded(&folded)
            })
        })
    })
}

/// The pattern that the target meets, or else one of its spellings; with whether parity sees that too. A newline in a
/// path is no way out of a rule that refuses.
fn first_of<'p>(request: &Request, patterns: &'p PatternSet) -> Option<(&'p Pattern, bool)> {
    if let Some(pattern) = patterns.first_match(&request.target) {
        return Some((pattern, true));
    }
    let folds_case = request.context.as_ref().is_some_and(|context| context.folds_case);
    let mut spellings = std::iter::once(&request.target).chain(request.spellings());
    spellings.find_map(|spelling| Some((meets(patterns, spelling, folds_case)?, false)))
}

/// The first pattern that a path meets, as rules that refuse see it.
fn meets<'p>(patterns: &'p PatternSet, path: &str, folds_case: bool) -> Option<&'p Pattern> {
    patterns
        .first_match_across_lines(path)
        .or_else(|| if folds_case { patterns.first_match_folded(path) } else { None })
}

/// A folder in which a rule names a path, as the policy says that reading or writing it whole counts.
fn recursive(effect: Effect, rule: RuleId, reason: &str) -> Finding {
    Finding::new(effect, rule, Severity::Medium, reason)
        .approved_by(if effect == Effect::RequireApproval { PLATFORM_SECURITY } else { "" })
        .instead("name the files that you mean, each by its own path")
}

fn recursive_read(effect: Effect) -> Finding {
    recursive(effect, RuleId::FilesystemReadRecursive, "the policy names a path in what is read")
}

fn recursive_write(effect: Effect) -> Finding {
    recursive(effect, RuleId::FilesystemWriteRecursive, "the policy names a path in what is written")
}

/// A path that a rule may name, and may not.
fn unresolved(effect: Effect, pattern: &Pattern) -> Finding {
    Finding::new(
        effect,
        RuleId::FilesystemUnresolved,
        Severity::Medium,
        format!("the path {}, and a rule of the policy may name it", Cause::Operand),
    )
    .approved_by(if effect == Effect::RequireApproval { PLATFORM_SECURITY } else { "" })
    .matched(pattern)
    .instead("write the path out, without variables or patterns")
    .because_of(Deviation::D1)
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

#[cfg(test)]
mod tests;
