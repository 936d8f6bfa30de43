//! Running a program that may do anything: within a time, within a size, and with nothing of it left behind.
//!
//! The program gets a process group of its own, so that what it has started ends with it. A descendant that leaves
//! the group is its own affair: nobody waits for it.

use std::io::{self, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use thiserror::Error;

use super::files::read_bounded;

/// How much of what it says on stderr is kept, in bytes.
const MOST_WORDS: u64 = 2048;

/// How long to wait between two looks at whether it has ended.
const LOOK: Duration = Duration::from_millis(1);

/// The bounds of a trial.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// From its start until it has ended.
    pub time: Duration,
    /// The most bytes that it may print on stdout.
    pub output: u64,
}

/// What a program did within its bounds.
#[derive(Debug)]
pub struct Ended {
    /// What it printed on stdout.
    pub stdout: Vec<u8>,
    /// The beginning of what it said on stderr.
    pub stderr: Vec<u8>,
    /// Its exit code, or the signal that ended it.
    pub end: End,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum End {
    /// By itself, with this code.
    Code(i32),
    /// By this signal.
    Signal(i32),
}

/// Why there is nothing to judge a program by.
#[derive(Debug, Error)]
pub enum TrialError {
    /// It cannot be started.
    #[error("cannot be started: {0}")]
    NotStarted(io::Error),
    /// It did not end in time, and was killed.
    #[error("did not end within {} s", .0.as_secs_f64())]
    TooSlow(Duration),
    /// It printed more than it may, and was killed.
    #[error("printed more than {0} bytes")]
    TooMuch(u64),
    /// It cannot be talked to.
    #[error("cannot be talked to: {0}")]
    Io(io::Error),
}

/// Runs a program with `input` on its stdin.
///
/// # Errors
/// [`TrialError`]; the program and what it has started are then killed.
pub fn run(program: &Path, args: &[String], input: Vec<u8>, bounds: Bounds) -> Result<Ended, TrialError> {
    let deadline = Instant::now().checked_add(bounds.time);
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()
        .map_err(TrialError::NotStarted)?;
    let tried = talk(&mut child, input, bounds, deadline);
    if tried.is_err() {
        end(&mut child);
    }
    tried
}

fn talk(
    child: &mut Child,
    input: Vec<u8>,
    bounds: Bounds,
    deadline: Option<Instant>,
) -> Result<Ended, TrialError> {
    if let Some(mut stdin) = child.stdin.take() {
        // A program that does not read its input closes the pipe; its answer says what came of that.
        thread::spawn(move || drop(stdin.write_all(&input)));
    }
    let stdout = child.stdout.take().map(|pipe| hear(move || read_bounded(pipe, bounds.output, 1 << 10)));
    let stderr = child.stderr.take().map(|pipe| hear(move || words(pipe)));
    let stdout = heard(stdout, bounds, deadline)?.ok_or(TrialError::TooMuch(bounds.output))?;
    let stderr = heard(stderr, bounds, deadline)?.unwrap_or_default();
    let status = loop {
        match child.try_wait().map_err(TrialError::Io)? {
            Some(status) => break status,
            None if left(deadline).is_zero() => return Err(TrialError::TooSlow(bounds.time)),
            None => thread::sleep(LOOK),
        }
    };
    Ok(Ended { stdout, stderr, end: end_of(status) })
}

type Heard = io::Result<Option<Vec<u8>>>;

/// Reads in a thread of its own, so that a pipe which is never closed holds nobody up.
fn hear(read: impl FnOnce() -> Heard + Send + 'static) -> Receiver<Heard> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || drop(sender.send(read())));
    receiver
}

fn heard(
    pipe: Option<Receiver<Heard>>,
    bounds: Bounds,
    deadline: Option<Instant>,
) -> Result<Option<Vec<u8>>, TrialError> {
    let Some(pipe) = pipe else { return Ok(None) };
    match pipe.recv_timeout(left(deadline)) {
        Ok(bytes) => bytes.map_err(TrialError::Io),
        Err(_) => Err(TrialError::TooSlow(bounds.time)),
    }
}

/// A time that is beyond the clock has no end.
fn left(deadline: Option<Instant>) -> Duration {
    deadline.map_or(Duration::MAX, |deadline| deadline.saturating_duration_since(Instant::now()))
}

/// Keeps the first words and lets go of the rest, so that the program is never held up.
fn words(mut pipe: impl Read) -> Heard {
    let mut words = Vec::new();
    pipe.by_ref().take(MOST_WORDS).read_to_end(&mut words)?;
    io::copy(&mut pipe, &mut io::sink())?;
    Ok(Some(words))
}

fn end(child: &mut Child) {
    if let Ok(group) = i32::try_from(child.id()) {
        // That it has ended meanwhile is as well.
        let _ = killpg(Pid::from_raw(group), Signal::SIGKILL);
    }
    let _ = child.wait();
}

fn end_of(status: ExitStatus) -> End {
    match (status.code(), status.signal()) {
        (Some(code), _) => End::Code(code),
        (None, signal) => End::Signal(signal.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str, milliseconds: u64) -> Result<Ended, TrialError> {
        let args = ["-c".to_owned(), script.to_owned()];
        let bounds = Bounds { time: Duration::from_millis(milliseconds), output: 100 };
        run(Path::new("/bin/sh"), &args, b"hello".to_vec(), bounds)
    }

    #[test]
    fn what_a_program_prints_and_how_it_ends_is_told() {
        let ended = sh("cat; echo no >&2; exit 3", 10_000).unwrap();
        assert_eq!((ended.stdout.as_slice(), ended.stderr.as_slice()), (&b"hello"[..], &b"no\n"[..]));
        assert_eq!(ended.end, End::Code(3));
        assert_eq!(sh("kill -9 $$", 10_000).unwrap().end, End::Signal(9));
    }

    #[test]
    fn a_program_that_hangs_ends_with_all_that_it_has_started() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pid");
        let script = format!("sleep 60 & echo $! > {}; wait", file.display());
        assert!(matches!(sh(&script, 300), Err(TrialError::TooSlow(_))));
        let started: i32 = std::fs::read_to_string(&file).unwrap().trim().parse().unwrap();
        let deadline = Instant::now() + Duration::from_secs(5);
        // A zombie that nobody has waited for yet counts as ended.
        let is_running = || {
            let state = std::fs::read_to_string(format!("/proc/{started}/stat")).unwrap_or_default();
            state.rsplit(") ").next().is_some_and(|rest| !rest.is_empty() && !rest.starts_with('Z'))
        };
        while is_running() {
            assert!(Instant::now() < deadline, "it still runs");
            thread::sleep(LOOK);
        }
    }

    #[test]
    fn a_program_that_closes_its_output_and_hangs_is_too_slow() {
        assert!(matches!(sh("exec >&- 2>&-; exec sleep 60", 300), Err(TrialError::TooSlow(_))));
    }

    #[test]
    fn a_program_that_floods_is_ended() {
        assert!(matches!(sh("exec yes", 10_000), Err(TrialError::TooMuch(100))));
        assert_eq!(sh("printf %0100d 0", 10_000).unwrap().stdout.len(), 100);
        let flood_of_words = sh("yes | head -c 1000000 >&2", 10_000).unwrap();
        assert_eq!(flood_of_words.stderr.len() as u64, MOST_WORDS);
    }

    #[test]
    fn a_program_that_is_not_there_cannot_be_started() {
        let bounds = Bounds { time: Duration::from_secs(1), output: 1 };
        let error = run(Path::new("/nonexistent/program"), &[], Vec::new(), bounds).unwrap_err();
        assert_eq!(error.to_string(), "cannot be started: No such file or directory (os error 2)");
    }
}
