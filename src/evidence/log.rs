//! The log on disk: appending.
//!
//! Processes take turns by a lock. Who has it looks at the head and at the length of the current file; where the
//! two agree the head is believed, and nothing is read. Where they do not, something was interrupted or tampered
//! with, and [`super::recover`] brings the log into a state that says so. Then the record is written, by one call
//! for the whole line, and then the head. Whatever stops this in between leaves a log that the next append can
//! go on from; no record that was reported as written is ever taken back.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::sys::locks::{self, Lock};
use crate::sys::{clock, private};

use super::entry::{Answer, Entry};
use super::error::EvidenceError;
use super::folder;
use super::gap::Gap;
use super::head::{Found, Head};
use super::record::{Draft, Kind, MOST_LINE_BYTES};
use super::recover;
use super::rotate;
use super::seal::Checkpoint;

/// A log: a folder with the current file, the rotated ones, the head and the lock.
#[derive(Clone, Debug)]
pub struct Log {
    folder: PathBuf,
    limits: Limits,
    rotate_at: u64,
}

/// How large a log may grow, and how long it is kept.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Limits {
    /// Rotated files whose last record is older are removed; none: kept for ever.
    pub retention_days: Option<u64>,
    /// The oldest rotated files are removed beyond this, in MiB of all files; none: no cap.
    pub max_megabytes: Option<u64>,
    /// Whether the chain is sealed by the key file: each full file, and after so many records.
    pub seals: bool,
}

/// Whether the record must have reached the disk before the verdict is acted on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Durability {
    /// The system's cache is enough: an allow.
    Buffered,
    /// It is synced: everything else.
    Synced,
}

/// A record's place in the chain.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Recorded {
    /// From 1.
    pub sequence: u64,
    /// Its hash, 64 hexadecimal digits.
    pub hash: String,
}

impl Log {
    /// The log in `folder`, which is made (0700) when the first record is appended.
    #[must_use]
    pub fn new(folder: PathBuf, limits: Limits) -> Self {
        Self { folder, limits, rotate_at: rotate::file_bytes(limits) }
    }

    /// The same log with files of about this many bytes.
    #[cfg(test)]
    pub(super) fn rotating_at(self, rotate_at: u64) -> Self {
        Self { rotate_at, ..self }
    }

    /// Records that something may not have been seen.
    ///
    /// # Errors
    /// As [`Log::append`].
    pub fn note(&self, gap: &Gap) -> Result<Recorded, EvidenceError> {
        self.append_own(Draft::own(Kind::Gap, gap))
    }

    /// The head of the chain: the sequence and the hash of its last record; none if there is none.
    ///
    /// # Errors
    /// If the log cannot be read or brought into a state that can be appended to.
    pub fn head(&self) -> Result<Option<Recorded>, EvidenceError> {
        let writer = Writer::open(&self.folder, self.limits, self.rotate_at)?;
        let Head { sequence, hash, .. } = &writer.head;
        Ok((*sequence > 0).then(|| Recorded { sequence: *sequence, hash: hash.clone() }))
    }

    /// Appends a seal that was made of the last record. Where another record was appended meanwhile it seals that
    /// one no more, and none is given.
    ///
    /// # Errors
    /// As [`Log::append`].
    pub fn seal(&self, checkpoint: &Checkpoint) -> Result<Option<Recorded>, EvidenceError> {
        let mut writer = Writer::open(&self.folder, self.limits, self.rotate_at)?;
        if (checkpoint.sequence, &checkpoint.hash) != (writer.head.sequence, &writer.head.hash) {
            return Ok(None);
        }
        let recorded = writer.put_seal(checkpoint)?;
        self.sync(&writer.release())?;
        Ok(Some(recorded))
    }

    /// A checkpoint of the last record by the key file, which is made at first use; none if there is no record.
    ///
    /// # Errors
    /// If the key cannot be read or made.
    pub fn checkpoint_by_key_file(&self) -> Result<Option<Checkpoint>, EvidenceError> {
        let head = self.head()?;
        head.map(|head| Checkpoint::by_key_file(&self.folder, head.sequence, &head.hash)).transpose()
    }

    fn append_own(&self, draft: Draft) -> Result<Recorded, EvidenceError> {
        let mut writer = Writer::open(&self.folder, self.limits, self.rotate_at)?;
        let recorded = writer.append(draft)?;
        self.sync(&writer.release())?;
        Ok(recorded)
    }

    fn sync(&self, log: &File) -> Result<(), EvidenceError> {
        log.sync_data().map_err(EvidenceError::at(&self.folder.join(folder::CURRENT)))
    }

    /// Appends one record, safely between processes.
    ///
    /// # Errors
    /// If the record could not be written whole, or not be synced where that is asked for. What the log holds of it
    /// then is mended by the next append.
    pub fn append(&self, entry: &Entry, durability: Durability) -> Result<Recorded, EvidenceError> {
        self.append_draft(Draft::decision(entry), durability)
    }

    /// Appends a person's answer, synced.
    ///
    /// # Errors
    /// As [`Log::append`].
    pub fn append_answer(&self, answer: &Answer) -> Result<Recorded, EvidenceError> {
        self.append_draft(Draft::own(Kind::Answer, answer), Durability::Synced)
    }

    fn append_draft(&self, draft: Draft, durability: Durability) -> Result<Recorded, EvidenceError> {
        let mut writer = Writer::open(&self.folder, self.limits, self.rotate_at)?;
        let recorded = writer.append(draft)?;
        let log = writer.release();
        match durability {
            Durability::Buffered => {}
            // Without the lock: others need not wait for the disk.
            Durability::Synced => self.sync(&log)?,
        }
        Ok(recorded)
    }
}

/// After so many records the chain is sealed.
const SEAL_EVERY: u64 = 1_000;

/// A clock that is set by a time server goes back a little now and then.
const SLACK_SECONDS: i64 = 2;

/// The one process that writes at the moment.
pub(super) struct Writer<'a> {
    pub(super) folder: &'a Path,
    pub(super) log: File,
    pub(super) head: Head,
    head_file: File,
    limits: Limits,
    rotate_at: u64,
    lock: Lock,
}

impl<'a> Writer<'a> {
    /// Waits for the lock, and brings the log into a state that can be appended to.
    pub(super) fn open(folder: &'a Path, limits: Limits, rotate_at: u64) -> Result<Self, EvidenceError> {
        private::ensure_folder(folder).map_err(EvidenceError::at(folder))?;
        let path = folder.join(folder::LOCK);
        let lock = locks::exclusive(&path).map_err(EvidenceError::at(&path))?;
        let path = folder.join(folder::HEAD);
        let head_file = private::open_to_write(&path).map_err(EvidenceError::at(&path))?;
        let found = Head::read(&head_file).map_err(EvidenceError::at(&path))?;
        let path = folder.join(folder::CURRENT);
        let log = private::open_to_append(&path).map_err(EvidenceError::at(&path))?;

        let is_corrupt = found == Found::Corrupt;
        let recovered = recover::recover(folder, &log, found)?;
        if is_corrupt {
            // It may be longer than a head is.
            head_file.set_len(0).map_err(EvidenceError::at(&folder.join(folder::HEAD)))?;
        }
        let mut writer = Self { folder, log, head: recovered.head, head_file, limits, rotate_at, lock };
        for repair in &recovered.repairs {
            let _ = writer.append_here(Draft::own(Kind::Repair, repair))?;
        }
        Ok(writer)
    }

    /// Appends a record, to a new file if the current one is full.
    pub(super) fn append(&mut self, draft: Draft) -> Result<Recorded, EvidenceError> {
        let after = self.head.length.saturating_add(draft.most_bytes() as u64);
        if self.head.length > 0 && after > self.rotate_at {
            self.seal_after(1)?;
            rotate::rotate(self, self.limits)?;
        }
        self.note_clock()?;
        let recorded = self.append_here(draft)?;
        self.seal_after(SEAL_EVERY)?;
        Ok(recorded)
    }

    /// Seals the chain by the key file where that is asked for and so many records came since the last seal.
    fn seal_after(&mut self, records: u64) -> Result<(), EvidenceError> {
        if !self.limits.seals || self.head.sequence.saturating_sub(self.head.sealed) < records {
            return Ok(());
        }
        let seal = Checkpoint::by_key_file(self.folder, self.head.sequence, &self.head.hash)?;
        let _ = self.put_seal(&seal)?;
        Ok(())
    }

    fn put_seal(&mut self, seal: &Checkpoint) -> Result<Recorded, EvidenceError> {
        let sealed = self.append_here(Draft::own(Kind::Seal, seal))?;
        self.head.sealed = sealed.sequence;
        self.write_head()?;
        Ok(sealed)
    }

    /// A clock that went back is told, for times are what people go by.
    fn note_clock(&mut self) -> Result<(), EvidenceError> {
        let now = clock::now();
        // Both are of one form, so the texts are in the order of the times.
        if self.head.time <= now {
            return Ok(());
        }
        let went_back = clock::seconds_of(&self.head.time).zip(clock::seconds_of(&now));
        if went_back.is_none_or(|(from, to)| from.saturating_sub(to) > SLACK_SECONDS) {
            let gap = Gap::ClockWentBack { from: self.head.time.clone(), to: now };
            let _ = self.append_here(Draft::own(Kind::Gap, &gap))?;
        }
        Ok(())
    }

    /// Appends a record to the current file.
    pub(super) fn append_here(&mut self, draft: Draft) -> Result<Recorded, EvidenceError> {
        let sequence = self.head.sequence.saturating_add(1);
        let time = clock::now();
        let (line, hash) = draft.seal(sequence, &self.head.hash, &time);
        if line.len() > MOST_LINE_BYTES {
            return Err(EvidenceError::TooLarge { bytes: line.len(), limit: MOST_LINE_BYTES });
        }
        self.write(&line)?;
        self.head.sequence = sequence;
        self.head.hash.clone_from(&hash);
        self.head.time = time;
        self.head.length = self.head.length.saturating_add(line.len() as u64);
        self.write_head()?;
        Ok(Recorded { sequence, hash })
    }

    /// Writes a line by one call. What was written of a line that did not fit is taken back.
    fn write(&mut self, line: &[u8]) -> Result<(), EvidenceError> {
        let path = || self.folder.join(folder::CURRENT);
        let written = loop {
            match (&self.log).write(line) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        match written {
            Ok(written) if written == line.len() => Ok(()),
            Ok(written) => {
                // Where this fails too, the next append finds the part and sets it aside.
                let _ = self.log.set_len(self.head.length);
                Err(EvidenceError::ShortWrite { path: path(), written, bytes: line.len() })
            }
            Err(err) => Err(EvidenceError::Io { path: path(), err }),
        }
    }

    pub(super) fn write_head(&self) -> Result<(), EvidenceError> {
        self.head
            .write(&self.head_file)
            .map_err(|err| EvidenceError::Io { path: self.folder.join(folder::HEAD), err })
    }

    /// Lets others write; the file is still there to be synced.
    fn release(self) -> File {
        drop(self.lock);
        self.log
    }
}
