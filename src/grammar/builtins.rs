//! Builtins of shells, as far as they are data.

use super::words::words;

/// The options of `set` that change nothing about what runs, but when it stops and what it shows.
pub const HARMLESS_SET_LETTERS: &str = "euxvb";

/// The same by name, after `-o`.
pub const HARMLESS_SET_NAMES: [&str; 12] = [
    "emacs",
    "errexit",
    "errtrace",
    "functrace",
    "ignoreeof",
    "monitor",
    "notify",
    "nounset",
    "pipefail",
    "verbose",
    "vi",
    "xtrace",
];

/// The options of `shopt` that change nothing about how words are read and what a name means.
pub const HARMLESS_SHOPT_NAMES: [&str; 22] = [
    "checkhash",
    "checkjobs",
    "checkwinsize",
    "cmdhist",
    "complete_fullquote",
    "execfail",
    "force_fignore",
    "gnu_errfmt",
    "histappend",
    "histreedit",
    "histverify",
    "hostcomplete",
    "huponexit",
    "inherit_errexit",
    "lastpipe",
    "lithist",
    "mailwarn",
    "no_empty_cmd_completion",
    "nocasematch",
    "progcomp",
    "promptvars",
    "shift_verbose",
];

/// Whether a builtin runs the command behind it.
#[must_use]
pub fn runs_another(name: &str) -> bool {
    matches!(name, "builtin" | "command" | "exec")
}

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
