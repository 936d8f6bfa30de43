//! An answer that is given on a terminal, where the policy names no signers.
//!
//! A file could be anybody's who runs as this user, so the answer is no file: it is a process that a person started and
//! that waits, with a socket in the folder of the approvals. The gate asks it, and looks at the process behind the
//! socket first: whether it is this very program, and whether a person started it ([`crate::sys::ancestry`]). It counts
//! once, ends with the process, and never covers what is high or critical.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::contract::Severity;
use crate::sys::ancestry::{self, Unproven};
use crate::sys::{clock, private, process};

use super::Granted;
use super::ask::Ask;
use super::grant::Scope;

/// How long either side waits for the other.
const PATIENCE: Duration = Duration::from_millis(500);

/// The most processes that are asked.
const MOST_ASKED: usize = 16;

/// The longest message, in bytes.
const MOST_BYTES: usize = 16 << 10;

/// The gravest that an answer on a terminal covers.
pub const GRAVEST: Severity = Severity::Medium;

/// What the gate asks.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Question {
    /// Whether this may happen.
    Approval {
        /// The digest of the ask.
        ask: String,
    },
    /// Whether what would be stopped goes through at the moment.
    Lift {
        /// The seam.
        seam: String,
        /// The repository.
        repository: String,
    },
}

/// What is answered.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Answer {
    /// Whether it may.
    pub is_granted: bool,
    /// Why, where a reason was given.
    pub reason: String,
    /// Until when, in seconds since 1970.
    pub until: i64,
}

impl Answer {
    /// No.
    #[must_use]
    pub fn no() -> Self {
        Self { is_granted: false, reason: String::new(), until: 0 }
    }
}

/// Asks the processes that wait whether an ask may happen.
#[must_use]
pub fn approved(folder: &Path, ask: &Ask) -> Option<Granted> {
    if ask.severity > GRAVEST {
        return None;
    }
    let (who, _) = asked(folder, &Question::Approval { ask: ask.digest() })?;
    Some(Granted { id: ask.id(), grants: Vec::new(), by: vec![who], is_local: true })
}

/// Asks them whether what would be stopped goes through at the moment, and why.
#[must_use]
pub fn lifted(folder: &Path, seam: &str, repository: &str, gravest: Severity) -> Option<(Granted, Answer)> {
    if gravest > GRAVEST {
        return None;
    }
    let question = Question::Lift { seam: seam.to_owned(), repository: repository.to_owned() };
    let (who, answer) = asked(folder, &question)?;
    Some((Granted { id: "local".to_owned(), grants: Vec::new(), by: vec![who], is_local: true }, answer))
}

fn asked(folder: &Path, question: &Question) -> Option<(String, Answer)> {
    let sockets = fs::read_dir(folder.join("local")).ok()?;
    sockets.flatten().take(MOST_ASKED).find_map(|entry| {
        let stream = match UnixStream::connect(entry.path()) {
            Ok(stream) => stream,
            Err(error) => {
                if error.kind() == io::ErrorKind::ConnectionRefused {
                    // Its process is gone; that it stays would only keep others from being asked.
                    let _ = fs::remove_file(entry.path());
                }
                return None;
            }
        };
        let other = process::other_side(&stream).ok()?;
        let is_persons = || ancestry::is_own_program(other) && ancestry::started_by_a_person(other).is_ok();
        // A socket may be handed on, and a process become another: the one that was looked at before must be the one that
        // answers after, and still be what it was.
        let (answer, sender) = is_persons().then(|| exchange(&stream, question).ok())??;
        let counts =
            sender == other && is_persons() && answer.is_granted && clock::now_seconds() < answer.until;
        counts.then(|| (format!("a person at a terminal (process {other})"), answer))
    })
}

fn exchange(mut stream: &UnixStream, question: &Question) -> io::Result<(Answer, i32)> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut line = serde_json::to_vec(question)?;
    line.push(b'\n');
    stream.write_all(&line)?;
    let (bytes, sender) = process::received(stream, MOST_BYTES)?;
    Ok((serde_json::from_slice(&bytes)?, sender))
}

/// A person's answer while it waits to be asked for.
#[derive(Debug)]
pub struct Waiting {
    listener: UnixListener,
    path: PathBuf,
}

/// Why nobody can answer here.
#[derive(Debug, thiserror::Error)]
pub enum WaitError {
    /// Nobody knows that a person is here.
    #[error("nothing shows that a person is here: {0}")]
    Unproven(#[from] Unproven),
    /// The socket cannot be made.
    #[error("`{}`: {err}", .path.display())]
    Io {
        /// The socket.
        path: PathBuf,
        /// What the system said.
        err: io::Error,
    },
}

impl Waiting {
    /// Begins to wait, if a person started this process.
    ///
    /// # Errors
    /// [`WaitError`].
    pub fn begin(folder: &Path) -> Result<Self, WaitError> {
        let own = std::process::id();
        ancestry::started_by_a_person(i32::try_from(own).unwrap_or_default())?;
        let folder = folder.join("local");
        let path = folder.join(own.to_string());
        let at = |err| WaitError::Io { path: path.clone(), err };
        private::ensure_folder(&folder).map_err(at)?;
        // Another process had this id before.
        match fs::remove_file(&path) {
            Err(err) if err.kind() != io::ErrorKind::NotFound => return Err(at(err)),
            _ => {}
        }
        let listener = UnixListener::bind(&path).map_err(at)?;
        Ok(Self { listener, path })
    }

    /// Waits for the next question, and answers it; gives the question if it was answered with a yes.
    ///
    /// # Errors
    /// What the system says of the socket itself. A caller who goes away is none.
    pub fn serve(&self, answer: &dyn Fn(&Question) -> Answer) -> io::Result<Option<Question>> {
        let (stream, _) = self.listener.accept()?;
        Ok(reply(&stream, answer).unwrap_or(None))
    }
}

fn reply(mut stream: &UnixStream, answer: &dyn Fn(&Question) -> Answer) -> io::Result<Option<Question>> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut bytes = Vec::new();
    BufReader::new(stream.take(MOST_BYTES as u64)).read_until(b'\n', &mut bytes)?;
    let question: Question = serde_json::from_slice(&bytes)?;
    let answer = answer(&question);
    let told = serde_json::to_vec(&answer)?;
    // A yes is used up even where its caller goes away while it is told.
    if stream.write_all(&told).and_then(|()| stream.shutdown(std::net::Shutdown::Write)).is_ok() {
        // The gate looks at this process once more before it goes away: that ends with the connection, or with patience.
        let _ = stream.read(&mut [0]);
    }
    Ok(answer.is_granted.then_some(question))
}

impl Drop for Waiting {
    fn drop(&mut self) {
        // One that stays answers nobody.
        let _ = fs::remove_file(&self.path);
    }
}

impl Question {
    /// Whether it asks for this lift.
    #[must_use]
    pub fn is_covered_by(&self, scope: &Scope) -> bool {
        match self {
            Self::Approval { .. } => false,
            Self::Lift { seam, repository } => scope.covers(seam, repository),
        }
    }
}
