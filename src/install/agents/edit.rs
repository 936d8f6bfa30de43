//! What a file of an agent is to hold, and what it holds without Cavra.

use std::path::Path;

use crate::intercept::agent::{Agent, Form};

use super::render::Render;
use super::{AgentsError, json, toml};

/// The text of a file with Cavra's entries in it. `before` is the text that it has, none if it is not there.
///
/// # Errors
/// What of the text is in the way.
pub(super) fn with(
    agent: Agent,
    form: &Form,
    binary: &Path,
    path: &Path,
    before: Option<&str>,
) -> Result<String, AgentsError> {
    let render = Render::of(agent, binary).ok_or_else(|| AgentsError::NotText(binary.to_owned()))?;
    let settings = |fault: String| AgentsError::Settings { path: path.to_owned(), fault };
    match form {
        Form::Json { into, entries, beside } => {
            let entries: Vec<_> =
                entries.iter().map(|(event, entry)| (*event, render.entry(entry, event))).collect();
            json::with(before.unwrap_or_default(), into, &entries, beside, agent).map_err(settings)
        }
        Form::Toml { into, entries, beside } => {
            let entries: Vec<_> =
                entries.iter().map(|(event, entry)| (*event, render.entry(entry, event))).collect();
            let beside = render.entry(beside, "");
            toml::with(before.unwrap_or_default(), into, &entries, &beside, agent).map_err(settings)
        }
        Form::Whole { text, is_program } => {
            if before.is_some_and(|before| !is_ours(before)) {
                return Err(AgentsError::InTheWay(path.to_owned()));
            }
            Ok(render.whole(text, *is_program))
        }
    }
}

/// The text of a file without Cavra's entries; none if nothing is left that is anybody's.
///
/// # Errors
/// What of the text is in the way.
pub(super) fn without(
    agent: Agent,
    form: &Form,
    path: &Path,
    text: &str,
) -> Result<Option<String>, AgentsError> {
    let settings = |fault: String| AgentsError::Settings { path: path.to_owned(), fault };
    match form {
        Form::Json { into, entries, beside: _ } => {
            let events: Vec<&str> = entries.iter().map(|(event, _)| *event).collect();
            json::without(text, into, &events, agent).map(Some).map_err(settings)
        }
        Form::Toml { into, entries, beside: _ } => {
            let events: Vec<&str> = entries.iter().map(|(event, _)| *event).collect();
            toml::without(text, into, &events, agent).map(Some).map_err(settings)
        }
        Form::Whole { .. } if is_ours(text) => Ok(None),
        Form::Whole { .. } => Ok(Some(text.to_owned())),
    }
}

/// Whether a file is one that Cavra wrote whole.
pub(super) fn is_ours(text: &str) -> bool {
    text.contains("cavra")
        && (text.contains("hook agent ")
            || text.contains("\"hook\", \"agent\"")
            || text.contains("Cavra decides"))
}

/// Whether the text of an entry calls Cavra for this agent.
pub(super) fn calls(entry: &serde_json::Value, agent: Agent) -> bool {
    match entry {
        serde_json::Value::String(text) => text.contains(&format!("hook agent {}", agent.as_str())),
        serde_json::Value::Array(items) => {
            let words: Vec<&str> = items.iter().filter_map(serde_json::Value::as_str).collect();
            words.starts_with(&["hook", "agent", agent.as_str()])
                || items.iter().any(|item| calls(item, agent))
        }
        serde_json::Value::Object(members) => members.values().any(|value| calls(value, agent)),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => false,
    }
}
