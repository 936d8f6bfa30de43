//! Seals and checkpoints: the head of the chain, signed.
//!
//! Both sign one statement, the sequence and the hash of a record, which stand for all that came before. A seal is a
//! record of the log itself, behind the one that it names. A checkpoint is kept elsewhere, and there lies its worth: a
//! chain that was cut or made anew, head, seals and all, does not hold to it.
//!
//! A key file proves less than a person's key: who may write the log may read it, and sign what they made of the log.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use thiserror::Error;

use crate::sys::clock;
use crate::sys::ssh::{Namespace, OwnKey, Signature, Signers};

use super::canonical;
use super::error::EvidenceError;
use super::record::is_hash;

/// What seals and checkpoints are signed for.
pub const NAMESPACE: Namespace = Namespace::new("cavra-evidence");

/// The file of the key that is made at first use, in the folder of the log.
pub(super) const KEY_FILE: &str = "seal.key";

/// The form of the statement.
const FORM: &str = "cavra-evidence-head/1";

/// The most bytes that a checkpoint may have.
pub const MOST_CHECKPOINT: u64 = 32 << 10;

/// A record that stands for all before it, and who says so.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    form: String,
    /// The sequence of the record.
    pub sequence: u64,
    /// Its hash.
    pub hash: String,
    /// When it was signed, as who signed says.
    pub time: String,
    signature: String,
}

/// Why a checkpoint is none.
#[derive(Debug, Error)]
pub enum SealError {
    /// It is not of the form.
    #[error("it is no checkpoint: {0}")]
    Form(String),
    /// Its signature does not hold.
    #[error("its signature does not count: {0}")]
    Signature(String),
}

/// Who signed.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct SealedBy {
    /// The key's fingerprint.
    pub fingerprint: String,
    /// The name of the signer, where signers were named.
    pub name: Option<String>,
    /// Whether the key lies on a token that wants a touch.
    pub is_on_a_token: bool,
}

impl SealedBy {
    /// Who it is, in words.
    #[must_use]
    pub fn told(&self) -> String {
        let token = if self.is_on_a_token { " on a token" } else { "" };
        match &self.name {
            Some(name) => format!("{name} (the key {}{token})", self.fingerprint),
            None => format!("the key {}{token}", self.fingerprint),
        }
    }
}

impl Checkpoint {
    /// The text that is signed for a record.
    #[must_use]
    pub fn message(sequence: u64, hash: &str, time: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        canonical::write(
            &json!({ "form": FORM, "hash": hash, "sequence": sequence, "time": time }),
            &mut bytes,
        );
        bytes
    }

    /// A checkpoint with its signature.
    #[must_use]
    pub fn signed(sequence: u64, hash: String, time: String, signature: String) -> Self {
        Self { form: FORM.to_owned(), sequence, hash, time, signature }
    }

    /// Signs with the key file in the log's folder, which is made at first use.
    pub(super) fn by_key_file(folder: &Path, sequence: u64, hash: &str) -> Result<Self, EvidenceError> {
        let path = folder.join(KEY_FILE);
        let key = OwnKey::open_or_make(&path).map_err(EvidenceError::at(&path))?;
        let time = clock::now();
        let signature = key.sign(&Self::message(sequence, hash, &time), NAMESPACE);
        Ok(Self::signed(sequence, hash.to_owned(), time, signature))
    }

    /// Reads the text of a checkpoint.
    ///
    /// # Errors
    /// If it is none. Whether its signature holds, [`Checkpoint::check`] says.
    pub fn read(text: &[u8]) -> Result<Self, SealError> {
        let read: Self = serde_json::from_slice(text).map_err(|error| SealError::Form(error.to_string()))?;
        read.well_formed()
    }

    pub(super) fn of_detail(detail: Option<&Value>) -> Result<Self, SealError> {
        let read = detail.and_then(|detail| Self::deserialize(detail).ok());
        read.ok_or_else(|| SealError::Form("a member is missing or of the wrong type".to_owned()))?
            .well_formed()
    }

    fn well_formed(self) -> Result<Self, SealError> {
        if self.form != FORM {
            return Err(SealError::Form(format!("its form is `{}`, not `{FORM}`", self.form.escape_debug())));
        }
        if !is_hash(&self.hash) || self.sequence == 0 {
            return Err(SealError::Form("it names no record".to_owned()));
        }
        Ok(self)
    }

    /// Who signed it. With signers it must be one of them, at the time that it says; without, any key will do.
    ///
    /// # Errors
    /// If the signature does not hold, or not for these signers.
    pub fn check(&self, signers: Option<&Signers>) -> Result<SealedBy, SealError> {
        let fault = |error: &dyn std::fmt::Display| SealError::Signature(error.to_string());
        let signature = Signature::read(&self.signature).map_err(|error| fault(&error))?;
        let message = Self::message(self.sequence, &self.hash, &self.time);
        let name = match signers {
            Some(signers) => {
                let time = clock::seconds_of(&self.time).ok_or_else(|| fault(&"it says no time"))?;
                let signer =
                    signers.verify(&signature, &message, NAMESPACE, time).map_err(|error| fault(&error))?;
                Some(signer.names().join(","))
            }
            None => {
                signature.check(&message, NAMESPACE).map_err(|error| fault(&error))?;
                None
            }
        };
        let key = signature.key();
        Ok(SealedBy { fingerprint: key.fingerprint(), name, is_on_a_token: key.is_on_a_token() })
    }
}
