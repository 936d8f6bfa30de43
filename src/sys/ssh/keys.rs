//! The keys that a person has at hand: in files, and in an agent.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::key::PublicKey;
use super::wire::Reader;
use crate::sys::files;
use crate::sys::programs;

/// A key at hand.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Found {
    /// The key.
    pub key: PublicKey,
    /// The file of its public half; none where only an agent has it.
    pub file: Option<PathBuf>,
}

/// The most files that are looked at.
const MOST_FILES: usize = 200;

/// The largest file of a key, in bytes.
const MOST_BYTES: u64 = 64 << 10;

const MAGIC: &[u8] = b"openssh-key-v1\0";

/// The keys in `~/.ssh`, and those of the agent.
#[must_use]
pub fn find(home: &Path) -> Vec<Found> {
    let mut found = Vec::new();
    let entries = fs::read_dir(home.join(".ssh")).into_iter().flatten().flatten().take(MOST_FILES);
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.sort();
    for file in files.into_iter().filter(|file| file.extension().is_some_and(|end| end == "pub")) {
        let bytes = files::read(&file, MOST_BYTES).unwrap_or_default();
        if let Some(key) = std::str::from_utf8(&bytes).ok().and_then(public) {
            found.push(Found { key, file: Some(file) });
        }
    }
    for key in of_agent().unwrap_or_default().lines().filter_map(public) {
        if !found.iter().any(|known| known.key == key) {
            found.push(Found { key, file: None });
        }
    }
    found
}

fn public(line: &str) -> Option<PublicKey> {
    let mut words = line.split_ascii_whitespace();
    PublicKey::from_text(words.next()?, words.next()?).ok()
}

fn of_agent() -> Option<String> {
    let mut child = Command::new(programs::ssh_add()?)
        .arg("-L")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let listed =
        child.stdout.take().and_then(|out| files::read_bounded(out, MOST_BYTES * 4, 4_096).ok().flatten());
    let is_well = child.wait().is_ok_and(|status| status.success());
    String::from_utf8(listed.filter(|_| is_well)?).ok()
}

/// Whether a private key lies in a file that whoever runs as this user can sign with: no passphrase, no token. None
/// where that cannot be told.
#[must_use]
pub fn is_unprotected(private: &Path) -> Option<bool> {
    let bytes = files::read(private, MOST_BYTES).ok()?;
    let text = std::str::from_utf8(&bytes).ok()?;
    let inner: String = text.lines().filter(|line| !line.starts_with('-')).map(str::trim).collect();
    let blob = STANDARD.decode(inner).ok()?;
    let mut reader = Reader::new(&blob);
    if reader.take(MAGIC.len())? != MAGIC {
        return None;
    }
    Some(reader.text()? == "none")
}
