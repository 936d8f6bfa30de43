//! Following a log as it grows.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::sys::private;

use super::error::EvidenceError;
use super::folder::CURRENT;
use super::lines::{Line, Lines};
use super::read::{Stored, stored};

/// Gives the records that were appended since it was last asked.
pub struct Follower {
    path: PathBuf,
    open: Option<Open>,
}

struct Open {
    file: File,
    /// The end of the last line that was given.
    end: u64,
    line: u64,
}

/// Takes a line with its number.
type Take<'a> = &'a mut dyn FnMut(u64, Line<'_>);

impl Follower {
    /// Follows the log in `folder` from where it ends now.
    ///
    /// # Errors
    /// If the current file is there and cannot be read.
    pub fn at_end(folder: &Path) -> Result<Self, EvidenceError> {
        let path = folder.join(CURRENT);
        let mut open = Open::find(&path).map_err(EvidenceError::at(&path))?;
        if let Some(open) = &mut open {
            open.read_on(&mut |_, _| {}).map_err(EvidenceError::at(&path))?;
        }
        Ok(Self { path, open })
    }

    /// The records that were appended since; those of a file that was rotated away meanwhile come first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn more(&mut self) -> Result<Vec<Stored>, EvidenceError> {
        let mut more = Vec::new();
        let path = self.path.clone();
        let mut take = |number, line: Line<'_>| match line {
            Line::Whole(line) => {
                let text = std::str::from_utf8(line).ok().map(str::to_owned);
                more.push(stored(&path, number, serde_json::from_slice(line).ok(), text));
            }
            Line::Torn(_) | Line::TooLong => more.push(stored(&path, number, None, None)),
        };
        self.read_on(&mut take).map_err(EvidenceError::at(&self.path))?;
        Ok(more)
    }

    fn read_on(&mut self, take: Take<'_>) -> io::Result<()> {
        let newest = Open::find(&self.path)?;
        if let Some(open) = &mut self.open {
            open.read_on(take)?;
        }
        if let Some(mut newest) = newest {
            let is_another = match &self.open {
                Some(open) => open.file.metadata()?.ino() != newest.file.metadata()?.ino(),
                None => true,
            };
            if is_another {
                newest.read_on(take)?;
                self.open = Some(newest);
            }
        }
        Ok(())
    }
}

impl Open {
    fn find(path: &Path) -> io::Result<Option<Self>> {
        match private::open_to_read(path) {
            Ok(file) => Ok(Some(Self { file, end: 0, line: 0 })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn read_on(&mut self, take: Take<'_>) -> io::Result<()> {
        let length = self.file.metadata()?.len();
        // What a repair set aside was no whole line, or is given again when it is written anew.
        self.end = self.end.min(length);
        let begin = self.end;
        self.file.seek(SeekFrom::Start(begin))?;
        let mut lines = Lines::new((&self.file).take(length - begin));
        while let Some(line) = lines.next()? {
            if matches!(line, Line::Torn(_)) {
                break;
            }
            self.line += 1;
            take(self.line, line);
            self.end = begin + lines.bytes;
        }
        Ok(())
    }
}
