//! What would take Cavra out of the way is blocked, whatever the policy says, at every seam.

use serde_json::{Value, json};
use similar_asserts::assert_eq;

use crate::sandbox::Sandbox;

/// The laxest policy that there is.
const LAX: &str = "metadata: {id: p, version: '1', title: P, mode: audit_only}\ncommands: {default: allow}\n\
                   mcp: {block_unknown_servers: false}\nevidence: {required: false}\n";

fn guarded() -> Sandbox {
    let sandbox = Sandbox::new().user_policy(LAX);
    sandbox.write(
        "home/.claude/settings.json",
        r#"{"hooks":{"PreToolUse":[{"hooks":[{"command":"/x/cavra","args":["hook","agent","claude-code"]}]}]}}"#,
    );
    sandbox.write("home/.local/state/cavra/shims/git", "");
    sandbox.write("home/.config/cavra/keys/own", "secret");
    sandbox.write("work/.cavra/policy.yaml", "metadata: {id: q, version: '1', title: Q}\n");
    sandbox.write("work/.git/hooks/pre-commit", "#!/x/cavra hook-git\n# Cavra git hook, version 1\n");
    sandbox.write("work/notes/a.md", "text");
    sandbox
}

#[track_caller]
fn rule(sandbox: &Sandbox, command: &str) -> (String, String) {
    let command = command.replace("$H", sandbox.path("home").to_str().expect("a path"));
    let outcome = sandbox.run(["check", "command", "--json", "--", &command]);
    let decision: Value =
        serde_json::from_str(&outcome.stdout).unwrap_or_else(|_| panic!("{}", outcome.stderr));
    (decision["decision"].as_str().unwrap().to_owned(), decision["rule_id"].as_str().unwrap().to_owned())
}

#[test]
fn what_would_take_cavra_out_of_the_way_is_blocked_under_the_laxest_policy() {
    let sandbox = guarded();
    let faults: Vec<String> = [
        "rm -rf $H/.config/cavra",
        "rm $H/.config/cavra/policy.yaml",
        "echo 'commands: {default: allow}' > $H/.config/cavra/policy.yaml",
        "cp /tmp/x $H/.config/cavra/policy.d/9.yaml",
        "sed -i s/block/allow/ $H/.config/cavra/policy.yaml",
        "truncate -s 0 $H/.local/state/cavra/evidence/evidence.jsonl",
        "rm -rf $H/.local/state",
        "rm -rf $H/.local/*",
        "rm -rf $H/.local/st*/cavra",
        "mv $H/.config $H/.config.old",
        "chmod -R 000 $H/.local",
        "chmod 000 $H/.local/state/cavra",
        "chattr +i $H/.local/state/cavra/evidence",
        "mount --bind /tmp $H/.config/cavra",
        "ln -sfn /tmp/x $H/.config/cavra",
        "cat $H/.config/cavra/keys/own",
        "cp $H/.config/cavra/keys/own /tmp/k",
        "rm $H/.local/state/cavra/shims/git",
        "rm $H/.claude/settings.json",
        "echo {} > $H/.claude/settings.json",
        "mv $H/.claude /tmp/c",
        "rm -rf $H/.claude",
        "echo '{\"disableAllHooks\":true}' > .claude/settings.local.json",
        "rm .cavra/policy.yaml",
        "rm -rf .cavra",
        "git rm .cavra/policy.yaml",
        "mv .cavra x",
        "rm .git/hooks/pre-commit",
        "chmod -x .git/hooks/pre-commit",
        "mv .git/hooks .git/h",
        "rm -rf .git",
        "git config core.hooksPath /dev/null",
        "git config --global cavra.mode off",
        "cavra uninstall",
        "cavra uninstall agents",
        "/usr/local/bin/cavra install agents",
        "sudo cavra policy edit",
        "cavra policy rollback",
        "cavra policy init",
        "cavra approve ap_1",
        "cavra pause",
        "cavra break-glass",
        "cavra mcp pins accept x",
        "cavra registry add x",
        "cavra daemon stop",
        "cavra doctor --fix",
        "bash -c 'cavra uninstall'",
        "xargs cavra uninstall < x",
        "c=cavra; $c uninstall",
        "echo uninstall | xargs cavra",
        "pkill cavra",
        "killall -9 cavra",
        "kill $(pgrep cavra)",
        "systemctl --user stop cavra",
        "claude --bare -p x",
        "claude --dangerously-skip-permissions",
        "CLAUDE_CODE_SIMPLE=1 claude -p x",
        "export CLAUDE_CODE_SIMPLE=1",
        "env CLAUDE_CODE_SIMPLE=1 claude",
        "codex --dangerously-bypass-hook-trust exec x",
        "claude --settings '{\"disableAllHooks\":true}'",
        "timeout 9 claude --bare",
    ]
    .into_iter()
    .filter_map(|command| {
        let told = rule(&sandbox, command);
        (told != ("block".to_owned(), "cavra.self_protection".to_owned()))
            .then(|| format!("{command}: {told:?}"))
    })
    .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn ordinary_work_is_none_of_it() {
    let sandbox = guarded();
    let faults: Vec<String> = [
        "ls -la",
        "rm -rf notes",
        "mkdir -p $H/.config",
        "touch $H/.config/other",
        "mv notes $H/",
        "mv notes/a.md notes/b.md",
        "chmod +x notes/a.md",
        "cat $H/.config/cavra/policy.yaml",
        "cat .cavra/policy.yaml",
        "cavra status",
        "cavra check command ls",
        "cavra policy show",
        "cavra policy validate x",
        "cavra evidence list",
        "cavra daemon status",
        "git config core.hooksPath",
        "git config user.name x",
        "grep -rn CLAUDE_CODE_SIMPLE=1 notes",
        "grep -rn 'cavra uninstall' notes",
        "echo cavra uninstall",
        "git commit -m 'cavra uninstall'",
        "kill 1234",
        "claude -p hello",
        "echo {} > .claude/other.json",
        "rm -rf notes/.claude",
    ]
    .into_iter()
    .filter_map(|command| {
        let told = rule(&sandbox, command);
        (told.1 == "cavra.self_protection").then(|| format!("{command}: {told:?}"))
    })
    .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn an_agent_hears_no_at_its_own_tools_too() {
    let sandbox = guarded();
    let home = sandbox.path("home").to_str().expect("a path").to_owned();
    let work = sandbox.path("work").to_str().expect("a path").to_owned();
    let calls = [
        json!({"tool_name": "Write", "tool_input": {"file_path": format!("{home}/.config/cavra/policy.yaml"), "content": ""}}),
        json!({"tool_name": "Edit", "tool_input": {"file_path": format!("{home}/.claude/settings.json"), "old_string": "a", "new_string": "b"}}),
        json!({"tool_name": "Write", "tool_input": {"file_path": format!("{work}/.claude/settings.local.json"), "content": ""}}),
        json!({"tool_name": "Read", "tool_input": {"file_path": format!("{home}/.config/cavra/keys/own")}}),
        json!({"tool_name": "Bash", "tool_input": {"command": "cavra uninstall agents"}}),
        json!({"tool_name": "Frobnicate", "tool_input": {"where": format!("{home}/.config/cavra/policy.yaml")}}),
        json!({"tool_name": "mcp__fs__write", "tool_input": {"path": ".cavra/policy.yaml"}}),
    ];
    for mut call in calls {
        call["cwd"] = work.clone().into();
        call["hook_event_name"] = "PreToolUse".into();
        let outcome = sandbox
            .run_with(["hook", "agent", "claude-code", "--event", "PreToolUse"], call.to_string())
            .exit(0);
        let told: Value = serde_json::from_str(&outcome.stdout).unwrap_or_default();
        let output = &told["hookSpecificOutput"];
        assert_eq!(output["permissionDecision"], "deny", "{call}\n{}", outcome.stdout);
        let reason = output["permissionDecisionReason"].as_str().unwrap();
        assert!(reason.contains("rule: cavra.self_protection"), "{reason}");
    }
}

#[test]
fn the_shell_seams_refuse_it_too() {
    let sandbox = guarded();
    for args in
        [["exec", "--", "rm", ".cavra/policy.yaml"].as_slice(), &["shell", "-c", "rm .cavra/policy.yaml"]]
    {
        let outcome = sandbox.run(args).exit(126);
        assert!(outcome.stderr.contains("cavra.self_protection"), "{}", outcome.stderr);
    }
    assert!(sandbox.path("work/.cavra/policy.yaml").exists());
}
