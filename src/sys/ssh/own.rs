//! A key of Cavra's own, in a file: it signs without asking anybody.
//!
//! Whoever may read the file may sign with it, so what it signed proves nothing against its owner, nor against an
//! agent that runs as the same user. It proves that what was signed was whole when somebody else last saw it.

use std::io::{self, Write};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair};
use sha2::{Digest, Sha512};

use super::Namespace;
use super::key::PublicKey;
use super::signature::{BEGIN, END, MAGIC, VERSION};
use super::wire::put_string;
use crate::sys::{files, private};

const KIND: &str = "ssh-ed25519";

/// No such file is larger.
const MOST_BYTES: u64 = 1_024;

/// How long a line of the armour is, as OpenSSH makes it.
const LINE: usize = 70;

/// The key.
pub struct OwnKey {
    pair: Ed25519KeyPair,
    public: PublicKey,
}

impl OwnKey {
    /// The key in the file, which is made (0600) with a new key where there is none.
    ///
    /// # Errors
    /// If the file cannot be read or made, is not the user's own, or is no key.
    pub fn open_or_make(path: &Path) -> io::Result<Self> {
        match Self::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())
                    .map_err(|_| io::Error::other("the system has no randomness for a key"))?;
                let mut file = private::create(path)?;
                file.write_all(made.as_ref())?;
                file.sync_all()?;
                Self::open(path)
            }
            other => other,
        }
    }

    /// The key in the file.
    ///
    /// # Errors
    /// As [`OwnKey::open_or_make`], and if there is no file.
    pub fn open(path: &Path) -> io::Result<Self> {
        let no_key = || io::Error::new(io::ErrorKind::InvalidData, "it is no key as this program makes them");
        let bytes = files::read_bounded(private::open_to_read(path)?, MOST_BYTES, 128)?.ok_or_else(no_key)?;
        let pair = Ed25519KeyPair::from_pkcs8(&bytes).map_err(|_| no_key())?;
        let mut blob = Vec::new();
        put_string(&mut blob, KIND.as_bytes());
        put_string(&mut blob, pair.public_key().as_ref());
        let public = PublicKey::from_blob(&blob).map_err(io::Error::other)?;
        Ok(Self { pair, public })
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Signs `message` for `namespace`; the answer is in its armour.
    #[must_use]
    pub fn sign(&self, message: &[u8], namespace: Namespace) -> String {
        let mut key = Vec::new();
        put_string(&mut key, KIND.as_bytes());
        put_string(&mut key, self.pair.public_key().as_ref());
        let (namespace, hash) = (namespace.as_str().as_bytes(), b"sha512".as_slice());

        let mut signed = MAGIC.to_vec();
        for part in [namespace, b"", hash, &Sha512::digest(message)] {
            put_string(&mut signed, part);
        }
        let mut signature = Vec::new();
        put_string(&mut signature, KIND.as_bytes());
        put_string(&mut signature, self.pair.sign(&signed).as_ref());

        let mut blob = MAGIC.to_vec();
        blob.extend_from_slice(&VERSION.to_be_bytes());
        for part in [key.as_slice(), namespace, b"", hash, &signature] {
            put_string(&mut blob, part);
        }
        armoured(&STANDARD.encode(blob))
    }
}

fn armoured(base64: &str) -> String {
    let mut text = format!("{BEGIN}\n");
    let mut rest = base64;
    while let Some((line, after)) = rest.split_at_checked(LINE) {
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    if !rest.is_empty() {
        text.push_str(rest);
        text.push('\n');
    }
    text.push_str(END);
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;
    use crate::sys::ssh::Signature;

    const SPACE: Namespace = Namespace::new("cavra-test");

    #[test]
    fn a_key_is_made_once_is_the_users_alone_and_its_signature_is_one_that_we_and_openssh_accept() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join("own.key");
        let key = OwnKey::open_or_make(&path).expect("it is made");
        assert_eq!(std::fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
        assert_eq!(OwnKey::open_or_make(&path).expect("it is there").public(), key.public());
        let armour = key.sign(b"a text", SPACE);
        let signature = Signature::read(&armour).expect("a signature");
        assert_eq!(signature.check(b"a text", SPACE), Ok(()));
        assert!(signature.check(b"a texT", SPACE).is_err());
        assert!(signature.check(b"a text", Namespace::new("another")).is_err());

        let signers = folder.path().join("signers");
        std::fs::write(&signers, format!("me {}\n", key.public().to_text())).expect("a file");
        let file = folder.path().join("sig");
        std::fs::write(&file, armour).expect("a file");
        let mut child = Command::new("ssh-keygen")
            .args(["-Y", "verify", "-I", "me", "-n", "cavra-test", "-f"])
            .args([&signers, Path::new("-s"), &file])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("ssh-keygen is here");
        child.stdin.take().expect("a pipe").write_all(b"a text").expect("it reads");
        assert!(child.wait().expect("it ends").success());
    }

    #[test]
    fn a_file_that_is_no_key_or_others_may_write_is_none() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join("own.key");
        std::fs::write(&path, "nonsense").expect("a file");
        assert!(OwnKey::open_or_make(&path).is_err());
        std::os::unix::fs::symlink("elsewhere", folder.path().join("link")).expect("a link");
        assert!(OwnKey::open_or_make(&folder.path().join("link")).is_err());
        let _ = std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600));
    }
}
