//! JSON to the tree. `serde_json` says whether a text is JSON; what it accepts is then walked once more for the
//! places of its values.

use serde::de::IgnoredAny;

use crate::contract::SeenKeys;

use super::codes;
use super::diagnostic::Diagnostic;
use super::tree::{DEEPEST, Key, MOST_VALUES, Node, Spot, Text, Value, count};

/// Reads a text that is one JSON value.
///
/// # Errors
/// The first finding.
pub(super) fn read(text: &Text<'_>) -> Result<Node, Box<Diagnostic>> {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text.text) {
        return Err(syntax(text, &error));
    }
    let mut walker = Walker { text, rest: text.text, line: 1, column: 1, values: 0 };
    walker.value(0)
}

struct Walker<'w, 't> {
    text: &'w Text<'t>,
    rest: &'t str,
    line: u32,
    column: u32,
    values: usize,
}

impl<'t> Walker<'_, 't> {
    fn value(&mut self, depth: usize) -> Result<Node, Box<Diagnostic>> {
        self.skip_space();
        let at = self.here(1);
        self.values += 1;
        if self.values > MOST_VALUES {
            let fault = format!("the text holds more than {MOST_VALUES} values");
            return Err(self.text.error(codes::TOO_MANY_VALUES, at, fault));
        }
        if depth >= DEEPEST {
            return Err(self.text.error(
                codes::TOO_DEEP,
                at,
                format!("the text nests deeper than {DEEPEST}"),
            ));
        }
        match self.rest.as_bytes().first() {
            Some(b'{') => self.map(at, depth),
            Some(b'[') => self.list(at, depth),
            Some(b'"') => {
                let (text, at) = self.string()?;
                Ok(Node { value: Value::Text(text), at })
            }
            Some(_) | None => Ok(self.word()),
        }
    }

    fn map(&mut self, at: Spot, depth: usize) -> Result<Node, Box<Diagnostic>> {
        let (mut members, mut seen) = (Vec::new(), SeenKeys::default());
        self.step(1);
        while self.goes_on('}') {
            let (text, place) = self.string()?;
            if seen.insert(&text).is_err() {
                let fault = format!("the key `{}` stands twice in one object", text.escape_debug());
                return Err(self
                    .text
                    .error(codes::DUPLICATE_KEY, place, fault)
                    .hinted("merge the two, and remove one"));
            }
            self.skip_space();
            self.step(1);
            let node = self.value(depth + 1)?;
            members.push((Key { text, at: place }, node));
        }
        Ok(Node { value: Value::Map(members), at })
    }

    fn list(&mut self, at: Spot, depth: usize) -> Result<Node, Box<Diagnostic>> {
        let mut items = Vec::new();
        self.step(1);
        while self.goes_on(']') {
            items.push(self.value(depth + 1)?);
        }
        Ok(Node { value: Value::List(items), at })
    }

    /// Goes to the next member, past a comma; false past the end.
    fn goes_on(&mut self, end: char) -> bool {
        self.skip_space();
        if self.rest.starts_with(',') {
            self.step(1);
            self.skip_space();
        }
        let ends = self.rest.is_empty() || self.rest.starts_with(end);
        if ends {
            self.step(1);
        }
        !ends
    }

    fn string(&mut self) -> Result<(String, Spot), Box<Diagnostic>> {
        let mut is_escaped = false;
        let end = self.rest.bytes().enumerate().skip(1).find_map(|(at, byte)| {
            let ends = byte == b'"' && !is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            ends.then_some(at + 1)
        });
        let written = self.rest.get(..end.unwrap_or(self.rest.len())).unwrap_or_default();
        let at = self.here(written.chars().count());
        let text = serde_json::from_str(written).map_err(|error| {
            let fault = format!("this text is not JSON: {}", reason(&error));
            self.text.error(codes::JSON_SYNTAX, at, fault)
        })?;
        self.step(written.len());
        Ok((text, at))
    }

    fn word(&mut self) -> Node {
        let end = self.rest.find([',', ']', '}', ' ', '\t', '\n', '\r']).unwrap_or(self.rest.len());
        let word = self.rest.get(..end).unwrap_or_default();
        let at = self.here(end);
        self.step(end);
        let value = match word {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            number => Value::Number(number.to_owned()),
        };
        Node { value, at }
    }

    fn skip_space(&mut self) {
        let space = self.rest.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
        self.step(space);
    }

    fn here(&self, width: usize) -> Spot {
        Spot { line: self.line, column: self.column, width: count(width) }
    }

    fn step(&mut self, bytes: usize) {
        let (passed, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        for letter in passed.chars() {
            if letter == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.rest = rest;
    }
}

/// An error of `serde_json` as a finding. Its columns count bytes, and 0 means the end of the line before.
pub(super) fn syntax(text: &Text<'_>, error: &serde_json::Error) -> Box<Diagnostic> {
    let line = count(error.line());
    let before = text.line(line).as_bytes().get(..error.column().saturating_sub(1)).unwrap_or_default();
    let column = count(String::from_utf8_lossy(before).chars().count() + 1);
    let at = Spot { line, column, width: 1 };
    let reason = reason(error);
    if reason.starts_with("recursion limit") {
        return text.error(codes::TOO_DEEP, at, format!("the text nests deeper than {}", DEEPEST - 1));
    }
    text.error(codes::JSON_SYNTAX, at, format!("the text is not JSON: {reason}"))
}

fn reason(error: &serde_json::Error) -> String {
    let full = error.to_string();
    full.split(" at line ").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use crate::contract::Layer;

    use super::*;

    fn tree(json: &str) -> Result<Node, Box<Diagnostic>> {
        read(&Text { path: "p".to_owned(), layer: Layer::Named, text: json })
    }

    #[test]
    fn places_and_escapes_are_kept() {
        let node = tree("{\n\t\"a\": [ \"\\ud83d\\ude00\\/\", 1.50, null ] }").expect("JSON");
        let Value::List(items) = &node.get("a").expect("a").value else { panic!("a list") };
        assert_eq!(items[0].value, Value::Text("\u{1f600}/".into()));
        assert_eq!(items[0].at, Spot { line: 2, column: 9, width: 16 });
        assert_eq!(items[1].value, Value::Number("1.50".into()));
        assert_eq!(items[2].value, Value::Null);
    }

    #[test]
    fn what_is_not_json_is_an_error_with_a_place() {
        for (json, code, place) in [
            ("{\"a\": 1,}", codes::JSON_SYNTAX, (1, 9)),
            ("{\"é\": x}", codes::JSON_SYNTAX, (1, 7)),
            ("{\"a\": \"\\ud83d\"}", codes::JSON_SYNTAX, (1, 7)),
            ("{\"a\": 1, \"a\": 2}", codes::DUPLICATE_KEY, (1, 10)),
            ("", codes::JSON_SYNTAX, (1, 1)),
        ] {
            let error = tree(json).expect_err(json);
            assert_eq!((error.code, (error.line, error.column)), (code, place), "{json}");
        }
        let deep = "[".repeat(10_000) + &"]".repeat(10_000);
        assert_eq!(tree(&deep).expect_err("deep").code, codes::TOO_DEEP);
    }
}
