//! YAML to the tree. Policies do without what makes YAML surprising: anchors, aliases, tags, merge keys, several
//! documents, duplicate keys and keys that are no text are errors.

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use crate::contract::SeenKeys;

use super::codes;
use super::diagnostic::Diagnostic;
use super::tree::{DEEPEST, Key, MOST_VALUES, Node, Spot, Text, Value, count};

/// Reads the one document of a text. None if there is nothing in it.
///
/// # Errors
/// The first finding.
pub(super) fn read(text: &Text<'_>) -> Result<Option<Node>, Box<Diagnostic>> {
    let mut parser = Parser::new_from_str(text.text);
    let mut builder = Builder { text, open: Vec::new(), root: None, values: 0 };
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| syntax(text, &error))?;
        builder.take(event, spot(span))?;
    }
    Ok(builder.root)
}

/// A collection that is not closed yet.
enum Open {
    List { items: Vec<Node>, at: Spot },
    Map { members: Vec<(Key, Node)>, key: Option<Key>, at: Spot, seen: SeenKeys },
}

struct Builder<'b, 't> {
    text: &'b Text<'t>,
    open: Vec<Open>,
    root: Option<Node>,
    values: usize,
}

impl Builder<'_, '_> {
    fn take(&mut self, event: Event<'_>, at: Spot) -> Result<(), Box<Diagnostic>> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) => match self.root {
                None => Ok(()),
                Some(_) => Err(self
                    .text
                    .error(
                        codes::MULTIPLE_DOCUMENTS,
                        at,
                        "a policy is one YAML document, and here a second begins",
                    )
                    .hinted("remove the `---`, or put the second document into a file of its own")),
            },
            Event::Alias(_) => Err(anchored(self.text, at)),
            Event::Scalar(text, style, anchor, tag) => {
                self.plain(anchor, tag.is_some(), at)?;
                self.value(Node { value: scalar(&text, style), at })
            }
            Event::SequenceStart(anchor, tag) => {
                self.plain(anchor, tag.is_some(), at)?;
                self.begin(Open::List { items: Vec::new(), at }, at)
            }
            Event::MappingStart(anchor, tag) => {
                self.plain(anchor, tag.is_some(), at)?;
                let seen = SeenKeys::default();
                self.begin(Open::Map { members: Vec::new(), key: None, at, seen }, at)
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open::List { items, at }) => self.value(Node { value: Value::List(items), at }),
                Some(Open::Map { members, at, .. }) => self.value(Node { value: Value::Map(members), at }),
                None => Ok(()),
            },
        }
    }

    fn begin(&mut self, open: Open, at: Spot) -> Result<(), Box<Diagnostic>> {
        if let Some(Open::Map { key: None, .. }) = self.open.last() {
            return Err(self.text.error(codes::KEY_NOT_TEXT, at, "a key must be a text"));
        }
        if self.open.len() >= DEEPEST {
            return Err(self.text.error(
                codes::TOO_DEEP,
                at,
                format!("the text nests deeper than {DEEPEST}"),
            ));
        }
        self.open.push(open);
        Ok(())
    }

    fn value(&mut self, node: Node) -> Result<(), Box<Diagnostic>> {
        self.values += 1;
        if self.values > MOST_VALUES {
            let fault = format!("the text holds more than {MOST_VALUES} values");
            return Err(self.text.error(codes::TOO_MANY_VALUES, node.at, fault));
        }
        let text = self.text;
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { members, key, seen, .. }) => match key.take() {
                Some(key) => members.push((key, node)),
                None => *key = Some(new_key(text, node, seen)?),
            },
        }
        Ok(())
    }

    fn plain(&self, anchor: usize, is_tagged: bool, at: Spot) -> Result<(), Box<Diagnostic>> {
        if anchor != 0 {
            return Err(anchored(self.text, at));
        }
        if is_tagged {
            return Err(self
                .text
                .error(codes::YAML_TAG, at, "a policy does without tags (`!…`)")
                .hinted("put a text that begins with `!` in quotes"));
        }
        Ok(())
    }
}

fn anchored(text: &Text<'_>, at: Spot) -> Box<Diagnostic> {
    text.error(codes::YAML_ANCHOR, at, "a policy does without anchors (`&…`) and aliases (`*…`)")
        .hinted("write the value out, or put a text that begins with `&` or `*` in quotes: `\"**/*.pem\"`")
}

fn new_key(text: &Text<'_>, node: Node, seen: &mut SeenKeys) -> Result<Key, Box<Diagnostic>> {
    let at = node.at;
    let Value::Text(key) = node.value else {
        let fault = format!("a key must be a text, and this is {}", node.value.kind());
        return Err(text.error(codes::KEY_NOT_TEXT, at, fault).hinted("put the key in quotes"));
    };
    if key == "<<" {
        let fault = text.error(codes::YAML_MERGE_KEY, at, "a policy does without merge keys (`<<`)");
        return Err(fault.hinted("write the values out, or use `metadata.inherits`"));
    }
    if seen.insert(&key).is_err() {
        let fault = format!("the key `{}` stands twice in one mapping", key.escape_debug());
        return Err(text.error(codes::DUPLICATE_KEY, at, fault).hinted("merge the two, and remove one"));
    }
    Ok(Key { text: key, at })
}

/// What a scalar is, by the core schema of YAML 1.2: `yes`, `no`, `on` and `off` are texts.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    match style {
        ScalarStyle::Plain => match text {
            "" | "~" | "null" | "Null" | "NULL" => Value::Null,
            "true" | "True" | "TRUE" => Value::Bool(true),
            "false" | "False" | "FALSE" => Value::Bool(false),
            text if is_number(text) => Value::Number(text.to_owned()),
            text => Value::Text(text.to_owned()),
        },
        ScalarStyle::SingleQuoted
        | ScalarStyle::DoubleQuoted
        | ScalarStyle::Literal
        | ScalarStyle::Folded => Value::Text(text.to_owned()),
    }
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let special = matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN");
    let based = text
        .strip_prefix("0x")
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|digit| digit.is_ascii_hexdigit()))
        || text
            .strip_prefix("0o")
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|digit| (b'0'..=b'7').contains(&digit)));
    let decimal = unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && unsigned.bytes().all(|letter| matches!(letter, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'))
        && unsigned.parse::<f64>().is_ok();
    special || based || decimal
}

fn spot(span: Span) -> Spot {
    let width = if span.start.line() == span.end.line() {
        span.end.index().saturating_sub(span.start.index())
    } else {
        1
    };
    Spot { line: count(span.start.line()), column: count(span.start.col() + 1), width: count(width.max(1)) }
}

fn syntax(text: &Text<'_>, error: &ScanError) -> Box<Diagnostic> {
    let marker = error.marker();
    let at = Spot { line: count(marker.line()), column: count(marker.col() + 1), width: 1 };
    // The scanner bounds nesting in brackets before the tree does, and only it can tell an alias of nothing.
    if error.info().contains("recursion limit") {
        return text.error(codes::TOO_DEEP, at, format!("the text nests deeper than {DEEPEST}"));
    }
    if error.info().contains("unknown anchor") {
        return anchored(text, at);
    }
    let line = text.line(at.line);
    let item = line.trim_start().trim_start_matches("- ").trim_start();
    let fault = text.error(codes::YAML_SYNTAX, at, format!("the text is not YAML: {}", error.info()));
    if line.contains('\t') && line.trim_start_matches(' ').starts_with('\t') {
        fault.hinted("indent with spaces, not with tabs")
    } else if item.starts_with(['*', '&', '!', '%', '@', '`', '{', '[', '>', '|']) {
        fault.hinted("put a pattern that begins with a special character in quotes: `- \"**/*.pem\"`")
    } else {
        fault
    }
}

#[cfg(test)]
mod tests {
    use crate::contract::Layer;

    use super::*;

    fn tree(yaml: &str) -> Node {
        let text = Text { path: "p".to_owned(), layer: Layer::Named, text: yaml };
        read(&text).expect("it is read").expect("a document")
    }

    #[test]
    fn places_are_lines_and_columns_of_characters() {
        let node = tree("a:\n  - \"é*\"\n  - x y\n");
        let Value::List(items) = &node.get("a").expect("a").value else { panic!("a list") };
        let spots: Vec<_> = items.iter().map(|item| (item.at.line, item.at.column, item.at.width)).collect();
        assert_eq!(spots, [(2, 5, 4), (3, 5, 3)]);
    }

    #[test]
    fn scalars_are_what_the_core_schema_says() {
        for (text, value) in [
            ("yes", Value::Text("yes".into())),
            ("true", Value::Bool(true)),
            ("\"true\"", Value::Text("true".into())),
            ("2026.11", Value::Number("2026.11".into())),
            ("1.0.3", Value::Text("1.0.3".into())),
            ("0x1F", Value::Number("0x1F".into())),
            ("e5", Value::Text("e5".into())),
            ("~", Value::Null),
        ] {
            assert_eq!(tree(&format!("a: {text}")).get("a").expect("a").value, value, "{text}");
        }
    }
}
