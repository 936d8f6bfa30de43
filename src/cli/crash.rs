//! A crash never means "go on".
//!
//! In a release a panic ends the process at once; left alone, the host would see a signal, and some hosts take that
//! for a yes. So before anything else the answer that this command's host obeys is laid down for that case: said on
//! stderr, for `evaluate` printed as a decision too, and given as the exit code.

use std::io::Write;
use std::panic::{self, PanicHookInfo};
use std::process;

use crate::seam::agent_hook::Reply;

use super::exit::Exit;
use super::output::escaped;

/// What a host is to be told when Cavra itself fails.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Answer {
    /// The exit code says it all.
    Code(Exit),
    /// A decision on stdout, and the exit code.
    Decision(Exit),
    /// What stops the agent that called.
    Reply(Reply),
}

/// Lays down the answer. The strictest that a host of this process could need is the one to lay down.
pub(crate) fn answer_with(answer: Answer) {
    panic::set_hook(Box::new(move |info| answer_crash(&answer, info)));
}

#[expect(clippy::disallowed_methods, reason = "a panic hook has no caller to return an exit code to")]
#[expect(clippy::exit, reason = "a panic hook has no caller to return an exit code to")]
fn answer_crash(answer: &Answer, info: &PanicHookInfo<'_>) {
    let place =
        info.location().map_or_else(String::new, |place| format!(" at {}:{}", place.file(), place.line()));
    let what = info.payload_as_str().unwrap_or("no reason given");
    // The system may be what failed: nothing here may panic again.
    let _ = writeln!(
        std::io::stderr(),
        "internal error: {}{place}\nhint: nothing was let through; please report this: it is a bug of Cavra's",
        escaped(what)
    );
    let exit = match answer {
        Answer::Code(exit) => *exit,
        Answer::Decision(exit) => {
            let _ = writeln!(std::io::stdout(), "{CRASHED}");
            *exit
        }
        Answer::Reply(reply) => {
            let _ = write!(std::io::stderr(), "{}", reply.stderr);
            let _ = write!(std::io::stdout(), "{}", reply.stdout);
            Exit::of_host(reply.code)
        }
    };
    process::exit(exit.code());
}

/// A decision that needs nothing to be made any more.
const CRASHED: &str = concat!(
    r#"{"decision_id":"dec_000000000000","session_id":"local","agent_id":"unknown-agent","actor":"ai-agent","#,
    r#""decision":"block","reason":"Cavra itself failed","action_type":"","target":"","requested_operation":"","#,
    r#""policy_pack":"cavra-ai-agent-baseline","policy_id":"cavra-ai-agent-baseline","rule_id":"runtime.crashed","#,
    r#""severity":"high","evidence_refs":[],"timestamp":"1970-01-01T00:00:00.000Z","#,
    r#""correlation_id":"corr_000000000000"}"#,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Effect, RuleId};

    #[test]
    fn the_decision_for_a_crash_blocks_by_a_rule_of_the_contract() {
        let decision: serde_json::Value = serde_json::from_str(CRASHED).expect("it is JSON");
        assert_eq!(decision["decision"], Effect::Block.as_str());
        assert_eq!(decision["rule_id"], RuleId::RuntimeCrashed.as_str());
    }
}
