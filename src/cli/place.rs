//! Where a command runs, and the gate that is in force there.

use std::path::Path;

use crate::gate::{Gate, Scope};
use crate::intercept::{Surroundings, repository};
use crate::policy::{self, Registry};
use crate::sys::dirs::Places;
use crate::sys::environment;

use super::failure::Failure;
use super::report;

/// The surroundings of the working directory.
///
/// # Errors
/// If there is no working directory any more.
pub(crate) fn surroundings() -> Result<Surroundings, Failure> {
    let cwd = environment::working_directory()
        .map_err(|error| Failure::user(format!("the working directory cannot be told: {error}")))?;
    let repo = repository::top_of(&cwd);
    Ok(Surroundings { cwd, repo, homes: Vec::new() })
}

/// The machine's and the person's places.
///
/// # Errors
/// If the user database does not know who runs this.
pub(crate) fn places() -> Result<Places, Failure> {
    Places::find().map_err(Failure::config)
}

/// The scope of the working directory: every project policy at or above it counts.
pub(crate) fn scope(places: Places, surroundings: &Surroundings) -> Scope {
    let project_roots = repository::project_roots(&surroundings.cwd);
    Scope { places, project_roots, project_blobs: Vec::new() }
}

/// The gate for one who asks: under a named policy and registry, or under what is in force here.
///
/// # Errors
/// If what is named cannot be used.
pub(crate) fn gate(
    policy: Option<&Path>,
    registry: Option<&Path>,
    surroundings: &Surroundings,
) -> Result<Gate, Failure> {
    let places = places()?;
    let registry = registry.map(load_registry).transpose()?;
    let gate = match policy {
        // A policy that is named is the only one, whatever project this is.
        Some(file) => Gate::named(load_policy(file)?, &places),
        None => Gate::open(&scope(places, surroundings)),
    };
    match gate.stack() {
        Ok(stack) => report::warnings(stack.warnings()),
        Err(error) => report::policy_error(error),
    }
    Ok(gate.with_registry(registry))
}

/// A policy that was named, with its warnings told.
///
/// # Errors
/// If it cannot be used.
pub(crate) fn load_policy(file: &Path) -> Result<policy::CompiledPolicy, Failure> {
    let loaded = policy::load_named(file).map_err(|error| report::policy_failure(&error))?;
    report::warnings(&loaded.warnings);
    Ok(loaded.policy)
}

/// A registry that was named.
///
/// # Errors
/// If it cannot be used.
pub(crate) fn load_registry(file: &Path) -> Result<Registry, Failure> {
    policy::load_registry(file).map_err(|error| report::policy_failure(&error))
}
