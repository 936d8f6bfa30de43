//! Lines out of a stream, each of a bounded length, byte for byte.

use std::io::{self, Read};

/// How much is read at once.
const CHUNK: usize = 64 << 10;

/// A buffer that grew beyond this for one line is given back.
const KEPT: usize = 1 << 20;

/// What came.
#[derive(Debug, Eq, PartialEq)]
pub enum Line {
    /// A line; the buffer has it with its newline, the last one of a stream perhaps without.
    Whole,
    /// A line beyond the bound: all of it was handed to the sink, and none of it is in the buffer.
    TooLong,
    /// The stream has ended.
    End,
}

/// Reads lines.
#[derive(Debug)]
pub struct Lines<R> {
    stream: R,
    chunk: Vec<u8>,
    at: usize,
    end: usize,
    limit: usize,
}

impl<R: Read> Lines<R> {
    /// Lines of at most `limit` bytes.
    pub fn new(stream: R, limit: usize) -> Self {
        Self { stream, chunk: vec![0; CHUNK], at: 0, end: 0, limit }
    }

    /// Puts the next line into `line`. A line beyond the bound goes to `sink`, piece by piece.
    ///
    /// # Errors
    /// What the stream says.
    pub fn next(&mut self, line: &mut Vec<u8>, mut sink: impl FnMut(&[u8])) -> io::Result<Line> {
        line.clear();
        line.shrink_to(KEPT);
        let mut is_too_long = false;
        loop {
            let rest = self.chunk.get(self.at..self.end).unwrap_or_default();
            let end = memchr::memchr(b'\n', rest);
            let part = rest.get(..end.map_or(rest.len(), |end| end + 1)).unwrap_or_default();
            if !is_too_long && line.len() + part.len() > self.limit {
                is_too_long = true;
                sink(line);
                line.clear();
            }
            if is_too_long {
                sink(part);
            } else {
                line.extend_from_slice(part);
            }
            self.at += part.len();
            if end.is_some() {
                return Ok(if is_too_long { Line::TooLong } else { Line::Whole });
            }
            if !self.fill()? {
                return Ok(match (is_too_long, line.is_empty()) {
                    (true, _) => Line::TooLong,
                    (false, true) => Line::End,
                    (false, false) => Line::Whole,
                });
            }
        }
    }

    /// Whether more could be read.
    fn fill(&mut self) -> io::Result<bool> {
        (self.at, self.end) = (0, 0);
        self.end = loop {
            match self.stream.read(&mut self.chunk) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        Ok(self.end > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8], limit: usize) -> Vec<(Line, Vec<u8>)> {
        let mut lines = Lines::new(text, limit);
        let mut all = Vec::new();
        loop {
            let (mut line, mut long) = (Vec::new(), Vec::new());
            let what = lines.next(&mut line, |part| long.extend_from_slice(part)).expect("no error");
            if what == Line::End {
                return all;
            }
            all.push((what, if line.is_empty() { long } else { line }));
        }
    }

    #[test]
    fn lines_keep_every_byte_and_the_last_needs_no_newline() {
        let whole = |text: &str| (Line::Whole, text.as_bytes().to_vec());
        assert_eq!(
            read(b"a\r\n\n b\x00\nc", 100),
            [whole("a\r\n"), whole("\n"), whole(" b\0\n"), whole("c")]
        );
        assert_eq!(read(b"", 100), []);
        let long = [vec![b'x'; 200_000], b"\n".to_vec()].concat();
        assert_eq!(read(&long, 200_001), [(Line::Whole, long.clone())]);
    }

    #[test]
    fn a_line_beyond_the_bound_is_handed_on_and_the_next_one_is_whole() {
        assert_eq!(
            read(b"12345\n1234\n", 5),
            [(Line::TooLong, b"12345\n".to_vec()), (Line::Whole, b"1234\n".to_vec())]
        );
        let long = vec![b'x'; 200_000];
        assert_eq!(read(&long, 100_000), [(Line::TooLong, long.clone())]);
    }
}
