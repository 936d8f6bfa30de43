//! What `cavra evaluate` makes of requests that nobody should send: a clear error on stderr, a decision that blocks
//! on stdout, exit code 1, in parity and in default mode alike.

use crate::sandbox::{Outcome, Sandbox};

#[track_caller]
fn is_refused(outcome: Outcome, reason: &str) {
    let told = serde_json::to_string(reason).expect("a string is JSON");
    outcome.exit(1).stderr(&format!("error: {reason}\n")).stdout(
        &format!(
            concat!(
                r#"{{"decision_id":"dec_6e789e6aa1b9","session_id":"local","agent_id":"unknown-agent","#,
                r#""actor":"ai-agent","decision":"block","reason":{},"action_type":"","target":"","#,
                r#""requested_operation":"","policy_pack":"cavra-ai-agent-baseline","#,
                r#""policy_id":"cavra-ai-agent-baseline","rule_id":"request.malformed","severity":"high","#,
                r#""evidence_refs":["evidence://local/dec_6e789e6aa1b9"],"timestamp":"2026-11-23T09:30:00.000Z","#,
                r#""correlation_id":"corr_e220a8397b1d","#,
                r#""alternative":"send a request as `cavra evaluate --schema` describes it"}}"#,
                "\n"
            ),
            told
        ),
    );
}

#[track_caller]
fn evaluating_is_refused(input: impl AsRef<[u8]>, reason: &str) {
    for mode in [&["evaluate", "--parity"][..], &["evaluate"]] {
        is_refused(Sandbox::new().run_with(mode, input.as_ref()), reason);
    }
}

#[test]
fn text_that_is_not_json_is_refused() {
    evaluating_is_refused("nope", "the request is malformed: expected ident at line 1 column 2");
    evaluating_is_refused("", "the request is malformed: EOF while parsing a value at line 1 column 0");
    evaluating_is_refused("{} {}", "the request is malformed: trailing characters at line 1 column 4");
    evaluating_is_refused(
        "[]",
        "the request is malformed: invalid type: sequence, expected an object at line 1 column 0",
    );
}

#[test]
fn a_wrong_type_is_refused_by_the_name_of_its_field() {
    evaluating_is_refused(
        r#"{"action_type":5}"#,
        "the request is malformed: `action_type`: invalid type: integer `5`, expected a string at line 1 column 16",
    );
    evaluating_is_refused(
        r#"{"record":"x"}"#,
        "the request is malformed: `record`: expected an object, found a string at line 1 column 14",
    );
    evaluating_is_refused(
        r#"{"release_governance":{"critical_count":1.5}}"#,
        "the request is malformed: `release_governance`: `critical_count`: invalid type: floating point `1.5`, \
         expected i64 at line 1 column 43",
    );
    evaluating_is_refused(
        r#"{"context":{"ref_update":{"forced":"no"}}}"#,
        "the request is malformed: `context`: `ref_update`: `forced`: invalid type: string \"no\", \
         expected a boolean at line 1 column 39",
    );
}

#[test]
fn duplicate_keys_are_refused_wherever_they_stand() {
    evaluating_is_refused(
        r#"{"target":"a","target":"b"}"#,
        "the request is malformed: duplicate key `target` at line 1 column 22",
    );
    evaluating_is_refused(
        r#"{"unknown":1,"unknown":2}"#,
        "the request is malformed: duplicate key `unknown` at line 1 column 22",
    );
    evaluating_is_refused(
        r#"{"record":{"a":{"b":1,"b":2}}}"#,
        "the request is malformed: `record`: duplicate key `b` at line 1 column 25",
    );
}

#[test]
fn depth_is_bounded_without_a_stack_overflow() {
    let deep = format!(r#"{{"record":{}1{}}}"#, r#"{"a":"#.repeat(10_000), "}".repeat(10_000));
    evaluating_is_refused(
        deep,
        "the request is malformed: `record`: recursion limit exceeded at line 1 column 641",
    );
}

#[test]
fn depth_up_to_the_bound_is_read() {
    let deep = format!(r#"{{"action_type":"x","record":{}1{}}}"#, r#"{"a":"#.repeat(126), "}".repeat(126));
    assert_eq!(Sandbox::new().run_with(["evaluate", "--parity"], deep).code, Some(0));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    evaluating_is_refused(
        b"{\"target\":\"\xff\"}",
        "the request is malformed: `target`: invalid unicode code point at line 1 column 12",
    );
    evaluating_is_refused(
        r#"{"target":"\ud800"}"#,
        "the request is malformed: `target`: unexpected end of hex escape at line 1 column 18",
    );
}

#[test]
fn a_raw_nul_is_refused() {
    let outcome = Sandbox::new().run_with(["evaluate"], b"{\"target\":\"a\0b\"}");
    assert_eq!(outcome.code, Some(1));
    assert_eq!(
        outcome.stderr,
        "error: the request is malformed: `target`: control character (\\u0000-\\u001F) found while parsing a \
         string at line 1 column 13\n"
    );
}

#[test]
fn twenty_mebibytes_are_refused_unread() {
    evaluating_is_refused(vec![b' '; 20 << 20], "stdin is larger than 16777216 bytes");
}

#[test]
fn a_line_that_is_too_long_is_refused_and_the_next_is_answered() {
    let mut input = vec![b'x'; 17 << 20];
    input.extend_from_slice(b"\n{\"action_type\":\"read_file\",\"target\":\"a\"}\n");
    let outcome = Sandbox::new().run_with(["evaluate", "--parity", "--jsonl"], input);
    assert_eq!(outcome.code, Some(1));
    assert_eq!(outcome.stderr, "error: line 1: the request is larger than 16777216 bytes\n");
    let decisions: Vec<serde_json::Value> =
        outcome.stdout.lines().map(|line| serde_json::from_str(line).expect("a decision")).collect();
    let rules: Vec<_> =
        decisions.iter().map(|decision| decision["rule_id"].as_str().expect("a rule")).collect();
    assert_eq!(rules, ["request.malformed", "filesystem.read.allow"]);
}

#[test]
fn the_exit_code_of_a_malformed_request_is_that_of_a_block_where_exit_codes_are_asked_for() {
    assert_eq!(Sandbox::new().run_with(["evaluate", "--exit-code"], "nope").code, Some(20));
}

#[test]
fn a_panic_is_a_block() {
    let sandbox = Sandbox::new();
    sandbox.write("clock", "broken");
    let outcome = sandbox.run_with(["evaluate"], r#"{"action_type":"read_file","target":"a"}"#);
    assert_eq!(outcome.code, Some(20));
    let decision: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("a decision");
    assert_eq!(
        (decision["decision"].as_str(), decision["rule_id"].as_str()),
        (Some("block"), Some("runtime.crashed"))
    );
    assert_eq!(sandbox.run(["check", "read", "a"]).code, Some(20));
}
