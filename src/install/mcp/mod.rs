//! The MCP servers of the clients on this machine: each that is started by a command is started through Cavra.
//!
//! What is there is read; what it is without Cavra and what it is to be follow from that alone; and a file is changed
//! only if taking the proxy out again gives back the very bytes. What cannot be read is left as it is, and said.

mod clients;
mod document;
mod wrap;

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::intercept::repository;
use crate::sys::digest::sha256;
use crate::sys::dirs::Places;
use crate::sys::files;

use self::clients::{PLACES, Place};
use self::document::{Entry, Kind};
use super::change::{Change, Plan};
use super::entry::Print;
use super::hook_file::{self, BinaryError};

/// The target's name, on the command line.
pub const NAME: &str = "mcp";

/// The largest configuration that is read, in bytes.
const MOST_BYTES: u64 = 16 << 20;

/// How a server of a client stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerState {
    /// Every call goes through Cavra.
    Wrapped,
    /// Nothing goes through Cavra.
    Unwrapped,
    /// It is reached over a network, where Cavra does not stand.
    Remote,
    /// Its command is not written as a text with a list of texts.
    Odd,
}

/// A server of a client.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ServerStatus {
    /// The client.
    pub client: &'static str,
    /// The file that has it.
    pub file: PathBuf,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub state: ServerState,
}

/// Everything that is to be done so that `binary` stands before every server that is started by a command.
///
/// # Errors
/// If the binary is not fit for it.
pub fn put_in(places: &Places, project: &Path, binary: &Path) -> Result<Plan, BinaryError> {
    // A binary in a working tree is the agent's to change; a folder that is none, such as the home, says nothing.
    let tree = repository::top_of(project);
    hook_file::check_binary(binary, &tree.iter().map(PathBuf::as_path).collect::<Vec<_>>())?;
    let binary = binary.to_string_lossy();
    Ok(plan(places, project, |text, entries, place| {
        // An older binary before a command gives way to this one.
        let plain = wrap::unwrapped(text, entries, place.format);
        let entries = document::read(&plain, place.format, place.keys)?;
        let there = wrap::wrapped(&plain, &entries, place.format, place.client, &binary);
        let again = document::read(&there, place.format, place.keys)?;
        // What could not be taken out byte for byte is not put in.
        (wrap::unwrapped(&there, &again, place.format) == plain).then_some(there)
    }))
}

/// Everything that is to be done so that no server is behind Cavra.
#[must_use]
pub fn take_out(places: &Places, project: &Path) -> Plan {
    plan(places, project, |text, entries, place| Some(wrap::unwrapped(text, entries, place.format)))
}

/// Every server of every client, as it stands.
#[must_use]
pub fn status(places: &Places, project: &Path) -> Vec<ServerStatus> {
    let mut all: Vec<ServerStatus> = Vec::new();
    for place in PLACES {
        let Ok(Some(config)) = Config::read(&place, places, project) else { continue };
        for Entry { name, kind } in config.entries {
            let state = match kind {
                Kind::Command(command) if wrap::is_wrapped(&command) => ServerState::Wrapped,
                Kind::Command(_) => ServerState::Unwrapped,
                Kind::Remote => ServerState::Remote,
                Kind::Odd => ServerState::Odd,
            };
            all.push(ServerStatus { client: place.client, file: config.path.clone(), name, state });
        }
    }
    all
}

fn plan(places: &Places, project: &Path, change: impl Fn(&str, &[Entry], &Place) -> Option<String>) -> Plan {
    let mut plan = Plan::default();
    let mut seen: Vec<PathBuf> = Vec::new();
    for place in PLACES {
        match Config::read(&place, places, project) {
            Ok(None) => {}
            Ok(Some(config)) if seen.contains(&config.path) => {}
            Ok(Some(config)) => {
                seen.push(config.path.clone());
                note(&config, &place, &mut plan);
                match change(&config.text, &config.entries, &place) {
                    Some(text) if text == config.text => {}
                    Some(text) => write(places, &config, text, &mut plan),
                    None => plan
                        .left
                        .push(format!("{}: it could not be put back byte for byte", config.path.display())),
                }
            }
            Err(why) => plan.left.push(why),
        }
    }
    plan
}

fn note(config: &Config, place: &Place, plan: &mut Plan) {
    for entry in &config.entries {
        let why = match &entry.kind {
            Kind::Command(_) => continue,
            Kind::Remote => "is reached over a network, where Cavra does not stand",
            Kind::Odd => "has a command that is not a text with a list of texts, and is left as it is",
        };
        plan.notes.push(format!("{} of {} {why}", entry.name, place.client));
    }
}

/// At first contact a copy of the file is kept; the change that puts the new text in can be taken back by it.
fn write(places: &Places, config: &Config, text: String, plan: &mut Plan) {
    let folder = places.state.join("mcp-before");
    let digest = sha256(config.path.as_os_str().as_bytes());
    let copy = folder.join(digest.get(..16).unwrap_or_default());
    for folder in [&places.state, &folder] {
        let is_planned = plan
            .changes
            .iter()
            .any(|change| matches!(change, Change::MakeFolder { path, .. } if path == folder));
        if !folder.exists() && !is_planned {
            plan.changes.push(Change::MakeFolder { path: folder.clone(), mode: 0o700 });
        }
    }
    if !copy.exists() {
        plan.changes.push(Change::Write {
            path: copy,
            bytes: config.text.clone().into_bytes(),
            mode: 0o600,
            was: None,
            kept: None,
        });
    }
    plan.changes.push(Change::Write {
        path: config.path.clone(),
        bytes: text.into_bytes(),
        mode: config.mode,
        was: Some(Print::of_file(config.text.as_bytes(), config.mode)),
        kept: None,
    });
}

/// A configuration that is there.
struct Config {
    /// The file itself, whatever links lead to it.
    path: PathBuf,
    mode: u32,
    text: String,
    entries: Vec<Entry>,
}

impl Config {
    /// None if it is not there.
    fn read(place: &Place, places: &Places, project: &Path) -> Result<Option<Self>, String> {
        let named = place.file(&places.home, project);
        let left = |why: &str| format!("{}: {why}", named.display());
        let path = match fs::canonicalize(&named) {
            Ok(path) => path,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(error) => return Err(left(&error.to_string())),
        };
        let bytes = files::read(&path, MOST_BYTES).map_err(|error| left(&error.to_string()))?;
        let mode =
            fs::metadata(&path).map_err(|error| left(&error.to_string()))?.permissions().mode() & 0o7777;
        let text = String::from_utf8(bytes).map_err(|_| left("it is not UTF-8"))?;
        let entries = document::read(&text, place.format, place.keys)
            .ok_or_else(|| left("it cannot be read for sure, and is left as it is"))?;
        Ok(Some(Self { path, mode, text, entries }))
    }
}
