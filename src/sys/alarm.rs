//! An alarm that ends the process with an answer that was laid down before.
//!
//! A second thread that waits would do the same, but a process with two threads takes longer to end: on a machine
//! under load the sleeping one must be scheduled once more to die, which was measured to double the time of a hook.

#![expect(unsafe_code, reason = "a handler of a signal can be set in no other way")]

use std::io;
use std::os::fd::BorrowedFd;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use nix::libc;
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};
use nix::unistd::{alarm, write};

/// What is said when the time is up.
#[derive(Debug)]
pub struct Late {
    /// For stdout.
    pub stdout: Vec<u8>,
    /// For stderr.
    pub stderr: Vec<u8>,
    /// The exit code.
    pub code: u8,
}

static LATE: OnceLock<Late> = OnceLock::new();
static IS_ANSWERED: AtomicBool = AtomicBool::new(false);

/// Sets the alarm, once in a process.
///
/// # Errors
/// What the system says; there is no alarm then.
pub fn set(seconds: u32, late: Late) -> io::Result<()> {
    // Where one is set already, that one stands.
    let _ = LATE.set(late);
    let action = SigAction::new(SigHandler::Handler(ring), SaFlags::SA_RESTART, SigSet::empty());
    // SAFETY: the handler reads two statics that were set before it can run, and calls `write` and `_exit` alone, which
    // POSIX lets a handler call; it neither allocates nor locks.
    unsafe { sigaction(Signal::SIGALRM, &action) }?;
    // Whoever started this process may have left the signal blocked.
    let mut own = SigSet::empty();
    own.add(Signal::SIGALRM);
    own.thread_unblock()?;
    let _ = alarm::set(seconds);
    Ok(())
}

/// The answer is about to be given: the alarm says nothing any more.
pub fn stop() {
    IS_ANSWERED.store(true, Ordering::SeqCst);
    let _ = alarm::cancel();
}

extern "C" fn ring(_: libc::c_int) {
    if IS_ANSWERED.load(Ordering::SeqCst) {
        return;
    }
    let Some(late) = LATE.get() else { return };
    say(libc::STDERR_FILENO, &late.stderr);
    say(libc::STDOUT_FILENO, &late.stdout);
    // SAFETY: `_exit` ends the process and touches nothing of it.
    unsafe { libc::_exit(libc::c_int::from(late.code)) }
}

/// Writes all of it, as far as anybody takes it.
fn say(descriptor: libc::c_int, mut bytes: &[u8]) {
    // SAFETY: descriptors 1 and 2 are never closed by this process.
    let descriptor = unsafe { BorrowedFd::borrow_raw(descriptor) };
    while !bytes.is_empty() {
        match write(descriptor, bytes) {
            Ok(written) if written > 0 => bytes = bytes.get(written..).unwrap_or_default(),
            Ok(_) | Err(_) => return,
        }
    }
}
