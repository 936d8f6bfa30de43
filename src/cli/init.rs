//! `cavra init`: the script that has an interactive shell ask before each command.

use clap::{Args as ClapArgs, ValueEnum};

use super::exit::Exit;
use super::failure::Failure;
use super::install::own_binary;
use super::output;

/// Print the script that has an interactive shell ask before each command
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// The shells that there is a script for.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shell {
    /// bash, from 4.4 on
    Bash,
    /// zsh
    Zsh,
    /// fish, from 3.1 on
    Fish,
}

impl Shell {
    fn script(self) -> &'static str {
        match self {
            Self::Bash => include_str!("../../hooks/shell/cavra.bash"),
            Self::Zsh => include_str!("../../hooks/shell/cavra.zsh"),
            Self::Fish => include_str!("../../hooks/shell/cavra.fish"),
        }
    }
}

/// The path that stands in a script for that of the binary.
const BINARY: &str = "/usr/local/bin/cavra";

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let binary = own_binary()?;
    let Some(binary) = binary.to_str() else {
        return Err(Failure::user("the path of this binary is not in UTF-8, and no script could name it"));
    };
    let quoted = shell_words::quote(binary);
    output::data(args.shell.script().replace(BINARY, &quoted)).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}
