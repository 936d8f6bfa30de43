//! The first names in a folder, for little: the rest of it is not read.
//!
//! A listing usually asks for 32 KiB of names at once, which in a folder of hundreds takes longer than to decide. Only
//! Linux has a call that asks for less.

use std::ffi::OsString;
use std::io;
use std::path::Path;

/// The names that the system lists first in `folder`, at most `most` of them, without `.` and `..`.
///
/// # Errors
///
/// Where the folder cannot be read.
#[cfg(target_os = "linux")]
pub fn first_names(folder: &Path, most: usize) -> io::Result<Vec<OsString>> {
    use std::ffi::OsStr;
    use std::mem::MaybeUninit;
    use std::os::unix::ffi::OsStrExt;

    use rustix::fs::{Mode, OFlags, RawDir, open};

    /// Room for three names of the greatest length (255 bytes).
    const ROOM: usize = 1 << 10;

    let opened = open(folder, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    let mut room = [MaybeUninit::uninit(); ROOM];
    let mut listing = RawDir::new(opened, &mut room);
    let mut names = Vec::new();
    while names.len() < most {
        let Some(entry) = listing.next() else { break };
        let entry = entry?;
        let name = entry.file_name().to_bytes();
        if name != b"." && name != b".." {
            names.push(OsStr::from_bytes(name).to_owned());
        }
    }
    Ok(names)
}

/// The names that the system lists first in `folder`, at most `most` of them, without `.` and `..`.
///
/// # Errors
///
/// Where the folder cannot be read.
#[cfg(not(target_os = "linux"))]
pub fn first_names(folder: &Path, most: usize) -> io::Result<Vec<OsString>> {
    std::fs::read_dir(folder)?.take(most).map(|entry| Ok(entry?.file_name())).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::fs;

    use super::*;

    #[test]
    fn names_are_those_of_the_folder_and_no_more_than_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let all: HashSet<OsString> = (0..200).map(|number| format!("{number:0>200}").into()).collect();
        for name in &all {
            fs::write(folder.path().join(name), "").expect("a file");
        }
        let some = first_names(folder.path(), 16).expect("names");
        assert_eq!(some.len(), 16);
        assert!(some.iter().all(|name| all.contains(name)));
        let every: HashSet<OsString> =
            first_names(folder.path(), 1_000).expect("names").into_iter().collect();
        assert_eq!(every, all);
        assert!(first_names(&folder.path().join("missing"), 1).is_err());
    }
}
