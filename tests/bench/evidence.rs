//! What evidence costs: `verify` against reading and hashing the same bytes with `sha256sum`, and an append with chain
//! and head against a bare append of the same bytes under the same kind of lock.
//!
//! Both are ratios within one run. Nothing is asserted but that the log holds.
//!
//! `cargo bench --bench evidence [-- RECORDS]`

#![expect(clippy::expect_used, reason = "a benchmark that cannot measure ends there")]
#![expect(clippy::print_stdout, reason = "the figures are what a benchmark is for")]

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cavra::evidence::{Durability, Entry, Limits, Log, PolicyRef, Redactor, verify};
use serde_json::json;

/// How many records, if nobody says.
const RECORDS: u64 = 1_000_000;

/// The best of so many runs counts, as everything else only ever adds to the time.
const TIMES: usize = 3;

/// How many appends are timed.
const APPENDS: u32 = 20_000;

fn main() {
    let records = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(RECORDS).max(1);
    let root = tempfile::tempdir().expect("a scratch folder");
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("load when this began: {}", load.trim());
    appends(root.path());
    let folder = root.path().join("evidence");
    let log = Log::new(folder.clone(), Limits::default());
    for number in 1..=records {
        let _ = log.append(&entry(number), Durability::Buffered).expect("it is appended");
    }
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    files.sort();
    let bytes: u64 = files.iter().map(|path| path.metadata().expect("a file").len()).sum();
    let hashed = best(|| {
        let status = Command::new("sha256sum").args(&files).stdout(Stdio::null()).status();
        assert!(status.expect("sha256sum runs").success());
    });
    let verified = best(|| {
        let report = verify(&folder, &mut |_, _| {}).expect("it can be read");
        assert!(report.is_valid() && report.records == records);
    });
    println!("{records} records, {} MiB in {} files", bytes >> 20, files.len());
    println!("sha256sum: {:.2} s; verify: {:.2} s", hashed.as_secs_f64(), verified.as_secs_f64());
    println!("verify / sha256sum: {:.2}", verified.as_secs_f64() / hashed.as_secs_f64());
}

fn appends(root: &Path) {
    let log = Log::new(root.join("appended"), Limits::default());
    let own = entry(1);
    let _ = log.append(&own, Durability::Buffered).expect("it is appended");
    let line = std::fs::read(root.join("appended/evidence.jsonl")).expect("a log");
    let (lock, bare) = (root.join("bare.lock"), root.join("bare.jsonl"));
    let bare = || {
        let held = OpenOptions::new().create(true).append(true).open(&lock).expect("a lock");
        held.lock().expect("it is free");
        let mut file = OpenOptions::new().create(true).append(true).open(&bare).expect("a file");
        file.write_all(&line).expect("it is written");
        file
    };
    for (name, synced, count) in [("buffered", false, APPENDS), ("synced", true, APPENDS / 20)] {
        let durability = if synced { Durability::Synced } else { Durability::Buffered };
        let bare_time = best(|| {
            for _ in 0..count {
                let file: File = bare();
                if synced {
                    file.sync_data().expect("it is synced");
                }
            }
        });
        let own_time = best(|| {
            for _ in 0..count {
                let _ = log.append(&own, durability).expect("it is appended");
            }
        });
        println!(
            "append, {name}: {:.1} µs; a bare locked append of the same {} bytes: {:.1} µs; ratio {:.2}",
            own_time.as_secs_f64() * 1e6 / f64::from(count),
            line.len(),
            bare_time.as_secs_f64() * 1e6 / f64::from(count),
            own_time.as_secs_f64() / bare_time.as_secs_f64()
        );
    }
}

fn best(mut work: impl FnMut()) -> Duration {
    let runs = (0..TIMES).map(|_| {
        let began = Instant::now();
        work();
        began.elapsed()
    });
    runs.min().unwrap_or_default()
}

/// A record of a usual size.
fn entry(number: u64) -> Entry {
    let redactor = Redactor::new(None);
    Entry {
        seam: "shell",
        mode: "enforce",
        requests: vec![redactor.value(json!({
            "action_type": "execute_command", "target": format!("cargo test --package part-{number}"),
            "context": { "cwd": "/home/me/project", "argv": ["cargo", "test", "--package", format!("part-{number}")] },
        }))],
        requests_total: 1,
        unlisted_digest: None,
        verdict: redactor.value(json!({
            "action_type": "execute_command", "actor": "ai-agent", "agent_id": "claude-code",
            "correlation_id": "corr_52969afd77f4", "decision": "allow", "decision_id": "dec_7948254e38bf",
            "evidence_refs": ["evidence://local/dec_7948254e38bf"], "policy_id": "cavra-developer",
            "policy_pack": "cavra-developer", "reason": "no rule names this command",
            "requested_operation": format!("cargo test --package part-{number}"), "rule_id": "commands.default.allow",
            "session_id": "local", "severity": "low", "target": format!("cargo test --package part-{number}"),
            "timestamp": "2026-11-24T02:48:46.320Z",
        })),
        refusals: Vec::new(),
        unresolved: Vec::new(),
        policies: vec![PolicyRef {
            layer: "pack".to_owned(),
            path: "cavra-developer".to_owned(),
            sha256: "3f02ed34283e8d9de40e0ccd4df8e05983fb28aa706a1819d46bb59ab835e0ea".to_owned(),
        }],
        attestation: None,
        approval: None,
    }
}
