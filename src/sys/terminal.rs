//! The terminal that a stream is, if it is one.

use std::os::fd::AsFd;

/// How many cells a line of it has; none if it is no terminal, or does not tell.
#[must_use]
pub fn columns(stream: impl AsFd) -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(stream).ok()?;
    (size.ws_col > 0).then_some(usize::from(size.ws_col))
}
