//! The MCP trust registry: which servers are known, and what for.

use std::path::Path;

use crate::contract::Layer;
use crate::sys::files;

use super::codes;
use super::diagnostic::{Diagnostic, PolicyError};
use super::json;
use super::tree::{Node, Text, Value};

/// A registry. It replaces the policy's MCP lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Registry {
    mcp_servers: Vec<Server>,
}

/// One server's record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Server {
    /// Its id.
    pub server_id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// How far it is trusted.
    pub trust_tier: Option<String>,
    /// Where its approval stands.
    pub approval_state: Option<String>,
    /// The capabilities it may use; all if empty.
    pub capabilities: Option<Vec<String>>,
    /// The tools it may offer; all if empty.
    pub allowed_tools: Option<Vec<String>>,
    /// The argv by which it is started; any if empty.
    pub command: Option<Vec<String>>,
}

impl Registry {
    /// The first record whose id or name is `server`, a missing one counting as "".
    #[must_use]
    pub fn find(&self, server: &str) -> Option<&Server> {
        self.mcp_servers.iter().find(|record| {
            [&record.server_id, &record.name].into_iter().any(|name| name.as_deref().unwrap_or("") == server)
        })
    }
}

/// Reads a registry: JSON of at most 16 MiB. `null` counts as absent, fields that Cavra does not know are left
/// alone, and a value of the wrong type is an error that names the field.
///
/// # Errors
/// [`PolicyError`].
pub fn load_registry(path: &Path) -> Result<Registry, PolicyError> {
    let bytes = files::read(path, MOST_BYTES).map_err(|error| {
        if error.is_missing() {
            PolicyError::Missing(path.to_owned())
        } else {
            PolicyError::Unreadable(error)
        }
    })?;
    read_registry(&path.display().to_string(), &bytes)
}

/// Reads a registry that is at hand. `name` is what findings call it.
///
/// # Errors
/// [`PolicyError::Invalid`].
pub fn read_registry(name: &str, bytes: &[u8]) -> Result<Registry, PolicyError> {
    let text = Text::of(name.to_owned(), Layer::Named, bytes)?;
    read(&text).map_err(|fault| PolicyError::Invalid(vec![*fault]))
}

fn read(text: &Text<'_>) -> Result<Registry, Box<Diagnostic>> {
    let tree = json::read(text)?;
    if !matches!(tree.value, Value::Map(_)) {
        return Err(wrong(text, &tree, "a registry", "an object"));
    }
    let mut mcp_servers = Vec::new();
    for (place, record) in list(text, tree.get("mcp_servers"), "mcp_servers")?.iter().enumerate() {
        let name = format!("mcp_servers[{place}]");
        if !matches!(record.value, Value::Map(_)) {
            return Err(wrong(text, record, &name, "an object"));
        }
        let word = |field: &str| one(text, record.get(field), &format!("{name}.{field}"));
        let words = |field: &str| many(text, record.get(field), &format!("{name}.{field}"));
        mcp_servers.push(Server {
            server_id: word("server_id")?,
            name: word("name")?,
            trust_tier: word("trust_tier")?,
            approval_state: word("approval_state")?,
            capabilities: words("capabilities")?,
            allowed_tools: words("allowed_tools")?,
            command: words("command")?,
        });
    }
    Ok(Registry { mcp_servers })
}

fn list<'n>(text: &Text<'_>, node: Option<&'n Node>, name: &str) -> Result<&'n [Node], Box<Diagnostic>> {
    match node.map(|node| (&node.value, node)) {
        None | Some((Value::Null, _)) => Ok(&[]),
        Some((Value::List(items), _)) => Ok(items),
        Some((_, node)) => Err(wrong(text, node, name, "a list")),
    }
}

fn one(text: &Text<'_>, node: Option<&Node>, name: &str) -> Result<Option<String>, Box<Diagnostic>> {
    match node.map(|node| (&node.value, node)) {
        None | Some((Value::Null, _)) => Ok(None),
        Some((Value::Text(word), _)) => Ok(Some(word.clone())),
        Some((_, node)) => Err(wrong(text, node, name, "a text")),
    }
}

fn many(text: &Text<'_>, node: Option<&Node>, name: &str) -> Result<Option<Vec<String>>, Box<Diagnostic>> {
    let items = list(text, node, name)?;
    let words = items.iter().enumerate().map(|(place, item)| match &item.value {
        Value::Text(word) => Ok(word.clone()),
        _ => Err(wrong(text, item, &format!("{name}[{place}]"), "a text")),
    });
    let words = words.collect::<Result<Vec<_>, _>>()?;
    Ok(node.filter(|node| node.value != Value::Null).map(|_| words))
}

fn wrong(text: &Text<'_>, node: &Node, name: &str, wanted: &str) -> Box<Diagnostic> {
    text.error(
        codes::WRONG_TYPE,
        node.at,
        format!("`{name}` must be {wanted}, and this is {}", node.value.kind()),
    )
}

/// The most bytes that a registry may have.
pub(super) const MOST_BYTES: u64 = 16 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    fn registry(json: &str) -> Result<Registry, Box<Diagnostic>> {
        read(&Text { path: "r.json".to_owned(), layer: Layer::Named, text: json })
    }

    #[test]
    fn a_wrong_type_names_the_field_and_its_place() {
        for (json, message, column) in [
            ("[]", "`a registry` must be an object, and this is a list", 1),
            ("{\"mcp_servers\": {}}", "`mcp_servers` must be a list, and this is a mapping", 17),
            ("{\"mcp_servers\": [1]}", "`mcp_servers[0]` must be an object, and this is a number", 18),
            (
                "{\"mcp_servers\": [{\"name\": [1]}]}",
                "`mcp_servers[0].name` must be a text, and this is a list",
                27,
            ),
            (
                "{\"mcp_servers\": [{\"allowed_tools\": [null]}]}",
                "`mcp_servers[0].allowed_tools[0]` must be a text, and this is nothing",
                37,
            ),
        ] {
            let error = registry(json).expect_err(json);
            assert_eq!((error.message.as_str(), error.column), (message, column), "{json}");
        }
        assert_eq!(registry("{\"a\":1,\"a\":2}").expect_err("twice").code, codes::DUPLICATE_KEY);
    }

    #[test]
    fn null_is_absent_and_the_first_record_of_a_name_counts() {
        let registry = registry(
            "{\"x\": 1, \"mcp_servers\": [{\"name\": \"a\", \"capabilities\": null}, {\"server_id\": \"a\", \"name\": \"b\"}]}",
        )
        .expect("a registry");
        assert_eq!(registry.find("a").expect("a record").capabilities, None);
        assert_eq!(registry.find("b").expect("a record").server_id.as_deref(), Some("a"));
        assert_eq!(registry.find("c"), None);
    }
}
