//! Policies that somebody signed: SSHSIG, in a file beside the policy (`policy.yaml.sig`), in the namespace
//! `cavra-policy`.
//!
//! What is verified are the bytes that were read and are compiled, never the file again, so there is nothing to swap in
//! between. Where signers are named, every file that a layer is made of needs a signature, those that it inherits too.
//! Beside the policy may stand which version was in force last (`policy.yaml.least`): an older one is refused.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use crate::sys::clock;
use crate::sys::files::ReadError;
use crate::sys::ssh::{Namespace, Signature, Signers};

use super::codes;
use super::compile::ReadFile;
use super::compiled::CompiledPolicy;
use super::diagnostic::{Diagnostic, Level, PolicyError};

/// What the signatures of policies are made for.
pub const NAMESPACE: Namespace = Namespace::new("cavra-policy");

/// The texts that a layer was made of, as they were read.
#[derive(Default)]
pub(super) struct Texts(RefCell<Vec<(PathBuf, Vec<u8>)>>);

impl Texts {
    /// Keeps a text, and hands it on.
    pub(super) fn keep(&self, path: &Path, bytes: Vec<u8>) -> Result<Vec<u8>, ReadError> {
        self.0.borrow_mut().push((path.to_owned(), bytes.clone()));
        Ok(bytes)
    }

    /// Holds that each of them is signed by one of these, if any are named.
    pub(super) fn check(
        &self,
        policy: &CompiledPolicy,
        signers: &[String],
        read: ReadFile<'_>,
    ) -> Result<(), PolicyError> {
        if signers.is_empty() {
            return Ok(());
        }
        let signers = read_signers(signers)?;
        let texts = self.0.borrow();
        for (path, bytes) in texts.iter() {
            let armour = match read(&signature_of(path)) {
                Ok(armour) => armour,
                Err(error) if error.is_missing() => {
                    let message = "the policy has no signature, and the policies in force require one";
                    let hint = format!("have a signer run `cavra policy sign {}`", path.display());
                    return Err(fault(codes::POLICY_UNSIGNED, message.to_owned(), path, Some(hint)));
                }
                Err(error) => return Err(error.into()),
            };
            let _ = verify(path, bytes, &armour, &signers)?;
        }
        let Some((main, _)) = texts.first() else { return Ok(()) };
        match read(&least_of(main)) {
            Ok(least) => not_older(main, &policy.metadata.version, &String::from_utf8_lossy(&least)),
            Err(error) if error.is_missing() => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Where the signature of a policy lies.
#[must_use]
pub fn signature_of(path: &Path) -> PathBuf {
    beside(path, ".sig")
}

/// Where the version that was in force last is kept.
#[must_use]
pub fn least_of(path: &Path) -> PathBuf {
    beside(path, ".least")
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Reads who may sign.
///
/// # Errors
/// If a line names nobody.
pub fn read_signers(lines: &[String]) -> Result<Signers, PolicyError> {
    Signers::read(lines.iter().map(String::as_str)).map_err(|(number, error)| {
        let message = format!("`policy.require_signature`, number {number}: {error}");
        fault(codes::SIGNERS_UNUSABLE, message, Path::new(""), None)
    })
}

/// Holds that a text is signed by one of these, and gives who it was.
///
/// # Errors
/// [`PolicyError::Invalid`], with the code `policy-signature`.
pub fn verify<'s>(
    path: &Path,
    bytes: &[u8],
    armour: &[u8],
    signers: &'s Signers,
) -> Result<&'s [String], PolicyError> {
    let verified = std::str::from_utf8(armour)
        .map_err(|_| "it is no text".to_owned())
        .and_then(|armour| Signature::read(armour).map_err(|error| error.to_string()))
        .and_then(|signature| {
            let signer = signers.verify(&signature, bytes, NAMESPACE, clock::now_seconds());
            signer.map_err(|error| error.to_string())
        });
    match verified {
        Ok(signer) => Ok(signer.names()),
        Err(reason) => {
            let message = format!("the policy's signature does not count: {reason}");
            let hint = "have the policy looked at and signed again by one of its signers".to_owned();
            Err(fault(codes::POLICY_SIGNATURE, message, path, Some(hint)))
        }
    }
}

/// Holds that a version is not older than another.
///
/// # Errors
/// [`PolicyError::Invalid`], with the code `policy-older`; so if the two cannot be told apart.
pub fn not_older(path: &Path, version: &str, least: &str) -> Result<(), PolicyError> {
    if version.trim() == least.trim() {
        return Ok(());
    }
    if let (Some(version), Some(least)) = (parts(version), parts(least))
        && version >= least
    {
        return Ok(());
    }
    let shown = |text: &str| text.trim().escape_debug().take(64).collect::<String>();
    let message = format!(
        "the policy has version `{}`, and version `{}` was in force already",
        shown(version),
        shown(least)
    );
    let hint = "a version never goes back by itself: `cavra policy pull --allow-older` says that it is meant";
    Err(fault(codes::POLICY_OLDER, message, path, Some(hint.to_owned())))
}

/// The numbers of a version such as `2026.11.3`, without zeros at its end.
fn parts(version: &str) -> Option<Vec<u64>> {
    let numbers: Option<Vec<u64>> = version.trim().split(['.', '-']).map(|part| part.parse().ok()).collect();
    let mut numbers = numbers?;
    while numbers.last() == Some(&0) {
        numbers.pop();
    }
    Some(numbers)
}

fn fault(code: &'static str, message: String, path: &Path, hint: Option<String>) -> PolicyError {
    PolicyError::Invalid(vec![Diagnostic {
        level: Level::Error,
        code,
        message,
        path: path.display().to_string(),
        line: 0,
        column: 0,
        width: 0,
        excerpt: String::new(),
        hint,
    }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_compared_by_its_numbers_and_is_otherwise_refused() {
        for (version, least, is_fine) in [
            ("1", "1", true),
            ("2", "1", true),
            ("10", "9", true),
            ("1.10", "1.9", true),
            ("1.0", "1", true),
            ("1", "1.0.1", false),
            ("1", "2", false),
            ("2026-11-24", "2026-11-23", true),
            ("next", "next", true),
            ("next", "1", false),
            ("", "1", false),
            ("99999999999999999999", "1", false),
        ] {
            assert_eq!(not_older(Path::new("p"), version, least).is_ok(), is_fine, "{version} after {least}");
        }
    }
}
