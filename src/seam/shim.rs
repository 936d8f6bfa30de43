//! A program that is run under its own name: this binary lies in the shim folder under that name, decides, and then
//! becomes the real program, whose absolute path was recorded when it was put there.
//!
//! Scripts, makefiles and other programs that look a name up on `PATH` are seen that way. Whoever calls the real program
//! by its path, or sets `PATH`, goes around it: against somebody who wants to, a shim is advice.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::intercept;
use crate::sys::dirs::Places;
use crate::sys::programs::{self, ProgramError};
use crate::sys::{environment, shims};

use super::shell::{Outcome, SeamError, decide, ended, image, surroundings};

/// Decides the program that is called `name`, with these operands.
///
/// # Errors
/// [`SeamError`].
pub fn shim(places: Places, name: &str, operands: Vec<OsString>) -> Result<Outcome, SeamError> {
    let surroundings = surroundings();
    let program = real(&places, name)?;
    let lies_in = |folder: &Path| folder.components().count() > 2 && program.starts_with(folder);
    if surroundings.repo.as_deref().is_some_and(lies_in) {
        return Err(untrusted(&program, "lies in the repository that is worked in").into());
    }
    let words: Vec<OsString> = [OsString::from(name)].into_iter().chain(operands.iter().cloned()).collect();
    let event = intercept::command_argv(&words, Some(&program), &surroundings);
    let verdict = decide(event, &surroundings, places);
    Ok(ended(verdict, Some(image(program, name.into(), operands))))
}

/// The real program: recorded, to be trusted, and not this binary again.
fn real(places: &Places, name: &str) -> Result<PathBuf, ProgramError> {
    let recorded = shims::recorded(places)?;
    let path = recorded.0.get(name).ok_or_else(|| ProgramError::NotAProgram {
        path: PathBuf::from(name),
        err: std::io::Error::other("the real program was not recorded; a person can install the shim again"),
    })?;
    let program = programs::trusted(path, None)?;
    let own = environment::own_program().unwrap_or_default();
    if program.starts_with(shims::folder(places)) || shims::is_same_file(&program, &own) {
        return Err(untrusted(&program, "is Cavra again"));
    }
    Ok(program)
}

fn untrusted(program: &Path, fault: &str) -> ProgramError {
    ProgramError::Untrusted { path: program.to_owned(), at: program.to_owned(), fault: fault.to_owned() }
}
