//! A machine of the test's own: managed folder, home, git configuration, clock and environment. Nothing of the
//! real machine's is read or changed, and two runs give the same bytes.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use similar_asserts::assert_eq;

/// The scratch machine. It is gone when this is dropped.
pub(crate) struct Sandbox {
    root: tempfile::TempDir,
    cwd: PathBuf,
    extra: Vec<(String, String)>,
}

impl Sandbox {
    /// A fresh machine, with an empty home and a working folder `work`.
    pub(crate) fn new() -> Self {
        let root = tempfile::Builder::new().prefix("cavra-test-").tempdir().expect("a scratch folder");
        let sandbox = Self { cwd: root.path().join("work"), root, extra: Vec::new() };
        for folder in ["etc/cavra", "home", "work", "tmp"] {
            fs::create_dir_all(sandbox.path(folder)).expect("a folder of the sandbox");
        }
        sandbox.write("clock", "2026-11-23T09:30:00Z");
        sandbox.write(
            "home/.gitconfig",
            "[user]\n\tname = Test\n\temail = test@example.invalid\n[init]\n\tdefaultBranch = main\n\
             [commit]\n\tgpgsign = false\n[advice]\n\tdetachedHead = false\n",
        );
        sandbox
    }

    /// A path in the sandbox.
    pub(crate) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.path().join(relative)
    }

    /// Runs what follows in this folder of the sandbox.
    pub(crate) fn cd(mut self, relative: impl AsRef<Path>) -> Self {
        self.cwd = self.path(relative);
        fs::create_dir_all(&self.cwd).expect("a folder of the sandbox");
        self
    }

    /// Sets a variable for what follows.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.extra.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, relative: impl AsRef<Path>, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder of the sandbox");
        fs::write(&path, text).expect("a file of the sandbox");
        path
    }

    /// Reads a file, as text.
    pub(crate) fn read(&self, relative: impl AsRef<Path>) -> String {
        fs::read_to_string(self.path(relative)).expect("a file of the sandbox")
    }

    /// The policy of the person whose home this is.
    pub(crate) fn user_policy(self, yaml: &str) -> Self {
        self.write("home/.config/cavra/policy.yaml", yaml);
        self
    }

    /// The machine's policy.
    pub(crate) fn managed_policy(self, yaml: &str) -> Self {
        self.write("etc/cavra/policy.yaml", yaml);
        self
    }

    /// A command with the sandbox's environment and nothing else.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("HOME", self.path("home"))
            .env("TMPDIR", self.path("tmp"))
            .env("LC_ALL", "C.UTF-8")
            .env("CAVRA_TEST_ROOT", self.root.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .envs(self.extra.iter().map(|(name, value)| (name, value)))
            .current_dir(&self.cwd);
        command
    }

    /// Runs `cavra` with no input.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Outcome {
        self.run_with(args, "")
    }

    /// Runs `cavra` with this on its stdin.
    pub(crate) fn run_with<A: AsRef<OsStr>>(
        &self,
        args: impl IntoIterator<Item = A>,
        stdin: impl AsRef<[u8]>,
    ) -> Outcome {
        let mut command = self.command(CAVRA);
        command.args(args);
        self.finish(command, stdin.as_ref())
    }

    /// Runs any program, such as git, with no input.
    pub(crate) fn run_program<A: AsRef<OsStr>>(
        &self,
        program: &str,
        args: impl IntoIterator<Item = A>,
    ) -> Outcome {
        let mut command = self.command(program);
        command.args(args);
        self.finish(command, b"")
    }

    /// Runs a command that was made by [`Self::command`], with this on its stdin.
    pub(crate) fn finish(&self, mut command: Command, stdin: &[u8]) -> Outcome {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut pipe = child.stdin.take().expect("a pipe");
        let input = stdin.to_owned();
        let writer = std::thread::spawn(move || {
            // A program that does not read all of its input closes the pipe; that is its affair.
            let _ = pipe.write_all(&input);
        });
        let output = child.wait_with_output().expect("the program ends");
        writer.join().expect("the input is written");
        Outcome {
            stdout: self.placeless(&output.stdout),
            stderr: self.placeless(&output.stderr),
            code: output.status.code(),
        }
    }

    /// The text with the sandbox's own folder called `$ROOT` and the program's path `$CAVRA`.
    pub(crate) fn placeless(&self, bytes: &[u8]) -> String {
        let root = self.root.path().to_str().expect("a scratch path in UTF-8");
        String::from_utf8_lossy(bytes).replace(root, "$ROOT").replace(CAVRA, "$CAVRA")
    }

    /// The records of the evidence log, as JSON.
    pub(crate) fn evidence(&self) -> Vec<serde_json::Value> {
        let path = self.path("home/.local/state/cavra/evidence/evidence.jsonl");
        let Ok(text) = fs::read_to_string(path) else { return Vec::new() };
        text.lines().map(|line| serde_json::from_str(line).expect("a record is JSON")).collect()
    }
}

/// The program under test.
pub(crate) const CAVRA: &str = env!("CARGO_BIN_EXE_cavra");

/// What a program did.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: Option<i32>,
}

impl Outcome {
    /// The exit code is exactly this.
    #[track_caller]
    pub(crate) fn exit(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// All of stdout is exactly this.
    #[track_caller]
    pub(crate) fn stdout(self, text: &str) -> Self {
        assert_eq!(self.stdout, text, "stderr:\n{}", self.stderr);
        self
    }

    /// All of stderr is exactly this.
    #[track_caller]
    pub(crate) fn stderr(self, text: &str) -> Self {
        assert_eq!(self.stderr, text, "stdout:\n{}", self.stdout);
        self
    }
}
