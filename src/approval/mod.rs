//! Approvals: what waits for a person, what persons granted, and whether that covers what is about to happen.
//!
//! An [`Ask`] is everything that a person answers for: what would be done, where, by whom, under which policies. Its
//! digest is what a [`Statement`] names and a person signs, so an answer counts for that and for nothing else: another
//! argument, folder, machine, session or policy makes another digest. The gate makes the ask anew from what really
//! happens, each time; what lies on disk is shown to people, and never believed.
//!
//! Whoever is watched can write these files. So nothing in them loosens anything but a signature of one of the signers
//! that the policy names ([`Quorum`]); where it names none, the answer is that of a process that waits for it on a
//! person's terminal ([`local`]). How often a grant was used is counted beside it, and again in the evidence.

#![forbid(unsafe_code)]

mod ask;
mod grant;
pub mod local;
mod quorum;
mod store;

pub use ask::{Ask, AskError, Part};
pub use grant::{Grant, GrantError, LONGEST_LIFT, LONGEST_TTL, Scope, Statement, Uses};
pub use quorum::{Quorum, QuorumError, Voter};
pub use store::{Denial, Pending, Standing, Store, StoreError};

use crate::sys::ssh::Namespace;

/// What the signatures of persons' answers are made for.
pub const NAMESPACE: Namespace = Namespace::new("cavra-approval");

/// A grant that covers something, and has been used for it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Granted {
    /// What was asked for, or the reason of a lift.
    pub id: String,
    /// The grants that were used.
    pub grants: Vec<String>,
    /// Who made them.
    pub by: Vec<String>,
    /// Whether it was signed, or given on a terminal here.
    pub is_local: bool,
}
