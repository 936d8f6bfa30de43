//! New commits as requests: a `write_file` for each path that each of them changes.

use std::sync::Arc;

use crate::contract::Request;

use super::blobs::Blobs;
use super::child::GitError;
use super::commits::{Commits, Step};
use super::paths::Speller;
use super::print::{self, Judged, Known, Print};
use super::raw::Change;
use super::repository::Repository;
use super::{Look, staged};

/// The most changes of one commit that are held to see whether it was judged before.
const MOST_HELD: usize = 50_000;

/// The requests of the commits that are new, but for those that were judged before.
pub(super) struct Walk {
    commits: Commits,
    speller: Speller,
    blobs: Blobs,
    known: Arc<dyn Known>,
    judged: Judged,
    /// The commit at hand.
    current: Option<Current>,
    ready: std::collections::VecDeque<Result<Request, String>>,
}

struct Current {
    name: String,
    origin: String,
    print: Print,
    held: Vec<Change>,
    /// Whether there were more changes than are held: they are told as they come.
    is_told: bool,
}

impl Walk {
    /// The walk over what `git rev-list` lists with these arguments, given `revisions` on its stdin.
    ///
    /// # Errors
    /// If there is no git that may be run.
    pub(super) fn new(
        repository: &Repository,
        args: Vec<String>,
        revisions: Vec<String>,
        known: Arc<dyn Known>,
        judged: Judged,
        look: Look,
    ) -> Result<Self, GitError> {
        Ok(Self {
            commits: Commits::new(repository.plumbing()?, args, revisions, Arc::clone(&known)),
            speller: Speller::new(repository),
            blobs: Blobs::new(repository, look),
            known,
            judged,
            current: None,
            ready: std::collections::VecDeque::new(),
        })
    }

    fn tell(&mut self, change: &Change, origin: &str) {
        self.ready.extend(staged::told(&self.speller, &mut self.blobs, change, origin));
    }

    /// The commit at hand has no more changes.
    fn end(&mut self) {
        let Some(current) = self.current.take() else { return };
        if current.is_told {
            return;
        }
        let print = current.print.finish();
        self.judged.add([print::of_commit(&current.name)]);
        if self.known.holds(&print) {
            return;
        }
        for change in &current.held {
            self.tell(change, &current.origin);
        }
        self.judged.add([print]);
    }

    fn change(&mut self, change: Change) {
        let Some(mut current) = self.current.take() else {
            self.ready.push_back(Err("git told a change of no commit".to_owned()));
            return;
        };
        if current.is_told {
            self.tell(&change, &current.origin);
        } else {
            current.print.add(&change);
            current.held.push(change);
            if current.held.len() >= MOST_HELD {
                current.is_told = true;
                for change in std::mem::take(&mut current.held) {
                    self.tell(&change, &current.origin);
                }
            }
        }
        self.current = Some(current);
    }
}

impl Iterator for Walk {
    type Item = Result<Request, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            match self.commits.next() {
                Some(Ok(Step::Commit(name, parent))) => {
                    self.end();
                    let short = name.get(..12).unwrap_or(&name);
                    self.current = Some(Current {
                        name: name.clone(),
                        origin: format!("commit {short}"),
                        print: Print::on(&parent),
                        held: Vec::new(),
                        is_told: false,
                    });
                }
                Some(Ok(Step::Change(change))) => self.change(change),
                Some(Err(error)) => return Some(Err(error.to_string())),
                None => {
                    self.end();
                    return self.ready.pop_front();
                }
            }
        }
    }
}
