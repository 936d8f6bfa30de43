//! The compiled form: normalised JSON that is read in one pass, straight into the types, with no tree between.
//!
//! The lists are plain, as the contract has them, so that every reader of compiled policies reads these. What is
//! ours stands beside them: the mark `cavra_compiled` with the number of the form, first; `sources` with their
//! digests; `origins`, which holds for each list a `source:line:column` for each of its patterns, in their order and
//! separated by blanks, as lists of numbers are slow to read; `notes`, which holds what authors say of their rules. A list that no longer fits its origins was edited:
//! its positions are then left out, and nothing else is.

mod read;
mod write;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(super) use read::{others, read};
pub(super) use write::write;

/// The number of the form. It counts up whenever what is written changes its meaning.
pub(super) const FORM: u32 = 2;

/// How a compiled file begins, white space apart.
const MARK: &str = "{\"cavra_compiled\":";

/// Whether a text is of the compiled form: its mark stands first.
pub(super) fn is_compiled(text: &str) -> bool {
    let mut letters = text.bytes().filter(|letter| !letter.is_ascii_whitespace());
    MARK.bytes().all(|expected| letters.next() == Some(expected))
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct File<'f> {
    cavra_compiled: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache_key: Option<String>,
    metadata: MetadataPart,
    filesystem: FilesystemPart,
    commands: CommandsPart,
    #[serde(skip_serializing_if = "NetworkPart::is_empty")]
    network: NetworkPart,
    git: GitPart,
    mcp: McpPart,
    approvals: ApprovalsPart,
    #[serde(skip_serializing_if = "PolicyPart::is_empty")]
    policy: PolicyPart,
    evidence: EvidencePart,
    sources: Vec<SourcePart<'f>>,
    #[serde(borrow)]
    origins: BTreeMap<Cow<'f, str>, Cow<'f, str>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    notes: BTreeMap<Cow<'f, str>, BTreeMap<String, NotePart>>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct MetadataPart {
    #[serde(skip_serializing_if = "String::is_empty")]
    id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delegate: Option<String>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct FilesystemPart {
    block_read: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    require_approval_read: Vec<String>,
    block_write: Vec<String>,
    require_approval_write: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recursive_read: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unresolved_read: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recursive_write: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unresolved_write: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    block_content: Vec<String>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct CommandsPart {
    block: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    require_approval: Vec<String>,
    allow: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    effects: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<String>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct NetworkPart {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    block_hosts: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    require_approval_hosts: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    allow_hosts: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<String>,
}

impl NetworkPart {
    fn is_empty(&self) -> bool {
        let Self { block_hosts, require_approval_hosts, allow_hosts, default } = self;
        block_hosts.is_empty()
            && require_approval_hosts.is_empty()
            && allow_hosts.is_empty()
            && default.is_none()
    }
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct GitPart {
    #[serde(skip_serializing_if = "Option::is_none")]
    protected_branches: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    block_direct_push_to_protected_branch: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    block_commit_to_protected_branch: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    block_force_push: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    block_branch_deletion: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    block_push_branches: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    require_approval_push: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    block_hook_bypass: Option<bool>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct McpPart {
    allowed_servers: Vec<String>,
    blocked_servers: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    block_unknown_servers: Option<bool>,
    #[serde(skip_serializing_if = "Once::is_empty")]
    tools: Once<ToolsPart>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pin_tools: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    block_secrets: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    approve_out_of_band: Option<bool>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct ToolsPart {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    block: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    require_approval: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    allow: Vec<String>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct ApprovalsPart {
    #[serde(skip_serializing_if = "Once::is_empty")]
    groups: Once<GroupPart>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ttl: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    revoked: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notify: Option<bool>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct PolicyPart {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    require_signature: Vec<String>,
}

impl PolicyPart {
    fn is_empty(&self) -> bool {
        let Self { require_signature } = self;
        require_signature.is_empty()
    }
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct GroupPart {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    signers: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<u64>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct EvidencePart {
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    redact: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sign: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retention_days: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_megabytes: Option<u64>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct SourcePart<'f> {
    #[serde(borrow)]
    layer: Cow<'f, str>,
    path: String,
    sha256: String,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct NotePart {
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternative: Option<String>,
}

/// A map in its order, in which no key stands twice.
#[derive(Debug)]
struct Once<T>(Vec<(String, T)>);

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Once<T> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Serialize> Serialize for Once<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Once<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> serde::de::Visitor<'de> for Members<T> {
            type Value = Once<T>;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Once<T>, A::Error> {
                let (mut members, mut seen) = (Vec::new(), crate::contract::SeenKeys::default());
                while let Some(key) = map.next_key::<String>()? {
                    seen.insert(&key).map_err(serde::de::Error::custom)?;
                    members.push((key, map.next_value()?));
                }
                Ok(Once(members))
            }
        }

        deserializer.deserialize_map(Members(std::marker::PhantomData))
    }
}

/// Every section and key of the form, so that what else a file holds can be told.
const KNOWN: [(&str, &[&str]); 14] = [
    ("cavra_compiled", &[]),
    ("cache_key", &[]),
    ("metadata", &["id", "title", "description", "version", "mode", "delegate"]),
    (
        "filesystem",
        &[
            "block_read",
            "require_approval_read",
            "block_write",
            "require_approval_write",
            "recursive_read",
            "unresolved_read",
            "recursive_write",
            "unresolved_write",
            "block_content",
        ],
    ),
    ("commands", &["block", "require_approval", "allow", "effects", "default"]),
    ("network", &["block_hosts", "require_approval_hosts", "allow_hosts", "default"]),
    (
        "git",
        &[
            "protected_branches",
            "block_direct_push_to_protected_branch",
            "block_commit_to_protected_branch",
            "block_force_push",
            "block_branch_deletion",
            "block_push_branches",
            "require_approval_push",
            "block_hook_bypass",
        ],
    ),
    (
        "mcp",
        &[
            "allowed_servers",
            "blocked_servers",
            "block_unknown_servers",
            "tools",
            "pin_tools",
            "block_secrets",
            "approve_out_of_band",
        ],
    ),
    ("approvals", &["groups", "ttl", "revoked", "notify"]),
    ("policy", &["require_signature"]),
    ("evidence", &["required", "redact", "sign", "retention_days", "max_megabytes"]),
    ("sources", &[]),
    ("origins", &[]),
    ("notes", &[]),
];
