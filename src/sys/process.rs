//! Finding a program, and becoming it.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use nix::unistd::{AccessFlags, access};

/// The name of this machine, as the kernel has it.
#[must_use]
pub fn host_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

/// The file that the command word `name` calls for: `name` itself, from `cwd`, if it has a slash, else the first
/// executable of that name in `folders`. Folders that are empty or relative, which would mean the working
/// directory, are passed over.
#[must_use]
pub fn find(name: &OsStr, cwd: &Path, folders: &[PathBuf]) -> Option<PathBuf> {
    if name.as_bytes().contains(&b'/') {
        let program = cwd.join(name);
        return (program.is_absolute() && program.exists()).then_some(program);
    }
    let folders = folders.iter().filter(|folder| folder.is_absolute());
    folders.map(|folder| folder.join(name)).find(|program| !name.is_empty() && is_executable(program))
}

fn is_executable(path: &Path) -> bool {
    path.is_file() && access(path, AccessFlags::X_OK).is_ok()
}

/// What this process is to become.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Image {
    /// The program, absolute: nothing is looked up.
    pub program: PathBuf,
    /// Its own name, as the program is told it.
    pub name: OsString,
    /// Its operands.
    pub operands: Vec<OsString>,
    /// The variables that it does not inherit.
    pub without: Vec<OsString>,
    /// Its `PATH`, if that is another than the inherited one.
    pub search_path: Option<OsString>,
    /// How many folders that one has less.
    pub folders_left_out: usize,
}

impl Image {
    /// Replaces this process. The process id, the terminal, the open files and the mask of signals stay. The one
    /// disposition that starting a Rust program changed, SIGPIPE's, is back at its default; std does that, and
    /// leaves the mask as it was inherited.
    ///
    /// # Errors
    /// It returns only if the system could not do it.
    #[must_use]
    pub fn exec(&self) -> io::Error {
        let mut command = Command::new(&self.program);
        command.arg0(&self.name).args(&self.operands);
        for name in &self.without {
            command.env_remove(name);
        }
        if let Some(search_path) = &self.search_path {
            command.env("PATH", search_path);
        }
        command.exec()
    }
}

/// The id of the process at the other side of a socket, as the system knows it; what is [`received`] afterwards names its
/// sender.
///
/// # Errors
/// If the system does not tell.
#[cfg(target_os = "linux")]
pub fn other_side(stream: &std::os::unix::net::UnixStream) -> io::Result<i32> {
    use nix::sys::socket::{getsockopt, setsockopt, sockopt};

    let credentials = getsockopt(stream, sockopt::PeerCredentials)?;
    // From here on, what comes names its sender.
    setsockopt(stream, sockopt::PassCred, &true)?;
    Ok(credentials.pid())
}

/// The same, where no system call of ours tells: nobody is known to be there.
///
/// # Errors
/// Always.
#[cfg(not(target_os = "linux"))]
pub fn other_side(_stream: &std::os::unix::net::UnixStream) -> io::Result<i32> {
    Err(io::ErrorKind::Unsupported.into())
}

/// What comes through a socket until its other side is done, at most so many bytes, and the one process that sent it, as
/// the system knows it.
///
/// # Errors
/// What the system says; `InvalidData` if it is too much, or came from several.
#[cfg(target_os = "linux")]
pub fn received(stream: &std::os::unix::net::UnixStream, most: usize) -> io::Result<(Vec<u8>, i32)> {
    use std::io::IoSliceMut;
    use std::os::fd::AsRawFd;

    use nix::sys::socket::{ControlMessageOwned, MsgFlags, UnixCredentials, recvmsg};

    let (mut bytes, mut sender) = (Vec::new(), None);
    loop {
        let mut chunk = [0; 4096];
        let mut parts = [IoSliceMut::new(&mut chunk)];
        let mut space = nix::cmsg_space!(UnixCredentials);
        let message =
            recvmsg::<()>(stream.as_raw_fd(), &mut parts, Some(&mut space), MsgFlags::MSG_CMSG_CLOEXEC)?;
        let count = message.bytes;
        let told = message.cmsgs()?.find_map(|control| match control {
            ControlMessageOwned::ScmCredentials(credentials) => Some(credentials.pid()),
            _ => None,
        });
        if count == 0 {
            let sender = sender.ok_or(io::ErrorKind::UnexpectedEof)?;
            return Ok((bytes, sender));
        }
        let told = told.ok_or(io::ErrorKind::InvalidData)?;
        bytes.extend_from_slice(chunk.get(..count).unwrap_or_default());
        if *sender.get_or_insert(told) != told || bytes.len() > most {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
}

/// The same, where no system call of ours tells.
///
/// # Errors
/// Always.
#[cfg(not(target_os = "linux"))]
pub fn received(_stream: &std::os::unix::net::UnixStream, _most: usize) -> io::Result<(Vec<u8>, i32)> {
    Err(io::ErrorKind::Unsupported.into())
}
