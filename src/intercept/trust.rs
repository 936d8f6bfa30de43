//! Whether a program can be anyone's.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::surroundings::Surroundings;

/// Whether the program could have been put there by whoever is watched: it lies in the repository or under the
/// working directory, or it or its folder may be written by others, or that cannot be told. A rule that allows
/// a name does not mean such a program.
pub(super) fn may_be_anyones(program: &Path, surroundings: &Surroundings) -> bool {
    let Ok(real) = fs::canonicalize(program) else { return true };
    let inside = |folder: &Path| {
        let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        real.starts_with(&folder) || program.starts_with(&folder)
    };
    if surroundings.repo.as_deref().is_some_and(inside) {
        return true;
    }
    // A working directory that holds the system's own folders says nothing.
    let cwd = &surroundings.cwd;
    if cwd.components().count() > 2 && inside(cwd) {
        return true;
    }
    [Some(real.as_path()), real.parent(), program.parent()].into_iter().flatten().any(is_written_by_others)
}

/// Whether a folder of a search path is one that whoever is watched may fill: see
/// [`super::environment::search_path`]. A working directory or repository that holds the home says nothing.
pub(super) fn is_anyones_folder(folder: &Path, surroundings: &Surroundings, home: &Path) -> bool {
    if !folder.is_absolute() {
        return true;
    }
    let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let places = [Some(surroundings.cwd.as_path()), surroundings.repo.as_deref()].into_iter().flatten();
    for place in places.filter(|place| place.is_absolute() && !home.starts_with(place)) {
        let real_place = fs::canonicalize(place).unwrap_or_else(|_| place.to_owned());
        if place.parent().is_some() && (real.starts_with(&real_place) || folder.starts_with(place)) {
            return true;
        }
    }
    let is_open = |folder: &Path| fs::metadata(folder).is_ok_and(|metadata| metadata.mode() & 0o002 != 0);
    [real.as_path(), folder].into_iter().flat_map(Path::ancestors).any(is_open)
}

fn is_written_by_others(path: &Path) -> bool {
    fs::metadata(path).map_or(true, |metadata| {
        metadata.mode() & 0o002 != 0 || metadata.mode() & 0o020 != 0 && metadata.gid() != 0
    })
}
