//! `cavra policy pull`: a policy from elsewhere, verified before it replaces the one in force.
//!
//! What is verified is what is written: the bytes stay in memory in between. What was in force is kept beside it, for
//! `--rollback`. Policy and signature are two files, and the signature is put in place last: whatever stops it in between
//! leaves a policy that is blocked where signatures are required, and never one that nobody signed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use crate::policy::{self, signed};
use crate::sys::files;
use crate::sys::locks;
use crate::sys::scratch::Scratch;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output::{self, escaped};
use super::super::{place, report};
use super::sign;
use super::source::{self, Fetched, Signed};

/// Take a signed policy from elsewhere, once its signature is verified
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// `https://…`, a folder, a `.yaml`, a bundle, or, with `--tag`, a git repository
    #[arg(value_name = "FROM", required_unless_present = "rollback")]
    from: Option<String>,
    /// The tag of the git repository
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
    /// Put it into the machine's folder instead of yours
    #[arg(long)]
    managed: bool,
    /// Who may sign, as lines of OpenSSH's allowed_signers; without it, whom the policies in force name
    #[arg(long, value_name = "FILE")]
    signers: Option<PathBuf>,
    /// Take a version that is older than the one in force
    #[arg(long)]
    allow_older: bool,
    /// Put back what was in force before the last pull
    #[arg(long, conflicts_with_all = ["from", "tag"])]
    rollback: bool,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let places = place::places()?;
    let folder = if args.managed { places.managed.clone() } else { places.config.clone() };
    let target = folder.join("policy.yaml");
    if args.rollback {
        return roll_back(&target);
    }
    let signers = sign::signers(args.signers.as_deref())?;
    let from = args.from.as_deref().unwrap_or_default();
    let Fetched { policy, others } = source::fetch(from, args.tag.as_deref(), &places)?;
    let check = |name: &str, part: &Signed| {
        signed::verify(Path::new(name), &part.bytes, &part.armour, &signers)
            .map(|names| names.join(", "))
            .map_err(|error| report::policy_failure(&error))
    };
    let by = check(from, &policy)?;
    for (name, part) in &others {
        let _ = check(name, part)?;
    }
    let version = version_of(&policy.bytes)?;
    fs::create_dir_all(&folder).map_err(Failure::user)?;
    let _lock = locks::folder(&folder).map_err(Failure::user)?;
    if !args.allow_older {
        for least in [text(&signed::least_of(&target))?, in_force(&target)] {
            let Some(least) = least else { continue };
            signed::not_older(Path::new(from), &version, &least)
                .map_err(|error| report::policy_failure(&error))?;
        }
    }
    keep(&target)?;
    replace(&target, &policy, if args.managed { 0o644 } else { 0o600 })?;
    for (name, part) in &others {
        replace(&source::beside(&target, name), part, if args.managed { 0o644 } else { 0o600 })?;
    }
    put(&signed::least_of(&target), version.as_bytes(), 0o644)?;
    let shown = escaped(&target.display().to_string());
    let text = format!("{shown}: version {}, signed by {}\n", escaped(&version), escaped(&by));
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

/// The version of a policy that holds in itself. It may inherit packs, and no files: they would not come with it.
fn version_of(bytes: &[u8]) -> Result<String, Failure> {
    let scratch = Scratch::make("cavra-pull-").map_err(Failure::user)?;
    let path = scratch.path().join("policy.yaml");
    fs::write(&path, bytes).map_err(Failure::user)?;
    let loaded = policy::compile_file(&path, &[]).map_err(|error| report::policy_failure(&error))?;
    report::warnings(&loaded.warnings);
    Ok(loaded.policy.metadata.version)
}

/// The version of what is in force now, if it can be read.
fn in_force(target: &Path) -> Option<String> {
    policy::load_named(target).ok().map(|loaded| loaded.policy.metadata.version)
}

fn text(path: &Path) -> Result<Option<String>, Failure> {
    match files::read(path, 1_024) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.is_missing() => Ok(None),
        Err(error) => Err(Failure::user(escaped(&error.to_string()))),
    }
}

fn previous(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".previous");
    name.into()
}

/// Keeps what is in force, with its signature.
fn keep(target: &Path) -> Result<(), Failure> {
    for path in [target.to_owned(), signed::signature_of(target)] {
        match files::read(&path, 16 << 20) {
            Ok(bytes) => put(&previous(&path), &bytes, 0o600)?,
            Err(error) if error.is_missing() => remove(&previous(&path))?,
            Err(error) => return Err(Failure::user(escaped(&error.to_string()))),
        }
    }
    Ok(())
}

fn replace(path: &Path, part: &Signed, mode: u32) -> Result<(), Failure> {
    put(path, &part.bytes, mode)?;
    put(&signed::signature_of(path), &part.armour, mode)
}

fn roll_back(target: &Path) -> Result<Exit, Failure> {
    let path = previous(target);
    let bytes = files::read(&path, 16 << 20)
        .map_err(|error| Failure::user(escaped(&error.to_string())).hint("nothing was pulled here before"))?;
    let mode = if fs::metadata(target).is_ok_and(|metadata| {
        use std::os::unix::fs::PermissionsExt;
        metadata.permissions().mode() & 0o044 != 0
    }) {
        0o644
    } else {
        0o600
    };
    let version = version_of(&bytes)?;
    put(target, &bytes, mode)?;
    let signature = signed::signature_of(target);
    match files::read(&previous(&signature), 16 << 20) {
        Ok(armour) => put(&signature, &armour, mode)?,
        Err(error) if error.is_missing() => remove(&signature)?,
        Err(error) => return Err(Failure::user(escaped(&error.to_string()))),
    }
    // A person said so.
    put(&signed::least_of(target), version.as_bytes(), 0o644)?;
    let shown = escaped(&target.display().to_string());
    output::data(format!("{shown}: back to version {}\n", escaped(&version))).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

fn put(path: &Path, bytes: &[u8], mode: u32) -> Result<(), Failure> {
    files::replace_atomically(path, bytes, mode)
        .map_err(|error| Failure::user(format!("`{}`: {error}", escaped(&path.display().to_string()))))
}

fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::user(error)),
        _ => Ok(()),
    }
}
