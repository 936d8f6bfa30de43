//! Other tools that install git hooks, the real ones: what they put there still runs, with its input, after Cavra's
//! answer; and it comes back byte for byte. `tests/hook-managers DIR` installs them; `CAVRA_HOOK_MANAGERS` is that
//! folder. A tool that is not there is left out, and the test says so.

use std::fs;
use std::path::{Path, PathBuf};

use crate::git::{git, skipped};
use crate::install::tree;
use crate::sandbox::{Outcome, Sandbox};

/// The folders of the tools, in front of the system's.
fn tools() -> String {
    let given = option_env!("CAVRA_HOOK_MANAGERS").map(PathBuf::from);
    let mut folders: Vec<String> = Vec::new();
    if let Some(given) = given {
        folders.push(given.join("python/bin").display().to_string());
        folders.push(given.join("node_modules/.bin").display().to_string());
    }
    folders.push("/usr/local/bin:/usr/bin:/bin".to_owned());
    folders.join(":")
}

/// A repository with the tool on `PATH`; none where the tool is not there.
fn with(tool: &str) -> Option<Sandbox> {
    let path = tools();
    if !path.split(':').any(|folder| Path::new(folder).join(tool).exists()) {
        skipped(&format!("`{tool}` is not installed; `tests/hook-managers DIR` does that"));
        return None;
    }
    let sandbox = Sandbox::new().env("PATH", &path).user_policy(
        "metadata: {id: house, version: '1', title: House}\nfilesystem: {block_write: ['.env']}\n\
         git: {protected_branches: [release]}\n",
    );
    git(&sandbox, &["init", "--quiet"]);
    git(&sandbox, &["init", "--quiet", "--bare", "../remote.git"]);
    git(&sandbox, &["remote", "add", "origin", "../remote.git"]);
    Some(sandbox)
}

fn run(sandbox: &Sandbox, program: &str, args: &[&str]) -> Outcome {
    sandbox.run_program(program, args)
}

/// How often the tool's hook has run.
fn runs(sandbox: &Sandbox) -> usize {
    fs::read_to_string(sandbox.path("ran")).map_or(0, |text| text.lines().count())
}

fn commits(sandbox: &Sandbox, path: &str) -> Outcome {
    sandbox.write(format!("work/{path}"), format!("{path} {}\n", runs(sandbox)));
    git(sandbox, &["add", "--force", path]);
    let outcome = sandbox.run_program("git", ["commit", "--quiet", "-m", path]);
    if outcome.code != Some(0) {
        git(sandbox, &["reset", "--quiet"]);
    }
    outcome
}

/// The tool's hook is in place and writes a line to `../ran`. Cavra goes in, in again and out.
#[track_caller]
fn lives_with(sandbox: &Sandbox) {
    commits(sandbox, "first").exit(0);
    let first = runs(sandbox);
    assert!(first > 0, "the tool's own hook does not run");
    let hooks = sandbox.path("work/.git/hooks");
    let before = tree(&hooks);
    sandbox.run(["install", "git"]).exit(0).stderr("");
    let installed = tree(&hooks);
    sandbox.run(["install", "git"]).exit(0).stderr("");
    assert!(tree(&hooks) == installed, "the second time changed something");
    commits(sandbox, "second").exit(0);
    assert!(runs(sandbox) > first, "the tool's hook runs no more");
    let ran = runs(sandbox);
    let refused = commits(sandbox, ".env");
    assert_eq!(refused.code, Some(1), "{}", refused.stderr);
    assert_eq!(runs(sandbox), ran, "what is refused is refused first");
    sandbox.run(["uninstall", "git"]).exit(0).stderr("");
    assert!(tree(&hooks) == before, "something was left, or is gone");
    commits(sandbox, "third").exit(0);
    assert!(runs(sandbox) > ran);
}

const PRE_COMMIT: &str = "\
repos:
- repo: local
  hooks:
  - {id: own, name: own, language: system, entry: sh -c 'echo ran >> ../ran', always_run: true, pass_filenames: false}
";

#[test]
fn pre_commit_and_prek_run_before_and_after() {
    for tool in ["pre-commit", "prek"] {
        let Some(sandbox) = with(tool) else { continue };
        sandbox.write("work/.pre-commit-config.yaml", PRE_COMMIT);
        git(&sandbox, &["add", "."]);
        run(&sandbox, tool, &["install"]).exit(0);
        lives_with(&sandbox);

        // The other way round: the tool takes the hook's place and runs it first.
        let Some(sandbox) = with(tool) else { continue };
        sandbox.write("work/.pre-commit-config.yaml", PRE_COMMIT);
        git(&sandbox, &["add", "."]);
        sandbox.run(["install", "git"]).exit(0);
        run(&sandbox, tool, &["install"]).exit(0);
        commits(&sandbox, "first").exit(0);
        assert_eq!(runs(&sandbox), 1, "{tool}");
        assert_eq!(commits(&sandbox, ".env").code, Some(1), "{tool}");
        assert_eq!(sandbox.run(["status"]).code, Some(1), "{tool}: another hook took its place");
    }
}

#[test]
fn lefthook_runs_after_with_its_input() {
    let Some(sandbox) = with("lefthook") else { return };
    sandbox.write(
        "work/lefthook.yml",
        "pre-commit:\n  jobs:\n    - {name: own, run: echo ran >> ../ran}\n\
         pre-push:\n  jobs:\n    - {name: own, run: cat >> ../pushed, use_stdin: true}\n",
    );
    git(&sandbox, &["add", "."]);
    run(&sandbox, "lefthook", &["install"]).exit(0);
    lives_with(&sandbox);
    sandbox.run(["install", "git"]).exit(0);
    git(&sandbox, &["push", "--quiet", "origin", "HEAD:topic"]);
    let head = git(&sandbox, &["rev-parse", "HEAD"]).stdout;
    assert_eq!(
        sandbox.read("pushed").trim(),
        format!("HEAD {} refs/heads/topic {}", head.trim(), "0".repeat(40))
    );
}

#[test]
fn a_job_of_lefthook_asks_for_a_push_with_gits_own_input() {
    let Some(sandbox) = with("lefthook") else { return };
    // The job that README.md gives.
    let cavra = crate::sandbox::CAVRA;
    sandbox.write(
        "work/lefthook.yml",
        format!(
            "pre-commit:\n  jobs:\n    - {{name: cavra, run: {cavra} hook git pre-commit}}\n\
             pre-push:\n  jobs:\n    - {{name: cavra, run: \"{cavra} hook git pre-push {{1}} {{2}}\", use_stdin: true}}\n"
        ),
    );
    git(&sandbox, &["add", "."]);
    run(&sandbox, "lefthook", &["install"]).exit(0);
    commits(&sandbox, "a").exit(0);
    assert_eq!(commits(&sandbox, ".env").code, Some(1));
    git(&sandbox, &["push", "--quiet", "origin", "HEAD:topic"]);
    for args in [&["push", "origin", "HEAD:release"][..], &["push", "origin", "HEAD:x", "HEAD:release"]] {
        let refused = sandbox.run_program("git", args);
        assert_eq!(refused.code, Some(1), "{args:?}: {}{}", refused.stdout, refused.stderr);
    }
}

#[test]
fn simple_git_hooks_run_after() {
    let Some(sandbox) = with("simple-git-hooks") else { return };
    sandbox.write(
        "work/package.json",
        "{\"private\": true, \"devDependencies\": {\"simple-git-hooks\": \"*\"}, \
         \"simple-git-hooks\": {\"pre-commit\": \"echo ran >> ../ran\"}}\n",
    );
    run(&sandbox, "simple-git-hooks", &[]).exit(0);
    lives_with(&sandbox);
}

#[test]
fn husky_is_told_how_to_run_it_and_nothing_is_written_into_its_folder() {
    let Some(sandbox) = with("husky") else { return };
    sandbox.write("work/package.json", "{\"private\": true}\n");
    run(&sandbox, "husky", &[]).exit(0);
    sandbox.write("work/.husky/pre-commit", "echo ran >> ../ran\n");
    commits(&sandbox, "first").exit(0);
    assert_eq!(runs(&sandbox), 1);
    let before = tree(&sandbox.path("work"));
    let refused = sandbox.run(["install", "git"]);
    assert_eq!(refused.code, Some(1));
    let hints: Vec<&str> = refused.stderr.lines().filter(|line| line.starts_with("hint: ")).collect();
    assert_eq!(hints.len(), 2, "{}", refused.stderr);
    assert!(hints[0].contains("git config --local --unset-all core.hooksPath"), "{}", hints[0]);
    assert!(hints[1].contains("in `.husky/`"), "{}", hints[1]);
    assert!(tree(&sandbox.path("work")) == before, "something was written");
    let told = sandbox.run(["status"]);
    assert!(told.stdout.contains("pre-commit: overridden"), "{}", told.stdout);

    // The second way out.
    let cavra = crate::sandbox::CAVRA;
    sandbox.write("work/.husky/pre-commit", format!("{cavra} hook git pre-commit\necho ran >> ../ran\n"));
    sandbox.write("work/.husky/pre-push", format!("{cavra} hook git pre-push \"$@\"\n"));
    commits(&sandbox, "second").exit(0);
    assert_eq!(commits(&sandbox, ".env").code, Some(1));
    git(&sandbox, &["push", "--quiet", "origin", "HEAD:topic"]);
    assert_eq!(sandbox.run_program("git", ["push", "origin", "HEAD:release"]).code, Some(1));
}

#[test]
fn git_lfs_gets_its_input_and_its_objects_arrive() {
    let Some(sandbox) = with("git-lfs") else { return };
    git(&sandbox, &["lfs", "install", "--local"]);
    sandbox.write("work/.gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n");
    sandbox.write("work/large.bin", "a large file");
    git(&sandbox, &["add", "."]);
    let hooks = sandbox.path("work/.git/hooks");
    let before = tree(&hooks);
    sandbox.run(["install", "git"]).exit(0).stderr("");
    git(&sandbox, &["commit", "--quiet", "-m", "large"]);
    git(
        &sandbox,
        &["remote", "set-url", "origin", &format!("file://{}", sandbox.path("remote.git").display())],
    );
    git(&sandbox, &["push", "--quiet", "origin", "HEAD:topic"]);
    let arrived = tree(&sandbox.path("remote.git/lfs"));
    assert!(arrived.values().any(|(bytes, _)| bytes == b"a large file"), "{:?}", arrived.keys());
    sandbox.run(["uninstall", "git"]).exit(0);
    assert!(tree(&hooks) == before, "something was left, or is gone");
}

#[test]
fn the_hooks_that_this_repository_offers_to_pre_commit_are_of_commits_alone() {
    let Some(sandbox) = with("pre-commit") else { return };
    let own = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml"));
    let own = own.expect("the hooks that are offered");
    // Pre-commit tells its hooks of the first ref of a push alone.
    assert!(!own.contains("pre-push"), "{own}");
    git(&sandbox, &["init", "--quiet", "../offered"]);
    sandbox.write("offered/.pre-commit-hooks.yaml", own);
    git(&sandbox, &["-C", "../offered", "add", "."]);
    git(&sandbox, &["-C", "../offered", "commit", "--quiet", "-m", "hooks"]);
    git(&sandbox, &["-C", "../offered", "tag", "v1"]);
    sandbox.write(
        "work/.pre-commit-config.yaml",
        "default_install_hook_types: [pre-commit, pre-merge-commit, prepare-commit-msg]\nrepos:\n\
         - repo: ../offered\n  rev: v1\n  hooks: [{id: cavra}]\n",
    );
    let folder = Path::new(crate::sandbox::CAVRA).parent().expect("a folder").display().to_string();
    let sandbox = sandbox.env("PATH", &format!("{folder}:{}", tools()));
    git(&sandbox, &["add", "."]);
    run(&sandbox, "pre-commit", &["install"]).exit(0);
    commits(&sandbox, "a").exit(0);
    assert_eq!(commits(&sandbox, ".env").code, Some(1));
}
