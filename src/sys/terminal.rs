//! Terminals: how wide they are, and one that gives each key when it is pressed.

use std::io::{self, Read};
use std::os::fd::AsFd;

use nix::sys::termios::{self, LocalFlags, SetArg, SpecialCharacterIndices, Termios};

/// How many cells a line of it has; none if it is no terminal, or does not tell.
#[must_use]
pub fn columns(stream: impl AsFd) -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(stream).ok()?;
    (size.ws_col > 0).then_some(usize::from(size.ws_col))
}

/// The terminal at stdin, until this is dropped.
pub struct Keys {
    before: Termios,
}

impl Keys {
    /// Takes the terminal at stdin.
    ///
    /// # Errors
    /// If there is none.
    pub fn begin() -> io::Result<Self> {
        let stdin = io::stdin();
        let before = termios::tcgetattr(stdin.as_fd())?;
        let mut now = before.clone();
        now.local_flags.remove(LocalFlags::ICANON | LocalFlags::ECHO);
        // A read ends after a second without a key, so that what is shown can be looked after.
        for (place, value) in [(SpecialCharacterIndices::VMIN, 0), (SpecialCharacterIndices::VTIME, 10)] {
            if let Some(character) = now.control_chars.get_mut(place as usize) {
                *character = value;
            }
        }
        termios::tcsetattr(stdin.as_fd(), SetArg::TCSAFLUSH, &now)?;
        Ok(Self { before })
    }

    /// The next key; none if a second goes by.
    ///
    /// # Errors
    /// What the system says.
    pub fn next(&self) -> io::Result<Option<u8>> {
        let mut byte = [0];
        match io::stdin().lock().read(&mut byte) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(byte.first().copied()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        // A terminal that is gone wants nothing back.
        let _ = termios::tcsetattr(io::stdin().as_fd(), SetArg::TCSAFLUSH, &self.before);
    }
}
