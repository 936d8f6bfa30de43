//! The repository that a hook runs for, and what is known of it without looking at any change.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use git2::{ErrorCode, ReferenceType};

use crate::contract::Context;
use crate::sys::dirs::Places;
use crate::sys::{environment, files, programs};

use super::child::{Git, GitError};
use super::raw::is_object_name;

/// The longest list of merged commits that is read, in bytes.
const MOST_MERGED: u64 = 64 * 1024;

/// A repository, and how to ask about it.
#[derive(Clone)]
pub struct Repository {
    places: Places,
    /// None in a hook, whose environment names the repository.
    folder: Option<PathBuf>,
    in_process: Option<Rc<git2::Repository>>,
    facts: Facts,
}

/// What libgit2 and the plumbing both can tell.
#[derive(Clone)]
struct Facts {
    top: PathBuf,
    is_bare: bool,
    branch: String,
    folds_case: bool,
    composes: bool,
}

impl Repository {
    /// Opens the one that the hook's environment names.
    ///
    /// # Errors
    /// If neither libgit2 nor git can.
    pub fn in_hook(places: &Places) -> Result<Self, GitError> {
        Self::open(places, None)
    }

    /// Opens the one around `folder`, whatever the environment names.
    ///
    /// # Errors
    /// If neither libgit2 nor git can.
    pub fn at(places: &Places, folder: &Path) -> Result<Self, GitError> {
        Self::open(places, Some(folder.to_owned()))
    }

    fn open(places: &Places, folder: Option<PathBuf>) -> Result<Self, GitError> {
        let places = places.clone();
        if let Some((repository, facts)) = open_in_process(folder.as_deref()) {
            return Ok(Self { places, folder, in_process: Some(Rc::new(repository)), facts });
        }
        let facts = facts_by_plumbing(&plumbing(&places, folder.as_deref())?)?;
        Ok(Self { places, folder, in_process: None, facts })
    }

    /// The top of the working tree; of a bare repository, its own folder.
    #[must_use]
    pub fn top(&self) -> &Path {
        &self.facts.top
    }

    /// Whether it has no working tree.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.facts.is_bare
    }

    /// The repository's own folder, the same for all its working trees.
    ///
    /// # Errors
    /// If neither libgit2 nor git says.
    pub fn common(&self) -> Result<PathBuf, GitError> {
        if let Some(repository) = &self.in_process {
            return Ok(repository.commondir().to_owned());
        }
        let git = self.plumbing()?;
        let common = PathBuf::from(OsString::from_vec(git.line(&["rev-parse", "--git-common-dir"])?));
        Ok(self.folder.as_ref().map_or_else(|| common.clone(), |folder| folder.join(&common)))
    }

    /// The other commits of a merge that waits to be committed; none where there is none.
    ///
    /// # Errors
    /// If it cannot be told.
    pub(super) fn merged(&self) -> Result<Option<Vec<String>>, GitError> {
        let path = match &self.in_process {
            Some(repository) => repository.path().join("MERGE_HEAD"),
            None => {
                let path = self.plumbing()?.line(&["rev-parse", "--git-path", "MERGE_HEAD"])?;
                let path = PathBuf::from(OsString::from_vec(path));
                self.folder.as_ref().map_or_else(|| path.clone(), |folder| folder.join(&path))
            }
        };
        let text = match files::read(&path, MOST_MERGED) {
            Ok(text) => String::from_utf8_lossy(&text).into_owned(),
            Err(error) if error.is_missing() => return Ok(None),
            Err(error) => return Err(GitError::Content(error.to_string())),
        };
        let names: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        if names.is_empty() || !names.iter().all(|name| is_object_name(name)) {
            return Err(GitError::Content(format!("`{}` names no commits", path.display())));
        }
        Ok(Some(names))
    }

    /// What each request of this repository has for its surroundings.
    #[must_use]
    pub fn context(&self) -> Context {
        Context {
            cwd: environment::working_directory()
                .map(|folder| folder.to_string_lossy().into_owned())
                .unwrap_or_default(),
            repo: self.facts.top.to_string_lossy().into_owned(),
            branch: self.facts.branch.clone(),
            seam: super::Seam::GitHook.as_str().to_owned(),
            ..Context::default()
        }
    }

    /// Whether names that differ in case alone are one name there.
    pub(super) fn folds_case(&self) -> bool {
        self.facts.folds_case
    }

    /// Whether names that differ in Unicode composition alone are one name there.
    pub(super) fn composes(&self) -> bool {
        self.facts.composes
    }

    /// The repository in process, where libgit2 knows its format.
    pub(super) fn in_process(&self) -> Option<&git2::Repository> {
        self.in_process.as_deref()
    }

    /// The plumbing.
    ///
    /// # Errors
    /// If there is no git that may be run.
    pub(super) fn plumbing(&self) -> Result<Git, GitError> {
        plumbing(&self.places, self.folder.as_deref())
    }
}

fn plumbing(places: &Places, folder: Option<&Path>) -> Result<Git, GitError> {
    let program = programs::git(places)?;
    Ok(match folder {
        Some(folder) => Git::at(program, folder),
        None => Git::in_hook(program),
    })
}

/// None where libgit2 cannot, for whatever reason: the plumbing is asked then.
fn open_in_process(folder: Option<&Path>) -> Option<(git2::Repository, Facts)> {
    let repository = match folder {
        Some(folder) => git2::Repository::discover(folder).ok()?,
        None => git2::Repository::open_from_env().ok()?,
    };
    let top = std::fs::canonicalize(repository.workdir().unwrap_or(repository.path())).ok()?;
    let config = repository.config().ok()?;
    let flag = |name| match config.get_bool(name) {
        Ok(value) => Some(value),
        Err(error) if error.code() == ErrorCode::NotFound => Some(false),
        Err(_) => None,
    };
    let (folds_case, composes) = (flag("core.ignorecase")?, flag("core.precomposeunicode")?);
    let head = repository.find_reference("HEAD").ok()?;
    let branch = match head.kind() {
        Some(ReferenceType::Symbolic) => branch_name(head.symbolic_target_bytes()?),
        Some(ReferenceType::Direct) | None => String::new(),
    };
    drop(head);
    let is_bare = repository.is_bare();
    Some((repository, Facts { top, is_bare, branch, folds_case, composes }))
}

fn facts_by_plumbing(git: &Git) -> Result<Facts, GitError> {
    let is_bare = git.line(&["rev-parse", "--is-bare-repository"])? == b"true";
    let query = if is_bare { "--absolute-git-dir" } else { "--show-toplevel" };
    let top = PathBuf::from(OsString::from_vec(git.line(&["rev-parse", query])?));
    let flag = |name| -> Result<bool, GitError> {
        let value = git.answer_if_any(&["config", "--type=bool", "--get", name])?;
        Ok(value.is_some_and(|value| value == b"true\n"))
    };
    let head = git.answer_if_any(&["symbolic-ref", "-q", "HEAD"])?.unwrap_or_default();
    Ok(Facts {
        branch: branch_name(head.trim_ascii_end()),
        folds_case: flag("core.ignorecase")?,
        composes: flag("core.precomposeunicode")?,
        is_bare,
        top,
    })
}

/// The branch that a ref in full means; a ref that is no branch stays as it is.
fn branch_name(reference: &[u8]) -> String {
    let name = reference.strip_prefix(b"refs/heads/").unwrap_or(reference);
    String::from_utf8_lossy(name).into_owned()
}

/// Bytes of git's as a path of the system's.
pub(super) fn path_of(bytes: &[u8]) -> &Path {
    Path::new(std::ffi::OsStr::from_bytes(bytes))
}
