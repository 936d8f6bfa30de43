//! The folder of a log: which file is what.

use std::path::Path;
use std::{fs, io};

use super::error::EvidenceError;

/// The file that is appended to.
pub(super) const CURRENT: &str = "evidence.jsonl";
/// The head.
pub(super) const HEAD: &str = "head.json";
/// The file that processes lock.
pub(super) const LOCK: &str = "lock";

/// A file that is full, named by the records that it holds. They sort from the oldest.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Rotated {
    /// The sequence of its first record.
    pub(super) first: u64,
    /// The sequence of its last.
    pub(super) last: u64,
}

impl Rotated {
    /// Its name.
    pub(super) fn name(self) -> String {
        format!("evidence-{}-{}.jsonl", self.first, self.last)
    }

    fn parse(name: &str) -> Option<Self> {
        let (first, last) = name.strip_prefix("evidence-")?.strip_suffix(".jsonl")?.split_once('-')?;
        let rotated = Self { first: first.parse().ok()?, last: last.parse().ok()? };
        (rotated.name() == name).then_some(rotated)
    }
}

/// What a log's folder holds.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Listing {
    /// The full files, oldest first.
    pub(super) rotated: Vec<Rotated>,
    /// Whether there is a current file.
    pub(super) has_current: bool,
    /// What was set aside when the log was repaired, by name.
    pub(super) side_files: Vec<String>,
    /// Files that are called like a log's and are none, by name.
    pub(super) strangers: Vec<String>,
}

impl Listing {
    /// The names of the files that hold records, oldest first.
    pub(super) fn files(&self) -> Vec<String> {
        let current = self.has_current.then(|| CURRENT.to_owned());
        self.rotated.iter().map(|rotated| rotated.name()).chain(current).collect()
    }
}

/// Lists a folder. One that is not there is empty.
pub(super) fn list(folder: &Path) -> Result<Listing, EvidenceError> {
    let mut listing = Listing::default();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(listing),
        Err(err) => return Err(EvidenceError::Io { path: folder.to_owned(), err }),
    };
    for entry in entries {
        let name = entry.map_err(EvidenceError::at(folder))?.file_name();
        let name = name.to_string_lossy().into_owned();
        if name == CURRENT {
            listing.has_current = true;
        } else if let Some(rotated) = Rotated::parse(&name) {
            listing.rotated.push(rotated);
        } else if is_side_file(&name) {
            listing.side_files.push(name);
        } else if name.starts_with("evidence") && name.ends_with(".jsonl") {
            listing.strangers.push(name);
        }
    }
    listing.rotated.sort_unstable();
    listing.side_files.sort_unstable();
    listing.strangers.sort_unstable();
    Ok(listing)
}

fn is_side_file(name: &str) -> bool {
    name.strip_prefix("torn-").is_some_and(|rest| rest.ends_with(".bin"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_way_to_write_a_name_names_a_file() {
        assert_eq!(Rotated::parse("evidence-3-12.jsonl"), Some(Rotated { first: 3, last: 12 }));
        for name in ["evidence-03-12.jsonl", "evidence-3.jsonl", "evidence-+3-12.jsonl", "evidence.jsonl"] {
            assert_eq!(Rotated::parse(name), None, "{name}");
        }
    }

    #[test]
    fn full_files_are_in_the_order_of_their_records() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        for name in ["evidence-100-120.jsonl", "evidence.jsonl", "evidence-9-99.jsonl", "evidence-1-8.jsonl"]
        {
            fs::write(folder.path().join(name), "").expect("a file");
        }
        assert_eq!(
            list(folder.path()).expect("a folder").files(),
            ["evidence-1-8.jsonl", "evidence-9-99.jsonl", "evidence-100-120.jsonl", "evidence.jsonl"]
        );
    }
}
