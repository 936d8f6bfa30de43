//! What an interceptor found: everything that one event asks for.

use std::path::PathBuf;

use crate::contract::{Request, Unresolved};
use crate::sys::digest::sha256;

/// The seams. The word is the same in code, on the command line, in the documents and in evidence.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Seam {
    /// `cavra evaluate` and `cavra check`: somebody only asks.
    Cli,
    /// `cavra exec`
    Exec,
    /// `cavra shell`
    Shell,
    /// A git hook.
    GitHook,
}

impl Seam {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cli => "cli",
            Self::Exec => "exec",
            Self::Shell => "shell",
            Self::GitHook => "git_hook",
        }
    }
}

/// Requests that come one by one, so that a commit of a million paths is judged in little memory. An error says
/// what could not be read of them, and ends them: the event is blocked.
pub type Stream = Box<dyn Iterator<Item = Result<Request, String>>>;

/// An event, taken apart. Made by interceptors alone.
pub struct Intercepted {
    pub(super) seam: Seam,
    pub(super) subject: Request,
    pub(super) is_compound: bool,
    pub(super) requests: Stream,
    pub(super) unresolved: Vec<Unresolved>,
    pub(super) project_roots: Vec<PathBuf>,
    pub(super) scripts: Vec<Script>,
}

/// A script that was read to see what it runs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Script {
    /// Where it lies.
    pub path: PathBuf,
    /// The SHA-256 digest of what was read.
    pub digest: String,
}

impl Script {
    /// Whether the file still holds what was read; a file that cannot be read does not.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        std::fs::read(&self.path).is_ok_and(|bytes| sha256(&bytes) == self.digest)
    }
}

impl Intercepted {
    /// The seam that saw it.
    #[must_use]
    pub fn seam(&self) -> Seam {
        self.seam
    }

    /// The event as a whole: what is shown to people, and, where [`Self::is_compound`], what the rules that
    /// block or ask are held against too.
    #[must_use]
    pub fn subject(&self) -> &Request {
        &self.subject
    }

    /// Whether the requests are parts of the subject, and not just the subject itself.
    #[must_use]
    pub fn is_compound(&self) -> bool {
        self.is_compound
    }

    /// What could not be understood.
    #[must_use]
    pub fn unresolved(&self) -> &[Unresolved] {
        &self.unresolved
    }

    /// The folders with project policies that the event touches beyond those of its working directory.
    #[must_use]
    pub fn project_roots(&self) -> &[PathBuf] {
        &self.project_roots
    }

    /// The scripts that were read to see what they run.
    #[must_use]
    pub fn scripts(&self) -> &[Script] {
        &self.scripts
    }

    /// The event of a text whose script is another by now than when it was decided: it is blocked.
    #[must_use]
    pub fn of_changed(script: &Script, subject: Request, seam: Seam) -> Self {
        let reason = format!("the script {} changed after it was read", script.path.display());
        Self {
            seam,
            subject,
            is_compound: false,
            requests: Box::new(std::iter::once(Err(reason))),
            unresolved: Vec::new(),
            project_roots: Vec::new(),
            scripts: Vec::new(),
        }
    }

    /// The event, with something more that could not be understood.
    #[must_use]
    pub fn with_unresolved(mut self, further: Option<Unresolved>) -> Self {
        self.unresolved.extend(further);
        self
    }

    /// The requests, all of which are to be allowed for the event to be.
    #[must_use]
    pub fn into_requests(self) -> Stream {
        self.requests
    }
}
