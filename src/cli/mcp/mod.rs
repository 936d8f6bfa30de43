//! `cavra mcp`: the proxy between an MCP client and a server, and what it keeps of the tools that it saw.

mod pins;

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::fd::AsFd;

use clap::{Args as ClapArgs, Subcommand};

use crate::seam::mcp::{self, Call, Ended};

use super::exit::Exit;
use super::failure::Failure;
use super::output::{self, Paint, escaped};
use super::refusal;

/// Stand between an MCP client and a server: `cavra mcp [--server NAME] -- COMMAND…`
#[derive(Debug, ClapArgs)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// The name that policies know the server by; the command says it if left out
    #[arg(long, value_name = "NAME")]
    server: Option<String>,
    /// The client that it works for, for the record
    #[arg(long, value_name = "ID")]
    client: Option<String>,
    /// The command that starts the server
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The definitions of tools that were accepted
    Pins(pins::Args),
}

/// The words behind `cavra mcp`, without the tree of all commands; none where they are others than
/// `[--server NAME] [--client ID] -- COMMAND…`.
pub(crate) fn read(words: &[OsString]) -> Option<Args> {
    let end = words.iter().position(|word| word == "--")?;
    let command = words.get(end + 1..).filter(|command| !command.is_empty())?.to_vec();
    let mut args = Args { what: None, server: None, client: None, command };
    let mut options = words.get(..end)?.iter();
    while let Some(option) = options.next() {
        let value = options.next()?.to_str()?.to_owned();
        match option.to_str()? {
            "--server" => args.server = Some(value),
            "--client" => args.client = Some(value),
            _ => return None,
        }
    }
    Some(args)
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    if let Some(What::Pins(args)) = args.what {
        return pins::run(args);
    }
    if args.command.is_empty() {
        return Err(Failure::usage("there is no command that starts a server")
            .hint("`cavra mcp --server NAME -- npx some-server` stands before that server"));
    }
    let call = Call { server: args.server, client: args.client.unwrap_or_default(), argv: args.command };
    let own = |error: io::Error| Failure::user(format!("the pipes of this process cannot be used: {error}"));
    let input = io::stdin().as_fd().try_clone_to_owned().map(File::from).map_err(own)?;
    let output = io::stdout().as_fd().try_clone_to_owned().map(File::from).map_err(own)?;
    match mcp::serve(call, input, output) {
        Ok(Ended::Server(code)) => Ok(Exit::of_program(code)),
        Ok(Ended::Refused(verdict)) => {
            output::talk(refusal::render(&verdict, Paint::stderr()));
            Ok(Exit::FAILURE)
        }
        Err(error) => {
            output::talk(format!("error: {}\nhint: nothing was run", escaped(&error.to_string())));
            Ok(Exit::FAILURE)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_seam_are_read_by_hand_and_all_others_are_not() {
        let read = |text: &str| {
            let words: Vec<OsString> = text.split(' ').map(OsString::from).collect();
            read(&words).map(|args| (args.server, args.client, args.command.len()))
        };
        assert_eq!(read("-- npx x"), Some((None, None, 2)));
        assert_eq!(
            read("--server a --client b -- npx --server c"),
            Some((Some("a".to_owned()), Some("b".to_owned()), 3))
        );
        for words in ["", "--", "pins list", "--server -- x", "--help", "--server a", "--other a -- x"] {
            assert_eq!(read(words), None, "{words}");
        }
    }
}
