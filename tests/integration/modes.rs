//! What becomes of a decision under each mode of the policy, where one asks and at a seam.

use crate::sandbox::Sandbox;

fn under(mode: &str) -> Sandbox {
    Sandbox::new().user_policy(&format!(
        "metadata: {{id: house, version: '1', title: House, mode: {mode}}}\n\
         commands: {{default: allow, block: ['rocket launch*'], require_approval: ['make release*']}}\n"
    ))
}

/// The decision, the base decision and the rule for a command, and the exit code of `check`.
fn asked(sandbox: &Sandbox, command: &str) -> (String, Option<String>, String, Option<i32>) {
    let outcome = sandbox.run(["check", "--json", "command", command]);
    let decision: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("a decision");
    let text = |field: &str| decision[field].as_str().map(str::to_owned);
    (
        text("decision").expect("a decision"),
        text("base_decision"),
        text("rule_id").expect("a rule"),
        outcome.code,
    )
}

fn expected(
    decision: &str,
    base: Option<&str>,
    rule: &str,
    code: i32,
) -> (String, Option<String>, String, Option<i32>) {
    (decision.to_owned(), base.map(str::to_owned), rule.to_owned(), Some(code))
}

#[test]
fn enforce_changes_nothing() {
    let sandbox = under("enforce");
    assert_eq!(asked(&sandbox, "true"), expected("allow", None, "commands.default.allow", 0));
    assert_eq!(asked(&sandbox, "rocket launch"), expected("block", None, "commands.block", 20));
}

#[test]
fn audit_only_lets_everything_run_and_loses_nothing() {
    let sandbox = under("audit_only");
    assert_eq!(asked(&sandbox, "true"), expected("allow", None, "commands.default.allow", 0));
    let audited = expected("audit_only", Some("block"), "commands.block", 0);
    assert_eq!(asked(&sandbox, "rocket launch"), audited);
    let audited = expected("audit_only", Some("require_approval"), "commands.require_approval", 0);
    assert_eq!(asked(&sandbox, "make release"), audited);
    let ran = sandbox.run(["exec", "--", "rocket", "launch"]);
    assert_eq!(ran.code, Some(127), "it is let through, and there is no such program: {}", ran.stderr);
    assert_eq!(ran.stderr.lines().next(), Some("cavra: let through by mode audit_only: `rocket launch`"));
    let verdict = &sandbox.evidence()[0]["verdict"];
    assert_eq!(
        (verdict["decision"].as_str(), verdict["base_decision"].as_str(), verdict["rule_id"].as_str()),
        (Some("audit_only"), Some("block"), Some("commands.block"))
    );
}

#[test]
fn strict_asks_about_what_would_be_allowed() {
    let sandbox = under("strict");
    assert_eq!(asked(&sandbox, "true"), expected("require_approval", Some("allow"), "mode.strict", 10));
    assert_eq!(asked(&sandbox, "rocket launch"), expected("block", None, "commands.block", 20));
    assert_eq!(sandbox.run(["exec", "--", "true"]).code, Some(126));
}

#[test]
fn break_glass_blocks_what_no_person_answers_for() {
    let sandbox = under("break_glass");
    assert_eq!(asked(&sandbox, "true"), expected("block", Some("allow"), "mode.break_glass.missing", 20));
    assert_eq!(
        sandbox.run(["exec", "--", "true"]).code,
        Some(126),
        "a seam has nobody who could answer for it"
    );
    let request = r#"{"action_type":"execute_command","target":"rocket launch","actor":"root","context":{}}"#;
    let answered = ["evaluate", "--record", "--actor", "Ada", "--reason", "the site is down"];
    let outcome = sandbox.run_with(answered, request).exit(0);
    let decision: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("a decision");
    assert_eq!(
        (decision["decision"].as_str(), decision["base_decision"].as_str()),
        (Some("allow_with_attestation"), Some("block"))
    );
    let records = sandbox.evidence();
    let attestation = &records.last().expect("a record")["attestation"];
    assert_eq!(attestation, &serde_json::json!({"actor": "Ada", "reason": "the site is down"}));
}

#[test]
fn neither_half_of_an_answer_counts_nor_a_blank_one() {
    let sandbox = under("break_glass");
    let request = r#"{"action_type":"read_file","target":"a"}"#;
    assert_eq!(sandbox.run_with(["evaluate", "--actor", "Ada"], request).code, Some(2));
    assert_eq!(sandbox.run_with(["evaluate", "--actor", " ", "--reason", "x"], request).code, Some(2));
}

#[test]
fn a_lower_layer_may_not_weaken_the_mode() {
    let sandbox = under("strict");
    sandbox.write("work/.cavra/policy.yaml", "metadata: {id: p, version: '1', title: P, mode: audit_only}\n");
    assert_eq!(asked(&sandbox, "true").2, "policy.unusable");
}
