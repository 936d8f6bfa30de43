//! The contract that every part of Cavra shares: what is asked, what is answered.
//!
//! The same contract is published as `enforcement.proto` and as `enforcement.schema.json`, beside this file; a
//! test holds the three together. Nothing here does any I/O, and nothing here decides.

#![forbid(unsafe_code)]

mod action;
mod context;
mod decision;
mod definition;
mod effect;
mod fields;
mod governance;
mod json;
mod layer;
mod request;
mod rule;
mod severity;
mod unresolved;
mod verdict;

pub use action::{AGENT_TOOL_CALL, Action, SELF_PROTECTION};
pub use context::{Content, Context, McpFacts, RefUpdate, Run};
pub use decision::{Decision, Location};
pub use definition::Definition;
pub use effect::Effect;
pub use governance::ReleaseGovernance;
pub use json::{Json, Object, SeenKeys};
pub use layer::Layer;
pub use request::Request;
pub use rule::RuleId;
pub use severity::Severity;
pub use unresolved::{Cause, Unresolved};
pub use verdict::{Evidence, Opinion, Verdict};

/// The name of the package and the version of the contract.
pub const PACKAGE: &str = "cavra.enforcement.v1";

/// The contract as protocol buffers.
pub const PROTO: &str = include_str!("enforcement.proto");

/// The contract as a JSON Schema.
pub const SCHEMA: &str = include_str!("enforcement.schema.json");
