//! What it takes for an agent to call Cavra: which files, and what stands in them. Data; making the changes is the
//! matter of another room.

/// How an agent is made to call Cavra.
#[derive(Clone, Copy, Debug)]
pub struct Installation {
    /// Its name, for people.
    pub shown: &'static str,
    /// What shows that it is there: paths below the home.
    pub signs: &'static [&'static str],
    /// What shows it too: its programs.
    pub programs: &'static [&'static str],
    /// The files that Cavra writes or adds to.
    pub targets: &'static [Target],
    /// What it does where the hook fails, or is killed, or takes too long.
    pub on_failure: OnFailure,
    /// What a person still has to do.
    pub to_do: &'static [&'static str],
}

/// What an agent does where its hook fails.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum OnFailure {
    /// It is told to stop, and does.
    Closed,
    /// It stops, but for a timeout.
    ClosedButTimeout,
    /// It goes on.
    Open,
    /// It is not known; so it counts as open.
    Unknown,
}

impl OnFailure {
    /// The words for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "fails closed",
            Self::ClosedButTimeout => "fails closed, but open on a timeout",
            Self::Open => "fails open",
            Self::Unknown => "not known, taken to fail open",
        }
    }
}

/// Whose settings are changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Scope {
    /// Those of the person.
    User,
    /// Those of the project.
    Project,
    /// Those of the machine.
    Managed,
}

impl Scope {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Project => "project",
            Self::Managed => "managed",
        }
    }
}

/// A file that Cavra writes or adds to.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Whose it is.
    pub scope: Scope,
    /// Where it lies: below the home, below the project, or absolute.
    pub path: &'static str,
    /// What stands in it.
    pub form: Form,
}

/// What stands in a file. In texts, `$BINARY` is the path of Cavra, `$COMMAND` a shell's spelling of the hook's command
/// and `$EVENT` the event.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// Settings in JSON, with comments or without: in the object that `into` leads to, each event has a list, and one
    /// entry is added to it.
    Json {
        /// The names that lead to the object.
        into: &'static [&'static str],
        /// The events, each with its entry.
        entries: &'static [(&'static str, &'static str)],
        /// The members that the file needs beside, as the text of an object; what is there stays.
        beside: &'static str,
    },
    /// Settings in TOML: one entry is added to the list of tables that `into` leads to, for each event.
    Toml {
        /// The names that lead to the list.
        into: &'static [&'static str],
        /// The entries, each the text of a table.
        entries: &'static [(&'static str, &'static str)],
        /// The settings that the file needs beside, as a text; what is there stays.
        beside: &'static str,
    },
    /// A file of Cavra's own.
    Whole {
        /// Its text.
        text: &'static str,
        /// Whether it is executed.
        is_program: bool,
    },
}
