//! The server's side, on real bare repositories: what a client can switch off is not switched off here.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::git::{git, unseen};
use crate::sandbox::Sandbox;

const POLICY: &str = "\
metadata: {id: server, version: '1', title: Server}
filesystem: {block_write: ['secret/**']}
git: {protected_branches: [main, 'release/*'], block_force_push: all, block_branch_deletion: true}
";

/// A bare repository `remote.git` with Cavra before it, and a repository `work` without any hooks that pushes to it.
fn server(init: &[&str], layout: fn(&Sandbox)) -> Sandbox {
    let sandbox = Sandbox::new().user_policy(POLICY);
    git(&sandbox, &[&["init", "--quiet"], init].concat());
    git(&sandbox, &[&["init", "--quiet", "--bare"], init, &["../remote.git"]].concat());
    sandbox.write("work/a", "a\n");
    git(&sandbox, &["add", "."]);
    git(&sandbox, &["commit", "--quiet", "-m", "first"]);
    git(&sandbox, &["remote", "add", "origin", "../remote.git"]);
    git(&sandbox, &["push", "--quiet", "origin", "main"]);
    layout(&sandbox);
    let sandbox = sandbox.cd("remote.git");
    sandbox.run(["install", "git"]).exit(0).stderr("");
    sandbox.cd("work")
}

fn plain(_sandbox: &Sandbox) {}

fn remote_refs(sandbox: &Sandbox) -> String {
    git(sandbox, &["--git-dir", "../remote.git", "for-each-ref"]).stdout
}

fn newest(sandbox: &Sandbox) -> serde_json::Value {
    sandbox.evidence().pop().expect("a record")
}

#[track_caller]
fn is_refused(sandbox: &Sandbox, args: &[&str], rule: &str, target: &str) {
    let before = remote_refs(sandbox);
    let outcome = sandbox.run_program("git", args);
    assert_ne!(outcome.code, Some(0), "{args:?}: {}{}", outcome.stdout, outcome.stderr);
    assert_eq!(remote_refs(sandbox), before, "{args:?} has moved a ref");
    let verdict = newest(sandbox)["verdict"].clone();
    assert_eq!(
        (verdict["rule_id"].as_str(), verdict["target"].as_str()),
        (Some(rule), Some(target)),
        "{args:?}"
    );
}

#[test]
fn what_only_the_server_can_stop_is_stopped_there() {
    let direct = "git.protected_branch.block_direct_push";
    for init in [&[][..], &["--object-format=sha256"], &["--ref-format=reftable"]] {
        if Sandbox::new().run_program("git", [&["init", "--quiet"], init].concat()).code != Some(0) {
            crate::git::skipped(&format!("this git makes no repository with {init:?}"));
            continue;
        }
        let sandbox = server(init, plain);
        sandbox.write("work/b", "b\n");
        git(&sandbox, &["add", "."]);
        git(&sandbox, &["commit", "--quiet", "-m", "more"]);
        is_refused(&sandbox, &["push", "--no-verify", "origin", "main"], direct, "main");
        is_refused(&sandbox, &["-c", "core.hooksPath=/dev/null", "push", "origin", "main"], direct, "main");
        is_refused(&sandbox, &["send-pack", "../remote.git", "main"], direct, "main");
        is_refused(&sandbox, &["push", "origin", "HEAD:refs/heads/release/1"], direct, "release/1");
        is_refused(&sandbox, &["push", "origin", "HEAD:x", "HEAD:main"], direct, "main");
        git(&sandbox, &["push", "--quiet", "origin", "HEAD:topic"]);
        git(&sandbox, &["push", "--quiet", "origin", "HEAD:refs/tags/v1"]);
        git(&sandbox, &["commit", "--quiet", "--amend", "-m", "other"]);
        is_refused(&sandbox, &["push", "--force", "origin", "HEAD:topic"], "git.force_push.block", "topic");
        is_refused(&sandbox, &["push", "origin", ":topic"], "git.branch_deletion.block", "topic");
        git(&sandbox, &["clone", "--quiet", ".", "../fresh"]);
        is_refused(&sandbox, &["-C", "../fresh", "push", "../remote.git", "HEAD:main"], direct, "main");
    }
}

#[test]
fn a_path_in_any_new_commit_is_found_and_the_objects_are_gone_when_it_is_refused() {
    let sandbox = server(&[], plain);
    sandbox.write("work/secret/key", "x");
    git(&sandbox, &["add", "."]);
    git(&sandbox, &["commit", "--quiet", "-m", "with"]);
    let hidden = git(&sandbox, &["rev-parse", "HEAD"]).stdout.trim().to_owned();
    git(&sandbox, &["rm", "--quiet", "-r", "secret"]);
    git(&sandbox, &["commit", "--quiet", "-m", "without"]);
    is_refused(&sandbox, &["push", "origin", "HEAD:topic"], "filesystem.write.block", "secret/key");
    let there = sandbox.run_program("git", ["--git-dir", "../remote.git", "cat-file", "-e", &hidden]);
    assert_ne!(there.code, Some(0), "the quarantine is let go of");
    git(&sandbox, &["tag", "-a", "-m", "x", "v1"]);
    is_refused(&sandbox, &["push", "origin", "v1"], "filesystem.write.block", "secret/key");
    let tree = git(&sandbox, &["rev-parse", "HEAD^{tree}"]).stdout;
    is_refused(
        &sandbox,
        &["push", "origin", &format!("{}:refs/tags/tree", tree.trim())],
        "input.unreadable",
        "$ROOT/remote.git"
            .replace("$ROOT", sandbox.path("").to_str().expect("a path").trim_end_matches('/'))
            .as_str(),
    );
}

#[test]
fn a_branch_that_no_client_hook_sees_is_seen() {
    let sandbox = server(&[], plain);
    sandbox.write("work/secret/key", "x");
    git(&sandbox, &["add", "."]);
    git(&sandbox, &["commit", "--quiet", "-m", "with"]);
    // A rename onto a protected name, a ref written past git, another git folder.
    git(&sandbox, &["branch", "-m", "main", "release/2"]);
    is_refused(
        &sandbox,
        &["push", "origin", "release/2"],
        "git.protected_branch.block_direct_push",
        "release/2",
    );
    let head = git(&sandbox, &["rev-parse", "HEAD"]).stdout;
    fs::write(sandbox.path("work/.git/refs/heads/past"), head).expect("a ref");
    is_refused(&sandbox, &["push", "origin", "past"], "filesystem.write.block", "secret/key");
    git(&sandbox, &["init", "--quiet", "--bare", "../fake"]);
    fs::remove_dir_all(sandbox.path("fake/objects")).expect("its objects");
    std::os::unix::fs::symlink(sandbox.path("work/.git/objects"), sandbox.path("fake/objects"))
        .expect("a link");
    git(
        &sandbox,
        &["--git-dir", "../fake", "update-ref", "refs/heads/main", "HEAD"]
            .map(|word| if word == "HEAD" { head_of(&sandbox) } else { word }),
    );
    is_refused(
        &sandbox,
        &["--git-dir", "../fake", "push", sandbox.path("remote.git").to_str().expect("a path"), "main:topic"],
        "filesystem.write.block",
        "secret/key",
    );
}

fn head_of(sandbox: &Sandbox) -> &'static str {
    let head = git(sandbox, &["rev-parse", "HEAD"]).stdout.trim().to_owned();
    Box::leak(head.into_boxed_str())
}

#[test]
fn the_servers_name_of_whoever_pushes_stands_in_the_evidence_and_loosens_nothing() {
    for (variable, server_name) in [
        ("GITEA_PUSHER_NAME", "gitea"),
        ("GL_USERNAME", "gitlab"),
        ("GITHUB_USER_LOGIN", "github-enterprise"),
        ("REMOTE_USER", "http"),
    ] {
        let sandbox = server(&[], plain).env(variable, "alice");
        git(&sandbox, &["push", "--quiet", "origin", "main:topic"]);
        let verdict = newest(&sandbox)["verdict"].clone();
        assert_eq!(
            (verdict["actor"].as_str(), verdict["agent_id"].as_str()),
            (Some("alice"), Some(server_name)),
            "{variable}"
        );
        is_refused(
            &sandbox,
            &["push", "origin", "main:release/1"],
            "git.protected_branch.block_direct_push",
            "release/1",
        );
    }
}

/// The hook that Gitea and Forgejo write: each file of the folder in turn, with the same input; the first that fails
/// decides.
const GITEA: &str = "#!/usr/bin/env bash
data=$(cat)
exitcodes=\"\"
hookname=$(basename $0)
GIT_DIR=${GIT_DIR:-$(dirname $0)/..}
for hook in ${GIT_DIR}/hooks/${hookname}.d/*; do
  test -x \"${hook}\" && test -f \"${hook}\" || continue
  echo \"${data}\" | \"${hook}\"
  exitcodes=\"${exitcodes} $?\"
done
for i in ${exitcodes}; do
  [ ${i} -eq 0 ] || exit ${i}
done
";

fn executable(sandbox: &Sandbox, path: &str, text: &str) {
    let path = sandbox.write(path, text);
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("its mode");
}

fn gitea(sandbox: &Sandbox) {
    executable(sandbox, "remote.git/hooks/pre-receive", GITEA);
    executable(sandbox, "remote.git/hooks/pre-receive.d/gitea", "#!/bin/sh\ncat > ../seen-by-gitea\n");
}

/// GitLab runs what is in `custom_hooks`; its own hooks come from a folder of its own.
fn gitlab(sandbox: &Sandbox) {
    fs::create_dir_all(sandbox.path("remote.git/custom_hooks")).expect("a folder");
    executable(
        sandbox,
        "remote.git/hooks/pre-receive",
        "#!/bin/sh\n[ -x custom_hooks/pre-receive ] || exit 0\nexec custom_hooks/pre-receive\n",
    );
}

#[test]
fn on_a_server_that_makes_the_hooks_itself_ours_lie_in_the_folder_for_others() {
    let layouts: [fn(&Sandbox); 2] = [gitea, gitlab];
    for (layout, file) in
        layouts.into_iter().zip(["hooks/pre-receive.d/50-cavra", "custom_hooks/pre-receive"])
    {
        let sandbox = server(&[], layout);
        assert!(sandbox.path(format!("remote.git/{file}")).exists(), "{file}");
        is_refused(
            &sandbox,
            &["push", "origin", "main:release/1"],
            "git.protected_branch.block_direct_push",
            "release/1",
        );
        git(&sandbox, &["push", "--quiet", "origin", "main:topic"]);
        let sandbox = sandbox.cd("remote.git");
        sandbox.run(["status"]).exit(0);
        sandbox.run(["uninstall", "git"]).exit(0);
        assert!(!sandbox.path(format!("remote.git/{file}")).exists(), "{file}");
    }
}

#[test]
fn a_hook_that_the_server_had_runs_afterwards_and_the_update_hook_answers_too() {
    let sandbox = server(&[], |sandbox| {
        executable(sandbox, "remote.git/hooks/pre-receive", "#!/bin/sh\ncat > ../seen\nexit 0\n");
    });
    git(&sandbox, &["push", "--quiet", "origin", "main:topic"]);
    let head = head_of(&sandbox);
    assert_eq!(sandbox.read("seen"), format!("{} {head} refs/heads/topic\n", "0".repeat(40)));
    let text = sandbox.read("remote.git/hooks/pre-receive");
    executable(&sandbox, "remote.git/hooks/update", &text);
    unseen(&sandbox, &["--git-dir", "../remote.git", "config", "user.name", "x"]);
    fs::remove_file(sandbox.path("remote.git/hooks/pre-receive")).expect("it is removed");
    is_refused(
        &sandbox,
        &["push", "origin", "main:release/1"],
        "git.protected_branch.block_direct_push",
        "release/1",
    );
    git(&sandbox, &["push", "--quiet", "origin", "main:topic2"]);
}
