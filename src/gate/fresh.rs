//! Whether the policies that a gate was opened under are still those on disk: for seams that live long.
//!
//! A file is known by its place, its length and its times. What is looked at is every file that was read, and every
//! place where one could have appeared.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::policy::{PROJECT_POLICY, Registries, Scope, Stack};

/// What tells one state of a file from another; none if nothing is there.
type Print = Option<[i64; 7]>;

/// The files that a gate depends on, as they were.
#[derive(Debug, Default)]
pub(super) struct Watched(Vec<(PathBuf, Print)>);

impl Watched {
    /// To be taken before the files are read: what changes in between is then seen as a change.
    pub(super) fn of(scope: &Scope) -> Self {
        let places = &scope.places;
        let layers = [
            places.managed.join("policy.yaml"),
            places.managed.join("policy.d"),
            places.config.join("policy.yaml"),
        ];
        let projects = scope.project_roots.iter().map(|root| root.join(PROJECT_POLICY));
        let all = layers.into_iter().chain(Registries::paths(places)).chain(projects);
        Self(all.map(|path| (print(&path), path)).map(|(print, path)| (path, print)).collect())
    }

    /// Adds what was read beside the layers themselves: their parts, and the files that they inherit.
    pub(super) fn add(&mut self, stack: &Stack) {
        for source in stack.policies().iter().flat_map(|policy| &policy.sources) {
            let path = PathBuf::from(&source.path);
            if path.is_absolute() && !self.0.iter().any(|(known, _)| *known == path) {
                self.0.push((path.clone(), print(&path)));
            }
        }
    }

    pub(super) fn are_unchanged(&self) -> bool {
        self.0.iter().all(|(path, known)| print(path) == *known)
    }
}

fn print(path: &Path) -> Print {
    let of = |metadata: fs::Metadata| {
        [
            i64::try_from(metadata.dev()).unwrap_or(-1),
            i64::try_from(metadata.ino()).unwrap_or(-1),
            i64::try_from(metadata.len()).unwrap_or(-1),
            metadata.mtime(),
            metadata.mtime_nsec(),
            metadata.ctime(),
            metadata.ctime_nsec(),
        ]
    };
    fs::metadata(path).ok().map(of)
}
