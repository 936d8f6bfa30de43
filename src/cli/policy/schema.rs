//! `cavra policy schema`: the policy language as a JSON Schema.

use clap::Args as ClapArgs;

use crate::policy;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output;

/// Print the JSON Schema of policies, for editors.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {}

pub(crate) fn run(_args: Args) -> Result<Exit, Failure> {
    let text = serde_json::to_string_pretty(&policy::schema()).map_err(Failure::internal)?;
    output::data(format_args!("{text}\n")).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}
