//! How long a decision takes with all of its start-up, as a ratio to starting an empty program.
//!
//! Milliseconds say more about the machine than about the program, so each round starts every program once, in
//! turn, and what counts is the ratio of the medians, and of the minima, within one run. Nothing is asserted.
//!
//! `cargo bench --target x86_64-unknown-linux-musl --bench startup [-- ROUNDS]`

#![expect(clippy::expect_used, clippy::panic, reason = "a benchmark that cannot measure ends there")]
#![expect(clippy::print_stdout, reason = "the table is what a benchmark is for")]
#![expect(clippy::indexing_slicing, reason = "the programs are a list that is built here")]

mod empty;
mod policy;
mod rig;

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rig::Rig;

/// How often each program is started, if nobody says.
const ROUNDS: usize = 400;

/// Rounds that are not counted.
const WARM_UP: usize = 30;

const REQUEST: &str = r#"{"action_type":"execute_command","target":"git status --short"}"#;

/// A program, and what it has taken.
struct Candidate {
    name: &'static str,
    start: Box<dyn Fn() -> Command>,
    taken: Vec<Duration>,
}

fn main() {
    let rounds = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(ROUNDS).max(1);
    let rig: &'static Rig = Box::leak(Box::new(Rig::new()));
    let (empty, how) = empty::program(rig);
    println!("empty program: {how}");
    let mut candidates = candidates(rig, empty);
    for candidate in &candidates {
        check(candidate);
    }
    for round in 0..rounds + WARM_UP {
        for candidate in &mut candidates {
            let mut command = (candidate.start)();
            let began = Instant::now();
            let status = command.status().expect("the program starts");
            let taken = began.elapsed();
            assert!(status.success(), "{}: {status}", candidate.name);
            if round >= WARM_UP {
                candidate.taken.push(taken);
            }
        }
    }
    table(&mut candidates, rounds);
    loading(rig);
    std::fs::remove_dir_all(rig.path("")).expect("the scratch root can be removed");
}

/// What compiling ahead saves: the policy of 120 rules, loaded as its author wrote it and as it was compiled.
fn loading(rig: &Rig) {
    let best = |file: &str| {
        let path = rig.path(file);
        let load = || {
            let began = Instant::now();
            let loaded = cavra::policy::load_named(&path).expect("the policy loads");
            let taken = began.elapsed();
            assert!(loaded.policy.commands.block.iter().count() > 0, "the policy has its rules");
            taken
        };
        (0..500).map(|_| load()).min().unwrap_or_default().as_secs_f64() * 1e6
    };
    let (authored, compiled) = (best("authored.yaml"), best("compiled.json"));
    println!(
        "loading 120 rules: {authored:.0} µs as authored, {compiled:.0} µs compiled, {:.1} times as fast",
        authored / compiled
    );
}

fn candidates(rig: &'static Rig, empty: PathBuf) -> Vec<Candidate> {
    let policy = rig.compiled_policy();
    let request = rig.write("request.json", REQUEST);
    let repository = repository(rig);
    let evaluate = move |more: &'static [&'static str]| -> Box<dyn Fn() -> Command> {
        let (policy, request) = (policy.clone(), request.clone());
        Box::new(move || {
            let mut command = rig.command(&rig.cavra);
            command.args(["evaluate", "--policy"]).arg(&policy).args(more).stdin(Rig::input(&request));
            command
        })
    };
    let candidate = |name, start| Candidate { name, start, taken: Vec::new() };
    vec![
        candidate("an empty program", Box::new(move || rig.command(&empty))),
        candidate("/bin/true", Box::new(|| rig.command("/bin/true"))),
        candidate(
            "cavra --version",
            Box::new(|| {
                let mut command = rig.command(&rig.cavra);
                command.arg("--version");
                command
            }),
        ),
        candidate("cavra evaluate, 120 rules, --parity", evaluate(&["--parity"])),
        candidate("cavra evaluate, 120 rules", evaluate(&[])),
        candidate("cavra evaluate, 120 rules, --record", evaluate(&["--record"])),
        candidate(
            "the pre-commit hook, one file staged",
            Box::new(move || {
                let mut command = rig.command(&rig.cavra);
                command.args(["hook", "git", "pre-commit"]).current_dir(&repository);
                command
            }),
        ),
    ]
}

/// Where one of the programs does not work, its times would be those of a failure.
fn check(candidate: &Candidate) {
    let output = (candidate.start)()
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .expect("the program starts");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {}\n{told}", candidate.name, output.status);
    if candidate.name.starts_with("cavra evaluate") {
        let decision: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a decision");
        assert!(decision["rule_id"] == "commands.allow", "{}: {decision}", candidate.name);
    }
}

/// A repository with a commit and one staged file.
fn repository(rig: &Rig) -> PathBuf {
    let folder = rig.path("work/repository");
    std::fs::create_dir(&folder).expect("a folder of the scratch root");
    let at = folder.to_str().expect("a path in UTF-8").to_owned();
    let git = |args: &[&str]| {
        rig.output(
            "git",
            &[&["-C", &at, "-c", "user.name=Bench", "-c", "user.email=b@example.invalid"], args].concat(),
        );
    };
    git(&["init", "--quiet", "--template="]);
    git(&["commit", "--quiet", "--allow-empty", "-m", "First"]);
    std::fs::write(folder.join("notes.txt"), "A line.\n").expect("a file of the scratch root");
    git(&["add", "notes.txt"]);
    folder
}

fn table(candidates: &mut [Candidate], rounds: usize) {
    for candidate in candidates.iter_mut() {
        candidate.taken.sort_unstable();
    }
    let least = |candidate: &Candidate| candidate.taken[0].as_secs_f64() * 1e6;
    let median = |candidate: &Candidate| candidate.taken[candidate.taken.len() / 2].as_secs_f64() * 1e6;
    let (empty, yes) = (&candidates[0], &candidates[1]);
    println!("{rounds} rounds, interleaved; times in µs, ratios of medians (of minima)\n");
    println!("{:<38} {:>7} {:>7}   {:<13} {:<13}", "", "min", "median", "to empty", "to /bin/true");
    for candidate in candidates.iter() {
        let ratio = |other: &Candidate| {
            let (medians, minima) = (median(candidate) / median(other), least(candidate) / least(other));
            format!("{medians:.2} ({minima:.2})")
        };
        println!(
            "{:<38} {:>7.0} {:>7.0}   {:<13} {:<13}",
            candidate.name,
            least(candidate),
            median(candidate),
            ratio(empty),
            ratio(yes)
        );
    }
}
