//! Running git's plumbing so that its answer is git's and nobody else's.
//!
//! A hook's environment is set by whoever ran git, and much of it can bend an answer. So the child starts from an
//! empty one, gets what says where the repository and the configuration files are, and is told to leave alone
//! what could hide a change: replacement objects, grafts, the commit graph, file system monitors, the network.

use std::ffi::OsStr;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::JoinHandle;

use thiserror::Error;

use crate::sys::environment;
use crate::sys::files::read_bounded;
use crate::sys::programs::ProgramError;

/// The longest answer that is not streamed, in bytes.
pub(super) const MOST_ANSWER: u64 = 4 << 20;

/// How much of what git says on stderr is kept, in bytes.
const MOST_WORDS: u64 = 2048;

/// Says where the configuration files are.
const CONFIGURATION: [&str; 6] =
    ["HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_GLOBAL", "SUDO_UID"];

/// Says which repository, to a hook.
const REPOSITORY: [&str; 8] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
];

/// Why git did not answer.
#[derive(Debug, Error)]
pub enum GitError {
    /// There is no git to ask.
    #[error("{0}")]
    Program(#[from] ProgramError),
    /// It could not be run, or talked to.
    #[error("`git {what}` could not be run: {err}")]
    Io {
        /// The subcommand.
        what: String,
        /// What the system said.
        err: io::Error,
    },
    /// It failed.
    #[error("`git {what}` failed: {words}")]
    Failed {
        /// The subcommand.
        what: String,
        /// What it said on stderr, or how it ended.
        words: String,
    },
    /// It answered something that is not to be understood.
    #[error("`git {what}` answered {fault}")]
    Answer {
        /// The subcommand.
        what: &'static str,
        /// What is wrong with it.
        fault: String,
    },
    /// What it holds is not to be judged.
    #[error("{0}")]
    Content(String),
}

/// A git to ask, about one repository.
#[derive(Clone, Debug)]
pub struct Git {
    program: PathBuf,
    /// None in a hook, where the environment says which repository.
    folder: Option<PathBuf>,
}

impl Git {
    /// This git, about the repository that the hook's environment names.
    pub(super) fn in_hook(program: PathBuf) -> Self {
        Self { program, folder: None }
    }

    /// This git, about the repository around `folder`, whatever the environment says.
    #[must_use]
    pub fn at(program: PathBuf, folder: &Path) -> Self {
        Self { program, folder: Some(folder.to_owned()) }
    }

    /// Its answer on stdout, of at most [`MOST_ANSWER`] bytes.
    ///
    /// # Errors
    /// If it fails in any way.
    pub fn answer<A: AsRef<OsStr>>(&self, args: &[A]) -> Result<Vec<u8>, GitError> {
        match self.ask(args)? {
            (Some(0), answer, _) => Ok(answer),
            (code, _, words) => Err(failed(what(args), code, &words)),
        }
    }

    /// Its answer, or none where it says no by the exit code 1 and no words.
    ///
    /// # Errors
    /// If it fails in any other way.
    pub fn answer_if_any<A: AsRef<OsStr>>(&self, args: &[A]) -> Result<Option<Vec<u8>>, GitError> {
        match self.ask(args)? {
            (Some(0), answer, _) => Ok(Some(answer)),
            (Some(1), _, words) if words.is_empty() => Ok(None),
            (code, _, words) => Err(failed(what(args), code, &words)),
        }
    }

    /// Its answer as one path or name, the newline that ends it taken off.
    ///
    /// # Errors
    /// If it fails in any way.
    pub fn line<A: AsRef<OsStr>>(&self, args: &[A]) -> Result<Vec<u8>, GitError> {
        let mut answer = self.answer(args)?;
        if answer.last() == Some(&b'\n') {
            answer.pop();
        }
        Ok(answer)
    }

    fn ask<A: AsRef<OsStr>>(&self, args: &[A]) -> Result<(Option<i32>, Vec<u8>, String), GitError> {
        let mut running = self.start(args, false)?;
        let answer = match running.stdout.take() {
            Some(stdout) => read_bounded(stdout, MOST_ANSWER, 256).map_err(|err| running.io(err))?,
            None => None,
        };
        let Some(answer) = answer else {
            return Err(running.io(io::Error::other(format!("it answers more than {MOST_ANSWER} bytes"))));
        };
        let (code, words) = running.end()?;
        Ok((code, answer, words))
    }

    /// Starts it, to be read from, and if `is_asked` also written to.
    pub(super) fn start<A: AsRef<OsStr>>(&self, args: &[A], is_asked: bool) -> Result<Running, GitError> {
        let what = what(args);
        let failed = |err| GitError::Io { what: what.clone(), err };
        let mut command = self.command();
        command
            .args(args)
            .stdin(if is_asked { Stdio::piped() } else { Stdio::null() })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(failed)?;
        let words = child.stderr.take().map(|stderr| std::thread::spawn(move || keep_words(stderr)));
        let stdin = child.stdin.take();
        let stdout = child.stdout.take().map(BufReader::new);
        Ok(Running { what, child, stdin, stdout, words })
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.env_clear();
        let here = if self.folder.is_some() { [].iter() } else { REPOSITORY.iter() };
        for name in CONFIGURATION.iter().chain(here) {
            if let Some(value) = environment::variable(name) {
                command.env(name, value);
            }
        }
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        } else {
            // Nothing that a hook asks runs a hook in turn; an installation asks where they are.
            command.args(["-c", "core.hooksPath=/dev/null"]);
        }
        command
            .env("PATH", "/usr/bin:/bin")
            .env("LC_ALL", "C")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_FLUSH", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .env("GIT_GRAFT_FILE", "/dev/null")
            .env("GIT_TERMINAL_PROMPT", "0")
            .args(["-c", "core.fsmonitor=false", "-c", "core.commitGraph=false"])
            .args(["-c", "protocol.allow=never", "-c", "advice.graftFileDeprecated=false"]);
        command
    }
}

fn what<A: AsRef<OsStr>>(args: &[A]) -> String {
    args.first().map(|arg| arg.as_ref().to_string_lossy().into_owned()).unwrap_or_default()
}

fn failed(what: String, code: Option<i32>, words: &str) -> GitError {
    let words = match (words, code) {
        ("", Some(code)) => format!("exit code {code}"),
        ("", None) => "it was killed".to_owned(),
        (words, _) => words.to_owned(),
    };
    GitError::Failed { what, words }
}

/// Keeps the first words and lets go of the rest, so that the child is never held up.
fn keep_words(mut stderr: impl Read) -> String {
    let mut words = Vec::new();
    // Words that cannot be read are missing from a message, and nothing else.
    let _ = stderr.by_ref().take(MOST_WORDS).read_to_end(&mut words);
    let _ = io::copy(&mut stderr, &mut io::sink());
    String::from_utf8_lossy(&words).trim().replace('\n', "; ")
}

/// A git that runs. It is ended when this is dropped.
pub(super) struct Running {
    what: String,
    child: Child,
    /// Where it is asked, if it is.
    pub(super) stdin: Option<ChildStdin>,
    /// Its answer.
    pub(super) stdout: Option<BufReader<ChildStdout>>,
    words: Option<JoinHandle<String>>,
}

impl Running {
    /// Waits for the end: the exit code, none if it was killed, and what it said on stderr.
    fn end(&mut self) -> Result<(Option<i32>, String), GitError> {
        self.stdin = None;
        self.stdout = None;
        let status = self.child.wait().map_err(|err| self.io(err))?;
        let words = self.words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        Ok((status.code(), words))
    }

    /// Waits for the end, which must be a good one.
    pub(super) fn finish(&mut self) -> Result<(), GitError> {
        match self.end()? {
            (Some(0), _) => Ok(()),
            (code, words) => Err(failed(self.what.clone(), code, &words)),
        }
    }

    pub(super) fn io(&self, err: io::Error) -> GitError {
        GitError::Io { what: self.what.clone(), err }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended needs neither.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
