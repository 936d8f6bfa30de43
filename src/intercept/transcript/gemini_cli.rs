//! Sessions of Gemini CLI: messages, each with the calls that the model asked for in it.
//!
//! Until the spring of 2026 a session was one document with all its messages; since then it is a line for each, with
//! a message written again when something is added to it, and lines that set other members (`$set`), among them all
//! messages at once. No line says where the session runs: see [`super::root_of`].

use serde_json::Value;

use super::call::{Call, Kind, Meaning, Part, Session, first_text, mcp_name, text};

/// Finds the calls of an entry. Says whether the entry is of a known shape.
pub(super) fn calls(value: &Value, session: &mut Session, calls: &mut Vec<Call>) -> bool {
    if let Some(set) = value.get("$set") {
        return set.is_object() && messages(set, session, calls).unwrap_or(true);
    }
    if let Some(known) = messages(value, session, calls) {
        return known;
    }
    message(value, session, calls)
        || text(value, "$rewindTo").is_some()
        || (text(value, "sessionId").is_some() && text(value, "projectHash").is_some())
}

/// The calls of all messages, if there is a list of them.
fn messages(value: &Value, session: &mut Session, calls: &mut Vec<Call>) -> Option<bool> {
    let messages = value.get("messages")?.as_array()?;
    let mut is_known = true;
    for entry in messages {
        is_known &= message(entry, session, calls);
    }
    Some(is_known)
}

fn message(entry: &Value, session: &mut Session, calls: &mut Vec<Call>) -> bool {
    if text(entry, "type").is_none() {
        return false;
    }
    session.note_day(entry);
    for tool in entry.get("toolCalls").and_then(Value::as_array).into_iter().flatten() {
        session.note_day(tool);
        calls.push(session.call(text(tool, "id"), meaning(tool, session)));
    }
    true
}

fn meaning(tool: &Value, session: &Session) -> Meaning {
    let Some(name) = text(tool, "name") else { return Meaning::Unclear };
    let input = tool.get("args").unwrap_or(&Value::Null);
    let cwd = session.cwd_of(None);
    // The tool of a server may have the name of one that Gemini CLI brings along.
    if let Some((server, tool)) = text(tool, "displayName").and_then(displayed) {
        return Meaning::tool(server, tool, cwd);
    }
    match name {
        "run_shell_command" => {
            let folder = first_text(input, &["dir_path", "directory"]);
            Meaning::one(Kind::Command, text(input, "command"), session.cwd_of(folder))
        }
        "write_file" | "replace" => Meaning::one(Kind::Write, text(input, "file_path"), cwd),
        "read_file" => {
            Meaning::one(Kind::Read, first_text(input, &["file_path", "absolute_path", "path"]), cwd)
        }
        "read_many_files" => {
            let texts = |value: &'_ Value| match value {
                Value::String(one) => vec![Part::new(Kind::Read, one, cwd.clone())],
                Value::Array(all) => {
                    let all = all.iter().filter_map(Value::as_str);
                    all.map(|pattern| Part::new(Kind::Read, pattern, cwd.clone())).collect()
                }
                _ => Vec::new(),
            };
            Meaning::of(
                ["include", "paths"].iter().filter_map(|name| input.get(name)).flat_map(texts).collect(),
            )
        }
        _ => match server_and_tool(name) {
            Some((server, tool)) => Meaning::tool(server, tool, cwd),
            None => Meaning::Other,
        },
    }
}

/// Server and tool of an MCP tool's display name: `create_issue (github MCP Server)`.
fn displayed(name: &str) -> Option<(&str, &str)> {
    let (tool, server) = name.strip_suffix(" MCP Server)")?.rsplit_once(" (")?;
    Some((server, tool))
}

/// Server and tool of an MCP tool's name. Single underscores are split at the first, as Gemini CLI does itself, which
/// asks for names of servers without any.
fn server_and_tool(name: &str) -> Option<(&str, &str)> {
    mcp_name(name).or_else(|| name.strip_prefix("mcp_")?.split_once('_')).or_else(|| name.split_once("__"))
}
