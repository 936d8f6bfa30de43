//! `cavra exec` and `cavra shell`, as processes: what runs, what does not, and that Cavra leaves no trace in what
//! it becomes.

use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::Stdio;

use cavra::intercept::{self, Intercepted, Seam, Surroundings};
use similar_asserts::assert_eq;

use crate::sandbox::{CAVRA, Sandbox};

const POLICY: &str = "\
metadata:
  id: test
  version: 1
filesystem:
  block_write: [protected.txt]
  block_read: [.env]
commands:
  default: allow
  block: ['terraform apply*']
  allow: ['ls*']
  require_approval: ['ask*']
";

fn sandbox() -> Sandbox {
    Sandbox::new().user_policy(POLICY)
}

#[test]
fn the_exit_code_is_the_commands_own() {
    for code in [0, 3, 125, 255] {
        sandbox().run(["shell", "-c", &format!("exit {code}")]).exit(code).stdout("").stderr("");
    }
    sandbox().run(["exec", "--", "true"]).exit(0).stdout("").stderr("");
    sandbox().run(["exec", "false"]).exit(1).stdout("").stderr("");
}

#[test]
fn a_refused_command_does_not_run() {
    let machine = sandbox();
    machine.write("bin/terraform", "#!/bin/sh\necho ran\n");
    let outcome = machine.run(["exec", "--", "terraform", "apply"]);
    assert_eq!(outcome.code, Some(126));
    assert_eq!(outcome.stdout, "");
    assert_eq!(outcome.stderr.lines().next(), Some("cavra: blocked: `terraform apply`"));
    assert_eq!(
        machine.run(["exec", "ask", "me"]).stderr.lines().next(),
        Some("cavra: needs approval: `ask me`")
    );
    for text in
        ["ls; terraform apply", "sh -c 'terraform apply'", "$(terraform apply)", "echo x > protected.txt"]
    {
        let outcome = machine.run(["shell", "-c", text]);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(126), ""), "{text}");
    }
    assert!(!machine.path("work/protected.txt").exists());
}

#[test]
fn a_missing_program_is_decided_by_its_name_first() {
    let machine = sandbox();
    machine
        .run(["exec", "--", "no-such-program", "x"])
        .exit(127)
        .stdout("")
        .stderr("error: there is no such program: `no-such-program x`\n");
    machine
        .run(["exec", "./missing"])
        .exit(127)
        .stdout("")
        .stderr("error: there is no such program: `./missing`\n");
    assert_eq!(machine.run(["exec", "terraform", "apply"]).code, Some(126));
}

#[test]
fn words_that_do_not_fit_are_cavras_own_failure() {
    for args in [
        &["exec"][..],
        &["exec", "--"],
        &["shell"],
        &["shell", "-c"],
        &["shell", "x.sh"],
        &["exec", "-x", "ls"],
    ] {
        let outcome = sandbox().run(args);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(125), ""), "{args:?}");
    }
    assert_eq!(sandbox().run(["exec", "--help"]).code, Some(0));
}

#[test]
fn a_policy_that_cannot_be_read_stops_everything() {
    let machine = Sandbox::new().user_policy("commands: [");
    for args in [&["exec", "true"][..], &["shell", "-c", "true"]] {
        assert_eq!(machine.run(args).code, Some(126), "{args:?}");
    }
}

#[test]
fn every_decision_is_recorded() {
    let machine = sandbox();
    machine.run(["exec", "true"]).exit(0);
    machine.run(["shell", "-c", "terraform apply"]).exit(126);
    let records = machine.evidence();
    let seams: Vec<_> =
        records.iter().map(|record| record["seam"].as_str().expect("a seam").to_owned()).collect();
    assert_eq!(seams, ["exec", "shell"]);
}

#[test]
fn input_and_output_pass_through() {
    sandbox().run_with(["exec", "--", "cat"], b"a\0b\nc").exit(0).stdout("a\0b\nc").stderr("");
    sandbox()
        .run_with(["shell", "-c", "cat; echo e >&2", "name"], "in\n")
        .exit(0)
        .stdout("in\n")
        .stderr("e\n");
}

#[test]
fn the_first_word_is_passed_on_as_it_was_typed() {
    let machine = sandbox();
    machine.run(["exec", "sh", "-c", "echo $0"]).exit(0).stdout("sh\n");
    machine.run(["exec", "cat", "/proc/self/cmdline"]).exit(0).stdout("cat\0/proc/self/cmdline\0");
    machine
        .run(["shell", "-c", "cat /proc/self/cmdline", "a", "b"])
        .exit(0)
        .stdout("cat\0/proc/self/cmdline\0");
}

#[test]
fn a_text_that_looks_like_an_option_is_a_text() {
    let machine = sandbox();
    machine.write("bin/terraform", "#!/bin/sh\necho ran\n");
    let outcome = machine.run(["shell", "-c", "-x", "terraform apply"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(127), ""));
}

#[test]
fn variables_that_run_code_are_not_inherited() {
    let machine = sandbox();
    let marker = machine.write("first.sh", "echo ran first\n");
    let marker = marker.to_str().expect("a path");
    let machine = machine
        .env("BASH_ENV", marker)
        .env("ENV", marker)
        .env("BASH_FUNC_ls%%", "() { echo ran a function\n}")
        .env("LD_PRELOAD_NOT", "x")
        .env("LDFLAGS", "kept");
    machine
        .run(["shell", "-c", "env"])
        .exit(0)
        .stderr(
            "cavra: removed from the environment, because they run code of their own: BASH_ENV, BASH_FUNC_ls%%, ENV, \
             LD_PRELOAD_NOT\n",
        );
    let outcome = machine.run(["shell", "-c", "env"]);
    let names: Vec<_> = outcome.stdout.lines().filter_map(|line| Some(line.split_once('=')?.0)).collect();
    assert!(names.contains(&"LDFLAGS"), "{names:?}");
    for gone in ["BASH_ENV", "ENV", "BASH_FUNC_ls%%", "LD_PRELOAD_NOT"] {
        assert!(!names.contains(&gone), "{gone} is in {names:?}");
    }
    assert!(!outcome.stdout.contains("ran"), "{}", outcome.stdout);
}

#[test]
fn the_working_directory_is_not_searched_for_programs() {
    let machine = sandbox().env("PATH", ":.:relative:/usr/bin:/bin");
    let own = machine.write("work/true", "#!/bin/sh\necho mine\n");
    make_executable(&own);
    machine.run(["exec", "true"]).exit(0).stdout("").stderr("");
}

#[test]
fn a_program_that_can_be_anyones_does_not_go_by_its_name() {
    let machine = Sandbox::new().user_policy(
        "metadata:\n  id: test\n  version: 1\ncommands:\n  allow: ['tool*']\n  default: require_approval\n",
    );
    let own = machine.write("work/bin/tool", "#!/bin/sh\necho mine\n");
    make_executable(&own);
    let path = format!("{}:/usr/bin:/bin", machine.path("work/bin").display());
    let machine = machine.env("PATH", &path);
    for name in ["tool", "bin/tool"] {
        let outcome = machine.run(["exec", name, "x"]);
        assert_eq!(outcome.code, Some(126));
        assert_eq!(outcome.stderr.lines().next(), Some("cavra: needs approval: `$ROOT/work/bin/tool x`"));
    }
}

#[test]
fn a_shell_does_not_find_programs_where_anyone_may_put_them() {
    let machine = sandbox();
    for place in ["work/true-name", "work/bin/true-name", "open/true-name"] {
        make_executable(&machine.write(place, "#!/bin/sh\necho mine\n"));
    }
    let path = format!(":.:bin:{0}/work/bin:{0}/open:/usr/bin:/bin", machine.path("").display());
    let machine = machine.env("PATH", &path);
    let outcome = machine.run(["shell", "-c", "true-name"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(127), ""));
    assert_eq!(
        outcome.stderr.lines().next(),
        Some("cavra: left out of PATH, because they may hold programs that nobody installed: 5 folder(s)")
    );
    machine.env("PATH", ".").run(["shell", "-c", "ls"]).exit(0).stdout("bin\ntrue-name\n").stderr(
        "cavra: left out of PATH, because they may hold programs that nobody installed: 1 folder(s)\n",
    );
}

#[test]
fn a_login_shell_reads_no_profile_of_a_home_that_was_moved() {
    let machine = sandbox();
    machine.write("evil/.bash_profile", "echo profile\n");
    let evil = machine.path("evil").display().to_string();
    let machine = machine.env("HOME", &evil);
    let outcome = machine.run(["shell", "-lc", "ls"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(126), ""));
    machine.run(["shell", "-c", "ls"]).exit(0).stdout("").stderr("");
}

#[test]
fn settings_of_git_and_options_of_make_are_not_inherited() {
    let machine = sandbox()
        .env("GIT_EXTERNAL_DIFF", "/tmp/x")
        .env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", "alias.x")
        .env("GIT_CONFIG_VALUE_0", "!ls")
        .env("MAKEFLAGS", "--eval=x")
        .env("GIT_EDITOR", "true");
    let outcome = machine.run(["exec", "--", "env"]);
    assert_eq!(
        outcome.stderr,
        "cavra: removed from the environment, because they run code of their own: GIT_CONFIG_COUNT, \
         GIT_CONFIG_KEY_0, GIT_CONFIG_VALUE_0, GIT_EXTERNAL_DIFF, MAKEFLAGS\n"
    );
    assert_eq!(
        outcome.stdout.lines().filter(|line| line.starts_with("GIT_E")).collect::<Vec<_>>(),
        ["GIT_EDITOR=true"]
    );
}

#[test]
fn a_signal_ends_the_command_as_if_cavra_were_not_there() {
    for program in [&["sh", "-c", "kill -TERM $$"][..], &[CAVRA, "exec", "/usr/bin/env", "sleep", "9"]] {
        let machine = sandbox();
        let mut command = machine.command(program[0]);
        let mut child = command.args(&program[1..]).stdin(Stdio::null()).spawn().expect("it starts");
        if program[0] == CAVRA {
            wait_until_it_is("sleep", child.id());
            let id = child.id().to_string();
            assert!(machine.command("kill").args(["-TERM", &id]).status().expect("kill").success());
        }
        assert_eq!(child.wait().expect("it ends").signal(), Some(15));
    }
}

#[test]
fn dispositions_and_masks_of_signals_are_as_without_cavra() {
    let machine = sandbox();
    // One parent for both, with one signal ignored, as `nohup` and shells do it.
    let text = format!("trap '' USR1; cat /proc/self/status; {CAVRA} exec cat /proc/self/status");
    let outcome = machine.run_program("sh", ["-c", &text]);
    let lines = |name: &str| -> Vec<String> {
        outcome.stdout.lines().filter(|line| line.starts_with(name)).map(str::to_owned).collect()
    };
    for name in ["SigBlk", "SigIgn", "SigCgt"] {
        let [plain, through] = lines(name).try_into().expect("two processes");
        assert_eq!(through, plain);
    }
    let ignored = lines("SigIgn").pop().expect("a line");
    let mask =
        ignored.rsplit('\t').next().and_then(|mask| u64::from_str_radix(mask, 16).ok()).expect("a mask");
    assert_eq!(mask & (1 << 9), 1 << 9, "SIGUSR1, the tenth signal, is among {ignored}");
    machine.run(["shell", "-c", "yes | head -1"]).exit(0).stdout("y\n").stderr("");
}

#[test]
fn the_process_id_and_the_terminal_stay() {
    let machine = sandbox();
    let mut command = machine.command(CAVRA);
    command
        .args(["exec", "cat", "/proc/self/stat"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .process_group(0);
    let child = command.spawn().expect("it starts");
    let id = child.id().to_string();
    let output = child.wait_with_output().expect("it ends");
    let text = String::from_utf8(output.stdout).expect("text");
    assert_eq!(text.split(' ').next(), Some(id.as_str()));
    let scripted = machine.run_program("script", ["-qec", &format!("{CAVRA} exec tty"), "/dev/null"]);
    assert!(scripted.stdout.starts_with("/dev/"), "{scripted:?}");
}

fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("its mode");
}

fn wait_until_it_is(name: &str, id: u32) {
    for _ in 0..1000 {
        let comm = std::fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
        if comm.trim() == name {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("it never became {name}");
}

#[test]
fn a_script_is_recorded_by_its_digest_and_blocks_when_it_is_another_by_then() {
    let machine = sandbox();
    machine.write("work/x.sh", "echo one\n");
    machine.run(["shell", "-c", "bash x.sh"]).exit(0).stdout("one\n").stderr("");
    let digest = cavra::sys::digest::sha256(b"echo one\n");
    assert_eq!(machine.evidence()[0].to_string().matches(&digest).count(), 1);

    let surroundings = Surroundings::of(machine.path("work"));
    let event = intercept::command_text("bash x.sh", Path::new("/bin/bash"), &surroundings, Seam::Shell);
    let [script] = event.scripts() else { panic!("{:?}", event.scripts()) };
    assert!(script.is_unchanged());
    machine.write("work/x.sh", "echo two\n");
    assert!(!script.is_unchanged());
    let changed = Intercepted::of_changed(script, event.subject().clone(), event.seam());
    let reasons: Vec<_> = changed.into_requests().collect();
    assert_eq!(reasons, [Err(format!("the script {} changed after it was read", script.path.display()))]);
}
