//! `cavra demo`: what it shows is what happened, whatever the caller's surroundings, and it says so where not.

use std::fs;

use similar_asserts::assert_eq;

use crate::sandbox::{Outcome, Sandbox};

/// The lines that say what was done and what came of it: titles, commands, rules, and how each step was judged.
fn told(outcome: &Outcome) -> Vec<String> {
    let starts = ["$ ", "✓ ", "✗ ", "    rule: "];
    let is_title =
        |line: &str| line.split_once(". ").is_some_and(|(number, _)| number.parse::<u32>().is_ok());
    outcome
        .stdout
        .lines()
        .filter(|line| is_title(line) || starts.iter().any(|start| line.starts_with(start)))
        .map(str::to_owned)
        .collect()
}

/// What is in the folder for temporary files.
fn leftovers(sandbox: &Sandbox) -> Vec<String> {
    let entries = fs::read_dir(sandbox.path("tmp")).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

const SHOWN: &[&str] = &[
    "1. The project has a policy, and the hooks are put in",
    "$ git show HEAD:.cavra/policy.yaml",
    "$ cavra install git",
    "✓ exit 0",
    "2. An ordinary commit goes through",
    "$ git add notes.txt",
    "$ git commit -m 'Add notes'",
    "✓ exit 0, and HEAD has moved",
    "3. A commit that touches a protected file is refused",
    "$ git add deploy",
    "$ git commit -m 'Scale the database down'",
    "    rule: filesystem.write.block (high): the policy blocks writing this path: what runs in production is changed \
     by a release",
    "✓ exit 1 by rule `filesystem.write.block`, and HEAD has not moved",
    "4. A push to main is refused",
    "$ git push origin main",
    "    rule: git.protected_branch.block_direct_push (high): this branch is protected, and takes no direct pushes",
    "✓ exit 1 by rule `git.protected_branch.block_direct_push`, and the remote's main has not moved",
    "5. A push of a feature branch goes through",
    "$ git checkout --quiet -b feature/notes",
    "$ git push origin feature/notes",
    "✓ exit 0, and the remote's feature/notes has moved",
    "6. terraform apply is refused before anything looks for terraform",
    "$ cavra exec -- terraform apply",
    "    rule: commands.block (critical): the policy blocks this command: it changes real infrastructure",
    "✓ exit 126 by rule `commands.block`",
    "7. git status goes through",
    "$ cavra exec -- git status --short",
    "✓ exit 0",
    "8. Each decision is in the evidence",
    "$ cavra evidence list --limit 6",
    "✓ exit 0",
    "9. The evidence proves itself",
    "$ cavra evidence verify",
    "✓ exit 0",
];

#[test]
fn every_seam_is_shown_and_each_decision_is_recorded_and_nothing_stays() {
    let sandbox = Sandbox::new();
    let outcome = sandbox.run(["demo"]).exit(0).stderr("");
    assert_eq!(told(&outcome), SHOWN);
    assert_eq!(outcome.stdout.lines().last(), Some("Every step ended as it should."));
    let recorded: Vec<_> = sandbox
        .evidence()
        .iter()
        .filter(|record| record["kind"] == "decision")
        .map(|record| {
            let decision = &record["verdict"];
            format!("{} {}", record["seam"].as_str().unwrap(), decision["rule_id"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        recorded,
        [
            "git_hook filesystem.write.allow",
            "git_hook filesystem.write.block",
            "git_hook git.protected_branch.block_direct_push",
            "git_hook git.allow",
            "exec commands.block",
            "exec commands.allow",
        ]
    );
    assert_eq!(leftovers(&sandbox), Vec::<String>::new());
    let receipts = sandbox.path("home/.local/state/cavra/receipts");
    assert_eq!(fs::read_dir(receipts).unwrap().count(), 0);
}

#[test]
fn the_callers_git_settings_reach_none_of_it() {
    let sandbox = Sandbox::new()
        .env("GIT_DIR", "/nonexistent")
        .env("GIT_INDEX_FILE", "/nonexistent/index")
        .env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", "core.hooksPath")
        .env("GIT_CONFIG_VALUE_0", "/nonexistent");
    sandbox.write("home/.gitconfig", "[core]\n\thooksPath = /nonexistent\n[commit]\n\tgpgsign = true\n");
    let outcome = sandbox.run(["demo"]).exit(0).stderr("");
    assert_eq!(told(&outcome), SHOWN);
}

#[test]
fn a_kept_repository_stays_with_its_hooks() {
    let sandbox = Sandbox::new();
    sandbox.run(["demo", "--keep"]).exit(0).stderr("");
    let [kept] = leftovers(&sandbox).try_into().unwrap();
    for hook in ["pre-commit", "pre-push"] {
        assert!(fs::exists(sandbox.path(format!("tmp/{kept}/project/.git/hooks/{hook}"))).unwrap());
    }
}

#[test]
fn a_machine_that_refuses_nothing_fails_the_demonstration() {
    let sandbox = Sandbox::new().managed_policy(
        "metadata:\n  id: watching\n  version: 1.0.0\n  mode: audit_only\nfilesystem:\n  recursive_read: warn\n\
             commands:\n  default: allow\n",
    );
    let fault = "step 3 of the demonstration, `A commit that touches a protected file is refused`, did not end as it \
                 should: it ended with exit 0, not with 1";
    let outcome = sandbox.run(["demo"]).exit(1).stderr(&format!(
        "error: {fault}\n\
         hint: `cavra status` shows which policy is in force; `cavra demo --keep` keeps the repository\n\
         hint: hooks need a folder that may hold programs: `TMPDIR=~/tmp cavra demo` uses another\n"
    ));
    assert_eq!(told(&outcome).last().unwrap(), "✗ it ended with exit 0, not with 1");
    assert_eq!(leftovers(&sandbox), Vec::<String>::new());
}

#[test]
fn without_git_it_says_how_to_get_it() {
    let sandbox = Sandbox::new().env("PATH", "/nonexistent");
    sandbox.run(["demo"]).exit(1).stdout("").stderr(
        "error: the demonstration needs git, and there is none on PATH\n\
         hint: install it, for instance with `apt install git`, `dnf install git` or `brew install git`\n",
    );
    assert_eq!(leftovers(&sandbox), Vec::<String>::new());
}

#[test]
fn without_a_folder_for_temporary_files_it_says_so() {
    let sandbox = Sandbox::new().env("TMPDIR", "/nonexistent");
    sandbox
        .run(["demo"])
        .exit(1)
        .stdout("")
        .stderr("error: no scratch folder can be made: No such file or directory (os error 2)\n");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let sandbox = Sandbox::new();
    let outcome = sandbox.run_program(
        "bash",
        ["-c", &format!("{} demo | head -n 1; exit ${{PIPESTATUS[0]}}", crate::sandbox::CAVRA)],
    );
    outcome.exit(0).stdout("Cavra, shown on real git with real refusals\n").stderr("");
    assert_eq!(leftovers(&sandbox), Vec::<String>::new());
}
