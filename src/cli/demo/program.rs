//! The programs of the demonstration, run so that nothing of the caller's git settings reaches them.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::cli::failure::Failure;
use crate::cli::output::escaped;
use crate::sys::environment;

/// The most output of one program that is kept, in bytes.
const MOST_OUTPUT: u64 = 256 * 1024;

/// A program and its words.
#[derive(Clone, Copy, Debug)]
pub(super) enum Program {
    /// Git.
    Git(&'static [&'static str]),
    /// This very binary.
    Cavra(&'static [&'static str]),
}

/// What came of it: stdout and stderr in the order in which they were written.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    /// The text, with what is not UTF-8 replaced.
    pub(super) text: String,
    /// The exit code, none if a signal ended it.
    pub(super) code: Option<i32>,
}

impl Program {
    /// As a person would type it.
    pub(super) fn typed(self) -> String {
        let (name, words) = match self {
            Self::Git(words) => ("git", words),
            Self::Cavra(words) => ("cavra", words),
        };
        shell_words::join(std::iter::once(name).chain(words.iter().copied()))
    }

    /// Runs it in `folder` to its end, with nothing on its stdin.
    ///
    /// # Errors
    /// If it cannot be started; a missing git says how to get it.
    pub(super) fn run(self, folder: &Path, cavra: &Path) -> Result<Outcome, Failure> {
        let (mut command, words, name) = match self {
            Self::Git(words) => (Command::new("git"), words, "git".to_owned()),
            Self::Cavra(words) => (Command::new(cavra), words, escaped(&cavra.display().to_string())),
        };
        isolate(&mut command);
        command.args(words).current_dir(folder);
        match finish(command) {
            Ok(outcome) => Ok(outcome),
            Err(error) if error.kind() == io::ErrorKind::NotFound && matches!(self, Self::Git(_)) => {
                Err(Failure::user("the demonstration needs git, and there is none on PATH")
                    .hint("install it, for instance with `apt install git`, `dnf install git` or `brew install git`"))
            }
            Err(error) => Err(Failure::user(format!("`{name}` cannot be run: {error}"))),
        }
    }
}

/// Takes away every variable that would point git elsewhere, and the person's and the machine's git configuration
/// with them.
fn isolate(command: &mut Command) {
    for name in environment::names().filter(|name| name.as_encoded_bytes().starts_with(b"GIT_")) {
        command.env_remove(name);
    }
    command
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::null());
}

fn finish(mut command: Command) -> io::Result<Outcome> {
    let (reader, writer) = io::pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn()?;
    // The command holds the writing ends; without this the reading never ends.
    drop(command);
    let mut bytes = Vec::new();
    let read = reader.take(MOST_OUTPUT).read_to_end(&mut bytes);
    let status = child.wait()?;
    read?;
    Ok(Outcome { text: String::from_utf8_lossy(&bytes).into_owned(), code: status.code() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_shown_so_that_they_can_be_pasted() {
        assert_eq!(Program::Git(&["commit", "-m", "Add notes"]).typed(), "git commit -m 'Add notes'");
        assert_eq!(Program::Cavra(&["exec", "--", "ls"]).typed(), "cavra exec -- ls");
    }

    #[test]
    fn both_streams_come_in_their_order_and_within_the_bound() {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", "echo one; echo two >&2; echo three; exit 3"]);
        let outcome = finish(command).unwrap();
        assert_eq!((outcome.text.as_str(), outcome.code), ("one\ntwo\nthree\n", Some(3)));
        let mut endless = Command::new("/bin/sh");
        endless.args(["-c", "while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done"]);
        assert_eq!(finish(endless).unwrap().text.len() as u64, MOST_OUTPUT);
    }

    #[test]
    fn a_program_ended_by_a_signal_has_no_code() {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", "kill -9 $$"]);
        assert_eq!(finish(command).unwrap().code, None);
    }
}
