//! The seam in git: what runs as a hook.
//!
//! The hook file is a script whose interpreter is Cavra itself, so git starts the binary without a shell and
//! without `PATH`, and refuses if the binary is gone. What the hook was before is kept beside it and runs after
//! an answer that lets git go on, with the same arguments, environment, working directory and input, and its own
//! say. Every way out of here that is not "go on" stops git, and a hook that Cavra does not know is one of them.

mod event;
mod kept;
mod pusher;
mod vouched;

use std::ffi::{OsStr, OsString};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::contract::{Context, Effect, Verdict};
use crate::gate::{Gate, ProjectBlob, Scope};
use crate::intercept::git::{self, Branches, Known, Look, Remote, Repository};
use crate::intercept::{Intercepted, repository as folders};
use crate::sys::dirs::{Places, PlacesError};
use crate::sys::environment;
use crate::sys::spool::Spool;

use self::kept::Kept;
use self::vouched::Vouched;

pub use self::event::{Event, Named, PASSED};
pub use self::kept::{KEPT, KeptError};

/// The folder of the hooks that stand in for every repository's, in a folder of Cavra's.
const EVERYWHERE: &str = "git-hooks";

/// Where the hooks are that stand in for every repository of the person.
#[must_use]
pub fn folder_of_user(places: &Places) -> PathBuf {
    places.state.join(EVERYWHERE)
}

/// Where the hooks are that stand in for every repository of the machine.
#[must_use]
pub fn folder_of_machine(places: &Places) -> PathBuf {
    places.managed.join(EVERYWHERE)
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
        let event = event::of_file(&script);
        Self { event, script: Some(script), args: args.to_vec() }
    }
}

/// A hook that has been decided on.
#[must_use]
pub struct Judged {
    /// None where there was nothing to decide.
    verdict: Option<Verdict>,
    kept: Result<Option<Kept>, KeptError>,
}

/// Has the gate decide what the hook was called for. `input` is the hook's stdin; none where it is a device, which
/// git never makes it: then somebody between git and here has kept the list of refs to themselves, and an empty
/// list would be taken for a push of nothing.
///
/// # Errors
/// If it is not known where the policies and the evidence are. Anything else that fails is a verdict.
pub fn judge(call: Call, input: Option<impl Read>) -> Result<Judged, PlacesError> {
    let named = Named::parse(&call.event);
    let spool = match named {
        Some(Named::Judged(event)) if event.has_input() && !is_after(event, &call) => input.map(|input| {
            Spool::read(input, || Places::find().map(|places| places.state).map_err(io::Error::other))
        }),
        Some(Named::Judged(_) | Named::Passed(_)) | None => None,
    };
    if let Some(named) = named
        && is_of_no_interest(named, &call, spool.as_ref())
    {
        return Ok(Judged { verdict: None, kept: kept(call, named, spool) });
    }
    let places = Places::find()?;
    let mut scope = Scope { places, project_roots: Vec::new(), project_blobs: Vec::new() };
    let opened = open(&mut scope);
    if scope.project_roots.is_empty() {
        scope.project_roots = folders::project_roots(&environment::working_directory().unwrap_or_default());
    }
    let gate = Gate::open(&scope);
    let prints = git::Judged::default();
    let mut vouched = None;
    let intercepted = match (named, opened) {
        (Some(Named::Judged(event)), Ok(repository)) => {
            let policies = gate.policy_digest();
            vouched = Vouched::open(&scope.places, repository.top(), policies.as_deref()).map(Arc::new);
            let known: Arc<dyn Known> = match vouched.clone() {
                Some(vouched) => vouched,
                None => Arc::new(Nothing),
            };
            let asked = Asked {
                event,
                call: &call,
                spool: spool.as_ref(),
                known,
                prints: &prints,
                look: Look { at_content: gate.rules_on_content() },
                branches: Branches {
                    are_ruled: gate.rules_on_branches(),
                    is_everywhere: !is_own_hook(&call, &repository),
                },
            };
            asked.of(&repository)
        }
        (Some(_), Err(reason)) => Err(reason),
        (Some(Named::Passed(_)) | None, _) => {
            Err(format!("Cavra does not know this hook; it answers {}", event::known()))
        }
    };
    let intercepted = match intercepted {
        Ok(Some(intercepted)) => intercepted,
        Ok(None) => {
            // All of it was judged, if under other names than it has now.
            if let Some(vouched) = &vouched {
                for print in prints.take() {
                    vouched.add(&print);
                }
            }
            let kept = named.map_or(Ok(None), |named| kept(call, named, spool));
            return Ok(Judged { verdict: None, kept });
        }
        Err(reason) => {
            let cwd = environment::working_directory().unwrap_or_default();
            let context = Context { cwd: cwd.to_string_lossy().into_owned(), ..Context::default() };
            git::unreadable(&call.event.to_string_lossy(), context, reason)
        }
    };
    let verdict = gate.decide(intercepted);
    if let Some(vouched) = vouched
        && matches!(verdict.effect(), Effect::Allow | Effect::AuditOnly | Effect::Warn)
    {
        for print in prints.take() {
            vouched.add(&print);
        }
    }
    let kept = named.map_or(Ok(None), |named| kept(call, named, spool));
    Ok(Judged { verdict: Some(verdict), kept })
}

/// The repository that the hook's environment names. Its project policies are part of the scope.
fn open(scope: &mut Scope) -> Result<Repository, String> {
    let repository = Repository::in_hook(&scope.places).map_err(|error| error.to_string())?;
    scope.project_roots = folders::project_roots(repository.top());
    let policies = git::project_policies(&repository).map_err(|error| error.to_string())?;
    scope
        .project_blobs
        .extend(policies.into_iter().map(|policy| ProjectBlob { name: policy.name, bytes: policy.bytes }));
    Ok(repository)
}

/// Vouches for nothing.
struct Nothing;

impl Known for Nothing {
    fn holds(&self, _print: &str) -> bool {
        false
    }
}

/// Whether nothing can be decided any more, or not yet: a transaction is judged when it is prepared.
fn is_after(event: Event, call: &Call) -> bool {
    event == Event::ReferenceTransaction && call.args.first().is_some_and(|state| state != "prepared")
}

/// Whether a hook has nothing to be judged, told before anything is opened.
fn is_of_no_interest(named: Named, call: &Call, spool: Option<&io::Result<Spool>>) -> bool {
    match (named, spool) {
        (Named::Passed(_), _) => true,
        (Named::Judged(event), _) if is_after(event, call) => true,
        (Named::Judged(Event::ReferenceTransaction), Some(Ok(spool))) => {
            git::concerns(spool.reader()) == Ok(false)
        }
        (Named::Judged(_), _) => false,
    }
}

/// What a hook asks for.
struct Asked<'a> {
    event: Event,
    call: &'a Call,
    spool: Option<&'a io::Result<Spool>>,
    known: Arc<dyn Known>,
    prints: &'a git::Judged,
    look: Look,
    branches: Branches,
}

impl Asked<'_> {
    /// None where all of it has been judged before.
    fn of(&self, repository: &Repository) -> Result<Option<Intercepted>, String> {
        let Self { event, call, spool: _, known, prints, look, branches } = self;
        match event {
            Event::PreCommit | Event::PrepareCommitMsg | Event::PreApplypatch => {
                Ok(git::staged(repository, known.as_ref(), prints, *look))
            }
            Event::PreMergeCommit => Ok(Some(git::merging(repository))),
            Event::PrePush => {
                let (Some(name), Some(url)) = (call.args.first(), call.args.get(1)) else {
                    return Err("git did not say where it pushes to".to_owned());
                };
                let remote = Remote { name, url };
                let lines = self.lines()?.reader();
                Ok(Some(git::pushed(repository, remote, lines, known, prints, *look)))
            }
            Event::ReferenceTransaction => {
                Ok(git::updated(repository, self.lines()?.reader(), known, prints, *look, *branches))
            }
            Event::PreReceive => {
                let lines = self.lines()?.reader();
                Ok(Some(git::received(repository, &pusher::find(), lines, known, *look)))
            }
            Event::Update => {
                let [reference, old, new] = call.args.as_slice() else {
                    return Err("git did not say which ref would be updated".to_owned());
                };
                let mut line = [old.as_encoded_bytes(), new.as_encoded_bytes(), reference.as_encoded_bytes()]
                    .join(&b' ');
                line.push(b'\n');
                Ok(Some(git::received(repository, &pusher::find(), Cursor::new(line), known, *look)))
            }
        }
    }

    fn lines(&self) -> Result<&Spool, String> {
        match self.spool {
            Some(Ok(spool)) => Ok(spool),
            Some(Err(error)) => Err(format!("the list of refs could not be read: {error}")),
            None => Err("the list of refs is not on stdin; what calls this hook must hand it on".to_owned()),
        }
    }
}

impl Judged {
    /// The verdict, to be told before anything else happens; none where there was nothing to decide.
    pub fn verdict(&self) -> Option<&Verdict> {
        self.verdict.as_ref()
    }

    /// Runs the hook that was there before, if the verdict lets git go on. True if git may go on.
    ///
    /// # Errors
    /// If the kept hook refuses, or cannot be run.
    pub fn proceed(self) -> Result<bool, KeptError> {
        if self.verdict.is_some_and(|verdict| !verdict.effect().runs()) {
            return Ok(false);
        }
        match self.kept? {
            Some(kept) => kept.run().map(|()| true),
            None => Ok(true),
        }
    }
}

/// Whether the hook file is one of the repository itself, and not one that stands in for every repository's.
fn is_own_hook(call: &Call, repository: &Repository) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let folder = call.script.as_deref().and_then(Path::parent).and_then(real);
    let own = repository.common().ok().and_then(|common| real(&common.join("hooks")));
    folder.is_some() && folder == own
}

/// The hook that runs afterwards: what was there before beside the file, or, where the file stands in for every
/// repository's, the repository's own.
fn kept(call: Call, named: Named, spool: Option<io::Result<Spool>>) -> Result<Option<Kept>, KeptError> {
    let Some(script) = call.script else { return Ok(None) };
    let folder = script.parent().unwrap_or(Path::new("."));
    let path = match own_folder(folder)? {
        Some(own) => own.join(named.as_str()),
        None => {
            let mut name = script.file_name().unwrap_or_default().to_owned();
            // Whatever has renamed this file has left what was kept under the event's own name.
            if !folder.join(with_ending(&name)).exists() {
                name = OsString::from(named.as_str());
            }
            folder.join(with_ending(&name))
        }
    };
    let name = script.into_os_string();
    Ok(Some(Kept { path, name, args: call.args, input: spool.and_then(Result::ok) }))
}

fn with_ending(name: &OsStr) -> OsString {
    let mut name = name.to_owned();
    name.push(KEPT);
    name
}

/// The repository's own hooks, if `folder` is one that stands in for them.
fn own_folder(folder: &Path) -> Result<Option<PathBuf>, KeptError> {
    if folder.file_name() != Some(OsStr::new(EVERYWHERE)) {
        return Ok(None);
    }
    let places = Places::find().map_err(|error| KeptError::Unknown(error.to_string()))?;
    if folder != folder_of_user(&places) && folder != folder_of_machine(&places) {
        return Ok(None);
    }
    let own = git::own_hooks(&places).map_err(|error| KeptError::Unknown(error.to_string()))?;
    Ok(Some(own))
}
