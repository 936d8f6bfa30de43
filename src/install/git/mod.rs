//! The git hooks of one repository.

mod block;
mod everywhere;
mod place;
mod put_in;
mod site;
mod state;
mod take_out;
mod uncovered;
mod version;

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::intercept::git::GitError;
use crate::seam::git_hook::Event;
use crate::sys::programs::ProgramError;

use super::entry::EntryError;
use super::hook_file::BinaryError;

pub use everywhere::{Reach, everywhere, formerly_everywhere};
pub use place::{Place, Setting};
pub use put_in::put_in;
pub use site::{HookFile, Sets, Settings, Site};
pub use state::{HookState, HookStatus, status};
pub use take_out::take_out;
pub use uncovered::{Gap, gaps};
pub use version::Version;

/// The target's name, on the command line and in receipts.
pub const NAME: &str = "git";

/// Why nothing is changed.
#[derive(Debug, Error)]
pub enum TargetError {
    /// Git does not know a repository here.
    #[error("there is no git repository here: {0}")]
    NoRepository(GitError),
    /// A file of settings cannot be read.
    #[error("{0}")]
    Unread(String),
    /// Git does not know a working tree here.
    #[error("there is no git working tree here: {0}")]
    NoWorkingTree(GitError),
    /// Git does not answer.
    #[error("{0}")]
    Git(#[from] GitError),
    /// There is no git, or no shell, to record.
    #[error("{0}")]
    Program(#[from] ProgramError),
    /// The hooks are elsewhere.
    #[error("git takes its hooks from another folder here, by {}", list(.0))]
    HooksPath(Vec<Setting>),
    /// The folder of the hooks is a link to elsewhere.
    #[error("the hooks folder `{path}` leads to `{real}`, outside this repository",
            path = .path.display(), real = .real.display())]
    HooksElsewhere {
        /// The folder as git names it.
        path: PathBuf,
        /// Where it really is.
        real: PathBuf,
    },
    /// The name that an existing hook would be kept under is taken.
    #[error("`{kept}` is in the way of keeping `{hook}`", kept = .kept.display(), hook = .hook.display())]
    InTheWay {
        /// The hook.
        hook: PathBuf,
        /// What has the name.
        kept: PathBuf,
    },
    /// The hook's name belongs to something that is no hook.
    #[error("`{}` is neither a file nor a link", .0.display())]
    NotAFile(PathBuf),
    /// The name of the hooks folder belongs to something else.
    #[error("`{}` is not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// A hook file cannot name this binary.
    #[error("{0}")]
    Binary(#[from] BinaryError),
    /// What is there cannot be read.
    #[error("{0}")]
    Entry(#[from] EntryError),
    /// A path cannot be written into the receipt.
    #[error("`{}` is not in UTF-8, and the receipt could not name it", .0.display())]
    NotText(PathBuf),
}

impl TargetError {
    /// Ways out, to be pasted where they are commands.
    #[must_use]
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::NoWorkingTree(_) | Self::NoRepository(_) => {
                vec!["`git init` makes one; or go to the repository first".to_owned()]
            }
            Self::Git(_) | Self::Entry(_) | Self::Unread(_) => Vec::new(),
            Self::Program(_) => {
                vec!["put git where only root and you can write, and run this again".to_owned()]
            }
            Self::HooksPath(settings) => {
                let mut hints: Vec<_> = settings.iter().filter_map(Setting::unset).collect();
                let husky = if settings.iter().any(Setting::is_of_husky) {
                    "; with husky, in `.husky/`, as what lies in `.husky/_` is made anew by every install"
                } else {
                    ""
                };
                hints.push(format!(
                    "or keep it, and have each hook there run `cavra hook git \"$(basename \"$0\")\" \"$@\"` \
                     with git's own stdin ({}){husky}",
                    Event::OF_CLIENTS.map(Event::as_str).join(", ")
                ));
                hints
            }
            Self::HooksElsewhere { path, real: _ } => {
                vec![format!("`rm {0} && mkdir {0}` gives this repository hooks of its own", quoted(path))]
            }
            Self::InTheWay { hook: _, kept } => {
                vec![format!("`mv {0} {0}.old` keeps it under another name", quoted(kept))]
            }
            Self::NotAFile(path) | Self::NotAFolder(path) => {
                vec![format!("`mv {0} {0}.old` moves it out of the way", quoted(path))]
            }
            Self::Binary(BinaryError::Untrusted(_)) => {
                vec!["put the binary where only root and you can write, such as ~/.local/bin".to_owned()]
            }
            Self::Binary(_) => {
                vec![
                    "`install -D -m 755 cavra ~/.local/bin/cavra` puts the binary in a better place"
                        .to_owned(),
                ]
            }
            Self::NotText(_) => vec!["give the folder a name in UTF-8".to_owned()],
        }
    }
}

/// The path as a shell is to be given it.
fn quoted(path: &Path) -> String {
    shell_words::quote(&path.to_string_lossy()).into_owned()
}

fn list(settings: &[Setting]) -> String {
    let told: Vec<String> = settings.iter().map(ToString::to_string).collect();
    told.join(" and ")
}
