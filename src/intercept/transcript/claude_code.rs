//! Sessions of Claude Code: one entry in each line, calls in the content of what the assistant said.
//!
//! Subagents write to files of their own; older releases wrote them into the session (`isSidechain`), or into its
//! `progress` entries, so all three places are read.

use serde_json::Value;

use super::call::{Call, Kind, Meaning, Session, mcp_name, text};

/// Finds the calls of an entry. Says whether the entry is of a known shape.
pub(super) fn calls(value: &Value, session: &mut Session, calls: &mut Vec<Call>) -> bool {
    let Some(kind) = text(value, "type") else { return false };
    session.note_day(value);
    session.note_cwd(value);
    match kind {
        "assistant" => message(value, session, calls),
        "progress" => {
            // Progress is of many things; only that of a subagent has a message.
            if let Some(entry) = value.get("data").and_then(|data| data.get("message")) {
                message(entry, session, calls);
            }
            true
        }
        // What people say, results, titles, snapshots: nothing is called there.
        _ => true,
    }
}

fn message(entry: &Value, session: &Session, calls: &mut Vec<Call>) -> bool {
    match entry.get("message").and_then(|message| message.get("content")) {
        Some(Value::Array(blocks)) => {
            let uses = blocks.iter().filter(|block| text(block, "type") == Some("tool_use"));
            calls.extend(uses.map(|block| session.call(text(block, "id"), meaning(block, session))));
            true
        }
        Some(Value::String(_)) => true,
        _ => false,
    }
}

fn meaning(block: &Value, session: &Session) -> Meaning {
    let (Some(name), Some(input)) = (text(block, "name"), block.get("input")) else {
        return Meaning::Unclear;
    };
    let cwd = session.cwd_of(None);
    match name {
        "Bash" | "PowerShell" => Meaning::one(Kind::Command, text(input, "command"), cwd),
        // It watches what a command prints, or a socket.
        "Monitor" if input.get("command").is_none() => Meaning::Other,
        "Monitor" => Meaning::one(Kind::Command, text(input, "command"), cwd),
        "Write" | "Edit" | "MultiEdit" => Meaning::one(Kind::Write, text(input, "file_path"), cwd),
        "NotebookEdit" => Meaning::one(Kind::Write, text(input, "notebook_path"), cwd),
        "Read" => Meaning::one(Kind::Read, text(input, "file_path"), cwd),
        "NotebookRead" => Meaning::one(Kind::Read, text(input, "notebook_path"), cwd),
        _ => match mcp_name(name) {
            Some((server, tool)) => Meaning::tool(server, tool, cwd),
            None => Meaning::Other,
        },
    }
}
