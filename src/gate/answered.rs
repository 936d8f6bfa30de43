//! A question that a person answered in the client's own dialogue.
//!
//! Such an answer comes through the very program that is watched, so it is worth less than one that is given
//! elsewhere: it only ever turns a question into an attested allow, never a block; it is recorded as what it is; and
//! it counts for nothing where a policy says so, or where a policy names signers for the group that is asked.

use crate::contract::{Decision, Effect, Opinion, RuleId};
use crate::policy::CompiledPolicy;

/// Whether an answer from the client counts for this decision.
pub(super) fn counts(decision: &Decision, policies: &[CompiledPolicy]) -> bool {
    let is_barred = |policy: &CompiledPolicy| {
        let groups = &policy.approvals.groups;
        policy.mcp.approve_out_of_band.as_ref().is_some_and(|placed| placed.value)
            || groups.iter().any(|group| {
                let needs_more =
                    !group.signers.is_empty() || group.minimum.is_some_and(|minimum| minimum > 1);
                group.name == decision.approver_group && needs_more
            })
    };
    decision.decision == Effect::RequireApproval && !policies.iter().any(is_barred)
}

/// The opinion with the answer taken in.
pub(super) fn taken(mut opinion: Opinion, policies: &[CompiledPolicy]) -> Opinion {
    if counts(&opinion.decision, policies) {
        let decision = &mut opinion.decision;
        decision.base_decision.get_or_insert(decision.decision);
        decision.decision = Effect::AllowWithAttestation;
        decision.rule_id = RuleId::ApprovalClient;
        decision.reason = format!("it was approved in the client's own dialogue ({})", decision.reason);
        decision.alternative = None;
    }
    opinion
}
