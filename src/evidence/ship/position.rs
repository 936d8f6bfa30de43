//! How far a receiver has acknowledged.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::evidence::error::EvidenceError;
use crate::evidence::record::{NO_HASH, is_hash};
use crate::sys::locks::{self, Lock};
use crate::sys::{clock, files, private};

use super::ShipError;

/// The folder of positions, in the folder of the log.
const FOLDER: &str = "positions";

/// No position is longer.
const MOST_BYTES: u64 = 4096;

/// The name of a receiver.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PositionName(String);

impl PositionName {
    /// Reads a name.
    ///
    /// # Errors
    /// If it is none.
    pub fn parse(text: &str) -> Result<Self, ShipError> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        let is_name = (1..=64).contains(&text.len()) && text.bytes().all(is_plain) && !text.starts_with('.');
        if is_name { Ok(Self(text.to_owned())) } else { Err(ShipError::Name(text.to_owned())) }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn file(&self, folder: &Path) -> PathBuf {
        folder.join(FOLDER).join(format!("{}.json", self.0))
    }
}

/// How far a receiver has acknowledged; held by one process at a time.
#[derive(Debug)]
pub struct Position {
    name: PositionName,
    path: PathBuf,
    told: Told,
    _lock: Lock,
}

/// The file.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
struct Told {
    /// The last record that was acknowledged, 0 if none was.
    sequence: u64,
    /// Its hash.
    hash: String,
    /// Where to, without what is secret.
    receiver: String,
    /// When it last moved.
    time: String,
}

impl Position {
    /// Takes the position of a receiver for this process; one that is new begins after record `after`.
    ///
    /// # Errors
    /// If another process has it, or it cannot be read.
    pub fn take(folder: &Path, name: PositionName, receiver: &str) -> Result<Self, ShipError> {
        let path = name.file(folder);
        let parent = folder.join(FOLDER);
        private::ensure_folder(folder).map_err(EvidenceError::at(folder))?;
        private::ensure_folder(&parent).map_err(EvidenceError::at(&parent))?;
        let lock_path = parent.join(format!("{}.lock", name.0));
        let lock = locks::exclusive_now(&lock_path).map_err(EvidenceError::at(&lock_path))?;
        let lock = lock.ok_or_else(|| ShipError::Busy(name.0.clone()))?;
        let told = match read(&path)? {
            Some(told) => Told { receiver: receiver.to_owned(), ..told },
            None => Told {
                sequence: 0,
                hash: NO_HASH.to_owned(),
                receiver: receiver.to_owned(),
                time: clock::now(),
            },
        };
        let position = Self { name, path, told, _lock: lock };
        // From now on retention keeps what this receiver has not had.
        position.write()?;
        Ok(position)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    /// The last record that was acknowledged, 0 if none was.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        self.told.sequence
    }

    /// Its hash.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.told.hash
    }

    /// Moves it: everything up to this record was acknowledged.
    pub(super) fn acknowledge(&mut self, sequence: u64, hash: &str) -> Result<(), ShipError> {
        self.told.sequence = sequence;
        hash.clone_into(&mut self.told.hash);
        self.told.time = clock::now();
        self.write()
    }

    /// Passes over records that are gone, because a person said so.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn begin_after(&mut self, sequence: u64) -> Result<(), ShipError> {
        // What is passed over was not seen, so there is no hash to hold it to.
        self.acknowledge(sequence, NO_HASH)
    }

    fn write(&self) -> Result<(), ShipError> {
        let text = serde_json::to_vec(&self.told).unwrap_or_default();
        files::write_atomically(&self.path, &text, 0o600).map_err(EvidenceError::at(&self.path))?;
        Ok(())
    }
}

/// Every receiver: its name, the last record that it acknowledged, where it is, and when it last moved.
///
/// # Errors
/// If a position cannot be read.
pub fn positions(folder: &Path) -> Result<Vec<(String, u64, String, String)>, ShipError> {
    let mut found = Vec::new();
    for name in names(folder)? {
        if let Some(told) = read(&name.file(folder))? {
            found.push((name.0, told.sequence, told.receiver, told.time));
        }
    }
    Ok(found)
}

/// The first record that a receiver still waits for; none if there is no receiver. A position that cannot be read
/// waits for everything.
pub(crate) fn oldest_wanted(folder: &Path) -> Result<Option<u64>, EvidenceError> {
    let parent = folder.join(FOLDER);
    let oldest = names(folder).map_err(|_| EvidenceError::Io {
        path: parent,
        err: io::Error::other("the positions of the receivers cannot be listed"),
    })?;
    let wanted = |name: &PositionName| match read(&name.file(folder)) {
        Ok(told) => told.map(|told| told.sequence.saturating_add(1)),
        Err(_) => Some(0),
    };
    Ok(oldest.iter().filter_map(wanted).min())
}

fn names(folder: &Path) -> Result<Vec<PositionName>, ShipError> {
    let parent = folder.join(FOLDER);
    let entries = match fs::read_dir(&parent) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(err) => return Err(EvidenceError::Io { path: parent, err }.into()),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(EvidenceError::at(&parent))?.file_name();
        let stem = name.to_str().and_then(|name| name.strip_suffix(".json"));
        names.extend(stem.and_then(|stem| PositionName::parse(stem).ok()));
    }
    names.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(names)
}

fn read(path: &Path) -> Result<Option<Told>, ShipError> {
    let file = match private::open_to_read(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(err) => return Err(EvidenceError::Io { path: path.to_owned(), err }.into()),
    };
    let corrupt = || ShipError::Corrupt(path.display().to_string());
    let bytes = files::read_bounded(file, MOST_BYTES, 512).map_err(EvidenceError::at(path))?;
    let told: Told = serde_json::from_slice(&bytes.ok_or_else(corrupt)?).map_err(|_| corrupt())?;
    if is_hash(&told.hash) { Ok(Some(told)) } else { Err(corrupt()) }
}
