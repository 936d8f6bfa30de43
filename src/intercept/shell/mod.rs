//! Shell text, understood: what it would run, read and write.
//!
//! [`parse`] makes a tree of it as bash would, line by line; [`resolve`] runs that on what is known and collects the
//! effects. One promise holds: whatever a shell would run of a text is either among the commands found, or something
//! is [`Unresolved`]. So every piece of grammar that is not read, and every value that is not known where it decides
//! what runs, is unresolved.
//!
//! [`Unresolved`]: crate::contract::Unresolved

mod effect;
mod history;
mod parse;
mod resolve;
mod state;
mod syntax;
mod value;

pub(super) use effect::{Access, Effects, Execute, Extent, FileUse, Push, snippet};
pub(super) use resolve::Interpreter;
pub(super) use state::Dialect;
pub(super) use value::Form;

use crate::contract::Cause;

/// The longest text that is read, in bytes.
pub(super) const MOST_TEXT: usize = 1 << 20;

/// The deepest nesting that is read.
pub(super) const MOST_DEPTH: usize = 128;

/// Why a text cannot be read as bash reads it; none if it can.
pub(super) fn fault(text: &str) -> Option<Cause> {
    let mut parser = parse::Parser::new(text.as_bytes(), 0);
    loop {
        match parser.next() {
            Ok(Some(_)) => {}
            Ok(None) => return None,
            Err(fault) => return Some(fault.cause),
        }
    }
}

/// Whether this reader knows the language of the shell that is called `name` (a base name).
pub(super) fn reads(name: &str) -> bool {
    matches!(name, "sh" | "bash" | "dash" | "ash" | "ksh" | "mksh" | "zsh" | "rbash")
}
