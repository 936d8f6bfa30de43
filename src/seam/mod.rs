//! What runs at each seam: a decoder, the gate, an encoder.

#![forbid(unsafe_code)]

pub mod agent_hook;
pub mod git_hook;
pub mod mcp;
pub mod shell;
pub mod shim;
