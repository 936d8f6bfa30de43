//! Frames: what is judged is the only thing that any parser could see in what is forwarded.

use std::fmt;

use cavra::intercept::mcp::{Frame, Side, digest, folded, scan};
use proptest::prelude::*;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, json};
use similar_asserts::assert_eq;

use crate::mcp_rig::{Client, calls, reached};
use crate::sandbox::Sandbox;

/// Everything but `get-sum` is refused.
const ONE_TOOL: &str = "\
metadata: {id: one, title: One, version: '1'}
mcp: {allowed_servers: [s], pin_tools: false, tools: {s: {allow: [get-sum], block: [echo]}}}
";

/// What must come of a frame.
enum Comes {
    /// An answer with this id, and nothing reaches the server.
    Refused(&'static str),
    /// No answer is possible, and nothing reaches the server.
    Dropped,
    /// It reaches the server.
    Through,
}

#[test]
fn no_hostile_frame_is_executed_and_none_is_left_without_an_answer() {
    use Comes::{Dropped, Refused, Through};
    let call = |id: &str| {
        format!(
            r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/call","params":{{"name":"echo","arguments":{{"message":"MARK"}}}}}}"#
        )
    };
    let of = |root: &str, params: &str| {
        format!(
            r#"{{"jsonrpc":"2.0","id":90,{root},"params":{{{params},"arguments":{{"message":"MARK"}}}}}}"#
        )
    };
    let allowed = |filler: usize| {
        format!(
            r#"{{"jsonrpc":"2.0","id":90,"method":"tools/call","params":{{"name":"get-sum","arguments":{{"message":"MARK{}"}}}}}}"#,
            "x".repeat(filler)
        )
    };
    let frames: Vec<(&str, Vec<u8>, Comes)> = [
        ("a plain denied call", call("90"), Refused("90")),
        ("a batch", format!("[{}]", call("90")), Refused("90")),
        (
            "two methods, call last",
            of(r#""method":"ping","method":"tools/call""#, r#""name":"echo""#),
            Refused("90"),
        ),
        (
            "two methods, call first",
            of(r#""method":"tools/call","method":"ping""#, r#""name":"echo""#),
            Refused("90"),
        ),
        (
            "two names, allowed first",
            of(r#""method":"tools/call""#, r#""name":"get-sum","name":"echo""#),
            Refused("90"),
        ),
        (
            "two names, allowed last",
            of(r#""method":"tools/call""#, r#""name":"echo","name":"get-sum""#),
            Refused("90"),
        ),
        (
            "two params",
            of(r#""method":"tools/call","params":{"name":"get-sum"}"#, r#""name":"echo""#),
            Refused("90"),
        ),
        ("escapes", of(r#""method":"tools\u002fcall""#, r#""name":"ech\u006f""#), Refused("90")),
        ("Method", of(r#""method":"ping","Method":"tools/call""#, r#""name":"echo""#), Refused("90")),
        ("Method alone", of(r#""Method":"tools/call""#, r#""name":"echo""#), Refused("90")),
        ("Name", of(r#""method":"tools/call""#, r#""name":"get-sum","Name":"echo""#), Refused("90")),
        (
            "a long s",
            of("\"method\":\"tools/call\"", "\"name\":\"get-sum\",\"argument\u{17f}\":{}"),
            Refused("90"),
        ),
        ("Tools/Call", of(r#""method":"Tools/Call""#, r#""name":"echo""#), Refused("90")),
        ("tools/call with a blank", of(r#""method":"tools/call ""#, r#""name":"echo""#), Refused("90")),
        ("without an id", call("90").replace(r#""id":90,"#, ""), Dropped),
        ("id null", call("null"), Refused("null")),
        ("a string id", call("\"s-90\""), Refused("\"s-90\"")),
        ("a large id", call("12345678901234567890123"), Refused("12345678901234567890123")),
        ("a return before the end", call("90") + "\r", Refused("90")),
        ("a byte-order mark", format!("\u{feff}{}", call("90")), Refused("90")),
        (
            "a return between two",
            format!("{{\"jsonrpc\":\"2.0\",\"method\":\"x\"}}\r{}", call("90")),
            Refused("90"),
        ),
        (
            "a return inside",
            format!(
                "{{\"jsonrpc\":\"2.0\",\"id\":91,\"method\":\"ping\",\"params\":{{\"x\":\r{}\r}}}}",
                call("90")
            ),
            Refused("91"),
        ),
        ("two on a line", format!("{{\"jsonrpc\":\"2.0\",\"method\":\"x\"}}{}", call("90")), Refused("90")),
        ("a lone surrogate", call("90").replace("MARK", "MARK\\ud800"), Refused("90")),
        (
            "nested deep",
            call("90").replace("\"MARK\"", &format!("{}\"MARK\"{}", "[".repeat(20_000), "]".repeat(20_000))),
            Refused("90"),
        ),
        ("a name with a NUL", call("90").replace("\"name\"", "\"name\\u0000\":1,\"name\""), Refused("90")),
        (
            "arguments twice",
            of(r#""method":"tools/call""#, r#""name":"get-sum","arguments":{"message":"MARK"}"#),
            Refused("90"),
        ),
        (
            "params as a list",
            call("90").replace("\"params\":{", "\"params\":[{").replace("}}}", "}}]}"),
            Refused("90"),
        ),
        ("no name", call("90").replace("\"name\":\"echo\",", ""), Refused("90")),
        ("a tool with a blank behind", call("90").replace("echo", "echo "), Refused("90")),
        ("a tool with a NUL behind", call("90").replace("echo", "get-sum\\u0000"), Refused("90")),
        ("no JSON", "not json MARK".to_owned(), Refused("null")),
        ("an allowed call of 100 KiB", allowed(100_000), Through),
        ("an allowed call of 4 MiB", allowed(4 << 20), Through),
        (
            "an unknown request",
            r#"{"jsonrpc":"2.0","id":90,"method":"vendor/MARK","params":{}}"#.to_owned(),
            Through,
        ),
        (
            "a probe",
            r#"{"jsonrpc":"2.0","id":90,"method":"server/discover","params":{"_meta":{"x":"MARK"}}}"#
                .to_owned(),
            Through,
        ),
        (
            "a task",
            r#"{"jsonrpc":"2.0","id":90,"method":"tasks/update","params":{"taskId":"MARK"}}"#.to_owned(),
            Through,
        ),
    ]
    .into_iter()
    .map(|(name, frame, comes)| (name, frame.into_bytes(), comes))
    .chain([(
        "bytes that are no UTF-8",
        call("90").replace("MARK", "MARK\u{0}").bytes().map(|b| if b == 0 { 0xff } else { b }).collect(),
        Refused("90"),
    )])
    .collect();
    let sandbox = Sandbox::new().user_policy(ONE_TOOL);
    let mut client = Client::start(&sandbox).introduced(&json!({}));
    for (name, frame, comes) in frames {
        let before = reached(&sandbox).iter().filter(|line| line.contains("MARK")).count();
        client.send_raw(&[&frame[..], b"\n"].concat());
        if let Refused(id) = comes {
            let answer = client.answer();
            assert_eq!(
                answer["id"].to_string(),
                serde_json::from_str::<Value>(id).unwrap().to_string(),
                "{name}"
            );
            assert!(answer["error"].is_object() || answer["result"]["isError"] == true, "{name}: {answer}");
        } else if matches!(comes, Through) && frame.windows(10).any(|part| part == b"tools/call") {
            assert_eq!(client.answer()["id"], 90, "{name}");
        }
        // It is alive, and nothing else came of the frame.
        assert_eq!(client.request(2, "ping", &json!({}))["id"], 2, "{name}");
        let after = reached(&sandbox).iter().filter(|line| line.contains("MARK")).count();
        assert_eq!(after - before, usize::from(matches!(comes, Through)), "{name}");
    }
    assert_eq!(calls(&sandbox).len(), 2);
    client.leave();
}

/// JSON as it stands, with members that stand twice.
#[derive(Clone, Debug, PartialEq)]
enum Ordered {
    Other(Value),
    List(Vec<Ordered>),
    Object(Vec<(String, Ordered)>),
}

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Ordered;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("JSON")
            }
            fn visit_unit<E>(self) -> Result<Ordered, E> {
                Ok(Ordered::Other(Value::Null))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Ordered, E> {
                Ok(Ordered::Other(value.into()))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Ordered, E> {
                Ok(Ordered::Other(value.into()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Ordered, E> {
                Ok(Ordered::Other(value.into()))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Ordered, E> {
                Ok(Ordered::Other(value.into()))
            }
            fn visit_str<E>(self, value: &str) -> Result<Ordered, E> {
                Ok(Ordered::Other(value.into()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Ordered, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element()? {
                    items.push(item);
                }
                Ok(Ordered::List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Ordered::Object(members))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// A way to read members that stand twice.
#[derive(Clone, Copy, Debug)]
enum Reading {
    First,
    Last,
    FoldedFirst,
    FoldedLast,
    UpToNul,
}

impl Reading {
    const ALL: [Self; 5] = [Self::First, Self::Last, Self::FoldedFirst, Self::FoldedLast, Self::UpToNul];

    fn get<'v>(self, value: &'v Ordered, name: &str) -> Option<&'v Ordered> {
        let Ordered::Object(members) = value else { return None };
        let is_meant = |member: &&(String, Ordered)| match self {
            Self::First | Self::Last => member.0 == name,
            Self::FoldedFirst | Self::FoldedLast => folded(&member.0) == folded(name),
            Self::UpToNul => member.0.split('\0').next() == Some(name),
        };
        match self {
            Self::First | Self::FoldedFirst => members.iter().find(is_meant),
            Self::Last | Self::FoldedLast | Self::UpToNul => members.iter().rev().find(is_meant),
        }
        .map(|(_, value)| value)
    }

    /// What a server with such a parser would execute: the method, the tool, and the path in the arguments.
    fn executes(self, root: &Ordered) -> [Option<String>; 3] {
        let text = |value: Option<&Ordered>| match value {
            Some(Ordered::Other(Value::String(text))) => Some(text.clone()),
            _ => None,
        };
        let params = self.get(root, "params");
        let name = params.and_then(|params| self.get(params, "name"));
        let arguments = params.and_then(|params| self.get(params, "arguments"));
        let path = arguments.and_then(|arguments| self.get(arguments, "path"));
        [text(self.get(root, "method")), text(name), text(path)]
    }
}

fn name(base: &'static str) -> BoxedStrategy<String> {
    let upper = base[..1].to_uppercase() + &base[1..];
    let escaped = format!("\\u{:04x}{}", u32::from(base.as_bytes()[0]), &base[1..]);
    let long_s = base.replace('s', "\u{17f}").replace('k', "\u{212a}");
    prop_oneof![
        8 => Just(base.to_owned()),
        1 => Just(upper),
        1 => Just(escaped),
        1 => Just(long_s),
        1 => Just(format!("{base}\\u0000")),
        1 => Just(base.to_uppercase()),
        1 => Just(format!("{base} ")),
    ]
    .boxed()
}

fn member(base: &'static str, value: BoxedStrategy<String>) -> BoxedStrategy<String> {
    (name(base), value).prop_map(|(name, value)| format!("\"{name}\":{value}")).boxed()
}

fn text(words: &'static [&'static str]) -> BoxedStrategy<String> {
    prop_oneof![9 => prop::sample::select(words).prop_map(|word| format!("\"{word}\"")), 1 => Just("1".to_owned())].boxed()
}

fn object(members: Vec<BoxedStrategy<String>>, most: usize) -> BoxedStrategy<String> {
    let blank = prop::sample::select(&["", "", "", " ", "\t", "\r", "\u{a0}"][..]);
    (prop::collection::vec(prop::strategy::Union::new(members), 0..=most), blank)
        .prop_map(|(members, blank)| format!("{{{blank}{}}}", members.join(&format!(",{blank}"))))
        .boxed()
}

fn frame() -> BoxedStrategy<String> {
    let arguments =
        object(vec![member("path", text(&["a", "b", "x\\u0000"])), member("task", text(&["c"]))], 3);
    let params = object(
        vec![
            member("name", text(&["echo", "get-sum"])),
            member("arguments", arguments.clone()),
            member("_meta", arguments),
        ],
        4,
    );
    let root = object(
        vec![
            member("method", text(&["tools/call", "ping", "tools\\u002fcall"])),
            member("params", params),
            member(
                "id",
                prop::sample::select(&["1", "\"a\"", "null", "1.5"][..]).prop_map(str::to_owned).boxed(),
            ),
            member("jsonrpc", Just("\"2.0\"".to_owned()).boxed()),
        ],
        5,
    );
    let wrapping = prop::sample::select(
        &["{}", "{}", "{}", "{}", "[{}]", "\u{feff}{}", "{} {}", "{}\r{}", "{}\r", " {}", "{}x", "{},"][..],
    );
    (root.clone(), root, wrapping)
        .prop_map(|(one, two, wrapping)| wrapping.replacen("{}", &one, 1).replacen("{}", &two, 1))
        .boxed()
}

/// The argument that is judged as a path, in whatever case its name is; where one is accepted there is no other.
fn in_any_case<'n, 't>(
    arguments: &'n cavra::intercept::mcp::Node<'t>,
) -> Option<&'n cavra::intercept::mcp::Node<'t>> {
    arguments.members().iter().find(|member| folded(&member.name) == "path").map(|member| &member.value)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(20_000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_judged_is_what_every_parser_would_execute(text in frame()) {
        let judged = Frame::read(text.as_bytes(), Side::Client).ok().map(|frame| {
            let text = |node: Option<&cavra::intercept::mcp::Node<'_>>| {
                node.and_then(|node| node.text()).map(str::to_owned)
            };
            let params = frame.params();
            let arguments = params.and_then(|params| params.get("arguments"));
            [
                text(frame.root.get("method")),
                text(params.and_then(|params| params.get("name"))),
                text(arguments.and_then(in_any_case)),
            ]
        });
        if let Some([method, name, path]) = judged {
            // A reader of lines may end one at a return; a reader of streams stops behind the first value.
            for line in text.trim_start_matches('\u{feff}').split('\r').filter(|line| !line.trim().is_empty()) {
                let mut values = serde_json::Deserializer::from_str(line).into_iter::<Ordered>();
                let first = values.next().expect("a value");
                let first = first.expect("what was accepted is JSON to others too");
                for reading in Reading::ALL {
                    let [own_method, own_name, own_path] = reading.executes(&first);
                    prop_assert_eq!(own_method, method.clone(), "{:?}: {:?}", reading, text);
                    prop_assert_eq!(own_name, name.clone(), "{:?}: {:?}", reading, text);
                    // A name of an argument counts in any case, so more may be judged than is read.
                    prop_assert!(own_path.is_none() || own_path == path, "{:?}: {:?}", reading, text);
                }
                prop_assert!(values.next().is_none(), "{:?}", text);
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused_and_ids_are_looked_for(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Frame::read(&bytes, Side::Client);
        let _ = Frame::read(&bytes, Side::Server);
        let mut reader = cavra::intercept::mcp::IdReader::default();
        reader.feed(&bytes);
        for found in reader.finish() {
            let id: Value = serde_json::from_str(&found.raw).expect("an id is JSON");
            prop_assert!(id.is_string() || id.is_number());
        }
    }

    #[test]
    fn what_is_accepted_is_what_another_strict_parser_accepts(text in "[\\[\\]{}:,\"a1.eE+\\-tfnu\\\\ ]{0,24}|\\{\"a\":[0-9.eE+-]{0,6}\\}|\"(\\\\[u\"/bfnrt\\\\]|[0-9a-f]){0,8}\"") {
        let ours = scan(text.as_bytes(), Side::Client);
        let theirs: Result<Ordered, _> = serde_json::from_str(&text);
        if let Ok(node) = &ours {
            // Numbers beyond what it can hold are no numbers to the other one.
            let is_large = theirs.as_ref().is_err_and(|error| error.to_string().starts_with("number out of range"));
            prop_assert!(theirs.is_ok() || is_large, "{}: {:?}", text, theirs);
            prop_assert_eq!(digest(node).len(), 64);
        }
    }
}

/// The generator above makes frames that are accepted, and calls among them: else the law would say nothing.
#[test]
fn the_frames_of_the_law_are_accepted_often_enough() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let frames = frame();
    let accepted = (0..20_000).filter(|_| {
        let text = frames.new_tree(&mut runner).expect("a frame").current();
        Frame::read(text.as_bytes(), Side::Client).is_ok_and(|frame| frame.method() == "tools/call")
    });
    let count = accepted.count();
    assert!(count > 200, "{count}");
}
