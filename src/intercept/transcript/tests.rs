use std::fs;
use std::io::{self, BufReader, Read};

use super::*;

/// Reads a session by itself.
fn read(agent: Agent, root: Option<&Path>, reader: impl BufRead, each: impl FnMut(Recorded)) -> Counts {
    Replay::default().read(agent, root, reader, each)
}

/// What is found in a sample, one line for each action: day, folder, action, what it is done to.
fn found(replay: &mut Replay, agent: Agent, name: &str) -> (Vec<String>, Counts) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/transcripts").join(name);
    let session = fs::read(path).expect("a sample");
    let mut lines = Vec::new();
    let root = (agent == Agent::GeminiCli).then(|| Path::new("/home/dev/app"));
    let counts = replay.read(agent, root, session.as_slice(), |recorded| {
        assert_eq!(recorded.agent, agent);
        let what = match recorded.action {
            Action::McpToolCall => format!("{} {}{}", recorded.server, recorded.tool, recorded.target),
            _ => format!("{}{}{}", recorded.target, recorded.server, recorded.tool),
        };
        lines.push(format!(
            "{} {} {} {what}",
            recorded.day.as_deref().unwrap_or("-"),
            recorded.cwd.as_deref().map_or("-".into(), Path::to_string_lossy),
            recorded.action.as_str(),
        ));
    });
    (lines, counts)
}

#[test]
fn a_session_of_claude_code_is_read() {
    let (lines, counts) = found(&mut Replay::default(), Agent::ClaudeCode, "claude-code.jsonl");
    assert_eq!(
        lines,
        [
            "2026-11-21 /home/dev/app execute_command git status --short",
            "2026-11-21 /home/dev/app read_file /home/dev/app/.env",
            "2026-11-22 /home/dev/app write_file /home/dev/app/Makefile",
            "2026-11-22 /home/dev/app write_file /home/dev/app/notes.md",
            "2026-11-22 /home/dev/app write_file src/a.ts",
            "2026-11-22 /home/dev/app write_file /home/dev/app/n.ipynb",
            "2026-11-22 /home/dev/app mcp_tool_call github create_issue",
            "2026-11-22 /home/dev/app mcp_tool_call plugin_db_main run__query",
            "2026-11-22 /home/dev/app/web execute_command npm test",
            "2026-11-22 /home/dev/app execute_command ls -la",
            "2026-11-22 /home/dev/app execute_command tail -F build.log",
            "2026-11-22 /home/dev/app execute_command Remove-Item x",
        ]
    );
    let expected =
        Counts { lines: 20, unread: 4, actions: 12, repeated: 1, others: 2, unclear: 2, cut_off: 0 };
    assert_eq!(counts, expected);
}

#[test]
fn a_session_of_codex_is_read() {
    let (lines, counts) = found(&mut Replay::default(), Agent::Codex, "codex.jsonl");
    assert_eq!(
        lines,
        [
            "2026-11-22 /srv/app execute_command git push --force",
            "2026-11-22 /home/dev/app/web execute_command rg -n 'a b' src",
            "2026-11-22 /home/dev/app/web/sub execute_command npm ci && npm test",
            "2026-11-22 /home/dev/app/web execute_command cargo build",
            "2026-11-22 /home/dev/other execute_command make clean",
            "2026-11-22 /home/dev/app/web write_file src/main.rs",
            "2026-11-22 /home/dev/app/web write_file src/bin/main.rs",
            "2026-11-22 /home/dev/app/web write_file notes/todo.md",
            "2026-11-22 /home/dev/app/web write_file /home/dev/app/old.txt",
            "2026-11-22 /home/dev/app/web execute_command apply_patch <<'EOF'\n*** Begin Patch\n*** Add File: \
             new.txt\n+x\n*** End Patch\nEOF",
            "2026-11-22 /home/dev/app/web write_file new.txt",
            "2026-11-22 /home/dev/app/web write_file gone.txt",
            "2026-11-22 /home/dev/app/web mcp_tool_call github create_issue",
            "2026-11-22 /home/dev/app/web mcp_tool_call docs search",
            "2026-11-22 /home/dev/app/web mcp_tool_call linear list_issues",
            "2026-11-22 /home/dev/go execute_command go test ./...",
            "2026-11-22 /home/dev/app/web mcp_tool_call db query",
            "2026-11-22 /home/dev/app/web write_file /home/dev/go/a.go",
            "2026-11-22 /home/dev/app/web write_file /home/dev/go/b.go",
            "2026-11-22 /home/dev/app/web read_file /home/dev/secret.png",
            "2026-11-22 /home/dev/app/web execute_command Get-ChildItem",
            "2026-11-22 /home/dev/app/web execute_command go vet ./...",
            "2026-11-22 /home/dev/my app execute_command make release",
            "2026-11-22 /home/dev/app/web write_file /home/dev/app/c.rs",
            "2026-11-22 /home/dev/app/web mcp_tool_call db migrate",
        ]
    );
    let expected =
        Counts { lines: 40, unread: 3, actions: 25, repeated: 1, others: 2, unclear: 3, cut_off: 0 };
    assert_eq!(counts, expected);
}

#[test]
fn a_program_that_puts_its_commands_together_is_counted_as_unclear() {
    let program = |input: &str| {
        let item = serde_json::json!({"type": "custom_tool_call", "name": "exec", "input": input});
        let line = serde_json::json!({"type": "response_item", "payload": item}).to_string();
        read(Agent::Codex, None, line.as_bytes(), |recorded| panic!("{recorded:?}"))
    };
    assert_eq!(
        program("exec_command({cmd}); exec_command({cmd})"),
        Counts { lines: 1, unclear: 2, ..Counts::default() }
    );
    assert_eq!(program("text(1)"), Counts { lines: 1, others: 1, ..Counts::default() });
}

#[test]
fn an_early_session_of_codex_is_read() {
    let (lines, counts) = found(&mut Replay::default(), Agent::Codex, "codex-early.jsonl");
    assert_eq!(lines, ["2025-06-01 /home/dev execute_command ls"]);
    assert_eq!(counts, Counts { lines: 4, actions: 1, ..Counts::default() });
}

#[test]
fn a_session_of_gemini_cli_is_read() {
    let mut replay = Replay::default();
    let (lines, counts) = found(&mut replay, Agent::GeminiCli, "gemini-cli.jsonl");
    assert_eq!(
        lines,
        [
            "2026-11-22 /home/dev/app execute_command rm -rf build",
            "2026-11-22 /home/dev/app write_file /home/dev/app/a.ts",
            "2026-11-22 /home/dev/app write_file src/b.ts",
            "2026-11-22 /home/dev/app read_file .env",
            "2026-11-22 /home/dev/app read_file /etc/hosts",
            "2026-11-22 /home/dev/app read_file **/*.env",
            "2026-11-22 /home/dev/app read_file docs/a.md",
            "2026-11-22 /home/dev/app/web execute_command npm ci",
            "2026-11-22 /srv execute_command ls",
            "2026-11-23 /home/dev/app mcp_tool_call github create_issue",
            "2026-11-23 /home/dev/app mcp_tool_call fs tools write_file",
            "2026-11-23 /home/dev/app mcp_tool_call linear list_issues",
            "2026-11-23 /home/dev/app execute_command date",
        ]
    );
    let expected =
        Counts { lines: 11, unread: 2, actions: 13, repeated: 2, others: 1, unclear: 2, cut_off: 0 };
    assert_eq!(counts, expected);

    // The same session as it was before it went on as lines: what is in both is given once.
    let (lines, counts) = found(&mut replay, Agent::GeminiCli, "gemini-cli.json");
    assert_eq!(lines, [""; 0]);
    assert_eq!(counts, Counts { lines: 5, unread: 2, repeated: 2, ..Counts::default() });
    let (lines, _) = found(&mut Replay::default(), Agent::GeminiCli, "gemini-cli.json");
    assert_eq!(
        lines,
        [
            "2026-11-22 /home/dev/app execute_command rm -rf build",
            "2026-11-22 /home/dev/app write_file /home/dev/app/a.ts",
        ]
    );
}

#[test]
fn a_line_that_is_too_long_is_counted_and_the_next_one_is_read() {
    let call = |command: &str| {
        format!(
            r#"{{"type":"assistant","message":{{"content":[{{"type":"tool_use","name":"Bash","input":{{"command":"{command}"}}}}]}}}}"#
        )
    };
    let session = format!("{}\n{}\n", call(&"x".repeat(LONGEST)), call("ls"));
    let mut targets = Vec::new();
    let counts = read(Agent::ClaudeCode, None, session.as_bytes(), |recorded| targets.push(recorded.target));
    assert_eq!(targets, ["ls"]);
    assert_eq!(counts, Counts { lines: 2, unread: 1, actions: 1, ..Counts::default() });
}

#[test]
fn a_line_of_bytes_of_any_kind_is_counted_and_never_stops_the_reading() {
    let deep = "[".repeat(100_000);
    let samples: [&[u8]; 9] = [
        b"\xff\xfe\x00",
        b"null",
        b"{}",
        b"{\"type\":\"assistant\"}",
        b"{\"type\":1}",
        b"{\"type\":\"response_item\"}",
        b"{\"toolCalls\":[]}",
        b"{\"type\":\"assistant\",\"message\":[]} {",
        deep.as_bytes(),
    ];
    for agent in [Agent::ClaudeCode, Agent::Codex, Agent::GeminiCli] {
        let session = samples.join(&b'\n');
        let counts = read(agent, None, session.as_slice(), |recorded| panic!("{recorded:?}"));
        assert_eq!((counts.lines, counts.actions, counts.cut_off), (9, 0, 0), "{agent:?}");
        assert!(counts.unread >= 6, "{counts:?}");
    }
}

#[test]
fn a_session_that_ends_anywhere_or_has_lost_a_byte_anywhere_is_read() {
    for (agent, name) in [
        (Agent::ClaudeCode, "claude-code.jsonl"),
        (Agent::Codex, "codex.jsonl"),
        (Agent::GeminiCli, "gemini-cli.jsonl"),
        (Agent::GeminiCli, "gemini-cli.json"),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/transcripts").join(name);
        let session = fs::read(path).expect("a sample");
        let (whole, _) = found(&mut Replay::default(), agent, name);
        for at in (0..session.len()).step_by(13) {
            let torn = read(agent, None, &session[..at], |_| {});
            let mut damaged = session.clone();
            damaged.remove(at);
            let damaged = read(agent, None, damaged.as_slice(), |_| {});
            let most = whole.len() as u64 + 3;
            assert!(torn.actions < most && damaged.actions < most, "{name} at {at}: {torn:?} {damaged:?}");
        }
    }
}

#[test]
fn a_session_that_the_system_cuts_off_is_counted() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("gone"))
        }
    }
    let reader = BufReader::new(b"{\"type\":\"user\"}\n".chain(Failing));
    let counts = read(Agent::ClaudeCode, None, reader, |_| {});
    assert_eq!(counts, Counts { lines: 1, cut_off: 1, ..Counts::default() });
}

#[test]
fn counts_of_sessions_add_up() {
    let mut all = Counts { lines: 1, unread: 2, actions: 3, repeated: 4, others: 5, unclear: 6, cut_off: 7 };
    all += all;
    assert_eq!(
        all,
        Counts { lines: 2, unread: 4, actions: 6, repeated: 8, others: 10, unclear: 12, cut_off: 14 }
    );
}

#[test]
fn what_was_recorded_becomes_a_request() {
    let recorded = Recorded {
        agent: Agent::Codex,
        day: None,
        cwd: Some("/home/dev".into()),
        action: Action::McpToolCall,
        target: String::new(),
        server: "github".into(),
        tool: "search".into(),
    };
    let mut expected = Request::new(Action::McpToolCall, "");
    expected.agent_id = "codex".into();
    expected.server = "github".into();
    expected.tool = "search".into();
    expected.context.get_or_insert_default().cwd = "/home/dev".into();
    assert_eq!(recorded.request(), expected);
}
