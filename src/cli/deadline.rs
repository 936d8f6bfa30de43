//! A deadline of Cavra's own: a host that waits for too long goes on, so it is told no before that.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::seam::agent_hook::Reply;

use super::agent_hook;

/// How long a hook may take. The shortest wait of a host that Cavra knows is five seconds.
const LONGEST: Duration = Duration::from_secs(2);

/// A deadline that runs.
pub(crate) struct Deadline {
    is_answered: Arc<AtomicBool>,
}

impl Deadline {
    /// Begins to wait; when the time is up, the reply is given and the process ends. Where no thread can be started
    /// there is no deadline, and the steps of the analysis are bounded all the same.
    pub(crate) fn begin(late: Reply) -> Self {
        let is_answered = Arc::new(AtomicBool::new(false));
        let other = Arc::clone(&is_answered);
        let waiting = move || {
            thread::sleep(LONGEST);
            if !other.swap(true, Ordering::SeqCst) {
                end(&late);
            }
        };
        // What could not be started has nothing to say.
        let _ = thread::Builder::new().stack_size(64 << 10).spawn(waiting);
        Self { is_answered }
    }

    /// The answer is there. If the deadline has begun to answer, its answer stands and this does not return.
    pub(crate) fn met(&self) {
        if self.is_answered.swap(true, Ordering::SeqCst) {
            loop {
                thread::park();
            }
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the thread that waits has no caller to return an exit code to"
)]
#[expect(clippy::exit, reason = "the thread that waits has no caller to return an exit code to")]
fn end(late: &Reply) {
    process::exit(agent_hook::say(late).code());
}
