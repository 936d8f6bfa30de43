use std::fs;

use super::fixture::Scratch;
use crate::evidence::{Limits, newest, read, read_sequence};

/// Each file holds a few records.
const SMALL: u64 = 4_000;

fn limits(retention_days: Option<u64>, max_megabytes: Option<u64>) -> Limits {
    Limits { retention_days, max_megabytes, seals: false }
}

#[test]
fn a_full_file_is_renamed_by_its_records_and_the_chain_goes_on() {
    let scratch = Scratch::with(Limits::default(), SMALL);
    for number in 1..=20 {
        assert_eq!(scratch.append(number).sequence, number);
    }
    let rotated = scratch.names("evidence-");
    assert!(rotated.len() > 2, "{rotated:?}");
    assert!(rotated.contains(&"evidence-1-5.jsonl".to_owned()), "{rotated:?}");
    let report = scratch.verify();
    assert_eq!((report.bad, report.records, report.files), (None, 20, rotated.len() as u64 + 1));

    let sequences: Vec<_> = read(&scratch.folder())
        .expect("a folder")
        .map(|record| record.expect("a record").sequence().expect("a sequence"))
        .collect();
    assert_eq!(sequences, (1..=20).collect::<Vec<_>>());
    let newest: Vec<_> = newest(&scratch.folder(), 7, &|record| record.sequence() != Some(18))
        .expect("a folder")
        .iter()
        .filter_map(|record| record.sequence())
        .collect();
    assert_eq!(newest, [13, 14, 15, 16, 17, 19, 20]);
    let third = read_sequence(&scratch.folder(), 3)
        .expect("a folder")
        .map(|record| record.expect("a record"))
        .find(|record| record.sequence() == Some(3))
        .expect("it is found");
    assert_eq!((third.file.as_str(), third.line), ("evidence-1-5.jsonl", 3));
}

#[test]
fn a_crash_between_renaming_and_the_head_is_nothing_amiss() {
    let scratch = Scratch::of(3);
    fs::rename(scratch.path("evidence.jsonl"), scratch.path("evidence-1-3.jsonl")).expect("it is renamed");
    assert_eq!(scratch.verify().bad, None);
    assert_eq!(scratch.append(4).sequence, 4);
    let report = scratch.verify();
    assert_eq!((report.bad, report.warnings, report.records), (None, Vec::new(), 4));
}

#[test]
fn what_is_older_than_it_may_be_is_removed_and_named() {
    let scratch = Scratch::with(limits(None, Some(0)), SMALL);
    for number in 1..=20 {
        let _ = scratch.append(number);
    }
    assert_eq!(scratch.names("evidence-"), Vec::<String>::new());
    let report = scratch.verify();
    assert_eq!(report.bad, None);
    let first = report.first.expect("a record").sequence;
    assert!(first > 10, "{first}");
    assert_eq!(report.removed.last().expect("a file").last_sequence, first - 1);
}

#[test]
fn what_is_young_enough_stays() {
    let scratch = Scratch::with(limits(Some(1), Some(1)), SMALL);
    for number in 1..=20 {
        let _ = scratch.append(number);
    }
    let report = scratch.verify();
    assert_eq!((report.bad, report.records, report.removed), (None, 20, Vec::new()));
}

#[test]
fn a_beginning_that_no_record_explains_is_found() {
    let scratch = Scratch::with(Limits::default(), SMALL);
    for number in 1..=20 {
        let _ = scratch.append(number);
    }
    fs::remove_file(scratch.path("evidence-1-5.jsonl")).expect("it is removed");
    let second = scratch.names("evidence-6-")[0].clone();
    assert_eq!(
        scratch.bad(),
        format!(
            "{second}:1: expected record 1, or a `retention` record that says where the 5 before record 6 went, \
             found neither"
        )
    );
    fs::remove_file(scratch.path("head.json")).expect("it is removed");
    let _ = scratch.append(21);
    assert!(!scratch.verify().is_valid());
}

#[test]
fn a_middle_file_that_is_gone_is_found() {
    let scratch = Scratch::with(Limits::default(), SMALL);
    for number in 1..=20 {
        let _ = scratch.append(number);
    }
    let names = scratch.names("evidence-6-");
    fs::remove_file(scratch.path(&names[0])).expect("it is removed");
    let bad = scratch.verify().bad.expect("it is not valid");
    assert_eq!(bad.line, 1);
    assert!(bad.fault.starts_with("expected record 6, found record "), "{}", bad.fault);
}
