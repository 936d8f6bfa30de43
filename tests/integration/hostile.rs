//! Texts that are made to take the analyser's stack, memory or time: each is answered, and none is let through that
//! cannot be told. Every one is given to a process of its own, so that a stack that overflows is seen.

use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::hostile_texts::{Hostile, texts};
use crate::sandbox::{CAVRA, Sandbox};

/// So much address space is enough for every answer, in KiB: far less than what grows without bounds would take.
const MOST_MEMORY: usize = 4 << 20;

/// So much of a processor, in seconds, that only what does not end takes it.
const MOST_WORK: usize = 120;

/// The most bytes of an answer: the text may stand in it twice, each byte escaped; its lists are bounded.
const LONGEST_ANSWER: usize = 16 << 20;

/// What is wrong with the answer to a text.
fn fault(machine: &Sandbox, place: usize, hostile: &Hostile) -> Result<(), String> {
    let request = json!({"action_type": "execute_command", "target": hostile.text});
    let input = machine.write(format!("input-{place}.json"), request.to_string());
    let limits = format!("ulimit -t {MOST_WORK} -v {MOST_MEMORY} -c 0; exec \"$@\"");
    let mut command: Command = machine.command("/bin/sh");
    command.args(["-c", &limits, "sh", CAVRA, "evaluate", "--policy"]).arg(machine.path("policy.json"));
    command.arg("--input").arg(input).stdin(Stdio::null());
    let output = command.output().expect("the shell starts");
    let answer: Value = serde_json::from_slice(&output.stdout).map_err(|_| {
        format!("no answer: {}: {:.300}", output.status, String::from_utf8_lossy(&output.stderr))
    })?;
    if output.stdout.len() > LONGEST_ANSWER {
        return Err(format!("an answer of {} bytes", output.stdout.len()));
    }
    let decision = answer["decision"].as_str().unwrap_or_default();
    if hostile.must_ask && !matches!(decision, "require_approval" | "block") {
        return Err(format!("it answers {decision}"));
    }
    Ok(())
}

#[test]
fn hostile_texts_are_answered_and_never_let_through() {
    let machine = Sandbox::new();
    machine.write("work/self.sh", ". ./self.sh\nbash self.sh\n");
    machine.write("work/twice.sh", "bash twice.sh\nbash twice.sh\n");
    let policy = json!({"metadata": {"id": "hostile", "version": "1"},
        "commands": {"default": "allow", "block": ["terraform apply*"]}});
    machine.write("policy.json", policy.to_string());
    let texts = texts();
    let (next, faults) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((place, hostile)) = {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    texts.get(place).map(|hostile| (place, hostile))
                } {
                    if let Err(told) = fault(&machine, place, hostile) {
                        let told = format!("{}: {told}", hostile.name);
                        faults.lock().expect("no other thread has failed").push(told);
                    }
                }
            });
        }
    });
    let faults = faults.into_inner().expect("no thread has failed");
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), texts.len(), faults.join("\n"));
}
