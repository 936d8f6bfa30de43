//! What files hold: secrets in the lines that a commit adds, by the shapes that the policy names.

use crate::git::{git, unseen};
use crate::sandbox::Sandbox;

/// Put together here, so that no file of this repository has the shape of a secret.
fn token() -> String {
    ["ghp", "_x7Qm2ZrT9vLk4WnB8cYd3", "FhJ6sPaEuG1oKiV"].concat()
}

fn repository(rules: &str) -> Sandbox {
    let sandbox = Sandbox::new().user_policy(&format!(
        "metadata: {{id: house, version: '1', title: House}}\nfilesystem: {{block_content: {rules}}}\n\
         git: {{protected_branches: [release]}}\n"
    ));
    git(&sandbox, &["init", "--quiet"]);
    sandbox.write("work/old", format!("first\ntoken = {}\n", token()));
    git(&sandbox, &["add", "."]);
    git(&sandbox, &["commit", "--quiet", "-m", "old"]);
    sandbox.run(["install", "git"]).exit(0);
    sandbox
}

#[test]
fn a_secret_in_an_added_line_is_blocked_with_its_place_and_without_itself() {
    let sandbox = repository("['*']");
    sandbox.write("work/src/new.py", format!("import os\n\nTOKEN = '{}'\n", token()));
    git(&sandbox, &["add", "."]);
    sandbox.run_program("git", ["commit", "-m", "x"]).exit(1).stdout("").stderr(
        "cavra: blocked: write of `src/new.py`\n  rule: filesystem.content.block (critical): line 3 adds what looks \
         like a GitHub token: `ghp_… (40 characters)`\n  policy: $ROOT/home/.config/cavra/policy.yaml:2:30 (user): \
         `*`\n  instead: take it out of the file, and have it read from the environment or a store of secrets\n  \
         evidence: record 1, `cavra evidence show 1`\n",
    );
    let evidence = sandbox.read("home/.local/state/cavra/evidence/evidence.jsonl");
    assert!(!evidence.contains(&token()[6..20]), "the secret stands in the evidence");
    assert_eq!(sandbox.evidence()[0]["requests"][0]["context"]["content"][0]["shape"], "github-token");
    // Nothing that skips a hook skips this.
    assert_eq!(sandbox.run_program("git", ["commit", "-n", "-m", "x"]).code, Some(1));
}

#[test]
fn what_was_there_before_and_what_is_taken_out_does_not_count() {
    let sandbox = repository("['*']");
    sandbox.write("work/old", format!("first\ntoken = {}\nand more\n", token()));
    git(&sandbox, &["commit", "--quiet", "-a", "-m", "a line beside it"]);
    sandbox.write("work/old", "first\n");
    git(&sandbox, &["commit", "--quiet", "-a", "-m", "away with it"]);
    sandbox.write("work/old", format!("token = {}\n", token()));
    assert_eq!(sandbox.run_program("git", ["commit", "-a", "-m", "back"]).code, Some(1));
}

#[test]
fn only_the_shapes_that_are_named_count() {
    for (rules, code) in [("[github-*]", 1), ("[aws-*, private-key]", 0), ("[]", 0)] {
        let sandbox = repository(rules);
        sandbox.write("work/new", token());
        git(&sandbox, &["add", "."]);
        assert_eq!(sandbox.run_program("git", ["commit", "--quiet", "-m", "x"]).code, Some(code), "{rules}");
    }
}

#[test]
fn it_is_the_staged_content_that_is_looked_at() {
    let sandbox = repository("['*']");
    sandbox.write("work/new", token());
    git(&sandbox, &["add", "."]);
    sandbox.write("work/new", "nothing here");
    assert_eq!(sandbox.run_program("git", ["commit", "-m", "x"]).code, Some(1));
    git(&sandbox, &["add", "."]);
    sandbox.write("work/new", token());
    git(&sandbox, &["commit", "--quiet", "-m", "x"]);
    // A binary file is not text, and is not looked through.
    sandbox.write("work/binary", [b"\0", token().as_bytes()].concat());
    git(&sandbox, &["add", "binary"]);
    git(&sandbox, &["commit", "--quiet", "-m", "binary"]);
}

#[test]
fn a_secret_in_a_commit_that_is_pushed_is_found() {
    let sandbox = repository("['*']");
    git(&sandbox, &["init", "--quiet", "--bare", "../remote.git"]);
    git(&sandbox, &["remote", "add", "origin", "../remote.git"]);
    unseen(&sandbox, &["push", "--quiet", "origin", "HEAD:topic"]);
    git(&sandbox, &["fetch", "--quiet"]);
    sandbox.write("work/new", token());
    git(&sandbox, &["add", "."]);
    unseen(&sandbox, &["commit", "--quiet", "-m", "x"]);
    git(&sandbox, &["rm", "--quiet", "new"]);
    git(&sandbox, &["commit", "--quiet", "-m", "away"]);
    let refused = sandbox.run_program("git", ["push", "origin", "HEAD:topic"]);
    assert_eq!(refused.code, Some(1), "{}", refused.stderr);
    assert_eq!(sandbox.evidence().pop().expect("a record")["verdict"]["rule_id"], "filesystem.content.block");
}

#[test]
fn a_shape_that_is_none_is_an_error_of_the_policy() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "work/p.yaml",
        "metadata: {id: p, version: '1', title: P}\nfilesystem: {block_content: [githb-token]}\n",
    );
    let told = sandbox.run(["policy", "validate", "p.yaml"]);
    assert_eq!(told.code, Some(1), "{}", told.stderr);
    assert!(told.stderr.contains("no shape of a secret has such a name"), "{}", told.stderr);
}
