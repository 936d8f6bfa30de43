//! Where the hooks of a repository are, by git's own account.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

use crate::intercept::git::{Git, GitError};
use crate::seam::git_hook::Event;
use crate::sys::dirs::Places;

use super::super::recorded;
use super::TargetError;
use super::site::{HookFile, Sets, Settings, Site};
use super::version::Version;

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
    /// Whether others push to it, and nobody works in it.
    pub is_bare: bool,
    /// Which git that is.
    pub version: Version,
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

impl Setting {
    /// Whether the folder is one that husky makes.
    #[must_use]
    pub fn is_of_husky(&self) -> bool {
        let value = self.value.trim_end_matches('/');
        value.ends_with(".husky/_") || value.ends_with(".husky")
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
        let is_bare =
            git.line(&["rev-parse", "--is-bare-repository"]).map_err(TargetError::NoRepository)? == b"true";
        let common = real(&path(&git, folder, &["rev-parse", "--git-common-dir"])?);
        let top = if is_bare {
            common.clone()
        } else {
            let top = path(&git, folder, &["rev-parse", "--show-toplevel"]);
            real(&top.map_err(TargetError::NoWorkingTree)?)
        };
        let hooks = path(&git, folder, &["rev-parse", "--git-path", "hooks"])?;
        let hooks_path = hooks_paths(&git)?;
        let has_submodules = fs::symlink_metadata(top.join(".gitmodules")).is_ok();
        let version = Version::of(&git)?;
        Ok(Self { top, common, hooks: cleaned(&hooks), hooks_path, has_submodules, is_bare, version })
    }

    /// What there is to install in this repository. Where its hooks are taken from elsewhere, and git knows hooks in
    /// its settings, the settings have to do: nothing is written into a folder that another tool makes anew.
    ///
    /// # Errors
    /// As [`Self::check_own_hooks`], where git does not know such hooks.
    pub fn site(&self) -> Result<Site, TargetError> {
        let in_settings = self.version.has_hooks_in_settings();
        let own = self.check_own_hooks();
        let mut notes = Vec::new();
        let files = match own {
            Ok(()) => self.files(),
            Err(TargetError::HooksPath(settings)) if in_settings => {
                let told: Vec<String> = settings.iter().map(ToString::to_string).collect();
                notes.push(format!(
                    "git takes hook files from elsewhere, by {}; \
                    the hooks are in its settings alone",
                    told.join(" and ")
                ));
                Vec::new()
            }
            Err(error) => return Err(error),
        };
        if self.has_submodules {
            notes.push(
                "submodules have hooks of their own: `git submodule foreach --recursive cavra install git`"
                    .to_owned(),
            );
        }
        let settings = in_settings.then(|| Settings {
            path: self.common.join("config"),
            sets: Sets::Hooks(self.events().iter().map(|event| event.as_str()).collect()),
        });
        let folder = match files.first().and_then(|file| file.path.parent()) {
            Some(folder) => folder.to_owned(),
            None => self.hooks.clone(),
        };
        Ok(Site {
            identity: self.common.clone(),
            folder,
            files,
            settings,
            guarded: vec![self.top.clone(), self.common.clone()],
            notes,
        })
    }

    /// What may have been installed, wherever git takes its hooks from by now: a setting that came later moves
    /// nothing that was installed before it.
    #[must_use]
    pub fn former_site(&self) -> Site {
        let at_home = Self { hooks: self.common.join("hooks"), ..self.clone() };
        let place = if self.hooks_path.is_empty() { self } else { &at_home };
        Site {
            identity: self.common.clone(),
            folder: place.hooks.clone(),
            files: place.files(),
            settings: Some(Settings { path: self.common.join("config"), sets: Sets::Hooks(Vec::new()) }),
            guarded: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The hooks that such a repository needs.
    fn events(&self) -> &'static [Event] {
        if self.is_bare { &Event::OF_SERVERS } else { &Event::OF_CLIENTS }
    }

    /// Its hook files. A server that makes the hooks itself has a folder for those of others.
    pub(super) fn files(&self) -> Vec<HookFile> {
        let (custom, is_dir) = (self.common.join("custom_hooks"), |path: &Path| path.is_dir());
        let file = |event: &Event| {
            let name = event.as_str();
            let in_folder =
                |folder: &Path| HookFile { name, path: folder.join(format!("{name}.d/50-cavra")) };
            if !self.is_bare {
                HookFile::in_folder(&self.hooks, name)
            } else if is_dir(&custom) {
                // GitLab
                if is_dir(&custom.join(format!("{name}.d"))) {
                    in_folder(&custom)
                } else {
                    HookFile::in_folder(&custom, name)
                }
            } else if is_dir(&self.hooks.join(format!("{name}.d"))) {
                // Gitea and Forgejo
                in_folder(&self.hooks)
            } else {
                HookFile::in_folder(&self.hooks, name)
            }
        };
        self.events().iter().map(file).collect()
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

/// Each `core.hooksPath` that is set.
pub(super) fn hooks_paths(git: &Git) -> Result<Vec<Setting>, GitError> {
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
