//! Break-glass and pause, and answers on a terminal.

use std::io::Write;
use std::process::{Child, Stdio};

use crate::approvals::Office;
use crate::sandbox::{CAVRA, Outcome, Sandbox};

fn office() -> Office {
    let office = Office::new(&["ann"], "");
    let (ann, ben) = (office.line("ann"), office.line("ben"));
    office.policy(&format!(
        "approvals:\n  groups:\n    Owners: {{signers: ['{ann}', '{ben}']}}\n    Break Glass: {{signers: ['{ann}']}}\n"
    ));
    office
}

fn break_glass(office: &Office, key: &str, more: &[&str]) -> Outcome {
    let key = office.key(key);
    let mut args = vec!["break-glass", "--reason", "the site is down", "--yes", "--key", &key];
    args.extend(more);
    office.sandbox.run(args)
}

fn launch(office: &Office) -> Outcome {
    office.sandbox.run(["exec", "--", "rocket", "launch"])
}

#[test]
fn break_glass_lets_through_for_its_time_and_is_loud() {
    let office = office();
    launch(&office).exit(126);
    break_glass(&office, "ann", &["--for", "1h"]).exit(0);
    let ran = launch(&office).exit(127);
    assert!(ran.stderr.contains("let through under an attestation"), "{}", ran.stderr);
    office.touch("marker").exit(0);
    let records = office.sandbox.evidence();
    let verdict = &records.last().unwrap()["verdict"];
    assert_eq!(verdict["decision"], "allow_with_attestation");
    assert_eq!(verdict["base_decision"], "require_approval");
    assert_eq!(records.last().unwrap()["attestation"]["reason"], "the site is down");
    assert_eq!(records.last().unwrap()["attestation"]["actor"], "ann");
    let status = office.sandbox.run(["status"]);
    assert!(status.stdout.contains("LIFTED: until 2026-11-23T10:30:00Z"), "{}", status.stdout);
    assert!(status.stdout.contains("the site is down"), "{}", status.stdout);
    office.sandbox.write("clock", "2026-11-23T10:30:00Z");
    launch(&office).exit(126);
}

#[test]
fn a_lift_can_be_ended() {
    let office = office();
    let told = break_glass(&office, "ann", &[]).exit(0).stdout;
    let id = told.split("cavra deny ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    launch(&office).exit(127);
    office.sandbox.run(["deny", &id, "--reason", "over"]).exit(0);
    launch(&office).exit(126);
}

#[test]
fn who_is_not_in_the_group_lifts_nothing_and_nobody_for_longer_than_four_hours() {
    let office = office();
    break_glass(&office, "ben", &[]).exit(1);
    break_glass(&office, "eve", &[]).exit(1);
    break_glass(&office, "ann", &["--for", "5h"]).exit(2);
    let key = office.key("ann");
    office.sandbox.run(["break-glass", "--reason", " ", "--yes", "--key", &key]).exit(2);
    launch(&office).exit(126);
    // Signed by hand: five hours, another machine, somebody else.
    let ours = break_glass(&office, "ann", &[]).exit(0).stdout;
    let id = ours.split("cavra deny ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    let folder = "home/.local/state/cavra/approvals/grants";
    let stored = office.sandbox.read(format!("{folder}/{id}.json"));
    let stored: serde_json::Value = serde_json::from_str(&stored).unwrap();
    let text = stored["text"].as_str().unwrap().to_owned();
    office.sandbox.run(["deny", &id, "--reason", "over"]).exit(0);
    std::fs::remove_file(office.sandbox.path(format!("{folder}/{id}.json"))).unwrap();
    let until = text.split("\"until\":").nth(1).unwrap().split(',').next().unwrap();
    let machine = text.split("\"machine\":\"").nth(1).unwrap().split('"').next().unwrap();
    let longer = (until.parse::<i64>().unwrap() + 4 * 3600).to_string();
    for (text, key, is_lifted) in [
        (text.replace(until, &longer), "ann", false),
        (text.replace(machine, "00000000000000000000000000000000"), "ann", false),
        (text.replace("site", "moon"), "ben", false),
        (text.replace("site", "moon"), "ann", true),
    ] {
        let file = office.sandbox.write("statement", &text);
        let _ = std::fs::remove_file(file.with_extension("sig"));
        let (file, key) = (file.to_str().unwrap(), office.key(key));
        office
            .sandbox
            .run_program("ssh-keygen", ["-Y", "sign", "-q", "-n", "cavra-approval", "-f", &key, file])
            .exit(0);
        let stored = serde_json::json!({ "text": text, "signature": office.sandbox.read("statement.sig") });
        let line = format!("cavra-grant-1:{}", base64(stored.to_string().as_bytes(), &office.sandbox));
        office.sandbox.run(["approve", "--import", &line]).exit(0);
        launch(&office).exit(if is_lifted { 127 } else { 126 });
    }
}

fn base64(bytes: &[u8], sandbox: &Sandbox) -> String {
    let file = sandbox.write("plain", bytes);
    sandbox.run_program("base64", ["-w0", file.to_str().unwrap()]).exit(0).stdout
}

#[test]
fn a_pause_is_for_one_repository_or_one_seam() {
    let office = office();
    office.sandbox.write("work/.git/HEAD", "ref: refs/heads/main\n");
    office.sandbox.write("other/.git/HEAD", "ref: refs/heads/main\n");
    let key = office.key("ann");
    let pause = |more: &[&str]| {
        let mut args = vec!["pause", "10m", "--reason", "moving", "--yes", "--key", &key];
        args.extend(more);
        office.sandbox.run(args)
    };
    pause(&[]).exit(0);
    office.touch("a").exit(0);
    let office = Office { sandbox: office.sandbox.cd("other") };
    office.touch("a").exit(126);
    let key = office.key("ann");
    office.sandbox.run(["pause", "10m", "--seam", "shell", "--reason", "x", "--yes", "--key", &key]).exit(0);
    office.touch("a").exit(126);
    office.sandbox.run(["shell", "-c", "touch a"]).exit(0);
}

#[test]
fn a_policy_that_cannot_be_used_is_not_lifted() {
    let office = office();
    break_glass(&office, "ann", &[]).exit(0);
    let policy = office.sandbox.read("home/.config/cavra/policy.yaml");
    office.sandbox.write("home/.config/cavra/policy.yaml", policy + "nonsense: [\n");
    launch(&office).exit(126);
}

/// A process on a terminal that a person would sit at: in a build for tests, `script` counts as a login.
fn on_a_terminal(office: &Office, command: &str) -> Child {
    office.sandbox.write("login", "script");
    let log = office.sandbox.path("log");
    let mut child = office
        .sandbox
        .command("script")
        .args(["-qefc", &format!("{CAVRA} {command}"), log.to_str().unwrap()])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.as_mut().unwrap().write_all(b"y\n").unwrap();
    child
}

fn wait_for(office: &Office, child: &mut Child, text: &str) {
    loop {
        let told = std::fs::read_to_string(office.sandbox.path("log")).unwrap_or_default();
        if told.contains(text) {
            return;
        }
        if child.try_wait().unwrap().is_some() {
            panic!("it ended: {told}");
        }
        std::thread::yield_now();
    }
}

#[test]
fn an_answer_on_a_terminal_counts_once_while_it_waits() {
    let office = Office::new(&[], "");
    office.policy("");
    let id = office.asked("marker");
    let other = office.asked("other");
    let mut child = on_a_terminal(&office, &format!("approve {id}"));
    wait_for(&office, &mut child, "granted once");
    office.touch("other").exit(126);
    office.touch("marker").exit(0);
    let records = office.sandbox.evidence();
    assert_eq!(records.last().unwrap()["approval"]["state"], "local");
    child.wait().unwrap();
    office.touch("marker").exit(126);
    // Whoever stops waiting takes it back.
    std::fs::remove_file(office.sandbox.path("log")).unwrap();
    let mut child = on_a_terminal(&office, &format!("approve {other}"));
    wait_for(&office, &mut child, "granted once");
    child.kill().unwrap();
    child.wait().unwrap();
    let stops = || office.touch("other").code == Some(126);
    assert!((0..200).any(|_| stops()));
    // And where nobody shows that a person is there, the same process is not believed.
    let id = office.asked("third");
    std::fs::remove_file(office.sandbox.path("log")).unwrap();
    let mut child = on_a_terminal(&office, &format!("approve {id}"));
    wait_for(&office, &mut child, "granted once");
    office.sandbox.write("login", "somebody-else");
    office.touch("third").exit(126);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn an_answer_on_a_terminal_reaches_nothing_grave() {
    let office = Office::new(&[], "");
    office.policy("filesystem: {require_approval_write: ['secret/**']}\n");
    let refused = office.sandbox.run(["shell", "-c", "true > secret/x"]).exit(126);
    assert!(refused.stderr.contains("too grave for an answer on a terminal"), "{}", refused.stderr);
    assert_eq!(office.waiting(), Vec::<String>::new());
    let mut child = on_a_terminal(&office, "break-glass --reason testing");
    wait_for(&office, &mut child, "lifted while this waits");
    office.touch("a").exit(0);
    office.sandbox.run(["shell", "-c", "true > secret/x"]).exit(126);
    launch(&office).exit(126);
    child.kill().unwrap();
    child.wait().unwrap();
}
