//! Staged changes of any repository, read with git's plumbing as they come.

use std::io::{BufRead, Read, Write};

use super::child::{Git, GitError, Running};
use super::paths::MOST_LINK;
use super::raw::{self, Change};

/// What differs between HEAD and the index that git named to the hook. Whatever cannot be read is an error, and
/// the last item; that git ended well is known, and said, only after the last change.
pub(super) struct Staged {
    git: Git,
    state: State,
    links: Option<Running>,
}

enum State {
    Fresh,
    Reading(Running),
    Done,
}

impl Staged {
    pub(super) fn new(git: Git) -> Self {
        Self { git, state: State::Fresh, links: None }
    }

    fn advance(&mut self) -> Result<Option<Change>, GitError> {
        if matches!(self.state, State::Fresh) {
            self.state = State::Reading(start(&self.git)?);
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
            change.link = Some(self.link(&change.new_object)?);
        }
        Ok(Some(change))
    }

    /// Asks one process for all the links, one after the other.
    fn link(&mut self, object: &str) -> Result<Vec<u8>, GitError> {
        let links = match self.links.take() {
            Some(links) => links,
            None => self.git.start(&["cat-file", "--batch"], true)?,
        };
        read_link(self.links.insert(links), object)
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

fn start(git: &Git) -> Result<Running, GitError> {
    let base = match git.answer_if_any(&["rev-parse", "-q", "--verify", "HEAD^{commit}"])? {
        Some(commit) => commit,
        // Before the first commit everything is new.
        None => git.answer(&["hash-object", "-t", "tree", "/dev/null"])?,
    };
    let base = String::from_utf8_lossy(&base).trim_end().to_owned();
    let args = [
        "diff-index",
        "--cached",
        "--raw",
        "-z",
        "--no-renames",
        "--no-abbrev",
        "--no-relative",
        "--no-ext-diff",
        "--no-textconv",
        "--ignore-submodules=none",
        &base,
        "--",
    ];
    git.start(&args, false)
}

fn read_link(links: &mut Running, object: &str) -> Result<Vec<u8>, GitError> {
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
        (Ok(()), Some(size)) if size <= MOST_LINK => {
            stdout.by_ref().take(size as u64 + 1).read_to_end(&mut content).map(|_| size)
        }
        (Ok(()), Some(_)) => return Err(odd("a link that is too long")),
        (Ok(()), None) => return Err(odd("no link")),
        (Err(err), _) => Err(err),
    };
    let size = read.map_err(|err| links.io(err))?;
    if content.pop() != Some(b'\n') || content.len() != size {
        return Err(odd("a part"));
    }
    Ok(content)
}
