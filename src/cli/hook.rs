//! `cavra hook`: what git runs as a hook file, and what agents call: the verdict decides whether they go on.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::FileTypeExt;

use clap::{Args as ClapArgs, Subcommand};

use crate::intercept::agent::Agent;
use crate::seam::git_hook::{self, Call};

use super::agent_hook;
use super::exit::Exit;
use super::failure::Failure;
use super::output::{self, Paint};
use super::refusal;

/// Answer as a hook; what installed hooks call.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Debug, Subcommand)]
enum Kind {
    /// A git hook, for hook managers: the event, then the arguments that git gives
    Git {
        /// The event, such as pre-commit or pre-push
        event: OsString,
        /// The hook's arguments
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
    /// A hook of an agent: its payload on stdin, the answer as that agent wants it
    Agent {
        /// The agent
        #[arg(value_parser = agents())]
        agent: Agent,
        /// The event that it is called at, as the agent spells it
        #[arg(long)]
        event: Option<String>,
    },
}

/// Reads the word for an agent.
pub(crate) fn agents() -> impl clap::builder::TypedValueParser<Value = Agent> {
    use clap::builder::TypedValueParser as _;
    let words = Agent::ALL.iter().map(|agent| agent.as_str());
    clap::builder::PossibleValuesParser::new(words)
        .try_map(|word| Agent::parse(&word).ok_or("it is no agent that Cavra knows"))
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    match args.kind {
        Kind::Git { event, args } => answer(Call { event, script: None, args }),
        Kind::Agent { agent, event } => Ok(agent_hook::run(&agent_hook::Call { agent, event })),
    }
}

/// Whether the words are those of a hook of git's, and not a question about them.
pub(crate) fn is_of_git(args: &[OsString]) -> bool {
    let is_event = |event: &OsString| !event.as_encoded_bytes().starts_with(b"-");
    args.get(2).is_some_and(|kind| kind == "git") && args.get(3).is_some_and(is_event)
}

/// Answers a hook of git's: its event, then what git gives it.
pub(crate) fn run_of_git(words: &[OsString]) -> Result<Exit, Failure> {
    match words.split_first() {
        Some((event, args)) => answer(Call { event: event.clone(), script: None, args: args.to_vec() }),
        None => Err(Failure::usage("the event is missing")),
    }
}

/// Runs as a hook file: the words after `hook-git` are the file and the hook's arguments.
pub(crate) fn run_script(words: &[OsString]) -> Result<Exit, Failure> {
    match words.split_first() {
        Some((script, args)) => answer(Call::of_script(script, args)),
        None => Err(Failure::usage("`hook-git` is what the first line of a hook file calls")
            .hint("`cavra hook git pre-commit` answers for one hook")),
    }
}

fn answer(call: Call) -> Result<Exit, Failure> {
    let input = (!is_device(io::stdin().as_fd())).then(|| io::stdin().lock());
    let judged = git_hook::judge(call, input).map_err(Failure::config)?;
    let told = judged.verdict().and_then(|verdict| {
        if verdict.effect().runs() {
            refusal::render_passing(verdict, Paint::stderr())
        } else {
            Some(refusal::render(verdict, Paint::stderr()))
        }
    });
    if let Some(text) = told {
        output::talk(text);
    }
    match judged.proceed() {
        Ok(true) => Ok(Exit::SUCCESS),
        Ok(false) => Ok(Exit::FAILURE),
        Err(error) => Err(Failure::user(output::escaped(&error.to_string()))),
    }
}

/// Whether it is a terminal, the null device or the like; also where that cannot be told.
fn is_device(input: BorrowedFd<'_>) -> bool {
    let metadata = input.try_clone_to_owned().and_then(|input| File::from(input).metadata());
    metadata.map_or(true, |metadata| metadata.file_type().is_char_device())
}
