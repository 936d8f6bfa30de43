//! `cavra policy bundle`: one file with a policy, an MCP registry, pins and all their signatures, for machines without a
//! network.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::Args as ClapArgs;
use serde::{Deserialize, Serialize};

use crate::policy::signed;
use crate::sys::files;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output::{self, escaped};
use super::super::report;
use super::sign;
use super::source::{Fetched, Signed};

/// Put a signed policy, and what belongs to it, into one file; `cavra policy pull FILE` takes it in
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The policy; its signature is beside it
    #[arg(value_name = "FILE")]
    policy: PathBuf,
    /// An MCP trust registry, signed likewise
    #[arg(long, value_name = "FILE")]
    registry: Option<PathBuf>,
    /// Pins of MCP tools, signed likewise
    #[arg(long, value_name = "FILE")]
    pins: Option<PathBuf>,
    /// Who may sign, as lines of OpenSSH's allowed_signers; without it, whom the policies in force name
    #[arg(long, value_name = "FILE")]
    signers: Option<PathBuf>,
    /// The bundle to write
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
}

/// The bundle as it lies on disk. Each part has a signature of its own, so the bundle itself needs none.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bundle {
    cavra_bundle: u32,
    parts: Vec<Part>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Part {
    name: String,
    base64: String,
    signature: String,
}

const FORM: u32 = 1;

/// What a bundle may hold, by the names that they get.
const NAMES: [&str; 3] = ["policy.yaml", "registry.json", "pins.json"];

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let signers = sign::signers(args.signers.as_deref())?;
    let mut parts = Vec::new();
    for (name, path) in NAMES.into_iter().zip([Some(args.policy), args.registry, args.pins]) {
        let Some(path) = path else { continue };
        let (bytes, armour) = (sign::read(&path)?, sign::read(&signed::signature_of(&path))?);
        let _ = signed::verify(&path, &bytes, &armour, &signers)
            .map_err(|error| report::policy_failure(&error))?;
        let signature = String::from_utf8(armour).map_err(Failure::user)?;
        parts.push(Part { name: name.to_owned(), base64: STANDARD.encode(bytes), signature });
    }
    let bundle = Bundle { cavra_bundle: FORM, parts };
    let text = serde_json::to_string_pretty(&bundle).map_err(Failure::internal)? + "\n";
    files::write_atomically(&args.output, text.as_bytes(), 0o644).map_err(Failure::user)?;
    output::data(format!("wrote {}\n", escaped(&args.output.display().to_string())))
        .map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

impl Bundle {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Failure> {
        let bundle: Self = serde_json::from_slice(bytes)
            .map_err(|_| Failure::user("it is neither a policy (`.yaml`) nor a bundle of Cavra's"))?;
        if bundle.cavra_bundle == FORM {
            Ok(bundle)
        } else {
            Err(Failure::user("the bundle is of another version"))
        }
    }

    /// Its parts, not yet verified.
    pub(super) fn open(self) -> Result<Fetched, Failure> {
        let mut policy = None;
        let mut others: Vec<(String, Signed)> = Vec::new();
        for Part { name, base64, signature } in self.parts {
            let bytes = STANDARD.decode(base64).map_err(|_| Failure::user("the bundle is damaged"))?;
            let part = Signed { bytes, armour: signature.into_bytes() };
            let is_known = others.iter().any(|(known, _)| *known == name);
            match NAMES.iter().position(|known| *known == name) {
                Some(0) if policy.is_none() => policy = Some(part),
                Some(1..) if !is_known => others.push((name, part)),
                _ => {
                    let shown = escaped(&name);
                    return Err(Failure::user(format!(
                        "the bundle holds `{shown}`, which no bundle does, or twice"
                    )));
                }
            }
        }
        let policy = policy.ok_or_else(|| Failure::user("the bundle holds no policy"))?;
        Ok(Fetched { policy, others })
    }
}
