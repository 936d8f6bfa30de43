//! Builtins of shells that do more than their own work: those that run code, and those that set variables.
//!
//! Builtins that are not here (`echo`, `pwd`, `true`, …) are judged by their words like any program.

/// What a builtin does besides its own work.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Builtin {
    /// Runs text or files as code, changes what later words mean, or sets variables in ways that are not read.
    Code,
    /// Sets the variables that its operands name, `NAME` or `NAME=VALUE`.
    Variables,
    /// Sets options of the shell.
    Options,
    /// Sets a variable, or evaluates a subscript, if one of these options is given.
    With(&'static [&'static str]),
    /// Evaluates its operands as arithmetic in some shells, where a subscript may run a command.
    Arithmetic,
    /// Changes the working directory, so that later relative paths mean others.
    Moves,
}

/// The options of `set` that change nothing about what runs, but when it stops and what it shows.
pub const HARMLESS_SET_LETTERS: &str = "eux";

/// The same by name, after `-o`.
pub const HARMLESS_SET_NAMES: [&str; 4] = ["errexit", "nounset", "pipefail", "xtrace"];

/// What the builtin `name` does, if it is in the table.
#[must_use]
pub fn builtin(name: &str) -> Option<Builtin> {
    Some(match name {
        "." | "alias" | "aliases" | "autoload" | "bind" | "compctl" | "compgen" | "complete" | "compopt"
        | "declare" | "emulate" | "enable" | "eval" | "fc" | "float" | "functions" | "getopts" | "hash"
        | "history" | "integer" | "let" | "local" | "mapfile" | "nameref" | "print" | "read"
        | "readarray" | "rehash" | "sched" | "setopt" | "shopt" | "source" | "trap" | "typeset"
        | "unalias" | "unhash" | "unsetopt" | "vared" | "wait" | "zargs" | "zcompile" | "zle"
        | "zmodload" | "zstyle" => Builtin::Code,
        "export" | "readonly" | "unset" => Builtin::Variables,
        "set" => Builtin::Options,
        "printf" => Builtin::With(&["-v"]),
        "jobs" => Builtin::With(&["-x"]),
        "test" | "[" => Builtin::With(&["-v", "-R"]),
        "exit" | "return" | "shift" | "break" | "continue" | "logout" | "bye" => Builtin::Arithmetic,
        "cd" | "chdir" | "popd" | "pushd" => Builtin::Moves,
        _ => return None,
    })
}
