//! Which aliases the settings of git make, as far as their files can be read.
//!
//! What is not read in full is taken to make any alias: a file that includes another, that is too long, or that is
//! there and cannot be opened, and a repository of which the files do not say plainly where its settings are.

use std::path::{Path, PathBuf};

use crate::intercept::repository::top_of;
use crate::sys::environment;

/// The longest file of settings that is read.
const LONGEST: u64 = 64 * 1024;

/// Subcommands that come with git and are in no table, because what they do is not told.
const OWN: &[&str] = &[
    "archimport",
    "checkout--worker",
    "citool",
    "credential",
    "cvsexportcommit",
    "cvsimport",
    "cvsserver",
    "daemon",
    "diagnose",
    "difftool",
    "fast-export",
    "fast-import",
    "fetch-pack",
    "filter-branch",
    "for-each-repo",
    "gitk",
    "gui",
    "history",
    "hook",
    "imap-send",
    "instaweb",
    "interpret-trailers",
    "last-modified",
    "mailinfo",
    "merge-index",
    "mergetool",
    "p4",
    "pickaxe",
    "quiltimport",
    "receive-pack",
    "refs",
    "repo",
    "replay",
    "request-pull",
    "scalar",
    "send-email",
    "send-pack",
    "shell",
    "subtree",
    "svn",
    "upload-archive",
    "upload-pack",
    "var",
];

/// Variables that give git settings from elsewhere.
const ELSEWHERE: &[&str] = &[
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_SYSTEM",
    "GIT_DIR",
    "GIT_COMMON_DIR",
    "GIT_EXEC_PATH",
];

/// Files of settings for everybody, on the systems that git is installed on.
const SYSTEM: &[&str] = &[
    "/etc/gitconfig",
    "/usr/etc/gitconfig",
    "/usr/local/etc/gitconfig",
    "/opt/homebrew/etc/gitconfig",
    "/Library/Developer/CommandLineTools/usr/share/git-core/gitconfig",
    "/Applications/Xcode.app/Contents/Developer/usr/share/git-core/gitconfig",
];

/// Whether a subcommand comes with git: one of those that are in no table, or a part of another.
pub(super) fn is_gits_own(name: &str) -> bool {
    let parts = ["remote-", "credential-", "merge-", "web-", "sh-", "http-", "mergetool-", "difftool-"];
    OWN.contains(&name) || name.contains("--") || parts.iter().any(|part| name.starts_with(part))
}

/// Whether no file of settings that counts in one of these folders makes an alias of this name.
pub(super) fn defines_no_alias(name: &str, folders: &[PathBuf], homes: &[PathBuf]) -> bool {
    if folders.is_empty() || ELSEWHERE.iter().any(|name| environment::variable(name).is_some()) {
        return false;
    }
    let mut files: Vec<PathBuf> = SYSTEM.iter().map(PathBuf::from).collect();
    files.extend(homes.iter().flat_map(|home| [home.join(".gitconfig"), home.join(".config/git/config")]));
    files.extend(environment::variable("XDG_CONFIG_HOME").map(|home| PathBuf::from(home).join("git/config")));
    for folder in folders {
        let Some(of_repository) = repository_files(folder) else { return false };
        files.extend(of_repository);
    }
    files.iter().all(|file| is_without_alias(file, name))
}

/// The files of settings of the repository that a folder is in; none if it is not plain where they are.
fn repository_files(folder: &Path) -> Option<Vec<PathBuf>> {
    let top = top_of(folder);
    let until = top.as_deref();
    // A folder that is a repository without a working tree counts before one above it.
    let is_bare = |folder: &Path| folder.join("HEAD").exists() && folder.join("objects").exists();
    if folder.ancestors().take_while(|folder| Some(*folder) != until).any(is_bare) {
        return None;
    }
    let Some(top) = until else { return Some(Vec::new()) };
    let git = top.join(".git");
    // Linked working trees and submodules have theirs elsewhere.
    let is_plain = git.symlink_metadata().is_ok_and(|git| git.is_dir()) && !git.join("commondir").exists();
    is_plain.then(|| vec![git.join("config"), git.join("config.worktree")])
}

/// Whether a file is not there, or is read in full and makes no such alias.
fn is_without_alias(file: &Path, name: &str) -> bool {
    match file.metadata() {
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
        Ok(found) => {
            found.is_file()
                && found.len() <= LONGEST
                && std::fs::read_to_string(file).is_ok_and(|text| text_is_without_alias(&text, name))
        }
    }
}

fn text_is_without_alias(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_ascii_lowercase(), name.to_ascii_lowercase());
    let bare: String = text.chars().filter(|letter| !matches!(letter, ' ' | '\t')).collect();
    // Aliases by subsections have their names there.
    if ["[include", "autocorrect", "[alias\""].iter().any(|sign| bare.contains(sign)) {
        return false;
    }
    // A name stands at the start of a line, or behind the section on the same one.
    !text.lines().flat_map(|line| line.split(']')).any(|line| {
        line.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}')
            .strip_prefix(name.as_str())
            .is_some_and(|rest| {
                !rest.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '-')
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_seen_however_it_is_written() {
        for text in [
            "[alias]\n\tfoo = !evil\n",
            "[alias] foo = !evil",
            "[ALIAS]\nFOO=!evil",
            "[alias]\nbar = x\nfoo",
            "[alias \"foo\"]\n command = !evil",
            "[include]\n path = /tmp/x",
            "[includeIf \"gitdir:~/\"]\n path = /tmp/x",
            "[help]\n autocorrect = immediate",
            "\u{feff}[alias]\r\nfoo = !evil\r\n",
        ] {
            assert!(!text_is_without_alias(text, "foo"), "{text}");
        }
        for text in ["", "[alias]\n\tfoobar = x\n\tfoo-bar = y\n", "[user]\n name = foo\n"] {
            assert!(text_is_without_alias(text, "foo"), "{text}");
        }
    }

    #[test]
    fn what_comes_with_git_is_told_apart() {
        assert!(
            ["daemon", "shell", "remote-ext", "submodule--helper", "merge-index"]
                .into_iter()
                .all(is_gits_own)
        );
        assert!(!["lfs", "flow", "extras", "ignore"].into_iter().any(is_gits_own));
    }
}
