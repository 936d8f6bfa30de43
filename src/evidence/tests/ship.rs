use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use super::fixture::Scratch;
use crate::evidence::ship::{
    Delivered, Pace, Position, PositionName, SendError, ShipError, Sink, deliver, positions,
};
use crate::evidence::{Limits, Stored};

/// A receiver that has its own ideas, and remembers what it took.
struct Receiver<F> {
    answers: F,
    taken: BTreeMap<u64, u64>,
    batches: usize,
}

impl<F: FnMut(usize, &[Stored]) -> Result<(), SendError>> Sink for Receiver<F> {
    fn send(&mut self, records: &[Stored]) -> Result<(), SendError> {
        self.batches += 1;
        let answer = (self.answers)(self.batches, records);
        // What was not acknowledged may have been taken all the same: here it always is.
        for record in records {
            *self.taken.entry(record.sequence().expect("a sequence")).or_default() += 1;
        }
        answer
    }
}

/// Waits by a clock of its own.
struct Simulated {
    seconds: u64,
    most: u64,
}

impl Pace for Simulated {
    fn wait_after(&mut self, _: &str, pause: Duration) -> bool {
        self.seconds += pause.as_secs();
        self.seconds <= self.most
    }

    fn acknowledged(&mut self) {}

    fn wait_for_more(&mut self) -> bool {
        false
    }
}

type Shipped = (Result<Delivered, ShipError>, BTreeMap<u64, u64>);

fn ship(scratch: &Scratch, answers: impl FnMut(usize, &[Stored]) -> Result<(), SendError>) -> Shipped {
    let mut receiver = Receiver { answers, taken: BTreeMap::new(), batches: 0 };
    let mut position = position(scratch).expect("nobody else has it");
    let mut pace = Simulated { seconds: 0, most: 3_600 };
    let result = deliver(&scratch.folder(), &mut position, &mut receiver, &mut pace);
    (result, receiver.taken)
}

fn position(scratch: &Scratch) -> Result<Position, ShipError> {
    Position::take(&scratch.folder(), PositionName::parse("siem")?, "https://siem.example/v1/logs")
}

#[test]
fn every_record_is_sent_through_rotations_and_what_was_acknowledged_is_not_sent_again() {
    let scratch = Scratch::with(Limits::default(), 16 << 10);
    for number in 1..=2_500 {
        let _ = scratch.append(number);
    }
    assert!(scratch.names("evidence-").len() > 10);
    let (result, taken) = ship(&scratch, |_, _| Ok(()));
    assert_eq!(result.expect("it is taken"), Delivered { records: 2_500, again: 0 });
    assert_eq!(taken, (1..=2_500).map(|sequence| (sequence, 1)).collect());
    let _ = scratch.append(2_501);
    let (result, taken) = ship(&scratch, |_, _| Ok(()));
    assert_eq!(result.expect("it is taken").records, 1);
    assert_eq!(taken, BTreeMap::from([(2_501, 1)]));
}

#[test]
fn what_is_not_acknowledged_is_sent_again_and_a_refusal_moves_nothing() {
    let scratch = Scratch::of(2_200);
    let later = || SendError::Later("down".to_owned(), Some(Duration::from_secs(1_000_000)));
    let (result, taken) = ship(&scratch, |batch, _| if batch == 2 { Err(later()) } else { Ok(()) });
    assert_eq!(result.expect("it is taken"), Delivered { records: 2_200, again: 1 });
    let twice: Vec<_> =
        taken.iter().filter(|(_, times)| **times == 2).map(|(sequence, _)| *sequence).collect();
    assert_eq!(twice, (1_001..=2_000).collect::<Vec<_>>());

    let scratch = Scratch::of(1_500);
    let (result, _) =
        ship(&scratch, |batch, _| if batch == 2 { Err(SendError::Refused("no".to_owned())) } else { Ok(()) });
    assert_eq!(result.expect_err("it is refused").to_string(), "the receiver refuses: no");
    assert_eq!(positions(&scratch.folder()).expect("a position")[0].1, 1_000);
    let (result, _) = ship(&scratch, |_, _| Err(later()));
    assert!(matches!(result, Err(ShipError::GaveUp(_))));
    assert_eq!(positions(&scratch.folder()).expect("a position")[0].1, 1_000);
}

#[test]
fn a_log_that_was_changed_behind_or_before_the_position_is_not_sent_on() {
    let scratch = Scratch::of(5);
    let (result, _) = ship(&scratch, |_, _| Ok(()));
    assert_eq!(result.expect("it is taken").records, 5);
    // Another log in its place, longer than what was acknowledged.
    let other = Scratch::with(Limits::default(), 64 << 20);
    for number in 101..=108 {
        let _ = other.append(number);
    }
    let own = scratch.read();
    scratch.write(&other.read());
    let (result, taken) = ship(&scratch, |_, _| Ok(()));
    assert!(matches!(result, Err(ShipError::Changed { sequence: 5, .. })), "{result:?}");
    assert!(taken.is_empty());
    scratch.write(&own);
    let _ = scratch.append(6);
    let mut bytes = scratch.read();
    let at = bytes.len() - 30;
    bytes[at] ^= 1;
    scratch.write(&bytes);
    let (result, taken) = ship(&scratch, |_, _| Ok(()));
    let error = result.expect_err("it is no record").to_string();
    assert!(error.starts_with("evidence.jsonl:6: ") && taken.is_empty(), "{error}");
    // The records between the position and what is there are gone.
    let lines = scratch.lines();
    scratch.write(&lines[..4].concat());
    let _ = fs::remove_file(scratch.path("head.json"));
    let (result, _) = ship(&scratch, |_, _| Ok(()));
    assert_eq!(result.expect("there is nothing to send").records, 0);
}

#[test]
fn one_process_at_a_time_sends_to_a_receiver_and_a_position_that_is_none_stops_it() {
    let scratch = Scratch::of(1);
    let held = position(&scratch).expect("nobody else has it");
    assert!(matches!(position(&scratch), Err(ShipError::Busy(_))));
    drop(held);
    let path = scratch.path("positions/siem.json");
    for text in ["", "{}", "nonsense", "{\"sequence\":1,\"hash\":\"x\",\"receiver\":\"\",\"time\":\"\"}"] {
        fs::write(&path, text).expect("it is written");
        assert!(matches!(position(&scratch), Err(ShipError::Corrupt(_))), "{text}");
    }
    for name in ["", ".", "..", "a/b", "a b", "é", &"a".repeat(65)] {
        assert!(PositionName::parse(name).is_err(), "{name}");
    }
}

#[test]
fn retention_keeps_what_a_receiver_waits_for_and_removes_it_when_it_was_acknowledged() {
    let limits = Limits { max_megabytes: Some(1), ..Limits::default() };
    let scratch = Scratch::with(limits, 256 << 10);
    let _ = scratch.append(1);
    drop(position(&scratch).expect("nobody else has it"));
    for number in 2..=4_000 {
        let _ = scratch.append(number);
    }
    assert_eq!(scratch.names("evidence-1-").len(), 1, "the first file is waited for");
    let (result, _) = ship(&scratch, |_, _| Ok(()));
    assert_eq!(result.expect("it is taken").records, 4_000);
    for number in 4_001..=4_600 {
        let _ = scratch.append(number);
    }
    assert_eq!(scratch.names("evidence-1-").len(), 0, "nobody waits for it any more");
    assert!(scratch.verify().is_valid());
}
