//! What a person is asked.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::contract::Severity;
use crate::sys::digest::sha256;

/// Everything that an answer is for. Two that differ in anything have different digests.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// The machine, and the user on it.
    pub machine: String,
    /// The seam that saw it.
    pub seam: String,
    /// Who asks, as they call themselves.
    pub agent: String,
    /// The session.
    pub session: String,
    /// Who acts.
    pub actor: String,
    /// The working directory.
    pub cwd: String,
    /// The repository.
    pub repository: String,
    /// What kind of action it is.
    pub action: String,
    /// What is acted on: all of it, as it was given.
    pub target: String,
    /// What is done to it.
    pub operation: String,
    /// Its words, where it is a command.
    pub argv: Vec<String>,
    /// What is asked about.
    pub parts: Vec<Part>,
    /// How many requests the event comes to.
    pub requests: u64,
    /// The digest of all of them, with everything that is known of each.
    pub requests_sha256: String,
    /// Where programs are looked for.
    pub search_path: String,
    /// The files of code that its commands name, each with its digest.
    pub files: Vec<String>,
    /// What could not be understood.
    pub unresolved: Vec<String>,
    /// The digests of the policies that ask.
    pub policies: Vec<String>,
    /// The groups whose approval it needs.
    pub groups: Vec<String>,
    /// How grave the gravest part is.
    pub severity: Severity,
}

/// One thing that is asked about.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// What kind of action it is.
    pub action: String,
    /// What is acted on.
    pub target: String,
    /// What is done to it.
    pub operation: String,
    /// The rule that asks.
    pub rule: String,
    /// Why, in a sentence.
    pub reason: String,
    /// How grave it is.
    pub severity: Severity,
}

/// Why a text is no ask.
#[derive(Debug, Error)]
pub enum AskError {
    /// It is larger than one that a person could be shown.
    #[error("it is more than a person could be shown ({MOST_BYTES} bytes)")]
    TooLarge,
    /// It is none.
    #[error("it is no pending approval of this version of Cavra's")]
    Damaged,
}

/// The largest ask, in bytes of JSON.
pub(super) const MOST_BYTES: usize = 256 << 10;

const LINE: &str = "cavra-ask-1:";

impl Ask {
    /// The digest that grants name, 64 hexadecimal digits.
    #[must_use]
    pub fn digest(&self) -> String {
        sha256(format!("cavra-ask-1\n{}", self.json()).as_bytes())
    }

    /// What people call it: the start of the digest, in a form that can be read aloud.
    #[must_use]
    pub fn id(&self) -> String {
        format!("apr_{}", self.digest().get(..16).unwrap_or_default())
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// [`AskError`].
    pub fn from_json(bytes: &[u8]) -> Result<Self, AskError> {
        if bytes.len() > MOST_BYTES {
            return Err(AskError::TooLarge);
        }
        serde_json::from_slice(bytes).map_err(|_| AskError::Damaged)
    }

    /// The stored form: the one form that it has, as the members have an order.
    ///
    /// # Errors
    /// [`AskError::TooLarge`].
    pub fn to_json(&self) -> Result<String, AskError> {
        let json = self.json();
        if json.len() > MOST_BYTES { Err(AskError::TooLarge) } else { Ok(json) }
    }

    /// One line that another machine can read.
    ///
    /// # Errors
    /// [`AskError::TooLarge`].
    pub fn to_line(&self) -> Result<String, AskError> {
        Ok(format!("{LINE}{}", STANDARD.encode(self.to_json()?)))
    }

    /// Reads such a line; none if the text is no such line at all.
    #[must_use]
    pub fn from_line(text: &str) -> Option<Result<Self, AskError>> {
        let base64 = text.trim_ascii().strip_prefix(LINE)?;
        if base64.len() > MOST_BYTES * 2 {
            return Some(Err(AskError::TooLarge));
        }
        Some(STANDARD.decode(base64).map_err(|_| AskError::Damaged).and_then(|json| Self::from_json(&json)))
    }

    fn json(&self) -> String {
        // Texts, numbers and lists of them: JSON can hold them all.
        serde_json::to_string(self).unwrap_or_default()
    }
}
