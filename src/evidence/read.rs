//! Reading records back, without verifying them: for those who list and show.
//!
//! A line that cannot be read is told as such, and the next one is read: whether the log holds, `verify` says.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fs::File;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::sys::private;

use super::error::EvidenceError;
use super::folder::{self, CURRENT};
use super::lines::{Line, Lines};

/// One line of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The name of its file.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// The record; none if the line is no JSON.
    pub value: Option<Value>,
    /// The line as it is, if it is text.
    pub text: Option<String>,
}

impl Stored {
    /// Its sequence.
    #[must_use]
    pub fn sequence(&self) -> Option<u64> {
        self.value.as_ref()?.get("sequence")?.as_u64()
    }

    /// The record as it is in the log; a line that is none as an object that says so.
    #[must_use]
    pub fn as_json(&self) -> Cow<'_, str> {
        match (&self.value, &self.text) {
            (Some(_), Some(text)) => Cow::Borrowed(text),
            _ => Cow::Owned(
                json!({ "error": "this line is no record", "file": self.file, "line": self.line })
                    .to_string(),
            ),
        }
    }

    /// A text in it, by the names of the members on the way.
    #[must_use]
    pub fn text_at(&self, names: &[&str]) -> Option<&str> {
        names.iter().try_fold(self.value.as_ref()?, |value, name| value.get(name))?.as_str()
    }
}

/// The records of a log, oldest first; each file is opened when its turn comes.
pub struct Records {
    files: std::vec::IntoIter<PathBuf>,
    open: Option<(PathBuf, Lines<File>)>,
}

/// The records of the log in `folder`, oldest first.
///
/// # Errors
/// If the folder cannot be listed. One that is not there has no records.
pub fn read(folder: &Path) -> Result<Records, EvidenceError> {
    let files: Vec<_> = folder::list(folder)?.files().into_iter().map(|name| folder.join(name)).collect();
    Ok(Records { files: files.into_iter(), open: None })
}

/// The records with this sequence, of which a log that holds has one; only the file that has it is read.
///
/// # Errors
/// As [`read`].
pub fn read_sequence(folder: &Path, sequence: u64) -> Result<Records, EvidenceError> {
    let listing = folder::list(folder)?;
    let mut files: Vec<_> = listing
        .rotated
        .iter()
        .filter(|file| (file.first..=file.last).contains(&sequence))
        .map(|file| folder.join(file.name()))
        .collect();
    if listing.has_current {
        files.push(folder.join(CURRENT));
    }
    Ok(Records { files: files.into_iter(), open: None })
}

/// The newest `limit` records that `wanted` says yes to, oldest first. Older files are read only as far as needed.
///
/// # Errors
/// What [`read`] and the records come to.
pub fn newest(
    folder: &Path,
    limit: usize,
    wanted: &dyn Fn(&Stored) -> bool,
) -> Result<Vec<Stored>, EvidenceError> {
    let mut newest: VecDeque<Stored> = VecDeque::new();
    for name in folder::list(folder)?.files().into_iter().rev() {
        let room = limit.saturating_sub(newest.len());
        if room == 0 {
            break;
        }
        let mut of_file: VecDeque<Stored> = VecDeque::new();
        for stored in (Records { files: vec![folder.join(name)].into_iter(), open: None }) {
            let stored = stored?;
            if wanted(&stored) {
                if of_file.len() == room {
                    of_file.pop_front();
                }
                of_file.push_back(stored);
            }
        }
        of_file.append(&mut newest);
        newest = of_file;
    }
    Ok(newest.into())
}

/// How often a grant was used, as the log has it; without end, if a person took back what it is for and has not granted
/// it again since. `ask` is what it is for.
///
/// # Errors
/// If the log cannot be read.
pub fn uses_of(folder: &Path, grant: &str, ask: &str) -> Result<u64, EvidenceError> {
    let (mut uses, mut is_taken_back) = (0, false);
    for name in folder::list(folder)?.files() {
        let path = folder.join(name);
        let file = private::open_to_read(&path).map_err(EvidenceError::at(&path))?;
        let mut lines = Lines::new(file);
        while let Some(line) = lines.next().map_err(EvidenceError::at(&path))? {
            let Line::Whole(line) = line else { break };
            // A log is long, and a grant's name is in few lines of it.
            let has_name =
                std::str::from_utf8(line).is_ok_and(|line| line.contains(grant) || line.contains(ask));
            let value: Option<Value> = has_name.then(|| serde_json::from_slice(line).ok()).flatten();
            let grants = value.as_ref().and_then(|value| value.get("approval")?.get("grants")?.as_array());
            uses += u64::from(grants.is_some_and(|grants| grants.iter().any(|used| used == grant)));
            let answer = value.as_ref().and_then(|value| value.get("answer"));
            let text = |name: &str| answer.and_then(|answer| answer.get(name)?.as_str()).unwrap_or_default();
            match text("what") {
                "deny" => is_taken_back |= [grant, ask].contains(&text("id")),
                "approve" | "import" => is_taken_back &= text("grant") != grant,
                _ => {}
            }
        }
    }
    Ok(if is_taken_back { u64::MAX } else { uses })
}

impl Iterator for Records {
    type Item = Result<Stored, EvidenceError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.open.is_none() {
                let path = self.files.next()?;
                match private::open_to_read(&path) {
                    Ok(file) => self.open = Some((path, Lines::new(file))),
                    Err(err) => return Some(Err(EvidenceError::Io { path, err })),
                }
            }
            let Some((path, lines)) = &mut self.open else { continue };
            match lines.next() {
                // The last line may be one that is being written at this moment.
                Ok(None | Some(Line::Torn(_))) => self.open = None,
                Ok(Some(Line::Whole(line))) => {
                    let text = std::str::from_utf8(line).ok().map(str::to_owned);
                    let value = serde_json::from_slice(line).ok();
                    return Some(Ok(stored(path, lines.number, value, text)));
                }
                Ok(Some(Line::TooLong)) => {
                    let stored = stored(path, lines.number, None, None);
                    self.open = None;
                    return Some(Ok(stored));
                }
                Err(err) => {
                    let path = path.clone();
                    self.open = None;
                    return Some(Err(EvidenceError::Io { path, err }));
                }
            }
        }
    }
}

/// A line with its place.
pub(super) fn stored(path: &Path, line: u64, value: Option<Value>, text: Option<String>) -> Stored {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Stored { file, line, value, text }
}
