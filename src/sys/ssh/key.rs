//! Public keys, and whether one of them made a signature.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256,
    RSA_PKCS1_2048_8192_SHA512, RsaPublicKeyComponents, UnparsedPublicKey, VerificationAlgorithm,
};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::wire::Reader;

/// A public key of a kind that counts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PublicKey {
    kind: Kind,
    blob: Vec<u8>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Kind {
    Ed25519(Vec<u8>),
    Ecdsa { curve: Curve, point: Vec<u8> },
    Rsa { exponent: Vec<u8>, modulus: Vec<u8> },
    SkEd25519 { point: Vec<u8>, application: Vec<u8> },
    SkEcdsa { point: Vec<u8>, application: Vec<u8> },
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Curve {
    P256,
    P384,
}

/// Why a key cannot be used.
#[derive(Clone, Debug, Error, Eq, PartialEq)]
pub enum KeyError {
    /// It is cut off, or something stands behind it.
    #[error("the key is damaged")]
    Damaged,
    /// It is of a kind that does not count.
    #[error(
        "a key of the kind `{0}` does not count here; ssh-ed25519, ecdsa-sha2-nistp256, ecdsa-sha2-nistp384, ssh-rsa and \
         the sk- kinds of the first two do"
    )]
    Kind(String),
    /// It is too short.
    #[error("an RSA key of {0} bits does not count here; it needs 2048 to 8192")]
    Size(usize),
}

/// What a token says with its signature.
const USER_WAS_PRESENT: u8 = 0x01;

impl PublicKey {
    /// Reads the wire form.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn from_blob(blob: &[u8]) -> Result<Self, KeyError> {
        let mut reader = Reader::new(blob);
        let name = reader.text().ok_or(KeyError::Damaged)?;
        let kind = match name {
            "ssh-ed25519" => reader.string().map(|point| Kind::Ed25519(point.to_vec())),
            "ecdsa-sha2-nistp256" => ecdsa(&mut reader, Curve::P256, "nistp256"),
            "ecdsa-sha2-nistp384" => ecdsa(&mut reader, Curve::P384, "nistp384"),
            "ssh-rsa" => rsa(&mut reader),
            "sk-ssh-ed25519@openssh.com" => {
                reader.string().zip(reader.string()).map(|(point, application)| Kind::SkEd25519 {
                    point: point.to_vec(),
                    application: application.to_vec(),
                })
            }
            "sk-ecdsa-sha2-nistp256@openssh.com" => sk_ecdsa(&mut reader),
            other => return Err(KeyError::Kind(other.escape_debug().take(64).collect())),
        };
        let kind = kind.zip(reader.end()).ok_or(KeyError::Damaged)?.0;
        if let Kind::Rsa { modulus, .. } = &kind {
            let bits = modulus.len() * 8 - modulus.first().map_or(0, |first| first.leading_zeros() as usize);
            if !(2048..=8192).contains(&bits) {
                return Err(KeyError::Size(bits));
            }
        }
        Ok(Self { kind, blob: blob.to_vec() })
    }

    /// Reads the text form: its kind, and the wire form in base64.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn from_text(kind: &str, base64: &str) -> Result<Self, KeyError> {
        let blob = STANDARD.decode(base64).map_err(|_| KeyError::Damaged)?;
        let key = Self::from_blob(&blob);
        let named = Reader::new(&blob).text().ok_or(KeyError::Damaged)?;
        if named == kind { key } else { Err(KeyError::Damaged) }
    }

    /// The text form, as it stands in a `.pub` file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let name = Reader::new(&self.blob).text().unwrap_or_default();
        format!("{name} {}", STANDARD.encode(&self.blob))
    }

    /// The fingerprint, as `ssh-keygen -l` shows it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        format!("SHA256:{}", STANDARD_NO_PAD.encode(Sha256::digest(&self.blob)))
    }

    /// Whether it lies on a token that wants a touch, so that no program can sign with it alone.
    #[must_use]
    pub fn is_on_a_token(&self) -> bool {
        match self.kind {
            Kind::SkEd25519 { .. } | Kind::SkEcdsa { .. } => true,
            Kind::Ed25519(_) | Kind::Ecdsa { .. } | Kind::Rsa { .. } => false,
        }
    }

    /// Whether `signature`, in its wire form, is this key's of `message`.
    pub(super) fn made(&self, signature: &[u8], message: &[u8]) -> bool {
        self.check(signature, message).is_some()
    }

    fn check(&self, signature: &[u8], message: &[u8]) -> Option<()> {
        let mut reader = Reader::new(signature);
        let algorithm = reader.text()?;
        let signature = reader.string()?;
        match (&self.kind, algorithm) {
            (Kind::Ed25519(point), "ssh-ed25519") => {
                reader.end()?;
                verified(&ED25519, point, message, signature)
            }
            (Kind::Ecdsa { curve: Curve::P256, point }, "ecdsa-sha2-nistp256") => {
                reader.end()?;
                verified(&ECDSA_P256_SHA256_FIXED, point, message, &fixed(signature, 32)?)
            }
            (Kind::Ecdsa { curve: Curve::P384, point }, "ecdsa-sha2-nistp384") => {
                reader.end()?;
                verified(&ECDSA_P384_SHA384_FIXED, point, message, &fixed(signature, 48)?)
            }
            (Kind::Rsa { exponent, modulus }, "rsa-sha2-256" | "rsa-sha2-512") => {
                reader.end()?;
                let parameters = if algorithm == "rsa-sha2-256" {
                    &RSA_PKCS1_2048_8192_SHA256
                } else {
                    &RSA_PKCS1_2048_8192_SHA512
                };
                RsaPublicKeyComponents { n: modulus, e: exponent }.verify(parameters, message, signature).ok()
            }
            (Kind::SkEd25519 { point, application }, "sk-ssh-ed25519@openssh.com") => {
                let message = touched(reader, application, message)?;
                verified(&ED25519, point, &message, signature)
            }
            (Kind::SkEcdsa { point, application }, "sk-ecdsa-sha2-nistp256@openssh.com") => {
                let message = touched(reader, application, message)?;
                verified(&ECDSA_P256_SHA256_FIXED, point, &message, &fixed(signature, 32)?)
            }
            (
                Kind::Ed25519(_)
                | Kind::Ecdsa { .. }
                | Kind::Rsa { .. }
                | Kind::SkEd25519 { .. }
                | Kind::SkEcdsa { .. },
                _,
            ) => None,
        }
    }
}

fn verified(
    algorithm: &'static dyn VerificationAlgorithm,
    point: &[u8],
    message: &[u8],
    signature: &[u8],
) -> Option<()> {
    UnparsedPublicKey::new(algorithm, point).verify(message, signature).ok()
}

/// What a token signs (`PROTOCOL.u2f`): the application, what it saw, how often it signed, and the message. None without
/// a touch.
fn touched(mut reader: Reader<'_>, application: &[u8], message: &[u8]) -> Option<Vec<u8>> {
    let flags = reader.byte()?;
    let counter = reader.number()?;
    reader.end()?;
    if flags & USER_WAS_PRESENT == 0 {
        return None;
    }
    let mut signed = Sha256::digest(application).to_vec();
    signed.push(flags);
    signed.extend_from_slice(&counter.to_be_bytes());
    signed.extend_from_slice(&Sha256::digest(message));
    Some(signed)
}

/// The two numbers of a signature on a curve, each as many bytes as the curve has.
fn fixed(signature: &[u8], width: usize) -> Option<Vec<u8>> {
    let mut reader = Reader::new(signature);
    let (r, s) = (reader.positive()?, reader.positive()?);
    reader.end()?;
    let mut both = Vec::with_capacity(width * 2);
    for number in [r, s] {
        both.resize(both.len() + width.checked_sub(number.len())?, 0);
        both.extend_from_slice(number);
    }
    Some(both)
}

fn ecdsa(reader: &mut Reader<'_>, curve: Curve, name: &str) -> Option<Kind> {
    let named = reader.text()?;
    let point = reader.string()?.to_vec();
    (named == name).then_some(Kind::Ecdsa { curve, point })
}

fn sk_ecdsa(reader: &mut Reader<'_>) -> Option<Kind> {
    let named = reader.text()?;
    let (point, application) = (reader.string()?.to_vec(), reader.string()?.to_vec());
    (named == "nistp256").then_some(Kind::SkEcdsa { point, application })
}

fn rsa(reader: &mut Reader<'_>) -> Option<Kind> {
    let (exponent, modulus) = (reader.positive()?.to_vec(), reader.positive()?.to_vec());
    Some(Kind::Rsa { exponent, modulus })
}
