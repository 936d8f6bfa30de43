//! Where a policy is pulled from: a folder, a bundle, an HTTPS address, or git at a tag.
//!
//! What comes from there is text from outside until its signature was verified. Programs that fetch it are the system's
//! own, by their absolute paths, with no more than they need: no redirect, no other protocol, no hooks, no settings of
//! whoever runs this.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::policy::signed;
use crate::sys::dirs::Places;
use crate::sys::scratch::Scratch;
use crate::sys::{files, programs};

use super::super::failure::Failure;
use super::super::output::escaped;
use super::bundle::Bundle;
use super::sign;

/// A file and its signature.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Signed {
    pub(super) bytes: Vec<u8>,
    pub(super) armour: Vec<u8>,
}

/// What was fetched: the policy, and what else a bundle holds, by the name that it gets.
#[derive(Debug)]
pub(super) struct Fetched {
    pub(super) policy: Signed,
    pub(super) others: Vec<(String, Signed)>,
}

/// The name of the policy in a folder and in a repository.
const POLICY: &str = "policy.yaml";

/// The most bytes that are fetched of one file.
const MOST_FETCHED: u64 = 4 << 20;

/// How long a fetch may take, in seconds.
const LONGEST: &str = "60";

pub(super) fn fetch(from: &str, tag: Option<&str>, places: &Places) -> Result<Fetched, Failure> {
    let policy = if let Some(tag) = tag {
        git(from, tag, places)?
    } else if from.starts_with("https://") {
        Signed { bytes: https(from)?, armour: https(&format!("{from}.sig"))? }
    } else if from.contains("://") {
        return Err(Failure::usage(
            "a policy is pulled from https://, from git with `--tag`, or from a path",
        ));
    } else {
        let path = sign::absolute(Path::new(from))?;
        if path.is_dir() {
            pair(&path.join(POLICY))?
        } else if path.extension().is_some_and(|end| end == "yaml" || end == "yml") {
            pair(&path)?
        } else {
            return Bundle::read(&sign::read(&path)?)?.open();
        }
    };
    Ok(Fetched { policy, others: Vec::new() })
}

fn pair(path: &Path) -> Result<Signed, Failure> {
    Ok(Signed { bytes: sign::read(path)?, armour: sign::read(&signed::signature_of(path))? })
}

fn https(address: &str) -> Result<Vec<u8>, Failure> {
    let curl = programs::curl().map_err(|error| Failure::user(escaped(&error.to_string())))?;
    let mut command = Command::new(curl);
    // `-q` is first, so that no settings of the user's are read.
    command.args([
        "-q",
        "--proto",
        "=https",
        "--tlsv1.2",
        "--fail",
        "--silent",
        "--show-error",
        "--max-redirs",
        "0",
    ]);
    command.args(["--max-time", LONGEST, "--max-filesize"]).arg(MOST_FETCHED.to_string());
    command.args(["--url", address]).env_clear();
    output(command, &format!("`{}`", escaped(address)))
}

fn git(from: &str, tag: &str, places: &Places) -> Result<Signed, Failure> {
    let is_plain = !tag.is_empty()
        && !tag.starts_with(['-', '.'])
        && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte));
    if !is_plain || from.starts_with('-') {
        return Err(Failure::usage(format!("`{}` is no tag", escaped(tag))));
    }
    let program = programs::git(places).map_err(|error| Failure::user(escaped(&error.to_string())))?;
    let scratch = Scratch::make("cavra-pull-").map_err(Failure::user)?;
    let home = scratch.path();
    let run = |words: &[&str]| {
        let mut command = Command::new(&program);
        command.env_clear().env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_TERMINAL_PROMPT", "0").env("HOME", home);
        command.env("GIT_ALLOW_PROTOCOL", "https:ssh:file").env("PATH", "/usr/bin:/bin");
        command.args(["-c", "core.hooksPath=/dev/null"]).args(words).current_dir(home);
        output(command, &format!("git at `{}`", escaped(from)))
    };
    let _ = run(&["init", "--quiet", "--bare", "."])?;
    let wanted = format!("refs/tags/{tag}");
    let _ = run(&["fetch", "--quiet", "--depth=1", "--no-tags", "--", from, &wanted])?;
    Ok(Signed {
        bytes: run(&["cat-file", "blob", &format!("FETCH_HEAD:{POLICY}")])?,
        armour: run(&["cat-file", "blob", &format!("FETCH_HEAD:{POLICY}.sig")])?,
    })
}

fn output(mut command: Command, what: &str) -> Result<Vec<u8>, Failure> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(Failure::user)?;
    let out = child.stdout.take().map(|out| files::read_bounded(out, MOST_FETCHED, 4_096)).transpose();
    let status = child.wait().map_err(Failure::user)?;
    match out.map_err(Failure::user)?.flatten() {
        Some(bytes) if status.success() => Ok(bytes),
        Some(_) => Err(Failure::user(format!("nothing came from {what}"))),
        None => Err(Failure::user(format!("more than {MOST_FETCHED} bytes came from {what}"))),
    }
}

/// The path of a file beside another, for what else a bundle holds.
pub(super) fn beside(policy: &Path, name: &str) -> PathBuf {
    policy.with_file_name(name)
}
