//! `cavra shell`: run the text of a shell, if it is allowed.

use std::ffi::OsString;

use clap::Args as ClapArgs;

use crate::seam::shell;

use super::exec;
use super::exit::Exit;
use super::failure::Failure;

/// Run a shell string, if all that it would run is allowed; exit codes are as for `exec`
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The text
    #[arg(short = 'c', required = true, allow_hyphen_values = true)]
    text: OsString,
    /// Read the profile of a login shell first
    #[arg(short = 'l')]
    login: bool,
    /// `$0`, `$1` and on
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "NAME ARG")]
    operands: Vec<OsString>,
}

/// The words behind `cavra shell`, without the tree of all commands; none where they are others than
/// `-c TEXT` or `-lc TEXT`.
pub(crate) fn read(words: &[OsString]) -> Option<Args> {
    let (options, rest) = words.split_first()?;
    let login = match options.to_str()? {
        "-c" => false,
        "-lc" => true,
        _ => return None,
    };
    let (text, operands) = rest.split_first()?;
    Some(Args { text: text.clone(), login, operands: operands.to_vec() })
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let options = OsString::from(if args.login { "-lc" } else { "-c" });
    exec::end(shell::shell(&options, args.text, args.operands))
}
