//! `cavra break-glass` and `cavra pause`: for a time, what would be stopped goes through, and is attested to.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::span;
use crate::approval::local::{self, Question, Waiting};
use crate::approval::{LONGEST_LIFT, Scope, Statement, Store};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::output::{self, Paint, Style, escaped};
use crate::cli::place;
use crate::gate::{self, BREAK_GLASS_GROUP};
use crate::sys::dirs::Places;
use crate::sys::{clock, random};

/// Let everything through for a time, under your name: each is recorded as attested, and Cavra itself stays protected
#[derive(Debug, ClapArgs)]
pub(crate) struct BreakGlassArgs {
    /// For how long, 4h at most
    #[arg(long = "for", value_name = "SPAN", default_value = "1h")]
    span: String,
    #[command(flatten)]
    by: By,
}

/// Let one repository, or one seam, go without being stopped for a time
#[derive(Debug, ClapArgs)]
pub(crate) struct PauseArgs {
    /// For how long, such as 10m, 4h at most
    span: String,
    /// This seam everywhere, instead of every seam in this repository
    #[arg(long, value_name = "SEAM")]
    seam: Option<String>,
    #[command(flatten)]
    by: By,
}

#[derive(Debug, ClapArgs)]
struct By {
    /// Why: it stands in every record
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Sign with this key: a private key's file, or a public key's that the ssh-agent has
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Do not ask whether it is meant
    #[arg(long)]
    yes: bool,
}

pub(crate) fn break_glass(args: BreakGlassArgs) -> Result<Exit, Failure> {
    lift("break_glass", &args.span, Scope::Everything, args.by)
}

pub(crate) fn pause(args: PauseArgs) -> Result<Exit, Failure> {
    let scope = match args.seam {
        Some(seam) => Scope::Seam(seam),
        None => {
            let repository = place::surroundings()?.repo.ok_or_else(|| {
                Failure::user("this is no repository").hint("go into one, or name a seam: `--seam shell`")
            })?;
            Scope::Repository(repository.to_string_lossy().into_owned())
        }
    };
    lift("pause", &args.span, scope, args.by)
}

fn lift(what: &'static str, span: &str, scope: Scope, by: By) -> Result<Exit, Failure> {
    let (places, reason) = (place::places()?, by.reason.trim().to_owned());
    if reason.is_empty() || reason.len() > MOST_REASON {
        return Err(Failure::usage(format!(
            "it has a reason, of {MOST_REASON} bytes at most: `--reason TEXT`"
        )));
    }
    let span = span::seconds(span)?;
    if span > LONGEST_LIFT {
        return Err(Failure::usage("it lasts 4h at most; do it again if it takes longer"));
    }
    let store = Store::new(&places.state);
    let policies = super::policies(&places, &place::surroundings()?.cwd)?;
    let until = clock::now_seconds().saturating_add(span);
    let covers = match &scope {
        Scope::Everything => "everything on this machine".to_owned(),
        Scope::Repository(path) => format!("the repository {}", escaped(path)),
        Scope::Seam(seam) => format!("the seam {}", escaped(seam)),
    };
    output::talk(format!(
        "until {}, {covers} would go through: {}",
        clock::told(until).unwrap_or_default(),
        escaped(&reason)
    ));
    if !gate::has_signers(&policies) {
        return locally(what, &places, &store, &scope, &reason, until);
    }
    let quorums = gate::quorums(&policies, &[BREAK_GLASS_GROUP.to_owned()]).map_err(|why| {
        Failure::config(format!("nobody may do that here: {why}"))
            .hint(format!("name signers of a group `{BREAK_GLASS_GROUP}` in `approvals.groups`"))
    })?;
    super::confirmed("Is that meant?", by.yes)?;
    let statement = Statement::Lift {
        machine: store.machine().map_err(|error| super::failure(&error))?,
        scope,
        reason: reason.clone(),
        issued: clock::now_seconds(),
        until,
        nonce: random::nonce().map_err(Failure::user)?,
    };
    let grant = super::signed(&statement, &quorums, by.key.as_deref(), &places)?;
    let fingerprint = grant.signature().key().fingerprint();
    let mut answer = super::answer(what, &grant.id(), fingerprint, Some(&reason), until);
    answer.grant = grant.id();
    super::record(&places, &answer)?;
    store.add(&grant).map_err(|error| super::failure(&error))?;
    let text = format!(
        "{}: {covers} goes through until {}; `cavra deny {} --reason over` ends it\n",
        Paint::stdout().paint(Style::Bad, "lifted"),
        clock::told(until).unwrap_or_default(),
        grant.id()
    );
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

/// The longest reason, in bytes.
const MOST_REASON: usize = 1_000;

/// A lift that lasts as long as this process, and reaches nothing that is high or critical.
fn locally(
    what: &'static str,
    places: &Places,
    store: &Store,
    scope: &Scope,
    reason: &str,
    until: i64,
) -> Result<Exit, Failure> {
    let waiting = Waiting::begin(store.folder()).map_err(|error| {
        Failure::user(escaped(&error.to_string())).hint(format!(
            "do it in a terminal that you logged in to, or name signers of a group `{BREAK_GLASS_GROUP}`"
        ))
    })?;
    super::confirmed("Is that meant? It reaches nothing that is high or critical.", false)?;
    let by = format!("local: {}", super::user());
    super::record(places, &super::answer(what, "local", by, Some(reason), until))?;
    output::talk("lifted while this waits (Ctrl-C ends it)");
    while clock::now_seconds() < until {
        let answer = |question: &Question| {
            if question.is_covered_by(scope) {
                local::Answer { is_granted: true, reason: reason.to_owned(), until }
            } else {
                local::Answer::no()
            }
        };
        if let Some(Question::Lift { seam, repository }) = waiting.serve(&answer).map_err(Failure::user)? {
            output::talk(format!("let through: {} in {}", escaped(&seam), escaped(&repository)));
        }
    }
    Ok(Exit::SUCCESS)
}
