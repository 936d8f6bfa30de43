//! A finding becomes a decision: who asked, when, under which id.

use crate::contract::{Decision, Effect, Request, RuleId, Severity};
use crate::evaluate::{self, Finding};
use crate::policy::PolicyError;
use crate::sys::{clock, random};

/// What all the decisions on one event share.
pub(super) struct Stamp {
    session_id: String,
    agent_id: String,
    actor: String,
    timestamp: String,
    correlation_id: String,
}

impl Stamp {
    pub(super) fn new(subject: &Request) -> Self {
        let (session_id, agent_id, actor) = subject.caller();
        Self {
            session_id: session_id.to_owned(),
            agent_id: agent_id.to_owned(),
            actor: actor.to_owned(),
            timestamp: clock::now(),
            correlation_id: format!("corr_{}", random::hex12()),
        }
    }

    /// The decision that a finding comes to, labelled with a pack and the id of the policy.
    pub(super) fn decision(
        &self,
        request: &Request,
        finding: Finding,
        policy_pack: &str,
        policy_id: &str,
    ) -> Decision {
        let decision_id = format!("dec_{}", random::hex12());
        Decision {
            evidence_refs: vec![format!("evidence://{}/{decision_id}", self.session_id)],
            decision_id,
            session_id: self.session_id.clone(),
            agent_id: self.agent_id.clone(),
            actor: self.actor.clone(),
            decision: finding.effect,
            reason: finding.reason,
            action_type: evaluate::action_type(request).to_owned(),
            target: finding.target,
            requested_operation: finding.requested_operation,
            policy_pack: policy_pack.to_owned(),
            policy_id: policy_id.to_owned(),
            rule_id: finding.rule,
            severity: finding.severity,
            approver_group: finding.approver_group,
            timestamp: self.timestamp.clone(),
            correlation_id: self.correlation_id.clone(),
            base_decision: None,
            deviation: finding.deviation.map(evaluate::Deviation::id),
            matched: finding.matched,
            policy_location: finding.location,
            alternative: finding.alternative,
            origin: request.context.as_ref().map_or_else(String::new, |context| context.origin.clone()),
        }
    }
}

/// The finding under a policy that cannot be used.
pub(super) fn policy_unusable(error: &PolicyError) -> Finding {
    let mut finding = Finding::new(
        Effect::Block,
        RuleId::PolicyUnusable,
        Severity::High,
        format!("the policy cannot be used: {error}"),
    );
    finding.alternative = Some("have a person mend the policy: `cavra status` says where it is".to_owned());
    finding
}

/// The finding for an event that could not be read to its end.
pub(super) fn unreadable(reason: &str) -> Finding {
    let mut finding = Finding::new(
        Effect::Block,
        RuleId::InputUnreadable,
        Severity::High,
        format!("what would happen could not be read: {reason}"),
    );
    finding.alternative = Some("have a person look at it: what cannot be read is not let through".to_owned());
    finding
}

/// The finding for a request that could not be read.
pub(super) fn malformed(reason: &str) -> Finding {
    let mut finding = Finding::new(Effect::Block, RuleId::RequestMalformed, Severity::High, reason);
    finding.alternative = Some("send a request as `cavra evaluate --schema` describes it".to_owned());
    finding
}
