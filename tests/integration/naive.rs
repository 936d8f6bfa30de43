//! A second model of the evaluator, written from the tables of the contract alone and as plainly as they are:
//! JSON in, JSON out, nothing shared with the program but the words. It knows all but release governance.

use serde_json::{Value, json};

/// The parity answer in the fields that the evaluator fills in; none for release governance.
pub(crate) fn answer(request: &Value, policy: &Value, registry: Option<&Value>) -> Option<Value> {
    let of = |name: &str| request[name].as_str().unwrap_or("");
    let first = |names: &[&str]| {
        names.iter().map(|name| of(name)).find(|text| !text.is_empty()).unwrap_or("").to_owned()
    };
    let op = first(&["operation", "requested_operation", "capability"]);
    let hit = |section: &str, list: &str, text: &str| {
        patterns(&policy[section][list]).iter().any(|pattern| matches(pattern, text))
    };
    let (target, command) = (of("target"), of("target").trim());
    let called = format!("{}:{}", of("server"), of("tool"));
    let called_op = first(&["operation", "requested_operation", "capability", "tool"]);
    if !request["release_governance"].is_null() || of("action_type") == "release_governance_record" {
        return None;
    }
    let row = |decision: &str, rule: &str, severity: &str, group: &str, target: &str, op: &str| {
        Some(json!({"decision": decision, "rule_id": rule, "severity": severity, "approver_group": group,
                    "target": target, "requested_operation": op}))
    };
    match of("action_type") {
        "read_file" if hit("filesystem", "block_read", target) => {
            row("block", "filesystem.read.block", "high", "", target, "read")
        }
        "read_file" => row("allow", "filesystem.read.allow", "low", "", target, "read"),
        "write_file" if hit("filesystem", "block_write", target) => {
            row("block", "filesystem.write.block", "high", "", target, "write")
        }
        "write_file" if hit("filesystem", "require_approval_write", target) => {
            let rule = "filesystem.write.require_approval";
            row("require_approval", rule, "high", "Platform Security", target, "write")
        }
        "write_file" => row("allow", "filesystem.write.allow", "low", "", target, "write"),
        "execute_command" if hit("commands", "block", command) => {
            let grave = command.contains("apply") || command.contains("delete");
            row("block", "commands.block", if grave { "critical" } else { "high" }, "", command, command)
        }
        "execute_command" if hit("commands", "allow", command) => {
            row("allow", "commands.allow", "low", "", command, command)
        }
        "execute_command" => {
            let rule = "commands.default.require_approval";
            row("require_approval", rule, "medium", "Repository Owners", command, command)
        }
        "git_operation" if op == "push" && (target.ends_with("main") || target.ends_with("master")) => {
            row("block", "git.protected_branch.block_direct_push", "high", "", target, "push")
        }
        "git_operation" => {
            row("allow", "git.allow", "low", "", target, if op.is_empty() { target } else { &op })
        }
        "mcp_tool_call" => {
            let (decision, rule, severity) = match registry {
                Some(registry) => in_registry(registry, of("server"), of("tool"), of("capability")),
                None => in_policy(&policy["mcp"], of("server")),
            };
            let group = if decision == "require_approval" { "AI Governance" } else { "" };
            row(decision, rule, severity, group, &called, &called_op)
        }
        _ => {
            let rule = "runtime.default.require_approval";
            row("require_approval", rule, "medium", "Repository Owners", target, &op)
        }
    }
}

type Row = (&'static str, &'static str, &'static str);

fn in_policy(mcp: &Value, server: &str) -> Row {
    let has = |list: &str| patterns(&mcp[list]).iter().any(|name| name == server);
    let blocks_unknown = mcp["block_unknown_servers"].as_bool().unwrap_or(true);
    if has("blocked_servers") || blocks_unknown && !has("allowed_servers") {
        ("block", "mcp.server.trust.block_unknown", "high")
    } else {
        ("allow", "mcp.server.trust.allow", "low")
    }
}

fn in_registry(registry: &Value, server: &str, tool: &str, capability: &str) -> Row {
    let records = registry["mcp_servers"].as_array().map_or(&[][..], Vec::as_slice);
    let of = |record: &Value, name: &str| record[name].as_str().unwrap_or("").to_owned();
    let named = |record: &&Value| of(record, "server_id") == server || of(record, "name") == server;
    let Some(record) = records.iter().find(named) else {
        return ("block", "mcp.registry.unknown", "high");
    };
    let (tier, state) = (of(record, "trust_tier"), of(record, "approval_state"));
    let beyond = |list: &str, word: &str| {
        let list = record[list].as_array().map_or(&[][..], Vec::as_slice);
        !list.is_empty() && !list.iter().any(|known| known == word)
    };
    if tier == "blocked" || state == "denied" {
        ("block", "mcp.registry.blocked", "high")
    } else if state == "pending" || tier == "unknown" || tier == "experimental" {
        ("require_approval", "mcp.registry.requires_approval", "medium")
    } else if beyond("allowed_tools", tool) {
        ("require_approval", "mcp.registry.tool_scope", "medium")
    } else if !capability.is_empty() && beyond("capabilities", capability) {
        ("require_approval", "mcp.registry.capability_scope", "medium")
    } else {
        ("allow", "mcp.registry.allow", "low")
    }
}

/// The texts of a list, trimmed; blank ones and what is no text count for nothing.
pub(crate) fn patterns(list: &Value) -> Vec<String> {
    let texts = list.as_array().map_or(&[][..], Vec::as_slice).iter().filter_map(Value::as_str);
    texts.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// Anchored at both ends; a run of `*` is any text without a newline; the rest is literal.
fn matches(pattern: &str, text: &str) -> bool {
    let Some(first) = pattern.chars().next() else { return text.is_empty() };
    let rest = &pattern[first.len_utf8()..];
    if first == '*' {
        let rest = rest.trim_start_matches('*');
        let line = text.find('\n').unwrap_or(text.len());
        let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        return ends.take_while(|end| *end <= line).any(|end| matches(rest, &text[end..]));
    }
    text.strip_prefix(first).is_some_and(|text| matches(rest, text))
}
