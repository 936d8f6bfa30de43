//! Sessions of Codex: rollouts of one item in each line, calls among the items of the model's answers.
//!
//! Three things make a command: the shell tools, a patch (an edit is a call of `apply_patch`, also through a shell),
//! and, in code mode, a program in JavaScript that calls them. What such a program patches, which MCP tools it calls,
//! and in rollouts since the summer of 2026 what it runs, stands in the events that tell how that ended; other calls
//! stand there a second time. A folder that a command changes to before it patches (`cd web && apply_patch`) is not
//! followed.

use serde_json::Value;

use super::call::{Call, Kind, Meaning, Part, Session, first_text, mcp_name, text};
use super::{code_mode, patch};

/// Finds the calls of an entry. Says whether the entry is of a known shape.
pub(super) fn calls(value: &Value, session: &mut Session, calls: &mut Vec<Call>) -> bool {
    session.note_day(value);
    let Some(kind) = text(value, "type") else {
        // Until the middle of 2025 the first line had no type, and lines of state neither.
        return value.get("record_type").is_some()
            || (text(value, "id").is_some() && text(value, "timestamp").is_some());
    };
    match (kind, value.get("payload")) {
        ("session_meta" | "turn_context", Some(payload)) => session.note_cwd(payload),
        ("response_item", Some(payload)) => item(payload, session, calls),
        ("event_msg", Some(payload)) => calls.extend(event(payload, session)),
        ("session_meta" | "turn_context" | "response_item" | "event_msg", None) => return false,
        // Items of those older sessions have nothing around them.
        (_, None) => item(value, session, calls),
        (_, Some(_)) => {}
    }
    true
}

fn item(item: &Value, session: &mut Session, calls: &mut Vec<Call>) {
    let id = first_text(item, &["call_id", "id"]);
    let meaning = match text(item, "type") {
        Some("function_call") => function(item, session),
        Some("custom_tool_call") if text(item, "name") == Some("exec") => {
            let (meaning, unknown) = program(text(item, "input").unwrap_or_default(), session);
            calls.extend((0..unknown).map(|_| session.call(None, Meaning::Unclear)));
            meaning
        }
        Some("custom_tool_call") => custom(item, session),
        Some("local_shell_call") => match item.get("action") {
            Some(action) => shell(action.get("command"), text(action, "working_directory"), session),
            None => Meaning::Unclear,
        },
        _ => return,
    };
    calls.push(session.call(id, meaning));
}

/// What the end of a call tells: for the calls that stand nowhere else.
fn event(event: &Value, session: &mut Session) -> Option<Call> {
    let (event, kind) = match text(event, "type")? {
        "item_completed" => {
            let item = event.get("item")?;
            (item, text(item, "type")?)
        }
        kind => (event, kind),
    };
    let id = first_text(event, &["call_id", "id"]);
    let meaning = match kind {
        "exec_command_end" | "CommandExecution" => ended(event, session)?,
        "mcp_tool_call_end" => called(event.get("invocation")?, session)?,
        "McpToolCall" => called(event, session)?,
        "patch_apply_end" | "FileChange" => {
            let changes = event.get("changes")?.as_object()?;
            let paths = changes
                .iter()
                .flat_map(|(path, change)| std::iter::once(path.as_str()).chain(text(change, "move_path")));
            Meaning::of(paths.map(|path| Part::new(Kind::Write, path, session.cwd_of(None))).collect())
        }
        _ => return None,
    };
    Some(Call { is_echo: true, ..session.call(id, meaning) })
}

fn called(invocation: &Value, session: &Session) -> Option<Meaning> {
    Some(Meaning::tool(text(invocation, "server")?, text(invocation, "tool")?, session.cwd_of(None)))
}

/// A command that has ended, if it was not found in a program before.
fn ended(event: &Value, session: &mut Session) -> Option<Meaning> {
    // What a person runs is no call, and what is typed into a running program no command.
    if matches!(text(event, "source"), Some("user_shell" | "unified_exec_interaction")) {
        return None;
    }
    let folder = text(event, "cwd").and_then(folder);
    let meaning = shell(event.get("command"), folder.as_deref(), session);
    match &meaning {
        Meaning::Parts(parts) if parts.first().is_some_and(|part| session.has_awaited(&part.target)) => None,
        _ => Some(meaning),
    }
}

/// A folder, which may be written as a URL.
fn folder(text: &str) -> Option<String> {
    let Some(encoded) = text.strip_prefix("file://") else { return Some(text.to_owned()) };
    let mut bytes = encoded.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        decoded.push(if byte == b'%' {
            let mut digit = || u8::try_from(char::from(bytes.next()?).to_digit(16)?).ok();
            digit()? * 16 + digit()?
        } else {
            byte
        });
    }
    String::from_utf8(decoded).ok()
}

fn function(item: &Value, session: &Session) -> Meaning {
    let Some(name) = text(item, "name") else { return Meaning::Unclear };
    if let Some(server) = text(item, "namespace").and_then(|space| space.strip_prefix("mcp__")) {
        return Meaning::tool(server.trim_end_matches("__"), name, session.cwd_of(None));
    }
    let is_known = matches!(
        name,
        "shell"
            | "container.exec"
            | "local_shell"
            | "shell_command"
            | "exec_command"
            | "apply_patch"
            | "view_image"
            | "read_file"
    );
    if !is_known {
        // Until the end of 2025 the names of tools had no `mcp__` in front.
        return match mcp_name(name).or_else(|| name.split_once("__")) {
            Some((server, tool)) => Meaning::tool(server, tool, session.cwd_of(None)),
            None => Meaning::Other,
        };
    }
    let Some(arguments) = arguments(item) else { return Meaning::Unclear };
    let workdir = text(&arguments, "workdir");
    match name {
        "apply_patch" => patched(first_text(&arguments, &["input", "patch", "command"]), workdir, session),
        "view_image" => Meaning::one(Kind::Read, text(&arguments, "path"), session.cwd_of(None)),
        "read_file" => Meaning::one(Kind::Read, text(&arguments, "file_path"), session.cwd_of(None)),
        _ => shell(arguments.get("command").or_else(|| arguments.get("cmd")), workdir, session),
    }
}

/// The arguments of a function: JSON in a string, as the model wrote it.
fn arguments(item: &Value) -> Option<Value> {
    match item.get("arguments")? {
        Value::String(text) => serde_json::from_str(text).ok(),
        other => Some(other.clone()),
    }
}

fn custom(item: &Value, session: &Session) -> Meaning {
    let input = text(item, "input");
    match text(item, "name") {
        Some("apply_patch") => patched(input, None, session),
        Some(_) => Meaning::Other,
        None => Meaning::Unclear,
    }
}

/// The commands of a program in code mode, and how many more there are that are put together at run time.
fn program(source: &str, session: &mut Session) -> (Meaning, usize) {
    let commands = code_mode::commands(source);
    let all = commands.len();
    let known: Vec<_> = commands.into_iter().flatten().collect();
    if known.is_empty() {
        return match all.checked_sub(1) {
            Some(others) => (Meaning::Unclear, others),
            None => (Meaning::Other, 0),
        };
    }
    for command in &known {
        session.awaits(&command.text);
    }
    let parts =
        known.iter().flat_map(|command| command_parts(&command.text, command.workdir.as_deref(), session));
    (Meaning::of(parts.collect()), all - known.len())
}

fn shell(command: Option<&Value>, workdir: Option<&str>, session: &Session) -> Meaning {
    let argv: Vec<&str> = match command {
        Some(Value::String(text)) => return Meaning::of(command_parts(text, workdir, session)),
        Some(Value::Array(words)) => match words.iter().map(Value::as_str).collect() {
            Some(argv) => argv,
            None => return Meaning::Unclear,
        },
        _ => return Meaning::Unclear,
    };
    match argv.as_slice() {
        [] => Meaning::Unclear,
        ["apply_patch" | "applypatch", text] => patched(Some(text), workdir, session),
        [program, flags @ .., text] if is_shell_text(program, flags) => {
            Meaning::of(command_parts(text, workdir, session))
        }
        words => Meaning::one(Kind::Command, Some(&shell_words::join(words)), session.cwd_of(workdir)),
    }
}

/// Whether the word behind these is a text for a shell (`bash -lc`, `pwsh -NoProfile -Command`).
fn is_shell_text(program: &str, flags: &[&str]) -> bool {
    let Some((last, before)) = flags.split_last() else { return false };
    let is_flag = |flag: &&str| flag.starts_with('-');
    before.iter().all(is_flag)
        && match crate::grammar::base_name(program) {
            "sh" | "bash" | "dash" | "ksh" | "zsh" => {
                let letters = last.strip_prefix('-').filter(|letters| !letters.starts_with('-'));
                letters.is_some_and(|letters| letters.ends_with('c'))
            }
            "pwsh" | "powershell" => matches!(last.to_ascii_lowercase().as_str(), "-command" | "-c"),
            _ => false,
        }
}

/// A command, and the files of a patch that stands in its text: Codex applies that itself.
fn command_parts(text: &str, workdir: Option<&str>, session: &Session) -> Vec<Part> {
    let cwd = session.cwd_of(workdir);
    let mut parts = vec![Part::new(Kind::Command, text, cwd.clone())];
    if text.contains("apply_patch") || text.contains("applypatch") {
        parts.extend(patch::files(text).map(|path| Part::new(Kind::Write, path, cwd.clone())));
    }
    parts
}

fn patched(text: Option<&str>, workdir: Option<&str>, session: &Session) -> Meaning {
    let Some(text) = text else { return Meaning::Unclear };
    let cwd = session.cwd_of(workdir);
    Meaning::of(patch::files(text).map(|path| Part::new(Kind::Write, path, cwd.clone())).collect())
}
