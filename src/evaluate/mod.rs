//! The evaluator: a pure function of a request, a policy and a registry.
//!
//! One file for each family of actions. [`parity`] answers exactly as the tables of the contract say;
//! [`evaluate`] closes what those leave open, and each difference carries the id of its [`Deviation`]. Neither
//! does any I/O: what a path or a command really is, interceptors find out and say as further spellings.

#![forbid(unsafe_code)]

mod command;
mod deviations;
mod effects;
mod file;
mod finding;
mod git;
mod mcp;
mod network;
mod own;
mod release;
mod structure;
mod unresolved;

use crate::contract::{
    AGENT_TOOL_CALL, Action, Effect, Request, RuleId, SELF_PROTECTION, Severity, Unresolved,
};
use crate::policy::{CompiledPolicy, Registry};

pub use deviations::{Deviation, Kind};
pub use finding::Finding;

/// The answer of the contract's tables, and nothing else.
pub fn parity(request: &Request, policy: &CompiledPolicy, registry: Option<&Registry>) -> Finding {
    match action(request) {
        Some(Action::ReadFile) => file::parity_read(request, policy),
        Some(Action::WriteFile) => file::parity_write(request, policy),
        Some(Action::ExecuteCommand) => command::parity(request, policy),
        Some(Action::GitOperation) => git::parity(request, policy),
        Some(Action::McpToolCall) => mcp::parity(request, policy, registry),
        Some(Action::ReleaseGovernanceRecord) => release::parity(request),
        None => unknown(request),
    }
}

/// The answer of the default: never weaker than [`parity`] but for the named exceptions.
pub fn evaluate(request: &Request, policy: &CompiledPolicy, registry: Option<&Registry>) -> Finding {
    if let Some(finding) = contradiction(request, policy) {
        return finding;
    }
    let finding = match action(request) {
        Some(Action::ReadFile) => file::read(request, policy),
        Some(Action::WriteFile) => file::write(request, policy),
        Some(Action::ExecuteCommand) => command::command(request, policy),
        Some(Action::GitOperation) => git::git(request, policy),
        Some(Action::McpToolCall) => mcp::mcp(request, policy, registry),
        Some(Action::ReleaseGovernanceRecord) => release::release(request),
        None if request.action_type == AGENT_TOOL_CALL => command::tool(request, policy),
        None if request.action_type == SELF_PROTECTION => own::protected(request),
        None => unknown(request),
    };
    let finding = match network::of(request, policy) {
        Some(contact) if contact.effect > finding.effect => contact,
        Some(_) | None => finding,
    };
    to_group_of(policy, finding)
}

/// What the rules that block or ask say of a compound command as a whole; none if they say nothing. What it is
/// made of is evaluated part by part.
#[must_use]
pub fn refusal(request: &Request, policy: &CompiledPolicy) -> Option<Finding> {
    let refused = match action(request) {
        Some(Action::ExecuteCommand) => command::refusal(request, policy),
        Some(
            Action::ReadFile
            | Action::WriteFile
            | Action::GitOperation
            | Action::McpToolCall
            | Action::ReleaseGovernanceRecord,
        )
        | None => None,
    };
    contradiction(request, policy).or(refused).map(|finding| to_group_of(policy, finding))
}

/// What the rules that name something say of what an event may mean, such as a text that an unknown tool is given;
/// none if they refuse nothing of it. What no rule names is no reason.
#[must_use]
pub fn suspicion(request: &Request, policy: &CompiledPolicy) -> Option<Finding> {
    let finding = evaluate(request, policy, None);
    let is_by_default = matches!(
        finding.rule,
        RuleId::CommandsDefaultBlock
            | RuleId::CommandsDefaultRequireApproval
            | RuleId::CommandsUnresolved
            | RuleId::FilesystemUnresolved
            | RuleId::RuntimeDefaultRequireApproval
    );
    (!finding.effect.runs() && !is_by_default).then_some(finding)
}

/// The answer to a part of an event that could not be understood.
pub fn unresolved(what: &Unresolved, subject: &Request, policy: &CompiledPolicy) -> Finding {
    to_group_of(policy, unresolved::unresolved(what, subject, policy))
}

/// The paths in the tree of a file request that a rule which blocks or asks names, in their order.
#[must_use]
pub fn named_in_tree<'r>(request: &'r Request, policy: &CompiledPolicy) -> Vec<&'r str> {
    file::named_in_tree(request, policy)
}

/// The action type that the answer names: the request's, but for a typed record that comes without one.
#[must_use]
pub fn action_type(request: &Request) -> &str {
    if request.action_type.is_empty() && request.release_governance.is_some() {
        Action::ReleaseGovernanceRecord.as_str()
    } else {
        &request.action_type
    }
}

/// What the request is evaluated as. A typed record is evaluated as one whatever the action type says (D8).
fn action(request: &Request) -> Option<Action> {
    if request.release_governance.is_some() {
        Some(Action::ReleaseGovernanceRecord)
    } else {
        Action::parse(&request.action_type)
    }
}

/// A request that says two things at once is not answered as one of them.
fn contradiction(request: &Request, policy: &CompiledPolicy) -> Option<Finding> {
    let hides_action = request.release_governance.is_some()
        && !request.action_type.is_empty()
        && request.action_type != Action::ReleaseGovernanceRecord.as_str();
    if hides_action {
        let finding = malformed("`release_governance` stands in a request for another action")
            .instead("send the record in a request of its own");
        return Some(finding.on(&request.target, request.operation()).because_of(Deviation::D8));
    }
    let pack = request.policy_pack.as_str();
    let is_known = pack.is_empty() || pack == policy.label() || crate::policy::is_pack(pack);
    (!is_known).then(|| {
        malformed("`policy_pack` names a pack that cannot be found")
            .by_value::<()>(pack, None)
            .instead("leave `policy_pack` out, or name one that `cavra policy list` has")
            .on(&request.target, request.operation())
            .because_of(Deviation::D7)
    })
}

fn malformed(reason: &str) -> Finding {
    Finding::new(Effect::Block, RuleId::RequestMalformed, Severity::High, reason)
}

fn unknown(request: &Request) -> Finding {
    Finding::new(
        Effect::RequireApproval,
        RuleId::RuntimeDefaultRequireApproval,
        Severity::Medium,
        "Cavra has no rules for this action",
    )
    .approved_by(command::REPOSITORY_OWNERS)
    .instead("use an action that Cavra has rules for, or have a person do it")
    .on(&request.target, request.operation())
}

/// Names a group that the policy has: the rule's own if it is one of them, else the first (D10).
fn to_group_of(policy: &CompiledPolicy, mut finding: Finding) -> Finding {
    let groups = &policy.approvals.groups;
    if finding.approver_group.is_empty() || groups.iter().any(|group| group.name == finding.approver_group) {
        return finding;
    }
    if let Some(first) = groups.first() {
        finding.approver_group.clone_from(&first.name);
        finding.deviation.get_or_insert(Deviation::D10);
    }
    finding
}
