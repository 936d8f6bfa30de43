//! `cavra policy list`: the packs that are built in.

use clap::Args as ClapArgs;
use serde::Serialize;

use crate::policy;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output;

/// List the built-in packs.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Print them as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Pack {
    name: &'static str,
    title: &'static str,
    is_default: bool,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let packs: Vec<Pack> = policy::packs()
        .iter()
        .map(|pack| Pack {
            name: pack.name,
            title: pack.title,
            is_default: pack.name == policy::DEFAULT_PACK,
        })
        .collect();
    let text = if args.json {
        serde_json::to_string_pretty(&packs).map_err(Failure::internal)? + "\n"
    } else {
        let widest = packs.iter().map(|pack| pack.name.len()).max().unwrap_or_default();
        let lines = packs.iter().map(|pack| {
            let default = if pack.is_default { " (in force where there is no other policy)" } else { "" };
            format!("{:widest$}  {}{default}\n", pack.name, pack.title)
        });
        lines.collect()
    };
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}
