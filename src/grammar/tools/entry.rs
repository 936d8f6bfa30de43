//! How a table is written down: constants, that the compiler checks and [`super::pack`] packs.

use crate::grammar::options::Style;
use crate::grammar::tool::Role;

/// A program.
#[derive(Clone, Copy)]
pub(super) struct Tool {
    /// The base names that it goes by.
    pub(super) names: &'static [&'static str],
    /// The options before its subcommand, or all of its options if it has none.
    pub(super) form: Form,
    /// Its subcommands.
    pub(super) subcommands: &'static [Subcommand],
    /// As [`crate::grammar::tool::Tool::anywhere`].
    pub(super) anywhere: bool,
    /// As [`crate::grammar::tool::Tool::open`].
    pub(super) open: bool,
}

/// A subcommand.
#[derive(Clone, Copy)]
pub(super) struct Subcommand {
    /// Its words, separated by blanks: `push`, `remote add`; the longest one that the words begin with is meant.
    pub(super) words: &'static str,
    /// Other words for it, separated by bars: `container run`, `i|in|ins`.
    pub(super) aliases: &'static str,
    /// What it reads behind them.
    pub(super) form: Form,
}

/// What a program, or one of its subcommands, does with what it reads.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// How options are written.
    pub(super) style: Style,
    /// Options that have no value; this list, and the next three, as in [`crate::grammar::options::Options`].
    pub(super) flags: &'static str,
    /// Options that have one.
    pub(super) values: &'static str,
    /// Options that have one only if it is joined to them.
    pub(super) joined: &'static str,
    /// Spellings that mean the same.
    pub(super) same: &'static str,
    /// What the values of some options are.
    pub(super) roles: &'static [(&'static str, Role)],
    /// What its operands are.
    pub(super) operands: Operands,
    /// With one of these options, its operands are something else; the first that is given counts.
    pub(super) with: &'static [(&'static str, Operands)],
}

/// What the operands of a form are, by their place.
#[derive(Clone, Copy)]
pub(super) struct Operands {
    /// The first ones, one by one.
    pub(super) first: &'static [Role],
    /// The others.
    pub(super) rest: Role,
    /// The last one, where it differs and is not the only one.
    pub(super) last: Option<Role>,
    /// Options that stand for the first operands: with one of them, `first` does not count (`grep -e PATTERN FILE`).
    pub(super) instead_of_first: &'static str,
    /// Options that stand for the last operand (`cp -t FOLDER FILE`).
    pub(super) instead_of_last: &'static str,
}

impl Tool {
    /// A program without subcommands.
    pub(super) const fn new(names: &'static [&'static str], form: Form) -> Self {
        Self { names, form, subcommands: &[], anywhere: false, open: false }
    }

    /// A program with subcommands; `form` has the options before them.
    pub(super) const fn with(
        names: &'static [&'static str],
        form: Form,
        subcommands: &'static [Subcommand],
    ) -> Self {
        Self { names, form, subcommands, anywhere: false, open: false }
    }

    /// Its options are read behind the subcommand as well.
    pub(super) const fn anywhere(self) -> Self {
        Self { anywhere: true, ..self }
    }

    /// Its leading words are subcommands, listed or not.
    pub(super) const fn open(self) -> Self {
        Self { open: true, ..self }
    }
}

impl Subcommand {
    /// A subcommand.
    pub(super) const fn new(words: &'static str, form: Form) -> Self {
        Self { words, aliases: "", form }
    }

    /// Other words for it, separated by bars.
    pub(super) const fn or(self, aliases: &'static str) -> Self {
        Self { aliases, ..self }
    }
}

impl Form {
    /// Options as GNU programs read them: `flags`, `values`, `joined` as in [`crate::grammar::options::Options`].
    pub(super) const fn gnu(flags: &'static str, values: &'static str, joined: &'static str) -> Self {
        Self::of(Style::Gnu, flags, values, joined)
    }

    /// The same, and the first operand ends them.
    pub(super) const fn posix(flags: &'static str, values: &'static str, joined: &'static str) -> Self {
        Self::of(Style::Posix, flags, values, joined)
    }

    /// Options that are never shortened.
    pub(super) const fn plain(flags: &'static str, values: &'static str, joined: &'static str) -> Self {
        Self::of(Style::Plain, flags, values, joined)
    }

    /// The same, and the first operand ends them.
    pub(super) const fn leading(flags: &'static str, values: &'static str, joined: &'static str) -> Self {
        Self::of(Style::Leading, flags, values, joined)
    }

    /// Long options by one dash.
    pub(super) const fn one_dash(flags: &'static str, values: &'static str, joined: &'static str) -> Self {
        Self::of(Style::OneDash, flags, values, joined)
    }

    /// Options in any style; operands that are text.
    pub(super) const fn of(
        style: Style,
        flags: &'static str,
        values: &'static str,
        joined: &'static str,
    ) -> Self {
        let operands = Operands::all(Role::Text);
        Self { style, flags, values, joined, same: "", roles: &[], operands, with: &[] }
    }

    /// Spellings that mean the same.
    pub(super) const fn same(self, same: &'static str) -> Self {
        Self { same, ..self }
    }

    /// What the values of options are.
    pub(super) const fn roles(self, roles: &'static [(&'static str, Role)]) -> Self {
        Self { roles, ..self }
    }

    /// What the operands are.
    pub(super) const fn operands(self, operands: Operands) -> Self {
        Self { operands, ..self }
    }

    /// All operands are the same.
    pub(super) const fn all(self, role: Role) -> Self {
        self.operands(Operands::all(role))
    }

    /// The first operands, and the others.
    pub(super) const fn first(self, first: &'static [Role], rest: Role) -> Self {
        self.operands(Operands::all(rest).first(first))
    }

    /// With these options, the operands are something else.
    pub(super) const fn with(self, with: &'static [(&'static str, Operands)]) -> Self {
        Self { with, ..self }
    }
}

impl Operands {
    /// All operands are the same.
    pub(super) const fn all(rest: Role) -> Self {
        Self { first: &[], rest, last: None, instead_of_first: "", instead_of_last: "" }
    }

    /// The first ones differ.
    pub(super) const fn first(self, first: &'static [Role]) -> Self {
        Self { first, ..self }
    }

    /// The last one differs.
    pub(super) const fn last(self, last: Role) -> Self {
        Self { last: Some(last), ..self }
    }

    /// Options that stand for the first ones.
    pub(super) const fn but_first(self, options: &'static str) -> Self {
        Self { instead_of_first: options, ..self }
    }

    /// Options that stand for the last one.
    pub(super) const fn but_last(self, options: &'static str) -> Self {
        Self { instead_of_last: options, ..self }
    }
}
