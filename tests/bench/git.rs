//! What the hooks add to git, as ratios to what git or an empty program takes in the same run.
//!
//! Each round does every job once, in turn, on a state that was made before the clock runs; what counts is the ratio of
//! the medians, and of the minima. What a hook has vouched for is forgotten first, so that every round judges anew.
//! Nothing is asserted.
//!
//! `cargo bench --target x86_64-unknown-linux-musl --bench git [-- ROUNDS]`; `CAVRA_HOOK_MANAGERS=DIR` names the folder
//! that `tests/hook-managers DIR` has filled, for the commits under other tools.

#![expect(clippy::expect_used, reason = "a benchmark that cannot measure ends there")]
#![expect(clippy::print_stdout, reason = "the table is what a benchmark is for")]
#![expect(clippy::indexing_slicing, reason = "the jobs are a list that is built here")]

mod policy;
mod rig;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rig::Rig;

/// How often each job is done, if nobody says.
const ROUNDS: usize = 15;

/// The hooks of a repository that somebody works in.
const HOOKS: [&str; 6] = [
    "pre-commit",
    "pre-merge-commit",
    "prepare-commit-msg",
    "pre-applypatch",
    "pre-push",
    "reference-transaction",
];

/// A job, what is made ready for it, and what it has taken.
struct Job {
    name: String,
    prepare: Box<dyn Fn()>,
    start: Box<dyn Fn() -> Command>,
    input: Option<PathBuf>,
    taken: Vec<Duration>,
}

fn main() {
    let rounds = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(ROUNDS).max(1);
    let rig: &'static Rig = Box::leak(Box::new(Rig::new()));
    // The person's policy has 120 rules, as its author wrote them.
    let compiled = rig.compiled_policy();
    fs::create_dir_all(rig.path("home/.config/cavra")).expect("a folder");
    fs::copy(compiled.with_file_name("authored.yaml"), rig.path("home/.config/cavra/policy.yaml"))
        .expect("a policy");
    let empty = empty_program(rig);
    println!(
        "{rounds} rounds, interleaved; times in ms, ratios of medians (of minima) to the first of each group\n"
    );
    measure(rounds, "50,000 files, 500 staged", large(rig));
    measure(rounds, "a commit in a small repository, one hook", small(rig, &empty));
    measure(rounds, "a fetch of 200 tags", fetch(rig, &empty));
    measure(rounds, "1,000 new commits", push(rig));
    measure(rounds, "a commit, by what is installed", commits(rig));
    fs::remove_dir_all(rig.path("")).expect("the scratch root can be removed");
}

fn measure(rounds: usize, title: &str, mut jobs: Vec<Job>) {
    for round in 0..=rounds {
        for job in &mut jobs {
            (job.prepare)();
            let mut command = (job.start)();
            if let Some(input) = &job.input {
                command.stdin(Rig::input(input));
            }
            command.stderr(Stdio::piped());
            let began = Instant::now();
            let output = command.output().expect("the program starts");
            let taken = began.elapsed();
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{}: {}\n{told}", job.name, output.status);
            if round > 0 {
                job.taken.push(taken);
            }
        }
    }
    for job in &mut jobs {
        job.taken.sort_unstable();
    }
    println!("{title}");
    let least = |job: &Job| job.taken[0].as_secs_f64() * 1e3;
    let median = |job: &Job| job.taken[job.taken.len() / 2].as_secs_f64() * 1e3;
    for job in &jobs {
        let (medians, minima) = (median(job) / median(&jobs[0]), least(job) / least(&jobs[0]));
        println!("  {:<46} {:>8.1} {:>8.1}   {medians:.2} ({minima:.2})", job.name, least(job), median(job));
    }
    println!();
}

/// The hook on an index of 50,000 files beside git's own comparison of it.
fn large(rig: &'static Rig) -> Vec<Job> {
    let folder = new_repository(rig, "large");
    let mut stream =
        String::from("commit refs/heads/main\ncommitter B <b@example.invalid> 1700000000 +0000\ndata 1\nx\n");
    for number in 0..50_000 {
        let _ = write!(
            stream,
            "M 100644 inline src/{:02}/{:02}/file-{number}.txt\ndata 5\n{number:05}\n",
            number % 40,
            number / 40 % 40
        );
    }
    import(rig, &folder, &stream);
    git(rig, &folder, &["reset", "--quiet", "--hard", "main"]);
    for number in 0..500 {
        let number = number * 97;
        let path = folder.join(format!("src/{:02}/{:02}/file-{number}.txt", number % 40, number / 40 % 40));
        fs::write(path, "changed\n").expect("a file");
    }
    git(rig, &folder, &["add", "."]);
    let (at, own) = (folder.clone(), folder);
    vec![
        job("git diff-index --cached --raw -z HEAD", move || {
            let mut command = rig.command("git");
            command.args(["diff-index", "--cached", "--raw", "-z", "HEAD"]).current_dir(&at);
            command
        }),
        anew(rig, job("the pre-commit hook", move || hook(rig, &own, &["pre-commit"]))),
    ]
}

/// A commit with one hook: an empty program, and Cavra.
fn small(rig: &'static Rig, empty: &Path) -> Vec<Job> {
    let mut jobs = Vec::new();
    for (name, program) in
        [("an empty program", empty.to_owned()), ("the pre-commit hook", rig.cavra.clone().into())]
    {
        let folder = new_repository(rig, &format!("small-{}", jobs.len()));
        git(rig, &folder, &["commit", "--quiet", "--allow-empty", "-m", "First"]);
        set_hook(&folder, "pre-commit", &program, "hook-git");
        jobs.push(anew(rig, committing(rig, name, folder)));
    }
    let folder = new_repository(rig, "small-none");
    jobs.push(committing(rig, "no hook", folder));
    jobs
}

/// A fetch that makes 200 tags, with and without the hook on transactions.
fn fetch(rig: &'static Rig, empty: &Path) -> Vec<Job> {
    let remote = new_repository(rig, "tags");
    git(rig, &remote, &["commit", "--quiet", "--allow-empty", "-m", "First"]);
    let mut stream = String::new();
    for number in 0..200 {
        let _ = write!(
            stream,
            "commit refs/tags/t{number}\ncommitter B <b@example.invalid> 1700000000 +0000\ndata 1\nx\n\n"
        );
    }
    import(rig, &remote, &stream);
    let mut jobs = Vec::new();
    for (name, program) in [
        ("an empty program", Some(empty.to_owned())),
        ("the hook on transactions", Some(rig.cavra.clone().into())),
        ("no hook", None),
    ] {
        let template = new_repository(rig, &format!("fetch-{}", jobs.len()));
        git(rig, &template, &["commit", "--quiet", "--allow-empty", "-m", "First"]);
        git(rig, &template, &["remote", "add", "origin", remote.to_str().expect("a path")]);
        if let Some(program) = program {
            set_hook(&template, "reference-transaction", &program, "hook-git");
        }
        let fresh = rig.path(format!("work/fresh-{}", jobs.len()));
        let at = fresh.clone();
        let mut job = job(name, move || {
            let mut command = rig.command("git");
            command.args(["fetch", "--quiet", "--tags", "--no-auto-gc", "origin"]).current_dir(&at);
            command
        });
        job.prepare = Box::new(move || {
            let _ = fs::remove_dir_all(&fresh);
            let status = Command::new("cp").arg("-r").args([&template, &fresh]).status();
            assert!(status.expect("cp starts").success(), "a copy");
        });
        jobs.push(job);
    }
    jobs
}

/// The hook on a push of 1,000 commits beside the list of them.
fn push(rig: &'static Rig) -> Vec<Job> {
    let folder = new_repository(rig, "push");
    let mut stream = String::new();
    for number in 0..1_200 {
        let _ = write!(
            stream,
            "commit refs/heads/topic\ncommitter B <b@example.invalid> {} +0000\ndata 1\nx\nM 100644 inline \
             src/{}/file-{number}\ndata 5\n{number:05}\n",
            1_700_000_000 + number,
            number % 30
        );
    }
    import(rig, &folder, &stream);
    git(rig, &folder, &["update-ref", "refs/remotes/origin/topic", "topic~1000"]);
    let new = rig.output("git", &["-C", folder.to_str().expect("a path"), "rev-parse", "topic"]);
    let new = String::from_utf8_lossy(&new).trim().to_owned();
    let line = format!("refs/heads/topic {new} refs/heads/topic {}\n", "0".repeat(40));
    let input = rig.write("push-line", line);
    let at = folder.clone();
    let pushing = |name: &str, own: PathBuf| Job {
        input: Some(input.clone()),
        ..job(name, move || hook(rig, &own, &["pre-push", "origin", "/srv/repository"]))
    };
    // What is vouched for is forgotten before the third, so that only the second finds what the round before left.
    let known = pushing("the pre-push hook, commits made under hooks", folder.clone());
    let unknown = anew(rig, pushing("the pre-push hook, commits made elsewhere", folder));
    vec![
        job("git rev-list topic --not --remotes=origin", move || {
            let mut command = rig.command("git");
            command.args(["rev-list", "topic", "--not", "--remotes=origin"]).current_dir(&at);
            command
        }),
        known,
        unknown,
    ]
}

/// A commit with nothing, with all the hooks, and with one hook of other tools that does nothing.
fn commits(rig: &'static Rig) -> Vec<Job> {
    let folder = new_repository(rig, "commits-none");
    let mut jobs = vec![committing(rig, "nothing", folder)];
    let folder = new_repository(rig, "commits-all");
    git(rig, &folder, &["commit", "--quiet", "--allow-empty", "-m", "First"]);
    for name in HOOKS {
        set_hook(&folder, name, Path::new(&rig.cavra), "hook-git");
    }
    jobs.push(anew(rig, committing(rig, "all the hooks of Cavra", folder)));
    let Some(tools) = option_env!("CAVRA_HOOK_MANAGERS") else {
        println!("other tools: CAVRA_HOOK_MANAGERS names no folder with them\n");
        return jobs;
    };
    let config = "repos:\n- repo: local\n  hooks:\n  - {id: none, name: none, language: system, entry: 'true', \
                  always_run: true, pass_filenames: false}\n";
    let lefthook = "pre-commit:\n  jobs:\n    - {name: none, run: 'true'}\n";
    for (tool, place, file, text) in [
        ("pre-commit", "python/bin", ".pre-commit-config.yaml", config),
        ("prek", "python/bin", ".pre-commit-config.yaml", config),
        ("lefthook", "node_modules/.bin", "lefthook.yml", lefthook),
    ] {
        let program = Path::new(tools).join(place).join(tool);
        if !program.exists() {
            println!("{tool}: not installed");
            continue;
        }
        let folder = new_repository(rig, &format!("commits-{tool}"));
        fs::write(folder.join(file), text).expect("a file");
        git(rig, &folder, &["add", "."]);
        git(rig, &folder, &["commit", "--quiet", "-m", "First"]);
        let path = format!("{tools}/{place}:/usr/local/bin:/usr/bin:/bin");
        let home = rig.path("home");
        let with = move |mut command: Command| {
            command.env("PATH", &path).env("HOME", &home);
            command
        };
        let mut install = with(rig.command(program));
        assert!(install.arg("install").current_dir(&folder).status().expect("it starts").success(), "{tool}");
        let mut one = committing(rig, tool, folder);
        let start = one.start;
        one.start = Box::new(move || with(start()));
        jobs.push(one);
    }
    jobs
}

fn job(name: &str, start: impl Fn() -> Command + 'static) -> Job {
    Job {
        name: name.to_owned(),
        prepare: Box::new(|| {}),
        start: Box::new(start),
        input: None,
        taken: Vec::new(),
    }
}

/// The job with nothing vouched for.
fn anew(rig: &'static Rig, job: Job) -> Job {
    let prepare = job.prepare;
    Job {
        prepare: Box::new(move || {
            prepare();
            let _ = fs::remove_file(rig.path("home/.local/state/cavra/vouched"));
        }),
        ..job
    }
}

fn committing(rig: &'static Rig, name: &str, folder: PathBuf) -> Job {
    job(name, move || {
        let mut command = rig.command("git");
        command
            .args(["-c", "user.name=Bench", "-c", "user.email=b@example.invalid"])
            .args(["commit", "--quiet", "--allow-empty", "-m", "x"])
            .current_dir(&folder);
        command
    })
}

fn hook(rig: &Rig, folder: &Path, words: &[&str]) -> Command {
    let mut command = rig.command(&rig.cavra);
    command.args(["hook", "git"]).args(words).current_dir(folder);
    command
}

fn set_hook(folder: &Path, name: &str, program: &Path, word: &str) {
    let hooks = folder.join(".git/hooks");
    fs::create_dir_all(&hooks).expect("a folder");
    let path = hooks.join(name);
    fs::write(&path, format!("#!{} {word}\n", program.display())).expect("a hook");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("its mode");
}

fn new_repository(rig: &Rig, name: &str) -> PathBuf {
    let folder = rig.path(format!("work/{name}"));
    fs::create_dir_all(&folder).expect("a folder");
    git(rig, &folder, &["init", "--quiet", "--template=", "-b", "main"]);
    folder
}

fn git(rig: &Rig, folder: &Path, args: &[&str]) {
    let at = folder.to_str().expect("a path in UTF-8");
    let own = ["-C", at, "-c", "user.name=Bench", "-c", "user.email=b@example.invalid"];
    rig.output("git", &[&own, args].concat());
}

fn import(rig: &Rig, folder: &Path, stream: &str) {
    let mut command = rig.command("git");
    command.args(["fast-import", "--quiet"]).current_dir(folder).stdin(Stdio::piped());
    let mut child = command.spawn().expect("git starts");
    child.stdin.take().expect("a pipe").write_all(stream.as_bytes()).expect("it is written");
    assert!(child.wait().expect("it ends").success(), "the import");
}

/// The smallest program there is: static, so that no loader runs.
fn empty_program(rig: &Rig) -> PathBuf {
    let source = rig.write("empty.c", "int main(void) { return 0; }\n");
    let program = rig.path("empty");
    let compiles = |compiler: &str| {
        let mut command = rig.command(compiler);
        command.args(["-static", "-Os", "-o"]).args([&program, &source]);
        command.status().is_ok_and(|status| status.success())
    };
    assert!(
        ["musl-gcc", "cc"].into_iter().any(compiles),
        "neither `musl-gcc` nor `cc` makes a static program"
    );
    program
}
