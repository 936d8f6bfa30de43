//! Records are asked for and followed, by a pipe and on a terminal.

use std::process::Command;

use crate::sandbox::{CAVRA, Sandbox};

const POLICY: &str = "metadata:\n  id: mine\n  version: \"1\"\nfilesystem:\n  block_write: [\"*.lock\"]\ncommands:\n  default: allow\n";

fn recorded() -> Sandbox {
    let sandbox = Sandbox::new().user_policy(POLICY);
    sandbox.run(["check", "write", "src/a.rs", "--record", "--json"]).exit(0);
    sandbox.write("clock", "2026-11-23T11:30:00Z");
    sandbox.run(["check", "write", "deep/b.lock", "--record", "--json"]).exit(20);
    sandbox
}

const HEADING: &str = "RECORD  TIME                DECISION         SEAM       AGENT          RULE                             TARGET\n";
const FIRST: &str = "1       2026-11-23 09:30:00 allow            cli        unknown-agent  filesystem.write.allow           src/a.rs\n";
const SECOND: &str = "2       2026-11-23 11:30:00 block            cli        unknown-agent  filesystem.write.block           deep/b.lock\n";

#[test]
fn each_question_gives_the_records_that_answer() {
    let sandbox = recorded();
    let (first, second) = (format!("{HEADING}{FIRST}"), format!("{HEADING}{SECOND}"));
    let both = format!("{first}{SECOND}");
    for (args, expected) in [
        (&[][..], &both),
        (&["--path", "deep"], &second),
        (&["--path", "*.rs"], &first),
        (&["--rule", "filesystem.write.*"], &both),
        (&["--rule", "filesystem.write.block"], &second),
        (&["--agent", "unknown-*", "--decision", "allow"], &first),
        (&["--until", "2026-11-23T09:30:00Z"], &first),
        (&["--since", "30m"], &second),
        (&["--seam", "cli", "--session", "local"], &both),
    ] {
        sandbox.run(["evidence", "query"].iter().chain(args)).exit(0).stderr("").stdout(expected);
    }
    sandbox.run(["evidence", "query", "--seam", "shell"]).exit(0).stdout("").stderr("no record answers\n");
    sandbox.run(["evidence", "query", "--count"]).exit(0).stdout("2\n").stderr("");
    let log = sandbox.placeless(sandbox.read("home/.local/state/cavra/evidence/evidence.jsonl").as_bytes());
    sandbox.run(["evidence", "query", "--json"]).exit(0).stdout(&log).stderr("");
}

/// What a terminal of 60 columns gets; none, with the reason told, where no terminal can be made.
#[expect(clippy::print_stderr, reason = "a test that cannot run here says so")]
fn on_a_terminal(sandbox: &Sandbox, words: &str) -> Option<String> {
    if !Command::new("script").arg("--version").output().is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: `script` (util-linux), which makes a terminal, is not here");
        return None;
    }
    let line = format!("stty cols 60; timeout 2 {CAVRA} evidence {words} </dev/null");
    Some(sandbox.run_program("script", ["-qc", &line, "/dev/null"]).stdout.replace("\r\n", "\n"))
}

#[test]
fn tail_on_a_terminal_is_live_fits_it_and_paints_only_where_colours_are_wanted() {
    let sandbox = recorded().env("TERM", "xterm").env("NO_COLOR", "1");
    let rows = "1       2026-11-23 09:30:00 allow            src/a.rs\n\
                2       2026-11-23 11:30:00 block            deep/b.lock\n";
    let Some(live) = on_a_terminal(&sandbox, "tail") else { return };
    let status = "following, each on the one before · 2 shown · 1 blocked · …";
    similar_asserts::assert_eq!(live, format!("{rows}{status}"));
    let ended = on_a_terminal(&sandbox, "tail --no-follow").expect("as before");
    similar_asserts::assert_eq!(ended.lines().count(), 2);
    let sandbox = sandbox.env("NO_COLOR", "");
    let painted = on_a_terminal(&sandbox, "tail -n 1").expect("as before");
    assert!(
        painted.contains("\u{1b}[1;31mblock           \u{1b}[0m")
            || painted.contains("\u{1b}[1;31mblock\u{1b}[0m"),
        "{painted:?}"
    );
    let dumb = sandbox.env("TERM", "dumb").env("NO_COLOR", "1");
    assert!(!on_a_terminal(&dumb, "tail").expect("as before").contains('\u{1b}'));
}
