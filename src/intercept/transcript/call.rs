//! What the readers of the three agents have in common: a call, and the words that it is made of.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::contract::Action;

/// The most parts of one call.
const MOST_PARTS: usize = 10_000;

/// The most commands of programs that are remembered. Rollouts without such ends keep theirs, so this is what a look-up
/// costs at most.
const MOST_AWAITED: usize = 1_000;

/// What a session has said so far of where and when it goes on.
#[derive(Debug, Default)]
pub(super) struct Session {
    pub(super) cwd: Option<PathBuf>,
    pub(super) day: Option<String>,
    /// Commands that were found in programs, and that are told of once more, under other names, when they end.
    awaited: Vec<String>,
}

impl Session {
    /// A session that begins in this folder, if that is known.
    pub(super) fn begun_in(cwd: Option<PathBuf>) -> Self {
        Self { cwd, ..Self::default() }
    }

    /// Remembers a command of a program. Most programs are done before the next begins, so these are few.
    pub(super) fn awaits(&mut self, command: &str) {
        if self.awaited.len() < MOST_AWAITED {
            self.awaited.push(command.to_owned());
        }
    }

    /// Whether such a command was remembered; it is not any more.
    pub(super) fn has_awaited(&mut self, command: &str) -> bool {
        let found = self.awaited.iter().position(|awaited| awaited == command);
        found.map(|at| self.awaited.remove(at)).is_some()
    }

    /// Takes the day of an entry's timestamp over.
    pub(super) fn note_day(&mut self, entry: &Value) {
        if let Some(day) = text(entry, "timestamp").and_then(day) {
            self.day = Some(day.to_owned());
        }
    }

    /// Takes the working directory of an entry over. One that is not absolute says nothing.
    pub(super) fn note_cwd(&mut self, entry: &Value) {
        if let Some(cwd) = text(entry, "cwd").map(Path::new).filter(|cwd| cwd.is_absolute())
            && self.cwd.as_deref() != Some(cwd)
        {
            self.cwd = Some(cwd.to_owned());
        }
    }

    /// The working directory of a call that may name one of its own. A relative one below a folder that is not
    /// known is not known either.
    pub(super) fn cwd_of(&self, own: Option<&str>) -> Option<PathBuf> {
        match own.filter(|own| !own.is_empty()).map(Path::new) {
            None => self.cwd.clone(),
            Some(own) if own.is_absolute() => Some(own.to_owned()),
            Some(own) => self.cwd.as_ref().map(|cwd| cwd.join(own)),
        }
    }

    /// A call of this session.
    pub(super) fn call(&self, id: Option<&str>, meaning: Meaning) -> Call {
        Call { id: id.map(str::to_owned), day: self.day.clone(), is_echo: false, meaning }
    }
}

/// A call of a tool.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) id: Option<String>,
    pub(super) day: Option<String>,
    /// Whether this only tells how a call ended, which most often was told of when it began.
    pub(super) is_echo: bool,
    pub(super) meaning: Meaning,
}

/// What a call comes to.
#[derive(Debug, Hash)]
pub(super) enum Meaning {
    /// Actions, at least one.
    Parts(Vec<Part>),
    /// Nothing that there are rules for.
    Other,
    /// Something that there are rules for, but its input is not understood.
    Unclear,
}

impl Meaning {
    /// These parts; a part without a target is not understood.
    pub(super) fn of(parts: Vec<Part>) -> Self {
        if parts.is_empty() || parts.len() > MOST_PARTS || parts.iter().any(Part::is_empty) {
            Self::Unclear
        } else {
            Self::Parts(parts)
        }
    }

    /// One action, if its target is there.
    pub(super) fn one(kind: Kind, target: Option<&str>, cwd: Option<PathBuf>) -> Self {
        match target {
            Some(target) => Self::of(vec![Part::new(kind, target, cwd)]),
            None => Self::Unclear,
        }
    }

    /// A call of an MCP server's tool.
    pub(super) fn tool(server: &str, tool: &str, cwd: Option<PathBuf>) -> Self {
        let part =
            Part { server: server.to_owned(), tool: tool.to_owned(), ..Part::new(Kind::Tool, "", cwd) };
        Self::of(vec![part])
    }
}

/// What is done: the actions that a transcript can show.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Kind {
    Read,
    Write,
    Command,
    Tool,
}

impl Kind {
    pub(super) fn action(self) -> Action {
        match self {
            Self::Read => Action::ReadFile,
            Self::Write => Action::WriteFile,
            Self::Command => Action::ExecuteCommand,
            Self::Tool => Action::McpToolCall,
        }
    }
}

/// One action of a call.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Part {
    pub(super) kind: Kind,
    pub(super) target: String,
    pub(super) server: String,
    pub(super) tool: String,
    pub(super) cwd: Option<PathBuf>,
}

impl Part {
    pub(super) fn new(kind: Kind, target: &str, cwd: Option<PathBuf>) -> Self {
        Self { kind, target: target.to_owned(), server: String::new(), tool: String::new(), cwd }
    }

    fn is_empty(&self) -> bool {
        match self.kind {
            Kind::Read | Kind::Write | Kind::Command => self.target.is_empty(),
            Kind::Tool => self.server.is_empty() || self.tool.is_empty(),
        }
    }
}

/// The text of a member.
pub(super) fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

/// The text of the first of these members that is there.
pub(super) fn first_text<'a>(value: &'a Value, names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|name| text(value, name))
}

/// Server and tool of a name such as `mcp__server__tool`. Agents split at the first double underscore themselves.
pub(super) fn mcp_name(name: &str) -> Option<(&str, &str)> {
    name.strip_prefix("mcp__")?.split_once("__")
}

/// The day of an RFC 3339 timestamp, if it looks like one.
fn day(timestamp: &str) -> Option<&str> {
    let day = timestamp.get(..10)?;
    let mut parts = day.split('-');
    let mut number = |digits: usize, most: u16| {
        let part = parts.next()?;
        let is_number = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse().ok().filter(|number: &u16| is_number && (1..=most).contains(number))
    };
    number(4, 9_999)?;
    number(2, 12)?;
    number(2, 31)?;
    Some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_what_looks_like_one() {
        assert_eq!(day("2026-11-22T10:00:00.000Z"), Some("2026-11-22"));
        assert_eq!(day("2026-11-22"), Some("2026-11-22"));
        for not in [
            "",
            "2026-11-2",
            "2026-13-22T",
            "2026-00-22T",
            "2026-11-32T",
            "20261-1-22",
            "+026-11-22",
            "éééééééééé",
        ] {
            assert_eq!(day(not), None, "{not}");
        }
    }

    #[test]
    fn a_relative_folder_is_below_the_one_that_is_known() {
        let mut session = Session::default();
        assert_eq!(session.cwd_of(Some("web")), None);
        assert_eq!(session.cwd_of(Some("/srv")), Some("/srv".into()));
        session.cwd = Some("/home/dev".into());
        assert_eq!(session.cwd_of(Some("web")), Some("/home/dev/web".into()));
        assert_eq!(session.cwd_of(Some("")), Some("/home/dev".into()));
    }
}
