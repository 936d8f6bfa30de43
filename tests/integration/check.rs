//! `cavra check`: a person asks, and is told the rule, the line, what matched, and what to do instead.

use crate::git::git;
use crate::sandbox::Sandbox;

const POLICY: &str = "\
metadata: {id: house, version: '1', title: House}
filesystem:
  block_read: ['.env']
  block_write:
    - pattern: 'deploy/**'
      reason: releases change it
      alternative: change `staging/`
  require_approval_write: ['Dockerfile']
commands:
  default: allow
  block: ['terraform apply*']
  require_approval: ['make release*']
  allow: ['ls*']
git: {protected_branches: [main, 'release/*']}
mcp: {block_unknown_servers: true, allowed_servers: [docs]}
";

fn sandbox() -> Sandbox {
    Sandbox::new().user_policy(POLICY)
}

#[test]
fn a_refusal_names_the_rule_the_line_what_matched_and_what_to_do_instead() {
    sandbox()
        .run(["check", "write", "deploy/production.yaml"])
        .exit(20)
        .stdout(
            "cavra: blocked: write of `deploy/production.yaml`\n  \
             rule: filesystem.write.block (high): the policy blocks writing this path: releases change it\n  \
             policy: $ROOT/home/.config/cavra/policy.yaml:5:16 (user): `deploy/**`\n  \
             instead: change `staging/`\n",
        )
        .stderr("");
}

#[test]
fn a_question_names_who_may_answer_it() {
    sandbox()
        .run(["check", "write", "./Dockerfile"])
        .exit(10)
        .stdout(
            "cavra: needs approval: write of `./Dockerfile`\n  \
             rule: filesystem.write.require_approval (high): the policy asks before this path is written\n  \
             policy: $ROOT/home/.config/cavra/policy.yaml:8:28 (user): `Dockerfile`\n  \
             who may approve it: Platform Security\n  \
             instead: leave this path as it is, or have a person approve it\n",
        )
        .stderr("");
}

#[test]
fn what_goes_ahead_exits_with_0() {
    for words in [
        &["check", "read", "README.md"][..],
        &["check", "command", "--", "ls", "-la"],
        &["check", "push", "topic"],
        &["check", "mcp", "docs", "search"],
    ] {
        let outcome = sandbox().run(words);
        assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""), "{words:?}: {}", outcome.stdout);
    }
}

#[test]
fn every_spelling_of_what_is_refused_is_refused() {
    for (words, code, rule) in [
        (&["check", "read", "config/.env"][..], 20, "filesystem.read.block"),
        (&["check", "read", "a/../.env"], 20, "filesystem.read.block"),
        (&["check", "command", "terraform  apply"], 20, "commands.block"),
        (&["check", "command", "terraform apply -var 'a=1\n2'"], 20, "commands.block"),
        (&["check", "command", "ls && terraform apply"], 20, "commands.block"),
        (&["check", "command", "make release"], 10, "commands.require_approval"),
        (&["check", "command", "ls > deploy/x"], 20, "filesystem.write.block"),
        (&["check", "push", "HEAD:main"], 20, "git.protected_branch.block_direct_push"),
        (&["check", "push", "refs/heads/release/1"], 20, "git.protected_branch.block_direct_push"),
        (&["check", "push", "origin main topic"], 20, "git.protected_branch.block_direct_push"),
        (&["check", "push", "HEAD"], 10, "git.push.unresolved"),
        (&["check", "push", "--", "--mirror"], 10, "git.push.unresolved"),
        (&["check", "write", "deploy/a\nb"], 20, "filesystem.write.block"),
        (&["check", "mcp", "stranger", "x"], 20, "mcp.server.trust.block_unknown"),
    ] {
        let outcome = sandbox().run(["check", "--json"].iter().chain(&words[1..]));
        let decision: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("a decision");
        assert_eq!((outcome.code, decision["rule_id"].as_str()), (Some(code), Some(rule)), "{words:?}");
    }
}

#[test]
fn an_explanation_shows_every_part_with_its_rule_and_line() {
    sandbox()
        .run(["check", "command", "ls && terraform apply", "--explain"])
        .exit(20)
        .stdout(
            "cavra: blocked: `terraform apply`\n  \
             rule: commands.block (critical): the policy blocks this command\n  \
             policy: $ROOT/home/.config/cavra/policy.yaml:11:11 (user): `terraform apply*`\n  \
             instead: leave this to a person, and go on with what does not need it\n\
             \n\
             what was understood\n  \
             block execute_command: `terraform apply`\n      \
             from byte 6: `terraform apply`\n      \
             by commands.block, `terraform apply*`, $ROOT/home/.config/cavra/policy.yaml:11:11 (user)\n      \
             D2: every simple command, file effect and git operation inside a command is evaluated, and what is \
             not understood is asked about\n  \
             allow execute_command: `ls`\n      \
             from byte 0: `ls`\n      \
             by commands.allow, `ls*`, $ROOT/home/.config/cavra/policy.yaml:13:11 (user)\n",
        )
        .stderr("");
}

#[test]
fn asking_records_nothing_unless_it_is_told_to() {
    let sandbox = sandbox();
    sandbox.run(["check", "command", "terraform apply"]).exit(20);
    assert_eq!(sandbox.evidence(), Vec::<serde_json::Value>::new());
    sandbox.run(["check", "--record", "command", "terraform apply"]).exit(20);
    let rules: Vec<_> =
        sandbox.evidence().iter().map(|record| record["verdict"]["rule_id"].to_string()).collect();
    assert_eq!(rules, ["\"commands.block\""]);
}

#[test]
fn a_repository_made_inside_another_is_under_the_outer_ones_policy_too() {
    let sandbox = Sandbox::new().cd("work/inner");
    sandbox.write(
        "work/.cavra/policy.yaml",
        "metadata: {id: outer, version: '1', title: Outer}\ncommands: {block: ['deploy *']}\n",
    );
    sandbox.run_program("git", ["init", "--quiet", "."]).exit(0);
    assert_eq!(sandbox.run(["check", "command", "deploy now"]).code, Some(20));
    assert_eq!(sandbox.run(["shell", "-c", "deploy now"]).code, Some(126));
    assert_eq!(sandbox.run(["exec", "--", "deploy", "now"]).code, Some(126));
}

#[test]
fn a_policy_that_cannot_be_used_blocks_and_says_where() {
    let outcome = Sandbox::new()
        .user_policy("metadata: {id: x, version: '1'}\ncommandz: {}\n")
        .run(["check", "read", "a"]);
    assert_eq!(outcome.code, Some(20));
    assert_eq!(outcome.stdout.lines().next(), Some("cavra: blocked: read of `a`"));
    assert_eq!(outcome.stderr.lines().nth(1), Some("  --> $ROOT/home/.config/cavra/policy.yaml:2:1"));
}

#[test]
fn the_policy_of_another_project_that_is_touched_counts() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "other/.cavra/policy.yaml",
        "metadata: {id: other, version: '1', title: Other}\nfilesystem: {block_write: ['docs/**'], block_read: ['notes']}\n",
    );
    sandbox.write("other/docs/x", "x");
    std::os::unix::fs::symlink("../other/docs/x", sandbox.path("work/link")).expect("a link");
    let evaluated = r#"{"action_type":"write_file","target":"../other/docs/y"}"#;
    assert_eq!(sandbox.run_with(["evaluate", "--exit-code"], evaluated).code, Some(20));
    for (words, code) in [
        (&["check", "write", "../other/docs/x"][..], 20),
        (&["check", "write", "link"], 20),
        (&["check", "read", "../other/notes"], 20),
        (&["check", "command", "echo x > ../other/docs/x"], 20),
        (&["shell", "-c", "echo x > ../other/docs/x"], 126),
        (&["check", "write", "../other/src/x"], 0),
        (&["check", "write", "docs/x"], 0),
    ] {
        assert_eq!(sandbox.run(words).code, Some(code), "{words:?}");
    }
    let policies = sandbox.evidence()[0]["policies"].to_string();
    assert_eq!(policies.matches("other/.cavra/policy.yaml").count(), 1, "{policies}");
    sandbox.write("other/.cavra/policy.yaml", "not a policy");
    assert_eq!(sandbox.run(["check", "write", "../other/src/x"]).code, Some(20));
}

#[test]
fn a_file_on_another_machine_is_not_the_one_here() {
    let sandbox = Sandbox::new()
        .user_policy("metadata: {id: p, version: '1', title: P}\ncommands: {default: allow}\nfilesystem: {block_read: ['.env']}\n");
    sandbox.write("work/.env", "x");
    std::os::unix::fs::symlink(".env", sandbox.path("work/link")).expect("a link");
    assert_eq!(sandbox.run(["check", "command", "ssh host cat link"]).code, Some(0));
    assert_eq!(sandbox.run(["check", "command", "ssh host cat link; cat link"]).code, Some(20));
}

#[test]
fn what_a_search_finds_is_what_runs() {
    let sandbox = Sandbox::new()
        .user_policy("metadata: {id: p, version: '1', title: P}\ncommands: {default: allow, block: ['terraform apply*']}\n");
    sandbox.write("work/sub/deploy.sh", "terraform apply\n");
    sandbox.write("work/sub/build.sh", "make\n");
    for (text, code) in [
        (r"find . -name 'deploy.sh' -exec sh {} \;", 20),
        (r"find . -name '[d]eploy.sh' -exec sh {} \;", 20),
        (r"find . -name '[[:lower:]]eploy.sh' -exec sh {} \;", 20),
        (r"find . -name '[!b]*.sh' -exec sh {} \;", 20),
        (r"find . -name 'd\eploy.sh' -exec sh {} \;", 20),
        (r"find sub/ -name sub -execdir sh sub/deploy.sh \;", 20),
        (r"find . -name deploy.sh -execdir sh deploy.sh \;", 20),
        (r"find . -name deploy.sh -execdir sh {} \;", 20),
        (r"echo 'terraform apply' > new.sh; find . -name '*.sh' -exec sh -c '. $1' _ {} \;", 20),
        (r"find . -name 'build.sh' -exec sh {} \;", 0),
        (r"find . -name '[b]*.sh' -exec sh {} \;", 0),
        (r"find . -name 'b\u*.sh' -execdir sh {} \;", 0),
    ] {
        assert_eq!(sandbox.run(["check", "command", text]).code, Some(code), "{text}");
    }
}

#[test]
fn whoever_reads_a_folder_reads_where_its_links_lead() {
    let sandbox = Sandbox::new()
        .user_policy("metadata: {id: p, version: '1', title: P}\ncommands: {default: allow}\nfilesystem: {block_read: ['**/key'], block_write: ['**/key']}\n");
    sandbox.write("work/secret/key", "x");
    sandbox.write("work/plain/a", "x");
    std::os::unix::fs::symlink("../secret/key", sandbox.path("work/plain/link")).expect("a link");
    assert_eq!(sandbox.run(["check", "command", "cp -rL plain copy"]).code, Some(20));
    assert_eq!(sandbox.run(["check", "command", "rm -r plain"]).code, Some(0));
}

#[test]
fn what_a_build_file_runs_is_refused_or_let_be() {
    let sandbox = Sandbox::new()
        .user_policy("metadata: {id: p, version: '1', title: P}\ncommands: {default: allow, block: ['terraform apply*', 'rm -rf /*']}\n");
    sandbox.write(
        "work/Makefile",
        "TF = terraform\nWHAT ?= plan\nOUT := out\nall: build\nbuild: ; $(CC) $$(ls *.c) $(wildcard *.o)\nclean:\n\trm -rf $(OUT)/*\ndeploy: build prod\nprod:\n\t@cd infra && $(TF) apply\nwhat:\n\t$(TF) $(WHAT)\nagain:\n\t$(MAKE) deploy\nloop:\n\tmake loop\n",
    );
    sandbox.write("work/sub/Makefile", "all:\n\tterraform apply\n");
    sandbox.write(
        "work/package.json",
        r#"{"scripts": {"build": "tsc && vite build", "deploy": "cd infra && terraform apply", "test": "jest", "ship": "npm run build && npm run deploy", "prelint": "terraform apply", "lint": "eslint .", "tf": "terraform", "me": "npm run me; npm run me", "prepare": "husky"}}"#,
    );
    sandbox.write(
        "work/justfile",
        "tf := 'terraform'\nbuild:\n    cargo build\n\ndeploy env='dev': build\n    {{tf}} apply -var env={{env}}\n\nrun *args:\n    {{tf}} {{args}}\n\nlist a:\n    ls {{a}}\n",
    );
    for (text, code) in [
        ("make", 0),
        ("make -j 4 build", 0),
        ("make clean", 0),
        ("make deploy", 20),
        ("make -k build deploy", 20),
        ("make -f Makefile prod", 20),
        ("make -C sub", 20),
        ("cd sub && make", 20),
        ("make what", 0),
        ("make what WHAT=apply", 20),
        ("make again", 20),
        ("make loop", 0),
        ("make -n deploy", 0),
        ("npm run build", 0),
        ("npm test -- --watch", 0),
        ("npm run test", 0),
        ("npm install", 0),
        ("npm run deploy", 20),
        ("npm run-script deploy", 20),
        ("npm --silent run deploy", 20),
        ("yarn deploy", 20),
        ("pnpm run ship", 20),
        ("npm run lint", 20),
        ("npm run tf -- plan", 0),
        ("npm run tf -- apply", 20),
        ("npm run me", 0),
        ("cd sub && npm run deploy", 20),
        ("just", 0),
        ("just deploy prod", 20),
        ("just deploy", 20),
        ("just run plan", 0),
        ("just run apply -auto-approve", 20),
        ("just list x build", 0),
        ("just list x deploy", 20),
    ] {
        assert_eq!(sandbox.run(["check", "command", text]).code, Some(code), "{text}");
    }
}

#[test]
fn a_search_passes_over_what_is_hidden_or_ignored() {
    let sandbox = Sandbox::new()
        .user_policy("metadata: {id: p, version: '1', title: P}\ncommands: {default: allow}\nfilesystem: {block_read: ['**/key', '**/*.pem', '**/.env']}\n");
    let rg = |folder: &str| sandbox.run(["check", "command", &format!("rg x {folder}")]).code;
    for file in
        ["work/.env", "work/logs/key", "work/src/a.rs", "work/lib/a.pem", "work/lib/a.rs", "work/set/key"]
    {
        sandbox.write(file, "x");
    }
    assert_eq!(rg(""), Some(20), "no repository, no ignore files");
    git(&sandbox, &["init", "-q", "."]);
    sandbox.write("work/.gitignore", "logs/\n*.pem\n/set\n");
    assert_eq!(rg(""), Some(0));
    assert_eq!(rg("src lib"), Some(0));
    assert_eq!(rg("logs"), Some(20), "a folder that is named is searched");
    sandbox.write("work/lib/.gitignore", "!a.pem\n");
    assert_eq!(rg(""), Some(20), "a rule takes another back");
    sandbox.write("work/lib/.gitignore", "");
    assert_eq!(rg("lib"), Some(0));
    // The rules end where another repository begins.
    git(&sandbox, &["init", "-q", "lib"]);
    assert_eq!(rg(""), Some(20));
    assert_eq!(rg("src"), Some(0));
    // Settings of the repository are git's alone.
    sandbox.write("work/lib/.gitignore", "*.pem\n");
    assert_eq!(rg(""), Some(0));
    sandbox.write("work/.gitignore", "logs/\n*.pem\n");
    sandbox.write("work/ignored", "set\n");
    git(&sandbox, &["config", "core.excludesFile", "ignored"]);
    assert_eq!(rg(""), Some(20));
    sandbox.write("work/.git/info/exclude", "set\n");
    assert_eq!(rg(""), Some(0));
}
