//! Programs that are run under their own names, by way of a folder of links to this binary.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::dirs::Places;
use super::files::{self, ReadError};
use super::programs::ProgramError;

/// The largest record that is read, in bytes.
const MOST_RECORD: u64 = 1 << 20;

/// The real programs, by the names that they are run under.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Shims(pub BTreeMap<String, PathBuf>);

/// The folder of the links.
#[must_use]
pub fn folder(places: &Places) -> PathBuf {
    places.state.join("shims")
}

/// Where the real programs are recorded.
#[must_use]
pub fn record_path(places: &Places) -> PathBuf {
    places.state.join("shims.json")
}

/// What was recorded; nothing, if there is no record.
///
/// # Errors
/// If there is a record that cannot be read.
pub fn recorded(places: &Places) -> Result<Shims, ProgramError> {
    let path = record_path(places);
    let bytes = match files::read(&path, MOST_RECORD) {
        Ok(bytes) => bytes,
        Err(error) if error.is_missing() => return Ok(Shims::default()),
        Err(error) => return Err(ReadError::into(error)),
    };
    serde_json::from_slice(&bytes).map_err(|err| ProgramError::Damaged { path, err })
}

/// The name that this binary was started under, if it is one of the folder: where the file itself lies says it, not what
/// the caller calls it.
#[must_use]
pub fn own_name(places: &Places) -> Option<String> {
    let program = super::environment::own_program().ok()?;
    let folder = folder(places);
    let real = fs::canonicalize(&folder).unwrap_or(folder);
    let is_there = program.parent().is_some_and(|parent| parent == real);
    is_there.then(|| program.file_name()?.to_str().map(str::to_owned)).flatten()
}

/// Whether two names lead to one file.
#[must_use]
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}
