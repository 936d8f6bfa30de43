//! Real servers and clients out of the package registries, through the proxy as without it. Where they are not
//! installed a test says so and is skipped: `CAVRA_TEST_MCP_NODE` names a `node_modules` with the official servers and
//! the Inspector, `CAVRA_TEST_MCP_PYTHON` a Python with the package `mcp`.

#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::{Value, json};
use similar_asserts::assert_eq;

use crate::mcp_rig::{Client, rule, told};
use crate::sandbox::{CAVRA, Sandbox};

const POLICY: &str = "\
metadata: {id: real, title: Real, version: '1'}
filesystem: {block_read: ['**/.env'], block_write: ['**/.env']}
mcp: {allowed_servers: [everything, filesystem, memory], tools: {everything: {block: [get-env]}}}
";

/// A path that a variable names; none, and said so, if it is not there.
fn named(variable: &str, below: &str) -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the reason of the lint is about the program, not about its tests"
    )]
    let found = std::env::var_os(variable)
        .map(|root| if below.is_empty() { PathBuf::from(root) } else { Path::new(&root).join(below) })
        .filter(|path| path.exists());
    if found.is_none() {
        eprintln!("skipped: `{variable}` does not name a place with `{below}`");
    }
    found
}

fn text(path: &Path) -> String {
    path.to_str().expect("a path in UTF-8").to_owned()
}

/// The answers to the same requests with and without the proxy.
fn answers(sandbox: &Sandbox, server: &str, command: &[&str], requests: &[(&str, Value)]) -> [Vec<Value>; 2] {
    let proxied = [&["--server", server, "--"][..], command].concat();
    let through = {
        let mut client = Client::of(sandbox, &proxied).introduced(&json!({}));
        let answers = ask(&mut client, requests);
        assert_eq!(client.leave().0, Some(0));
        answers
    };
    let mut direct = Client::without(sandbox, command).introduced(&json!({}));
    let without = ask(&mut direct, requests);
    direct.leave();
    [through, without]
}

fn ask(client: &mut Client, requests: &[(&str, Value)]) -> Vec<Value> {
    let ask = |(place, (method, params)): (usize, &(&str, Value))| {
        let id = u32::try_from(place).expect("few") + 1;
        client.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let answer = client.answer();
            // What the server tells by itself comes when it comes.
            if answer.get("id") == Some(&json!(id)) && answer.get("method").is_none() {
                return answer;
            }
        }
    };
    requests.iter().enumerate().map(ask).collect()
}

#[test]
fn the_official_servers_answer_through_the_proxy_as_without_it() {
    let Some(node) = named("CAVRA_TEST_MCP_NODE", ".bin/mcp-server-everything") else { return };
    let bin = node.parent().expect("a folder");
    let sandbox = Sandbox::new().user_policy(POLICY);
    sandbox.write("work/files/a.txt", "hello\n");
    let files = text(&sandbox.path("work/files"));
    let call = |tool: &str, arguments: Value| ("tools/call", json!({ "name": tool, "arguments": arguments }));
    let everything = [
        ("resources/list", json!({})),
        ("prompts/list", json!({})),
        call("echo", json!({ "message": "hi" })),
        call("get-sum", json!({ "a": 1, "b": 2 })),
        call("get-tiny-image", json!({})),
        call("get-structured-content", json!({ "location": "New York" })),
        ("ping", json!({})),
    ];
    let [through, without] = answers(
        &sandbox,
        "everything",
        &["node", &text(&bin.join("mcp-server-everything")), "stdio"],
        &everything,
    );
    assert_eq!(through, without);
    let filesystem = [
        ("tools/list", json!({})),
        call("read_text_file", json!({ "path": format!("{files}/a.txt") })),
        call("write_file", json!({ "path": format!("{files}/b.txt"), "content": "x" })),
        call("list_directory", json!({ "path": files })),
        call("read_text_file", json!({ "path": "/etc/hostname" })),
    ];
    let server = text(&bin.join("mcp-server-filesystem"));
    let [through, without] = answers(&sandbox, "filesystem", &["node", &server, &files], &filesystem);
    assert_eq!(through, without);
    let memory = [("tools/list", json!({})), call("read_graph", json!({}))];
    let [through, without] =
        answers(&sandbox, "memory", &["node", &text(&bin.join("mcp-server-memory"))], &memory);
    assert_eq!(through, without);
}

#[test]
fn a_protected_file_is_not_read_by_the_official_file_server() {
    let Some(node) = named("CAVRA_TEST_MCP_NODE", ".bin/mcp-server-filesystem") else { return };
    let sandbox = Sandbox::new().user_policy(POLICY);
    sandbox.write("work/files/.env", "KEY=of-the-test\n");
    let files = text(&sandbox.path("work/files"));
    let words = ["--server", "filesystem", "--", "node", &text(&node), &files];
    let mut client = Client::of(&sandbox, &words).introduced(&json!({}));
    for (tool, arguments) in [
        ("read_text_file", json!({ "path": format!("{files}/.env") })),
        ("read_text_file", json!({ "path": format!("{files}/x/../.env") })),
        ("read_multiple_files", json!({ "paths": [format!("{files}/.env")] })),
        ("write_file", json!({ "path": format!("{files}/.env"), "content": "" })),
        ("move_file", json!({ "source": format!("{files}/.env"), "destination": format!("{files}/x") })),
    ] {
        let answer =
            ask(&mut client, &[("tools/call", json!({ "name": tool, "arguments": arguments }))]).remove(0);
        assert!(rule(&answer).starts_with("filesystem."), "{tool}: {answer}");
        assert!(told(&answer).0);
    }
    assert_eq!(sandbox.read("work/files/.env"), "KEY=of-the-test\n");
    client.leave();
}

#[test]
fn the_official_python_client_works_through_the_proxy_in_both_eras() {
    let Some(python) = named("CAVRA_TEST_MCP_PYTHON", "") else { return };
    let sandbox = Sandbox::new().user_policy(POLICY);
    let server = text(&sandbox.write("server.py", PYTHON_SERVER));
    let root = text(&sandbox.path(""));
    // It gives a server nearly nothing of its environment.
    let proxied = [
        "/usr/bin/env",
        &format!("CAVRA_TEST_ROOT={}", root.trim_end_matches('/')),
        CAVRA,
        "mcp",
        "--server",
        "everything",
        "--",
    ]
    .map(str::to_owned);
    let server = [text(&python), server];
    let run = |client: &str, words: &[String]| {
        let script = sandbox.write("client.py", client);
        let mut command = sandbox.command(&python);
        let output = command.arg(&script).args(words).stdin(Stdio::null()).output().expect("Python starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    for (client, era) in [(OF_SESSIONS, "2025-11-25"), (STATELESS, "2026-07-28")] {
        let without = run(client, &server);
        let through = run(client, &[&proxied[..], &server].concat());
        assert_eq!(without, format!("{era}\n['echo', 'get-env']\nEcho: hi\nget-env False\n"));
        assert_eq!(through, format!("{era}\n['echo']\nEcho: hi\nget-env True\n"));
    }
}

const PYTHON_SERVER: &str = r#"
from mcp.server import MCPServer
server = MCPServer("everything")

@server.tool(name="echo")
def echo(message: str) -> str:
    return "Echo: " + message

@server.tool(name="get-env")
def get_env() -> str:
    return "all of it"

server.run("stdio")
"#;

/// A client of the revisions with sessions.
const OF_SESSIONS: &str = r#"
import asyncio, sys
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

async def main(words):
    async with stdio_client(StdioServerParameters(command=words[0], args=words[1:])) as (read, write):
        async with ClientSession(read, write) as session:
            print((await session.initialize()).protocol_version)
            print([tool.name for tool in (await session.list_tools()).tools])
            print((await session.call_tool("echo", {"message": "hi"})).content[0].text)
            print("get-env", bool((await session.call_tool("get-env", {})).is_error))

asyncio.run(main(sys.argv[1:]))
"#;

/// A client that asks the server which revisions it knows, and speaks the stateless one.
const STATELESS: &str = r#"
import asyncio, sys
from mcp import Client, StdioServerParameters

async def main(words):
    async with Client(StdioServerParameters(command=words[0], args=words[1:])) as client:
        print(client.protocol_version)
        print([tool.name for tool in (await client.list_tools()).tools])
        print((await client.call_tool("echo", {"message": "hi"})).content[0].text)
        print("get-env", bool((await client.call_tool("get-env", {})).is_error))

asyncio.run(main(sys.argv[1:]))
"#;

#[test]
fn the_official_python_client_asks_its_person_for_cavra_in_both_eras() {
    let Some(python) = named("CAVRA_TEST_MCP_PYTHON", "") else { return };
    let sandbox =
        Sandbox::new().user_policy(&POLICY.replace("block: [get-env]", "require_approval: [get-env]"));
    let server = text(&sandbox.write("server.py", PYTHON_SERVER));
    let root = text(&sandbox.path(""));
    for client in ["ClientSession", "Client"] {
        for (said, told) in [("allow once", "all of it False\n"), ("deny", "BLOCKED by Cavra True\n")] {
            let script = sandbox.write("client.py", ASKING.replace("SAID", said).replace("KIND", client));
            let mut command = sandbox.command(&python);
            command
                .arg(&script)
                .args(["/usr/bin/env", &format!("CAVRA_TEST_ROOT={}", root.trim_end_matches('/'))]);
            command.args([CAVRA, "mcp", "--server", "everything", "--", &text(&python), &server]);
            let output = command.stdin(Stdio::null()).output().expect("Python starts");
            let said_of = String::from_utf8_lossy(&output.stderr);
            assert_eq!(String::from_utf8_lossy(&output.stdout), told, "{client}: {said_of}");
        }
    }
    let attested =
        sandbox.evidence().into_iter().filter(|record| record["verdict"]["rule_id"] == "approval.client");
    assert_eq!(attested.count(), 2);
}

/// A client whose person answers each question alike.
const ASKING: &str = r#"
import asyncio, sys
from mcp import Client, ClientSession, StdioServerParameters, types
from mcp.client.stdio import stdio_client

async def answer(context, params):
    assert "everything:get-env" in params.message, params.message
    return types.ElicitResult(action="accept", content={"decision": "SAID"})

def tell(result):
    print(result.content[0].text.split(" policy")[0].split(":")[0], bool(result.is_error))

async def main(words):
    server = StdioServerParameters(command=words[0], args=words[1:])
    if "KIND" == "Client":
        async with Client(server, elicitation_callback=answer) as client:
            tell(await client.call_tool("get-env", {}))
    else:
        async with stdio_client(server) as (read, write):
            async with ClientSession(read, write, elicitation_callback=answer) as session:
                await session.initialize()
                tell(await session.call_tool("get-env", {}))

asyncio.run(main(sys.argv[1:]))
"#;

#[test]
fn the_inspector_works_through_the_proxy() {
    let Some(inspector) = named("CAVRA_TEST_MCP_NODE", ".bin/mcp-inspector") else { return };
    let sandbox = Sandbox::new().user_policy(POLICY);
    let everything = text(&inspector.with_file_name("mcp-server-everything"));
    let root = text(&sandbox.path(""));
    let run = |words: &[&str]| {
        let mut command = sandbox.command(&inspector);
        command
            .arg("--cli")
            .arg("-e")
            .arg(format!("CAVRA_TEST_ROOT={}", root.trim_end_matches('/')))
            .args(words);
        command.args(["--method", "tools/call", "--tool-name", "echo", "--tool-arg", "message=hi"]);
        let output = command.stdin(Stdio::null()).output().expect("the Inspector starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let proxied = [CAVRA, "mcp", "--server", "everything", "--", "node", &everything, "stdio"];
    let script = sandbox.write("proxied.sh", format!("exec {}\n", shell_words::join(proxied)));
    assert_eq!(run(&["/bin/sh", &text(&script)]), run(&["node", &everything, "stdio"]));
}
