//! A child that is a group of its own, so that all that it starts can be ended with it.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::{SigSet, SigmaskHow, Signal, killpg, pthread_sigmask};
use nix::unistd::Pid;

/// How often it is looked whether a group is gone.
const PAUSE: Duration = Duration::from_millis(5);

/// The signal that asks a program to end.
pub const TERM: Signal = Signal::SIGTERM;

/// The signals that end a program, and are passed on.
const PASSED_ON: [Signal; 4] = [Signal::SIGHUP, Signal::SIGINT, Signal::SIGQUIT, Signal::SIGTERM];

/// A group of processes that began with one child.
#[derive(Clone, Copy, Debug)]
pub struct Group(Pid);

/// A child with its ends of the pipes; its stderr is inherited.
#[derive(Debug)]
pub struct Started {
    /// The child.
    pub child: Child,
    /// Its group.
    pub group: Group,
    /// What it reads.
    pub input: ChildStdin,
    /// What it writes.
    pub output: ChildStdout,
}

/// The signals that this process would be ended by, kept waiting.
#[derive(Clone, Copy, Debug)]
pub struct Signals {
    waiting: SigSet,
    before: SigSet,
}

impl Signals {
    /// Keeps the signals waiting for [`Self::next`], in this thread and in those that it starts from here on.
    ///
    /// # Errors
    /// What the system says.
    pub fn hold() -> io::Result<Self> {
        let waiting: SigSet = PASSED_ON.into_iter().collect();
        let mut before = SigSet::empty();
        pthread_sigmask(SigmaskHow::SIG_BLOCK, Some(&waiting), Some(&mut before))?;
        Ok(Self { waiting, before })
    }

    /// Waits for the next one.
    ///
    /// # Errors
    /// What the system says.
    pub fn next(&self) -> io::Result<Signal> {
        Ok(self.waiting.wait()?)
    }
}

/// Starts a program in a group of its own, with the signals as they were before they were held. It is to be called by
/// a thread that lives as long as the child: the child is ended with it.
///
/// # Errors
/// What the system says.
#[expect(unsafe_code, reason = "what a child does between fork and exec can only be said so")]
pub fn start(program: &OsStr, operands: &[OsString], signals: &Signals) -> io::Result<Started> {
    let before = signals.before;
    let mut command = Command::new(program);
    command.args(operands).stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0);
    // SAFETY: between fork and exec only calls are made that are safe for signal handlers: `sigprocmask` and `prctl`;
    // nothing is allocated and no lock is taken.
    unsafe {
        command.pre_exec(move || {
            pthread_sigmask(SigmaskHow::SIG_SETMASK, Some(&before), None)?;
            // Were this process killed outright, nobody else would end the child.
            #[cfg(target_os = "linux")]
            nix::sys::prctl::set_pdeathsig(Signal::SIGTERM)?;
            Ok(())
        });
    }
    let mut child = command.spawn()?;
    let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::Error::other("the child has no pipes"));
    };
    let group = Group(Pid::from_raw(i32::try_from(child.id()).map_err(io::Error::other)?));
    Ok(Started { child, group, input, output })
}

impl Group {
    /// Sends a signal to all of it. That nobody is left is no error.
    pub fn signal(self, signal: Signal) {
        let _ = killpg(self.0, signal);
    }

    /// Whether nobody is left of it.
    #[must_use]
    pub fn is_gone(self) -> bool {
        killpg(self.0, None) == Err(Errno::ESRCH)
    }

    /// Ends all of it: kindly, and after `grace` without asking.
    pub fn end(self, grace: Duration) {
        if self.is_gone() {
            return;
        }
        self.signal(Signal::SIGTERM);
        let began = Instant::now();
        while began.elapsed() < grace {
            if self.is_gone() {
                return;
            }
            thread::sleep(PAUSE);
        }
        self.signal(Signal::SIGKILL);
    }
}

/// The exit code of a child, as a shell tells it: 128 and the signal where one ended it.
#[must_use]
pub fn exit_code(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| status.signal().map(|signal| signal + 128));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}
