//! What would take Cavra itself out of the way: no policy has a say in it.

use crate::contract::{Effect, Request, RuleId, Severity};

use super::finding::Finding;

/// A block, whatever the policy says. The request says in its operation what it is about.
pub(super) fn protected(request: &Request) -> Finding {
    let what = if request.operation().is_empty() { "would change Cavra itself" } else { request.operation() };
    Finding::new(
        Effect::Block,
        RuleId::CavraSelfProtection,
        Severity::Critical,
        format!("Cavra protects itself: this {what}"),
    )
    .instead("have a person do it, in a terminal that no agent drives")
    .on(&request.target, request.operation())
}
