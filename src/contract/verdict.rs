//! What the gate answers: the opinion of those who only ask, and the verdict that a seam acts on.

use super::decision::Decision;
use super::effect::Effect;
use super::unresolved::Unresolved;

/// The answer to everything that one event asks for, without evidence: nobody may act on it.
#[must_use]
#[derive(Clone, Debug)]
pub struct Opinion {
    /// The strictest decision, the mode taken into account.
    pub decision: Decision,
    /// The decision on each request, strictest first, within a bound.
    pub parts: Vec<Decision>,
    /// How many requests the event comes to.
    pub requests_total: u64,
    /// What could not be understood.
    pub unresolved: Vec<Unresolved>,
}

/// An opinion with its evidence: what a seam acts on.
///
/// Only the gate makes one (`tests/architecture.rs` holds that), and only after the evidence was written or the
/// policy waived it.
#[must_use]
#[derive(Clone, Debug)]
pub struct Verdict {
    opinion: Opinion,
    evidence: Evidence,
}

/// What came of writing the evidence.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Evidence {
    /// The record that holds the verdict.
    Recorded {
        /// Its place in the chain, from 1.
        sequence: u64,
        /// Its hash, 64 hexadecimal digits.
        hash: String,
    },
    /// It could not be written, for this reason, and the policy says `evidence.required: false`.
    Waived(String),
    /// It could not be written, for this reason; the verdict is `block`.
    Unavailable(String),
}

impl Verdict {
    /// For the gate alone.
    pub fn new(opinion: Opinion, evidence: Evidence) -> Self {
        Self { opinion, evidence }
    }

    /// What is to happen.
    pub fn effect(&self) -> Effect {
        self.opinion.decision.decision
    }

    /// The answer.
    pub fn opinion(&self) -> &Opinion {
        &self.opinion
    }

    /// What came of writing the evidence.
    #[must_use]
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }
}

impl Opinion {
    /// The decisions that stop the event, strictest first.
    pub fn refusals(&self) -> impl Iterator<Item = &Decision> {
        self.parts.iter().filter(|decision| !decision.decision.runs())
    }
}
