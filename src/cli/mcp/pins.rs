//! `cavra mcp pins`: what was accepted of the tools of MCP servers, what they show now, and accepting it.

use clap::{Args as ClapArgs, Subcommand};

use crate::seam::mcp::{Pin, Pins};

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output::{self, Paint, Style, escaped, plural};
use super::super::place;

/// Look at the definitions of tools that servers show, and accept them.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The servers that were seen, and how many of their tools are accepted
    List {
        /// Print it as JSON
        #[arg(long)]
        json: bool,
    },
    /// How what a server shows differs from what was accepted
    Diff {
        /// The server
        server: String,
    },
    /// Accept what a server shows now
    Accept {
        /// The server
        server: String,
        /// Only these tools
        tools: Vec<String>,
    },
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    match args.what {
        What::List { json } => list(json),
        What::Diff { server } => diff(&server),
        What::Accept { server, tools } => accept(&server, &tools),
    }
}

fn list(json: bool) -> Result<Exit, Failure> {
    let servers = Pins::servers(&place::places()?).map_err(shown)?;
    let text = if json {
        serde_json::to_string_pretty(&servers).map_err(Failure::internal)? + "\n"
    } else if servers.is_empty() {
        "no MCP server was seen yet\n".to_owned()
    } else {
        servers.iter().map(line).collect()
    };
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

fn line(pins: &Pins) -> String {
    let open = changes(pins).len();
    let state = if open == 0 { "as accepted".to_owned() } else { format!("{open} to look at") };
    let accepted = u64::try_from(pins.accepted.len()).unwrap_or(u64::MAX);
    format!("{}: {} accepted, {state}\n", escaped(&pins.server), plural(accepted, "tool"))
}

fn diff(server: &str) -> Result<Exit, Failure> {
    let pins = load(server)?;
    let paint = Paint::stdout();
    let changes = changes(&pins);
    let mut text = String::new();
    if pins.accepted_command != pins.command && !pins.accepted_command.is_empty() {
        text.push_str(&format!(
            "started by another command\n  {}\n  {}\n",
            paint.paint(Style::Bad, &format!("- {}", escaped(&pins.accepted_command.join(" ")))),
            paint.paint(Style::Good, &format!("+ {}", escaped(&pins.command.join(" "))))
        ));
    }
    for change in &changes {
        text.push_str(&change.text(paint));
    }
    if text.is_empty() {
        text.push_str("nothing differs from what was accepted\n");
    }
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

fn accept(server: &str, tools: &[String]) -> Result<Exit, Failure> {
    let known = load(server)?;
    if let Some(stranger) = tools.iter().find(|tool| !known.shown.contains_key(*tool)) {
        return Err(Failure::user(format!("the server shows no tool `{}`", escaped(stranger)))
            .hint(format!("`cavra mcp pins diff {}` lists what it shows", escaped(server))));
    }
    let (_, names) = Pins::change(&place::places()?, server, |pins| pins.accept(tools)).map_err(shown)?;
    let text = match names.as_slice() {
        [] => "nothing was left to accept\n".to_owned(),
        names => names.iter().map(|name| format!("accepted {}\n", escaped(name))).collect(),
    };
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

fn load(server: &str) -> Result<Pins, Failure> {
    let pins = Pins::load(&place::places()?, server).map_err(shown)?;
    if pins.shown.is_empty() && pins.accepted.is_empty() {
        return Err(Failure::user(format!("no tool of an MCP server `{}` was seen yet", escaped(server)))
            .hint("`cavra mcp pins list` has those that were"));
    }
    Ok(pins)
}

fn shown(error: impl std::fmt::Display) -> Failure {
    Failure::user(escaped(&error.to_string()))
}

/// A tool whose definition is not the accepted one.
struct Change<'p> {
    name: &'p str,
    accepted: Option<&'p Pin>,
    now: Option<&'p Pin>,
}

fn changes(pins: &Pins) -> Vec<Change<'_>> {
    let is_same = pins.accepted_command == pins.command;
    let mut changes: Vec<Change<'_>> = pins
        .shown
        .iter()
        .filter(|(name, pin)| {
            !is_same || pins.accepted.get(*name).is_none_or(|known| known.digest != pin.digest)
        })
        .map(|(name, pin)| Change { name, accepted: pins.accepted.get(name), now: Some(pin) })
        .collect();
    let gone = pins.accepted.iter().filter(|(name, _)| !pins.shown.contains_key(*name));
    changes.extend(gone.map(|(name, pin)| Change { name, accepted: Some(pin), now: None }));
    changes
}

impl Change<'_> {
    fn text(&self, paint: Paint) -> String {
        let what = match (self.accepted, self.now) {
            (None, _) => "new",
            (Some(_), None) => "gone",
            (Some(old), Some(now)) if old.digest == now.digest => "unchanged, of another command",
            (Some(_), Some(_)) => "changed",
        };
        let mut text = format!("{}: {what}\n", escaped(self.name));
        if let Some(pin) = self.now.filter(|pin| !pin.flags.is_empty()) {
            let flags = paint.paint(Style::Bad, &pin.flags.join(", "));
            text.push_str(&format!("  suspicious: {flags}\n"));
        }
        for (sign, style, pin) in [('-', Style::Bad, self.accepted), ('+', Style::Good, self.now)] {
            if let Some(pin) = pin {
                let line = format!("{sign} {}", escaped(&pin.definition));
                text.push_str(&format!("  {}\n", paint.paint(style, &line)));
            }
        }
        text
    }
}
