//! Shell text against real shells: whatever runs is found, or something is unresolved.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cavra::contract::{Action, Request};
use cavra::gate::Gate;
use cavra::intercept::{self, Seam, Surroundings};
use cavra::sys::dirs::Places;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::sandbox::Sandbox;

/// A folder with a `terraform` that leaves a mark if it is told to apply, and little else.
struct Stubs {
    root: tempfile::TempDir,
}

impl Stubs {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("a scratch folder");
        let bin = root.path().join("bin");
        fs::create_dir_all(&bin).expect("a folder");
        fs::create_dir_all(root.path().join("work")).expect("a folder");
        let stub = bin.join("terraform");
        let mark = root.path().join("mark");
        fs::write(&stub, format!("#!/bin/sh\n[ \"$1\" = apply ] && : > '{}'\nexit 0\n", mark.display()))
            .expect("a stub");
        fs::set_permissions(&stub, fs::Permissions::from_mode(0o755)).expect("its mode");
        for (name, program) in [("sh", "/bin/sh"), ("cat", "/bin/cat"), ("env", "/usr/bin/env")] {
            symlink(program, bin.join(name)).expect("a stub");
        }
        Self { root }
    }

    fn mark(&self) -> PathBuf {
        self.root.path().join("mark")
    }

    /// Whether this shell runs `terraform apply` for this text.
    fn runs(&self, shell: &str, text: &str) -> bool {
        let work = self.root.path().join("work");
        if text.contains('\0') {
            return false;
        }
        for entry in fs::read_dir(&work).expect("the folder").flatten() {
            let _ = fs::remove_file(entry.path());
        }
        let _ = fs::remove_file(self.mark());
        let _ = Command::new("timeout")
            .args(["-s", "KILL", "2", shell, "-c", text])
            .env_clear()
            .env("PATH", self.root.path().join("bin"))
            .current_dir(&work)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .env("PATH", format!("{}:/usr/bin", self.root.path().join("bin").display()))
            .status()
            .expect("timeout starts");
        self.mark().exists()
    }
}

/// Whether the interceptor finds `terraform apply` in the text, or says that it does not understand all of it.
fn is_seen(text: &str) -> bool {
    let surroundings = Surroundings { cwd: PathBuf::from("/nowhere"), repo: None, homes: Vec::new() };
    let event = intercept::request(Request::new(Action::ExecuteCommand, text), &surroundings);
    if !event.unresolved().is_empty() {
        return true;
    }
    event.into_requests().any(|request| {
        let request = request.expect("a request");
        std::iter::once(&request.target)
            .chain(request.spellings())
            .any(|spelling| spelling == "terraform apply" || spelling.starts_with("terraform apply "))
    })
}

/// The shells of this machine whose language is read.
fn shells() -> Vec<&'static str> {
    ["/bin/bash", "/bin/dash", "/bin/zsh", "/bin/ksh"]
        .into_iter()
        .filter(|shell| Path::new(shell).exists())
        .collect()
}

const PIECES: &[&str] = &[
    "terraform apply",
    "terraform apply",
    "terraform apply",
    "terraform",
    "apply",
    " ",
    " ",
    " ",
    "\n",
    "\n",
    ";",
    "; ",
    "&",
    "&&",
    "||",
    "|",
    "|&",
    "(",
    ")",
    "{ ",
    "; }",
    "}",
    "$(",
    ")",
    "`",
    "'",
    "'",
    "\"",
    "\"",
    "\\",
    "\\\n",
    "#",
    " #",
    "<<E\n",
    "\nE\n",
    "<<'E'\n",
    "<<-E\n",
    "E",
    "\t",
    "> f",
    ">f",
    "< f",
    "2>&1",
    "2>",
    ">&",
    "&>",
    "<<<",
    "<(",
    ">(",
    "$'",
    "$\"",
    "x=",
    "x=1 ",
    "$x",
    "${x}",
    "${x:-",
    "$((",
    "))",
    "((",
    "if ",
    "then ",
    "fi",
    "else ",
    "true",
    "false",
    "echo ",
    ": ",
    "eval ",
    "sh -c ",
    "env ",
    "command ",
    "exec ",
    "builtin ",
    "*",
    "{a,",
    ",b}",
    "! ",
    "case x in x) ",
    ";; esac",
    "time ",
    "[[ ",
    " ]]",
    "f() ",
    "f",
    "$",
    "=",
    "~",
    "-",
    "-c ",
    "a",
    "\r",
    "\u{a0}",
    "\u{e9}",
    "&!",
    "&|",
    "coproc ",
    "for x in ",
    "; do ",
    "; done",
    "function f ",
    "export ",
    "\\'",
    "\\\"",
    "\\`",
    "\\$",
    "$[",
    "]",
    "<",
    ">",
    "nohup ",
    "cat ",
    "cat <<E\n",
    "$'\\''",
    "-- ",
    "nocorrect ",
    "noglob ",
    "$~x",
    "${(e)x}",
    "x='terraform apply'; ",
    "repeat 1 ",
    "terr",
    "aform",
    "set -- ",
    "$@",
    "trap ",
    " EXIT",
    "alias ",
];

/// Pieces of the grammar that is read, so that most of what they make is taken for understood.
const QUIET: &[&str] = &[
    "terraform apply",
    "terraform apply",
    "terraform apply",
    "echo ",
    "true",
    "cat ",
    "env ",
    "sh -c ",
    "exec ",
    "command ",
    "builtin ",
    "nohup ",
    " ",
    " ",
    "\n",
    "\n",
    ";",
    "&",
    "&&",
    "|",
    "||",
    "(",
    ")",
    "{ ",
    " }",
    "'",
    "'",
    "\"",
    "\"",
    "\\",
    "\\\n",
    "#",
    " #",
    "<<E\n",
    "\nE\n",
    "<<'E'\n",
    "<<-E\n",
    "<<\"E\"\n",
    "\tE\n",
    "E",
    "\t",
    "> f",
    ">f",
    "< f",
    "2>&1",
    "2",
    "x=",
    "x=1 ",
    "a",
    "\r",
    "\u{a0}",
    "\u{b}",
    "$'",
    "\\'",
    "\\n",
    "$(",
    "`",
    "x=$(",
    "x=`",
    ">&",
    "&>",
    "<<<",
    "=",
    "~",
    "-",
    "--",
    "-c ",
    "}",
    "]",
    "[",
    ",",
    "\u{85}",
    "\u{2028}",
    "\u{0}",
];

/// How many texts are tried; `CAVRA_SHELL_CASES` asks for more.
fn cases() -> u32 {
    option_env!("CAVRA_SHELL_CASES").and_then(|number| number.parse().ok()).unwrap_or(400)
}

#[test]
fn whatever_a_shell_runs_of_a_text_is_found_or_unresolved() {
    let stubs = Stubs::new();
    let shells = shells();
    assert!(!shells.is_empty());
    let config = Config {
        cases: cases(),
        failure_persistence: None,
        max_shrink_iters: 400,
        max_local_rejects: u32::MAX,
        ..Config::default()
    };
    let seed = [7; 32];
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let pieces = prop_oneof![
        prop::collection::vec(prop::sample::select(PIECES), 1..12),
        prop::collection::vec(prop::sample::select(QUIET), 1..14),
        prop::collection::vec(prop::sample::select(QUIET), 1..14),
    ];
    let text = pieces.prop_map(|pieces| pieces.concat()).prop_filter("a mark", |text| text.contains("terra"));
    let outcome = runner.run(&text, |text| {
        // What is seen needs no shell to tell.
        if !is_seen(&text) {
            for shell in &shells {
                prop_assert!(!stubs.runs(shell, &text), "{shell} runs it, and it is not seen: {text:?}");
            }
        }
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
}

#[test]
fn arbitrary_text_is_never_trouble() {
    let config = Config { cases: 2_000, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[3; 32]));
    let outcome = runner.run(&any::<String>(), |text| {
        let event =
            intercept::request(Request::new(Action::ExecuteCommand, text.as_str()), &Surroundings::default());
        prop_assert!(event.into_requests().count() > 0);
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
}

#[test]
fn every_bypass_that_was_found_stays_closed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/bypasses");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("it").path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let mut open = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a case");
        let case: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let machine = Sandbox::new();
        machine.write("policy.json", case["policy"].to_string());
        let request = serde_json::json!({"action_type": "execute_command", "target": case["input"]});
        let policy = machine.path("policy.json");
        // A hole of one shell alone is asked about where the seam says that it is that one.
        let decision = if let Some(shell) = case["shell"].as_str() {
            in_shell(case["input"].as_str().expect("a text"), shell, &policy)
        } else {
            let outcome = machine.run_with(
                [OsStr::new("evaluate"), OsStr::new("--policy"), policy.as_os_str()],
                request.to_string(),
            );
            let answer: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap_or_default();
            answer["decision"].as_str().unwrap_or_default().to_owned()
        };
        if case["expected"] != decision {
            open.push(format!("{}: {decision} for {}", file.display(), case["input"]));
        }
    }
    assert!(open.is_empty(), "{}", open.join("\n"));
}

fn in_shell(text: &str, shell: &str, policy: &Path) -> String {
    let policy = cavra::policy::load_named(policy).expect("a policy").policy;
    let places = Places::find().expect("places");
    let event = intercept::command_text(text, Path::new(shell), &Surroundings::default(), Seam::Shell);
    Gate::named(policy, &places).consult(event).decision.decision.as_str().to_owned()
}

#[test]
fn ordinary_work_neither_asks_nor_is_refused() {
    for text in [
        "ls -la | grep x",
        "cargo test 2>&1 | tee log",
        "git commit -m 'two words'",
        "git commit -m 'terraform apply'",
        "git push -u origin topic",
        "git branch -r",
        "git config user.name x && git commit -m y",
        "FOO=bar make test",
        "A='x y'; ls",
        "cd src && ls",
        "cd src; exit 0",
        "echo terraform apply",
        "grep terraform apply.txt",
        "cargo add terraform",
        "mkdir -p out && ls > out/list",
        "make -j8 V=1 CFLAGS='-O2 -g' > log 2>&1",
        "make 2>/dev/null; make",
        "npm run build",
        "cmake -DCMAKE_BUILD_TYPE=Release ..",
        "ip -br addr",
        "gcc -O2 -DNDEBUG -o a a.c",
        "psql -c 'select 1'",
        "ls > a; cat a",
        "touch a; echo x >> a",
    ] {
        assert!(!is_seen(text), "{text}");
    }
}

#[test]
fn the_property_can_fail() {
    let stubs = Stubs::new();
    for shell in shells() {
        assert!(stubs.runs(shell, "terraform apply"), "{shell}");
        assert!(!stubs.runs(shell, "echo terraform apply"), "{shell}");
    }
    assert!(is_seen("ls; terraform apply"));
    assert!(!is_seen("echo terraform apply"));
}
