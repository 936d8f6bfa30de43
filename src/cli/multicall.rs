//! What this binary is under other names: a shell, what runs a shell's text, or a program of the shim folder.

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal};
use std::path::Path;

use crate::seam::{shell, shim};
use crate::sys::dirs::Places;
use crate::sys::{files, shims};

use super::exec;
use super::exit::Exit;
use super::failure::Failure;
use super::output;

/// The names under which it is a shell. Some agents take a shell only if its name says which.
pub(crate) const SHELLS: [&str; 3] = ["cavra-sh", "cavra-bash", "cavra-zsh"];

/// The name under which it runs one text: `CLAUDE_CODE_SHELL_PREFIX` and the like.
pub(crate) const PREFIX: &str = "cavra-exec";

/// The most bytes of a text that comes on stdin.
const MOST_TEXT: u64 = 1 << 20;

/// What it is called as.
pub(crate) enum Other {
    /// A shell.
    Shell,
    /// What runs one text.
    Prefix,
    /// A program of the shim folder.
    Shim(Places, String),
}

/// What it is called as, if that is not Cavra. The name is the caller's to choose, so it opens nothing: each of these
/// only runs what is allowed.
pub(crate) fn other(args: &[OsString]) -> Option<Other> {
    let name = Path::new(args.first()?).file_name().and_then(OsStr::to_str)?;
    if name == "cavra" {
        return None;
    }
    if SHELLS.contains(&name) {
        return Some(Other::Shell);
    }
    if name == PREFIX {
        return Some(Other::Prefix);
    }
    let places = Places::find().ok()?;
    let own = shims::own_name(&places)?;
    Some(Other::Shim(places, own))
}

/// Runs as that.
pub(crate) fn run(other: Other, words: &[OsString]) -> (Exit, Option<Failure>) {
    let ended = match other {
        Other::Shim(places, name) => exec::end(shim::shim(places, &name, words.to_vec())),
        Other::Prefix => run_text(words),
        Other::Shell => run_shell(words),
    };
    match ended {
        Ok(exit) => (exit, None),
        Err(failure) => (Exit::OWN_FAILURE, Some(failure)),
    }
}

fn run_text(words: &[OsString]) -> Result<Exit, Failure> {
    match words {
        [text] => exec::end(shell::shell(OsStr::new("-c"), text.clone(), Vec::new())),
        [] => refuse("`cavra-exec` runs the text of a shell; none was given"),
        // Several words are a command as it is.
        words => exec::end(shell::exec(words.to_vec())),
    }
}

/// How a shell was called.
#[derive(Debug, Eq, PartialEq)]
enum Called {
    /// A text, with the options that matter to it, and its operands.
    Text { options: String, text: OsString, operands: Vec<OsString> },
    /// A script, with its operands.
    Script(Vec<OsString>),
    /// Commands on stdin.
    Stdin { options: String },
    /// An option that is not known.
    Unknown(String),
}

/// The options that change how a text runs, and nothing about what is read before it.
const KEPT: &str = "eufxvnhmabBCE";

fn called(words: &[OsString]) -> Called {
    let mut options = String::from("-");
    let mut wants_text = false;
    let mut rest = words.iter();
    while let Some(word) = rest.clone().next() {
        let Some(known) = word.to_str() else { break };
        match known {
            "--" | "-" => {
                rest.next();
                break;
            }
            "--login" => options.push('l'),
            // What they read, or how they look, is nothing that a text needs.
            "--norc" | "--noprofile" | "--posix" | "--no-rcs" | "--noediting" | "--verbose" => {}
            "-o" | "+o" | "-O" | "+O" => return Called::Unknown(known.to_owned()),
            _ if known.starts_with("--") || known.starts_with('+') => {
                return Called::Unknown(known.to_owned());
            }
            _ if known.starts_with('-') => {
                for letter in known.chars().skip(1) {
                    match letter {
                        'c' => wants_text = true,
                        'l' => options.push('l'),
                        // A shell that is given a text needs no terminal, and one without reads its stdin.
                        'i' | 's' => {}
                        _ if KEPT.contains(letter) => options.push(letter),
                        _ => return Called::Unknown(known.to_owned()),
                    }
                }
            }
            _ => break,
        }
        rest.next();
    }
    let mut operands: Vec<OsString> = rest.cloned().collect();
    if wants_text {
        if operands.is_empty() {
            return Called::Unknown("-c".to_owned());
        }
        let text = operands.remove(0);
        options.push('c');
        return Called::Text { options, text, operands };
    }
    if operands.is_empty() { Called::Stdin { options } } else { Called::Script(operands) }
}

fn run_shell(words: &[OsString]) -> Result<Exit, Failure> {
    match called(words) {
        Called::Text { options, text, operands } => {
            exec::end(shell::shell(OsStr::new(&options), text, operands))
        }
        Called::Script(operands) => exec::end(shell::script(operands)),
        Called::Stdin { options: _ } if io::stdin().is_terminal() => refuse(
            "`cavra-sh` runs what it is given, and has no prompt; `cavra init` is for the shell of a person",
        ),
        Called::Stdin { mut options } => {
            options.push('c');
            match files::read_bounded(io::stdin().lock(), MOST_TEXT, 1 << 12) {
                Ok(Some(text)) => {
                    let text = std::os::unix::ffi::OsStringExt::from_vec(text);
                    exec::end(shell::shell(OsStr::new(&options), text, Vec::new()))
                }
                Ok(None) => refuse("the text on stdin is longer than 1 MiB"),
                Err(error) => refuse(&format!("stdin cannot be read: {error}")),
            }
        }
        Called::Unknown(word) => refuse(&format!(
            "`cavra-sh` does not know the option `{}`, so nothing was run",
            output::escaped(&word)
        )),
    }
}

fn refuse(why: &str) -> Result<Exit, Failure> {
    output::talk(format!("cavra: blocked: {why}"));
    Ok(Exit::REFUSED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(words: &[&str]) -> Called {
        called(&words.iter().map(OsString::from).collect::<Vec<_>>())
    }

    fn text(options: &str, operands: &[&str]) -> Called {
        let operands = operands.iter().map(OsString::from).collect();
        Called::Text { options: options.to_owned(), text: "ls".into(), operands }
    }

    #[test]
    fn a_shell_is_called_in_many_ways() {
        assert_eq!(told(&["-c", "ls"]), text("-c", &[]));
        assert_eq!(told(&["-lc", "ls", "x", "-y"]), text("-lc", &["x", "-y"]));
        assert_eq!(told(&["-l", "-c", "ls"]), text("-lc", &[]));
        assert_eq!(told(&["-c", "-l", "ls"]), text("-lc", &[]));
        assert_eq!(told(&["-ilc", "ls"]), text("-lc", &[]));
        assert_eq!(told(&["--norc", "--noprofile", "-ec", "ls"]), text("-ec", &[]));
        assert_eq!(told(&["-c", "--", "ls"]), text("-c", &[]));
        assert_eq!(told(&["x.sh", "-c", "y"]), Called::Script(vec!["x.sh".into(), "-c".into(), "y".into()]));
        assert_eq!(told(&["-s"]), Called::Stdin { options: "-".to_owned() });
    }

    #[test]
    fn an_option_that_is_not_known_runs_nothing() {
        for words in
            [["--rcfile", "x"], ["--init-file=x", "-i"], ["-O", "extglob"], ["-c", "-z"], ["+x", "y"]]
        {
            assert!(matches!(told(&words), Called::Unknown(_)), "{words:?}");
        }
        assert!(matches!(told(&["-c"]), Called::Unknown(_)));
    }
}
