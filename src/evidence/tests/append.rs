use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use serde_json::{Value, json};

use super::fixture::{Scratch, entry};
use crate::evidence::record::{Draft, Kind, Sound};
use crate::evidence::{Attestation, Durability, EvidenceError, Redactor};
use crate::sys::digest::sha256;

#[test]
fn the_first_record_follows_on_zeros_and_each_next_on_the_one_before() {
    let scratch = Scratch::of(3);
    let records = scratch.records();
    assert_eq!(records[0]["previous_hash"], "0".repeat(64));
    assert_eq!(records[1]["previous_hash"], records[0]["record_hash"]);
    assert_eq!(records[2]["previous_hash"], records[1]["record_hash"]);
    let sequences: Vec<_> = records.iter().map(|record| record["sequence"].as_u64()).collect();
    assert_eq!(sequences, [Some(1), Some(2), Some(3)]);
    let report = scratch.verify();
    assert_eq!((report.records, report.decisions, report.files), (3, 3, 1));
    assert_eq!((report.bad, report.warnings), (None, Vec::new()));
}

#[test]
fn the_hash_put_in_its_place_gives_the_canonical_form_of_the_whole() {
    let redactor = Redactor::new(None);
    let mut with_attestation = entry(1);
    with_attestation.attestation = Some(Attestation {
        actor: redactor.text("me \"\u{1}\u{e9}"),
        reason: redactor.text("because,\n\"record_hash\":\"x\""),
    });
    with_attestation.unresolved = vec![redactor.value(json!({ "record_hash": "a", "z": [1.5, 1e30, -0.0] }))];
    for entry in [entry(7), with_attestation] {
        let (line, hash) = Draft::decision(&entry).seal(12, &sha256(b"before"), "2026-11-23T09:30:00.000Z");
        let text = line.strip_suffix(b"\n").expect("a newline");
        let mut value: Value = serde_json::from_slice(text).expect("JSON");
        assert_eq!(text, serde_json_canonicalizer::to_vec(&value).expect("canonical"));
        let members = value.as_object_mut().expect("an object");
        assert_eq!(members.remove("record_hash"), Some(Value::from(hash.clone())));
        assert_eq!(hash, sha256(&serde_json_canonicalizer::to_vec(&value).expect("canonical")));
        let sound = Sound::read(text).expect("a record");
        assert_eq!((sound.kind, sound.sequence, sound.hash), (Kind::Decision, 12, hash));
    }
}

#[test]
fn files_and_folder_are_the_users_alone() {
    let scratch = Scratch::of(1);
    for name in ["evidence.jsonl", "head.json", "lock"] {
        assert_eq!(fs::metadata(scratch.path(name)).expect("a file").mode() & 0o7777, 0o600, "{name}");
    }
    assert_eq!(fs::metadata(scratch.folder()).expect("a folder").mode() & 0o7777, 0o700);
}

#[test]
fn a_link_a_folder_or_a_pipe_in_the_place_of_a_file_is_refused() {
    for name in ["evidence.jsonl", "head.json", "lock"] {
        let scratch = Scratch::of(1);
        let path = scratch.path(name);
        let elsewhere = scratch.path("elsewhere");
        fs::rename(&path, &elsewhere).expect("it is moved");
        symlink(&elsewhere, &path).expect("a link");
        assert!(scratch.log.append(&entry(2), Durability::Buffered).is_err(), "{name} as a link");
        fs::remove_file(&path).expect("it is removed");
        fs::create_dir(&path).expect("a folder");
        assert!(scratch.log.append(&entry(2), Durability::Buffered).is_err(), "{name} as a folder");
        fs::remove_dir(&path).expect("it is removed");
        let made = std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo runs");
        assert!(made.success());
        assert!(scratch.log.append(&entry(2), Durability::Buffered).is_err(), "{name} as a pipe");
    }
}

#[test]
fn a_folder_or_a_log_that_others_may_write_is_refused_by_name() {
    let scratch = Scratch::of(1);
    fs::set_permissions(scratch.folder(), fs::Permissions::from_mode(0o770)).expect("the mode is set");
    let error = scratch.log.append(&entry(2), Durability::Buffered).expect_err("it is refused");
    let folder = scratch.folder();
    assert_eq!(error.to_string(), format!("`{}`: others may write it (mode 0770)", folder.display()));
    fs::set_permissions(scratch.folder(), fs::Permissions::from_mode(0o700)).expect("the mode is set");
    let log = scratch.path("evidence.jsonl");
    fs::set_permissions(&log, fs::Permissions::from_mode(0o666)).expect("the mode is set");
    let error = scratch.log.append(&entry(2), Durability::Buffered).expect_err("it is refused");
    assert_eq!(error.to_string(), format!("`{}`: others may write it (mode 0666)", log.display()));
}

#[test]
fn a_folder_that_is_a_link_is_refused() {
    let scratch = Scratch::of(1);
    let elsewhere = scratch.folder().with_file_name("elsewhere");
    fs::rename(scratch.folder(), &elsewhere).expect("it is moved");
    symlink(&elsewhere, scratch.folder()).expect("a link");
    let error = scratch.log.append(&entry(2), Durability::Buffered).expect_err("it is refused");
    assert_eq!(
        error.to_string(),
        format!("`{}`: it is a symbolic link, not a folder", scratch.folder().display())
    );
}

#[test]
fn a_record_beyond_the_bound_is_refused_and_leaves_the_log_as_it_was() {
    let scratch = Scratch::of(1);
    let before = scratch.read();
    let mut large = entry(2);
    large.verdict = Redactor::new(None).value(json!({ "target": "x ".repeat(8 << 20) }));
    let error = scratch.log.append(&large, Durability::Buffered).expect_err("it is too large");
    assert!(matches!(error, EvidenceError::TooLarge { .. }));
    assert_eq!(scratch.read(), before);
    let _ = scratch.append(2);
    assert_eq!(scratch.verify().records, 2);
}

#[test]
fn a_value_nested_as_deep_as_requests_may_be_is_recorded_and_verifies() {
    let scratch = Scratch::new();
    let deep = (0..126).fold(json!("password=hunter2"), |inner, _| json!([inner]));
    let mut entry = entry(1);
    entry.requests = vec![Redactor::new(None).value(json!({ "record": deep }))];
    let _ = scratch.log.append(&entry, Durability::Synced).expect("it is recorded");
    assert_eq!(scratch.verify().bad, None);
    assert!(!String::from_utf8(scratch.read()).expect("text").contains("hunter2"));
}

#[test]
fn a_record_that_was_written_before_a_crash_is_taken_in() {
    let scratch = Scratch::of(2);
    let head = fs::read(scratch.path("head.json")).expect("a head");
    let _ = scratch.append(3);
    fs::write(scratch.path("head.json"), head).expect("the head is rolled back");
    let report = scratch.verify();
    assert_eq!(report.bad, None);
    assert_eq!(report.warnings, ["record 3 was written, and the head was not: a crash in between"]);
    assert_eq!(scratch.append(4).sequence, 4);
    let report = scratch.verify();
    assert_eq!((report.bad, report.warnings, report.records), (None, Vec::new(), 4));
}

#[test]
fn a_torn_tail_goes_to_a_side_file_that_a_repair_record_names() {
    let scratch = Scratch::of(2);
    let torn = b"{\"kind\":\"decision\",\"mo";
    let mut log = fs::OpenOptions::new().append(true).open(scratch.path("evidence.jsonl")).expect("a log");
    log.write_all(torn).expect("it is written");
    let report = scratch.verify();
    assert_eq!(report.bad, None);
    assert_eq!(
        report.warnings,
        ["the log ends in 22 bytes of a record that was being written; the next append sets them aside"]
    );
    let length = scratch.read().len();
    assert_eq!(scratch.append(3).sequence, 4);

    let side = scratch.names("torn-");
    assert_eq!(side.len(), 1);
    assert_eq!(fs::read(scratch.path(&side[0])).expect("a side file"), torn);
    assert_eq!(fs::metadata(scratch.path(&side[0])).expect("a file").mode() & 0o7777, 0o600);
    let repair = &scratch.records()[2];
    assert_eq!(
        repair["repair"],
        json!({
            "amiss": "torn_tail",
            "expected_length": length - torn.len(),
            "found_length": length,
            "side_file": { "name": side[0], "bytes": torn.len(), "sha256": sha256(torn) },
        })
    );
    let report = scratch.verify();
    assert_eq!((report.bad, report.records, report.decisions), (None, 4, 3));
    assert_eq!(
        report.warnings,
        [format!(
            "before record 3, the log ended in something that is no record of the chain; 22 bytes are in `{}`",
            side[0]
        )]
    );
    fs::remove_file(scratch.path(&side[0])).expect("it is removed");
    assert!(scratch.verify().warnings[0].ends_with(", which is gone"));
}

#[test]
fn a_log_cut_at_any_byte_is_gone_on_from_and_the_gap_shows_for_ever() {
    let whole = Scratch::of(3);
    let bytes = whole.read();
    let head = fs::read(whole.path("head.json")).expect("a head");
    for cut in 0..bytes.len() {
        let scratch = Scratch::of(1);
        scratch.write(&bytes[..cut]);
        fs::write(scratch.path("head.json"), &head).expect("the head is written");
        assert!(!scratch.verify().is_valid(), "cut at {cut}");
        assert_eq!(scratch.append(9).sequence, 5);
        let report = scratch.verify();
        assert!(!report.is_valid(), "cut at {cut}, then appended");
        let last = scratch.records().pop().expect("a record");
        assert_eq!(last["sequence"], 5);
        assert_eq!(scratch.append(10).sequence, 6);
    }
}

#[test]
fn a_lost_or_torn_head_is_made_anew_and_said() {
    for (head, amiss) in
        [(None, "head_missing"), (Some(&b"{"[..]), "head_corrupt"), (Some(&[0; 4096]), "head_corrupt")]
    {
        let scratch = Scratch::of(3);
        let path = scratch.path("head.json");
        match head {
            None => fs::remove_file(&path).expect("it is removed"),
            Some(bytes) => fs::write(&path, bytes).expect("it is written"),
        }
        assert!(!scratch.verify().is_valid());
        assert_eq!(scratch.append(4).sequence, 5);
        assert_eq!(scratch.records()[3]["repair"]["amiss"], amiss);
        let report = scratch.verify();
        assert_eq!((report.bad, report.records, report.warnings.len()), (None, 5, 1), "{amiss}");
    }
}

#[test]
fn a_log_that_is_gone_while_its_head_is_there_is_a_gap() {
    let scratch = Scratch::of(3);
    fs::remove_file(scratch.path("evidence.jsonl")).expect("it is removed");
    assert_eq!(
        scratch.bad(),
        "evidence.jsonl:1: expected record 1 and on to 3, which the head names last, found the end of the log"
    );
    assert_eq!(scratch.append(4).sequence, 5);
    assert_eq!(
        scratch.bad(),
        "evidence.jsonl:1: expected record 1, or a `retention` record that says where the 3 before record 4 went, \
         found neither"
    );
}
