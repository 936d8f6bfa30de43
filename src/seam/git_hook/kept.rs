//! The hook that was there before Cavra's, which runs after it and has its own say.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use thiserror::Error;

use crate::sys::spool::Spool;

/// What the file of a hook that was there before is called: its own name, and this.
pub const KEPT: &str = ".pre-cavra";

/// Why a hook that may go on does not.
#[derive(Debug, Error)]
pub enum KeptError {
    /// The kept hook could not be looked at or run.
    #[error("the kept hook `{path}` could not be run: {err}", path = .path.display())]
    Io {
        /// The kept hook.
        path: PathBuf,
        /// What the system said.
        err: io::Error,
    },
    /// The kept hook says no.
    #[error("the kept hook `{path}` refused ({how})", path = .path.display())]
    Refused {
        /// The kept hook.
        path: PathBuf,
        /// How it ended.
        how: String,
    },
    /// It cannot be told where the repository's own hooks are.
    #[error("it cannot be told where this repository's own hooks are: {0}")]
    Unknown(String),
}

/// The hook that was there before.
pub(super) struct Kept {
    pub(super) path: PathBuf,
    /// What it is called by.
    pub(super) name: OsString,
    pub(super) args: Vec<OsString>,
    /// What has been read of its input; none where nothing has, and it reads for itself.
    pub(super) input: Option<Spool>,
}

impl Kept {
    pub(super) fn run(self) -> Result<(), KeptError> {
        let failed = |err| KeptError::Io { path: self.path.clone(), err };
        match fs::metadata(&self.path) {
            // Git, too, passes over a hook that is not there or not executable.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Ok(metadata) if !metadata.is_file() || metadata.permissions().mode() & 0o111 == 0 => {
                return Ok(());
            }
            Ok(_) => {}
            Err(error) => return Err(failed(error)),
        }
        let mut child = self.start().map_err(failed)?;
        if let (Some(input), Some(mut pipe)) = (&self.input, child.stdin.take()) {
            match io::copy(&mut input.reader(), &mut pipe) {
                // A hook need not read what it is given.
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(failed(error)),
                Ok(_) | Err(_) => {}
            }
        }
        let status = child.wait().map_err(failed)?;
        if status.success() {
            Ok(())
        } else {
            Err(KeptError::Refused { path: self.path.clone(), how: status.to_string() })
        }
    }

    fn start(&self) -> io::Result<Child> {
        let with = |mut command: Command| {
            if self.input.is_some() {
                command.stdin(Stdio::piped());
            }
            command.args(&self.args).spawn()
        };
        let path = with_a_slash(&self.path);
        let mut command = Command::new(&path);
        command.arg0(&self.name);
        match with(command) {
            // A file without an interpreter line is one for sh, as it is for git.
            Err(error) if error.raw_os_error() == Some(ENOEXEC) => {
                let mut command = Command::new("/bin/sh");
                command.arg(&path);
                with(command)
            }
            other => other,
        }
    }
}

/// "Exec format error", the same number on every system that Cavra runs on.
const ENOEXEC: i32 = 8;

/// A path without a slash would be looked for on `PATH`.
fn with_a_slash(path: &Path) -> PathBuf {
    if path.components().count() > 1 { path.to_owned() } else { Path::new(".").join(path) }
}
