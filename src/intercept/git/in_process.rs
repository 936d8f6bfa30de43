//! Staged changes of a small repository, read with libgit2.
//!
//! libgit2 reads the whole of HEAD's tree, which git does not, so that beyond some hundreds of files git is faster
//! even with the start of a process. Below that, no process is started.

use git2::{Delta, DiffOptions, ErrorCode, ObjectType, Repository, Tree};

use super::child::GitError;
use super::paths::MOST_LINK;
use super::raw::{Change, unmerged};
use super::repository::path_of;

/// The largest index that is read in process, in bytes: 1,000 to 1,500 paths.
const MOST_INDEX: u64 = 150_000;

/// What differs between HEAD and the index that git named to the hook. None where libgit2 cannot tell, or where
/// git is faster.
///
/// # Errors
/// What can be told for certain not to be judged: a conflict.
pub(super) fn staged(repository: &Repository) -> Result<Option<Vec<Change>>, GitError> {
    match read(repository) {
        Some(Outcome::Changes(changes)) => Ok(Some(changes)),
        Some(Outcome::Conflict(path)) => Err(unmerged(&path)),
        None => Ok(None),
    }
}

enum Outcome {
    Changes(Vec<Change>),
    Conflict(Vec<u8>),
}

fn read(repository: &Repository) -> Option<Outcome> {
    let mut index = repository.index().ok()?;
    let size = match index.path().map(std::fs::metadata) {
        Some(Ok(metadata)) => metadata.len(),
        // No index is what a repository has before the first `git add`; its changes are all deletions.
        Some(Err(error)) if error.kind() == std::io::ErrorKind::NotFound => 0,
        Some(Err(_)) | None => return None,
    };
    if size > MOST_INDEX {
        return None;
    }
    index.read(true).ok()?;
    if let Some(conflict) = index.iter().find(|entry| (entry.flags >> 12) & 3 != 0) {
        return Some(Outcome::Conflict(conflict.path));
    }
    let head = head_tree(repository)?;
    let mut options = DiffOptions::new();
    options.include_typechange(true).ignore_submodules(false).skip_binary_check(true);
    let diff = repository.diff_tree_to_index(head.as_ref(), Some(&index), Some(&mut options)).ok()?;
    let mut changes = Vec::new();
    for delta in diff.deltas() {
        let (old, new) = (delta.old_file(), delta.new_file());
        match delta.status() {
            Delta::Added | Delta::Modified | Delta::Typechange | Delta::Deleted => {}
            // A tree and an index give no other; were there one, git is to say what it is.
            Delta::Unmodified
            | Delta::Renamed
            | Delta::Copied
            | Delta::Ignored
            | Delta::Untracked
            | Delta::Unreadable
            | Delta::Conflicted => return None,
        }
        let path = new.path_bytes().or_else(|| old.path_bytes())?.to_owned();
        if is_intent_to_add(&index, &path) {
            continue;
        }
        let mut change = Change {
            path,
            old_mode: u32::from(old.mode()),
            new_mode: u32::from(new.mode()),
            new_object: new.id().to_string(),
            is_other_content: old.id() != new.id(),
            link: None,
        };
        if change.is_link() {
            change.link = Some(link(repository, new.id())?);
        }
        changes.push(change);
    }
    Some(Outcome::Changes(changes))
}

/// The outer none: it cannot be told. The inner: there is no commit yet.
#[expect(clippy::option_option, reason = "what is not known and what is not there must not be mixed up")]
fn head_tree(repository: &Repository) -> Option<Option<Tree<'_>>> {
    match repository.head() {
        Ok(head) => Some(Some(head.peel_to_tree().ok()?)),
        Err(error) if error.code() == ErrorCode::UnbornBranch => Some(None),
        Err(_) => None,
    }
}

/// A path that `git add -N` promises is in the index, and in no commit that is made of it.
fn is_intent_to_add(index: &git2::Index, path: &[u8]) -> bool {
    const INTENT_TO_ADD: u16 = 1 << 13;
    index.get_path(path_of(path), 0).is_some_and(|entry| entry.flags_extended & INTENT_TO_ADD != 0)
}

fn link(repository: &Repository, id: git2::Oid) -> Option<Vec<u8>> {
    let (size, kind) = repository.odb().ok()?.read_header(id).ok()?;
    if kind != ObjectType::Blob || size > MOST_LINK {
        return None;
    }
    Some(repository.find_blob(id).ok()?.content().to_owned())
}
