//! The sections of a policy, each with its keys. The tables here are the policy language.

use crate::grammar::effects::CommandEffect;

use super::super::codes;
use super::super::compiled::{
    ApprovalGroup, Approvals, Commands, CompiledPolicy, EffectAnswer, EvidenceRules, Filesystem, Git, Mcp,
    Metadata, Network, ServerTools, Signing,
};
use super::super::tree::{Node, Spot, Value};
use super::super::words::{ANSWERS, DEFAULTS, DELEGATES, FORCE_PUSHES, MODES};
use super::Reader;
use super::patterns::Of;

pub(super) const SECTIONS: [&str; 9] =
    ["metadata", "filesystem", "commands", "network", "git", "mcp", "approvals", "policy", "evidence"];
pub(super) const METADATA: [&str; 7] =
    ["id", "title", "description", "version", "inherits", "mode", "delegate"];
pub(super) const FILESYSTEM: [&str; 9] = [
    "block_read",
    "require_approval_read",
    "block_write",
    "require_approval_write",
    "recursive_read",
    "unresolved_read",
    "recursive_write",
    "unresolved_write",
    "block_content",
];
pub(super) const COMMANDS: [&str; 5] = ["block", "require_approval", "allow", "effects", "default"];
pub(super) const NETWORK: [&str; 4] = ["block_hosts", "require_approval_hosts", "allow_hosts", "default"];
pub(super) const GIT: [&str; 8] = [
    "protected_branches",
    "block_direct_push_to_protected_branch",
    "block_commit_to_protected_branch",
    "block_force_push",
    "block_branch_deletion",
    "block_push_branches",
    "require_approval_push",
    "block_hook_bypass",
];
pub(super) const MCP: [&str; 7] = [
    "allowed_servers",
    "blocked_servers",
    "block_unknown_servers",
    "tools",
    "pin_tools",
    "block_secrets",
    "approve_out_of_band",
];
pub(super) const TOOLS: [&str; 3] = ["block", "require_approval", "allow"];
pub(super) const APPROVALS: [&str; 4] = ["groups", "ttl", "revoked", "notify"];
pub(super) const POLICY: [&str; 1] = ["require_signature"];
const GROUP: [&str; 2] = ["signers", "minimum"];
pub(super) const EVIDENCE: [&str; 5] = ["required", "redact", "sign", "retention_days", "max_megabytes"];

impl Reader<'_, '_> {
    pub(super) fn policy(&mut self, tree: &Node) -> CompiledPolicy {
        let mut policy = CompiledPolicy::default();
        for (section, node) in self.members(tree, "", &SECTIONS) {
            match section {
                "metadata" => policy.metadata = self.metadata(node),
                "filesystem" => policy.filesystem = self.filesystem(node),
                "commands" => policy.commands = self.commands(node),
                "network" => policy.network = self.network(node),
                "git" => policy.git = self.git(node),
                "mcp" => policy.mcp = self.mcp(node),
                "approvals" => policy.approvals = self.approvals(node),
                "policy" => policy.signing = self.signing(node),
                "evidence" => policy.evidence = self.evidence(node),
                _ => {}
            }
        }
        if self.rigour.is_authored && !self.rigour.is_overlay {
            self.identified(tree, &policy.metadata);
        }
        policy
    }

    /// An authored policy says who it is, so that evidence can name it.
    fn identified(&mut self, tree: &Node, metadata: &Metadata) {
        let at = tree.get("metadata").map_or(Spot { line: 1, column: 1, width: 1 }, |node| node.at);
        if metadata.id.trim().is_empty() {
            let hint = Some("add `id: my-team` under `metadata:`".to_owned());
            self.error(codes::MISSING_ID, at, "the policy has no `metadata.id`", hint);
        }
        if metadata.version.trim().is_empty() {
            let hint = Some("add `version: \"1\"` under `metadata:`".to_owned());
            self.error(codes::MISSING_VERSION, at, "the policy has no `metadata.version`", hint);
        }
    }

    fn metadata(&mut self, node: &Node) -> Metadata {
        let mut metadata = Metadata::default();
        for (key, value) in self.members(node, "metadata", &METADATA) {
            match key {
                "id" => metadata.id = self.text(value, "metadata.id").unwrap_or_default(),
                "title" => metadata.title = self.text(value, "metadata.title").unwrap_or_default(),
                "description" => {
                    metadata.description = self.text(value, "metadata.description").unwrap_or_default();
                }
                "version" => metadata.version = self.text(value, "metadata.version").unwrap_or_default(),
                "inherits" => self.inherits = self.parents(value),
                "mode" => metadata.mode = self.word(value, "metadata.mode", &MODES),
                "delegate" => metadata.delegate = self.word(value, "metadata.delegate", &DELEGATES),
                _ => {}
            }
        }
        metadata
    }

    /// One name, or several in the order in which they are laid over each other.
    fn parents(&mut self, node: &Node) -> Vec<(String, Spot)> {
        let items = match &node.value {
            Value::Text(_) => std::slice::from_ref(node),
            _ => self.list(node, "metadata.inherits").unwrap_or_default(),
        };
        let mut parents = Vec::new();
        for item in items {
            match &item.value {
                Value::Text(name) => parents.push((name.clone(), item.at)),
                _ => self.wrong_type(item, "metadata.inherits", "a text"),
            }
        }
        parents
    }

    fn filesystem(&mut self, node: &Node) -> Filesystem {
        let mut files = Filesystem::default();
        for (key, value) in self.members(node, "filesystem", &FILESYSTEM) {
            let name = format!("filesystem.{key}");
            match key {
                "block_read" => files.block_read = self.patterns(value, &name, Of::Paths),
                "require_approval_read" => {
                    files.require_approval_read = self.patterns(value, &name, Of::Paths);
                }
                "block_write" => files.block_write = self.patterns(value, &name, Of::Paths),
                "require_approval_write" => {
                    files.require_approval_write = self.patterns(value, &name, Of::Paths);
                }
                "recursive_read" => files.recursive_read = self.word(value, &name, &ANSWERS),
                "unresolved_read" => files.unresolved_read = self.word(value, &name, &ANSWERS),
                "recursive_write" => files.recursive_write = self.word(value, &name, &ANSWERS),
                "unresolved_write" => files.unresolved_write = self.word(value, &name, &ANSWERS),
                "block_content" => files.block_content = self.patterns(value, &name, Of::Shapes),
                _ => {}
            }
        }
        let (asked, blocked) = (&files.require_approval_read, &files.block_read);
        self.covered(asked, "filesystem.require_approval_read", blocked, "filesystem.block_read");
        let (asked, blocked) = (&files.require_approval_write, &files.block_write);
        self.covered(asked, "filesystem.require_approval_write", blocked, "filesystem.block_write");
        files
    }

    fn commands(&mut self, node: &Node) -> Commands {
        let mut commands = Commands::default();
        for (key, value) in self.members(node, "commands", &COMMANDS) {
            let name = format!("commands.{key}");
            match key {
                "block" => commands.block = self.patterns(value, &name, Of::Commands),
                "require_approval" => commands.require_approval = self.patterns(value, &name, Of::Commands),
                "allow" => commands.allow = self.patterns(value, &name, Of::Commands),
                "effects" => commands.effects = self.effects(value, &name),
                "default" => commands.default = self.word(value, &name, &DEFAULTS),
                _ => {}
            }
        }
        self.covered(
            &commands.require_approval,
            "commands.require_approval",
            &commands.block,
            "commands.block",
        );
        self.covered(&commands.allow, "commands.allow", &commands.block, "commands.block");
        self.covered(
            &commands.allow,
            "commands.allow",
            &commands.require_approval,
            "commands.require_approval",
        );
        commands
    }

    /// `commands.effects`: how each effect counts.
    fn effects(&mut self, node: &Node, name: &str) -> Vec<EffectAnswer> {
        let ids: Vec<&str> = CommandEffect::ALL.iter().map(|effect| effect.id()).collect();
        let mut answers = Vec::new();
        for (key, value) in self.members(node, name, &ids) {
            let Some(effect) = CommandEffect::ALL.iter().find(|effect| effect.id() == key) else { continue };
            if let Some(answer) = self.word(value, &format!("{name}.{key}"), &ANSWERS) {
                answers.push(EffectAnswer { effect: *effect, answer });
            }
        }
        answers.sort_by_key(|one| one.effect);
        answers
    }

    fn network(&mut self, node: &Node) -> Network {
        let mut network = Network::default();
        for (key, value) in self.members(node, "network", &NETWORK) {
            let name = format!("network.{key}");
            match key {
                "block_hosts" => network.block_hosts = self.patterns(value, &name, Of::Hosts),
                "require_approval_hosts" => {
                    network.require_approval_hosts = self.patterns(value, &name, Of::Hosts);
                }
                "allow_hosts" => network.allow_hosts = self.patterns(value, &name, Of::Hosts),
                "default" => network.default = self.word(value, &name, &ANSWERS),
                _ => {}
            }
        }
        let (asked, blocked) = (&network.require_approval_hosts, &network.block_hosts);
        self.covered(asked, "network.require_approval_hosts", blocked, "network.block_hosts");
        let allowed = &network.allow_hosts;
        self.covered(allowed, "network.allow_hosts", blocked, "network.block_hosts");
        self.covered(allowed, "network.allow_hosts", asked, "network.require_approval_hosts");
        network
    }

    fn git(&mut self, node: &Node) -> Git {
        let mut git = Git::default();
        for (key, value) in self.members(node, "git", &GIT) {
            let name = format!("git.{key}");
            match key {
                "protected_branches" => {
                    git.replaces_suffix_rule = matches!(value.value, Value::List(_));
                    git.protected_branches = self.patterns(value, &name, Of::Branches);
                }
                "block_direct_push_to_protected_branch" => git.block_direct_push = self.truth(value, &name),
                "block_commit_to_protected_branch" => git.block_commit = self.truth(value, &name),
                "block_force_push" => git.block_force_push = self.word(value, &name, &FORCE_PUSHES),
                "block_branch_deletion" => git.block_branch_deletion = self.truth(value, &name),
                "block_push_branches" => git.block_push_branches = self.patterns(value, &name, Of::Branches),
                "require_approval_push" => {
                    git.require_approval_push = self.patterns(value, &name, Of::Branches);
                }
                "block_hook_bypass" => git.block_hook_bypass = self.truth(value, &name),
                _ => {}
            }
        }
        let (asked, blocked) = (&git.require_approval_push, &git.block_push_branches);
        self.covered(asked, "git.require_approval_push", blocked, "git.block_push_branches");
        git
    }

    fn mcp(&mut self, node: &Node) -> Mcp {
        let mut mcp = Mcp::default();
        for (key, value) in self.members(node, "mcp", &MCP) {
            let name = format!("mcp.{key}");
            match key {
                "allowed_servers" => mcp.allowed_servers = self.names(value, &name),
                "blocked_servers" => mcp.blocked_servers = self.names(value, &name),
                "block_unknown_servers" => mcp.block_unknown_servers = self.truth(value, &name),
                "tools" => mcp.tools = self.tools(value),
                "pin_tools" => mcp.pin_tools = self.truth(value, &name),
                "block_secrets" => mcp.block_secrets = self.truth(value, &name),
                "approve_out_of_band" => mcp.approve_out_of_band = self.truth(value, &name),
                _ => {}
            }
        }
        mcp
    }

    fn tools(&mut self, node: &Node) -> Vec<ServerTools> {
        let mut servers = Vec::new();
        for (server, node) in self.mapping(node, "mcp.tools").unwrap_or_default() {
            let name = format!("mcp.tools.{}", server.text);
            let mut tools = ServerTools { server: server.text.clone(), ..ServerTools::default() };
            for (key, value) in self.members(node, &name, &TOOLS) {
                let name = format!("{name}.{key}");
                match key {
                    "block" => tools.block = self.patterns(value, &name, Of::Tools),
                    "require_approval" => tools.require_approval = self.patterns(value, &name, Of::Tools),
                    "allow" => tools.allow = self.patterns(value, &name, Of::Tools),
                    _ => {}
                }
            }
            self.covered(&tools.allow, &format!("{name}.allow"), &tools.block, &format!("{name}.block"));
            servers.push(tools);
        }
        servers.sort_by(|a, b| a.server.cmp(&b.server));
        servers
    }

    fn approvals(&mut self, node: &Node) -> Approvals {
        let mut approvals = Approvals::default();
        for (key, value) in self.members(node, "approvals", &APPROVALS) {
            match key {
                "groups" => approvals.groups = self.groups(value),
                "ttl" => approvals.ttl = self.seconds(value, "approvals.ttl"),
                "revoked" => {
                    let revoked = self.names(value, "approvals.revoked");
                    approvals.revoked = revoked.into_iter().map(|key| key.value).collect();
                }
                "notify" => approvals.notify = self.truth(value, "approvals.notify"),
                _ => {}
            }
        }
        approvals
    }

    fn signing(&mut self, node: &Node) -> Signing {
        let mut signing = Signing::default();
        for (key, value) in self.members(node, "policy", &POLICY) {
            if key == "require_signature" {
                let signers = self.names(value, "policy.require_signature");
                if signers.is_empty() {
                    let message = "`policy.require_signature` names nobody";
                    let hint = Some(
                        "name a signer, as a line of OpenSSH's allowed_signers, or remove it".to_owned(),
                    );
                    self.error(codes::WRONG_TYPE, value.at, message, hint);
                }
                signing.require_signature = signers.into_iter().map(|signer| signer.value).collect();
            }
        }
        signing
    }

    /// Groups by name, or a list of names: groups without signers.
    fn groups(&mut self, node: &Node) -> Vec<ApprovalGroup> {
        let location = |reader: &Self, at| Some(reader.text.location(at));
        if let Value::Map(members) = &node.value {
            let mut groups = Vec::new();
            for (name, node) in members {
                let mut group = ApprovalGroup {
                    name: name.text.clone(),
                    signers: Vec::new(),
                    minimum: None,
                    location: location(self, name.at),
                };
                for (key, value) in self.members(node, &format!("approvals.groups.{}", name.text), &GROUP) {
                    match key {
                        "signers" => {
                            let signers = self.names(value, "signers");
                            group.signers = signers.into_iter().map(|signer| signer.value).collect();
                        }
                        "minimum" => {
                            group.minimum = self.number(value, "minimum", 1).map(|placed| placed.value);
                        }
                        _ => {}
                    }
                }
                groups.push(group);
            }
            return groups;
        }
        self.names(node, "approvals.groups")
            .into_iter()
            .map(|name| ApprovalGroup {
                name: name.value,
                signers: Vec::new(),
                minimum: None,
                location: name.location,
            })
            .collect()
    }

    fn evidence(&mut self, node: &Node) -> EvidenceRules {
        let mut rules = EvidenceRules::default();
        for (key, value) in self.members(node, "evidence", &EVIDENCE) {
            let name = format!("evidence.{key}");
            match key {
                "required" => rules.required = self.truth(value, &name),
                "redact" => rules.redact = self.patterns(value, &name, Of::Words),
                "sign" => rules.sign = self.truth(value, &name),
                "retention_days" => rules.retention_days = self.number(value, &name, 1),
                "max_megabytes" => rules.max_megabytes = self.number(value, &name, 1),
                _ => {}
            }
        }
        rules
    }
}
