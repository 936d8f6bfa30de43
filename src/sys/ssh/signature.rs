//! One signature in its armour, and what it signs.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha512};
use thiserror::Error;

use super::Namespace;
use super::key::{KeyError, PublicKey};
use super::wire::{Reader, put_string};

/// The longest signature in its armour, in bytes: several times what the largest key makes.
pub const MOST_SIGNATURE: usize = 16 << 10;

pub(super) const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
pub(super) const END: &str = "-----END SSH SIGNATURE-----";
pub(super) const MAGIC: &[u8] = b"SSHSIG";
pub(super) const VERSION: u32 = 1;

/// A signature that was read, and says nothing until it is verified.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Signature {
    key: PublicKey,
    namespace: Vec<u8>,
    reserved: Vec<u8>,
    hash: Hash,
    signature: Vec<u8>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Hash {
    Sha256,
    Sha512,
}

/// Why a signature cannot be read, or is none.
#[derive(Clone, Debug, Error, Eq, PartialEq)]
pub enum SignatureError {
    /// It is longer than a signature may be.
    #[error("the signature is longer than {MOST_SIGNATURE} bytes")]
    TooLong,
    /// It has no armour, or something else in it.
    #[error("it is no signature of OpenSSH's: expected `{BEGIN}`, base64 and `{END}`")]
    Armour,
    /// It is cut off, of another version, or something stands behind it.
    #[error("the signature is damaged")]
    Damaged,
    /// Its digest is of a kind that does not count.
    #[error("the signature uses a digest that does not count here; sha256 and sha512 do")]
    Digest,
    /// Its key cannot be used.
    #[error("the signature's key: {0}")]
    Key(#[from] KeyError),
    /// It was made for something else.
    #[error("the signature was made for `{found}`, not for `{expected}`")]
    Namespace {
        /// What it must be for.
        expected: &'static str,
        /// What it is for.
        found: String,
    },
    /// It is not the key's signature of this text.
    #[error("the signature is not of this text, or not by the key that it names")]
    Wrong,
}

impl Signature {
    /// Reads a signature in its armour.
    ///
    /// # Errors
    /// [`SignatureError`].
    pub fn read(text: &str) -> Result<Self, SignatureError> {
        if text.len() > MOST_SIGNATURE {
            return Err(SignatureError::TooLong);
        }
        let inner = text.trim_ascii().strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(END));
        let base64: String = inner.ok_or(SignatureError::Armour)?.split_ascii_whitespace().collect();
        let blob = STANDARD.decode(base64).map_err(|_| SignatureError::Armour)?;
        Self::from_blob(&blob)
    }

    fn from_blob(blob: &[u8]) -> Result<Self, SignatureError> {
        let parts = || {
            let mut reader = Reader::new(blob);
            let is_one = reader.take(MAGIC.len())? == MAGIC && reader.number()? == VERSION;
            let parts =
                [reader.string()?, reader.string()?, reader.string()?, reader.string()?, reader.string()?];
            reader.end()?;
            is_one.then_some(parts)
        };
        let [key, namespace, reserved, hash, signature] = parts().ok_or(SignatureError::Damaged)?;
        let hash = match hash {
            b"sha256" => Hash::Sha256,
            b"sha512" => Hash::Sha512,
            _ => return Err(SignatureError::Digest),
        };
        Ok(Self {
            key: PublicKey::from_blob(key)?,
            namespace: namespace.to_vec(),
            reserved: reserved.to_vec(),
            hash,
            signature: signature.to_vec(),
        })
    }

    /// The key that it says made it: whether it counts, [`super::Signers`] know.
    #[must_use]
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// Whether it is its key's signature of `message` for `namespace`.
    ///
    /// # Errors
    /// [`SignatureError::Namespace`] and [`SignatureError::Wrong`].
    pub fn check(&self, message: &[u8], namespace: Namespace) -> Result<(), SignatureError> {
        if self.namespace != namespace.as_str().as_bytes() {
            let found = String::from_utf8_lossy(&self.namespace).escape_debug().take(64).collect();
            return Err(SignatureError::Namespace { expected: namespace.as_str(), found });
        }
        let (name, digest) = match self.hash {
            Hash::Sha256 => ("sha256", Sha256::digest(message).to_vec()),
            Hash::Sha512 => ("sha512", Sha512::digest(message).to_vec()),
        };
        let mut signed = MAGIC.to_vec();
        for part in [self.namespace.as_slice(), &self.reserved, name.as_bytes(), &digest] {
            put_string(&mut signed, part);
        }
        if self.key.made(&self.signature, &signed) { Ok(()) } else { Err(SignatureError::Wrong) }
    }
}
