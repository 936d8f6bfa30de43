//! Builtins of shells, as far as they are data.

use super::words::words;

/// The options of `set` that change nothing about what runs, but when it stops and what it shows.
pub const HARMLESS_SET_LETTERS: &str = "eux";

/// The same by name, after `-o`.
pub const HARMLESS_SET_NAMES: [&str; 4] = ["errexit", "nounset", "pipefail", "xtrace"];

words! {
    /// Builtins of zsh and ksh that run code, change what later words mean, or set what is not read.
    pub FOREIGN = [
        "aliases",
        "autoload",
        "bye",
        "compctl",
        "emulate",
        "float",
        "functions",
        "integer",
        "nameref",
        "print",
        "rehash",
        "sched",
        "setopt",
        "unhash",
        "unsetopt",
        "vared",
        "zargs",
        "zcompile",
        "zle",
        "zmodload",
        "zstyle",
    ]
}
