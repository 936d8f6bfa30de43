//! A delta laid under a base: a layer of less authority, which may add and tighten, and never loosen.
//!
//! Absent means no opinion. Lists add, single values count where they are stricter, and a value that would loosen
//! is an error that names both lines: it is never dropped in silence, because its author believes in it. What a
//! delta opens is judged against the layers above it alone, so a delta cannot close a door to open it itself.
//!
//! A managed policy may hand granting to the user's layer. That covers what opens: the commands and servers and
//! tools that are allowed, and what happens to those that no rule names. Everything else only ever tightens.

use crate::contract::Location;
use crate::grammar::effects::CommandEffect;

use super::codes;
use super::compiled::{
    Answer, ApprovalGroup, Approvals, CommandDefault, Commands, CompiledPolicy, Delegate, EffectAnswer,
    EvidenceRules, Filesystem, ForcePush, Git, Mcp, Metadata, Network, Placed, ServerTools, Signing,
};
use super::diagnostic::{Diagnostic, Level};
use super::mode::Mode;
use super::overlay::{joined_names, joined_sources, joined_texts, joined_tools};
use super::pattern::{Pattern, PatternSet};
use super::words;

/// Whether a delta may open what is closed above it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Grants {
    /// It may not.
    Never,
    /// The managed policy lets this layer grant.
    Delegated,
}

/// The policy of `above` with `delta` under it.
///
/// # Errors
/// Everything in the delta that would loosen, with the code `layer-loosens`.
pub(super) fn tightened(
    above: &CompiledPolicy,
    delta: CompiledPolicy,
    grants: Grants,
) -> Result<CompiledPolicy, Vec<Diagnostic>> {
    let CompiledPolicy {
        metadata,
        filesystem,
        commands,
        network,
        git,
        mcp,
        approvals,
        signing,
        evidence,
        sources,
        other: _,
    } = delta;
    let mut judge = Judge { grants, loosening: Vec::new() };
    let merged = CompiledPolicy {
        metadata: judge.metadata(&above.metadata, metadata),
        filesystem: judge.filesystem(&above.filesystem, filesystem),
        commands: judge.commands(&above.commands, &commands),
        network: judge.network(&above.network, &network),
        git: judge.git(&above.git, git),
        mcp: judge.mcp(&above.mcp, mcp),
        approvals: judge.approvals(&above.approvals, approvals),
        signing: judge.signing(&above.signing, &signing),
        evidence: judge.evidence(&above.evidence, evidence),
        sources: joined_sources(above.sources.clone(), sources),
        other: above.other.clone(),
    };
    if judge.loosening.is_empty() { Ok(merged) } else { Err(judge.loosening) }
}

struct Judge {
    grants: Grants,
    loosening: Vec<Diagnostic>,
}

impl Judge {
    /// The stricter of two single values, where greater is stricter. `missing` is what the layers above come to
    /// where they say nothing.
    fn scalar<T: Copy + Ord>(
        &mut self,
        above: Option<&Placed<T>>,
        delta: Option<Placed<T>>,
        missing: T,
        name: &str,
        word: impl Fn(T) -> String,
    ) -> Option<Placed<T>> {
        let Some(delta) = delta else { return above.cloned() };
        let standing = above.map_or(missing, |placed| placed.value);
        if delta.value < standing {
            let against = format!("{name}: {}", word(standing));
            self.loosens(
                &format!("{name}: {}", word(delta.value)),
                delta.location.as_ref(),
                &against,
                above.and_then(|placed| placed.location.as_ref()),
            );
        }
        if above.is_some() && delta.value == standing { above.cloned() } else { Some(delta) }
    }

    fn answer(
        &mut self,
        above: Option<&Placed<Answer>>,
        delta: Option<Placed<Answer>>,
        missing: Answer,
        name: &str,
    ) -> Option<Placed<Answer>> {
        self.scalar(above, delta, missing, name, |value| words::answer(value).to_owned())
    }

    fn loosens(&mut self, what: &str, at: Option<&Location>, against: &str, against_at: Option<&Location>) {
        let above = match against_at {
            Some(place) => format!(
                "`{}` of the {} policy at {}:{}:{}",
                against.escape_debug(),
                place.layer,
                place.path,
                place.line,
                place.column
            ),
            None => format!("`{}`, which holds where the layers above say nothing", against.escape_debug()),
        };
        let place =
            at.cloned().unwrap_or_else(|| Location { layer: "", path: "".into(), line: 0, column: 0 });
        self.loosening.push(Diagnostic {
            level: Level::Error,
            code: codes::LAYER_LOOSENS,
            message: format!("`{}` would loosen {above}", what.escape_debug()),
            path: place.path.to_string(),
            line: place.line,
            column: place.column,
            width: 1,
            excerpt: String::new(),
            hint: Some(
                "remove the line, or have it changed in the layer above: a lower layer can only tighten"
                    .to_owned(),
            ),
        });
    }

    fn metadata(&mut self, above: &Metadata, delta: Metadata) -> Metadata {
        if let Some(delegate) = &delta.delegate {
            let standing = above.delegate.as_ref().and_then(|placed| placed.location.as_ref());
            match delegate.value {
                Delegate::User => self.loosens(
                    "metadata.delegate: user",
                    delegate.location.as_ref(),
                    "metadata.delegate",
                    standing,
                ),
            }
        }
        let mode = self.scalar(above.mode.as_ref(), delta.mode, Mode::Enforce, "metadata.mode", |mode| {
            mode.as_str().to_owned()
        });
        Metadata { mode, ..above.clone() }
    }

    fn filesystem(&mut self, above: &Filesystem, delta: Filesystem) -> Filesystem {
        Filesystem {
            block_read: above.block_read.joined(&delta.block_read),
            require_approval_read: above.require_approval_read.joined(&delta.require_approval_read),
            block_write: above.block_write.joined(&delta.block_write),
            require_approval_write: above.require_approval_write.joined(&delta.require_approval_write),
            // Missing, it counts as a direct read: nothing is stricter but to block.
            recursive_read: self.answer(
                above.recursive_read.as_ref(),
                delta.recursive_read,
                Answer::Block,
                "filesystem.recursive_read",
            ),
            unresolved_read: self.answer(
                above.unresolved_read.as_ref(),
                delta.unresolved_read,
                Answer::Ask,
                "filesystem.unresolved_read",
            ),
            recursive_write: self.answer(
                above.recursive_write.as_ref(),
                delta.recursive_write,
                Answer::Ask,
                "filesystem.recursive_write",
            ),
            unresolved_write: self.answer(
                above.unresolved_write.as_ref(),
                delta.unresolved_write,
                Answer::Ask,
                "filesystem.unresolved_write",
            ),
            block_content: above.block_content.joined(&delta.block_content),
        }
    }

    fn commands(&mut self, above: &Commands, delta: &Commands) -> Commands {
        let default = match self.grants {
            Grants::Delegated => delta.default.clone().or_else(|| above.default.clone()),
            Grants::Never => {
                let closes = above.default_effect() != CommandDefault::Allow;
                self.opens(&delta.allow, "commands.allow", &above.allow, closes, || {
                    let standing = words::command_default(above.default_effect());
                    (
                        format!("commands.default: {standing}"),
                        above.default.as_ref().and_then(|placed| placed.location.clone()),
                    )
                });
                self.scalar(
                    above.default.as_ref(),
                    delta.default.clone(),
                    CommandDefault::RequireApproval,
                    "commands.default",
                    |value| words::command_default(value).to_owned(),
                )
            }
        };
        Commands {
            block: above.block.joined(&delta.block),
            require_approval: above.require_approval.joined(&delta.require_approval),
            allow: above.allow.joined(&delta.allow),
            effects: self.effects(above, delta),
            default,
        }
    }

    /// A first list of hosts that are allowed only ever closes; one more opens what is closed above.
    fn network(&mut self, above: &Network, delta: &Network) -> Network {
        let standing = above.default_answer();
        let default = match self.grants {
            Grants::Delegated => delta.default.clone().or_else(|| above.default.clone()),
            Grants::Never => {
                let closes = standing != Answer::Allow;
                self.opens(&delta.allow_hosts, "network.allow_hosts", &above.allow_hosts, closes, || {
                    let at = above.default.as_ref().and_then(|placed| placed.location.clone());
                    (format!("network.default: {}", words::answer(standing)), at)
                });
                self.answer(above.default.as_ref(), delta.default.clone(), standing, "network.default")
            }
        };
        Network {
            block_hosts: above.block_hosts.joined(&delta.block_hosts),
            require_approval_hosts: above.require_approval_hosts.joined(&delta.require_approval_hosts),
            allow_hosts: above.allow_hosts.joined(&delta.allow_hosts),
            default,
        }
    }

    /// An effect that is missing above is not looked for there: any answer is stricter.
    fn effects(&mut self, above: &Commands, delta: &Commands) -> Vec<EffectAnswer> {
        let answer = |effect: CommandEffect| {
            let name = format!("commands.effects.{}", effect.id());
            let (standing, own) = (above.answer_to(effect), delta.answer_to(effect).cloned());
            let answer = match self.grants {
                Grants::Delegated => own.or_else(|| standing.cloned()),
                Grants::Never => self.answer(standing, own, Answer::Allow, &name),
            };
            Some(EffectAnswer { effect, answer: answer? })
        };
        CommandEffect::ALL.iter().copied().filter_map(answer).collect()
    }

    /// Every pattern of `allow` that opens what is closed above and that nothing above allows.
    fn opens(
        &mut self,
        allow: &PatternSet,
        name: &str,
        above: &PatternSet,
        closes: bool,
        standing: impl Fn() -> (String, Option<Location>),
    ) {
        if !closes {
            return;
        }
        for pattern in allow.iter().filter(|pattern| !above.covers(pattern)) {
            let (against, at) = standing();
            self.loosens(&format!("{name}: {}", pattern.as_str()), pattern.location(), &against, at.as_ref());
        }
    }

    fn git(&mut self, above: &Git, delta: Git) -> Git {
        let truth = |value: bool| value.to_string();
        Git {
            protected_branches: above.protected_branches.joined(&delta.protected_branches),
            replaces_suffix_rule: above.replaces_suffix_rule,
            block_direct_push: self.scalar(
                above.block_direct_push.as_ref(),
                delta.block_direct_push,
                true,
                "git.block_direct_push_to_protected_branch",
                truth,
            ),
            block_force_push: self.scalar(
                above.block_force_push.as_ref(),
                delta.block_force_push,
                ForcePush::None,
                "git.block_force_push",
                |value| words::force_push(value).to_owned(),
            ),
            block_commit: self.scalar(
                above.block_commit.as_ref(),
                delta.block_commit,
                false,
                "git.block_commit_to_protected_branch",
                truth,
            ),
            block_branch_deletion: self.scalar(
                above.block_branch_deletion.as_ref(),
                delta.block_branch_deletion,
                false,
                "git.block_branch_deletion",
                truth,
            ),
            block_push_branches: above.block_push_branches.joined(&delta.block_push_branches),
            require_approval_push: above.require_approval_push.joined(&delta.require_approval_push),
            block_hook_bypass: self.scalar(
                above.block_hook_bypass.as_ref(),
                delta.block_hook_bypass,
                false,
                "git.block_hook_bypass",
                truth,
            ),
        }
    }

    fn mcp(&mut self, above: &Mcp, delta: Mcp) -> Mcp {
        let blocks_unknown = above.block_unknown_servers.as_ref().is_none_or(|placed| placed.value);
        let block_unknown_servers = match self.grants {
            Grants::Delegated => delta.block_unknown_servers.or_else(|| above.block_unknown_servers.clone()),
            Grants::Never => {
                let is_known = |name: &str| above.allowed_servers.iter().any(|known| known.value == name);
                for server in
                    delta.allowed_servers.iter().filter(|server| blocks_unknown && !is_known(&server.value))
                {
                    let at = above.block_unknown_servers.as_ref().and_then(|placed| placed.location.as_ref());
                    let what = format!("mcp.allowed_servers: {}", server.value);
                    self.loosens(&what, server.location.as_ref(), "mcp.block_unknown_servers: true", at);
                }
                self.scalar(
                    above.block_unknown_servers.as_ref(),
                    delta.block_unknown_servers,
                    true,
                    "mcp.block_unknown_servers",
                    |value| value.to_string(),
                )
            }
        };
        for tools in &delta.tools {
            if let Some(known) = above.tools.iter().find(|known| known.server == tools.server) {
                self.tools(known, tools);
            }
        }
        Mcp {
            allowed_servers: joined_names(above.allowed_servers.clone(), delta.allowed_servers),
            blocked_servers: joined_names(above.blocked_servers.clone(), delta.blocked_servers),
            block_unknown_servers,
            tools: joined_tools(above.tools.clone(), delta.tools),
            pin_tools: self.scalar(
                above.pin_tools.as_ref(),
                delta.pin_tools,
                false,
                "mcp.pin_tools",
                |value| value.to_string(),
            ),
            block_secrets: self.scalar(
                above.block_secrets.as_ref(),
                delta.block_secrets,
                false,
                "mcp.block_secrets",
                |value| value.to_string(),
            ),
            approve_out_of_band: self.scalar(
                above.approve_out_of_band.as_ref(),
                delta.approve_out_of_band,
                false,
                "mcp.approve_out_of_band",
                |value| value.to_string(),
            ),
        }
    }

    /// A list of tools that is not empty closes what it does not name; a first list only ever closes.
    fn tools(&mut self, known: &ServerTools, delta: &ServerTools) {
        if self.grants == Grants::Delegated {
            return;
        }
        let name = format!("mcp.tools.{}.allow", known.server);
        let closes = !known.allow.is_empty();
        self.opens(&delta.allow, &name, &known.allow, closes, || {
            let listed: Vec<&str> = known.allow.iter().map(Pattern::as_str).collect();
            let at = known.allow.iter().next().and_then(|pattern| pattern.location().cloned());
            (format!("{name}: {}", listed.join(", ")), at)
        });
    }

    fn approvals(&mut self, above: &Approvals, delta: Approvals) -> Approvals {
        let mut groups = above.groups.clone();
        for group in delta.groups {
            match groups.iter_mut().find(|known| known.name == group.name) {
                Some(known) => self.group(known, &group),
                None => {
                    // Who may approve is not for a file to say that whoever asks can write.
                    if self.grants == Grants::Never
                        && let Some(signer) = group.signers.first()
                    {
                        let name = format!("approvals.groups.{}.signers: {signer}", group.name);
                        let against = format!("approvals.groups: no `{}`", group.name);
                        self.loosens(&name, group.location.as_ref(), &against, None);
                    }
                    groups.push(group);
                }
            }
        }
        // The longer an approval lasts, the weaker it is.
        let reversed = |placed: &Placed<u64>| Placed {
            value: std::cmp::Reverse(placed.value),
            location: placed.location.clone(),
        };
        let ttl = self.scalar(
            above.ttl.as_ref().map(reversed).as_ref(),
            delta.ttl.as_ref().map(reversed),
            std::cmp::Reverse(Approvals::DEFAULT_TTL),
            "approvals.ttl",
            |value| format!("{} seconds", value.0),
        );
        Approvals {
            groups,
            revoked: joined_texts(above.revoked.clone(), delta.revoked),
            notify: delta.notify.or_else(|| above.notify.clone()),
            ttl: ttl.map(|placed| Placed { value: placed.value.0, location: placed.location }),
        }
    }

    /// Who signs policies is for the base to say: a layer below that names others would let them sign.
    fn signing(&mut self, above: &Signing, delta: &Signing) -> Signing {
        for signer in
            delta.require_signature.iter().filter(|signer| !above.require_signature.contains(signer))
        {
            self.loosens(
                &format!("policy.require_signature: {signer}"),
                None,
                &format!("policy.require_signature: {}", above.require_signature.join(", ")),
                None,
            );
        }
        above.clone()
    }

    fn group(&mut self, known: &mut ApprovalGroup, delta: &ApprovalGroup) {
        let name = format!("approvals.groups.{}", known.name);
        for signer in delta.signers.iter().filter(|signer| !known.signers.contains(signer)) {
            let against = format!("{name}.signers: {}", known.signers.join(", "));
            self.loosens(
                &format!("{name}.signers: {signer}"),
                delta.location.as_ref(),
                &against,
                known.location.as_ref(),
            );
        }
        let Some(minimum) = delta.minimum else { return };
        let standing = known.minimum.unwrap_or(1);
        if minimum < standing {
            let against = format!("{name}.minimum: {standing}");
            self.loosens(
                &format!("{name}.minimum: {minimum}"),
                delta.location.as_ref(),
                &against,
                known.location.as_ref(),
            );
        } else {
            known.minimum = Some(minimum);
        }
    }

    fn evidence(&mut self, above: &EvidenceRules, delta: EvidenceRules) -> EvidenceRules {
        // A pattern of nothing but `*` would leave a log that says nothing.
        for pattern in
            delta.redact.iter().filter(|pattern| pattern.as_str().bytes().all(|letter| letter == b'*'))
        {
            self.loosens(
                &format!("evidence.redact: {}", pattern.as_str()),
                pattern.location(),
                "a log that can be read",
                None,
            );
        }
        let truth = |value: bool| value.to_string();
        EvidenceRules {
            required: self.scalar(above.required.as_ref(), delta.required, true, "evidence.required", truth),
            redact: above.redact.joined(&delta.redact),
            sign: self.scalar(above.sign.as_ref(), delta.sign, false, "evidence.sign", truth),
            retention_days: self.scalar(
                above.retention_days.as_ref(),
                delta.retention_days,
                u64::MAX,
                "evidence.retention_days",
                bounded,
            ),
            max_megabytes: self.scalar(
                above.max_megabytes.as_ref(),
                delta.max_megabytes,
                u64::MAX,
                "evidence.max_megabytes",
                bounded,
            ),
        }
    }
}

/// A bound that is missing bounds nothing.
fn bounded(value: u64) -> String {
    if value == u64::MAX { "no bound".to_owned() } else { value.to_string() }
}
