//! The evidence as the binary writes, shows and verifies it: many processes at once, processes that are killed, a
//! disk that is full or may not be written, and what people see of it.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread;
use std::time::Duration;

use similar_asserts::assert_eq;

use crate::sandbox::{CAVRA, Sandbox};

const LOG: &str = "home/.local/state/cavra/evidence/evidence.jsonl";
const HEAD: &str = "home/.local/state/cavra/evidence/head.json";

fn request(target: &str) -> String {
    format!(r#"{{"action_type":"write_file","target":"{target}"}}"#)
}

/// Starts a process that records what it is asked, a request a line.
fn recorder(sandbox: &Sandbox) -> Child {
    sandbox
        .command(CAVRA)
        .args(["evaluate", "--record", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts")
}

/// The targets of what is on record.
fn recorded(sandbox: &Sandbox) -> Vec<String> {
    sandbox
        .evidence()
        .iter()
        .filter(|record| record["kind"] == "decision")
        .map(|record| record["verdict"]["target"].as_str().expect("a target").to_owned())
        .collect()
}

fn report(sandbox: &Sandbox) -> serde_json::Value {
    let outcome = sandbox.run(["evidence", "verify", "--json"]);
    serde_json::from_str(&outcome.stdout).expect("the report is JSON")
}

#[test]
fn two_hundred_processes_at_once_each_leave_their_record() {
    let sandbox = Sandbox::new();
    let mut children: Vec<_> = (0..200).map(|_| recorder(&sandbox)).collect();
    for (number, child) in children.iter_mut().enumerate() {
        let line = request(&format!("file-{number}"));
        child.stdin.take().expect("a pipe").write_all(line.as_bytes()).expect("it is asked");
    }
    for child in children {
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success());
        let decision: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a decision");
        assert_eq!(decision["decision"], "allow");
    }
    let found = recorded(&sandbox);
    let expected: BTreeSet<String> = (0..200).map(|number| format!("file-{number}")).collect();
    assert_eq!(found.len(), 200);
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
    sandbox.run(["evidence", "verify"]).exit(0).stderr("").stdout(
        "valid: 200 records (200 decisions) in 1 file\n  from record 1, 2026-11-23T09:30:00.000Z\n  \
         to record 200, 2026-11-23T09:30:00.000Z\n",
    );
}

/// Asks one thing after another until the process is gone; gives what it answered.
fn conversation(mut stdin: ChildStdin, child: &mut Child, name: &str) -> thread::JoinHandle<Vec<String>> {
    let name = name.to_owned();
    let stdout = child.stdout.take().expect("a pipe");
    thread::spawn(move || {
        let mut answers = BufReader::new(stdout).lines();
        let mut answered = Vec::new();
        for number in 0.. {
            let target = format!("{name}-{number}");
            if writeln!(stdin, "{}", request(&target)).is_err() {
                break;
            }
            let Some(Ok(answer)) = answers.next() else { break };
            let Ok(answer) = serde_json::from_str::<serde_json::Value>(&answer) else { break };
            assert_eq!(answer["decision"], "allow");
            assert_eq!(answer["target"], target.as_str());
            answered.push(target);
        }
        answered
    })
}

#[test]
fn a_thousand_processes_killed_while_they_write_lose_nothing_that_was_answered() {
    let sandbox = Sandbox::new();
    let mut answered = Vec::new();
    for round in 0..250_u64 {
        let mut children: Vec<_> = (0..4)
            .map(|place| {
                let mut child = recorder(&sandbox);
                let stdin = child.stdin.take().expect("a pipe");
                let talk = conversation(stdin, &mut child, &format!("{round}-{place}"));
                (child, talk)
            })
            .collect();
        // Some are killed before they have begun, most in the middle of a write.
        thread::sleep(Duration::from_micros(6_000 + (round * 7_919) % 12_000));
        for (child, _) in &mut children {
            child.kill().expect("it is killed");
        }
        for (mut child, talk) in children {
            child.wait().expect("it ends");
            answered.extend(talk.join().expect("no answer was wrong"));
        }
    }
    assert!(answered.len() > 1_000, "only {} answers before the kills: no test", answered.len());
    assert_eq!(report(&sandbox)["bad"], serde_json::Value::Null, "as the last kill left it");
    sandbox.run(["check", "write", "after", "--record", "--json"]).exit(0);
    assert_eq!(report(&sandbox)["bad"], serde_json::Value::Null, "after the next append");
    let found: BTreeSet<_> = recorded(&sandbox).into_iter().collect();
    let lost: Vec<_> = answered.iter().filter(|target| !found.contains(*target)).collect();
    assert_eq!(lost, Vec::<&String>::new());
    // What is on record beyond the answers is at most the one in flight of each process.
    assert!(found.len() <= answered.len() + 1_000, "{} records, {} answers", found.len(), answered.len());
}

#[test]
fn a_log_truncated_in_a_record_is_mended_and_the_loss_is_told() {
    let sandbox = Sandbox::new();
    for name in ["a", "b", "c"] {
        sandbox.run(["check", "write", name, "--record", "--json"]).exit(0);
    }
    let log = sandbox.read(LOG);
    let length = log.len();
    fs::write(sandbox.path(LOG), &log[..length - 100]).expect("it is cut");
    let torn = log[..length - 100].rsplit('\n').next().expect("a line").len();
    sandbox.run(["evidence", "verify"]).exit(1).stderr("").stdout(&format!(
        "not valid: evidence.jsonl:3: expected record 3, which the head names last, found the end of the file after \
         {torn} bytes of a line\n  up to there: 2 records (2 decisions) in 1 file\n  \
         from record 1, 2026-11-23T09:30:00.000Z\n  to record 2, 2026-11-23T09:30:00.000Z\n"
    ));
    sandbox.run(["check", "write", "d", "--record", "--json"]).exit(0);
    let sequences: Vec<_> = sandbox.evidence().iter().map(|record| record["sequence"].as_u64()).collect();
    assert_eq!(sequences, [Some(1), Some(2), Some(4), Some(5)]);
    let repair = &sandbox.evidence()[2]["repair"];
    assert_eq!(repair["amiss"], "tail_cut");
    assert_eq!(repair["side_file"]["bytes"], torn);
    sandbox.run(["evidence", "verify"]).exit(1).stderr("").stdout(
        "not valid: evidence.jsonl:3: expected record 3, found record 4, before which the end of the log was cut off\n  \
         up to there: 2 records (2 decisions) in 1 file\n  from record 1, 2026-11-23T09:30:00.000Z\n  \
         to record 2, 2026-11-23T09:30:00.000Z\n",
    );
}

#[test]
fn a_lost_head_is_made_anew_and_told_as_a_warning() {
    let sandbox = Sandbox::new();
    sandbox.run(["check", "write", "a", "--record", "--json"]).exit(0);
    fs::remove_file(sandbox.path(HEAD)).expect("it is removed");
    sandbox.run(["evidence", "verify"]).exit(1).stderr("").stdout(
        "not valid: head.json:1: expected a head, found none: the end may have been cut off\n  \
         up to there: 1 record (1 decision) in 1 file\n  from record 1, 2026-11-23T09:30:00.000Z\n  \
         to record 1, 2026-11-23T09:30:00.000Z\n",
    );
    sandbox.run(["check", "write", "b", "--record", "--json"]).exit(0);
    sandbox.run(["evidence", "verify"]).exit(0).stderr("").stdout(
        "valid: 3 records (2 decisions) in 1 file\n  from record 1, 2026-11-23T09:30:00.000Z\n  \
         to record 3, 2026-11-23T09:30:00.000Z\n  warning: before record 2, the head was missing\n",
    );
}

#[test]
fn records_are_listed_shown_and_told_by_effect_seam_and_time() {
    let sandbox = Sandbox::new()
        .user_policy("metadata:\n  id: mine\n  version: \"1\"\nfilesystem:\n  block_write: [\"*.lock\"]\n");
    sandbox.run(["evidence", "list"]).exit(0).stderr("").stdout("");
    sandbox.run(["evidence", "verify"]).exit(0).stderr("").stdout("valid: there is no record yet\n");
    sandbox.run(["check", "write", "a\u{1b}[31m", "--record", "--json"]).exit(0);
    sandbox.write("clock", "2026-11-23T11:30:00Z");
    sandbox.run(["check", "write", "b.lock", "--record", "--json"]).exit(20);
    let first = "     1 2026-11-23 09:30:00 allow            filesystem.write.allow cli a\\u{1b}[31m\n";
    let second = "     2 2026-11-23 11:30:00 block            filesystem.write.block cli b.lock\n";
    let both = format!("{first}{second}");
    for (args, expected) in [
        (&["list"][..], both.as_str()),
        (&["tail"], &both),
        (&["tail", "-n", "1"], second),
        (&["list", "--limit", "1"], second),
        (&["list", "--decision", "block"], second),
        (&["list", "--decision", "allow"], first),
        (&["list", "--seam", "git-hook"], ""),
        (&["list", "--seam", "cli"], &both),
        (&["list", "--since", "1h"], second),
        (&["list", "--since", "2026-11-23T09:30:00Z"], &both),
        (&["list", "--since", "2026-11-23T11:30:01Z"], ""),
    ] {
        sandbox.run(["evidence"].iter().chain(args)).exit(0).stderr("").stdout(expected);
    }
    let lines = sandbox.placeless(sandbox.read(LOG).as_bytes());
    sandbox.run(["evidence", "list", "--json"]).exit(0).stderr("").stdout(&lines);
    let line = lines.lines().nth(1).expect("a record");
    let record: serde_json::Value = serde_json::from_str(line).expect("a record");
    let id = record["verdict"]["decision_id"].as_str().expect("an id");
    for which in ["2", id] {
        let shown = format!("{line}\n");
        sandbox.run(["evidence", "show", which, "--json"]).exit(0).stderr("").stdout(&shown);
    }
    let whole = serde_json::to_string_pretty(&record).expect("JSON");
    sandbox.run(["evidence", "show", "2"]).exit(0).stderr("").stdout(&format!("evidence.jsonl:2\n{whole}\n"));
    sandbox
        .run(["evidence", "show", "9"])
        .exit(1)
        .stdout("")
        .stderr("error: there is no record `9`\nhint: see which there are: `cavra evidence list`\n");
    sandbox
        .run(["evidence", "verify", "--folder", "nowhere"])
        .exit(1)
        .stdout("")
        .stderr("error: the evidence cannot be read: there is no folder `nowhere`\n");
}

#[test]
fn what_is_appended_is_followed_as_it_comes() {
    let sandbox = Sandbox::new();
    sandbox.run(["check", "write", "a", "--record", "--json"]).exit(0);
    let mut child = sandbox
        .command(CAVRA)
        .args(["evidence", "tail", "--follow", "--json"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut next = || -> serde_json::Value {
        let line = lines.next().expect("a line").expect("text");
        serde_json::from_str(&line).expect("a record")
    };
    assert_eq!(next()["sequence"], 1);
    for sequence in 2..5 {
        sandbox.run(["check", "write", "b", "--record", "--json"]).exit(0);
        assert_eq!(next()["sequence"], sequence);
    }
    // What is rotated away while it is followed is followed to its end, and so is the next file.
    let folder = sandbox.path("home/.local/state/cavra/evidence");
    fs::rename(sandbox.path(LOG), folder.join("evidence-1-4.jsonl")).expect("it is renamed");
    sandbox.run(["check", "write", "c", "--record", "--json"]).exit(0);
    assert_eq!(next()["sequence"], 5);
    child.kill().expect("it is stopped");
    child.wait().expect("it ends");
}

#[test]
fn a_secret_in_a_command_does_not_reach_the_log() {
    let sandbox = Sandbox::new();
    let secret = ["gh", "p_", "0123456789abcdefABCDEF0123456789abcd"].concat();
    let command = format!("curl -H 'Authorization: Bearer hunter2' https://me:hunter2@host/?x={secret}");
    sandbox.run(["check", "command", &command, "--record", "--json"]);
    let log = sandbox.read(LOG);
    assert_eq!((log.matches(&secret).count(), log.matches("hunter2").count()), (0, 0), "{log}");
    assert_eq!(sandbox.evidence().len(), 1);
}

/// Runs a script where the machine's mounts are its own; none, with the reason told, where that may not be.
#[expect(clippy::print_stderr, reason = "a test that cannot run here says so")]
fn with_own_mounts(sandbox: &Sandbox, script: &str) -> Option<crate::sandbox::Outcome> {
    let may = Command::new("unshare")
        .args(["-m", "sh", "-c", "mount -t tmpfs none /mnt"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !may.is_ok_and(|status| status.success()) {
        eprintln!("skipped: mounting a file system of the test's own needs root");
        return None;
    }
    let sandbox_script =
        format!("set -e; cavra={CAVRA}; state=$HOME/.local/state/cavra; mkdir -p $state; {script}");
    Some(sandbox.run_program("unshare", ["-m", "sh", "-c", &sandbox_script]))
}

#[test]
fn where_the_evidence_cannot_be_written_everything_is_blocked() {
    let sandbox = Sandbox::new();
    let script = "mount -t tmpfs -o mode=700,ro none $state; \
                  $cavra check write a --record --json || echo exit $?";
    let Some(outcome) = with_own_mounts(&sandbox, script) else { return };
    let outcome = outcome.exit(0).stderr("");
    let (decision, exit) = outcome.stdout.split_once('\n').expect("two lines");
    assert_eq!(exit, "exit 20\n");
    let decision: serde_json::Value = serde_json::from_str(decision).expect("a decision");
    assert_eq!(decision["decision"], "block");
    assert_eq!(decision["base_decision"], "allow");
    assert_eq!(
        sandbox.placeless(decision["reason"].as_str().expect("a reason").as_bytes()),
        "the evidence cannot be written: `$ROOT/home/.local/state/cavra/evidence`: Read-only file system (os error 30)"
    );
}

#[test]
fn a_full_disk_blocks_leaves_a_valid_log_and_goes_on_when_there_is_room() {
    let sandbox = Sandbox::new();
    // One page of room for the log at first, then less than a record.
    let script = "mount -t tmpfs -o mode=700,size=96k none $state; \
                  $cavra check write before --record --json >$HOME/out; \
                  head -c 70000 /dev/zero >$state/filler 2>/dev/null || true; \
                  n=0; while $cavra check write in-$n --record --json >$HOME/out; do n=$((n+1)); \
                      test $n -lt 200; done; \
                  test $n -gt 0; test $n -lt 200; grep -o 'No space left on device\\|only [0-9]* of the' $HOME/out | cut -c1-8; \
                  $cavra evidence verify | head -n 1 | cut -d: -f1; \
                  rm $state/filler; $cavra check write after --record --json >$HOME/out; \
                  $cavra evidence verify | head -n 1 | cut -d: -f1; \
                  tail -n 1 $state/evidence/evidence.jsonl | grep -c '\"target\":\"after\"'; \
                  test $(grep -c '\"kind\":\"decision\"' $state/evidence/evidence.jsonl) -eq $((n+2)); echo all there";
    let Some(outcome) = with_own_mounts(&sandbox, script) else { return };
    let outcome = outcome.exit(0).stderr("");
    let mut lines: Vec<_> = outcome.stdout.lines().collect();
    let refusal = lines.remove(0);
    assert!(["No space", "only 100"].iter().any(|known| refusal.starts_with(&known[..4])), "{refusal}");
    assert_eq!(lines, ["valid", "valid", "1", "all there"]);
}
