//! What a process inherits that would run code before its own work, or says whose programs a name means.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::surroundings::Surroundings;
use super::trust;
use crate::contract::{Cause, Unresolved};
use crate::grammar::variables;

/// The folders of a search path, told apart.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SearchPath {
    /// Those that stay, in order.
    pub kept: Vec<PathBuf>,
    /// How many are left out.
    pub left_out: usize,
}

/// Tells the folders of a search path apart: a folder that is empty or relative, that lies in the repository or
/// the working directory, or that anyone may write to, holds programs of whoever is watched, not those that the
/// person installed.
#[must_use]
pub fn search_path(folders: Vec<PathBuf>, surroundings: &Surroundings, home: &Path) -> SearchPath {
    let all = folders.len();
    let kept: Vec<PathBuf> =
        folders.into_iter().filter(|folder| !trust::is_anyones_folder(folder, surroundings, home)).collect();
    SearchPath { left_out: all - kept.len(), kept }
}

/// What is not understood where a shell reads files of its own in `given`, the home that it inherits, and `home`
/// is the person's.
#[must_use]
pub fn moved_home(given: Option<&OsStr>, home: &Path, shell: &Path, is_login: bool) -> Option<Unresolved> {
    let is_zsh = shell.file_name().is_some_and(|name| name == "zsh");
    let given = given.filter(|given| Path::new(given) != home && (is_login || is_zsh))?;
    let text = format!("HOME={}", super::shell::snippet(given.as_encoded_bytes()));
    Some(Unresolved { cause: Cause::Environment, text })
}

/// The names of those among the variables that are removed before a program runs, sorted.
#[must_use]
pub fn removed(variables: impl Iterator<Item = (OsString, OsString)>) -> Vec<OsString> {
    let removed = variables.filter(|(name, value)| is_removed(name, value)).map(|(name, _)| name);
    let mut removed: Vec<_> = removed.collect();
    removed.sort();
    removed
}

fn is_removed(name: &OsStr, value: &OsStr) -> bool {
    variables::variable(&name.to_string_lossy()).is_some_and(|variable| variable.removed)
        && !variables::is_usual(&name.to_string_lossy(), &value.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_run_code_is_removed_and_the_rest_is_kept() {
        let names = ["PATH", "LD_PRELOAD", "HOME", "BASH_FUNC_ls%%", "EDITOR", "BASH_ENV", "LDFLAGS", "ENV"];
        assert_eq!(
            removed(names.into_iter().map(|name| (name.into(), "x".into()))),
            ["BASH_ENV", "BASH_FUNC_ls%%", "ENV", "LD_PRELOAD"]
        );
    }

    #[test]
    fn an_editor_of_git_is_kept_if_it_is_a_usual_one() {
        let removed = |value: &str| removed([("GIT_EDITOR".into(), value.into())].into_iter());
        assert_eq!(removed("true"), [""; 0]);
        assert_eq!(removed("vim"), [""; 0]);
        for value in ["/tmp/true", "true; ls", "sh", ""] {
            assert_eq!(removed(value), ["GIT_EDITOR"], "{value}");
        }
    }

    #[test]
    fn folders_of_a_search_path_that_anyone_fills_are_left_out() {
        let surroundings = Surroundings {
            cwd: "/home/me/work/src".into(),
            repo: Some("/home/me/work".into()),
            homes: Vec::new(),
        };
        let folders = ["", ".", "bin", "/usr/bin", "/home/me/work/bin", "/tmp/x", "/home/me/.local/bin"];
        let told = search_path(folders.map(PathBuf::from).into(), &surroundings, Path::new("/home/me"));
        let kept = ["/usr/bin", "/home/me/.local/bin"].map(PathBuf::from).into();
        assert_eq!(told, SearchPath { kept, left_out: 5 });
        let at_home = Surroundings { cwd: "/home/me".into(), repo: None, homes: Vec::new() };
        let own = vec![PathBuf::from("/home/me/.local/bin")];
        assert_eq!(search_path(own.clone(), &at_home, Path::new("/home/me")).kept, own);
    }

    #[test]
    fn a_home_that_was_moved_matters_to_a_shell_that_reads_files_there() {
        let home = Path::new("/home/me");
        let moved = |given: Option<&str>, shell: &str, is_login| {
            moved_home(given.map(OsStr::new), home, Path::new(shell), is_login).map(|part| part.text)
        };
        assert_eq!(moved(Some("/x"), "/bin/bash", true).as_deref(), Some("HOME=/x"));
        assert_eq!(moved(Some("/x"), "/bin/zsh", false).as_deref(), Some("HOME=/x"));
        assert_eq!(moved(Some("/x"), "/bin/bash", false), None);
        assert_eq!(moved(Some("/home/me"), "/bin/zsh", true), None);
        assert_eq!(moved(None, "/bin/bash", true), None);
    }
}
