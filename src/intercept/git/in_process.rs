//! Staged changes of a small repository, read with libgit2.
//!
//! libgit2 reads the whole of HEAD's tree, which git does not, so that beyond some hundreds of files git is faster
//! even with the start of a process. Below that, no process is started.

use std::path::PathBuf;

use git2::{Commit, Delta, Diff, DiffOptions, ErrorCode, ObjectType, Oid, Repository};

use crate::sys::environment;

use super::child::GitError;
use super::paths::MOST_LINK;
use super::raw::{Change, unmerged};
use super::repository::path_of;

/// The largest index that is read in process, in bytes: 1,000 to 1,500 paths.
const MOST_INDEX: u64 = 150_000;

/// The commit at HEAD (empty before the first), and what differs between it and the index that git named to the hook. None where libgit2 cannot tell, or where
/// git is faster.
///
/// # Errors
/// What can be told for certain not to be judged: a conflict.
pub(super) fn staged(repository: &Repository) -> Result<Option<(String, Vec<Change>)>, GitError> {
    match read(repository) {
        Some(Outcome::Changes(base, changes)) => Ok(Some((base, changes))),
        Some(Outcome::Conflict(path)) => Err(unmerged(&path)),
        None => Ok(None),
    }
}

/// The largest commit that is read, in bytes.
const MOST_COMMIT: usize = 4 << 20;

enum Outcome {
    Changes(String, Vec<Change>),
    Conflict(Vec<u8>),
}

fn read(repository: &Repository) -> Option<Outcome> {
    // libgit2 reads the index when it is asked for it: how large it is has to be known before.
    let named = environment::variable("GIT_INDEX_FILE").map(PathBuf::from);
    let place = named.unwrap_or_else(|| repository.path().join("index"));
    if std::fs::metadata(place).is_ok_and(|metadata| metadata.len() > MOST_INDEX) {
        return None;
    }
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
    let head = head(repository)?;
    let tree = match &head {
        Some(commit) => Some(commit.tree().ok()?),
        None => None,
    };
    let mut options = options();
    let diff = repository.diff_tree_to_index(tree.as_ref(), Some(&index), Some(&mut options)).ok()?;
    let mut changes = read_changes(repository, &diff)?;
    changes.retain(|change| !is_intent_to_add(&index, &change.path));
    Some(Outcome::Changes(head.map_or_else(String::new, |head| head.id().to_string()), changes))
}

/// What differs between two trees; the older one may be none at all. None where libgit2 cannot tell.
pub(super) fn between(repository: &Repository, old: Option<Oid>, new: Oid) -> Option<Vec<Change>> {
    let old = match old {
        Some(old) => Some(repository.find_tree(old).ok()?),
        None => None,
    };
    let new = repository.find_tree(new).ok()?;
    let diff = repository.diff_tree_to_tree(old.as_ref(), Some(&new), Some(&mut options())).ok()?;
    read_changes(repository, &diff)
}

/// What a commit says of itself. It is read from its own bytes: what libgit2 tells of a commit's parents can be bent
/// by a file of grafts.
pub(super) struct CommitFacts {
    /// Its tree.
    pub(super) tree: Oid,
    /// Its parents.
    pub(super) parents: Vec<Oid>,
}

/// Reads a commit; none where libgit2 cannot.
pub(super) fn commit(repository: &Repository, id: Oid) -> Option<CommitFacts> {
    let odb = repository.odb().ok()?;
    let (size, kind) = odb.read_header(id).ok()?;
    if kind != ObjectType::Commit || size > MOST_COMMIT {
        return None;
    }
    let object = odb.read(id).ok()?;
    let mut lines = object.data().split(|byte| *byte == b'\n');
    let named = |line: &[u8], key: &[u8]| {
        line.strip_prefix(key).and_then(|name| Oid::from_str(std::str::from_utf8(name).ok()?).ok())
    };
    let tree = named(lines.next()?, b"tree ")?;
    let parents = lines.map_while(|line| named(line, b"parent ")).collect();
    Some(CommitFacts { tree, parents })
}

fn options() -> DiffOptions {
    let mut options = DiffOptions::new();
    options.include_typechange(true).ignore_submodules(false).skip_binary_check(true);
    options
}

fn read_changes(repository: &Repository, diff: &Diff<'_>) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    for delta in diff.deltas() {
        let (old, new) = (delta.old_file(), delta.new_file());
        match delta.status() {
            Delta::Added | Delta::Modified | Delta::Typechange | Delta::Deleted => {}
            // Trees and an index give no other; were there one, git is to say what it is.
            Delta::Unmodified
            | Delta::Renamed
            | Delta::Copied
            | Delta::Ignored
            | Delta::Untracked
            | Delta::Unreadable
            | Delta::Conflicted => return None,
        }
        let path = new.path_bytes().or_else(|| old.path_bytes())?.to_owned();
        let mut change = Change {
            path,
            old_mode: u32::from(old.mode()),
            new_mode: u32::from(new.mode()),
            old_object: old.id().to_string(),
            new_object: new.id().to_string(),
            link: None,
        };
        if change.is_link() {
            change.link = Some(link(repository, new.id())?);
        }
        changes.push(change);
    }
    Some(changes)
}

/// The outer none: it cannot be told. The inner: there is no commit yet.
#[expect(clippy::option_option, reason = "what is not known and what is not there must not be mixed up")]
fn head(repository: &Repository) -> Option<Option<Commit<'_>>> {
    match repository.head() {
        Ok(head) => Some(Some(head.peel_to_commit().ok()?)),
        Err(error) if error.code() == ErrorCode::UnbornBranch => Some(None),
        Err(_) => None,
    }
}

/// A path that `git add -N` promises is in the index, and in no commit that is made of it.
fn is_intent_to_add(index: &git2::Index, path: &[u8]) -> bool {
    const INTENT_TO_ADD: u16 = 1 << 13;
    index.get_path(path_of(path), 0).is_some_and(|entry| entry.flags_extended & INTENT_TO_ADD != 0)
}

fn link(repository: &Repository, id: Oid) -> Option<Vec<u8>> {
    let (size, kind) = repository.odb().ok()?.read_header(id).ok()?;
    if kind != ObjectType::Blob || size > MOST_LINK {
        return None;
    }
    Some(repository.find_blob(id).ok()?.content().to_owned())
}
