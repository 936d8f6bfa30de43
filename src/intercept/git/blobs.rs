//! What is in the files that a commit changes: looked at only where a policy has rules on it.

use std::collections::HashSet;

use git2::{DiffOptions, Patch};

use super::super::content;
use crate::contract::Content;

use super::child::GitError;
use super::plumbing::Links;
use super::raw::{Change, SUBMODULE};
use super::repository::Repository;

/// The largest file that is looked through, in bytes.
const MOST_BLOB: usize = 64 << 20;

/// The largest list of submodules, in bytes.
const MOST_LIST: usize = 4 << 20;

/// The most finds in one file that are told.
const MOST_FINDS: usize = 100;

/// How much of a file says whether it is text, as for git.
const HEAD: usize = 8000;

/// What is to be looked at.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Look {
    /// Whether a policy has rules on the content of files.
    pub at_content: bool,
}

/// Reads the files.
pub(super) struct Blobs {
    git: Result<Links, String>,
    look: Look,
}

impl Blobs {
    pub(super) fn new(repository: &Repository, look: Look) -> Self {
        Self { git: repository.plumbing().map(Links::new).map_err(|error| error.to_string()), look }
    }

    /// A small file, whole.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn read(&mut self, object: &str) -> Result<Vec<u8>, GitError> {
        self.read_up_to(object, MOST_LIST)
    }

    fn read_up_to(&mut self, object: &str, most: usize) -> Result<Vec<u8>, GitError> {
        match &mut self.git {
            Ok(links) => links.read_up_to(object, most),
            Err(reason) => Err(GitError::Content(reason.clone())),
        }
    }

    /// What the lines that a change adds look like.
    ///
    /// # Errors
    /// If it is to be looked at and cannot be read.
    pub(super) fn look(&mut self, change: &Change) -> Result<Vec<Content>, GitError> {
        let is_file = change.new_mode != 0 && change.new_mode != SUBMODULE && !change.is_link();
        if !self.look.at_content || !is_file || change.old_object == change.new_object {
            return Ok(Vec::new());
        }
        let new = self.read_up_to(&change.new_object, MOST_BLOB)?;
        if new.iter().take(HEAD).any(|byte| *byte == 0) {
            return Ok(Vec::new());
        }
        let mut finds = content::find(&new, MOST_FINDS);
        if finds.is_empty() {
            return Ok(Vec::new());
        }
        let was_file = change.old_mode != 0 && change.old_mode & 0o170_000 == 0o100_000;
        if was_file {
            let old = self.read_up_to(&change.old_object, MOST_BLOB)?;
            // Where the two cannot be compared, every line counts as new.
            if let Some(added) = added_lines(&old, &new) {
                finds.retain(|find| added.contains(&find.line));
            }
        }
        Ok(finds
            .into_iter()
            .map(|find| Content { shape: find.shape.to_owned(), line: find.line, excerpt: find.excerpt })
            .collect())
    }
}

/// The lines of `new` that are not in `old`, from 1.
fn added_lines(old: &[u8], new: &[u8]) -> Option<HashSet<u32>> {
    let mut options = DiffOptions::new();
    options.context_lines(0).force_text(true).max_size(-1);
    let patch = Patch::from_buffers(old, None, new, None, Some(&mut options)).ok()?;
    let mut added = HashSet::new();
    for hunk in 0..patch.num_hunks() {
        for line in 0..patch.num_lines_in_hunk(hunk).ok()? {
            let line = patch.line_in_hunk(hunk, line).ok()?;
            if matches!(line.origin(), '+' | '>' | '<') {
                added.extend(line.new_lineno());
            }
        }
    }
    Some(added)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_are_new_count() {
        let added = added_lines(b"a\nb\nc", b"a\nx\nb\nc\n").unwrap();
        assert!(added.contains(&2) && !added.contains(&1) && !added.contains(&3), "{added:?}");
    }
}
