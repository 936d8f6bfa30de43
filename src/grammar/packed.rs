//! The tables without addresses.
//!
//! A constant with references in it costs a position-independent program one relocation for each of them, carried
//! out before `main`: fifteen thousand of them were half of a start. So what the tables say is packed while the
//! program is compiled ([`super::tools`]), and what refers to it is a place and a length.

use std::marker::PhantomData;

use super::tools::tables;

/// A text of the tables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text {
    pub(super) at: u32,
    pub(super) length: u16,
}

/// Entries of one table, behind one another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Many<T> {
    pub(super) at: u16,
    pub(super) length: u16,
    pub(super) entries: PhantomData<T>,
}

/// What a table has entries of.
pub(super) trait Entry: Sized + 'static {
    /// The whole table.
    fn table() -> &'static [Self];
}

impl Text {
    pub(super) fn get(self) -> &'static str {
        let at = self.at as usize;
        tables::TEXTS.get(at..at + usize::from(self.length)).unwrap_or_default()
    }
}

impl<T: Entry> Many<T> {
    pub(super) fn get(&self) -> &'static [T] {
        let at = usize::from(self.at);
        T::table().get(at..at + usize::from(self.length)).unwrap_or_default()
    }
}
