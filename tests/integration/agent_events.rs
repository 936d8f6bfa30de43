//! Every payload of `testdata/agent-events`, answered exactly as its file expects: where all is allowed, where a person
//! is asked about all, where all is blocked, and for each way in which Cavra can fail.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use similar_asserts::assert_eq;

use crate::sandbox::{CAVRA, Outcome, Sandbox};

/// A payload, and what its agent wants to hear.
pub(crate) struct Fixture {
    pub(crate) name: String,
    /// The word of the hook command.
    pub(crate) agent: String,
    pub(crate) event: String,
    pub(crate) stdin: Value,
    expected: Value,
}

/// Every fixture.
pub(crate) fn fixtures() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/agent-events");
    let mut fixtures: Vec<Fixture> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let text = fs::read_to_string(&path).expect("a file");
            let mut value: Value = serde_json::from_str(&text).expect("JSON");
            let word = |name: &str| value[name].as_str().expect("a text").to_owned();
            let agent = word("agent").replace("cline-cli", "cline").replace("cline-vscode", "cline");
            // The hook of the CLI is a file of this name.
            let event = word("event").replace("tool_call (file PreToolUse)", "PreToolUse");
            Fixture {
                name: path.file_name().expect("a name").to_string_lossy().into_owned(),
                agent,
                event,
                stdin: value["stdin"].take(),
                expected: value["expected"].take(),
            }
        })
        .collect();
    fixtures.sort_by(|one, other| one.name.cmp(&other.name));
    fixtures
}

/// What is to be said.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Say {
    Pass,
    Ask,
    Deny,
}

impl Fixture {
    fn run(&self, sandbox: &Sandbox, stdin: &[u8]) -> Outcome {
        let mut command = sandbox.command(CAVRA);
        command.args(["hook", "agent", &self.agent, "--event", &self.event]);
        if self.event == "delegate" {
            command.env("AGENT_TOOL_NAME", "Bash");
        }
        sandbox.finish(command, stdin)
    }

    /// What the file expects: exit code, the object on stdout if there is one, and whether stderr says something.
    fn expects(&self, say: Say) -> (i64, Option<Value>, bool) {
        let of = |names: &[&str]| names.iter().find_map(|name| self.expected[name].as_object());
        let answer = match say {
            Say::Pass => of(&["no_opinion", "defer_to_human", "defer", "allow", "continue"]),
            // At a permission request the agent is about to ask.
            Say::Ask if self.event.eq_ignore_ascii_case("permissionRequest") => {
                of(&["no_opinion", "defer_to_human", "defer"])
            }
            Say::Ask => of(&["ask"]).or_else(|| of(&["deny", "block", "block_change"])),
            Say::Deny => of(&["deny", "block", "block_change"]),
        };
        let silent = || (0, None, false);
        match (self.agent.as_str(), self.event.as_str(), answer) {
            // What is only told is not answered; Cursor takes silence for a failure.
            ("cursor", "afterFileEdit", _) => (0, Some(json!({})), false),
            (_, "PostToolUse" | "SessionStart" | "Stop", _) => silent(),
            // The plugin returns, or throws what stands here.
            ("opencode", ..) if say == Say::Pass => (0, Some(json!({ "decision": "allow" })), false),
            ("opencode", ..) => (0, Some(json!({ "decision": "deny", "reason": REASON })), false),
            // The plugin asks in the agent's own window.
            ("amp", "tool.call", _) if say == Say::Ask => {
                (0, Some(json!({ "action": "ask", "message": REASON })), false)
            }
            (_, _, Some(answer)) => {
                let code = answer.get("exit_code").and_then(Value::as_i64).unwrap_or(0);
                let told = answer.get("stdout_json").or_else(|| answer.get("return")).cloned();
                let asks_delegate = self.event == "delegate" && say != Say::Pass;
                (code, told.map(reasonless), answer.contains_key("stderr") || asks_delegate)
            }
            // Claude Code's prompt and settings, and Kimi's silence: no opinion is nothing.
            (_, _, None) => silent(),
        }
    }

    #[track_caller]
    fn answers(&self, outcome: &Outcome, say: Say) -> Result<(), String> {
        let (code, stdout, has_stderr) = self.expects(say);
        let told: Option<Value> = match outcome.stdout.trim() {
            "" => None,
            text => {
                let value: Value =
                    serde_json::from_str(text).map_err(|error| format!("{}: {error}: {text}", self.name))?;
                has_reasons(&value).map_err(|name| format!("{}: `{name}` is empty: {text}", self.name))?;
                Some(reasonless(value))
            }
        };
        let real = (outcome.code.map(i64::from), told, !outcome.stderr.trim().is_empty());
        // Hosts that read stdout show stderr to nobody.
        let same_stderr =
            real.2 == has_stderr || stdout.is_some() && self.agent != "grok-cli" || self.agent == "cline";
        if real.0 == Some(code) && real.1 == stdout && same_stderr {
            Ok(())
        } else {
            Err(format!(
                "{} {say:?}: expected {:?}, got {real:?}\n{}",
                self.name,
                (code, stdout, has_stderr),
                outcome.stderr
            ))
        }
    }
}

const REASON: &str = "REASON";

/// The members that hold a reason.
const REASONS: [&str; 7] = [
    "permissionDecisionReason",
    "reason",
    "message",
    "user_message",
    "agent_message",
    "errorMessage",
    "systemMessage",
];

fn reasonless(mut value: Value) -> Value {
    if let Value::Object(members) = &mut value {
        for (name, value) in members.iter_mut() {
            *value = if REASONS.contains(&name.as_str()) { REASON.into() } else { reasonless(value.take()) };
        }
    }
    value
}

fn has_reasons(value: &Value) -> Result<(), String> {
    for (name, value) in value.as_object().into_iter().flatten() {
        if REASONS.contains(&name.as_str()) && value.as_str().is_none_or(|text| text.trim().is_empty()) {
            return Err(name.clone());
        }
        has_reasons(value)?;
    }
    Ok(())
}

fn policy(mode: &str) -> String {
    format!(
        "metadata: {{id: p, version: '1', title: P, mode: {mode}}}\ncommands: {{default: allow}}\n\
         mcp: {{block_unknown_servers: false}}\n"
    )
}

/// Runs every fixture with its own payload, and compares.
fn all(sandbox: &Sandbox, say: Say, stdin: impl Fn(&Fixture) -> Vec<u8>) {
    let fixtures = fixtures();
    assert_eq!(fixtures.len(), 106);
    let faults: Vec<String> = fixtures
        .iter()
        .filter_map(|fixture| {
            let outcome = fixture.run(sandbox, &stdin(fixture));
            fixture.answers(&outcome, say).err()
        })
        .collect();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

fn payload(fixture: &Fixture) -> Vec<u8> {
    fixture.stdin.to_string().into_bytes()
}

/// What is asked about under any policy: scripts of `npm` that are not there to be read, and a language that is not read.
const UNREAD: [&str; 2] = ["claude-code.pretooluse.bash.json", "claude-code.pretooluse.powershell.json"];

#[test]
fn where_all_is_allowed_each_agent_hears_that_nothing_is_in_its_way() {
    let sandbox = Sandbox::new().user_policy(&policy("enforce"));
    let faults: Vec<String> = fixtures()
        .iter()
        .filter_map(|fixture| {
            let say = if UNREAD.contains(&fixture.name.as_str()) { Say::Ask } else { Say::Pass };
            fixture.answers(&fixture.run(&sandbox, &payload(fixture)), say).err()
        })
        .collect();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn where_a_person_is_asked_each_agent_asks_or_hears_no() {
    let sandbox = Sandbox::new().user_policy(&policy("strict"));
    all(&sandbox, Say::Ask, payload);
}

#[test]
fn where_all_is_blocked_each_agent_hears_no() {
    let sandbox = Sandbox::new().user_policy(&policy("break_glass"));
    all(&sandbox, Say::Deny, payload);
}

#[test]
fn a_broken_policy_is_a_no_to_each_agent() {
    let sandbox = Sandbox::new().user_policy("metadata: [");
    all(&sandbox, Say::Deny, payload);
}

#[test]
fn evidence_that_cannot_be_written_is_a_no_to_each_agent() {
    let sandbox = Sandbox::new().user_policy(&policy("enforce"));
    sandbox.write("home/.local/state/cavra/evidence", "no folder");
    all(&sandbox, Say::Deny, payload);
}

#[test]
fn a_payload_that_is_cut_short_is_a_no_to_each_agent() {
    let sandbox = Sandbox::new().user_policy(&policy("enforce"));
    all(&sandbox, Say::Deny, |fixture| {
        let bytes = payload(fixture);
        bytes[..bytes.len() - 2].to_vec()
    });
}

#[test]
fn a_payload_with_bytes_that_are_no_text_is_a_no_to_each_agent() {
    let sandbox = Sandbox::new().user_policy(&policy("enforce"));
    all(&sandbox, Say::Deny, |fixture| {
        let mut bytes = payload(fixture);
        let at = bytes.iter().rposition(|byte| *byte == b'"').expect("a text");
        bytes.insert(at, 0xff);
        bytes
    });
}

#[test]
fn no_payload_at_all_is_a_no_to_each_agent() {
    let sandbox = Sandbox::new().user_policy(&policy("enforce"));
    all(&sandbox, Say::Deny, |_| Vec::new());
}

/// One of each agent: the sizes and times of these make them slow.
fn one_of_each() -> Vec<Fixture> {
    let mut first: BTreeMap<String, Fixture> = BTreeMap::new();
    for fixture in fixtures() {
        let is_call = fixture.expected.get("deny").is_some();
        if is_call {
            first.entry(format!("{} {}", fixture.agent, fixture.event)).or_insert(fixture);
        }
    }
    first.into_values().collect()
}

#[test]
fn a_payload_of_20_mib_is_read_to_its_end_and_is_a_no() {
    let sandbox = Sandbox::new().user_policy(&policy("enforce"));
    for fixture in one_of_each() {
        let mut bytes = payload(&fixture);
        bytes.extend(vec![b' '; 20 << 20]);
        let mut command = sandbox.command(CAVRA);
        command.args(["hook", "agent", &fixture.agent, "--event", &fixture.event]);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(&bytes).unwrap_or_else(|error| panic!("{}: {error}", fixture.name));
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        let outcome = Outcome {
            stdout: String::from_utf8(output.stdout).expect("a text"),
            stderr: String::from_utf8(output.stderr).expect("a text"),
            code: output.status.code(),
        };
        fixture.answers(&outcome, Say::Deny).unwrap_or_else(|fault| panic!("{fault}"));
    }
}

#[test]
fn an_unknown_event_is_a_no_to_each_agent() {
    let sandbox = Sandbox::new().user_policy(&policy("enforce"));
    for fixture in one_of_each() {
        let mut stdin = fixture.stdin.clone();
        let mut renamed = false;
        for name in ["hook_event_name", "hookEventName", "hookName", "agent_action_name", "event"] {
            if stdin.get(name).is_some_and(Value::is_string) {
                stdin[name] = "SomethingNew".into();
                renamed = true;
            }
        }
        if renamed {
            let outcome = fixture.run(&sandbox, stdin.to_string().as_bytes());
            fixture.answers(&outcome, Say::Deny).unwrap_or_else(|fault| panic!("{fault}"));
        }
    }
}

#[test]
fn an_input_that_never_ends_is_a_no_to_each_agent() {
    let sandbox = Sandbox::new().user_policy(&policy("enforce"));
    let started: Vec<_> = one_of_each()
        .into_iter()
        .map(|fixture| {
            let mut command = sandbox.command(CAVRA);
            command.args(["hook", "agent", &fixture.agent, "--event", &fixture.event]);
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = command.spawn().expect("it starts");
            let mut stdin = child.stdin.take().expect("a pipe");
            stdin.write_all(b"{\"cwd\":").expect("a part of a payload");
            (fixture, child, stdin)
        })
        .collect();
    for (fixture, child, stdin) in started {
        let output = child.wait_with_output().expect("it ends");
        drop(stdin);
        let outcome = Outcome {
            stdout: String::from_utf8(output.stdout).expect("a text"),
            stderr: String::from_utf8(output.stderr).expect("a text"),
            code: output.status.code(),
        };
        fixture.answers(&outcome, Say::Deny).unwrap_or_else(|fault| panic!("{fault}"));
    }
}

#[test]
fn a_panic_is_a_no_to_each_agent() {
    let sandbox = Sandbox::new().user_policy(&policy("enforce"));
    sandbox.write("clock", "broken");
    for fixture in one_of_each() {
        let outcome = fixture.run(&sandbox, &payload(&fixture));
        let (code, stdout, _) = fixture.expects(Say::Deny);
        let told: Option<Value> = serde_json::from_str(&outcome.stdout).ok().map(reasonless);
        assert_eq!((outcome.code.map(i64::from), told), (Some(code), stdout), "{}", fixture.name);
        assert!(outcome.stderr.contains("internal error"), "{}", fixture.name);
    }
}
