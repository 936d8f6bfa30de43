//! The hooks of agents: in their settings, or in files of Cavra's own that they read.
//!
//! Settings are somebody else's: what is added is added to the text as it is, so that comments, order and layout stay,
//! and what was there comes back byte for byte unless somebody has changed it since; then only what Cavra added is
//! taken out.

mod configured;
mod edit;
mod json;
mod place;
mod put_in;
mod record;
mod render;
mod state;
mod take_out;
mod toml;

use std::path::PathBuf;

use thiserror::Error;

use super::entry::EntryError;
use crate::sys::files::ReadError;
use crate::sys::programs::ProgramError;

pub use configured::{Command, Configured, configured};
pub use place::{Ground, found};
pub use put_in::put_in;
pub use state::{HookState, HookStatus, status};
pub use take_out::take_out;

/// The target's name, on the command line and in receipts.
pub const NAME: &str = "agents";

/// Why nothing is changed.
#[derive(Debug, Error)]
pub enum AgentsError {
    /// Settings are not what they should be.
    #[error("`{path}` is left as it is: {fault}", path = .path.display())]
    Settings {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        fault: String,
    },
    /// A file of another has the name that Cavra's would have.
    #[error("`{}` is there, and is none of Cavra's", .0.display())]
    InTheWay(PathBuf),
    /// What is there cannot be read.
    #[error("{0}")]
    Read(#[from] ReadError),
    /// What is there cannot be looked at.
    #[error("{0}")]
    Entry(#[from] EntryError),
    /// The binary could be anyone's.
    #[error("{0}")]
    Binary(#[from] ProgramError),
    /// The binary lies where agents work.
    #[error("this binary, `{}`, lies in the project that it is to guard", .0.display())]
    InProject(PathBuf),
    /// A path cannot be written into settings.
    #[error("`{}` is not in UTF-8, and settings could not name it", .0.display())]
    NotText(PathBuf),
    /// The receipt cannot be written.
    #[error("the receipt cannot be written: {0}")]
    Receipt(serde_json::Error),
}
