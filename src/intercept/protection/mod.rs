//! What would take Cavra itself out of the way.
//!
//! A guard that can be talked into removing itself is none. So what an event does to Cavra's own files, to its hooks and
//! shims, to the settings of agents that call it, and to its process, becomes a request of its own, which no policy
//! has a say in. So do Cavra's own commands that are a person's alone, and what starts an agent without its hooks.
//!
//! More is taken for such a request than is one; what a person does in a terminal that no agent drives goes through none
//! of this.

mod commands;
mod places;

use std::path::{Path, PathBuf};

use super::shell::{Access, Execute, Extent, FileUse};
use crate::contract::{Request, SELF_PROTECTION};

use places::Protected;

/// What the commands and files of one event would do to Cavra, as requests like `part`.
pub(super) fn of_effects(
    commands: &[Execute],
    text: &str,
    repository: Option<&Path>,
    part: impl Fn(&str) -> Request,
) -> Vec<Request> {
    let found = commands::of(commands, text, repository);
    found.into_iter().map(|(target, does)| made(part(&target), does)).collect()
}

/// What using a file would do to Cavra, by all the spellings of its path.
pub(super) fn of_file(file: &FileUse, request: &Request, commands: &[Execute]) -> Option<Request> {
    if file.is_remote {
        return None;
    }
    let is_write = match file.access {
        Access::Read => false,
        Access::Write | Access::Update | Access::Rights => true,
    };
    let takes_folder =
        || file.extent != Extent::One || commands.iter().any(|command| commands::disturbs(command, request));
    let does = of_paths(request, is_write, &takes_folder)?;
    Some(made(request.clone(), does))
}

/// The same for a request that somebody else wrote, or that is only suspected.
pub(super) fn of_request(request: &Request, is_write: bool) -> Option<Request> {
    of_paths(request, is_write, &|| false).map(|does| made(request.clone(), does))
}

fn of_paths(request: &Request, is_write: bool, takes_folder: &dyn Fn() -> bool) -> Option<&'static str> {
    let protected = Protected::get();
    let is_open = request.context.as_ref().is_some_and(|context| context.open_target);
    let folds_case = request.context.as_ref().is_some_and(|context| context.folds_case);
    let targets = std::iter::once(&request.target).chain(request.spellings());
    let cwd = request.context.as_ref().map_or("", |context| context.cwd.as_str());
    for target in targets {
        // A name alone says where only with the folder that it is in, which stands among the spellings too.
        let place = if is_open { Path::new(cwd).join(target) } else { PathBuf::from(target) };
        if !place.is_absolute() {
            continue;
        }
        let place = super::path::cleaned(&place);
        let told = if is_open {
            protected.by_pattern(&place.to_string_lossy(), is_write)
        } else {
            protected.by_path(&place, is_write, takes_folder, folds_case)
        };
        if told.is_some() {
            return told;
        }
    }
    None
}

/// The request that a policy has no say in.
fn made(mut request: Request, does: &str) -> Request {
    SELF_PROTECTION.clone_into(&mut request.action_type);
    does.clone_into(&mut request.operation);
    request
}
