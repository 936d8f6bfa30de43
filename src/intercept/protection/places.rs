//! The files that are Cavra's, and those of others that call it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::intercept::agent::{Agent, Scope, Target};
use crate::sys::dirs::Places;
use crate::sys::{environment, files};

/// The most bytes of a file of settings that are looked at.
const MOST_SETTINGS: u64 = 4 << 20;

/// The names of the git hooks that may be Cavra's.
const HOOKS: [&str; 12] = [
    "pre-commit",
    "pre-push",
    "commit-msg",
    "pre-merge-commit",
    "prepare-commit-msg",
    "pre-applypatch",
    "pre-rebase",
    "reference-transaction",
    "pre-receive",
    "update",
    "post-checkout",
    "post-merge",
];

/// Files in which an agent's hooks are switched off, beside those that name them.
const SWITCHES: [(Agent, &str); 8] = [
    (Agent::ClaudeCode, ".claude/settings.json"),
    (Agent::ClaudeCode, ".claude/settings.local.json"),
    (Agent::Codex, ".codex/config.toml"),
    (Agent::GeminiCli, ".gemini/settings.json"),
    (Agent::QwenCode, ".qwen/settings.json"),
    (Agent::Droid, ".factory/settings.json"),
    (Agent::CopilotCli, ".copilot/settings.json"),
    (Agent::CopilotCli, ".github/copilot/settings.json"),
];

/// Folders and files that are to stay as they are. The same for a whole process.
pub(super) struct Protected {
    folders: Vec<PathBuf>,
    keys: Vec<PathBuf>,
    programs: Vec<PathBuf>,
    homes: Vec<PathBuf>,
}

const OWN: &str = "would change or remove Cavra's own files";
const KEYS: &str = "would read a key of Cavra's";
const PROGRAM: &str = "would change or remove Cavra's own program";
const PROJECT: &str = "would change or remove the project's policy";
const HOOK: &str = "would change or remove a git hook that calls Cavra";
const SETTINGS: &str = "would change or remove settings of an agent that call Cavra";
const SWITCH: &str = "would change settings that can switch off the hooks that call Cavra";

impl Protected {
    /// What is protected on this machine.
    pub(super) fn get() -> &'static Self {
        static FOUND: OnceLock<Protected> = OnceLock::new();
        FOUND.get_or_init(Self::find)
    }

    fn find() -> Self {
        let places = Places::find().ok();
        let folders: Vec<PathBuf> = places
            .iter()
            .flat_map(|places| [places.managed.clone(), places.config.clone(), places.state.clone()])
            .flat_map(with_real)
            .chain([PathBuf::from(format!("/run/user/{}/cavra", crate::sys::dirs::user_id()))])
            .collect();
        let keys = folders.iter().map(|folder| folder.join("keys")).collect();
        let programs = environment::own_program().into_iter().flat_map(with_real).collect();
        let homes = places.iter().map(|places| places.home.clone()).flat_map(with_real).collect();
        Self { folders, keys, programs, homes }
    }

    /// What using this path would do. `takes_folder`: what is done to a folder is done to all that is in it.
    pub(super) fn by_path(
        &self,
        path: &Path,
        is_write: bool,
        takes_folder: &dyn Fn() -> bool,
        folds_case: bool,
    ) -> Option<&'static str> {
        let is_in = |folder: &PathBuf| {
            path.starts_with(folder)
                || folds_case
                    && Path::new(&path.to_string_lossy().to_lowercase())
                        .starts_with(folder.to_string_lossy().to_lowercase())
        };
        if !is_write {
            return self.keys.iter().any(is_in).then_some(KEYS);
        }
        if self.folders.iter().any(is_in) {
            return Some(OWN);
        }
        if self.programs.iter().any(|program| program == path) {
            return Some(PROGRAM);
        }
        // Below a folder of this name lies the policy of a project.
        if path.components().any(|part| part.as_os_str() == ".cavra") {
            return Some(PROJECT);
        }
        if is_own_hook(path) {
            return Some(HOOK);
        }
        self.of_settings(path).or_else(|| self.of_folder(path).filter(|_| takes_folder()))
    }

    /// The settings of an agent.
    fn of_settings(&self, path: &Path) -> Option<&'static str> {
        for agent in Agent::ALL {
            for target in agent.installation().targets {
                if is_at(path, target) && calls_cavra(path) {
                    return Some(SETTINGS);
                }
            }
        }
        for (agent, switch) in SWITCHES {
            if path.ends_with(switch)
                && self.is_guarded(agent, path.ancestors().nth(Path::new(switch).components().count()))
            {
                return Some(SWITCH);
            }
        }
        None
    }

    /// Whether the settings of an agent call Cavra, for the person, the machine, or in this project.
    fn is_guarded(&self, agent: Agent, project: Option<&Path>) -> bool {
        agent.installation().targets.iter().any(|target| match target.scope {
            Scope::User => self.homes.iter().any(|home| calls_cavra(&home.join(target.path))),
            Scope::Project => project.is_some_and(|project| calls_cavra(&project.join(target.path))),
            Scope::Managed => calls_cavra(Path::new(target.path)),
        })
    }

    /// What is in a folder that is moved, removed, or closed.
    fn of_folder(&self, folder: &Path) -> Option<&'static str> {
        let holds = |path: &Path| path.starts_with(folder) && fs::symlink_metadata(path).is_ok();
        if !folder.is_dir() {
            return None;
        }
        if self.folders.iter().any(|own| holds(own)) {
            return Some(OWN);
        }
        if self.programs.iter().any(|program| holds(program)) {
            return Some(PROGRAM);
        }
        if fs::symlink_metadata(folder.join(".cavra")).is_ok() {
            return Some(PROJECT);
        }
        for hooks in ["", "hooks", ".git/hooks"] {
            if HOOKS.iter().any(|hook| calls_from_hook(&folder.join(hooks).join(hook))) {
                return Some(HOOK);
            }
        }
        let targets = || Agent::ALL.iter().flat_map(|agent| agent.installation().targets);
        let is_below = |target: &Target| match target.scope {
            Scope::Managed => {
                Path::new(target.path).starts_with(folder) && calls_cavra(Path::new(target.path))
            }
            Scope::User | Scope::Project => {
                // The folder may be any of those on the way to the file.
                let at_home = self.homes.iter().map(|home| home.join(target.path));
                let parts: Vec<_> = Path::new(target.path).components().collect();
                let here = (0..parts.len()).filter_map(|from| {
                    let before: PathBuf = parts.get(..from)?.iter().collect();
                    let behind: PathBuf = parts.get(from..)?.iter().collect();
                    folder.ends_with(&before).then(|| folder.join(behind))
                });
                at_home.chain(here).any(|path| path.starts_with(folder) && calls_cavra(&path))
            }
        };
        targets().any(is_below).then_some(SETTINGS)
    }

    /// What using the paths that a pattern stands for would do; a `*` is any text.
    pub(super) fn by_pattern(&self, pattern: &str, is_write: bool) -> Option<&'static str> {
        // Of a path whose folder is not known nothing can be said; it is asked about anyway.
        let known = pattern.split('*').next().unwrap_or_default();
        if known.trim_matches('/').is_empty() {
            return None;
        }
        let meets = |path: &Path| {
            path.ancestors().any(|path| path.parent().is_some() && matches(pattern, &path.to_string_lossy()))
        };
        if !is_write {
            return self.keys.iter().any(|path| meets(path)).then_some(KEYS);
        }
        if self.folders.iter().any(|path| meets(path) || pattern.starts_with(&*path.to_string_lossy())) {
            return Some(OWN);
        }
        if self.programs.iter().any(|path| meets(path)) {
            return Some(PROGRAM);
        }
        let settings = Agent::ALL.iter().flat_map(|agent| agent.installation().targets);
        let at_home = settings.filter(|target| target.scope == Scope::User);
        let found = at_home.flat_map(|target| self.homes.iter().map(|home| home.join(target.path)));
        found.into_iter().any(|path| meets(&path) && calls_cavra(&path)).then_some(SETTINGS)
    }
}

fn with_real(path: PathBuf) -> Vec<PathBuf> {
    let real = fs::canonicalize(&path).ok().filter(|real| *real != path);
    std::iter::once(path).chain(real).collect()
}

fn is_at(path: &Path, target: &Target) -> bool {
    match target.scope {
        Scope::User | Scope::Project => path.ends_with(target.path),
        Scope::Managed => path == Path::new(target.path),
    }
}

/// Whether a file of settings says that Cavra is to be called.
fn calls_cavra(path: &Path) -> bool {
    let Ok(bytes) = files::read(path, MOST_SETTINGS) else { return false };
    let text = String::from_utf8_lossy(&bytes);
    text.contains("cavra") && text.contains("hook") && text.contains("agent")
}

fn is_own_hook(path: &Path) -> bool {
    path.file_name().is_some_and(|name| HOOKS.iter().any(|hook| name == *hook)) && calls_from_hook(path)
}

fn calls_from_hook(path: &Path) -> bool {
    let Ok(bytes) = files::read(path, MOST_SETTINGS) else { return false };
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    first.starts_with(b"#!") && first.ends_with(b" hook-git")
}

/// Whether a pattern in which `*` is any text meets a text, whole.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_meets_what_it_may_stand_for() {
        for (pattern, text, met) in [
            ("/h/.local/*", "/h/.local/state/cavra", true),
            ("/h/*/cavra", "/h/.config/cavra", true),
            ("/h/.config/c*a", "/h/.config/cavra", true),
            ("/h/x*", "/h/.config/cavra", false),
            ("/h/.config/cavra", "/h/.config/cavra", true),
            ("/h/.config/cavr", "/h/.config/cavra", false),
        ] {
            assert_eq!(matches(pattern, text), met, "{pattern} {text}");
        }
    }
}
