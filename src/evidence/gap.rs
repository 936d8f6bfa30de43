//! Gaps: what could have happened without a record, told by a record of its own.

use serde::Serialize;

use super::redact::Redacted;

/// What is known of a time in which something may not have been seen.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Gap {
    /// The clock says a time before that of the last record.
    ClockWentBack {
        /// The time of the last record.
        from: String,
        /// What the clock says.
        to: String,
    },
    /// A seam was taken out: what it saw, nobody sees any more.
    SeamUninstalled {
        /// The seam.
        seam: &'static str,
        /// Where.
        place: Redacted<String>,
    },
    /// Something went past a hook, as another seam or a server saw.
    HooksBypassed {
        /// The seam that saw it.
        seam: &'static str,
        /// What went past, such as a ref.
        what_passed: Redacted<String>,
    },
}
