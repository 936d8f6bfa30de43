//! Sending records to another system, each at least once, through outages.
//!
//! The log is the spool: nothing is copied. A position, one small file for each receiver, says how far the receiver
//! has acknowledged; it moves only after an acknowledgement, so whatever ends in between is sent again. A position
//! holds the hash of the record that it names: where the log has another record there now, that is told, and nothing
//! is sent. Files with records that a receiver still waits for are kept by retention.

mod cursor;
mod deliver;
mod otlp;
mod position;
mod syslog;

pub use deliver::{Delivered, Pace, SendError, Sink, deliver};
pub use otlp::Collector;
pub use position::{Position, PositionName, positions};
pub use syslog::Syslog;

pub(super) use position::oldest_wanted;

use thiserror::Error;

use super::error::EvidenceError;

/// Why records are not sent.
#[derive(Debug, Error)]
pub enum ShipError {
    /// The log or the position cannot be read or written.
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
    /// The name of a receiver is none.
    #[error("`{0}` is no name of a receiver: letters, digits, `-`, `_` and `.`, at most 64 of them")]
    Name(String),
    /// The position is no position.
    #[error("the position `{0}` cannot be read: it is not as this version writes it")]
    Corrupt(String),
    /// Another process sends to this receiver.
    #[error("another process is sending to `{0}`")]
    Busy(String),
    /// A record that was acknowledged is not there, or is another one now.
    #[error("record {sequence} was acknowledged with the hash {expected}, and the log has {found} there")]
    Changed {
        /// Its sequence.
        sequence: u64,
        /// The hash that was acknowledged.
        expected: String,
        /// What is there.
        found: String,
    },
    /// Records are gone that were to be sent.
    #[error("records {from} to {to} are gone from the log, and were never acknowledged")]
    Gone {
        /// The first.
        from: u64,
        /// The last.
        to: u64,
    },
    /// A line is no record that holds in itself.
    #[error("{place}: {fault}: nothing from there on is sent")]
    Unsound {
        /// The file and the line.
        place: String,
        /// What is wrong with it.
        fault: String,
    },
    /// The receiver will never take it.
    #[error("the receiver refuses: {0}")]
    Refused(String),
    /// The receiver cannot be reached, and one has waited long enough.
    #[error("the receiver did not take it for so long that this gives up: {0}")]
    GaveUp(String),
}
