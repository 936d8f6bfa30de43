//! What the families say, packed while the program is compiled: see [`crate::grammar::packed`].
//!
//! Each kind of entry has a table of its own. A table that is too small for what is listed, or a list that is not
//! text, ends the compilation.

use std::marker::PhantomData;

use super::entry;
use crate::grammar::options::Style;
use crate::grammar::packed::{Many, Text};
use crate::grammar::tool::{Form, Operands, OperandsWith, OptionRole, Role, Subcommand, Tool};
use crate::grammar::words::hash;

/// The slots of the names: about twice as many as there are names.
const SLOTS: usize = 2_048;

/// All tables, with room to spare; [`Room::exact`] takes what is in use.
pub(super) struct Packed {
    pub(super) texts: Room<u8, 400_000>,
    pub(super) roles: Room<Role, 4_000>,
    pub(super) option_roles: Room<OptionRole, 8_000>,
    pub(super) operands_with: Room<OperandsWith, 1_000>,
    pub(super) subcommands: Room<Subcommand, 3_000>,
    pub(super) tools: Room<Tool, 1_000>,
    /// Each name in the first slot that was free from [`slot_of`] on.
    pub(super) names: [Name; SLOTS],
}

/// A base name, and the place of its program. A slot without a name has no text.
#[derive(Clone, Copy)]
pub(super) struct Name {
    pub(super) text: Text,
    pub(super) tool: u16,
}

/// Where the search for a name begins.
pub(super) const fn slot_of(name: &str) -> usize {
    hash(name) % SLOTS
}

impl Packed {
    pub(super) const fn of(mut families: &[&[entry::Tool]]) -> Self {
        let mut packed = Self {
            texts: Room::new(0),
            roles: Room::new(Role::Text),
            option_roles: Room::new(OptionRole { option: NO_TEXT, role: Role::Text }),
            operands_with: Room::new(OperandsWith { options: NO_TEXT, operands: NO_OPERANDS }),
            subcommands: Room::new(Subcommand { words: NO_TEXT, aliases: NO_TEXT, form: NO_FORM }),
            tools: Room::new(Tool { form: NO_FORM, subcommands: none(), anywhere: false, open: false }),
            names: [Name { text: NO_TEXT, tool: 0 }; SLOTS],
        };
        while let [family, others @ ..] = families {
            let mut tools = *family;
            while let [tool, behind @ ..] = tools {
                packed.tool(tool);
                tools = behind;
            }
            families = others;
        }
        packed
    }

    const fn tool(&mut self, tool: &entry::Tool) {
        let place = narrow(self.tools.used);
        let mut names = tool.names;
        while let [name, others @ ..] = names {
            let text = self.text(name);
            self.name(name, Name { text, tool: place });
            names = others;
        }
        let mut subcommands = tool.subcommands;
        let first = self.subcommands.used;
        while let [one, others @ ..] = subcommands {
            let words = self.text(one.words);
            let aliases = self.text(one.aliases);
            let form = self.form(&one.form);
            self.subcommands.put(Subcommand { words, aliases, form });
            subcommands = others;
        }
        let form = self.form(&tool.form);
        let subcommands = since(first, self.subcommands.used);
        self.tools.put(Tool { form, subcommands, anywhere: tool.anywhere, open: tool.open });
    }

    const fn form(&mut self, form: &entry::Form) -> Form {
        let entry::Form { style, flags, values, joined, same, mut roles, operands, mut with } = *form;
        let first_role = self.option_roles.used;
        while let [(option, role), others @ ..] = roles {
            let option = self.text(option);
            self.option_roles.put(OptionRole { option, role: *role });
            roles = others;
        }
        let first_with = self.operands_with.used;
        while let [(options, operands), others @ ..] = with {
            let options = self.text(options);
            let operands = self.operands(operands);
            self.operands_with.put(OperandsWith { options, operands });
            with = others;
        }
        Form {
            style,
            flags: self.text(flags),
            values: self.text(values),
            joined: self.text(joined),
            same: self.text(same),
            roles: since(first_role, self.option_roles.used),
            operands: self.operands(&operands),
            with: since(first_with, self.operands_with.used),
        }
    }

    const fn operands(&mut self, operands: &entry::Operands) -> Operands {
        let entry::Operands { first, rest, last, instead_of_first, instead_of_last } = *operands;
        let at = self.roles.used;
        self.roles.put_all(first);
        Operands {
            first: since(at, self.roles.used),
            rest,
            last,
            instead_of_first: self.text(instead_of_first),
            instead_of_last: self.text(instead_of_last),
        }
    }

    const fn text(&mut self, text: &str) -> Text {
        if text.is_empty() {
            return NO_TEXT;
        }
        let at = self.texts.used;
        self.texts.put_all(text.as_bytes());
        assert!(at <= u32::MAX as usize);
        Text { at: at as u32, length: narrow(text.len()) }
    }

    const fn name(&mut self, spelled: &str, name: Name) {
        let (before, from) = self.names.split_at_mut(slot_of(spelled));
        assert!(fill_first_free(from, name) || fill_first_free(before, name), "more names than slots");
    }
}

const fn fill_first_free(mut slots: &mut [Name], name: Name) -> bool {
    while let [slot, others @ ..] = slots {
        if slot.text.length == 0 {
            *slot = name;
            return true;
        }
        slots = others;
    }
    false
}

/// Entries that are put behind one another.
pub(super) struct Room<T, const N: usize> {
    entries: [T; N],
    filler: T,
    pub(super) used: usize,
}

impl<T: Copy, const N: usize> Room<T, N> {
    const fn new(filler: T) -> Self {
        Self { entries: [filler; N], filler, used: 0 }
    }

    const fn put(&mut self, entry: T) {
        self.put_all(&[entry]);
    }

    const fn put_all(&mut self, entries: &[T]) {
        let (_, free) = self.entries.split_at_mut(self.used);
        let (into, _) = free.split_at_mut(entries.len());
        into.copy_from_slice(entries);
        self.used += entries.len();
    }

    /// What was put in; `M` is how many that are.
    pub(super) const fn exact<const M: usize>(&self) -> [T; M] {
        let (used, _) = self.entries.split_at(self.used);
        let mut exact = [self.filler; M];
        exact.copy_from_slice(used);
        exact
    }
}

const NO_TEXT: Text = Text { at: 0, length: 0 };

const NO_OPERANDS: Operands = Operands {
    first: none(),
    rest: Role::Text,
    last: None,
    instead_of_first: NO_TEXT,
    instead_of_last: NO_TEXT,
};

const NO_FORM: Form = Form {
    style: Style::Gnu,
    flags: NO_TEXT,
    values: NO_TEXT,
    joined: NO_TEXT,
    same: NO_TEXT,
    roles: none(),
    operands: NO_OPERANDS,
    with: none(),
};

const fn none<T>() -> Many<T> {
    since(0, 0)
}

/// The entries of a table from the place `from` on, up to its end.
const fn since<T>(from: usize, end: usize) -> Many<T> {
    Many { at: narrow(from), length: narrow(end - from), entries: PhantomData }
}

const fn narrow(number: usize) -> u16 {
    assert!(number <= u16::MAX as usize, "more than a place can say");
    number as u16
}
