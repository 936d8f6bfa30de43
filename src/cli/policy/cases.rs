//! Actions to try a policy on: examples of its rules, lines of case files, records of evidence.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::contract::{Action, Effect, Request};
use crate::evidence;
use crate::intercept::transcript::{self, Agent, Replay};
use crate::policy::{Example, Said};

use super::super::failure::Failure;
use super::super::input::{Line, Lines};
use super::super::output::escaped;

/// One action, and what is expected of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Case {
    /// What is asked because of it.
    pub(super) requests: Vec<Request>,
    /// The day on which it happened, `YYYY-MM-DD`.
    pub(super) day: Option<String>,
    /// Where it comes from.
    pub(super) place: String,
    /// The answer that is expected.
    pub(super) expected: Option<Effect>,
    /// The rule that is expected to give it.
    pub(super) rule: Option<String>,
    /// What a person was asked because of it, and whether they let it through.
    pub(super) approval: Option<(String, bool)>,
}

impl Case {
    /// What it is about, for people.
    pub(super) fn shown(&self) -> String {
        self.requests.first().map_or_else(String::new, |request| {
            let target = if request.target.is_empty() {
                format!("{}:{}", request.server, request.tool)
            } else {
                request.target.clone()
            };
            match Action::parse(&request.action_type) {
                Some(Action::ReadFile) => format!("read {target}"),
                Some(Action::WriteFile) => format!("write {target}"),
                Some(_) | None => target,
            }
        })
    }
}

/// The longest action that is shown, in characters.
const LONGEST_SHOWN: usize = 100;

/// The beginning of what is shown.
pub(super) fn shortened(text: &str) -> String {
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(LONGEST_SHOWN).collect();
    if letters.next().is_some() { format!("{start}…") } else { start }
}

/// What came of reading cases.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    /// Lines that were read.
    pub(super) lines: u64,
    /// Those of them that are no case.
    pub(super) unread: u64,
    /// Actions whose input was not understood.
    pub(super) unclear: u64,
}

/// The cases of a JSON Lines file. A line is a request of the contract, or has `cmd`, `read` or `write` with what is
/// run, read or written; `expected` and `rule` say what is expected.
///
/// # Errors
/// If the file cannot be read.
pub(super) fn of_file(path: &Path, each: &mut dyn FnMut(Case)) -> Result<Counts, Failure> {
    let shown = escaped(&path.display().to_string());
    let failed = |error: std::io::Error| Failure::user(format!("`{shown}`: {error}"));
    let mut lines = Lines::new(BufReader::new(File::open(path).map_err(failed)?));
    let mut counts = Counts::default();
    while let Some(line) = lines.next().map_err(failed)? {
        counts.lines += 1;
        let case = match line {
            Line::Whole(line) if line.iter().all(u8::is_ascii_whitespace) => continue,
            Line::Whole(line) => serde_json::from_slice(line).ok().and_then(of_value),
            Line::TooLong => None,
        };
        match case {
            Some(case) => each(Case { place: format!("{}:{}", path.display(), counts.lines), ..case }),
            None => counts.unread += 1,
        }
    }
    Ok(counts)
}

/// The cases of an evidence log: each record of a decision, with all that it was about.
///
/// # Errors
/// If the log cannot be read.
pub(super) fn of_evidence(folder: &Path, each: &mut dyn FnMut(Case)) -> Result<Counts, Failure> {
    let unreadable = |error: evidence::EvidenceError| {
        Failure::user(format!("the evidence cannot be read: {}", escaped(&error.to_string())))
    };
    let mut counts = Counts::default();
    for record in evidence::read(folder).map_err(unreadable)? {
        let record = record.map_err(unreadable)?;
        counts.lines += 1;
        let Some(value) = &record.value else {
            counts.unread += 1;
            continue;
        };
        let requests = value.get("requests").and_then(Value::as_array).into_iter().flatten();
        let requests: Vec<Request> =
            requests.filter_map(|request| serde_json::from_value(request.clone()).ok()).collect();
        if !requests.is_empty() {
            let day = record.text_at(&["time"]).and_then(|time| time.get(..10)).map(str::to_owned);
            let asked = record.text_at(&["approval", "id"]).zip(record.text_at(&["approval", "state"]));
            // A lift lets through whatever comes: nobody was asked about this.
            let asked = asked.filter(|(id, _)| id.starts_with("apr_"));
            each(Case {
                requests,
                day,
                approval: asked.map(|(id, state)| (id.to_owned(), state != "pending")),
                place: format!("{}:{}", record.file, record.line),
                ..Case::default()
            });
        }
    }
    Ok(counts)
}

/// The cases of sessions that agents keep on disk: of those in a file or a folder, or of all below the home.
///
/// # Errors
/// If a file that was named cannot be read, or is no session.
pub(super) fn of_transcripts(
    named: &[PathBuf],
    home: &Path,
    each: &mut dyn FnMut(Case),
) -> Result<Counts, Failure> {
    let mut counts = Counts::default();
    let mut replay = Replay::default();
    for (agent, path) in sessions(named, home)? {
        let shown = path.display().to_string();
        let file = match File::open(&path) {
            Ok(file) => file,
            // One that nobody named may be gone by now.
            Err(_) if named.is_empty() => {
                counts.unread += 1;
                continue;
            }
            Err(error) => return Err(Failure::user(format!("`{}`: {error}", escaped(&shown)))),
        };
        let root = transcript::root_of(&path);
        let found =
            replay.read(agent, root.as_deref(), BufReader::with_capacity(1 << 16, file), |recorded| {
                each(Case {
                    requests: vec![recorded.request()],
                    day: recorded.day,
                    place: shown.clone(),
                    ..Case::default()
                });
            });
        counts.lines += found.lines;
        counts.unread += found.unread;
        counts.unclear += found.unclear;
    }
    Ok(counts)
}

/// The sessions that are named, or those below the home.
fn sessions(named: &[PathBuf], home: &Path) -> Result<Vec<(Agent, PathBuf)>, Failure> {
    if named.is_empty() {
        return Ok(transcript::files(home));
    }
    let mut sessions = Vec::new();
    for path in named {
        let of_folder = if path.is_dir() { transcript::below(path) } else { Vec::new() };
        let files = if path.is_dir() { &of_folder } else { std::slice::from_ref(path) };
        for file in files {
            let mut first = Vec::new();
            let read = File::open(file).and_then(|file| file.take(FIRST).read_to_end(&mut first));
            read.map_err(|error| {
                Failure::user(format!("`{}`: {error}", escaped(&file.display().to_string())))
            })?;
            match transcript::agent_of(file, &first) {
                Some(agent) => sessions.push((agent, file.clone())),
                // A folder holds other files too.
                None if path.is_dir() => {}
                None => {
                    let shown = escaped(&file.display().to_string());
                    return Err(Failure::user(format!("`{shown}` is no session of an agent that is known"))
                        .hint("Claude Code, Codex and Gemini CLI keep theirs below `~/.claude`, `~/.codex` and `~/.gemini`"));
                }
            }
        }
    }
    Ok(sessions)
}

/// So much of a file is looked at to know whose session it is, in bytes.
const FIRST: u64 = 16 << 10;

/// The cases of examples, for the lists whose rules are about one action each.
pub(super) fn of_examples(said: &Said) -> impl Iterator<Item = (&Example, Case)> {
    said.examples.iter().filter_map(|example| {
        let request = match example.list.as_str() {
            "filesystem.block_read" | "filesystem.require_approval_read" => {
                Request::new(Action::ReadFile, &example.text)
            }
            "filesystem.block_write" | "filesystem.require_approval_write" => {
                Request::new(Action::WriteFile, &example.text)
            }
            "commands.block" | "commands.require_approval" | "commands.allow" => {
                Request::new(Action::ExecuteCommand, &example.text)
            }
            "network.block_hosts" | "network.require_approval_hosts" | "network.allow_hosts" => {
                let host = match example.text.contains(':') {
                    true => format!("[{}]", example.text),
                    false => example.text.clone(),
                };
                Request::new(Action::ExecuteCommand, format!("curl https://{host}/"))
            }
            list => {
                let (server, _) = list.strip_prefix("mcp.tools.")?.rsplit_once('.')?;
                Request {
                    action_type: Action::McpToolCall.as_str().to_owned(),
                    server: server.to_owned(),
                    tool: example.text.clone(),
                    ..Request::default()
                }
            }
        };
        let place = format!("{}:{}", example.location.path, example.location.line);
        Some((example, Case { requests: vec![request], place, ..Case::default() }))
    })
}

fn of_value(value: Value) -> Option<Case> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let shorthand = [
        ("cmd", Action::ExecuteCommand),
        ("command", Action::ExecuteCommand),
        ("read", Action::ReadFile),
        ("write", Action::WriteFile),
    ];
    let request = shorthand.into_iter().find_map(|(name, action)| Some(Request::new(action, text(name)?)));
    let expected = match value.get("expected") {
        Some(word) => Some(Effect::ALL.iter().copied().find(|effect| word == effect.as_str())?),
        None => None,
    };
    // An expectation that is misspelt would hold whatever is answered.
    let is_misspelt = |key: &String| key.starts_with("expect") && key != "expected";
    if value.as_object()?.keys().any(is_misspelt) || value.get("rule").is_some_and(|rule| !rule.is_string()) {
        return None;
    }
    let rule = text("rule");
    let request = match request {
        Some(request) => request,
        None if value.get("action_type").is_some() => serde_json::from_value(value).ok()?,
        None => return None,
    };
    Some(Case { requests: vec![request], expected, rule, ..Case::default() })
}
