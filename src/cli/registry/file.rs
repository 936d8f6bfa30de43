//! The file of a registry: read strictly, changed record by record, written whole. What Cavra does not know in it
//! stays.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::policy;
use crate::sys::files;

use super::super::failure::Failure;
use super::super::output::escaped;

/// The largest registry that is read, in bytes.
const MOST_BYTES: u64 = 16 << 20;

/// A registry as it is written.
pub(super) struct RegistryFile(Map<String, Value>);

impl RegistryFile {
    /// Reads a registry; an empty one, and true, if there is none.
    pub(super) fn load(path: &Path) -> Result<(Self, bool), Failure> {
        let bytes = match files::read(path, MOST_BYTES) {
            Ok(bytes) => bytes,
            Err(error) if error.is_missing() => {
                let members = json!({ "schema_version": "1", "mcp_servers": [] });
                return Ok((Self(members.as_object().cloned().unwrap_or_default()), true));
            }
            Err(error) => return Err(Failure::config(escaped(&error.to_string()))),
        };
        // What the seams would not read is not changed either.
        policy::read_registry(&path.display().to_string(), &bytes)
            .map_err(|error| Failure::config(error.to_string()))?;
        let members: Map<String, Value> = serde_json::from_slice(&bytes).map_err(Failure::config)?;
        Ok((Self(members), false))
    }

    /// Its records.
    pub(super) fn records(&self) -> impl Iterator<Item = &Map<String, Value>> {
        let list = self.0.get("mcp_servers").and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_object)
    }

    /// The record that counts for a server.
    pub(super) fn find(&self, server: &str) -> Option<&Map<String, Value>> {
        self.records().find(|record| is_of(record, server))
    }

    /// Puts a record in the place of the one that counts for that server, else behind all others.
    pub(super) fn put(&mut self, server: &str, record: Map<String, Value>) {
        let list = self.0.entry("mcp_servers").or_insert_with(|| json!([]));
        if !list.is_array() {
            *list = json!([]);
        }
        let Some(list) = list.as_array_mut() else { return };
        let place = list.iter_mut().find(|known| known.as_object().is_some_and(|known| is_of(known, server)));
        match place {
            Some(place) => *place = Value::Object(record),
            None => list.push(Value::Object(record)),
        }
    }

    /// Writes it.
    pub(super) fn save(&self, path: &Path) -> Result<(), Failure> {
        let mut text = serde_json::to_vec_pretty(&self.0).map_err(Failure::internal)?;
        text.push(b'\n');
        files::write_atomically(path, &text, 0o600).map_err(|error| {
            Failure::user(escaped(&format!("`{}` cannot be written: {error}", path.display())))
        })
    }
}

fn is_of(record: &Map<String, Value>, server: &str) -> bool {
    ["server_id", "name"].iter().any(|name| record.get(*name).and_then(Value::as_str).unwrap_or("") == server)
}
