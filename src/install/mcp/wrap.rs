//! Putting the proxy before a command, and taking it away again.
//!
//! Only the program and the list of operands change, and only by what is put in: `command: C, args: [A…]` becomes
//! `command: CAVRA, args: ["mcp", "--server", NAME, "--client", ID, "--", C, A…]`. C is moved as it is written, so what
//! is taken away later leaves the text byte for byte as it was, without any record of it. Where there was no list of
//! operands, `--client` stands before `--server`: that says so.

use std::path::Path;

use super::clients::Format;
use super::document::{Command, Entry, Kind, Operands, Token};

/// A part of a text, and what stands there instead.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Edit {
    start: usize,
    end: usize,
    text: String,
}

/// The text with the proxy before every command that can have one.
pub(super) fn wrapped(text: &str, entries: &[Entry], format: Format, client: &str, binary: &str) -> String {
    let mut edits = Vec::new();
    for entry in entries {
        if let Kind::Command(command) = &entry.kind
            && !is_wrapped(command)
        {
            wrap(text, command, format, &Words { server: &entry.name, client, binary }, &mut edits);
        }
    }
    apply(text, edits)
}

/// The text with no proxy of Cavra's before any command.
pub(super) fn unwrapped(text: &str, entries: &[Entry], format: Format) -> String {
    let mut edits = Vec::new();
    for entry in entries {
        if let Kind::Command(command) = &entry.kind {
            unwrap(text, command, format, &mut edits);
        }
    }
    apply(text, edits)
}

/// Whether the command is Cavra's proxy with a command behind it.
pub(super) fn is_wrapped(command: &Command) -> bool {
    inner(command).is_some()
}

/// What the wrapped entry is told.
struct Words<'w> {
    server: &'w str,
    client: &'w str,
    binary: &'w str,
}

fn wrap(text: &str, command: &Command, format: Format, words: &Words<'_>, edits: &mut Vec<Edit>) {
    let Command { program, operands, is_inline } = command;
    let raw = text.get(program.at.clone()).unwrap_or_default();
    let named = [quoted("--server"), quoted(words.server)];
    let of = [quoted("--client"), quoted(words.client)];
    let head = |first: &[String; 2], second: &[String; 2]| {
        let all = [quoted("mcp"), first.join(","), second.join(","), quoted("--"), raw.to_owned()];
        all.join(",")
    };
    edits.push(Edit { start: program.at.start, end: program.at.end, text: quoted(words.binary) });
    match operands {
        Some(Operands { at, items }) => {
            let comma = if items.is_empty() { "" } else { "," };
            edits.push(Edit { start: at.start + 1, end: at.start + 1, text: head(&named, &of) + comma });
        }
        None => {
            let before = opening(format, *is_inline);
            let list = format!("{before}{}]", head(&of, &named));
            edits.push(Edit { start: program.at.end, end: program.at.end, text: list });
        }
    }
}

/// How a list of operands begins that was not there.
fn opening(format: Format, is_inline: bool) -> &'static str {
    match (format, is_inline) {
        (Format::Json, _) => ",\"args\":[",
        (Format::Toml, true) => ", args = [",
        (Format::Toml, false) => "\nargs = [",
    }
}

fn unwrap(text: &str, command: &Command, format: Format, edits: &mut Vec<Edit>) {
    let Some((place, moved)) = inner(command) else { return };
    let Some(Operands { at, items }) = &command.operands else { return };
    let raw = text.get(moved.at.clone()).unwrap_or_default().to_owned();
    edits.push(Edit { start: command.program.at.start, end: command.program.at.end, text: raw });
    let had_none = items.get(1).is_some_and(|word| word.text == "--client");
    let between = text.get(command.program.at.end..at.start + 1);
    if had_none && items.len() == place + 1 && between == Some(opening(format, command.is_inline)) {
        edits.push(Edit { start: command.program.at.end, end: at.end, text: String::new() });
        return;
    }
    let start = items.first().map_or(at.start + 1, |first| first.at.start);
    let end = match items.get(place + 1) {
        // The comma behind what is taken away goes with it, and nothing else.
        Some(next) => {
            let gap = text.get(moved.at.end..next.at.start).unwrap_or_default();
            moved.at.end + gap.find(',').map_or(0, |comma| comma + 1)
        }
        None => moved.at.end,
    };
    edits.push(Edit { start, end, text: String::new() });
}

/// The command behind the proxy: its place among the operands, and the word.
fn inner(command: &Command) -> Option<(usize, &Token)> {
    let base = Path::new(&command.program.text).file_name()?.to_str()?;
    let items = &command.operands.as_ref()?.items;
    let is_proxy = base == "cavra" && items.first()?.text == "mcp";
    let place = items.iter().position(|word| word.text == "--")? + 1;
    items.get(place).filter(|_| is_proxy).map(|moved| (place, moved))
}

/// JSON's way to write a text is one of TOML's as well.
fn quoted(word: &str) -> String {
    let mut text = String::from("\"");
    for character in word.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            character if character.is_control() => {
                text.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            character => text.push(character),
        }
    }
    text.push('"');
    text
}

fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.start, edit.end));
    let mut changed = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        changed.push_str(text.get(at..edit.start).unwrap_or_default());
        changed.push_str(&edit.text);
        at = edit.end;
    }
    changed.push_str(text.get(at..).unwrap_or_default());
    changed
}

#[cfg(test)]
mod tests {
    use super::super::document::read;
    use super::*;

    const KEYS: &[&[&str]] = &[&["mcpServers"]];

    fn there_and_back(text: &str, format: Format) -> String {
        let entries = read(text, format, KEYS).expect("it can be read");
        let there = wrapped(text, &entries, format, "test", "/usr/local/bin/cavra");
        let entries = read(&there, format, KEYS).expect("it can be read again");
        assert_eq!(unwrapped(&there, &entries, format), text, "there: {there}");
        // A second time changes nothing.
        assert_eq!(wrapped(&there, &entries, format, "test", "/usr/local/bin/cavra"), there);
        there
    }

    #[test]
    fn every_way_to_write_a_server_in_json_comes_back_byte_for_byte() {
        for text in [
            r#"{"mcpServers":{"a":{"command":"npx","args":["-y","x"]}}}"#,
            r#"{"mcpServers":{"a":{"command":"x","args":[]}}}"#,
            r#"{"mcpServers":{"a":{"command":"x"}}}"#,
            r#"{"mcpServers":{"a":{"args":["y"],"command":"x"}}}"#,
            "{\n  // one\n  \"mcpServers\": {\n    \"a b\\\"c\": { /* two */ \"command\" : \"C:\\\\x\", \"env\": {\"K\": \"v\"},\n      \"args\": [ // three\n        \"-y\" , \"x,]\", ],\n    },\n  },\n}\n",
            "{\"mcpServers\":{\"a\":{\"command\":\"${input:x}\",\"args\":[\n\t\"${workspaceFolder}\"\n]},\"b\":{\"url\":\"http://x\"},\"c\":{\"command\":1},\"d\":{\"command\":\"x\",\"args\":[1]},\"e\":3}}",
            "{}",
            "",
            "{\"mcpServers\":{\"a\\u0062\":{\"command\":\"x\\u0020y\",\"args\":[\"\\ud83d\\ude00 é\"]}}}",
            "{\"mcpServers\":{\"a\":{\"command\":\"cavra\",\"args\":[\"mcp\",\"pins\"]}}}",
            "\r\n{\r\n\"mcpServers\":{\"a\":{\"command\":\"x\",\r\n\"args\":[\"y\"]}}}\r\n",
        ] {
            there_and_back(text, Format::Json);
        }
        assert_eq!(
            there_and_back(r#"{"mcpServers":{"a":{"command":"npx","args":["-y"]}}}"#, Format::Json),
            r#"{"mcpServers":{"a":{"command":"/usr/local/bin/cavra","args":["mcp","--server","a","--client","test","--","npx","-y"]}}}"#
        );
    }

    #[test]
    fn every_way_to_write_a_server_in_toml_comes_back_byte_for_byte() {
        for text in [
            "# one\n[mcpServers.a]\ncommand = \"npx\" # two\nargs = [\"-y\", 'x']\n\n[mcpServers.a.env]\nK = \"v\"\n",
            "[mcpServers.\"a b\"]\ncommand = 'C:\\x'\n",
            "[mcpServers.a]\nargs = [\n  # three\n  \"-y\",\n]\ncommand = \"\"\"x\"\"\"\n",
            "mcpServers = { a = { command = \"x\" }, b = { url = \"http://x\" } }\n",
            "[mcpServers]\na = { command = \"x\", args = [ ] }\n",
            "mcpServers.a.command = \"x\"\nmcpServers.a.args = [\"y\"]\n",
            "other = 1\n",
            "",
        ] {
            there_and_back(text, Format::Toml);
        }
    }

    #[test]
    fn what_a_client_wrote_anew_is_taken_out_all_the_same() {
        let text = "{\"mcpServers\":{\"a\":{\"args\":[\n  \"mcp\",\n  \"--server\",\n  \"a\",\n  \"--client\",\n  \"t\",\n  \"--\",\n  \"npx\",\n  \"-y\"\n],\"command\":\"/opt/cavra\"}}}";
        let entries = read(text, Format::Json, KEYS).expect("it can be read");
        let back = unwrapped(text, &entries, Format::Json);
        let entries = read(&back, Format::Json, KEYS).expect("it can be read");
        let Kind::Command(command) = &entries[0].kind else { panic!("a command") };
        let words: Vec<&str> =
            command.operands.iter().flat_map(|list| &list.items).map(|word| word.text.as_str()).collect();
        assert_eq!((command.program.text.as_str(), words), ("npx", vec!["-y"]));
    }

    #[test]
    fn what_cannot_be_read_for_sure_is_not_read() {
        for text in [
            "{\"mcpServers\":{},\"mcpServers\":{}}",
            "{\"mcpServers\":{\"a\":{\"command\":\"x\",\"command\":\"y\"}}}",
            "{\"mcpServers\":",
            "[]",
        ] {
            assert_eq!(read(text, Format::Json, KEYS), None, "{text}");
        }
        assert_eq!(read("a = ", Format::Toml, KEYS), None);
    }
}
