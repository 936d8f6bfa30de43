//! A payload: JSON from an agent's host, read once and strictly.

use crate::contract::Json;

/// A list of names that one thing goes by in the payloads of different agents.
pub(super) type Names = &'static [&'static str];

/// Where a payload may say what the working directory is; the first that says one counts.
const FOLDERS: Names = &[
    "/cwd",
    "/working_dir",
    "/workspaceRoot",
    "/tool_info/cwd",
    "/toolCall/args/Cwd",
    "/directory",
    "/worktree",
];

/// Where it may list the folders that are worked in.
const ROOTS: Names = &["/workspace_roots", "/workspaceRoots", "/workspacePaths"];

const SESSIONS: Names = &[
    "/session_id",
    "/sessionId",
    "/sessionID",
    "/conversation_id",
    "/conversationId",
    "/taskId",
    "/trajectory_id",
];

const MODES: Names = &["/permission_mode", "/permissionMode"];

/// Where it may say which event this is.
const EVENTS: Names =
    &["/hook_event_name", "/hookEventName", "/hookName", "/agent_action_name", "/event", "/hook_event"];

/// What a host says of a call.
pub(super) struct Payload(Json);

impl Payload {
    /// Reads a payload. Two members of one name, nesting beyond the bound, and anything that is no object are errors.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, String> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        if bytes.trim_ascii().is_empty() {
            return Err("the payload is empty".to_owned());
        }
        let json: Json =
            serde_json::from_slice(bytes).map_err(|error| format!("the payload is no JSON: {error}"))?;
        match json {
            Json::Object(_) => Ok(Self(json)),
            other => Err(format!("the payload is {}, not an object", other.kind())),
        }
    }

    /// The whole of it.
    pub(super) fn whole(&self) -> &Json {
        &self.0
    }

    /// The value that a JSON pointer leads to.
    pub(super) fn at(&self, pointer: &str) -> Option<&Json> {
        at(&self.0, pointer)
    }

    /// The text that a JSON pointer leads to, if there is one and it is not empty.
    pub(super) fn text(&self, pointer: &str) -> Option<&str> {
        text(self.at(pointer)?)
    }

    /// The working directories that it names, the one that counts first.
    pub(super) fn folders(&self) -> Vec<&str> {
        let listed = ROOTS.iter().filter_map(|pointer| match self.at(pointer) {
            Some(Json::Array(items)) => Some(items.iter().filter_map(text)),
            _ => None,
        });
        FOLDERS.iter().filter_map(|pointer| self.text(pointer)).chain(listed.flatten()).collect()
    }

    /// The session.
    pub(super) fn session(&self) -> Option<&str> {
        SESSIONS.iter().find_map(|pointer| self.text(pointer))
    }

    /// The mode in which the agent asks people.
    pub(super) fn mode(&self) -> Option<&str> {
        MODES.iter().find_map(|pointer| self.text(pointer))
    }

    /// The names that it gives the event.
    pub(super) fn events(&self) -> impl Iterator<Item = &str> {
        EVENTS.iter().filter_map(|pointer| self.text(pointer))
    }
}

/// The value that a JSON pointer (without escapes) leads to; an empty one leads to the value itself.
pub(super) fn at<'a>(value: &'a Json, pointer: &str) -> Option<&'a Json> {
    pointer.split('/').filter(|name| !name.is_empty()).try_fold(value, |value, name| match value {
        Json::Object(members) => members.get(name),
        Json::Array(items) => items.get(name.parse::<usize>().ok()?),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => None,
    })
}

/// A text that is not empty.
pub(super) fn text(value: &Json) -> Option<&str> {
    match value {
        Json::String(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_is_one_object_and_each_name_stands_once() {
        assert!(Payload::read(b"\xef\xbb\xbf{\"cwd\":\"/x\"}\n").is_ok());
        for bytes in
            [&b""[..], b" \n", b"[]", b"{", b"{\"a\":1,\"a\":2}", b"{\"a\":\"\xff\"}", b"null", b"{} {}"]
        {
            assert!(Payload::read(bytes).is_err(), "{}", String::from_utf8_lossy(bytes));
        }
        let deep = format!("{}1", "{\"a\":".repeat(200));
        assert!(Payload::read(deep.as_bytes()).is_err());
    }

    #[test]
    fn an_empty_working_directory_gives_way_to_the_folder_that_is_worked_in() {
        let payload = Payload::read(br#"{"cwd":"","workspace_roots":["/a","/b"]}"#).unwrap();
        assert_eq!(payload.folders(), ["/a", "/b"]);
    }
}
