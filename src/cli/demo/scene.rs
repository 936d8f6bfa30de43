//! The scratch repository, its bare remote and its policy.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::failure::Failure;
use crate::cli::output::escaped;
use crate::sys::environment;
use crate::sys::scratch::Scratch;

use super::program::{Outcome, Program};

/// The policy of the scratch repository.
pub(super) const POLICY: &str = "\
metadata:
  id: cavra-demo
  version: 1.0.0
  title: The policy of the demonstration
  inherits: cavra-ai-agent-baseline

filesystem:
  block_write:
    - pattern: deploy/production/**
      reason: what runs in production is changed by a release
      alternative: change deploy/staging/ and ask for a release
";

/// Where the policy lies in the repository.
pub(super) const POLICY_FILE: &str = ".cavra/policy.yaml";

/// What has to happen before the hooks are in.
const SETTING_UP: [Program; 8] = [
    Program::Git(&["init", "--quiet", "--template=", "."]),
    Program::Git(&["symbolic-ref", "HEAD", "refs/heads/main"]),
    Program::Git(&["config", "user.name", "Demo"]),
    Program::Git(&["config", "user.email", "demo@example.invalid"]),
    Program::Git(&["config", "gc.auto", "0"]),
    Program::Git(&["add", "."]),
    Program::Git(&["commit", "--quiet", "-m", "A project with a policy"]),
    Program::Git(&["remote", "add", "origin", "../remote.git"]),
];

/// The first push, which gives the remote its `main`.
const FIRST_PUSH: Program = Program::Git(&["push", "--quiet", "origin", "main"]);

/// The bare remote, made in the folder above the repository.
const REMOTE: Program = Program::Git(&["init", "--quiet", "--bare", "--template=", "remote.git"]);

/// A folder with a repository and the remote that it pushes to.
#[derive(Debug)]
pub(super) struct Scene {
    scratch: Scratch,
    repository: PathBuf,
    cavra: PathBuf,
}

impl Scene {
    /// Makes the repositories, with one commit in both and no hook yet.
    ///
    /// # Errors
    /// If there is no place for them, or no git that makes them.
    pub(super) fn make() -> Result<Self, Failure> {
        let cavra = environment::own_program()
            .map_err(|error| Failure::user(format!("the running program cannot be told: {error}")))?;
        let scratch = Scratch::make("cavra-demo-")
            .map_err(|error| Failure::user(format!("no scratch folder can be made: {error}")))?;
        let repository = scratch.path().join("project");
        let scene = Self { scratch, repository, cavra };
        scene.write(POLICY_FILE, POLICY)?;
        scene.write("README.md", "A project.\n")?;
        scene.set_up(REMOTE, scene.scratch.path())?;
        for program in SETTING_UP {
            scene.set_up(program, &scene.repository)?;
        }
        scene.set_up(FIRST_PUSH, &scene.repository)?;
        Ok(scene)
    }

    /// The working tree.
    pub(super) fn repository(&self) -> &Path {
        &self.repository
    }

    /// Leaves everything where it is.
    pub(super) fn keep(&mut self) {
        self.scratch.keep();
    }

    /// Runs a program in the working tree.
    ///
    /// # Errors
    /// If it cannot be started.
    pub(super) fn run(&self, program: Program) -> Result<Outcome, Failure> {
        program.run(&self.repository, &self.cavra)
    }

    /// Writes a file of the working tree.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn write(&self, name: &str, text: &str) -> Result<(), Failure> {
        let path = self.repository.join(name);
        path.parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&path, text))
            .map_err(|error| Failure::user(format!("`{}`: {error}", escaped(&path.display().to_string()))))
    }

    /// Takes the hooks out, so that nothing on the machine remembers a repository that is gone.
    pub(super) fn take_hooks_out(&self) {
        // The repository goes in any case; a receipt that stays is harmless, and `status` does not show it.
        let _ = self.run(Program::Cavra(&["uninstall", "git"]));
    }

    fn set_up(&self, program: Program, folder: &Path) -> Result<(), Failure> {
        let outcome = program.run(folder, &self.cavra)?;
        if outcome.code == Some(0) {
            return Ok(());
        }
        Err(Failure::user(format!(
            "the scratch repository cannot be made: `{}` says {}",
            program.typed(),
            escaped(outcome.text.trim())
        )))
    }
}
