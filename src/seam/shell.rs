//! `cavra exec` and `cavra shell`: a command, or the text of a shell, is decided, and then this process becomes
//! the program that was decided on.
//!
//! For `exec` the program is looked up once, and that absolute path is what is judged and what is executed. For
//! `shell` it is the shell that was recorded at install, or the one that would be. What the program inherits
//! is what Cavra inherited, without the variables that would run code before it ([`crate::grammar::variables`]
//! lists them); a shell also gets a `PATH` without the folders that anyone may fill, and no login shell is started
//! in a home that is not the person's. Its signals, its terminal and its exit code are as if Cavra were not there.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use thiserror::Error;

use crate::contract::Verdict;
use crate::gate::{Gate, Scope};
use crate::intercept::{self, Intercepted, Seam, Surroundings, repository};
use crate::sys::dirs::{Places, PlacesError};
use crate::sys::environment;
use crate::sys::process::{self, Image};
use crate::sys::programs::{self, ProgramError};

/// The search path of a shell that is left none of its own.
const SYSTEM_PATH: &str = "/usr/bin:/bin";

/// What is to be done.
#[derive(Debug)]
pub enum Outcome {
    /// The process is to become this program.
    Run(Verdict, Image),
    /// It is not to run.
    Refused(Verdict),
    /// Nothing refuses it, and there is no such program.
    NotFound(Verdict),
}

/// Why nothing could be decided; nothing runs then.
#[derive(Debug, Error)]
pub enum SeamError {
    /// Where the policies lie is not known.
    #[error(transparent)]
    Places(#[from] PlacesError),
    /// The shell cannot be used.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// The text of a shell that is no text.
    #[error("the text behind `-c` is not UTF-8")]
    NotText,
}

/// Decides the command `argv`, whose first word is the program; it must not be empty.
///
/// # Errors
/// [`SeamError`].
pub fn exec(argv: Vec<OsString>) -> Result<Outcome, SeamError> {
    let surroundings = surroundings();
    let places = Places::find()?;
    let mut words = argv.into_iter();
    let name = words.next().unwrap_or_default();
    let operands: Vec<_> = words.collect();
    // A program of the working tree is found too; it is judged by its path, not by its name.
    let program = process::find(&name, &surroundings.cwd, &environment::path_folders());
    let all: Vec<_> = [&name].into_iter().chain(&operands).cloned().collect();
    let event = intercept::command_argv(&all, program.as_deref(), &surroundings);
    let verdict = decide(event, &surroundings, places);
    Ok(ended(verdict, program.map(|program| image(program, name, operands))))
}

/// Decides a script that the recorded shell is to run: `words` are its path and its operands.
///
/// # Errors
/// [`SeamError`].
pub fn script(words: Vec<OsString>) -> Result<Outcome, SeamError> {
    let places = Places::find()?;
    let program = programs::shell(&places)?.into_os_string();
    exec([program].into_iter().chain(words).collect())
}

/// Decides the text `text` for the shell; `options` are the word that held the `-c`, `operands` its `$0` and on.
///
/// # Errors
/// [`SeamError`].
pub fn shell(options: &OsStr, text: OsString, operands: Vec<OsString>) -> Result<Outcome, SeamError> {
    let places = Places::find()?;
    let surroundings = surroundings();
    let program = programs::shell(&places)?;
    let readable = text.to_str().ok_or(SeamError::NotText)?;
    let is_login = options.as_encoded_bytes().contains(&b'l');
    let home = environment::variable("HOME");
    let moved = intercept::environment::moved_home(home.as_deref(), &places.home, &program, is_login);
    let folders =
        intercept::environment::search_path(environment::path_folders(), &surroundings, &places.home);
    let event =
        intercept::command_text(readable, &program, &surroundings, Seam::Shell).with_unresolved(moved);
    let verdict = decide(event, &surroundings, places);
    let name = program.clone().into_os_string();
    // A text that looks like an option would be one to the shell, and the next word the text.
    let guard = readable.starts_with(['-', '+']).then(|| OsString::from("--"));
    let operands = [options.to_owned()].into_iter().chain(guard).chain([text]).chain(operands).collect();
    let mut image = image(program, name, operands);
    // An empty search path means the working directory to a shell.
    if folders.left_out > 0 || folders.kept.is_empty() {
        let kept = environment::path_of(&folders.kept).filter(|path| !path.is_empty());
        image.search_path = Some(kept.unwrap_or_else(|| OsString::from(SYSTEM_PATH)));
        image.folders_left_out = folders.left_out;
    }
    Ok(ended(verdict, Some(image)))
}

pub(super) fn ended(verdict: Verdict, image: Option<Image>) -> Outcome {
    if !verdict.effect().runs() {
        return Outcome::Refused(verdict);
    }
    match image {
        Some(image) => Outcome::Run(verdict, image),
        None => Outcome::NotFound(verdict),
    }
}

pub(super) fn image(program: PathBuf, name: OsString, operands: Vec<OsString>) -> Image {
    let variables = environment::names().map(|name| {
        let value = environment::variable(&name).unwrap_or_default();
        (name, value)
    });
    let without = intercept::environment::removed(variables);
    Image { program, name, operands, without, search_path: None, folders_left_out: 0 }
}

/// A working directory that is gone is not known; its paths are then spelled by their text alone.
pub(super) fn surroundings() -> Surroundings {
    environment::working_directory().map_or_else(|_| Surroundings::default(), Surroundings::of)
}

pub(super) fn decide(event: Intercepted, surroundings: &Surroundings, places: Places) -> Verdict {
    let scope = Scope {
        places,
        project_roots: repository::project_roots(&surroundings.cwd),
        project_blobs: Vec::new(),
    };
    decided(&Gate::open(&scope), event)
}

/// The verdict on an event. What was decided is what was read: a script that is another by now was not decided on.
pub(super) fn decided(gate: &Gate, event: Intercepted) -> Verdict {
    let (scripts, subject, seam) = (event.scripts().to_vec(), event.subject().clone(), event.seam());
    let verdict = gate.decide(event);
    match scripts.iter().find(|script| verdict.effect().runs() && !script.is_unchanged()) {
        Some(script) => gate.decide(Intercepted::of_changed(script, subject, seam)),
        None => verdict,
    }
}
