//! Verifying: every line is what it must be, follows on the one before it, and the head names the last.
//!
//! What is found: any byte that was changed, a record that was removed, inserted, repeated or moved, a file that does
//! not continue the one before it, a beginning that no `retention` record explains, a tail that was cut, a head that
//! is missing, unreadable or names something else. What is not: a chain that its owner computed anew from beginning
//! to end, head included; nothing in the folder can show that.
//!
//! One line is held at a time. What others append meanwhile is not looked at: the files are listed, and the current
//! one measured, under the lock.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::sys::ssh::{OwnKey, Signers};
use crate::sys::{locks, private};

use super::error::EvidenceError;
use super::folder::{self, CURRENT};
use super::head::{Found, Head};
use super::lines::{Line, Lines};
use super::record::{Kind, NO_HASH, Sound};
use super::report::{BadLine, MOST_NOTES, Place, Report};
use super::rotate::{Removed, Retention};
use super::seal::{Checkpoint, KEY_FILE, SealedBy};

/// How many bytes pass between two reports of progress.
const PROGRESS_BYTES: u64 = 1 << 20;

/// Verifies the log in `folder`, telling `progress` how many bytes of how many are done.
///
/// # Errors
/// Only if the log cannot be read; one that does not hold is a report.
pub fn verify(folder: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<Report, EvidenceError> {
    verify_against(folder, &Against::default(), progress)
}

/// What a log is held to, beside itself.
#[derive(Clone, Debug, Default)]
pub struct Against {
    /// Whose seals and checkpoints count; none: anybody's, and the report says whose they are.
    pub signers: Option<Signers>,
    /// A checkpoint that was kept elsewhere.
    pub checkpoint: Option<Checkpoint>,
}

/// Verifies the log as [`verify`] does, and that it holds to what was kept elsewhere: no record up to that of the
/// checkpoint was changed, and none is missing.
///
/// # Errors
/// As [`verify`].
pub fn verify_against(
    folder: &Path,
    against: &Against,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Report, EvidenceError> {
    let snapshot = Snapshot::take(folder)?;
    let mut check = Check::new(&snapshot, against);
    let by = against.checkpoint.as_ref().map(|checkpoint| checkpoint.check(against.signers.as_ref()));
    let by = match by.transpose() {
        Ok(by) => by,
        Err(error) => {
            check.checkpoint_is_bad(error.to_string());
            return Ok(check.report);
        }
    };
    let mut done = 0;
    for file in snapshot.files {
        match check.file(&file, &mut |bytes| progress(done + bytes, snapshot.bytes)) {
            Ok(()) => {}
            Err(Stop::Bad(bad)) => {
                check.report.bad = Some(bad);
                return Ok(check.report);
            }
            Err(Stop::Unreadable(error)) => return Err(error),
        }
        done += file.length;
    }
    progress(done, snapshot.bytes);
    check.end(&snapshot.head, snapshot.current_length);
    check.hold_to_checkpoint(by);
    check.name_key_file(folder);
    Ok(check.report)
}

/// What there was to verify at one moment.
struct Snapshot {
    files: Vec<Part>,
    bytes: u64,
    current_length: u64,
    head: Found,
    side_files: Vec<String>,
    strangers: Vec<String>,
}

/// One file with records.
struct Part {
    name: String,
    path: PathBuf,
    /// The current file, opened before others could rotate it away.
    open: Option<File>,
    length: u64,
}

impl Snapshot {
    fn take(folder: &Path) -> Result<Self, EvidenceError> {
        let path = folder.join(folder::LOCK);
        let lock = locks::shared(&path).map_err(EvidenceError::at(&path))?;
        let listing = folder::list(folder)?;
        let head = Head::find(folder)?;
        let mut files = Vec::new();
        let mut current_length = 0;
        for name in listing.files() {
            let path = folder.join(&name);
            let file = private::open_to_read(&path).map_err(EvidenceError::at(&path))?;
            let length = file.metadata().map_err(EvidenceError::at(&path))?.len();
            let is_current = name == CURRENT;
            if is_current {
                current_length = length;
            }
            files.push(Part { name, path, open: is_current.then_some(file), length });
        }
        drop(lock);
        let bytes = files.iter().map(|file| file.length).sum();
        let folder::Listing { side_files, strangers, .. } = listing;
        Ok(Self { files, bytes, current_length, head, side_files, strangers })
    }
}

impl Part {
    fn reader(&self) -> Result<io::Take<File>, EvidenceError> {
        let file = match &self.open {
            Some(file) => file.try_clone(),
            None => private::open_to_read(&self.path),
        };
        Ok(file.map_err(EvidenceError::at(&self.path))?.take(self.length))
    }
}

/// Why no further line is read.
enum Stop {
    Bad(BadLine),
    Unreadable(EvidenceError),
}

/// The verification, as far as it has come.
struct Check<'a> {
    report: Report,
    against: &'a Against,
    /// Whether the record that the checkpoint names was seen.
    saw_checkpoint: bool,
    /// The sequence and the hash of the last record in place.
    last: Option<(u64, String)>,
    /// How the log begins, until a `retention` record explains it.
    unexplained: Option<Unexplained>,
    /// The sequence that the head names, and what was found there.
    head_sequence: Option<u64>,
    at_head: Option<AtHead>,
    /// Where the next line would be.
    next: (String, u64),
    torn: Option<u64>,
    unnamed_side_files: BTreeSet<String>,
}

/// A first record that is not record 1.
struct Unexplained {
    /// The sequence and the hash of the record before it.
    sequence: u64,
    hash: String,
    bad: BadLine,
}

struct AtHead {
    hash: String,
    file: String,
    line: u64,
    end: u64,
}

/// What a `repair` record says, as far as it is retold.
#[derive(Deserialize)]
struct Repaired {
    amiss: String,
    side_file: Option<RepairedSideFile>,
}

#[derive(Deserialize)]
struct RepairedSideFile {
    name: String,
    bytes: u64,
}

impl<'a> Check<'a> {
    fn new(snapshot: &Snapshot, against: &'a Against) -> Self {
        let mut report = Report {
            files: snapshot.files.len() as u64,
            bytes: snapshot.bytes,
            side_files: snapshot.side_files.clone(),
            ..Report::default()
        };
        for stranger in &snapshot.strangers {
            report.warn(format!("`{stranger}` is called like a file of the log, is none, and was not read"));
        }
        Self {
            report,
            against,
            saw_checkpoint: false,
            last: None,
            unexplained: None,
            head_sequence: match &snapshot.head {
                Found::Head(head) => Some(head.sequence),
                Found::Missing | Found::Corrupt => None,
            },
            at_head: None,
            next: (CURRENT.to_owned(), 1),
            torn: None,
            unnamed_side_files: snapshot.side_files.iter().cloned().collect(),
        }
    }

    fn file(&mut self, file: &Part, progress: &mut dyn FnMut(u64)) -> Result<(), Stop> {
        let mut lines = Lines::new(file.reader().map_err(Stop::Unreadable)?);
        let mut told = 0;
        self.next = (file.name.clone(), 1);
        loop {
            let line = lines
                .next()
                .map_err(|err| Stop::Unreadable(EvidenceError::Io { path: file.path.clone(), err }))?;
            let Some(line) = line else { break };
            let bad = |fault: String, line| Stop::Bad(BadLine { file: file.name.clone(), line, fault });
            match line {
                Line::Torn(bytes) if file.name == CURRENT => {
                    self.torn = Some(bytes);
                    break;
                }
                Line::Whole(_) | Line::Torn(_) | Line::TooLong => {}
            }
            let record = line.record();
            let (number, end) = (lines.number, lines.bytes);
            let record = record.map_err(|fault| bad(fault.to_string(), number))?;
            self.record(&file.name, number, &record).map_err(|fault| bad(fault, number))?;
            if self.head_sequence == Some(record.sequence) {
                self.at_head =
                    Some(AtHead { hash: record.hash.clone(), file: file.name.clone(), line: number, end });
            }
            self.report.records += 1;
            let place = Place { sequence: record.sequence, time: record.time };
            self.report.first.get_or_insert_with(|| place.clone());
            self.report.last = Some(place);
            self.last = Some((record.sequence, record.hash));
            self.next.1 = number + 1;
            if end - told >= PROGRESS_BYTES {
                told = end;
                progress(end);
            }
        }
        Ok(())
    }

    /// Holds a record to its place, and takes in what it says.
    fn record(&mut self, file: &str, line: u64, record: &Sound) -> Result<(), String> {
        match &self.last {
            Some((sequence, hash)) => {
                let expected = sequence + 1;
                if record.sequence != expected {
                    return Err(format!(
                        "expected record {expected}, found record {}{}",
                        record.sequence,
                        said_by(record)
                    ));
                }
                if record.previous_hash != *hash {
                    return Err(format!(
                        "expected record {expected} to follow on {hash}, found it to follow on {}",
                        record.previous_hash
                    ));
                }
            }
            None if record.sequence == 1 => {
                if record.previous_hash != NO_HASH {
                    return Err(format!(
                        "expected record 1 to follow on none, found it to follow on {}",
                        record.previous_hash
                    ));
                }
            }
            None => {
                let fault = format!(
                    "expected record 1, or a `retention` record that says where the {} before record {} went, \
                     found neither",
                    record.sequence - 1,
                    record.sequence
                );
                let bad = BadLine { file: file.to_owned(), line, fault };
                self.unexplained = Some(Unexplained {
                    sequence: record.sequence - 1,
                    hash: record.previous_hash.clone(),
                    bad,
                });
            }
        }
        if let Some(checkpoint) = self.against.checkpoint.as_ref().filter(|at| at.sequence == record.sequence)
        {
            if checkpoint.hash != record.hash {
                return Err(format!(
                    "expected the hash that the checkpoint names, {}, found {}",
                    checkpoint.hash, record.hash
                ));
            }
            self.saw_checkpoint = true;
        }
        let detail = record.detail.as_ref();
        match record.kind {
            Kind::Decision => self.report.decisions += 1,
            Kind::Answer => {}
            Kind::Retention => self.retention(read(detail, "retention")?),
            Kind::Repair => self.repair(record.sequence, read(detail, "repair")?),
            Kind::Gap => self.gap(record.sequence, detail),
            Kind::Seal => self.seal(record)?,
        }
        Ok(())
    }

    fn gap(&mut self, sequence: u64, detail: Option<&Value>) {
        self.report.gaps += 1;
        let text = |name| detail.and_then(|detail| detail.get(name)?.as_str()).unwrap_or_default();
        let told = match text("what") {
            "clock_went_back" => format!("the clock went back from {} to {}", text("from"), text("to")),
            "seam_uninstalled" => format!("the seam {} was taken out of {}", text("seam"), text("place")),
            "hooks_bypassed" => {
                format!("{} saw something go past a hook: {}", text("seam"), text("what_passed"))
            }
            _ => "there is a gap that this version has no word for".to_owned(),
        };
        self.report.warn(format!("before record {sequence}, {told}"));
    }

    fn seal(&mut self, record: &Sound) -> Result<(), String> {
        let seal = Checkpoint::of_detail(record.detail.as_ref()).map_err(|error| error.to_string())?;
        if (seal.sequence, &seal.hash) != (record.sequence - 1, &record.previous_hash) {
            return Err(format!(
                "expected a seal of the record before it, found one of record {} with the hash {}",
                seal.sequence, seal.hash
            ));
        }
        // A seal by somebody else is one all the same, and is told as such; a signature that does not hold is none.
        let by = seal
            .check(self.against.signers.as_ref())
            .or_else(|_| seal.check(None))
            .map_err(|error| format!("the seal: {error}"))?;
        self.report.seals += 1;
        self.report.sealed_to = Some(seal.sequence);
        // A chain whose seals are each by another key is a chain of few keys, or none to be trusted.
        if self.report.sealed_by.len() < MOST_NOTES {
            self.report.sealed_by.insert(by);
        }
        Ok(())
    }

    fn hold_to_checkpoint(&mut self, by: Option<SealedBy>) {
        let (Some(checkpoint), Some(by)) = (&self.against.checkpoint, by) else { return };
        if self.report.bad.is_some() {
            return;
        }
        let (sequence, hash) = (checkpoint.sequence, &checkpoint.hash);
        let is_last_removed =
            |removed: &Removed| (removed.last_sequence, &removed.last_hash) == (sequence, hash);
        if self.saw_checkpoint || self.report.removed.iter().any(is_last_removed) {
            self.report.checkpoint = Some((sequence, by));
            return;
        }
        let last = self.last.as_ref().map_or(0, |(sequence, _)| *sequence);
        let fault = if sequence > last {
            format!(
                "expected record {sequence}, which the checkpoint names, found the end of the log after record {last}"
            )
        } else {
            format!(
                "record {sequence}, which the checkpoint names, is not there any more: nothing can be held to it"
            )
        };
        self.checkpoint_is_bad(fault);
    }

    fn checkpoint_is_bad(&mut self, fault: String) {
        self.report.bad = Some(BadLine { file: "checkpoint".to_owned(), line: 1, fault });
    }

    /// Whether the key that sealed is the one that lies beside the log.
    fn name_key_file(&mut self, folder: &Path) {
        let Ok(key) = OwnKey::open(&folder.join(KEY_FILE)) else { return };
        let fingerprint = key.public().fingerprint();
        self.report.is_sealed_by_key_file =
            self.report.sealed_by.iter().any(|by| by.fingerprint == fingerprint);
    }

    fn retention(&mut self, retention: Retention) {
        for removed in retention.removed {
            self.unexplained.take_if(|unexplained| {
                (unexplained.sequence, &unexplained.hash) == (removed.last_sequence, &removed.last_hash)
            });
            if self.report.removed.len() == MOST_NOTES {
                self.report.removed.remove(0);
            }
            self.report.removed.push(removed);
        }
    }

    fn repair(&mut self, sequence: u64, repaired: Repaired) {
        let amiss = told(&repaired.amiss);
        let aside = match repaired.side_file {
            None => String::new(),
            Some(RepairedSideFile { name, bytes }) => {
                let is_there = self.unnamed_side_files.remove(&name);
                let gone = if is_there { "" } else { ", which is gone" };
                format!("; {bytes} bytes are in `{name}`{gone}")
            }
        };
        self.report.warn(format!("before record {sequence}, {amiss}{aside}"));
    }

    /// Holds the whole to the head.
    fn end(&mut self, head: &Found, current_length: u64) {
        for name in std::mem::take(&mut self.unnamed_side_files) {
            self.report.warn(format!("`{name}` was set aside, and no record says why"));
        }
        if let Some(unexplained) = self.unexplained.take() {
            self.report.bad = Some(unexplained.bad);
            return;
        }
        let last = self.last.as_ref().map_or(0, |(sequence, _)| *sequence);
        match head {
            Found::Missing if last == 0 && self.torn.is_none() => {}
            Found::Missing => self.head_is_bad("expected a head, found none: the end may have been cut off"),
            Found::Corrupt => self.head_is_bad("expected a head, found something that cannot be read as one"),
            Found::Head(head) => self.hold_to(head, last, current_length),
        }
    }

    fn hold_to(&mut self, head: &Head, last: u64, current_length: u64) {
        if let Some(torn) = self.torn.filter(|torn| current_length - torn >= head.length) {
            self.report.warn(format!(
                "the log ends in {torn} bytes of a record that was being written; the next append sets them aside"
            ));
        } else if self.torn.is_some() || last < head.sequence {
            let found = self.torn.map_or("the end of the log".to_owned(), |bytes| {
                format!("the end of the file after {bytes} bytes of a line")
            });
            let (file, line) = self.next.clone();
            let fault =
                format!("expected record {}, which the head names last, found {found}", head.sequence);
            let fault = if last + 1 < head.sequence {
                format!(
                    "expected record {} and on to {}, which the head names last, found {found}",
                    last + 1,
                    head.sequence
                )
            } else {
                fault
            };
            self.report.bad = Some(BadLine { file, line, fault });
            return;
        }
        if last > head.sequence + 1 {
            self.head_is_bad(&format!(
                "expected the head to name record {last}, found it to name record {}",
                head.sequence
            ));
            return;
        }
        match &self.at_head {
            Some(at) if at.hash != head.hash => {
                let fault =
                    format!("expected the hash that the head names, {}, found {}", head.hash, at.hash);
                self.report.bad = Some(BadLine { file: at.file.clone(), line: at.line, fault });
            }
            Some(at) if !ends_there(at, head) => {
                let fault = format!("expected record {} to end at byte {}", head.sequence, head.length);
                let fault = format!("{fault}, as the head says, found it to end at byte {}", at.end);
                self.report.bad = Some(BadLine { file: at.file.clone(), line: at.line, fault });
            }
            Some(_) => self.first_is_held(head),
            None if head.sequence == 0 => {}
            None => {
                self.head_is_bad("expected the head to name a record that is there, found that it does not");
            }
        }
        if self.report.bad.is_none() && last == head.sequence + 1 {
            self.report.warn(format!("record {last} was written, and the head was not: a crash in between"));
        }
    }

    fn first_is_held(&mut self, head: &Head) {
        let Some(first) = &self.report.first else { return };
        if first.sequence > head.first_sequence {
            let fault = format!(
                "expected record {}, which the head names first, found record {}",
                head.first_sequence, first.sequence
            );
            self.head_is_bad(&fault);
        } else if first.sequence < head.first_sequence {
            self.report.warn(format!(
                "the records before {} were to be removed, and are still there",
                head.first_sequence
            ));
        }
    }

    fn head_is_bad(&mut self, fault: &str) {
        self.report.bad = Some(BadLine { file: folder::HEAD.to_owned(), line: 1, fault: fault.to_owned() });
    }
}

/// What a repair found, in words.
fn told(amiss: &str) -> &'static str {
    match amiss {
        "torn_tail" => "the log ended in something that is no record of the chain",
        "tail_cut" => "the end of the log was cut off",
        "head_missing" => "the head was missing",
        "head_corrupt" => "the head could not be read",
        _ => "something was amiss that this version has no word for",
    }
}

/// A repair that stands where something is missing says why.
fn said_by(record: &Sound) -> String {
    match record.kind {
        Kind::Decision | Kind::Retention | Kind::Answer | Kind::Gap | Kind::Seal => String::new(),
        Kind::Repair => read::<Repaired>(record.detail.as_ref(), "repair")
            .map(|repaired| format!(", before which {}", told(&repaired.amiss)))
            .unwrap_or_default(),
    }
}

/// Where a rotation was interrupted, or has just been done, the record is in a file that is full.
fn ends_there(at: &AtHead, head: &Head) -> bool {
    if at.file == CURRENT { at.end == head.length } else { head.length == 0 || at.end == head.length }
}

fn read<T: serde::de::DeserializeOwned>(detail: Option<&Value>, name: &str) -> Result<T, String> {
    detail
        .and_then(|detail| T::deserialize(detail).ok())
        .ok_or_else(|| format!("expected a `{name}` as this version writes it, found another"))
}
