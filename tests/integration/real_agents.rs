//! Real agents against a scripted model on loopback: a tool call of theirs is really stopped, and another really runs.
//!
//! The agents are npm packages. They are looked for in `node_modules/.bin` of the folder that `CAVRA_TEST_AGENTS` names,
//! and on `PATH`; where one is absent its test says so and ends.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::sandbox::Sandbox;

const POLICY: &str = "metadata: {id: p, version: '1', title: P}\n\
                      commands: {default: allow, block: ['touch refused*']}\n\
                      filesystem: {block_write: ['refused*']}\n";

/// A program of an agent, and the folder of node beside it.
#[expect(clippy::disallowed_methods, reason = "where the packages are is for whoever runs the tests to say")]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn agent(name: &str) -> Option<PathBuf> {
    let folders =
        std::env::var_os("CAVRA_TEST_AGENTS").map(|folder| PathBuf::from(folder).join("node_modules/.bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = folders
        .into_iter()
        .chain(std::env::split_paths(&path))
        .map(|folder| folder.join(name))
        .find(|file| file.exists());
    if found.is_none() {
        eprintln!(
            "skipped: `{name}` is not here; `npm install` it, and name the folder in CAVRA_TEST_AGENTS"
        );
    }
    found
}

/// A model that calls these tools, one after the other, and then is done. What it is sent is kept.
struct Model {
    port: u16,
    sent: Arc<Mutex<Vec<String>>>,
}

impl Model {
    fn start(calls: &[(&str, Value)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let sent = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&sent);
        let calls: VecDeque<(String, Value)> =
            calls.iter().map(|(tool, input)| ((*tool).to_owned(), input.clone())).collect();
        let calls = Arc::new(Mutex::new(calls));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, calls) = (Arc::clone(&kept), Arc::clone(&calls));
                thread::spawn(move || answer(stream, &kept, &calls));
            }
        });
        Self { port, sent }
    }

    fn was_told(&self, text: &str) -> bool {
        self.sent.lock().expect("the texts").iter().any(|sent| sent.contains(text))
    }
}

fn answer(mut stream: TcpStream, sent: &Mutex<Vec<String>>, calls: &Mutex<VecDeque<(String, Value)>>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let mut length = 0;
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|read| read > 0) && line != "\r\n" {
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    let mut body = vec![0; length];
    if reader.read_exact(&mut body).is_err() {
        return;
    }
    let body = String::from_utf8_lossy(&body).into_owned();
    let asked: Value = serde_json::from_str(&body).unwrap_or_default();
    sent.lock().expect("the texts").push(body);
    let has_tools = asked["tools"].as_array().is_some_and(|tools| !tools.is_empty());
    let call = if has_tools { calls.lock().expect("the calls").pop_front() } else { None };
    if asked["input"].is_array() {
        let text = responses(call.as_ref());
        respond(&mut stream, "text/event-stream", &text);
        return;
    }
    let message = match &call {
        Some((tool, input)) => json!({"role": "assistant", "content": null, "tool_calls": [{
            "index": 0, "id": format!("call_{tool}"), "type": "function",
            "function": {"name": tool, "arguments": input.to_string()},
        }]}),
        None => json!({"role": "assistant", "content": "done"}),
    };
    let reason = if call.is_some() { "tool_calls" } else { "stop" };
    let chunk = |kind: &str, part: &str, value: &Value, reason: Option<&str>| {
        let mut choice = json!({"index": 0, "finish_reason": reason});
        choice[part] = value.clone();
        json!({"id": "chat-1", "object": kind, "created": 1, "model": "m", "choices": [choice],
               "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}})
    };
    let (kind, text) = if asked["stream"] == true {
        let first = chunk("chat.completion.chunk", "delta", &message, None);
        let last = chunk("chat.completion.chunk", "delta", &json!({}), Some(reason));
        ("text/event-stream", format!("data: {first}\n\ndata: {last}\n\ndata: [DONE]\n\n"))
    } else {
        ("application/json", chunk("chat.completion", "message", &message, Some(reason)).to_string())
    };
    respond(&mut stream, kind, &text);
}

/// The same in the words of the other interface that models have.
fn responses(call: Option<&(String, Value)>) -> String {
    let item = match call {
        Some((tool, input)) => {
            json!({"type": "function_call", "name": tool, "arguments": input.to_string(), "call_id": format!("call_{input}"), "id": "f"})
        }
        None => json!({"type": "message", "role": "assistant", "id": "m",
                       "content": [{"type": "output_text", "text": "done"}]}),
    };
    let usage = json!({"input_tokens": 1, "input_tokens_details": null, "output_tokens": 1,
                       "output_tokens_details": null, "total_tokens": 2});
    let events = [
        json!({"type": "response.created", "response": {"id": "r"}}),
        json!({"type": "response.output_item.done", "item": item}),
        json!({"type": "response.completed", "response": {"id": "r", "usage": usage}}),
    ];
    let kind = |event: &Value| event["type"].as_str().expect("a kind").to_owned();
    events.iter().map(|event| format!("event: {}\ndata: {event}\n\n", kind(event))).collect()
}

fn respond(stream: &mut TcpStream, kind: &str, text: &str) {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        text.len()
    );
    // An agent that has gone away has heard enough.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(text.as_bytes()));
}

/// Runs an agent to its end, and gives what it said. It is ended where it does not come to one.
fn run(sandbox: &Sandbox, program: &Path, args: &[&str], variables: &[(&str, &str)]) -> String {
    let mut command = sandbox.command(program.to_str().expect("a path"));
    let node = ["/usr/local/bin", "/usr/bin", "/bin"].join(":");
    command.args(args).env("PATH", node).env("HOME", sandbox.path("home")).env("CI", "1");
    command.envs(variables.iter().copied());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().expect("the agent starts");
    let id = child.id();
    let ended = Arc::new(Mutex::new(false));
    let watched = Arc::clone(&ended);
    thread::spawn(move || {
        for _ in 0..240 {
            thread::sleep(Duration::from_millis(500));
            if *watched.lock().expect("a flag") {
                return;
            }
        }
        let _ = std::process::Command::new("kill").arg(id.to_string()).status();
    });
    let output = child.wait_with_output().expect("it ends");
    *ended.lock().expect("a flag") = true;
    format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// What must have happened: the two calls that are refused did not run, the model was told why, and the third ran.
#[track_caller]
fn was_stopped(sandbox: &Sandbox, model: &Model, said: &str) {
    let there = |name: &str| sandbox.path(format!("work/{name}")).exists();
    let seen = sandbox.evidence().len();
    assert!(there("allowed"), "what is allowed did not run\n{said}");
    assert!(!there("refused-1"), "a refused command ran\n{said}");
    assert!(!there("refused-2"), "a refused write was done\n{said}");
    assert!(model.was_told("commands.block"), "the model was not told why\n{said}");
    assert!(model.was_told("filesystem.write.block"), "the model was not told why\n{said}");
    assert!(seen >= 3, "{seen} records");
}

#[test]
fn qwen_code_is_really_stopped() {
    let Some(program) = agent("qwen") else { return };
    let sandbox = Sandbox::new().user_policy(POLICY);
    sandbox.run(["install", "agents", "--agent", "qwen-code"]).exit(0);
    let work = sandbox.path("work").to_str().expect("a path").to_owned();
    let shell = |command: &str| json!({"command": command, "description": "x", "is_background": false});
    let model = Model::start(&[
        ("run_shell_command", shell("touch refused-1")),
        ("write_file", json!({"file_path": format!("{work}/refused-2"), "content": "x"})),
        ("run_shell_command", shell("touch allowed")),
    ]);
    let url = format!("http://127.0.0.1:{}/v1", model.port);
    let args = [
        "--auth-type",
        "openai",
        "--openai-api-key",
        "x",
        "--openai-base-url",
        &url,
        "--model",
        "m",
        "--yolo",
        "-p",
        "go",
    ];
    let said = run(&sandbox, &program, &args, &[]);
    was_stopped(&sandbox, &model, &said);
}

#[test]
fn opencode_is_really_stopped() {
    let Some(program) = agent("opencode") else { return };
    let sandbox = Sandbox::new().user_policy(POLICY);
    sandbox.run(["install", "agents", "--agent", "opencode"]).exit(0);
    let work = sandbox.path("work").to_str().expect("a path").to_owned();
    let shell = |command: &str| json!({"command": command, "description": "x"});
    let model = Model::start(&[
        ("bash", shell("touch refused-1")),
        ("write", json!({"filePath": format!("{work}/refused-2"), "content": "x"})),
        ("bash", shell("touch allowed")),
    ]);
    let config = json!({
        "$schema": "https://opencode.ai/config.json",
        "model": "scripted/m",
        "small_model": "scripted/m",
        "autoupdate": false,
        "share": "disabled",
        "provider": {"scripted": {
            "npm": "@ai-sdk/openai-compatible", "name": "Scripted",
            "options": {"baseURL": format!("http://127.0.0.1:{}/v1", model.port), "apiKey": "x"},
            "models": {"m": {"name": "m", "tool_call": true}},
        }},
    });
    sandbox.write("home/.config/opencode/opencode.json", config.to_string());
    let said = run(
        &sandbox,
        &program,
        &["run", "--model", "scripted/m", "go"],
        &[("OPENCODE_DISABLE_MODELS_FETCH", "1")],
    );
    was_stopped(&sandbox, &model, &said);
}

#[test]
fn codex_is_really_stopped() {
    let Some(program) = agent("codex") else { return };
    let sandbox = Sandbox::new().user_policy(POLICY);
    sandbox.run(["install", "agents", "--agent", "codex"]).exit(0);
    let shell = |command: &str| json!({"cmd": command});
    let model = Model::start(&[
        ("exec_command", shell("touch refused-1")),
        ("exec_command", shell("echo x > refused-2")),
        ("exec_command", shell("touch allowed")),
    ]);
    let provider = format!(
        "model_providers.s={{name=\"s\",base_url=\"http://127.0.0.1:{}/v1\",wire_api=\"responses\"}}",
        model.port
    );
    let args = [
        "exec",
        "--skip-git-repo-check",
        // A person would trust the hook once, in a window; the sandbox of Codex needs what a container lacks.
        "--dangerously-bypass-hook-trust",
        "--dangerously-bypass-approvals-and-sandbox",
        "-c",
        "model_provider=s",
        "-c",
        &provider,
        "-m",
        "m",
        "go",
    ];
    let said = run(&sandbox, &program, &args, &[]);
    was_stopped(&sandbox, &model, &said);
}
