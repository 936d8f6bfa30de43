//! Files and folders that are one user's own: no symbolic link in their place, no other owner, nobody else may
//! write them.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

use nix::fcntl::OFlag;
use nix::unistd::Uid;

/// Makes the folder (0700) and those above it if it is not there, and holds what is there to be the user's own.
///
/// # Errors
/// What the system says; `PermissionDenied`, saying why, if the folder is not the user's own.
pub fn ensure_folder(path: &Path) -> io::Result<()> {
    let metadata = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(path)?;
            fs::symlink_metadata(path)?
        }
        other => other?,
    };
    if !metadata.is_dir() {
        return Err(refused(format!("it is {}, not a folder", what(&metadata))));
    }
    check_own(&metadata)
}

/// Opens a file to be read.
///
/// # Errors
/// What the system says, so for a symbolic link; `PermissionDenied` if it is no regular file.
pub fn open_to_read(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().read(true).custom_flags(flags()).open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_file() {
        Ok(file)
    } else {
        Err(refused(format!("it is {}, not a regular file", what(&metadata))))
    }
}

/// Opens a file to be read and written in place, made (0600) if it is not there.
///
/// # Errors
/// What the system says, so for a symbolic link; `PermissionDenied` if it is not the user's own regular file.
pub fn open_to_write(path: &Path) -> io::Result<File> {
    open_own(path, OpenOptions::new().read(true).write(true).create(true))
}

/// Opens a file to be read, and written at its end only, made (0600) if it is not there.
///
/// # Errors
/// As [`open_to_write`].
pub fn open_to_append(path: &Path) -> io::Result<File> {
    open_own(path, OpenOptions::new().read(true).append(true).create(true))
}

/// Makes a file (0600) that was not there before.
///
/// # Errors
/// What the system says.
pub fn create(path: &Path) -> io::Result<File> {
    open_own(path, OpenOptions::new().write(true).create_new(true))
}

/// Sees to it that what was made, renamed or removed in a folder stays so after a loss of power.
///
/// # Errors
/// What the system says.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

fn open_own(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    let file = options.mode(0o600).custom_flags(flags()).open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(refused(format!("it is {}, not a regular file", what(&metadata))));
    }
    check_own(&metadata)?;
    Ok(file)
}

/// A pipe in the place of a file must not make anybody wait.
fn flags() -> i32 {
    (OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK).bits()
}

fn check_own(metadata: &Metadata) -> io::Result<()> {
    let user = Uid::effective().as_raw();
    if metadata.uid() != user {
        return Err(refused(format!("it belongs to user id {}, not to {user}", metadata.uid())));
    }
    if metadata.mode() & 0o022 != 0 {
        return Err(refused(format!("others may write it (mode {:04o})", metadata.mode() & 0o7777)));
    }
    Ok(())
}

fn what(metadata: &Metadata) -> &'static str {
    let kind = metadata.file_type();
    if kind.is_symlink() {
        "a symbolic link"
    } else if kind.is_dir() {
        "a folder"
    } else if kind.is_file() {
        "a file"
    } else {
        "a device, a pipe or a socket"
    }
}

fn refused(why: String) -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, why)
}
