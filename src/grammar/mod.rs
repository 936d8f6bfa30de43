//! Data about programs and their options, variables and files: no decision, and no code but the look-up.
//!
//! The tables say what runs what. A program that is in none of them is taken for one that does nothing but its
//! own work, and is judged by its words; so a line too many costs a question, a line too few hides a command.

#![forbid(unsafe_code)]

pub mod builtins;
pub mod code;
pub mod effects;
pub mod operands;
pub mod options;
mod packed;
pub mod settings;
pub mod synonyms;
pub mod tool;
pub mod tools;
pub mod variables;
pub mod words;
