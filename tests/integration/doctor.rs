//! `cavra doctor` goes through each installed seam as its host would, and `cavra status` shows them.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;
use similar_asserts::assert_eq;

use crate::sandbox::Sandbox;

const LAX: &str = "metadata: {id: p, version: '1', title: P}\ncommands: {default: allow}\n";

const ALL: [&str; 18] = [
    "amp",
    "antigravity-cli",
    "auggie",
    "claude-code",
    "cline",
    "codex",
    "copilot-cli",
    "cursor",
    "droid",
    "gemini-cli",
    "goose",
    "grok-cli",
    "kimi-code",
    "kiro-cli",
    "opencode",
    "qwen-code",
    "vscode-local",
    "windsurf",
];

fn installed() -> Sandbox {
    let sandbox = Sandbox::new().user_policy(LAX);
    sandbox.run_program("git", ["init", "--quiet"]).exit(0);
    sandbox.run(["install", "git"]).exit(0);
    let mut words = vec!["install", "agents"];
    for agent in ALL {
        words.extend(["--agent", agent]);
    }
    sandbox.run(words).exit(0);
    sandbox.run(["install", "shims", "git"]).exit(0);
    sandbox
}

fn findings(sandbox: &Sandbox, more: &[&str], code: i32) -> Vec<(String, String, bool)> {
    let mut words = vec!["doctor", "--json"];
    words.extend(more);
    let outcome = sandbox.run(words).exit(code).stderr("");
    let value: Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    assert_eq!(value["holds"], code == 0);
    let of = |finding: &Value, name: &str| finding[name].as_str().expect("a text").to_owned();
    value["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|finding| (of(finding, "seam"), of(finding, "name"), finding["holds"] == true))
        .collect()
}

#[test]
fn every_installed_seam_is_probed_and_holds() {
    let sandbox = installed();
    let found = findings(&sandbox, &[], 0);
    for seam in ["shell", "git_hook", "agent_hook", "shim"] {
        assert!(found.iter().any(|(known, _, _)| known == seam), "{seam}: {found:?}");
    }
    for agent in ALL {
        assert!(
            found.iter().any(|(_, name, holds)| name.starts_with(&format!("{agent} ")) && *holds),
            "{agent}: {found:?}"
        );
    }
}

#[test]
fn a_seam_that_lets_the_probe_through_is_found() {
    for (file, from, to) in [
        // A binary that is another program, one that is gone, and a command that never answers.
        ("home/.codex/hooks.json", "$CAVRA hook", "/bin/true # hook"),
        ("home/.cursor/hooks.json", "$CAVRA hook", "/no/such/cavra hook"),
        ("home/.qwen/settings.json", "$CAVRA hook", "true; : cavra hook"),
    ] {
        let sandbox = installed();
        let text = sandbox.read(file).replace(crate::sandbox::CAVRA, "$CAVRA");
        assert!(text.contains(from), "{text}");
        sandbox.write(file, text.replace(from, to));
        let agent = file.split('/').nth(1).expect("a folder").trim_start_matches('.').to_owned();
        let found = findings(&sandbox, &[], 1);
        let broken: Vec<_> = found.iter().filter(|(_, _, holds)| !holds).collect();
        assert!(!broken.is_empty() && broken.iter().all(|(_, name, _)| name.contains(&agent)), "{broken:?}");
        sandbox.run(["doctor", "--fix"]).exit(0);
        assert!(findings(&sandbox, &[], 0).len() > 20);
    }
}

#[test]
fn a_git_hook_and_a_shim_that_do_not_hold_are_found_and_mended() {
    let sandbox = installed();
    let hook = sandbox.path("work/.git/hooks/pre-commit");
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o644)).expect("the mode");
    let shim = sandbox.path("home/.local/state/cavra/shims/git");
    fs::remove_file(&shim).expect("the shim");
    let found = findings(&sandbox, &[], 1);
    let broken: Vec<&str> =
        found.iter().filter(|(_, _, holds)| !holds).map(|(seam, _, _)| seam.as_str()).collect();
    assert_eq!(broken, ["git_hook", "shim"]);
    let told = sandbox.run(["doctor", "--fix"]).exit(0).stdout;
    assert!(told.contains("mended: "), "{told}");
    assert!(shim.exists());
}

#[test]
fn status_shows_every_seam_and_when_it_was_last_heard_of() {
    let sandbox = installed();
    let told = sandbox.run(["status"]).exit(0).stdout;
    assert!(told.contains("  Codex (user): installed, fails open, last seen never\n"), "{told}");
    assert!(told.contains("  Claude Code (user): installed, fails closed, last seen never\n"), "{told}");
    assert!(told.contains("shims, which are advice and no wall:\n"), "{told}");
    let payload = r#"{"cwd":"/","tool_name":"Bash","tool_input":{"command":"ls"}}"#;
    sandbox.run_with(["hook", "agent", "codex", "--event", "PreToolUse"], payload).exit(0).stdout("");
    let told = sandbox.run(["status"]).exit(0).stdout;
    assert!(told.contains("  Codex (user): installed, fails open, last seen 2026-11-23T09:30:00"), "{told}");
    let value: Value = serde_json::from_str(&sandbox.run(["status", "--json"]).exit(0).stdout).expect("JSON");
    assert_eq!(value["agents"].as_array().expect("a list").len(), 19);
}

#[test]
fn an_agent_that_is_there_and_does_not_call_cavra_is_shown() {
    let sandbox = Sandbox::new().user_policy(LAX);
    sandbox.write("home/.codex/config.toml", "");
    let told = sandbox.run(["status"]).stdout;
    assert!(told.contains("  Codex (user): missing\n"), "{told}");
    assert!(told.contains("hint: `cavra install agents` puts their hooks in place"), "{told}");
}
