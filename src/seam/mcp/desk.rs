//! Where messages are decided: a gate that is opened anew whenever a policy or a registry on disk is another by now.
//!
//! A proxy lives for days, and a rule that a person adds must hold at the next call, not at the next start.

use std::sync::{Arc, PoisonError, RwLock};

use crate::contract::Verdict;
use crate::gate::{BreakGlass, Gate, Scope};
use crate::intercept::{Intercepted, Surroundings, repository};
use crate::sys::dirs::Places;

/// A gate that is always current.
pub(super) struct Desk {
    places: Places,
    surroundings: Surroundings,
    open: RwLock<Arc<Open>>,
}

struct Open {
    scope: Scope,
    gate: Gate,
}

impl Desk {
    pub(super) fn open(places: Places, surroundings: &Surroundings) -> Self {
        let open = Arc::new(Open::new(scope(&places, surroundings)));
        Self { places, surroundings: surroundings.clone(), open: RwLock::new(open) }
    }

    /// Decides all events, each of which must be allowed; the strictest verdict of them. None only if there is no
    /// event.
    pub(super) fn decide(&self, events: Vec<Intercepted>) -> Option<Verdict> {
        self.strictest(events, |gate, event| gate.decide(event))
    }

    /// The same, with the answer that somebody gave in the client's own dialogue.
    pub(super) fn decide_answered(&self, events: Vec<Intercepted>, answer: &BreakGlass) -> Option<Verdict> {
        self.strictest(events, |gate, event| gate.decide_answered(event, answer))
    }

    /// The gate as it is to be used now.
    pub(super) fn with_gate<T>(&self, ask: impl FnOnce(&Gate) -> T) -> T {
        ask(&self.current().gate)
    }

    /// The gate as it was when a request was decided last: for what follows from that decision.
    pub(super) fn with_known_gate<T>(&self, ask: impl FnOnce(&Gate) -> T) -> T {
        let open = Arc::clone(&self.open.read().unwrap_or_else(PoisonError::into_inner));
        ask(&open.gate)
    }

    fn strictest(
        &self,
        events: Vec<Intercepted>,
        decide: impl Fn(&Gate, Intercepted) -> Verdict,
    ) -> Option<Verdict> {
        let open = self.current();
        let mut strictest: Option<Verdict> = None;
        for event in events {
            let (scripts, subject, seam) = (event.scripts().to_vec(), event.subject().clone(), event.seam());
            let mut verdict = decide(&open.gate, event);
            // What was decided is what was read.
            if let Some(script) = scripts.iter().find(|script| !script.is_unchanged()) {
                verdict = open.gate.decide(Intercepted::of_changed(script, subject, seam));
            }
            if strictest.as_ref().is_none_or(|so_far| verdict.effect() > so_far.effect()) {
                strictest = Some(verdict);
            }
        }
        strictest
    }

    fn current(&self) -> Arc<Open> {
        let scope = scope(&self.places, &self.surroundings);
        let open = Arc::clone(&self.open.read().unwrap_or_else(PoisonError::into_inner));
        if open.scope.project_roots == scope.project_roots && open.gate.is_current() {
            return open;
        }
        let anew = Arc::new(Open::new(scope));
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&anew);
        anew
    }
}

impl Open {
    fn new(scope: Scope) -> Self {
        Self { gate: Gate::open_watching(&scope), scope }
    }
}

fn scope(places: &Places, surroundings: &Surroundings) -> Scope {
    Scope {
        places: places.clone(),
        project_roots: repository::project_roots(&surroundings.cwd),
        project_blobs: Vec::new(),
    }
}
