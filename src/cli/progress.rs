//! A line on a terminal that says how far long work is, and is written over.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// Progress is told after this long, and as often.
const PATIENCE: Duration = Duration::from_secs(1);

/// The line. Away from a terminal it is not there.
pub(crate) struct Progress {
    told: Instant,
    is_on: bool,
    is_shown: bool,
}

impl Progress {
    /// Begins work.
    pub(crate) fn new() -> Self {
        Self { told: Instant::now(), is_on: io::stderr().is_terminal(), is_shown: false }
    }

    /// Says how far it is, if it is time to.
    pub(crate) fn tell(&mut self, how_far: impl fmt::Display) {
        if !self.is_on || self.told.elapsed() < PATIENCE {
            return;
        }
        self.told = Instant::now();
        self.is_shown = true;
        // That it is not seen is no reason to stop.
        let _ = write!(io::stderr().lock(), "\r\u{1b}[K{how_far}");
    }

    /// Takes the line away.
    pub(crate) fn clear(&self) {
        if self.is_shown {
            let _ = write!(io::stderr().lock(), "\r\u{1b}[K");
        }
    }
}
