//! A conversation through `cavra mcp`: a client that the test plays, and a server that logs what reaches it.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use serde_json::{Value, json};

use crate::sandbox::{CAVRA, Sandbox};

/// A hang is a failure; nothing else is measured by it.
const HANG: Duration = Duration::from_secs(60);

/// A server in plain shell: it logs each frame, and answers requests by their method. What it tells of its tools, and
/// what a call gives, lie in files that a test may change.
const SERVER: &str = r#"#!/bin/sh
cd "$(dirname "$0")" || exit 9
echo $$ > pid
while IFS= read -r line; do
  printf '%s\n' "$line" >> log
  id=$(printf '%s\n' "$line" | sed -n 's/.*"id" *: *\("[^"]*"\).*/\1/p')
  [ -n "$id" ] || id=$(printf '%s\n' "$line" | sed -n 's/.*"id" *: *\([-0-9.]*\).*/\1/p')
  case $line in
    *'"method":"initialize"'*)
      printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"s","version":"1"}}}\n' "$id" ;;
    *'"method":"tools/list"'*)
      printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$id" "$(cat tools.json)" ;;
    *'"method":"tools/call"'*|*'"method":"resources/read"'*|*'"method":"ping"'*)
      if [ -f die ]; then exit 7; fi
      if [ -f raw ]; then cat raw; else printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$id" "$(cat result.json)"; fi ;;
  esac
done
echo ended >> log
"#;

/// A server's folder in a sandbox.
pub(crate) fn server(sandbox: &Sandbox) -> String {
    let path = sandbox.write("server/server.sh", SERVER);
    sandbox.write("server/log", "");
    tools(sandbox, &json!([{ "name": "echo" }, { "name": "get-sum" }, { "name": "read_file" }]));
    result(sandbox, &json!({ "content": [{ "type": "text", "text": "done" }] }));
    path.to_str().expect("a path in UTF-8").to_owned()
}

/// What the server tells of its tools from here on.
pub(crate) fn tools(sandbox: &Sandbox, tools: &Value) {
    sandbox.write("server/tools.json", json!({ "tools": tools }).to_string());
}

/// What a call gives from here on.
pub(crate) fn result(sandbox: &Sandbox, result: &Value) {
    sandbox.write("server/result.json", result.to_string());
}

/// The frames that reached the server.
pub(crate) fn reached(sandbox: &Sandbox) -> Vec<String> {
    sandbox.read("server/log").lines().map(str::to_owned).collect()
}

/// The frames with a call of a tool that reached the server.
pub(crate) fn calls(sandbox: &Sandbox) -> Vec<String> {
    reached(sandbox).into_iter().filter(|line| line.contains("tools/call")).collect()
}

/// A client.
pub(crate) struct Client {
    pub(crate) child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Client {
    /// Starts `cavra mcp --server s -- sh SERVER`.
    pub(crate) fn start(sandbox: &Sandbox) -> Self {
        let script = server(sandbox);
        Self::of(sandbox, &["--server", "s", "--client", "test", "--", "/bin/sh", &script])
    }

    /// Starts `cavra mcp` with these words.
    pub(crate) fn of(sandbox: &Sandbox, words: &[&str]) -> Self {
        let mut command = sandbox.command(CAVRA);
        command.arg("mcp").args(words);
        Self::running(command)
    }

    /// Starts a server without any proxy.
    pub(crate) fn without(sandbox: &Sandbox, words: &[&str]) -> Self {
        let mut command = sandbox.command(words[0]);
        command.args(&words[1..]);
        Self::running(command)
    }

    fn running(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the proxy starts");
        let output = child.stdout.take().expect("a pipe");
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).split(b'\n') {
                let line = String::from_utf8_lossy(&line.unwrap_or_default()).into_owned();
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take();
        Self { child, input, lines }
    }

    /// Introduces itself as a client of a revision with sessions.
    pub(crate) fn introduced(mut self, capabilities: &Value) -> Self {
        let params = json!({ "protocolVersion": "2025-11-25", "capabilities": capabilities,
                            "clientInfo": { "name": "test", "version": "1" } });
        self.send(&json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params }));
        let answer = self.answer();
        assert_eq!(answer["result"]["protocolVersion"], "2025-11-25", "{answer}");
        self.send_raw(b"{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n");
        self
    }

    pub(crate) fn send(&mut self, frame: &Value) {
        self.send_raw(format!("{frame}\n").as_bytes());
    }

    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        self.input.as_mut().expect("the client is there").write_all(bytes).expect("the proxy reads");
    }

    /// The next line from the proxy; none at its end.
    pub(crate) fn line(&mut self) -> Option<String> {
        match self.lines.recv_timeout(HANG) {
            Ok(line) => Some(line),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("the client was left without an answer"),
        }
    }

    /// The next frame from the proxy.
    pub(crate) fn answer(&mut self) -> Value {
        let line = self.line().expect("an answer before the end");
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("a frame that is no JSON: {line}"))
    }

    /// Calls a tool.
    pub(crate) fn call(&mut self, id: u32, tool: &str, arguments: &Value) -> Value {
        let params = json!({ "name": tool, "arguments": arguments });
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params }));
        self.answer()
    }

    /// Calls any method.
    pub(crate) fn request(&mut self, id: u32, method: &str, params: &Value) -> Value {
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.answer()
    }

    /// Goes away, and gives the exit code of the proxy and all that it said on stderr.
    pub(crate) fn leave(mut self) -> (Option<i32>, String) {
        drop(self.input.take());
        self.end()
    }

    /// Waits for the end of the proxy.
    pub(crate) fn end(&mut self) -> (Option<i32>, String) {
        let mut said = String::new();
        let mut stderr = self.child.stderr.take().expect("a pipe");
        std::io::Read::read_to_string(&mut stderr, &mut said).expect("text");
        (self.child.wait().expect("it ends").code(), said)
    }
}

/// The text of a tool result, and whether it is an error.
pub(crate) fn told(answer: &Value) -> (bool, String) {
    let text = answer["result"]["content"][0]["text"].as_str().unwrap_or_default().to_owned();
    (answer["result"]["isError"] == true, text)
}

/// The rule by which a call was refused, as machines read it.
pub(crate) fn rule(answer: &Value) -> &str {
    answer["result"]["_meta"]["dev.cavra/decision"]["rule_id"].as_str().unwrap_or_default()
}
