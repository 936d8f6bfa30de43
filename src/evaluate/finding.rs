//! What the evaluator finds: a decision without its time, its ids and its mode.

use crate::contract::{Effect, Location, RuleId, Severity};
use crate::policy::{Pattern, Placed};

use super::deviations::Deviation;

/// The answer of one rule to one request.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What the rule does.
    pub effect: Effect,
    /// The rule.
    pub rule: RuleId,
    /// How grave it would be.
    pub severity: Severity,
    /// Who may approve it; empty where nobody is named.
    pub approver_group: String,
    /// What is acted on, as the contract has it for this rule.
    pub target: String,
    /// What would be done, as the contract has it for this rule.
    pub requested_operation: String,
    /// Why, in a sentence without a period.
    pub reason: String,
    /// The pattern or value that decided, if one did.
    pub matched: Option<String>,
    /// Where that stands, if the policy came with positions.
    pub location: Option<Location>,
    /// One thing that is allowed instead.
    pub alternative: Option<String>,
    /// The deviation or exception by which this differs from the parity answer.
    pub deviation: Option<Deviation>,
}

impl Finding {
    /// A finding with what every rule says; target and operation are filled in by [`Finding::on`].
    pub fn new(effect: Effect, rule: RuleId, severity: Severity, reason: impl Into<String>) -> Self {
        Self {
            effect,
            rule,
            severity,
            approver_group: String::new(),
            target: String::new(),
            requested_operation: String::new(),
            reason: reason.into(),
            matched: None,
            location: None,
            alternative: None,
            deviation: None,
        }
    }

    /// What is acted on, and what would be done.
    pub(super) fn on(mut self, target: &str, requested_operation: &str) -> Self {
        target.clone_into(&mut self.target);
        requested_operation.clone_into(&mut self.requested_operation);
        self
    }

    /// Who may approve it.
    pub(super) fn approved_by(mut self, group: &str) -> Self {
        group.clone_into(&mut self.approver_group);
        self
    }

    /// The pattern that decided; what its author says of it goes before what Cavra would say.
    pub(super) fn matched(mut self, pattern: &Pattern) -> Self {
        self.matched = Some(pattern.as_str().to_owned());
        self.location = pattern.location().cloned();
        if let Some(note) = pattern.note() {
            if let Some(reason) = &note.reason {
                self.reason = format!("{}: {reason}", self.reason);
            }
            self.alternative.clone_from(&note.alternative);
        }
        self
    }

    /// The value that decided.
    pub(super) fn by_value<T>(mut self, text: &str, value: Option<&Placed<T>>) -> Self {
        self.matched = Some(text.to_owned());
        self.location = value.and_then(|placed| placed.location.clone());
        self
    }

    /// What is allowed instead, where the author of the rule does not say.
    pub(super) fn instead(mut self, alternative: impl Into<String>) -> Self {
        if self.alternative.is_none() {
            self.alternative = Some(alternative.into());
        }
        self
    }

    /// Why it differs from parity.
    pub fn because_of(mut self, deviation: Deviation) -> Self {
        self.deviation = Some(deviation);
        self
    }

    /// Why it differs from parity, if it does.
    pub(super) fn because_if(self, differs: bool, deviation: Deviation) -> Self {
        if differs { self.because_of(deviation) } else { self }
    }
}
