//! `cavra install shims` and `cavra uninstall shims`: programs that are run under their own names.

use crate::install::shims::{self, ShimError};
use crate::sys::dirs::Places;
use crate::sys::shims as places_of;

use super::agents::Way;
use super::exit::Exit;
use super::failure::Failure;
use super::install::{carry_out, own_binary};
use super::installation;
use super::output::{self, escaped};

pub(crate) fn run(
    names: &[String],
    way: Way,
    places: &Places,
    dry_run: bool,
    json: bool,
) -> Result<Exit, Failure> {
    let plan = match way {
        Way::In => shims::put_in(places, names, &own_binary()?),
        Way::Out => shims::take_out(places, names),
    };
    let plan = plan.map_err(|error| failure(&error))?;
    if !dry_run {
        carry_out(&plan)?;
    }
    let folder = places_of::folder(places);
    let report = installation::Report {
        target: shims::NAME,
        repository: &folder,
        dry_run,
        changes: &plan.changes,
        notes: &plan.notes,
        left: &plan.left,
        policy: None,
    };
    installation::report(&report, json)?;
    if way == Way::In && !json && !dry_run {
        output::talk("hint: `cavra status` shows whether the folder is first on PATH");
    }
    Ok(Exit::SUCCESS)
}

fn failure(error: &ShimError) -> Failure {
    let failure = Failure::user(escaped(&error.to_string()));
    match error {
        ShimError::Missing(name) => {
            failure.hint(escaped(&format!("`command -v {name}` says where it is, if it is anywhere")))
        }
        ShimError::Name(_) => failure.hint("name the program as it is typed, such as `git`"),
        ShimError::Entry(_) | ShimError::Read(_) | ShimError::Program(_) | ShimError::Record(_) => failure,
    }
}
