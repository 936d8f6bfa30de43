//! Data about programs and their options, variables and files: no decision, and no code but the look-up.
//!
//! The tables say what runs what. A program that is in none of them is taken for one that does nothing but its
//! own work, and is judged by its words; so a line too many costs a question, a line too few hides a command.

#![forbid(unsafe_code)]

pub mod builtins;
pub mod code;
pub mod contacts;
pub mod effects;
pub mod hooks;
pub mod operands;
pub mod options;
mod packed;
pub mod secrets;
pub mod settings;
pub mod synonyms;
pub mod tool;
pub mod tools;
pub mod variables;
pub mod words;

/// The name of a program: what is behind the last slash, and before the ending that programs of Windows have (which
/// WSL runs too).
#[must_use]
pub fn base_name(path: &str) -> &str {
    let name = path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(path);
    name.strip_suffix(".exe").filter(|name| !name.is_empty()).unwrap_or(name)
}
