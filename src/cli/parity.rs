//! `cavra parity`: does another implementation of the contract answer as the contract says?
//!
//! Each case goes to a fresh process of the other program: one request as JSON on its stdin, one decision as JSON
//! on its stdout. Whatever it does, it does within a time and a size; whatever it does that is no decision is a
//! difference that says so.

mod cases;
mod command;
mod compare;
mod progress;
mod table;

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args as ClapArgs;

use crate::sys::scratch::Scratch;
use crate::sys::trial::{self, Bounds};

use self::cases::{Case, Material};
use self::command::Template;
use self::compare::{Difference, compare};
use self::progress::Progress;
use super::exit::Exit;
use super::failure::Failure;
use super::output;

/// Compare another implementation of the contract with its cases.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
CMD reads one request on stdin and prints one decision on stdout. It is split into words, and run without a shell.
In its words, `{policy}` and `{registry}` stand for files with the policy and the registry of the case; a group in
square brackets that holds one of them is left out where the case has none:

  cavra parity --against 'other evaluate --policy {policy} [--registry {registry}]'

The exit code is 1 if anything differs. Fields that a case does not expect are not compared.")]
pub(crate) struct Args {
    /// The other implementation, with its arguments
    #[arg(long, value_name = "CMD")]
    against: String,
    /// Cases of your own, as one JSON object with `cases` or one case on each line, instead of the built-in ones
    #[arg(long, value_name = "FILE")]
    cases: Option<PathBuf>,
    /// How long the other implementation may take for a case
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
    /// Print what differs as JSON
    #[arg(long)]
    json: bool,
}

/// The most bytes that the other implementation may print for one case: 1 MiB.
const MOST_OUTPUT: u64 = 1 << 20;

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let template = Template::parse(&args.against)?;
    let cases = match &args.cases {
        Some(file) => cases::read(file)?,
        None => cases::built_in()?,
    };
    let bounds = Bounds { time: Duration::from_secs(args.timeout), output: MOST_OUTPUT };
    let bench = Bench::new(template, bounds)?;
    let mut progress = Progress::new(cases.len());
    let mut differences = Vec::new();
    for (place, case) in cases.iter().enumerate() {
        progress.at(place);
        differences.extend(bench.difference(case)?);
    }
    progress.end();
    let text = if args.json {
        format!("{}\n", table::json(&differences, cases.len()))
    } else {
        table::text(&differences, cases.len(), output::Paint::stdout())
    };
    output::data(text).map_err(Failure::user)?;
    Ok(if differences.is_empty() { Exit::SUCCESS } else { Exit::FAILURE })
}

/// Where the other implementation is tried.
struct Bench {
    template: Template,
    bounds: Bounds,
    folder: Scratch,
}

impl Bench {
    fn new(template: Template, bounds: Bounds) -> Result<Self, Failure> {
        let folder = Scratch::make("cavra-parity-")
            .map_err(|error| Failure::user(format!("no folder can be made for temporary files: {error}")))?;
        Ok(Self { template, bounds, folder })
    }

    fn difference(&self, case: &Case) -> Result<Option<Difference>, Failure> {
        let policy = case.policy.as_deref().map(|material| self.lay_out(material)).transpose()?;
        let registry = case.registry.as_deref().map(|material| self.lay_out(material)).transpose()?;
        let (program, args) =
            self.template.fill(policy.as_deref(), registry.as_deref()).map_err(|missing| {
                Failure::usage(format!(
                    "case `{}` has no {missing} for `{{{missing}}}`",
                    output::escaped(&case.name)
                ))
                .hint(format!("put the words that need it in brackets: `[--{missing} {{{missing}}}]`"))
            })?;
        let mut input = case.request.to_string().into_bytes();
        input.push(b'\n');
        let tried = trial::run(Path::new(&program), &args, input, self.bounds);
        Ok(compare(case, tried))
    }

    /// The file that holds this policy or registry, written when it is first needed.
    fn lay_out(&self, material: &Material) -> Result<String, Failure> {
        let file = self.folder.path().join(&material.name);
        if !file.exists() {
            std::fs::write(&file, &material.bytes).map_err(|error| {
                Failure::user(format!(
                    "`{}` cannot be written: {error}",
                    output::escaped(&file.display().to_string())
                ))
            })?;
        }
        match file.to_str() {
            Some(text) => Ok(text.to_owned()),
            None => Err(Failure::user("the folder for temporary files has a name that is not UTF-8")
                .hint("set TMPDIR to another folder")),
        }
    }
}
