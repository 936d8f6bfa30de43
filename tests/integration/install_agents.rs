//! The hooks of agents: put in, put in again, and taken out, byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use serde_json::Value;
use similar_asserts::assert_eq;

use crate::sandbox::{Outcome, Sandbox};

/// Every agent whose settings can be a person's.
const AGENTS: [&str; 18] = [
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

const POLICY: &str = "metadata: {id: p, version: '1', title: P}\ncommands: {default: allow}\n";

fn sandbox() -> Sandbox {
    Sandbox::new().user_policy(POLICY)
}

/// Every file below a folder, but for Cavra's own state, with what it holds and its mode.
fn tree(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, u32)> {
    fn walk(folder: &Path, found: &mut BTreeMap<PathBuf, (Vec<u8>, u32)>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let metadata = path.symlink_metadata().expect("an entry");
            if path.ends_with("state/cavra") {
                continue;
            }
            let bytes = if metadata.is_symlink() {
                fs::read_link(&path).expect("a link").into_os_string().into_encoded_bytes()
            } else if metadata.is_dir() {
                walk(&path, found);
                Vec::new()
            } else {
                fs::read(&path).expect("a file")
            };
            found.insert(path, (bytes, metadata.mode()));
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, &mut found);
    found
}

fn words<'a>(command: &'a str, agents: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    let mut words = vec![command, "agents"];
    for agent in agents {
        words.extend(["--agent", agent]);
    }
    words.extend(more);
    words
}

fn install(sandbox: &Sandbox, agents: &[&str], more: &[&str]) -> Outcome {
    sandbox.run(words("install", agents, more))
}

/// Installs, installs again, and takes out: nothing may be left, and the second time nothing may change.
#[track_caller]
fn comes_back(sandbox: &Sandbox, agents: &[&str], more: &[&str]) {
    fs::create_dir_all(sandbox.path("home/.local/state/cavra")).expect("a folder");
    let root = sandbox.path("");
    let before = tree(&root);
    install(sandbox, agents, more).exit(0).stderr("");
    let installed = tree(&root);
    assert!(installed != before, "nothing was installed");
    let again = install(sandbox, agents, more).exit(0).stderr("");
    assert!(again.stdout.lines().next().unwrap_or_default().ends_with("nothing to do"), "{}", again.stdout);
    assert!(tree(&root) == installed, "the second time changed something");
    sandbox.run(words("uninstall", agents, more)).exit(0).stderr("");
    similar_asserts::assert_eq!(keys(&before), keys(&tree(&root)));
    assert!(tree(&root) == before, "something is not as it was");
}

fn keys(tree: &BTreeMap<PathBuf, (Vec<u8>, u32)>) -> Vec<String> {
    tree.iter()
        .map(|(path, (bytes, mode))| {
            format!("{} {mode:o} {}", path.display(), String::from_utf8_lossy(bytes))
        })
        .collect()
}

#[test]
fn every_agent_comes_back_byte_for_byte_where_it_had_no_settings() {
    for agent in AGENTS {
        comes_back(&sandbox(), &[agent], &[]);
    }
    comes_back(&sandbox(), &AGENTS, &[]);
}

#[test]
fn the_settings_of_a_project_and_of_a_machine_come_back_too() {
    comes_back(
        &sandbox(),
        &["claude-code", "codex", "cursor", "copilot-cloud-agent", "opencode"],
        &["--project"],
    );
    let managed =
        ["claude-code", "codex", "cursor", "gemini-cli", "copilot-cli", "qwen-code", "windsurf", "auggie"];
    comes_back(&sandbox(), &managed, &["--managed"]);
}

#[test]
fn comments_order_layout_and_mode_of_settings_stay() {
    let settings = "// of mine\n{\n    \"z\": [1,2,  3], // why\n    \"hooks\": {\n        \"PreToolUse\": [\n            \
                    {\"matcher\": \"Bash\", \"hooks\": [{\"type\": \"command\", \"command\": \"mine\"}]}, /* first */\n        \
                    ],\n        \"Stop\": []\n    },\n\n    \"a\": {\"b\": null},\n}";
    let files = [
        ("claude-code", "home/.claude/settings.json"),
        ("qwen-code", "home/.qwen/settings.json"),
        ("gemini-cli", "home/.gemini/settings.json"),
        ("codex", "home/.codex/hooks.json"),
        ("auggie", "home/.augment/settings.json"),
    ];
    for (agent, file) in files {
        let sandbox = sandbox();
        let path = sandbox.write(file, settings);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("its mode");
        install(&sandbox, &[agent], &[]).exit(0);
        let text = fs::read_to_string(&path).expect("the settings");
        for kept in [
            "// of mine",
            "\"z\": [1,2,  3], // why",
            "/* first */",
            "\"command\": \"mine\"",
            "\"a\": {\"b\": null},",
        ] {
            assert!(text.contains(kept), "{agent}: {kept}\n{text}");
        }
        assert!(text.contains("cavra"), "{text}");
        assert_eq!(fs::metadata(&path).expect("the settings").mode() & 0o7777, 0o640);
        sandbox.run(words("uninstall", &[agent], &[])).exit(0);
        assert_eq!(fs::read_to_string(&path).expect("the settings"), settings);
        comes_back(&sandbox, &[agent], &[]);
    }
    let sandbox = sandbox();
    sandbox.write(
        "home/.kimi-code/config.toml",
        "# mine\nmodel = \"k\"\n\n[[hooks]]\nevent = \"Stop\" # last\n\n[x]\nb = 1\na = 2\n",
    );
    comes_back(&sandbox, &["kimi-code"], &[]);
}

#[test]
fn settings_that_changed_since_lose_only_what_cavra_added() {
    let sandbox = sandbox();
    let path = sandbox.write("home/.claude/settings.json", "{\"a\": 1}\n");
    install(&sandbox, &["claude-code"], &[]).exit(0);
    let text = fs::read_to_string(&path).expect("the settings").replace("\"a\": 1", "\"a\": 2, \"b\": 3");
    fs::write(&path, text).expect("the settings");
    let told = sandbox.run(words("uninstall", &["claude-code"], &[])).exit(0).stdout;
    assert!(told.contains("only what Cavra added was taken out"), "{told}");
    let value: Value = serde_json::from_str(&fs::read_to_string(&path).expect("the settings")).expect("JSON");
    assert_eq!(value, serde_json::json!({"a": 2, "b": 3}));
}

#[test]
fn settings_behind_a_link_are_changed_where_they_are() {
    let sandbox = sandbox();
    let real = sandbox.write("home/dotfiles/claude.json", "{}\n");
    fs::create_dir_all(sandbox.path("home/.claude")).expect("a folder");
    symlink(&real, sandbox.path("home/.claude/settings.json")).expect("a link");
    comes_back(&sandbox, &["claude-code"], &[]);
}

#[test]
fn settings_that_cannot_be_read_are_left_and_nothing_is_done() {
    for text in ["{", "[]", "{\"hooks\": []}", "{\"hooks\": {\"PreToolUse\": 1}}"] {
        let sandbox = sandbox();
        sandbox.write("home/.claude/settings.json", text);
        let before = tree(&sandbox.path(""));
        let outcome = install(&sandbox, &["codex", "claude-code"], &[]).exit(1).stdout("");
        assert!(outcome.stderr.contains("is left as it is"), "{}", outcome.stderr);
        assert!(tree(&sandbox.path("")) == before);
    }
}

#[test]
fn a_file_of_another_is_not_taken_over() {
    let sandbox = sandbox();
    sandbox.write("home/Documents/Cline/Hooks/PreToolUse", "#!/bin/sh\necho mine\n");
    let outcome = install(&sandbox, &["cline"], &[]).exit(1);
    assert!(outcome.stderr.contains("is there, and is none of Cavra's"), "{}", outcome.stderr);
    assert_eq!(sandbox.read("home/Documents/Cline/Hooks/PreToolUse"), "#!/bin/sh\necho mine\n");
}

#[test]
fn a_failure_half_way_leaves_nothing_behind() {
    let sandbox = sandbox();
    sandbox.write("home/.claude/settings.json", "{\"a\":1}");
    // A folder that nothing can be made in: its name belongs to a file.
    sandbox.write("home/.codex", "no folder");
    fs::create_dir_all(sandbox.path("home/.local/state/cavra")).expect("a folder");
    let before = tree(&sandbox.path("home"));
    install(&sandbox, &["claude-code", "codex"], &[]).exit(1);
    assert!(tree(&sandbox.path("home")) == before);
}

#[test]
fn a_dry_run_shows_the_difference_and_does_nothing() {
    let sandbox = sandbox();
    sandbox.write("home/.claude/settings.json", "{\n  \"a\": 1\n}\n");
    let before = tree(&sandbox.path(""));
    let told = install(&sandbox, &["claude-code"], &["--dry-run"]).exit(0).stdout;
    assert!(told.contains("--- $ROOT/home/.claude/settings.json"), "{told}");
    assert!(told.contains("+  \"hooks\": {"), "{told}");
    assert!(told.contains("\"onFailure\": \"block\""), "{told}");
    assert!(tree(&sandbox.path("")) == before);
}

#[test]
fn the_agents_that_are_there_are_found_and_what_is_left_to_do_is_said() {
    let sandbox = sandbox();
    sandbox.write("home/.codex/config.toml", "");
    sandbox.write("home/.cursor/x", "");
    let told = install(&sandbox, &[], &[]).exit(0).stdout;
    assert!(told.contains("agents: codex, cursor\n"), "{told}");
    assert!(told.contains("trust the hook in `/hooks`"), "{told}");
    assert!(told.contains("Codex fails open"), "{told}");
    assert!(!told.contains("Cursor fails open"), "{told}");
}

#[test]
fn what_is_installed_is_what_the_host_runs_and_it_says_no() {
    let sandbox = sandbox();
    install(&sandbox, &["codex", "cursor"], &[]).exit(0);
    let settings: Value = serde_json::from_str(&sandbox.read("home/.codex/hooks.json")).expect("JSON");
    let command =
        settings["hooks"]["PreToolUse"][0]["hooks"][0]["command"].as_str().expect("a command").to_owned();
    let payload = r#"{"cwd":"/","hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"cavra uninstall"}}"#;
    let mut shell = sandbox.command("/bin/sh");
    shell.args(["-c", &command]);
    let outcome = sandbox.finish(shell, payload.as_bytes()).exit(0);
    assert!(outcome.stdout.contains("\"permissionDecision\":\"deny\""), "{}", outcome.stdout);
}
