//! The texts of hooks, with the binary in them.

use std::path::Path;

use crate::intercept::agent::Agent;

/// What stands in the texts of one agent.
pub(super) struct Render<'a> {
    agent: Agent,
    binary: &'a str,
}

impl<'a> Render<'a> {
    /// None if the path of the binary is no text.
    pub(super) fn of(agent: Agent, binary: &'a Path) -> Option<Self> {
        binary.to_str().map(|binary| Self { agent, binary })
    }

    /// The hook's command, as a shell is given it.
    pub(super) fn command(&self, event: &str) -> String {
        let binary = shell_words::quote(self.binary);
        format!("{binary} hook agent {} --event {event}", self.agent.as_str())
    }

    /// The text of an entry for an event, in JSON or TOML.
    pub(super) fn entry(&self, template: &str, event: &str) -> String {
        self.quoted(&template.replace("$EVENT", event), event)
    }

    /// The text of a whole file.
    pub(super) fn whole(&self, template: &str, is_program: bool) -> String {
        let mut text = template.to_owned();
        while let Some(at) = text.find(OF) {
            let rest = text.get(at + OF.len()..).unwrap_or_default();
            let event = rest.split(')').next().unwrap_or_default().to_owned();
            let command = self.command(&event);
            let command = if is_program { command } else { within_quotes(&command) };
            text = text.replace(&format!("{OF}{event})"), &command);
        }
        self.quoted(&text, "")
    }

    fn quoted(&self, text: &str, event: &str) -> String {
        let folder = self.binary.rsplit_once('/').map_or("/", |(folder, _)| folder);
        let mut text = text.to_owned();
        while let Some(at) = text.find(OF) {
            let rest = text.get(at + OF.len()..).unwrap_or_default();
            let event = rest.split(')').next().unwrap_or_default().to_owned();
            text = text.replace(&format!("{OF}{event})"), &within_quotes(&self.command(&event)));
        }
        text.replace("$COMMAND", &within_quotes(&self.command(event)))
            .replace("$BINARY", &within_quotes(self.binary))
            .replace("$FOLDER", &within_quotes(folder))
    }
}

const OF: &str = "$COMMAND_OF(";

/// The text as it stands between the quotes of JSON, TOML and TypeScript.
fn within_quotes(text: &str) -> String {
    let quoted = serde_json::Value::String(text.to_owned()).to_string();
    quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_a_blank_and_a_quote_stays_one_word() {
        let render = Render::of(Agent::Codex, Path::new("/a b'c/cavra")).unwrap();
        let json = render.entry(r#"{"command":"$COMMAND"}"#, "PreToolUse");
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        let words = shell_words::split(value["command"].as_str().unwrap()).unwrap();
        assert_eq!(words, ["/a b'c/cavra", "hook", "agent", "codex", "--event", "PreToolUse"]);
    }
}
