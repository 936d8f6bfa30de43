//! What both benchmarks stand on: a scratch root for everything that Cavra reads and writes.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A scratch root, gone when this is dropped.
pub(crate) struct Rig {
    root: tempfile::TempDir,
    /// The binary that is measured: the one that `--binary PATH` names, else one built as a release is, with the feature
    /// `test-roots`. The one that `cargo bench` itself builds has what only tests need in it, and unwinds.
    pub(crate) cavra: String,
}

impl Rig {
    pub(crate) fn new() -> Self {
        let root = tempfile::Builder::new().prefix("cavra-bench-").tempdir().expect("a scratch folder");
        let mut words = std::env::args().skip_while(|word| word != "--binary").skip(1);
        let built = words.next().unwrap_or_else(release);
        // A copy, as an installation is one: the pages of a file as the linker left it may lie scattered in memory.
        let copy = root.path().join("cavra");
        fs::copy(&built, &copy).expect("the binary can be copied");
        let rig = Self { root, cavra: copy.to_str().expect("a path in UTF-8").to_owned() };
        for folder in ["etc/cavra", "home", "work"] {
            fs::create_dir_all(rig.path(folder)).expect("a folder of the scratch root");
        }
        let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
        println!("binary: a copy of {built}");
        println!("load when this began: {}", if text.is_empty() { "not told" } else { text.trim() });
        rig
    }

    pub(crate) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.path().join(relative)
    }

    /// A command that sees the scratch root and nothing of the machine's settings, with no input and no output.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("CAVRA_TEST_ROOT", self.root.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .current_dir(self.path("work"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// A file as an input.
    pub(crate) fn input(path: &Path) -> Stdio {
        Stdio::from(File::open(path).expect("a file of the scratch root"))
    }
}

/// Builds the binary as a release is, for the same target as this benchmark, and tells where it is.
fn release() -> String {
    // `…/target[/TRIPLE]/release/cavra`
    let own = Path::new(env!("CARGO_BIN_EXE_cavra"));
    let above = own.ancestors().nth(2).expect("a folder of the target");
    let triple = above.file_name().and_then(|name| name.to_str()).filter(|name| name.contains("-linux-"));
    let folder = if triple.is_some() { above.with_file_name("measured") } else { above.join("measured") };
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--release", "--locked", "--features", "test-roots", "--target-dir"]).arg(&folder);
    if let Some(triple) = triple {
        cargo.args(["--target", triple]);
    }
    assert!(cargo.status().expect("cargo starts").success(), "the release is built");
    let built = triple.map_or_else(|| folder.clone(), |triple| folder.join(triple)).join("release/cavra");
    built.to_str().expect("a path in UTF-8").to_owned()
}
