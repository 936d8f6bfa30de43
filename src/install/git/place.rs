//! Where the hooks of a repository are, by git's own account.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

use crate::intercept::git::{Git, GitError};
use crate::sys::dirs::Places;

use super::super::recorded;
use super::TargetError;

/// A repository as an installation sees it.
#[derive(Clone, Debug)]
pub struct Place {
    /// The top of the working tree.
    pub top: PathBuf,
    /// The repository's own folder, the same for all its working trees.
    pub common: PathBuf,
    /// The folder of its hooks.
    pub hooks: PathBuf,
    /// Each `core.hooksPath` that is set, whatever its scope; the last one counts.
    pub hooks_path: Vec<Setting>,
    /// Whether it has submodules, whose hooks are their own.
    pub has_submodules: bool,
}

/// A `core.hooksPath` that is set.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Setting {
    /// The scope: `local`, `global`, `system`, `worktree`, `command`.
    pub scope: String,
    /// Where it is set, such as `file:.git/config`.
    pub origin: String,
    /// Its value.
    pub value: String,
}

impl Setting {
    /// The command that unsets it; none for a scope that no command unsets.
    #[must_use]
    pub fn unset(&self) -> Option<String> {
        let scope = match self.scope.as_str() {
            "local" => "--local",
            "global" => "--global",
            "system" => "--system",
            "worktree" => "--worktree",
            _ => return None,
        };
        Some(format!("`git config {scope} --unset-all core.hooksPath` gives it up"))
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`core.hooksPath = {}` ({} scope, {})", self.value, self.scope, self.origin)
    }
}

impl Place {
    /// The repository around `folder`.
    ///
    /// # Errors
    /// If git does not know one with a working tree there.
    pub fn observe(places: &Places, folder: &Path) -> Result<Self, TargetError> {
        // The git that would be recorded, so that what is installed is judged by the git that is used.
        let (program, _) = recorded::choose(places)?;
        let git = Git::at(program, folder);
        let top =
            path(&git, folder, &["rev-parse", "--show-toplevel"]).map_err(TargetError::NoWorkingTree)?;
        let top = real(&top);
        let common = real(&path(&git, folder, &["rev-parse", "--git-common-dir"])?);
        let hooks = path(&git, folder, &["rev-parse", "--git-path", "hooks"])?;
        let hooks_path = settings(&git)?;
        let has_submodules = fs::symlink_metadata(top.join(".gitmodules")).is_ok();
        Ok(Self { top, common, hooks: cleaned(&hooks), hooks_path, has_submodules })
    }

    /// Checks that the hooks are the repository's own.
    ///
    /// # Errors
    /// [`TargetError::HooksPath`], [`TargetError::HooksElsewhere`] and [`TargetError::NotAFolder`].
    pub fn check_own_hooks(&self) -> Result<(), TargetError> {
        if !self.hooks_path.is_empty() {
            return Err(TargetError::HooksPath(self.hooks_path.clone()));
        }
        let real = match (fs::canonicalize(&self.hooks), fs::read_link(&self.hooks)) {
            (Ok(real), _) | (Err(_), Ok(real)) => real,
            // Not there yet.
            (Err(_), Err(_)) => self.hooks.clone(),
        };
        if !real.starts_with(&self.common) {
            return Err(TargetError::HooksElsewhere { path: self.hooks.clone(), real });
        }
        match fs::metadata(&self.hooks) {
            Ok(metadata) if !metadata.is_dir() => Err(TargetError::NotAFolder(self.hooks.clone())),
            Ok(_) | Err(_) => Ok(()),
        }
    }
}

/// The folder's real path, where it exists.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// The path with the real folder above it, so that the two ways to a repository give one receipt; the last part
/// stays what it is.
fn cleaned(path: &Path) -> PathBuf {
    match (path.parent().map(fs::canonicalize), path.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

fn path(git: &Git, folder: &Path, args: &[&str]) -> Result<PathBuf, GitError> {
    Ok(folder.join(PathBuf::from(OsString::from_vec(git.line(args)?))))
}

fn settings(git: &Git) -> Result<Vec<Setting>, GitError> {
    let args = ["config", "--show-scope", "--show-origin", "-z", "--get-all", "core.hooksPath"];
    let answer = git.answer_if_any(&args)?.unwrap_or_default();
    let text = String::from_utf8_lossy(&answer).into_owned();
    let mut fields = text.split_terminator('\0').map(str::to_owned);
    let mut settings = Vec::new();
    while let Some(scope) = fields.next() {
        let (Some(origin), Some(value)) = (fields.next(), fields.next()) else {
            return Err(GitError::Answer { what: "config", fault: "a setting without its value".to_owned() });
        };
        settings.push(Setting { scope, origin, value });
    }
    Ok(settings)
}
