//! How a program reads its words: which of them are options, which of these have a value, what is an operand.
//!
//! An option that a table does not list is [`Part::Unknown`]: whoever reads must assume that it has a value, and
//! that it has none.

/// The options of a program or of one of its subcommands. Each list is of option names as they are spelled
/// (`-a`, `--all`), separated by blanks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Options {
    /// Options that have no value.
    pub flags: &'static str,
    /// Options whose value is the rest of their word, or the next word.
    pub values: &'static str,
    /// Options that have a value only if it is joined to them (`-i.bak`, `--color=always`).
    pub joined: &'static str,
    /// Pairs `-f=--force` of spellings that mean the same; the second is the name that is given.
    pub same: &'static str,
    /// How they are written.
    pub style: Style,
}

/// How options are written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Style {
    /// Short ones in clusters, long ones shortened as long as they stay unique, all of them also behind operands.
    Gnu,
    /// The same, and the first operand ends them.
    Posix,
    /// Long ones by one dash or two, never shortened, never in clusters: `-auto-approve`, `--auto-approve`.
    OneDash,
    /// Short ones in clusters, long ones in full, also behind operands (most programs in Go, Python, Rust, JS).
    Plain,
}

/// One thing that a program reads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Part<'w> {
    /// An option under its name; `word` is its place among the words, `at` that of its value's word.
    Option { name: &'static str, value: Option<&'w str>, word: usize, at: usize },
    /// A word that is no option.
    Operand { word: usize },
    /// A word that looks like an option, and is in no list.
    Unknown { word: usize },
}
