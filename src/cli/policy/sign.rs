//! `cavra policy sign` and `cavra policy verify`: who stands behind a policy.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use crate::policy::{self, Stack, signed};
use crate::sys::ssh::{self, Signers};
use crate::sys::{environment, files};

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output::{self, escaped};
use super::super::{place, report};

/// The largest policy or list of signers, in bytes.
const MOST_BYTES: u64 = 16 << 20;

/// Sign a policy; the signature lies beside it, as `FILE.sig`
#[derive(Debug, ClapArgs)]
pub(crate) struct SignArgs {
    /// The policy
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Sign with this key: a private key's file, or a public key's that the ssh-agent has
    #[arg(long, value_name = "KEYFILE")]
    key: PathBuf,
}

/// Tell whether a policy is signed, and by whom; exit code 1 if its signature does not count
#[derive(Debug, ClapArgs)]
pub(crate) struct VerifyArgs {
    /// The policy
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Who may sign, as lines of OpenSSH's allowed_signers; without it, whom the policies in force name
    #[arg(long, value_name = "FILE")]
    signers: Option<PathBuf>,
}

pub(crate) fn sign(args: SignArgs) -> Result<Exit, Failure> {
    let bytes = read(&args.file)?;
    // Nobody should stand behind what cannot be used.
    let loaded = policy::compile_file(&args.file, &[]).map_err(|error| report::policy_failure(&error))?;
    report::warnings(&loaded.warnings);
    if read(&args.file)? != bytes {
        return Err(Failure::user("the policy changed while it was looked at: nothing was signed"));
    }
    let armour = ssh::sign(&bytes, signed::NAMESPACE, &args.key)
        .map_err(|error| Failure::user(escaped(&error.to_string())))?;
    let beside = signed::signature_of(&args.file);
    files::replace_atomically(&beside, armour.as_bytes(), 0o644).map_err(Failure::user)?;
    let shown = escaped(&beside.display().to_string());
    output::data(format!("signed: {shown}\n")).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

pub(crate) fn verify(args: VerifyArgs) -> Result<Exit, Failure> {
    let signers = signers(args.signers.as_deref())?;
    let (bytes, armour) = (read(&args.file)?, read(&signed::signature_of(&args.file))?);
    let names = signed::verify(&args.file, &bytes, &armour, &signers)
        .map_err(|error| report::policy_failure(&error))?;
    let text =
        format!("{}: signed by {}\n", escaped(&args.file.display().to_string()), escaped(&names.join(", ")));
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

/// Who may sign: those in a file that is named, or those whom the policies in force name.
pub(super) fn signers(file: Option<&Path>) -> Result<Signers, Failure> {
    if let Some(file) = file {
        let text = String::from_utf8(read(file)?).map_err(Failure::user)?;
        return Signers::read(text.lines()).map_err(|(line, error)| {
            let shown = escaped(&file.display().to_string());
            Failure::user(format!("{error}\n  --> {shown}:{line}"))
        });
    }
    let surroundings = place::surroundings()?;
    let scope = place::scope(place::places()?, &surroundings);
    let stack = Stack::load(&scope).map_err(|error| {
        report::policy_failure(&error)
            .hint("`--signers FILE` says whose signatures count, whatever is in force")
    })?;
    let named =
        stack.policies().iter().map(|policy| &policy.signing.require_signature).find(|list| !list.is_empty());
    match named {
        Some(lines) => signed::read_signers(lines).map_err(|error| report::policy_failure(&error)),
        None => Err(Failure::user("nobody is named whose signature counts").hint(
            "`--signers FILE`, with lines as in OpenSSH's allowed_signers, or `policy.require_signature` in the \
             machine's policy",
        )),
    }
}

/// A file within the bound.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    files::read(path, MOST_BYTES).map_err(|error| Failure::user(escaped(&error.to_string())))
}

/// A path as it is meant from the working directory.
pub(super) fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    let cwd = environment::working_directory().map_err(Failure::user)?;
    fs::canonicalize(cwd.join(path))
        .map_err(|error| Failure::user(format!("`{}`: {error}", escaped(&path.display().to_string()))))
}
