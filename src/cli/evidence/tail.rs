//! `cavra evidence tail`: the last records, and those that come.
//!
//! On a terminal it is a live view: records scroll as they come, and the last line tells how many there were of each
//! effect and whether each one followed on the one before it. Away from a terminal it is lines and nothing else.

use std::io::{self, IsTerminal, Write};
use std::thread;
use std::time::Duration;

use clap::Args as ClapArgs;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::output::{Paint, Style};
use crate::evidence::{self, Stored};
use crate::sys::{environment, terminal};

use super::filter::Filter;
use super::table::{self, Table, fitted};
use super::{folder, line, unreadable};

/// How often it is looked whether there is more.
const PAUSE: Duration = Duration::from_millis(250);

/// Show the last records, and on a terminal those that come
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// So many
    #[arg(short = 'n', long = "lines", value_name = "N", default_value_t = 10)]
    lines: u32,
    #[command(flatten)]
    filter: Filter,
    /// Wait for more, and show them as they come: what a terminal gets anyway
    #[arg(short, long)]
    follow: bool,
    /// End after the last records, on a terminal too
    #[arg(long, conflicts_with = "follow")]
    no_follow: bool,
    /// Print each record as it is in the log
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let folder = folder()?;
    let query = args.filter.query();
    let lines = usize::try_from(args.lines).unwrap_or(usize::MAX);
    let follows = args.follow || (io::stdout().is_terminal() && !args.no_follow);
    let mut view = View::new(args.json, follows);
    // Before what is there is read, so that nothing that comes meanwhile is missed.
    let mut follower = evidence::Follower::at_end(&folder).map_err(unreadable)?;
    let records = evidence::newest(&folder, lines, &|record| query.matches(record)).map_err(unreadable)?;
    let mut newest = evidence::newest(&folder, 1, &|_| true).map_err(unreadable)?;
    let mut is_read = view.show(&records)?;
    let mut shown = sequence_of(&records);
    view.chain.begin(newest.pop().as_ref());
    while follows && is_read {
        is_read = view.status()?;
        thread::sleep(PAUSE);
        let mut records = follower.more().map_err(unreadable)?;
        records.retain(|record| record.sequence().is_none_or(|sequence| Some(sequence) > shown));
        shown = sequence_of(&records).max(shown);
        view.chain.follow(&records);
        records.retain(|record| query.matches(record));
        is_read = is_read && view.show(&records)?;
    }
    Ok(Exit::SUCCESS)
}

fn sequence_of(records: &[Stored]) -> Option<u64> {
    records.iter().filter_map(Stored::sequence).max()
}

/// What is on the screen.
struct View {
    json: bool,
    paint: Paint,
    /// Whether a line at the bottom can be written over.
    is_live: bool,
    /// The line at the bottom, if it is shown.
    shown: Option<String>,
    counts: Counts,
    chain: Chain,
}

#[derive(Default)]
struct Counts {
    records: u64,
    blocked: u64,
    asked: u64,
}

impl View {
    fn new(json: bool, follows: bool) -> Self {
        let moves = environment::variable("TERM").is_some_and(|term| term != "dumb");
        Self {
            json,
            paint: Paint::stdout(),
            is_live: follows && !json && moves && io::stdout().is_terminal(),
            shown: None,
            counts: Counts::default(),
            chain: Chain::default(),
        }
    }

    /// Shows records, each on a line; false if nobody reads any more.
    fn show(&mut self, records: &[Stored]) -> Result<bool, Failure> {
        if !self.is_live {
            return line::print(records, self.json);
        }
        if records.is_empty() {
            return Ok(true);
        }
        let columns = terminal::columns(io::stdout());
        let table = Table::new(columns, self.paint);
        let mut text = self.erased();
        for record in records {
            self.counts.take(record);
            text.push_str(&table.row(&table::cells(record)));
            text.push('\n');
        }
        write(&text)
    }

    /// Writes the line at the bottom anew where it says something else.
    fn status(&mut self) -> Result<bool, Failure> {
        if !self.is_live {
            return Ok(true);
        }
        let Counts { records, blocked, asked } = self.counts;
        let (style, chain) = self.chain.told();
        let text = format!("{chain} · {records} shown · {blocked} blocked · {asked} asked · Ctrl-C ends");
        // The last cell stays free: a full line makes some terminals go on to the next.
        let columns = terminal::columns(io::stdout()).unwrap_or(80).saturating_sub(1);
        let text = self.paint.paint(style, &fitted(&text, columns));
        if self.shown.as_ref() == Some(&text) {
            return Ok(true);
        }
        let out = format!("{}{text}", self.erased());
        self.shown = Some(text);
        write(&out)
    }

    /// What takes the line at the bottom away.
    fn erased(&mut self) -> String {
        self.shown.take().map_or_else(String::new, |_| "\r\u{1b}[K".to_owned())
    }
}

impl Counts {
    fn take(&mut self, record: &Stored) {
        self.records += 1;
        match record.text_at(&["verdict", "decision"]) {
            Some("block") => self.blocked += 1,
            Some("require_approval") => self.asked += 1,
            _ => {}
        }
    }
}

/// Whether the records that came follow on each other. What they hold, `verify` looks at.
#[derive(Default)]
struct Chain {
    /// What was there at the beginning may come again; it was looked at then.
    until: Option<u64>,
    last: Option<(u64, String)>,
    broken: Option<u64>,
}

impl Chain {
    fn begin(&mut self, newest: Option<&Stored>) {
        self.last = newest.and_then(place_of);
        self.until = self.last.as_ref().map(|(sequence, _)| *sequence);
    }

    fn follow(&mut self, records: &[Stored]) {
        for record in records {
            let previous = record.text_at(&["previous_hash"]);
            let place = place_of(record);
            if self.until.zip(record.sequence()).is_some_and(|(until, sequence)| sequence <= until) {
                continue;
            }
            self.until = None;
            let follows = match (&self.last, &place) {
                (Some((last, hash)), Some((sequence, _))) => {
                    last.checked_add(1) == Some(*sequence) && previous == Some(hash.as_str())
                }
                (None, Some(_)) => true,
                (_, None) => false,
            };
            if !follows {
                self.broken.get_or_insert(place.as_ref().map_or(record.line, |(sequence, _)| *sequence));
            }
            self.last = place;
        }
    }

    fn told(&self) -> (Style, String) {
        match self.broken {
            None => (Style::Faint, "following, each on the one before".to_owned()),
            Some(sequence) => {
                (Style::Bad, format!("the chain is broken at record {sequence}: `cavra evidence verify`"))
            }
        }
    }
}

fn place_of(record: &Stored) -> Option<(u64, String)> {
    Some((record.sequence()?, record.text_at(&["record_hash"])?.to_owned()))
}

fn write(text: &str) -> Result<bool, Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::user(error)),
    }
}
