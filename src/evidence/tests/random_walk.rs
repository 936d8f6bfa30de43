//! Whatever is done to a log, in whatever order: an append works, and `verify` tells the truth.

use std::fs::{self, OpenOptions};
use std::io::Write;

use proptest::collection::vec;
use proptest::prelude::*;

use super::fixture::{Scratch, entry};
use crate::evidence::Limits;
use crate::evidence::record::Draft;

#[derive(Clone, Debug)]
enum Step {
    Append,
    /// A writer is killed when it has written so much of its line, in thousandths.
    Killed(usize),
    /// Somebody cuts so many bytes off the end.
    Cut(usize),
    HeadLost,
    HeadGarbled(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    vec(
        prop_oneof![
            6 => Just(Step::Append),
            3 => (0..=1000_usize).prop_map(Step::Killed),
            1 => (1..3000_usize).prop_map(Step::Cut),
            1 => Just(Step::HeadLost),
            1 => (0..1024_usize).prop_map(Step::HeadGarbled),
        ],
        1..20,
    )
}

/// Writes as much of the next line as a writer did that was killed then.
fn killed(scratch: &Scratch, thousandths: usize) {
    let records = scratch.records();
    let Some(last) = records.last() else { return };
    let sequence = last["sequence"].as_u64().expect("a sequence") + 1;
    let previous = last["record_hash"].as_str().expect("a hash");
    let (line, _) = Draft::decision(&entry(sequence)).seal(sequence, previous, "2026-11-23T09:30:00.000Z");
    let written = line.len() * thousandths / 1000;
    let mut log = OpenOptions::new().append(true).open(scratch.path("evidence.jsonl")).expect("a log");
    log.write_all(&line[..written]).expect("it is written");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn an_append_always_works_and_verify_tells_the_truth(steps in steps(), rotate_at in 3_000_u64..60_000) {
        let scratch = Scratch::with(Limits::default(), rotate_at);
        let mut appended = vec![scratch.append(0)];
        let mut was_cut = false;
        for step in steps {
            match step {
                Step::Append => {}
                Step::Killed(thousandths) => killed(&scratch, thousandths),
                Step::Cut(bytes) => {
                    let log = scratch.read();
                    // Only what was whole and named by the head is anybody's loss.
                    was_cut |= !log.is_empty();
                    scratch.write(&log[..log.len().saturating_sub(bytes)]);
                }
                Step::HeadLost => {
                    // Who takes the head away too leaves nothing that tells of a cut after it.
                    fs::remove_file(scratch.path("head.json")).expect("it is removed");
                }
                Step::HeadGarbled(place) => {
                    let mut head = fs::read(scratch.path("head.json")).expect("a head");
                    if let Some(byte) = head.get_mut(place) {
                        *byte ^= 1;
                    }
                    fs::write(scratch.path("head.json"), head).expect("it is written");
                }
            }
            appended.push(scratch.append(1));
            let report = scratch.verify();
            if was_cut {
                // Cut, then told: the repair is on record, or the gap is.
                prop_assert!(report.bad.is_some() || !report.warnings.is_empty());
            } else {
                prop_assert_eq!(report.bad, None);
                let recorded: Vec<_> = crate::evidence::read(&scratch.folder())
                    .expect("a folder")
                    .map(|record| record.expect("a record"))
                    .collect();
                for record in &appended {
                    prop_assert!(recorded.iter().any(|stored| stored.sequence() == Some(record.sequence)
                        && stored.text_at(&["record_hash"]) == Some(record.hash.as_str())));
                }
            }
            prop_assert!(scratch.read().ends_with(b"\n"));
        }
    }
}
