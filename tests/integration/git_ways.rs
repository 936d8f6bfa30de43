//! Every way that a commit gets onto a branch, on real git: none of them carries a protected path past the hooks, and
//! none of them is in the way of ordinary work.

use std::fs;
use std::process::{Command, Stdio};

use crate::git::{git, unseen};
use crate::sandbox::{Outcome, Sandbox};

const POLICY: &str = "\
metadata: {id: house, version: '1', title: House}
filesystem: {block_write: ['secret/**', '.env']}
";

const BRANCHES: &str = "\
git: {protected_branches: [main, 'release/*'], block_commit_to_protected_branch: true}
";

/// A repository in `work` with a few commits and the hooks in place.
fn repository() -> Sandbox {
    let sandbox = Sandbox::new().user_policy(POLICY);
    git(&sandbox, &["init", "--quiet"]);
    for name in ["a", "b"] {
        sandbox.write(format!("work/{name}"), "first\n");
        git(&sandbox, &["add", "."]);
        git(&sandbox, &["commit", "--quiet", "-m", name]);
    }
    sandbox.run(["install", "git"]).exit(0);
    sandbox
}

/// A commit on `HEAD` that nobody has seen: its objects are there, and no ref names it.
fn hidden(sandbox: &Sandbox, path: &str) -> String {
    hidden_on(sandbox, "HEAD", path)
}

fn hidden_on(sandbox: &Sandbox, parent: &str, path: &str) -> String {
    let own = sandbox.path("tmp/hidden-index");
    let _ = fs::remove_file(&own);
    let run = |args: &[&str]| {
        let mut command = sandbox.command("git");
        command.env("GIT_INDEX_FILE", &own).args(args);
        let output = command.output().expect("git runs");
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text").trim().to_owned()
    };
    run(&["read-tree", parent]);
    let file = sandbox.write("tmp/hidden-file", format!("what is in {path}\n"));
    let blob = run(&["hash-object", "-w", file.to_str().expect("a path")]);
    run(&["update-index", "--add", "--cacheinfo", &format!("100644,{blob},{path}")]);
    let tree = run(&["write-tree"]);
    run(&["commit-tree", &tree, "-p", parent, "-m", path])
}

fn refs(sandbox: &Sandbox) -> String {
    let refs = git(sandbox, &["for-each-ref", "--format=%(refname) %(objectname)", "refs/heads"]).stdout;
    refs + &git(sandbox, &["rev-parse", "HEAD"]).stdout
}

/// What the newest record blocked, and by which rule.
fn blocked(sandbox: &Sandbox) -> (String, String) {
    let record = sandbox.evidence().pop().expect("a record");
    let text = |name: &str| record["verdict"][name].as_str().expect("a text").to_owned();
    assert_eq!(text("decision"), "block");
    (text("rule_id"), text("target"))
}

#[track_caller]
fn is_refused(sandbox: &Sandbox, args: &[&str]) -> Outcome {
    let before = refs(sandbox);
    let outcome = sandbox.run_program("git", args);
    assert_ne!(outcome.code, Some(0), "{args:?}: {}{}", outcome.stdout, outcome.stderr);
    assert_eq!(refs(sandbox), before, "{args:?} has moved a branch");
    assert_eq!(blocked(sandbox), ("filesystem.write.block".to_owned(), "secret/key".to_owned()), "{args:?}");
    outcome
}

#[test]
fn a_commit_that_skips_what_can_be_skipped_is_refused_all_the_same() {
    for args in [
        &["commit", "-m", "x"][..],
        &["commit", "--no-verify", "-m", "x"],
        &["commit", "--no-veri", "-m", "x"],
        &["commit", "-n", "-m", "x"],
        &["commit", "-anm", "x"],
        &["commit", "--no-verify", "--amend", "-m", "x"],
        &["commit", "--no-verify", "-m", "x", "secret/key"],
        &["-c", "alias.ci=commit --no-verify", "ci", "-m", "x"],
        &["-c", "alias.cj=!git commit -n", "cj", "-m", "x"],
    ] {
        let sandbox = repository();
        sandbox.write("work/secret/key", "x");
        git(&sandbox, &["add", "."]);
        is_refused(&sandbox, args);
        assert_eq!(git(&sandbox, &["status", "--short"]).stdout, "A  secret/key\n", "{args:?}");
    }
}

#[test]
fn a_commit_of_plumbing_is_refused_at_whatever_ref_it_is_put_on() {
    for args in [
        &["update-ref", "refs/heads/main", "NEW"][..],
        &["update-ref", "refs/heads/new", "NEW"],
        &["branch", "new", "NEW"],
        &["branch", "-f", "other", "NEW"],
        &["reset", "--quiet", "--hard", "NEW"],
        &["reset", "--soft", "NEW"],
        &["merge", "--quiet", "--ff-only", "NEW"],
        &["merge", "--quiet", "--no-ff", "-m", "x", "NEW"],
        &["merge", "--quiet", "--no-verify", "--no-ff", "-m", "x", "NEW"],
        &["cherry-pick", "NEW"],
        &["rebase", "--quiet", "NEW"],
        &["checkout", "--quiet", "-b", "new", "NEW"],
        &["switch", "--quiet", "--detach", "NEW"],
        &["worktree", "add", "--quiet", "-b", "new", "../tree", "NEW"],
        &["fetch", "--quiet", ".", "NEW:refs/heads/new"],
    ] {
        let sandbox = repository();
        git(&sandbox, &["branch", "other"]);
        let new = hidden(&sandbox, "secret/key");
        let args: Vec<String> = args.iter().map(|arg| arg.replace("NEW", &new)).collect();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        is_refused(&sandbox, &args);

        let sandbox = repository();
        git(&sandbox, &["branch", "other"]);
        let new = hidden(&sandbox, "public/key");
        let args: Vec<String> = args.iter().map(|arg| replaced(arg, &new)).collect();
        git(&sandbox, &args.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

/// The word with the name of another commit in it.
fn replaced(arg: &str, new: &str) -> String {
    match arg.split_once(':') {
        Some((old, rest)) if old.len() == 40 => format!("{new}:{rest}"),
        None if arg.len() == 40 => new.to_owned(),
        _ => arg.to_owned(),
    }
}

#[test]
fn what_undoes_or_replays_a_commit_is_judged_by_what_it_writes() {
    let sandbox = repository();
    sandbox.write("work/secret/key", "x");
    git(&sandbox, &["add", "."]);
    unseen(&sandbox, &["commit", "--quiet", "-m", "with"]);
    git(&sandbox, &["rm", "--quiet", "secret/key"]);
    unseen(&sandbox, &["commit", "--quiet", "-m", "without"]);
    is_refused(&sandbox, &["revert", "--no-edit", "HEAD"]);
    git(&sandbox, &["reset", "--quiet", "--hard"]);
    git(&sandbox, &["checkout", "--quiet", "-b", "topic", "HEAD~2"]);
    sandbox.write("work/c", "c\n");
    git(&sandbox, &["add", "c"]);
    git(&sandbox, &["commit", "--quiet", "-m", "c"]);
    git(&sandbox, &["rebase", "--quiet", "main"]);
    git(&sandbox, &["revert", "--no-edit", "HEAD"]);
    assert_eq!(git(&sandbox, &["log", "--format=%s", "-n1"]).stdout, "Revert \"c\"\n");
}

#[test]
fn a_mailed_patch_is_judged_and_so_is_one_that_skips_its_hooks() {
    for skips in [false, true] {
        let sandbox = repository();
        let new = hidden(&sandbox, "secret/key");
        let patch = git(&sandbox, &["format-patch", "--stdout", &format!("{new}~1..{new}")]).stdout;
        let patch = sandbox.write("tmp/patch", patch);
        let patch = patch.to_str().expect("a path");
        let args: &[&str] =
            if skips { &["am", "--quiet", "--no-verify", patch] } else { &["am", "--quiet", patch] };
        is_refused(&sandbox, args);
        git(&sandbox, &["am", "--abort"]);

        let new = hidden(&sandbox, "public/key");
        let patch = git(&sandbox, &["format-patch", "--stdout", &format!("{new}~1..{new}")]).stdout;
        let patch = sandbox.write("tmp/patch", patch);
        git(&sandbox, &["am", "--quiet", patch.to_str().expect("a path")]);
    }
}

#[test]
fn a_stream_of_commits_is_judged_where_it_ends() {
    let sandbox = repository();
    let stream = |path: &str| {
        format!(
            "commit refs/heads/imported\ncommitter T <t@example.invalid> 1700000000 +0000\ndata 1\nx\nfrom \
             refs/heads/main^0\nM 100644 inline {path}\ndata 1\nx\n\n"
        )
    };
    let import = |text: String| {
        let mut child = sandbox
            .command("git")
            .args(["fast-import", "--quiet"])
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("git runs");
        std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), text.as_bytes())
            .expect("written");
        child.wait().expect("it ends").code()
    };
    assert_ne!(import(stream("secret/key")), Some(0));
    assert_eq!(blocked(&sandbox).1, "secret/key");
    assert_ne!(sandbox.run_program("git", ["rev-parse", "--verify", "imported"]).code, Some(0));
    assert_eq!(import(stream("public")), Some(0));
    git(&sandbox, &["rev-parse", "--verify", "imported"]);
}

#[test]
fn what_replays_commits_by_itself_is_judged_at_the_ref() {
    let sandbox = repository();
    let new = hidden(&sandbox, "secret/key");
    let replay = sandbox.run_program("git", ["replay", "--onto", "HEAD~1", &format!("HEAD..{new}")]);
    if replay.code != Some(0) {
        crate::git::skipped("this git does not replay commits");
        return;
    }
    // Without a branch to move it prints nothing; what it made is then put on one.
    git(&sandbox, &["update-ref", "refs/hidden/x", &new]);
    let picked = hidden_on(&sandbox, "HEAD~1", "secret/key");
    is_refused(&sandbox, &["update-ref", "refs/heads/topic", &picked]);
}

#[test]
fn what_others_have_shared_is_not_held_against_whoever_fetches_it() {
    let sandbox = repository();
    unseen(&sandbox, &["clone", "--quiet", "--bare", ".", "../remote.git"]);
    git(&sandbox, &["remote", "add", "origin", "../remote.git"]);
    git(&sandbox, &["fetch", "--quiet", "origin"]);
    git(&sandbox, &["branch", "--quiet", "--set-upstream-to=origin/main"]);
    git(&sandbox, &["clone", "--quiet", "../remote.git", "../theirs"]);
    sandbox.write("theirs/secret/key", "x");
    git(&sandbox, &["-C", "../theirs", "add", "."]);
    git(&sandbox, &["-C", "../theirs", "commit", "--quiet", "-m", "theirs"]);
    git(&sandbox, &["-C", "../theirs", "push", "--quiet"]);
    git(&sandbox, &["pull", "--quiet", "--ff-only"]);
    assert!(sandbox.path("work/secret/key").exists());

    // A merge brings along what the others have shared, and is not what writes it.
    sandbox.write("theirs/secret/other", "x");
    git(&sandbox, &["-C", "../theirs", "add", "."]);
    git(&sandbox, &["-C", "../theirs", "commit", "--quiet", "-m", "more of theirs"]);
    git(&sandbox, &["-C", "../theirs", "push", "--quiet"]);
    sandbox.write("work/mine", "x");
    git(&sandbox, &["add", "mine"]);
    git(&sandbox, &["commit", "--quiet", "-m", "mine"]);
    git(&sandbox, &["pull", "--quiet", "--no-rebase", "--no-edit"]);
    assert!(sandbox.path("work/secret/other").exists());
    sandbox.write("work/more", "x");
    git(&sandbox, &["add", "more"]);
    git(&sandbox, &["commit", "--quiet", "-m", "more"]);
    git(&sandbox, &["push", "--quiet", "origin", "HEAD:shared"]);
}

#[test]
fn a_merge_that_writes_a_path_by_itself_is_refused() {
    // What neither side has.
    let sandbox = repository();
    git(&sandbox, &["checkout", "--quiet", "-b", "topic", "HEAD~1"]);
    sandbox.write("work/c", "c\n");
    git(&sandbox, &["add", "c"]);
    git(&sandbox, &["commit", "--quiet", "-m", "c"]);
    git(&sandbox, &["merge", "--quiet", "--no-commit", "main"]);
    sandbox.write("work/secret/key", "x");
    git(&sandbox, &["add", "."]);
    is_refused(&sandbox, &["commit", "--quiet", "--no-edit"]);
    is_refused(&sandbox, &["commit", "--quiet", "--no-verify", "--no-edit"]);
    git(&sandbox, &["rm", "--quiet", "--cached", "secret/key"]);
    git(&sandbox, &["commit", "--quiet", "--no-edit"]);

    // An old version brought back, with an old commit as the other side.
    let sandbox = repository();
    sandbox.write("work/secret/key", "old");
    git(&sandbox, &["add", "."]);
    unseen(&sandbox, &["commit", "--quiet", "-m", "old"]);
    let old = git(&sandbox, &["rev-parse", "HEAD"]).stdout.trim().to_owned();
    sandbox.write("work/secret/key", "new");
    unseen(&sandbox, &["commit", "--quiet", "-a", "-m", "new"]);
    let head = git(&sandbox, &["rev-parse", "HEAD"]).stdout.trim().to_owned();
    let crafted =
        git(&sandbox, &["commit-tree", &format!("{old}^{{tree}}"), "-p", &head, "-p", &old, "-m", "x"])
            .stdout;
    is_refused(&sandbox, &["merge", "--quiet", "--ff-only", crafted.trim()]);
}

#[test]
fn ordinary_work_goes_through_and_leaves_one_record_for_each_commit() {
    let sandbox = repository();
    let before = sandbox.evidence().len();
    sandbox.write("work/c", "c\n");
    git(&sandbox, &["add", "c"]);
    git(&sandbox, &["commit", "--quiet", "-m", "c"]);
    assert_eq!(sandbox.evidence().len(), before + 1, "the later hooks know what the first has judged");
    for args in [
        &["checkout", "--quiet", "-b", "topic"][..],
        &["commit", "--quiet", "--amend", "-m", "again"],
        &["branch", "-m", "topic2"],
        &["tag", "v1"],
        &["tag", "-a", "-m", "x", "v2"],
        &["notes", "add", "-m", "x"],
        &["checkout", "--quiet", "main"],
        &["merge", "--quiet", "topic2"],
        &["reset", "--quiet", "--hard", "HEAD~1"],
        &["reset", "--quiet", "--hard", "topic2"],
        &["branch", "-D", "topic2"],
        &["symbolic-ref", "HEAD", "refs/heads/main"],
        &["gc", "--quiet"],
        &["pack-refs", "--all"],
    ] {
        let outcome = sandbox.run_program("git", args);
        // `merge` has nothing to do where both are one.
        assert_eq!(outcome.code, Some(0), "{args:?}: {}", outcome.stderr);
    }
    sandbox.write("work/a", "changed\n");
    git(&sandbox, &["stash", "--quiet"]);
    git(&sandbox, &["stash", "pop", "--quiet"]);
    let decisions: Vec<_> =
        sandbox.evidence().iter().map(|record| record["verdict"]["decision"].to_string()).collect();
    assert!(decisions.iter().all(|decision| decision == "\"allow\""), "{decisions:?}");
}

#[test]
fn a_verdict_is_reused_for_the_same_content_alone() {
    let sandbox = repository();
    sandbox.write("work/c", "c\n");
    git(&sandbox, &["add", "c"]);
    let hook = |event: &[&str]| sandbox.run([&["hook", "git"], event].concat()).code;
    let before = sandbox.evidence().len();
    assert_eq!(hook(&["pre-commit"]), Some(0));
    assert_eq!(hook(&["pre-commit"]), Some(0), "the same event again");
    assert_eq!(hook(&["prepare-commit-msg", "x"]), Some(0));
    assert_eq!(sandbox.evidence().len(), before + 1);
    sandbox.write("work/secret/key", "x");
    git(&sandbox, &["add", "."]);
    assert_eq!(hook(&["pre-commit"]), Some(1), "other content is judged");
    assert_eq!(hook(&["pre-commit"]), Some(1), "and a refusal is no voucher");
    git(&sandbox, &["reset", "--quiet"]);
    git(&sandbox, &["add", "c"]);
    sandbox.write("home/.config/cavra/policy.yaml", POLICY.replace("'.env'", "'.env', c"));
    assert_eq!(hook(&["pre-commit"]), Some(1), "so is the same content under another policy");
}

#[test]
fn a_protected_branch_takes_no_commits_where_the_policy_says_so() {
    let sandbox = repository().user_policy(&format!("{POLICY}{BRANCHES}"));
    let rule = "git.protected_branch.block_commit";
    let refused = |args: &[&str], branch: &str| {
        let before = refs(&sandbox);
        let outcome = sandbox.run_program("git", args);
        assert_ne!(outcome.code, Some(0), "{args:?}: {}", outcome.stdout);
        assert_eq!(refs(&sandbox), before, "{args:?}");
        assert_eq!(blocked(&sandbox), (rule.to_owned(), branch.to_owned()), "{args:?}: {}", outcome.stderr);
    };
    sandbox.write("work/c", "c\n");
    git(&sandbox, &["add", "c"]);
    refused(&["commit", "-m", "c"], "main");
    refused(&["commit", "-n", "-m", "c"], "main");
    git(&sandbox, &["checkout", "--quiet", "-b", "topic"]);
    git(&sandbox, &["commit", "--quiet", "-m", "c"]);
    refused(&["branch", "-f", "main", "topic"], "main");
    refused(&["update-ref", "refs/heads/release/1", "topic"], "release/1");
    refused(&["update-ref", "refs/heads/main", "topic~1^"], "main");
    refused(&["branch", "-D", "main"], "main");
    git(&sandbox, &["pack-refs", "--all"]);
    refused(&["branch", "-D", "main"], "main");
    refused(&["update-ref", "-d", "refs/heads/main"], "main");
    git(&sandbox, &["update-ref", "refs/heads/loose", "topic"]);
    git(&sandbox, &["gc", "--quiet"]);
    git(&sandbox, &["pack-refs", "--all"]);
    git(&sandbox, &["checkout", "--quiet", "main"]);
    refused(&["merge", "--quiet", "--ff-only", "topic"], "main");
    refused(&["merge", "--quiet", "--no-ff", "-m", "x", "topic"], "main");
    git(&sandbox, &["branch", "-D", "loose"]);

    // What comes from the other side is what such a branch is for.
    let plain = ["-c", "core.hooksPath=/dev/null"];
    git(&sandbox, &[&plain[..], &["clone", "--quiet", "--bare", ".", "../remote.git"]].concat());
    git(&sandbox, &["remote", "add", "origin", "../remote.git"]);
    unseen(&sandbox, &["push", "--quiet", "origin", "topic:main"]);
    git(&sandbox, &["fetch", "--quiet", "origin"]);
    git(&sandbox, &["merge", "--quiet", "--ff-only", "origin/main"]);
    git(&sandbox, &["reset", "--quiet", "--hard", "origin/main"]);
}

#[test]
fn a_branch_that_is_renamed_or_written_past_git_is_seen_when_it_is_pushed() {
    let sandbox = repository();
    unseen(&sandbox, &["clone", "--quiet", "--bare", ".", "../remote.git"]);
    git(&sandbox, &["remote", "add", "origin", "../remote.git"]);
    let new = hidden(&sandbox, "secret/key");
    fs::write(sandbox.path("work/.git/refs/heads/past"), format!("{new}\n")).expect("a ref");
    let outcome = sandbox.run_program("git", ["push", "origin", "past"]);
    assert_eq!((outcome.code, blocked(&sandbox).1), (Some(1), "secret/key".to_owned()));
}

#[test]
fn hooks_are_answered_where_the_environment_moves_the_repository() {
    let sandbox = repository();
    // A work tree elsewhere, an index elsewhere, a folder below.
    let other = sandbox.path("other");
    fs::create_dir_all(&other).expect("a folder");
    fs::create_dir_all(other.join("secret")).expect("a folder");
    fs::write(other.join("secret/key"), "x").expect("a file");
    let git_dir = sandbox.path("work/.git");
    let run = |args: &[&str], index: Option<&str>| {
        let mut command: Command = sandbox.command("git");
        command.env("GIT_DIR", &git_dir).env("GIT_WORK_TREE", &other).current_dir(&other);
        if let Some(index) = index {
            command.env("GIT_INDEX_FILE", index);
        }
        command.args(args).output().expect("git runs").status.code()
    };
    assert_eq!(run(&["add", "secret/key"], None), Some(0));
    assert_eq!(run(&["commit", "--quiet", "-m", "x"], None), Some(1));
    assert_eq!(blocked(&sandbox).1, "secret/key");
    let index = sandbox.path("tmp/own-index");
    let index = index.to_str().expect("a path");
    assert_eq!(run(&["read-tree", "HEAD"], Some(index)), Some(0));
    assert_eq!(run(&["add", "secret/key"], Some(index)), Some(0));
    assert_eq!(run(&["commit", "--quiet", "-m", "x"], Some(index)), Some(1));
    assert_eq!(blocked(&sandbox).1, "secret/key");
    let below = sandbox.path("work/below");
    fs::create_dir_all(&below).expect("a folder");
    sandbox.write("work/secret/key", "x");
    git(&sandbox, &["reset", "--quiet"]);
    git(&sandbox, &["add", "secret/key"]);
    let status = sandbox.command("git").args(["commit", "-m", "x"]).current_dir(&below).output();
    assert_eq!(status.expect("git runs").status.code(), Some(1));
}

#[test]
fn what_bends_gits_own_view_of_commits_hides_none_of_them() {
    let setups: [fn(&Sandbox, &str, &str); 4] = [
        |sandbox, above, _hidden| {
            let head = git(sandbox, &["rev-parse", "HEAD"]).stdout;
            sandbox.write("work/.git/info/grafts", format!("{above} {}\n", head.trim()));
        },
        |sandbox, above, _hidden| {
            git(sandbox, &["replace", "--graft", above, "HEAD"]);
        },
        // That a repository has no working tree is only a setting.
        |sandbox, _above, _hidden| {
            git(sandbox, &["config", "core.bare", "true"]);
        },
        |sandbox, _above, hidden| {
            git(sandbox, &["tag", "seen", hidden]);
        },
    ];
    for (place, setup) in setups.into_iter().enumerate() {
        let sandbox = repository();
        let hidden = hidden(&sandbox, "secret/key");
        let tree = git(&sandbox, &["rev-parse", "HEAD^{tree}"]).stdout;
        let above = git(&sandbox, &["commit-tree", tree.trim(), "-p", &hidden, "-m", "above"]).stdout;
        let above = above.trim();
        setup(&sandbox, above, &hidden);
        let outcome = sandbox.run_program("git", ["update-ref", "refs/heads/main", above]);
        assert_ne!(outcome.code, Some(0), "{place}: {}", outcome.stderr);
        assert_eq!(blocked(&sandbox).1, "secret/key", "{place}");
    }
}

#[test]
fn a_branch_that_stands_for_another_is_protected_as_that_one_is() {
    let sandbox = repository().user_policy(&format!("{POLICY}{BRANCHES}"));
    git(&sandbox, &["checkout", "--quiet", "-b", "topic"]);
    git(&sandbox, &["symbolic-ref", "refs/heads/alias", "refs/heads/main"]);
    git(&sandbox, &["symbolic-ref", "HEAD", "refs/heads/alias"]);
    sandbox.write("work/c", "c");
    git(&sandbox, &["add", "c"]);
    let before = git(&sandbox, &["rev-parse", "main"]).stdout;
    assert_ne!(sandbox.run_program("git", ["commit", "-m", "c"]).code, Some(0));
    assert_eq!(git(&sandbox, &["rev-parse", "main"]).stdout, before);
    assert_eq!(blocked(&sandbox), ("git.protected_branch.block_commit".to_owned(), "main".to_owned()));
}

#[test]
fn what_a_kept_hook_adds_to_the_index_is_judged() {
    let sandbox = repository();
    sandbox.run(["uninstall", "git"]).exit(0);
    let hook = sandbox.write(
        "work/.git/hooks/pre-commit",
        "#!/bin/sh\nmkdir -p secret\necho x > secret/key\ngit add secret/key\n",
    );
    fs::set_permissions(hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("its mode");
    sandbox.run(["install", "git"]).exit(0);
    sandbox.write("work/c", "c");
    git(&sandbox, &["add", "c"]);
    is_refused(&sandbox, &["commit", "--quiet", "-m", "c"]);
}

#[test]
fn a_shallow_and_a_partial_clone_are_judged_by_what_is_there() {
    let sandbox = repository();
    for number in 0..3 {
        sandbox.write(format!("work/f{number}"), "x");
        git(&sandbox, &["add", "."]);
        git(&sandbox, &["commit", "--quiet", "-m", "x"]);
    }
    sandbox.run(["uninstall", "git"]).exit(0);
    git(&sandbox, &["config", "uploadpack.allowFilter", "true"]);
    let from = format!("file://{}", sandbox.path("work").display());
    for (name, option) in [("shallow", "--depth=1"), ("partial", "--filter=blob:none")] {
        let to = format!("../{name}");
        git(&sandbox, &["clone", "--quiet", option, &from, &to]);
        let mut install = sandbox.command(crate::sandbox::CAVRA);
        install.arg("install").current_dir(sandbox.path(name));
        assert!(install.output().expect("it runs").status.success(), "{name}");
        git(&sandbox, &["-C", &to, "mv", "f1", "f9"]);
        git(&sandbox, &["-C", &to, "commit", "--quiet", "-m", "moved"]);
        git(&sandbox, &["-C", &to, "push", "--quiet", "origin", &format!("HEAD:{name}")]);
        sandbox.write(format!("{name}/secret/key"), "x");
        git(&sandbox, &["-C", &to, "add", "."]);
        assert_ne!(
            sandbox.run_program("git", ["-C", &to, "commit", "-n", "-m", "x"]).code,
            Some(0),
            "{name}"
        );
    }
}
