//! The mode of a policy: what becomes of the combined decision.

use crate::contract::{Decision, Effect, Location, RuleId};
use crate::policy::{CompiledPolicy, Mode};

/// Who answers for what mode `break_glass` would block, and why. Neither is blank.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BreakGlass {
    actor: String,
    reason: String,
}

impl BreakGlass {
    /// None if the actor or the reason is blank.
    #[must_use]
    pub fn new(actor: &str, reason: &str) -> Option<Self> {
        let (actor, reason) = (actor.trim(), reason.trim());
        let is_whole = !actor.is_empty() && !reason.is_empty();
        is_whole.then(|| Self { actor: actor.to_owned(), reason: reason.to_owned() })
    }

    /// Who.
    #[must_use]
    pub fn actor(&self) -> &str {
        &self.actor
    }

    /// Why.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// The decision under the policy's mode; what the rules decided stays in `base_decision` where that changes it.
pub(super) fn apply(
    decision: Decision,
    policy: &CompiledPolicy,
    break_glass: Option<&BreakGlass>,
) -> Decision {
    // What would take Cavra out of the way is nothing that a mode has a say in.
    if decision.rule_id == RuleId::CavraSelfProtection {
        return decision;
    }
    let place = || policy.metadata.mode.as_ref().and_then(|placed| placed.location.clone());
    match policy.mode() {
        Mode::Enforce => decision,
        Mode::AuditOnly if decision.decision == Effect::Allow => decision,
        Mode::AuditOnly => changed(decision, Effect::AuditOnly),
        Mode::Strict if !decision.decision.runs() => decision,
        Mode::Strict => ruled(
            changed(decision, Effect::RequireApproval),
            RuleId::ModeStrict,
            "mode `strict` asks about what would be allowed",
            place(),
        ),
        Mode::BreakGlass => match break_glass {
            Some(_) => ruled(
                changed(decision, Effect::AllowWithAttestation),
                RuleId::ModeBreakGlass,
                "a person answers for it under break-glass",
                place(),
            ),
            None => ruled(
                changed(decision, Effect::Block),
                RuleId::ModeBreakGlassMissing,
                "mode `break_glass` blocks what no person answers for",
                place(),
            ),
        },
    }
}

fn changed(decision: Decision, effect: Effect) -> Decision {
    let base_decision = (decision.decision != effect).then_some(decision.decision);
    Decision { decision: effect, base_decision, ..decision }
}

fn ruled(decision: Decision, rule_id: RuleId, reason: &str, place: Option<Location>) -> Decision {
    // What the rules block stays explained by the rule that blocks it.
    if decision.base_decision.is_none() {
        return decision;
    }
    Decision {
        rule_id,
        reason: reason.to_owned(),
        matched: Some("mode".to_owned()),
        policy_location: place,
        alternative: Some("have a person approve it".to_owned()),
        ..decision
    }
}
