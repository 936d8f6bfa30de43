//! What is counted on the way through the records.

use std::collections::{BTreeMap, VecDeque};

use crate::evidence::export::Event;
use crate::evidence::read::Stored;
use crate::sys::clock;

/// The most names that are told apart in one table; an agent may call itself anything, as often as it likes.
const MOST_NAMES: usize = 10_000;

/// The most stops that are explained, the newest.
pub(super) const MOST_STOPS: usize = 2_000;

/// What the names beyond [`MOST_NAMES`] are counted under.
const FURTHER: &str = "(further ones)";

/// How a decision came out, as far as the page tells decisions apart.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Outcome {
    /// Blocked.
    Blocked,
    /// Asked about.
    Asked,
    /// Allowed, and nothing else.
    Allowed,
    /// It ran, with a warning, an attestation, or because only recorded.
    Noted,
}

impl Outcome {
    pub(super) const ALL: [Self; 4] = [Self::Blocked, Self::Asked, Self::Noted, Self::Allowed];

    fn of(decision: &str) -> Self {
        match decision {
            "block" => Self::Blocked,
            "require_approval" => Self::Asked,
            "allow" => Self::Allowed,
            _ => Self::Noted,
        }
    }

    /// Its class in the style sheet, and its name.
    pub(super) fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Blocked => ("block", "blocked"),
            Self::Asked => ("ask", "asked"),
            Self::Noted => ("other", "noted"),
            Self::Allowed => ("allow", "allowed"),
        }
    }
}

/// Counts by outcome, in the order of [`Outcome::ALL`].
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Counts([u64; 4]);

impl Counts {
    pub(super) fn add(&mut self, outcome: Outcome) {
        for (count, of) in self.0.iter_mut().zip(Outcome::ALL) {
            if of == outcome {
                *count += 1;
            }
        }
    }

    pub(super) fn each(&self) -> impl Iterator<Item = (Outcome, u64)> {
        Outcome::ALL.into_iter().zip(self.0)
    }

    pub(super) fn of(&self, outcome: Outcome) -> u64 {
        self.each().filter(|(one, _)| *one == outcome).map(|(_, count)| count).sum()
    }

    pub(super) fn total(&self) -> u64 {
        self.0.iter().sum()
    }
}

/// A decision that is explained.
pub(super) struct Stop {
    pub(super) outcome: Outcome,
    pub(super) event: Event,
}

/// Everything that is counted.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) counts: Counts,
    pub(super) times: Vec<(i64, Outcome)>,
    pub(super) seams: BTreeMap<String, Counts>,
    pub(super) agents: BTreeMap<String, Counts>,
    pub(super) rules: BTreeMap<String, Counts>,
    pub(super) stops: VecDeque<Stop>,
    /// What the log says about itself: gaps, repairs, seals.
    pub(super) own: u64,
    pub(super) unreadable: u64,
}

impl Tally {
    pub(super) fn take(&mut self, record: &Stored) {
        let event = Event::of(record);
        match event.kind.as_str() {
            "decision" => {}
            "unreadable" => {
                self.unreadable += 1;
                return;
            }
            _ => {
                self.own += 1;
                return;
            }
        }
        let outcome = Outcome::of(&event.decision);
        self.counts.add(outcome);
        self.times.extend(clock::seconds_of(&event.time).map(|time| (time, outcome)));
        count(&mut self.seams, &event.seam, outcome);
        count(&mut self.agents, &event.agent, outcome);
        count(&mut self.rules, &event.rule, outcome);
        if !event.ran() {
            if self.stops.len() == MOST_STOPS {
                self.stops.pop_front();
            }
            self.stops.push_back(Stop { outcome, event });
        }
    }
}

fn count(names: &mut BTreeMap<String, Counts>, name: &str, outcome: Outcome) {
    let name = if names.len() < MOST_NAMES || names.contains_key(name) { name } else { FURTHER };
    names.entry(name.to_owned()).or_default().add(outcome);
}
