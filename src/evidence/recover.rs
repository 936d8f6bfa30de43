//! What an append does where the head and the log do not agree.
//!
//! | found | done |
//! |---|---|
//! | the log is longer than the head says, by whole records that chain on | they are taken in: a writer was killed before it wrote the head |
//! | ... by anything else | that is moved to a side file, `torn-SEQUENCE-RANDOM.bin`, and a `repair` record names it with its length and digest |
//! | the log is shorter than the head says, or gone | the chain goes on from the head, so that the gap shows for ever, and a `repair` record says so |
//! | the log is gone, and a full file of just these records is there | a writer was killed between renaming the file and writing the head: nothing is amiss |
//! | the head is gone or unreadable | it is made anew from the last sound record, and a `repair` record says so |
//!
//! Nothing is ever dropped: what is cut from the log is in a side file first.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::Serialize;

use crate::sys::digest::Sha256Sum;
use crate::sys::{private, random};

use super::error::EvidenceError;
use super::folder::{self, Rotated};
use super::head::{Found, Head};
use super::lines::{Line, Lines};
use super::record::{Kind, Sound};

/// A log that can be appended to, and what is to be said of how it was found.
pub(super) struct Recovered {
    pub(super) head: Head,
    pub(super) repairs: Vec<Repair>,
}

/// What was amiss.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Amiss {
    /// The current file ended in something that is no record of the chain.
    TornTail,
    /// The current file ended before the record that the head names.
    TailCut,
    /// There was no head.
    HeadMissing,
    /// The head could not be read.
    HeadCorrupt,
}

/// What a `repair` record says.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Repair {
    amiss: Amiss,
    /// How long the current file was to be, in bytes, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected_length: Option<u64>,
    /// How long it was.
    found_length: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    side_file: Option<SideFile>,
}

#[derive(Clone, Debug, Serialize)]
struct SideFile {
    name: String,
    bytes: u64,
    sha256: String,
}

/// Looks at head and log, under the lock, and mends what does not agree.
pub(super) fn recover(folder: &Path, log: &File, found: Found) -> Result<Recovered, EvidenceError> {
    let path = folder.join(folder::CURRENT);
    let length = log.metadata().map_err(EvidenceError::at(&path))?.len();
    match found {
        Found::Head(head) if head.length == length => Ok(Recovered { head, repairs: Vec::new() }),
        Found::Head(head) if head.length < length => take_in(folder, log, head, length),
        Found::Head(mut head) if length == 0 && is_rotated(folder, &head) => {
            head.length = 0;
            head.file_first = head.sequence.saturating_add(1);
            Ok(Recovered { head, repairs: Vec::new() })
        }
        Found::Head(head) => go_on_after_a_cut(folder, log, head, length),
        Found::Missing => rebuild(folder, log, length, Amiss::HeadMissing),
        Found::Corrupt => rebuild(folder, log, length, Amiss::HeadCorrupt),
    }
}

/// Whether the current file was renamed when it was full, and the head does not know it yet.
fn is_rotated(folder: &Path, head: &Head) -> bool {
    let name = Rotated { first: head.file_first, last: head.sequence }.name();
    fs::symlink_metadata(folder.join(name))
        .is_ok_and(|metadata| metadata.is_file() && metadata.len() == head.length)
}

/// The log is longer than the head says.
fn take_in(folder: &Path, log: &File, mut head: Head, length: u64) -> Result<Recovered, EvidenceError> {
    let path = folder.join(folder::CURRENT);
    let expected_length = Some(head.length);
    let mut at = log;
    at.seek(SeekFrom::Start(head.length)).map_err(EvidenceError::at(&path))?;
    let begin = head.length;
    let mut lines = Lines::new(at.take(length - begin));
    while let Some(line) = lines.next().map_err(EvidenceError::at(&path))? {
        let Ok(record) = line.record() else { break };
        if record.sequence != head.sequence.saturating_add(1) || record.previous_hash != head.hash {
            break;
        }
        if record.kind == Kind::Seal {
            head.sealed = record.sequence;
        }
        head.sequence = record.sequence;
        head.hash = record.hash;
        head.time = record.time;
        head.length = begin + lines.bytes;
    }
    let mut repairs = Vec::new();
    if head.length < length {
        let side_file = Some(set_aside(folder, log, head.length, head.sequence)?);
        repairs.push(Repair { amiss: Amiss::TornTail, expected_length, found_length: length, side_file });
    }
    Ok(Recovered { head, repairs })
}

/// The log is shorter than the head says: lines that are there stay, and the next record follows on the one that
/// the head names.
fn go_on_after_a_cut(
    folder: &Path,
    log: &File,
    mut head: Head,
    length: u64,
) -> Result<Recovered, EvidenceError> {
    let expected_length = Some(head.length);
    let whole = whole_lines(folder, log)?;
    let side_file = if whole < length { Some(set_aside(folder, log, whole, head.sequence)?) } else { None };
    let repair = Repair { amiss: Amiss::TailCut, expected_length, found_length: length, side_file };
    head.length = whole;
    Ok(Recovered { head, repairs: vec![repair] })
}

/// The length of the whole lines of the current file.
fn whole_lines(folder: &Path, log: &File) -> Result<u64, EvidenceError> {
    let path = folder.join(folder::CURRENT);
    let mut at = log;
    at.seek(SeekFrom::Start(0)).map_err(EvidenceError::at(&path))?;
    let mut lines = Lines::new(at);
    let mut whole = 0;
    while let Some(line) = lines.next().map_err(EvidenceError::at(&path))? {
        match line {
            Line::Whole(_) => whole = lines.bytes,
            Line::Torn(_) | Line::TooLong => break,
        }
    }
    Ok(whole)
}

/// There is no head to go by: the chain goes on from the last record that is sound in itself.
fn rebuild(folder: &Path, log: &File, length: u64, amiss: Amiss) -> Result<Recovered, EvidenceError> {
    let rotated = folder::list(folder)?.rotated;
    if length == 0 && rotated.is_empty() && amiss == Amiss::HeadMissing {
        return Ok(Recovered { head: Head::fresh(), repairs: Vec::new() });
    }
    let mut head = Head::fresh();
    let path = folder.join(folder::CURRENT);
    let mut at = log;
    at.seek(SeekFrom::Start(0)).map_err(EvidenceError::at(&path))?;
    let current = Ends::of(at).map_err(EvidenceError::at(&path))?;

    let mut first = current.first;
    let mut last = current.last;
    if let Some(oldest) = rotated.first() {
        first = ends_of(folder, *oldest)?.first.or(first);
    }
    for file in rotated.iter().rev() {
        if last.is_some() {
            break;
        }
        last = ends_of(folder, *file)?.last;
    }
    if let Some(first) = first {
        head.first_sequence = first.sequence;
        head.first_previous_hash = first.previous_hash;
    }
    if let Some(last) = last {
        head.sequence = last.sequence;
        head.hash = last.hash;
        head.time = last.time;
    }
    head.length = current.sound_bytes;
    head.file_first = current.file_first.unwrap_or(head.sequence.saturating_add(1));
    let side_file = if current.sound_bytes < length {
        Some(set_aside(folder, log, current.sound_bytes, head.sequence)?)
    } else {
        None
    };
    let repair = Repair { amiss, expected_length: None, found_length: length, side_file };
    Ok(Recovered { head, repairs: vec![repair] })
}

fn ends_of(folder: &Path, file: Rotated) -> Result<Ends, EvidenceError> {
    let path = folder.join(file.name());
    let file = private::open_to_read(&path).map_err(EvidenceError::at(&path))?;
    Ends::of(file).map_err(EvidenceError::at(&path))
}

/// The first and the last sound record of a file.
struct Ends {
    first: Option<Sound>,
    last: Option<Sound>,
    file_first: Option<u64>,
    /// Up to the end of the last sound record.
    sound_bytes: u64,
}

impl Ends {
    fn of(file: impl Read) -> io::Result<Self> {
        let mut ends = Self { first: None, last: None, file_first: None, sound_bytes: 0 };
        let mut lines = Lines::new(file);
        while let Some(line) = lines.next()? {
            let Ok(record) = line.record() else { continue };
            if ends.first.is_none() {
                ends.file_first = Some(record.sequence);
                ends.first = Some(record.clone());
            }
            ends.last = Some(record);
            ends.sound_bytes = lines.bytes;
        }
        Ok(ends)
    }
}

/// The last sound record of a full file. It is nearly always in the last part, so all of the file is read only
/// where it is not.
pub(super) fn last_of(folder: &Path, file: Rotated) -> Result<Option<Sound>, EvidenceError> {
    let path = folder.join(file.name());
    let mut at = private::open_to_read(&path).map_err(EvidenceError::at(&path))?;
    let length = at.metadata().map_err(EvidenceError::at(&path))?.len();
    at.seek(SeekFrom::Start(length.saturating_sub(LAST_PART_BYTES))).map_err(EvidenceError::at(&path))?;
    match Ends::of(at).map_err(EvidenceError::at(&path))?.last {
        Some(last) => Ok(Some(last)),
        None => Ok(ends_of(folder, file)?.last),
    }
}

/// Enough for the last record of nearly every file.
const LAST_PART_BYTES: u64 = 1 << 20;

/// Moves what follows `from` to a side file, and cuts it from the log when it is safe there.
fn set_aside(folder: &Path, log: &File, from: u64, sequence: u64) -> Result<SideFile, EvidenceError> {
    let name = format!("torn-{}-{}.bin", sequence.saturating_add(1), random::hex12());
    let path = folder.join(&name);
    let copied = copy(log, from, &path);
    let (bytes, sha256) = copied.map_err(|err| {
        // The part of a copy is of no use; what it is of is still in the log.
        let _ = fs::remove_file(&path);
        EvidenceError::Io { path: path.clone(), err }
    })?;
    private::sync_folder(folder).map_err(EvidenceError::at(folder))?;
    log.set_len(from).map_err(EvidenceError::at(&folder.join(folder::CURRENT)))?;
    Ok(SideFile { name, bytes, sha256 })
}

fn copy(mut log: &File, from: u64, path: &Path) -> io::Result<(u64, String)> {
    log.seek(SeekFrom::Start(from))?;
    let mut side = private::create(path)?;
    let mut sum = Sha256Sum::default();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let read = match log.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let part = buffer.get(..read).unwrap_or_default();
        sum.update(part);
        side.write_all(part)?;
        bytes += read as u64;
    }
    side.sync_all()?;
    Ok((bytes, sum.finish()))
}
