//! The project policies that git holds: at HEAD and on the default branch.
//!
//! The file in the working tree can be changed by whoever is about to commit. What is committed already, and what
//! everybody shares, counts beside it, so that to weaken or delete the file loosens nothing until others agreed.
//! Which branch is the default one is itself only a setting, so the usual names count too.

use std::collections::BTreeMap;

use git2::{ErrorCode, ObjectType};

use super::child::{Git, GitError};
use super::raw::is_object_name;
use super::repository::{Repository, path_of};

/// Where a project keeps its policy.
const POLICY: &str = ".cavra/policy.yaml";

/// The largest policy that is read, in bytes.
const MOST_POLICY: usize = 4 << 20;

/// What the default branch is usually called.
const USUAL: [&str; 2] = ["main", "master"];

/// A policy of a project, as git holds it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ProjectPolicy {
    /// Where, such as `HEAD:.cavra/policy.yaml`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The policies at HEAD and on the default branch; those that are the same, once.
///
/// # Errors
/// If one of them is there and cannot be read.
pub fn project_policies(repository: &Repository) -> Result<Vec<ProjectPolicy>, GitError> {
    let in_process = repository.in_process().and_then(|repository| in_process(repository).ok());
    let found = match in_process {
        Some(found) => found,
        None => by_plumbing(&repository.plumbing()?)?,
    };
    let mut policies: Vec<ProjectPolicy> = Vec::new();
    for (reference, bytes) in found {
        if policies.iter().all(|known| known.bytes != bytes) {
            let name = reference.strip_prefix("refs/remotes/").unwrap_or(&reference);
            policies.push(ProjectPolicy { name: format!("{name}:{POLICY}"), bytes });
        }
    }
    Ok(policies)
}

/// The refs at which a policy counts. `exists` says of one whether it is there.
fn references<E>(
    configured: Option<String>,
    mut exists: impl FnMut(&str) -> Result<bool, E>,
) -> Result<Vec<String>, E> {
    let mut found = Vec::new();
    for reference in ["HEAD", "refs/remotes/origin/HEAD"] {
        if exists(reference)? {
            found.push(reference.to_owned());
        }
    }
    let mut names: Vec<String> = configured.into_iter().collect();
    names.extend(USUAL.map(str::to_owned));
    let mut is_shared = found.len() == 2;
    for folder in ["refs/remotes/origin", "refs/heads"] {
        for name in &names {
            let reference = format!("{folder}/{name}");
            if !found.contains(&reference) && exists(&reference)? {
                found.push(reference);
                is_shared = true;
            }
        }
        if is_shared {
            break;
        }
    }
    Ok(found)
}

fn in_process(repository: &git2::Repository) -> Result<Vec<(String, Vec<u8>)>, git2::Error> {
    let configured = match repository.config()?.get_string("init.defaultBranch") {
        Ok(name) => Some(name),
        Err(error) if error.code() == ErrorCode::NotFound => None,
        Err(error) => return Err(error),
    };
    let exists = |name: &str| match repository.find_reference(name).and_then(|found| found.resolve()) {
        Ok(_) => Ok(true),
        // A name from a setting may be one that no ref can have.
        Err(error) if matches!(error.code(), ErrorCode::NotFound | ErrorCode::InvalidSpec) => Ok(false),
        Err(error) => Err(error),
    };
    let mut found = Vec::new();
    for reference in references(configured, exists)? {
        let tree = repository.find_reference(&reference)?.peel_to_tree()?;
        let entry = match tree.get_path(path_of(POLICY.as_bytes())) {
            Ok(entry) => entry,
            Err(error) if error.code() == ErrorCode::NotFound && is_absent(repository, &tree) => continue,
            Err(error) => return Err(error),
        };
        let (size, kind) = repository.odb()?.read_header(entry.id())?;
        let is_file = matches!(entry.filemode(), 0o100_644 | 0o100_755 | 0o100_664);
        if kind != ObjectType::Blob || !is_file || size > MOST_POLICY {
            return Err(git2::Error::from_str("not a file that is read"));
        }
        found.push((reference, repository.find_blob(entry.id())?.content().to_owned()));
    }
    Ok(found)
}

/// Whether the path is not in the tree, rather than the object of its folder missing.
fn is_absent(repository: &git2::Repository, tree: &git2::Tree<'_>) -> bool {
    match tree.get_name(".cavra") {
        None => true,
        Some(folder) => match repository.find_tree(folder.id()) {
            Ok(folder) => folder.get_name("policy.yaml").is_none(),
            Err(_) => folder.kind() != Some(ObjectType::Tree),
        },
    }
}

fn by_plumbing(git: &Git) -> Result<Vec<(String, Vec<u8>)>, GitError> {
    let configured = git.answer_if_any(&["config", "--get", "init.defaultBranch"])?;
    let configured = configured.map(|name| String::from_utf8_lossy(&name).trim_end().to_owned());
    let mut commits = BTreeMap::new();
    let exists = |name: &str| -> Result<bool, GitError> {
        let commit = git.answer_if_any(&["rev-parse", "-q", "--verify", name])?;
        let Some(commit) = commit else { return Ok(false) };
        let commit = String::from_utf8_lossy(&commit).trim_end().to_owned();
        if !is_object_name(&commit) {
            return Err(GitError::Answer { what: "rev-parse", fault: format!("`{commit}` for {name}") });
        }
        commits.insert(name.to_owned(), commit);
        Ok(true)
    };
    let mut found = Vec::new();
    for reference in references(configured, exists)? {
        let Some(commit) = commits.get(&reference) else { continue };
        if let Some(bytes) = blob_at(git, &reference, commit)? {
            found.push((reference, bytes));
        }
    }
    Ok(found)
}

fn blob_at(git: &Git, reference: &str, commit: &str) -> Result<Option<Vec<u8>>, GitError> {
    let listed = git.answer(&["ls-tree", "-z", "--full-tree", commit, "--", POLICY])?;
    let listed = String::from_utf8_lossy(&listed).into_owned();
    let Some(entry) = listed.split('\0').find(|entry| entry.ends_with(&format!("\t{POLICY}"))) else {
        return Ok(None);
    };
    let mut fields = entry.split([' ', '\t']);
    let (mode, kind, object) = (fields.next(), fields.next(), fields.next());
    let (Some(mode), Some("blob"), Some(object)) = (mode, kind, object) else {
        return Err(GitError::Content(format!("`{reference}:{POLICY}` is not a file")));
    };
    if !mode.starts_with("100") {
        return Err(GitError::Content(format!("`{reference}:{POLICY}` is a symbolic link, not a file")));
    }
    match git.answer(&["cat-file", "blob", object]) {
        Ok(bytes) if bytes.len() <= MOST_POLICY => Ok(Some(bytes)),
        Ok(_) => Err(GitError::Content(format!("`{reference}:{POLICY}` is larger than {MOST_POLICY} bytes"))),
        Err(error) => Err(GitError::Content(format!(
            "`{reference}:{POLICY}` is not in this repository's objects ({error}); \
             `git cat-file blob {object}` fetches it in a partial clone"
        ))),
    }
}
