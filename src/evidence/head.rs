//! The head: a small file that names the last record, so that an append need not read the log, and that a cut of
//! the log's tail is seen.
//!
//! It always has the same length, so it is updated in place by one write, and it carries a digest of itself, so a
//! torn one is no head at all. It says nothing that the log does not; where it is lost it is made anew from there.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::FileExt;
use std::path::Path;

use serde::Deserialize;

use crate::sys::digest::sha256;
use crate::sys::private;

use super::error::EvidenceError;
use super::folder;
use super::record::{NO_HASH, SCHEMA_VERSION, is_hash};

/// The length of the file, in bytes.
const HEAD_BYTES: usize = 1024;

/// Where the log ends, and where it begins.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    /// The sequence of the last record, 0 if there is none.
    pub(super) sequence: u64,
    /// Its hash.
    pub(super) hash: String,
    /// The length of the current file, in bytes.
    pub(super) length: u64,
    /// The sequence that the current file begins with.
    pub(super) file_first: u64,
    /// The sequence that the oldest file begins with.
    pub(super) first_sequence: u64,
    /// The `previous_hash` of that record.
    pub(super) first_previous_hash: String,
    /// The sequence of the last seal, 0 if there is none.
    #[serde(default)]
    pub(super) sealed: u64,
    /// The time of the last record; empty if it is not known.
    #[serde(default)]
    pub(super) time: String,
    schema_version: u64,
    check: String,
}

/// What is in the place of the head.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Found {
    /// A head.
    Head(Head),
    /// Nothing.
    Missing,
    /// Something that is no head.
    Corrupt,
}

impl Head {
    /// The head of a log without a record.
    pub(super) fn fresh() -> Self {
        Self {
            sequence: 0,
            hash: NO_HASH.to_owned(),
            length: 0,
            file_first: 1,
            first_sequence: 1,
            first_previous_hash: NO_HASH.to_owned(),
            sealed: 0,
            time: String::new(),
            schema_version: SCHEMA_VERSION,
            check: String::new(),
        }
    }

    /// Reads the head of a log.
    pub(super) fn find(folder: &Path) -> Result<Found, EvidenceError> {
        let path = folder.join(folder::HEAD);
        match private::open_to_read(&path) {
            Ok(file) => Self::read(file).map_err(EvidenceError::at(&path)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Found::Missing),
            Err(err) => Err(EvidenceError::Io { path, err }),
        }
    }

    /// Reads a head from an open file.
    pub(super) fn read(file: impl Read) -> std::io::Result<Found> {
        let mut bytes = Vec::with_capacity(HEAD_BYTES + 1);
        file.take(HEAD_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.is_empty() {
            return Ok(Found::Missing);
        }
        let head = serde_json::from_slice::<Self>(&bytes).ok();
        Ok(head.filter(|head| head.encode() == bytes).map_or(Found::Corrupt, Found::Head))
    }

    /// Writes the head over what is in the file.
    pub(super) fn write(&self, file: &File) -> std::io::Result<()> {
        file.write_all_at(&self.encode(), 0)
    }

    fn encode(&self) -> Vec<u8> {
        let Self {
            sequence,
            hash,
            length,
            file_first,
            first_sequence,
            first_previous_hash,
            sealed,
            time,
            schema_version,
            check: _,
        } = self;
        // What was read and is no hash must not break the length; it will not compare equal.
        let hash = if is_hash(hash) { hash } else { NO_HASH };
        let first_previous_hash = if is_hash(first_previous_hash) { first_previous_hash } else { NO_HASH };
        let sealed = if *sealed > 0 { format!("\"sealed\":{sealed},") } else { String::new() };
        let time = if is_plain(time) { format!(",\"time\":\"{time}\"") } else { String::new() };
        let body = format!(
            "\"file_first\":{file_first},\"first_previous_hash\":\"{first_previous_hash}\",\
             \"first_sequence\":{first_sequence},\"hash\":\"{hash}\",\"length\":{length},\
             \"schema_version\":{schema_version},{sealed}\"sequence\":{sequence}{time}}}"
        );
        let check = sha256(body.as_bytes());
        let mut bytes = format!("{{\"check\":\"{check}\",{body}").into_bytes();
        bytes.resize(HEAD_BYTES - 1, b' ');
        bytes.push(b'\n');
        bytes
    }
}

/// Whether the text can stand in the head as a time.
fn is_plain(time: &str) -> bool {
    (1..=40).contains(&time.len())
        && time.bytes().all(|byte| byte.is_ascii_digit() || b"-:.TZ+".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_reads_back_and_any_byte_that_is_changed_makes_it_none() {
        let time = "2026-11-23T09:30:00.000Z".to_owned();
        let head = Head { sequence: 7, sealed: 6, length: u64::MAX, time, ..Head::fresh() };
        let bytes = head.encode();
        assert_eq!(bytes.len(), HEAD_BYTES);
        let Ok(Found::Head(read)) = Head::read(&*bytes) else { panic!("it is a head") };
        assert_eq!((read.sequence, read.sealed, read.length), (7, 6, u64::MAX));
        assert_eq!(read.time, head.time);
        for place in 0..bytes.len() {
            for flip in [1, 0x20, 0x80] {
                let mut flipped = bytes.clone();
                flipped[place] ^= flip;
                assert_eq!(Head::read(&*flipped).expect("no error"), Found::Corrupt, "byte {place}");
            }
        }
        for end in 1..bytes.len() {
            assert_eq!(Head::read(&bytes[..end]).expect("no error"), Found::Corrupt);
        }
        assert_eq!(Head::read(&b""[..]).expect("no error"), Found::Missing);
    }
}
