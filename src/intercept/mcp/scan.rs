//! A strict reader of JSON frames: what it accepts, every parser reads alike.
//!
//! A frame is judged here and executed elsewhere, by a parser that nobody here chose. Some take the first of two
//! members of a name, some the last, some fold the case of names; some stop at a NUL, some read on behind the end of
//! a value, some split lines at a carriage return. So all of that is a fault: two members of a name, whatever their
//! case, a NUL in a name, a byte-order mark, bytes that are not UTF-8, lone surrogates, numbers beyond the grammar,
//! anything behind the value but blanks, a carriage return anywhere but at the very end, and nesting beyond a bound.
//!
//! Names are compared as they are decoded. The tree borrows from the frame and knows where each value stands in it,
//! so that a part can be cut out or replaced and the rest stays byte for byte.

use std::borrow::Cow;
use std::collections::HashSet;

use super::fault::Fault;

/// The deepest nesting that is read.
pub const MOST_DEPTH: usize = 128;

/// The most values that one frame may hold.
pub const MOST_VALUES: usize = 1 << 20;

/// Objects with more members than this are looked through by a table.
const FEW_MEMBERS: usize = 8;

/// Who wrote a frame, and so how strictly it is read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Side {
    /// The client: everything that it says may be executed, so nothing may have two readings anywhere.
    Client,
    /// The server. What its tools give back is data: names there may differ by case alone, and a text may have been
    /// cut in the middle of a character.
    Server,
}

/// A value, and where it stands in the frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'f> {
    /// The value.
    pub value: Value<'f>,
    /// Its first byte.
    pub start: usize,
    /// The byte behind its last.
    pub end: usize,
}

/// A JSON value. Numbers keep their text.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'f> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it is written.
    Number(&'f str),
    /// A string, decoded.
    Text(Cow<'f, str>),
    /// An array.
    List(Vec<Node<'f>>),
    /// An object; its members in their order.
    Object(Vec<Member<'f>>),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member<'f> {
    /// Its name, decoded.
    pub name: Cow<'f, str>,
    /// Where the name begins.
    pub start: usize,
    /// Its value.
    pub value: Node<'f>,
}

impl<'f> Node<'f> {
    /// The members, none if it is no object.
    #[must_use]
    pub fn members(&self) -> &[Member<'f>] {
        match &self.value {
            Value::Object(members) => members,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::List(_) => &[],
        }
    }

    /// The items, none if it is no array.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Object(_) => &[],
        }
    }

    /// The member of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.members().iter().find(|member| member.name == name).map(|member| &member.value)
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Object(_) => None,
        }
    }

    /// Whether it is an object.
    #[must_use]
    pub fn is_object(&self) -> bool {
        matches!(self.value, Value::Object(_))
    }

    /// Its bytes in the frame that it was read from.
    #[must_use]
    pub fn raw<'b>(&self, frame: &'b [u8]) -> &'b [u8] {
        frame.get(self.start..self.end).unwrap_or_default()
    }
}

/// A name as parsers that fold case would see it; the two letters beyond ASCII that fold to one of it are folded too.
#[must_use]
pub fn folded(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(name);
    }
    // Upper case first: `ſ` is an `s` by that alone, and the Kelvin sign is a `k` by the way back.
    Cow::Owned(name.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect())
}

/// Reads a frame, its line end left off.
///
/// # Errors
/// What makes it ambiguous, or no JSON.
pub fn scan(frame: &[u8], side: Side) -> Result<Node<'_>, Fault> {
    // A return before the line end belongs to the line end of some systems; anywhere else a reader of lines would
    // take what follows for a frame of its own.
    let body = frame.strip_suffix(b"\r").unwrap_or(frame);
    if body.contains(&b'\r') {
        return Err(Fault::Return);
    }
    let text = std::str::from_utf8(body).map_err(|_| Fault::NotUtf8)?;
    if text.starts_with('\u{feff}') {
        return Err(Fault::ByteOrderMark);
    }
    let mut reader = Reader { text, bytes: body, at: 0, side, values: 0 };
    reader.blanks();
    let node = reader.value(0, side == Side::Server)?;
    reader.blanks();
    if reader.at < body.len() { Err(Fault::Trailing) } else { Ok(node) }
}

struct Reader<'f> {
    text: &'f str,
    bytes: &'f [u8],
    at: usize,
    side: Side,
    values: usize,
}

impl<'f> Reader<'f> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n')) {
            self.at += 1;
        }
    }

    fn slice(&self, start: usize, end: usize) -> &'f str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// `is_envelope`: the frame of a server's message itself, and not what its tools gave back.
    fn value(&mut self, depth: usize, is_envelope: bool) -> Result<Node<'f>, Fault> {
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(Fault::TooMany);
        }
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') if depth >= MOST_DEPTH => return Err(Fault::TooDeep),
            Some(b'[') if depth >= MOST_DEPTH => return Err(Fault::TooDeep),
            Some(b'{') => Value::Object(self.object(depth + 1, is_envelope)?),
            Some(b'[') => Value::List(self.list(depth + 1, is_envelope)?),
            Some(b'"') => Value::Text(self.string(false)?),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?),
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            Some(_) | None => return Err(Fault::NotJson),
        };
        Ok(Node { value, start, end: self.at })
    }

    fn word(&mut self, word: &str, value: Value<'f>) -> Result<Value<'f>, Fault> {
        let end = self.at + word.len();
        if self.bytes.get(self.at..end) == Some(word.as_bytes()) {
            self.at = end;
            Ok(value)
        } else {
            Err(Fault::NotJson)
        }
    }

    fn list(&mut self, depth: usize, is_envelope: bool) -> Result<Vec<Node<'f>>, Fault> {
        let mut items = Vec::new();
        self.at += 1;
        self.blanks();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(items);
        }
        loop {
            items.push(self.value(depth, is_envelope)?);
            self.blanks();
            match self.peek() {
                Some(b',') => {
                    self.at += 1;
                    self.blanks();
                }
                Some(b']') => {
                    self.at += 1;
                    return Ok(items);
                }
                Some(_) | None => return Err(Fault::NotJson),
            }
        }
    }

    fn object(&mut self, depth: usize, is_envelope: bool) -> Result<Vec<Member<'f>>, Fault> {
        let mut members: Vec<Member<'f>> = Vec::new();
        self.at += 1;
        self.blanks();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(members);
        }
        loop {
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(Fault::NotJson);
            }
            let name = self.string(true)?;
            self.blanks();
            if self.peek() != Some(b':') {
                return Err(Fault::NotJson);
            }
            self.at += 1;
            self.blanks();
            let is_data = matches!(
                name.as_ref(),
                "structuredContent"
                    | "_meta"
                    | "inputSchema"
                    | "outputSchema"
                    | "requestedSchema"
                    | "arguments"
            );
            let value = self.value(depth, is_envelope && !is_data)?;
            members.push(Member { name, start, value });
            self.blanks();
            match self.peek() {
                Some(b',') => {
                    self.at += 1;
                    self.blanks();
                }
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                Some(_) | None => return Err(Fault::NotJson),
            }
        }
        twice(&members, self.side == Side::Client || is_envelope)?;
        Ok(members)
    }

    fn string(&mut self, is_name: bool) -> Result<Cow<'f, str>, Fault> {
        self.at += 1;
        let start = self.at;
        let mut decoded: Option<String> = None;
        let mut copied = start;
        loop {
            match self.peek() {
                Some(b'"') => {
                    let rest = self.slice(copied, self.at);
                    self.at += 1;
                    return Ok(match decoded {
                        None => Cow::Borrowed(rest),
                        Some(text) => Cow::Owned(text + rest),
                    });
                }
                Some(b'\\') => {
                    let text = decoded.get_or_insert_default();
                    text.push_str(self.text.get(copied..self.at).unwrap_or_default());
                    let character = self.escape(is_name)?;
                    if is_name && character == '\0' {
                        return Err(Fault::NulInName);
                    }
                    text.push(character);
                    copied = self.at;
                }
                Some(0..=0x1f) | None => return Err(Fault::NotJson),
                Some(_) => self.at += 1,
            }
        }
    }

    fn escape(&mut self, is_name: bool) -> Result<char, Fault> {
        let letter = self.bytes.get(self.at + 1).copied().ok_or(Fault::NotJson)?;
        self.at += 2;
        Ok(match letter {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unit(is_name),
            _ => return Err(Fault::NotJson),
        })
    }

    /// What follows a `\u`: a character, or both halves of one.
    fn unit(&mut self, is_name: bool) -> Result<char, Fault> {
        let unit = self.hex()?;
        if let Some(character) = char::from_u32(unit) {
            return Ok(character);
        }
        let is_high = (0xd800..0xdc00).contains(&unit);
        if is_high && self.bytes.get(self.at..self.at + 2) == Some(b"\\u") {
            let back = self.at;
            self.at += 2;
            let low = self.hex()?;
            if (0xdc00..0xe000).contains(&low) {
                let scalar = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                return char::from_u32(scalar).ok_or(Fault::LoneSurrogate);
            }
            self.at = back;
        }
        match self.side {
            Side::Server if !is_name => Ok(char::REPLACEMENT_CHARACTER),
            Side::Server | Side::Client => Err(Fault::LoneSurrogate),
        }
    }

    fn hex(&mut self) -> Result<u32, Fault> {
        let digits = self.bytes.get(self.at..self.at + 4).ok_or(Fault::NotJson)?;
        let mut unit = 0;
        for digit in digits {
            let value = char::from(*digit).to_digit(16).ok_or(Fault::NotJson)?;
            unit = unit * 16 + value;
        }
        self.at += 4;
        Ok(unit)
    }

    fn number(&mut self) -> Result<&'f str, Fault> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits(),
            Some(_) | None => return Err(Fault::NotJson),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.some_digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.some_digits()?;
        }
        Ok(self.slice(start, self.at))
    }

    fn some_digits(&mut self) -> Result<(), Fault> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(Fault::NotJson);
        }
        self.digits();
        Ok(())
    }

    fn digits(&mut self) {
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
    }
}

/// A fault if a name stands twice, or, where `folds`, two names differ by their case alone.
fn twice(members: &[Member<'_>], folds: bool) -> Result<(), Fault> {
    let key = |member: &Member<'_>| match folds {
        true => folded(&member.name).into_owned(),
        false => member.name.as_ref().to_owned(),
    };
    let fault = |name: &str| Err(Fault::Twice(name.chars().take(64).collect()));
    if members.len() <= FEW_MEMBERS {
        for (place, member) in members.iter().enumerate() {
            let others = members.get(place + 1..).unwrap_or_default();
            let is_twice = |other: &Member<'_>| {
                other.name == member.name || folds && folded(&other.name) == folded(&member.name)
            };
            if others.iter().any(is_twice) {
                return fault(&member.name);
            }
        }
        return Ok(());
    }
    let mut seen = HashSet::with_capacity(members.len());
    match members.iter().find(|member| !seen.insert(key(member))) {
        Some(member) => fault(&member.name),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Option<Fault> {
        scan(text.as_bytes(), Side::Client).err()
    }

    #[test]
    fn what_two_parsers_could_read_differently_is_a_fault() {
        let twice = |name: &str| Some(Fault::Twice(name.to_owned()));
        for (text, expected) in [
            (r#"{"a":1,"a":2}"#, twice("a")),
            (r#"{"a":1,"\u0061":2}"#, twice("a")),
            (r#"{"method":1,"Method":2}"#, twice("method")),
            ("{\"params\":1,\"param\u{17f}\":2}", twice("params")),
            ("{\"task\":1,\"tas\u{212a}\":2}", twice("task")),
            (r#"{"x":{"y":[{"b":1,"B":2}]}}"#, twice("b")),
            ("{\"a\\u0000\":1}", Some(Fault::NulInName)),
            ("\u{feff}{}", Some(Fault::ByteOrderMark)),
            ("{}{}", Some(Fault::Trailing)),
            ("{}\r{}", Some(Fault::Return)),
            ("{\"a\":\r1}", Some(Fault::Return)),
            (r#"["\ud800"]"#, Some(Fault::LoneSurrogate)),
            (r#"["\ud800\ud800"]"#, Some(Fault::LoneSurrogate)),
            (r#"["\udc00"]"#, Some(Fault::LoneSurrogate)),
            ("[NaN]", Some(Fault::NotJson)),
            ("[01]", Some(Fault::NotJson)),
            ("[1.]", Some(Fault::NotJson)),
            ("[+1]", Some(Fault::NotJson)),
            ("[1,]", Some(Fault::NotJson)),
            ("{\"a\":1,}", Some(Fault::NotJson)),
            ("['a']", Some(Fault::NotJson)),
            ("[\"a\tb\"]", Some(Fault::NotJson)),
            ("[\u{a0}1]", Some(Fault::NotJson)),
            ("// a\n{}", Some(Fault::NotJson)),
            ("", Some(Fault::NotJson)),
            ("\"open", Some(Fault::NotJson)),
            ("{}\r", None),
            (" { } ", None),
            (r#"["\ud83d\ude00", "\/"]"#, None),
            (r#"{"a":1,"b":{"a":1}}"#, None),
        ] {
            assert_eq!(fault(text), expected, "{text:?}");
        }
        assert_eq!(scan(b"[\"\xff\"]", Side::Client), Err(Fault::NotUtf8));
        assert_eq!(scan(b"[\"\xed\xa0\x80\"]", Side::Client), Err(Fault::NotUtf8));
    }

    #[test]
    fn many_members_are_compared_too() {
        let many = |last: &str| {
            let members: Vec<String> = (0..100).map(|n| format!("\"m{n}\":0")).collect();
            format!("{{{},\"{last}\":0}}", members.join(","))
        };
        assert_eq!(fault(&many("x")), None);
        assert_eq!(fault(&many("M50")), Some(Fault::Twice("M50".to_owned())));
    }

    #[test]
    fn depth_and_count_are_bounded() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(fault(&nested(MOST_DEPTH)), None);
        assert_eq!(fault(&nested(MOST_DEPTH + 1)), Some(Fault::TooDeep));
        assert_eq!(fault(&nested(1_000_000)), Some(Fault::TooDeep));
        let list = |count: usize| format!("[{}]", vec!["1"; count].join(","));
        assert_eq!(fault(&list(MOST_VALUES - 1)), None);
        assert_eq!(fault(&list(MOST_VALUES)), Some(Fault::TooMany));
    }

    #[test]
    fn what_a_tool_gave_back_is_data() {
        for (text, is_read) in [
            (r#"{"result":{"structuredContent":{"a":1,"A":2}}}"#, true),
            (r#"{"result":{"structuredContent":{"a":1,"a":2}}}"#, false),
            (r#"{"result":{"content":[{"type":"x","Type":"y"}]}}"#, false),
            (r#"{"result":{"content":[{"text":"\ud83d"}]}}"#, true),
        ] {
            assert_eq!(scan(text.as_bytes(), Side::Server).is_ok(), is_read, "{text}");
        }
    }

    #[test]
    fn a_value_knows_where_it_stands() {
        let frame = br#" {"a" : [1, "x\n"] }"#;
        let node = scan(frame, Side::Client).expect("JSON");
        let list = node.get("a").expect("a member");
        assert_eq!(list.raw(frame), br#"[1, "x\n"]"#);
        assert_eq!(list.items()[1].text(), Some("x\n"));
        assert_eq!(node.members()[0].start, 2);
    }
}
