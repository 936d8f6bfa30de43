//! The requests of the client that the server has not answered yet.

use std::collections::HashMap;

use crate::intercept::mcp::Id;

/// The most that are remembered; beyond it a request is refused.
const MOST: usize = 100_000;

/// What a request was.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Asked {
    /// Its id, as it came.
    pub(super) raw: String,
    /// Its method.
    pub(super) method: String,
    /// The tool, where it called one.
    pub(super) tool: String,
    /// Whether it was of a stateless revision.
    pub(super) is_modern: bool,
}

/// The requests, by what their ids are compared by.
#[derive(Debug, Default)]
pub(super) struct Pending(HashMap<String, Asked>);

impl Pending {
    /// Remembers a request; false if there are too many already.
    #[must_use]
    pub(super) fn add(&mut self, id: &Id, asked: Asked) -> bool {
        let has_room = self.0.len() < MOST;
        if has_room {
            self.0.insert(id.key.clone(), asked);
        }
        has_room
    }

    /// The request that an answer is for.
    pub(super) fn take(&mut self, id: &Id) -> Option<Asked> {
        self.0.remove(&id.key)
    }

    /// The request of that id, by its JSON text.
    pub(super) fn take_raw(&mut self, raw: &str) -> Option<Asked> {
        let key = self.0.iter().find(|(_, asked)| asked.raw == raw).map(|(key, _)| key.clone())?;
        self.0.remove(&key)
    }

    /// All that are left.
    pub(super) fn drain(&mut self) -> Vec<Asked> {
        self.0.drain().map(|(_, asked)| asked).collect()
    }
}
