//! How the words of a command are read.

use crate::grammar::options::{Options, Part, Style};
use crate::grammar::tool::{Subcommand, Tool};

/// The grammar of a program, and of the subcommand that an argv names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grammar {
    tool: Option<&'static Tool>,
    subcommand: Option<&'static Subcommand>,
}

/// What no table lists: each option may have a value.
const UNLISTED: Options = Options { flags: "", values: "", joined: "", same: "", style: Style::Plain };

impl Grammar {
    pub(super) fn of(tool: Option<&'static Tool>, words: &[&str]) -> Self {
        Self { tool, subcommand: tool.and_then(|tool| tool.find(words).subcommand) }
    }

    /// Reads the words behind the program: those of an argv, or of a pattern.
    pub(super) fn read<'w>(&self, words: &[&'w str]) -> Vec<Part<'w>> {
        let Some(tool) = self.tool else { return UNLISTED.read(words) };
        if tool.subcommands().is_empty() && !tool.open {
            return tool.form.options().read(words);
        }
        let found = tool.find(words);
        let own = match (found.subcommand, self.subcommand) {
            (Some(named), _) => named.form.options(),
            // A pattern whose subcommand has a wildcard must not have that end its options.
            (None, Some(named)) => {
                let options = named.form.options();
                Options { style: unending(options.style), ..options }
            }
            (None, None) => UNLISTED,
        };
        let mut parts = found.options;
        let is_option = |place: usize| {
            parts.iter().any(|part| match part {
                Part::Option { word, at, .. } => *word == place || *at == place,
                Part::Operand { .. } => false,
                Part::Unknown { word } => *word == place,
            })
        };
        let named = (found.first.unwrap_or(found.start)..found.start).filter(|place| !is_option(*place));
        let named: Vec<Part<'w>> = named.map(|word| Part::Operand { word }).collect();
        parts.extend(named);
        parts.sort_by_key(place);
        let globals = if tool.anywhere { tool.form.options() } else { Options::NONE };
        let rest = words.get(found.start..).unwrap_or_default();
        parts.extend(own.read_with(&globals, rest).into_iter().map(|part| behind(part, found.start)));
        parts
    }

    /// Every spelling of the subcommand that an argv names.
    pub(super) fn subcommand_names(&self) -> impl Iterator<Item = &'static str> {
        self.subcommand.into_iter().flat_map(|named| std::iter::once(named.words()).chain(named.aliases()))
    }

    /// Whether the first operand says which command it is.
    pub(super) fn has_subcommands(&self) -> bool {
        self.tool.is_some_and(|tool| tool.open || !tool.subcommands().is_empty())
    }

    /// Whether a first word without a dash is an operand, of an argv as of a pattern.
    pub(super) fn begins_with_subcommand(&self) -> bool {
        let is_plain = |style: Style| match style {
            Style::Bundled | Style::Pairs => false,
            Style::Gnu
            | Style::Posix
            | Style::OneDash
            | Style::Plain
            | Style::Leading
            | Style::Assigning
            | Style::Second
            | Style::Shell => true,
        };
        let styles = [
            self.tool.map(|tool| tool.form.options().style),
            self.subcommand.map(|subcommand| subcommand.form.options().style),
        ];
        self.has_subcommands() && styles.into_iter().flatten().all(is_plain)
    }

    /// Every name that means the same as the listed option `name`, itself among them.
    pub(super) fn names(&self, name: &'static str) -> Vec<&'static str> {
        let tables = [
            self.subcommand.map(|subcommand| subcommand.form.options()),
            self.tool.map(|tool| tool.form.options()),
        ];
        let pairs = tables.into_iter().flatten().flat_map(|options| options.same.split(' '));
        let others = pairs.filter_map(|pair| pair.split_once('=')).filter(|(_, second)| *second == name);
        std::iter::once(name).chain(others.map(|(first, _)| first)).collect()
    }

    /// Whether an unlisted long option may be a listed or an unlisted one that was shortened.
    pub(super) fn may_shorten(&self) -> bool {
        self.tool.is_none_or(|tool| match tool.form.options().style {
            Style::Gnu | Style::Posix | Style::Assigning | Style::Second | Style::Bundled => true,
            Style::OneDash | Style::Plain | Style::Leading | Style::Shell | Style::Pairs => false,
        })
    }
}

fn place(part: &Part<'_>) -> usize {
    match part {
        Part::Option { word, .. } | Part::Operand { word } | Part::Unknown { word } => *word,
    }
}

fn behind(part: Part<'_>, offset: usize) -> Part<'_> {
    match part {
        Part::Option { name, value, word, at } => {
            Part::Option { name, value, word: word + offset, at: at + offset }
        }
        Part::Operand { word } => Part::Operand { word: word + offset },
        Part::Unknown { word } => Part::Unknown { word: word + offset },
    }
}

fn unending(style: Style) -> Style {
    match style {
        Style::Posix | Style::Assigning | Style::Second => Style::Gnu,
        Style::Leading | Style::Shell => Style::Plain,
        Style::Gnu | Style::OneDash | Style::Plain | Style::Bundled | Style::Pairs => style,
    }
}
