//! What git says on stdin for every form of a push, and what is asked for it.

use crate::git::{git, unseen};
use crate::sandbox::Sandbox;

const POLICY: &str = "\
metadata: {id: house, version: '1', title: House}
filesystem: {block_write: ['secret/**']}
git:
  protected_branches: [main]
  block_force_push: all
  block_branch_deletion: true
  block_push_branches: ['*blocked.git', frozen]
  require_approval_push: ['refs/tags/v*', asked]
";

/// A repository with two commits, pushed to `origin` as `topic`.
fn repository() -> Sandbox {
    let sandbox = Sandbox::new().user_policy(POLICY);
    git(&sandbox, &["init", "--quiet"]);
    git(&sandbox, &["init", "--quiet", "--bare", "../remote.git"]);
    git(&sandbox, &["remote", "add", "origin", "../remote.git"]);
    for name in ["a", "b"] {
        sandbox.write(format!("work/{name}"), name);
        git(&sandbox, &["add", "."]);
        git(&sandbox, &["commit", "--quiet", "-m", name]);
    }
    git(&sandbox, &["push", "--quiet", "origin", "HEAD:topic", "HEAD:dead", "HEAD:dead2"]);
    sandbox.run(["install", "git"]).exit(0);
    sandbox
}

/// Each ref of the newest push with what is known of it, then the paths.
fn pushed(sandbox: &Sandbox) -> (String, Vec<String>, Vec<String>) {
    let record = sandbox.evidence().pop().expect("a record");
    let (mut refs, mut paths) = (Vec::new(), Vec::new());
    let none = Vec::new();
    let is_empty = record["requests_total"] == 0;
    for request in record["requests"].as_array().unwrap_or(&none).iter().filter(|_| !is_empty) {
        let target = request["target"].as_str().expect("a target");
        let update = &request["context"]["ref_update"];
        if request["operation"] == "push" {
            let is = |name: &str| update[name] == true;
            let forced = if is("forced") { " forced" } else { "" };
            let deletes = if is("deletes") { " deleted" } else { "" };
            refs.push(format!("{target}{forced}{deletes}"));
        } else {
            paths.push(target.to_owned());
        }
    }
    refs.sort();
    paths.sort();
    (record["verdict"]["rule_id"].as_str().expect("a rule").to_owned(), refs, paths)
}

#[test]
fn every_form_of_a_push_is_one_operation_for_each_ref() {
    let direct = "git.protected_branch.block_direct_push";
    let head = |sandbox: &Sandbox| git(sandbox, &["rev-parse", "HEAD"]).stdout.trim().to_owned();
    for (args, code, rule, refs) in [
        (&["push", "origin", "HEAD:new"][..], 0, "git.allow", &["new"][..]),
        (&["push", "origin", "HEAD:topic"], 0, "runtime.nothing", &[]),
        (&["push", "--dry-run", "origin", "HEAD:new"], 0, "git.allow", &["new"]),
        (&["push", "-n", "origin", "HEAD:new"], 0, "git.allow", &["new"]),
        (&["push", "origin", "HEAD~1:refs/heads/old"], 0, "git.allow", &["old"]),
        (&["push", "origin", "OID:refs/heads/new"], 0, "git.allow", &["new"]),
        (&["push", "origin", "main:prod"], 0, "git.allow", &["prod"]),
        (&["push", "origin", "main:main"], 1, direct, &["main"]),
        (&["push", "origin", "main:refs/heads/main", "HEAD:new"], 1, direct, &["main", "new"]),
        (&["push", "origin", "+HEAD~1:topic"], 1, "git.force_push.block", &["topic forced"]),
        (
            &["push", "--force-with-lease", "origin", "HEAD~1:topic"],
            1,
            "git.force_push.block",
            &["topic forced"],
        ),
        (&["push", "origin", ":dead"], 1, "git.branch_deletion.block", &["dead forced deleted"]),
        (
            &["push", "origin", "--delete", "dead", "dead2"],
            1,
            "git.branch_deletion.block",
            &["dead forced deleted", "dead2 forced deleted"],
        ),
        (&["push", "--all", "origin"], 1, direct, &["main", "side"]),
        (&["push", "--tags", "origin"], 1, "git.push.require_approval", &["refs/tags/t", "refs/tags/v1"]),
        (&["push", "origin", "t"], 0, "git.allow", &["refs/tags/t"]),
        (&["push", "--atomic", "origin", "HEAD:new", "HEAD:frozen"], 1, "git.push.block", &["frozen", "new"]),
        (&["push", "origin", "HEAD:asked"], 1, "git.push.require_approval", &["asked"]),
        (&["push", "../remote.git", "HEAD:new"], 0, "git.allow", &["new"]),
        (
            &["push", "--mirror", "origin"],
            1,
            direct,
            &[
                "main",
                "refs/remotes/origin/dead",
                "refs/remotes/origin/dead2",
                "refs/remotes/origin/topic",
                "refs/tags/t",
                "refs/tags/v1",
                "side",
            ],
        ),
    ] {
        let sandbox = repository();
        git(&sandbox, &["branch", "side"]);
        git(&sandbox, &["tag", "t"]);
        git(&sandbox, &["tag", "v1"]);
        let args: Vec<String> = args.iter().map(|arg| arg.replace("OID", &head(&sandbox))).collect();
        let outcome = sandbox.run_program("git", &args);
        assert_eq!(outcome.code, Some(code), "{args:?}: {}", outcome.stderr);
        let (by, judged, _) = pushed(&sandbox);
        assert_eq!(
            (by.as_str(), judged),
            (rule, refs.iter().map(|name| (*name).to_owned()).collect()),
            "{args:?}"
        );
    }
}

#[test]
fn a_push_that_git_itself_refuses_asks_for_nothing() {
    let sandbox = repository();
    let outcome = sandbox.run_program("git", ["push", "origin", "HEAD~1:topic"]);
    assert_eq!(outcome.code, Some(1));
    assert_eq!(pushed(&sandbox), ("runtime.nothing".to_owned(), Vec::new(), Vec::new()));
}

#[test]
fn it_is_the_url_that_counts_and_not_the_name_of_the_remote() {
    let sandbox = repository();
    git(&sandbox, &["init", "--quiet", "--bare", "../blocked.git"]);
    let place = sandbox.path("blocked.git").display().to_string();
    let refused = |args: &[&str]| {
        let outcome = sandbox.run_program("git", args);
        assert_eq!(outcome.code, Some(1), "{args:?}: {}", outcome.stderr);
        assert_eq!(pushed(&sandbox).0, "git.push.block", "{args:?}");
        assert_eq!(git(&sandbox, &["--git-dir", "../blocked.git", "for-each-ref"]).stdout, "", "{args:?}");
    };
    refused(&["push", &place, "HEAD:new"]);
    refused(&["-c", &format!("remote.origin.pushurl={place}"), "push", "origin", "HEAD:new"]);
    refused(&["-c", &format!("url.{place}.insteadOf=../remote.git"), "push", "origin", "HEAD:new"]);
    refused(&["-c", &format!("url.{place}.pushInsteadOf=../remote.git"), "push", "origin", "HEAD:new"]);
    // Two places: the hook runs for each.
    git(&sandbox, &["remote", "set-url", "--add", "--push", "origin", "../remote.git"]);
    git(&sandbox, &["remote", "set-url", "--add", "--push", "origin", &place]);
    refused(&["push", "origin", "HEAD:new"]);
}

#[test]
fn the_paths_of_commits_that_the_other_side_does_not_have_are_judged() {
    let sandbox = repository();
    git(&sandbox, &["fetch", "--quiet", "origin"]);
    sandbox.write("work/secret/key", "x");
    git(&sandbox, &["add", "."]);
    unseen(&sandbox, &["commit", "--quiet", "-m", "with"]);
    git(&sandbox, &["rm", "--quiet", "-r", "secret"]);
    unseen(&sandbox, &["commit", "--quiet", "-m", "without"]);
    for args in [
        &["push", "origin", "HEAD:topic"][..],
        &["push", "../remote.git", "HEAD:topic"],
        &["push", "origin", "HEAD:refs/tags/t"],
        &["push", "origin", "HEAD:refs/notes/x"],
    ] {
        let outcome = sandbox.run_program("git", args);
        assert_eq!(outcome.code, Some(1), "{args:?}: {}", outcome.stderr);
        let (rule, _, paths) = pushed(&sandbox);
        assert_eq!(
            (rule.as_str(), paths),
            ("filesystem.write.block", vec!["secret/key".to_owned(); 2]),
            "{args:?}"
        );
    }
    git(&sandbox, &["reset", "--quiet", "--hard", "HEAD~2"]);
    git(&sandbox, &["push", "--quiet", "origin", "HEAD:new"]);
    assert_eq!(pushed(&sandbox).2, [""; 0], "what the other side has is not judged again");
}

#[test]
fn a_submodule_whose_url_runs_a_program_is_refused_and_its_url_is_told() {
    let sandbox = repository();
    let list = |url: &str| format!("[submodule \"m\"]\n\tpath = m\n\turl = {url}\n");
    for (url, code) in [
        ("https://user:secret@example.com/m", 0),
        ("../m", 0),
        ("git@example.com:a/m.git", 0),
        ("ext::sh -c id", 1),
        ("\"ext::sh -c id\"", 1),
        ("-oProxyCommand=id", 1),
    ] {
        sandbox.write("work/.gitmodules", list(url));
        git(&sandbox, &["add", ".gitmodules"]);
        let outcome = sandbox.run_program("git", ["commit", "--quiet", "-m", url]);
        assert_eq!(outcome.code, Some(code), "{url}: {}", outcome.stderr);
        if code == 1 {
            let record = sandbox.evidence().pop().expect("a record");
            assert_eq!(record["verdict"]["rule_id"], "git.submodule_url.block", "{url}");
        }
    }
    assert!(!sandbox.read("home/.local/state/cavra/evidence/evidence.jsonl").contains("user:secret"));
}
