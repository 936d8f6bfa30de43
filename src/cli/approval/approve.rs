//! `cavra approve`: a person lets something happen.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::span;
use crate::approval::local::{self, Question, Waiting};
use crate::approval::{Ask, Grant, LONGEST_TTL, Quorum, Statement, Store, Uses};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::output::{self, escaped};
use crate::cli::place;
use crate::gate;
use crate::policy::CompiledPolicy;
use crate::sys::dirs::Places;
use crate::sys::{clock, files, random};

/// Approve what an agent was asked to have approved: this very action, once, for a day at most
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Its id, or the start of it, or the line that `cavra approvals show --line` printed elsewhere
    #[arg(required_unless_present = "import")]
    id: Option<String>,
    /// So many times, instead of once
    #[arg(long, value_name = "N", conflicts_with_all = ["until", "session"], value_parser = clap::value_parser!(u32).range(1..=1000))]
    uses: Option<u32>,
    /// Any number of times until then: a time, or a span such as 2h
    #[arg(long, value_name = "TIME", conflicts_with = "session")]
    until: Option<String>,
    /// Any number of times in the same session
    #[arg(long)]
    session: bool,
    /// Sign with this key: a private key's file, or a public key's that the ssh-agent has
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Do not ask whether it is meant
    #[arg(long)]
    yes: bool,
    /// Print the grant as one line, for another machine, instead of keeping it here
    #[arg(long)]
    export: bool,
    /// Keep grants that were made elsewhere: a line, a file, or `-` for stdin
    #[arg(long, value_name = "LINE|FILE", conflicts_with_all = ["id", "uses", "until", "session", "key", "export"])]
    import: Option<String>,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let places = place::places()?;
    let store = Store::new(&places.state);
    if let Some(from) = &args.import {
        return import(&places, &store, from);
    }
    let id = args.id.as_deref().unwrap_or_default();
    let (ask, is_from_here) = match Ask::from_line(id) {
        Some(ask) => (ask.map_err(Failure::user)?, false),
        None => (super::pending(&store, id)?.ask, true),
    };
    output::talk(super::shown(&ask));
    let policies = if is_from_here { super::policies(&places, Path::new(&ask.cwd))? } else { Vec::new() };
    if is_from_here && !gate::has_signers(&policies) {
        return locally(&places, &store, &ask, &args);
    }
    let quorums = if is_from_here { quorums(&ask, &policies)? } else { Vec::new() };
    let now = clock::now_seconds();
    let longest = if is_from_here { gate::longest(&policies) } else { LONGEST_TTL };
    let (uses, until) = terms(&args, now, longest)?;
    let statement = Statement::Approval {
        ask: ask.digest(),
        uses,
        issued: now,
        until,
        nonce: random::nonce().map_err(Failure::user)?,
    };
    super::confirmed("Is this to happen?", args.yes)?;
    if !is_from_here && args.key.is_none() {
        return Err(Failure::usage(
            "what was asked elsewhere is signed with a key that you name: `--key FILE`",
        ));
    }
    let grant = super::signed(&statement, &quorums, args.key.as_deref(), &places)?;
    keep(&places, &store, &ask, &grant, args.export)?;
    Ok(Exit::SUCCESS)
}

/// Approves once, with a key at hand.
pub(super) fn sign_once(
    places: &Places,
    store: &Store,
    ask: &Ask,
    policies: &[CompiledPolicy],
) -> Result<(), Failure> {
    let (quorums, now) = (quorums(ask, policies)?, clock::now_seconds());
    let statement = Statement::Approval {
        ask: ask.digest(),
        uses: Uses::Times(1),
        issued: now,
        until: now.saturating_add(gate::longest(policies)),
        nonce: random::nonce().map_err(Failure::user)?,
    };
    keep(places, store, ask, &super::signed(&statement, &quorums, None, places)?, false)
}

/// What each group that is asked wants.
fn quorums(ask: &Ask, policies: &[CompiledPolicy]) -> Result<Vec<Quorum>, Failure> {
    gate::quorums(policies, &ask.groups)
        .map_err(|reason| Failure::config(format!("it cannot be approved: {reason}")))
}

fn terms(args: &Args, now: i64, longest: i64) -> Result<(Uses, i64), Failure> {
    let end = now.saturating_add(longest);
    match (&args.until, args.uses) {
        (Some(until), _) => {
            let until = span::moment(until)?;
            if until <= now || until > end {
                return Err(Failure::usage(format!(
                    "an approval here ends after now, and by {}",
                    clock::told(end).unwrap_or_default()
                )));
            }
            Ok((Uses::UntilItEnds, until))
        }
        (None, _) if args.session => Ok((Uses::UntilItEnds, end)),
        (None, uses) => Ok((Uses::Times(uses.unwrap_or(1)), end)),
    }
}

fn keep(places: &Places, store: &Store, ask: &Ask, grant: &Grant, export: bool) -> Result<(), Failure> {
    let by = grant.signature().key().fingerprint();
    let (_, until) = grant.statement().times();
    let what = if export { "export" } else { "approve" };
    let mut answer = super::answer(what, &ask.id(), by, None, until);
    answer.grant = grant.id();
    super::record(places, &answer)?;
    if export {
        return output::data(grant.to_line() + "\n").map_err(Failure::user);
    }
    store.add(grant).map_err(|error| super::failure(&error))?;
    let end = clock::told(until).unwrap_or_default();
    output::data(format!("approved {} ({}), until {end}: it may be done again now\n", ask.id(), grant.id()))
        .map_err(Failure::user)
}

/// An answer on this terminal, which lasts as long as this process.
fn locally(places: &Places, store: &Store, ask: &Ask, args: &Args) -> Result<Exit, Failure> {
    let is_more =
        args.uses.is_some() || args.until.is_some() || args.session || args.export || args.key.is_some();
    if is_more {
        return Err(Failure::usage(
            "the policy names no signers, so an answer counts once, here, while this waits",
        )
        .hint("name signers in `approvals.groups` for approvals that last"));
    }
    if ask.severity > local::GRAVEST {
        return Err(Failure::config(format!(
            "its severity is {}, and the policy names no signers who could approve that",
            ask.severity.as_str()
        ))
        .hint("name signers in `approvals.groups`: lines as in OpenSSH's allowed_signers"));
    }
    let waiting = Waiting::begin(store.folder()).map_err(|error| {
        Failure::user(escaped(&error.to_string()))
            .hint("answer in a terminal that you logged in to, or name signers in `approvals.groups`")
    })?;
    super::confirmed("Is this to happen, once?", false)?;
    let end =
        clock::now_seconds().saturating_add(gate::longest(&super::policies(places, Path::new(&ask.cwd))?));
    super::record(
        places,
        &super::answer("approve", &ask.id(), format!("local: {}", super::user()), None, end),
    )?;
    output::talk("granted once, while this waits: have it done again now (Ctrl-C takes it back)");
    let digest = ask.digest();
    while clock::now_seconds() < end {
        let answer = |question: &Question| match question {
            Question::Approval { ask } if *ask == digest => {
                local::Answer { is_granted: true, reason: String::new(), until: end }
            }
            Question::Approval { .. } | Question::Lift { .. } => local::Answer::no(),
        };
        if waiting.serve(&answer).map_err(Failure::user)?.is_some() {
            output::data(format!("used {}\n", ask.id())).map_err(Failure::user)?;
            return Ok(Exit::SUCCESS);
        }
    }
    Err(Failure::user("nobody asked for it in time"))
}

/// The most bytes that are imported at once.
const MOST_IMPORTED: u64 = 4 << 20;

fn import(places: &Places, store: &Store, from: &str) -> Result<Exit, Failure> {
    let text = if from == "-" {
        let stdin = std::io::stdin().lock();
        read(stdin)?
    } else if from.trim_start().starts_with("cavra-grant-1:") {
        from.to_owned()
    } else {
        let bytes = files::read(Path::new(from), MOST_IMPORTED)
            .map_err(|error| Failure::user(escaped(&error.to_string())))?;
        String::from_utf8(bytes).map_err(Failure::user)?
    };
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return Err(Failure::user("there is no grant in it"));
    }
    let grants: Result<Vec<Grant>, Failure> = lines
        .iter()
        .map(|line| Grant::from_line(line).map_err(|error| Failure::user(escaped(&error.to_string()))))
        .collect();
    for grant in grants? {
        let (id, until) = match grant.statement() {
            Statement::Approval { ask, until, .. } => {
                (format!("apr_{}", ask.get(..16).unwrap_or_default()), *until)
            }
            Statement::Lift { until, .. } => (grant.id(), *until),
        };
        let by = grant.signature().key().fingerprint();
        let mut answer = super::answer("import", &id, by.clone(), None, until);
        answer.grant = grant.id();
        super::record(places, &answer)?;
        store.add(&grant).map_err(|error| super::failure(&error))?;
        let text = format!(
            "kept {} for {}, signed by {by}: it counts if that key may approve it\n",
            grant.id(),
            escaped(&id)
        );
        output::data(text).map_err(Failure::user)?;
    }
    Ok(Exit::SUCCESS)
}

fn read(from: impl Read) -> Result<String, Failure> {
    let bytes = files::read_bounded(from, MOST_IMPORTED, 4_096).map_err(Failure::user)?;
    let bytes = bytes.ok_or_else(|| Failure::user("that is more than grants are"))?;
    String::from_utf8(bytes).map_err(Failure::user)
}
