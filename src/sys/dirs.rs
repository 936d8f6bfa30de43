//! Where things are on disk.
//!
//! The home is the user database's, never `$HOME`: whoever is watched sets their own environment, so neither
//! `HOME` nor `XDG_*` nor any other variable moves a folder. A file `roots` in the managed folder may say where
//! the homes are instead (network homes); it counts only if it is trusted as [`super::files::read_managed`] has
//! it. In a build with the feature `test-roots`, `$CAVRA_TEST_ROOT` stands in for both.

use std::io;
use std::path::PathBuf;

use nix::unistd::{Uid, User};
use thiserror::Error;

/// The folders that everything else is found from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Places {
    /// The machine's folder: `/etc/cavra`, on macOS `/Library/Application Support/Cavra`.
    pub managed: PathBuf,
    /// The person's configuration: `~/.config/cavra`.
    pub config: PathBuf,
    /// The person's state: `~/.local/state/cavra`.
    pub state: PathBuf,
    /// The person's home.
    pub home: PathBuf,
    /// Whether the managed folder must be root's: false only in a build for tests.
    pub managed_by_root: bool,
}

/// Why the places are not known.
#[derive(Debug, Error)]
pub enum PlacesError {
    /// The user database does not know this user.
    #[error("the user database has no entry for user id {0}")]
    UnknownUser(u32),
    /// The user database could not be read.
    #[error("the user database could not be read: {0}")]
    UserDatabase(io::Error),
}

impl Places {
    /// Finds the places of the user who runs this process.
    ///
    /// # Errors
    /// If the user database does not answer, or does not know the user.
    pub fn find() -> Result<Self, PlacesError> {
        #[cfg(feature = "test-roots")]
        if let Some(root) = test_root() {
            return Ok(Self::under(root.join("etc/cavra"), root.join("home"), false));
        }
        let managed = PathBuf::from(if cfg!(target_os = "macos") {
            "/Library/Application Support/Cavra"
        } else {
            "/etc/cavra"
        });
        Ok(Self::under(managed, home()?, true))
    }

    fn under(managed: PathBuf, home: PathBuf, managed_by_root: bool) -> Self {
        Self {
            config: home.join(".config/cavra"),
            state: home.join(".local/state/cavra"),
            managed,
            home,
            managed_by_root,
        }
    }

    /// The evidence folder.
    #[must_use]
    pub fn evidence(&self) -> PathBuf {
        self.state.join("evidence")
    }
}

/// The id of the user who runs this process.
#[must_use]
pub fn user_id() -> u32 {
    Uid::effective().as_raw()
}

/// The name of the user who runs this process, as the user database has it; the number where it has none.
#[must_use]
pub fn user_name() -> String {
    let known = User::from_uid(Uid::effective()).ok().flatten().map(|user| user.name);
    known.unwrap_or_else(|| format!("user id {}", user_id()))
}

/// The folders that may be meant by the person's home: what the environment says, which is what a shell takes, and what
/// the user database says.
#[must_use]
pub fn homes() -> Vec<PathBuf> {
    let said = super::environment::variable("HOME").map(PathBuf::from).filter(|home| home.is_absolute());
    let mut homes: Vec<PathBuf> = said.into_iter().chain(home().ok()).collect();
    homes.dedup();
    homes
}

fn home() -> Result<PathBuf, PlacesError> {
    let uid = Uid::effective();
    match User::from_uid(uid) {
        Ok(Some(user)) => Ok(user.dir),
        Ok(None) => Err(PlacesError::UnknownUser(uid.as_raw())),
        Err(error) => Err(PlacesError::UserDatabase(error.into())),
    }
}

/// The scratch root that stands for the machine's places.
#[cfg(feature = "test-roots")]
pub(super) fn test_root() -> Option<PathBuf> {
    super::environment::variable("CAVRA_TEST_ROOT").map(PathBuf::from).filter(|root| root.is_absolute())
}
