//! Reading a line without making a tree of it: what `verify` spends its time on.
//!
//! A line is sound if it is the canonical form of a record whose hash is right. Nearly all lines are of a plain kind:
//! names in ASCII, whole numbers of few digits, no deep nesting. For those one pass over the bytes tells that the form
//! is the canonical one (RFC 8785) and where the members are that matter. It never says no: what it does not take is
//! read the long way ([`Sound::read`]), which then also says what is wrong. A property test holds the two together.

use serde_json::Value;

use crate::sys::digest::Sha256Sum;

use super::record::{Kind, SCHEMA_VERSION, Sound, is_hash};

/// Deeper than this the long way is taken; records are far from it.
const MOST_DEPTH: u32 = 64;

/// A number of so many digits is exact in a double, and written as it is.
const MOST_DIGITS: usize = 15;

/// The record that the line is, if that can be told in one pass.
pub(super) fn sound(line: &[u8]) -> Option<Sound> {
    // All of it is UTF-8, so every part between ASCII bytes is too.
    let text = std::str::from_utf8(line).ok()?;
    let mut scan = Scan { bytes: line, at: 0 };
    let mut members = Members::default();
    scan.byte(b'{')?;
    let mut before: &str = "";
    loop {
        let begin = scan.at;
        let name = scan.name(text)?;
        if begin > 1 && before >= name {
            return None;
        }
        before = name;
        scan.byte(b':')?;
        let value = scan.at;
        scan.value(1)?;
        members.take(name, text.get(value..scan.at)?, begin, scan.at)?;
        match scan.next()? {
            b',' => {}
            b'}' => break,
            _ => return None,
        }
    }
    if scan.at != line.len() {
        return None;
    }
    members.sound(line)
}

/// The members that matter, as they stand in the line.
#[derive(Default)]
struct Members<'a> {
    kind: &'a str,
    hash: &'a str,
    /// Where the member with the hash begins, its comma included, and ends.
    hash_place: (usize, usize),
    previous_hash: &'a str,
    sequence: &'a str,
    schema_version: &'a str,
    time: &'a str,
    /// The names of all members; a record has about twenty.
    names: Vec<&'a str>,
    /// The members that are named as a kind.
    details: [Option<&'a str>; 4],
}

const DETAILS: [Kind; 4] = [Kind::Retention, Kind::Repair, Kind::Gap, Kind::Seal];

impl<'a> Members<'a> {
    fn take(&mut self, name: &'a str, value: &'a str, begin: usize, end: usize) -> Option<()> {
        self.names.push(name);
        match name {
            "kind" => self.kind = text(value)?,
            "previous_hash" => self.previous_hash = text(value)?,
            "record_hash" => {
                self.hash = text(value)?;
                // The first member has no comma before it; no record begins with this one.
                self.hash_place = (begin.checked_sub(1).filter(|comma| *comma > 0)?, end);
            }
            "schema_version" => self.schema_version = value,
            "sequence" => self.sequence = value,
            "time" => self.time = text(value)?,
            _ => {
                for (detail, kind) in self.details.iter_mut().zip(DETAILS) {
                    if name == kind.as_str() {
                        *detail = Some(value);
                    }
                }
            }
        }
        Some(())
    }

    fn sound(self, line: &[u8]) -> Option<Sound> {
        let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == self.kind)?;
        let sequence: u64 = self.sequence.parse().ok()?;
        let is_known = self.schema_version.parse() == Ok(SCHEMA_VERSION);
        if !is_known || sequence == 0 || !is_hash(self.hash) || !is_hash(self.previous_hash) {
            return None;
        }
        if self.time.is_empty() || !kind.required().iter().all(|name| self.names.contains(name)) {
            return None;
        }
        let (begin, end) = self.hash_place;
        let mut sum = Sha256Sum::default();
        sum.update(line.get(..begin)?);
        sum.update(line.get(end..)?);
        if sum.finish() != self.hash {
            return None;
        }
        let mut detail = None;
        for (text, of) in self.details.into_iter().zip(DETAILS) {
            if of == kind {
                let value: Value = serde_json::from_str(text?).ok()?;
                detail = Some(value);
            }
        }
        Some(Sound {
            kind,
            sequence,
            previous_hash: self.previous_hash.to_owned(),
            hash: self.hash.to_owned(),
            time: self.time.to_owned(),
            detail,
        })
    }
}

/// The inside of a string that has no escapes.
fn text(value: &str) -> Option<&str> {
    let inside = value.strip_prefix('"')?.strip_suffix('"')?;
    (!inside.contains('\\')).then_some(inside)
}

/// The bytes, and how far they were read.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn next(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn byte(&mut self, wanted: u8) -> Option<()> {
        (self.next()? == wanted).then_some(())
    }

    /// A name: in ASCII and without escapes, so that the order of names is that of their bytes.
    fn name<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        self.byte(b'"')?;
        let begin = self.at;
        loop {
            match self.next()? {
                b'"' => return text.get(begin..self.at - 1),
                b'\\' | 0..0x20 | 0x80.. => return None,
                _ => {}
            }
        }
    }

    fn value(&mut self, depth: u32) -> Option<()> {
        match self.next()? {
            b'"' => self.string(),
            b'{' if depth < MOST_DEPTH => self.object(depth),
            b'[' if depth < MOST_DEPTH => self.array(depth),
            b't' => self.rest(b"rue"),
            b'f' => self.rest(b"alse"),
            b'n' => self.rest(b"ull"),
            b'-' => {
                let first = self.next()?;
                // A zero with a sign has another form.
                if first == b'0' { None } else { self.digits(first) }
            }
            first => self.digits(first),
        }
    }

    fn rest(&mut self, wanted: &[u8]) -> Option<()> {
        let end = self.at + wanted.len();
        let is = self.bytes.get(self.at..end)? == wanted;
        self.at = end;
        is.then_some(())
    }

    /// A whole number without zeros before it.
    fn digits(&mut self, first: u8) -> Option<()> {
        if !first.is_ascii_digit() {
            return None;
        }
        let rest = self.bytes.get(self.at..)?;
        let more = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if more >= MOST_DIGITS
            || (first == b'0' && more > 0)
            || matches!(rest.get(more), Some(b'.' | b'e' | b'E'))
        {
            return None;
        }
        self.at += more;
        Some(())
    }

    /// What follows the quote of a string, up to its end: no escape but the one form that each character has.
    fn string(&mut self) -> Option<()> {
        loop {
            self.at += plain(self.bytes.get(self.at..)?);
            match self.next()? {
                b'"' => return Some(()),
                b'\\' => self.escape()?,
                // A control character must be escaped.
                _ => return None,
            }
        }
    }

    fn escape(&mut self) -> Option<()> {
        match self.next()? {
            b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't' => Some(()),
            b'u' => {
                let digits = self.bytes.get(self.at..self.at + 4)?;
                self.at += 4;
                let [b'0', b'0', high @ (b'0' | b'1'), low @ (b'0'..=b'9' | b'a'..=b'f')] = digits else {
                    return None;
                };
                // Five of them have a shorter form.
                let is_short = *high == b'0' && matches!(low, b'8' | b'9' | b'a' | b'c' | b'd');
                (!is_short).then_some(())
            }
            _ => None,
        }
    }

    fn object(&mut self, depth: u32) -> Option<()> {
        if self.bytes.get(self.at) == Some(&b'}') {
            self.at += 1;
            return Some(());
        }
        let mut before: Option<(usize, usize)> = None;
        loop {
            self.byte(b'"')?;
            let begin = self.at;
            loop {
                match self.next()? {
                    b'"' => break,
                    b'\\' | 0..0x20 | 0x80.. => return None,
                    _ => {}
                }
            }
            let name = (begin, self.at - 1);
            if let Some((begin, end)) = before
                && self.bytes.get(begin..end)? >= self.bytes.get(name.0..name.1)?
            {
                return None;
            }
            before = Some(name);
            self.byte(b':')?;
            self.value(depth + 1)?;
            match self.next()? {
                b',' => {}
                b'}' => return Some(()),
                _ => return None,
            }
        }
    }

    fn array(&mut self, depth: u32) -> Option<()> {
        if self.bytes.get(self.at) == Some(&b']') {
            self.at += 1;
            return Some(());
        }
        loop {
            self.value(depth + 1)?;
            match self.next()? {
                b',' => {}
                b']' => return Some(()),
                _ => return None,
            }
        }
    }
}

/// How many bytes there are before the first that is a quote, a backslash or a control character: eight at a time.
fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    let (eights, _) = bytes.as_chunks::<8>();
    let mut at = 0;
    for eight in eights {
        let word = u64::from_le_bytes(*eight);
        // In each byte the top bit is set where it is zero, or, for the last, below 0x20; a false alarm comes only
        // above a true one, and the bytes are then looked at one by one.
        let zero = |word: u64| word.wrapping_sub(ONES) & !word & TOPS;
        let quote = zero(word ^ (ONES * u64::from(b'"')));
        let backslash = zero(word ^ (ONES * u64::from(b'\\')));
        let control = word.wrapping_sub(ONES * 0x20) & !word & TOPS;
        if quote | backslash | control != 0 {
            break;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20)).count()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::evidence::canonical;
    use crate::evidence::record::Draft;
    use crate::evidence::tests::entry;

    fn line(number: u64) -> Vec<u8> {
        let (mut line, _) =
            Draft::decision(&entry(number)).seal(number, &"0".repeat(64), "2026-11-23T09:30:00.000Z");
        line.pop();
        line
    }

    /// The line with another value in it, and its hash made anew, so that the form alone is in question.
    fn with(value: &Value, edit: impl Fn(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
        let mut record: Value = serde_json::from_slice(&line(1)).expect("a record");
        record["requests"] = value.clone();
        record.as_object_mut().expect("an object").remove("record_hash");
        let mut bytes = Vec::new();
        canonical::write(&record, &mut bytes);
        let bytes = edit(bytes);
        let hash = crate::sys::digest::sha256(&bytes);
        let text = String::from_utf8_lossy(&bytes).replacen(
            ",\"recorded_by\"",
            &format!(",\"record_hash\":\"{hash}\",\"recorded_by\""),
            1,
        );
        text.into_bytes()
    }

    #[test]
    fn a_plain_record_is_read_in_one_pass_and_as_the_long_way_reads_it() {
        for number in [1, 2, 999_999_999] {
            let line = line(number);
            assert_eq!(sound(&line), Some(Sound::read_whole(&line).expect("it is sound")));
        }
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<i64>().prop_map(Value::from),
            (-1_000_i64..1_000).prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "[\u{0}-\u{22}\\\\\u{7f}-\u{82}\u{2028}]{0,20}".prop_map(Value::from),
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 24, 5, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..5).prop_map(Value::from),
                vec(("[a-c\u{e9}\"]{0,3}", inner), 0..5)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_one_pass_takes_the_long_way_takes_and_takes_for_the_same(
            value in values(), place in 0.0..1.0_f64, byte in any::<u8>(), way in 0_u8..4,
        ) {
            let edited = with(&value, |mut bytes| {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short line")]
                let at = (bytes.len() as f64 * place) as usize;
                match way {
                    0 => bytes[at] = byte,
                    1 => bytes.insert(at, byte),
                    2 => { bytes.remove(at); }
                    _ => {}
                }
                bytes
            });
            if let Some(sound) = sound(&edited) {
                prop_assert_eq!(Sound::read_whole(&edited), Ok(sound));
            } else if way == 3 {
                prop_assert!(Sound::read_whole(&edited).is_ok());
            }
        }

        #[test]
        fn the_plain_part_of_a_string_ends_at_the_first_byte_that_is_not(bytes in vec(any::<u8>(), 0..40)) {
            let slow = bytes.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20)).count();
            prop_assert_eq!(plain(&bytes), slow);
        }
    }

    #[test]
    fn a_form_that_is_not_the_canonical_one_is_never_taken() {
        let nothing = serde_json::json!([]);
        for other in [
            "[ ]",
            "[1.0]",
            "[1e2]",
            "[-0]",
            "[01]",
            "[\"\\/\"]",
            "[\"\\u0041\"]",
            "[\"\\u001F\"]",
            "[\"\\u000a\"]",
            "[\"\\u0008\"]",
            "[{\"b\":1,\"a\":2}]",
            "[{\"a\":1,\"a\":2}]",
            "[1,]",
            "[,1]",
            "[tru]",
            "[\"\u{1}\"]",
            "[1]]",
            "[\"\\ud800\"]",
            "[+1]",
            "[1000000000000000000000]",
            "{\"a\":1,}",
            "[nul]",
            "[\"\\x\"]",
        ] {
            let edited = with(&nothing, |bytes| {
                String::from_utf8(bytes)
                    .expect("text")
                    .replacen("\"requests\":[]", &format!("\"requests\":{other}"), 1)
                    .into_bytes()
            });
            assert_eq!(sound(&edited), None, "{other}");
        }
        let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
        let deep: Value = serde_json::from_str(&deep).expect("JSON");
        let deep = with(&deep, |bytes| bytes);
        assert_eq!(sound(&deep), None, "the long way is taken");
        assert!(Sound::read(&deep).is_ok());
    }
}
