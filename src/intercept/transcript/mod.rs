//! Transcripts: what agents did before, read from the sessions that they keep on disk.
//!
//! A policy that nobody has tried is switched off on its first day. The sessions of Claude Code, Codex and Gemini CLI
//! say which commands, files and MCP tools were asked for, so a policy can be held against weeks of real work before
//! it is in force. Reading one finds actions and nothing else: no text of a person or a model is kept.
//!
//! What holds:
//! - A line that is no JSON, of a shape that is not known, or too long is counted and passed over; nothing in a
//!   transcript stops the reading, and memory is bounded by the longest line that is read ([`LONGEST`]).
//! - A call is given once, however often it was written down: sessions that are resumed or forked carry their past
//!   along, and Gemini CLI writes a message again whenever something is added to it.
//! - A call was asked for, which does not mean that it was allowed, or that it worked.
//! - Nothing is looked up on disk: paths are as the agent wrote them, to be taken from the `cwd` beside them.
//!
//! Formats are undocumented and change with each release. What is read here was seen in 2025 and 2026; a tool that is
//! not known is counted, so that a report can say how much of a session it speaks for.

mod call;
mod claude_code;
mod code_mode;
mod codex;
mod gemini_cli;
mod patch;
mod places;
mod records;

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::io::BufRead;
use std::ops::AddAssign;
use std::path::{Path, PathBuf};

use serde_json::Value;

use self::call::{Call, Meaning, Session};
use self::records::{Record, Records};
use crate::contract::{Action, Request};

pub use self::places::{agent_of, below, files, root_of};

/// The longest line, or message of a session that is one document, that is read, in bytes. Longer ones carry pictures.
pub const LONGEST: usize = 4 << 20;

/// The most calls that are remembered, to know them when they come again; further ones may be given twice.
const MOST_REMEMBERED: usize = 1 << 20;

/// An agent whose sessions are read.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Agent {
    /// Claude Code of Anthropic.
    ClaudeCode,
    /// Codex of OpenAI.
    Codex,
    /// Gemini CLI of Google.
    GeminiCli,
}

impl Agent {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ClaudeCode => "claude-code",
            Self::Codex => "codex",
            Self::GeminiCli => "gemini-cli",
        }
    }
}

/// An action that a session asked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Recorded {
    /// Whose session it is.
    pub agent: Agent,
    /// The day, as `YYYY-MM-DD`, in the time zone that the session was written in (UTC for all three).
    pub day: Option<String>,
    /// Where it happens, absolute; none where the session does not say.
    pub cwd: Option<PathBuf>,
    /// What is done: a file is read or written, a command is run, a tool of an MCP server is called.
    pub action: Action,
    /// The text of the command, or the path as the agent wrote it; empty for a tool call.
    pub target: String,
    /// The MCP server of a tool call, else empty.
    pub server: String,
    /// The tool of a tool call, else empty.
    pub tool: String,
}

impl Recorded {
    /// The same as a request, with the working directory and the agent's name.
    #[must_use]
    pub fn request(&self) -> Request {
        let mut request = Request {
            agent_id: self.agent.as_str().to_owned(),
            server: self.server.clone(),
            tool: self.tool.clone(),
            ..Request::new(self.action, self.target.as_str())
        };
        if let Some(cwd) = &self.cwd {
            request.context.get_or_insert_default().cwd = cwd.to_string_lossy().into_owned();
        }
        request
    }
}

/// What was found in a session, and what was not understood of it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Counts {
    /// Lines with something in them; messages, where the session is one document.
    pub lines: u64,
    /// Those of them that are no JSON, of a shape that is not known, or too long.
    pub unread: u64,
    /// Actions that were given.
    pub actions: u64,
    /// Calls that were written down before, and were not given again.
    pub repeated: u64,
    /// Calls of tools that no action stands for, such as a search or a list of things to do.
    pub others: u64,
    /// Calls of tools that run or touch something, with an input that was not understood.
    pub unclear: u64,
    /// Sessions that could not be read to their end, as the system would not let them.
    pub cut_off: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        let Self { lines, unread, actions, repeated, others, unclear, cut_off } = other;
        self.lines += lines;
        self.unread += unread;
        self.actions += actions;
        self.repeated += repeated;
        self.others += others;
        self.unclear += unclear;
        self.cut_off += cut_off;
    }
}

/// Reads sessions one after the other, and knows the calls that it has given.
#[derive(Debug, Default)]
pub struct Replay {
    hasher: RandomState,
    given: HashSet<u64>,
}

impl Replay {
    /// Reads a session, and gives its actions in the order in which they were asked for. `root` is the folder of
    /// the project, for sessions that do not say it themselves ([`root_of`]).
    pub fn read(
        &mut self,
        agent: Agent,
        root: Option<&Path>,
        reader: impl BufRead,
        mut each: impl FnMut(Recorded),
    ) -> Counts {
        let mut counts = Counts::default();
        let mut session = Session::begun_in(root.map(Path::to_owned));
        let mut records = Records::of(agent, reader);
        // A call of this session may be told of a second time in other words.
        let mut here = HashSet::new();
        let mut calls = Vec::new();
        loop {
            let record = match records.next() {
                Ok(Some(record)) => record,
                Ok(None) => break,
                Err(_) => {
                    counts.cut_off += 1;
                    break;
                }
            };
            counts.lines += 1;
            if !understood(agent, record, &mut session, &mut calls) {
                counts.unread += 1;
            }
            for call in calls.drain(..) {
                self.give(agent, call, &mut here, &mut counts, &mut each);
            }
        }
        counts
    }

    fn give(
        &mut self,
        agent: Agent,
        call: Call,
        here: &mut HashSet<u64>,
        counts: &mut Counts,
        each: &mut impl FnMut(Recorded),
    ) {
        if let Some(id) = &call.id {
            let id = self.hasher.hash_one((agent, id));
            if call.is_echo && here.contains(&id) {
                return;
            }
            // Some models count their calls from one in each session, so the name alone does not tell.
            if !remember(&mut self.given, self.hasher.hash_one((id, &call.meaning))) {
                counts.repeated += 1;
                return;
            }
            if let Meaning::Parts(_) = call.meaning {
                remember(here, id);
            }
        }
        let parts = match call.meaning {
            Meaning::Parts(parts) => parts,
            Meaning::Other => {
                counts.others += 1;
                return;
            }
            Meaning::Unclear => {
                counts.unclear += 1;
                return;
            }
        };
        for part in parts {
            counts.actions += 1;
            each(Recorded {
                agent,
                day: call.day.clone(),
                cwd: part.cwd,
                action: part.kind.action(),
                target: part.target,
                server: part.server,
                tool: part.tool,
            });
        }
    }
}

/// Remembers a number, and says whether it is a new one.
fn remember(numbers: &mut HashSet<u64>, number: u64) -> bool {
    if numbers.len() < MOST_REMEMBERED { numbers.insert(number) } else { !numbers.contains(&number) }
}

fn understood(agent: Agent, record: Record<'_>, session: &mut Session, calls: &mut Vec<Call>) -> bool {
    let Record::Whole(bytes) = record else { return false };
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return false };
    match agent {
        Agent::ClaudeCode => claude_code::calls(&value, session, calls),
        Agent::Codex => codex::calls(&value, session, calls),
        Agent::GeminiCli => gemini_cli::calls(&value, session, calls),
    }
}
