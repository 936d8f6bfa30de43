//! What could not be understood, and so is asked about.

use std::fmt;

use serde::Serialize;

/// A part of an event that an interceptor could not resolve.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Unresolved {
    /// Why.
    pub cause: Cause,
    /// The text it is about, as it was given.
    pub text: String,
}

macro_rules! causes {
    ($( $(#[$doc:meta])* $name:ident = $text:literal, $sentence:literal ),+ $(,)?) => {
        /// Why something is unresolved.
        #[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Cause {
            $( $(#[$doc])* $name ),+
        }

        impl Cause {
            /// Every cause.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable code.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text),+
                }
            }
        }

        impl fmt::Display for Cause {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(match self {
                    $(Self::$name => $sentence),+
                })
            }
        }
    };
}

causes! {
    /// The text does not parse.
    Syntax = "syntax", "is not complete shell text",
    /// Shell grammar that is not read.
    Grammar = "grammar", "is shell grammar that Cavra does not read yet",
    /// The program's name depends on what is not known.
    Program = "program", "is a program whose name is not known beforehand",
    /// An operand depends on what is not known.
    Operand = "operand", "is an operand whose value is not known beforehand",
    /// A program that runs another, in a form that is not read.
    RunsAnother = "runs-another", "runs another program in a form that Cavra does not read yet",
    /// Code that comes from elsewhere.
    Code = "code", "runs code that Cavra does not see",
    /// An assignment or an inherited variable that carries code.
    Environment = "environment", "sets a variable that carries code or moves trust",
    /// A file with further names, more than were looked through.
    HardLink = "hard-link", "has further names on disk that were not all found",
    /// A limit was reached.
    Limit = "limit", "is beyond a limit",
}
