//! How a table is written down, in constants.

use super::{Form, Operands, Role, Subcommand, Tool};
use crate::grammar::options::{Options, Style};

impl Tool {
    /// A program without subcommands.
    pub(in crate::grammar) const fn new(names: &'static [&'static str], form: Form) -> Self {
        Self { names, form, subcommands: &[], anywhere: false, open: false }
    }

    /// A program with subcommands; `form` has the options before them.
    pub(in crate::grammar) const fn with(
        names: &'static [&'static str],
        form: Form,
        subcommands: &'static [Subcommand],
    ) -> Self {
        Self { names, form, subcommands, anywhere: false, open: false }
    }

    /// Its options are read behind the subcommand as well.
    pub(in crate::grammar) const fn anywhere(self) -> Self {
        Self { anywhere: true, ..self }
    }

    /// Its leading words are subcommands, listed or not.
    pub(in crate::grammar) const fn open(self) -> Self {
        Self { open: true, ..self }
    }
}

impl Subcommand {
    /// A subcommand.
    pub(in crate::grammar) const fn new(words: &'static str, form: Form) -> Self {
        Self { words, aliases: "", form }
    }

    /// Other words for it, separated by bars.
    pub(in crate::grammar) const fn or(self, aliases: &'static str) -> Self {
        Self { aliases, ..self }
    }
}

impl Form {
    /// Options as GNU programs read them: `flags`, `values`, `joined` as in [`Options`].
    pub(in crate::grammar) const fn gnu(
        flags: &'static str,
        values: &'static str,
        joined: &'static str,
    ) -> Self {
        Self::of(Style::Gnu, flags, values, joined)
    }

    /// The same, and the first operand ends them.
    pub(in crate::grammar) const fn posix(
        flags: &'static str,
        values: &'static str,
        joined: &'static str,
    ) -> Self {
        Self::of(Style::Posix, flags, values, joined)
    }

    /// Options that are never shortened.
    pub(in crate::grammar) const fn plain(
        flags: &'static str,
        values: &'static str,
        joined: &'static str,
    ) -> Self {
        Self::of(Style::Plain, flags, values, joined)
    }

    /// The same, and the first operand ends them.
    pub(in crate::grammar) const fn leading(
        flags: &'static str,
        values: &'static str,
        joined: &'static str,
    ) -> Self {
        Self::of(Style::Leading, flags, values, joined)
    }

    /// Long options by one dash.
    pub(in crate::grammar) const fn one_dash(
        flags: &'static str,
        values: &'static str,
        joined: &'static str,
    ) -> Self {
        Self::of(Style::OneDash, flags, values, joined)
    }

    /// Options in any style; operands that are text.
    pub(in crate::grammar) const fn of(
        style: Style,
        flags: &'static str,
        values: &'static str,
        joined: &'static str,
    ) -> Self {
        let options = Options { flags, values, joined, same: "", style };
        Self { options, roles: &[], operands: Operands::all(Role::Text), with: &[] }
    }

    /// Spellings that mean the same.
    pub(in crate::grammar) const fn same(self, same: &'static str) -> Self {
        Self { options: Options { same, ..self.options }, ..self }
    }

    /// What the values of options are.
    pub(in crate::grammar) const fn roles(self, roles: &'static [(&'static str, Role)]) -> Self {
        Self { roles, ..self }
    }

    /// What the operands are.
    pub(in crate::grammar) const fn operands(self, operands: Operands) -> Self {
        Self { operands, ..self }
    }

    /// All operands are the same.
    pub(in crate::grammar) const fn all(self, role: Role) -> Self {
        self.operands(Operands::all(role))
    }

    /// The first operands, and the others.
    pub(in crate::grammar) const fn first(self, first: &'static [Role], rest: Role) -> Self {
        self.operands(Operands::all(rest).first(first))
    }

    /// With these options, the operands are something else.
    pub(in crate::grammar) const fn with(self, with: &'static [(&'static str, Operands)]) -> Self {
        Self { with, ..self }
    }
}

impl Operands {
    /// All operands are the same.
    pub(in crate::grammar) const fn all(rest: Role) -> Self {
        Self { first: &[], rest, last: None, instead_of_first: "", instead_of_last: "" }
    }

    /// The first ones differ.
    pub(in crate::grammar) const fn first(self, first: &'static [Role]) -> Self {
        Self { first, ..self }
    }

    /// The last one differs.
    pub(in crate::grammar) const fn last(self, last: Role) -> Self {
        Self { last: Some(last), ..self }
    }

    /// Options that stand for the first ones.
    pub(in crate::grammar) const fn but_first(self, options: &'static str) -> Self {
        Self { instead_of_first: options, ..self }
    }

    /// Options that stand for the last one.
    pub(in crate::grammar) const fn but_last(self, options: &'static str) -> Self {
        Self { instead_of_last: options, ..self }
    }
}
