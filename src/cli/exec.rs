//! `cavra exec`: run a command, if it is allowed.

use std::ffi::OsString;

use clap::Args as ClapArgs;

use crate::contract::Verdict;
use crate::seam::shell::{self, Outcome, SeamError};
use crate::sys::process::Image;

use super::exit::Exit;
use super::failure::Failure;
use super::output::{self, Paint, escaped};
use super::refusal;

/// Run a command, if it is allowed; the exit code is the command's own, 126 if it was refused, 125 if Cavra
/// failed, 127 if there is no such program
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The program and its operands
    #[arg(required = true, trailing_var_arg = true, value_name = "CMD")]
    command: Vec<OsString>,
}

/// The words behind `cavra exec`, without the tree of all commands; none where help is asked for.
pub(crate) fn read(words: &[OsString]) -> Option<Args> {
    let first = words.first()?;
    let command = if first == "--" { words.get(1..)? } else { words };
    let is_option = first != "--" && first.as_encoded_bytes().starts_with(b"-");
    (!is_option && !command.is_empty()).then(|| Args { command: command.to_vec() })
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    end(shell::exec(args.command))
}

/// Does what the seam says.
pub(super) fn end(outcome: Result<Outcome, SeamError>) -> Result<Exit, Failure> {
    match outcome {
        Ok(Outcome::Run(verdict, image)) => {
            tell_passing(&verdict);
            Ok(become_program(&image))
        }
        Ok(Outcome::Refused(verdict)) => {
            output::talk(refusal::render(&verdict, Paint::stderr()));
            Ok(Exit::REFUSED)
        }
        Ok(Outcome::NotFound(verdict)) => {
            tell_passing(&verdict);
            let subject = escaped(&verdict.opinion().decision.target);
            output::talk(format!("error: there is no such program: `{subject}`"));
            Ok(Exit::NOT_FOUND)
        }
        Err(error) => {
            output::talk(format!("error: {error}\nhint: nothing was run"));
            Ok(Exit::OWN_FAILURE)
        }
    }
}

/// A warning, an audit or an attestation is told, whatever comes of the program.
fn tell_passing(verdict: &Verdict) {
    if let Some(text) = refusal::render_passing(verdict, Paint::stderr()) {
        output::talk(text);
    }
}

fn become_program(image: &Image) -> Exit {
    if !image.without.is_empty() {
        let names: Vec<_> = image.without.iter().map(|name| escaped(&name.to_string_lossy())).collect();
        output::talk(format!(
            "cavra: removed from the environment, because they run code of their own: {}",
            names.join(", ")
        ));
    }
    if image.folders_left_out > 0 {
        output::talk(format!(
            "cavra: left out of PATH, because they may hold programs that nobody installed: {} folder(s)",
            image.folders_left_out
        ));
    }
    let error = image.exec();
    output::talk(format!(
        "error: `{}` cannot be executed: {error}",
        escaped(&image.program.to_string_lossy())
    ));
    if error.kind() == std::io::ErrorKind::NotFound { Exit::NOT_FOUND } else { Exit::REFUSED }
}
