//! A log in a scratch folder, and what a test does to it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::super::{Durability, Entry, Limits, Log, PolicyRef, Recorded, Redactor, Report, verify};

pub(super) struct Scratch {
    root: tempfile::TempDir,
    pub(super) log: Log,
}

impl Scratch {
    pub(super) fn new() -> Self {
        Self::with(Limits::default(), 64 << 20)
    }

    pub(super) fn with(limits: Limits, rotate_at: u64) -> Self {
        let root = tempfile::tempdir().expect("a scratch folder");
        let log = Log::new(root.path().join("evidence"), limits).rotating_at(rotate_at);
        Self { root, log }
    }

    /// A log with so many records.
    pub(super) fn of(records: u64) -> Self {
        let scratch = Self::new();
        for number in 1..=records {
            let _ = scratch.append(number);
        }
        scratch
    }

    pub(super) fn folder(&self) -> PathBuf {
        self.root.path().join("evidence")
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    #[track_caller]
    pub(super) fn append(&self, number: u64) -> Recorded {
        self.log.append(&entry(number), Durability::Buffered).expect("the record is appended")
    }

    pub(super) fn read(&self) -> Vec<u8> {
        fs::read(self.path("evidence.jsonl")).expect("a log")
    }

    pub(super) fn write(&self, bytes: &[u8]) {
        fs::write(self.path("evidence.jsonl"), bytes).expect("the log is written");
    }

    /// The lines of the current file, each with its newline.
    pub(super) fn lines(&self) -> Vec<Vec<u8>> {
        self.read().split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
    }

    pub(super) fn records(&self) -> Vec<Value> {
        self.lines().iter().map(|line| serde_json::from_slice(line).expect("a record")).collect()
    }

    #[track_caller]
    pub(super) fn verify(&self) -> Report {
        verified(&self.folder())
    }

    /// The first bad line, as it is told.
    #[track_caller]
    pub(super) fn bad(&self) -> String {
        self.verify().bad.expect("the log is not valid").to_string()
    }

    /// The names in the folder that begin so.
    pub(super) fn names(&self, prefix: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.folder())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
            .filter(|name| name.starts_with(prefix))
            .collect();
        names.sort();
        names
    }
}

#[track_caller]
pub(super) fn verified(folder: &Path) -> Report {
    verify(folder, &mut |_, _| {}).expect("the log can be read")
}

pub(in crate::evidence) fn entry(number: u64) -> Entry {
    let redactor = Redactor::new(None);
    let value = |value| redactor.value(value);
    Entry {
        seam: "cli",
        mode: "enforce",
        requests: vec![value(json!({ "action_type": "write_file", "target": format!("file-{number}") }))],
        requests_total: 1,
        unlisted_digest: Some(crate::sys::digest::sha256(b"requests")),
        verdict: value(json!({ "decision": "allow", "decision_id": format!("dec_{number:012x}") })),
        refusals: Vec::new(),
        unresolved: Vec::new(),
        policies: vec![PolicyRef {
            layer: "user".to_owned(),
            path: "policy.yaml".to_owned(),
            sha256: crate::sys::digest::sha256(b"policy"),
        }],
        attestation: None,
        approval: None,
    }
}
