//! The evidence of a verdict: redacted, bounded, written before the verdict is given.

use serde::Serialize;
use serde_json::Value;

use crate::contract::{Context, Effect, Evidence, Location, Opinion, Request, RuleId, Severity, Verdict};
use crate::evaluate;
use crate::evidence::{
    ApprovalRef, Attestation, Durability, Entry, Limits, Log, PolicyRef, Redacted, Redactor,
};
use crate::intercept::Intercepted;
use crate::policy::{CompiledPolicy, Mode, Stack};
use crate::sys::digest::Sha256Sum;

use super::combine::MOST_PARTS;
use super::mode::BreakGlass;

/// What is gathered for the record while an event is judged.
pub(super) struct Recording<'a> {
    seam: &'static str,
    subject: Request,
    policies: &'a [CompiledPolicy],
    total: u64,
    unlisted: Option<Sha256Sum>,
    stopped: Vec<Redacted<Value>>,
    running: Vec<Redacted<Value>>,
    approval: Option<ApprovalRef>,
}

impl<'a> Recording<'a> {
    pub(super) fn new(event: &Intercepted, stack: Option<&'a Stack>) -> Self {
        Self {
            seam: event.seam().as_str(),
            subject: event.subject().clone(),
            policies: stack.map_or(&[], Stack::policies),
            total: 0,
            unlisted: None,
            stopped: Vec::new(),
            running: Vec::new(),
            approval: None,
        }
    }

    /// Takes in one request with the effect that it got.
    pub(super) fn note(&mut self, request: &Request, effect: Effect) {
        let redacted = self.redacted_request(request);
        self.total += 1;
        let list = if effect.runs() { &mut self.running } else { &mut self.stopped };
        if list.len() < MOST_PARTS {
            list.push(redacted);
        } else {
            let unlisted = self.unlisted.get_or_insert_default();
            unlisted.update(redacted.get().to_string().as_bytes());
            unlisted.update(b"\n");
        }
    }

    /// Takes in what a person's answer has to do with it.
    pub(super) fn approved(&mut self, approval: Option<ApprovalRef>) {
        self.approval = approval;
    }

    /// Writes the record, and gives the verdict: the opinion's, or `block` where the record could not be written
    /// and the policy does not waive it.
    pub(super) fn finish(
        mut self,
        mut opinion: Opinion,
        log: &Log,
        break_glass: Option<&BreakGlass>,
    ) -> Verdict {
        if self.total == 0 {
            let subject = self.subject.clone();
            self.running.push(self.redacted_request(&subject));
        }
        let durability = match opinion.decision.decision {
            // A grant that was used is used up, whatever happens to this machine.
            Effect::Allow if self.approval.is_some() => Durability::Synced,
            Effect::Allow | Effect::AuditOnly | Effect::Warn => Durability::Buffered,
            Effect::AllowWithAttestation | Effect::RequireApproval | Effect::Block => Durability::Synced,
        };
        let is_required =
            self.policies.is_empty() || self.policies.iter().any(|policy| policy.evidence.is_required());
        let entry = self.entry(&opinion, break_glass);
        let evidence = match log.append(&entry, durability) {
            Ok(recorded) => Evidence::Recorded { sequence: recorded.sequence, hash: recorded.hash },
            Err(error) if is_required => {
                let decision = &mut opinion.decision;
                decision.base_decision.get_or_insert(decision.decision);
                decision.decision = Effect::Block;
                decision.rule_id = RuleId::EvidenceUnavailable;
                decision.severity = Severity::High;
                decision.reason = format!("the evidence cannot be written: {error}");
                decision.matched = None;
                decision.policy_location = required_location(self.policies);
                decision.alternative =
                    Some("have a person mend it: `cavra evidence verify` says more".to_owned());
                Evidence::Unavailable(error.to_string())
            }
            Err(error) => Evidence::Waived(error.to_string()),
        };
        Verdict::new(opinion, evidence)
    }

    fn entry(&mut self, opinion: &Opinion, break_glass: Option<&BreakGlass>) -> Entry {
        let mut requests = std::mem::take(&mut self.stopped);
        requests.append(&mut self.running);
        let attested = opinion.decision.decision == Effect::AllowWithAttestation;
        let refusals = opinion
            .refusals()
            .filter(|refusal| refusal.decision_id != opinion.decision.decision_id)
            .map(|refusal| self.redacted(refusal))
            .collect();
        Entry {
            seam: self.seam,
            mode: self.policies.iter().map(CompiledPolicy::mode).max().unwrap_or(Mode::Enforce).as_str(),
            requests,
            requests_total: self.total,
            unlisted_digest: self.unlisted.take().map(Sha256Sum::finish),
            verdict: self.redacted(&opinion.decision),
            refusals,
            unresolved: opinion.unresolved.iter().map(|what| self.redacted(what)).collect(),
            policies: policy_refs(self.policies),
            approval: self.approval.take(),
            attestation: break_glass.filter(|_| attested).map(|break_glass| {
                let hides = |word: &str| self.hides(word);
                let redactor = Redactor::new(self.hides_words().then_some(&hides));
                Attestation {
                    actor: redactor.text(break_glass.actor()),
                    reason: redactor.text(break_glass.reason()),
                }
            }),
        }
    }

    /// A request whose tree is told by how many files it has, and by those that a rule names: the others say
    /// nothing of the verdict, and there may be hundreds of thousands of them.
    fn redacted_request(&self, request: &Request) -> Redacted<Value> {
        let Some(context) = request.context.as_ref().filter(|context| !context.tree.is_empty()) else {
            return self.redacted(request);
        };
        let mut named: Vec<String> = Vec::new();
        for path in self.policies.iter().flat_map(|policy| evaluate::named_in_tree(request, policy)) {
            if named.len() == MOST_PARTS {
                break;
            }
            if !named.iter().any(|known| known == path) {
                named.push(path.to_owned());
            }
        }
        let total = context.tree.len();
        let context = Context { tree: named, ..context.clone() };
        let request = Request { context: None, ..request.clone() };
        let parts = (serde_json::to_value(&request), serde_json::to_value(&context));
        let (Ok(Value::Object(mut request)), Ok(Value::Object(mut context))) = parts else {
            return self.redacted(&Value::Null);
        };
        context.insert("tree_total".to_owned(), total.into());
        request.insert("context".to_owned(), context.into());
        self.redacted(&request)
    }

    fn redacted(&self, value: &impl Serialize) -> Redacted<Value> {
        let hides = |word: &str| self.hides(word);
        // A value that cannot be written as JSON has no place in the log; that it was one still has.
        let value = serde_json::to_value(value).unwrap_or(Value::Null);
        Redactor::new(self.hides_words().then_some(&hides)).value(value)
    }

    /// Whether a policy names words of its own that are hidden.
    fn hides_words(&self) -> bool {
        self.policies.iter().any(|policy| policy.evidence.redact.iter().next().is_some())
    }

    fn hides(&self, word: &str) -> bool {
        self.policies.iter().any(|policy| policy.evidence.redact.first_match(word).is_some())
    }
}

/// How long evidence is kept, the longest that a policy in force says, and whether any asks for seals.
pub(super) fn limits(policies: &[CompiledPolicy]) -> Limits {
    let rules = || policies.iter().map(|policy| &policy.evidence);
    let longest =
        |values: Vec<Option<u64>>| values.into_iter().collect::<Option<Vec<_>>>()?.into_iter().max();
    Limits {
        retention_days: longest(rules().map(|rules| Some(rules.retention_days.as_ref()?.value)).collect()),
        max_megabytes: longest(rules().map(|rules| Some(rules.max_megabytes.as_ref()?.value)).collect()),
        seals: rules().any(|rules| rules.sign.as_ref().is_some_and(|sign| sign.value)),
    }
}

/// Every source of every policy, once.
fn policy_refs(policies: &[CompiledPolicy]) -> Vec<PolicyRef> {
    let mut refs: Vec<PolicyRef> = Vec::new();
    for source in policies.iter().flat_map(|policy| &policy.sources) {
        let policy_ref = PolicyRef {
            layer: source.layer.to_owned(),
            path: source.path.clone(),
            sha256: source.sha256.clone(),
        };
        if !refs.contains(&policy_ref) {
            refs.push(policy_ref);
        }
    }
    refs
}

fn required_location(policies: &[CompiledPolicy]) -> Option<Location> {
    policies.iter().find_map(|policy| policy.evidence.required.as_ref()?.location.clone())
}
