//! The reserved words of shells, and what may follow each.
//!
//! bash, dash, ksh and zsh together: a word that only one of them reserves is reserved here.

/// What follows a reserved word.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reserved {
    /// A command.
    Command,
    /// The end of a statement: a separator or a redirection.
    End,
    /// Words that are no command, up to the end of the statement.
    Words,
    /// A condition, up to `]]`.
    Condition,
    /// `{`
    Open,
    /// `}`
    Close,
}

/// What `word` is at the place of a command, if it is reserved.
#[must_use]
pub fn reserved(word: &str) -> Option<Reserved> {
    Some(match word {
        "!" | "time" | "if" | "then" | "elif" | "else" | "while" | "until" | "do" | "coproc" | "always"
        | "nocorrect" => Reserved::Command,
        "fi" | "done" | "esac" | "end" => Reserved::End,
        "for" | "foreach" | "select" | "case" | "in" | "function" | "repeat" => Reserved::Words,
        "[[" => Reserved::Condition,
        "{" => Reserved::Open,
        "}" => Reserved::Close,
        _ => return None,
    })
}
