//! What a merge itself decides.
//!
//! Against its first parent a merge changes all that the other side brings, and that has been judged where it was
//! made, or is shared with others already. What the merge itself writes is a path that neither side has so, and a
//! path that this side had changed and that the other side's version now replaces: no merge of git's own accord
//! does that.

use std::collections::HashSet;

use super::child::{Git, GitError};
use super::raw::{self, Change};

/// Tells what a merge of two sides writes from what it brings along.
pub(super) struct MergeFilter {
    /// Paths that differ from the other side.
    differs: HashSet<Vec<u8>>,
    /// Paths that this side has changed since the two went apart.
    ours: HashSet<Vec<u8>>,
    /// Whether every change counts: more than two sides, or no one place where they went apart.
    keeps_all: bool,
}

impl MergeFilter {
    /// The filter for the index of a merge of `merged` into `head`.
    ///
    /// # Errors
    /// If git does not answer.
    pub(super) fn of_index(git: &Git, head: &str, merged: &[String]) -> Result<Self, GitError> {
        let [other] = merged else { return Ok(Self::all()) };
        let args = raw::options(&["diff-index", "--cached"], &[other, "--"]);
        Self::new(git, head, other, &args)
    }

    /// The filter for a merge commit.
    ///
    /// # Errors
    /// If git does not answer.
    pub(super) fn of_commit(git: &Git, commit: &str, parents: &[&str]) -> Result<Self, GitError> {
        let [head, other] = parents else { return Ok(Self::all()) };
        let args = raw::options(&["diff-tree", "-r"], &[other, commit]);
        Self::new(git, head, other, &args)
    }

    fn new(git: &Git, head: &str, other: &str, against_other: &[String]) -> Result<Self, GitError> {
        let bases = git.answer_if_any(&["merge-base", "--all", head, other])?.unwrap_or_default();
        let bases = String::from_utf8_lossy(&bases).into_owned();
        let mut bases = bases.split_whitespace();
        let (Some(base), None) = (bases.next(), bases.next()) else { return Ok(Self::all()) };
        Ok(Self {
            differs: paths(git, against_other)?,
            ours: paths(git, &raw::options(&["diff-tree", "-r"], &[base, head]))?,
            keeps_all: false,
        })
    }

    fn all() -> Self {
        Self { differs: HashSet::new(), ours: HashSet::new(), keeps_all: true }
    }

    /// Whether the merge itself writes it; what cannot be read counts.
    pub(super) fn keeps(&self, change: &Result<Change, GitError>) -> bool {
        match change {
            Ok(change) => {
                self.keeps_all || self.differs.contains(&change.path) || self.ours.contains(&change.path)
            }
            Err(_) => true,
        }
    }
}

fn paths(git: &Git, args: &[String]) -> Result<HashSet<Vec<u8>>, GitError> {
    let mut running = git.start(args, false)?;
    let mut found = HashSet::new();
    if let Some(stdout) = &mut running.stdout {
        while let Some(change) = raw::read_change(stdout)? {
            found.insert(change.path);
        }
    }
    running.finish()?;
    Ok(found)
}
