//! Making a signature: `ssh-keygen -Y sign`, which speaks to the agent and asks for passphrases and touches.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use thiserror::Error;

use super::Namespace;
use super::signature::{MOST_SIGNATURE, Signature, SignatureError};
use crate::sys::files;
use crate::sys::programs::{self, ProgramError};

/// Why there is no signature.
#[derive(Debug, Error)]
pub enum SignError {
    /// There is no `ssh-keygen` to be trusted.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// It could not be run.
    #[error("ssh-keygen could not be run: {0}")]
    Io(#[from] io::Error),
    /// It made none; what it said went to the terminal.
    #[error("ssh-keygen made no signature with `{0}`")]
    Refused(String),
    /// What it made is none of this text.
    #[error("what ssh-keygen made cannot be used: {0}")]
    Unusable(#[from] SignatureError),
}

/// Signs `message` for `namespace` with the key in `key`: a private key's file, or a public key's whose other half the
/// agent or a token has. What it asks for, it asks on the terminal. The answer is in its armour, and was verified.
///
/// # Errors
/// [`SignError`].
pub fn sign(message: &[u8], namespace: Namespace, key: &Path) -> Result<String, SignError> {
    let mut child = Command::new(programs::ssh_keygen()?)
        .args(["-Y", "sign", "-n", namespace.as_str(), "-f"])
        .arg(key)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut input = child.stdin.take();
    let written = input.as_mut().map_or(Ok(()), |input| input.write_all(message));
    drop(input);
    let bound = MOST_SIGNATURE as u64;
    let output = child.stdout.take().map(|output| files::read_bounded(output, bound, 2_048)).transpose();
    let status = child.wait()?;
    if !status.success() {
        return Err(SignError::Refused(key.display().to_string()));
    }
    written?;
    let bytes = output?.flatten().ok_or(SignatureError::TooLong)?;
    let text = String::from_utf8(bytes).map_err(|_| SignatureError::Armour)?;
    Signature::read(&text)?.check(message, namespace)?;
    Ok(text)
}
