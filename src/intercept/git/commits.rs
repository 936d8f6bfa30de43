//! The commits that are new in a place, and what each of them changes.
//!
//! Git lists the commits and compares them, two processes with a pipe between them; a merge is compared with its
//! first parent, and only what the merge itself writes is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::ChildStdout;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use super::child::{Git, GitError, Running};
use super::merge::MergeFilter;
use super::plumbing::Links;
use super::print::{self, Known};
use super::raw::{self, Change, is_object_name};

/// The longest line of a list of commits, in bytes: a commit with some thousand parents.
const MOST_LINE: u64 = 256 * 1024;

/// What comes next.
pub(super) enum Step {
    /// A commit: its name and its first parent (empty if it has none). Its changes follow.
    Commit(String, String),
    /// A change of the commit that was told last.
    Change(Change),
}

/// New commits with their changes, as git finds them.
pub(super) struct Commits {
    git: Git,
    known: Arc<dyn Known>,
    state: State,
    links: Links,
}

enum State {
    Fresh(Vec<String>, Vec<String>),
    Plain(Box<Pipeline>),
    Merges(Vec<Vec<String>>, Option<Box<Merge>>),
    Done,
}

/// `git rev-list` into `git diff-tree`.
struct Pipeline {
    list: Running,
    compare: Running,
    /// Each commit in the order of the list with its first parent; the merges at the end.
    listed: Receiver<Listed>,
    known: std::collections::HashMap<String, String>,
}

enum Listed {
    Plain(String, String),
    End(Result<Vec<Vec<String>>, GitError>),
}

/// A merge that is being told.
struct Merge {
    running: Running,
    filter: MergeFilter,
}

impl Commits {
    /// Those that `args` of `git rev-list` list, which is given `revisions` on its stdin.
    /// Those that `known` holds are left out before they are compared.
    pub(super) fn new(git: Git, args: Vec<String>, revisions: Vec<String>, known: Arc<dyn Known>) -> Self {
        Self { links: Links::new(git.clone()), git, known, state: State::Fresh(args, revisions) }
    }

    fn advance(&mut self) -> Result<Option<Step>, GitError> {
        loop {
            match &mut self.state {
                State::Fresh(args, revisions) => {
                    let pipeline =
                        Pipeline::start(&self.git, args, std::mem::take(revisions), Arc::clone(&self.known))?;
                    self.state = State::Plain(Box::new(pipeline));
                }
                State::Plain(pipeline) => match pipeline.next()? {
                    Some(step) => return self.with_link(step).map(Some),
                    None => {
                        let merges = pipeline.finish()?;
                        self.state = State::Merges(merges, None);
                    }
                },
                State::Merges(left, Some(merge)) => match merge.next()? {
                    Some(change) => return self.with_link(Step::Change(change)).map(Some),
                    None => {
                        let left = std::mem::take(left);
                        self.state = State::Merges(left, None);
                    }
                },
                State::Merges(left, None) => {
                    let Some(names) = left.pop() else {
                        self.state = State::Done;
                        return Ok(None);
                    };
                    let (merge, step) = Merge::start(&self.git, &names)?;
                    let left = std::mem::take(left);
                    self.state = State::Merges(left, Some(Box::new(merge)));
                    return Ok(Some(step));
                }
                State::Done => return Ok(None),
            }
        }
    }

    fn with_link(&mut self, step: Step) -> Result<Step, GitError> {
        match step {
            Step::Change(mut change) if change.is_link() => {
                change.link = Some(self.links.read(&change.new_object)?);
                Ok(Step::Change(change))
            }
            other => Ok(other),
        }
    }
}

impl Iterator for Commits {
    type Item = Result<Step, GitError>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.advance().transpose();
        if !matches!(item, Some(Ok(_))) {
            self.state = State::Done;
        }
        item
    }
}

impl Pipeline {
    fn start(
        git: &Git,
        args: &[String],
        revisions: Vec<String>,
        known: Arc<dyn Known>,
    ) -> Result<Self, GitError> {
        let mut words = vec!["rev-list".to_owned(), "--parents".to_owned(), "--stdin".to_owned()];
        words.extend_from_slice(args);
        let mut list = git.start(&words, true)?;
        let mut compare = git.start(&raw::options(&["diff-tree", "--stdin", "-r", "--root"], &[]), true)?;
        if let Some(mut stdin) = list.stdin.take() {
            // A git that ends early says why by itself.
            thread::spawn(move || {
                for revision in revisions {
                    if writeln!(stdin, "{revision}").is_err() {
                        break;
                    }
                }
            });
        }
        let (teller, listed) = mpsc::channel();
        if let (Some(stdout), Some(mut stdin)) = (list.stdout.take(), compare.stdin.take()) {
            thread::spawn(move || {
                let ended = feed(stdout, &mut stdin, &teller, known.as_ref());
                drop(stdin);
                // Nobody listens any more where the event has ended.
                let _ = teller.send(Listed::End(ended));
            });
        }
        Ok(Self { list, compare, listed, known: std::collections::HashMap::new() })
    }

    fn next(&mut self) -> Result<Option<Step>, GitError> {
        let Some(stdout) = &mut self.compare.stdout else { return Ok(None) };
        let is_change = match stdout.fill_buf().map_err(|err| unread(&err)).map(|buffer| buffer.first())? {
            None => return Ok(None),
            Some(first) => *first == b':',
        };
        if is_change {
            return Ok(raw::read_change(stdout)?.map(Step::Change));
        }
        let name = raw::read_name(stdout)?;
        let parent = self.parent_of(&name)?;
        Ok(Some(Step::Commit(name, parent)))
    }

    /// What the list said of a commit. It is compared only after it was listed.
    fn parent_of(&mut self, name: &str) -> Result<String, GitError> {
        loop {
            if let Some(parent) = self.known.remove(name) {
                return Ok(parent);
            }
            match self.listed.recv() {
                Ok(Listed::Plain(commit, parent)) => {
                    self.known.insert(commit, parent);
                }
                Ok(Listed::End(_)) | Err(_) => return Err(odd("a commit that was not asked for")),
            }
        }
    }

    /// Both have ended well; gives the merges.
    fn finish(&mut self) -> Result<Vec<Vec<String>>, GitError> {
        let merges = loop {
            match self.listed.recv() {
                Ok(Listed::Plain(..)) => {}
                Ok(Listed::End(ended)) => break ended?,
                Err(_) => return Err(odd("nothing")),
            }
        };
        self.list.finish()?;
        self.compare.finish()?;
        Ok(merges)
    }
}

/// Hands the commits of the list on to be compared, but for the merges, which it gives.
fn feed(
    list: BufReader<ChildStdout>,
    compare: &mut impl Write,
    teller: &mpsc::Sender<Listed>,
    known: &dyn Known,
) -> Result<Vec<Vec<String>>, GitError> {
    let mut compare = std::io::BufWriter::new(compare);
    let mut list = list;
    let mut merges = Vec::new();
    loop {
        let mut line = Vec::new();
        list.by_ref().take(MOST_LINE).read_until(b'\n', &mut line).map_err(|err| unread(&err))?;
        if line.is_empty() {
            break;
        }
        if line.pop() != Some(b'\n') {
            return Err(odd("a line that does not end"));
        }
        let line = String::from_utf8_lossy(&line).into_owned();
        let mut names = line.split(' ');
        let names: Vec<&str> = names.by_ref().collect();
        if !names.iter().all(|name| is_object_name(name)) {
            return Err(odd("a line that names no commits"));
        }
        if names.first().is_some_and(|commit| known.holds(&print::of_commit(commit))) {
            continue;
        }
        match names.as_slice() {
            [commit, parents @ ..] if parents.len() < 2 => {
                let parent = parents.first().copied().unwrap_or_default();
                // One that has gone is noticed where its output ends.
                let _ = teller.send(Listed::Plain((*commit).to_owned(), parent.to_owned()));
                if writeln!(compare, "{commit}").is_err() {
                    return Err(odd("an end before the end"));
                }
            }
            _ => merges.push(names.into_iter().map(str::to_owned).collect()),
        }
    }
    compare.flush().map_err(|err| unread(&err))?;
    Ok(merges)
}

impl Merge {
    fn start(git: &Git, names: &[String]) -> Result<(Self, Step), GitError> {
        let [commit, parents @ ..] = names else { return Err(odd("a merge without a name")) };
        let parents: Vec<&str> = parents.iter().map(String::as_str).collect();
        let first = parents.first().copied().unwrap_or_default();
        let filter = MergeFilter::of_commit(git, commit, &parents)?;
        let running = git.start(&raw::options(&["diff-tree", "-r"], &[first, commit]), false)?;
        Ok((Self { running, filter }, Step::Commit(commit.clone(), first.to_owned())))
    }

    fn next(&mut self) -> Result<Option<Change>, GitError> {
        let Some(stdout) = &mut self.running.stdout else { return Ok(None) };
        while let Some(change) = raw::read_change(stdout)? {
            let change = Ok(change);
            if self.filter.keeps(&change) {
                return change.map(Some);
            }
        }
        self.running.finish()?;
        Ok(None)
    }
}

fn odd(fault: &str) -> GitError {
    GitError::Answer { what: "rev-list", fault: fault.to_owned() }
}

fn unread(err: &std::io::Error) -> GitError {
    GitError::Io { what: "rev-list".to_owned(), err: std::io::Error::other(err.to_string()) }
}
