//! The command line: the only room that prints and that ends the process. One file for each command, all of one
//! shape: `Args`, what clap reads, and `run`, which does it.
//!
//! What seams call, and `evaluate`, are on the hot path: they are told apart by the first word, before the tree of
//! all commands is built.

#![forbid(unsafe_code)]

mod agent_hook;
mod agents;
mod approval;
mod audit_only;
mod check;
mod crash;
mod demo;
mod doctor;
mod evaluate;
mod evidence;
mod exec;
mod exit;
mod failure;
mod hook;
mod in_force;
mod init;
mod input;
mod install;
mod installation;
mod installed_mcp;
mod mcp;
mod multicall;
mod output;
mod parity;
mod place;
mod policy;
mod progress;
mod refusal;
mod registry;
mod report;
mod shell;
mod shims;
mod status;
mod uninstall;

use std::ffi::{OsStr, OsString};
use std::process::ExitCode;

use clap::{Args as _, FromArgMatches, Parser, Subcommand};

use self::exit::Exit;
use self::failure::Failure;

/// Before an AI agent acts on this machine, Cavra decides.
#[derive(Debug, Parser)]
#[command(name = "cavra", version = VERSION, disable_help_subcommand = true)]
struct Cavra {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Approvals(approval::list::Args),
    Approve(approval::approve::Args),
    Deny(approval::deny::Args),
    BreakGlass(approval::lift::BreakGlassArgs),
    Pause(approval::lift::PauseArgs),
    Check(check::Args),
    Demo(demo::Args),
    Doctor(doctor::Args),
    Evaluate(evaluate::Args),
    Exec(exec::Args),
    Shell(shell::Args),
    Hook(hook::Args),
    Init(init::Args),
    Install(install::Args),
    Mcp(mcp::Args),
    Parity(parity::Args),
    Policy(policy::Args),
    Registry(registry::Args),
    Status(status::Args),
    Uninstall(uninstall::Args),
    Evidence(evidence::Args),
}

/// The version, and the features that no release has.
const VERSION: &str = if cfg!(feature = "test-roots") {
    concat!(env!("CARGO_PKG_VERSION"), " (test-roots: for tests and demonstrations only)")
} else {
    env!("CARGO_PKG_VERSION")
};

/// Runs the command that `args` say (the program's own name first).
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let word = args.get(1).and_then(|word| word.to_str()).unwrap_or_default();
    crash::answer_with(crash_answer(word));
    if let Some(other) = multicall::other(&args) {
        crash::answer_with(crash::Answer::Code(Exit::OWN_FAILURE));
        return told(multicall::run(other, args.get(1..).unwrap_or_default()));
    }
    told(match word {
        "evaluate" => hot_evaluate(&args),
        "exec" => hot(&args, exec::read, exec::run),
        "shell" => hot(&args, shell::read, shell::run),
        "mcp" => hot(&args, mcp::read, mcp::run),
        "hook" if hook::is_of_git(&args) => ended(hook::run_of_git(args.get(3..).unwrap_or_default())),
        "hook-git" => ended(hook::run_script(args.get(2..).unwrap_or_default())),
        "hook" if args.get(2).is_some_and(|word| word == "agent") => hot_agent(&args),
        _ => cold(&args),
    })
}

fn told((exit, failure): Ended) -> ExitCode {
    if let Some(failure) = failure {
        output::talk(&failure);
    }
    exit.into()
}

/// What each command's host takes for a no.
fn crash_answer(word: &str) -> crash::Answer {
    match word {
        "evaluate" => crash::Answer::Decision(Exit::BLOCK),
        "check" => crash::Answer::Code(Exit::BLOCK),
        "exec" | "shell" => crash::Answer::Code(Exit::OWN_FAILURE),
        _ => crash::Answer::Code(Exit::FAILURE),
    }
}

type Ended = (Exit, Option<Failure>);

/// Builds the words of this one command, and no others.
fn hot_evaluate(args: &[OsString]) -> Ended {
    let words =
        std::iter::once(OsStr::new("cavra evaluate")).chain(args.iter().skip(2).map(OsString::as_os_str));
    let command = evaluate::Args::augment_args(clap::Command::new("cavra evaluate"));
    let parsed =
        command.try_get_matches_from(words).and_then(|matches| evaluate::Args::from_arg_matches(&matches));
    match parsed {
        Ok(args) => ended(evaluate::run(args)),
        Err(error) => (usage(&error), None),
    }
}

/// Reads the few words of a seam by hand; help, and words that do not fit, are for the tree of all commands. A
/// program's own exit codes leave no room for that of usage.
fn hot<A>(
    args: &[OsString],
    read: impl Fn(&[OsString]) -> Option<A>,
    run: impl Fn(A) -> Result<Exit, Failure>,
) -> Ended {
    match args.get(2..).and_then(read) {
        Some(args) => ended(run(args)),
        None => match cold(args) {
            (Exit::USAGE, failure) => (Exit::OWN_FAILURE, failure),
            ended => ended,
        },
    }
}

/// Words that do not fit are a no that most hosts obey.
fn hot_agent(args: &[OsString]) -> Ended {
    match args.get(3..).and_then(agent_hook::read) {
        Some(call) => (agent_hook::run(&call), None),
        None => cold(args),
    }
}

fn cold(args: &[OsString]) -> Ended {
    match Cavra::try_parse_from(args) {
        Ok(parsed) => ended(dispatch(parsed.command)),
        Err(error) => (usage(&error), None),
    }
}

fn ended(result: Result<Exit, Failure>) -> Ended {
    match result {
        Ok(exit) => (exit, None),
        Err(failure) => (failure.exit(), Some(failure)),
    }
}

fn dispatch(command: Command) -> Result<Exit, Failure> {
    match command {
        Command::Approvals(args) => approval::list::run(args),
        Command::Approve(args) => approval::approve::run(args),
        Command::Deny(args) => approval::deny::run(args),
        Command::BreakGlass(args) => approval::lift::break_glass(args),
        Command::Pause(args) => approval::lift::pause(args),
        Command::Check(args) => check::run(args),
        Command::Demo(args) => demo::run(args),
        Command::Doctor(args) => doctor::run(args),
        Command::Evaluate(args) => evaluate::run(args),
        Command::Exec(args) => exec::run(args),
        Command::Shell(args) => shell::run(args),
        Command::Hook(args) => hook::run(args),
        Command::Init(args) => init::run(args),
        Command::Install(args) => install::run(args),
        Command::Mcp(args) => mcp::run(args),
        Command::Parity(args) => parity::run(args),
        Command::Policy(args) => policy::run(args),
        Command::Registry(args) => registry::run(args),
        Command::Status(args) => status::run(args),
        Command::Uninstall(args) => uninstall::run(args),
        Command::Evidence(args) => evidence::run(args),
    }
}

/// Help and version are data that was asked for; everything else is talk.
fn usage(error: &clap::Error) -> Exit {
    if error.use_stderr() {
        output::talk(error.render().to_string().trim_end());
        Exit::USAGE
    } else {
        match output::data(error.render()) {
            Ok(()) => Exit::SUCCESS,
            Err(_) => Exit::FAILURE,
        }
    }
}
