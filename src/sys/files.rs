//! Files: read within bounds, written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use nix::fcntl::OFlag;
use thiserror::Error;

/// Opening with this flag neither follows a link at the end of the path nor waits for a pipe's other side.
pub const NO_WAIT: i32 = OFlag::O_NONBLOCK.union(OFlag::O_NOFOLLOW).bits();

/// Why a file could not be read as it must be.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The system says no.
    #[error("`{path}`: {err}", path = .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        err: io::Error,
    },
    /// It is no regular file.
    #[error("`{path}` is {what}, not a regular file", path = .path.display())]
    NotAFile {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        what: &'static str,
    },
    /// It is larger than it may be.
    #[error("`{path}` is larger than {limit} bytes", path = .path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The bound, in bytes.
        limit: u64,
    },
    /// Somebody else than its owner could have written it.
    #[error("`{path}` {fault}", path = .path.display())]
    Untrusted {
        /// The file, or the folder above it that is at fault.
        path: PathBuf,
        /// What is wrong with it.
        fault: String,
    },
}

impl ReadError {
    /// Whether the file is simply not there.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Io { err, .. } if err.kind() == io::ErrorKind::NotFound)
    }
}

/// Reads a regular file of at most `limit` bytes.
///
/// # Errors
/// [`ReadError`]; a folder, a device and a pipe are none, and are not read from.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    read_with(path, limit, OFlag::O_NONBLOCK.bits())
}

/// Reads a regular file that only `owner` can have written: it belongs to that user, is no symbolic link, and
/// neither it nor a folder above it may be written by group or others (a sticky folder's own entries may not
/// be replaced by others, so such a folder counts as safe above an entry of that owner).
///
/// # Errors
/// [`ReadError`].
pub fn read_managed(path: &Path, limit: u64, owner: u32) -> Result<Vec<u8>, ReadError> {
    let bytes = read_with(path, limit, (OFlag::O_NONBLOCK | OFlag::O_NOFOLLOW).bits())?;
    check_managed(path, owner)?;
    Ok(bytes)
}

/// Checks what [`read_managed`] checks.
///
/// # Errors
/// [`ReadError::Untrusted`], naming the file or the folder at fault.
pub fn check_managed(path: &Path, owner: u32) -> Result<(), ReadError> {
    for (place, part) in path.ancestors().enumerate() {
        if part.as_os_str().is_empty() {
            continue;
        }
        let metadata =
            fs::symlink_metadata(part).map_err(|err| ReadError::Io { path: part.to_owned(), err })?;
        let fault = if metadata.uid() != owner && metadata.uid() != 0 {
            Some(format!("belongs to user id {}, not to {owner}", metadata.uid()))
        } else if metadata.mode() & 0o022 != 0 && (place == 0 || metadata.mode() & 0o1000 == 0) {
            Some(format!("may be written by others (mode {:04o})", metadata.mode() & 0o7777))
        } else {
            None
        };
        if let Some(fault) = fault {
            return Err(ReadError::Untrusted { path: part.to_owned(), fault });
        }
    }
    Ok(())
}

/// Reads a regular file that belongs to `owner` or to root, and that others may not write. A symbolic link is
/// followed: what it leads to must hold.
///
/// # Errors
/// [`ReadError`].
pub fn read_owned(path: &Path, limit: u64, owner: u32) -> Result<Vec<u8>, ReadError> {
    read_checked(path, limit, OFlag::O_NONBLOCK.bits(), |metadata| ownership_fault(metadata, owner, 0o002))
}

/// Reads a regular file that belongs to `owner` and that nobody else may write, not even a group; no symbolic link
/// is followed.
///
/// # Errors
/// [`ReadError`].
pub fn read_private(path: &Path, limit: u64, owner: u32) -> Result<Vec<u8>, ReadError> {
    let flags = (OFlag::O_NONBLOCK | OFlag::O_NOFOLLOW).bits();
    read_checked(path, limit, flags, |metadata| ownership_fault(metadata, owner, 0o022))
}

fn ownership_fault(metadata: &fs::Metadata, owner: u32, forbidden: u32) -> Option<String> {
    if metadata.uid() != owner && metadata.uid() != 0 {
        Some(format!("belongs to user id {}, not to {owner}", metadata.uid()))
    } else if metadata.mode() & forbidden != 0 {
        Some(format!("may be written by others (mode {:04o})", metadata.mode() & 0o7777))
    } else {
        None
    }
}

fn read_with(path: &Path, limit: u64, flags: i32) -> Result<Vec<u8>, ReadError> {
    read_checked(path, limit, flags, |_| None)
}

fn read_checked(
    path: &Path,
    limit: u64,
    flags: i32,
    fault: impl Fn(&fs::Metadata) -> Option<String>,
) -> Result<Vec<u8>, ReadError> {
    let failed = |err| ReadError::Io { path: path.to_owned(), err };
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if !metadata.is_file() {
        let what = if metadata.is_dir() { "a folder" } else { "a device, a pipe or a socket" };
        return Err(ReadError::NotAFile { path: path.to_owned(), what });
    }
    if let Some(fault) = fault(&metadata) {
        return Err(ReadError::Untrusted { path: path.to_owned(), fault });
    }
    read_bounded(file, limit, usize::try_from(metadata.len()).unwrap_or(usize::MAX))
        .map_err(failed)?
        .ok_or_else(|| ReadError::TooLarge { path: path.to_owned(), limit })
}

/// Reads to the end, none if there are more than `limit` bytes. `expected` is a hint, and is bounded too.
///
/// # Errors
/// What the reader says.
pub fn read_bounded(reader: impl Read, limit: u64, expected: usize) -> io::Result<Option<Vec<u8>>> {
    let room = expected.min(usize::try_from(limit).unwrap_or(usize::MAX)).min(1 << 20);
    let mut bytes = Vec::with_capacity(room.saturating_add(1));
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// Writes a file whole: a new file beside it is filled, synced and renamed over it. A file that was there keeps
/// its mode; a new one gets `mode`. A symbolic link is followed to what it names.
///
/// # Errors
/// What the system says; the old file is then as it was.
pub fn write_atomically(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mode = fs::metadata(&target).map_or(mode, |metadata| metadata.mode() & 0o7777);
    let name = target.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    let mut beside = folder.to_owned();
    beside.push(format!(".{}.{}", name.to_string_lossy(), super::random::hex12()));
    let written = (|| {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        file.write_all(bytes)?;
        file.set_permissions(fs::Permissions::from_mode(mode))?;
        file.sync_all()?;
        fs::rename(&beside, &target)
    })();
    if written.is_err() {
        // The write's own error is the one to tell.
        let _ = fs::remove_file(&beside);
        return written;
    }
    File::open(folder)?.sync_all()
}

/// Makes a folder, and those above it, that only the user may enter (0700). One that is there stays as it is.
///
/// # Errors
/// What the system says.
pub fn make_private_folder(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Puts a file in place of whatever is called `path`, whole or not at all. Unlike [`write_atomically`] it takes
/// the place of a symbolic link too, and the file gets exactly `mode`.
///
/// # Errors
/// What the system says; what was there is then as it was.
pub fn replace_atomically(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    let beside = folder.join(format!(".{}.{}", name.to_string_lossy(), super::random::hex12()));
    let written = (|| {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        file.write_all(bytes)?;
        super::halt::point();
        file.set_permissions(fs::Permissions::from_mode(mode))?;
        file.sync_all()?;
        super::halt::point();
        fs::rename(&beside, path)
    })();
    if written.is_err() {
        // The write's own error is the one to tell.
        let _ = fs::remove_file(&beside);
        return written;
    }
    super::halt::point();
    sync_folder(folder)
}

/// What [`replace_atomically`] has left beside `path` where it was killed in the middle, sorted.
///
/// # Errors
/// What the system says; a folder that is not there has nothing in it.
pub fn left_beside(path: &Path) -> io::Result<Vec<PathBuf>> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Ok(Vec::new()) };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(error),
    };
    let first = format!(".{}.", name.to_string_lossy());
    let mut left = Vec::new();
    for entry in entries {
        let entry = entry?;
        let found = entry.file_name().to_string_lossy().into_owned();
        let digits = found.strip_prefix(&first).unwrap_or_default();
        if digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            left.push(entry.path());
        }
    }
    left.sort();
    Ok(left)
}

/// Makes the names in a folder durable.
///
/// # Errors
/// What the system says.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
