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

/// The id of the process at the other side of a socket, as the system knows it.
///
/// # Errors
/// If the system does not tell.
#[cfg(target_os = "linux")]
pub fn other_side(stream: &std::os::unix::net::UnixStream) -> io::Result<i32> {
    let credentials = nix::sys::socket::getsockopt(stream, nix::sys::socket::sockopt::PeerCredentials)?;
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
