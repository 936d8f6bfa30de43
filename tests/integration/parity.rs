//! `cavra parity`, against the program itself and against programs that nobody would want to trust.

use serde_json::{Value, json};
use similar_asserts::assert_eq;

use crate::cases::testdata;
use crate::sandbox::{CAVRA, Outcome, Sandbox};

/// Two cases, of which a program that always allows gets one right.
const CASES: &str = r#"{
  "policy": {"metadata": {"id": "p"}, "filesystem": {"block_read": [".env"]}},
  "cases": [
    {"name": "a-secret", "request": {"action_type": "read_file", "target": ".env"},
     "expected": {"decision": "block", "rule_id": "filesystem.read.block", "approver_group": "", "severity": "high"}},
    {"name": "a-file", "request": {"action_type": "read_file", "target": "a"}, "expected": {"decision": "allow"}}
  ]
}"#;

/// Compares a shell script with [`CASES`].
fn against_script(script: &str, options: &[&str]) -> Outcome {
    let sandbox = Sandbox::new();
    sandbox.write("work/cases.json", CASES);
    sandbox.write("work/other", format!("#!/bin/sh\n{script}\n"));
    let mut args = vec!["parity", "--against", "/bin/sh other {policy}", "--cases", "cases.json"];
    args.extend(options);
    sandbox.run(args)
}

#[test]
fn the_program_does_not_differ_from_itself() {
    let command = format!("{CAVRA} evaluate --parity --policy {{policy}} [--registry {{registry}}]");
    let outcome = Sandbox::new().run(["parity", "--against", &command]);
    outcome.exit(0).stdout("112 cases: no difference\n").stderr("");
}

#[test]
fn the_conformance_suite_is_a_file_of_cases() {
    let sandbox = Sandbox::new();
    for folder in ["policies", "registries"] {
        for entry in std::fs::read_dir(testdata("conformance").join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_str().expect("UTF-8").to_owned();
            sandbox.write(format!("work/{folder}/{name}"), std::fs::read(&path).expect("a file"));
        }
    }
    let rows = std::fs::read_to_string(testdata("conformance/golden.jsonl")).expect("the rows");
    let every_fortieth: Vec<&str> = rows.lines().step_by(40).collect();
    sandbox.write("work/golden.jsonl", every_fortieth.join("\n"));
    let command = format!("{CAVRA} evaluate --parity [--policy {{policy}}] [--registry {{registry}}]");
    let outcome = sandbox.run(["parity", "--against", &command, "--cases", "golden.jsonl"]);
    outcome.exit(0).stdout("99 cases: no difference\n").stderr("");
}

#[test]
fn a_program_that_always_allows_differs_where_it_should_not_allow() {
    against_script(r#"echo '{"decision":"allow","rule_id":"x","severity":7}'"#, &[])
        .exit(1)
        .stdout(
            "  field     expected                    got
a-secret
  decision  block                       allow
  rule_id   filesystem.read.block       x
  severity  high                        7
2 cases: 1 differs
",
        )
        .stderr("");
}

#[test]
fn what_differs_is_told_as_json_too() {
    let outcome =
        against_script(r#"echo '{"decision":"allow","rule_id":"filesystem.read.block"}'"#, &["--json"])
            .exit(1)
            .stderr("");
    let told: Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    let expected = json!({"cases": 2, "differing": 1, "differences": [{"case": "a-secret", "fields": [
        {"field": "decision", "expected": "block", "got": "allow"},
        {"field": "severity", "expected": "high", "got": null},
    ]}]});
    assert_eq!(told, expected);
    assert_eq!(outcome.stdout.lines().count(), 1);
}

#[track_caller]
fn gives_no_decision(script: &str, options: &[&str], reason: &str) {
    against_script(script, options)
        .exit(1)
        .stdout(&format!("a-secret\n  {reason}\na-file\n  {reason}\n2 cases: 2 differ\n"))
        .stderr("");
}

#[test]
fn a_program_that_hangs_is_a_difference_and_is_ended() {
    gives_no_decision("sleep 60", &["--timeout", "1"], "the program did not end within 1 s");
    gives_no_decision(
        r#"echo '{"decision":"allow"}'; exec 1>&- 2>&-; sleep 60"#,
        &["--timeout", "1"],
        "the program did not end within 1 s",
    );
}

#[test]
fn a_program_that_floods_is_a_difference_and_is_ended() {
    gives_no_decision("exec yes", &[], "the program printed more than 1048576 bytes");
}

#[test]
fn a_program_that_prints_no_decision_is_a_difference() {
    gives_no_decision(
        "echo nonsense",
        &[],
        "the program printed no JSON: expected ident at line 1 column 2 (exit code 0)",
    );
    gives_no_decision("echo '[]'", &[], "the program printed JSON that is no object");
    gives_no_decision("echo oh >&2; exit 3", &[], "the program printed nothing (exit code 3), and said: oh");
    gives_no_decision("kill -9 $$", &[], "the program was ended by signal 9");
    gives_no_decision(
        r"printf '\033[31m' >&2; exit 3",
        &[],
        r"the program printed nothing (exit code 3), and said: \u{1b}[31m",
    );
}

#[test]
fn a_decision_counts_whatever_the_exit_code_says() {
    let script = r#"case $(cat) in *.env*) echo '{"decision":"block","rule_id":"filesystem.read.block",
        "severity":"high"}'; exit 20;; *) echo '{"decision":"allow"}';; esac"#;
    against_script(script, &[]).exit(0).stdout("2 cases: no difference\n").stderr("");
}

#[test]
fn a_program_that_cannot_be_started_is_a_difference() {
    let sandbox = Sandbox::new();
    sandbox.write("work/cases.json", CASES);
    sandbox
        .run(["parity", "--against", "/nonexistent/program", "--cases", "cases.json"])
        .exit(1)
        .stdout(
            "a-secret
  the program cannot be started: No such file or directory (os error 2)
a-file
  the program cannot be started: No such file or directory (os error 2)
2 cases: 2 differ
",
        )
        .stderr("");
}

#[test]
fn the_request_and_the_policy_reach_the_program_as_they_are() {
    let script = r#"cat > request; cat "$1" > policy; echo '{"decision":"allow"}'"#;
    let sandbox = Sandbox::new();
    sandbox.write("work/other", script);
    sandbox.write(
        "work/cases.json",
        r#"{"request":{"target":"a\u0000\u001b é","n":1.50},"expected":{"decision":"allow"},"policy":{"x":[1]}}"#,
    );
    sandbox
        .run(["parity", "--against", "/bin/sh other {policy}", "--cases", "cases.json"])
        .exit(0)
        .stdout("1 case: no difference\n")
        .stderr("");
    assert_eq!(sandbox.read("work/request"), "{\"n\":1.5,\"target\":\"a\\u0000\\u001b é\"}\n");
    assert_eq!(sandbox.read("work/policy"), r#"{"x":[1]}"#);
    let left: Vec<_> = std::fs::read_dir(sandbox.path("tmp")).expect("a folder").collect();
    assert!(left.is_empty(), "nothing is left behind: {left:?}");
}

#[test]
fn a_case_that_has_nothing_for_a_place_is_told_with_the_way_out() {
    let sandbox = Sandbox::new();
    sandbox.write("work/cases.json", CASES);
    sandbox
        .run(["parity", "--against", "other {registry}", "--cases", "cases.json"])
        .exit(2)
        .stdout("")
        .stderr(
            "error: case `a-secret` has no registry for `{registry}`\n\
             hint: put the words that need it in brackets: `[--registry {registry}]`\n",
        );
}

#[test]
fn cases_that_cannot_be_read_are_told() {
    let sandbox = Sandbox::new();
    sandbox.write("work/cases.json", r#"{"cases":[{"request":{},"expected":{"a":1},"policy":"gone"}]}"#);
    sandbox
        .run(["parity", "--against", "other", "--cases", "cases.json"])
        .exit(1)
        .stdout("")
        .stderr("error: `cases.json`: case 1: `gone`: No such file or directory (os error 2)\n");
    sandbox
        .run(["parity", "--against", "other", "--cases", "gone.json"])
        .exit(1)
        .stdout("")
        .stderr("error: `gone.json`: No such file or directory (os error 2)\n");
}
