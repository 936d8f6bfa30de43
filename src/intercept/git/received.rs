//! A push that arrives: what a server is told before it lets refs change.
//!
//! The client can switch none of this off. The new objects are in quarantine, where git's plumbing finds them, and
//! they are gone when the push is refused.

use std::collections::VecDeque;
use std::io::{BufReader, Read};
use std::sync::Arc;

use crate::contract::{Action, Request};

use super::super::Intercepted;
use super::child::GitError;
use super::print::{Judged, Known};
use super::push::{self, Ancestry, Source, Update};
use super::raw::is_object_name;
use super::repository::Repository;
use super::walk::Walk;
use super::{Look, event, lines};

/// The most refs that one push may update.
const MOST_REFS: usize = 100_000;

/// Who pushes, as the server says.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Pusher {
    /// The name; empty where the server gives none.
    pub name: String,
    /// What gave it, such as `gitea`.
    pub server: &'static str,
}

/// The ref updates that `input` announces (`old new ref`, a line each), then the paths of the commits that this
/// repository does not have on any ref.
#[must_use]
pub fn received(
    repository: &Repository,
    pusher: &Pusher,
    input: impl Read,
    known: &Arc<dyn Known>,
    look: Look,
) -> Intercepted {
    let context = repository.context();
    let mut subject = Request::new(Action::GitOperation, repository.top().to_string_lossy());
    subject.operation = "push".to_owned();
    // A label, for the record; who it is loosens nothing.
    subject.actor.clone_from(&pusher.name);
    pusher.server.clone_into(&mut subject.agent_id);
    let requests = requests(repository, pusher, input, known, look);
    match requests {
        Ok(requests) => event(subject, context, requests),
        Err(reason) => event(subject, context, Box::new(std::iter::once(Err(reason)))),
    }
}

fn requests(
    repository: &Repository,
    pusher: &Pusher,
    input: impl Read,
    known: &Arc<dyn Known>,
    look: Look,
) -> Result<super::super::Stream, String> {
    let told = |error: GitError| error.to_string();
    let source = Source {
        ancestry: Ancestry(repository.plumbing()),
        remote: repository.top().to_string_lossy().into_owned(),
        context: repository.context(),
    };
    let mut input = BufReader::new(input);
    let mut requests: VecDeque<Request> = VecDeque::new();
    let (mut revisions, mut loose) = (Vec::new(), Vec::new());
    while let Some(line) = lines::next(&mut input)? {
        let update = parse(&line)?;
        if !lines::is_zero(update.local) {
            if !update.remote_ref.starts_with(b"refs/heads/") {
                loose.push(update.local.to_owned());
            }
            revisions.push(update.local.to_owned());
        }
        requests.push_back(source.request(&update));
        if requests.len() > MOST_REFS {
            return Err(format!("more than {MOST_REFS} refs would be updated at once"));
        }
    }
    for request in &mut requests {
        request.actor.clone_from(&pusher.name);
        pusher.server.clone_into(&mut request.agent_id);
    }
    push::only_commits(&repository.plumbing().map_err(told)?, &loose)?;
    let mut walk = None;
    if !revisions.is_empty() {
        let args = ["--not", "--all"].map(str::to_owned).to_vec();
        let known = Arc::clone(known);
        walk = Some(Walk::new(repository, args, revisions, known, Judged::default(), look).map_err(told)?);
    }
    Ok(Box::new(requests.into_iter().map(Ok).chain(walk.into_iter().flatten())))
}

/// A line of the server's: what the ref names now, what it would name, the ref.
fn parse(line: &[u8]) -> Result<Update<'_>, String> {
    let mut fields = line.splitn(3, |byte| *byte == b' ');
    let mut object = || {
        let field = fields.next().and_then(|field| std::str::from_utf8(field).ok());
        field.filter(|text| is_object_name(text)).ok_or_else(|| lines::odd(line))
    };
    let (old, new) = (object()?, object()?);
    match fields.next() {
        Some(reference)
            if old.len() == new.len()
                && !reference.is_empty()
                && !reference.iter().any(u8::is_ascii_control) =>
        {
            Ok(Update { local: new, remote_ref: reference, remote: old })
        }
        Some(_) | None => Err(lines::odd(line)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_was_what_comes_and_where() {
        let (a, zero) = ("1".repeat(40), "0".repeat(40));
        let line = format!("{zero} {a} refs/heads/x y");
        assert_eq!(
            parse(line.as_bytes()),
            Ok(Update { local: a.as_str(), remote_ref: b"refs/heads/x y", remote: zero.as_str() })
        );
        for line in ["", "x", &format!("{a} {a}"), &format!("{a} {zero}0 refs/heads/x"), &format!("{a} {a} ")]
        {
            assert!(parse(line.as_bytes()).is_err(), "{line}");
        }
    }
}
