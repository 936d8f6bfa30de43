//! `cavra policy compile`: the one JSON that a policy comes to.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use crate::policy;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::{output, report};

/// Compile a policy to JSON, with what it inherits.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The policy, YAML or JSON
    #[arg(value_name = "FILE", required_unless_present = "policy_pack", conflicts_with = "policy_pack")]
    file: Option<PathBuf>,
    /// Compile this built-in pack
    #[arg(long, value_name = "NAME")]
    policy_pack: Option<String>,
    /// Lay this file over it; may be given again
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let loaded = match (&args.file, &args.policy_pack) {
        (Some(file), _) => policy::compile_file(file, &args.overlay),
        (None, Some(pack)) => policy::compile_pack(pack, &args.overlay),
        (None, None) => return Err(Failure::usage("name a file, or a pack with `--policy-pack`")),
    };
    let loaded = loaded.map_err(|error| report::policy_failure(&error))?;
    report::warnings(&loaded.warnings);
    output::data(policy::to_json(&loaded.policy)).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}
