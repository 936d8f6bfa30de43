//! The MCP proxy as clients and servers meet it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use serde_json::{Value, json};
use similar_asserts::assert_eq;

use crate::mcp_rig::{Client, calls, reached, result, rule, server, told, tools};
use crate::sandbox::Sandbox;

const OPEN: &str = "\
metadata: {id: mcp, title: MCP, version: '1'}
filesystem: {block_read: ['**/.env', '.env'], block_write: ['**/.env', '.env', 'locked/*']}
commands: {default: allow, block: ['rm -rf *']}
mcp:
  allowed_servers: [s]
  tools: {s: {block: [forbidden, 'sampling/*'], require_approval: [asked]}}
network: {block_hosts: ['169.254.169.254', '*.evil.example']}
";

fn open() -> Sandbox {
    Sandbox::new().user_policy(OPEN)
}

#[test]
fn an_allowed_call_goes_on_byte_for_byte_and_is_recorded() {
    let sandbox = open();
    let mut client = Client::start(&sandbox).introduced(&json!({}));
    let frame = r#"{ "id" :7, "method":"tools/call","params":{"arguments":{"n":1.10,"m":"\u0041é"},"name":"get-sum"},"jsonrpc":"2.0","x":[ ]}"#;
    client.send_raw(format!("{frame}\r\n").as_bytes());
    assert_eq!(
        client.line().as_deref(),
        Some(r#"{"jsonrpc":"2.0","id":7,"result":{"content":[{"text":"done","type":"text"}]}}"#)
    );
    assert_eq!(sandbox.read("server/log").lines().filter(|line| line.contains("tools/call")).count(), 1);
    assert!(sandbox.read("server/log").contains(&format!("\n{frame}\r\n")));
    assert_eq!(client.leave(), (Some(0), String::new()));
    let records = sandbox.evidence();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0]["verdict"]["decision"], "allow");
    assert_eq!(records[0]["verdict"]["target"], "s:get-sum");
    assert_eq!(records[0]["seam"], "mcp");
    assert_eq!(sandbox.run(["evidence", "verify"]).code, Some(0));
}

#[test]
fn what_the_arguments_name_is_decided_with_the_call() {
    let sandbox = open();
    let mut client = Client::start(&sandbox).introduced(&json!({}));
    for (tool, arguments, decided) in [
        ("read_file", json!({ "path": ".env" }), "filesystem.read.block"),
        ("read_file", json!({ "path": "a/../.env" }), "filesystem.read.block"),
        ("read_file", json!({ "paths": ["README", "sub/.env"] }), "filesystem.read.block"),
        ("read_file", json!({ "uri": "file:///srv/%2Eenv" }), "filesystem.read.block"),
        ("read_file", json!({ "uri": "file:///srv/%252Eenv" }), "filesystem.read.block"),
        ("read_file", json!({ "path": ".env\0.txt" }), "filesystem.read.block"),
        ("read_file", json!({ "args": "{\"path\": \".env\"}" }), "filesystem.read.block"),
        ("read_file", json!({ "path": "..\\x\\.env" }), "filesystem.read.block"),
        ("read_file", json!({ "path": "locked/x" }), ""),
        ("echo", json!({ "path": "locked/x" }), "filesystem.write.block"),
        ("echo", json!({ "command": "true; rm  -rf /srv" }), "commands.block"),
        ("echo", json!({ "command": "rm", "args": ["-rf", "/srv"] }), "commands.block"),
        ("echo", json!({ "url": "http://2852039166/latest" }), "network.block_hosts"),
        ("echo", json!({ "deep": [{ "x": "https://a.EVIL.example./" }] }), "network.block_hosts"),
        ("echo", json!({ "message": "plain words" }), ""),
        ("forbidden", json!({}), "mcp.tool.block"),
    ] {
        let answer = client.call(1, tool, &arguments);
        assert_eq!(rule(&answer), decided, "{tool} {arguments}: {answer}");
        assert_eq!(told(&answer).0, !decided.is_empty(), "{answer}");
    }
    assert_eq!(calls(&sandbox).len(), 2);
    for (method, params, is_refused) in [
        ("resources/read", json!({ "uri": "file:///srv/.env" }), true),
        ("resources/read", json!({ "uri": "FILE:/srv/.env" }), true),
        ("resources/read", json!({ "uri": "demo://x" }), false),
    ] {
        let answer = client.request(2, method, &params);
        assert_eq!(answer["error"]["code"] == 403, is_refused, "{params}: {answer}");
    }
    client.leave();
}

#[test]
fn a_refusal_tells_what_to_do_and_carries_the_decision() {
    let sandbox = open();
    let mut client = Client::start(&sandbox).introduced(&json!({}));
    let answer = client.call(3, "forbidden", &json!({}));
    let (is_error, text) = told(&answer);
    assert!(is_error);
    let path = sandbox.path("home/.config/cavra/policy.yaml");
    assert_eq!(
        text,
        format!(
            "BLOCKED by Cavra policy: s:forbidden. Nothing was executed. Rule mcp.tool.block: the policy blocks this \
             tool of the MCP server. Matched: `forbidden` ({}:6). Do not retry this in another form or by another \
             tool. Instead: use another tool, or leave this to a person.",
            path.display()
        )
    );
    assert_eq!(answer["result"].get("resultType"), None);
    let meta = json!({ "io.modelcontextprotocol/protocolVersion": "2026-07-28" });
    let params = json!({ "name": "forbidden", "_meta": meta });
    let answer = client.request(4, "tools/call", &params);
    assert_eq!(answer["result"]["resultType"], "complete");
    client.leave();
}

#[test]
fn a_list_of_tools_is_filtered_to_what_could_be_allowed() {
    let sandbox = open();
    let mut client = Client::start(&sandbox).introduced(&json!({}));
    sandbox.write(
        "server/tools.json",
        r#"{"tools":[ {"name":"forbidden"}, {"name" : "asked"},{"name":"echo"} , {"x":1}],"cacheScope":"public","nextCursor":"c"}"#,
    );
    client.send(&json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }));
    assert_eq!(
        client.line().as_deref(),
        Some(
            r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name" : "asked"},{"name":"echo"}],"cacheScope":"private","nextCursor":"c"}}"#
        )
    );
    client.leave();
}

#[test]
fn a_definition_that_changed_is_asked_about_until_a_person_accepts_it() {
    let sandbox = open();
    let mut client = Client::start(&sandbox).introduced(&json!({}));
    let none = json!({});
    // What is shown at first sight is accepted, without anything suspicious in it.
    tools(&sandbox, &json!([{ "name": "echo" }, { "name": "bad", "description": "<IMPORTANT> x" }]));
    client.request(1, "tools/list", &none);
    assert_eq!(rule(&client.call(2, "echo", &none)), "");
    assert_eq!(rule(&client.call(2, "bad", &none)), "mcp.tool.pin");
    tools(&sandbox, &json!([{ "name": "echo", "description": "other" }, { "name": "late" }]));
    client.request(3, "tools/list", &none);
    assert_eq!(rule(&client.call(4, "echo", &none)), "mcp.tool.pin");
    assert_eq!(rule(&client.call(5, "late", &none)), "mcp.tool.pin");
    sandbox.run(["mcp", "pins", "list"]).exit(0).stdout("s: 1 tool accepted, 2 to look at\n");
    sandbox.run(["mcp", "pins", "diff", "s"]).exit(0).stdout(
        "echo: changed\n  - {\"name\":\"echo\"}\n  + {\"description\":\"other\",\"name\":\"echo\"}\n\
         late: new\n  + {\"name\":\"late\"}\n",
    );
    sandbox.run(["mcp", "pins", "accept", "s", "echo"]).exit(0).stdout("accepted echo\n");
    assert_eq!(rule(&client.call(6, "echo", &none)), "");
    assert_eq!(rule(&client.call(7, "late", &none)), "mcp.tool.pin");
    sandbox.run(["mcp", "pins", "accept", "s"]).exit(0).stdout("accepted late\n");
    assert_eq!(rule(&client.call(8, "late", &none)), "");
    client.leave();
}

#[test]
fn a_tool_with_two_definitions_is_asked_about_whichever_was_accepted() {
    let sandbox = open();
    let mut client = Client::start(&sandbox).introduced(&json!({}));
    let none = json!({});
    tools(&sandbox, &json!([{ "name": "echo" }]));
    client.request(1, "tools/list", &none);
    assert_eq!(rule(&client.call(2, "echo", &none)), "");
    for pair in [["x", ""], ["", "x"]] {
        tools(
            &sandbox,
            &json!([{ "name": "echo", "description": pair[0] }, { "name": "echo", "description": pair[1] }]),
        );
        client.request(3, "tools/list", &none);
        assert_eq!(rule(&client.call(4, "echo", &none)), "mcp.tool.pin");
    }
    tools(&sandbox, &json!([{ "name": "echo" }]));
    client.request(5, "tools/list", &none);
    assert_eq!(rule(&client.call(6, "echo", &none)), "");
    client.leave();
}

#[test]
fn a_server_that_never_tells_its_tools_is_waited_for_once() {
    let sandbox = open();
    let script = sandbox.write(
        "server/mute.sh",
        "read -r line; echo '{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"protocolVersion\":\"2025-11-25\"}}'\nwhile read -r line; do echo \"$line\" >> \"$1\"; done\n",
    );
    let log = sandbox.write("server/log", "");
    let words = [script.to_str().expect("UTF-8"), log.to_str().expect("UTF-8")];
    let mut client =
        Client::of(&sandbox, &["--server", "s", "--", "/bin/sh", words[0], words[1]]).introduced(&json!({}));
    for id in 1..4 {
        assert_eq!(rule(&client.call(id, "echo", &json!({}))), "mcp.tool.pin");
    }
    assert_eq!(reached(&sandbox).iter().filter(|line| line.contains("tools/list")).count(), 1);
    client.leave();
}

#[test]
fn a_call_before_any_list_has_the_server_asked_first() {
    let sandbox = open();
    let mut client = Client::start(&sandbox).introduced(&json!({}));
    assert_eq!(rule(&client.call(1, "echo", &json!({}))), "");
    assert_eq!(rule(&client.call(2, "unlisted", &json!({}))), "mcp.tool.pin");
    let lists = reached(&sandbox).iter().filter(|line| line.contains("tools/list")).count();
    assert_eq!(lists, 1);
    client.leave();
}

#[test]
fn pinned_tools_are_used_by_nobody_before_a_person_accepts_them() {
    let sandbox = open().user_policy(&OPEN.replace("mcp:\n", "mcp:\n  pin_tools: true\n"));
    let mut client = Client::start(&sandbox).introduced(&json!({}));
    assert_eq!(rule(&client.call(1, "echo", &json!({}))), "mcp.tool.pin");
    sandbox.run(["mcp", "pins", "accept", "s", "nobody"]).exit(1).stderr(
        "error: the server shows no tool `nobody`\nhint: `cavra mcp pins diff s` lists what it shows\n",
    );
    sandbox.run(["mcp", "pins", "accept", "s", "echo"]).exit(0);
    assert_eq!(rule(&client.call(2, "echo", &json!({}))), "");
    client.leave();
    // The same name behind another command has nothing accepted.
    let mut other = Client::of(&sandbox, &["--server", "s", "--", "/bin/sh", &server(&sandbox), "x"]);
    other = other.introduced(&json!({}));
    assert_eq!(rule(&other.call(1, "echo", &json!({}))), "mcp.tool.pin");
    other.leave();
}

#[test]
fn a_client_of_a_session_is_asked_by_its_own_dialogue() {
    let sandbox = open();
    tools_asked(&sandbox);
    let mut client = Client::start(&sandbox);
    tools_asked(&sandbox);
    client = client.introduced(&json!({ "elicitation": {} }));
    for (outcome, is_called) in [
        (json!({ "action": "accept", "content": { "decision": "allow once" } }), true),
        (json!({ "action": "accept", "content": { "decision": "deny" } }), false),
        (json!({ "action": "accept", "content": {} }), false),
        (json!({ "action": "decline" }), false),
        (json!({ "action": "cancel" }), false),
    ] {
        let before = calls(&sandbox).len();
        let question = client.call(5, "asked", &json!({ "note": "x", "password": "hunter2-secret" }));
        assert_eq!(question["method"], "elicitation/create");
        let message = question["params"]["message"].as_str().expect("a text").to_owned();
        assert!(message.contains("s:asked") && !message.contains("hunter2"), "{message}");
        client.send(&json!({ "jsonrpc": "2.0", "id": question["id"], "result": outcome }));
        let answer = client.answer();
        assert_eq!(answer["id"], 5);
        assert_eq!(told(&answer).0, !is_called, "{outcome}: {answer}");
        assert_eq!(calls(&sandbox).len() - before, usize::from(is_called));
    }
    let attested: Vec<Value> = sandbox
        .evidence()
        .into_iter()
        .filter(|record| record["verdict"]["decision"] == "allow_with_attestation")
        .collect();
    assert_eq!(attested.len(), 1);
    assert_eq!(attested[0]["attestation"]["actor"], "client-elicitation");
    assert_eq!(attested[0]["verdict"]["base_decision"], "require_approval");
    client.leave();
}

#[test]
fn a_call_that_was_taken_back_is_never_forwarded_late() {
    let sandbox = open();
    let mut client = Client::start(&sandbox);
    tools_asked(&sandbox);
    client = client.introduced(&json!({ "elicitation": {} }));
    let question = client.call(5, "asked", &json!({}));
    client.send(
        &json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": 5 } }),
    );
    let yes = json!({ "action": "accept", "content": { "decision": "allow once" } });
    client.send(&json!({ "jsonrpc": "2.0", "id": question["id"], "result": yes }));
    client.request(6, "ping", &json!({}));
    assert_eq!(calls(&sandbox), Vec::<String>::new());
    assert!(!sandbox.read("server/log").contains("allow once"));
    client.leave();
}

#[test]
fn where_a_policy_wants_approvals_elsewhere_the_dialogue_is_not_used() {
    for addition in [
        "mcp:\n  approve_out_of_band: true\n",
        "approvals: {groups: {AI Governance: {signers: ['a ssh-ed25519 AAAA'], minimum: 1}}}\nmcp:\n",
    ] {
        let sandbox = Sandbox::new().user_policy(&OPEN.replace("mcp:\n", addition));
        let mut client = Client::start(&sandbox);
        tools_asked(&sandbox);
        client = client.introduced(&json!({ "elicitation": {} }));
        let answer = client.call(5, "asked", &json!({}));
        assert_eq!(rule(&answer), "mcp.tool.require_approval", "{answer}");
        client.leave();
    }
}

#[test]
fn a_stateless_client_carries_the_question_and_its_answer_counts_once_and_for_that_call() {
    let sandbox = open();
    let mut client = Client::start(&sandbox);
    tools_asked(&sandbox);
    let meta = json!({ "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                       "io.modelcontextprotocol/clientCapabilities": { "elicitation": {} } });
    let call = |arguments: &Value, further: &Value| {
        let mut params = json!({ "name": "asked", "arguments": arguments, "_meta": meta });
        for (name, value) in further.as_object().expect("an object") {
            params[name] = value.clone();
        }
        params
    };
    let arguments = json!({ "n": 1 });
    // What the server itself wanted carried comes back to it with the approved call.
    let inner = json!({ "requestState": "of-the-server", "inputResponses": { "q": { "action": "accept" } } });
    let question = client.request(1, "tools/call", &call(&arguments, &inner))["result"].clone();
    assert_eq!(question["resultType"], "input_required");
    let asked = &question["inputRequests"]["dev.cavra/approve"];
    assert_eq!(asked["method"], "elicitation/create");
    let answers = |decision: &str| {
        json!({ "requestState": question["requestState"], "inputResponses": {
            "dev.cavra/approve": { "action": "accept", "content": { "decision": decision } } } })
    };
    // Other arguments under the same answer are another call: it is asked anew, and the answer is used up.
    let other = client.request(2, "tools/call", &call(&json!({ "n": 2 }), &answers("allow once")));
    assert_eq!(other["result"]["resultType"], "input_required");
    let late = client.request(3, "tools/call", &call(&arguments, &answers("allow once")));
    assert_eq!(late["result"]["resultType"], "input_required");
    assert_eq!(calls(&sandbox), Vec::<String>::new());

    let question = client.request(4, "tools/call", &call(&arguments, &inner))["result"].clone();
    let yes = json!({ "requestState": question["requestState"], "inputResponses": {
        "dev.cavra/approve": { "action": "accept", "content": { "decision": "allow once" } } } });
    let answer = client.request(5, "tools/call", &call(&arguments, &yes));
    assert_eq!(told(&answer), (false, "done".to_owned()));
    let forwarded: Value = serde_json::from_str(&calls(&sandbox)[0]).expect("JSON");
    assert_eq!(
        forwarded,
        json!({ "jsonrpc": "2.0", "id": 5, "method": "tools/call",
                "params": call(&arguments, &inner) })
    );
    let again = client.request(6, "tools/call", &call(&arguments, &yes));
    assert_eq!(again["result"]["resultType"], "input_required");
    let touched = json!({ "requestState": "cavra1.00.00", "inputResponses": yes["inputResponses"] });
    let touched = client.request(7, "tools/call", &call(&arguments, &touched));
    assert_eq!(touched["result"]["resultType"], "input_required");
    assert_eq!(calls(&sandbox).len(), 1);
    client.leave();
}

fn tools_asked(sandbox: &Sandbox) {
    fs::create_dir_all(sandbox.path("server")).expect("a folder");
    tools(sandbox, &json!([{ "name": "asked" }, { "name": "echo" }]));
}

#[test]
fn secrets_are_taken_out_of_results_or_the_result_is_kept_back() {
    let token = format!("ghp_{}", "a1B2".repeat(9));
    let secret = json!({ "content": [{ "type": "text", "text": format!("the token is {token}") }],
                         "structuredContent": { "password": "hunter2-secret", "count": 3 } });
    let sandbox = open();
    let mut client = Client::start(&sandbox).introduced(&json!({}));
    result(&sandbox, &secret);
    let answer = client.call(1, "echo", &json!({}));
    assert!(!answer.to_string().contains(&token) && !answer.to_string().contains("hunter2"), "{answer}");
    assert_eq!(answer["result"]["structuredContent"]["count"], 3);
    assert!(answer["result"]["structuredContent"]["password"].is_string());
    assert_eq!(sandbox.evidence().last().expect("a record")["verdict"]["rule_id"], "mcp.result.secrets");
    client.leave();

    let sandbox = open().user_policy(&OPEN.replace("mcp:\n", "mcp:\n  block_secrets: true\n"));
    let mut client = Client::start(&sandbox).introduced(&json!({}));
    result(&sandbox, &secret);
    let answer = client.call(1, "echo", &json!({}));
    assert_eq!(rule(&answer), "mcp.result.secrets");
    assert_eq!(answer["id"], 1);
    client.leave();
}

#[test]
fn what_the_server_asks_of_the_client_is_decided_too() {
    let sandbox = open();
    let mut client = Client::start(&sandbox).introduced(&json!({}));
    let frames = [
        r#"{"jsonrpc":"2.0","id":"a","method":"sampling/createMessage","params":{}}"#,
        r#"{"jsonrpc":"2.0","id":"b","method":"sampling\u002fcreateMessage","params":{}}"#,
        r#"{"jsonrpc":"2.0","id":"c","method":"roots/list"}"#,
        r#"{"jsonrpc":"2.0","id":1,"result":{"inputRequests":{"q":{"method":"sampling/createMessage"}}}}"#,
        "",
    ];
    sandbox.write("server/raw", frames.join("\n"));
    client.send(&json!({ "jsonrpc": "2.0", "id": 1, "method": "ping" }));
    assert_eq!(client.answer()["method"], "roots/list");
    assert_eq!(client.answer()["error"]["code"], 403);
    fs::remove_file(sandbox.path("server/raw")).expect("it was there");
    client.request(2, "ping", &json!({}));
    let answers: Vec<String> = reached(&sandbox).into_iter().filter(|line| line.contains("error")).collect();
    assert_eq!(answers.len(), 2, "{answers:?}");
    client.leave();
}

#[test]
fn what_a_server_answers_and_nobody_can_read_is_answered_for_it() {
    let sandbox = open();
    let mut client = Client::start(&sandbox).introduced(&json!({}));
    for frame in [
        r#"{"jsonrpc":"2.0","id":1,"result":{},"result":{}}"#.as_bytes(),
        br#"{"result":{"x":tru},"id":1}"#,
        b"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"x\":\"\xff\"}}",
    ] {
        sandbox.write("server/raw", [b"a banner\n", frame, b"\n"].concat());
        let answer = client.call(1, "echo", &json!({}));
        assert_eq!((&answer["id"], told(&answer).0), (&json!(1), true), "{answer}");
    }
    client.leave();
}

#[test]
fn a_server_that_ends_in_the_middle_of_a_call_leaves_no_id_without_an_answer() {
    let sandbox = open();
    let mut client = Client::start(&sandbox).introduced(&json!({}));
    client.request(1, "tools/list", &json!({}));
    sandbox.write("server/die", "");
    let answer = client.call(2, "echo", &json!({}));
    assert!(told(&answer).0, "{answer}");
    assert_eq!(client.line(), None);
    assert_eq!(client.end().0, Some(7));
}

#[test]
fn half_a_frame_is_answered_when_the_client_has_gone_and_the_server_ends_with_it() {
    let sandbox = open();
    let mut client = Client::start(&sandbox).introduced(&json!({}));
    client.send_raw(br#"{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"echo""#);
    assert_eq!(client.leave(), (Some(0), String::new()));
    assert_eq!(calls(&sandbox), Vec::<String>::new());
    assert_eq!(reached(&sandbox).last().map(String::as_str), Some("ended"));
}

#[test]
fn a_server_that_does_not_end_is_ended_with_all_that_it_started() {
    let sandbox = open();
    let script = sandbox.write(
        "server/stays.sh",
        "trap '' TERM\nsleep 600 &\necho $! > \"$1\"\nexec 0<&-\nwhile :; do sleep 600; done\n",
    );
    let script = script.to_str().expect("UTF-8").to_owned();
    let noted = sandbox.path("server/child");
    let noted_text = noted.to_str().expect("UTF-8");
    let client = Client::of(&sandbox, &["--server", "s", "--", "/bin/sh", &script, noted_text]);
    while fs::read_to_string(&noted).map_or(true, |text| !text.ends_with('\n')) {
        std::thread::yield_now();
    }
    let (code, _) = client.leave();
    assert_eq!(code, Some(137));
    let grandchild = fs::read_to_string(&noted).expect("it was noted");
    let alive = Command::new("kill").args(["-0", grandchild.trim()]).output().expect("kill starts");
    assert!(!alive.status.success() || is_zombie(grandchild.trim()), "an orphan is left");
}

fn is_zombie(pid: &str) -> bool {
    fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| stat.contains(") Z "))
}

#[test]
fn a_signal_reaches_the_server_and_its_exit_code_is_the_proxys() {
    let sandbox = open();
    let script = sandbox.write(
        "server/waits.sh",
        "trap 'exit 42' TERM\necho '{\"jsonrpc\":\"2.0\",\"method\":\"up\"}'\nwhile :; do sleep 0.05; done\n",
    );
    let script = script.to_str().expect("UTF-8").to_owned();
    let mut client = Client::of(&sandbox, &["--server", "s", "--", "/bin/sh", &script]);
    assert_eq!(client.answer()["method"], "up");
    let pid = client.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill starts").success());
    assert_eq!(client.end().0, Some(42));
}

#[test]
fn a_server_that_the_policy_does_not_name_is_not_started() {
    let sandbox = open();
    let script = server(&sandbox);
    let mut client = Client::of(&sandbox, &["--server", "other", "--", "/bin/sh", &script]);
    let answer = client.request(1, "initialize", &json!({}));
    assert_eq!(answer["error"]["code"], 403, "{answer}");
    let answer = client.request(2, "server/discover", &json!({}));
    assert_eq!(answer["error"]["data"]["dev.cavra/decision"]["rule_id"], "mcp.server.trust.block_unknown");
    let (code, said) = client.leave();
    assert_eq!(code, Some(1));
    assert!(said.contains("mcp.server.trust.block_unknown"), "{said}");
    assert_eq!(reached(&sandbox), Vec::<String>::new());
    assert!(!sandbox.path("server/pid").exists());
}

#[test]
fn without_evidence_nothing_is_called() {
    let sandbox = open();
    let mut client = Client::start(&sandbox).introduced(&json!({}));
    assert_eq!(rule(&client.call(1, "echo", &json!({}))), "");
    let folder = sandbox.path("home/.local/state/cavra/evidence");
    fs::remove_dir_all(&folder).expect("it was there");
    fs::write(&folder, "in the way").expect("a file");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o600)).expect("its mode");
    assert_eq!(rule(&client.call(2, "echo", &json!({}))), "evidence.unavailable");
    assert_eq!(calls(&sandbox).len(), 1);
    client.leave();
}

#[test]
fn a_rule_that_a_person_adds_holds_at_the_next_call() {
    let sandbox = open();
    let mut client = Client::start(&sandbox).introduced(&json!({}));
    assert_eq!(rule(&client.call(1, "echo", &json!({}))), "");
    let sandbox = sandbox.user_policy(&OPEN.replace("[forbidden,", "[forbidden, echo,"));
    assert_eq!(rule(&client.call(2, "echo", &json!({}))), "mcp.tool.block");
    sandbox.write(
        "work/.cavra/policy.yaml",
        "metadata: {id: p, version: '1'}\nmcp: {tools: {s: {block: [get-sum]}}}\n",
    );
    assert_eq!(rule(&client.call(3, "get-sum", &json!({}))), "mcp.tool.block");
    sandbox.write("home/.config/cavra/policy.yaml", "broken: [");
    assert_eq!(rule(&client.call(4, "read_file", &json!({}))), "policy.unusable");
    client.leave();
}

#[test]
fn large_frames_pass_and_a_frame_beyond_the_bound_is_answered() {
    let sandbox = open();
    let mut client = Client::of(&sandbox, &["--server", "s", "--", "/bin/cat"]);
    let large = format!(r#"{{"jsonrpc":"2.0","method":"x","params":{{"d":"{}"}}}}"#, "x".repeat(4 << 20));
    client.send_raw(format!("{large}\n").as_bytes());
    assert!(client.line().as_deref() == Some(large.as_str()));
    let head = r#"{"params":{"id":1,"d":""#;
    let tail = r#""},"jsonrpc":"2.0","method":"tools/call","id":"late"}"#;
    client.send_raw(format!("{head}{}{tail}\n", "x".repeat(17 << 20)).as_bytes());
    let answer = client.answer();
    assert_eq!(answer["id"], "late");
    assert_eq!(answer["error"]["code"], -32_600);
    client.leave();
}

#[test]
fn a_flood_from_the_server_waits_for_the_client_and_arrives_whole_and_in_order() {
    let sandbox = open();
    let script = sandbox.write(
        "server/floods.sh",
        "i=0; while [ $i -lt 20000 ]; do echo \"{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"method\\\":\\\"n\\\",\\\"params\\\":{\\\"i\\\":$i}}\"; i=$((i+1)); done\n",
    );
    let script = script.to_str().expect("UTF-8").to_owned();
    let mut client = Client::of(&sandbox, &["--server", "s", "--", "/bin/sh", &script]);
    for i in 0..20_000 {
        assert_eq!(client.answer()["params"]["i"], i);
    }
    assert_eq!(client.line(), None);
    assert_eq!(client.end().0, Some(0));
}

#[test]
fn a_registry_in_force_decides_and_binds_a_server_to_its_command() {
    let sandbox = open();
    let script = server(&sandbox);
    let record = |command: &Value| {
        json!({ "mcp_servers": [{ "server_id": "s", "trust_tier": "approved", "approval_state": "approved",
                                  "allowed_tools": ["echo"], "command": command }] })
        .to_string()
    };
    let registry = "home/.config/cavra/mcp-registry.json";
    sandbox.write(registry, record(&json!(["/bin/sh", script])));
    let words = ["--server", "s", "--", "/bin/sh", &script];
    let mut client = Client::of(&sandbox, &words).introduced(&json!({}));
    assert_eq!(rule(&client.call(1, "echo", &json!({}))), "");
    assert_eq!(rule(&client.call(2, "get-sum", &json!({}))), "mcp.registry.tool_scope");
    sandbox.write(registry, record(&json!(["/bin/sh", "another"])));
    assert_eq!(rule(&client.call(3, "echo", &json!({}))), "mcp.registry.command");
    client.leave();
    let mut client = Client::of(&sandbox, &words);
    let answer = client.request(1, "initialize", &json!({}));
    assert_eq!(answer["error"]["data"]["dev.cavra/decision"]["rule_id"], "mcp.registry.command");
    client.leave();
    // The person's registry opens nothing that the machine's policy closes.
    let sandbox = sandbox
        .managed_policy("metadata: {id: m, title: M, version: '1'}\nmcp: {block_unknown_servers: true}\n");
    fs::remove_file(sandbox.path("home/.config/cavra/policy.yaml")).expect("it was there");
    sandbox.write(registry, record(&json!([])));
    let mut client = Client::of(&sandbox, &words);
    let answer = client.request(1, "initialize", &json!({}));
    assert_eq!(answer["error"]["data"]["dev.cavra/decision"]["rule_id"], "mcp.server.trust.block_unknown");
    client.leave();
}
