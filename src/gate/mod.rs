//! The gate: the only place where a verdict is made.
//!
//! Every request of an event is evaluated under every policy in force; the strictest answer wins, then each
//! policy's mode has its say. [`Gate::decide`] writes the evidence before it gives the verdict, and where that
//! fails the verdict is `block`, unless the policy waives evidence. A policy that cannot be used blocks everything,
//! and that is recorded too.

#![forbid(unsafe_code)]

mod answered;
mod approve;
mod combine;
mod fresh;
mod mode;
mod record;
mod stamp;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::OnceLock;

use crate::contract::{Action, Decision, Opinion, Request, Verdict};
use crate::evaluate;
use crate::evidence::{Limits, Log, Redactor};
use crate::intercept::Intercepted;
use crate::policy::{CompiledPolicy, DEFAULT_LABEL, PolicyError, Registries, Registry, Stack};
use crate::sys::digest::Sha256Sum;
use crate::sys::dirs::Places;

use self::fresh::Watched;
use self::stamp::Stamp;

pub use self::approve::{BREAK_GLASS_GROUP, has_signers, longest, quorums};
pub use self::mode::BreakGlass;
pub use crate::policy::{ProjectBlob, Scope};

/// Evaluates, combines, applies the mode, and writes the evidence.
pub struct Gate {
    stack: Result<Stack, PolicyError>,
    /// What the stack is for; none where the policy was named.
    scope: Option<Scope>,
    /// The registry that was named where one only asks.
    registry: Option<Registry>,
    /// The registries in force, read when the first MCP call is decided.
    registries: OnceLock<Result<Registries, PolicyError>>,
    log: Log,
    break_glass: Option<BreakGlass>,
    watched: Watched,
}

impl Gate {
    /// The gate under the policies in force for `scope`, and for what else an event touches. A policy that cannot be
    /// used is no error here: every verdict is then `block`, says why, and is recorded.
    #[must_use]
    pub fn open(scope: &Scope) -> Self {
        Self { scope: Some(scope.clone()), ..Self::under(Stack::load(scope), &scope.places) }
    }

    /// The same, for a seam that lives long: it can tell by [`Self::is_current`] when it is to be opened anew.
    #[must_use]
    pub fn open_watching(scope: &Scope) -> Self {
        // Taken first: what changes while it is read is seen as a change.
        let mut watched = Watched::of(scope);
        let gate = Self::open(scope);
        if let Ok(stack) = &gate.stack {
            watched.add(stack);
        }
        Self { watched, ..gate }
    }

    /// The gate under a policy that was named where one only asks: no other policy has a say.
    #[must_use]
    pub fn named(policy: CompiledPolicy, places: &Places) -> Self {
        Self::under(Ok(Stack::of(policy)), places)
    }

    fn under(stack: Result<Stack, PolicyError>, places: &Places) -> Self {
        let limits = stack.as_ref().map_or(Limits::default(), |stack| record::limits(stack.policies()));
        let log = Log::new(places.evidence(), limits);
        Self {
            stack,
            scope: None,
            registry: None,
            registries: OnceLock::new(),
            log,
            break_glass: None,
            watched: Watched::default(),
        }
    }

    /// The same gate, with an MCP trust registry.
    #[must_use]
    pub fn with_registry(self, registry: Option<Registry>) -> Self {
        Self { registry, ..self }
    }

    /// The same gate, for somebody who answers for what mode `break_glass` would block. Only where one asks: no
    /// seam may bring its own.
    #[must_use]
    pub fn answered_for_by(self, break_glass: BreakGlass) -> Self {
        Self { break_glass: Some(break_glass), ..self }
    }

    /// The policies in force.
    ///
    /// # Errors
    /// Why they cannot be used.
    pub fn stack(&self) -> Result<&Stack, &PolicyError> {
        self.stack.as_ref()
    }

    /// The digest of all the policies in force; none where they cannot be used.
    #[must_use]
    pub fn policy_digest(&self) -> Option<String> {
        let stack = self.stack.as_ref().ok()?;
        let mut sum = Sha256Sum::default();
        for policy in stack.policies() {
            sum.update(policy.digest().as_bytes());
        }
        Some(sum.finish())
    }

    /// Whether a policy has rules on what is in the files that are written; true where that is not known.
    #[must_use]
    pub fn rules_on_content(&self) -> bool {
        self.any_policy(|policy| !policy.filesystem.block_content.is_empty())
    }

    /// Whether a policy has rules on what is done to branches here; true where that is not known.
    #[must_use]
    pub fn rules_on_branches(&self) -> bool {
        self.any_policy(|policy| policy.git.block_commit.as_ref().is_some_and(|placed| placed.value))
    }

    fn any_policy(&self, has: impl Fn(&CompiledPolicy) -> bool) -> bool {
        self.stack.as_ref().map_or(true, |stack| stack.policies().iter().any(has))
    }

    /// Decides an event, and records it: what a seam acts on.
    pub fn decide(&self, event: Intercepted) -> Verdict {
        let wider = self.wider_stack(&event);
        let stack = wider.as_ref().unwrap_or(&self.stack);
        let mut recording = record::Recording::new(&event, stack.as_ref().ok());
        let mut facts = approve::Facts::of(&event);
        let opinion = self.judge(event, stack, &mut |request, effect| {
            recording.note(request, effect);
            facts.note(request);
        });
        let policies = stack.as_ref().map_or(&[][..], Stack::policies);
        match &self.scope {
            Some(scope) => {
                let settled = approve::settle(facts, opinion, policies, &scope.places);
                recording.approved(settled.approval);
                let attested = settled.attestation.as_ref().or(self.break_glass.as_ref());
                recording.finish(settled.opinion, &self.log, attested)
            }
            None => recording.finish(opinion, &self.log, self.break_glass.as_ref()),
        }
    }

    /// Whether the policies and registries on disk are still those that the gate was opened under.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.watched.are_unchanged()
    }

    /// Decides an event anew that was asked about, now that somebody allowed it in the client's own dialogue, and
    /// records it with that answer.
    pub fn decide_answered(&self, event: Intercepted, answer: &BreakGlass) -> Verdict {
        let wider = self.wider_stack(&event);
        let stack = wider.as_ref().unwrap_or(&self.stack);
        let mut recording = record::Recording::new(&event, stack.as_ref().ok());
        let opinion = self.judge(event, stack, &mut |request, effect| recording.note(request, effect));
        let policies = stack.as_ref().map_or(&[][..], Stack::policies);
        recording.finish(answered::taken(opinion, policies), &self.log, Some(answer))
    }

    /// Whether an answer in the client's own dialogue would count for this decision.
    #[must_use]
    pub fn takes_client_answer(&self, decision: &Decision) -> bool {
        self.stack.as_ref().is_ok_and(|stack| answered::counts(decision, stack.policies()))
    }

    /// Whether what an MCP server first shows of its tools is accepted as it is.
    #[must_use]
    pub fn trusts_first_sight(&self) -> bool {
        let pins = |policy: &CompiledPolicy| policy.mcp.pin_tools.as_ref().is_some_and(|placed| placed.value);
        self.stack.as_ref().is_ok_and(|stack| !stack.policies().iter().any(pins))
    }

    /// A value without its secrets: those that have a shape or a name, and those that a policy names.
    #[must_use]
    pub fn without_secrets(&self, value: serde_json::Value) -> serde_json::Value {
        let policies = self.stack.as_ref().map_or(&[][..], Stack::policies);
        let hides =
            |word: &str| policies.iter().any(|policy| policy.evidence.redact.first_match(word).is_some());
        let names_words = policies.iter().any(|policy| !policy.evidence.redact.is_empty());
        Redactor::new(names_words.then_some(&hides)).value(value).get().clone()
    }

    /// Decides an event without recording it: for those who only ask.
    pub fn consult(&self, event: Intercepted) -> Opinion {
        let wider = self.wider_stack(&event);
        self.judge(event, wider.as_ref().unwrap_or(&self.stack), &mut |_, _| {})
    }

    /// The policies in force for an event that touches projects beyond the scope; none where it does not.
    fn wider_stack(&self, event: &Intercepted) -> Option<Result<Stack, PolicyError>> {
        let scope = self.scope.as_ref()?;
        let is_further = |root: &&PathBuf| !scope.project_roots.contains(root);
        let further: BTreeSet<_> = event.project_roots().iter().filter(is_further).cloned().collect();
        (!further.is_empty()).then(|| {
            let project_roots = scope.project_roots.iter().cloned().chain(further).collect();
            Stack::load(&Scope { project_roots, ..scope.clone() })
        })
    }

    /// The registries that an event is asked under: the one that was named, else, for an MCP call, those in force.
    fn asked(&self, event: &Intercepted, stack: &Stack) -> Result<Vec<Option<&Registry>>, &PolicyError> {
        let is_call = event.subject().action_type == Action::McpToolCall.as_str();
        match &self.scope {
            Some(scope) if is_call && self.registry.is_none() => self
                .registries
                .get_or_init(|| Registries::load(&scope.places))
                .as_ref()
                .map(|registries| registries.asked(stack.policies())),
            Some(_) | None => Ok(vec![self.registry.as_ref()]),
        }
    }

    fn judge(
        &self,
        event: Intercepted,
        stack: &Result<Stack, PolicyError>,
        note: combine::Note<'_>,
    ) -> Opinion {
        let stamp = Stamp::new(event.subject());
        match stack {
            Ok(stack) => match self.asked(&event, stack) {
                Ok(registries) => {
                    let break_glass = self.break_glass.as_ref();
                    combine::combine(event, stack.policies(), &registries, break_glass, &stamp, note)
                }
                Err(error) => combine::blocked(&event, stamp::policy_unusable(error), &stamp),
            },
            Err(error) => combine::blocked(&event, stamp::policy_unusable(error), &stamp),
        }
    }
}

/// The answer of the contract's tables to one request, and nothing else: no spellings, no modes, no evidence.
pub fn parity(request: &Request, policy: &CompiledPolicy, registry: Option<&Registry>) -> Decision {
    let finding = evaluate::parity(request, policy, registry);
    let pack = if request.policy_pack.is_empty() { policy.label() } else { &request.policy_pack };
    Stamp::new(request).decision(request, finding, pack, policy.label())
}

/// The decision on a request that could not be read: `block`. Its deviation is none: parity has no answer either.
pub fn malformed(reason: &str) -> Decision {
    let request = Request::default();
    let finding = stamp::malformed(reason);
    Stamp::new(&request).decision(&request, finding, DEFAULT_LABEL, DEFAULT_LABEL)
}
