//! `cavra install mcp`: every configured server goes through Cavra, and everything comes back byte for byte.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use serde_json::Value;
use similar_asserts::assert_eq;

use crate::sandbox::{CAVRA, Sandbox};

/// Each file of each client, as an author may have left it, with the servers of commands in it.
const FILES: [(&str, &str, &str); 11] = [
    (
        "work/.mcp.json",
        "{\"mcpServers\":{\"one\":{\"command\":\"npx\",\"args\":[\"-y\",\"x\"]}}}",
        "claude-code",
    ),
    (
        "home/.claude.json",
        "{\"numStartups\":1,\"mcpServers\":{\"one\":{\"type\":\"stdio\",\"command\":\"npx\",\"args\":[],\"env\":{}}},\n\"projects\":{\"/a b\":{\"mcpServers\":{\"two\":{\"command\":\"y\"}},\"z\":[1]}}}",
        "claude-code",
    ),
    ("home/.cursor/mcp.json", "{\n  \"mcpServers\": { \"one\": { \"command\": \"npx\" } }\n}\n", "cursor"),
    (
        "work/.vscode/mcp.json",
        "{\n  // servers\n  \"inputs\": [],\n  \"servers\": {\n    \"one\": { \"type\": \"stdio\", \"command\": \"npx\", \"args\": [\"${input:k}\",], },\n    \"far\": { \"url\": \"https://x.example/mcp\" },\n  },\n}\n",
        "vs-code",
    ),
    ("home/.config/Code/User/mcp.json", "{\"servers\":{\"one\":{\"command\":\"x\"}}}", "vs-code"),
    (
        "home/.codex/config.toml",
        "# mine\nmodel = \"x\"\n\n[mcp_servers.one]\ncommand = \"npx\" # here\nargs = [\"-y\"]\n\n[mcp_servers.one.env]\nK = \"v\"\n\n[mcp_servers.two]\ncommand = 'y'\n",
        "codex",
    ),
    (
        "home/.gemini/settings.json",
        "{\"theme\":\"x\",\"mcpServers\":{\"one\":{\"command\":\"x\",\"trust\":true}}}",
        "gemini-cli",
    ),
    ("work/.gemini/settings.json", "{\"mcpServers\":{\"one\":{\"command\":\"x\"}}}", "gemini-cli"),
    (
        "home/.config/Claude/claude_desktop_config.json",
        "{\"mcpServers\":{\"one\":{\"command\":\"x\"}}}",
        "claude-desktop",
    ),
    ("home/.codeium/windsurf/mcp_config.json", "{\"mcpServers\":{\"one\":{\"command\":\"x\"}}}", "windsurf"),
    (
        "home/.config/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json",
        "{\"mcpServers\":{\"one\":{\"command\":\"x\",\"disabled\":false}}}",
        "cline",
    ),
];

fn filled() -> Sandbox {
    let sandbox = Sandbox::new();
    for (path, text, _) in FILES {
        sandbox.write(path, text);
    }
    sandbox
}

#[cfg(target_os = "linux")]
#[test]
fn every_server_of_every_client_goes_through_cavra_and_comes_back_byte_for_byte() {
    let sandbox = filled();
    fs::set_permissions(sandbox.path("home/.claude.json"), fs::Permissions::from_mode(0o640))
        .expect("its mode");
    let dry = sandbox.run(["install", "mcp", "--dry-run"]).exit(0).stderr("");
    assert_eq!(dry.stdout.matches("replace ").count(), FILES.len());
    assert_eq!(sandbox.read(FILES[0].0), FILES[0].1);

    let done = sandbox.run(["install", "mcp"]).exit(0).stderr("");
    assert_eq!(
        done.stdout.lines().skip(1).collect::<Vec<_>>(),
        dry.stdout.lines().skip(1).collect::<Vec<_>>()
    );
    for (path, text, client) in FILES {
        let now = sandbox.placeless(sandbox.read(path).as_bytes());
        let wrapped = now.matches("$CAVRA").count();
        let servers = text.matches("command").count();
        assert_eq!(wrapped, servers, "{path}: {now}");
        assert!(now.contains(&format!("\"--client\",\"{client}\"")), "{path}: {now}");
    }
    let mode = fs::metadata(sandbox.path("home/.claude.json")).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o7777, 0o640);
    assert_eq!(
        sandbox.placeless(sandbox.read("work/.mcp.json").as_bytes()),
        "{\"mcpServers\":{\"one\":{\"command\":\"$CAVRA\",\"args\":[\"mcp\",\"--server\",\"one\",\"--client\",\"claude-code\",\"--\",\"npx\",\"-y\",\"x\"]}}}"
    );
    sandbox.run(["install", "mcp"]).exit(0).stdout(
        "MCP servers: nothing to do\nnote: far of vs-code is reached over a network, where Cavra does not stand\n",
    );
    sandbox.run(["uninstall", "mcp"]).exit(0);
    for (path, text, _) in FILES {
        assert_eq!(sandbox.read(path), text, "{path}");
    }
}

#[test]
fn what_cannot_be_read_for_sure_is_left_and_said_and_a_link_stays_one() {
    let sandbox = Sandbox::new();
    let broken = "{\"mcpServers\":{\"a\":{\"command\":\"x\"}";
    sandbox.write("home/.cursor/mcp.json", broken);
    sandbox.write("home/dotfiles/claude.json", "{\"mcpServers\":{\"a\":{\"command\":\"x\"}}}");
    symlink("dotfiles/claude.json", sandbox.path("home/.claude.json")).expect("a link");
    let done = sandbox.run(["install", "mcp"]).exit(1);
    assert!(
        done.stdout.contains("left as it is: $ROOT/home/.cursor/mcp.json: it cannot be read for sure"),
        "{}",
        done.stdout
    );
    assert_eq!(sandbox.read("home/.cursor/mcp.json"), broken);
    assert!(fs::symlink_metadata(sandbox.path("home/.claude.json")).expect("a link").is_symlink());
    assert!(sandbox.read("home/dotfiles/claude.json").contains("\"mcp\",\"--client\""));
}

#[test]
fn what_a_person_changed_in_between_stays_when_cavra_is_taken_out() {
    let sandbox = Sandbox::new();
    sandbox.write("work/.mcp.json", "{\"mcpServers\":{\"a\":{\"command\":\"x\",\"args\":[\"1\"]}}}");
    sandbox.run(["install", "mcp"]).exit(0);
    let changed = sandbox.read("work/.mcp.json").replace("\"1\"]", "\"1\", \"2\"], \"env\": {}");
    sandbox.write("work/.mcp.json", changed);
    sandbox.run(["uninstall", "mcp"]).exit(0);
    assert_eq!(
        sandbox.read("work/.mcp.json"),
        "{\"mcpServers\":{\"a\":{\"command\":\"x\",\"args\":[\"1\", \"2\"], \"env\": {}}}}"
    );
}

#[test]
fn status_shows_each_server_with_its_trust_its_pins_and_its_last_decision() {
    let sandbox = Sandbox::new()
        .user_policy("metadata: {id: m, title: M, version: '1'}\nmcp: {allowed_servers: [s, t]}\n");
    let script = crate::mcp_rig::server(&sandbox);
    sandbox.write("work/.mcp.json", format!("{{\"mcpServers\":{{\"s\":{{\"command\":\"/bin/sh\",\"args\":[\"{script}\"]}},\"t\":{{\"url\":\"http://x\"}}}}}}"));
    let mcp = |sandbox: &Sandbox| {
        let told = sandbox.run(["status"]).stdout;
        let lines = told.lines().skip_while(|line| *line != "MCP servers:");
        lines.take_while(|line| !line.starts_with("programs")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        mcp(&sandbox),
        [
            "MCP servers:",
            "  s of claude-code ($ROOT/work/.mcp.json): not behind Cavra",
            "  t of claude-code ($ROOT/work/.mcp.json): remote, not covered",
            "  hint: `cavra install mcp` puts them behind Cavra",
        ]
    );
    sandbox.run(["install", "mcp"]).exit(0);
    let config: Value = serde_json::from_str(&sandbox.read("work/.mcp.json")).expect("JSON");
    let words: Vec<String> = config["mcpServers"]["s"]["args"]
        .as_array()
        .expect("a list")
        .iter()
        .skip(1)
        .map(|word| word.as_str().expect("a text").to_owned())
        .collect();
    assert_eq!(config["mcpServers"]["s"]["command"], CAVRA);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let none = serde_json::json!({});
    let mut client = crate::mcp_rig::Client::of(&sandbox, &words).introduced(&none);
    client.call(1, "echo", &none);
    client.leave();
    sandbox.run(["registry", "approve", "s"]).exit(0);
    assert_eq!(
        mcp(&sandbox)[1],
        "  s of claude-code ($ROOT/work/.mcp.json): behind Cavra; registry: approved, approved; 3 tools accepted; \
         last: allow s:echo at 2026-11-23T09:30:00.000Z"
    );
}

#[test]
fn the_registry_is_written_by_commands_and_keeps_what_it_does_not_know() {
    let sandbox = Sandbox::new();
    let file = "home/.config/cavra/mcp-registry.json";
    sandbox
        .run(["registry", "list"])
        .exit(0)
        .stdout("there is no registry: the policy's lists of MCP servers count\n");
    sandbox.run(["registry", "add", "a", "--tool", "x", "--", "npx", "a"]).exit(0).stdout(
        "a: added, and waits for its approval in $ROOT/home/.config/cavra/mcp-registry.json\n\
         note: this registry now stands in for the policy's lists of MCP servers: what it does not have is blocked\n",
    );
    sandbox.run(["registry", "add", "a"]).exit(1);
    sandbox.run(["registry", "approve", "a"]).exit(0);
    sandbox.run(["registry", "deny", "b"]).exit(0);
    let registry: Value = serde_json::from_str(&sandbox.read(file)).expect("JSON");
    assert_eq!(
        registry["mcp_servers"],
        serde_json::json!([
            { "server_id": "a", "trust_tier": "approved", "approval_state": "approved", "allowed_tools": ["x"],
              "command": ["npx", "a"] },
            { "server_id": "b", "trust_tier": "blocked", "approval_state": "denied" },
        ])
    );
    sandbox.run(["registry", "list"]).exit(0).stdout(
        "$ROOT/home/.config/cavra/mcp-registry.json\n  a: approved, approved; tools: x; command: npx a\n  b: blocked, denied\n",
    );
    sandbox.run(["registry", "validate"]).exit(0);
    sandbox.run(["check", "mcp", "a", "x"]).exit(0);
    sandbox.run(["check", "mcp", "b", "x"]).exit(20);
    sandbox.run(["check", "mcp", "c", "x"]).exit(20);
    sandbox.write(file, "{\"other\":1,\"mcp_servers\":[{\"name\":\"a\",\"note\":\"mine\",\"trust_tier\":\"great\"},{\"name\":\"a\"}]}");
    sandbox.run(["registry", "validate"]).exit(1);
    sandbox.run(["registry", "deny", "a"]).exit(0);
    let registry: Value = serde_json::from_str(&sandbox.read(file)).expect("JSON");
    assert_eq!(registry["other"], 1);
    assert_eq!(registry["mcp_servers"][0]["note"], "mine");
    assert_eq!(registry["mcp_servers"][0]["approval_state"], "denied");
    sandbox.write(file, "{\"mcp_servers\":1}");
    sandbox.run(["registry", "approve", "a"]).exit(1);
    assert_eq!(sandbox.read(file), "{\"mcp_servers\":1}");
    let blocked = sandbox.run(["check", "mcp", "a", "x", "--json"]);
    let decision: Value = serde_json::from_str(&blocked.stdout).expect("JSON");
    assert_eq!(decision["rule_id"], "policy.unusable");
}
