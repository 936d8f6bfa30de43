//! Evidence: what was decided, in a log that proves itself.
//!
//! Each decision is one line of `evidence.jsonl`, a JSON object in its canonical form that names the hash of the line
//! before it and its own. [`Log::append`] adds to it, safely between processes and however they end; [`verify`] finds
//! what was changed, and [`read`] gives the records back. Secrets do not get that far: what came from outside is
//! [`Redacted`], and only a [`Redactor`] makes that.
//!
//! This room knows nothing of policy, so old logs verify with new binaries.

#![forbid(unsafe_code)]

mod attest;
mod canonical;
mod entry;
mod error;
mod export;
mod folder;
mod follow;
mod gap;
mod head;
mod lines;
mod log;
mod page;
mod query;
mod read;
mod record;
mod recover;
mod redact;
mod report;
mod rotate;
mod scan;
mod seal;
pub mod ship;
mod verify;

#[cfg(test)]
mod tests;

pub use attest::{ATTESTATION, AttestError, Attesting, Statement, envelope, open_envelope};
pub use entry::{Answer, ApprovalRef, Attestation, Entry, PolicyRef};
pub use error::EvidenceError;
pub use export::{Event, Export, Format, otlp_body, syslog_message};
pub use follow::Follower;
pub use gap::Gap;
pub use log::{Durability, Limits, Log, Recorded};
pub use page::Page;
pub use query::Query;
pub use read::{Records, Stored, newest, read, read_sequence, uses_of};
pub use record::Kind;
pub use redact::{Redacted, Redactor};
pub use report::{BadLine, MOST_NOTES, Place, Report};
pub use rotate::Removed;
pub use seal::{Checkpoint, MOST_CHECKPOINT, NAMESPACE, SealError, SealedBy};
pub use verify::{Against, verify, verify_against};
