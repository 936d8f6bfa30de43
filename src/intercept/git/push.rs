//! A push about to be made: a `git_operation` for each ref that it would update.
//!
//! Git tells a hook the two ends of each update and not whether it is forced; that is found out from the commits.
//! Which remote it is, git says twice: by the name that was given, which a setting can point anywhere, and by the
//! URL that is really pushed to, which is the one that counts.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};

use crate::contract::{Action, Context, RefUpdate, Request};

use super::super::Intercepted;
use super::child::{Git, GitError};
use super::event;
use super::raw::is_object_name;
use super::repository::Repository;

/// The longest line, in bytes.
const MOST_LINE: u64 = 64 * 1024;

/// The ref updates that `lines`, the hook's stdin, announce for the remote at `url`, the hook's second argument.
#[must_use]
pub fn pushed(repository: &Repository, url: &OsStr, lines: impl Read + 'static) -> Intercepted {
    let context = repository.context();
    let remote = without_userinfo(&url.to_string_lossy());
    let mut subject = Request::new(Action::GitOperation, remote.clone());
    subject.operation = "push".to_owned();
    let updates = Updates {
        lines: BufReader::new(lines),
        ancestry: Ancestry(repository.plumbing()),
        remote,
        context: context.clone(),
        is_done: false,
    };
    event(subject, context, Box::new(updates))
}

struct Updates<R> {
    lines: BufReader<R>,
    ancestry: Ancestry,
    remote: String,
    context: Context,
    is_done: bool,
}

impl<R: Read> Iterator for Updates<R> {
    type Item = Result<Request, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let item = match next_line(&mut self.lines) {
            Ok(None) => None,
            Ok(Some(line)) => Some(self.request(&line)),
            Err(reason) => Some(Err(reason)),
        };
        self.is_done = !matches!(item, Some(Ok(_)));
        item
    }
}

impl<R> Updates<R> {
    fn request(&self, line: &[u8]) -> Result<Request, String> {
        let update = Update::parse(line)?;
        let reference = String::from_utf8_lossy(update.remote_ref).into_owned();
        let target = reference.strip_prefix("refs/heads/").unwrap_or(&reference).to_owned();
        let mut context = self.context.clone();
        if target != reference {
            context.spellings.push(reference.clone());
        }
        context.ref_update = Some(RefUpdate {
            forced: update.is_forced(&self.ancestry),
            deletes: is_zero(update.local),
            remote_ref: reference,
            remote: self.remote.clone(),
        });
        let mut request = Request::new(Action::GitOperation, target);
        request.operation = "push".to_owned();
        request.context = Some(context);
        Ok(request)
    }
}

fn next_line(lines: &mut impl BufRead) -> Result<Option<Vec<u8>>, String> {
    let mut line = Vec::new();
    let read = lines.by_ref().take(MOST_LINE + 1).read_until(b'\n', &mut line);
    read.map_err(|error| format!("the list of refs could not be read: {error}"))?;
    match line.pop() {
        None => Ok(None),
        Some(b'\n') => Ok(Some(line)),
        Some(_) if line.len() as u64 >= MOST_LINE => {
            Err(format!("the list of refs has a line of more than {MOST_LINE} bytes"))
        }
        Some(_) => Err("the list of refs ends in the middle of a line".to_owned()),
    }
}

/// One line: what is pushed, its object, the ref on the other side, its object there.
#[derive(Debug, Eq, PartialEq)]
struct Update<'a> {
    local: &'a str,
    remote_ref: &'a [u8],
    remote: &'a str,
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
            _ => Err(format!(
                "the list of refs has a line that is no ref update: `{}`",
                String::from_utf8_lossy(line.get(..200).unwrap_or(line)).escape_debug()
            )),
        }
    }

    /// Whether commits would be lost on the other side, or it is not known that none would. A tag is not meant
    /// to move at all.
    fn is_forced(&self, ancestry: &Ancestry) -> bool {
        if is_zero(self.remote) {
            return false;
        }
        is_zero(self.local)
            || self.remote_ref.starts_with(b"refs/tags/")
            || !ancestry.is_known_to_hold(self.remote, self.local)
    }
}

/// Git names "no object" by zeros, as many as a name has digits.
fn is_zero(object: &str) -> bool {
    object.bytes().all(|byte| byte == b'0')
}

struct Ancestry(Result<Git, GitError>);

impl Ancestry {
    /// Whether `ancestor` is for certain one of the commits that `commit` builds on.
    fn is_known_to_hold(&self, ancestor: &str, commit: &str) -> bool {
        let Ok(git) = &self.0 else { return false };
        matches!(git.answer_if_any(&["merge-base", "--is-ancestor", ancestor, commit]), Ok(Some(_)))
    }
}

/// The URL without the name and password that it may carry.
fn without_userinfo(url: &str) -> String {
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

    fn lines(mut input: &[u8]) -> Result<usize, String> {
        let mut count = 0;
        while let Some(line) = next_line(&mut input)? {
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
            assert!(lines(line.as_bytes()).is_err(), "{line:.100}");
        }
    }

    #[test]
    fn a_line_may_be_as_long_as_the_bound_and_no_longer() {
        let rest = format!(" {A} refs/heads/x {ZERO}");
        let longest = usize::try_from(MOST_LINE).unwrap() - rest.len();
        let line = format!("{}{rest}\n", "x".repeat(longest));
        assert_eq!(lines(line.as_bytes()), Ok(1));
        assert_eq!(
            lines(format!("x{line}").as_bytes()),
            Err("the list of refs has a line of more than 65536 bytes".to_owned())
        );
    }

    #[test]
    fn zeros_are_no_object_whatever_the_length() {
        assert!(is_zero(ZERO) && is_zero(&"0".repeat(64)) && !is_zero(A));
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
            let _ = lines(&bytes);
        }
    }
}
