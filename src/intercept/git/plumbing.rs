//! Staged changes of any repository, read with git's plumbing as they come.

use std::io::{BufRead, Read, Write};

use super::child::{Git, GitError, Running};
use super::paths::MOST_LINK;
use super::raw::{self, Change};

/// What differs between HEAD and the index that git named to the hook. Whatever cannot be read is an error, and
/// the last item; that git ended well is known, and said, only after the last change.
pub(super) struct Staged {
    git: Git,
    /// The commit at HEAD; empty before the first.
    base: String,
    state: State,
    links: Links,
}

enum State {
    Fresh,
    Reading(Running),
    Done,
}

impl Staged {
    pub(super) fn on(base: &str, git: Git) -> Self {
        Self { links: Links::new(git.clone()), git, base: base.to_owned(), state: State::Fresh }
    }

    fn advance(&mut self) -> Result<Option<Change>, GitError> {
        if matches!(self.state, State::Fresh) {
            self.state = State::Reading(start(&self.git, &self.base)?);
        }
        let State::Reading(running) = &mut self.state else { return Ok(None) };
        let change = match &mut running.stdout {
            Some(stdout) => raw::read_change(stdout)?,
            None => None,
        };
        let Some(mut change) = change else {
            running.finish()?;
            return Ok(None);
        };
        if change.is_link() {
            change.link = Some(self.links.read(&change.new_object)?);
        }
        Ok(Some(change))
    }
}

impl Iterator for Staged {
    type Item = Result<Change, GitError>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.advance().transpose();
        if !matches!(item, Some(Ok(_))) {
            self.state = State::Done;
        }
        item
    }
}

/// The commit at HEAD; none before the first.
///
/// # Errors
/// If git does not answer.
pub(super) fn head(git: &Git) -> Result<Option<String>, GitError> {
    let commit = git.answer_if_any(&["rev-parse", "-q", "--verify", "HEAD^{commit}"])?;
    Ok(commit.map(|commit| String::from_utf8_lossy(&commit).trim_end().to_owned()))
}

/// The tree without anything in it, in the repository's own kind of digest.
///
/// # Errors
/// If git does not answer.
pub(super) fn empty_tree(git: &Git) -> Result<String, GitError> {
    let tree = git.answer(&["hash-object", "-t", "tree", "/dev/null"])?;
    Ok(String::from_utf8_lossy(&tree).trim_end().to_owned())
}

fn start(git: &Git, base: &str) -> Result<Running, GitError> {
    // Before the first commit everything is new.
    let base = if base.is_empty() { empty_tree(git)? } else { base.to_owned() };
    git.start(&raw::options(&["diff-index", "--cached"], &[&base, "--"]), false)
}

/// The objects that symbolic links, and files that are looked at, have: one process is asked for all of them, one
/// after the other.
pub(super) struct Links {
    git: Git,
    running: Option<Running>,
}

impl Links {
    pub(super) fn new(git: Git) -> Self {
        Self { git, running: None }
    }

    /// What a symbolic link says.
    ///
    /// # Errors
    /// If that cannot be read, or is longer than any link is.
    pub(super) fn read(&mut self, object: &str) -> Result<Vec<u8>, GitError> {
        self.read_up_to(object, MOST_LINK)
    }

    /// The bytes of a blob, of which there may be no more than `most`.
    ///
    /// # Errors
    /// If it cannot be read, or is longer.
    pub(super) fn read_up_to(&mut self, object: &str, most: usize) -> Result<Vec<u8>, GitError> {
        let running = match self.running.take() {
            Some(running) => running,
            None => self.git.start(&["cat-file", "--batch"], true)?,
        };
        read_blob(self.running.insert(running), object, most)
    }
}

fn read_blob(links: &mut Running, object: &str, most: usize) -> Result<Vec<u8>, GitError> {
    let odd = |fault: &str| GitError::Answer { what: "cat-file", fault: format!("{fault} for {object}") };
    let Some(stdin) = &mut links.stdin else { return Err(odd("nothing")) };
    if let Err(err) = stdin.write_all(format!("{object}\n").as_bytes()).and_then(|()| stdin.flush()) {
        return Err(links.io(err));
    }
    let Some(stdout) = &mut links.stdout else { return Err(odd("nothing")) };
    let mut header = Vec::new();
    let mut content = Vec::new();
    let read = stdout.by_ref().take(256).read_until(b'\n', &mut header).map(|_| ());
    let size = String::from_utf8_lossy(&header)
        .trim_end()
        .strip_prefix(&format!("{object} blob "))
        .and_then(|size| size.parse::<usize>().ok());
    let read = match (read, size) {
        (Ok(()), Some(size)) if size <= most => {
            stdout.by_ref().take(size as u64 + 1).read_to_end(&mut content).map(|_| size)
        }
        (Ok(()), Some(_)) => return Err(odd("more bytes than are read")),
        (Ok(()), None) => return Err(odd("no file")),
        (Err(err), _) => Err(err),
    };
    let size = read.map_err(|err| links.io(err))?;
    if content.pop() != Some(b'\n') || content.len() != size {
        return Err(odd("a part"));
    }
    Ok(content)
}
