//! A policy becomes the compiled form.

use std::collections::BTreeMap;

use crate::contract::{Location, Object};

use super::super::compiled::{CompiledPolicy, Placed, ServerTools};
use super::super::pattern::{Pattern, PatternSet};
use super::super::words;
use super::{
    ApprovalsPart, CommandsPart, EvidencePart, FORM, File, FilesystemPart, GitPart, GroupPart, McpPart,
    MetadataPart, NetworkPart, NotePart, Once, PolicyPart, SourcePart, ToolsPart,
};

/// The compiled form of a policy, with the key of the cache that it is to be, if it is to be one.
pub(in super::super) fn write(policy: &CompiledPolicy, cache_key: Option<String>) -> String {
    let mut writer = Writer { policy, origins: BTreeMap::new(), notes: BTreeMap::new() };
    let mut file = writer.file();
    file.cache_key = cache_key;
    file.origins = writer.origins.into_iter().map(|(name, origins)| (name.into(), origins.into())).collect();
    file.notes = writer.notes.into_iter().map(|(name, notes)| (name.into(), notes)).collect();
    let text = match policy.other.as_slice() {
        [] => serde_json::to_string_pretty(&file),
        others => with_others(&file, others).and_then(|value| serde_json::to_string_pretty(&value)),
    };
    // Texts, numbers and maps with text keys always serialise; an empty text would be refused by every reader.
    text.map(|text| text + "\n").unwrap_or_default()
}

/// The form with what Cavra does not know put back in its place, the mark still first.
fn with_others(file: &File<'_>, others: &[(String, serde_json::Value)]) -> serde_json::Result<Sections> {
    let text = serde_json::to_string(file)?;
    let known: Object = serde_json::from_str(&text)?;
    let mut whole: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text)?;
    for (path, value) in others {
        match path.split_once('.') {
            Some((section, key)) if whole.get(section).is_some_and(serde_json::Value::is_object) => {
                if let Some(serde_json::Value::Object(members)) = whole.get_mut(section) {
                    members.insert(key.to_owned(), value.clone());
                }
            }
            _ => {
                whole.insert(path.clone(), value.clone());
            }
        }
    }
    let mut sections = Vec::new();
    for (name, _) in known.iter() {
        sections.extend(whole.remove_entry(name));
    }
    sections.extend(whole);
    Ok(Sections(sections))
}

/// Sections in an order of their own.
struct Sections(Vec<(String, serde_json::Value)>);

impl serde::Serialize for Sections {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

struct Writer<'p> {
    policy: &'p CompiledPolicy,
    origins: BTreeMap<String, String>,
    notes: BTreeMap<String, BTreeMap<String, NotePart>>,
}

impl Writer<'_> {
    fn file(&mut self) -> File<'static> {
        File {
            cavra_compiled: FORM,
            cache_key: None,
            metadata: self.metadata(),
            filesystem: self.filesystem(),
            commands: self.commands(),
            network: self.network(),
            git: self.git(),
            mcp: self.mcp(),
            approvals: self.approvals(),
            policy: PolicyPart { require_signature: self.policy.signing.require_signature.clone() },
            evidence: self.evidence(),
            sources: self
                .policy
                .sources
                .iter()
                .map(|source| SourcePart {
                    layer: source.layer.into(),
                    path: source.path.clone(),
                    sha256: source.sha256.clone(),
                })
                .collect(),
            origins: BTreeMap::new(),
            notes: BTreeMap::new(),
        }
    }

    /// Notes where the items of a list stand, if that is known of every one of them.
    fn originate<'l>(&mut self, name: &str, locations: impl Iterator<Item = Option<&'l Location>>) {
        let origins: Option<Vec<String>> = locations
            .map(|location| {
                let location = location?;
                let source =
                    self.policy.sources.iter().position(|source| {
                        *source.path == *location.path && source.layer == location.layer
                    })?;
                Some(format!("{source}:{}:{}", location.line, location.column))
            })
            .collect();
        if let Some(origins) = origins.filter(|origins| !origins.is_empty()) {
            self.origins.insert(name.to_owned(), origins.join(" "));
        }
    }

    fn patterns(&mut self, name: &str, patterns: &PatternSet) -> Vec<String> {
        self.originate(name, patterns.iter().map(Pattern::location));
        let notes: BTreeMap<String, NotePart> = patterns
            .iter()
            .filter_map(|pattern| {
                let note = pattern.note()?;
                let part = NotePart { reason: note.reason.clone(), alternative: note.alternative.clone() };
                Some((pattern.as_str().to_owned(), part))
            })
            .collect();
        if !notes.is_empty() {
            self.notes.insert(name.to_owned(), notes);
        }
        patterns.iter().map(|pattern| pattern.as_str().to_owned()).collect()
    }

    fn names(&mut self, name: &str, names: &[Placed<String>]) -> Vec<String> {
        self.originate(name, names.iter().map(|placed| placed.location.as_ref()));
        names.iter().map(|placed| placed.value.clone()).collect()
    }

    fn placed<T: Copy>(&mut self, name: &str, value: Option<&Placed<T>>) -> Option<T> {
        let placed = value?;
        self.originate(name, std::iter::once(placed.location.as_ref()));
        Some(placed.value)
    }

    fn metadata(&mut self) -> MetadataPart {
        let metadata = &self.policy.metadata;
        MetadataPart {
            id: metadata.id.clone(),
            title: metadata.title.clone(),
            description: metadata.description.clone(),
            version: metadata.version.clone(),
            mode: self.placed("metadata.mode", metadata.mode.as_ref()).map(|mode| mode.as_str().to_owned()),
            delegate: self
                .placed("metadata.delegate", metadata.delegate.as_ref())
                .map(|delegate| words::delegate(delegate).to_owned()),
        }
    }

    fn filesystem(&mut self) -> FilesystemPart {
        let files = &self.policy.filesystem;
        FilesystemPart {
            block_read: self.patterns("filesystem.block_read", &files.block_read),
            require_approval_read: self
                .patterns("filesystem.require_approval_read", &files.require_approval_read),
            block_write: self.patterns("filesystem.block_write", &files.block_write),
            require_approval_write: self
                .patterns("filesystem.require_approval_write", &files.require_approval_write),
            recursive_read: self
                .placed("filesystem.recursive_read", files.recursive_read.as_ref())
                .map(|value| words::answer(value).to_owned()),
            unresolved_read: self
                .placed("filesystem.unresolved_read", files.unresolved_read.as_ref())
                .map(|value| words::answer(value).to_owned()),
            recursive_write: self
                .placed("filesystem.recursive_write", files.recursive_write.as_ref())
                .map(|value| words::answer(value).to_owned()),
            unresolved_write: self
                .placed("filesystem.unresolved_write", files.unresolved_write.as_ref())
                .map(|value| words::answer(value).to_owned()),
            block_content: self.patterns("filesystem.block_content", &files.block_content),
        }
    }

    fn commands(&mut self) -> CommandsPart {
        let commands = &self.policy.commands;
        CommandsPart {
            block: self.patterns("commands.block", &commands.block),
            require_approval: self.patterns("commands.require_approval", &commands.require_approval),
            allow: self.patterns("commands.allow", &commands.allow),
            effects: commands
                .effects
                .iter()
                .filter_map(|one| {
                    let name = format!("commands.effects.{}", one.effect.id());
                    let answer = self.placed(&name, Some(&one.answer))?;
                    Some((one.effect.id().to_owned(), words::answer(answer).to_owned()))
                })
                .collect(),
            default: self
                .placed("commands.default", commands.default.as_ref())
                .map(|value| words::command_default(value).to_owned()),
        }
    }

    fn network(&mut self) -> NetworkPart {
        let network = &self.policy.network;
        NetworkPart {
            block_hosts: self.patterns("network.block_hosts", &network.block_hosts),
            require_approval_hosts: self
                .patterns("network.require_approval_hosts", &network.require_approval_hosts),
            allow_hosts: self.patterns("network.allow_hosts", &network.allow_hosts),
            default: self
                .placed("network.default", network.default.as_ref())
                .map(|value| words::answer(value).to_owned()),
        }
    }

    fn git(&mut self) -> GitPart {
        let git = &self.policy.git;
        let branches = self.patterns("git.protected_branches", &git.protected_branches);
        let direct = git.block_direct_push.as_ref();
        GitPart {
            protected_branches: (git.replaces_suffix_rule || !branches.is_empty()).then_some(branches),
            block_direct_push_to_protected_branch: self
                .placed("git.block_direct_push_to_protected_branch", direct),
            block_commit_to_protected_branch: self
                .placed("git.block_commit_to_protected_branch", git.block_commit.as_ref()),
            block_force_push: self
                .placed("git.block_force_push", git.block_force_push.as_ref())
                .map(|value| words::force_push(value).to_owned()),
            block_branch_deletion: self
                .placed("git.block_branch_deletion", git.block_branch_deletion.as_ref()),
            block_push_branches: self.patterns("git.block_push_branches", &git.block_push_branches),
            require_approval_push: self.patterns("git.require_approval_push", &git.require_approval_push),
            block_hook_bypass: self.placed("git.block_hook_bypass", git.block_hook_bypass.as_ref()),
        }
    }

    fn mcp(&mut self) -> McpPart {
        let mcp = &self.policy.mcp;
        McpPart {
            allowed_servers: self.names("mcp.allowed_servers", &mcp.allowed_servers),
            blocked_servers: self.names("mcp.blocked_servers", &mcp.blocked_servers),
            block_unknown_servers: self
                .placed("mcp.block_unknown_servers", mcp.block_unknown_servers.as_ref()),
            tools: Once(mcp.tools.iter().map(|tools| (tools.server.clone(), self.tools(tools))).collect()),
            pin_tools: self.placed("mcp.pin_tools", mcp.pin_tools.as_ref()),
            block_secrets: self.placed("mcp.block_secrets", mcp.block_secrets.as_ref()),
            approve_out_of_band: self.placed("mcp.approve_out_of_band", mcp.approve_out_of_band.as_ref()),
        }
    }

    fn tools(&mut self, tools: &ServerTools) -> ToolsPart {
        let name = |key| format!("mcp.tools.{}.{key}", tools.server);
        ToolsPart {
            block: self.patterns(&name("block"), &tools.block),
            require_approval: self.patterns(&name("require_approval"), &tools.require_approval),
            allow: self.patterns(&name("allow"), &tools.allow),
        }
    }

    fn approvals(&mut self) -> ApprovalsPart {
        let approvals = &self.policy.approvals;
        self.originate("approvals.groups", approvals.groups.iter().map(|group| group.location.as_ref()));
        let groups = approvals.groups.iter().map(|group| {
            (group.name.clone(), GroupPart { signers: group.signers.clone(), minimum: group.minimum })
        });
        ApprovalsPart {
            groups: Once(groups.collect()),
            ttl: self.placed("approvals.ttl", approvals.ttl.as_ref()),
            revoked: approvals.revoked.clone(),
            notify: self.placed("approvals.notify", approvals.notify.as_ref()),
        }
    }

    fn evidence(&mut self) -> EvidencePart {
        let evidence = &self.policy.evidence;
        EvidencePart {
            required: self.placed("evidence.required", evidence.required.as_ref()),
            redact: self.patterns("evidence.redact", &evidence.redact),
            sign: self.placed("evidence.sign", evidence.sign.as_ref()),
            retention_days: self.placed("evidence.retention_days", evidence.retention_days.as_ref()),
            max_megabytes: self.placed("evidence.max_megabytes", evidence.max_megabytes.as_ref()),
        }
    }
}
