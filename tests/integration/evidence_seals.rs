//! Checkpoints and attestations as the binary makes and checks them, with keys of OpenSSH's, and the required check.

use std::fs;
use std::path::Path;

use similar_asserts::assert_eq;

use crate::sandbox::{CAVRA, Outcome, Sandbox};

const CHECK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/hooks/ci/verify-attestation");
const EVIDENCE: &str = "home/.local/state/cavra/evidence";

/// A machine with a person's key, of this kind, and a list of signers that names it.
fn with_key(kind: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let key = sandbox.path("id");
    let made = sandbox.run_program(
        "ssh-keygen",
        ["-q", "-t", kind, "-N", "", "-C", "me", "-f", key.to_str().expect("a path")],
    );
    let _ = made.exit(0);
    let public = sandbox.read("id.pub");
    sandbox.write("signers", format!("me@example {public}"));
    sandbox
}

fn record(sandbox: &Sandbox, target: &str) {
    let _ = sandbox.run(["check", "write", target, "--record", "--json"]).exit(0);
}

fn path(sandbox: &Sandbox, name: &str) -> String {
    sandbox.path(name).to_str().expect("a path").to_owned()
}

#[test]
fn a_checkpoint_by_a_persons_key_of_each_kind_holds_and_by_a_stranger_does_not() {
    for kind in ["ed25519", "ecdsa", "rsa"] {
        let sandbox = with_key(kind);
        for name in ["a", "b", "c"] {
            record(&sandbox, name);
        }
        let printed = sandbox.run(["evidence", "checkpoint", "--key", &path(&sandbox, "id")]).exit(0);
        sandbox.write("kept", &printed.stdout);
        record(&sandbox, "d");
        let (kept, signers) = (path(&sandbox, "kept"), path(&sandbox, "signers"));
        let held = ["evidence", "verify", "--checkpoint", &kept, "--signers", &signers];
        let report: serde_json::Value =
            serde_json::from_str(&sandbox.run(held.iter().chain(&["--json"])).exit(0).stdout).expect("JSON");
        assert_eq!(report["checkpoint"]["sequence"], 3);
        assert_eq!(report["checkpoint"]["signed_by"]["name"], "me@example");

        let other = with_key("ed25519");
        let stranger = ["evidence", "verify", "--checkpoint", &kept, "--signers", &path(&other, "signers")];
        let told = sandbox.run(stranger).exit(1).stdout;
        assert!(told.starts_with("not valid: checkpoint:1: its signature does not count: "), "{told}");

        // The tail is cut, and the head with it.
        let log = sandbox.read(format!("{EVIDENCE}/evidence.jsonl"));
        let two: String = log.lines().take(2).flat_map(|line| [line, "\n"]).collect();
        sandbox.write(format!("{EVIDENCE}/evidence.jsonl"), two);
        fs::remove_file(sandbox.path(format!("{EVIDENCE}/head.json"))).expect("it is removed");
        let _ = sandbox.run(["evidence", "checkpoint"]).exit(0);
        let _ = sandbox.run(held).exit(1);
    }
}

#[test]
fn what_the_key_file_proves_is_said() {
    let sandbox = Sandbox::new();
    let _ = sandbox
        .run(["evidence", "checkpoint"])
        .exit(1)
        .stdout("")
        .stderr("error: there is no record yet that a checkpoint could name\n");
    record(&sandbox, "a");
    let _ = sandbox.run(["evidence", "checkpoint", "--seal"]).exit(0);
    let told = sandbox.run(["evidence", "verify"]).exit(0).stdout;
    let says = told.lines().find(|line| line.contains("sealed")).expect("it says so");
    assert!(says.starts_with("  Records up to 1 are sealed by the key SHA256:"), "{told}");
    assert!(
        says.ends_with(
            "A key file lies beside the log: whoever may write the log may sign with it, so this proves integrity only \
             up to the last checkpoint that is kept elsewhere."
        ),
        "{told}"
    );
}

/// A repository with two commits on a branch, and decisions of that time.
fn change() -> Sandbox {
    let sandbox = with_key("ed25519")
        .cd("work/repo")
        .env("GIT_COMMITTER_DATE", "2026-11-23T08:00:00Z")
        .env("GIT_AUTHOR_DATE", "2026-11-23T08:00:00Z");
    let git = |args: &[&str]| drop(sandbox.run_program("git", args).exit(0));
    git(&["init", "-q"]);
    sandbox.write("work/repo/.cavra/attestation_signers", sandbox.read("signers"));
    sandbox.write(
        "work/repo/.cavra/policy.yaml",
        "metadata:\n  id: repo\n  version: \"1\"\nfilesystem:\n  block_write: [secret]\n",
    );
    git(&["add", "-A"]);
    git(&["commit", "-qm", "base"]);
    git(&["branch", "base"]);
    git(&["checkout", "-qb", "change"]);
    for name in ["a", "b"] {
        record(&sandbox, name);
        sandbox.write(format!("work/repo/{name}"), name);
        git(&["add", "-A"]);
        git(&["commit", "-qm", name]);
    }
    sandbox
}

fn attest(sandbox: &Sandbox, range: &str) -> Outcome {
    let (key, out) = (path(sandbox, "id"), path(sandbox, "att"));
    sandbox.run(["evidence", "attest", range, "--key", &key, "-o", &out])
}

fn note(sandbox: &Sandbox) {
    let att = path(sandbox, "att");
    let _ = sandbox.run_program("git", ["notes", "--ref=cavra", "add", "-f", "-F", &att, "change"]).exit(0);
}

fn check(sandbox: &Sandbox) -> Outcome {
    let mut command = sandbox.command("sh");
    command.args([CHECK, "base", "change"]).env("CAVRA", CAVRA);
    let output = command.output().expect("it runs");
    Outcome {
        stdout: sandbox.placeless(&output.stdout),
        stderr: sandbox.placeless(&output.stderr),
        code: output.status.code(),
    }
}

#[test]
fn a_change_with_its_attestation_passes_the_required_check() {
    let sandbox = change();
    let refused = check(&sandbox).exit(1);
    assert!(refused.stderr.contains("has no attestation in refs/notes/cavra"), "{}", refused.stderr);
    let _ = attest(&sandbox, "base..change").exit(0);
    note(&sandbox);
    let _ = check(&sandbox)
        .exit(0)
        .stderr("")
        .stdout("accepted: 2 commits, signed by me@example: 2 decisions (2 allow)\n");
}

#[test]
fn whatever_a_change_does_to_its_attestation_its_signers_or_its_policy_the_check_refuses() {
    let sandbox = change();
    let git = |args: &[&str]| drop(sandbox.run_program("git", args).exit(0));
    let refuses = |why: &str| {
        note(&sandbox);
        let outcome = check(&sandbox).exit(1);
        assert!(outcome.stderr.contains(why), "{why}: {}", outcome.stderr);
    };
    // For other commits.
    let _ = attest(&sandbox, "base..change~1").exit(0);
    refuses("it does not name ");
    // Signed by a stranger, whom the change itself names.
    let _ = attest(&sandbox, "base..change").exit(0);
    let good = sandbox.read("att");
    let stranger = with_key("ed25519");
    let (key, out) = (path(&stranger, "id"), path(&sandbox, "att"));
    let _ = sandbox.run(["evidence", "attest", "base..change", "--key", &key, "-o", &out]).exit(0);
    refuses("belongs to nobody who may sign this");
    // The payload is another.
    let envelope: serde_json::Value = serde_json::from_str(&good).expect("JSON");
    let payload = envelope["payload"].as_str().expect("a payload");
    let flipped = format!("{}{}", &payload[..payload.len() - 8], "AAAAAAAA");
    sandbox.write("att", good.replace(payload, &flipped));
    refuses("its signature does not count");
    // No signature, another type, no JSON, nothing.
    for text in [
        good.replace("application/vnd.in-toto+json", "text/plain"),
        serde_json::json!({ "payloadType": "application/vnd.in-toto+json", "payload": payload, "signatures": [] })
            .to_string(),
        "nonsense".to_owned(),
    ] {
        sandbox.write("att", text);
        refuses("refused: ");
    }
    // The change brings signers and a policy of its own, and more commits than were attested.
    sandbox.write("att", &good);
    sandbox.write("work/repo/.cavra/attestation_signers", stranger.read("signers"));
    git(&["add", "-A"]);
    git(&["commit", "-qm", "mine"]);
    refuses("it does not name ");
    let _ = sandbox.run(["evidence", "attest", "base..change", "--key", &key, "-o", &out]).exit(0);
    refuses("belongs to nobody who may sign this");
    // The base has another policy than the one that decided.
    let _ = attest(&sandbox, "base..change").exit(0);
    git(&["checkout", "-q", "base"]);
    sandbox.write(
        "work/repo/.cavra/policy.yaml",
        "metadata:\n  id: repo\n  version: \"2\"\nfilesystem:\n  block_write: [more]\n",
    );
    git(&["commit", "-qam", "stricter"]);
    refuses("did not decide");
}

#[test]
fn an_attestation_of_a_log_with_a_gap_or_without_a_decision_is_refused_and_of_a_broken_one_not_made() {
    let sandbox = change();
    let att = |range: &str| {
        let (file, signers) = (path(&sandbox, "att"), path(&sandbox, "signers"));
        sandbox.run(["evidence", "verify-attestation", &file, "--range", range, "--signers", &signers])
    };
    sandbox.write("clock", "2026-11-23T09:00:00Z");
    record(&sandbox, "work/repo/later");
    let _ = attest(&sandbox, "base..change").exit(0);
    let _ = att("base..change").exit(1).stdout("").stderr(
        "error: refused: something may not have been seen: record 3: gap \
         {\"from\":\"2026-11-23T09:30:00.000Z\",\"to\":\"2026-11-23T09:00:00.000Z\",\"what\":\"clock_went_back\"}\n",
    );
    let log = sandbox.read(format!("{EVIDENCE}/evidence.jsonl"));
    sandbox.write(format!("{EVIDENCE}/evidence.jsonl"), log.replacen("allow", "allox", 1));
    let refused = attest(&sandbox, "base..change").exit(1);
    assert!(
        refused.stderr.starts_with("error: the evidence does not hold: evidence.jsonl:1: "),
        "{}",
        refused.stderr
    );
    fs::remove_dir_all(sandbox.path(EVIDENCE)).expect("it is removed");
    let _ = attest(&sandbox, "base..change").exit(0);
    let _ =
        att("base..change").exit(1).stderr("error: refused: no decision is on record for these commits\n");
    for range in ["base", "base...change", "--all..change", "change..base", "nowhere..change"] {
        let code = attest(&sandbox, range).code;
        assert!(matches!(code, Some(1 | 2)), "{range}: {code:?}");
    }
    assert!(Path::new(CHECK).exists());
}
