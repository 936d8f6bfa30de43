//! A path in all its spellings.
//!
//! A rule names a file in one spelling; whoever acts may choose another. So a path is held against the rules as
//! it is given, cleaned of `.` and `..`, relative to the repository, absolute, with its links resolved, by its
//! base name, and with a `./` before it; where the volume does not tell the cases of letters apart, in lower
//! case, in both Unicode forms and as the folder lists it; and under every further name that the file has on
//! disk ([`super::hard_link`]). More spellings only ever refuse more.
//!
//! `~` is a letter here: expanding it is a shell's task. What does not exist yet is spelled by what of it does.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::path::{Component, Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::hard_link;
use super::looks::Looks;
use super::surroundings::Surroundings;
use crate::contract::{Cause, Unresolved};

/// The longest path that is spelled, in bytes; no system opens one nearly as long.
const LONGEST: usize = 64 << 10;

/// The most entries of a folder that are looked at for the name as it is listed.
const MOST_LISTED: usize = 10_000;

/// What was found out about a path.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Spelled {
    /// Every other spelling, sorted, each once, without the one that was given.
    pub spellings: Vec<String>,
    /// Why there may be more.
    pub unresolved: Vec<Unresolved>,
    /// Whether the volume takes letters of either case for the same.
    pub folds_case: bool,
    /// The folders with project policies that it lies in, beyond those of the working directory.
    pub project_roots: Vec<PathBuf>,
}

/// Finds the spellings of `path`. Bytes that are no UTF-8 are replaced, as in every text of a request.
#[must_use]
pub fn spell(path: &Path, surroundings: &Surroundings) -> Spelled {
    spell_with(path, surroundings, &mut Looks::new(surroundings))
}

/// The same, by what was looked at for the same event, whose surroundings are the same.
pub(super) fn spell_with(path: &Path, surroundings: &Surroundings, looks: &mut Looks) -> Spelled {
    let given = path.to_string_lossy();
    let mut unresolved = Vec::new();
    let mut told =
        |cause| unresolved.push(Unresolved { cause, text: super::shell::snippet(given.as_bytes()) });
    let mut spellings = BTreeSet::new();
    let mut folds_case = false;
    let mut project_roots = Vec::new();
    let mut folders = looks.folders().to_vec();
    if path.as_os_str().len() > LONGEST {
        told(Cause::Limit);
        base_name(path, &mut spellings);
        return Spelled { spellings: spellings.into_iter().collect(), unresolved, folds_case, project_roots };
    }
    if path.as_os_str().is_empty() {
        return Spelled::default();
    }
    let clean = cleaned(path);
    add(&clean, &folders, &mut spellings);
    if path.is_absolute() || surroundings.cwd.is_absolute() {
        let absolute = surroundings.cwd.join(path);
        let placed = cleaned(&absolute);
        add(&placed, &folders, &mut spellings);
        let Some(resolved) = looks.resolved(&absolute) else {
            told(Cause::Limit);
            spellings.remove(given.as_ref());
            return Spelled {
                spellings: spellings.into_iter().collect(),
                unresolved,
                folds_case,
                project_roots,
            };
        };
        let places = [placed, resolved.path.clone()];
        // Only a folder holds a `.git` or a `.cavra`.
        let is_folder = resolved.metadata.as_ref().is_some_and(Metadata::is_dir);
        let inner = |place: &PathBuf| {
            if is_folder { Some(place.clone()) } else { place.parent().map(Path::to_owned) }
        };
        let innermost: Vec<PathBuf> = places.iter().filter_map(inner).collect();
        // In another repository it goes by its name there too.
        let elsewhere =
            innermost.iter().zip(&places).filter(|(_, place)| place.parent() != Some(&surroundings.cwd));
        folders.extend(elsewhere.filter_map(|(folder, _)| looks.top_of(folder)));
        project_roots = looks.roots_beyond(&innermost, &surroundings.cwd);
        folders.extend(project_roots.iter().cloned());
        folders.sort();
        folders.dedup();
        places.iter().for_each(|place| add(place, &folders, &mut spellings));
        folds_case = looks.folds_case(&resolved);
        if folds_case {
            for listed in listed_names(&resolved.path) {
                add(&resolved.path.with_file_name(listed), &folders, &mut spellings);
            }
            fold(&mut spellings, &given);
        }
        match hard_link::further_names(&resolved, surroundings) {
            Ok(names) => names.iter().for_each(|name| add(name, &folders, &mut spellings)),
            Err(names) => {
                names.iter().for_each(|name| add(name, &folders, &mut spellings));
                told(Cause::HardLink);
            }
        }
    }
    spellings.remove(given.as_ref());
    Spelled { spellings: spellings.into_iter().collect(), unresolved, folds_case, project_roots }
}

/// The spellings of `path` in these surroundings, and in those that a request claims to be in.
pub(super) fn spell_everywhere(
    path: &Path,
    surroundings: &Surroundings,
    claimed: Option<&Surroundings>,
) -> Spelled {
    let mut spelled = spell(path, surroundings);
    if let Some(claimed) = claimed {
        let further = spell(path, claimed);
        let all: BTreeSet<String> = spelled.spellings.into_iter().chain(further.spellings).collect();
        spelled.spellings = all.into_iter().collect();
        spelled.unresolved.extend(further.unresolved);
        spelled.folds_case |= further.folds_case;
        spelled.project_roots.extend(further.project_roots);
    }
    spelled
}

/// Adds a clean path: as it is, by its base name, relative to the repository and to the working directory, and
/// what is relative with a `./` too.
fn add(path: &Path, folders: &[PathBuf], spellings: &mut BTreeSet<String>) {
    base_name(path, spellings);
    spellings.insert(text(path));
    if path.is_relative() {
        spellings.insert(format!("./{}", text(path)));
    }
    for folder in folders {
        if let Ok(relative) = path.strip_prefix(folder) {
            let relative = if relative.as_os_str().is_empty() { Path::new(".") } else { relative };
            spellings.insert(text(relative));
            spellings.insert(format!("./{}", text(relative)));
        }
    }
}

fn base_name(path: &Path, spellings: &mut BTreeSet<String>) {
    if let Some(name) = path.file_name() {
        spellings.insert(name.to_string_lossy().into_owned());
        spellings.insert(format!("./{}", name.to_string_lossy()));
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The path without `.`, `..`, doubled and trailing slashes, by its text alone.
pub(super) fn cleaned(path: &Path) -> PathBuf {
    let mut parts: Vec<Component> = Vec::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => match parts.last() {
                Some(Component::Normal(_)) => {
                    parts.pop();
                }
                Some(Component::RootDir) => {}
                Some(Component::Prefix(_) | Component::CurDir | Component::ParentDir) | None => {
                    parts.push(component);
                }
            },
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => parts.push(component),
        }
    }
    if parts.is_empty() { PathBuf::from(".") } else { parts.into_iter().collect() }
}

/// The names in the folder of `path` that are its own but for case and Unicode form.
fn listed_names(path: &Path) -> Vec<OsString> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Vec::new() };
    let folded = folded(&name.to_string_lossy());
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let names = entries.take(MOST_LISTED).flatten().map(|entry| entry.file_name());
    names.filter(|name| self::folded(&name.to_string_lossy()) == folded).collect()
}

fn folded(text: &str) -> String {
    text.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// Adds every spelling, and the given one, in lower case and in both Unicode forms.
fn fold(spellings: &mut BTreeSet<String>, given: &str) {
    let all: Vec<String> = spellings.iter().cloned().chain([given.to_owned()]).collect();
    for spelling in all {
        spellings.insert(folded(&spelling));
        spellings.insert(spelling.nfc().collect());
        spellings.insert(spelling.nfd().collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_cleaned_by_its_text() {
        for (given, clean) in [
            ("a/./b//c/", "a/b/c"),
            ("a/../b", "b"),
            ("../a/..", ".."),
            ("/../../a", "/a"),
            ("./.env", ".env"),
            ("a/..", "."),
            ("../../x", "../../x"),
            ("/", "/"),
        ] {
            assert_eq!(cleaned(Path::new(given)), PathBuf::from(clean), "{given}");
        }
    }

    #[test]
    fn without_a_working_directory_a_path_is_spelled_by_its_text() {
        let spelled = spell(Path::new("config/../.env"), &Surroundings::default());
        assert_eq!(spelled.spellings, ["./.env", ".env"]);
        assert_eq!(spelled.unresolved, []);
    }

    #[test]
    fn nothing_has_no_spelling() {
        assert_eq!(spell(Path::new(""), &Surroundings::default()), Spelled::default());
    }

    #[test]
    fn a_path_beyond_the_bound_is_unresolved_and_still_has_its_base_name() {
        let at_the_edge = format!("{}/.env", "a".repeat(LONGEST - 5));
        assert_eq!(spell(Path::new(&at_the_edge), &Surroundings::default()).unresolved, []);
        let spelled = spell(Path::new(&format!("a{at_the_edge}")), &Surroundings::default());
        assert_eq!(spelled.spellings, ["./.env", ".env"]);
        assert_eq!(spelled.unresolved.first().map(|part| part.cause), Some(Cause::Limit));
    }

    #[test]
    fn a_nul_and_thousands_of_parts_are_no_trouble() {
        let surroundings = Surroundings { cwd: PathBuf::from("/tmp"), repo: None, homes: Vec::new() };
        assert_eq!(spell(Path::new("a\0/.env"), &surroundings).unresolved, []);
        let deep = format!("{}.env", "d/../".repeat(10_000));
        assert!(spell(Path::new(&deep), &surroundings).spellings.contains(&"/tmp/.env".to_owned()));
    }
}
