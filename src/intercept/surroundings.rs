//! Where an event happens.

use std::path::PathBuf;

/// The working directory and the repository of an event, as the seam knows them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Surroundings {
    /// The working directory, absolute; empty where it is not known.
    pub cwd: PathBuf,
    /// The top of the repository around it, if there is one.
    pub repo: Option<PathBuf>,
    /// The folders that the home may be; empty where it is the one of whoever runs this.
    pub homes: Vec<PathBuf>,
}

impl Surroundings {
    /// The surroundings of `cwd`: its repository is looked for. A relative `cwd` counts as not known.
    #[must_use]
    pub fn of(cwd: PathBuf) -> Self {
        if !cwd.is_absolute() {
            return Self::default();
        }
        let repo = super::repository::top_of(&cwd);
        Self { cwd, repo, homes: Vec::new() }
    }
}
