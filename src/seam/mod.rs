//! What runs at each seam: a decoder, the gate, an encoder.

#![forbid(unsafe_code)]

pub mod git_hook;
pub mod shell;
