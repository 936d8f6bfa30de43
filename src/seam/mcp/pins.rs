//! Pins: the definitions of tools that somebody accepted, and those that a server showed last.
//!
//! One file for each server, in the person's state. It holds digests to compare, and the definitions themselves for a
//! person to look at. A server that is started by another command than the one whose tools were accepted has none
//! accepted. Only a person accepts (`cavra mcp pins accept`), but for what a server shows at first sight where the
//! policy does not pin; nothing suspicious is ever accepted at first sight.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::contract::Definition;
use crate::intercept::mcp::ToolDefinition;
use crate::sys::digest::sha256;
use crate::sys::dirs::Places;
use crate::sys::{clock, files, locks, private};

/// The largest file of pins, in bytes.
const MOST_BYTES: u64 = 64 << 20;

/// The most tools of one server that are remembered.
const MOST_TOOLS: usize = 10_000;

const VERSION: u32 = 1;

/// What is known of the tools of one server.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Pins {
    version: u32,
    /// The server's name.
    pub server: String,
    /// The argv that started it when its tools were accepted.
    pub accepted_command: Vec<String>,
    /// The argv that started it last.
    pub command: Vec<String>,
    /// What was accepted.
    pub accepted: BTreeMap<String, Pin>,
    /// What it showed last.
    pub shown: BTreeMap<String, Pin>,
}

/// One definition.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Pin {
    /// Its digest.
    pub digest: String,
    /// What is suspicious in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// When it was shown first, or accepted.
    pub at: String,
    /// Its text.
    pub definition: String,
}

/// Pins that cannot be used.
#[derive(Debug, Error)]
#[error("the pins in `{path}` cannot be used: {why}", path = .path.display())]
pub struct PinsError {
    path: PathBuf,
    why: String,
}

impl Pins {
    /// Where the pins of a server lie.
    #[must_use]
    pub fn path(places: &Places, server: &str) -> PathBuf {
        let plain: String =
            server.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).take(40).collect();
        let digest = sha256(server.as_bytes());
        folder(places).join(format!("{plain}-{}.json", digest.get(..12).unwrap_or_default()))
    }

    /// Reads the pins of a server; empty where there are none.
    ///
    /// # Errors
    /// If they are there and cannot be read, or are another server's.
    pub fn load(places: &Places, server: &str) -> Result<Self, PinsError> {
        let path = Self::path(places, server);
        let failed = |why: String| PinsError { path: path.clone(), why };
        let file = match private::open_to_read(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self { version: VERSION, server: server.to_owned(), ..Self::default() });
            }
            Err(error) => return Err(failed(error.to_string())),
        };
        let bytes = files::read_bounded(file, MOST_BYTES, 0)
            .map_err(|error| failed(error.to_string()))?
            .ok_or_else(|| failed(format!("it is longer than {MOST_BYTES} bytes")))?;
        let pins: Self = serde_json::from_slice(&bytes).map_err(|error| failed(error.to_string()))?;
        if pins.version != VERSION || pins.server != server {
            return Err(failed("it is of another version, or another server's".to_owned()));
        }
        Ok(pins)
    }

    /// Every server with pins, by its name.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn servers(places: &Places) -> Result<Vec<Self>, PinsError> {
        let folder = folder(places);
        let failed = |path: &Path, why: String| PinsError { path: path.to_owned(), why };
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(&folder, error.to_string())),
        };
        let mut servers = Vec::new();
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.extension().is_some_and(|extension| extension == "json") {
                let bytes =
                    files::read(&path, MOST_BYTES).map_err(|error| failed(&path, error.to_string()))?;
                let pins: Self =
                    serde_json::from_slice(&bytes).map_err(|error| failed(&path, error.to_string()))?;
                servers.push(pins);
            }
        }
        servers.sort_by(|a, b| a.server.cmp(&b.server));
        Ok(servers)
    }

    /// Changes the pins of a server, with every other process kept waiting.
    ///
    /// # Errors
    /// If they cannot be read or written.
    pub fn change<T>(
        places: &Places,
        server: &str,
        change: impl FnOnce(&mut Self) -> T,
    ) -> Result<(Self, T), PinsError> {
        let path = Self::path(places, server);
        let failed = |error: io::Error| PinsError { path: path.clone(), why: error.to_string() };
        private::ensure_folder(&places.state)
            .and_then(|()| private::ensure_folder(&folder(places)))
            .map_err(failed)?;
        let _held = locks::exclusive(&folder(places).join("lock")).map_err(failed)?;
        let mut pins = Self::load(places, server)?;
        let before = pins.clone();
        let told = change(&mut pins);
        if pins != before {
            let mut text = serde_json::to_vec_pretty(&pins).map_err(|error| failed(error.into()))?;
            text.push(b'\n');
            files::write_atomically(&path, &text, 0o600).map_err(failed)?;
        }
        Ok((pins, told))
    }

    /// Whether the server was never seen before.
    #[must_use]
    pub fn are_new(&self) -> bool {
        self.accepted.is_empty() && self.accepted_command.is_empty()
    }

    /// How a definition stands against what was accepted; none: it is what was accepted.
    #[must_use]
    pub fn state(&self, tool: &ToolDefinition, command: &[String]) -> Option<Definition> {
        let is_same_server = self.accepted_command == command;
        match self.accepted.get(&tool.name) {
            Some(pin) if is_same_server && pin.digest == tool.digest => None,
            _ if !tool.flags.is_empty() => Some(Definition::Flagged),
            Some(_) => Some(Definition::Changed),
            None if self.are_new() => Some(Definition::First),
            None => Some(Definition::New),
        }
    }

    /// Remembers what a server shows; `is_whole`: it is all that it has.
    pub(super) fn show(&mut self, tools: &[ToolDefinition], command: &[String], is_whole: bool) {
        self.command = command.to_vec();
        if is_whole {
            self.shown.retain(|name, _| tools.iter().any(|tool| tool.name == *name));
        }
        for tool in tools {
            let is_known = self.shown.get(&tool.name).is_some_and(|pin| pin.digest == tool.digest);
            if !is_known && self.shown.len() < MOST_TOOLS {
                self.shown.insert(tool.name.clone(), Pin::of(tool));
            }
        }
    }

    /// Accepts what is not suspicious of these tools, where the server was never seen before.
    pub(super) fn accept_first(&mut self, tools: &[ToolDefinition], command: &[String]) {
        self.accepted_command = command.to_vec();
        for tool in tools.iter().filter(|tool| tool.flags.is_empty()) {
            if self.accepted.len() < MOST_TOOLS {
                self.accepted.entry(tool.name.clone()).or_insert_with(|| Pin::of(tool));
            }
        }
    }

    /// Accepts what the server showed last: all of it, or the tools of these names. Gives the names of what was
    /// accepted.
    pub fn accept(&mut self, only: &[String]) -> Vec<String> {
        if self.accepted_command != self.command {
            // What another command showed was accepted for that one.
            self.accepted.clear();
            self.accepted_command.clone_from(&self.command);
        }
        if only.is_empty() {
            let shown = &self.shown;
            self.accepted.retain(|name, _| shown.contains_key(name));
        }
        let mut names = Vec::new();
        for (name, pin) in &self.shown {
            let is_meant = only.is_empty() || only.contains(name);
            let is_other = self.accepted.get(name).is_none_or(|known| known.digest != pin.digest);
            if is_meant && is_other {
                self.accepted.insert(name.clone(), Pin { at: clock::now(), ..pin.clone() });
                names.push(name.clone());
            }
        }
        names
    }
}

impl Pin {
    fn of(tool: &ToolDefinition) -> Self {
        Self {
            digest: tool.digest.clone(),
            flags: tool.flags.iter().map(|flag| (*flag).to_owned()).collect(),
            at: clock::now(),
            definition: tool.text.clone(),
        }
    }
}

fn folder(places: &Places) -> PathBuf {
    places.state.join("mcp")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tool(name: &str, digest: &str, flags: Vec<&'static str>) -> ToolDefinition {
        ToolDefinition {
            name: name.to_owned(),
            digest: digest.to_owned(),
            flags,
            says_it_writes: false,
            text: String::new(),
        }
    }

    #[test]
    fn a_definition_stands_as_it_was_accepted_or_is_asked_about() {
        let command = ["server".to_owned()];
        let mut pins = Pins::default();
        let (plain, bad) = (tool("a", "1", vec![]), tool("b", "2", vec!["hidden-instructions"]));
        assert_eq!(pins.state(&plain, &command), Some(Definition::First));
        pins.show(&[plain.clone(), bad.clone()], &command, true);
        pins.accept_first(&[plain.clone(), bad.clone()], &command);
        assert_eq!(pins.state(&plain, &command), None);
        assert_eq!(pins.state(&bad, &command), Some(Definition::Flagged));
        assert_eq!(pins.state(&tool("a", "3", vec![]), &command), Some(Definition::Changed));
        assert_eq!(pins.state(&tool("c", "3", vec![]), &command), Some(Definition::New));
        assert_eq!(pins.state(&plain, &["other".to_owned()]), Some(Definition::Changed));
        assert_eq!(pins.accept(&[]), ["b"]);
        assert_eq!(pins.state(&bad, &command), None);
        pins.show(&[tool("a", "3", vec![])], &["other".to_owned()], true);
        assert_eq!(pins.accept(&[]), ["a"]);
        assert_eq!(pins.accepted.len(), 1);
        assert_eq!(pins.state(&plain, &["other".to_owned()]), Some(Definition::Changed));
    }
}
