//! The commands that agents are configured to run, read back from their files.

use std::path::PathBuf;

use serde_json::Value;

use super::put_in::MOST_SETTINGS;
use super::{AgentsError, Ground, edit, json, state, toml};
use crate::intercept::agent::{Agent, Form};
use crate::sys::files;

/// A command as it stands in a file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Configured {
    /// The file.
    pub path: PathBuf,
    /// The event that it is run at.
    pub event: String,
    /// The command.
    pub command: Command,
}

/// How a host runs it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Command {
    /// By a shell.
    Shell(String),
    /// As a program with its operands.
    Exec(Vec<String>),
}

/// What this agent is configured to run here.
///
/// # Errors
/// If what is there cannot be read.
pub fn configured(ground: &Ground, agent: Agent) -> Result<Vec<Configured>, AgentsError> {
    let mut found = Vec::new();
    for target in ground.targets(agent) {
        let path = ground.path(target);
        let bytes = match files::read(&path, MOST_SETTINGS) {
            Ok(bytes) => bytes,
            Err(error) if error.is_missing() => continue,
            Err(error) => return Err(error.into()),
        };
        let text = String::from_utf8_lossy(&bytes);
        let settings = |fault: String| AgentsError::Settings { path: path.clone(), fault };
        let values = match target.form {
            Form::Json { into, .. } => json::entries(&text, into, agent).map_err(settings)?,
            Form::Toml { into, entries, .. } => {
                let events: Vec<&str> = entries.iter().map(|(event, _)| *event).collect();
                toml::entries(&text, into, &events, agent).map_err(settings)?
            }
            Form::Whole { is_program: true, .. } if edit::is_ours(&text) => {
                let command = Command::Exec(vec![path.to_string_lossy().into_owned()]);
                found.push(Configured { path: path.clone(), event: agent.first_event().to_owned(), command });
                continue;
            }
            Form::Whole { .. } => match serde_json::from_str::<Value>(&text) {
                Ok(value) => vec![(String::new(), value)],
                // A plugin starts the binary itself.
                Err(_) => {
                    if let Some(binary) = state::binary_in(&text, agent) {
                        let event = agent.first_event().to_owned();
                        let words = ["hook", "agent", agent.as_str(), "--event", &event].map(str::to_owned);
                        let binary = binary.to_string_lossy().into_owned();
                        let command = Command::Exec([binary].into_iter().chain(words).collect());
                        found.push(Configured { path: path.clone(), event, command });
                    }
                    continue;
                }
            },
        };
        for (event, value) in values {
            for command in commands(&value, agent) {
                let event = event_of(&command).unwrap_or_else(|| event.clone());
                found.push(Configured { path: path.clone(), event, command });
            }
        }
    }
    Ok(found)
}

/// The commands in an entry that call Cavra for this agent.
fn commands(value: &Value, agent: Agent) -> Vec<Command> {
    match value {
        Value::Object(members) => {
            if let (Some(Value::String(program)), Some(Value::Array(words))) =
                (members.get("command"), members.get("args"))
                && edit::calls(&Value::Array(words.clone()), agent)
            {
                let words = words.iter().filter_map(Value::as_str).map(str::to_owned);
                return vec![Command::Exec(std::iter::once(program.clone()).chain(words).collect())];
            }
            members.values().flat_map(|value| commands(value, agent)).collect()
        }
        Value::Array(items) => items.iter().flat_map(|item| commands(item, agent)).collect(),
        Value::String(text) if edit::calls(value, agent) => match toml::texts(text) {
            Some(texts) => texts
                .into_iter()
                .filter(|text| edit::calls(&Value::String(text.clone()), agent))
                .map(Command::Shell)
                .collect(),
            None => vec![Command::Shell(text.clone())],
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

/// The event that a command names.
fn event_of(command: &Command) -> Option<String> {
    let words = match command {
        Command::Shell(text) => shell_words::split(text).ok()?,
        Command::Exec(words) => words.clone(),
    };
    let at = words.iter().position(|word| word == "--event")?;
    words.get(at + 1).cloned()
}
