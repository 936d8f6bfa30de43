//! What went wrong, in the words and with the exit code that belong to it.

use std::error::Error;
use std::fmt;

use super::exit::Exit;

/// Whose fault it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// What the person asked for cannot be done.
    User,
    /// A policy or another setting is at fault.
    Config,
    /// The words of the command line do not fit.
    Usage,
    /// A bug of Cavra's.
    Internal,
}

/// A command that failed: the fact, the place, and ways out that can be pasted.
#[derive(Debug)]
pub(crate) struct Failure {
    kind: Kind,
    code: Option<&'static str>,
    source: Box<dyn Error + Send + Sync>,
    hints: Vec<String>,
}

impl Failure {
    /// What the person asked for cannot be done.
    pub(crate) fn user(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind: Kind::User, code: None, source: source.into(), hints: Vec::new() }
    }

    /// A policy or another setting is at fault.
    pub(crate) fn config(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind: Kind::Config, code: None, source: source.into(), hints: Vec::new() }
    }

    /// The words of the command line do not fit.
    pub(crate) fn usage(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind: Kind::Usage, code: None, source: source.into(), hints: Vec::new() }
    }

    /// A bug of Cavra's.
    pub(crate) fn internal(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind: Kind::Internal, code: None, source: source.into(), hints: Vec::new() }
    }

    /// Adds the stable code of a finding.
    #[must_use]
    pub(crate) fn code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    /// Adds a way out.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The exit code that belongs to it.
    #[must_use]
    pub(crate) fn exit(&self) -> Exit {
        match self.kind {
            Kind::User | Kind::Config | Kind::Internal => Exit::FAILURE,
            Kind::Usage => Exit::USAGE,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::User | Kind::Config | Kind::Usage => match self.code {
                Some(code) => write!(formatter, "error[{code}]: {}", self.source)?,
                None => write!(formatter, "error: {}", self.source)?,
            },
            Kind::Internal => write!(formatter, "internal error: {}", self.source)?,
        }
        for hint in &self.hints {
            write!(formatter, "\nhint: {hint}")?;
        }
        Ok(())
    }
}
