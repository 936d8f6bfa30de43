//! What was judged, told in a digest: a hook that comes later in the same operation knows it again.
//!
//! The digest binds what a commit is made of: the commit that it builds on, and each changed path with its modes
//! and its object. Together they fix the tree of the new commit.

use std::cell::RefCell;
use std::rc::Rc;

use crate::sys::digest::Sha256Sum;

use super::raw::Change;

/// Whether an earlier hook has judged what has this print, and let it go on.
pub trait Known: Send + Sync {
    /// Whether it has.
    fn holds(&self, print: &str) -> bool;
}

/// The prints of what an event has had judged, known when its requests are used up. If all of them go on, later
/// hooks need not ask again.
#[derive(Clone, Debug, Default)]
pub struct Judged(Rc<RefCell<Vec<String>>>);

impl Judged {
    pub(super) fn add(&self, prints: impl IntoIterator<Item = String>) {
        self.0.borrow_mut().extend(prints);
    }

    /// Takes the prints.
    #[must_use]
    pub fn take(&self) -> Vec<String> {
        self.0.take()
    }
}

/// A commit's print while its changes come in.
pub(super) struct Print(Sha256Sum);

impl Print {
    /// The print of a commit on `parent`; empty for the first one.
    pub(super) fn on(parent: &str) -> Self {
        let mut sum = Sha256Sum::default();
        sum.update(parent.as_bytes());
        sum.update(b"\n");
        Self(sum)
    }

    /// Takes in a change. They come in git's order.
    pub(super) fn add(&mut self, change: &Change) {
        let Change { path, old_mode, new_mode, old_object: _, new_object, link: _ } = change;
        self.0.update(format!("{old_mode:o} {new_mode:o} {new_object} {} ", path.len()).as_bytes());
        self.0.update(path);
    }

    /// The print of the changes, wherever they go.
    pub(super) fn finish(self) -> String {
        self.0.finish()
    }
}

/// The print of a commit that is made: its name says all that it is made of.
pub(super) fn of_commit(name: &str) -> String {
    let mut sum = Sha256Sum::default();
    sum.update(b"commit ");
    sum.update(name.as_bytes());
    sum.finish()
}

/// The print of changes that are made on a branch.
pub(super) fn on_branch(print: &str, branch: &str) -> String {
    let mut sum = Sha256Sum::default();
    sum.update(print.as_bytes());
    sum.update(b" on ");
    sum.update(branch.as_bytes());
    sum.finish()
}
