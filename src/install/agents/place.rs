//! Where the files of agents are, and which agents there are.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::intercept::agent::{Agent, Scope, Target};
use crate::sys::dirs::Places;
use crate::sys::{environment, process};

/// Whose agents are to call Cavra.
#[derive(Clone, Debug)]
pub struct Ground {
    /// Whose settings are changed.
    pub scope: Scope,
    /// What their paths are below.
    pub root: PathBuf,
}

impl Ground {
    /// The person's settings.
    #[must_use]
    pub fn user(places: &Places) -> Self {
        Self { scope: Scope::User, root: places.home.clone() }
    }

    /// The settings of the project at `top`.
    #[must_use]
    pub fn project(top: PathBuf) -> Self {
        Self { scope: Scope::Project, root: top }
    }

    /// The machine's settings.
    #[must_use]
    pub fn managed(places: &Places) -> Self {
        // Where the managed folder is a scratch one, so is everything beside it.
        let scratch = places.managed.parent().and_then(Path::parent).filter(|_| !places.managed_by_root);
        Self { scope: Scope::Managed, root: scratch.unwrap_or(Path::new("/")).to_owned() }
    }

    /// The files of an agent here.
    pub(super) fn targets(&self, agent: Agent) -> impl Iterator<Item = &'static Target> {
        let scope = self.scope;
        agent.installation().targets.iter().filter(move |target| target.scope == scope)
    }

    /// Where such a file is. A link to it is followed: what it leads to is what is changed.
    pub(super) fn path(&self, target: &Target) -> PathBuf {
        let path = self.root.join(target.path.trim_start_matches('/'));
        fs::canonicalize(&path).unwrap_or(path)
    }
}

/// The agents that are there: by what they keep in the home, or by their programs.
#[must_use]
pub fn found(places: &Places) -> Vec<Agent> {
    let folders = environment::path_folders();
    Agent::ALL
        .iter()
        .copied()
        .filter(|agent| {
            let installation = agent.installation();
            installation.signs.iter().any(|sign| fs::symlink_metadata(places.home.join(sign)).is_ok())
                || installation
                    .programs
                    .iter()
                    .any(|program| process::find(OsStr::new(program), Path::new("/"), &folders).is_some())
        })
        .collect()
}
