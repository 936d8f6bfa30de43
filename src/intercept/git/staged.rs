//! A commit about to be made: the branch that it goes to, and a `write_file` for each path that it would change.

use crate::contract::{Action, Request};

use super::super::Intercepted;
use super::merge::MergeFilter;
use super::modules;
use super::paths::Speller;
use super::print::{self, Judged, Known, Print};
use super::raw::Change;
use super::repository::Repository;
use super::{Look, event, in_process, plumbing};

/// The most changes that are held to see whether they were judged before; what has more is judged again.
const MOST_HELD: usize = 50_000;

/// The changes that are staged in the index that git named to the hook; none if `known` has them. No renames are
/// looked for: one is a deletion and an addition, and both count.
#[must_use]
pub fn staged(
    repository: &Repository,
    known: &dyn Known,
    judged: &Judged,
    look: Look,
) -> Option<Intercepted> {
    let context = repository.context();
    let mut subject = Request::new(Action::GitOperation, context.branch.clone());
    subject.operation = "commit".to_owned();
    let mut commit = subject.clone();
    commit.context = Some(context.clone());
    let changes = match Held::read(repository) {
        Ok(held) => held,
        Err(reason) => return Some(event(subject, context, Box::new(std::iter::once(Err(reason))))),
    };
    if let Some(print) = &changes.print {
        let print_here = print::on_branch(print, &context.branch);
        if known.holds(&print_here) {
            return None;
        }
        judged.add([print.clone(), print_here]);
    }
    let writes = requests(repository, changes, look);
    Some(event(subject, context, Box::new(writes.chain(std::iter::once(Ok(commit))))))
}

/// A merge about to be committed, before git says what is merged: the branch alone. What the merge writes is judged
/// when that is known, by the hook that comes next and that nothing skips.
#[must_use]
pub fn merging(repository: &Repository) -> Intercepted {
    let context = repository.context();
    let mut subject = Request::new(Action::GitOperation, context.branch.clone());
    subject.operation = "commit".to_owned();
    let mut commit = subject.clone();
    commit.context = Some(context.clone());
    event(subject, context, Box::new(std::iter::once(Ok(commit))))
}

/// A stream of changes.
pub(super) type Changes = Box<dyn Iterator<Item = Result<Change, String>>>;

/// The changes, as many of them as are held, and the others to come.
struct Held {
    first: Vec<Change>,
    rest: Option<Changes>,
    /// Known where all are held.
    print: Option<String>,
}

impl Held {
    fn read(repository: &Repository) -> Result<Self, String> {
        let (base, mut rest) = changes(repository)?;
        let mut print = Print::on(&base);
        let mut first = Vec::new();
        while first.len() < MOST_HELD {
            match rest.next() {
                Some(change) => {
                    let change = change?;
                    print.add(&change);
                    first.push(change);
                }
                None => return Ok(Self { first, rest: None, print: Some(print.finish()) }),
            }
        }
        Ok(Self { first, rest: Some(rest), print: None })
    }
}

/// The commit that the new one builds on (empty for the first), and what changes.
fn changes(repository: &Repository) -> Result<(String, Changes), String> {
    let told = |error: super::GitError| error.to_string();
    if let Some(merged) = repository.merged().map_err(told)? {
        let git = repository.plumbing().map_err(told)?;
        let base = plumbing::head(&git).map_err(told)?.unwrap_or_default();
        let filter = MergeFilter::of_index(&git, &base, &merged).map_err(told)?;
        let changes = plumbing::Staged::on(&base, git).filter(move |change| filter.keeps(change));
        return Ok((base, Box::new(changes.map(move |change| change.map_err(told)))));
    }
    let in_process = match repository.in_process() {
        // libgit2 takes names that differ in case alone for one there.
        Some(_) if repository.folds_case() => None,
        Some(small) => in_process::staged(small).map_err(told)?,
        None => None,
    };
    if let Some((base, changes)) = in_process {
        return Ok((base, Box::new(changes.into_iter().map(Ok))));
    }
    let git = repository.plumbing().map_err(told)?;
    let base = plumbing::head(&git).map_err(told)?.unwrap_or_default();
    let changes = plumbing::Staged::on(&base, git);
    Ok((base, Box::new(changes.map(move |change| change.map_err(told)))))
}

fn requests(repository: &Repository, changes: Held, look: Look) -> super::super::Stream {
    let speller = Speller::new(repository);
    let mut blobs = super::blobs::Blobs::new(repository, look);
    let rest = changes.rest.into_iter().flatten();
    Box::new(changes.first.into_iter().map(Ok).chain(rest).flat_map(move |change| match change {
        Ok(change) => told(&speller, &mut blobs, &change, ""),
        Err(reason) => vec![Err(reason)],
    }))
}

/// The requests that one change comes to: the write of its path, and, of `.gitmodules`, the places that it names.
pub(super) fn told(
    speller: &Speller,
    blobs: &mut super::blobs::Blobs,
    change: &Change,
    origin: &str,
) -> Vec<Result<Request, String>> {
    let mut request = speller.request(change);
    let context = request.context.get_or_insert_default();
    origin.clone_into(&mut context.origin);
    match blobs.look(change) {
        Ok(content) => context.content = content,
        Err(error) => return vec![Err(error.to_string())],
    }
    let mut told = vec![Ok(request)];
    if modules::is_list(change) {
        match blobs.read(&change.new_object) {
            Ok(text) => told.extend(modules::requests(&text, speller.context(), origin).into_iter().map(Ok)),
            Err(error) => told.push(Err(error.to_string())),
        }
    }
    told
}
