//! What was looked at on disk for one event: each folder once, however many paths lead through it.
//!
//! An event is decided on one picture of the disk; what changes while it is decided would change it a moment later as
//! well. The entries of folders that may be listed for an event are counted here.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use super::path::cleaned;
use super::repository;
use super::surroundings::Surroundings;
use crate::sys::dirs::user_id;
use crate::sys::listing::first_names;

/// The most links that are followed, as in the kernel.
const MOST_LINKS: usize = 40;

/// The most entries of a folder that are tried to learn whether it tells cases apart.
const MOST_TRIED: usize = 16;

/// The longest path that the system looks up, in bytes (`PATH_MAX` of Linux): nothing is at a longer one.
const LONGEST: usize = 4_096;

/// The most entries of folders that are listed for one event.
const MOST_LISTED: usize = 8_000;

/// What was looked at so far.
#[derive(Debug)]
pub(super) struct Looks {
    /// The folders that a path may be relative to. Each may itself be reached through a link, and what is resolved is
    /// relative to where that leads.
    folders: Vec<PathBuf>,
    resolved: HashMap<PathBuf, PathBuf>,
    tops: HashMap<PathBuf, Option<PathBuf>>,
    project_roots: HashMap<PathBuf, Rc<[PathBuf]>>,
    folds_case: HashMap<PathBuf, bool>,
    /// Something that is in a folder.
    inside: HashMap<PathBuf, PathBuf>,
    user: u32,
    left: usize,
}

/// Where a path leads to.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) path: PathBuf,
    /// What is there; none if nothing is.
    pub(super) metadata: Option<Metadata>,
}

impl Looks {
    pub(super) fn new(surroundings: &Surroundings) -> Self {
        let cwd = surroundings.cwd.is_absolute().then_some(&surroundings.cwd);
        let mut folders: Vec<PathBuf> =
            [surroundings.repo.as_ref(), cwd].into_iter().flatten().cloned().collect();
        folders.sort();
        folders.dedup();
        let mut looks = Self {
            folders: Vec::new(),
            resolved: HashMap::new(),
            tops: HashMap::new(),
            project_roots: HashMap::new(),
            folds_case: HashMap::new(),
            inside: HashMap::new(),
            user: user_id(),
            left: MOST_LISTED,
        };
        let real = |folder: &PathBuf| looks.folder(&cleaned(folder));
        let reals: Vec<PathBuf> = folders.iter().filter_map(real).collect();
        folders.extend(reals);
        folders.sort();
        folders.dedup();
        looks.folders = folders;
        looks
    }

    /// The folders that a path may be relative to.
    pub(super) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Counts one entry of a folder that is listed; false if those were too many.
    pub(super) fn lists(&mut self) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left > 0
    }

    /// Where an absolute path leads to, with every link on it followed, also one that leads to what does not exist yet.
    /// From the first part that does not exist, the rest is as it is written. None if there are too many links.
    pub(super) fn resolved(&mut self, absolute: &Path) -> Option<Resolved> {
        let is_odd = absolute.as_os_str().len() > LONGEST
            || absolute.components().any(|part| part == Component::ParentDir);
        let (false, Some(above), Some(name)) = (is_odd, absolute.parent(), absolute.file_name()) else {
            return follow(PathBuf::from("/"), reversed(absolute));
        };
        follow(self.folder(above)?, vec![name.to_owned()])
    }

    /// Where a folder leads to; its path does not climb.
    fn folder(&mut self, folder: &Path) -> Option<PathBuf> {
        let known = folder.ancestors().find_map(|above| Some((above, self.resolved.get(above)?.clone())));
        let (above, mut done) = known.unwrap_or((Path::new("/"), PathBuf::from("/")));
        let mut passed = above.to_owned();
        for part in folder.strip_prefix(above).unwrap_or(folder).components() {
            passed.push(part);
            let resolved = follow(done, vec![part.as_os_str().to_owned()])?;
            done = resolved.path;
            if resolved.metadata.is_some()
                && let Some(above) = done.parent()
            {
                self.inside.insert(above.to_owned(), done.clone());
            }
            self.resolved.insert(passed.clone(), done.clone());
        }
        Some(done)
    }

    /// The nearest folder at or above `place` that holds a `.git`.
    pub(super) fn top_of(&mut self, place: &Path) -> Option<PathBuf> {
        let mut passed = Vec::new();
        let mut found = None;
        for folder in place.ancestors().filter(|folder| folder.as_os_str().len() <= LONGEST) {
            if let Some(known) = self.tops.get(folder) {
                found.clone_from(known);
                break;
            }
            passed.push(folder.to_owned());
            if repository::is_top(folder) {
                found = Some(folder.to_owned());
                break;
            }
        }
        self.tops.extend(passed.into_iter().map(|folder| (folder, found.clone())));
        found
    }

    /// The folders with project policies that the places lie in, but for those at or above `cwd`: these count anyway.
    pub(super) fn roots_beyond(&mut self, places: &[PathBuf], cwd: &Path) -> Vec<PathBuf> {
        let mut roots: Vec<PathBuf> = Vec::new();
        for place in places {
            for root in self.roots_around(place, cwd).iter() {
                if !roots.contains(root) {
                    roots.push(root.clone());
                }
            }
        }
        roots
    }

    fn roots_around(&mut self, place: &Path, cwd: &Path) -> Rc<[PathBuf]> {
        let mut passed = Vec::new();
        let mut roots = Vec::new();
        for folder in place.ancestors().filter(|folder| folder.as_os_str().len() <= LONGEST) {
            if let Some(known) = self.project_roots.get(folder) {
                if passed.is_empty() {
                    return Rc::clone(known);
                }
                roots.extend(known.iter().cloned());
                break;
            }
            if cwd.starts_with(folder) {
                break;
            }
            passed.push(folder);
        }
        let mut around: Rc<[PathBuf]> = roots.clone().into();
        for folder in passed.into_iter().rev() {
            if repository::is_project_root(folder, self.user) {
                roots.insert(0, folder.to_owned());
                around = roots.clone().into();
            }
            self.project_roots.insert(folder.to_owned(), Rc::clone(&around));
        }
        around
    }

    /// Whether the folder of what a path leads to takes names of other cases for the same. It is tried out: a name in
    /// it, with the case of its letters swapped, is then the same file.
    pub(super) fn folds_case(&mut self, place: &Resolved) -> bool {
        let Some(folder) = place.path.parent() else { return false };
        if let Some(known) = self.folds_case.get(folder) {
            return *known;
        }
        let is_there = place.metadata.is_some().then_some(&place.path);
        let known = is_there.or(self.inside.get(folder)).filter(|path| has_case(path));
        let told = match known {
            Some(path) => Some(is_same_swapped(path)),
            None if repository::is_top(folder) => Some(is_same_swapped(&folder.join(".git"))),
            None => tried(folder),
        };
        if let Some(told) = told {
            self.folds_case.insert(folder.to_owned(), told);
        }
        told.unwrap_or(false)
    }
}

/// Goes on from a folder that is no link itself, by the parts of a path, the last first.
fn follow(mut done: PathBuf, mut left: Vec<OsString>) -> Option<Resolved> {
    let mut links = 0;
    let mut last = None;
    while let Some(part) = left.pop() {
        if part.as_bytes() == b".." {
            done.pop();
            last = None;
            continue;
        }
        done.push(&part);
        let Ok(metadata) = fs::symlink_metadata(&done) else {
            done.extend(left.into_iter().rev());
            return Some(Resolved { path: cleaned(&done), metadata: None });
        };
        last = Some(metadata).filter(|metadata| !metadata.is_symlink());
        if last.is_none() {
            links += 1;
            let target = fs::read_link(&done).ok().filter(|_| links <= MOST_LINKS)?;
            done.pop();
            if target.is_absolute() {
                done = PathBuf::from("/");
            }
            left.extend(reversed(&target));
        }
    }
    let metadata = last.or_else(|| fs::symlink_metadata(&done).ok());
    Some(Resolved { path: done, metadata })
}

/// The parts of a path, the last first.
fn reversed(path: &Path) -> Vec<OsString> {
    let parts = path.components().filter(|part| matches!(part, Component::Normal(_) | Component::ParentDir));
    let mut parts: Vec<_> = parts.map(|part| part.as_os_str().to_owned()).collect();
    parts.reverse();
    parts
}

/// Whether a folder takes names of other cases for the same, tried out on what is listed first; none where nothing in it
/// tells.
fn tried(folder: &Path) -> Option<bool> {
    let names = first_names(folder, MOST_TRIED).ok()?;
    let mut paths = names.iter().map(|name| folder.join(name));
    paths.find(|path| has_case(path)).map(|path| is_same_swapped(&path))
}

fn has_case(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_bytes().iter().any(u8::is_ascii_alphabetic))
}

fn is_same_swapped(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let swapped: String = name.chars().map(swap_case).collect();
    let (Ok(this), Ok(other)) =
        (fs::symlink_metadata(path), fs::symlink_metadata(path.with_file_name(swapped)))
    else {
        return false;
    };
    (this.dev(), this.ino()) == (other.dev(), other.ino())
}

fn swap_case(letter: char) -> char {
    if letter.is_ascii_lowercase() { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
}
