use std::fs;

use super::fixture::Scratch;
use crate::evidence::record::{Draft, Kind};
use crate::sys::digest::sha256;

/// The log with these lines, and the head as it is.
fn rewritten(scratch: &Scratch, lines: &[&Vec<u8>]) -> Option<String> {
    scratch.write(&lines.iter().flat_map(|line| line.iter().copied()).collect::<Vec<u8>>());
    scratch.verify().bad.map(|bad| bad.to_string())
}

#[test]
fn every_byte_that_is_flipped_is_found_on_its_line() {
    let scratch = Scratch::of(2);
    let bytes = scratch.read();
    let first_line = scratch.lines()[0].len();
    for place in 0..bytes.len() {
        for flip in [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80] {
            let mut flipped = bytes.clone();
            flipped[place] ^= flip;
            scratch.write(&flipped);
            let bad = scratch.verify().bad.expect("it is found");
            let line = if place < first_line { 1 } else { 2 };
            assert_eq!(
                (bad.file.as_str(), bad.line),
                ("evidence.jsonl", line),
                "byte {place} flipped by {flip:#x}"
            );
        }
    }
}

#[test]
fn every_byte_that_is_removed_or_put_in_is_found() {
    let scratch = Scratch::of(2);
    let bytes = scratch.read();
    for place in 0..bytes.len() {
        let mut shorter = bytes.clone();
        shorter.remove(place);
        scratch.write(&shorter);
        assert!(!scratch.verify().is_valid(), "byte {place} removed");
        for byte in *b" \n0a\"" {
            let mut longer = bytes.clone();
            longer.insert(place, byte);
            scratch.write(&longer);
            assert!(!scratch.verify().is_valid(), "{byte:#x} put in at {place}");
        }
    }
}

#[test]
fn a_record_removed_repeated_moved_or_replaced_is_found() {
    let scratch = Scratch::of(5);
    let lines = scratch.lines();
    let foreign = Scratch::of(5).lines();
    for one in 0..5 {
        let without: Vec<_> = (0..5).filter(|place| *place != one).map(|place| &lines[place]).collect();
        assert!(rewritten(&scratch, &without).is_some(), "{one} removed");
        let mut twice: Vec<_> = lines.iter().collect();
        twice.insert(one, &lines[one]);
        assert!(rewritten(&scratch, &twice).is_some(), "{one} twice");
        for (other, stranger) in foreign.iter().enumerate() {
            if one != other {
                let mut swapped: Vec<_> = lines.iter().collect();
                swapped.swap(one, other);
                assert!(rewritten(&scratch, &swapped).is_some(), "{one} and {other} swapped");
            }
            let mut inserted: Vec<_> = lines.iter().collect();
            inserted.insert(one, stranger);
            assert!(rewritten(&scratch, &inserted).is_some(), "foreign {other} put in at {one}");
        }
    }
    assert_eq!(rewritten(&scratch, &lines.iter().collect::<Vec<_>>()), None);
    assert_eq!(
        rewritten(&scratch, &[&lines[0], &lines[2], &lines[3], &lines[4]]).expect("it is found"),
        "evidence.jsonl:2: expected record 2, found record 3"
    );
}

#[test]
fn a_tail_that_was_cut_is_told_by_the_head() {
    let scratch = Scratch::of(4);
    let lines = scratch.lines();
    assert_eq!(
        rewritten(&scratch, &[&lines[0], &lines[1], &lines[2]]).expect("it is found"),
        "evidence.jsonl:4: expected record 4, which the head names last, found the end of the log"
    );
    assert_eq!(
        rewritten(&scratch, &[&lines[0]]).expect("it is found"),
        "evidence.jsonl:2: expected record 2 and on to 4, which the head names last, found the end of the log"
    );
}

#[test]
fn a_head_that_is_gone_unreadable_or_of_another_time_is_found() {
    let scratch = Scratch::of(3);
    let path = scratch.path("head.json");
    let old = fs::read(&path).expect("a head");
    for number in 4..=6 {
        let _ = scratch.append(number);
    }
    let good = fs::read(&path).expect("a head");
    fs::write(&path, &old).expect("it is rolled back");
    assert_eq!(scratch.bad(), "head.json:1: expected the head to name record 6, found it to name record 3");
    fs::write(&path, "nonsense").expect("it is written");
    assert_eq!(scratch.bad(), "head.json:1: expected a head, found something that cannot be read as one");
    fs::remove_file(&path).expect("it is removed");
    assert_eq!(scratch.bad(), "head.json:1: expected a head, found none: the end may have been cut off");
    let other = Scratch::of(6);
    fs::copy(other.path("head.json"), &path).expect("another chain's head");
    let bad = scratch.bad();
    assert!(bad.starts_with("evidence.jsonl:6: expected the hash that the head names, "), "{bad}");
    fs::write(&path, good).expect("it is put back");
    assert!(scratch.verify().is_valid());
}

#[test]
fn two_chains_merged_are_found_where_they_meet() {
    let scratch = Scratch::of(3);
    let other = Scratch::of(0);
    for number in 11..=16 {
        let _ = other.append(number);
    }
    let lines = [scratch.lines(), other.lines()[3..].to_vec()].concat();
    fs::copy(other.path("head.json"), scratch.path("head.json")).expect("the other's head");
    let bad = rewritten(&scratch, &lines.iter().collect::<Vec<_>>()).expect("it is found");
    assert!(bad.starts_with("evidence.jsonl:4: expected record 4 to follow on "), "{bad}");
}

#[test]
fn a_record_whose_hash_was_made_anew_breaks_the_chain_after_it() {
    let scratch = Scratch::of(3);
    let mut lines = scratch.lines();
    let records = scratch.records();
    let previous = records[1]["previous_hash"].as_str().expect("a hash");
    let (forged, _) =
        Draft::decision(&super::fixture::entry(99)).seal(2, previous, "2026-11-23T09:30:00.000Z");
    lines[1] = forged;
    let bad = rewritten(&scratch, &lines.iter().collect::<Vec<_>>()).expect("it is found");
    assert!(bad.starts_with("evidence.jsonl:3: expected record 3 to follow on "), "{bad}");
}

#[test]
fn a_record_with_its_own_hash_but_another_form_or_schema_is_found() {
    let sealed =
        |edit: &dyn Fn(&mut serde_json::Value)| {
            let (line, _) =
                Draft::own(Kind::Repair, &serde_json::json!({ "amiss": "torn_tail", "found_length": 0 }))
                    .seal(1, &"0".repeat(64), "2026-11-23T09:30:00.000Z");
            let mut value: serde_json::Value = serde_json::from_slice(&line).expect("a record");
            edit(&mut value);
            value.as_object_mut().expect("an object").remove("record_hash");
            let hash = sha256(&serde_json_canonicalizer::to_vec(&value).expect("canonical"));
            value["record_hash"] = hash.into();
            let mut line = serde_json_canonicalizer::to_vec(&value).expect("canonical");
            line.push(b'\n');
            line
        };
    let scratch = Scratch::of(1);
    let told = |line: Vec<u8>| rewritten(&scratch, &[&line]).expect("it is found");
    assert_eq!(
        told(sealed(&|value| value["schema_version"] = 2.into())),
        "evidence.jsonl:1: expected schema_version 1, found 2"
    );
    assert_eq!(
        told(sealed(&|value| value["kind"] = "gossip".into())),
        "evidence.jsonl:1: expected a record with `kind`, found it missing or of the wrong type"
    );
    assert_eq!(
        told(sealed(&|value| value["sequence"] = 1.5.into())),
        "evidence.jsonl:1: expected a record with `sequence`, found it missing or of the wrong type"
    );
    let mut spaced = sealed(&|_| {});
    spaced.insert(1, b' ');
    assert_eq!(
        told(spaced),
        "evidence.jsonl:1: expected the canonical form (RFC 8785), found a difference at byte 2"
    );
    assert_eq!(
        told(vec![b'a'; (16 << 20) + 5]),
        "evidence.jsonl:1: expected a line of at most 16777216 bytes, found a longer one"
    );
}

#[test]
fn an_empty_folder_is_valid_and_says_nothing() {
    let scratch = Scratch::new();
    let report = scratch.verify();
    assert_eq!((report.bad, report.records, report.files), (None, 0, 0));
}
