//! The default against parity: never weaker but for the three named exceptions, each of which must have its reason,
//! and never different without saying why. Each deviation and each exception is shown at work.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use cavra::contract::{Decision, Effect, Opinion};
use cavra::evaluate::{Deviation, Kind};
use cavra::gate::{self, Gate};
use cavra::intercept::{self, Surroundings};
use cavra::sys::dirs::Places;
use proptest::prelude::*;
use serde_json::{Value, json};
use similar_asserts::assert_eq;

use crate::cases::{self, golden};
use crate::laws::config;
use crate::naive;
use crate::sandbox::Sandbox;
use crate::strategies;

/// An empty folder that is there: of a path in it, everything can be found out.
static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a scratch folder"));

/// Asks in both modes: the parity decision, and what the gate says by default, in an empty folder.
fn ask(request: &Value, policy: &Value, registry: Option<&Value>, folder: &Path) -> (Decision, Opinion) {
    let (compiled, request) = (cases::policy(policy), cases::request(request));
    let registry = registry.map(cases::registry);
    let parity = gate::parity(&request, &compiled, registry.as_ref());
    let places = Places {
        managed: folder.join("etc"),
        config: folder.join("config"),
        state: folder.join("state"),
        home: folder.to_owned(),
        managed_by_root: false,
    };
    let gate = Gate::named(compiled, &places).with_registry(registry);
    let surroundings = Surroundings { cwd: folder.to_owned(), repo: None, homes: Vec::new() };
    (parity, gate.consult(intercept::request(request, &surroundings)))
}

/// The law. Effects are compared before modes.
fn holds(request: &Value, policy: &Value, parity: &Decision, opinion: &Opinion) -> Result<(), String> {
    let default = &opinion.decision;
    let effect = default.base_decision.unwrap_or(default.decision);
    let is_changed_by_mode = default.base_decision.is_some();
    if !is_changed_by_mode
        && (effect, default.rule_id) != (parity.decision, parity.rule_id)
        && default.deviation.is_none()
    {
        return Err("it differs and does not say why".to_owned());
    }
    if effect >= parity.decision {
        return Ok(());
    }
    let target = request["target"].as_str().unwrap_or("");
    match default.deviation {
        Some("E1") if policy["commands"]["default"] == "allow" && asks_by_default(parity) => Ok(()),
        Some("E2") if asks_by_default(parity) && is_compound_of_allowed(target, opinion) => Ok(()),
        Some("E3") if policy["git"]["protected_branches"].is_array() && !is_listed(target, policy) => Ok(()),
        other => Err(format!("it is weaker, and {other:?} does not hold")),
    }
}

fn asks_by_default(parity: &Decision) -> bool {
    (parity.decision, parity.rule_id.as_str())
        == (Effect::RequireApproval, "commands.default.require_approval")
}

/// Something joins or redirects in it, every command in it is allowed by a rule, and nothing is unresolved.
fn is_compound_of_allowed(target: &str, opinion: &Opinion) -> bool {
    let joins = target.contains(['&', '|', ';', '\n', '<', '>', '(', '{', '`', '=', '!']);
    let allowed = ["commands.allow", "commands.default.allow"];
    joins
        && opinion.unresolved.is_empty()
        && opinion.parts.iter().all(|part| {
            part.decision == Effect::Allow
                && (part.action_type != "execute_command" || allowed.contains(&part.rule_id.as_str()))
        })
}

/// Whether the list of branches has the target, or the branch that the target names as a refspec.
fn is_listed(target: &str, policy: &Value) -> bool {
    let branch = target.rsplit([':', ' ']).next().unwrap_or("").trim_start_matches('+');
    let branch = branch.strip_prefix("refs/heads/").unwrap_or(branch);
    let as_read = |text: &str| json!({"action_type": "read_file", "target": text});
    let list = json!({"filesystem": {"block_read": policy["git"]["protected_branches"]}});
    [target, branch].iter().any(|name| {
        naive::answer(&as_read(name), &list, None).expect("the model knows reads")["decision"] == "block"
    })
}

#[test]
fn no_golden_row_is_weaker_by_default_and_each_difference_says_why() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let mut faults = Vec::new();
    let mut differing = BTreeMap::new();
    for row in golden() {
        let (policy, registry) = (row.policy_json(), row.registry_json());
        let (parity, opinion) = ask(&row.request, &policy, registry.as_ref(), folder.path());
        if let Err(fault) = holds(&row.request, &policy, &parity, &opinion) {
            faults.push(format!("row {} {}: {fault}: {:?}", row.line, row.request, opinion.decision));
        }
        if let Some(deviation) = opinion.decision.deviation {
            *differing.entry(deviation).or_insert(0) += 1;
        }
    }
    let shown = faults.get(..10).unwrap_or(&faults).join("\n");
    assert!(faults.is_empty(), "{} rows:\n{shown}", faults.len());
    assert!(differing.len() >= 8, "the rows meet many deviations: {differing:?}");
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn no_request_is_weaker_by_default_and_each_difference_says_why(
        request in strategies::request(),
        policy in strategies::policy(),
        registry in proptest::option::of(strategies::registry()),
    ) {
        let (parity, opinion) = ask(&request, &policy, registry.as_ref(), FOLDER.path());
        let held = holds(&request, &policy, &parity, &opinion);
        prop_assert!(held.is_ok(), "{held:?}\n{parity:?}\n{:?}", opinion.decision);
    }
}

/// A deviation at work.
struct Shown {
    deviation: Deviation,
    name: &'static str,
    request: Value,
    policy: Value,
    registry: Option<Value>,
    parity: (&'static str, &'static str),
    default: (&'static str, &'static str),
}

impl Shown {
    fn new(
        deviation: Deviation,
        name: &'static str,
        request: Value,
        policy: Value,
        parity: (&'static str, &'static str),
        default: (&'static str, &'static str),
    ) -> Self {
        Self { deviation, name, request, policy, registry: None, parity, default }
    }

    fn registered(self, servers: Value) -> Self {
        Self { registry: Some(json!({"mcp_servers": servers})), ..self }
    }
}

#[test]
fn every_deviation_and_exception_is_shown_at_work() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let shown = shown();
    let ids: BTreeSet<Deviation> = shown.iter().map(|one| one.deviation).collect();
    assert_eq!(ids.into_iter().collect::<Vec<_>>(), Deviation::ALL);
    for one in shown {
        let (parity, opinion) = ask(&one.request, &one.policy, one.registry.as_ref(), folder.path());
        let default = &opinion.decision;
        let got = (
            (parity.decision.as_str(), parity.rule_id.as_str()),
            (default.decision.as_str(), default.rule_id.as_str()),
            default.deviation,
        );
        assert_eq!(got, (one.parity, one.default, Some(one.deviation.id())), "{}", one.name);
        let is_weaker = default.decision < parity.decision;
        assert_eq!(is_weaker, one.deviation.kind() == Kind::Exception, "{}", one.name);
        assert_eq!(holds(&one.request, &one.policy, &parity, &opinion), Ok(()), "{}", one.name);
    }
}

fn shown() -> Vec<Shown> {
    use Deviation::{D1, D2, D3, D4, D5, D6, D7, D8, D9, D10, E1, E2, E3};
    let read = |path: &str| json!({"action_type": "read_file", "target": path});
    let command = |text: &str| json!({"action_type": "execute_command", "target": text});
    let push = |target: &str| json!({"action_type": "git_operation", "operation": "push", "target": target});
    let call = |server: &str| json!({"action_type": "mcp_tool_call", "server": server, "tool": "write"});
    let record = |value: Value| json!({"action_type": "release_governance_record", "record": value});
    let secrets = || json!({"filesystem": {"block_read": [".env", "**/*.pem"]}});
    let terraform = || json!({"commands": {"block": ["terraform apply*"], "allow": ["terraform plan*"]}});
    let read_allowed = ("allow", "filesystem.read.allow");
    let read_blocked = ("block", "filesystem.read.block");
    let command_asked = ("require_approval", "commands.default.require_approval");
    let command_allowed = ("allow", "commands.allow");
    let command_blocked = ("block", "commands.block");
    let git_allowed = ("allow", "git.allow");
    let protected = ("block", "git.protected_branch.block_direct_push");
    let registered = ("allow", "mcp.registry.allow");
    let approved = ("allow", "release_governance.approval.approved");
    let contradicted = ("block", "release_governance.approval.contradicted");
    let trusted = ("allow", "mcp.server.trust.allow");
    let open = |more: Value| json!({"mcp": {"block_unknown_servers": false, "tools": {"a": more}}});
    let updated = |forced: bool, deletes: bool| {
        let mut request = push("topic");
        request["context"] = json!({"ref_update": {"forced": forced, "deletes": deletes}});
        request
    };
    vec![
        Shown::new(D1, "a path with a dot before it", read("./.env"), secrets(), read_allowed, read_blocked),
        Shown::new(
            D1,
            "a folder that holds it",
            json!({"action_type": "read_file", "target": "config", "context": {"tree": ["config/x.pem"]}}),
            secrets(),
            read_allowed,
            read_blocked,
        ),
        Shown::new(
            D1,
            "a path that is known in part",
            json!({"action_type": "read_file", "target": "config/*", "context": {"open_target": true}}),
            secrets(),
            read_allowed,
            ("require_approval", "filesystem.unresolved"),
        ),
        Shown::new(D1, "a path by its base name", read("config/.env"), secrets(), read_allowed, read_blocked),
        Shown::new(D1, "a path with a detour", read("a/../.env"), secrets(), read_allowed, read_blocked),
        Shown::new(D1, "an absolute path", read("/srv/app/.env"), secrets(), read_allowed, read_blocked),
        Shown::new(D1, "a file at the root", read("server.pem"), secrets(), read_allowed, read_blocked),
        Shown::new(
            D2,
            "an allowed command with another behind it",
            command("terraform plan && make release"),
            terraform(),
            command_allowed,
            command_asked,
        ),
        Shown::new(
            D2,
            "a substitution inside an allowed command",
            command("terraform plan $(make release)"),
            terraform(),
            command_allowed,
            ("require_approval", "commands.default.require_approval"),
        ),
        Shown::new(
            D2,
            "a file effect inside an allowed command",
            command("terraform plan < .env"),
            json!({"commands": {"allow": ["terraform plan*"]}, "filesystem": {"block_read": [".env"]}}),
            command_allowed,
            read_blocked,
        ),
        Shown::new(
            D3,
            "a wrapper",
            command("sudo terraform apply"),
            terraform(),
            command_asked,
            command_blocked,
        ),
        Shown::new(
            D3,
            "options of another order and place",
            command("rm x -v -f -r"),
            json!({"commands": {"block": ["rm -rf x"]}}),
            command_asked,
            command_blocked,
        ),
        Shown::new(
            D3,
            "two spaces",
            command("terraform  apply"),
            terraform(),
            command_asked,
            command_blocked,
        ),
        Shown::new(
            D3,
            "the path of the program",
            command("/usr/bin/terraform apply"),
            terraform(),
            command_asked,
            command_blocked,
        ),
        Shown::new(
            D3,
            "a global option",
            command("terraform -chdir=x apply"),
            terraform(),
            command_asked,
            command_blocked,
        ),
        Shown::new(
            D4,
            "an unknown tier",
            call("a"),
            json!({}),
            registered,
            ("require_approval", "mcp.registry.unrecognised"),
        )
        .registered(json!([{"server_id": "a", "trust_tier": "gold", "approval_state": "approved"}])),
        Shown::new(
            D4,
            "an unknown state",
            call("a"),
            json!({}),
            registered,
            ("require_approval", "mcp.registry.unrecognised"),
        )
        .registered(json!([{"server_id": "a", "trust_tier": "trusted", "approval_state": "on_hold"}])),
        Shown::new(
            D4,
            "a server without a name",
            call(""),
            json!({}),
            registered,
            ("block", "mcp.registry.unknown"),
        )
        .registered(json!([{"server_id": "a", "trust_tier": "trusted", "approval_state": "approved"}])),
        Shown::new(
            D5,
            "approved against tampered integrity",
            record(json!({"approval_state": "approved", "approval_id": "a", "integrity_status": "tampered"})),
            json!({}),
            approved,
            contradicted,
        ),
        Shown::new(
            D5,
            "approved against a failed delivery",
            record(json!({"approval_state": "approved", "approval_id": "a", "failed_delivery_count": 1})),
            json!({}),
            approved,
            contradicted,
        ),
        Shown::new(
            D6,
            "a branch with white space behind it",
            push("main "),
            json!({}),
            git_allowed,
            protected,
        ),
        Shown::new(
            D6,
            "an update of main by the name of another branch",
            json!({"action_type": "git_operation", "operation": "push", "target": "topic",
                   "context": {"spellings": ["refs/heads/main"]}}),
            json!({}),
            git_allowed,
            protected,
        ),
        Shown::new(
            D7,
            "a pack that cannot be found",
            json!({"action_type": "read_file", "target": "a", "policy_pack": "nowhere"}),
            json!({}),
            read_allowed,
            ("block", "request.malformed"),
        ),
        Shown::new(
            D8,
            "a record beside a command",
            json!({"action_type": "execute_command", "target": "rm -rf /",
                   "release_governance": {"metadata_kind": "rollout-evidence-capture"}}),
            json!({}),
            ("allow", "release_governance.record.verified"),
            ("block", "request.malformed"),
        ),
        Shown::new(
            D9,
            "drift that was detected",
            record(json!({"drift_status": "drift_detected"})),
            json!({}),
            ("allow", "release_governance.approval.not_required"),
            ("require_approval", "release_governance.signal.critical"),
        ),
        Shown::new(
            D10,
            "commands.require_approval",
            command("make release"),
            json!({"commands": {"require_approval": ["make release"], "allow": ["make*"]}}),
            command_allowed,
            ("require_approval", "commands.require_approval"),
        ),
        Shown::new(
            D10,
            "commands.default: block",
            command("make release"),
            json!({"commands": {"default": "block"}}),
            command_asked,
            ("block", "commands.default.block"),
        ),
        Shown::new(
            D10,
            "filesystem.require_approval_read",
            read("a"),
            json!({"filesystem": {"require_approval_read": ["a"]}}),
            read_allowed,
            ("require_approval", "filesystem.read.require_approval"),
        ),
        Shown::new(
            D10,
            "git.protected_branches",
            push("release/1"),
            json!({"git": {"protected_branches": ["release/*"]}}),
            git_allowed,
            protected,
        ),
        Shown::new(
            D10,
            "git.block_force_push",
            updated(true, false),
            json!({"git": {"block_force_push": "all"}}),
            git_allowed,
            ("block", "git.force_push.block"),
        ),
        Shown::new(
            D10,
            "git.block_branch_deletion",
            updated(false, true),
            json!({"git": {"block_branch_deletion": true}}),
            git_allowed,
            ("block", "git.branch_deletion.block"),
        ),
        Shown::new(
            D10,
            "git.block_commit_to_protected_branch",
            json!({"action_type": "git_operation", "target": "release/2", "operation": "commit"}),
            json!({"git": {"protected_branches": ["release/*"], "block_commit_to_protected_branch": true}}),
            git_allowed,
            ("block", "git.protected_branch.block_commit"),
        ),
        Shown::new(
            D10,
            "git.block_push_branches",
            push("gh-pages"),
            json!({"git": {"block_push_branches": ["gh-*"]}}),
            git_allowed,
            ("block", "git.push.block"),
        ),
        Shown::new(
            D10,
            "git.require_approval_push",
            push("gh-pages"),
            json!({"git": {"require_approval_push": ["gh-*"]}}),
            git_allowed,
            ("require_approval", "git.push.require_approval"),
        ),
        Shown::new(
            D10,
            "git.block_hook_bypass",
            json!({"action_type": "git_operation", "operation": "hook_bypass", "target": "commit"}),
            json!({"git": {"block_hook_bypass": true}}),
            git_allowed,
            ("block", "git.hook_bypass"),
        ),
        Shown::new(
            D10,
            "mcp.tools, block",
            call("a"),
            open(json!({"block": ["w*"]})),
            trusted,
            ("block", "mcp.tool.block"),
        ),
        Shown::new(
            D10,
            "mcp.tools, require_approval",
            call("a"),
            open(json!({"require_approval": ["write"]})),
            trusted,
            ("require_approval", "mcp.tool.require_approval"),
        ),
        Shown::new(
            D10,
            "mcp.tools, allow",
            call("a"),
            open(json!({"allow": ["read"]})),
            trusted,
            ("require_approval", "mcp.tool.require_approval"),
        ),
        Shown::new(
            E1,
            "a command that no rule names",
            command("make release"),
            json!({"commands": {"default": "allow"}}),
            command_asked,
            ("allow", "commands.default.allow"),
        ),
        Shown::new(
            E2,
            "a compound of allowed commands",
            command("make build && make test"),
            json!({"commands": {"allow": ["make build", "make test"]}}),
            command_asked,
            command_allowed,
        ),
        Shown::new(
            E3,
            "a branch that ends with main",
            push("domain"),
            json!({"git": {"protected_branches": ["main"]}}),
            protected,
            git_allowed,
        ),
        Shown::new(
            E3,
            "a branch that ends with main, and is asked about",
            push("domain"),
            json!({"git": {"protected_branches": ["main"], "require_approval_push": ["*"]}}),
            protected,
            ("require_approval", "git.push.require_approval"),
        ),
    ]
}

#[test]
fn the_record_of_a_folder_has_the_number_of_its_files_and_those_that_a_rule_names() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "work/p.yaml",
        "metadata: {id: a, version: 1}\nfilesystem: {block_read: ['**/*.pem'], recursive_read: warn}\n",
    );
    let mut tree: Vec<String> = (0..5_000).map(|number| format!("app/{number}.rs")).collect();
    tree.extend(["app/b.pem".to_owned(), "app/a.pem".to_owned()]);
    let request = json!({"action_type": "read_file", "target": "app", "context": {"tree": tree}});
    sandbox.write("work/request.json", request.to_string());
    for _ in 0..2 {
        sandbox.run(["evaluate", "--record", "--policy", "p.yaml", "--input", "request.json"]).exit(0);
    }
    let records = sandbox.evidence();
    let decisions: Vec<&Value> = records.iter().filter(|record| record["kind"] == "decision").collect();
    assert_eq!(decisions.len(), 2);
    for record in decisions {
        let context = &record["requests"][0]["context"];
        assert_eq!(
            (&context["tree_total"], &context["tree"]),
            (&json!(5_002), &json!(["app/b.pem", "app/a.pem"]))
        );
        assert_eq!(record["verdict"]["decision"], "warn");
        assert_eq!(record["verdict"]["rule_id"], "filesystem.read.recursive");
        assert_eq!(record["verdict"]["matched"], "**/*.pem");
    }
    assert!(sandbox.evidence().iter().all(|record| record.to_string().len() < 5_000));
    sandbox.run(["evidence", "verify"]).exit(0);
}
