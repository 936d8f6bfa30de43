//! Other readers of the same language: what bash rejects is never taken for understood, nearly all that it accepts
//! is, and no command that another parser finds is lost.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use cavra::contract::Request;
use cavra::intercept::{self, Intercepted, Seam, Surroundings};

use crate::corpus_rig::{self, Tally, shown};
use crate::oracle_programs::{programs_by_rable, programs_by_shfmt};
use crate::oracle_texts::{Numbers, asks_all, mutant, one_liners, scripts};

/// How many texts a test asks about, where not all: of those that somebody wrote, and of their mutants.
const SAMPLE: [usize; 2] = [1_500, 1_500];

/// How many mutants there are where all is asked.
const ALL_MUTANTS: usize = 14_000;

/// The least share of what bash accepts that is read, in thousandths.
const LEAST_READ: usize = 999;

/// The least number of texts of which both parsers find all commands: fewer would prove little.
const LEAST_COMPARED: usize = 500;

struct Text {
    kind: &'static str,
    text: String,
}

/// The texts, the same in every run.
fn texts() -> Vec<Text> {
    let mut numbers = Numbers(20_261_123);
    let all = asks_all();
    let written = one_liners();
    let count = if all { ALL_MUTANTS } else { SAMPLE[1] };
    let mutants: Vec<Text> = (0..count)
        .map(|_| Text { kind: "mutant", text: mutant(&written[numbers.below(written.len())], &mut numbers) })
        .collect();
    let scripts = scripts(all).into_iter().map(|text| Text { kind: "script", text });
    let mut written: Vec<Text> =
        written.into_iter().map(|text| Text { kind: "one-liner", text }).chain(scripts).collect();
    if !all {
        while written.len() > SAMPLE[0] {
            written.swap_remove(numbers.below(written.len()));
        }
    }
    written.into_iter().chain(mutants).collect()
}

fn event(text: &str) -> Intercepted {
    let surroundings = Surroundings { cwd: PathBuf::from("/nowhere"), repo: None, homes: Vec::new() };
    intercept::command_text(text, Path::new("/bin/bash"), &surroundings, Seam::Shell)
}

/// Whether bash takes the text for complete and right, without running it.
fn bash_accepts(text: &str) -> bool {
    Command::new("/bin/bash")
        .args(["-n", "-c", "--", text])
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("bash starts")
        .success()
}

/// What bash says of each, asked by two at once.
fn asked(texts: &[Text]) -> Vec<bool> {
    let next = AtomicUsize::new(0);
    let mut answers: Vec<(usize, bool)> = std::thread::scope(|scope| {
        let ask = || {
            let mut answers = Vec::new();
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(text) = texts.get(place) else { return answers };
                answers.push((place, bash_accepts(&text.text)));
            }
        };
        let workers = [scope.spawn(ask), scope.spawn(ask)];
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker")).collect()
    });
    answers.sort_unstable();
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// Whether bash would find faults only when it runs the text: it reads what is in backticks no sooner.
fn is_read_late(text: &Text) -> bool {
    text.kind == "mutant" && text.text.contains('`')
}

/// Bash is asked to read the text without running it, and so without what this sets.
fn sets_how_it_is_read(text: &str) -> bool {
    text.contains("shopt -s extglob")
}

#[test]
fn what_bash_accepts_is_read_and_what_it_rejects_is_not_taken_for_understood() {
    if !Path::new("/bin/bash").exists() {
        corpus_rig::print("passed over: no /bin/bash");
        return;
    }
    let texts = texts();
    let (mut read, mut rejected) = (Tally::default(), Tally::default());
    for (text, accepts) in texts.iter().zip(asked(&texts)) {
        let event = event(&text.text);
        let told = |holds: bool| {
            let causes: BTreeSet<_> = event.unresolved().iter().map(|part| part.cause.as_str()).collect();
            if holds { Ok(()) } else { Err(format!("{} {causes:?}", shown(&text.text))) }
        };
        if !accepts {
            if !sets_how_it_is_read(&text.text) {
                rejected.count(text.kind, told(!event.unresolved().is_empty()));
            }
        } else if text.kind != "mutant" && !is_read_late(text) {
            // What a mutant may mean is told late, when it runs; texts that somebody wrote are read.
            let fault = intercept::shell_fault(&text.text);
            read.count(text.kind, told(fault.is_none()));
        }
    }
    let report =
        [read.report("read, of what bash accepts"), rejected.report("not understood, of what it rejects")];
    corpus_rig::print(&report.join("\n\n"));
    assert_eq!(rejected.per_mille(), 1000, "what bash rejects is taken for understood");
    assert!(read.per_mille() >= LEAST_READ, "what bash accepts is not read");
}

/// The names by which the requests of an event go.
fn names(requests: impl Iterator<Item = Request>) -> BTreeSet<String> {
    requests
        .flat_map(|request| {
            let argv = request.context.iter().flat_map(|context| context.argv.first().cloned());
            let words = request.spellings().iter().chain([&request.target]);
            let firsts = words.filter_map(|words| words.split_whitespace().next().map(str::to_owned));
            argv.chain(firsts).collect::<Vec<_>>()
        })
        .collect()
}

/// Whether our event has all the names; nothing to say where it has unresolved parts, and so asks anyway.
fn compare(tally: &mut Tally, text: &Text, expected: Option<BTreeSet<String>>) {
    let Some(expected) = expected.filter(|names| !names.is_empty()) else { return };
    let event = event(&text.text);
    if !event.unresolved().is_empty() {
        return;
    }
    let found = names(event.into_requests().map(|request| request.expect("a request")));
    // `time --` has an option, which the other parser takes for the program.
    let lost: Vec<_> = expected.iter().filter(|name| *name != "--" && !found.contains(*name)).collect();
    let told = || format!("{} loses {lost:?}", shown(&text.text));
    tally.count(text.kind, if lost.is_empty() { Ok(()) } else { Err(told()) });
}

#[test]
fn no_command_that_another_parser_finds_is_lost() {
    let mut tally = Tally::default();
    for text in texts() {
        // It takes a time and a stack that grow with its input.
        let openers = text.text.matches(['(', '`', '{']).count();
        if text.text.len() <= 4096 && openers <= 24 {
            compare(&mut tally, &text, programs_by_rable(&text.text));
        }
    }
    corpus_rig::print(&tally.report("no command lost that rable finds"));
    assert!(tally.counted() >= LEAST_COMPARED, "only {} are compared", tally.counted());
    assert_eq!(tally.per_mille(), 1000, "commands are lost");
}

#[test]
fn no_command_that_shfmt_finds_is_lost() {
    if programs_by_shfmt("true").is_none() {
        corpus_rig::print("passed over: no shfmt on PATH");
        return;
    }
    let mut tally = Tally::default();
    let texts = texts();
    let apart = (texts.len() / if asks_all() { 4_000 } else { 300 }).max(1);
    for text in texts.iter().step_by(apart).filter(|text| text.text.len() <= 64 << 10) {
        compare(&mut tally, text, programs_by_shfmt(&text.text));
    }
    corpus_rig::print(&tally.report("no command lost that shfmt finds"));
    assert_eq!(tally.per_mille(), 1000, "commands are lost");
}

#[test]
fn the_other_parser_finds_what_is_there() {
    let text =
        "a | b \"$(c)\" <(d) > e; if f; then g; fi; for h in i; do j; done; (k; { l; }) && x=$(m) \"n\" $o";
    let expected: BTreeSet<String> = "abcdfgjklm".chars().map(String::from).collect();
    similar_asserts::assert_eq!(programs_by_rable(text), Some(expected));
    assert_eq!(programs_by_rable("a() { b; }; a"), None);
    assert_eq!(programs_by_rable("a ("), None);
}
