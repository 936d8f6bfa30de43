//! One frame: a request, a notification or a response, whoever sends it and in whatever revision of the protocol.

use super::fault::Fault;
use super::scan::{Node, Side, Value, folded, scan};

/// A frame that was read, and that every parser reads alike.
#[derive(Clone, Debug)]
pub struct Frame<'f> {
    /// The whole of it.
    pub root: Node<'f>,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of frames.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Kind {
    /// It wants an answer.
    Request(Id),
    /// It wants none.
    Notification,
    /// It is one. The id is none where the other side could not read what it answers.
    Response(Option<Id>),
}

/// The id of a request: each direction has its own, and `1` is another than `"1"`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Id {
    /// Its JSON text, to be given back as it came.
    pub raw: String,
    /// What it is compared by.
    pub key: String,
}

impl Id {
    /// None if the node is neither a string nor a number.
    #[must_use]
    pub fn of(node: &Node<'_>, frame: &[u8]) -> Option<Self> {
        let raw = String::from_utf8_lossy(node.raw(frame)).into_owned();
        match &node.value {
            Value::Text(text) => Some(Self { raw, key: format!("s{text}") }),
            Value::Number(number) => Some(Self { raw, key: format!("n{}", plain(number)) }),
            Value::Null | Value::Bool(_) | Value::List(_) | Value::Object(_) => None,
        }
    }
}

/// A number as it would come back from a parser that keeps it as a float, where it is beyond what all keep exactly.
fn plain(number: &str) -> String {
    let is_exact = number.len() <= 15 && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    match number.parse::<f64>() {
        Ok(float) if !is_exact => format!("{float}"),
        Ok(_) | Err(_) => number.to_owned(),
    }
}

impl<'f> Frame<'f> {
    /// Reads a frame, its line end left off.
    ///
    /// # Errors
    /// Why it is not to be forwarded.
    pub fn read(bytes: &'f [u8], side: Side) -> Result<Self, Fault> {
        let root = scan(bytes, side)?;
        match &root.value {
            Value::Object(_) => {}
            Value::List(_) => return Err(Fault::Batch),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {
                return Err(Fault::NotMessage("it is no object"));
            }
        }
        exact(&root, &ENVELOPE)?;
        let id = root.get("id");
        let has_outcome = root.get("result").is_some() || root.get("error").is_some();
        let kind = match (root.get("method"), id) {
            (Some(_), _) if has_outcome => {
                return Err(Fault::NotMessage("it has a method and an outcome"));
            }
            (Some(method), _) if method.text().is_none() => {
                return Err(Fault::NotMessage("its method is no string"));
            }
            (Some(_), None) => Kind::Notification,
            (Some(_), Some(id)) => match Id::of(id, bytes) {
                Some(id) => Kind::Request(id),
                None => return Err(Fault::NotMessage("its id is neither a string nor a number")),
            },
            (None, _) if !has_outcome => {
                return Err(Fault::NotMessage("it has neither a method nor an outcome"));
            }
            (None, _) if root.get("result").is_some() && root.get("error").is_some() => {
                return Err(Fault::NotMessage("it has a result and an error"));
            }
            (None, None) => return Err(Fault::NotMessage("it is an answer without an id")),
            (None, Some(id)) => match (Id::of(id, bytes), &id.value) {
                (Some(id), _) => Kind::Response(Some(id)),
                (None, Value::Null) if root.get("error").is_some() => Kind::Response(None),
                (None, _) => return Err(Fault::NotMessage("its id is neither a string nor a number")),
            },
        };
        if let Some(params) = root.get("params") {
            exact(params, &PARAMS)?;
        }
        Ok(Self { root, kind })
    }

    /// Its method; empty for a response.
    #[must_use]
    pub fn method(&self) -> &str {
        self.root.get("method").and_then(Node::text).unwrap_or_default()
    }

    /// Its parameters.
    #[must_use]
    pub fn params(&self) -> Option<&Node<'f>> {
        self.root.get("params")
    }

    /// Whether it says by itself which revision it is in: the stateless ones do, request by request.
    #[must_use]
    pub fn is_modern(&self) -> bool {
        self.meta().is_some_and(|meta| meta.get(PROTOCOL_VERSION).is_some())
    }

    /// What the client can do, as this request itself says.
    #[must_use]
    pub fn client_capabilities(&self) -> Option<&Node<'f>> {
        self.meta()?.get(CLIENT_CAPABILITIES)
    }

    fn meta(&self) -> Option<&Node<'f>> {
        self.params()?.get("_meta")
    }
}

/// The member of `_meta` by which a request of a stateless revision is known.
pub const PROTOCOL_VERSION: &str = "io.modelcontextprotocol/protocolVersion";
const CLIENT_CAPABILITIES: &str = "io.modelcontextprotocol/clientCapabilities";

const ENVELOPE: [&str; 6] = ["jsonrpc", "id", "method", "params", "result", "error"];

const PARAMS: [&str; 9] =
    ["name", "arguments", "uri", "_meta", "ref", "argument", "inputResponses", "requestState", "task"];

/// No member goes by one of these names but for its case.
fn exact(object: &Node<'_>, names: &[&'static str]) -> Result<(), Fault> {
    for member in object.members() {
        let name = folded(&member.name);
        let near = names.iter().find(|known| **known != member.name && *folded(known) == *name);
        if let Some(known) = near {
            return Err(Fault::NearName(member.name.chars().take(64).collect(), known));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Result<Kind, Fault> {
        Frame::read(text.as_bytes(), Side::Client).map(|frame| frame.kind)
    }

    #[test]
    fn a_frame_is_one_of_three_kinds_or_none() {
        let id = |raw: &str, key: &str| Id { raw: raw.to_owned(), key: key.to_owned() };
        for (text, expected) in [
            (r#"{"id":1,"method":"x"}"#, Kind::Request(id("1", "n1"))),
            (r#"{"id":"1","method":"x"}"#, Kind::Request(id("\"1\"", "s1"))),
            (r#"{"id":"\u0031","method":"x"}"#, Kind::Request(id("\"\\u0031\"", "s1"))),
            (r#"{"method":"x"}"#, Kind::Notification),
            (r#"{"id":1.0,"result":{}}"#, Kind::Response(Some(id("1.0", "n1")))),
            (r#"{"id":null,"error":{}}"#, Kind::Response(None)),
        ] {
            assert_eq!(kind(text), Ok(expected), "{text}");
        }
        for text in [
            "[]",
            "1",
            "{}",
            r#"{"id":1}"#,
            r#"{"id":null,"method":"x"}"#,
            r#"{"id":{},"method":"x"}"#,
            r#"{"id":true,"method":"x"}"#,
            r#"{"id":1,"method":1}"#,
            r#"{"id":1,"method":"x","result":{}}"#,
            r#"{"id":1,"error":{},"result":{}}"#,
            r#"{"id":null,"result":{}}"#,
            r#"{"result":{}}"#,
            r#"{"id":1,"Method":"x"}"#,
            r#"{"id":1,"method":"x","Params":{}}"#,
            r#"{"id":1,"method":"x","params":{"Name":"y"}}"#,
            "{\"id\":1,\"method\":\"x\",\"params\":{\"argument\u{17f}\":{}}}",
        ] {
            assert!(kind(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_number_that_no_parser_keeps_exactly_is_found_again_as_it_comes_back() {
        let key = |text: &str| match kind(text) {
            Ok(Kind::Request(id)) => id.key,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            key(r#"{"id":12345678901234567890123,"method":"x"}"#),
            key(r#"{"id":1.2345678901234568e+22,"method":"x"}"#)
        );
    }
}
