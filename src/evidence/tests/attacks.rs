//! Inputs that somebody would make to get past: each is refused, told, or harmless.

use std::fs;
use std::os::unix::fs::symlink;

use serde_json::{Value, json};

use super::fixture::Scratch;
use crate::evidence::{Checkpoint, Export, Format, Page, Query, Stored, newest, open_envelope, read};
use crate::sys::digest::sha256;
use crate::sys::ssh::Signers;

/// A line with these members, canonical and with its own hash.
fn sealed(members: &Value) -> Vec<u8> {
    let mut record = members.clone();
    let hash = sha256(&serde_json_canonicalizer::to_vec(&record).expect("canonical"));
    record["record_hash"] = hash.into();
    let mut line = serde_json_canonicalizer::to_vec(&record).expect("canonical");
    line.push(b'\n');
    line
}

fn members(kind: &str) -> Value {
    json!({ "kind": kind, "schema_version": 1, "recorded_by": "x", "sequence": 1, "previous_hash": "0".repeat(64),
        "time": "2026-11-23T09:30:00.000Z" })
}

#[test]
fn numbers_at_the_edge_and_details_of_any_shape_never_end_in_a_crash() {
    let scratch = Scratch::of(1);
    for kind in ["seal", "gap", "retention", "repair", "decision"] {
        for detail in [
            json!(null),
            json!([]),
            json!({}),
            json!({ "removed": vec![json!({ "file": "x", "first_sequence": 0, "last_sequence": 9_007_199_254_740_992_u64,
                "last_hash": "x", "bytes": 9_007_199_254_740_992_u64 }); 4] }),
            json!({ "removed": vec![json!({ "file": "x", "first_sequence": 9_007_199_254_740_992_u64, "last_sequence": 0,
                "last_hash": "x", "bytes": 0 }); 3] }),
            json!({ "what": "clock_went_back", "from": 3, "to": [] }),
            json!({ "form": "cavra-evidence-head/1", "sequence": 0, "hash": "0".repeat(64), "time": "", "signature": "" }),
        ] {
            for sequence in [1_u64, 2, 9_007_199_254_740_992] {
                let mut record = members(kind);
                record[kind] = detail.clone();
                record["sequence"] = sequence.into();
                scratch.write(&sealed(&record));
                let report = scratch.verify();
                assert!(!report.is_valid(), "{record}");
                let mut page = Page::default();
                for stored in read(&scratch.folder()).expect("a folder") {
                    page.take(&stored.expect("a line"));
                }
                page.write(&report, "", &mut Vec::new()).expect("room");
            }
        }
    }
}

#[test]
fn values_of_the_wrong_kind_in_the_place_of_texts_are_exported_as_nothing() {
    let value = json!({ "kind": 1, "sequence": -1, "time": [], "seam": {}, "verdict": [1], "requests": 3, "refusals": "x",
        "policies": { "a": 1 } });
    let stored = Stored { file: "f".to_owned(), line: 1, text: Some(value.to_string()), value: Some(value) };
    for format in [Format::Jsonl, Format::Ocsf, Format::Cef, Format::Csv, Format::Sarif] {
        let mut out = Vec::new();
        let mut export = Export::begin(format, &mut out).expect("room");
        export.record(&stored).expect("room");
        export.end().expect("room");
        assert!(!out.is_empty());
    }
    assert!(!Query { path: Some("*".to_owned()), ..Query::default() }.matches(&stored));
}

#[test]
fn links_pipes_and_folders_in_the_place_of_files_are_not_followed() {
    let scratch = Scratch::of(2);
    let elsewhere = Scratch::of(3);
    fs::rename(scratch.path("evidence.jsonl"), scratch.path("kept")).expect("it is moved");
    symlink(elsewhere.path("evidence.jsonl"), scratch.path("evidence.jsonl")).expect("a link");
    assert!(newest(&scratch.folder(), 1, &|_| true).is_err());
    fs::remove_file(scratch.path("evidence.jsonl")).expect("it is removed");
    fs::rename(scratch.path("kept"), scratch.path("evidence.jsonl")).expect("it is put back");
    symlink(elsewhere.path("seal.key"), scratch.path("seal.key")).expect("a link to nothing");
    assert!(scratch.log.checkpoint_by_key_file().is_err());
    assert!(!elsewhere.path("seal.key").exists(), "nothing was made through the link");
}

#[test]
fn envelopes_and_checkpoints_that_are_deep_long_doubled_or_empty_are_none() {
    let signers = Signers::default();
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let doubled = "{\"payloadType\":\"a\",\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"\",\"signatures\":[]}";
    let many = json!({ "payloadType": "application/vnd.in-toto+json", "payload": "e30=",
        "signatures": vec![json!({ "keyid": "", "sig": "AAAA" }); 10_000] });
    for text in [String::new(), deep.clone(), doubled.to_owned(), many.to_string(), "null".to_owned()] {
        assert!(open_envelope(text.as_bytes(), &signers).is_err());
    }
    let (form, hash) = ("cavra-evidence-head/1", "0".repeat(64));
    for text in [
        String::new(),
        deep,
        json!({ "form": form, "sequence": -1, "hash": hash, "time": "", "signature": "" }).to_string(),
        json!({ "form": form, "sequence": 1, "hash": "x", "time": "", "signature": "" }).to_string(),
        format!(
            "{{\"form\":\"{form}\",\"form\":\"{form}\",\"sequence\":1,\"hash\":\"{hash}\",\"time\":\"\",\"signature\":\"\"}}"
        ),
    ] {
        assert!(Checkpoint::read(text.as_bytes()).is_err(), "{text:.80}");
    }
}

#[test]
fn a_chain_that_goes_on_behind_a_foreign_seal_does_not_pass_for_sealed_by_its_owner() {
    let scratch = Scratch::of(3);
    let other = Scratch::of(3);
    // A stranger's key seals the owner's head, and is put in.
    let head = scratch.log.head().expect("a head").expect("a record");
    let _ = other.log.checkpoint_by_key_file().expect("a key");
    let key = crate::sys::ssh::OwnKey::open(&other.path("seal.key")).expect("a key");
    let time = "2026-11-23T09:30:00Z";
    let message = Checkpoint::message(head.sequence, &head.hash, time);
    let signature = key.sign(&message, crate::evidence::NAMESPACE);
    let seal = Checkpoint::signed(head.sequence, head.hash, time.to_owned(), signature);
    let _ = scratch.log.seal(&seal).expect("it is appended").expect("it is of the head");
    let report = scratch.verify();
    assert!(report.is_valid() && !report.is_sealed_by_key_file);
    assert!(
        report.signing_told().ends_with("whom no list of signers names: anybody could have made such a key.")
    );
    assert!(scratch.log.seal(&seal).expect("no error").is_none(), "a seal is not put in twice");
}
