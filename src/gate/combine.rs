//! Many requests, many policies, one answer: the maximum.

use crate::contract::{Decision, Effect, Opinion, Request, RuleId, Severity, Unresolved};
use crate::evaluate::{self, Deviation, Finding};
use crate::intercept::Intercepted;
use crate::policy::{CompiledPolicy, DEFAULT_LABEL, Registry};

use super::mode::{self, BreakGlass};
use super::stamp::{self, Stamp};

/// Hears of each request with the effect that it got.
pub(super) type Note<'a> = &'a mut dyn FnMut(&Request, Effect);

/// The most decisions that an opinion lists; the strictest are kept.
pub(super) const MOST_PARTS: usize = 1_000;

/// Evaluates every request under every policy; the strictest answer of each request counts, and the strictest
/// request of each policy goes through that policy's mode.
pub(super) fn combine(
    event: Intercepted,
    policies: &[CompiledPolicy],
    registries: &[Option<&Registry>],
    break_glass: Option<&BreakGlass>,
    stamp: &Stamp,
    note: Note<'_>,
) -> Opinion {
    let subject = event.subject().clone();
    let unresolved = event.unresolved().to_vec();
    let is_compound = event.is_compound();
    let mut tally = Tally::new(policies, stamp);

    tally.take_whole(&subject, is_compound, &unresolved);
    tally.take_further(&event);
    let wholes: Vec<_> =
        policies.iter().filter(|_| is_compound).map(|policy| Whole::of(&subject, policy)).collect();
    let mut requests_total = 0;
    for request in event.into_requests() {
        match request {
            Ok(request) => {
                requests_total += 1;
                let effect = tally.take(&request, &wholes, registries);
                note(&request, effect);
            }
            Err(reason) => {
                let finding = placed(stamp::unreadable(&reason), &subject);
                let _ = tally.take_each(&subject, |_| Some(finding.clone()));
                break;
            }
        }
    }
    let decision = tally.verdict(&subject, break_glass);
    Opinion { decision, parts: tally.into_parts(), requests_total, unresolved }
}

/// The opinion that blocks an event as a whole.
pub(super) fn blocked(event: &Intercepted, finding: Finding, stamp: &Stamp) -> Opinion {
    let finding = placed(finding, event.subject());
    let decision = stamp.decision(event.subject(), finding, DEFAULT_LABEL, DEFAULT_LABEL);
    Opinion {
        parts: vec![decision.clone()],
        decision,
        requests_total: 0,
        unresolved: event.unresolved().to_vec(),
    }
}

/// A finding on an event as a whole names what the event is.
fn placed(finding: Finding, subject: &Request) -> Finding {
    Finding { target: subject.target.clone(), requested_operation: subject.operation().to_owned(), ..finding }
}

/// What has been found so far.
struct Tally<'a> {
    policies: &'a [CompiledPolicy],
    stamp: &'a Stamp,
    strictest: Vec<Option<Decision>>,
    stopped: Vec<Decision>,
    running: Vec<Decision>,
}

impl<'a> Tally<'a> {
    fn new(policies: &'a [CompiledPolicy], stamp: &'a Stamp) -> Self {
        Self {
            policies,
            stamp,
            strictest: vec![None; policies.len()],
            stopped: Vec::new(),
            running: Vec::new(),
        }
    }

    /// What the rules say of the event as a whole, and what could not be understood of it.
    fn take_whole(&mut self, subject: &Request, is_compound: bool, unresolved: &[Unresolved]) {
        if is_compound {
            let _ = self.take_each(subject, |policy| evaluate::refusal(subject, policy));
        }
        for what in unresolved {
            let _ = self.take_each(subject, |policy| Some(evaluate::unresolved(what, subject, policy)));
        }
    }

    /// What the rules that refuse say of what stands beside the requests.
    fn take_further(&mut self, event: &Intercepted) {
        for whole in event.wholes() {
            let _ = self.take_each(whole, |policy| evaluate::refusal(whole, policy));
        }
        for suspect in event.suspects() {
            let _ = self.take_each(suspect, |policy| evaluate::suspicion(suspect, policy));
        }
    }

    /// One request under every policy and every registry, of which there is at least one place, be it empty; gives its
    /// strictest effect. `wholes` has what parity says of the event as a
    /// whole, for each policy, if the request is a part of one.
    fn take(&mut self, request: &Request, wholes: &[Whole], registries: &[Option<&Registry>]) -> Effect {
        let mut wholes = wholes.iter();
        self.take_each(request, |policy| {
            let mut found: Option<Finding> = None;
            for registry in registries {
                let finding = evaluate::evaluate(request, policy, *registry);
                if found.as_ref().is_none_or(|strictest| finding.effect > strictest.effect) {
                    found = Some(finding);
                }
            }
            let mut finding = found?;
            if let Some(whole) = wholes.next() {
                whole.mark(&mut finding);
            }
            Some(finding)
        })
    }

    /// Asks each policy; the strictest answer is listed, and each policy's strictest so far is kept.
    fn take_each(
        &mut self,
        request: &Request,
        mut answer: impl FnMut(&CompiledPolicy) -> Option<Finding>,
    ) -> Effect {
        let mut strictest = None;
        let mut listed: Option<Decision> = None;
        for (policy, so_far) in self.policies.iter().zip(&mut self.strictest) {
            let Some(finding) = answer(policy) else { continue };
            let effect = finding.effect;
            let is_strictest = strictest.is_none_or(|strictest| effect > strictest);
            // Among equals the one that no mode changes leads.
            let is_own = finding.rule == RuleId::CavraSelfProtection;
            let leads = so_far.as_ref().is_none_or(|so_far| {
                effect > so_far.decision || is_own && so_far.rule_id != RuleId::CavraSelfProtection
            });
            let list = if effect.runs() { &self.running } else { &self.stopped };
            if leads || is_strictest && list.len() < MOST_PARTS {
                let decision = self.stamp.decision(request, finding, policy.label(), policy.label());
                if leads {
                    *so_far = Some(decision.clone());
                }
                if is_strictest {
                    listed = Some(decision);
                }
            }
            strictest = strictest.max(Some(effect));
        }
        if let Some(decision) = listed {
            let list = if decision.decision.runs() { &mut self.running } else { &mut self.stopped };
            if list.len() < MOST_PARTS {
                list.push(decision);
            }
        }
        strictest.unwrap_or(Effect::Allow)
    }

    /// The strictest decision after each policy's mode; an event that asks for nothing is allowed.
    fn verdict(&mut self, subject: &Request, break_glass: Option<&BreakGlass>) -> Decision {
        let mut verdict: Option<Decision> = None;
        for (policy, strictest) in self.policies.iter().zip(&self.strictest) {
            let decision = strictest.clone().unwrap_or_else(|| {
                self.stamp.decision(subject, nothing(subject), policy.label(), policy.label())
            });
            let decision = mode::apply(decision, policy, break_glass);
            if verdict.as_ref().is_none_or(|so_far| decision.decision > so_far.decision) {
                verdict = Some(decision);
            }
        }
        verdict.unwrap_or_else(|| {
            let finding = placed(stamp::unreadable("no policy is in force"), subject);
            self.stamp.decision(subject, finding, DEFAULT_LABEL, DEFAULT_LABEL)
        })
    }

    fn into_parts(self) -> Vec<Decision> {
        let mut parts = self.stopped;
        parts.sort_by_key(|decision| std::cmp::Reverse(decision.decision));
        parts.extend(self.running);
        parts.truncate(MOST_PARTS);
        parts
    }
}

/// What parity says of a compound as a whole.
struct Whole {
    effect: Effect,
    rule: RuleId,
}

impl Whole {
    fn of(subject: &Request, policy: &CompiledPolicy) -> Self {
        let parity = evaluate::parity(subject, policy, None);
        Self { effect: parity.effect, rule: parity.rule }
    }

    /// A part differs from what parity says of the whole: it is stricter by D2, and weaker only by E2.
    fn mark(&self, finding: &mut Finding) {
        if finding.deviation.is_some() {
            return;
        }
        if finding.effect < self.effect {
            finding.deviation = Some(Deviation::E2);
        } else if (finding.effect, finding.rule) != (self.effect, self.rule) {
            finding.deviation = Some(Deviation::D2);
        }
    }
}

fn nothing(subject: &Request) -> Finding {
    placed(
        Finding::new(Effect::Allow, RuleId::RuntimeNothing, Severity::Low, "nothing would happen"),
        subject,
    )
}
