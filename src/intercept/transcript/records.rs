//! The entries of a session, one at a time and never longer than [`LONGEST`].
//!
//! Most sessions are JSON Lines. Older ones of Gemini CLI are one document over many lines, whose messages are cut out
//! of by their braces, so that it is never in memory whole and one that is no JSON costs no other.

use std::io::{self, BufRead, ErrorKind};

use super::{Agent, LONGEST};

/// An entry.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Record<'a> {
    /// Its bytes; whether they are JSON is not known yet.
    Whole(&'a [u8]),
    /// It is too long, or its end is missing.
    Unread,
}

/// Cuts a session into entries.
pub(super) struct Records<R> {
    reader: R,
    entry: Vec<u8>,
    form: Form,
    agent: Agent,
}

#[derive(Debug)]
enum Form {
    /// The first bytes were not seen yet.
    Unknown,
    Lines,
    Document(Document),
}

/// Where in a document the reading is.
#[derive(Debug, Default)]
struct Document {
    depth: u64,
    /// Whether the member that is being read is a list.
    is_list: bool,
    is_text: bool,
    is_escaped: bool,
}

impl<R: BufRead> Records<R> {
    pub(super) fn of(agent: Agent, reader: R) -> Self {
        Self { reader, entry: Vec::new(), form: Form::Unknown, agent }
    }

    /// The next entry; none at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Record<'_>>> {
        if let Form::Unknown = self.form {
            let is_document = self.agent == Agent::GeminiCli && is_document(filled(&mut self.reader)?);
            self.form = if is_document { Form::Document(Document::default()) } else { Form::Lines };
        }
        match &mut self.form {
            Form::Document(document) => next_message(&mut self.reader, &mut self.entry, document),
            Form::Unknown | Form::Lines => next_line(&mut self.reader, &mut self.entry),
        }
    }
}

/// Whether this begins a document over many lines: an object that has not ended where its first line has.
fn is_document(first: &[u8]) -> bool {
    let first = first.trim_ascii_start();
    let line = first.split(|byte| *byte == b'\n').next().unwrap_or_default();
    line.len() < first.len() && line.trim_ascii() == b"{"
}

fn filled<R: BufRead>(reader: &mut R) -> io::Result<&[u8]> {
    // Asking again is free, as the bytes stay until they are consumed; an answer cannot be lent out of a loop.
    loop {
        match reader.fill_buf() {
            Ok(_) => break,
            Err(err) if err.kind() == ErrorKind::Interrupted => {}
            Err(err) => return Err(err),
        }
    }
    reader.fill_buf()
}

/// The next line that is not blank.
fn next_line<'a, R: BufRead>(reader: &mut R, line: &'a mut Vec<u8>) -> io::Result<Option<Record<'a>>> {
    loop {
        line.clear();
        let mut is_too_long = false;
        let mut is_end = false;
        loop {
            let bytes = filled(reader)?;
            if bytes.is_empty() {
                is_end = true;
                break;
            }
            let end = bytes.iter().position(|byte| *byte == b'\n');
            let (part, used) = match end {
                Some(end) => (bytes.get(..end).unwrap_or_default(), end + 1),
                None => (bytes, bytes.len()),
            };
            is_too_long = is_too_long || line.len() + part.len() > LONGEST;
            if is_too_long {
                line.clear();
            } else {
                line.extend_from_slice(part);
            }
            reader.consume(used);
            if end.is_some() {
                break;
            }
        }
        if is_too_long {
            return Ok(Some(Record::Unread));
        }
        if !line.trim_ascii().is_empty() {
            let bytes = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
            return Ok(Some(Record::Whole(bytes)));
        }
        if is_end {
            return Ok(None);
        }
    }
}

/// The next object in a list that is a member of the document.
fn next_message<'a, R: BufRead>(
    reader: &mut R,
    message: &'a mut Vec<u8>,
    document: &mut Document,
) -> io::Result<Option<Record<'a>>> {
    message.clear();
    let mut is_inside = false;
    let mut is_too_long = false;
    loop {
        let bytes = filled(reader)?;
        if bytes.is_empty() {
            // What has begun ends in the middle; the next time there is nothing left.
            let is_torn = document.depth > 0;
            *document = Document::default();
            return Ok(is_torn.then_some(Record::Unread));
        }
        let mut used = 0;
        let mut is_done = false;
        for byte in bytes {
            used += 1;
            let was_inside = is_inside;
            is_inside = document.step(*byte, is_inside);
            if was_inside || is_inside {
                is_too_long = is_too_long || message.len() >= LONGEST;
                if !is_too_long {
                    message.push(*byte);
                }
            }
            if was_inside && !is_inside {
                is_done = true;
                break;
            }
        }
        reader.consume(used);
        if is_done {
            return Ok(Some(if is_too_long { Record::Unread } else { Record::Whole(message) }));
        }
    }
}

impl Document {
    /// Takes a byte in, and says whether it leaves the reading inside a message.
    fn step(&mut self, byte: u8, is_inside: bool) -> bool {
        match byte {
            // No text goes over a line, so one that has lost its end costs no more than what it stands in.
            b'\n' => (self.is_text, self.is_escaped) = (false, false),
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' if self.is_text => self.is_escaped = true,
            b'"' => self.is_text = !self.is_text,
            _ if self.is_text => {}
            b'{' | b'[' => {
                self.depth += 1;
                if self.depth == 2 {
                    self.is_list = byte == b'[';
                }
                return is_inside || (self.depth == 3 && self.is_list && byte == b'{');
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return is_inside && self.depth > 2;
            }
            _ => {}
        }
        is_inside
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn records(agent: Agent, text: &str) -> Vec<String> {
        // A small buffer, so that every entry goes over its end.
        let mut records = Records::of(agent, BufReader::with_capacity(7, text.as_bytes()));
        let mut found = Vec::new();
        while let Some(record) = records.next().expect("bytes in memory") {
            found.push(match record {
                Record::Whole(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                Record::Unread => "unread".to_owned(),
            });
        }
        found
    }

    #[test]
    fn lines_are_entries_and_blank_ones_are_not() {
        assert_eq!(
            records(Agent::Codex, "\u{feff}{\"a\":1}\n\n  \r\n{}\r\nlast"),
            ["{\"a\":1}", "{}\r", "last"]
        );
        assert_eq!(records(Agent::Codex, ""), [""; 0]);
    }

    #[test]
    fn the_longest_line_is_read_and_a_longer_one_is_passed_over() {
        for (length, first) in [(LONGEST, "x".repeat(LONGEST)), (LONGEST + 1, "unread".to_owned())] {
            let text = format!("{}\n{{}}\n{}", "x".repeat(length), "x".repeat(LONGEST + 1));
            let mut found = records(Agent::ClaudeCode, &text);
            assert!(found.remove(0) == first, "{length}");
            assert_eq!(found, ["{}", "unread"]);
        }
    }

    #[test]
    fn messages_are_cut_out_of_a_document() {
        let text = "{\n  \"id\": \"a}\\\"]\",\n  \"other\": {\"x\": [{\"y\": 1}]},\n  \"messages\": [\n    {\"a\": \
                    [{\"b\": \"}\"}]},\n    {\n    \"c\": {}\n    }\n  ],\n  \"last\": 1\n}\n";
        assert_eq!(records(Agent::GeminiCli, text), ["{\"a\": [{\"b\": \"}\"}]}", "{\n    \"c\": {}\n    }"]);
    }

    #[test]
    fn a_message_that_is_too_long_or_torn_costs_no_other() {
        let long = "x".repeat(LONGEST);
        let text = format!("{{\n\"messages\": [{{\"a\": \"{long}\"}}, {{\"b\": 1}},\n{{\"c\": ");
        assert_eq!(records(Agent::GeminiCli, &text), ["unread", "{\"b\": 1}", "unread"]);
        assert_eq!(records(Agent::GeminiCli, "{\n}}]]\n\n"), [""; 0]);
    }
}
