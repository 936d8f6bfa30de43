//! The names of the rules: what a decision was made by.

use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! rules {
    ($( #[doc = $doc:literal] $name:ident = $text:literal ),+ $(,)?) => {
        /// The rule that made a decision. The texts are stable: evidence, tests and people refer to them.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum RuleId {
            $( #[doc = $doc] $name ),+
        }

        impl RuleId {
            /// Every rule, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable text of the rule.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text),+
                }
            }

            /// What it is about, in a sentence.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self {
                    $(Self::$name => $doc.trim_ascii()),+
                }
            }
        }
    };
}

rules! {
    /// A read of a path that the policy blocks.
    FilesystemReadBlock = "filesystem.read.block",
    /// A read of a path that the policy asks about.
    FilesystemReadRequireApproval = "filesystem.read.require_approval",
    /// A read of a whole folder in which there is a path that the policy names.
    FilesystemReadRecursive = "filesystem.read.recursive",
    /// A read that no rule names.
    FilesystemReadAllow = "filesystem.read.allow",
    /// A write of a path that the policy blocks.
    FilesystemWriteBlock = "filesystem.write.block",
    /// A write of a path that the policy asks about.
    FilesystemWriteRequireApproval = "filesystem.write.require_approval",
    /// A write that adds what a content rule names.
    FilesystemContentBlock = "filesystem.content.block",
    /// A write of a whole folder in which there is a path that the policy asks about.
    FilesystemWriteRecursive = "filesystem.write.recursive",
    /// A write that no rule names.
    FilesystemWriteAllow = "filesystem.write.allow",
    /// A path of which something could not be found out.
    FilesystemUnresolved = "filesystem.unresolved",
    /// A command that the policy blocks.
    CommandsBlock = "commands.block",
    /// A command that the policy asks about.
    CommandsRequireApproval = "commands.require_approval",
    /// A command that the policy allows.
    CommandsAllow = "commands.allow",
    /// A command that no rule names, under `default: block`.
    CommandsDefaultBlock = "commands.default.block",
    /// A command that no rule names, under `default: require_approval`.
    CommandsDefaultRequireApproval = "commands.default.require_approval",
    /// A command that no rule names, under `default: allow`.
    CommandsDefaultAllow = "commands.default.allow",
    /// A command of which a part could not be understood.
    CommandsUnresolved = "commands.unresolved",
    /// A command that acts with the rights of another user, mostly root.
    CommandsEffectActsAsRoot = "commands.effects.acts-as-root",
    /// A command that changes or removes what runs in a cloud or a cluster.
    CommandsEffectChangesCloud = "commands.effects.changes-cloud",
    /// A command that opens many files to everybody, or gives a program rights that its caller has not.
    CommandsEffectChangesPermissions = "commands.effects.changes-permissions",
    /// A command that removes the system, a home, or the whole project.
    CommandsEffectDeletesEverything = "commands.effects.deletes-everything",
    /// A command that removes a folder outside the project.
    CommandsEffectDeletesOutsideTree = "commands.effects.deletes-outside-tree",
    /// A command that removes a branch, a tag or a worktree with what only it holds.
    CommandsEffectDeletesRefs = "commands.effects.deletes-refs",
    /// A command that switches off what protects this machine or this repository.
    CommandsEffectDisablesGuard = "commands.effects.disables-guard",
    /// A command that discards changes that are not committed.
    CommandsEffectDiscardsWork = "commands.effects.discards-work",
    /// A command that fetches code from a place of no registry, and runs or installs it.
    CommandsEffectDownloadsCode = "commands.effects.downloads-code",
    /// A command that makes something start by itself, at a time, at log-in or with the machine.
    CommandsEffectEditsStartup = "commands.effects.edits-startup",
    /// A command that reaches out of a container into the machine.
    CommandsEffectEscapesContainer = "commands.effects.escapes-container",
    /// A command that starts processes without end.
    CommandsEffectExhaustsMachine = "commands.effects.exhausts-machine",
    /// A command that gives a shell on this machine to the network.
    CommandsEffectOpensShell = "commands.effects.opens-shell",
    /// A command that publishes something that stays published.
    CommandsEffectPublishes = "commands.effects.publishes",
    /// A command that shows or copies credentials.
    CommandsEffectReadsCredentials = "commands.effects.reads-credentials",
    /// A command that rewrites history, or removes what git keeps to go back to.
    CommandsEffectRewritesHistory = "commands.effects.rewrites-history",
    /// A command that sends files or the output of commands to another machine.
    CommandsEffectSendsFiles = "commands.effects.sends-files",
    /// A command that stops services, other people's processes, or the machine.
    CommandsEffectStopsServices = "commands.effects.stops-services",
    /// A command that writes to a disk past its files, or makes its contents unreadable.
    CommandsEffectWritesDevice = "commands.effects.writes-device",
    /// A push to a protected branch.
    GitProtectedBranchBlockDirectPush = "git.protected_branch.block_direct_push",
    /// A commit to a protected branch, or a change of what it points to.
    GitProtectedBranchBlockCommit = "git.protected_branch.block_commit",
    /// A push that would lose commits.
    GitForcePushBlock = "git.force_push.block",
    /// A push that would delete a branch.
    GitBranchDeletionBlock = "git.branch_deletion.block",
    /// A push to a branch that takes no pushes.
    GitPushBlock = "git.push.block",
    /// A push that the policy asks about.
    GitPushRequireApproval = "git.push.require_approval",
    /// A push of which it is not known what it would update.
    GitPushUnresolved = "git.push.unresolved",
    /// A submodule whose URL runs a program.
    GitSubmoduleUrl = "git.submodule_url.block",
    /// A git operation that switches hooks off.
    GitHookBypass = "git.hook_bypass",
    /// A git operation that no rule names.
    GitAllow = "git.allow",
    /// A host that the policy blocks is contacted.
    NetworkBlockHosts = "network.block_hosts",
    /// A host that the policy asks about is contacted.
    NetworkRequireApprovalHosts = "network.require_approval_hosts",
    /// A host that no rule names is contacted.
    NetworkDefault = "network.default",
    /// A host is contacted of which it is not known which one it is.
    NetworkUnresolved = "network.unresolved",
    /// An MCP server that the policy does not trust.
    McpServerTrustBlockUnknown = "mcp.server.trust.block_unknown",
    /// An MCP server that the policy trusts.
    McpServerTrustAllow = "mcp.server.trust.allow",
    /// A tool that the policy blocks for its server.
    McpToolBlock = "mcp.tool.block",
    /// A tool that the policy asks about.
    McpToolRequireApproval = "mcp.tool.require_approval",
    /// An MCP tool whose definition nobody accepted, or that changed since.
    McpToolPin = "mcp.tool.pin",
    /// A result of an MCP server that holds secrets.
    McpResultSecrets = "mcp.result.secrets",
    /// An MCP server that is started by another command than the registry has for it.
    McpRegistryCommand = "mcp.registry.command",
    /// An MCP server that the registry does not have.
    McpRegistryUnknown = "mcp.registry.unknown",
    /// An MCP server that the registry blocks.
    McpRegistryBlocked = "mcp.registry.blocked",
    /// An MCP server that waits for its approval.
    McpRegistryRequiresApproval = "mcp.registry.requires_approval",
    /// An MCP server with a tier or a state that Cavra does not know.
    McpRegistryUnrecognised = "mcp.registry.unrecognised",
    /// A tool beyond the server's scope.
    McpRegistryToolScope = "mcp.registry.tool_scope",
    /// A capability beyond the server's scope.
    McpRegistryCapabilityScope = "mcp.registry.capability_scope",
    /// An MCP server that the registry approves.
    McpRegistryAllow = "mcp.registry.allow",
    /// No record to verify.
    ReleaseGovernanceRecordMissing = "release_governance.record.missing",
    /// An approval is claimed or needed, and not named.
    ReleaseGovernanceApprovalMissing = "release_governance.approval.missing",
    /// Approved, against a critical signal.
    ReleaseGovernanceApprovalContradicted = "release_governance.approval.contradicted",
    /// Approved.
    ReleaseGovernanceApprovalApproved = "release_governance.approval.approved",
    /// The approval is pending.
    ReleaseGovernanceApprovalPending = "release_governance.approval.pending",
    /// The approval was denied or has ended.
    ReleaseGovernanceApprovalDenied = "release_governance.approval.denied",
    /// The approval is in a state that Cavra does not know.
    ReleaseGovernanceApprovalUnknown = "release_governance.approval.unknown",
    /// The delivery failed.
    ReleaseGovernanceDeliveryFailed = "release_governance.delivery.failed",
    /// A critical signal.
    ReleaseGovernanceSignalCritical = "release_governance.signal.critical",
    /// An approval is needed.
    ReleaseGovernanceApprovalRequired = "release_governance.approval.required",
    /// A record of a known kind.
    ReleaseGovernanceRecordVerified = "release_governance.record.verified",
    /// A record that needs no approval.
    ReleaseGovernanceApprovalNotRequired = "release_governance.approval.not_required",
    /// An action that Cavra has no rules for.
    RuntimeDefaultRequireApproval = "runtime.default.require_approval",
    /// What would take Cavra itself out of the way.
    CavraSelfProtection = "cavra.self_protection",
    /// An event that comes to no request at all.
    RuntimeNothing = "runtime.nothing",
    /// Cavra itself failed.
    RuntimeCrashed = "runtime.crashed",
    /// A request that could not be read, or that contradicts itself.
    RequestMalformed = "request.malformed",
    /// What was about to happen could not be read.
    InputUnreadable = "input.unreadable",
    /// The policy could not be read, or is not to be trusted.
    PolicyUnusable = "policy.unusable",
    /// The evidence could not be written.
    EvidenceUnavailable = "evidence.unavailable",
    /// What was asked about, and approved through the client's own dialogue.
    ApprovalClient = "approval.client",
    /// Mode `strict`: what would have been allowed is asked about.
    ModeStrict = "mode.strict",
    /// Mode `break_glass` without an actor and a reason that count here.
    ModeBreakGlassMissing = "mode.break_glass.missing",
    /// A person approved it.
    ApprovalGranted = "approval.granted",
    /// Mode `break_glass`, attested.
    ModeBreakGlass = "mode.break_glass",
}

impl fmt::Display for RuleId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Serialize for RuleId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_rule_has_a_text_of_its_own() {
        let texts: BTreeSet<_> = RuleId::ALL.iter().map(|rule| rule.as_str()).collect();
        assert_eq!(texts.len(), RuleId::ALL.len());
    }
}
