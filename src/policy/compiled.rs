//! A policy that is ready to be evaluated.
//!
//! Loading one compiles nothing: patterns are matched as they stand ([`Pattern`]), lists are sorted and
//! deduplicated, inheritance and layers are resolved. `None` means that the policy says nothing; what that
//! comes to is said once, by the accessors here, and only for a base (a delta's silence is no opinion).

use crate::contract::{Effect, Location};
use crate::grammar::effects::CommandEffect;
use crate::sys::digest::sha256;

use super::mode::Mode;
use super::pattern::PatternSet;
use super::words;

/// A value, and where its author wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands, if the policy came with positions.
    pub location: Option<Location>,
}

/// A compiled policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompiledPolicy {
    /// Who it is.
    pub metadata: Metadata,
    /// Rules on files.
    pub filesystem: Filesystem,
    /// Rules on commands.
    pub commands: Commands,
    /// Rules on hosts.
    pub network: Network,
    /// Rules on git.
    pub git: Git,
    /// Rules on MCP servers and tools.
    pub mcp: Mcp,
    /// Who approves, and for how long.
    pub approvals: Approvals,
    /// Who must have signed policies.
    pub signing: Signing,
    /// How decisions are recorded.
    pub evidence: EvidenceRules,
    /// What it was made from, base first.
    pub sources: Vec<Source>,
    /// Sections and keys (`section.key`) that Cavra does not know, of a file that was compiled elsewhere: kept,
    /// and never evaluated.
    pub other: Vec<(String, serde_json::Value)>,
}

/// One text that a policy was made from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Source {
    /// Its layer.
    pub layer: &'static str,
    /// The file, a blob such as `HEAD:.cavra/policy.yaml`, or the name of a built-in pack.
    pub path: String,
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    pub sha256: String,
}

/// `metadata`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    /// `id`; empty if it has none.
    pub id: String,
    /// `title`
    pub title: String,
    /// `description`
    pub description: String,
    /// `version`
    pub version: String,
    /// `mode`; enforce if missing.
    pub mode: Option<Placed<Mode>>,
    /// `delegate`: to whom the managed policy hands granting; nobody if missing.
    pub delegate: Option<Placed<Delegate>>,
}

/// A layer that a managed policy lets grant.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Delegate {
    /// The user's.
    User,
}

/// `filesystem`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filesystem {
    /// `block_read`
    pub block_read: PatternSet,
    /// `require_approval_read`
    pub require_approval_read: PatternSet,
    /// `block_write`
    pub block_write: PatternSet,
    /// `require_approval_write`
    pub require_approval_write: PatternSet,
    /// `recursive_read`: how reading a whole tree counts that holds a file which a rule on reading names; as a
    /// direct read if missing.
    pub recursive_read: Option<Placed<Answer>>,
    /// `unresolved_read`: how reading a file counts whose name is known in part, where a rule on reading may name
    /// it; it is asked about if missing.
    pub unresolved_read: Option<Placed<Answer>>,
    /// `recursive_write`: how writing a whole tree counts that holds a file which a rule on writing asks about; as a
    /// direct write if missing. One that is blocked stays so.
    pub recursive_write: Option<Placed<Answer>>,
    /// `unresolved_write`: as `unresolved_read`, for writing a file.
    pub unresolved_write: Option<Placed<Answer>>,
    /// `block_content`: the names of the shapes that no text which a write adds may have.
    pub block_content: PatternSet,
}

/// How something counts that a policy answers for as a whole.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Answer {
    /// It is allowed.
    Allow,
    /// It is allowed with a warning.
    Warn,
    /// It is asked about.
    Ask,
    /// It is blocked.
    Block,
}

impl Answer {
    /// Its word in policies.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        words::answer(self)
    }

    /// What it makes of a command or a file.
    pub fn effect(self) -> Effect {
        match self {
            Self::Allow => Effect::Allow,
            Self::Warn => Effect::Warn,
            Self::Ask => Effect::RequireApproval,
            Self::Block => Effect::Block,
        }
    }
}

/// `commands`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Commands {
    /// `block`
    pub block: PatternSet,
    /// `require_approval`
    pub require_approval: PatternSet,
    /// `allow`
    pub allow: PatternSet,
    /// `effects`: how what commands do counts, in the order of the effects; an effect that is missing is not looked for.
    pub effects: Vec<EffectAnswer>,
    /// `default`; `require_approval` if missing.
    pub default: Option<Placed<CommandDefault>>,
}

/// How one effect of commands counts.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectAnswer {
    /// The effect.
    pub effect: CommandEffect,
    /// How it counts.
    pub answer: Placed<Answer>,
}

/// What a command that no rule names gets.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum CommandDefault {
    /// It is allowed.
    Allow,
    /// It is asked about.
    RequireApproval,
    /// It is blocked.
    Block,
}

impl Commands {
    /// How an effect counts, if the policy says so.
    #[must_use]
    pub fn answer_to(&self, effect: CommandEffect) -> Option<&Placed<Answer>> {
        self.effects.iter().find(|one| one.effect == effect).map(|one| &one.answer)
    }

    /// What a command that no rule names gets.
    #[must_use]
    pub fn default_effect(&self) -> CommandDefault {
        self.default.as_ref().map_or(CommandDefault::RequireApproval, |placed| placed.value)
    }
}

/// `network`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    /// `block_hosts`
    pub block_hosts: PatternSet,
    /// `require_approval_hosts`
    pub require_approval_hosts: PatternSet,
    /// `allow_hosts`
    pub allow_hosts: PatternSet,
    /// `default`: how contacting a host counts that no list names; where it is missing, it is asked about if there is
    /// a list of those that are allowed, and allowed if there is none.
    pub default: Option<Placed<Answer>>,
}

impl Network {
    /// How contacting a host counts that no list names.
    #[must_use]
    pub fn default_answer(&self) -> Answer {
        let missing = if self.allow_hosts.is_empty() { Answer::Allow } else { Answer::Ask };
        self.default.as_ref().map_or(missing, |placed| placed.value)
    }
}

/// `git`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Git {
    /// `protected_branches`
    pub protected_branches: PatternSet,
    /// Whether the base set `protected_branches`, so that the list stands in for the suffix rule (E3).
    pub replaces_suffix_rule: bool,
    /// `block_direct_push_to_protected_branch`; true if missing, and false loosens nothing.
    pub block_direct_push: Option<Placed<bool>>,
    /// `block_commit_to_protected_branch`; false if missing.
    pub block_commit: Option<Placed<bool>>,
    /// `block_force_push`; none if missing.
    pub block_force_push: Option<Placed<ForcePush>>,
    /// `block_branch_deletion`; false if missing.
    pub block_branch_deletion: Option<Placed<bool>>,
    /// `block_push_branches`
    pub block_push_branches: PatternSet,
    /// `require_approval_push`
    pub require_approval_push: PatternSet,
    /// `block_hook_bypass`; false if missing.
    pub block_hook_bypass: Option<Placed<bool>>,
}

/// Which pushes that lose commits are blocked.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum ForcePush {
    /// None.
    None,
    /// Those to protected branches.
    Protected,
    /// All.
    All,
}

/// `mcp`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mcp {
    /// `allowed_servers`: names, not patterns.
    pub allowed_servers: Vec<Placed<String>>,
    /// `blocked_servers`: names, not patterns.
    pub blocked_servers: Vec<Placed<String>>,
    /// `block_unknown_servers`; true if missing.
    pub block_unknown_servers: Option<Placed<bool>>,
    /// `tools`, by server.
    pub tools: Vec<ServerTools>,
    /// `pin_tools`: true: no tool is used that nobody accepted; missing: what a server first shows is accepted; false:
    /// no definition is looked at but for what is suspicious in it.
    pub pin_tools: Option<Placed<bool>>,
    /// `block_secrets`: whether a result that holds secrets is kept back whole; they are taken out of it if missing.
    pub block_secrets: Option<Placed<bool>>,
    /// `approve_out_of_band`: whether the client's own dialogue is no place to approve in; it is one if missing.
    pub approve_out_of_band: Option<Placed<bool>>,
}

/// The tool lists of one server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServerTools {
    /// The server's name.
    pub server: String,
    /// `block`
    pub block: PatternSet,
    /// `require_approval`
    pub require_approval: PatternSet,
    /// `allow`; a tool that a non-empty list does not name is asked about.
    pub allow: PatternSet,
}

/// `approvals`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Approvals {
    /// `groups`, in their order.
    pub groups: Vec<ApprovalGroup>,
    /// `ttl` in seconds.
    pub ttl: Option<Placed<u64>>,
    /// `revoked`: keys and fingerprints that count for no group any more.
    pub revoked: Vec<String>,
    /// `notify`: whether the person's desktop is told of what waits.
    pub notify: Option<Placed<bool>>,
}

impl Approvals {
    /// How long an approval lasts where no policy says, and at the longest, in seconds.
    pub const DEFAULT_TTL: u64 = 24 * 3_600;
}

/// One group of approvers.
#[derive(Clone, Debug, PartialEq)]
pub struct ApprovalGroup {
    /// Its name.
    pub name: String,
    /// `signers`, as `allowed_signers` lines.
    pub signers: Vec<String>,
    /// `minimum`; 1 if missing.
    pub minimum: Option<u64>,
    /// Where it stands.
    pub location: Option<Location>,
}

/// `policy`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signing {
    /// `require_signature`: whose signatures policies must have, as `allowed_signers` lines; none: they need none.
    pub require_signature: Vec<String>,
}

/// `evidence`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EvidenceRules {
    /// `required`; true if missing.
    pub required: Option<Placed<bool>>,
    /// `redact`: patterns for words that never reach the log.
    pub redact: PatternSet,
    /// `sign`, carried for the signatures of the evidence.
    pub sign: Option<Placed<bool>>,
    /// `retention_days`; kept for ever if missing.
    pub retention_days: Option<Placed<u64>>,
    /// `max_megabytes` of all the log files together; no cap if missing.
    pub max_megabytes: Option<Placed<u64>>,
}

impl EvidenceRules {
    /// Whether an action is blocked when its evidence cannot be written.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.required.as_ref().is_none_or(|placed| placed.value)
    }
}

impl CompiledPolicy {
    /// What answers under this policy are labelled with: its id, or the contract's default.
    #[must_use]
    pub fn label(&self) -> &str {
        if self.metadata.id.is_empty() { DEFAULT_LABEL } else { &self.metadata.id }
    }

    /// Every list of patterns with its name, in the order of the policy language.
    #[must_use]
    pub fn lists(&self) -> Vec<(String, &PatternSet)> {
        let (files, commands, network, git) = (&self.filesystem, &self.commands, &self.network, &self.git);
        let mut lists: Vec<(String, &PatternSet)> = [
            ("filesystem.block_read", &files.block_read),
            ("filesystem.require_approval_read", &files.require_approval_read),
            ("filesystem.block_write", &files.block_write),
            ("filesystem.require_approval_write", &files.require_approval_write),
            ("filesystem.block_content", &files.block_content),
            ("commands.block", &commands.block),
            ("commands.require_approval", &commands.require_approval),
            ("commands.allow", &commands.allow),
            ("network.block_hosts", &network.block_hosts),
            ("network.require_approval_hosts", &network.require_approval_hosts),
            ("network.allow_hosts", &network.allow_hosts),
            ("git.protected_branches", &git.protected_branches),
            ("git.block_push_branches", &git.block_push_branches),
            ("git.require_approval_push", &git.require_approval_push),
        ]
        .into_iter()
        .map(|(name, list)| (name.to_owned(), list))
        .collect();
        for tools in &self.mcp.tools {
            lists.push((format!("mcp.tools.{}.block", tools.server), &tools.block));
            lists.push((format!("mcp.tools.{}.require_approval", tools.server), &tools.require_approval));
            lists.push((format!("mcp.tools.{}.allow", tools.server), &tools.allow));
        }
        lists.push(("evidence.redact".to_owned(), &self.evidence.redact));
        lists
    }

    /// Every single value that the policy sets, as `section.key`, its word, and where it stands.
    #[must_use]
    pub fn settings(&self) -> Vec<(&'static str, String, Option<&Location>)> {
        fn set<'p, T: Copy>(
            name: &'static str,
            value: Option<&'p Placed<T>>,
            word: impl Fn(T) -> String,
        ) -> Option<(&'static str, String, Option<&'p Location>)> {
            value.map(|placed| (name, word(placed.value), placed.location.as_ref()))
        }
        let (files, commands, git, mcp) = (&self.filesystem, &self.commands, &self.git, &self.mcp);
        let (evidence, truth) = (&self.evidence, |value: bool| value.to_string());
        let number = |value: u64| value.to_string();
        let answer = |value: Answer| value.as_str().to_owned();
        [
            set("metadata.mode", self.metadata.mode.as_ref(), |mode| mode.as_str().to_owned()),
            set("metadata.delegate", self.metadata.delegate.as_ref(), |to| words::delegate(to).to_owned()),
            set("filesystem.recursive_read", files.recursive_read.as_ref(), answer),
            set("filesystem.unresolved_read", files.unresolved_read.as_ref(), answer),
            set("filesystem.recursive_write", files.recursive_write.as_ref(), answer),
            set("filesystem.unresolved_write", files.unresolved_write.as_ref(), answer),
            set("commands.default", commands.default.as_ref(), |value| {
                words::command_default(value).to_owned()
            }),
            set("network.default", self.network.default.as_ref(), answer),
            set("git.block_direct_push_to_protected_branch", git.block_direct_push.as_ref(), truth),
            set("git.block_commit_to_protected_branch", git.block_commit.as_ref(), truth),
            set("git.block_force_push", git.block_force_push.as_ref(), |value| {
                words::force_push(value).to_owned()
            }),
            set("git.block_branch_deletion", git.block_branch_deletion.as_ref(), truth),
            set("git.block_hook_bypass", git.block_hook_bypass.as_ref(), truth),
            set("mcp.block_unknown_servers", mcp.block_unknown_servers.as_ref(), truth),
            set("mcp.pin_tools", mcp.pin_tools.as_ref(), truth),
            set("mcp.block_secrets", mcp.block_secrets.as_ref(), truth),
            set("mcp.approve_out_of_band", mcp.approve_out_of_band.as_ref(), truth),
            set("approvals.ttl", self.approvals.ttl.as_ref(), number),
            set("approvals.notify", self.approvals.notify.as_ref(), truth),
            set("evidence.required", evidence.required.as_ref(), truth),
            set("evidence.sign", evidence.sign.as_ref(), truth),
            set("evidence.retention_days", evidence.retention_days.as_ref(), number),
            set("evidence.max_megabytes", evidence.max_megabytes.as_ref(), number),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// What the policy's mode is.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.metadata.mode.as_ref().map_or(Mode::Enforce, |placed| placed.value)
    }

    /// The SHA-256 digest of the sources' digests, 64 hexadecimal digits: which policy decided.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut text = String::new();
        for source in &self.sources {
            text.push_str(source.layer);
            text.push(' ');
            text.push_str(&source.sha256);
            text.push('\n');
        }
        sha256(text.as_bytes())
    }
}

/// What answers are labelled with where neither the request nor the policy has a name.
pub const DEFAULT_LABEL: &str = "cavra-ai-agent-baseline";
