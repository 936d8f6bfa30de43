//! `cavra policy validate`, as authors meet it: every finding whole.

use cavra::policy::{compile_file, load_named};
use similar_asserts::assert_eq;

use crate::sandbox::Sandbox;

/// The finding for a file `p.yaml` of these bytes.
#[track_caller]
fn refuses(bytes: impl AsRef<[u8]>, stderr: &str) {
    let sandbox = Sandbox::new();
    sandbox.write("work/p.yaml", bytes);
    sandbox.run(["policy", "validate", "p.yaml"]).exit(1).stdout("").stderr(stderr);
}

#[test]
fn an_unknown_section_or_key_is_shown_with_what_was_meant() {
    refuses(
        "metadata: {id: a, version: 1}\nfilesytem: {}\ncommands:\n  alow: [ls]\n",
        "error[unknown-section]: there is no section `filesytem`
  --> p.yaml:2:1
  |
2 | filesytem: {}
  | ^^^^^^^^^
hint: did you mean `filesystem`?
error[unknown-key]: `commands` has no key `alow`
  --> p.yaml:4:3
  |
4 |   alow: [ls]
  |   ^^^^
hint: did you mean `allow`?
",
    );
}

#[test]
fn wrong_types_and_words_say_what_to_write() {
    refuses(
        "metadata: {id: a, version: 1}
commands:
  block: 'rm *'
  allow: [12]
  default: alow
git:
  block_hook_bypass: yes
",
        "error[wrong-type]: `commands.block` must be a list, and this is a text
  --> p.yaml:3:10
  |
3 |   block: 'rm *'
  |          ^^^^^^
hint: write `[\"rm *\"]`
error[wrong-type]: `commands.allow` must be a pattern, and this is a number
  --> p.yaml:4:11
  |
4 |   allow: [12]
  |           ^^
hint: put it in quotes
error[unknown-value]: `commands.default` cannot be `alow`
  --> p.yaml:5:12
  |
5 |   default: alow
  |            ^^^^
hint: did you mean `allow`?
error[wrong-type]: `git.block_hook_bypass` must be true or false, and this is a text
  --> p.yaml:7:22
  |
7 |   block_hook_bypass: yes
  |                      ^^^
hint: write `true`, without quotes
",
    );
}

#[test]
fn how_a_read_counts_is_one_of_four_words() {
    refuses(
        "metadata: {id: a, version: 1}
filesystem:
  recursive_read: wran
  unresolved_read: never
",
        "error[unknown-value]: `filesystem.recursive_read` cannot be `wran`
  --> p.yaml:3:19
  |
3 |   recursive_read: wran
  |                   ^^^^
hint: it is one of block, ask, warn, allow
error[unknown-value]: `filesystem.unresolved_read` cannot be `never`
  --> p.yaml:4:20
  |
4 |   unresolved_read: never
  |                    ^^^^^
hint: it is one of block, ask, warn, allow
",
    );
}

#[test]
fn an_authored_policy_says_who_it_is() {
    refuses(
        "commands: {}\n",
        "error[missing-id]: the policy has no `metadata.id`
  --> p.yaml:1:1
  |
1 | commands: {}
  | ^
hint: add `id: my-team` under `metadata:`
error[missing-version]: the policy has no `metadata.version`
  --> p.yaml:1:1
  |
1 | commands: {}
  | ^
hint: add `version: \"1\"` under `metadata:`
",
    );
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    refuses(
        "commands:\n  block: [a]\n  block: [b]\n",
        "error[duplicate-key]: the key `block` stands twice in one mapping
  --> p.yaml:3:3
  |
3 |   block: [b]
  |   ^^^^^
hint: merge the two, and remove one
",
    );
}

#[test]
fn what_makes_yaml_surprising_is_refused() {
    for (text, code, place) in [
        ("a: &x [b]\n", "yaml-anchor", "1:4"),
        ("a: *x\n", "yaml-anchor", "1:4"),
        ("a: !!str b\n", "yaml-tag", "1:4"),
        ("a: {<<: {b: c}}\n", "yaml-merge-key", "1:5"),
        ("a: b\n---\nc: d\n", "multiple-documents", "2:1"),
        ("? [a]\n: b\n", "key-not-text", "1:3"),
        ("1: b\n", "key-not-text", "1:1"),
    ] {
        let sandbox = Sandbox::new();
        sandbox.write("work/p.yaml", text);
        let outcome = sandbox.run(["policy", "validate", "--json", "p.yaml"]).exit(1).stderr("");
        let report: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("JSON");
        let first = &report["findings"][0];
        let found =
            format!("{} {}:{}", first["code"].as_str().expect("a code"), first["line"], first["column"]);
        assert_eq!(found, format!("{code} {place}"), "{text}");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused_at_their_place() {
    refuses(
        b"metadata:\n  id: \xff\n",
        "error[not-utf8]: the text is not UTF-8 from here on
  --> p.yaml:2:7
  |
2 |   id:
  |       ^
",
    );
    refuses(
        "metadata:\n  id: \0\n",
        "error[nul-byte]: a policy must not hold a NUL
  --> p.yaml:2:7
  |
2 |   id: ?
  |       ^
",
    );
}

#[test]
fn control_characters_of_an_author_reach_no_terminal() {
    refuses(
        "\"\\e[2Jx\\n\u{202e}\": {}\n\"metadata\": {id: a, version: 1}\n",
        "error[unknown-section]: there is no section `\\u{1b}[2Jx\\n\\u{202e}`
  --> p.yaml:1:1
  |
1 | \"\\e[2Jx\\n?\": {}
  | ^^^^^^^^^^^
hint: the keys here are metadata, filesystem, commands, network, git, mcp, approvals, policy, evidence
",
    );
}

#[test]
fn what_is_no_file_of_reasonable_size_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("work/large.yaml", vec![b'#'; 20 << 20]);
    for (name, stderr) in [
        ("large.yaml", "error: `large.yaml` is larger than 1048576 bytes\n"),
        (".", "error: `.` is a folder, not a regular file\n"),
        ("nothing.yaml", "error: `nothing.yaml` does not exist\n"),
    ] {
        sandbox.run(["policy", "validate", name]).exit(1).stdout("").stderr(stderr);
    }
    refuses(
        "",
        "error[empty-policy]: there is no policy in this file
  --> p.yaml:1:1
hint: `cavra policy init` writes one to start from
",
    );
}

#[test]
fn depth_and_numbers_are_bounded_and_the_edge_is_where_it_is_said_to_be() {
    let nested = |depth: usize| format!("a: {}{}\n", "[".repeat(depth - 1), "]".repeat(depth - 1));
    let code = |name: &str, text: &str| {
        let sandbox = Sandbox::new();
        let path = sandbox.write(format!("work/{name}"), text);
        load_named(&path).expect_err("it is refused").diagnostics()[0].code
    };
    assert_eq!(code("p.yaml", &nested(128)), "unknown-section");
    assert_eq!(code("p.yaml", &nested(129)), "too-deep");
    assert_eq!(code("p.yaml", &nested(10_000)), "too-deep");
    assert_eq!(code("p.yaml", &format!("{}a\n", "- ".repeat(10_000))), "too-deep");
    assert_eq!(code("p.json", &format!("{}{}", "[".repeat(10_000), "]".repeat(10_000))), "too-deep");
    assert_eq!(code("p.yaml", &format!("a: [{}]\n", "x,".repeat(100_001))), "too-many-values");
    assert_eq!(code("p.json", &format!("[{}1]", "1,".repeat(100_001))), "too-many-values");
}

#[test]
fn examples_hold_or_the_policy_is_refused() {
    refuses(
        "metadata: {id: a, version: 1}
commands:
  block:
    - pattern: terraform apply
      match: [terraform apply -auto-approve]
      not_match: [' terraform apply']
",
        "error[example-not-matched]: `terraform apply` does not match its example `terraform apply -auto-approve`
  --> p.yaml:5:15
  |
5 |       match: [terraform apply -auto-approve]
  |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
hint: a pattern is anchored at both ends: end it with `*` to match what follows
error[example-matched]: `terraform apply` matches ` terraform apply`, which it says it does not
  --> p.yaml:6:19
  |
6 |       not_match: [' terraform apply']
  |                   ^^^^^^^^^^^^^^^^^^
",
    );
}

#[test]
fn what_works_and_is_probably_not_meant_is_a_warning() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "work/p.yaml",
        "metadata: {id: a, version: 1}
commands:
  block: ['git push*', 'git push -f*']
  allow: ['git push origin', 'make  all', ' ls']
filesystem:
  block_read: [secrets/]
",
    );
    sandbox.run(["policy", "validate", "p.yaml"]).exit(0).stdout("p.yaml: valid, 6 rules with what it inherits\n").stderr(
        "warning[shadowed-rule]: `git push -f*` in `commands.block` never decides: `git push*` in `commands.block` on line 3 covers it
  --> p.yaml:3:24
  |
3 |   block: ['git push*', 'git push -f*']
  |                        ^^^^^^^^^^^^
hint: remove the one that is not meant
warning[pattern-space]: `make  all` holds two spaces in a row, and commands are also judged with one
  --> p.yaml:4:30
  |
4 |   allow: ['git push origin', 'make  all', ' ls']
  |                              ^^^^^^^^^^^
hint: write one space
warning[pattern-space]: ` ls` is trimmed to `ls`
  --> p.yaml:4:43
  |
4 |   allow: ['git push origin', 'make  all', ' ls']
  |                                           ^^^^^
hint: remove the white space around it
warning[shadowed-rule]: `git push origin` in `commands.allow` never decides: `git push*` in `commands.block` on line 3 covers it
  --> p.yaml:4:11
  |
4 |   allow: ['git push origin', 'make  all', ' ls']
  |           ^^^^^^^^^^^^^^^
hint: remove the one that is not meant
warning[folder-pattern]: `secrets/` names a folder, and nothing in it
  --> p.yaml:6:16
  |
6 |   block_read: [secrets/]
  |                ^^^^^^^^
hint: write `secrets/**` for what is in it
",
    );
}

#[test]
fn inheritance_in_a_circle_and_of_nothing_is_refused() {
    let sandbox = Sandbox::new();
    let policy = |inherits: &str| format!("metadata: {{id: a, version: 1, inherits: [{inherits}]}}\n");
    sandbox.write("work/a.yaml", policy("sub/../b.yaml"));
    sandbox.write("work/b.yaml", policy("./a.yaml"));
    sandbox.run(["policy", "compile", "a.yaml"]).exit(1).stdout("").stderr(
        "error[inherits-cycle]: the policy inherits itself: a.yaml inherits b.yaml inherits a.yaml
  --> b.yaml:1:42
  |
1 | metadata: {id: a, version: 1, inherits: [./a.yaml]}
  |                                          ^^^^^^^^
hint: remove this one
",
    );
    sandbox.write("work/a.yaml", policy("cavra-ai-agent-baselin, nothing.yaml"));
    sandbox.run(["policy", "compile", "a.yaml"]).exit(1).stdout("").stderr(
        "error[unknown-pack]: there is no policy pack `cavra-ai-agent-baselin`
  --> a.yaml:1:42
  |
1 | metadata: {id: a, version: 1, inherits: [cavra-ai-agent-baselin, nothing.yaml]}
  |                                          ^^^^^^^^^^^^^^^^^^^^^^
hint: did you mean `cavra-ai-agent-baseline`?
error[inherits-file]: `nothing.yaml` does not exist
  --> a.yaml:1:66
  |
1 | metadata: {id: a, version: 1, inherits: [cavra-ai-agent-baselin, nothing.yaml]}
  |                                                                  ^^^^^^^^^^^^
",
    );
    for place in 0..20 {
        sandbox.write(format!("work/{place}.yaml"), policy(&format!("{}.yaml", place + 1)));
    }
    let error = compile_file(&sandbox.path("work/0.yaml"), &[]).expect_err("it is refused");
    assert_eq!(error.diagnostics()[0].code, "inherits-too-deep");
}
