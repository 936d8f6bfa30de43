//! What a person grants: a statement, and the signature under it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::sys::digest::sha256;
use crate::sys::ssh::{MOST_SIGNATURE, Signature, SignatureError};

use super::NAMESPACE;

/// The longest that an approval lasts, in seconds, whatever anybody says.
pub const LONGEST_TTL: i64 = 24 * 3_600;

/// The longest that a lift lasts, in seconds.
pub const LONGEST_LIFT: i64 = 4 * 3_600;

/// How far the clock of who signed may be ahead, in seconds.
const CLOCKS_DIFFER: i64 = 300;

/// What is signed, to the byte: its JSON.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "statement", deny_unknown_fields)]
pub enum Statement {
    /// This may happen.
    #[serde(rename = "cavra-approval-1")]
    Approval {
        /// The digest of the ask.
        ask: String,
        /// How often.
        uses: Uses,
        /// From when, in seconds since 1970.
        issued: i64,
        /// Until when.
        until: i64,
        /// What tells it from another one of the same.
        nonce: String,
    },
    /// For a time, what would be stopped goes through.
    #[serde(rename = "cavra-lift-1")]
    Lift {
        /// The machine, and the user on it.
        machine: String,
        /// For what.
        scope: Scope,
        /// Why.
        reason: String,
        /// From when, in seconds since 1970.
        issued: i64,
        /// Until when.
        until: i64,
        /// What tells it from another one of the same.
        nonce: String,
    },
}

/// How often a grant counts.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Uses {
    /// So many times.
    Times(u32),
    /// Any number of times, until it ends.
    UntilItEnds,
}

/// What a lift is for.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Everything on this machine (break-glass).
    Everything,
    /// One repository.
    Repository(String),
    /// One seam.
    Seam(String),
}

impl Scope {
    /// Whether it covers what a seam sees in a repository.
    #[must_use]
    pub fn covers(&self, seam: &str, repository: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Repository(path) => !path.is_empty() && path == repository,
            Self::Seam(name) => name == seam,
        }
    }
}

/// Why a grant is none.
#[derive(Debug, Error)]
pub enum GrantError {
    /// It is no grant.
    #[error("it is no grant of this version of Cavra's")]
    Damaged,
    /// Its signature is none, or none of it.
    #[error(transparent)]
    Signature(#[from] SignatureError),
}

/// A statement and its signature, which was made by the key that it names: whether that key counts, a quorum knows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Grant {
    text: String,
    statement: Statement,
    armour: String,
    signature: Signature,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    text: String,
    signature: String,
}

/// The largest statement, in bytes: a lift has a reason.
const MOST_STATEMENT: usize = 8 << 10;

const LINE: &str = "cavra-grant-1:";

impl Statement {
    /// The text to be signed.
    #[must_use]
    pub fn text(&self) -> String {
        // Texts and numbers: JSON can hold them all.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether it counts at `now`, and is none that claims to last longer than it may.
    #[must_use]
    pub fn counts_at(&self, now: i64) -> bool {
        let (issued, until, longest) = match self {
            Self::Approval { issued, until, .. } => (*issued, *until, LONGEST_TTL),
            Self::Lift { issued, until, .. } => (*issued, *until, LONGEST_LIFT),
        };
        let lasts = until.saturating_sub(issued);
        issued <= now.saturating_add(CLOCKS_DIFFER) && now < until && (0..=longest).contains(&lasts)
    }

    /// When it was made, and when it ends, in seconds since 1970.
    #[must_use]
    pub fn times(&self) -> (i64, i64) {
        match self {
            Self::Approval { issued, until, .. } | Self::Lift { issued, until, .. } => (*issued, *until),
        }
    }
}

impl Grant {
    /// Puts a statement and its signature together.
    ///
    /// # Errors
    /// [`GrantError`], so if the signature is not of this statement.
    pub fn new(text: String, armour: String) -> Result<Self, GrantError> {
        if text.len() > MOST_STATEMENT {
            return Err(GrantError::Damaged);
        }
        let statement: Statement = serde_json::from_str(&text).map_err(|_| GrantError::Damaged)?;
        let signature = Signature::read(&armour)?;
        signature.check(text.as_bytes(), NAMESPACE)?;
        Ok(Self { text, statement, armour, signature })
    }

    /// What it says.
    #[must_use]
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// The text that was signed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature.
    #[must_use]
    pub fn signature(&self) -> &Signature {
        &self.signature
    }

    /// What it is called: it depends on the statement and who signed, and not on how the signature came out, for there
    /// are many of one statement.
    #[must_use]
    pub fn id(&self) -> String {
        let text = format!("{}\n{}", self.signature.key().fingerprint(), self.text);
        format!("grt_{}", sha256(text.as_bytes()).get(..24).unwrap_or_default())
    }

    /// The stored form.
    #[must_use]
    pub fn to_json(&self) -> String {
        let stored = Stored { text: self.text.clone(), signature: self.armour.clone() };
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// [`GrantError`].
    pub fn from_json(bytes: &[u8]) -> Result<Self, GrantError> {
        if bytes.len() > MOST_BYTES {
            return Err(GrantError::Damaged);
        }
        let Stored { text, signature } = serde_json::from_slice(bytes).map_err(|_| GrantError::Damaged)?;
        Self::new(text, signature)
    }

    /// One line that another machine can read.
    #[must_use]
    pub fn to_line(&self) -> String {
        format!("{LINE}{}", STANDARD.encode(self.to_json()))
    }

    /// Reads such a line.
    ///
    /// # Errors
    /// [`GrantError`].
    pub fn from_line(text: &str) -> Result<Self, GrantError> {
        let base64 = text.trim_ascii().strip_prefix(LINE).ok_or(GrantError::Damaged)?;
        if base64.len() > MOST_BYTES * 2 {
            return Err(GrantError::Damaged);
        }
        Self::from_json(&STANDARD.decode(base64).map_err(|_| GrantError::Damaged)?)
    }
}

/// The largest stored grant, in bytes.
pub(super) const MOST_BYTES: usize = 2 * (MOST_STATEMENT + MOST_SIGNATURE);
