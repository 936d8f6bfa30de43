//! Requests that somebody else wrote: for `cavra evaluate` and `cavra check`.
//!
//! A request says what its writer chose to say, so it gets the spellings that the seams would find. What it
//! brings of its own (spellings, a working directory) adds to them and takes nothing away.

use std::path::{Path, PathBuf};

use super::command::text_event;
use super::intercepted::{Further, Intercepted, Seam};
use super::path;
use super::protection;
use super::shell::Dialect;
use super::spelling;
use super::surroundings::Surroundings;
use crate::contract::{Action, Cause, Request, Unresolved};

/// The most spellings of its own that a request may bring.
const MOST_SPELLINGS: usize = 10_000;

/// Takes a request apart.
#[must_use]
pub fn request(request: Request, surroundings: &Surroundings) -> Intercepted {
    let own = request.context.as_ref().map(|context| PathBuf::from(&context.cwd));
    let own = own.filter(|cwd| cwd.is_absolute()).map(Surroundings::of);
    let (request, limit) = bounded(request);
    let mut event = match Action::parse(&request.action_type) {
        Some(Action::ExecuteCommand) => text_event(request, Dialect::Bash, surroundings, own, Seam::Cli),
        Some(Action::ReadFile | Action::WriteFile) => file(request, surroundings, own.as_ref()),
        Some(Action::GitOperation | Action::McpToolCall | Action::ReleaseGovernanceRecord) | None => {
            single(request, Vec::new())
        }
    };
    event.unresolved.extend(limit);
    event
}

/// The request with no more spellings of its own than are looked at, and what is said if it had more.
fn bounded(mut request: Request) -> (Request, Option<Unresolved>) {
    let Some(context) = request.context.as_mut().filter(|context| context.spellings.len() > MOST_SPELLINGS)
    else {
        return (request, None);
    };
    context.spellings.truncate(MOST_SPELLINGS);
    let text = format!("more than {MOST_SPELLINGS} spellings");
    (request, Some(Unresolved { cause: Cause::Limit, text }))
}

fn file(request: Request, surroundings: &Surroundings, claimed: Option<&Surroundings>) -> Intercepted {
    let spelled = path::spell_everywhere(Path::new(&request.target), surroundings, claimed);
    let mut request = with_spellings(request, spelled.spellings);
    request.context.get_or_insert_default().folds_case |= spelled.folds_case;
    let is_write = request.action_type == Action::WriteFile.as_str();
    if let Some(protected) = protection::of_request(&request, is_write) {
        let mut event = single(request.clone(), spelled.unresolved);
        event.requests = Box::new([request, protected].into_iter().map(Ok));
        return Intercepted { project_roots: spelled.project_roots, ..event };
    }
    Intercepted { project_roots: spelled.project_roots, ..single(request, spelled.unresolved) }
}

fn single(request: Request, unresolved: Vec<Unresolved>) -> Intercepted {
    Intercepted {
        seam: Seam::Cli,
        subject: request.clone(),
        is_compound: false,
        requests: Box::new(std::iter::once(Ok(request))),
        unresolved,
        project_roots: Vec::new(),
        scripts: Vec::new(),
        further: Further::default(),
    }
}

fn with_spellings(mut request: Request, mut found: Vec<String>) -> Request {
    let context = request.context.get_or_insert_default();
    found.append(&mut context.spellings);
    context.spellings = spelling::distinct(found, &request.target);
    request
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_with_too_many_spellings_is_unresolved_beyond_the_bound() {
        for (count, told) in [(MOST_SPELLINGS, None), (MOST_SPELLINGS + 1, Some(Cause::Limit))] {
            for action in [Action::WriteFile, Action::ExecuteCommand] {
                let mut asked = Request::new(action, "target");
                asked.context.get_or_insert_default().spellings = vec!["x".into(); count];
                let event = request(asked, &Surroundings::default());
                assert_eq!(event.unresolved().first().map(|part| part.cause), told);
            }
        }
    }

    #[test]
    fn a_request_keeps_the_spellings_that_it_brings() {
        let mut asked = Request::new(Action::WriteFile, "./a");
        asked.context.get_or_insert_default().spellings = vec!["b".into(), "./a".into()];
        let event = request(asked, &Surroundings::default());
        assert_eq!(event.subject().spellings(), ["a", "b"]);
    }
}
