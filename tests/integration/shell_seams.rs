//! The seams around shells, in real ones: the scripts of `cavra init`, Cavra as a shell, and the shim folder.

use std::fs;
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use similar_asserts::assert_eq;

use crate::sandbox::{CAVRA, Outcome, Sandbox};

const POLICY: &str = "metadata: {id: p, version: '1', title: P}\n\
                      commands: {default: allow, block: ['touch refused*', 'git push*']}\n";

fn sandbox() -> Sandbox {
    Sandbox::new().user_policy(POLICY)
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn is_here(program: &str) -> bool {
    let is_here =
        ["/usr/bin", "/bin", "/usr/local/bin"].iter().any(|folder| Path::new(folder).join(program).exists());
    if !is_here {
        eprintln!("skipped: `{program}` is not here");
    }
    is_here
}

/// Has an interactive shell in a terminal of its own read these lines, one after the other.
fn typed(sandbox: &Sandbox, shell: &str, lines: &[&str]) -> bool {
    for program in [shell, "script"] {
        if !is_here(program) {
            return false;
        }
    }
    let script = sandbox.run(["init", shell]).exit(0).stderr("").stdout.replace("$CAVRA", CAVRA);
    // Read twice: the second time it does nothing.
    let script = format!("{script}\n{script}");
    let start = match shell {
        "bash" => {
            let file = sandbox.write("home/rc", format!("HISTCONTROL=ignoreboth\n{script}"));
            format!("bash --noprofile --rcfile {} -i", file.display())
        }
        "zsh" => {
            sandbox.write("home/.zshrc", script);
            "zsh -i".to_owned()
        }
        _ => {
            sandbox.write("home/.config/fish/config.fish", script);
            "fish -i".to_owned()
        }
    };
    let mut command = sandbox.command("script");
    command.args(["-qec", &start, "/dev/null"]).env("TERM", "dumb").env("HOME", sandbox.path("home"));
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the shell starts");
    let mut terminal = child.stdin.take().expect("a pipe");
    for (number, line) in lines.iter().enumerate() {
        let mark = sandbox.path(format!("work/.mark-{number}"));
        // The mark is a line of its own, so that it says that the line before it is done.
        terminal.write_all(format!("{line}\r").as_bytes()).expect("a terminal");
        for wait in 0..600 {
            if wait % 100 == 0 {
                let more = format!("true > {}\r", mark.display());
                terminal.write_all(more.as_bytes()).expect("a terminal");
            }
            if mark.exists() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        assert!(mark.exists(), "{shell} did not come to `{line}`");
    }
    drop(terminal);
    child.kill().expect("it can be stopped");
    child.wait().expect("it ends");
    true
}

#[track_caller]
fn asks_before_each_line(shell: &str, status: &str) {
    let sandbox = sandbox();
    let kept = format!("sh -c 'exit 7'; echo {status} > kept");
    let lines = [
        kept.as_str(),
        "touch refused-1",
        "touch allowed; touch also",
        "true; touch refused-2",
        "touch last",
    ];
    if !typed(&sandbox, shell, &lines) {
        return;
    }
    let there = |name: &str| sandbox.path(format!("work/{name}")).exists();
    assert_eq!(sandbox.read("work/kept"), "7\n", "{shell} lost an exit code");
    assert!(there("allowed") && there("also") && there("last"), "{shell} did not run what is allowed");
    assert!(!there("refused-1"), "{shell} ran what is refused");
    assert!(!there("refused-2"), "{shell} ran what is refused");
    let asked = sandbox.evidence();
    let once = asked.iter().filter(|record| record.to_string().contains("\"touch also\"")).count();
    assert_eq!(once, 1, "{shell} asked twice");
}

#[test]
fn bash_asks_before_each_line() {
    asks_before_each_line("bash", "$?");
}

#[test]
fn bash_asks_before_lines_that_its_history_leaves_out() {
    let sandbox = sandbox();
    if typed(&sandbox, "bash", &["true", " touch ok-1; touch refused-1; touch ok-2", "touch last"]) {
        let there = |name: &str| sandbox.path(format!("work/{name}")).exists();
        assert!(there("ok-1") && there("last"));
        assert!(!there("refused-1") && !there("ok-2"));
    }
}

#[test]
fn zsh_asks_before_each_line() {
    asks_before_each_line("zsh", "$?");
}

#[test]
fn fish_asks_before_each_line() {
    asks_before_each_line("fish", "$status");
}

#[test]
fn the_scripts_pass_shellcheck_and_are_read_by_their_shells() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("hooks/shell");
    let checks: [(&str, &[&str], &str); 4] = [
        ("shellcheck", &["-s", "bash"], "cavra.bash"),
        ("bash", &["-n"], "cavra.bash"),
        ("zsh", &["-n"], "cavra.zsh"),
        ("fish", &["-n"], "cavra.fish"),
    ];
    let sandbox = sandbox();
    for (program, options, file) in checks {
        if !is_here(program) {
            continue;
        }
        let file = folder.join(file);
        let mut words: Vec<&str> = options.to_vec();
        words.push(file.to_str().expect("a path"));
        sandbox.run_program(program, words).exit(0).stdout("").stderr("");
    }
}

/// Cavra under another name.
fn under(sandbox: &Sandbox, name: &str, args: &[&str], stdin: &str) -> Outcome {
    let path = sandbox.path(format!("home/bin/{name}"));
    if !path.exists() {
        fs::create_dir_all(sandbox.path("home/bin")).expect("a folder");
        fs::copy(CAVRA, &path).expect("a copy");
    }
    let mut command = sandbox.command(path.to_str().expect("a path"));
    command.args(args);
    sandbox.finish(command, stdin.as_bytes())
}

#[test]
fn cavra_is_a_shell_that_runs_what_is_allowed() {
    let sandbox = sandbox();
    for args in [
        ["-c", "echo $0 $1", "a", "b"].as_slice(),
        &["-l", "-c", "echo $0 $1", "a", "b"],
        &["--norc", "--noprofile", "-c", "echo $0 $1", "a", "b"],
        &["-ec", "echo $0 $1", "a", "b"],
    ] {
        under(&sandbox, "cavra-bash", args, "").exit(0).stdout("a b\n");
        let mut refused = args.to_vec();
        let at = refused.iter().position(|word| word.starts_with("echo")).expect("the text");
        refused[at] = "true && touch refused-1";
        let outcome = under(&sandbox, "cavra-bash", &refused, "").exit(126).stdout("");
        assert!(outcome.stderr.contains("commands.block"), "{}", outcome.stderr);
    }
    under(&sandbox, "cavra-sh", &["-c", "exit 7"], "").exit(7);
    under(&sandbox, "cavra-sh", &[], "echo from stdin\n").exit(0).stdout("from stdin\n");
    under(&sandbox, "cavra-sh", &["-s"], "touch refused-1\n").exit(126);
    under(&sandbox, "cavra-sh", &["--rcfile", "x", "-c", "ls"], "").exit(126);
    sandbox.write("work/x.sh", "touch refused-1\n");
    under(&sandbox, "cavra-sh", &["x.sh"], "").exit(126);
    under(&sandbox, "cavra-exec", &["bash -c 'touch refused-1'"], "").exit(126);
    under(&sandbox, "cavra-exec", &["bash -c 'echo one'"], "").exit(0).stdout("one\n");
    assert!(!sandbox.path("work/refused-1").exists());
}

#[test]
fn a_program_is_run_under_its_own_name_from_the_shim_folder() {
    let sandbox = sandbox();
    let told = sandbox.run(["install", "shims", "git", "touch"]).exit(0).stdout;
    assert!(told.contains("shims are advice"), "{told}");
    let folder = sandbox.path("home/.local/state/cavra/shims");
    for name in ["git", "touch", "cavra-sh"] {
        let metadata = folder.join(name).symlink_metadata().expect("a shim");
        assert!(metadata.is_file() && metadata.len() > 1 << 20, "{name} is a link or a script");
    }
    let path = format!("{}:/usr/bin:/bin", folder.display());
    let shell = |text: &str| {
        let mut command = sandbox.command("/bin/sh");
        command.args(["-c", text]).env("PATH", &path);
        sandbox.finish(command, b"")
    };
    shell("git --version | cut -c1-11").exit(0).stdout("git version\n");
    let outcome = shell("git push origin main");
    assert!(outcome.stderr.contains("commands.block"), "{}", outcome.stderr);
    // In scripts, makefiles and other programs too.
    sandbox.write("work/Makefile", "all:\n\ttouch refused-1\n");
    if is_here("make") {
        shell("make");
    }
    if is_here("python3") {
        shell("python3 -c 'import subprocess; subprocess.run([\"touch\", \"refused-2\"])'");
    }
    shell("for x in refused-3 ok; do touch $x; done");
    let there = |name: &str| sandbox.path(format!("work/{name}")).exists();
    assert!(!there("refused-1") && !there("refused-2") && !there("refused-3") && there("ok"));
    // Again: nothing to do; and out: nothing left.
    let again = sandbox.run(["install", "shims", "git", "touch"]).exit(0).stdout;
    assert!(again.contains("nothing to do"), "{again}");
    sandbox.run(["uninstall", "shims"]).exit(0);
    assert!(!folder.exists() && !sandbox.path("home/.local/state/cavra/shims.json").exists());
}

#[test]
fn a_shim_runs_nothing_that_could_be_anyones_or_itself() {
    let sandbox = sandbox();
    sandbox.run(["install", "shims", "touch"]).exit(0);
    let shim = sandbox.path("home/.local/state/cavra/shims/touch");
    let run = |record: String| {
        sandbox.write("home/.local/state/cavra/shims.json", record);
        let mut command = sandbox.command(shim.to_str().expect("a path"));
        command.arg("ok");
        sandbox.finish(command, b"").exit(125).stderr
    };
    let own = sandbox.write("home/touch", "#!/bin/sh\n");
    fs::set_permissions(&own, std::os::unix::fs::PermissionsExt::from_mode(0o777)).expect("the mode");
    assert!(run(format!("{{\"touch\": {own:?}}}")).contains("may be written by others"));
    assert!(run(format!("{{\"touch\": {shim:?}}}")).contains("is Cavra again"));
    assert!(run("{}".to_owned()).contains("was not recorded"));
    assert!(run("not a record".to_owned()).contains("is damaged"));
    assert!(!sandbox.path("work/ok").exists());
    assert!(fs::metadata(&shim).expect("a shim").nlink() >= 1);
}

#[test]
fn a_name_that_is_none_of_a_program_is_refused() {
    let sandbox = sandbox();
    for name in ["../git", "", ".", "cavra", "no-such-program-at-all"] {
        sandbox.run(["install", "shims", name]).exit(1).stdout("");
    }
}
