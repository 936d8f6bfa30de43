//! Requests, policies and registries for property tests, as JSON: made of few fragments, so that rules are met often,
//! and of nasty ones, so that they are met in every way.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// What targets are made of.
const TEXT: [&str; 34] = [
    "a",
    "b",
    "/",
    ".",
    "..",
    "./",
    ".env",
    "x.pem",
    " ",
    "  ",
    "\t",
    "\n",
    "main",
    "master",
    "do",
    "refs/heads/",
    "terraform",
    " apply",
    " plan",
    "delete",
    " && ",
    "; ",
    "|",
    "sudo ",
    "\"",
    "'",
    "$(",
    ")",
    ">",
    "é",
    "\u{130}",
    "\u{202e}",
    "\0",
    "*",
];

/// What else patterns are made of.
const STARS: [&str; 4] = ["*", "**", "**/", " *"];

const SERVERS: [&str; 6] = ["", "a", "b", "github", " a", "A"];
const TOOLS: [&str; 5] = ["", "read", "write", "READ", "read_all"];
const WORDS: [&str; 9] = ["", "push", "PUSH", "push ", "force-push", "hook_bypass", "read", "c1", "é"];
const PACKS: [&str; 4] = ["", "p", "cavra-ai-agent-baseline", "nowhere"];

/// A text of a few fragments.
pub(crate) fn text() -> impl Strategy<Value = String> {
    vec(select(&TEXT[..]), 0..6).prop_map(|parts| parts.concat())
}

/// A pattern of a few fragments. It is held to few stars, because the naive model tries every way to match.
pub(crate) fn pattern() -> impl Strategy<Value = String> {
    vec(prop_oneof![3 => select(&TEXT[..]), 2 => select(&STARS[..])], 0..5).prop_map(|parts| parts.concat())
}

fn patterns() -> impl Strategy<Value = Value> {
    vec(pattern(), 0..4).prop_map(Value::from)
}

/// A policy with the sections that parity evaluates.
pub(crate) fn parity_policy() -> impl Strategy<Value = Value> {
    let files = (patterns(), patterns(), patterns());
    let commands = (patterns(), patterns());
    let servers =
        (vec(select(&SERVERS[..]), 0..3), vec(select(&SERVERS[..]), 0..3), option::of(any::<bool>()));
    (files, commands, servers).prop_map(|((block_read, block_write, ask_write), (block, allow), mcp)| {
        json!({
            "metadata": {"id": "p"},
            "filesystem": {"block_read": block_read, "block_write": block_write, "require_approval_write": ask_write},
            "commands": {"block": block, "allow": allow},
            "mcp": {"allowed_servers": mcp.0, "blocked_servers": mcp.1, "block_unknown_servers": mcp.2},
        })
    })
}

/// A policy with every section that the default evaluates, but for modes.
pub(crate) fn policy() -> impl Strategy<Value = Value> {
    let commands = (patterns(), option::of(select(&["allow", "require_approval", "block"][..])));
    let git = (
        option::of(patterns()),
        option::of(any::<bool>()),
        option::of(select(&["none", "protected", "all"][..])),
        option::of(any::<bool>()),
        patterns(),
        patterns(),
        option::of(any::<bool>()),
    );
    let tools = (patterns(), patterns(), patterns());
    (parity_policy(), commands, git, patterns(), tools).prop_map(
        |(mut policy, commands, git, ask_read, tools)| {
            policy["commands"]["require_approval"] = commands.0;
            set(&mut policy["commands"], "default", commands.1.map(Value::from));
            let mut section = json!({"block_push_branches": git.4, "require_approval_push": git.5});
            set(&mut section, "protected_branches", git.0);
            set(&mut section, "block_direct_push_to_protected_branch", git.1.map(Value::from));
            set(&mut section, "block_force_push", git.2.map(Value::from));
            set(&mut section, "block_branch_deletion", git.3.map(Value::from));
            set(&mut section, "block_hook_bypass", git.6.map(Value::from));
            policy["git"] = section;
            policy["filesystem"]["require_approval_read"] = ask_read;
            policy["mcp"]["tools"] =
                json!({"a": {"block": tools.0, "require_approval": tools.1, "allow": tools.2}});
            policy
        },
    )
}

fn set(section: &mut Value, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        section[key] = value;
    }
}

/// A registry, of servers that are met.
pub(crate) fn registry() -> impl Strategy<Value = Value> {
    let word = |words: &'static [&'static str]| option::of(select(words));
    let server = (
        word(&SERVERS),
        word(&SERVERS),
        word(&["trusted", "approved", "experimental", "unknown", "blocked", "gold", "", "Blocked"]),
        word(&["approved", "not_required", "pending", "denied", "on_hold", "", "DENIED"]),
        option::of(vec(select(&["c1", "read", ""][..]), 0..3)),
        option::of(vec(select(&TOOLS[..]), 0..3)),
    );
    vec(server, 0..8).prop_map(|servers| {
        let servers: Vec<Value> = servers
            .into_iter()
            .map(|(id, name, tier, state, capabilities, tools)| {
                let mut server = json!({});
                set(&mut server, "server_id", id.map(Value::from));
                set(&mut server, "name", name.map(Value::from));
                set(&mut server, "trust_tier", tier.map(Value::from));
                set(&mut server, "approval_state", state.map(Value::from));
                set(&mut server, "capabilities", capabilities.map(Value::from));
                set(&mut server, "allowed_tools", tools.map(Value::from));
                server
            })
            .collect();
        json!({"mcp_servers": servers})
    })
}

/// A request of every family that the naive model knows, and of none.
pub(crate) fn plain_request() -> impl Strategy<Value = Value> {
    let action = select(
        &[
            "read_file",
            "write_file",
            "execute_command",
            "git_operation",
            "mcp_tool_call",
            "mcp_tool_call",
            "delete_file",
            "",
            "READ_FILE",
        ][..],
    );
    let operation = (select(&WORDS[..]), select(&WORDS[..]), select(&WORDS[..]));
    (action, text(), operation, select(&SERVERS[..]), select(&TOOLS[..])).prop_map(
        |(action, target, (operation, requested, capability), server, tool)| {
            json!({"action_type": action, "target": target, "operation": operation,
                   "requested_operation": requested, "capability": capability, "server": server, "tool": tool})
        },
    )
}

/// What commands and the patterns for them are made of.
const COMMAND: [&str; 16] = [
    "push",
    "main",
    "origin",
    "x",
    "/",
    "-f",
    "-rf",
    "-r",
    "--force",
    "--force=x",
    "--",
    "-C",
    "ns",
    "-",
    "+x",
    "apply",
];

fn program() -> impl Strategy<Value = &'static str> {
    select(&["rm", "git", "tool"][..])
}

/// A pattern for commands, of words with wildcards here and there.
pub(crate) fn command_pattern() -> impl Strategy<Value = String> {
    let star = || select(&["", "", "", "*"][..]);
    let word =
        (star(), select(&COMMAND[..]), star()).prop_map(|parts| format!("{}{}{}", parts.0, parts.1, parts.2));
    let word = prop_oneof![6 => word, 1 => Just("*".to_owned())];
    (program(), star(), vec(word, 0..4))
        .prop_map(|(program, star, words)| format!("{program}{star} {}", words.join(" ")))
}

/// A command, with which of its words are known in part, and what stands for the `*` in each of those: some words,
/// with blanks between them.
pub(crate) fn open_command() -> impl Strategy<Value = Vec<(String, Option<String>)>> {
    let value = || vec(select(&COMMAND[..]), 0..3).prop_map(|words| words.join(" "));
    let known = select(&COMMAND[..]).prop_map(|word| (word.to_owned(), None));
    let open = (select(&["*", "*", "*/", "-*", "--*", "m*", "p*h"][..]), value())
        .prop_map(|(word, value)| (word.to_owned(), Some(value)));
    let words = vec(prop_oneof![2 => known, 1 => open], 0..5);
    (program(), words)
        .prop_map(|(program, words)| std::iter::once((program.to_owned(), None)).chain(words).collect())
}

/// A request of any family, with all that the default reads.
pub(crate) fn request() -> impl Strategy<Value = Value> {
    let context =
        (vec(text(), 0..3), option::of((any::<bool>(), any::<bool>())), vec(text(), 0..2), any::<bool>());
    let typed = option::weighted(0.1, record());
    let parts = (plain_request(), option::weighted(0.3, context), select(&PACKS[..]), typed, record());
    parts.prop_map(|(mut request, context, pack, typed, record)| {
        request["policy_pack"] = pack.into();
        if let Some((spellings, update, tree, open_target)) = context {
            let argv: Vec<&str> = request["target"].as_str().unwrap_or("").split(' ').collect();
            request["context"] = json!({"spellings": spellings, "argv": argv, "open_words": [1, 2], "tree": tree,
                                        "open_target": open_target});
            if let Some((forced, deletes)) = update {
                request["context"]["ref_update"] = json!({"forced": forced, "deletes": deletes});
            }
        }
        if request["action_type"] == "delete_file" {
            request["action_type"] = "release_governance_record".into();
            request["record"] = record;
        }
        set(&mut request, "release_governance", typed);
        request
    })
}

/// A release governance record, of values that the rules know and of others; good as a typed one too.
fn record() -> impl Strategy<Value = Value> {
    let kinds = select(
        &[
            "",
            "rollout-promotion-execution",
            "release-connector-delivery",
            "rollout-evidence-capture",
            "other",
            "endpoint-remediation-handoff",
        ][..],
    );
    let state =
        option::of(select(&["", "approved", " APPROVED", "pending", "denied", "can-celled", "on_hold"][..]));
    let statuses = vec(
        (
            select(
                &[
                    "alert_level",
                    "drift_status",
                    "handoff_status",
                    "verification_status",
                    "integrity_status",
                    "audit_export_status",
                ][..],
            ),
            select(
                &["failed", "Blocked", "tampered", "drift-detected", "drifted", "critical", "ok", "mismatch"]
                    [..],
            ),
        ),
        0..3,
    );
    let counts = vec(
        (
            select(
                &[
                    "blocked_count",
                    "critical_count",
                    "failed_delivery_count",
                    "integrity_failure_count",
                    "approval_required_count",
                ][..],
            ),
            -1_i64..3,
        ),
        0..2,
    );
    let parts =
        (kinds, state, option::of(select(&["", "apr-1"][..])), statuses, counts, option::of(any::<bool>()));
    parts.prop_map(|(kind, state, id, statuses, counts, success)| {
        let mut record = Map::new();
        record.insert("metadata_kind".to_owned(), kind.into());
        record.extend(state.map(|state| ("approval_state".to_owned(), Value::from(state))));
        record.extend(id.map(|id| ("approval_id".to_owned(), Value::from(id))));
        record.extend(statuses.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))));
        record.extend(counts.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))));
        record.extend(success.map(|success| ("delivery_success".to_owned(), Value::from(success))));
        record.into()
    })
}
