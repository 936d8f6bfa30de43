//! The compiled form becomes a policy.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::contract::{Layer, Location};
use crate::grammar::effects::CommandEffect;

use super::super::codes;
use super::super::compiled::{
    ApprovalGroup, Approvals, Commands, CompiledPolicy, EffectAnswer, EvidenceRules, Filesystem, Git, Mcp,
    Metadata, Network, Placed, ServerTools, Signing, Source,
};
use super::super::diagnostic::Diagnostic;
use super::super::json;
use super::super::pattern::{Note, Pattern, PatternSet};
use super::super::tree::{Spot, Text};
use super::super::words::{ANSWERS, DEFAULTS, DELEGATES, FORCE_PUSHES, MODES};
use super::{FORM, File, KNOWN};

/// A compiled file that was read.
#[derive(Debug)]
pub(in super::super) struct Compiled {
    /// The policy.
    pub(in super::super) policy: CompiledPolicy,
    /// The key of the cache that it is, if it is one.
    pub(in super::super) cache_key: Option<String>,
    /// What is worth a warning.
    pub(in super::super) warnings: Vec<Diagnostic>,
}

/// Reads a text of the compiled form.
///
/// # Errors
/// The first finding.
pub(in super::super) fn read(text: &Text<'_>) -> Result<Compiled, Box<Diagnostic>> {
    let mut file: File<'_> = serde_json::from_str(text.text).map_err(|error| json::syntax(text, &error))?;
    if file.cavra_compiled != FORM {
        let message = format!(
            "the policy was compiled into form {}, and this build reads form {FORM}",
            file.cavra_compiled
        );
        let finding = text.error(codes::COMPILED_FORMAT, Spot::default(), message);
        return Err(finding.hinted("compile it again: `cavra policy compile`"));
    }
    let sources: Vec<Source> = std::mem::take(&mut file.sources)
        .into_iter()
        .map(|source| Source { layer: layer(&source.layer), path: source.path, sha256: source.sha256 })
        .collect();
    let places: Vec<Place> = sources
        .iter()
        .map(|source| Place { layer: source.layer, path: source.path.as_str().into() })
        .collect();
    let mut reader = Reader { text, file: &mut file, places: &places, warnings: Vec::new(), fault: None };
    let mut policy = reader.policy();
    let (warnings, fault) = (std::mem::take(&mut reader.warnings), reader.fault.take());
    if let Some(fault) = fault {
        return Err(fault);
    }
    policy.sources = sources;
    Ok(Compiled { policy, cache_key: file.cache_key, warnings })
}

/// What a compiled text holds beyond the form.
pub(in super::super) fn others(text: &str) -> Vec<(String, serde_json::Value)> {
    let Ok(serde_json::Value::Object(sections)) = serde_json::from_str(text) else { return Vec::new() };
    let mut others = Vec::new();
    for (section, value) in sections {
        match (KNOWN.iter().find(|(name, _)| *name == section), value) {
            (None, value) => others.push((section, value)),
            (Some((_, [])), _) => {}
            (Some((_, keys)), serde_json::Value::Object(members)) => {
                for (key, value) in members.into_iter().filter(|(key, _)| !keys.contains(&key.as_str())) {
                    others.push((format!("{section}.{key}"), value));
                }
            }
            (Some(_), _) => {}
        }
    }
    others
}

/// What all places in a source have in common.
struct Place {
    layer: &'static str,
    path: Arc<str>,
}

struct Reader<'r, 'f> {
    text: &'r Text<'r>,
    file: &'r mut File<'f>,
    places: &'r [Place],
    warnings: Vec<Diagnostic>,
    fault: Option<Box<Diagnostic>>,
}

impl Reader<'_, '_> {
    fn policy(&mut self) -> CompiledPolicy {
        CompiledPolicy {
            metadata: self.metadata(),
            filesystem: self.filesystem(),
            commands: self.commands(),
            network: self.network(),
            git: self.git(),
            mcp: self.mcp(),
            approvals: self.approvals(),
            signing: Signing { require_signature: std::mem::take(&mut self.file.policy.require_signature) },
            evidence: self.evidence(),
            sources: Vec::new(),
            other: Vec::new(),
        }
    }

    fn location(&self, [source, line, column]: [u32; 3]) -> Option<Location> {
        let Place { layer, path } = self.places.get(usize::try_from(source).ok()?)?;
        Some(Location { layer, path: Arc::clone(path), line, column })
    }

    /// Where the items of a list stand, one for each; empty if that is not known.
    fn origins(&mut self, name: &str, items: usize) -> Vec<Option<Location>> {
        let Some(origins) = self.file.origins.get(name) else { return Vec::new() };
        let mut places = Vec::with_capacity(items);
        let mut origin = [0u32; 3];
        let mut at = 0;
        for letter in origins.bytes().chain([b' ']) {
            match (letter, origin.get_mut(at)) {
                (b'0'..=b'9', Some(number)) => {
                    *number = number.saturating_mul(10).saturating_add(u32::from(letter - b'0'));
                }
                (b':', Some(_)) => at += 1,
                (b' ', Some(_)) if at == 2 => {
                    places.push(self.location(origin));
                    (origin, at) = ([0; 3], 0);
                }
                _ => {
                    places.clear();
                    break;
                }
            }
        }
        if places.len() == items {
            return places;
        }
        let message = format!(
            "`{}` was edited after it was compiled: where its rules stand is not known",
            name.escape_debug()
        );
        let finding = self.text.error(codes::COMPILED_POSITIONS, Spot::default(), message).into_warning();
        self.warnings.push(*finding.hinted("edit what it was compiled from, and compile again"));
        Vec::new()
    }

    fn patterns(&mut self, name: &str, texts: Vec<String>) -> PatternSet {
        if texts.is_empty() {
            return PatternSet::default();
        }
        let mut places = self.origins(name, texts.len()).into_iter();
        let notes = self.file.notes.remove(name);
        let patterns =
            texts.into_iter().filter_map(|text| {
                let pattern = Pattern::new(&text, places.next().flatten())?;
                match notes.as_ref().and_then(|notes| notes.get(pattern.as_str())) {
                    Some(note) => Some(pattern.with_note(Note {
                        reason: note.reason.clone(),
                        alternative: note.alternative.clone(),
                    })),
                    None => Some(pattern),
                }
            });
        PatternSet::new(patterns.collect())
    }

    fn names(&mut self, name: &str, texts: Vec<String>) -> Vec<Placed<String>> {
        let mut places = self.origins(name, texts.len()).into_iter();
        texts.into_iter().map(|value| Placed { value, location: places.next().flatten() }).collect()
    }

    fn placed<T>(&mut self, name: &str, value: Option<T>) -> Option<Placed<T>> {
        let value = value?;
        Some(Placed { value, location: self.origins(name, 1).into_iter().next().flatten() })
    }

    fn word<T: Copy>(&mut self, name: &str, value: Option<String>, words: &[(&str, T)]) -> Option<Placed<T>> {
        let given = value?;
        match words.iter().find(|(word, _)| *word == given) {
            Some((_, value)) => self.placed(name, Some(*value)),
            None => {
                let message = format!("`{name}` cannot be `{}`", given.escape_debug());
                self.fault = Some(self.text.error(codes::UNKNOWN_VALUE, Spot::default(), message));
                None
            }
        }
    }

    fn metadata(&mut self) -> Metadata {
        let part = std::mem::take(&mut self.file.metadata);
        Metadata {
            id: part.id,
            title: part.title,
            description: part.description,
            version: part.version,
            mode: self.word("metadata.mode", part.mode, &MODES),
            delegate: self.word("metadata.delegate", part.delegate, &DELEGATES),
        }
    }

    fn filesystem(&mut self) -> Filesystem {
        let part = std::mem::take(&mut self.file.filesystem);
        Filesystem {
            block_read: self.patterns("filesystem.block_read", part.block_read),
            require_approval_read: self
                .patterns("filesystem.require_approval_read", part.require_approval_read),
            block_write: self.patterns("filesystem.block_write", part.block_write),
            require_approval_write: self
                .patterns("filesystem.require_approval_write", part.require_approval_write),
            recursive_read: self.word("filesystem.recursive_read", part.recursive_read, &ANSWERS),
            unresolved_read: self.word("filesystem.unresolved_read", part.unresolved_read, &ANSWERS),
            recursive_write: self.word("filesystem.recursive_write", part.recursive_write, &ANSWERS),
            unresolved_write: self.word("filesystem.unresolved_write", part.unresolved_write, &ANSWERS),
            block_content: self.patterns("filesystem.block_content", part.block_content),
        }
    }

    fn commands(&mut self) -> Commands {
        let part = std::mem::take(&mut self.file.commands);
        Commands {
            block: self.patterns("commands.block", part.block),
            require_approval: self.patterns("commands.require_approval", part.require_approval),
            allow: self.patterns("commands.allow", part.allow),
            effects: self.effects(part.effects),
            default: self.word("commands.default", part.default, &DEFAULTS),
        }
    }

    fn effects(&mut self, part: BTreeMap<String, String>) -> Vec<EffectAnswer> {
        let mut answers = Vec::with_capacity(part.len());
        for (id, answer) in part {
            let name = format!("commands.effects.{id}");
            let Some(effect) = CommandEffect::ALL.iter().copied().find(|effect| effect.id() == id) else {
                let message = format!("`{}` is no effect that this build knows", name.escape_debug());
                self.fault = Some(self.text.error(codes::UNKNOWN_VALUE, Spot::default(), message));
                continue;
            };
            if let Some(answer) = self.word(&name, Some(answer), &ANSWERS) {
                answers.push(EffectAnswer { effect, answer });
            }
        }
        answers.sort_by_key(|one| one.effect);
        answers
    }

    fn network(&mut self) -> Network {
        let part = std::mem::take(&mut self.file.network);
        Network {
            block_hosts: self.patterns("network.block_hosts", part.block_hosts),
            require_approval_hosts: self
                .patterns("network.require_approval_hosts", part.require_approval_hosts),
            allow_hosts: self.patterns("network.allow_hosts", part.allow_hosts),
            default: self.word("network.default", part.default, &ANSWERS),
        }
    }

    fn git(&mut self) -> Git {
        let part = std::mem::take(&mut self.file.git);
        let direct = part.block_direct_push_to_protected_branch;
        Git {
            replaces_suffix_rule: part.protected_branches.is_some(),
            protected_branches: self
                .patterns("git.protected_branches", part.protected_branches.unwrap_or_default()),
            block_direct_push: self.placed("git.block_direct_push_to_protected_branch", direct),
            block_commit: self
                .placed("git.block_commit_to_protected_branch", part.block_commit_to_protected_branch),
            block_force_push: self.word("git.block_force_push", part.block_force_push, &FORCE_PUSHES),
            block_branch_deletion: self.placed("git.block_branch_deletion", part.block_branch_deletion),
            block_push_branches: self.patterns("git.block_push_branches", part.block_push_branches),
            require_approval_push: self.patterns("git.require_approval_push", part.require_approval_push),
            block_hook_bypass: self.placed("git.block_hook_bypass", part.block_hook_bypass),
        }
    }

    fn mcp(&mut self) -> Mcp {
        let part = std::mem::take(&mut self.file.mcp);
        let tools = part.tools.0.into_iter().map(|(server, lists)| {
            let name = |key| format!("mcp.tools.{server}.{key}");
            ServerTools {
                block: self.patterns(&name("block"), lists.block),
                require_approval: self.patterns(&name("require_approval"), lists.require_approval),
                allow: self.patterns(&name("allow"), lists.allow),
                server,
            }
        });
        Mcp {
            tools: tools.collect(),
            allowed_servers: self.names("mcp.allowed_servers", part.allowed_servers),
            blocked_servers: self.names("mcp.blocked_servers", part.blocked_servers),
            block_unknown_servers: self.placed("mcp.block_unknown_servers", part.block_unknown_servers),
            pin_tools: self.placed("mcp.pin_tools", part.pin_tools),
            block_secrets: self.placed("mcp.block_secrets", part.block_secrets),
            approve_out_of_band: self.placed("mcp.approve_out_of_band", part.approve_out_of_band),
        }
    }

    fn approvals(&mut self) -> Approvals {
        let part = std::mem::take(&mut self.file.approvals);
        let mut places = self.origins("approvals.groups", part.groups.0.len()).into_iter();
        let groups = part.groups.0.into_iter().map(|(name, group)| ApprovalGroup {
            name,
            signers: group.signers,
            minimum: group.minimum,
            location: places.next().flatten(),
        });
        Approvals {
            groups: groups.collect(),
            ttl: self.placed("approvals.ttl", part.ttl),
            revoked: part.revoked,
            notify: self.placed("approvals.notify", part.notify),
        }
    }

    fn evidence(&mut self) -> EvidenceRules {
        let part = std::mem::take(&mut self.file.evidence);
        EvidenceRules {
            required: self.placed("evidence.required", part.required),
            redact: self.patterns("evidence.redact", part.redact),
            sign: self.placed("evidence.sign", part.sign),
            retention_days: self.placed("evidence.retention_days", part.retention_days),
            max_megabytes: self.placed("evidence.max_megabytes", part.max_megabytes),
        }
    }
}

/// The word of a layer; a layer that this build does not know is a file that somebody named.
fn layer(word: &str) -> &'static str {
    [Layer::Managed, Layer::User, Layer::Pack, Layer::Project]
        .into_iter()
        .map(Layer::as_str)
        .find(|known| *known == word)
        .unwrap_or(Layer::Named.as_str())
}
