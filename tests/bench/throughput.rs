//! How many decisions one process gives on one core, and how much memory it takes for few and for many.
//!
//! The requests are those of the conformance rows, repeated; the rates are of the whole process, from its start to
//! its end, with its input from a file. Memory is the peak that the kernel tells once every answer has been read.
//! Nothing is asserted but that there is an answer to each request.
//!
//! `cargo bench --target x86_64-unknown-linux-musl --bench throughput [-- ROWS]`

#![expect(clippy::expect_used, reason = "a benchmark that cannot measure ends there")]
#![expect(clippy::print_stdout, reason = "the figures are what a benchmark is for")]
#![expect(clippy::indexing_slicing, reason = "fields of our own test data")]

mod rig;

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use rig::Rig;

/// How many rows, if nobody says.
const ROWS: usize = 1_000_000;

/// The rows of the smaller measurement of memory.
const FEW: usize = 10_000;

/// How often each rate is measured; the best counts, as everything else only ever adds to the time.
const TIMES: usize = 3;

const REQUEST: &str = r#"{"action_type":"read_file","target":"README.md"}"#;

fn main() {
    let rows = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(ROWS).max(1);
    let rig = Rig::new();
    let policy = conformance("policies/fixture-workstation.json");
    let registry = conformance("registries/registry.json");
    let requests = requests();
    let parity = ["evaluate", "--jsonl", "--parity", "--policy", &policy, "--registry", &registry];
    let default = ["evaluate", "--jsonl", "--policy", &policy, "--registry", &registry];

    let (few, many) = (FEW.min(rows), rows);
    let some = (rows / 10).max(1);
    let all = repeated(&rig, "many.jsonl", &requests, many);
    let tenth = repeated(&rig, "tenth.jsonl", &requests, some);
    let same = repeated(&rig, "same.jsonl", &[REQUEST.to_owned()], some);
    rate(&rig, "--parity, the conformance requests", &parity, &all, many);
    rate(&rig, "default mode, the conformance requests", &default, &tenth, some);
    let bare = rate(&rig, "default mode, one request repeated", &default, &same, some);
    let recording = [&default[..], &["--record"]].concat();
    let recorded = rate(&rig, "default mode, the same with --record", &recording, &same, some);
    println!("an append to the evidence costs {:.1} µs", (1.0 / recorded - 1.0 / bare) * 1e6);
    for count in [few, many] {
        println!(
            "--parity, peak memory after {count} rows: {}",
            peak_memory(&rig, &parity, &requests, count)
        );
    }
}

/// Decisions a second, the best of a few runs.
fn rate(rig: &Rig, what: &str, args: &[&str], input: &Path, rows: usize) -> f64 {
    let best = (0..TIMES)
        .map(|_| {
            let mut command = rig.command(&rig.cavra);
            command.args(args).stdin(Rig::input(input));
            let began = Instant::now();
            let status = command.status().expect("the program starts");
            let taken = began.elapsed();
            // Rows that are malformed on purpose are answered too, and make the exit code 1.
            assert!(matches!(status.code(), Some(0 | 1)), "{what}: {status}");
            taken.as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min);
    #[expect(clippy::cast_precision_loss, reason = "a count of rows is far below 2^52")]
    let rate = rows as f64 / best;
    println!("{what}: {rate:.0} decisions/s ({rows} in {best:.2} s)");
    rate
}

/// Feeds the rows through a pipe, reads each answer, and asks the kernel while the process waits for more.
fn peak_memory(rig: &Rig, args: &[&str], requests: &[String], rows: usize) -> String {
    let mut child = rig
        .command(&rig.cavra)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let stdin = child.stdin.take().expect("a pipe");
    let stdout = child.stdout.take().expect("a pipe");
    let peak = std::thread::scope(|scope| {
        let writer = scope.spawn(move || {
            let mut stdin = BufWriter::with_capacity(1 << 16, stdin);
            for request in requests.iter().cycle().take(rows) {
                writeln!(stdin, "{request}").expect("the program reads");
            }
            stdin.into_inner().expect("the program reads")
        });
        let mut answers = BufReader::with_capacity(1 << 16, stdout);
        let mut line = Vec::new();
        for _ in 0..rows {
            line.clear();
            let length = answers.read_until(b'\n', &mut line).expect("the program answers");
            assert!(length > 0, "there is an answer to each request");
        }
        let open = writer.join().expect("the writer ends");
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        drop(open);
        status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .map_or_else(|| "not told by this system".to_owned(), |peak| peak.trim().to_owned())
    });
    child.wait().expect("the program ends");
    peak
}

fn conformance(relative: &str) -> String {
    format!("{}/testdata/conformance/{relative}", env!("CARGO_MANIFEST_DIR"))
}

fn requests() -> Vec<String> {
    let text = std::fs::read_to_string(conformance("golden.jsonl")).expect("the conformance rows");
    text.lines()
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).expect("a row is JSON");
            row["request"].to_string()
        })
        .collect()
}

fn repeated(rig: &Rig, name: &str, requests: &[String], rows: usize) -> PathBuf {
    let path = rig.path(name);
    let mut file = BufWriter::new(File::create(&path).expect("a file of the scratch root"));
    for request in requests.iter().cycle().take(rows) {
        writeln!(file, "{request}").expect("room for the rows");
    }
    file.flush().expect("room for the rows");
    path
}
