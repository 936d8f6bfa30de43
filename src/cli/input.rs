//! Reading what a command is given, within its bound.

use std::io::{self, BufRead, Read};
use std::path::Path;

use crate::sys::files;

use super::failure::Failure;

/// The most bytes that one input may have: 16 MiB.
pub(crate) const LIMIT: u64 = 16 << 20;

/// All of a file, or of stdin where no file or `-` is named.
///
/// # Errors
/// If it cannot be read, or is larger than [`LIMIT`].
pub(crate) fn read_all(file: Option<&Path>) -> Result<Vec<u8>, Failure> {
    match file.filter(|file| *file != Path::new("-")) {
        Some(file) => files::read(file, LIMIT).map_err(Failure::user),
        None => {
            let input = files::read_bounded(io::stdin().lock(), LIMIT, 1 << 12)
                .map_err(|error| Failure::user(format!("stdin cannot be read: {error}")))?;
            input.ok_or_else(|| Failure::user(format!("stdin is larger than {LIMIT} bytes")))
        }
    }
}

/// One line at a time, each within [`LIMIT`], in a buffer that is used again.
pub(crate) struct Lines<R> {
    reader: R,
    line: Vec<u8>,
}

/// A line, or that it was longer than it may be (the rest of it has been passed over).
pub(crate) enum Line<'a> {
    /// The line without its newline.
    Whole(&'a [u8]),
    /// It is longer than [`LIMIT`].
    TooLong,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self { reader, line: Vec::new() }
    }

    /// Whether more input is there already, so that answers may wait to be written together.
    pub(crate) fn has_more_at_hand(&mut self, buffered: impl Fn(&R) -> bool) -> bool {
        buffered(&self.reader)
    }

    /// The next line; none at the end.
    ///
    /// # Errors
    /// What the reader says.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let read = self.reader.by_ref().take(LIMIT + 1).read_until(b'\n', &mut self.line)?;
        if read == 0 {
            return Ok(None);
        }
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
        } else if read as u64 > LIMIT {
            self.skip_line()?;
            return Ok(Some(Line::TooLong));
        }
        Ok(Some(Line::Whole(&self.line)))
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            self.line.clear();
            let read = self.reader.by_ref().take(1 << 16).read_until(b'\n', &mut self.line)?;
            if read == 0 || self.line.last() == Some(&b'\n') {
                self.line.clear();
                self.line.shrink_to(1 << 16);
                return Ok(());
            }
        }
    }
}
