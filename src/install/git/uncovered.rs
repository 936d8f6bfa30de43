//! Where the hooks do not reach, though they are in place: submodules, working trees that take their hooks from
//! elsewhere, aliases that leave them out, settings that switch them off.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::intercept::git::{Git, GitError};
use crate::seam::git_hook::Event;
use crate::sys::dirs::Places;

use super::super::entry::Entry;
use super::super::{hook_file, recorded};
use super::block;
use super::{Place, TargetError};

/// How deep submodules are looked for below one another.
const MOST_DEEP: usize = 8;

/// The most submodules that are looked at.
const MOST_MODULES: usize = 1_000;

/// A place that the hooks do not reach.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "gap", rename_all = "snake_case")]
pub enum Gap {
    /// A submodule has hooks of its own, and not all of them are Cavra's.
    Submodule {
        /// The submodule's own folder.
        path: PathBuf,
    },
    /// A working tree takes its hooks from elsewhere.
    Worktree {
        /// The working tree.
        path: PathBuf,
        /// Where it takes them from.
        hooks: PathBuf,
    },
    /// An alias leaves the hooks out.
    Alias {
        /// The alias.
        name: String,
        /// Where it is set.
        origin: String,
    },
    /// A setting switches a hook off or changes what it runs.
    Setting {
        /// The setting.
        name: String,
        /// Its value.
        value: String,
        /// Where it is set.
        origin: String,
    },
}

impl fmt::Display for Gap {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Submodule { path } => {
                write!(formatter, "the submodule in `{}` is not covered", path.display())
            }
            Self::Worktree { path, hooks } => {
                write!(
                    formatter,
                    "the working tree `{}` takes its hooks from `{}`",
                    path.display(),
                    hooks.display()
                )
            }
            Self::Alias { name, origin } => {
                write!(formatter, "the alias `{name}` leaves hooks out ({origin})")
            }
            Self::Setting { name, value, origin } => {
                write!(formatter, "`{name} = {value}` switches a hook off ({origin})")
            }
        }
    }
}

/// The gaps of a repository.
///
/// # Errors
/// If git does not answer.
pub fn gaps(places: &Places, place: &Place) -> Result<Vec<Gap>, TargetError> {
    let (program, _) = recorded::choose(places)?;
    let git = Git::at(program.clone(), &place.top);
    let mut gaps = Vec::new();
    let settings = settings(&git)?;
    // Hooks in the settings of the person or the machine reach everywhere.
    let is_everywhere = place.version.has_hooks_in_settings()
        && Event::OF_CLIENTS.iter().all(|event| {
            let name = format!("hook.{}.command", block::hook_name(event.as_str()));
            settings.iter().any(|set| set.name == name && matches!(set.scope.as_str(), "global" | "system"))
        });
    if !is_everywhere {
        submodules(&place.common.join("modules"), MOST_DEEP, &mut gaps);
        if !place.is_bare {
            worktrees(&git, &program, place, &mut gaps)?;
        }
    }
    for set in settings {
        gaps.extend(set.gap());
    }
    Ok(gaps)
}

fn submodules(folder: &Path, deep: usize, gaps: &mut Vec<Gap>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut folders: Vec<PathBuf> = entries
        .take(MOST_MODULES)
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    for path in folders {
        if path.join("HEAD").is_file() && path.join("objects").is_dir() {
            let is_ours = |event: &Event| {
                let entry = Entry::observe(&path.join("hooks").join(event.as_str()));
                matches!(entry, Ok(Entry::Present { head, .. }) if hook_file::parse(&head).is_some())
            };
            if !Event::OF_CLIENTS.iter().all(is_ours) {
                gaps.push(Gap::Submodule { path: path.clone() });
            }
            submodules(&path.join("modules"), deep.saturating_sub(1), gaps);
        } else if deep > 0 {
            // The name of a submodule may have slashes in it.
            submodules(&path, deep - 1, gaps);
        }
    }
}

fn worktrees(git: &Git, program: &Path, place: &Place, gaps: &mut Vec<Gap>) -> Result<(), GitError> {
    let listed = git.answer(&["worktree", "list", "--porcelain"])?;
    for line in listed.split(|byte| *byte == b'\n') {
        let Some(path) = line.strip_prefix(b"worktree ") else { continue };
        let path = PathBuf::from(OsString::from_vec(path.to_owned()));
        if !path.is_dir() {
            continue;
        }
        let own = Git::at(program.to_owned(), &path);
        let hooks = match own.line(&["rev-parse", "--git-path", "hooks"]) {
            Ok(hooks) => path.join(PathBuf::from(OsString::from_vec(hooks))),
            // A folder that is no working tree any more has no hooks to miss.
            Err(GitError::Failed { .. }) => continue,
            Err(error) => return Err(error),
        };
        let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if real(&hooks) != real(&place.hooks) {
            gaps.push(Gap::Worktree { path, hooks });
        }
    }
    Ok(())
}

/// A setting, as git tells it.
struct Set {
    scope: String,
    origin: String,
    name: String,
    value: String,
}

impl Set {
    fn gap(self) -> Option<Gap> {
        let lower = self.name.to_ascii_lowercase();
        if let Some(alias) = lower.strip_prefix("alias.") {
            return leaves_out_hooks(&self.value)
                .then(|| Gap::Alias { name: alias.to_owned(), origin: self.origin });
        }
        let (event, key) = lower.strip_prefix("hook.")?.rsplit_once('.')?;
        let own = event.strip_prefix("cavra-");
        let is_ours = |name: &str| Event::ALL.iter().any(|event| event.as_str() == name);
        let is_off = key == "enabled" && matches!(self.value.as_str(), "false" | "no" | "off" | "0");
        let is_changed = match (own, key) {
            (Some(own), "event") => self.value != own,
            (Some(own), "command") => !self.value.ends_with(&format!(" hook git {own}")),
            (Some(_) | None, _) => false,
        };
        let concerns_us = own.is_some_and(is_ours) || own.is_none() && is_ours(event);
        (concerns_us && (is_off || is_changed)).then_some(Gap::Setting {
            name: self.name,
            value: self.value,
            origin: self.origin,
        })
    }
}

/// Whether the words of an alias leave hooks out.
fn leaves_out_hooks(alias: &str) -> bool {
    let lower = alias.to_ascii_lowercase();
    let is_commit =
        lower.split_whitespace().any(|word| matches!(word.trim_start_matches('!'), "commit" | "ci" | "am"));
    alias.split_whitespace().any(|word| {
        let is_long = word.len() >= "--no-veri".len() && "--no-verify".starts_with(word);
        let is_short = is_commit && word.starts_with('-') && !word.starts_with("--") && word.contains('n');
        is_long || is_short
    }) || ["core.hookspath", "send-pack", "hook."].iter().any(|sign| lower.contains(sign))
}

fn settings(git: &Git) -> Result<Vec<Set>, GitError> {
    let args = ["config", "--show-scope", "--show-origin", "-z", "--get-regexp", "^(alias|hook)\\."];
    let answer = git.answer_if_any(&args)?.unwrap_or_default();
    let text = String::from_utf8_lossy(&answer).into_owned();
    let mut fields = text.split_terminator('\0');
    let mut settings = Vec::new();
    while let (Some(scope), Some(origin), Some(set)) = (fields.next(), fields.next(), fields.next()) {
        let (name, value) = set.split_once('\n').unwrap_or((set, "true"));
        settings.push(Set {
            scope: scope.to_owned(),
            origin: origin.to_owned(),
            name: name.to_owned(),
            value: value.to_owned(),
        });
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_that_leaves_hooks_out_is_seen() {
        for alias in [
            "commit --no-verify",
            "!git commit -n",
            "commit -anm x",
            "push --no-veri",
            "-c core.hooksPath=x commit",
            "send-pack",
        ] {
            assert!(leaves_out_hooks(alias), "{alias}");
        }
        for alias in ["commit -m", "push -n", "log --no-merges", "commit --no-edit", "status -sb"] {
            assert!(!leaves_out_hooks(alias), "{alias}");
        }
    }

    #[test]
    fn a_setting_that_switches_a_hook_off_is_seen() {
        let gap = |name: &str, value: &str| {
            Set {
                scope: String::new(),
                origin: String::new(),
                name: name.to_owned(),
                value: value.to_owned(),
            }
            .gap()
            .is_some()
        };
        assert!(gap("hook.cavra-pre-commit.enabled", "false"));
        assert!(gap("hook.pre-push.enabled", "no"));
        assert!(gap("hook.cavra-pre-commit.event", ""));
        assert!(gap("hook.cavra-pre-commit.command", "true"));
        assert!(!gap("hook.cavra-pre-commit.command", "/x/cavra hook git pre-commit"));
        assert!(!gap("hook.cavra-pre-commit.event", "pre-commit"));
        assert!(!gap("hook.hk-pre-commit.enabled", "false"));
    }
}
