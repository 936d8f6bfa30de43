//! `cavra policy`: write, check, compile, try out and look at policies.

mod bundle;
mod cases;
mod compile;
mod controls;
mod deviations;
mod diff;
mod effects;
mod explain;
mod init;
mod judge;
mod list;
mod pull;
mod questions;
mod schema;
mod show;
mod sign;
mod simulate;
mod source;
mod sources;
mod suggest;
mod test;
mod validate;

use clap::{Args as ClapArgs, Subcommand};

pub(crate) use simulate::brief as simulated;

use super::exit::Exit;
use super::failure::Failure;

/// Write, check, compile, try out and look at policies.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    Validate(validate::Args),
    Compile(compile::Args),
    Show(show::Args),
    List(list::Args),
    Deviations(deviations::Args),
    Effects(effects::Args),
    Explain(explain::Args),
    Controls(controls::Args),
    Schema(schema::Args),
    Test(test::Args),
    Diff(diff::Args),
    Simulate(simulate::Args),
    Suggest(suggest::Args),
    Sign(sign::SignArgs),
    Verify(sign::VerifyArgs),
    Pull(pull::Args),
    Bundle(bundle::Args),
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    match args.command {
        Command::Init(args) => init::run(args),
        Command::Validate(args) => validate::run(args),
        Command::Compile(args) => compile::run(args),
        Command::Show(args) => show::run(args),
        Command::List(args) => list::run(args),
        Command::Deviations(args) => deviations::run(args),
        Command::Effects(args) => effects::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Controls(args) => controls::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Test(args) => test::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Simulate(args) => simulate::run(args),
        Command::Suggest(args) => suggest::run(args),
        Command::Sign(args) => sign::sign(args),
        Command::Verify(args) => sign::verify(args),
        Command::Pull(args) => pull::run(args),
        Command::Bundle(args) => bundle::run(args),
    }
}
