//! What goes to the terminal: data on stdout, talk on stderr, colours only where a terminal shows them, and
//! nothing that came from outside without its control characters escaped.

use std::fmt::{self, Write as _};
use std::io::{self, IsTerminal, Write};

use crate::sys::environment;

/// Writes data to stdout. A reader that has gone away is no error: there is nobody left to tell.
///
/// # Errors
/// Any other error of writing.
pub(crate) fn data(text: impl fmt::Display) -> io::Result<()> {
    bytes(text.to_string().as_bytes())
}

/// Writes bytes to stdout, as [`data`] does text.
///
/// # Errors
/// Any error of writing but that of a reader who has gone away.
pub(crate) fn bytes(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes a line of talk to stderr. That this fails is nobody's to hear.
pub(crate) fn talk(text: impl fmt::Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// The kinds of emphasis.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Style {
    /// A refusal, an error.
    Bad,
    /// A question, a warning.
    Doubt,
    /// What goes ahead.
    Good,
    /// A heading.
    Strong,
    /// What is less important.
    Faint,
}

/// Paints text, where the stream is a terminal that wants colours.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    on: bool,
}

impl Paint {
    /// For stdout.
    #[must_use]
    pub(crate) fn stdout() -> Self {
        Self { on: io::stdout().is_terminal() && wants_colour() }
    }

    /// For stderr.
    #[must_use]
    pub(crate) fn stderr() -> Self {
        Self { on: io::stderr().is_terminal() && wants_colour() }
    }

    /// For programs.
    #[must_use]
    pub(crate) fn none() -> Self {
        Self { on: false }
    }

    /// For nobody's eyes.
    #[cfg(test)]
    pub(crate) fn plain() -> Self {
        Self { on: false }
    }

    /// The text in that style. The text must be escaped already, if it came from outside.
    #[must_use]
    pub(crate) fn paint(self, style: Style, text: &str) -> String {
        if !self.on {
            return text.to_owned();
        }
        let code = match style {
            Style::Bad => "1;31",
            Style::Doubt => "1;33",
            Style::Good => "32",
            Style::Strong => "1",
            Style::Faint => "2",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

/// <https://no-color.org>: any non-empty value means no; so does a terminal that can do nothing.
fn wants_colour() -> bool {
    environment::variable("NO_COLOR").is_none()
        && environment::variable("TERM").is_none_or(|term| term != "dumb")
}

/// The text with everything escaped that could act on a terminal: control characters, the invisible and the
/// direction-changing characters.
#[must_use]
pub(crate) fn escaped(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for character in text.chars() {
        let acts = character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' | '\u{00ad}' | '\u{061c}');
        if acts {
            let _ = write!(clean, "{}", character.escape_default());
        } else {
            clean.push(character);
        }
    }
    clean
}

/// The same for a text of several lines of Cavra's own making: its newlines stay.
#[must_use]
pub(crate) fn escaped_lines(text: &str) -> String {
    text.split('\n').map(escaped).collect::<Vec<_>>().join("\n")
}

/// A count with its noun.
pub(crate) fn plural(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_act_on_a_terminal_is_escaped() {
        assert_eq!(escaped("a\u{1b}[31mb\nc\u{202e}d\u{7f}é"), "a\\u{1b}[31mb\\nc\\u{202e}d\\u{7f}é");
        assert_eq!(escaped_lines("a\nb\u{1b}"), "a\nb\\u{1b}");
    }
}
