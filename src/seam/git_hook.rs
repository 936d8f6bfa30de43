//! The seam in git: what runs as a hook.
//!
//! The hook file is a script whose interpreter is Cavra itself, so git starts the binary without a shell and
//! without `PATH`, and refuses if the binary is gone. What the hook was before is kept beside it and runs after
//! an answer that lets git go on, with the same arguments, environment, working directory and input, and its own
//! say. Every way out of here that is not "go on" stops git, and a hook that Cavra does not know is one of them.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use thiserror::Error;

use crate::contract::{Context, Verdict};
use crate::gate::{Gate, ProjectBlob, Scope};
use crate::intercept::git::{self, Repository};
use crate::intercept::{Intercepted, repository as folders};
use crate::sys::dirs::{Places, PlacesError};
use crate::sys::environment;
use crate::sys::spool::Spool;

/// What the file of a hook that was there before is called: its own name, and this.
pub const KEPT: &str = ".pre-cavra";

/// The hooks that Cavra answers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Event {
    /// Before a commit is made.
    PreCommit,
    /// Before refs are pushed.
    PrePush,
}

impl Event {
    /// Every hook that Cavra answers.
    pub const ALL: [Self; 2] = [Self::PreCommit, Self::PrePush];

    /// Git's name for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PreCommit => "pre-commit",
            Self::PrePush => "pre-push",
        }
    }

    fn parse(name: &OsStr) -> Option<Self> {
        Self::ALL.into_iter().find(|event| name == event.as_str())
    }
}

/// How a hook was called.
#[derive(Clone, Debug)]
pub struct Call {
    /// Git's name for the event, or whatever was given for one.
    pub event: OsString,
    /// The hook file, if Cavra runs as one.
    pub script: Option<PathBuf>,
    /// The hook's arguments.
    pub args: Vec<OsString>,
}

impl Call {
    /// The call of a hook file: its path, then its arguments.
    #[must_use]
    pub fn of_script(script: &OsStr, args: &[OsString]) -> Self {
        let script = PathBuf::from(script);
        let event = script.file_name().unwrap_or_default().to_owned();
        Self { event, script: Some(script), args: args.to_vec() }
    }
}

/// Why a hook that may go on does not.
#[derive(Debug, Error)]
pub enum KeptError {
    /// The kept hook could not be looked at or run.
    #[error("the kept hook `{path}` could not be run: {err}", path = .path.display())]
    Io {
        /// The kept hook.
        path: PathBuf,
        /// What the system said.
        err: io::Error,
    },
    /// The kept hook says no.
    #[error("the kept hook `{path}` refused ({how})", path = .path.display())]
    Refused {
        /// The kept hook.
        path: PathBuf,
        /// How it ended.
        how: String,
    },
}

/// A hook that has been decided on.
#[must_use]
pub struct Judged {
    verdict: Verdict,
    kept: Option<Kept>,
}

/// The hook that was there before.
struct Kept {
    path: PathBuf,
    name: OsString,
    args: Vec<OsString>,
    input: Option<Spool>,
}

/// Has the gate decide what the hook was called for. `input` is the hook's stdin; none where it is a device, which
/// git never makes it: then somebody between git and here has kept the list of refs to themselves, and an empty
/// list would be taken for a push of nothing.
///
/// # Errors
/// If it is not known where the policies and the evidence are. Anything else that fails is a verdict.
pub fn judge(call: Call, input: Option<impl Read>) -> Result<Judged, PlacesError> {
    let places = Places::find()?;
    let event = Event::parse(&call.event);
    let spool = match event {
        Some(Event::PrePush) => input.map(|input| Spool::read(input, &places.state)),
        Some(Event::PreCommit) | None => None,
    };
    let mut scope = Scope { places, project_roots: Vec::new(), project_blobs: Vec::new() };
    let intercepted = match intercept(event, &call, spool.as_ref(), &mut scope) {
        Ok(intercepted) => intercepted,
        Err(reason) => {
            let cwd = environment::working_directory().unwrap_or_default();
            let cwd_text = cwd.to_string_lossy().into_owned();
            if scope.project_roots.is_empty() {
                scope.project_roots = folders::project_roots(&cwd);
            }
            let context = Context { cwd: cwd_text, ..Context::default() };
            git::unreadable(&call.event.to_string_lossy(), context, reason)
        }
    };
    let verdict = Gate::open(&scope).decide(intercepted);
    let kept = call.script.map(|script| {
        let mut path = script.clone().into_os_string();
        path.push(KEPT);
        Kept {
            path: path.into(),
            name: script.into_os_string(),
            args: call.args,
            input: spool.and_then(Result::ok),
        }
    });
    Ok(Judged { verdict, kept })
}

fn intercept(
    event: Option<Event>,
    call: &Call,
    spool: Option<&io::Result<Spool>>,
    scope: &mut Scope,
) -> Result<Intercepted, String> {
    let Some(event) = event else {
        return Err("Cavra does not know this hook; it answers pre-commit and pre-push".to_owned());
    };
    let repository = Repository::in_hook(&scope.places).map_err(|error| error.to_string())?;
    scope.project_roots = folders::project_roots(repository.top());
    let policies = git::project_policies(&repository).map_err(|error| error.to_string())?;
    scope
        .project_blobs
        .extend(policies.into_iter().map(|policy| ProjectBlob { name: policy.name, bytes: policy.bytes }));
    match (event, spool) {
        (Event::PreCommit, _) => Ok(git::staged(&repository)),
        (Event::PrePush, Some(Ok(spool))) => match call.args.get(1) {
            Some(url) => Ok(git::pushed(&repository, url, spool.reader())),
            None => Err("git did not say where it pushes to".to_owned()),
        },
        (Event::PrePush, Some(Err(error))) => Err(format!("the list of refs could not be read: {error}")),
        (Event::PrePush, None) => {
            Err("the list of refs is not on stdin; what calls this hook must hand it on".to_owned())
        }
    }
}

impl Judged {
    /// The verdict, to be told before anything else happens.
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// Runs the hook that was there before, if the verdict lets git go on. True if git may go on.
    ///
    /// # Errors
    /// If the kept hook refuses, or cannot be run.
    pub fn proceed(self) -> Result<bool, KeptError> {
        if !self.verdict.effect().runs() {
            return Ok(false);
        }
        match self.kept {
            Some(kept) => kept.run().map(|()| true),
            None => Ok(true),
        }
    }
}

impl Kept {
    fn run(self) -> Result<(), KeptError> {
        let failed = |err| KeptError::Io { path: self.path.clone(), err };
        match fs::metadata(&self.path) {
            // Git, too, passes over a hook that is not there or not executable.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Ok(metadata) if !metadata.is_file() || metadata.permissions().mode() & 0o111 == 0 => {
                return Ok(());
            }
            Ok(_) => {}
            Err(error) => return Err(failed(error)),
        }
        let mut child = self.start().map_err(failed)?;
        if let (Some(input), Some(mut pipe)) = (&self.input, child.stdin.take()) {
            match io::copy(&mut input.reader(), &mut pipe) {
                // A hook need not read what it is given.
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(failed(error)),
                Ok(_) | Err(_) => {}
            }
        }
        let status = child.wait().map_err(failed)?;
        if status.success() {
            Ok(())
        } else {
            Err(KeptError::Refused { path: self.path.clone(), how: status.to_string() })
        }
    }

    fn start(&self) -> io::Result<Child> {
        let with = |mut command: Command| {
            if self.input.is_some() {
                command.stdin(Stdio::piped());
            }
            command.args(&self.args).spawn()
        };
        let path = with_a_slash(&self.path);
        let mut command = Command::new(&path);
        command.arg0(&self.name);
        match with(command) {
            // A file without an interpreter line is one for sh, as it is for git.
            Err(error) if error.raw_os_error() == Some(ENOEXEC) => {
                let mut command = Command::new("/bin/sh");
                command.arg(&path);
                with(command)
            }
            other => other,
        }
    }
}

/// "Exec format error", the same number on every system that Cavra runs on.
const ENOEXEC: i32 = 8;

/// A path without a slash would be looked for on `PATH`.
fn with_a_slash(path: &Path) -> PathBuf {
    if path.components().count() > 1 { path.to_owned() } else { Path::new(".").join(path) }
}
