//! What `install`, `uninstall` and `status` have in common: the repository, its policy, and the report.

use std::path::Path;

use serde::Serialize;

use crate::gate::{Gate, ProjectBlob, Scope};
use crate::install::Change;
use crate::install::git::{Place, TargetError};
use crate::intercept::git::{Repository, project_policies};
use crate::intercept::repository;
use crate::sys::dirs::Places;
use crate::sys::environment;
use crate::sys::locks::{self, Lock};

use super::failure::Failure;
use super::in_force::InForce;
use super::output::{self, escaped};

/// The repository around the working directory.
///
/// # Errors
/// If there is none.
pub(crate) fn observe(places: &Places) -> Result<Place, Failure> {
    let cwd = environment::working_directory()
        .map_err(|error| Failure::user(format!("the working directory cannot be told: {error}")))?;
    Place::observe(places, &cwd).map_err(|error| failure(&error))
}

/// Keeps every other installation of this person's, and of this repository, waiting until it is dropped: one that
/// takes back its changes must not take another's ground away.
///
/// # Errors
/// If another one takes too long.
pub(crate) fn lock(places: &Places, here: Option<&Place>) -> Result<Vec<Lock>, Failure> {
    let lock = |folder: &Path| {
        locks::folder(folder).map_err(|error| {
            Failure::user(escaped(&format!("`{}` could not be locked: {error}", folder.display())))
        })
    };
    let mut held = Vec::new();
    if places.home.is_dir() {
        held.push(lock(&places.home)?);
    }
    if let Some(here) = here {
        held.push(lock(&here.common)?);
    }
    Ok(held)
}

/// The failure that a refusal of a target comes to.
pub(crate) fn failure(error: &TargetError) -> Failure {
    let failure = Failure::user(escaped(&error.to_string()));
    error.hints().iter().fold(failure, |failure, hint| failure.hint(escaped(hint)))
}

/// What a hook in that repository is decided under.
pub(crate) fn in_force(places: Places, here: &Place) -> InForce {
    let blobs = Repository::at(&places, &here.top).and_then(|repository| project_policies(&repository));
    let project_blobs = match blobs {
        Ok(blobs) => {
            blobs.into_iter().map(|blob| ProjectBlob { name: blob.name, bytes: blob.bytes }).collect()
        }
        Err(error) => return InForce::unreadable(error.to_string()),
    };
    InForce::of(&Gate::open(&Scope {
        places,
        project_roots: repository::project_roots(&here.top),
        project_blobs,
    }))
}

/// What was done, or would be.
#[derive(Debug, Serialize)]
pub(crate) struct Report<'a> {
    pub(crate) target: &'static str,
    pub(crate) repository: &'a Path,
    pub(crate) dry_run: bool,
    pub(crate) changes: &'a [Change],
    pub(crate) notes: &'a [String],
    pub(crate) left: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) policy: Option<&'a InForce>,
}

/// Prints the report.
///
/// # Errors
/// If it cannot be printed.
pub(crate) fn report(report: &Report<'_>, as_json: bool) -> Result<(), Failure> {
    let text = if as_json { json(report)? } else { text(report) };
    output::data(text).map_err(Failure::user)
}

/// Any report as JSON, with its newline.
///
/// # Errors
/// If a path in it is not in UTF-8.
pub(crate) fn json(report: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(report).map(|text| text + "\n").map_err(Failure::user)
}

fn text(report: &Report<'_>) -> String {
    let shown = escaped(&report.repository.to_string_lossy());
    let mut text = match (report.changes.is_empty(), report.dry_run) {
        (true, _) => format!("{} hooks of {shown}: nothing to do\n", report.target),
        (false, false) => format!("{} hooks of {shown}:\n", report.target),
        (false, true) => format!("{} hooks of {shown}, what would be done:\n", report.target),
    };
    for change in report.changes {
        text.push_str(&format!("  {}\n", escaped(&change.to_string())));
    }
    for left in report.left {
        text.push_str(&format!("left as it is: {}\n", escaped(left)));
    }
    for note in report.notes {
        text.push_str(&format!("note: {}\n", escaped(note)));
    }
    if let Some(policy) = report.policy {
        text.push_str(&policy.text());
    }
    text
}
