//! Shell text, split into its simple commands.
//!
//! A modest reader of the grammar that bash, dash, ksh and zsh share: quotes, comments, separators, subshells,
//! groups, substitutions, redirections, here-documents, assignments. It holds one promise: whatever a shell
//! would run of a text is either among the commands found, or something is [`Unresolved`]. So every word of
//! grammar that is not read, every value that is not known, and every place where those shells differ is
//! unresolved, and reading goes on behind it, because what is found there may be worth a refusal.
//!
//! It takes one pass over the text, and one more over each here-document and each backtick substitution, within
//! the bounds below. The commands are taken further in [`super::command`].
//!
//! [`Unresolved`]: crate::contract::Unresolved

mod expansion;
mod found;
mod heredoc;
mod parser;
mod redirect;
mod word;

#[cfg(test)]
mod table;

pub(super) use found::{Access, Assigned, FileUse, Found, Simple, snippet};
pub(super) use word::Word;

use self::parser::{End, Parser};
use crate::contract::Cause;

/// The longest text that is read, in bytes.
pub(super) const MOST_TEXT: usize = 1 << 20;

/// The deepest nesting that is read.
pub(super) const MOST_DEPTH: usize = 128;

/// The most bytes that are read a second time, over all here-documents and backticks of one event.
pub(super) const MOST_REREAD: usize = 4 << 20;

/// Reads `text`, which stands `depth` levels deep, and adds what is in it to `found`.
pub(super) fn split(text: &str, depth: usize, found: &mut Found) {
    if text.len() > MOST_TEXT || depth > MOST_DEPTH {
        found.gives_up(text.as_bytes());
        return;
    }
    if text.contains('\0') {
        found.unresolved(Cause::Syntax, text.as_bytes());
    }
    Parser::new(text.as_bytes(), depth, found).list(End::Text);
}

/// Whether this reader knows the language of the shell that is called `name` (a base name).
pub(super) fn reads(name: &str) -> bool {
    matches!(name, "sh" | "bash" | "dash" | "ash" | "ksh" | "mksh" | "zsh" | "rbash")
}
