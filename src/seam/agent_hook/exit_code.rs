//! Windsurf, Kiro, Kimi Code and Goose: the exit code 2 stops them, and they show what stands on stderr.

use super::reply::{Reply, Say};

pub(super) fn reply(say: Say<'_>) -> Reply {
    match say {
        Say::Pass(told) => Reply::silence(told),
        Say::Ask(reason) | Say::Deny(reason) => Reply::refusal(reason),
    }
}
