//! Putting the seams in place and taking them out again.
//!
//! What is there is observed first; from that alone a plan is made, a list of changes each of which says what it
//! expects to find; `--dry-run` prints the plan and applying it executes the same one. A change that does not find
//! what it expects stops, and what was done so far is undone. A receipt remembers what was there before, so that
//! it can be put back byte for byte; where the receipt is lost, the files that Cavra writes say so themselves.

#![forbid(unsafe_code)]

pub mod agents;
mod apply;
mod change;
mod entry;
pub mod git;
mod hook_file;
pub mod mcp;
mod receipt;
mod recorded;
pub mod shims;

pub use apply::{ApplyError, apply};
pub use change::{Change, Plan};
pub use entry::{Entry, EntryError, Kind, Print};
