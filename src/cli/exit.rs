//! The exit codes: one table for all commands.

use std::process::ExitCode;

use crate::contract::Effect;

/// An exit code with a name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Exit(u8);

impl Exit {
    /// It worked; a decision that lets the action happen.
    pub(crate) const SUCCESS: Self = Self(0);
    /// It failed; a git hook that refuses.
    pub(crate) const FAILURE: Self = Self(1);
    /// The words of the command line do not fit.
    pub(crate) const USAGE: Self = Self(2);
    /// A decision that asks (`check`, `evaluate --exit-code`).
    pub(crate) const ASK: Self = Self(10);
    /// A decision that blocks (`check`, `evaluate --exit-code`).
    pub(crate) const BLOCK: Self = Self(20);
    /// Cavra's own failure, where the code is otherwise the program's (`exec`, `shell`).
    pub(crate) const OWN_FAILURE: Self = Self(125);
    /// The program was not run: refused (`exec`, `shell`).
    pub(crate) const REFUSED: Self = Self(126);
    /// There is no such program (`exec`, `shell`).
    pub(crate) const NOT_FOUND: Self = Self(127);

    /// The code of a program that Cavra ran in its own place.
    #[must_use]
    pub(crate) const fn of_program(code: u8) -> Self {
        Self(code)
    }

    /// The code for a decision, where one asks.
    #[must_use]
    pub(crate) fn of(effect: Effect) -> Self {
        match effect {
            Effect::Allow | Effect::AuditOnly | Effect::Warn | Effect::AllowWithAttestation => Self::SUCCESS,
            Effect::RequireApproval => Self::ASK,
            Effect::Block => Self::BLOCK,
        }
    }
}

impl Exit {
    /// A code that is a host's own: what it takes for its answer.
    #[must_use]
    pub(crate) fn of_host(code: u8) -> Self {
        Self(code)
    }

    /// The number.
    #[must_use]
    pub(crate) fn code(self) -> i32 {
        i32::from(self.0)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.0)
    }
}
