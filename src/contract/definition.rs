//! How the definition of an MCP tool stands against the one that was accepted.

/// A definition that is not the accepted one. The words stand in requests and evidence.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Definition {
    /// The server was never seen before, and so none of its tools.
    First,
    /// The server is known, the tool is not.
    New,
    /// It is another than the one that was accepted.
    Changed,
    /// It is not known what it is at the moment: the server has not told, or told that its tools changed.
    Unseen,
    /// Nobody accepted it, and there is something suspicious in it.
    Flagged,
}

impl Definition {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::First, Self::New, Self::Changed, Self::Unseen, Self::Flagged];

    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unseen => "unseen",
            Self::Flagged => "flagged",
        }
    }

    /// Reads the word; none if it is no such word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}
