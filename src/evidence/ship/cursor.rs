//! Reading on from a record, a batch at a time, through rotations.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::evidence::error::EvidenceError;
use crate::evidence::folder::{self, CURRENT};
use crate::evidence::lines::{Line, Lines};
use crate::evidence::read::{Stored, stored};
use crate::evidence::record::{NO_HASH, Sound};
use crate::sys::private;

use super::ShipError;
use super::position::Position;

/// Where one reads.
pub(super) struct Cursor {
    folder: PathBuf,
    /// The next record to give.
    next: u64,
    /// The record before it, if its hash is known and was not yet held to the log.
    held_to: Option<(u64, String)>,
    /// The file that was read to its end so far, and where that was.
    left: Option<(u64, u64, u64)>,
}

/// A batch: its records, and the hash of the last.
pub(super) struct Batch {
    pub(super) records: Vec<Stored>,
    pub(super) last: Option<(u64, String)>,
}

impl Cursor {
    /// Behind what the position says was acknowledged.
    pub(super) fn behind(folder: &Path, position: &Position) -> Self {
        let (sequence, hash) = (position.sequence(), position.hash().to_owned());
        Self {
            folder: folder.to_owned(),
            next: sequence.saturating_add(1),
            held_to: (sequence > 0 && hash != NO_HASH).then_some((sequence, hash)),
            left: None,
        }
    }

    /// At most so many records of about so many bytes, from the next one on; none if there is none yet.
    pub(super) fn batch(&mut self, most: usize, most_bytes: usize) -> Result<Batch, ShipError> {
        let mut batch = Batch { records: Vec::new(), last: None };
        let mut bytes = 0;
        for path in self.files()? {
            if !self.read_file(&path, &mut batch, &mut bytes, (most, most_bytes))? {
                break;
            }
        }
        // What was acknowledged must be found before anything behind it is sent.
        if let Some((sequence, expected)) = self.held_to.take_if(|_| batch.last.is_some()) {
            return Err(ShipError::Changed { sequence, expected, found: "no such record".to_owned() });
        }
        Ok(batch)
    }

    /// The files that may hold the next record, and the one before it, oldest first.
    fn files(&self) -> Result<Vec<PathBuf>, ShipError> {
        let listing = folder::list(&self.folder)?;
        let from = self.held_to.as_ref().map_or(self.next, |(sequence, _)| *sequence);
        let rotated = listing.rotated.iter().filter(|file| file.last >= from).map(|file| file.name());
        let current = listing.has_current.then(|| CURRENT.to_owned());
        Ok(rotated.chain(current).map(|name| self.folder.join(name)).collect())
    }

    /// Reads on in one file; false where the batch is full.
    fn read_file(
        &mut self,
        path: &Path,
        batch: &mut Batch,
        bytes: &mut usize,
        (most, most_bytes): (usize, usize),
    ) -> Result<bool, ShipError> {
        let at = EvidenceError::at(path);
        let mut file = private::open_to_read(path).map_err(&at)?;
        let inode = file.metadata().map_err(&at)?.ino();
        let begin = self.left.filter(|(left, ..)| *left == inode);
        let (begin, first_line) = begin.map_or((0, 0), |(_, begin, lines)| (begin, lines));
        file.seek(SeekFrom::Start(begin)).map_err(&at)?;
        let mut lines: Lines<File> = Lines::new(file);
        loop {
            let (end, number) = (begin + lines.bytes, first_line + lines.number);
            if batch.records.len() >= most || *bytes >= most_bytes {
                self.left = Some((inode, end, number));
                return Ok(false);
            }
            let line = match lines.next().map_err(&at)? {
                // The last line may be one that is being written at this moment.
                None | Some(Line::Torn(_)) => {
                    self.left = Some((inode, end, number));
                    return Ok(true);
                }
                Some(line) => line,
            };
            let unsound = |fault: String| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                ShipError::Unsound { place: format!("{name}:{}", number + 1), fault }
            };
            let sound = line.record().map_err(|fault| unsound(fault.to_string()))?;
            let Line::Whole(text) = line else { continue };
            if let Some((sequence, expected)) = self.held_to.take_if(|(held, _)| *held == sound.sequence)
                && sound.hash != expected
            {
                return Err(ShipError::Changed { sequence, expected, found: sound.hash });
            }
            if sound.sequence < self.next {
                continue;
            }
            self.check_beginning(&sound)?;
            *bytes += text.len();
            let value = serde_json::from_slice(text).ok();
            let text = std::str::from_utf8(text).ok().map(str::to_owned);
            batch.records.push(stored(path, number + 1, value, text));
            self.next = sound.sequence.saturating_add(1);
            batch.last = Some((sound.sequence, sound.hash));
        }
    }

    /// A record that is not the next one is no fault where a repair says why; where nothing does, something is gone.
    fn check_beginning(&self, sound: &Sound) -> Result<(), ShipError> {
        if sound.sequence > self.next && !sound.kind.explains_a_gap() {
            return Err(ShipError::Gone { from: self.next, to: sound.sequence - 1 });
        }
        Ok(())
    }
}
