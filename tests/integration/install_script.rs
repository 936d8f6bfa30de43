//! The script `install`, in each shell that a person's `sh` may be. The binary that the tests have built is placed,
//! so nothing is built again; where a build is wanted, a stand-in for cargo makes it or fails.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use similar_asserts::assert_eq;

use crate::sandbox::{CAVRA, Outcome, Sandbox};

/// The shells; each must be there, as `.ci/run` installs what is missing. The first one is on every machine.
const SHELLS: [&[&str]; 5] =
    [&["sh"], &["bash", "--posix"], &["dash"], &["busybox", "sh"], &["zsh", "--emulate", "sh"]];

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/install");

/// Those of the shells that this machine has; at least `sh`.
fn shells() -> Vec<&'static [&'static str]> {
    let there: Vec<_> = SHELLS
        .into_iter()
        .filter(|words| {
            ["/bin", "/usr/bin"].iter().any(|folder| fs::exists(format!("{folder}/{}", words[0])).unwrap())
        })
        .collect();
    assert_eq!(there[0], SHELLS[0]);
    there
}

fn script(sandbox: &Sandbox, shell: &[&str], args: &[&str]) -> Outcome {
    let words = [&shell[1..], &[SCRIPT], args].concat();
    sandbox.run_program(shell[0], words)
}

fn version() -> String {
    let output = Command::new(CAVRA).arg("--version").output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_built_binary_is_placed_whole_and_removed_again() {
    for shell in shells() {
        let sandbox = Sandbox::new();
        let version = version();
        script(&sandbox, shell, &["--from", CAVRA, "--prefix", "../home/.local/"])
            .exit(0)
            .stdout(&format!(
                "placed: $ROOT/work/../home/.local/bin/cavra ({version})\n\
                 note: $ROOT/work/../home/.local/bin is not on PATH; to put it there: \
                 export PATH=\"$ROOT/work/../home/.local/bin:$PATH\"\n\
                 next: `$ROOT/work/../home/.local/bin/cavra install git` in a repository puts the hooks in\n"
            ))
            .stderr("");
        let placed = sandbox.path("home/.local/bin/cavra");
        assert_eq!(fs::metadata(&placed).unwrap().permissions().mode() & 0o7777, 0o755);
        assert!(fs::read(&placed).unwrap() == fs::read(CAVRA).unwrap());
        assert_eq!(fs::read_dir(placed.parent().unwrap()).unwrap().count(), 1);
        script(&sandbox, shell, &["--uninstall"])
            .exit(0)
            .stdout(
                "removed: $ROOT/home/.local/bin/cavra\n\
                 note: a hook that names it now refuses every commit and push there; removing the hook file ends that\n\
                 note: policies, evidence and receipts stay in ~/.config/cavra and ~/.local/state/cavra\n",
            )
            .stderr("");
        script(&sandbox, shell, &["--uninstall"])
            .exit(0)
            .stdout("nothing to do: there is no $ROOT/home/.local/bin/cavra\n")
            .stderr("");
    }
}

#[test]
fn a_dry_run_says_what_it_would_do_and_does_nothing() {
    for shell in shells() {
        let sandbox = Sandbox::new();
        script(&sandbox, shell, &["--dry-run", "--demo", "--from", CAVRA])
            .exit(0)
            .stdout(
                "would take: $CAVRA\nwould place: $ROOT/home/.local/bin/cavra\n\
                 would run: $ROOT/home/.local/bin/cavra demo\n",
            )
            .stderr("");
        assert_eq!(names_at_home(&sandbox), [".gitconfig"]);
        sandbox.write("home/.local/bin/cavra", "old");
        script(&sandbox, shell, &["--dry-run", "--uninstall"])
            .exit(0)
            .stdout("would remove: $ROOT/home/.local/bin/cavra\n")
            .stderr("");
        assert_eq!(sandbox.read("home/.local/bin/cavra"), "old");
    }
}

#[test]
fn quiet_says_only_what_went_wrong() {
    for shell in shells() {
        let sandbox = Sandbox::new();
        script(&sandbox, shell, &["-q", "--from", CAVRA]).exit(0).stdout("").stderr("");
        script(&sandbox, shell, &["-q", "--from=missing"])
            .exit(1)
            .stdout("")
            .stderr("error: `$ROOT/work/missing` is not a file\n");
    }
}

#[test]
fn words_that_do_not_fit_are_named_and_escaped() {
    let help = "hint: `./install --help` lists the options\n";
    for shell in shells() {
        let sandbox = Sandbox::new();
        let cases = [
            (vec!["--fro\u{1b}[31mb"], "error: unknown option `--fro[31mb`\n"),
            (vec!["--prefix"], "error: `--prefix` needs a value\n"),
            (vec!["--from", ""], "error: `--from` needs a value\n"),
            (vec!["--uninstall", "--demo"], "error: `--uninstall` goes with neither `--demo` nor `--from`\n"),
        ];
        for (args, told) in cases {
            script(&sandbox, shell, &args).exit(2).stdout("").stderr(&format!("{told}{help}"));
        }
    }
}

#[test]
fn a_place_that_a_hook_cannot_name_is_refused() {
    let hint = "hint: name another place: `./install --prefix DIR`\n";
    for shell in shells() {
        let sandbox = Sandbox::new();
        for prefix in ["/tmp/a b", "/tmp/a\tb", "/tmp/a\nb", "/tmp/a\u{7}b"] {
            script(&sandbox, shell, &["--from", CAVRA, "--prefix", prefix]).exit(1).stdout("").stderr(
                &format!("error: the prefix has white space in it, which a git hook cannot name\n{hint}"),
            );
        }
        let long = format!("/{}", "x".repeat(120));
        script(&sandbox, shell, &["--from", CAVRA, "--prefix", &long])
            .exit(1)
            .stdout("")
            .stderr(&format!("error: `{long}/bin` is too long for a git hook to name\n{hint}"));
    }
}

#[test]
fn what_is_not_this_program_replaces_nothing() {
    for shell in shells() {
        let sandbox = Sandbox::new();
        sandbox.write("home/.local/bin/cavra", "old");
        script(&sandbox, shell, &["--from", "/bin/true"])
            .exit(1)
            .stdout("")
            .stderr("error: `/bin/true` is not cavra\n");
        script(&sandbox, shell, &["--from", SCRIPT])
            .exit(1)
            .stdout("")
            .stderr(&format!("error: `{SCRIPT}` does not run here\n"));
        assert_eq!(sandbox.read("home/.local/bin/cavra"), "old");
    }
}

#[test]
fn a_folder_in_the_binarys_place_is_left_alone() {
    for shell in shells() {
        let sandbox = Sandbox::new();
        sandbox.write("home/.local/bin/cavra/file", "mine");
        script(&sandbox, shell, &["--from", CAVRA]).exit(1).stdout("").stderr(
            "error: `$ROOT/home/.local/bin/cavra` is a folder\nhint: move it away and run this again\n",
        );
        assert_eq!(sandbox.read("home/.local/bin/cavra/file"), "mine");
    }
}

#[test]
fn a_failing_build_tells_its_whole_log_and_leaves_the_old_binary() {
    for shell in shells() {
        let sandbox = Sandbox::new();
        sandbox.write("home/.local/bin/cavra", "old");
        let sandbox = with_cargo(sandbox, "echo 'one'\necho 'error: two' >&2\nexit 101\n");
        let outcome = script(&sandbox, shell, &["--prefix", "../home/.local"]);
        let checkout = env!("CARGO_MANIFEST_DIR");
        outcome
            .exit(1)
            .stdout(&format!(
                "building: cargo build --release --locked --bin cavra --target-dir {checkout}/target\n"
            ))
            .stderr("one\nerror: two\nerror: the build failed; what was installed before is still there\n");
        assert_eq!(sandbox.read("home/.local/bin/cavra"), "old");
        assert_eq!(fs::read_dir(sandbox.path("tmp")).unwrap().count(), 0);
    }
}

#[test]
fn a_build_is_taken_from_the_checkout_that_the_script_is_in() {
    for shell in shells() {
        let sandbox = Sandbox::new();
        sandbox.write("checkout/Cargo.toml", "");
        let copy = sandbox.write("checkout/install", fs::read(SCRIPT).unwrap());
        let make = format!("mkdir -p target/release && cp '{CAVRA}' target/release/cavra\n");
        let sandbox = with_cargo(sandbox, &make);
        let words = [&shell[1..], &[copy.to_str().unwrap()]].concat();
        sandbox.run_program(shell[0], words).exit(0).stdout(&format!(
            "building: cargo build --release --locked --bin cavra --target-dir $ROOT/checkout/target\n\
             placed: $ROOT/home/.local/bin/cavra ({})\n\
             note: $ROOT/home/.local/bin is not on PATH; to put it there: \
             export PATH=\"$ROOT/home/.local/bin:$PATH\"\n\
             next: `$ROOT/home/.local/bin/cavra install git` in a repository puts the hooks in\n",
            version()
        ));
        assert!(fs::read(sandbox.path("home/.local/bin/cavra")).unwrap() == fs::read(CAVRA).unwrap());
    }
}

#[test]
fn a_script_outside_a_checkout_builds_nothing() {
    let sandbox = Sandbox::new();
    let copy = sandbox.write("elsewhere/install", fs::read(SCRIPT).unwrap());
    sandbox.run_program("sh", [copy]).exit(1).stdout("").stderr(
        "error: this is not a checkout of Cavra, so there is nothing to build\n\
         hint: place a built binary: `./install --from FILE`\n",
    );
}

/// A toolchain of the test's own: a cargo that does this, and a rustup that has no static target.
fn with_cargo(sandbox: Sandbox, does: &str) -> Sandbox {
    for (name, does) in [("cargo", does), ("rustup", "exit 1\n")] {
        let program = sandbox.write(format!("tools/{name}"), format!("#!/bin/sh\n{does}"));
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = format!("{}:/usr/bin:/bin", sandbox.path("tools").display());
    sandbox.env("PATH", &path)
}

fn names_at_home(sandbox: &Sandbox) -> Vec<std::ffi::OsString> {
    fs::read_dir(sandbox.path("home")).unwrap().map(|entry| entry.unwrap().file_name()).collect()
}

#[test]
fn a_truncated_copy_runs_nothing() {
    let whole = fs::read_to_string(SCRIPT).unwrap();
    let sandbox = Sandbox::new();
    for end in (1..whole.len() - "main \"$@\"\n".len()).step_by(97) {
        let part = sandbox.write("tools/install", &whole[..end]);
        sandbox.run_program("sh", [part.to_str().unwrap(), "--from", CAVRA]).stdout("");
        assert_eq!(names_at_home(&sandbox), [".gitconfig"], "cut at {end}");
    }
}

#[test]
fn the_script_is_short_and_shellcheck_finds_nothing_in_it() {
    assert!(fs::read_to_string(SCRIPT).unwrap().lines().count() < 250);
    // Where there is none, `.ci/run` installs it.
    if fs::exists("/usr/bin/shellcheck").unwrap() {
        Sandbox::new().run_program("shellcheck", [SCRIPT]).exit(0).stdout("").stderr("");
    }
}
