//! One policy laid over another, as inheritance and overlays do: lists are joined, maps are merged, single values
//! are replaced by what lies on top. Whoever lays a policy over another speaks for both, so nothing is judged.

use super::compiled::{
    ApprovalGroup, Approvals, Commands, CompiledPolicy, EffectAnswer, EvidenceRules, Filesystem, Git, Mcp,
    Metadata, Network, Placed, ServerTools, Source,
};
use super::mode::Mode;
use crate::grammar::effects::CommandEffect;

/// `child` laid over `parent`.
pub(super) fn overlaid(parent: CompiledPolicy, child: CompiledPolicy) -> CompiledPolicy {
    let CompiledPolicy {
        metadata,
        filesystem,
        commands,
        network,
        git,
        mcp,
        approvals,
        signing,
        evidence,
        sources,
        other,
    } = child;
    CompiledPolicy {
        metadata: over_metadata(parent.metadata, metadata),
        filesystem: over_files(&parent.filesystem, filesystem),
        commands: over_commands(&parent.commands, commands),
        network: over_network(&parent.network, network),
        git: over_git(&parent.git, git),
        mcp: over_mcp(parent.mcp, mcp),
        approvals: over_approvals(parent.approvals, approvals),
        // More names would be more who may sign: whoever says it anew says it all.
        signing: if signing.require_signature.is_empty() { parent.signing } else { signing },
        evidence: over_evidence(&parent.evidence, evidence),
        sources: joined_sources(parent.sources, sources),
        other: over_other(parent.other, other),
    }
}

/// Two policies that one inherits, the `later` laid over the `first`: effects and how whole trees and unknown files count
/// are answered as the stricter of them does. Gives what else the later one replaces by something weaker.
pub(super) fn beside(first: CompiledPolicy, later: CompiledPolicy) -> (CompiledPolicy, Vec<&'static str>) {
    if first.sources.is_empty() {
        return (overlaid(first, later), Vec::new());
    }
    let (one, other) = (first.clone(), later.clone());
    let mut both = overlaid(first, later);
    for answer in &mut both.commands.effects {
        let standing = one.commands.answer_to(answer.effect).cloned();
        answer.answer =
            stricter(standing, Some(answer.answer.clone())).unwrap_or_else(|| answer.answer.clone());
    }
    let (files, others) = (one.filesystem, other.filesystem);
    both.filesystem.recursive_read = stricter(files.recursive_read, others.recursive_read);
    both.filesystem.unresolved_read = stricter(files.unresolved_read, others.unresolved_read);
    both.filesystem.recursive_write = stricter(files.recursive_write, others.recursive_write);
    both.filesystem.unresolved_write = stricter(files.unresolved_write, others.unresolved_write);
    both.network.default = stricter(one.network.default, other.network.default);
    let (git, later_git) = (&one.git, &other.git);
    let (mcp, later_mcp) = (&one.mcp, &other.mcp);
    let (evidence, later_evidence) = (&one.evidence, &other.evidence);
    let weaker = [
        ("metadata.mode", is_weaker_mode(one.metadata.mode.as_ref(), other.metadata.mode.as_ref())),
        ("approvals.ttl", is_weaker(other.approvals.ttl.as_ref(), one.approvals.ttl.as_ref())),
        ("commands.default", is_weaker(one.commands.default.as_ref(), other.commands.default.as_ref())),
        (
            "git.block_direct_push_to_protected_branch",
            is_weaker(git.block_direct_push.as_ref(), later_git.block_direct_push.as_ref()),
        ),
        (
            "git.block_force_push",
            is_weaker(git.block_force_push.as_ref(), later_git.block_force_push.as_ref()),
        ),
        (
            "git.block_commit_to_protected_branch",
            is_weaker(git.block_commit.as_ref(), later_git.block_commit.as_ref()),
        ),
        (
            "git.block_branch_deletion",
            is_weaker(git.block_branch_deletion.as_ref(), later_git.block_branch_deletion.as_ref()),
        ),
        (
            "git.block_hook_bypass",
            is_weaker(git.block_hook_bypass.as_ref(), later_git.block_hook_bypass.as_ref()),
        ),
        (
            "mcp.block_unknown_servers",
            is_weaker(mcp.block_unknown_servers.as_ref(), later_mcp.block_unknown_servers.as_ref()),
        ),
        ("mcp.pin_tools", is_weaker(mcp.pin_tools.as_ref(), later_mcp.pin_tools.as_ref())),
        ("mcp.block_secrets", is_weaker(mcp.block_secrets.as_ref(), later_mcp.block_secrets.as_ref())),
        (
            "mcp.approve_out_of_band",
            is_weaker(mcp.approve_out_of_band.as_ref(), later_mcp.approve_out_of_band.as_ref()),
        ),
        ("evidence.required", is_weaker(evidence.required.as_ref(), later_evidence.required.as_ref())),
        ("evidence.sign", is_weaker(evidence.sign.as_ref(), later_evidence.sign.as_ref())),
    ];
    (both, weaker.into_iter().filter(|(_, is_weaker)| *is_weaker).map(|(name, _)| name).collect())
}

fn stricter<T: Ord>(first: Option<Placed<T>>, later: Option<Placed<T>>) -> Option<Placed<T>> {
    match (first, later) {
        (Some(first), Some(later)) if first.value > later.value => Some(first),
        (first, later) => later.or(first),
    }
}

/// A mode that is not said is `enforce`.
fn is_weaker_mode(first: Option<&Placed<Mode>>, later: Option<&Placed<Mode>>) -> bool {
    let standing = first.map_or(Mode::Enforce, |placed| placed.value);
    later.is_some_and(|placed| placed.value < standing)
}

fn is_weaker<T: Ord>(first: Option<&Placed<T>>, later: Option<&Placed<T>>) -> bool {
    first.zip(later).is_some_and(|(first, later)| later.value < first.value)
}

/// The sources of two policies, each once.
pub(super) fn joined_sources(mut first: Vec<Source>, then: Vec<Source>) -> Vec<Source> {
    for source in then {
        if !first.contains(&source) {
            first.push(source);
        }
    }
    first
}

/// The names of two lists, each once, in code point order.
pub(super) fn joined_names(mut first: Vec<Placed<String>>, then: Vec<Placed<String>>) -> Vec<Placed<String>> {
    first.extend(then);
    first.sort_by(|a, b| a.value.cmp(&b.value));
    first.dedup_by(|later, first| later.value == first.value);
    first
}

/// The texts of two lists, each once.
pub(super) fn joined_texts(mut first: Vec<String>, then: Vec<String>) -> Vec<String> {
    first.extend(then);
    first.sort();
    first.dedup();
    first
}

/// The tool lists of two policies, by server.
pub(super) fn joined_tools(mut first: Vec<ServerTools>, then: Vec<ServerTools>) -> Vec<ServerTools> {
    for tools in then {
        match first.iter_mut().find(|known| known.server == tools.server) {
            Some(known) => {
                known.block = known.block.joined(&tools.block);
                known.require_approval = known.require_approval.joined(&tools.require_approval);
                known.allow = known.allow.joined(&tools.allow);
            }
            None => first.push(tools),
        }
    }
    first.sort_by(|a, b| a.server.cmp(&b.server));
    first
}

fn over_metadata(parent: Metadata, child: Metadata) -> Metadata {
    let text = |parent: String, child: String| if child.is_empty() { parent } else { child };
    Metadata {
        id: text(parent.id, child.id),
        title: text(parent.title, child.title),
        description: text(parent.description, child.description),
        version: text(parent.version, child.version),
        mode: child.mode.or(parent.mode),
        delegate: child.delegate.or(parent.delegate),
    }
}

fn over_files(parent: &Filesystem, child: Filesystem) -> Filesystem {
    Filesystem {
        block_read: parent.block_read.joined(&child.block_read),
        require_approval_read: parent.require_approval_read.joined(&child.require_approval_read),
        block_write: parent.block_write.joined(&child.block_write),
        require_approval_write: parent.require_approval_write.joined(&child.require_approval_write),
        recursive_read: child.recursive_read.or_else(|| parent.recursive_read.clone()),
        unresolved_read: child.unresolved_read.or_else(|| parent.unresolved_read.clone()),
        recursive_write: child.recursive_write.or_else(|| parent.recursive_write.clone()),
        unresolved_write: child.unresolved_write.or_else(|| parent.unresolved_write.clone()),
        block_content: parent.block_content.joined(&child.block_content),
    }
}

fn over_commands(parent: &Commands, child: Commands) -> Commands {
    Commands {
        block: parent.block.joined(&child.block),
        require_approval: parent.require_approval.joined(&child.require_approval),
        allow: parent.allow.joined(&child.allow),
        effects: CommandEffect::ALL
            .iter()
            .filter_map(|effect| {
                let answer = child.answer_to(*effect).or_else(|| parent.answer_to(*effect))?.clone();
                Some(EffectAnswer { effect: *effect, answer })
            })
            .collect(),
        default: child.default.or_else(|| parent.default.clone()),
    }
}

fn over_network(parent: &Network, child: Network) -> Network {
    Network {
        block_hosts: parent.block_hosts.joined(&child.block_hosts),
        require_approval_hosts: parent.require_approval_hosts.joined(&child.require_approval_hosts),
        allow_hosts: parent.allow_hosts.joined(&child.allow_hosts),
        default: child.default.or_else(|| parent.default.clone()),
    }
}

fn over_git(parent: &Git, child: Git) -> Git {
    Git {
        protected_branches: parent.protected_branches.joined(&child.protected_branches),
        replaces_suffix_rule: parent.replaces_suffix_rule || child.replaces_suffix_rule,
        block_direct_push: child.block_direct_push.or_else(|| parent.block_direct_push.clone()),
        block_force_push: child.block_force_push.or_else(|| parent.block_force_push.clone()),
        block_commit: child.block_commit.or_else(|| parent.block_commit.clone()),
        block_branch_deletion: child.block_branch_deletion.or_else(|| parent.block_branch_deletion.clone()),
        block_push_branches: parent.block_push_branches.joined(&child.block_push_branches),
        require_approval_push: parent.require_approval_push.joined(&child.require_approval_push),
        block_hook_bypass: child.block_hook_bypass.or_else(|| parent.block_hook_bypass.clone()),
    }
}

fn over_mcp(parent: Mcp, child: Mcp) -> Mcp {
    Mcp {
        allowed_servers: joined_names(parent.allowed_servers, child.allowed_servers),
        blocked_servers: joined_names(parent.blocked_servers, child.blocked_servers),
        block_unknown_servers: child.block_unknown_servers.or(parent.block_unknown_servers),
        tools: joined_tools(parent.tools, child.tools),
        pin_tools: child.pin_tools.or(parent.pin_tools),
        block_secrets: child.block_secrets.or(parent.block_secrets),
        approve_out_of_band: child.approve_out_of_band.or(parent.approve_out_of_band),
    }
}

fn over_approvals(parent: Approvals, child: Approvals) -> Approvals {
    let mut groups = parent.groups;
    for group in child.groups {
        match groups.iter_mut().find(|known| known.name == group.name) {
            Some(known) => over_group(known, group),
            None => groups.push(group),
        }
    }
    Approvals {
        groups,
        ttl: child.ttl.or(parent.ttl),
        revoked: joined_texts(parent.revoked, child.revoked),
        notify: child.notify.or(parent.notify),
    }
}

fn over_group(known: &mut ApprovalGroup, group: ApprovalGroup) {
    known.signers.extend(group.signers);
    known.signers.sort();
    known.signers.dedup();
    if group.minimum.is_some() {
        known.minimum = group.minimum;
    }
    if group.location.is_some() {
        known.location = group.location;
    }
}

fn over_evidence(parent: &EvidenceRules, child: EvidenceRules) -> EvidenceRules {
    EvidenceRules {
        required: child.required.or_else(|| parent.required.clone()),
        redact: parent.redact.joined(&child.redact),
        sign: child.sign.or_else(|| parent.sign.clone()),
        retention_days: child.retention_days.or_else(|| parent.retention_days.clone()),
        max_megabytes: child.max_megabytes.or_else(|| parent.max_megabytes.clone()),
    }
}

fn over_other(
    mut parent: Vec<(String, serde_json::Value)>,
    child: Vec<(String, serde_json::Value)>,
) -> Vec<(String, serde_json::Value)> {
    for (path, value) in child {
        match parent.iter_mut().find(|(known, _)| *known == path) {
            Some((_, known)) => *known = value,
            None => parent.push((path, value)),
        }
    }
    parent.sort_by(|a, b| a.0.cmp(&b.0));
    parent
}
