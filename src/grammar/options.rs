//! How a program reads its words: which of them are options, which of these have a value, what is an operand.
//!
//! An option that a table does not list is [`Part::Unknown`]: whoever reads must assume that it has a value, and
//! that it has none.
//!
//! Besides options as they are spelled, a list may have these: `-NUM` for a number behind a dash (`head -20`), `-`
//! for a lone dash that is an option (`env -`), `+x` for one that begins with a plus, `+` for any word that does
//! (`vim +12`), and with [`Style::Pairs`] the beginning of a word up to its `=` (`of=`). An option with two or three
//! values has `*2` or `*3` behind its name among `values`, and is given once for each of them.

mod list;
mod read;

use read::Reader;

/// The options of a program or of one of its subcommands. Each list is of option names as they are spelled
/// (`-a`, `--all`), separated by blanks, and sorted by their bytes.
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
    /// Long ones by one dash or two, never shortened, never in clusters: `-auto-approve`, `--auto-approve`. The
    /// value of a single letter may be joined to it (`gcc -oFILE`).
    OneDash,
    /// Short ones in clusters, long ones in full, also behind operands (most programs in Go, Python, Rust, JS).
    Plain,
    /// The same, and the first operand ends them (`docker run`).
    Leading,
    /// As [`Style::Posix`], where words `NAME=VALUE` end nothing (`sudo A=1 -u bob CMD`).
    Assigning,
    /// As [`Style::Posix`], and not the first but the second operand ends them (`ssh HOST -p 22 CMD`).
    Second,
    /// As [`Style::Gnu`], and the first word is a cluster without its dash, whose values are the next words, in
    /// turn (`tar xfC FILE FOLDER`).
    Bundled,
    /// As shells do: a letter's value is always the next word, and its cluster goes on (`-euo pipefail`); long
    /// ones by one dash or two; the first operand or a lone dash ends them.
    Shell,
    /// Words `name=value`, of which the first ones are listed (`dd of=FILE`); other options as [`Style::Plain`].
    Pairs,
}

/// One thing that a program reads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Part<'w> {
    /// An option.
    Option {
        /// The listed name that stands for it.
        name: &'static str,
        /// Its value, if it has one. A flag has one only where it is written so (`--wait=false`).
        value: Option<&'w str>,
        /// The place of its word.
        word: usize,
        /// The place of its value's word; that of its own where it has none.
        at: usize,
    },
    /// A word that is no option.
    Operand {
        /// Its place.
        word: usize,
    },
    /// A word that looks like an option, and is in no list; or one of a cluster's letters is in none.
    Unknown {
        /// Its place.
        word: usize,
    },
}

/// The name that a list has for a number behind a dash.
pub const NUMBER: &str = "-NUM";

impl Options {
    /// No options at all.
    pub const NONE: Self = Self { flags: "", values: "", joined: "", same: "", style: Style::Gnu };

    /// Reads the words behind the name of a program or subcommand.
    #[must_use]
    pub fn read<'w>(&self, words: &[&'w str]) -> Vec<Part<'w>> {
        self.read_with(&Self::NONE, words)
    }

    /// The same, where the options of `more` are known too: those of the program that are also read behind its
    /// subcommand.
    #[must_use]
    pub fn read_with<'w>(&self, more: &Self, words: &[&'w str]) -> Vec<Part<'w>> {
        let mut reader = Reader::new(self, more, words);
        if self.style == Style::Bundled {
            reader.bundle();
        }
        while reader.step() {}
        reader.parts
    }

    /// Reads from the word `from` up to the first operand, and tells its place. The parts are the options before
    /// it; without an operand, all of them.
    #[must_use]
    pub fn read_to_operand<'w>(
        &self,
        more: &Self,
        words: &[&'w str],
        from: usize,
    ) -> (Vec<Part<'w>>, Option<usize>) {
        let mut reader = Reader::new(self, more, words);
        reader.next = from;
        while reader.step() {
            if let Some(Part::Operand { word }) = reader.parts.last() {
                let word = *word;
                reader.parts.pop();
                return (reader.parts, Some(word));
            }
        }
        (reader.parts, None)
    }

    /// The name in the lists that means the same as `name`.
    fn canonical(&self, name: &'static str) -> &'static str {
        let pair = list::entry(self.same, name, "").and_then(|pair| pair.split_once('='));
        pair.map_or(name, |(_, canonical)| canonical)
    }

    /// The listed option whose name is `head` and `tail` together, under the name that stands for it.
    fn find(&self, head: &str, tail: &str) -> Option<(&'static str, Arity)> {
        let listed =
            |(text, arity): (&'static str, Arity)| list::entry(text, head, tail).map(|entry| arity.of(entry));
        self.lists().into_iter().find_map(listed).map(|(name, arity)| (self.canonical(name), arity))
    }

    /// The listed options whose names begin with `beginning`, under the names that stand for them.
    fn begun(&self, beginning: &str) -> impl Iterator<Item = (&'static str, Arity)> {
        let lists = self.lists().into_iter();
        let entries = lists
            .flat_map(move |(text, arity)| list::begun(text, beginning).map(move |entry| arity.of(entry)));
        entries.map(|(name, arity)| (self.canonical(name), arity))
    }

    fn lists(&self) -> [(&'static str, Arity); 3] {
        [(self.flags, Arity::Flag), (self.values, Arity::Value), (self.joined, Arity::Joined)]
    }
}

/// Whether an option has a value.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Arity {
    Flag,
    Value,
    Joined,
    Two,
    Three,
}

impl Arity {
    /// The name and the arity that an entry of a list with this arity means.
    fn of(self, entry: &'static str) -> (&'static str, Self) {
        if self != Self::Value {
            return (entry, self);
        }
        match entry.strip_suffix("*2") {
            Some(name) => (name, Self::Two),
            None => entry.strip_suffix("*3").map_or((entry, self), |name| (name, Self::Three)),
        }
    }
}

impl Style {
    /// Whether long options may be shortened.
    fn shortens(self) -> bool {
        match self {
            Self::Gnu | Self::Posix | Self::Assigning | Self::Second | Self::Bundled => true,
            Self::OneDash | Self::Plain | Self::Leading | Self::Shell | Self::Pairs => false,
        }
    }
}

#[cfg(test)]
mod tests;
