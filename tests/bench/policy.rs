//! A policy of 120 rules, compiled by the very binary that is measured.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::rig::Rig;

/// The rules of the policy that is measured.
const RULES: usize = 120;

impl Rig {
    pub(crate) fn write(&self, relative: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(relative);
        fs::write(&path, bytes).expect("a file of the scratch root");
        path
    }

    /// Runs a command that must work, and gives what it prints.
    pub(crate) fn output(&self, program: &str, args: &[&str]) -> Vec<u8> {
        let output = self
            .command(program)
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .output()
            .expect("the program starts");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program} {args:?}: {}\n{told}", output.status);
        output.stdout
    }

    /// The policy of 120 rules, compiled.
    pub(crate) fn compiled_policy(&self) -> PathBuf {
        let authored = self.write("authored.yaml", authored_policy());
        let compiled =
            self.output(&self.cavra, &["policy", "compile", authored.to_str().expect("a path in UTF-8")]);
        self.write("compiled.json", compiled)
    }
}

/// As a large organisation would write it: a third for files, two thirds for commands.
fn authored_policy() -> String {
    use std::fmt::Write;

    let mut text = String::from(
        "metadata:\n  id: bench\n  version: 1.0.0\n  title: A policy of 120 rules\nfilesystem:\n  block_read:\n",
    );
    for number in 0..RULES / 6 {
        writeln!(text, "    - secrets/team-{number}/**/*.pem").expect("writing to a string");
    }
    text.push_str("  block_write:\n");
    for number in 0..RULES / 6 {
        writeln!(text, "    - deploy/production-{number}/**").expect("writing to a string");
    }
    text.push_str("commands:\n  block:\n");
    for number in 0..RULES / 3 {
        writeln!(text, "    - kubectl delete * --context cluster-{number}*").expect("writing to a string");
    }
    text.push_str("  allow:\n");
    for number in 0..RULES / 3 - 1 {
        writeln!(text, "    - make target-{number}*").expect("writing to a string");
    }
    text.push_str("    - git status*\n");
    text
}
