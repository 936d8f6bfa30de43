//! How long one hook call of an agent takes, as a ratio to starting an empty program, and beside other guards.
//!
//! Every round starts every program once, in turn, with the same payload of Claude Code on its stdin; what counts is the
//! ratio within one run. Other guards are measured where they are found on `PATH` or in the folders that `--peers` names
//! (a list as in `PATH`), with the settings that they come with. Nothing is asserted.
//!
//! `cargo bench --target x86_64-unknown-linux-musl --bench hook [-- ROUNDS] [--peers FOLDERS]`

#![expect(clippy::expect_used, clippy::panic, reason = "a benchmark that cannot measure ends there")]
#![expect(clippy::print_stdout, reason = "the table is what a benchmark is for")]
#![expect(clippy::indexing_slicing, reason = "the programs are a list that is built here")]

mod empty;
mod rig;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rig::Rig;

/// How often each program is started, if nobody says.
const ROUNDS: usize = 200;

/// Rounds that are not counted.
const WARM_UP: usize = 10;

/// Other guards that can be installed from a registry, under a permissive licence: how each is called.
const PEERS: [(&str, &[&str]); 4] = [
    ("cc-toolgate", &[]),
    ("runok", &["check", "--input-format", "claude-code-hook"]),
    ("nah", &["hook", "claude", "run"]),
    ("cc-safety-net", &["hook", "--claude-code"]),
];

struct Candidate {
    name: String,
    start: Box<dyn Fn(&Path) -> Command>,
    taken: Vec<Duration>,
}

fn main() {
    let rounds = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(ROUNDS).max(1);
    let rig: &'static Rig = Box::leak(Box::new(Rig::new()));
    let cases = [
        ("an allowed command", "git status --short"),
        ("a blocked command", "git push --force origin main"),
        ("a nested command", "bash -c 'cd /tmp && rm -rf ~/projects; echo done' | tee out.log"),
    ];
    for (case, command) in cases {
        let payload = rig.path("payload.json");
        let text = serde_json::json!({
                "session_id": "b", "transcript_path": "/tmp/t.jsonl", "cwd": rig.path("work"),
                "permission_mode": "default", "hook_event_name": "PreToolUse", "tool_name": "Bash",
                "tool_input": {"command": command, "description": "x"}, "tool_use_id": "toolu_1",
        });
        std::fs::write(&payload, text.to_string()).expect("a file of the scratch root");
        let mut candidates = candidates(rig);
        for round in 0..rounds + WARM_UP {
            for candidate in &mut candidates {
                let mut command = (candidate.start)(&payload);
                let began = Instant::now();
                command.status().expect("the program starts");
                let taken = began.elapsed();
                if round >= WARM_UP {
                    candidate.taken.push(taken);
                }
            }
        }
        println!("\n{case}, `{command}`");
        table(&mut candidates, rounds);
        for candidate in &candidates {
            let output =
                (candidate.start)(&payload).stdout(Stdio::piped()).output().expect("the program starts");
            let told = String::from_utf8_lossy(&output.stdout);
            let told: String =
                told.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(110).collect();
            println!("  {} answers {}: {told}", candidate.name, output.status.code().unwrap_or(-1));
        }
    }
    std::fs::remove_dir_all(rig.path("")).expect("the scratch root can be removed");
}

fn candidates(rig: &'static Rig) -> Vec<Candidate> {
    let with = |name: &str, program: PathBuf, args: &'static [&'static str]| Candidate {
        name: name.to_owned(),
        start: Box::new(move |payload: &Path| {
            let mut command = rig.command(&program);
            command.args(args).env("HOME", rig.path("home")).stdin(Rig::input(payload));
            command
        }),
        taken: Vec::new(),
    };
    let hook: &[&str] = &["hook", "agent", "claude-code", "--event", "PreToolUse"];
    let mut all = vec![
        with("an empty program", empty::program(rig).0, &[]),
        with("/bin/true", PathBuf::from("/bin/true"), &[]),
        with("cavra hook agent", PathBuf::from(&rig.cavra), hook),
    ];
    for (name, args) in PEERS {
        match found(name) {
            Some(program) => all.push(with(name, program, args)),
            None => println!("not measured, as it is not here: {name}"),
        }
    }
    all
}

/// A program on `PATH`, or in the folders that were named.
fn found(name: &str) -> Option<PathBuf> {
    let named = std::env::args().skip_while(|word| word != "--peers").nth(1).unwrap_or_default();
    #[expect(clippy::disallowed_methods, reason = "where other guards are is for whoever measures to say")]
    let path = std::env::var("PATH").unwrap_or_default();
    let folders = format!("{named}:{path}");
    folders
        .split(':')
        .filter(|folder| !folder.is_empty())
        .map(|folder| Path::new(folder).join(name))
        .find(|file| file.exists())
}

fn table(candidates: &mut [Candidate], rounds: usize) {
    for candidate in candidates.iter_mut() {
        candidate.taken.sort_unstable();
    }
    let least = |candidate: &Candidate| candidate.taken[0].as_secs_f64() * 1e6;
    let median = |candidate: &Candidate| candidate.taken[candidate.taken.len() / 2].as_secs_f64() * 1e6;
    let empty = &candidates[0];
    println!("{rounds} rounds, interleaved; times in µs, ratio of medians (of minima) to the empty program");
    for candidate in candidates.iter() {
        println!(
            "  {:<20} {:>8.0} {:>8.0}   {:.2} ({:.2})",
            candidate.name,
            least(candidate),
            median(candidate),
            median(candidate) / median(empty),
            least(candidate) / least(empty)
        );
    }
}
