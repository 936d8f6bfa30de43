//! Git operations: pushes above all.
//!
//! Parity blocks a push to any target that ends with `main` or `master`. The default knows branches by name: the
//! target in all forms that a push spells it in (D6), protected branches, lost commits, deletions (D10).

use crate::contract::{Effect, Request, RuleId, Severity};
use crate::policy::{CompiledPolicy, ForcePush, Git, Pattern, PatternSet};

use super::deviations::Deviation;
use super::finding::Finding;

pub(super) fn parity(request: &Request, _policy: &CompiledPolicy) -> Finding {
    let found = if request.operation() == "push" && ends_like_main(&request.target) {
        protected()
    } else {
        allowed()
    };
    place(found, request)
}

pub(super) fn git(request: &Request, policy: &CompiledPolicy) -> Finding {
    let rules = &policy.git;
    let operation = request.operation().trim();
    let found = if operation.eq_ignore_ascii_case("push") {
        push(request, rules)
    } else if LOCAL.iter().any(|known| operation.eq_ignore_ascii_case(known)) {
        local(request, rules)
    } else if operation.eq_ignore_ascii_case("add_submodule") {
        submodule(request)
    } else if operation.eq_ignore_ascii_case("hook_bypass") && is_on(rules.block_hook_bypass.as_ref()) {
        Finding::new(
            Effect::Block,
            RuleId::GitHookBypass,
            Severity::High,
            "the policy blocks git operations that switch its hooks off",
        )
        .by_value("block_hook_bypass", rules.block_hook_bypass.as_ref())
        .instead("run the same operation with its hooks on")
        .because_of(Deviation::D10)
    } else {
        allowed()
    };
    place(found, request)
}

/// What changes a branch of this repository: a commit, another place to point to, a deletion.
const LOCAL: [&str; 3] = ["commit", "move_branch", "delete_branch"];

fn local(request: &Request, rules: &Git) -> Finding {
    let protects = rules.block_commit.as_ref().filter(|placed| placed.value);
    let named = first_of(&branch_names(request), &rules.protected_branches);
    match (protects, named) {
        (Some(placed), Some(pattern)) => Finding::new(
            Effect::Block,
            RuleId::GitProtectedBranchBlockCommit,
            Severity::High,
            format!(
                "this branch is protected (`{}`), and what is done to it here comes from the other side alone",
                pattern.as_str()
            ),
        )
        .by_value("block_commit_to_protected_branch", Some(placed))
        .instead("make a branch of another name first: `git switch -c NAME`")
        .because_of(Deviation::D10),
        (_, _) => allowed(),
    }
}

/// A place that a submodule is fetched from. Some say which program fetches it.
fn submodule(request: &Request) -> Finding {
    let url = request.target.trim();
    let runs = url.starts_with('-') || url.split_once("::").is_some_and(|(kind, _)| is_kind(kind));
    if !runs {
        return allowed();
    }
    Finding::new(
        Effect::Block,
        RuleId::GitSubmoduleUrl,
        Severity::High,
        "whoever fetches this submodule runs a program that its URL names",
    )
    .instead("name the repository by a plain URL, such as `https://HOST/PATH`")
    .because_of(Deviation::D6)
}

/// Whether it is the name of a helper, as in `ext::…`, rather than an address with colons.
fn is_kind(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+'))
}

fn push(request: &Request, rules: &Git) -> Finding {
    let names = branch_names(request);
    let parity_blocks = request.operation() == "push" && ends_like_main(&request.target);
    let listed = first_of(&names, &rules.protected_branches);
    let update = request.context.as_ref().and_then(|context| context.ref_update.as_ref());
    let forced = update.is_some_and(|update| update.forced);
    let deletes = update.is_some_and(|update| update.deletes);
    let is_branch = !request.target.starts_with("refs/") || request.target.starts_with("refs/heads/");

    if let Some(finding) = direct_push(rules, &names, listed, parity_blocks) {
        return finding;
    }
    if let Some(placed) = rules.block_force_push.as_ref() {
        let blocks = match placed.value {
            ForcePush::None => false,
            ForcePush::Protected => listed.is_some(),
            ForcePush::All => true,
        };
        if forced && !deletes && blocks {
            return Finding::new(
                Effect::Block,
                RuleId::GitForcePushBlock,
                Severity::High,
                "this push would lose commits on the other side, or it is not known that it would not",
            )
            .by_value("block_force_push", Some(placed))
            .instead("push new commits on top, or a branch of another name")
            .because_of(Deviation::D10);
        }
    }
    if deletes && is_branch && is_on(rules.block_branch_deletion.as_ref()) {
        return Finding::new(
            Effect::Block,
            RuleId::GitBranchDeletionBlock,
            Severity::High,
            "the policy blocks deleting branches on the other side",
        )
        .by_value("block_branch_deletion", rules.block_branch_deletion.as_ref())
        .instead("leave the branch; a person can delete it")
        .because_of(Deviation::D10);
    }
    // Where it goes counts as well as what it updates: a list may name either.
    let places: Vec<&str> = update.map(|update| update.remote.as_str()).into_iter().chain(names).collect();
    if let Some(pattern) = first_of(&places, &rules.block_push_branches) {
        return Finding::new(
            Effect::Block,
            RuleId::GitPushBlock,
            Severity::High,
            "the policy blocks pushes there",
        )
        .matched(pattern)
        .instead("push a branch of another name")
        .because_of(Deviation::D10);
    }
    if let Some(pattern) = first_of(&places, &rules.require_approval_push) {
        return Finding::new(
            Effect::RequireApproval,
            RuleId::GitPushRequireApproval,
            Severity::Medium,
            "the policy asks before anything is pushed there",
        )
        .approved_by(super::command::REPOSITORY_OWNERS)
        .matched(pattern)
        .instead("push a branch of another name, or have a person approve it")
        .because_of(if parity_blocks { Deviation::E3 } else { Deviation::D10 });
    }
    if !is_clear(request) {
        return Finding::new(
            Effect::RequireApproval,
            RuleId::GitPushUnresolved,
            Severity::Medium,
            "it is not known which refs this push would update",
        )
        .approved_by(super::command::REPOSITORY_OWNERS)
        .instead("name the branch that is pushed")
        .because_of(if parity_blocks { Deviation::E3 } else { Deviation::D6 });
    }
    allowed().because_if(parity_blocks, Deviation::E3)
}

/// A push straight to a protected branch. `block_direct_push_to_protected_branch: false` lets go only what the
/// parity rule does not block either.
fn direct_push(
    rules: &Git,
    names: &[&str],
    listed: Option<&Pattern>,
    parity_blocks: bool,
) -> Option<Finding> {
    if let Some(pattern) = listed
        && (parity_blocks || rules.block_direct_push.as_ref().is_none_or(|placed| placed.value))
    {
        return Some(protected().matched(pattern).because_if(!parity_blocks, Deviation::D10));
    }
    if !rules.replaces_suffix_rule && names.iter().any(|name| ends_like_main(name)) {
        return Some(protected().because_if(!parity_blocks, Deviation::D6));
    }
    None
}

/// The target and its spellings, each word of them also as the branch that a refspec means by it: the side behind
/// the colon, without the sign of force and without the folder of branches.
fn branch_names(request: &Request) -> Vec<&str> {
    let mut names = Vec::new();
    for text in std::iter::once(&request.target).chain(request.spellings()) {
        names.extend([text.as_str(), text.trim()]);
        for word in text.split_whitespace() {
            let destination = destination(word);
            let branch = ["refs/heads/", "heads/"].iter().find_map(|folder| destination.strip_prefix(folder));
            names.extend([word, destination, branch.unwrap_or(destination)]);
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// What a refspec updates on the other side.
fn destination(word: &str) -> &str {
    word.rsplit(':').next().unwrap_or(word).trim_start_matches('+')
}

/// Whether the target says which refs would be updated. Git's own list of updates always does; words of a command
/// line may be options, revisions or `HEAD`, and mean whatever is checked out.
fn is_clear(request: &Request) -> bool {
    let is_listed = request.context.as_ref().is_some_and(|context| context.ref_update.is_some());
    let mut words = request.target.split_whitespace().map(destination).peekable();
    is_listed
        || words.peek().is_some()
            && words.all(|name| {
                !name.is_empty()
                    && !name.starts_with('-')
                    && !matches!(name, "HEAD" | "@")
                    && !name.contains(['^', '~', '?', '*', '[', '\\'])
                    && !name.contains("@{")
            })
}

fn first_of<'p>(names: &[&str], patterns: &'p PatternSet) -> Option<&'p Pattern> {
    names.iter().find_map(|name| patterns.first_match_across_lines(name))
}

fn is_on(placed: Option<&crate::policy::Placed<bool>>) -> bool {
    placed.is_some_and(|placed| placed.value)
}

fn ends_like_main(target: &str) -> bool {
    target.ends_with("main") || target.ends_with("master")
}

fn protected() -> Finding {
    Finding::new(
        Effect::Block,
        RuleId::GitProtectedBranchBlockDirectPush,
        Severity::High,
        "this branch is protected, and takes no direct pushes",
    )
    .instead("push a branch of another name, and open a pull request")
}

fn allowed() -> Finding {
    Finding::new(Effect::Allow, RuleId::GitAllow, Severity::Low, "no rule names this git operation")
}

fn place(finding: Finding, request: &Request) -> Finding {
    let operation = request.operation();
    let operation = if operation.is_empty() { request.target.as_str() } else { operation };
    finding.on(&request.target, operation)
}
