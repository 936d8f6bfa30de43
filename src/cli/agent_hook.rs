//! `cavra hook agent`: what agents call before they act.
//!
//! Hosts differ in what they take for a no, and most go on after a crash, after silence, and after waiting for too long.
//! So the answer that stops this host is laid down before anything else happens, for a panic and for a deadline of
//! Cavra's own, which is shorter than that of any host.

use std::ffi::OsString;
use std::io::{self, Read};

use crate::intercept::agent::Agent;
use crate::seam::agent_hook::{self, Reply};
use crate::sys::alarm::{self, Late};
use crate::sys::files;

use super::crash;
use super::exit::Exit;
use super::input::LIMIT;
use super::output::{self, Paint};
use super::refusal;

pub(crate) use crate::seam::agent_hook::Call;

/// How long a hook may take, in seconds: a host that waits for too long goes on, and the shortest wait of one that Cavra
/// knows is five.
const LONGEST: u32 = 2;

/// The words behind `cavra hook agent`, without the tree of all commands; none where they are others than
/// `NAME [--event EVENT]`.
pub(crate) fn read(words: &[OsString]) -> Option<Call> {
    let words: Vec<&str> = words.iter().map(|word| word.to_str()).collect::<Option<_>>()?;
    let (agent, event) = match words.as_slice() {
        [agent] => (agent, None),
        [agent, "--event", event] => (agent, Some((*event).to_owned())),
        _ => return None,
    };
    Some(Call { agent: Agent::parse(agent)?, event })
}

/// Answers for one call. Whatever happens, the host is told in its own words.
pub(crate) fn run(call: &Call) -> Exit {
    let crashed =
        "cavra: blocked: Cavra itself failed, and what it cannot judge does not happen; please report this";
    crash::answer_with(crash::Answer::Reply(agent_hook::failure(call, crashed)));
    let late = "cavra: blocked: Cavra came to no answer in time, and what it cannot judge does not happen";
    let Reply { code, stdout, stderr } = agent_hook::failure(call, late);
    let late = Late { stdout: stdout.into_bytes(), stderr: stderr.into_bytes(), code };
    // Without an alarm there is no deadline, and the steps of the analysis are bounded all the same.
    let _ = alarm::set(LONGEST, late);
    let payload = payload();
    let reply = match agent_hook::judge(call, payload.as_deref().map_err(Clone::clone)) {
        Ok(judged) => {
            let told = judged.verdict().and_then(|verdict| {
                if verdict.effect().runs() {
                    refusal::render_passing(verdict, Paint::none())
                } else {
                    Some(refusal::render(verdict, Paint::none()))
                }
            });
            judged.reply(told.as_deref())
        }
        Err(error) => agent_hook::failure(call, &format!("cavra: blocked: {error}")),
    };
    alarm::stop();
    say(&reply)
}

/// Writes a reply; where it cannot be written, the exit code still says no.
fn say(reply: &Reply) -> Exit {
    let Reply { code, stdout, stderr } = reply;
    if !stderr.is_empty() {
        output::talk(stderr.trim_end());
    }
    match output::bytes(stdout.as_bytes()) {
        Ok(()) => Exit::of_host(*code),
        Err(_) => Exit::USAGE,
    }
}

/// All of stdin. What is beyond the bound is read too and thrown away: a host whose pipe breaks may go on.
fn payload() -> Result<Vec<u8>, String> {
    let mut stdin = io::stdin().lock();
    let read = files::read_bounded(stdin.by_ref(), LIMIT, 1 << 12);
    let drained = io::copy(&mut stdin, &mut io::sink());
    match (read, drained) {
        (Ok(Some(bytes)), Ok(_)) => Ok(bytes),
        (Ok(None), _) => Err(format!("the payload is larger than {LIMIT} bytes")),
        (Err(error), _) | (_, Err(error)) => Err(format!("the payload cannot be read: {error}")),
    }
}
