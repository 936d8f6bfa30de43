//! What a hook has judged and let go on, kept for the hooks that come later in the same operation.
//!
//! A commit passes two or three hooks. The first one judges it and writes the evidence; the others know it again by
//! its print, which is bound to the repository, to the policies in force and to what the commit is made of. It saves
//! work and loosens nothing: what is not found here is judged, and what is found was judged under the very same
//! policies. The file is in Cavra's own state, and an entry cannot be made without the key in it. Each entry has one
//! place that it may be in, so that to look is one read, and a later one takes the place of an earlier.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use crate::intercept::git::Known;
use crate::sys::digest::{hex, sha256};
use crate::sys::dirs::Places;
use crate::sys::{locks, private, random};

/// How many entries there are room for.
const PLACES: u64 = 1 << 16;

/// How many digits of a digest are kept: 128 bits.
const DIGITS: usize = 32;

/// What the file begins with: the key, then a newline.
const KEY: usize = 64;

/// The prints of one repository under the policies in force.
pub(super) struct Vouched {
    file: File,
    bound_to: String,
}

impl Vouched {
    /// Opens the prints; none where they cannot be used, which makes more work and nothing else.
    pub(super) fn open(places: &Places, repository: &Path, policies: Option<&str>) -> Option<Self> {
        let policies = policies?;
        let file = private::open_to_write(&path(places)).ok()?;
        let key = match read_key(&file).ok()? {
            Some(key) => key,
            None => {
                let _held = locks::folder(&places.state).ok()?;
                match read_key(&file).ok()? {
                    Some(key) => key,
                    None => write_key(&file).ok()?,
                }
            }
        };
        let repository = repository.to_string_lossy();
        let bound_to = format!("{key}\n{policies}\n{}\n{repository}\n", repository.len());
        Some(Self { file, bound_to })
    }

    /// Keeps a print.
    pub(super) fn add(&self, print: &str) {
        let (entry, place) = self.entry(print);
        // What is not kept is judged again.
        let _ = self.file.write_all_at(entry.as_bytes(), place);
    }

    fn entry(&self, print: &str) -> (String, u64) {
        let digest = sha256(format!("{}{print}", self.bound_to).as_bytes());
        let entry = digest.get(..DIGITS).unwrap_or_default().to_owned();
        let slot =
            u64::from_str_radix(digest.get(DIGITS..DIGITS + 8).unwrap_or("0"), 16).unwrap_or(0) % PLACES;
        (entry, (KEY as u64) + slot * (DIGITS as u64))
    }
}

impl Known for Vouched {
    fn holds(&self, print: &str) -> bool {
        let (entry, place) = self.entry(print);
        let mut found = [0; DIGITS];
        self.file.read_exact_at(&mut found, place).is_ok() && found == entry.as_bytes()
    }
}

fn path(places: &Places) -> PathBuf {
    places.state.join("vouched")
}

fn read_key(file: &File) -> io::Result<Option<String>> {
    let mut key = [0; KEY];
    match file.read_exact_at(&mut key, 0) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let key = String::from_utf8_lossy(&key).into_owned();
    if key.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Ok(Some(key))
    } else {
        Err(io::Error::other("damaged"))
    }
}

fn write_key(file: &File) -> io::Result<String> {
    let key = hex(&random::key()?);
    file.write_all_at(key.as_bytes(), 0)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(root: &Path) -> Places {
        let state = root.join("state");
        private::ensure_folder(&state).unwrap();
        Places {
            managed: root.join("etc"),
            config: root.join("config"),
            state,
            home: root.to_owned(),
            managed_by_root: false,
        }
    }

    #[test]
    fn a_print_is_known_again_in_its_repository_under_its_policies_alone() {
        let root = tempfile::tempdir().unwrap();
        let places = places(root.path());
        let open = |repository: &str, policies: &str| {
            Vouched::open(&places, Path::new(repository), Some(policies)).unwrap()
        };
        open("/a", "p").add("x");
        assert!(open("/a", "p").holds("x"));
        assert!(!open("/a", "p").holds("y"));
        assert!(!open("/b", "p").holds("x"));
        assert!(!open("/a", "q").holds("x"));
        assert!(Vouched::open(&places, Path::new("/a"), None).is_none(), "no policy, no voucher");
    }

    #[test]
    fn a_file_that_is_damaged_or_somebody_elses_vouches_for_nothing() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let places = places(root.path());
        std::fs::write(path(&places), [b'!'; 4096]).unwrap();
        std::fs::set_permissions(path(&places), std::fs::Permissions::from_mode(0o600)).unwrap();
        assert!(Vouched::open(&places, Path::new("/a"), Some("p")).is_none());
        std::fs::remove_file(path(&places)).unwrap();
        Vouched::open(&places, Path::new("/a"), Some("p")).unwrap().add("x");
        std::fs::set_permissions(path(&places), std::fs::Permissions::from_mode(0o666)).unwrap();
        assert!(Vouched::open(&places, Path::new("/a"), Some("p")).is_none());
    }
}
