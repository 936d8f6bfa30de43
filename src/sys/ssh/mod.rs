//! Signatures as OpenSSH makes them (SSHSIG, `PROTOCOL.sshsig`): read and verified here, made by `ssh-keygen`.
//!
//! People have keys already, in files, in an agent, on a FIDO token, and OpenSSH knows how to ask for them; what it
//! signs is verified in this process, so that a verdict waits for no other program. The form is small and is read by
//! hand, each length against what is there; the mathematics is ring's. What holds: a signature counts for one
//! namespace only, for one of the signers that are named, at a time at which that signer counts, by an algorithm that
//! is not broken (no SHA-1, no RSA under 2048 bits, no DSA), and, on a token, only with a touch. Certificates are not
//! read, and a line that wants them is refused.

mod key;
mod keys;
mod maker;
mod own;
mod signature;
mod signers;
mod wire;

#[cfg(test)]
mod tests;

pub use key::{KeyError, PublicKey};
pub use keys::{Found, find, is_unprotected};
pub use maker::{SignError, sign};
pub use own::OwnKey;
pub use signature::{MOST_SIGNATURE, Signature, SignatureError};
pub use signers::{Signer, Signers, SignersError, VerifyError};

/// What a signature is for. One that was made for something else says nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Namespace(&'static str);

impl Namespace {
    /// The namespace of that name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }
}
