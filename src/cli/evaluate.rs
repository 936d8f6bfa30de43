//! `cavra evaluate`: requests as JSON in, decisions as JSON out.
//!
//! Whoever reads only stdout gets a decision in every case: a request that cannot be read is answered `block`,
//! by rule `request.malformed`, and told on stderr.

use std::io::{self, BufReader, Write};
use std::path::PathBuf;

use clap::Args as ClapArgs;

use crate::contract::{Decision, Effect, Request, RuleId, SCHEMA};
use crate::gate::{self, BreakGlass, Gate};
use crate::intercept::{self, Surroundings};
use crate::policy::{self, CompiledPolicy, DEFAULT_LABEL, Registry};

use super::exit::Exit;
use super::failure::Failure;
use super::input::{self, LIMIT, Line, Lines};
use super::{output, place, report};

/// Answer requests: one as JSON on stdin, or one on each line.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Evaluate under this policy, authored or compiled, instead of those in force here
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Use this MCP trust registry
    #[arg(long, value_name = "FILE")]
    registry: Option<PathBuf>,
    /// Read the request from this file instead of stdin
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// Answer exactly as the tables of the contract say, without Cavra's deviations
    #[arg(long)]
    parity: bool,
    /// One request on each line, one decision on each line
    #[arg(long)]
    jsonl: bool,
    /// Exit with 10 if the answer asks, and with 20 if it blocks (the strictest of all lines)
    #[arg(long)]
    exit_code: bool,
    /// Record the decision as evidence
    #[arg(long, conflicts_with = "parity")]
    record: bool,
    /// Who answers for it, under mode `break_glass`
    #[arg(long, value_name = "NAME", requires = "reason", conflicts_with = "parity")]
    actor: Option<String>,
    /// Why, under mode `break_glass`
    #[arg(long, value_name = "TEXT", requires = "actor")]
    reason: Option<String>,
    /// Print the JSON Schema of requests and decisions
    #[arg(long, exclusive = true)]
    schema: bool,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    if args.schema {
        output::data(SCHEMA).map_err(Failure::user)?;
        return Ok(Exit::SUCCESS);
    }
    let answerer = Answerer::new(&args)?;
    let told = if args.jsonl {
        stream(&answerer, args.input.as_deref())?
    } else {
        let answer = match input::read_all(args.input.as_deref()) {
            Ok(bytes) => answerer.answer(&bytes),
            Err(failure) => Answer::malformed(&failure.to_string().replacen("error: ", "", 1)),
        };
        if answer.is_malformed {
            output::talk(format_args!("error: {}", output::escaped(&answer.decision.reason)));
        }
        let mut line = Vec::new();
        answer.write(&mut line)?;
        output::bytes(&line).map_err(Failure::user)?;
        Told { strictest: answer.decision.decision, malformed: answer.is_malformed }
    };
    Ok(match (args.exit_code, told.malformed) {
        (true, _) => Exit::of(told.strictest),
        (false, true) => Exit::FAILURE,
        (false, false) => Exit::SUCCESS,
    })
}

/// What came of the whole input.
struct Told {
    strictest: Effect,
    malformed: bool,
}

fn stream(answerer: &Answerer, file: Option<&std::path::Path>) -> Result<Told, Failure> {
    let input: Box<dyn io::Read> = match file.filter(|file| *file != std::path::Path::new("-")) {
        Some(file) => Box::new(std::fs::File::open(file).map_err(|error| {
            Failure::user(format!("`{}`: {error}", output::escaped(&file.display().to_string())))
        })?),
        None => Box::new(io::stdin().lock()),
    };
    let mut lines = Lines::new(BufReader::with_capacity(1 << 16, input));
    let mut stdout = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut told = Told { strictest: Effect::Allow, malformed: false };
    let mut number = 0_u64;
    let mut out = Vec::with_capacity(1 << 10);
    loop {
        // What is answered is sent before waiting for more, so that a conversation goes on.
        if !lines.has_more_at_hand(|reader| !reader.buffer().is_empty()) && !sent(stdout.flush())? {
            return Ok(told);
        }
        let answer = match lines
            .next()
            .map_err(|error| Failure::user(format!("the input cannot be read: {error}")))?
        {
            None => break,
            Some(Line::Whole(line)) if line.iter().all(u8::is_ascii_whitespace) => {
                number += 1;
                continue;
            }
            Some(Line::Whole(line)) => answerer.answer(line),
            Some(Line::TooLong) => Answer::malformed(&format!("the request is larger than {LIMIT} bytes")),
        };
        number += 1;
        if answer.is_malformed {
            told.malformed = true;
            output::talk(format_args!("error: line {number}: {}", output::escaped(&answer.decision.reason)));
        }
        told.strictest = told.strictest.max(answer.decision.decision);
        out.clear();
        answer.write(&mut out)?;
        if !sent(stdout.write_all(&out))? {
            return Ok(told);
        }
    }
    sent(stdout.flush())?;
    Ok(told)
}

/// Whether somebody still reads; a reader that has gone away is no error.
fn sent(result: io::Result<()>) -> Result<bool, Failure> {
    match result {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::user(format!("stdout cannot be written: {error}"))),
    }
}

/// How requests are answered.
enum Answerer {
    Parity { policy: Box<CompiledPolicy>, registry: Option<Registry> },
    Default { gate: Box<Gate>, surroundings: Surroundings, record: bool },
}

impl Answerer {
    fn new(args: &Args) -> Result<Self, Failure> {
        if args.parity {
            let policy = match &args.policy {
                Some(file) => place::load_policy(file)?,
                None => policy::load_pack(DEFAULT_LABEL).map_err(|error| report::policy_failure(&error))?,
            };
            let registry = args.registry.as_deref().map(place::load_registry).transpose()?;
            return Ok(Self::Parity { policy: Box::new(policy), registry });
        }
        let surroundings = place::surroundings()?;
        let mut gate = place::gate(args.policy.as_deref(), args.registry.as_deref(), &surroundings)?;
        if let (Some(actor), Some(reason)) = (&args.actor, &args.reason) {
            let break_glass = BreakGlass::new(actor, reason)
                .ok_or_else(|| Failure::usage("`--actor` and `--reason` may not be blank"))?;
            gate = gate.answered_for_by(break_glass);
        }
        Ok(Self::Default { gate: Box::new(gate), surroundings, record: args.record })
    }

    fn answer(&self, bytes: &[u8]) -> Answer {
        let request: Request = match serde_json::from_slice(bytes) {
            Ok(request) => request,
            Err(error) => return Answer::malformed(&format!("the request is malformed: {error}")),
        };
        let decision = match self {
            Self::Parity { policy, registry } => gate::parity(&request, policy, registry.as_ref()),
            Self::Default { gate, surroundings, record } => {
                let event = intercept::request(request, surroundings);
                if *record {
                    gate.decide(event).opinion().decision.clone()
                } else {
                    gate.consult(event).decision
                }
            }
        };
        let is_malformed = decision.rule_id == RuleId::RequestMalformed;
        Answer { decision, is_malformed }
    }
}

/// One answer.
struct Answer {
    decision: Decision,
    is_malformed: bool,
}

impl Answer {
    fn malformed(reason: &str) -> Self {
        Self { decision: gate::malformed(reason), is_malformed: true }
    }

    fn write(&self, out: &mut Vec<u8>) -> Result<(), Failure> {
        serde_json::to_writer(&mut *out, &self.decision).map_err(Failure::internal)?;
        out.push(b'\n');
        Ok(())
    }
}
