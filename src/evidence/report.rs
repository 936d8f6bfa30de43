//! What `verify` found.

use std::collections::BTreeSet;
use std::fmt;

use super::rotate::Removed;
use super::seal::SealedBy;

/// What a log holds, and whether it proves itself.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Report {
    /// How many files with records there are.
    pub files: u64,
    /// Their length together, in bytes.
    pub bytes: u64,
    /// How many records are in place, up to the first that is not.
    pub records: u64,
    /// How many of them are decisions.
    pub decisions: u64,
    /// The first record.
    pub first: Option<Place>,
    /// The last record that is in place.
    pub last: Option<Place>,
    /// What retention removed, oldest first, the newest [`MOST_NOTES`] of it.
    pub removed: Vec<Removed>,
    /// What is worth knowing and makes no log invalid: repairs, a write that was interrupted.
    pub warnings: Vec<String>,
    /// How many warnings there were beyond [`MOST_NOTES`].
    pub more_warnings: u64,
    /// What repairs set aside, by name.
    pub side_files: Vec<String>,
    /// How many seals there are.
    pub seals: u64,
    /// The last record that a seal names.
    pub sealed_to: Option<u64>,
    /// Who made them.
    pub sealed_by: BTreeSet<SealedBy>,
    /// Whether one of those is the key file that lies beside the log.
    pub is_sealed_by_key_file: bool,
    /// How many gaps the log tells of.
    pub gaps: u64,
    /// The checkpoint that the log holds to, and who signed it.
    pub checkpoint: Option<(u64, SealedBy)>,
    /// The first line that is wrong.
    pub bad: Option<BadLine>,
}

/// The most warnings, and the most removed files, that a report lists.
pub const MOST_NOTES: usize = 1_000;

/// A record's place in sequence and time.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Place {
    /// Its sequence.
    pub sequence: u64,
    /// Its time, as it says.
    pub time: String,
}

/// A line that is not as it must be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BadLine {
    /// The name of the file.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// What was expected and what was found.
    pub fault: String,
}

impl Report {
    /// Whether the log proves itself.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.bad.is_none()
    }

    /// What the signatures in it prove, in a sentence.
    #[must_use]
    pub fn signing_told(&self) -> String {
        if let Some((sequence, by)) = &self.checkpoint {
            return format!(
                "Nothing up to record {sequence} was changed since the checkpoint by {} was made.",
                by.told()
            );
        }
        let Some(sealed_to) = self.sealed_to else {
            return "No record is signed: whoever may write the folder could have made the chain anew."
                .to_owned();
        };
        let by: Vec<_> = self.sealed_by.iter().map(SealedBy::told).collect();
        let by = by.join(" and ");
        if self.is_sealed_by_key_file {
            format!(
                "Records up to {sealed_to} are sealed by {by}. A key file lies beside the log: whoever may write the \
                 log may sign with it, so this proves integrity only up to the last checkpoint that is kept elsewhere."
            )
        } else if self.sealed_by.iter().all(|by| by.name.is_some()) {
            format!("Records up to {sealed_to} are sealed by {by}.")
        } else {
            format!(
                "Records up to {sealed_to} are sealed by {by}, whom no list of signers names: anybody could have made \
                 such a key."
            )
        }
    }

    pub(super) fn warn(&mut self, warning: String) {
        if self.warnings.len() < MOST_NOTES {
            self.warnings.push(warning);
        } else {
            self.more_warnings += 1;
        }
    }
}

impl fmt::Display for BadLine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.file, self.line, self.fault)
    }
}
