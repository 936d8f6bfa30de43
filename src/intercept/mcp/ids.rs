//! The ids in a frame that cannot be read as a whole.
//!
//! Whoever sent a request waits for an answer to its id, and a frame that is refused for what is wrong with it may
//! hold several. This reader finds them in whatever is there: batches, objects one behind the other, objects that
//! never end, frames that are longer than any bound. It takes bytes as they come and keeps nothing but ids; what it
//! finds is only ever answered with a refusal, never forwarded.

use serde_json::Value;

/// The most ids that are kept of one frame.
const MOST_IDS: usize = 10_000;

/// The longest id or name that is kept, in bytes.
const LONGEST: usize = 1_024;

/// An id that was found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FoundId {
    /// Its JSON text: a string or a number.
    pub raw: String,
    /// Whether the message around it has no method, and so looks like an answer.
    pub is_answer: bool,
}

/// Looks for ids.
#[derive(Debug, Default)]
pub struct IdReader {
    depth: usize,
    /// How deep the members of messages stand: 1, or 2 in a batch.
    level: usize,
    /// Whether what is open at `level` is an object.
    is_object: bool,
    in_string: bool,
    is_escaped: bool,
    awaits: Awaits,
    token: Vec<u8>,
    message: Message,
    found: Vec<FoundId>,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Awaits {
    #[default]
    Name,
    Colon,
    /// The value of a member; whether that is an id.
    Value(bool),
}

#[derive(Debug, Default)]
struct Message {
    ids: Vec<String>,
    has_method: bool,
    has_outcome: bool,
}

impl IdReader {
    /// Takes in some bytes of the frame.
    pub fn feed(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.take(*byte));
    }

    /// What was found, in its order, each once.
    #[must_use]
    pub fn finish(mut self) -> Vec<FoundId> {
        self.end_value();
        self.end_message();
        self.found
    }

    fn at_members(&self) -> bool {
        self.is_object && self.level > 0 && self.depth == self.level
    }

    fn take(&mut self, byte: u8) {
        if self.in_string {
            self.keep(byte);
            if self.is_escaped {
                self.is_escaped = false;
            } else if byte == b'\\' {
                self.is_escaped = true;
            } else if byte == b'"' {
                self.in_string = false;
                if self.at_members() && self.awaits == Awaits::Name {
                    self.awaits = Awaits::Colon;
                }
            }
            return;
        }
        match byte {
            b'"' => {
                self.in_string = true;
                if self.at_members() && self.awaits != Awaits::Colon {
                    self.token.clear();
                }
                self.keep(byte);
            }
            b'{' | b'[' => self.open(byte),
            b'}' | b']' => self.close(),
            b':' if self.at_members() && self.awaits == Awaits::Colon => self.name(),
            b',' if self.at_members() => self.end_value(),
            b' ' | b'\t' | b'\n' | b'\r' => {}
            _ => self.keep(byte),
        }
    }

    /// Only names and ids are worth keeping.
    fn keep(&mut self, byte: u8) {
        let is_wanted = self.at_members() && matches!(self.awaits, Awaits::Name | Awaits::Value(true));
        if is_wanted && self.token.len() <= LONGEST {
            self.token.push(byte);
        }
    }

    fn open(&mut self, byte: u8) {
        if self.depth == 0 {
            self.level = if byte == b'{' { 1 } else { 2 };
        }
        self.depth = self.depth.saturating_add(1);
        if self.depth == self.level {
            self.is_object = byte == b'{';
            self.awaits = Awaits::Name;
            self.token.clear();
        }
        if let Awaits::Value(is_id) = &mut self.awaits
            && self.depth == self.level + 1
        {
            // An object is no id.
            *is_id = false;
        }
    }

    fn close(&mut self) {
        if self.at_members() {
            self.end_value();
            self.end_message();
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn name(&mut self) {
        let name = serde_json::from_slice::<String>(&self.token).unwrap_or_default();
        let name = super::scan::folded(&name).into_owned();
        match name.as_str() {
            "method" => self.message.has_method = true,
            "result" | "error" => self.message.has_outcome = true,
            _ => {}
        }
        self.awaits = Awaits::Value(name == "id");
        self.token.clear();
    }

    fn end_value(&mut self) {
        if self.awaits == Awaits::Value(true) && self.message.ids.len() < MOST_IDS {
            let text = String::from_utf8(std::mem::take(&mut self.token)).ok();
            let id = text.filter(|text| {
                text.len() <= LONGEST
                    && matches!(serde_json::from_str(text), Ok(Value::String(_) | Value::Number(_)))
            });
            self.message.ids.extend(id);
        }
        self.token.clear();
        self.awaits = Awaits::Name;
    }

    fn end_message(&mut self) {
        let Message { ids, has_method, has_outcome } = std::mem::take(&mut self.message);
        let is_answer = !has_method && has_outcome;
        for raw in ids {
            let is_new = self.found.iter().rev().take(16).all(|found| found.raw != raw);
            if is_new && self.found.len() < MOST_IDS {
                self.found.push(FoundId { raw, is_answer });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(frame: &[u8]) -> Vec<(String, bool)> {
        let mut reader = IdReader::default();
        frame.chunks(3).for_each(|part| reader.feed(part));
        reader.finish().into_iter().map(|found| (found.raw, found.is_answer)).collect()
    }

    #[test]
    fn the_id_is_found_in_whatever_is_there() {
        for (frame, expected) in [
            (&br#"{"jsonrpc":"2.0","id":90,"method":"x"}"#[..], &[("90", false)][..]),
            (br#"[{"id":1,"method":"x"},{"id":"a","method":"y"}]"#, &[("1", false), ("\"a\"", false)]),
            (br#"{"method":"x"}{"id":2,"method":"y"}"#, &[("2", false)]),
            (b"{\"method\":\"x\"}\r{\"id\":3,\"method\":\"y\"}", &[("3", false)]),
            (b"\xef\xbb\xbf{\"id\":4,\"method\":\"y\"}", &[("4", false)]),
            (br#"{"id":5,"id":6,"method":"y"}"#, &[("5", false), ("6", false)]),
            (br#"{"params":{"id":7},"\u0069d":8,"method":"y"}"#, &[("8", false)]),
            (br#"{"params":{"a":"}\",\"id\":9"},"id":10,"method":"y"}"#, &[("10", false)]),
            (br#"{"id":11,"method":"y","params":{"x":[[[["#, &[("11", false)]),
            (br#"{"method":"y","id":12"#, &[("12", false)]),
            (b"{\"id\":13,\"method\":\"\xff\"}", &[("13", false)]),
            (br#"{"result":{"id":1},"id":14}"#, &[("14", true)]),
            (br#"{"id":{"a":1},"method":"x"}"#, &[]),
            (br#"{"id":null,"method":"x"}"#, &[]),
            (br#"{"id":tru,"method":"x"}"#, &[]),
            (b"not json", &[]),
            (b"", &[]),
        ] {
            let expected: Vec<_> = expected.iter().map(|(id, answer)| ((*id).to_owned(), *answer)).collect();
            assert_eq!(ids(frame), expected, "{}", String::from_utf8_lossy(frame));
        }
        let deep =
            [br#"{"x":"#.as_slice(), &b"[".repeat(20_000), &b"]".repeat(20_000), br#","id":1}"#].concat();
        assert_eq!(ids(&deep), [("1".to_owned(), false)]);
    }
}
