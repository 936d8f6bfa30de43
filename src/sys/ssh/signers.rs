//! Who may sign: lines as OpenSSH's `allowed_signers` has them.
//!
//! `NAMES [OPTIONS] KIND BASE64 [COMMENT]`. A name is a name and no pattern, for it is written down who signed. Times
//! are in UTC, with the `Z` that says so: OpenSSH reads those without in whatever zone the machine is in. What is not
//! known is refused.

use thiserror::Error;

use super::Namespace;
use super::key::{KeyError, PublicKey};
use super::signature::{Signature, SignatureError};
use crate::sys::clock;

/// The most signers that one list has.
const MOST_SIGNERS: usize = 1_000;

/// Whose signatures count.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Signers {
    signers: Vec<Signer>,
    revoked: Vec<String>,
}

/// One who may sign.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Signer {
    names: Vec<String>,
    namespaces: Option<Vec<String>>,
    valid_after: Option<i64>,
    valid_before: Option<i64>,
    key: PublicKey,
}

/// Why a line names no signer.
#[derive(Clone, Debug, Error, Eq, PartialEq)]
pub enum SignersError {
    /// It is not of that form.
    #[error("expected `NAMES [OPTIONS] KIND BASE64 [COMMENT]`, as in OpenSSH's allowed_signers")]
    Form,
    /// A name is a pattern.
    #[error("`{0}` is a pattern: a signer is a person or a machine, by name")]
    Pattern(String),
    /// It wants certificates.
    #[error("certificates are not read here: name the key of each signer instead of a `cert-authority`")]
    Certificates,
    /// An option is not known.
    #[error("the option `{0}` is not known: namespaces, valid-after and valid-before are")]
    Option(String),
    /// A time is none.
    #[error("`{0}` is no time in UTC: expected YYYYMMDDZ or YYYYMMDDHHMM[SS]Z")]
    Time(String),
    /// The key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// There are too many lines.
    #[error("there are more than {MOST_SIGNERS} signers")]
    TooMany,
    /// A revoked key is neither a fingerprint nor a key.
    #[error("`{0}` is no key: expected SHA256:… as `ssh-keygen -l` shows it, or KIND BASE64")]
    Revoked(String),
}

/// Why a signature does not count.
#[derive(Clone, Debug, Error, Eq, PartialEq)]
pub enum VerifyError {
    /// It is none, or none of this.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// Its key was revoked.
    #[error("the key {0} was revoked")]
    Revoked(String),
    /// Its key is nobody's who is named.
    #[error("the key {0} belongs to nobody who may sign this")]
    Stranger(String),
    /// Its signer does not count at this time.
    #[error("the key {0} does not count at this time")]
    Time(String),
}

impl Signers {
    /// Reads lines; those that are empty or a comment are passed over.
    ///
    /// # Errors
    /// The first line that names no signer, from 1, and why.
    pub fn read<'a>(lines: impl IntoIterator<Item = &'a str>) -> Result<Self, (usize, SignersError)> {
        let mut signers = Vec::new();
        for (number, line) in lines.into_iter().enumerate() {
            let line = line.trim_ascii();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if signers.len() == MOST_SIGNERS {
                return Err((number + 1, SignersError::TooMany));
            }
            signers.push(Signer::read(line).map_err(|error| (number + 1, error))?);
        }
        Ok(Self { signers, revoked: Vec::new() })
    }

    /// The same, without those whose key is one of these: fingerprints or keys.
    ///
    /// # Errors
    /// Which of them is neither.
    pub fn without<'a>(
        mut self,
        revoked: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, (usize, SignersError)> {
        for (number, text) in revoked.into_iter().enumerate() {
            let mut words = text.split_ascii_whitespace();
            let fingerprint = match (words.next(), words.next()) {
                (Some(word), None) if word.len() == 50 && word.starts_with("SHA256:") => word.to_owned(),
                (Some(kind), Some(base64)) => PublicKey::from_text(kind, base64)
                    .map_err(|error| (number + 1, SignersError::Key(error)))?
                    .fingerprint(),
                _ => {
                    let shown = text.escape_debug().take(80).collect();
                    return Err((number + 1, SignersError::Revoked(shown)));
                }
            };
            self.revoked.push(fingerprint);
        }
        Ok(self)
    }

    /// Whether nobody is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.signers.is_empty()
    }

    /// Those who are named.
    pub fn iter(&self) -> impl Iterator<Item = &Signer> {
        self.signers.iter()
    }

    /// Whether the key is one of those named, revoked or not.
    #[must_use]
    pub fn knows(&self, key: &PublicKey) -> bool {
        self.signers.iter().any(|signer| signer.key == *key)
    }

    /// Who signed `message` for `namespace`, if that counts at `time`, in seconds since 1970.
    ///
    /// # Errors
    /// [`VerifyError`].
    pub fn verify(
        &self,
        signature: &Signature,
        message: &[u8],
        namespace: Namespace,
        time: i64,
    ) -> Result<&Signer, VerifyError> {
        signature.check(message, namespace)?;
        let fingerprint = signature.key().fingerprint();
        if self.revoked.contains(&fingerprint) {
            return Err(VerifyError::Revoked(fingerprint));
        }
        let mut known = self
            .signers
            .iter()
            .filter(|signer| signer.key == *signature.key() && signer.signs_for(namespace))
            .peekable();
        if known.peek().is_none() {
            return Err(VerifyError::Stranger(fingerprint));
        }
        known.find(|signer| signer.counts_at(time)).ok_or(VerifyError::Time(fingerprint))
    }
}

impl Signer {
    fn read(line: &str) -> Result<Self, SignersError> {
        let (names, rest) = names(line).ok_or(SignersError::Form)?;
        let names: Vec<String> = names.split(',').map(str::to_owned).collect();
        if let Some(pattern) = names.iter().find(|name| name.is_empty() || name.contains(['*', '?', '!'])) {
            return Err(SignersError::Pattern(pattern.escape_debug().take(80).collect()));
        }
        let mut words = words(rest).ok_or(SignersError::Form)?.into_iter();
        let first = words.next().ok_or(SignersError::Form)?;
        let mut signer = Limits::default();
        // A kind of key has no `=`, and is no word of an option.
        let is_kind = ["ssh-", "ecdsa-", "sk-"].iter().any(|start| first.starts_with(start));
        let kind = if is_kind {
            first
        } else {
            signer = Limits::read(first)?;
            words.next().ok_or(SignersError::Form)?
        };
        let key = PublicKey::from_text(kind, words.next().ok_or(SignersError::Form)?)?;
        let Limits { namespaces, valid_after, valid_before } = signer;
        Ok(Self { names, namespaces, valid_after, valid_before, key })
    }

    /// Who it is: the names of the line.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Its key.
    #[must_use]
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    fn signs_for(&self, namespace: Namespace) -> bool {
        self.namespaces
            .as_ref()
            .is_none_or(|namespaces| namespaces.iter().any(|named| named == namespace.as_str()))
    }

    fn counts_at(&self, time: i64) -> bool {
        self.valid_after.is_none_or(|after| time >= after)
            && self.valid_before.is_none_or(|before| time < before)
    }
}

/// What the options of a line say.
#[derive(Default)]
struct Limits {
    namespaces: Option<Vec<String>>,
    valid_after: Option<i64>,
    valid_before: Option<i64>,
}

impl Limits {
    fn read(options: &str) -> Result<Self, SignersError> {
        let mut limits = Self::default();
        for option in split_outside_quotes(options, ',') {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
            match name.to_ascii_lowercase().as_str() {
                "cert-authority" => return Err(SignersError::Certificates),
                "namespaces" if limits.namespaces.is_none() => {
                    let namespaces: Vec<String> = value.split(',').map(str::to_owned).collect();
                    if let Some(pattern) =
                        namespaces.iter().find(|name| name.is_empty() || name.contains(['*', '?', '!']))
                    {
                        return Err(SignersError::Pattern(pattern.escape_debug().take(80).collect()));
                    }
                    limits.namespaces = Some(namespaces);
                }
                "valid-after" if limits.valid_after.is_none() => limits.valid_after = Some(time(value)?),
                "valid-before" if limits.valid_before.is_none() => limits.valid_before = Some(time(value)?),
                other => return Err(SignersError::Option(other.escape_debug().take(80).collect())),
            }
        }
        Ok(limits)
    }
}

/// The names, which may stand in quotes, and what is behind them.
fn names(line: &str) -> Option<(&str, &str)> {
    match line.strip_prefix('"') {
        Some(rest) => rest.split_once('"'),
        None => line.split_once([' ', '\t']),
    }
}

/// The words of a line; a blank in quotes is none.
fn words(text: &str) -> Option<Vec<&str>> {
    let is_closed = text.bytes().filter(|byte| *byte == b'"').count() % 2 == 0;
    is_closed.then(|| {
        let words = split_outside_quotes(text, ' ');
        words
            .into_iter()
            .flat_map(|word| if word.contains('"') { vec![word] } else { word.split('\t').collect() })
            .filter(|word| !word.is_empty())
            .collect()
    })
}

fn split_outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let mut inside = false;
    text.split(|letter: char| {
        inside ^= letter == '"';
        letter == separator && !inside
    })
    .collect()
}

/// A time in seconds since 1970.
fn time(text: &str) -> Result<i64, SignersError> {
    let wrong = || SignersError::Time(text.escape_debug().take(40).collect());
    let digits = text.strip_suffix('Z').ok_or_else(wrong)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or("00");
    if !matches!(digits.len(), 8 | 12 | 14) {
        return Err(wrong());
    }
    let (year, month, day) = (part(0, 4), part(4, 6), part(6, 8));
    let (hour, minute, second) = (part(8, 10), part(10, 12), part(12, 14));
    clock::seconds_of(&format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z")).ok_or_else(wrong)
}
