//! What git is about to do: the staged changes of a commit, the ref updates of a transaction or a push, the commits
//! that come with them.
//!
//! A hook is told little. A commit is what the index differs from HEAD in, and the index is the one that git
//! names to the hook (`commit -a` and `commit PATH` make one for the occasion). A push is a list of ref updates on
//! stdin, which do not say whether they are forced. Both are read from git's own data, for a small repository in
//! process with libgit2, and otherwise, or where libgit2 does not know the format, by git's plumbing, in a
//! process that inherits nothing that could change its answer: no replacement objects, no grafts, no commit
//! graph, no ignored submodules, no configuration from the environment. What neither can read is said to be
//! unreadable, and nothing is ever taken for "no changes" because it could not be read.
//!
//! There is no limit to the number of paths and refs: they stream. Each of them has one.

mod blobs;
mod child;
mod commits;
mod in_process;
mod lines;
mod merge;
mod modules;
mod own_hooks;
mod paths;
mod plumbing;
mod print;
mod project;
mod push;
mod raw;
mod received;
mod repository;
mod staged;
mod updated;
mod walk;

use super::intercepted::Further;
use super::{Intercepted, Seam};
use crate::contract::{Action, Context, Request};

pub use blobs::Look;
pub use child::{Git, GitError};
pub use own_hooks::own_hooks;
pub use print::{Judged, Known};
pub use project::{ProjectPolicy, project_policies};
pub use push::{Remote, pushed};
pub use received::{Pusher, received};
pub use repository::Repository;
pub use staged::{merging, staged};
pub use updated::{Branches, concerns, updated};

/// A hook's event of which nothing can be read, or which is not known: it is blocked for this reason.
#[must_use]
pub fn unreadable(hook: &str, context: Context, reason: String) -> Intercepted {
    let mut subject = Request::new(Action::GitOperation, hook);
    hook.clone_into(&mut subject.operation);
    event(subject, context, Box::new(std::iter::once(Err(reason))))
}

fn event(mut subject: Request, mut context: Context, requests: super::Stream) -> Intercepted {
    Seam::GitHook.as_str().clone_into(&mut context.seam);
    subject.context = Some(context);
    Intercepted {
        seam: Seam::GitHook,
        subject,
        is_compound: false,
        requests,
        unresolved: Vec::new(),
        project_roots: Vec::new(),
        scripts: Vec::new(),
        further: Further::default(),
    }
}
