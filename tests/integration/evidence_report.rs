//! The report in a real browser: whole, quiet, and in every dress. Where no Chromium is, or it may not start, the
//! tests say so and end.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::sandbox::Sandbox;

const NASTY: &str =
    "</code><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";

/// A browser that works here; none, with the reason told.
#[expect(clippy::print_stderr, reason = "a test that cannot run here says so")]
fn chromium() -> Option<&'static str> {
    let found = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|program| {
        Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
    });
    let Some(program) = found else {
        eprintln!("skipped: no Chromium is here");
        return None;
    };
    let folder = tempfile::tempdir().expect("a scratch folder");
    let blank = headless(program, folder.path()).args(["--dump-dom", "about:blank"]).output();
    // It reserves more addresses than some limits of a shell allow, and dies of it.
    if !blank.is_ok_and(|output| output.status.success()) {
        eprintln!(
            "skipped: Chromium is here and does not start (a limit of addresses, `ulimit -v`, is one reason)"
        );
        return None;
    }
    Some(program)
}

fn headless(program: &str, profile: &std::path::Path) -> Command {
    let mut command = Command::new(program);
    command
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"])
        .args(["--disable-background-networking", "--enable-logging=stderr", "--virtual-time-budget=3000"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .stdin(Stdio::null());
    command
}

fn report() -> (Sandbox, PathBuf) {
    let sandbox = Sandbox::new().user_policy(
        "metadata:\n  id: mine\n  version: \"1\"\nfilesystem:\n  block_write: [\"*script*\"]\ncommands:\n  default: require_approval\n",
    );
    for (action, target, agent) in [
        ("write_file", NASTY, NASTY),
        ("execute_command", "make all", "claude-code"),
        ("write_file", "plain", "codex"),
    ] {
        let request = serde_json::json!({ "action_type": action, "target": target, "agent_id": agent });
        let _ = sandbox.run_with(["evaluate", "--record"], request.to_string()).exit(0);
    }
    let _ = sandbox
        .run(["evidence", "report", "-o", "page.html"])
        .exit(0)
        .stdout("")
        .stderr("written: page.html\n");
    let page = sandbox.path("work/page.html");
    (sandbox, page)
}

#[test]
fn the_page_is_whole_runs_its_own_script_and_nobody_elses() {
    let (sandbox, page) = report();
    let Some(program) = chromium() else { return };
    let output = headless(program, &sandbox.path("profile"))
        .arg("--dump-dom")
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("it runs");
    let (dom, talk) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(dom.contains("<title>Cavra: evidence report</title>"), "{dom}");
    assert!(dom.contains("<form id=\"filters\" class=\"on\">"), "the filters are there");
    assert!(dom.contains("2 of 2 shown"));
    assert_eq!(dom.matches("<article").count(), 2);
    assert_eq!((dom.matches("<script").count(), dom.matches("<img").count()), (1, 0));
    assert!(dom.contains("&lt;script&gt;document.title="), "what was asked for is shown as it is");
    // The page's own policy would be told of here, if it had to stop anything.
    let stopped: Vec<_> = talk.lines().filter(|line| line.contains("CONSOLE")).collect();
    assert!(stopped.is_empty(), "{stopped:?}");
}

#[test]
fn the_page_has_a_light_a_dark_a_narrow_and_a_paper_form() {
    let (sandbox, page) = report();
    let Some(program) = chromium() else { return };
    let url = format!("file://{}", page.display());
    let shot = |name: &str, extra: &[&str]| {
        let file = sandbox.path(name);
        let mut command = headless(program, &sandbox.path("profile"));
        command.args(extra).arg(format!("--screenshot={}", file.display())).arg(&url);
        assert!(command.stderr(Stdio::null()).status().expect("it runs").success(), "{name}");
        fs::read(file).expect("a picture")
    };
    let light = shot("light.png", &["--window-size=1200,1000"]);
    let dark = shot("dark.png", &["--window-size=1200,1000", "--blink-settings=preferredColorScheme=0"]);
    let narrow = shot("narrow.png", &["--window-size=500,1000"]);
    assert!(light.starts_with(b"\x89PNG") && light != dark && light != narrow);
    let paper = sandbox.path("paper.pdf");
    let mut command = headless(program, &sandbox.path("profile"));
    command.arg(format!("--print-to-pdf={}", paper.display())).arg(&url).stderr(Stdio::null());
    assert!(command.status().expect("it runs").success());
    assert!(fs::read(paper).expect("paper").starts_with(b"%PDF"));
}

#[test]
fn a_report_of_a_log_that_does_not_hold_says_so_and_fails() {
    let (sandbox, _) = report();
    let log = sandbox.path("home/.local/state/cavra/evidence/evidence.jsonl");
    let text = fs::read_to_string(&log).expect("a log");
    fs::write(&log, text.replacen("make all", "make none", 1)).expect("it is changed");
    let page = sandbox.run(["evidence", "report", "-o", "-"]).exit(1).stderr("").stdout;
    assert!(
        page.contains("<p><b>The chain is not valid: evidence.jsonl:2: expected the record_hash "),
        "{page}"
    );
}
