//! `cavra evidence send`: what a receiver has not acknowledged yet, and what comes.
//!
//! This is the one command of Cavra's that speaks to a network, and only to the receiver that it is given. It decides
//! nothing, and nothing that decides waits for it.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use clap::Args as ClapArgs;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::input;
use crate::cli::output::{self, escaped, plural};
use crate::evidence::ship::{self, Collector, Pace, Position, PositionName, ShipError, Sink, Syslog};
use crate::sys::digest::sha256;
use crate::sys::net::{Address, Client, NetError, Trust};
use crate::sys::{clock, process};

use super::folder;

/// How often it is looked whether there is more.
const PAUSE: Duration = Duration::from_secs(1);

/// Send records to a collector or a syslog server, each at least once
#[derive(Debug, ClapArgs)]
#[command(group = clap::ArgGroup::new("to").required(true))]
pub(crate) struct Args {
    /// To a collector, by OTLP over HTTP: `https://HOST/v1/logs`
    #[arg(long, value_name = "URL", group = "to")]
    otlp: Option<String>,
    /// To a syslog server, by RFC 5424 over TLS: `HOST[:PORT]`
    #[arg(long, value_name = "HOST", group = "to")]
    syslog: Option<String>,
    /// Only tell how far each receiver is
    #[arg(long, group = "to")]
    list: bool,
    /// Keep sending what comes
    #[arg(short, long)]
    follow: bool,
    /// The receiver's name for how far it is; else one of its address
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Trust the authorities in this file (PEM) instead of the machine's
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// Show this certificate (PEM)
    #[arg(long, value_name = "FILE", requires = "key")]
    cert: Option<PathBuf>,
    /// The certificate's key (PEM)
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,
    /// Headers for a collector, a `Name: value` on each line, such as an `Authorization`
    #[arg(long, value_name = "FILE", conflicts_with = "syslog")]
    headers: Option<PathBuf>,
    /// Give up when a batch was not taken for so many seconds; with `--follow` never
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    give_up_after: u64,
    /// Begin at this record, and pass over those before it that were never acknowledged
    #[arg(long, value_name = "SEQUENCE", value_parser = clap::value_parser!(u64).range(1..))]
    from: Option<u64>,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let folder = folder()?;
    if args.list {
        return list(&folder);
    }
    let trust = || -> Result<Trust, NetError> {
        let trust = Trust::load(args.ca.as_deref())?;
        match (&args.cert, &args.key) {
            (Some(cert), Some(key)) => trust.with_own(cert, key),
            _ => Ok(trust),
        }
    };
    let (receiver, mut sink): (String, Box<dyn Sink>) = match (&args.otlp, &args.syslog) {
        (Some(url), _) => {
            let headers = args.headers.as_deref().map(headers).transpose()?.unwrap_or_default();
            let is_plain = url.starts_with("http://");
            let trust = if is_plain { None } else { Some(trust().map_err(unusable)?) };
            let client = Client::new(url, trust.as_ref(), headers).map_err(unusable)?;
            (url.split(['?', '#']).next().unwrap_or_default().to_owned(), Box::new(Collector::new(client)))
        }
        (None, Some(host)) => {
            let address = Address::parse(host, Syslog::PORT).map_err(unusable)?;
            let receiver = format!("syslog://{}:{}", address.host, address.port);
            (receiver, Box::new(Syslog::new(address, trust().map_err(unusable)?, process::host_name())))
        }
        (None, None) => return Err(Failure::usage("name a receiver: `--otlp URL` or `--syslog HOST`")),
    };
    let digest = sha256(receiver.as_bytes());
    let name = args.name.clone().unwrap_or_else(|| digest.chars().take(12).collect());
    let name = PositionName::parse(&name).map_err(|error| Failure::usage(escaped(&error.to_string())))?;
    let mut position = Position::take(&folder, name, &receiver).map_err(failed)?;
    if let Some(from) = args.from {
        position.begin_after(from - 1).map_err(failed)?;
    }
    let patience = (!args.follow).then(|| i64::try_from(args.give_up_after).unwrap_or(i64::MAX));
    let mut pace = Waiting { follows: args.follow, patience, since: None, told: String::new() };
    let delivered = ship::deliver(&folder, &mut position, sink.as_mut(), &mut pace).map_err(failed)?;
    output::talk(format_args!(
        "{} acknowledged by {} (`{}`), up to record {}",
        plural(delivered.records, "record"),
        escaped(&receiver),
        position.name(),
        position.sequence()
    ));
    Ok(Exit::SUCCESS)
}

fn list(folder: &Path) -> Result<Exit, Failure> {
    let mut text = String::new();
    for (name, sequence, receiver, time) in ship::positions(folder).map_err(failed)? {
        text.push_str(&format!(
            "{name}: up to record {sequence}, since {}, {}\n",
            escaped(&time),
            escaped(&receiver)
        ));
    }
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

/// Waits as the clock goes.
struct Waiting {
    follows: bool,
    /// How many seconds a batch may go unacknowledged.
    patience: Option<i64>,
    since: Option<i64>,
    told: String,
}

impl Pace for Waiting {
    fn wait_after(&mut self, fault: &str, pause: Duration) -> bool {
        if self.told != fault {
            output::talk(format_args!("not acknowledged, and tried again: {}", escaped(fault)));
            fault.clone_into(&mut self.told);
        }
        let now = clock::now_seconds();
        let since = *self.since.get_or_insert(now);
        if self.patience.is_some_and(|patience| now.saturating_sub(since) >= patience) {
            return false;
        }
        thread::sleep(pause);
        true
    }

    fn acknowledged(&mut self) {
        self.since = None;
        if !std::mem::take(&mut self.told).is_empty() {
            output::talk("the receiver takes records again");
        }
    }

    fn wait_for_more(&mut self) -> bool {
        if self.follows {
            thread::sleep(PAUSE);
        }
        self.follows
    }
}

/// A `Name: value` on each line; blank lines and those that begin with `#` are passed over.
fn headers(path: &Path) -> Result<Vec<(String, String)>, Failure> {
    let bytes = input::read_all(Some(path))?;
    let text =
        String::from_utf8(bytes).map_err(|_| Failure::user("the file of headers is no text in UTF-8"))?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, value) = line
                .split_once(':')
                // The line may be a secret, so it is not shown.
                .ok_or_else(|| Failure::user("a line of the file of headers is no `Name: value`"))?;
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        })
        .collect()
}

fn unusable(error: NetError) -> Failure {
    Failure::user(output::escaped_lines(&error.to_string()))
}

fn failed(error: ShipError) -> Failure {
    let failure = Failure::user(escaped(&error.to_string()));
    match error {
        ShipError::Changed { .. } | ShipError::Unsound { .. } => {
            failure.hint("see what was changed: `cavra evidence verify`")
        }
        ShipError::Gone { to, .. } => failure
            .hint(format!("send what there is, and know what is lost: `--from {}`", to.saturating_add(1))),
        ShipError::GaveUp(_) => failure.hint("nothing is lost: the same command goes on where this ended"),
        ShipError::Evidence(_)
        | ShipError::Name(_)
        | ShipError::Corrupt(_)
        | ShipError::Busy(_)
        | ShipError::Refused(_) => failure,
    }
}
