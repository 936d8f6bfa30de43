//! `cavra policy test`, `diff`, `simulate` and `controls`: a policy tried out before it is in force.

use std::fs;
use std::path::Path;

use similar_asserts::assert_eq;

use crate::sandbox::Sandbox;

const POLICY: &str = r#"metadata: {id: team, version: "1"}
filesystem:
  block_read:
    - { pattern: "**/*.pan", controls: ["PCI DSS 4.0.1 req. 3.5.1"], match: [a/b.pan], not_match: [a/b.md] }
commands:
  block:
    - { pattern: "terraform apply*", match: [terraform apply], not_match: [terraform plan] }
  effects:
    publishes: { value: ask, controls: ["PCI DSS 4.0.1 req. 6.5.1", "PCI DSS 4.0.1 req. 3.5.1"] }
  default: allow
git:
  block_force_push: { value: all, controls: ["PCI DSS 4.0.1 req. 6.5.1"] }
evidence:
  required: { value: true, controls: ["PCI DSS 4.0.1 req. 10.2.1"] }
"#;

fn with_policy() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("work/p.yaml", POLICY);
    sandbox
}

#[test]
fn controls_are_told_with_the_rules_that_serve_them() {
    let sandbox = with_policy();
    sandbox.run(["policy", "controls", "p.yaml"]).exit(0).stderr("").stdout(
        "PCI DSS 4.0.1 req. 10.2.1
    evidence.required: true  # p.yaml:14
PCI DSS 4.0.1 req. 3.5.1
    filesystem.block_read: **/*.pan  # p.yaml:4
    commands.effects.publishes: ask  # p.yaml:9
PCI DSS 4.0.1 req. 6.5.1
    commands.effects.publishes: ask  # p.yaml:9
    git.block_force_push: all  # p.yaml:12
a policy alone makes nobody compliant: these are the parts of a control that its rules serve
",
    );
    sandbox.write("work/child.yaml", "metadata: {id: child, version: '1', inherits: ./p.yaml}\n");
    let inherited = sandbox.run(["policy", "controls", "child.yaml", "--json"]).stdout;
    let rows: serde_json::Value = serde_json::from_str(&inherited).expect("JSON");
    assert_eq!(rows.as_array().map(Vec::len), Some(3));
}

#[test]
fn a_value_with_controls_is_that_value() {
    let sandbox = with_policy();
    let answer = |text: &str| sandbox.run(["check", "command", "--policy", "p.yaml", "--", text]).code;
    assert_eq!([answer("npm publish"), answer("npm pack")], [Some(10), Some(0)]);
    sandbox.write(
        "work/wrong.yaml",
        "metadata: {id: a, version: '1'}\nevidence: {required: {value: true, control: [x]}}\n",
    );
    sandbox.run(["policy", "validate", "wrong.yaml"]).exit(1).stderr(
        "error[unknown-key]: `evidence.required` has no key `control`
  --> wrong.yaml:2:36
  |
2 | evidence: {required: {value: true, control: [x]}}
  |                                    ^^^^^^^
hint: did you mean `controls`?
",
    );
}

#[test]
fn a_policy_is_tested_by_its_examples_and_by_case_files() {
    let sandbox = with_policy();
    sandbox.run(["policy", "test", "p.yaml"]).exit(0).stdout("4 examples, 0 cases: all hold\n");
    sandbox.write(
        "work/cases.jsonl",
        r#"{"cmd": "sudo -n terraform apply -auto-approve", "expected": "block", "rule": "commands.block"}
{"read": "x/y.pan", "expected": "block"}

{"action_type": "execute_command", "target": "npm publish", "expected": "require_approval"}
{"cmd": "terraform plan", "expected": "block"}
{"cmd": "terraform apply", "expected": "blok"}
{"cmd": "terraform apply", "expect": "allow"}
"#,
    );
    let args = ["policy", "test", "p.yaml", "--cases", "cases.jsonl"];
    sandbox.run(args).exit(1).stdout(
        "cases.jsonl:5: `terraform plan` is to be `block`, and is `allow` by commands.default.allow
cases.jsonl: `2 of 7 lines` are no cases
4 examples, 4 cases: 2 do not hold
",
    );
}

#[test]
fn an_example_that_another_rule_answers_is_told() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "work/p.yaml",
        "metadata: {id: a, version: '1'}\ncommands:\n  block: ['git *']\n  allow:\n    - {pattern: 'git status*', match: [git status]}\n",
    );
    let outcome = sandbox.run(["policy", "test", "p.yaml"]).exit(1).stdout;
    assert!(
        outcome.starts_with("p.yaml:5: `git status` is to be allowed, and is `block` by commands.block\n"),
        "{outcome}"
    );
}

#[test]
fn two_policies_are_compared_over_examples_and_cases() {
    let sandbox = with_policy();
    sandbox.write(
        "work/q.yaml",
        "metadata: {id: q, version: '1'}\ncommands: {default: allow, require_approval: ['terraform apply*']}\n",
    );
    sandbox.run(["policy", "diff", "p.yaml", "q.yaml", "--exit-code"]).exit(1).stdout(
        "block -> allow  read a/b.pan
    filesystem.read.block -> filesystem.read.allow  p.yaml:4
block -> require_approval  terraform apply
    commands.block -> commands.require_approval  p.yaml:7
4 actions compared, 2 answered differently
",
    );
    sandbox
        .run(["policy", "diff", "p.yaml", "p.yaml", "--exit-code"])
        .exit(0)
        .stdout("4 actions compared, 0 answered differently\n");
    sandbox.write("work/cases.jsonl", "{\"cmd\": \"terraform apply\"}\n{\"cmd\": \"terraform apply\"}\n");
    let over = ["policy", "diff", "p.yaml", "q.yaml", "--cases", "cases.jsonl"];
    assert!(sandbox.run(over).exit(0).stdout.ends_with("1 action compared, 1 answered differently\n"));
    sandbox.write("work/cases.jsonl", "no JSON\n");
    sandbox.run(over).exit(1).stdout("").stderr("error: 1 line could not be read, and was not compared\n");
}

#[test]
fn an_example_of_a_tool_is_held_to_its_own_list() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "work/p.yaml",
        "metadata: {id: a, version: '1'}\nmcp:\n  allowed_servers: [blockchain]\n  tools: {blockchain: {require_approval: [{pattern: 'send*', match: [send_coin]}]}}\n",
    );
    sandbox.run(["policy", "test", "p.yaml"]).exit(0).stdout("1 example, 0 cases: all hold\n");
}

#[test]
fn a_simulation_tells_what_would_have_been_asked_and_leaves_no_trace() {
    let sandbox = with_policy();
    for text in ["git status", "npm publish && git status", "npm publish"] {
        let request = serde_json::json!({"action_type": "execute_command", "target": text}).to_string();
        sandbox.run_with(["evaluate", "--record", "--policy", "p.yaml"], request).exit(0);
    }
    let records = || sandbox.run(["evidence", "verify"]).stdout;
    let before = records();
    let outcome = sandbox.run(["policy", "simulate", "p.yaml", "--evidence"]).exit(0).stderr("").stdout;
    assert_eq!(
        outcome,
        "3 actions on one day
    allow                         1    33.3 %, 1.0 a day
    require_approval              2    66.6 %, 2.0 a day

require_approval commands.effects.publishes  2 times, 2.0 a day
    npm publish
"
    );
    assert_eq!(records(), before);
    sandbox.write("work/cases.jsonl", "{\"cmd\": \"ls\"}\nno JSON\n");
    sandbox
        .run(["policy", "simulate", "p.yaml", "--cases", "cases.jsonl"])
        .exit(0)
        .stdout("1 action; 1 of 2 lines could not be read\n    allow                         1   100.0 %\n");
}

#[test]
fn sessions_of_agents_are_gone_through_where_they_are_kept_and_where_they_are_named() {
    let sandbox = with_policy();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/transcripts");
    let session = fs::read(samples.join("claude-code.jsonl")).expect("a sample");
    sandbox.write("home/.claude/projects/-home-dev-app/1.jsonl", &session);
    let told = |args: &[&str]| {
        let outcome = sandbox.run([["policy", "simulate", "p.yaml", "--json"].as_slice(), args].concat());
        serde_json::from_str::<serde_json::Value>(&outcome.exit(0).stdout).expect("JSON")
    };
    let kept = told(&["--transcripts"]);
    assert!(kept["actions"].as_u64() > Some(5), "{kept}");
    assert_eq!(kept["lines_unread"], 4, "{kept}");
    let named = told(&["--transcripts", samples.to_str().expect("a path")]);
    assert!(named["actions"].as_u64() > kept["actions"].as_u64(), "{named}");
    assert!(named["days"].as_u64() > Some(0), "{named}");
    sandbox.write("work/other.jsonl", "{\"a\": 1}\n");
    let outcome = sandbox.run(["policy", "simulate", "p.yaml", "--transcripts", "other.jsonl"]).exit(1);
    assert!(outcome.stderr.starts_with("error: `other.jsonl` is no session"), "{}", outcome.stderr);
}

#[test]
fn of_two_that_are_inherited_the_stricter_answers_for_effects() {
    let sandbox = Sandbox::new();
    let policy = |inherits: &str| {
        format!(
            "metadata: {{id: a, version: '1', inherits: [{inherits}]}}\ngit: {{block_hook_bypass: true}}\n"
        )
    };
    for inherits in
        ["cavra-terraform-prod, cavra-unattended-agent", "cavra-unattended-agent, cavra-terraform-prod"]
    {
        sandbox.write("work/p.yaml", policy(inherits));
        let answer = |text: &str| sandbox.run(["check", "command", "--policy", "p.yaml", "--", text]).code;
        assert_eq!(answer("npm publish"), Some(20), "{inherits}");
        assert_eq!(answer("terraform destroy"), Some(20), "{inherits}");
        assert_eq!(answer("terraform plan"), Some(0), "{inherits}");
    }
    sandbox.write("work/p.yaml", policy("cavra-ai-agent-baseline, cavra-developer"));
    sandbox.run(["policy", "validate", "p.yaml"]).exit(0).stderr(
        "warning[inherits-weaker]: `cavra-developer` replaces what is named before it by something weaker: \
commands.default, git.block_branch_deletion, mcp.block_unknown_servers
  --> p.yaml:1:69
  |
1 | metadata: {id: a, version: '1', inherits: [cavra-ai-agent-baseline, cavra-developer]}
  |                                                                     ^^^^^^^^^^^^^^^
hint: name the stricter one last, or say here what is to hold
",
    );
    sandbox.write("work/p.yaml", policy("cavra-developer, cavra-ai-agent-baseline"));
    sandbox.run(["policy", "validate", "p.yaml"]).exit(0).stderr("");
}

#[test]
fn an_installation_tells_what_would_have_been_asked() {
    let sandbox = Sandbox::new();
    sandbox.run_program("git", ["init", "--quiet", "."]).exit(0);
    let before = sandbox.run(["install", "git"]).exit(0).stdout;
    assert!(!before.contains("would have asked"), "{before}");
    let call = |number: u8, command: &str| {
        serde_json::json!({
            "type": "assistant", "timestamp": "2026-11-20T10:00:00Z", "cwd": sandbox.path("work"), "sessionId": "s",
            "message": {"role": "assistant", "content": [
                {"type": "tool_use", "id": format!("t{number}"), "name": "Bash", "input": {"command": command}},
            ]},
        })
        .to_string()
    };
    let session =
        [call(1, "git status"), call(2, "git reset --hard"), call(3, "rm -rf /"), call(4, "npm publish")];
    sandbox.write("home/.claude/projects/-x/1.jsonl", session.join("\n"));
    let told = sandbox.run(["install", "git"]).exit(0).stdout;
    let wanted = "of 4 actions in evidence and sessions here on one day, this policy would have asked about 2 and \
blocked 1\n";
    assert!(told.contains(wanted), "{told}");
    assert!(told.contains("commands.effects.discards-work: 1 time, such as git reset --hard\n"), "{told}");
}

#[test]
fn an_installation_may_begin_with_recording_alone() {
    let sandbox = Sandbox::new();
    sandbox.run_program("git", ["init", "--quiet", "."]).exit(0);
    let policy = "home/.config/cavra/policy.yaml";
    let dry = sandbox.run(["install", "git", "--audit-only", "--dry-run"]).exit(0).stdout;
    assert!(dry.contains("would write"), "{dry}");
    assert!(!sandbox.path(policy).exists());
    let told = sandbox.run(["install", "git", "--audit-only"]).exit(0).stdout;
    assert!(told.contains("with mode audit_only: everything runs"), "{told}");
    let ran = sandbox.run(["exec", "--", "git", "push", "--force", "nowhere", "main"]).exit(1).stderr;
    assert!(ran.contains("cavra: without the mode blocked: push to `main`\n"), "{ran}");
    assert!(ran.contains("error: src refspec main does not match any\n"), "git itself answers: {ran}");
    assert_eq!(sandbox.evidence().last().expect("a record")["mode"], "audit_only");
    sandbox.run(["install", "git", "--audit-only"]).exit(0);
    let own = "metadata: {id: own, version: '1'}\n";
    sandbox.write(policy, own);
    let refused = sandbox.run(["install", "git", "--audit-only"]).exit(1);
    assert!(refused.stderr.contains("is there already"), "{}", refused.stderr);
    assert_eq!(sandbox.read(policy), own);
    let managed = Sandbox::new().managed_policy(own);
    managed.run_program("git", ["init", "--quiet", "."]).exit(0);
    let refused = managed.run(["install", "git", "--audit-only"]).exit(1);
    assert!(refused.stderr.contains("this machine's policy says the mode"), "{}", refused.stderr);
    assert!(!managed.path(".git/hooks/pre-commit").exists());
}

#[test]
fn the_schema_of_policies_is_printed() {
    let printed = Sandbox::new().run(["policy", "schema"]).exit(0).stderr("").stdout;
    let schema: serde_json::Value = serde_json::from_str(&printed).expect("JSON");
    let effects = &schema["properties"]["commands"]["properties"]["effects"]["properties"];
    assert_eq!(
        effects["publishes"]["oneOf"][0]["enum"],
        serde_json::json!(["block", "ask", "warn", "allow"])
    );
    assert_eq!(schema["properties"]["metadata"]["required"], serde_json::json!(["id", "version"]));
}

#[test]
fn every_pack_holds_its_examples() {
    let sandbox = Sandbox::new();
    for pack in cavra::policy::packs() {
        let outcome = sandbox.run(["policy", "test", pack.name]);
        assert_eq!(
            (outcome.code, outcome.stderr.as_str()),
            (Some(0), ""),
            "{}: {}",
            pack.name,
            outcome.stdout
        );
    }
}

#[test]
fn what_is_asked_about_again_and_again_is_told_with_the_line_that_settles_it() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "work/p.yaml",
        "metadata: {id: team, version: '1'}\ncommands:\n  allow: [git status]\n  require_approval: ['make deploy*']\n",
    );
    let mut cases = String::new();
    for text in [
        "cargo build",
        "cargo build --release",
        "cargo build -p x",
        "make deploy",
        "make deploy x",
        "make deploy y",
        "ls",
    ] {
        cases.push_str(&format!("{}\n", serde_json::json!({ "cmd": text })));
    }
    sandbox.write("work/cases.jsonl", cases);
    sandbox.run(["policy", "suggest", "p.yaml", "--cases", "cases.jsonl"]).exit(0).stderr("").stdout(
        "of 7 actions, asked about again and again:

3 times, always: make  commands.require_approval
    such as make deploy
    decided by p.yaml:4
    if it is always approved, make the pattern narrower where it stands

3 times, always: cargo build  commands.default.require_approval
    if it is always approved, allow it
    commands.allow: [\"cargo build *\"]  # settles 2 of 3
",
    );
    sandbox
        .run(["policy", "suggest", "p.yaml", "--cases", "cases.jsonl", "--least", "4"])
        .exit(0)
        .stdout("of 7 actions, nothing was asked about 4 times or more\n");
    let json =
        sandbox.run(["policy", "suggest", "p.yaml", "--cases", "cases.jsonl", "--json"]).exit(0).stdout;
    let told: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(told[1]["line"]["settles"], 2, "{told}");
    sandbox.run(["policy", "suggest", "p.yaml"]).exit(2);
}
