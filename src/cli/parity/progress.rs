//! How far it is, for a person who waits.

use std::io::{self, IsTerminal, Write};

use crate::sys::clock::Stopwatch;

/// How long nobody wonders, in milliseconds.
const PATIENCE: u128 = 1000;

/// A line on stderr that is written over; only on a terminal, and only where it takes longer than a second.
pub(super) struct Progress {
    total: usize,
    watch: Option<Stopwatch>,
    is_shown: bool,
}

impl Progress {
    pub(super) fn new(total: usize) -> Self {
        let watch = io::stderr().is_terminal().then(Stopwatch::start);
        Self { total, watch, is_shown: false }
    }

    /// So many cases are done.
    pub(super) fn at(&mut self, done: usize) {
        if self.watch.as_ref().is_some_and(|watch| watch.milliseconds() >= PATIENCE) {
            // A terminal that is gone has nobody before it.
            let _ = write!(io::stderr(), "\r{done} of {} cases", self.total);
            self.is_shown = true;
        }
    }

    /// Takes the line away.
    pub(super) fn end(self) {
        if self.is_shown {
            let width = format!("{0} of {0} cases", self.total).len();
            let _ = write!(io::stderr(), "\r{:width$}\r", "");
        }
    }
}
