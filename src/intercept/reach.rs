//! Files that a command reaches: from a path as it was given to requests with all spellings.
//!
//! A path that is known in part stands for every path that it may be: what is known of it in front is no bound, as
//! `..` may follow, so only its end counts. A folder that is read or written with all that is in it is one request,
//! with the files that lie in it now.

use std::fs;
use std::path::{Path, PathBuf};

use super::looks::Looks;
use super::path::{self, cleaned};
use super::shell::{Access, Extent, FileUse};
use super::surroundings::Surroundings;
use crate::contract::{Action, Unresolved};

/// The most files of a folder that are looked at; a larger one counts as one that may hold anything.
const MOST_FILES: usize = 2_000;

/// A request that a file comes to.
#[derive(Debug)]
pub(super) struct Reached {
    pub(super) action: Action,
    pub(super) target: String,
    pub(super) spellings: Vec<String>,
    pub(super) is_open: bool,
    pub(super) tree: Vec<String>,
    pub(super) folds_case: bool,
    pub(super) unresolved: Vec<Unresolved>,
    pub(super) project_roots: Vec<PathBuf>,
}

/// The requests that reading or writing this file comes to.
pub(super) fn requests(file: &FileUse, surroundings: &Surroundings, looks: &mut Looks) -> Vec<Reached> {
    let actions: &[Action] = match file.access {
        Access::Read => &[Action::ReadFile],
        Access::Write | Access::Rights => &[Action::WriteFile],
        Access::Update => &[Action::ReadFile, Action::WriteFile],
    };
    let mut reached = |action: &Action| match (file.path.known(), &file.folder) {
        (Some(path), Some(folder)) if !file.is_remote => {
            here(*action, path, folder, file.extent, surroundings, looks)
        }
        (Some(path), Some(_)) => by_text(*action, path),
        (Some(path), None) => {
            // Wherever that is, it may be climbed out of.
            let mut path = path;
            while let Some(rest) = path.strip_prefix("./").or_else(|| path.strip_prefix("../")) {
                path = rest.trim_start_matches('/');
            }
            open(*action, format!("*/{path}"))
        }
        // Names of files that a pattern stands for do not climb out of their folder.
        (None, Some(folder)) if !file.path.is_unknown() && !file.is_remote => {
            let text = file.path.open().into_owned();
            let place = cleaned(&folder.join(&text)).to_string_lossy().into_owned();
            let mut reached = open(*action, text);
            reached.spellings.push(place);
            reached
        }
        (None, _) => open(*action, open_target(&file.path.open())),
    };
    actions.iter().map(&mut reached).collect()
}

fn here(
    action: Action,
    path: &str,
    folder: &Path,
    extent: Extent,
    surroundings: &Surroundings,
    looks: &mut Looks,
) -> Reached {
    let target = if folder == surroundings.cwd || Path::new(path).is_absolute() {
        path.to_owned()
    } else {
        let place = cleaned(&folder.join(path));
        let relative = place.strip_prefix(&surroundings.cwd).ok().filter(|path| !path.as_os_str().is_empty());
        relative.unwrap_or(&place).to_string_lossy().into_owned()
    };
    let spelled = path::spell_with(Path::new(&target), surroundings, looks);
    let mut reached = Reached {
        action,
        target,
        spellings: spelled.spellings,
        is_open: false,
        tree: Vec::new(),
        folds_case: spelled.folds_case,
        unresolved: spelled.unresolved,
        project_roots: spelled.project_roots,
    };
    if extent == Extent::One || !surroundings.cwd.is_absolute() {
        return reached;
    }
    let root = cleaned(&surroundings.cwd.join(&reached.target));
    if root.is_dir() {
        match files_in(&root, extent, action, looks) {
            Some(files) => reached.tree = files.iter().flat_map(|file| names(file, surroundings)).collect(),
            None => {
                // Too many to look at: anything may be in there.
                reached.target = format!("{}/*", reached.target.trim_end_matches('/'));
                reached.is_open = true;
            }
        }
    }
    reached
}

/// A path on another machine: what it leads to cannot be looked at.
fn by_text(action: Action, path: &str) -> Reached {
    let clean = cleaned(Path::new(path));
    let base = clean.file_name().map(|name| name.to_string_lossy().into_owned());
    let mut spellings = vec![clean.to_string_lossy().into_owned()];
    spellings.extend(base.iter().map(|base| format!("./{base}")));
    spellings.extend(base);
    Reached { spellings, ..open_or_not(action, path.to_owned(), false) }
}

fn open(action: Action, target: String) -> Reached {
    let mut reached = open_or_not(action, target, true);
    // Where a `/` stands behind what is not known, a path relative to there is meant as well.
    if let Some(end) = reached.target.strip_prefix("*/") {
        reached.spellings = vec![end.to_owned(), format!("./{end}")];
    }
    reached
}

fn open_or_not(action: Action, target: String, is_open: bool) -> Reached {
    Reached {
        action,
        target,
        spellings: Vec::new(),
        is_open,
        tree: Vec::new(),
        folds_case: false,
        unresolved: Vec::new(),
        project_roots: Vec::new(),
    }
}

/// What is known of a path behind the last part that is not: the parts before may be climbed out of.
fn open_target(open: &str) -> String {
    match open.rsplit_once('*') {
        Some((_, end)) => format!("*{end}"),
        None => open.to_owned(),
    }
}

/// How the rules may know a file of a tree.
fn names(file: &Path, surroundings: &Surroundings) -> Vec<String> {
    let mut names = Vec::new();
    for folder in [Some(&surroundings.cwd), surroundings.repo.as_ref()].into_iter().flatten() {
        if let Ok(relative) = file.strip_prefix(folder) {
            let relative = relative.to_string_lossy();
            // `**/x` is meant to name an `x` at the top as well.
            if !relative.contains('/') {
                names.push(format!("./{relative}"));
            }
            names.push(relative.into_owned());
        }
    }
    if names.is_empty() {
        names.push(file.to_string_lossy().into_owned());
        names.extend(file.file_name().map(|name| format!("./{}", name.to_string_lossy())));
    }
    names.dedup();
    names
}

/// The files in a folder; none if they are too many. The root of all folders holds too many on any machine. Whoever
/// reads through a link reads where it leads to; whoever removes it does not.
fn files_in(root: &Path, extent: Extent, action: Action, looks: &mut Looks) -> Option<Vec<PathBuf>> {
    root.parent()?;
    let mut files = match extent {
        Extent::One => Vec::new(),
        Extent::Tree => all_files(root, action == Action::ReadFile, looks)?,
        Extent::Visible => visible_files(root, looks)?,
    };
    files.sort();
    Some(files)
}

fn all_files(root: &Path, follows: bool, looks: &mut Looks) -> Option<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    let mut left = MOST_FILES;
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            left = left.checked_sub(1).filter(|_| looks.lists())?;
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(kind) if kind.is_symlink() && follows => {
                    files.extend(fs::canonicalize(entry.path()).ok().filter(|real| real.is_file()));
                    files.push(entry.path());
                }
                Ok(_) | Err(_) => files.push(entry.path()),
            }
        }
    }
    Some(files)
}

/// As ripgrep goes through a folder: without what is hidden or ignored.
fn visible_files(root: &Path, looks: &mut Looks) -> Option<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in ignore::WalkBuilder::new(root).threads(1).build().flatten() {
        if files.len() >= MOST_FILES || !looks.lists() {
            return None;
        }
        if entry.file_type().is_some_and(|kind| !kind.is_dir()) {
            files.push(entry.into_path());
        }
    }
    Some(files)
}
