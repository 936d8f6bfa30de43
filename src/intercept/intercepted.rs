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
    /// A hook of an agent.
    AgentHook,
    /// `cavra mcp`
    Mcp,
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
            Self::AgentHook => "agent_hook",
            Self::Mcp => "mcp",
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
    pub(super) further: Further,
}

/// What the rules that refuse are held against beside the requests.
#[derive(Debug, Default)]
pub(super) struct Further {
    /// Compounds that are parts of the event.
    pub(super) wholes: Vec<Request>,
    /// What the event may mean: more to refuse by, and no reason to ask by default.
    pub(super) suspects: Vec<Request>,
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
            further: Further::default(),
        }
    }

    /// Several events as one, which is called `subject`: it may happen if each of them may.
    pub(super) fn joined(subject: Request, seam: Seam, parts: Vec<Self>) -> Self {
        let mut event = Self {
            seam,
            subject,
            is_compound: false,
            requests: Box::new(std::iter::empty()),
            unresolved: Vec::new(),
            project_roots: Vec::new(),
            scripts: Vec::new(),
            further: Further::default(),
        };
        for part in parts {
            let Self { seam: _, subject, is_compound, requests, unresolved, project_roots, scripts, further } =
                part;
            event.requests = Box::new(event.requests.chain(requests));
            event.unresolved.extend(unresolved);
            event.project_roots.extend(project_roots);
            event.scripts.extend(scripts);
            event.further.wholes.extend(is_compound.then_some(subject));
            event.further.wholes.extend(further.wholes);
            event.further.suspects.extend(further.suspects);
        }
        event
    }

    /// The same, only suspected: what its requests and wholes name may be refused, and nothing of it is asked about by
    /// default. `subject` is what the event is then called.
    pub(super) fn into_suspects(self, subject: Request) -> Self {
        let seam = self.seam;
        let whole = self.is_compound.then_some(self.subject);
        let mut event = Self::joined(subject, seam, Vec::new());
        event.further.wholes = whole.into_iter().chain(self.further.wholes).collect();
        event.further.suspects = self.requests.flatten().chain(self.further.suspects).collect();
        event
    }

    /// Compounds that are parts of the event, which the rules that block or ask are held against.
    #[must_use]
    pub fn wholes(&self) -> &[Request] {
        &self.further.wholes
    }

    /// What the event may mean: the rules that name it may refuse it.
    #[must_use]
    pub fn suspects(&self) -> &[Request] {
        &self.further.suspects
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
