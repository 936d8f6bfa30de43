//! MCP tool calls: by server, tool and capability.
//!
//! A registry replaces the policy's lists of servers. The default adds that an empty server name is never met,
//! that a tier or a state which is not known is asked about (D4), the policy's lists of tools (D10), and what the
//! proxy finds out about a message ([`McpFacts`]): those facts only ever refuse.

use crate::contract::{Definition, Effect, McpFacts, Request, RuleId, Severity};
use crate::policy::{CompiledPolicy, Placed, Registry, Server};

use super::deviations::Deviation;
use super::finding::Finding;

pub(super) fn parity(request: &Request, policy: &CompiledPolicy, registry: Option<&Registry>) -> Finding {
    let found = match registry {
        Some(registry) => registered(request, registry.find(&request.server)),
        None => listed(request, policy),
    };
    place(found, request)
}

pub(super) fn mcp(request: &Request, policy: &CompiledPolicy, registry: Option<&Registry>) -> Finding {
    let parity = parity(request, policy, registry);
    if parity.effect == Effect::Block {
        return parity;
    }
    let record = registry.and_then(|registry| registry.find(&request.server));
    let facts = request.context.as_ref().and_then(|context| context.mcp.as_ref());
    let found = nameless(request, registry)
        .or_else(|| tool_blocked(request, policy))
        .or_else(|| other_command(record, facts?))
        .or_else(|| secrets_blocked(facts?, policy))
        .or_else(|| (parity.effect == Effect::RequireApproval).then(|| parity.clone()))
        .or_else(|| unrecognised(record))
        .or_else(|| tool_asked(request, policy))
        .or_else(|| definition_asked(facts?, policy))
        .or_else(|| secrets_told(facts?));
    found.map_or(parity, |finding| place(finding, request))
}

fn other_command(record: Option<&Server>, facts: &McpFacts) -> Option<Finding> {
    let registered = record?.command.as_ref().filter(|command| !command.is_empty())?;
    (!facts.command.is_empty() && facts.command != *registered).then(|| {
        Finding::new(
            Effect::Block,
            RuleId::McpRegistryCommand,
            Severity::High,
            "the registry has another command for this MCP server than the one that started it",
        )
        .by_value::<()>(&registered.join(" "), None)
        .instead("start the server as it was approved, or have a person approve this command")
        .because_of(Deviation::D10)
    })
}

/// A word that is not known is asked about, too. What is suspicious is asked about until somebody accepted it, whether
/// definitions are pinned or not.
fn definition_asked(facts: &McpFacts, policy: &CompiledPolicy) -> Option<Finding> {
    if facts.definition.is_empty() {
        return None;
    }
    let pins = policy.mcp.pin_tools.as_ref().map(|placed| placed.value);
    let (is_asked, reason) = match Definition::parse(&facts.definition) {
        Some(Definition::First) => {
            (pins == Some(true), "nobody has accepted the definition of this MCP tool yet")
        }
        Some(Definition::New) => (pins != Some(false), "the MCP server has a tool that nobody has accepted"),
        Some(Definition::Changed) => {
            (pins != Some(false), "the definition of this MCP tool is not the one that was accepted")
        }
        Some(Definition::Unseen) => {
            (pins != Some(false), "the MCP server has not told how this tool is defined now")
        }
        Some(Definition::Flagged) => {
            (true, "there is something suspicious in the definition of this MCP tool")
        }
        None => (true, "the definition of this MCP tool is in a state that Cavra does not know"),
    };
    is_asked.then(|| {
        Finding::new(Effect::RequireApproval, RuleId::McpToolPin, Severity::Medium, reason)
            .by_value("pin_tools", policy.mcp.pin_tools.as_ref())
            .approved_by(AI_GOVERNANCE)
            .instead(
                "have a person look at `cavra mcp pins diff SERVER`, and accept it by `cavra mcp pins accept SERVER`",
            )
            .because_of(Deviation::D10)
    })
}

fn secrets_blocked(facts: &McpFacts, policy: &CompiledPolicy) -> Option<Finding> {
    let blocks = policy.mcp.block_secrets.as_ref().filter(|placed| placed.value)?;
    (!facts.secrets.is_empty()).then(|| {
        secrets(Effect::Block, Severity::High, "a result of the MCP server holds secrets, and is kept back")
            .by_value("block_secrets", Some(blocks))
            .instead("ask for less, or for something else")
    })
}

fn secrets_told(facts: &McpFacts) -> Option<Finding> {
    (!facts.secrets.is_empty()).then(|| {
        secrets(
            Effect::Warn,
            Severity::Medium,
            "a result of the MCP server held secrets; they were taken out",
        )
        .by_value::<()>(&facts.secrets.join(", "), None)
    })
}

fn secrets(effect: Effect, severity: Severity, reason: &str) -> Finding {
    Finding::new(effect, RuleId::McpResultSecrets, severity, reason).because_of(Deviation::D10)
}

fn listed(request: &Request, policy: &CompiledPolicy) -> Finding {
    let rules = &policy.mcp;
    let named = |list: &[Placed<String>]| list.iter().find(|server| server.value == request.server).cloned();
    if let Some(server) = named(&rules.blocked_servers) {
        return untrusted("the policy blocks this MCP server").by_value(&server.value, Some(&server));
    }
    let blocks_unknown = rules.block_unknown_servers.as_ref().is_none_or(|placed| placed.value);
    match named(&rules.allowed_servers) {
        None if blocks_unknown => untrusted("the policy does not name this MCP server, and blocks those")
            .by_value("block_unknown_servers", rules.block_unknown_servers.as_ref()),
        Some(server) => trusted().by_value(&server.value, Some(&server)),
        None => trusted(),
    }
}

fn registered(request: &Request, server: Option<&Server>) -> Finding {
    let Some(server) = server else {
        return Finding::new(
            Effect::Block,
            RuleId::McpRegistryUnknown,
            Severity::High,
            "the registry does not have this MCP server",
        )
        .instead("use a server that the registry approves");
    };
    let (tier, state) = (text(&server.trust_tier), text(&server.approval_state));
    let outside = |scope: &Option<Vec<String>>, name: &String| {
        scope.as_ref().is_some_and(|scope| !scope.is_empty() && !scope.contains(name))
    };
    if tier == "blocked" || state == "denied" {
        Finding::new(
            Effect::Block,
            RuleId::McpRegistryBlocked,
            Severity::High,
            "the registry blocks this MCP server",
        )
        .instead("use a server that the registry approves")
    } else if state == "pending" || matches!(tier, "unknown" | "experimental") {
        registry_asks(RuleId::McpRegistryRequiresApproval, "the registry asks before this MCP server is used")
    } else if outside(&server.allowed_tools, &request.tool) {
        registry_asks(
            RuleId::McpRegistryToolScope,
            "the tool is not among those that the registry allows for this server",
        )
    } else if !request.capability.is_empty() && outside(&server.capabilities, &request.capability) {
        registry_asks(
            RuleId::McpRegistryCapabilityScope,
            "the capability is not among those that the registry has for this server",
        )
    } else {
        Finding::new(
            Effect::Allow,
            RuleId::McpRegistryAllow,
            Severity::Low,
            "the registry approves this MCP server",
        )
    }
}

fn nameless(request: &Request, registry: Option<&Registry>) -> Option<Finding> {
    if !request.server.is_empty() {
        return None;
    }
    let finding = match registry {
        Some(_) => registered(request, None),
        None => untrusted("the call does not say which MCP server it is for"),
    };
    Some(finding.because_of(Deviation::D4))
}

/// Tiers and states that the rules know; everything else is asked about.
fn unrecognised(server: Option<&Server>) -> Option<Finding> {
    let server = server?;
    let (tier, state) = (text(&server.trust_tier), text(&server.approval_state));
    let is_known = matches!(tier, "trusted" | "approved") && matches!(state, "approved" | "not_required");
    (!is_known).then(|| {
        registry_asks(
            RuleId::McpRegistryUnrecognised,
            "the registry gives this MCP server a tier or a state that Cavra does not know",
        )
        .by_value::<()>(&format!("trust_tier `{tier}`, approval_state `{state}`"), None)
        .because_of(Deviation::D4)
    })
}

fn tool_blocked(request: &Request, policy: &CompiledPolicy) -> Option<Finding> {
    let tools = policy.mcp.tools.iter().find(|tools| tools.server == request.server)?;
    let pattern = tools.block.first_match(&request.tool)?;
    Some(
        Finding::new(
            Effect::Block,
            RuleId::McpToolBlock,
            Severity::High,
            "the policy blocks this tool of the MCP server",
        )
        .matched(pattern)
        .instead("use another tool, or leave this to a person")
        .because_of(Deviation::D10),
    )
}

fn tool_asked(request: &Request, policy: &CompiledPolicy) -> Option<Finding> {
    let tools = policy.mcp.tools.iter().find(|tools| tools.server == request.server)?;
    let asks = |reason: &str| {
        Finding::new(Effect::RequireApproval, RuleId::McpToolRequireApproval, Severity::Medium, reason)
            .approved_by(AI_GOVERNANCE)
            .instead("use a tool that the policy allows, or have a person approve it")
            .because_of(Deviation::D10)
    };
    if let Some(pattern) = tools.require_approval.first_match(&request.tool) {
        return Some(asks("the policy asks before this tool is used").matched(pattern));
    }
    let is_outside = !tools.allow.is_empty() && tools.allow.first_match(&request.tool).is_none();
    is_outside.then(|| asks("the policy allows other tools of this MCP server, not this one"))
}

fn text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or("")
}

fn untrusted(reason: &str) -> Finding {
    Finding::new(Effect::Block, RuleId::McpServerTrustBlockUnknown, Severity::High, reason)
        .instead("use a server that the policy allows")
}

fn trusted() -> Finding {
    Finding::new(
        Effect::Allow,
        RuleId::McpServerTrustAllow,
        Severity::Low,
        "the policy trusts this MCP server",
    )
}

fn registry_asks(rule: RuleId, reason: &str) -> Finding {
    Finding::new(Effect::RequireApproval, rule, Severity::Medium, reason)
        .approved_by(AI_GOVERNANCE)
        .instead("use what the registry approves, or have a person approve it")
}

fn place(finding: Finding, request: &Request) -> Finding {
    let operation = request.operation();
    let operation = if operation.is_empty() { request.tool.as_str() } else { operation };
    finding.on(&format!("{}:{}", request.server, request.tool), operation)
}

/// Who approves MCP servers and tools, unless the policy names other groups.
const AI_GOVERNANCE: &str = "AI Governance";
