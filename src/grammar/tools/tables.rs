//! The tables as they are in the program.

use super::pack::{Name, Packed, slot_of};
use super::{
    build, cloud, code, entry, files, git, kube, launchers, remote, runners, text, transfer, wrappers,
};
use crate::grammar::packed::Entry;
use crate::grammar::tool::{OperandsWith, OptionRole, Role, Subcommand, Tool};

/// What is written down.
pub(super) const FAMILIES: &[&[entry::Tool]] = &[
    build::TOOLS,
    cloud::TOOLS,
    code::TOOLS,
    files::TOOLS,
    git::TOOLS,
    kube::TOOLS,
    launchers::TOOLS,
    remote::TOOLS,
    runners::TOOLS,
    text::TOOLS,
    transfer::TOOLS,
    wrappers::TOOLS,
];

const PACKED: Packed = Packed::of(FAMILIES);

/// All texts, behind one another.
pub(in crate::grammar) static TEXTS: &str = match str::from_utf8(&BYTES) {
    Ok(texts) => texts,
    Err(_) => panic!("texts are joined whole"),
};

static BYTES: [u8; PACKED.texts.used] = PACKED.texts.exact();
static ROLES: [Role; PACKED.roles.used] = PACKED.roles.exact();
static OPTION_ROLES: [OptionRole; PACKED.option_roles.used] = PACKED.option_roles.exact();
static OPERANDS_WITH: [OperandsWith; PACKED.operands_with.used] = PACKED.operands_with.exact();
static SUBCOMMANDS: [Subcommand; PACKED.subcommands.used] = PACKED.subcommands.exact();
static TOOLS: [Tool; PACKED.tools.used] = PACKED.tools.exact();
static NAMES: [Name; PACKED.names.len()] = PACKED.names;

/// The program that is listed under this name.
pub(super) fn listed(name: &str) -> Option<&'static Tool> {
    let (before, from) = NAMES.split_at_checked(slot_of(name))?;
    let mut slots = from.iter().chain(before).take_while(|slot| slot.text.length > 0);
    let found = slots.find(|slot| slot.text.get() == name)?;
    TOOLS.get(usize::from(found.tool))
}

impl Entry for Role {
    fn table() -> &'static [Self] {
        &ROLES
    }
}

impl Entry for OptionRole {
    fn table() -> &'static [Self] {
        &OPTION_ROLES
    }
}

impl Entry for OperandsWith {
    fn table() -> &'static [Self] {
        &OPERANDS_WITH
    }
}

impl Entry for Subcommand {
    fn table() -> &'static [Self] {
        &SUBCOMMANDS
    }
}
