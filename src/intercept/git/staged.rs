//! A commit about to be made: a `write_file` for each path that it would change.

use crate::contract::{Action, Request};

use super::super::Intercepted;
use super::paths::Speller;
use super::repository::Repository;
use super::{event, in_process, plumbing};

/// The changes that are staged in the index that git named to the hook. No renames are looked for: one is a
/// deletion and an addition, and both count.
#[must_use]
pub fn staged(repository: &Repository) -> Intercepted {
    let context = repository.context();
    let mut subject = Request::new(Action::GitOperation, context.branch.clone());
    subject.operation = "commit".to_owned();
    event(subject, context, requests(repository))
}

fn requests(repository: &Repository) -> super::super::Stream {
    let speller = Speller::new(repository);
    let in_process = match repository.in_process() {
        // libgit2 takes names that differ in case alone for one there.
        Some(_) if repository.folds_case() => Ok(None),
        Some(small) => in_process::staged(small),
        None => Ok(None),
    };
    match in_process {
        Ok(Some(changes)) => Box::new(changes.into_iter().map(move |change| Ok(speller.request(&change)))),
        Ok(None) => match repository.plumbing() {
            Ok(git) => Box::new(plumbing::Staged::new(git).map(move |change| match change {
                Ok(change) => Ok(speller.request(&change)),
                Err(error) => Err(error.to_string()),
            })),
            Err(error) => Box::new(std::iter::once(Err(error.to_string()))),
        },
        Err(error) => Box::new(std::iter::once(Err(error.to_string()))),
    }
}
