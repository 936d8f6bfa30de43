//! A push about to be made: a `git_operation` for each ref that it would update.
//!
//! Git tells a hook the two ends of each update and not whether it is forced; that is found out from the commits.
//! Which remote it is, git says twice: by the name that was given, which a setting can point anywhere, and by the
//! URL that is really pushed to, which is the one that counts.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::io::{BufReader, Read};
use std::sync::Arc;

use crate::contract::{Action, Context, RefUpdate, Request};

use super::super::Intercepted;
use super::child::{Git, GitError};
use super::print::{Judged, Known};
use super::raw::is_object_name;
use super::repository::Repository;
use super::walk::Walk;
use super::{Look, event, lines};

/// The most refs whose commits are looked for; a push of more is judged ref by ref, and is not let through.
const MOST_REFS: usize = 100_000;

/// Where a push goes.
#[derive(Clone, Copy, Debug)]
pub struct Remote<'a> {
    /// The name that was given, or the URL where none was: it says which of the commits here the other side has.
    pub name: &'a OsStr,
    /// The URL that is really pushed to.
    pub url: &'a OsStr,
}

/// The ref updates that `input`, the hook's stdin, announces, then the paths of the commits that the other side does
/// not have.
#[must_use]
pub fn pushed(
    repository: &Repository,
    remote: Remote<'_>,
    input: impl Read + 'static,
    known: &Arc<dyn Known>,
    judged: &Judged,
    look: Look,
) -> Intercepted {
    let context = repository.context();
    let url = without_userinfo(&remote.url.to_string_lossy());
    let mut subject = Request::new(Action::GitOperation, url.clone());
    subject.operation = "push".to_owned();
    let name = remote.name.to_string_lossy();
    // A name with a sign of patterns in it may stand for several.
    let has = if remote.name == remote.url || name.contains(['*', '?', '[', '\\', '/']) {
        "--remotes".to_owned()
    } else {
        format!("--remotes={name}")
    };
    let updates = Updates {
        lines: BufReader::new(input),
        repository: repository.clone(),
        source: Source { ancestry: Ancestry(repository.plumbing()), remote: url, context: context.clone() },
        has,
        known: Arc::clone(known),
        judged: judged.clone(),
        look,
        revisions: Vec::new(),
        loose: Vec::new(),
        ready: VecDeque::new(),
        state: State::Reading,
    };
    event(subject, context, Box::new(updates))
}

struct Updates<R> {
    lines: BufReader<R>,
    repository: Repository,
    source: Source,
    /// The option of `git rev-list` that stands for what the other side has.
    has: String,
    known: Arc<dyn Known>,
    judged: Judged,
    look: Look,
    /// What is pushed, and what is there.
    revisions: Vec<String>,
    /// What is pushed to refs that may hold other things than commits.
    loose: Vec<String>,
    ready: VecDeque<Result<Request, String>>,
    state: State,
}

enum State {
    Reading,
    Walking(Box<Walk>),
    Done,
}

impl<R: Read> Updates<R> {
    fn advance(&mut self) -> Result<Option<Request>, String> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return ready.map(Some);
            }
            match &mut self.state {
                State::Reading => match lines::next(&mut self.lines)? {
                    Some(line) => return self.line(&line).map(Some),
                    None => self.state = self.walk()?,
                },
                State::Walking(walk) => return walk.next().transpose(),
                State::Done => return Ok(None),
            }
        }
    }

    fn line(&mut self, line: &[u8]) -> Result<Request, String> {
        let update = Update::parse(line)?;
        if !lines::is_zero(update.local) {
            if !update.remote_ref.starts_with(b"refs/heads/") {
                self.loose.push(update.local.to_owned());
            }
            self.revisions.push(update.local.to_owned());
            if !lines::is_zero(update.remote) {
                self.revisions.push(format!("^{}", update.remote));
            }
        }
        if self.revisions.len() > MOST_REFS {
            return Err(format!("more than {MOST_REFS} refs would be updated at once"));
        }
        Ok(self.source.request(&update))
    }

    fn walk(&mut self) -> Result<State, String> {
        if self.revisions.is_empty() {
            return Ok(State::Done);
        }
        let told = |error: GitError| error.to_string();
        only_commits(&self.repository.plumbing().map_err(told)?, &self.loose)?;
        // What the other side has need not be here.
        let args = ["--ignore-missing", "--not", &self.has].map(str::to_owned).to_vec();
        let walk = Walk::new(
            &self.repository,
            args,
            std::mem::take(&mut self.revisions),
            Arc::clone(&self.known),
            self.judged.clone(),
            self.look,
        );
        Ok(State::Walking(Box::new(walk.map_err(told)?)))
    }
}

impl<R: Read> Iterator for Updates<R> {
    type Item = Result<Request, String>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.advance().transpose();
        if !matches!(item, Some(Ok(_))) {
            self.state = State::Done;
        }
        item
    }
}

/// Checks that each of the objects is a commit or leads to one: what a tag of a tree or of a file holds, no list of
/// commits tells.
pub(super) fn only_commits(git: &Git, objects: &[String]) -> Result<(), String> {
    for object in objects {
        let peeled = git.answer_if_any(&["rev-parse", "-q", "--verify", &format!("{object}^{{commit}}")]);
        match peeled {
            Ok(Some(_)) => {}
            Ok(None) | Err(GitError::Failed { .. }) => {
                return Err(format!("`{object}` is no commit, and what it holds is not told"));
            }
            Err(error) => return Err(error.to_string()),
        }
    }
    Ok(())
}

/// Makes a request of an update.
pub(super) struct Source {
    pub(super) ancestry: Ancestry,
    pub(super) remote: String,
    pub(super) context: Context,
}

impl Source {
    pub(super) fn request(&self, update: &Update<'_>) -> Request {
        let reference = String::from_utf8_lossy(update.remote_ref).into_owned();
        let target = reference.strip_prefix("refs/heads/").unwrap_or(&reference).to_owned();
        let mut context = self.context.clone();
        if target != reference {
            context.spellings.push(reference.clone());
        }
        context.ref_update = Some(RefUpdate {
            forced: update.is_forced(&self.ancestry),
            deletes: lines::is_zero(update.local),
            remote_ref: reference,
            remote: self.remote.clone(),
        });
        let mut request = Request::new(Action::GitOperation, target);
        request.operation = "push".to_owned();
        request.context = Some(context);
        request
    }
}

/// One line: what is pushed, its object, the ref on the other side, its object there.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Update<'a> {
    /// What it would name.
    pub(super) local: &'a str,
    /// The ref.
    pub(super) remote_ref: &'a [u8],
    /// What it names now.
    pub(super) remote: &'a str,
}

impl<'a> Update<'a> {
    /// Read from the end: what is pushed is whatever was written before the colon, and may hold spaces.
    fn parse(line: &'a [u8]) -> Result<Self, String> {
        let mut fields = line.rsplitn(4, |byte| *byte == b' ');
        let (remote, remote_ref, local, source) =
            (fields.next(), fields.next(), fields.next(), fields.next());
        let object = |field: Option<&'a [u8]>| {
            field.and_then(|field| std::str::from_utf8(field).ok()).filter(|text| is_object_name(text))
        };
        match (object(local), remote_ref, object(remote), source) {
            (Some(local), Some(remote_ref), Some(remote), Some(source))
                if local.len() == remote.len()
                    && !source.is_empty()
                    && !remote_ref.is_empty()
                    && !remote_ref.iter().any(u8::is_ascii_control) =>
            {
                Ok(Self { local, remote_ref, remote })
            }
            _ => Err(lines::odd(line)),
        }
    }

    /// Whether commits would be lost on the other side, or it is not known that none would. A tag is not meant
    /// to move at all.
    fn is_forced(&self, ancestry: &Ancestry) -> bool {
        if lines::is_zero(self.remote) {
            return false;
        }
        lines::is_zero(self.local)
            || self.remote_ref.starts_with(b"refs/tags/")
            || !ancestry.is_known_to_hold(self.remote, self.local)
    }
}

pub(super) struct Ancestry(pub(super) Result<Git, GitError>);

impl Ancestry {
    /// Whether `ancestor` is for certain one of the commits that `commit` builds on.
    fn is_known_to_hold(&self, ancestor: &str, commit: &str) -> bool {
        let Ok(git) = &self.0 else { return false };
        matches!(git.answer_if_any(&["merge-base", "--is-ancestor", ancestor, commit]), Ok(Some(_)))
    }
}

/// The URL without the name and password that it may carry.
pub(super) fn without_userinfo(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("{scheme}://{host}{path}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const A: &str = "1111111111111111111111111111111111111111";
    const ZERO: &str = "0000000000000000000000000000000000000000";

    fn read(mut input: &[u8]) -> Result<usize, String> {
        let mut count = 0;
        while let Some(line) = lines::next(&mut input)? {
            Update::parse(&line)?;
            count += 1;
        }
        Ok(count)
    }

    #[test]
    fn a_line_is_read_from_its_end_as_a_source_may_hold_spaces() {
        let line = format!("HEAD@{{2 days ago}} {A} refs/heads/x {ZERO}");
        assert_eq!(
            Update::parse(line.as_bytes()).unwrap(),
            Update { local: A, remote_ref: b"refs/heads/x", remote: ZERO }
        );
    }

    #[test]
    fn a_line_that_is_no_update_is_an_error() {
        let long = "0".repeat(64);
        for line in [
            "\n".to_owned(),
            "x\n".to_owned(),
            format!("{A} refs/heads/x {ZERO}\n"),
            format!(" {A} refs/heads/x {ZERO}\n"),
            format!("x {A} refs/heads/x {long}\n"),
            format!("x {A} refs/heads/x {ZERO} \n"),
            format!("x {A} refs/heads/x {ZERO}\r\n"),
            format!("x {A}  {ZERO}\n"),
            format!("x {A} refs/heads/x\0 {ZERO}\n"),
            format!("x {A} refs/heads/x {ZERO}"),
            format!("{} {A} refs/heads/x {ZERO}\n", "x".repeat(64 * 1024)),
        ] {
            assert!(read(line.as_bytes()).is_err(), "{line:.100}");
        }
    }

    #[test]
    fn a_line_may_be_as_long_as_the_bound_and_no_longer() {
        let rest = format!(" {A} refs/heads/x {ZERO}");
        let longest = usize::try_from(lines::MOST).unwrap() - rest.len();
        let line = format!("{}{rest}\n", "x".repeat(longest));
        assert_eq!(read(line.as_bytes()), Ok(1));
        assert_eq!(
            read(format!("x{line}").as_bytes()),
            Err("the list of refs has a line of more than 65536 bytes".to_owned())
        );
    }

    #[test]
    fn zeros_are_no_object_whatever_the_length() {
        assert!(lines::is_zero(ZERO) && lines::is_zero(&"0".repeat(64)) && !lines::is_zero(A));
    }

    #[test]
    fn the_name_and_password_of_a_url_are_not_told() {
        for (url, told) in [
            ("https://me:secret@example.com/a@b", "https://example.com/a@b"),
            ("https://a@b@example.com", "https://example.com"),
            ("https://example.com?to=a@b", "https://example.com?to=a@b"),
            ("git@example.com:a/b.git", "git@example.com:a/b.git"),
            ("/srv/a@b.git", "/srv/a@b.git"),
        ] {
            assert_eq!(without_userinfo(url), told);
        }
    }

    proptest! {
        #[test]
        fn arbitrary_lines_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
        }
    }
}
