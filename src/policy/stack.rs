//! The policies in force for one event: every layer found, checked and merged.
//!
//! The base is the machine's policy, else the user's, else the pack that is built in. The user's under a machine's,
//! and each project's, are deltas that only tighten. Each project policy makes a policy of its own with the base,
//! and the strictest answer of all counts; those with the same bytes count once.

use std::path::PathBuf;

use crate::sys::dirs::Places;

use super::compiled::{CompiledPolicy, Delegate};
use super::diagnostic::{Diagnostic, PolicyError};
use super::layer;
use super::layers::{Grants, tightened};
use super::packs::{DEFAULT_PACK, load_pack};

/// What an event touches, and so whose policies it is under.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Where the layers lie on disk.
    pub places: Places,
    /// The tops of the working trees that the event touches: the session's root, the working directory's, and
    /// each repository's. Their `.cavra/policy.yaml` is read from disk.
    pub project_roots: Vec<PathBuf>,
    /// Project policies that git holds: at HEAD, and on the default branch.
    pub project_blobs: Vec<ProjectBlob>,
}

/// A project policy read from a repository's objects.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ProjectBlob {
    /// What to call it, such as `HEAD:.cavra/policy.yaml`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The policies in force. There is one for each project policy (or one alone): base, user and that project
/// merged. All are evaluated and the strictest answer wins, so project policies cannot weaken each other.
#[derive(Clone, Debug)]
pub struct Stack {
    /// Never empty; the strictest answer of all of them counts.
    policies: Vec<CompiledPolicy>,
    /// What is worth a warning.
    warnings: Vec<Diagnostic>,
}

impl Stack {
    /// Finds, reads, checks and merges the layers for `scope`.
    ///
    /// # Errors
    /// If any layer that is there cannot be read, parsed, trusted or merged: the event is then blocked.
    pub fn load(scope: &Scope) -> Result<Self, PolicyError> {
        let mut warnings = Vec::new();
        let base = base(&scope.places, &mut warnings)?;
        let mut policies = Vec::new();
        for project in projects(scope)? {
            let loaded = layer::project(&project)?;
            warnings.extend(loaded.warnings);
            let merged = tightened(&base, loaded.policy, Grants::Never);
            policies.push(merged.map_err(|faults| layer::shown(faults, &[project]))?);
        }
        if policies.is_empty() {
            policies.push(base);
        }
        Ok(Self { policies, warnings })
    }

    /// The stack of a policy that was named where one only asks.
    #[must_use]
    pub fn of(policy: CompiledPolicy) -> Self {
        Self { policies: vec![policy], warnings: Vec::new() }
    }

    /// The policies in force, at least one.
    #[must_use]
    pub fn policies(&self) -> &[CompiledPolicy] {
        &self.policies
    }

    /// What is worth a warning.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }
}

/// What holds everywhere: base and user.
fn base(places: &Places, warnings: &mut Vec<Diagnostic>) -> Result<CompiledPolicy, PolicyError> {
    let managed = layer::managed(places)?;
    let signers = managed.as_ref().map_or(&[][..], |managed| &managed.policy.signing.require_signature);
    let user = layer::user(places, signers)?;
    match (managed, user) {
        (None, None) => load_pack(DEFAULT_PACK),
        (Some(alone), None) | (None, Some(alone)) => {
            warnings.extend(alone.warnings);
            Ok(alone.policy)
        }
        (Some(managed), Some(user)) => {
            warnings.extend(managed.warnings);
            warnings.extend(user.warnings);
            let grants = match managed.policy.metadata.delegate.as_ref().map(|placed| placed.value) {
                Some(Delegate::User) => Grants::Delegated,
                None => Grants::Never,
            };
            tightened(&managed.policy, user.policy, grants)
                .map_err(|faults| layer::shown(faults, &layer::user_texts(places)))
        }
    }
}

/// The project policies of the scope, those with the same bytes once.
fn projects(scope: &Scope) -> Result<Vec<ProjectBlob>, PolicyError> {
    let mut found: Vec<ProjectBlob> = Vec::new();
    let on_disk = scope.project_roots.iter().filter_map(|root| layer::project_on_disk(root).transpose());
    for project in on_disk.chain(scope.project_blobs.iter().cloned().map(Ok)) {
        let project = project?;
        if !found.iter().any(|known| known.bytes == project.bytes) {
            found.push(project);
        }
    }
    Ok(found)
}
