//! The lines of a file, one at a time and never longer than a record may be.

use std::io::{self, BufRead, BufReader, Read};

use super::record::{LineFault, MOST_LINE_BYTES, Sound};

/// Reads lines, and counts them.
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    line: Vec<u8>,
    /// How many lines were read.
    pub(super) number: u64,
    /// How many bytes those were.
    pub(super) bytes: u64,
}

/// One line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Line<'a> {
    /// A whole line, without its newline.
    Whole(&'a [u8]),
    /// A line that the file ends in.
    Torn(u64),
    /// A line that is longer than a record may be; what follows is not read.
    TooLong,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader: BufReader::with_capacity(1 << 16, reader), line: Vec::new(), number: 0, bytes: 0 }
    }

    /// The next line; none at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let limit = MOST_LINE_BYTES as u64;
        let read = self.reader.by_ref().take(limit).read_until(b'\n', &mut self.line)? as u64;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        self.bytes += read;
        Ok(Some(match self.line.split_last() {
            Some((b'\n', line)) => Line::Whole(line),
            _ if read < limit => Line::Torn(read),
            _ => Line::TooLong,
        }))
    }
}

impl Line<'_> {
    /// The record that the line is.
    pub(super) fn record(self) -> Result<Sound, LineFault> {
        match self {
            Self::Whole(line) => Sound::read(line),
            Self::Torn(bytes) => Err(LineFault::Torn(bytes)),
            Self::TooLong => Err(LineFault::TooLong),
        }
    }
}
