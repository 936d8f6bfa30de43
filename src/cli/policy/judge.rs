//! A policy that is tried out: what it would answer, with nothing recorded.

use std::path::Path;

use crate::contract::{Decision, Request};
use crate::gate::Gate;
use crate::intercept::{self, Surroundings};
use crate::policy::{self, CompiledPolicy, Loaded};

use super::super::failure::Failure;
use super::super::{place, report};

/// A policy as it answers here.
pub(super) struct Judge {
    gate: Gate,
    surroundings: Surroundings,
}

impl Judge {
    /// Under a pack or a file; without a name, under what is in force here.
    ///
    /// # Errors
    /// If the policy cannot be used.
    pub(super) fn new(name: Option<&str>) -> Result<Self, Failure> {
        let surroundings = place::surroundings()?;
        let gate = match name {
            Some(name) => Gate::named(named(name)?, &place::places()?),
            None => place::gate(None, None, &surroundings)?,
        };
        Ok(Self { gate, surroundings })
    }

    /// The strictest answer to the requests of one action; none if there are none.
    pub(super) fn answer(&self, requests: &[Request]) -> Option<Decision> {
        let answers = requests.iter().map(|request| {
            self.gate.consult(intercept::request(request.clone(), &self.surroundings)).decision
        });
        answers.reduce(|first, later| if later.decision > first.decision { later } else { first })
    }
}

/// A built-in pack, or the policy of a file.
///
/// # Errors
/// If there is neither, or it has errors.
pub(super) fn named(name: &str) -> Result<CompiledPolicy, Failure> {
    if is_pack(name) {
        return policy::load_pack(name).map_err(|error| report::policy_failure(&error));
    }
    place::load_policy(Path::new(name))
}

/// The same as its author wrote it, with what stands beside the rules.
///
/// # Errors
/// As [`named`].
pub(super) fn authored(name: &str) -> Result<Loaded, Failure> {
    let loaded = if is_pack(name) {
        policy::compile_pack_source(name)
    } else {
        policy::compile_file(Path::new(name), &[])
    };
    loaded.map_err(|error| report::policy_failure(&error))
}

fn is_pack(name: &str) -> bool {
    let is_file = Path::new(name).exists() || name.contains('/') || Path::new(name).extension().is_some();
    policy::is_pack(name) || !is_file
}
