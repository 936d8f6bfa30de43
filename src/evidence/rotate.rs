//! Full files, and how long they are kept.
//!
//! A file that is full gets the name of the records that it holds; the next one continues the chain. Only then are
//! old files looked at: what the policy does not want kept is named in a `retention` record, with the last sequence
//! and hash of each file, and is then removed. So the chain that is left says where its beginning went.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::sys::{clock, private};

use super::error::EvidenceError;
use super::folder::{self, Rotated};
use super::log::{Limits, Writer};
use super::record::{Draft, Kind};
use super::{recover, ship};

/// A file is full at this size, in bytes.
const FILE_BYTES: u64 = 64 << 20;

/// However small a cap is, files are not made smaller than this, in bytes.
const LEAST_FILE_BYTES: u64 = 256 << 10;

const SECONDS_A_DAY: u64 = 24 * 60 * 60;

/// One file that was removed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Removed {
    /// Its name.
    pub file: String,
    /// Its first sequence.
    pub first_sequence: u64,
    /// Its last sequence.
    pub last_sequence: u64,
    /// The hash of its last record.
    pub last_hash: String,
    /// Its length, in bytes.
    pub bytes: u64,
}

/// What a `retention` record says.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Retention {
    pub(super) removed: Vec<Removed>,
}

/// The size at which a file is full under these limits: under a cap there are several, or nothing could be removed.
pub(super) fn file_bytes(limits: Limits) -> u64 {
    limits
        .max_megabytes
        .map_or(FILE_BYTES, |megabytes| FILE_BYTES.min(cap(megabytes) / 4).max(LEAST_FILE_BYTES))
}

fn cap(megabytes: u64) -> u64 {
    megabytes.saturating_mul(1 << 20)
}

/// Begins a new current file, and removes what is not to be kept.
pub(super) fn rotate(writer: &mut Writer<'_>, limits: Limits) -> Result<(), EvidenceError> {
    let current = writer.folder.join(folder::CURRENT);
    let rotated = Rotated { first: writer.head.file_first, last: writer.head.sequence };
    let full = writer.folder.join(rotated.name());
    if fs::symlink_metadata(&full).is_ok() {
        // Something is in the way, and must not be overwritten: the file grows instead.
        return Ok(());
    }
    writer.log.sync_data().map_err(EvidenceError::at(&current))?;
    fs::rename(&current, &full).map_err(EvidenceError::at(&full))?;
    writer.log = private::open_to_append(&current).map_err(EvidenceError::at(&current))?;
    private::sync_folder(writer.folder).map_err(EvidenceError::at(writer.folder))?;
    writer.head.length = 0;
    writer.head.file_first = writer.head.sequence.saturating_add(1);
    writer.write_head()?;
    retain(writer, limits)
}

fn retain(writer: &mut Writer<'_>, limits: Limits) -> Result<(), EvidenceError> {
    let removed = outdated(writer.folder, limits)?;
    let Some(newest) = removed.last() else { return Ok(()) };
    let (first_sequence, first_previous_hash) =
        (newest.last_sequence.saturating_add(1), newest.last_hash.clone());
    let names: Vec<_> = removed.iter().map(|removed| removed.file.clone()).collect();
    // The record comes first: a crash in between leaves files too many, never a gap that nothing explains.
    let _ = writer.append_here(Draft::own(Kind::Retention, &Retention { removed }))?;
    writer.head.first_sequence = first_sequence;
    writer.head.first_previous_hash = first_previous_hash;
    writer.write_head()?;
    for name in names {
        let path = writer.folder.join(name);
        fs::remove_file(&path).map_err(EvidenceError::at(&path))?;
    }
    private::sync_folder(writer.folder).map_err(EvidenceError::at(writer.folder))
}

/// The oldest files, as far as they are not to be kept.
fn outdated(folder: &Path, limits: Limits) -> Result<Vec<Removed>, EvidenceError> {
    let mut outdated = Vec::new();
    if limits.retention_days.is_none() && limits.max_megabytes.is_none() {
        return Ok(outdated);
    }
    let rotated = folder::list(folder)?.rotated;
    let wanted = ship::oldest_wanted(folder)?;
    let mut total = 0_u64;
    let mut files = Vec::with_capacity(rotated.len());
    for file in rotated {
        let path = folder.join(file.name());
        let bytes = fs::symlink_metadata(&path).map_err(EvidenceError::at(&path))?.len();
        total = total.saturating_add(bytes);
        files.push((file, bytes));
    }
    let oldest_kept = limits.retention_days.map(|days| {
        let seconds = i64::try_from(days.saturating_mul(SECONDS_A_DAY)).unwrap_or(i64::MAX);
        clock::now_seconds().saturating_sub(seconds)
    });
    for (file, bytes) in files {
        let is_too_much = limits.max_megabytes.is_some_and(|megabytes| total > cap(megabytes));
        if !is_too_much && oldest_kept.is_none() {
            break;
        }
        // A receiver still waits for records in it.
        if wanted.is_some_and(|wanted| file.last >= wanted) {
            break;
        }
        // A file without a sound record is evidence of something, and stays until a person has seen it.
        let Some(last) = recover::last_of(folder, file)? else { break };
        let is_too_old = oldest_kept
            .zip(clock::seconds_of(&last.time))
            .is_some_and(|(oldest_kept, time)| time < oldest_kept);
        if !is_too_much && !is_too_old {
            break;
        }
        total = total.saturating_sub(bytes);
        outdated.push(Removed {
            file: file.name(),
            first_sequence: file.first,
            last_sequence: last.sequence,
            last_hash: last.hash,
            bytes,
        });
    }
    Ok(outdated)
}
