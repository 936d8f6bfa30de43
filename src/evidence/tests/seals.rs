use std::fs;
use std::path::Path;

use super::fixture::{Scratch, verified};
use crate::evidence::{Against, Checkpoint, Gap, Limits, Log, Report, verify_against};
use crate::sys::ssh::{Namespace, OwnKey, Signers};

const SEALED: Limits = Limits { retention_days: None, max_megabytes: None, seals: true };

/// A log with so many records, and a checkpoint of the last by the key file.
fn with_checkpoint(records: u64) -> (Scratch, Checkpoint) {
    let scratch = Scratch::of(records);
    let checkpoint = scratch.log.checkpoint_by_key_file().expect("a key").expect("there is a record");
    (scratch, checkpoint)
}

fn held_to(folder: &Path, checkpoint: &Checkpoint) -> Report {
    let against = Against { signers: None, checkpoint: Some(checkpoint.clone()) };
    verify_against(folder, &against, &mut |_, _| {}).expect("the log can be read")
}

/// What is wrong with the log, held to the checkpoint.
#[track_caller]
fn bad(scratch: &Scratch, checkpoint: &Checkpoint) -> String {
    held_to(&scratch.folder(), checkpoint).bad.expect("the log does not hold").to_string()
}

#[test]
fn a_log_that_went_on_holds_to_its_checkpoint_and_says_up_to_where() {
    let (scratch, checkpoint) = with_checkpoint(3);
    for number in 4..=6 {
        let _ = scratch.append(number);
    }
    let report = held_to(&scratch.folder(), &checkpoint);
    assert!(report.is_valid(), "{:?}", report.bad);
    assert_eq!(report.checkpoint.as_ref().map(|(sequence, _)| *sequence), Some(3));
    assert!(
        report
            .signing_told()
            .starts_with("Nothing up to record 3 was changed since the checkpoint by the key SHA256:")
    );
    assert_eq!(scratch.names("seal.key").len(), 1);
}

#[test]
fn a_tail_that_was_cut_with_its_head_is_found_by_the_checkpoint_alone() {
    let (scratch, checkpoint) = with_checkpoint(5);
    let (other, _) = with_checkpoint(3);
    for name in ["evidence.jsonl", "head.json"] {
        fs::copy(other.path(name), scratch.path(name)).expect("it is copied");
    }
    assert!(scratch.verify().is_valid(), "the folder alone cannot show it");
    assert_eq!(
        bad(&scratch, &checkpoint),
        "checkpoint:1: expected record 5, which the checkpoint names, found the end of the log after record 3"
    );
    for name in ["evidence.jsonl", "head.json"] {
        fs::remove_file(scratch.path(name)).expect("it is removed");
    }
    assert!(bad(&scratch, &checkpoint).ends_with("found the end of the log after record 0"));
}

#[test]
fn a_chain_that_was_made_anew_from_beginning_to_end_is_found_by_the_checkpoint_alone() {
    let (scratch, checkpoint) = with_checkpoint(5);
    let anew = Scratch::of(0);
    for number in [1, 2, 33, 4, 5, 6] {
        let _ = anew.append(number);
    }
    for name in ["evidence.jsonl", "head.json"] {
        fs::copy(anew.path(name), scratch.path(name)).expect("it is copied");
    }
    assert!(scratch.verify().is_valid());
    let told = bad(&scratch, &checkpoint);
    assert!(told.starts_with("evidence.jsonl:5: expected the hash that the checkpoint names, "), "{told}");
}

#[test]
fn a_checkpoint_that_was_changed_is_none_and_one_by_a_stranger_does_not_count() {
    let (scratch, checkpoint) = with_checkpoint(2);
    let text = serde_json::to_string(&checkpoint).expect("JSON");
    for (from, to) in [("\"sequence\":2", "\"sequence\":1"), ("head/1", "head/2"), ("Z\"", "Y\"")] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        match Checkpoint::read(changed.as_bytes()) {
            Err(_) => {}
            Ok(changed) => assert!(!held_to(&scratch.folder(), &changed).is_valid(), "{from}"),
        }
    }
    assert!(Checkpoint::read(format!("{},\"more\":1}}", text.trim_end_matches('}')).as_bytes()).is_err());

    let folder = tempfile::tempdir().expect("a scratch folder");
    let own = OwnKey::open(&scratch.path("seal.key")).expect("it was made");
    let other = OwnKey::open_or_make(&folder.path().join("other")).expect("it is made");
    let told = |key: &OwnKey, options: &str| {
        let line = format!("auditor {options}{}", key.public().to_text());
        let signers = Some(Signers::read([line.as_str()]).expect("a signer"));
        let against = Against { signers, checkpoint: Some(checkpoint.clone()) };
        verify_against(&scratch.folder(), &against, &mut |_, _| {}).expect("it can be read")
    };
    assert_eq!(told(&own, "").checkpoint.expect("it holds").1.name.as_deref(), Some("auditor"));
    assert!(!told(&other, "").is_valid());
    assert!(!told(&own, "namespaces=\"git\" ").is_valid());
    assert!(!told(&own, "valid-before=\"20200101Z\" ").is_valid());

    // The same words, signed for something else.
    let message = Checkpoint::message(2, &checkpoint.hash, "2026-11-23T09:30:00Z");
    let signature = own.sign(&message, Namespace::new("cavra-policy"));
    let confused =
        Checkpoint::signed(2, checkpoint.hash.clone(), "2026-11-23T09:30:00Z".to_owned(), signature);
    assert!(!held_to(&scratch.folder(), &confused).is_valid());
}

#[test]
fn each_full_file_and_each_thousand_records_are_sealed_and_a_seal_that_was_changed_is_found() {
    let scratch = Scratch::with(SEALED, 64 << 20);
    for number in 1..=2_500 {
        let _ = scratch.append(number);
    }
    let report = scratch.verify();
    assert!(report.is_valid(), "{:?}", report.bad);
    assert_eq!((report.seals, report.sealed_to, report.is_sealed_by_key_file), (2, Some(2_001), true));
    assert!(report.signing_told().contains("only up to the last checkpoint that is kept elsewhere"));
    let lines = scratch.lines();
    let place = lines.iter().position(|line| line.windows(13).any(|part| part == b"\"kind\":\"seal\""));
    let place = place.expect("a seal");
    // A seal of another log, with its hashes made anew to fit: its signature is of something else.
    let mut record: serde_json::Value = serde_json::from_slice(&lines[place]).expect("a record");
    record["seal"]["time"] = "2020-01-01T00:00:00.000Z".into();
    record.as_object_mut().expect("an object").remove("record_hash");
    let hash = crate::sys::digest::sha256(&serde_json_canonicalizer::to_vec(&record).expect("canonical"));
    record["record_hash"] = hash.into();
    let mut changed = lines;
    changed[place] = serde_json_canonicalizer::to_vec(&record).expect("canonical");
    changed[place].push(b'\n');
    scratch.write(&changed.concat());
    let told = scratch.bad();
    assert!(
        told.starts_with(&format!("evidence.jsonl:{}: the seal: its signature does not count", place + 1)),
        "{told}"
    );

    let scratch = Scratch::with(SEALED, 16 << 10);
    for number in 1..=100 {
        let _ = scratch.append(number);
    }
    let full = scratch.names("evidence-").len() as u64;
    assert!(full > 2);
    assert_eq!(scratch.verify().seals, full);
    for name in scratch.names("evidence-") {
        let text = fs::read_to_string(scratch.path(&name)).expect("a file");
        assert!(text.lines().next_back().expect("a line").contains("\"kind\":\"seal\""), "{name}");
    }
}

#[test]
fn a_file_swapped_for_one_of_another_log_is_found() {
    let logs = [Scratch::with(Limits::default(), 16 << 10), Scratch::with(Limits::default(), 16 << 10)];
    for number in 1..=60 {
        for (log, shift) in logs.iter().zip([0, 100]) {
            let _ = log.append(number + shift);
        }
    }
    let [one, other] = logs;
    let names = one.names("evidence-");
    for name in &names {
        let own = fs::read(one.path(name)).expect("a file");
        let Ok(foreign) = fs::read(other.path(name)) else { continue };
        fs::write(one.path(name), foreign).expect("it is swapped");
        assert!(!one.verify().is_valid(), "{name}");
        fs::write(one.path(name), own).expect("it is put back");
    }
    assert!(one.verify().is_valid());
    fs::copy(other.path("evidence.jsonl"), one.path("evidence.jsonl")).expect("it is swapped");
    assert!(!one.verify().is_valid(), "the current file");
}

#[test]
fn a_checkpoint_of_what_retention_removed_holds_only_where_the_record_of_it_names_it() {
    let limits = Limits { max_megabytes: Some(1), ..Limits::default() };
    let scratch = Scratch::with(limits, 256 << 10);
    let _ = scratch.append(1);
    let early = scratch.log.checkpoint_by_key_file().expect("a key").expect("a record");
    for number in 2..=4_000 {
        let _ = scratch.append(number);
    }
    let removed = scratch.verify().removed;
    assert!(!removed.is_empty());
    assert_eq!(
        bad(&scratch, &early),
        "checkpoint:1: record 1, which the checkpoint names, is not there any more: nothing can be held to it"
    );
}

#[test]
fn a_clock_that_went_back_and_a_seam_that_was_taken_out_are_told_as_gaps() {
    let scratch = Scratch::of(1);
    // The head of a log whose last record is from the future.
    let head = fs::read_to_string(scratch.path("head.json")).expect("a head");
    let time =
        head.split("\"time\":\"").nth(1).expect("a time").split('"').next().expect("its end").to_owned();
    let later = format!("2999-{}", time.split_once('-').expect("a year").1);
    let body = head.split_once(',').expect("a check").1.trim_end().replace(&time, &later);
    let check = crate::sys::digest::sha256(body.as_bytes());
    let mut bytes = format!("{{\"check\":\"{check}\",{body}").into_bytes();
    bytes.resize(1_023, b' ');
    bytes.push(b'\n');
    fs::write(scratch.path("head.json"), bytes).expect("it is written");
    let _ = scratch.append(2);
    let _ = scratch.append(3);
    let redactor = crate::evidence::Redactor::new(None);
    let gap = Gap::SeamUninstalled { seam: "git-hook", place: redactor.text("/home/me/repo") };
    let _ = scratch.log.note(&gap).expect("it is recorded");
    let report = verified(&scratch.folder());
    assert!(report.is_valid(), "{:?}", report.bad);
    assert_eq!(report.gaps, 2);
    assert!(
        report.warnings[0].starts_with(&format!("before record 2, the clock went back from {later} to "))
    );
    assert_eq!(report.warnings[1], "before record 5, the seam git-hook was taken out of /home/me/repo");
}

#[test]
fn a_key_that_cannot_be_read_stops_a_log_that_must_be_sealed() {
    let scratch = Scratch::with(SEALED, 64 << 20);
    for number in 1..=999 {
        let _ = scratch.append(number);
    }
    fs::write(scratch.path("seal.key"), "nonsense").expect("it is written");
    let log = Log::new(scratch.folder(), SEALED);
    let appended = log.append(&super::fixture::entry(1_000), crate::evidence::Durability::Buffered);
    assert!(appended.is_err());
}
