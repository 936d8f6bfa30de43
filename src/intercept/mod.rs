//! Interceptors: untrusted bytes become typed events, events become requests. They extract, never decide, and
//! leave all matching to the evaluator; what they cannot understand, they say.

#![forbid(unsafe_code)]

pub mod agent;
mod code;
mod command;
mod content;
pub mod environment;
pub mod git;
mod hard_link;
pub mod host;
mod intercepted;
mod looks;
pub mod mcp;
pub mod path;
mod protection;
mod reach;
mod recipe;
pub mod repository;
mod request;
mod shell;
mod spelling;
mod surroundings;
pub mod transcript;
mod trust;

pub use command::{command_argv, command_text, shell_fault};
pub use intercepted::{Intercepted, Script, Seam, Stream};
pub use request::request;
pub use surroundings::Surroundings;
