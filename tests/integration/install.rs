//! Putting the hooks in and taking them out: what was there comes back byte for byte, and still runs meanwhile.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::sandbox::{CAVRA, Outcome, Sandbox};

/// A repository in `work`, under a policy that blocks `.env`.
fn repository() -> Sandbox {
    let sandbox = Sandbox::new().user_policy(
        "metadata: {id: house, version: '1', title: House}\nfilesystem: {block_write: ['.env']}\n",
    );
    sandbox.run_program("git", ["init", "--quiet"]).exit(0);
    sandbox
}

/// Every file below a folder with what it holds, its kind and its mode.
pub(crate) fn tree(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, u32)> {
    fn walk(folder: &Path, found: &mut BTreeMap<PathBuf, (Vec<u8>, u32)>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let metadata = path.symlink_metadata().expect("an entry");
            if metadata.is_dir() {
                found.insert(path.clone(), (Vec::new(), metadata.mode()));
                walk(&path, found);
            } else if metadata.is_symlink() {
                let target = fs::read_link(&path).expect("a link");
                found.insert(path, (target.into_os_string().into_encoded_bytes(), metadata.mode()));
            } else {
                found.insert(path.clone(), (fs::read(&path).expect("a file"), metadata.mode()));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, &mut found);
    found
}

fn hook(sandbox: &Sandbox, name: &str, text: &str, mode: u32) {
    let path = sandbox.write(format!("work/.git/hooks/{name}"), text);
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("its mode");
}

/// Installs, installs again, and takes out: nothing may be left, and the second time nothing may change.
#[track_caller]
fn comes_back_byte_for_byte(sandbox: &Sandbox) {
    let hooks = sandbox.path("work/.git");
    let before = tree(&hooks);
    sandbox.run(["install"]).exit(0).stderr("");
    let installed = tree(&hooks);
    assert!(installed != before, "nothing was installed");
    let again = sandbox.run(["install", "git"]).exit(0).stderr("");
    assert_eq!(again.stdout.lines().next(), Some("git hooks of $ROOT/work: nothing to do"));
    assert!(tree(&hooks) == installed, "the second time changed something");
    sandbox.run(["uninstall", "git"]).exit(0).stderr("");
    assert!(tree(&hooks) == before, "something was left, or is gone");
    assert_eq!(sandbox.run(["status"]).code, Some(1));
}

#[test]
fn a_repository_without_hooks_comes_back_byte_for_byte() {
    let sandbox = repository();
    fs::remove_dir_all(sandbox.path("work/.git/hooks")).expect("the samples");
    comes_back_byte_for_byte(&sandbox);
}

#[test]
fn hooks_that_were_there_come_back_byte_for_byte() {
    for mode in [0o755, 0o700, 0o644] {
        let sandbox = repository();
        hook(&sandbox, "pre-commit", "#!/bin/sh\necho mine\n", mode);
        hook(&sandbox, "pre-push", "#!/bin/sh\ncat\n", mode);
        hook(&sandbox, "post-commit", "#!/bin/sh\n", mode);
        comes_back_byte_for_byte(&sandbox);
    }
}

#[test]
fn a_hook_that_is_a_link_comes_back_as_one() {
    let sandbox = repository();
    sandbox.write("work/tools/pre-commit", "#!/bin/sh\nexit 0\n");
    symlink("../../tools/pre-commit", sandbox.path("work/.git/hooks/pre-commit")).expect("a link");
    comes_back_byte_for_byte(&sandbox);
    assert_eq!(sandbox.read("work/tools/pre-commit"), "#!/bin/sh\nexit 0\n");
}

#[test]
fn a_hook_is_a_regular_file_whose_interpreter_is_the_binary() {
    let sandbox = repository();
    sandbox.run(["install"]).exit(0);
    for name in ["pre-commit", "pre-push"] {
        let path = sandbox.path(format!("work/.git/hooks/{name}"));
        let metadata = path.symlink_metadata().expect("the hook");
        assert!(metadata.is_file() && metadata.mode() & 0o777 == 0o755, "{name}");
        let text = fs::read_to_string(&path).expect("the hook");
        assert_eq!(text.lines().next(), Some(format!("#!{CAVRA} hook-git").as_str()), "{name}");
    }
}

#[test]
fn kept_hooks_still_run_with_the_same_words_and_input_and_have_their_say() {
    let sandbox = repository();
    sandbox.run_program("git", ["init", "--quiet", "--bare", "../remote.git"]).exit(0);
    sandbox.run_program("git", ["remote", "add", "origin", "../remote.git"]).exit(0);
    hook(&sandbox, "pre-commit", "#!/bin/sh\necho \"commit $# $PWD\" >> ../kept\n", 0o755);
    hook(&sandbox, "pre-push", "#!/bin/sh\necho \"push $1 $2\" >> ../kept\ncat >> ../kept\nexit 3\n", 0o755);
    sandbox.run(["install"]).exit(0);
    sandbox.write("work/a", "x");
    sandbox.run_program("git", ["add", "a"]).exit(0);
    sandbox.run_program("git", ["commit", "--quiet", "-m", "a"]).exit(0);
    let head = sandbox.run_program("git", ["rev-parse", "HEAD"]).stdout;
    let head = head.trim();
    sandbox.run_program("git", ["checkout", "--quiet", "-b", "topic"]).exit(0);
    let pushed = sandbox.run_program("git", ["push", "origin", "topic"]);
    assert_eq!(pushed.code, Some(1), "what the kept hook says counts: {}", pushed.stderr);
    let kept = sandbox.placeless(&fs::read(sandbox.path("kept")).expect("the kept hooks have run"));
    let zero = "0".repeat(40);
    assert_eq!(
        kept,
        format!(
            "commit 0 $ROOT/work\npush origin ../remote.git\n\
             refs/heads/topic {head} refs/heads/topic {zero}\n"
        )
    );
    sandbox.write("work/.env", "x");
    sandbox.run_program("git", ["add", "--force", ".env"]).exit(0);
    assert_eq!(sandbox.run_program("git", ["commit", "-m", "x"]).code, Some(1));
    assert_eq!(fs::read_to_string(sandbox.path("kept")).expect("the kept hooks").lines().count(), 3);
}

#[test]
fn a_hook_that_could_not_run_before_does_not_run_now() {
    let sandbox = repository();
    hook(&sandbox, "pre-commit", "#!/bin/sh\nexit 1\n", 0o644);
    sandbox.run(["install"]).exit(0);
    sandbox.run_program("git", ["commit", "--quiet", "--allow-empty", "-m", "x"]).exit(0);
}

#[test]
fn a_dry_run_changes_nothing_and_prints_the_plan_that_is_then_carried_out() {
    let sandbox = repository();
    let before = tree(&sandbox.path("work"));
    let plan = sandbox.run(["install", "--dry-run"]).exit(0).stderr("").stdout;
    assert!(tree(&sandbox.path("work")) == before && !sandbox.path("home/.local").exists(), "{plan}");
    let done = sandbox.run(["install"]).exit(0).stderr("").stdout;
    let changes = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|line| line.starts_with("  write ") || line.starts_with("  make "))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(changes(&plan), changes(&done));
    assert!(!changes(&plan).is_empty(), "{plan}");
}

#[test]
fn a_hooks_path_of_another_tool_is_refused_with_both_ways_out() {
    for scope in ["--local", "--global"] {
        let sandbox = repository();
        sandbox.run_program("git", ["config", scope, "core.hooksPath", ".husky/_"]).exit(0);
        let before = tree(&sandbox.path("work"));
        let outcome = sandbox.run(["install"]);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(1), ""));
        assert!(outcome.stderr.matches("core.hooksPath").count() >= 1, "{}", outcome.stderr);
        assert_eq!(outcome.stderr.matches("hint: ").count(), 2, "{}", outcome.stderr);
        assert!(tree(&sandbox.path("work")) == before, "{scope}: something was changed");
    }
}

#[test]
fn outside_of_a_repository_nothing_is_installed() {
    let sandbox = Sandbox::new();
    let outcome = sandbox.run(["install"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(1), ""));
    assert_eq!(
        outcome.stderr.lines().last(),
        Some("hint: `git init` makes one; or go to the repository first")
    );
}

#[test]
fn status_tells_what_has_been_changed() {
    let sandbox = repository();
    sandbox.run(["install"]).exit(0);
    let hooks = |sandbox: &Sandbox| -> Vec<String> {
        let outcome: Outcome = sandbox.run(["status"]);
        let is_shown = |line: &&str| line.starts_with("  pre-commit:") || line.starts_with("  pre-push:");
        let lines = outcome.stdout.lines().filter(is_shown);
        lines.map(str::to_owned).collect()
    };
    assert_eq!(hooks(&sandbox), ["  pre-commit: installed", "  pre-push: installed"]);
    let path = sandbox.path("work/.git/hooks/pre-commit");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("its mode");
    fs::remove_file(sandbox.path("work/.git/hooks/pre-push")).expect("it is removed");
    let faults = hooks(&sandbox);
    assert!(faults.iter().all(|line| !line.ends_with(": installed")) && faults.len() == 2, "{faults:?}");
    assert_eq!(sandbox.run(["status"]).code, Some(1));
    sandbox.run(["install"]).exit(0);
    assert_eq!(hooks(&sandbox), ["  pre-commit: installed", "  pre-push: installed"]);
}

#[test]
fn what_was_changed_since_is_not_taken_out() {
    let sandbox = repository();
    sandbox.run(["install"]).exit(0);
    let mine = "#!/bin/sh\necho mine\n";
    hook(&sandbox, "pre-commit", mine, 0o755);
    sandbox.run(["uninstall"]);
    assert_eq!(sandbox.read("work/.git/hooks/pre-commit"), mine);
    assert!(!sandbox.path("work/.git/hooks/pre-push").exists());
}

#[test]
fn uninstalling_works_without_the_receipt() {
    let sandbox = repository();
    hook(&sandbox, "pre-commit", "#!/bin/sh\necho mine\n", 0o755);
    let before = tree(&sandbox.path("work/.git/hooks"));
    sandbox.run(["install"]).exit(0);
    fs::remove_dir_all(sandbox.path("home/.local/state/cavra/receipts")).expect("the receipts");
    sandbox.run(["uninstall"]).exit(0);
    assert!(tree(&sandbox.path("work/.git/hooks")) == before, "something was left, or is gone");
}

#[test]
fn installations_at_the_same_time_do_not_undo_each_other() {
    let sandbox = repository();
    hook(&sandbox, "pre-commit", "#!/bin/sh\necho mine\n", 0o755);
    let before = tree(&sandbox.path("work/.git/hooks"));
    let install = || {
        let mut command = sandbox.command(CAVRA);
        command.arg("install").stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("it starts")
    };
    let mut running: Vec<_> = (0..8).map(|_| install()).collect();
    for child in &mut running {
        assert!(child.wait().expect("it ends").success());
    }
    sandbox.run(["status"]).exit(0);
    sandbox.run(["uninstall"]).exit(0);
    assert!(tree(&sandbox.path("work/.git/hooks")) == before, "something was left, or is gone");
}

#[test]
fn an_installation_that_was_cut_short_is_completed() {
    let sandbox = repository();
    hook(&sandbox, "pre-commit", "#!/bin/sh\necho mine\n", 0o755);
    let hooks = sandbox.path("work/.git/hooks");
    let before = tree(&hooks);
    fs::hard_link(hooks.join("pre-commit"), hooks.join("pre-commit.pre-cavra")).expect("a second name");
    sandbox.run(["install"]).exit(0);
    sandbox.run(["status"]).exit(0);
    fs::remove_file(hooks.join("pre-commit")).expect("the hook");
    sandbox.run(["uninstall"]).exit(0);
    assert!(tree(&hooks) == before, "something was left, or is gone");
}

#[test]
fn a_kept_hook_that_was_changed_is_put_back_as_it_is_now() {
    let sandbox = repository();
    hook(&sandbox, "pre-commit", "#!/bin/sh\necho mine\n", 0o755);
    sandbox.run(["install"]).exit(0);
    hook(&sandbox, "pre-commit.pre-cavra", "#!/bin/sh\necho changed\n", 0o755);
    let text = sandbox.run(["uninstall"]).exit(0).stdout;
    assert_eq!(
        text.lines().last(),
        Some(
            "note: $ROOT/work/.git/hooks/pre-commit.pre-cavra was changed since it was kept, and is put back \
             as it is now"
        )
    );
    assert_eq!(sandbox.read("work/.git/hooks/pre-commit"), "#!/bin/sh\necho changed\n");
}

/// Runs an installation that must be refused with these words, and change nothing.
#[track_caller]
fn is_not_installed(sandbox: &Sandbox, stderr: &str) {
    let before = tree(&sandbox.path("work/.git"));
    sandbox.run(["install"]).exit(1).stdout("").stderr(stderr);
    assert!(tree(&sandbox.path("work/.git")) == before, "something was changed");
}

#[test]
fn what_is_in_the_way_is_left_alone_and_named() {
    let sandbox = repository();
    hook(&sandbox, "pre-commit", "#!/bin/sh\n", 0o755);
    hook(&sandbox, "pre-commit.pre-cavra", "#!/bin/sh\necho another\n", 0o755);
    is_not_installed(
        &sandbox,
        "error: `$ROOT/work/.git/hooks/pre-commit.pre-cavra` is in the way of keeping \
         `$ROOT/work/.git/hooks/pre-commit`\n\
         hint: `mv $ROOT/work/.git/hooks/pre-commit.pre-cavra \
         $ROOT/work/.git/hooks/pre-commit.pre-cavra.old` keeps it under another name\n",
    );
    let sandbox = repository();
    fs::create_dir(sandbox.path("work/.git/hooks/pre-push")).expect("a folder");
    is_not_installed(
        &sandbox,
        "error: `$ROOT/work/.git/hooks/pre-push` is neither a file nor a link\n\
         hint: `mv $ROOT/work/.git/hooks/pre-push $ROOT/work/.git/hooks/pre-push.old` moves it out of the way\n",
    );
    let sandbox = repository();
    fs::remove_dir_all(sandbox.path("work/.git/hooks")).expect("the samples");
    sandbox.write("work/.git/hooks", "");
    is_not_installed(
        &sandbox,
        "error: `$ROOT/work/.git/hooks` is not a folder\n\
         hint: `mv $ROOT/work/.git/hooks $ROOT/work/.git/hooks.old` moves it out of the way\n",
    );
    sandbox.run(["uninstall"]).exit(0).stdout("git hooks of $ROOT/work: nothing to do\n");
}

#[test]
fn hooks_that_are_shared_with_other_repositories_are_not_written_to() {
    for exists in [true, false] {
        let sandbox = repository();
        fs::remove_dir_all(sandbox.path("work/.git/hooks")).expect("the samples");
        if exists {
            fs::create_dir(sandbox.path("shared")).expect("a folder");
        }
        symlink(sandbox.path("shared"), sandbox.path("work/.git/hooks")).expect("a link");
        is_not_installed(
            &sandbox,
            "error: the hooks folder `$ROOT/work/.git/hooks` leads to `$ROOT/shared`, outside this repository\n\
             hint: `rm $ROOT/work/.git/hooks && mkdir $ROOT/work/.git/hooks` gives this repository hooks of its \
             own\n",
        );
    }
}

#[test]
fn a_binary_that_a_hook_cannot_name_or_others_can_replace_is_refused() {
    let long = "x".repeat(120);
    for (place, fault) in [
        ("a b/cavra", "has white space in it"),
        (&format!("{long}/cavra"), "and a hook can name 120"),
        ("work/cavra", "lies in the repository that it is to guard"),
        ("open/cavra", "may be written by others (mode 0777)"),
    ] {
        let sandbox = repository();
        let binary = sandbox.path(place);
        fs::create_dir_all(binary.parent().expect("a folder")).expect("a folder");
        // By a process that has ended: while this one had the copy open, others that it starts would have it too,
        // and the system runs no program that is open for writing.
        sandbox.run_program("cp", [CAVRA.as_ref(), binary.as_os_str()]).exit(0);
        if place.starts_with("open") {
            fs::set_permissions(&binary, fs::Permissions::from_mode(0o777)).expect("its mode");
        }
        let before = tree(&sandbox.path("work/.git"));
        let outcome = sandbox.run_program(binary.to_str().expect("text"), ["install"]);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(1), ""), "{place}: {}", outcome.stderr);
        let first = outcome.stderr.lines().next().unwrap_or_default();
        assert!(first.starts_with("error: ") && first.contains(fault), "{place}: {first}");
        assert!(tree(&sandbox.path("work/.git")) == before, "{place}: something was changed");
    }
}

/// A git that says it is a later one and is the one of this machine otherwise: it shows what is written for a git that
/// knows hooks in its settings, and not what such a git does with it.
fn later_git(sandbox: &Sandbox) {
    let path = sandbox.write(
        "bin/git",
        "#!/bin/sh\nfor word; do\n  case $word in version) echo 'git version 2.54.0'; exit 0 ;; -*|*=*) ;; *) break ;; \
         esac\ndone\nexec /usr/bin/git \"$@\"\n",
    );
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("its mode");
    let record = format!("{{\"git\": {:?}, \"shell\": \"/bin/sh\"}}\n", path.display().to_string());
    let record = sandbox.write("home/.local/state/cavra/programs.json", record);
    fs::set_permissions(record, fs::Permissions::from_mode(0o600)).expect("its mode");
}

const EVENTS: [&str; 6] = [
    "pre-commit",
    "pre-merge-commit",
    "prepare-commit-msg",
    "pre-applypatch",
    "pre-push",
    "reference-transaction",
];

#[test]
fn a_git_that_knows_hooks_in_its_settings_gets_both_and_gives_both_back() {
    for tool in [None, Some(".husky/_")] {
        let sandbox = repository();
        later_git(&sandbox);
        if let Some(folder) = tool {
            sandbox.run_program("git", ["config", "core.hooksPath", folder]).exit(0);
        }
        let config = sandbox.read("work/.git/config");
        // The last line of a file need not end.
        sandbox.write("work/.git/config", config.trim_end());
        let before = tree(&sandbox.path("work/.git"));
        sandbox.run(["install"]).exit(0).stderr("");
        let installed = tree(&sandbox.path("work/.git"));
        sandbox.run(["install"]).exit(0).stderr("");
        assert!(tree(&sandbox.path("work/.git")) == installed, "the second time changed something");
        for event in EVENTS {
            let get = |key: &str| {
                let name = format!("hook.cavra-{event}.{key}");
                sandbox.run_program("git", ["config", "--local", "--get", &name]).exit(0).stdout
            };
            assert_eq!(get("event"), format!("{event}\n"));
            assert_eq!(get("command"), format!("$CAVRA hook git {event}\n"));
            assert_eq!(sandbox.path("work/.git/hooks").join(event).exists(), tool.is_none(), "{event}");
        }
        let told = sandbox.run(["status"]).exit(0).stdout;
        assert_eq!(told.matches(": installed").count(), 6, "{told}");
        sandbox.run_program("git", ["config", "hook.cavra-pre-push.enabled", "false"]).exit(0);
        let told = sandbox.run(["status"]).exit(1).stdout;
        assert!(told.contains("gap: `hook.cavra-pre-push.enabled = false` switches a hook off"), "{told}");
        sandbox.run_program("git", ["config", "--unset", "hook.cavra-pre-push.enabled"]).exit(0);
        sandbox.run(["uninstall"]).exit(0).stderr("");
        assert!(tree(&sandbox.path("work/.git")) == before, "something was left, or is gone");
    }
}

#[test]
fn hooks_for_every_repository_run_each_ones_own_and_are_taken_out_again() {
    for is_later in [false, true] {
        let sandbox = repository();
        if is_later {
            later_git(&sandbox);
        }
        let before = sandbox.read("home/.gitconfig");
        sandbox.run(["install", "--global"]).exit(0).stderr("");
        let installed = sandbox.read("home/.gitconfig");
        sandbox.run(["install", "--global"]).exit(0).stderr("");
        assert_eq!(sandbox.read("home/.gitconfig"), installed);
        if is_later {
            let get = ["config", "--global", "--get", "hook.cavra-pre-commit.event"];
            sandbox.run_program("git", get).exit(0).stdout("pre-commit\n");
        } else {
            hook(&sandbox, "pre-commit", "#!/bin/sh\necho commit >> ../ran\n", 0o755);
            hook(&sandbox, "post-commit", "#!/bin/sh\necho after >> ../ran\n", 0o755);
            hook(&sandbox, "commit-msg", "#!/bin/sh\ncat \"$1\" >> ../ran\n", 0o755);
            sandbox.write("work/a", "x");
            sandbox.run_program("git", ["add", "a"]).exit(0);
            sandbox.run_program("git", ["commit", "--quiet", "-m", "words"]).exit(0);
            assert_eq!(sandbox.read("ran"), "commit\nwords\nafter\n");
            sandbox.write("work/.env", "x");
            sandbox.run_program("git", ["add", "--force", ".env"]).exit(0);
            assert_eq!(sandbox.run_program("git", ["commit", "-m", "x"]).code, Some(1));
            assert_eq!(sandbox.run_program("git", ["commit", "-n", "-m", "x"]).code, Some(1));
            sandbox.run_program("git", ["reset", "--quiet"]).exit(0);
            // Another repository, a linked working tree, one that is cloned.
            sandbox.run_program("git", ["clone", "--quiet", ".", "../clone"]).exit(0);
            sandbox.run_program("git", ["worktree", "add", "--quiet", "-b", "x", "../linked"]).exit(0);
            for folder in ["clone", "linked"] {
                sandbox.write(format!("{folder}/.env"), "x");
                let at = sandbox.path(folder).display().to_string();
                sandbox.run_program("git", ["-C", &at, "add", "--force", ".env"]).exit(0);
                assert_eq!(sandbox.run_program("git", ["-C", &at, "commit", "-m", "x"]).code, Some(1));
            }
            let told = sandbox.run(["status"]).exit(0).stdout;
            assert_eq!(told.matches(": installed").count(), 6, "{told}");
        }
        sandbox.run(["uninstall", "--global"]).exit(0).stderr("");
        assert_eq!(sandbox.read("home/.gitconfig"), before);
        assert!(!sandbox.path("home/.local/state/cavra/git-hooks").exists());
    }
}

#[test]
fn hooks_for_every_repository_give_way_to_another_tool_and_say_so() {
    let sandbox = repository();
    sandbox.run_program("git", ["config", "--global", "core.hooksPath", "/opt/hooks"]).exit(0);
    let before = sandbox.read("home/.gitconfig");
    let refused = sandbox.run(["install", "--global"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.stderr.contains("`core.hooksPath = /opt/hooks` (global scope"), "{}", refused.stderr);
    assert_eq!(sandbox.read("home/.gitconfig"), before);
    assert!(!sandbox.path("home/.local/state/cavra/git-hooks").exists());
}

#[test]
fn settings_that_are_a_link_stay_one() {
    let sandbox = repository();
    fs::rename(sandbox.path("home/.gitconfig"), sandbox.path("home/dotfiles")).expect("it moves");
    symlink("dotfiles", sandbox.path("home/.gitconfig")).expect("a link");
    let before = sandbox.read("home/dotfiles");
    sandbox.run(["install", "--global"]).exit(0);
    assert!(sandbox.path("home/.gitconfig").is_symlink());
    assert_ne!(sandbox.read("home/dotfiles"), before);
    sandbox.run(["uninstall", "--global"]).exit(0);
    assert!(sandbox.path("home/.gitconfig").is_symlink());
    assert_eq!(sandbox.read("home/dotfiles"), before);
}

#[test]
fn hooks_for_the_machine_are_in_its_settings() {
    let sandbox = repository();
    let system = sandbox.write("etc/gitconfig", "[core]\n\tpager = less\n");
    let sandbox =
        sandbox.env("GIT_CONFIG_NOSYSTEM", "0").env("GIT_CONFIG_SYSTEM", system.to_str().expect("a path"));
    sandbox.run(["install", "--system"]).exit(0).stderr("");
    sandbox.write("work/.env", "x");
    sandbox.run_program("git", ["add", "--force", ".env"]).exit(0);
    assert_eq!(sandbox.run_program("git", ["commit", "-m", "x"]).code, Some(1));
    sandbox.run(["uninstall", "--system"]).exit(0).stderr("");
    assert_eq!(sandbox.read("etc/gitconfig"), "[core]\n\tpager = less\n");
}

#[test]
fn submodules_worktrees_and_aliases_that_the_hooks_do_not_reach_are_told() {
    let sandbox = repository();
    sandbox.write("work/a", "x");
    sandbox.run_program("git", ["add", "a"]).exit(0);
    sandbox.run_program("git", ["commit", "--quiet", "-m", "a"]).exit(0);
    sandbox.run_program("git", ["clone", "--quiet", ".", "../module"]).exit(0);
    let add = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../module", "lib/module"];
    sandbox.run_program("git", add).exit(0);
    sandbox.run(["install"]).exit(0);
    let gaps = |sandbox: &Sandbox| -> Vec<String> {
        let told = sandbox.run(["status"]).stdout;
        told.lines().filter_map(|line| line.strip_prefix("  gap: ")).map(str::to_owned).collect()
    };
    assert_eq!(gaps(&sandbox), ["the submodule in `$ROOT/work/.git/modules/lib/module` is not covered"]);
    let foreach =
        sandbox.run_program("git", ["submodule", "--quiet", "foreach", "--recursive", "pwd"]).exit(0);
    let module = foreach
        .stdout
        .trim()
        .replace("$ROOT", sandbox.path("").to_str().expect("a path").trim_end_matches('/'));
    let mut install = sandbox.command(CAVRA);
    assert!(install.arg("install").current_dir(&module).output().expect("it runs").status.success());
    assert_eq!(gaps(&sandbox), [""; 0]);
    sandbox.write("work/lib/module/.env", "x");
    sandbox.run_program("git", ["-C", "lib/module", "add", "--force", ".env"]).exit(0);
    assert_eq!(sandbox.run_program("git", ["-C", "lib/module", "commit", "-m", "x"]).code, Some(1));
    sandbox.run_program("git", ["config", "alias.ci", "commit --no-verify"]).exit(0);
    sandbox.run_program("git", ["worktree", "add", "--quiet", "-b", "x", "../linked"]).exit(0);
    sandbox.run_program("git", ["config", "extensions.worktreeConfig", "true"]).exit(0);
    sandbox
        .run_program("git", ["-C", "../linked", "config", "--worktree", "core.hooksPath", "/dev/null"])
        .exit(0);
    assert_eq!(
        gaps(&sandbox),
        [
            "the working tree `$ROOT/linked` takes its hooks from `/dev/null`",
            "the alias `ci` leaves hooks out (file:.git/config)",
        ]
    );
}

#[test]
fn an_installation_that_is_killed_anywhere_leaves_hooks_that_work_and_is_taken_back_or_finished() {
    let prepared = |is_later: bool| {
        let sandbox = repository();
        hook(&sandbox, "pre-commit", "#!/bin/sh\necho mine >> ../ran\n", 0o755);
        hook(&sandbox, "pre-push", "#!/bin/sh\ncat\n", 0o750);
        if is_later {
            later_git(&sandbox);
        }
        sandbox
    };
    for is_later in [false, true] {
        let mut at = 0;
        loop {
            let sandbox = prepared(is_later);
            let before = tree(&sandbox.path("work/.git"));
            let sandbox = sandbox.env("CAVRA_TEST_HALT_AT", &at.to_string());
            let is_through = sandbox.run(["install"]).code == Some(0);
            let sandbox = sandbox.env("CAVRA_TEST_HALT_AT", "none");
            sandbox.write("work/a", "x");
            sandbox.run_program("git", ["add", "a"]).exit(0);
            sandbox.run_program("git", ["commit", "--quiet", "-m", "a"]).exit(0);
            assert_eq!(sandbox.read("ran"), "mine\n", "halted at {at}: the hook that was there runs, once");
            if at % 2 == 0 {
                sandbox.run(["install"]).exit(0);
                assert_eq!(sandbox.run(["status"]).exit(0).stdout.matches(": installed").count(), 6);
            }
            sandbox.run(["uninstall"]).exit(0);
            let after = tree(&sandbox.path("work/.git"));
            let names = |tree: &BTreeMap<PathBuf, (Vec<u8>, u32)>| -> Vec<(PathBuf, (Vec<u8>, u32))> {
                let is_ours = |path: &Path| {
                    let text = path.to_string_lossy();
                    text.contains("/hooks/") || text.contains("config")
                };
                tree.iter()
                    .filter(|(path, _)| is_ours(path))
                    .map(|(path, of)| (path.clone(), of.clone()))
                    .collect()
            };
            assert!(names(&after) == names(&before), "halted at {at}: something was left, or is gone");
            if is_through {
                break;
            }
            at += 1;
        }
        assert!(at > 20, "{at} places to be killed at");
    }
}
