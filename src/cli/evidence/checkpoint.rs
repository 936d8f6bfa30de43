//! `cavra evidence checkpoint`: the head of the chain, signed, to be kept elsewhere.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::output::{self, escaped};
use crate::evidence::{Checkpoint, Limits, Log, NAMESPACE};
use crate::sys::{clock, ssh};

use super::{folder, unreadable};

/// Print the head of the chain, signed: kept elsewhere, it proves later that nothing before it was changed
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Sign with this key: a private key's file, or a public key's whose other half an agent or a token has; else
    /// with the key file beside the log, which is made at first use
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Append it to the log too, as a seal
    #[arg(long)]
    seal: bool,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let log = Log::new(folder()?, Limits::default());
    let checkpoint = match &args.key {
        None => log.checkpoint_by_key_file().map_err(unreadable)?,
        Some(key) => match log.head().map_err(unreadable)? {
            None => None,
            Some(head) => {
                let time = clock::now();
                let message = Checkpoint::message(head.sequence, &head.hash, &time);
                let signature = ssh::sign(&message, NAMESPACE, key)
                    .map_err(|error| Failure::user(escaped(&error.to_string())))?;
                Some(Checkpoint::signed(head.sequence, head.hash, time, signature))
            }
        },
    };
    let Some(checkpoint) = checkpoint else {
        return Err(Failure::user("there is no record yet that a checkpoint could name"));
    };
    let text = serde_json::to_string(&checkpoint).map_err(Failure::internal)?;
    output::data(format_args!("{text}\n")).map_err(Failure::user)?;
    if args.seal && log.seal(&checkpoint).map_err(unreadable)?.is_none() {
        output::talk("not sealed: another record was appended meanwhile; the checkpoint holds all the same");
    }
    Ok(Exit::SUCCESS)
}
