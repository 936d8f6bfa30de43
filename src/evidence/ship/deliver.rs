//! The loop that sends, waits and acknowledges.

use std::path::Path;
use std::time::Duration;

use crate::evidence::read::Stored;

use super::ShipError;
use super::cursor::Cursor;
use super::position::Position;

/// A receiver.
pub trait Sink {
    /// Sends a batch, and returns when the receiver has acknowledged all of it.
    ///
    /// # Errors
    /// If it has not; it may have all the same.
    fn send(&mut self, records: &[Stored]) -> Result<(), SendError>;
}

/// Why a batch was not acknowledged.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum SendError {
    /// It may be, later; after so long at the least, if the receiver says.
    Later(String, Option<Duration>),
    /// It never will be.
    Refused(String),
}

/// Passes the time.
pub trait Pace {
    /// Waits before the next attempt, after this fault; false to give up.
    fn wait_after(&mut self, fault: &str, pause: Duration) -> bool;

    /// Is told that a batch was acknowledged.
    fn acknowledged(&mut self);

    /// Waits for more records; false to end.
    fn wait_for_more(&mut self) -> bool;
}

/// What was sent.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Delivered {
    /// How many records were acknowledged.
    pub records: u64,
    /// How many batches had to be sent again.
    pub again: u64,
}

/// The most records, and about the most bytes, that are sent at once.
const MOST_RECORDS: usize = 1_000;
const MOST_BYTES: usize = 2 << 20;

const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Sends what the receiver has not acknowledged, and what comes for as long as `pace` waits for it.
///
/// # Errors
/// What ends it before its time. What was acknowledged until then stays so.
pub fn deliver(
    folder: &Path,
    position: &mut Position,
    sink: &mut dyn Sink,
    pace: &mut dyn Pace,
) -> Result<Delivered, ShipError> {
    let mut cursor = Cursor::behind(folder, position);
    let mut delivered = Delivered::default();
    loop {
        let batch = cursor.batch(MOST_RECORDS, MOST_BYTES)?;
        let Some((sequence, hash)) = batch.last else {
            if pace.wait_for_more() {
                continue;
            }
            return Ok(delivered);
        };
        delivered.again += send(&batch.records, sink, pace)?;
        position.acknowledge(sequence, &hash)?;
        pace.acknowledged();
        delivered.records += batch.records.len() as u64;
    }
}

/// Sends a batch until it is acknowledged; gives how often it had to be sent again.
fn send(records: &[Stored], sink: &mut dyn Sink, pace: &mut dyn Pace) -> Result<u64, ShipError> {
    let (mut pause, mut again) = (FIRST_PAUSE, 0);
    loop {
        match sink.send(records) {
            Ok(()) => return Ok(again),
            Err(SendError::Refused(why)) => return Err(ShipError::Refused(why)),
            Err(SendError::Later(why, at_least)) => {
                let wait = at_least.map_or(pause, |least| least.clamp(pause, LONGEST_PAUSE));
                if !pace.wait_after(&why, wait) {
                    return Err(ShipError::GaveUp(why));
                }
                again += 1;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}
