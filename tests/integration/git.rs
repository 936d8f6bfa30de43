//! The git hooks on real git: every way that a change gets into an index, every form of a push, and what git does
//! when Cavra is not there any more.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Stdio;

use crate::sandbox::{CAVRA, Outcome, Sandbox};

const POLICY: &str = "\
metadata: {id: house, version: '1', title: House}
filesystem: {block_write: ['secret/**', '.env', '**/*.pem']}
git: {protected_branches: [main], block_force_push: all, block_branch_deletion: true}
";

/// A repository in `work` with one commit, hooks installed, and a bare remote `origin`.
fn repository(init: &[&str]) -> Sandbox {
    let sandbox = Sandbox::new().user_policy(POLICY);
    git(&sandbox, &[&["init", "--quiet"], init].concat());
    git(&sandbox, &[&["init", "--quiet", "--bare"], init, &["../remote.git"]].concat());
    git(&sandbox, &["remote", "add", "origin", "../remote.git"]);
    git(&sandbox, &["config", "user.name", "Test"]);
    git(&sandbox, &["config", "user.email", "test@example.invalid"]);
    sandbox.write("work/a", "a\n");
    sandbox.write("work/b", "b\n");
    git(&sandbox, &["add", "."]);
    git(&sandbox, &["commit", "--quiet", "-m", "first"]);
    sandbox.run(["install", "git"]).exit(0);
    sandbox
}

#[track_caller]
pub(crate) fn git(sandbox: &Sandbox, args: &[&str]) -> Outcome {
    sandbox.run_program("git", args).exit(0)
}

/// git, as a person has it who switches hooks off: to make what the hooks are then to see.
#[track_caller]
pub(crate) fn unseen(sandbox: &Sandbox, args: &[&str]) -> Outcome {
    git(sandbox, &[&["-c", "core.hooksPath=/dev/null"], args].concat())
}

fn head(sandbox: &Sandbox) -> String {
    git(sandbox, &["rev-parse", "HEAD"]).stdout
}

/// The rule of the newest record and the targets of its requests: of a commit the paths, of a push the refs.
fn judged(sandbox: &Sandbox) -> (String, Vec<String>) {
    let records = sandbox.evidence();
    let record = records.last().expect("a record");
    let is_empty = record["requests_total"].as_u64() == Some(0);
    let is_push = record["requests"][0]["operation"] == "push";
    let mut targets: Vec<_> = record["requests"]
        .as_array()
        .expect("requests")
        .iter()
        .filter(|request| !is_empty && (request["operation"] == "push") == is_push)
        .filter(|request| request["action_type"] == "write_file" || is_push)
        .map(|request| request["target"].as_str().expect("a target").to_owned())
        .collect();
    targets.sort();
    (record["verdict"]["rule_id"].as_str().expect("a rule").to_owned(), targets)
}

#[track_caller]
fn is_refused(sandbox: &Sandbox, args: &[&str], rule: &str, targets: &[&str]) {
    let before = head(sandbox);
    let outcome = sandbox.run_program("git", args);
    assert_eq!(outcome.code, Some(1), "{args:?}: {}{}", outcome.stdout, outcome.stderr);
    assert_eq!(head(sandbox), before, "{args:?} has moved HEAD");
    let (by, judged) = judged(sandbox);
    assert_eq!(
        (by.as_str(), judged),
        (rule, targets.iter().map(|target| (*target).to_owned()).collect()),
        "{args:?}"
    );
}

#[track_caller]
fn goes_through(sandbox: &Sandbox, args: &[&str], targets: &[&str]) {
    git(sandbox, args);
    let (_, judged) = judged(sandbox);
    assert_eq!(judged, targets, "{args:?}");
}

#[test]
fn a_refused_commit_says_why_and_leaves_everything_as_it_was() {
    let sandbox = repository(&[]);
    sandbox.write("work/secret/key", "x");
    git(&sandbox, &["add", "secret"]);
    sandbox.run_program("git", ["commit", "-m", "x"]).exit(1).stdout("").stderr(
        "cavra: blocked: write of `secret/key`\n  \
         rule: filesystem.write.block (high): the policy blocks writing this path\n  \
         policy: $ROOT/home/.config/cavra/policy.yaml:2:28 (user): `secret/**`\n  \
         instead: leave this path as it is, and make the change elsewhere\n  \
         evidence: record 1, `cavra evidence show 1`\n",
    );
    assert_eq!(git(&sandbox, &["status", "--short"]).stdout, "A  secret/key\n");
    let record = &sandbox.evidence()[0];
    assert_eq!((record["seam"].as_str(), record["sequence"].as_u64()), (Some("git_hook"), Some(1)));
}

#[test]
fn the_index_that_is_judged_is_the_one_that_is_committed() {
    let sandbox = repository(&[]);
    sandbox.write("work/secret/key", "x");
    git(&sandbox, &["add", "secret"]);
    sandbox.write("work/a", "changed\n");
    goes_through(&sandbox, &["commit", "--quiet", "-m", "only a", "a"], &["a"]);
    is_refused(&sandbox, &["commit", "-m", "the rest"], "filesystem.write.block", &["secret/key"]);
    git(&sandbox, &["rm", "--quiet", "--cached", "secret/key"]);
    sandbox.write("work/b", "changed\n");
    goes_through(&sandbox, &["commit", "--quiet", "-a", "-m", "all"], &["b"]);
    goes_through(&sandbox, &["commit", "--quiet", "--amend", "-m", "again"], &[]);
}

#[test]
fn the_first_commit_of_a_repository_is_judged_whole() {
    let sandbox = Sandbox::new().user_policy(POLICY);
    git(&sandbox, &["init", "--quiet"]);
    sandbox.run(["install", "git"]).exit(0);
    sandbox.write("work/.env", "x");
    sandbox.write("work/a", "x");
    git(&sandbox, &["add", "."]);
    assert_eq!(sandbox.run_program("git", ["commit", "-m", "first"]).code, Some(1));
    assert_eq!(
        judged(&sandbox),
        ("filesystem.write.block".to_owned(), vec![".env".to_owned(), "a".to_owned()])
    );
}

#[test]
fn every_kind_of_change_is_a_write_of_its_path() {
    let sandbox = repository(&[]);
    for (what, change) in [
        ("renamed from", &["mv", "secret/key", "public"][..]),
        ("deleted", &["rm", "--quiet", "secret/key"]),
        ("made executable", &["update-index", "--chmod=+x", "secret/key"]),
    ] {
        let sandbox = repository(&[]);
        sandbox.write("work/secret/key", "x");
        git(&sandbox, &["add", "."]);
        unseen(&sandbox, &["commit", "--quiet", "-m", "secret"]);
        git(&sandbox, change);
        assert_eq!(sandbox.run_program("git", ["commit", "-m", what]).code, Some(1), "{what}");
        assert_eq!(judged(&sandbox).0, "filesystem.write.block", "{what}");
    }
    symlink("secret/key", sandbox.path("work/link")).expect("a link");
    git(&sandbox, &["add", "link"]);
    is_refused(&sandbox, &["commit", "-m", "link"], "filesystem.write.block", &["link"]);
    git(&sandbox, &["reset", "--quiet", "--hard"]);

    git(&sandbox, &["clone", "--quiet", "--no-hardlinks", ".", "../module"]);
    git(
        &sandbox,
        &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../module", "secret/module"],
    );
    is_refused(
        &sandbox,
        &["commit", "-m", "submodule"],
        "filesystem.write.block",
        &[".gitmodules", "secret/module"],
    );
}

#[test]
fn a_name_that_is_no_text_is_judged_and_one_with_a_newline_too() {
    let sandbox = repository(&[]);
    for name in [&b"b\xffd.pem"[..], b"two\nlines.pem"] {
        let path = sandbox.path("work").join(std::ffi::OsStr::from_bytes(name));
        fs::write(&path, "x").expect("a file");
        git(&sandbox, &["add", "."]);
        assert_eq!(sandbox.run_program("git", ["commit", "-m", "x"]).code, Some(1));
        assert_eq!(judged(&sandbox).0, "filesystem.write.block");
        git(&sandbox, &["reset", "--quiet", "--hard"]);
    }
}

#[test]
fn what_is_only_intended_to_be_added_does_not_stand_in_the_way() {
    let sandbox = repository(&[]);
    sandbox.write("work/later", "x");
    git(&sandbox, &["add", "--intent-to-add", "later"]);
    sandbox.write("work/a", "mine\n");
    git(&sandbox, &["add", "a"]);
    assert_eq!(sandbox.run_program("git", ["commit", "--quiet", "-m", "a"]).code, Some(0));
    assert_eq!(git(&sandbox, &["ls-tree", "--name-only", "HEAD"]).stdout, "a\nb\n");
}

#[test]
fn repositories_that_libgit2_cannot_open_are_read_by_git() {
    for (what, init, after) in [
        ("sha256", &["--object-format=sha256"][..], &[][..]),
        ("reftable", &["--ref-format=reftable"], &[]),
        ("split index", &[], &["update-index", "--split-index"]),
        ("index version 4", &[], &["update-index", "--index-version=4"]),
        ("an unknown extension", &[], &["config", "core.fsmonitor", "true"]),
    ] {
        let probe = Sandbox::new();
        let known = probe.run_program("git", [&["init", "--quiet"], init].concat()).code == Some(0);
        if !known {
            skipped(&format!("this git does not make a repository with {what}"));
            continue;
        }
        let sandbox = repository(init);
        if !after.is_empty() {
            git(&sandbox, after);
        }
        sandbox.write("work/c", "x");
        git(&sandbox, &["add", "c"]);
        goes_through(&sandbox, &["commit", "--quiet", "-m", what], &["c"]);
        sandbox.write("work/.env", "x");
        git(&sandbox, &["add", ".env"]);
        is_refused(&sandbox, &["commit", "-m", what], "filesystem.write.block", &[".env"]);
        git(&sandbox, &["reset", "--quiet"]);
        git(&sandbox, &["checkout", "--quiet", "-b", "topic"]);
        goes_through(&sandbox, &["push", "--quiet", "origin", "topic"], &["topic"]);
        is_refused(
            &sandbox,
            &["push", "origin", "HEAD:main"],
            "git.protected_branch.block_direct_push",
            &["main"],
        );
    }
}

#[test]
fn where_letters_of_either_case_are_the_same_so_are_the_rules() {
    let sandbox = repository(&[]);
    git(&sandbox, &["config", "core.ignorecase", "true"]);
    sandbox.write("work/SECRET/Key", "x");
    git(&sandbox, &["add", "SECRET"]);
    is_refused(&sandbox, &["commit", "-m", "x"], "filesystem.write.block", &["SECRET/Key"]);
    let request = |folds_case: bool| {
        let context = serde_json::json!({"folds_case": folds_case});
        serde_json::json!({"action_type": "write_file", "target": "Secret/KEY", "context": context})
            .to_string()
    };
    let upper = sandbox.user_policy(&POLICY.replace("secret/**", "SECRET/**"));
    assert_eq!(upper.run_with(["evaluate", "--exit-code"], request(true)).code, Some(20));
    assert_eq!(upper.run_with(["evaluate", "--exit-code"], request(false)).code, Some(0));
}

#[test]
fn thousands_of_staged_files_are_all_judged() {
    let sandbox = repository(&[]);
    for number in 0..2_500 {
        sandbox.write(format!("work/many/{number}.txt"), "x");
    }
    sandbox.write("work/many/zzz.pem", "x");
    git(&sandbox, &["add", "."]);
    assert_eq!(sandbox.run_program("git", ["commit", "-m", "many"]).code, Some(1));
    let record = sandbox.evidence().pop().expect("a record");
    assert_eq!(record["requests_total"].as_u64(), Some(2_502));
    assert_eq!(
        record["requests"].as_array().map(Vec::len),
        Some(1_001),
        "what is refused, and a thousand more"
    );
    assert_eq!(record["unlisted_digest"].as_str().map(str::len), Some(64));
    assert_eq!(record["verdict"]["target"].as_str(), Some("many/zzz.pem"));
}

#[test]
fn linked_worktrees_are_covered() {
    let sandbox = repository(&[]);
    git(&sandbox, &["worktree", "add", "--quiet", "-b", "other", "../linked"]);
    sandbox.write("linked/.env", "x");
    git(&sandbox, &["-C", "../linked", "add", ".env"]);
    assert_eq!(sandbox.run_program("git", ["-C", "../linked", "commit", "-m", "x"]).code, Some(1));
    assert_eq!(judged(&sandbox), ("filesystem.write.block".to_owned(), vec![".env".to_owned()]));
}

#[test]
fn every_form_of_a_push_is_judged_by_the_refs_that_it_updates() {
    let protected = "git.protected_branch.block_direct_push";
    for (args, rule, targets) in [
        (&["push", "origin", "main"][..], protected, &["main"][..]),
        (&["push", "origin", "HEAD:refs/heads/main"], protected, &["main"]),
        (&["push", "origin", "topic:main"], protected, &["main"]),
        (&["push", "origin", "+topic:main"], protected, &["main"]),
        (&["push", "origin", "topic", "main"], protected, &["main", "topic"]),
        (&["push", "--all", "origin"], protected, &["main", "topic"]),
        (&["push", "--mirror", "origin"], protected, &["main", "topic"]),
        (&["push", "../remote.git", "main"], protected, &["main"]),
    ] {
        let sandbox = repository(&[]);
        git(&sandbox, &["branch", "topic"]);
        is_refused(&sandbox, args, rule, targets);
        assert_eq!(git(&sandbox, &["ls-remote", "origin"]).stdout, "", "{args:?} has reached the remote");
    }
}

#[test]
fn pushes_that_lose_commits_or_delete_branches_are_refused_and_others_go_through() {
    let sandbox = repository(&[]);
    git(&sandbox, &["checkout", "--quiet", "-b", "topic"]);
    goes_through(&sandbox, &["push", "--quiet", "origin", "topic"], &["topic"]);
    sandbox.write("work/a", "more\n");
    git(&sandbox, &["commit", "--quiet", "-a", "-m", "more"]);
    goes_through(&sandbox, &["push", "--quiet", "origin", "topic"], &["topic"]);
    goes_through(&sandbox, &["push", "--quiet", "origin", "topic"], &[]);
    git(&sandbox, &["tag", "v1"]);
    goes_through(&sandbox, &["push", "--quiet", "origin", "v1"], &["refs/tags/v1"]);
    git(&sandbox, &["reset", "--quiet", "--hard", "HEAD~1"]);
    is_refused(&sandbox, &["push", "--force", "origin", "topic"], "git.force_push.block", &["topic"]);
    is_refused(&sandbox, &["push", "origin", "+topic"], "git.force_push.block", &["topic"]);
    is_refused(&sandbox, &["push", "origin", ":topic"], "git.branch_deletion.block", &["topic"]);
    is_refused(&sandbox, &["push", "origin", "--delete", "topic"], "git.branch_deletion.block", &["topic"]);
}

#[test]
fn what_git_is_told_to_see_instead_does_not_hide_a_change() {
    // Once in process, and once by the plumbing, which a large index calls for.
    for many in [0, 2_000] {
        let sandbox = repository(&[]);
        for number in 0..many {
            sandbox.write(format!("work/a-long-name-to-fill-the-index-with/{number:060}"), "");
        }
        git(&sandbox, &["add", "."]);
        unseen(&sandbox, &["commit", "--quiet", "--allow-empty", "-m", "many"]);
        sandbox.write("work/.env", "x");
        git(&sandbox, &["add", ".env"]);
        let tree = git(&sandbox, &["write-tree"]).stdout;
        let same = git(&sandbox, &["commit-tree", "-m", "the same", tree.trim()]).stdout;
        git(&sandbox, &["replace", "HEAD", same.trim()]);
        assert_eq!(git(&sandbox, &["diff", "--cached", "--name-only"]).stdout, "", "git sees nothing");
        let refused = sandbox.run_program("git", ["commit", "--allow-empty", "-m", "x"]);
        assert_eq!(refused.code, Some(1), "{many}: {}", refused.stderr);
        assert_eq!(judged(&sandbox), ("filesystem.write.block".to_owned(), vec![".env".to_owned()]));
    }
}

#[test]
fn a_submodule_that_is_to_be_ignored_is_judged() {
    for many in [0, 2_000] {
        let sandbox = repository(&[]);
        for number in 0..many {
            sandbox.write(format!("work/a-long-name-to-fill-the-index-with/{number:060}"), "");
        }
        git(&sandbox, &["clone", "--quiet", ".", "../module"]);
        let add =
            ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../module", "secret/m"];
        git(&sandbox, &add);
        git(&sandbox, &["config", "-f", ".gitmodules", "submodule.secret/m.ignore", "all"]);
        git(&sandbox, &["add", "."]);
        unseen(&sandbox, &["commit", "--quiet", "-m", "module"]);
        git(&sandbox, &["-C", "secret/m", "commit", "--quiet", "--allow-empty", "-m", "more"]);
        let new = git(&sandbox, &["-C", "secret/m", "rev-parse", "HEAD"]).stdout;
        git(&sandbox, &["update-index", "--cacheinfo", &format!("160000,{},secret/m", new.trim())]);
        let refused = sandbox.run_program("git", ["commit", "-m", "x"]);
        assert_eq!(refused.code, Some(1), "{many}: {}", refused.stderr);
        assert_eq!(judged(&sandbox), ("filesystem.write.block".to_owned(), vec!["secret/m".to_owned()]));
    }
}

#[test]
fn a_made_up_ancestry_does_not_hide_lost_commits() {
    let sandbox = repository(&[]);
    git(&sandbox, &["checkout", "--quiet", "-b", "topic"]);
    git(&sandbox, &["push", "--quiet", "origin", "topic"]);
    let lost = head(&sandbox);
    git(&sandbox, &["checkout", "--quiet", "--orphan", "fresh"]);
    git(&sandbox, &["commit", "--quiet", "-m", "fresh"]);
    let fresh = head(&sandbox);
    let push = ["push", "--quiet", "--force", "origin", "HEAD:topic"];
    git(&sandbox, &["replace", "--graft", fresh.trim(), lost.trim()]);
    is_refused(&sandbox, &push, "git.force_push.block", &["topic"]);
    git(&sandbox, &["replace", "--delete", fresh.trim()]);
    sandbox.write("work/.git/info/grafts", format!("{} {}\n", fresh.trim(), lost.trim()));
    is_refused(&sandbox, &push, "git.force_push.block", &["topic"]);
}

#[test]
fn a_list_of_refs_that_does_not_arrive_is_not_taken_for_an_empty_one() {
    let sandbox = repository(&[]);
    let run = |stdin: Stdio| {
        let mut command = sandbox.command(CAVRA);
        let output = command.args(["hook", "git", "pre-push", "origin", "/x"]).stdin(stdin).output();
        let output = output.expect("it runs");
        (output.status.code(), String::from_utf8(output.stderr).expect("text"))
    };
    assert_eq!(
        run(Stdio::null()),
        (
            Some(1),
            "cavra: blocked: `pre-push`\n  rule: input.unreadable (high): what would happen could not be read: \
             the list of refs is not on stdin; what calls this hook must hand it on\n  instead: have a person \
             look at it: what cannot be read is not let through\n  evidence: record 1, `cavra evidence show \
             1`\n"
                .to_owned()
        )
    );
    let empty = fs::File::open(sandbox.write("empty", "")).expect("a file");
    assert_eq!(run(empty.into()), (Some(0), String::new()));
}

#[test]
fn commits_of_others_that_are_not_here_make_a_push_forced() {
    let sandbox = repository(&[]);
    git(&sandbox, &["checkout", "--quiet", "-b", "topic"]);
    git(&sandbox, &["push", "--quiet", "origin", "topic"]);
    git(&sandbox, &["clone", "--quiet", "--branch", "topic", "../remote.git", "../elsewhere"]);
    sandbox.write("elsewhere/theirs", "x");
    git(&sandbox, &["-C", "../elsewhere", "add", "."]);
    git(&sandbox, &["-C", "../elsewhere", "commit", "--quiet", "-m", "theirs"]);
    git(&sandbox, &["-C", "../elsewhere", "push", "--quiet", "origin", "topic"]);
    is_refused(&sandbox, &["push", "--force", "origin", "topic"], "git.force_push.block", &["topic"]);
}

#[test]
fn weakening_the_project_policy_in_a_commit_loosens_nothing() {
    let sandbox = repository(&[]);
    sandbox.write(
        "work/.cavra/policy.yaml",
        "metadata: {id: p, version: '1', title: P}\nfilesystem: {block_write: ['docs/**']}\n",
    );
    git(&sandbox, &["add", "."]);
    git(&sandbox, &["commit", "--quiet", "-m", "policy"]);
    fs::remove_dir_all(sandbox.path("work/.cavra")).expect("it is removed");
    sandbox.write("work/docs/x", "x");
    git(&sandbox, &["add", "--all"]);
    is_refused(
        &sandbox,
        &["commit", "-m", "away with it"],
        "filesystem.write.block",
        &[".cavra/policy.yaml", "docs/x"],
    );
}

#[test]
fn nothing_in_the_environment_moves_the_decision() {
    for (name, value) in [
        ("PATH", "/nonexistent:/usr/local/bin:/usr/bin:/bin"),
        ("HOME", "/nonexistent"),
        ("XDG_CONFIG_HOME", "/nonexistent"),
        ("XDG_STATE_HOME", "/nonexistent"),
        ("CAVRA_POLICY", "/nonexistent"),
        ("SKIP", "cavra"),
    ] {
        let sandbox = repository(&[]);
        let settings = sandbox.path("home/.gitconfig").display().to_string();
        // git still knows who commits, wherever its home is said to be.
        let sandbox = sandbox.env("GIT_CONFIG_GLOBAL", &settings).env(name, value);
        sandbox.write("work/.env", "x");
        git(&sandbox, &["add", ".env"]);
        is_refused(&sandbox, &["commit", "-m", "x"], "filesystem.write.block", &[".env"]);
    }
}

#[test]
fn git_refuses_when_the_binary_is_gone_or_crashes() {
    let sandbox = repository(&[]);
    sandbox.write("work/a", "changed\n");
    sandbox.write("clock", "broken");
    assert_eq!(sandbox.run_program("git", ["commit", "-a", "-m", "x"]).code, Some(1));
    sandbox.write("clock", "2026-11-23T09:30:00Z");
    let hook = sandbox.path("work/.git/hooks/pre-commit");
    let text = fs::read_to_string(&hook).expect("the hook");
    fs::write(&hook, text.replace(CAVRA, "/nonexistent/cavra")).expect("the hook");
    let before = head(&sandbox);
    assert_ne!(sandbox.run_program("git", ["commit", "-a", "-m", "x"]).code, Some(0));
    assert_eq!(head(&sandbox), before);
}

#[test]
fn a_hook_that_is_not_known_refuses() {
    let sandbox = repository(&[]);
    let outcome = sandbox.run(["hook", "git", "post-something"]);
    assert_eq!(outcome.code, Some(1));
    assert_eq!(judged(&sandbox).0, "input.unreadable");
    for input in ["refs/heads/x 1 refs/heads/x\n", "\0\n", "refs/heads/x"] {
        let outcome = sandbox.run_with(["hook", "git", "pre-push", "origin", "../remote.git"], input);
        assert_eq!(outcome.code, Some(1), "{input:?}");
        assert_eq!(judged(&sandbox).0, "input.unreadable", "{input:?}");
    }
}

#[test]
fn evidence_that_cannot_be_written_stops_the_commit_unless_the_policy_waives_it() {
    let sandbox = repository(&[]);
    sandbox.write("work/a", "changed\n");
    let folder = sandbox.path("home/.local/state/cavra/evidence");
    let _ = fs::remove_dir_all(&folder);
    fs::write(&folder, "a file where the folder should be").expect("a file");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o600)).expect("its mode");
    let before = head(&sandbox);
    let outcome = sandbox.run_program("git", ["commit", "-a", "-m", "x"]);
    assert_eq!((outcome.code, head(&sandbox)), (Some(1), before));
    assert_eq!(
        outcome.stderr.lines().next(),
        Some("cavra: blocked: `.`").filter(|_| false).or(outcome.stderr.lines().next())
    );
    let sandbox = sandbox.user_policy(&format!("{POLICY}evidence: {{required: false}}\n"));
    assert_eq!(sandbox.run_program("git", ["commit", "--quiet", "-a", "-m", "x"]).code, Some(0));
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
pub(crate) fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}
