//! `install`, `uninstall` and `status` for the MCP servers of clients.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::contract::Action;
use crate::evidence::{self, Stored};
use crate::install::mcp::{self, ServerState, ServerStatus};
use crate::install::{Change, Plan};
use crate::intercept::repository;
use crate::policy::Registries;
use crate::seam::mcp::Pins;
use crate::sys::dirs::Places;
use crate::sys::environment;
use crate::sys::locks;

use super::exit::Exit;
use super::failure::Failure;
use super::install::carry_out;
use super::installation;
use super::output::{self, Paint, Style, escaped, plural};
use super::place;

#[derive(Debug, Serialize)]
struct Report<'a> {
    target: &'static str,
    dry_run: bool,
    changes: &'a [Change],
    notes: &'a [String],
    left: &'a [String],
}

/// Puts Cavra before every server that is started by a command.
pub(super) fn put_in(binary: &Path, dry_run: bool, json: bool) -> Result<Exit, Failure> {
    let places = place::places()?;
    let project = project()?;
    let _held = lock(&places)?;
    let plan =
        mcp::put_in(&places, &project, binary).map_err(|error| Failure::user(escaped(&error.to_string())))?;
    finish(&plan, dry_run, json)
}

/// Takes Cavra out again.
pub(super) fn take_out(dry_run: bool, json: bool) -> Result<Exit, Failure> {
    let places = place::places()?;
    let project = project()?;
    let _held = lock(&places)?;
    finish(&mcp::take_out(&places, &project), dry_run, json)
}

fn finish(plan: &Plan, dry_run: bool, json: bool) -> Result<Exit, Failure> {
    if !dry_run {
        carry_out(plan)?;
    }
    let report =
        Report { target: mcp::NAME, dry_run, changes: &plan.changes, notes: &plan.notes, left: &plan.left };
    let text = if json { installation::json(&report)? } else { report.text() };
    output::data(text).map_err(Failure::user)?;
    Ok(if plan.left.is_empty() { Exit::SUCCESS } else { Exit::FAILURE })
}

impl Report<'_> {
    fn text(&self) -> String {
        let mut text = match (self.changes.is_empty(), self.dry_run) {
            (true, _) => "MCP servers: nothing to do\n".to_owned(),
            (false, false) => "MCP servers:\n".to_owned(),
            (false, true) => "MCP servers, what would be done:\n".to_owned(),
        };
        for change in self.changes {
            text.push_str(&format!("  {}\n", escaped(&change.to_string())));
        }
        for left in self.left {
            text.push_str(&format!("left as it is: {}\n", escaped(left)));
        }
        for note in self.notes {
            text.push_str(&format!("note: {}\n", escaped(note)));
        }
        text
    }
}

/// The top of the repository around the working directory, else that itself.
fn project() -> Result<PathBuf, Failure> {
    let cwd = environment::working_directory()
        .map_err(|error| Failure::user(format!("the working directory cannot be told: {error}")))?;
    Ok(repository::top_of(&cwd).unwrap_or(cwd))
}

fn lock(places: &Places) -> Result<Option<locks::Lock>, Failure> {
    if !places.home.is_dir() {
        return Ok(None);
    }
    locks::folder(&places.home).map(Some).map_err(|error| {
        Failure::user(escaped(&format!("`{}` could not be locked: {error}", places.home.display())))
    })
}

/// The servers of the clients on this machine, with what is known of each.
#[derive(Debug, Serialize)]
pub(super) struct McpStatus {
    servers: Vec<Server>,
    /// Why the registry cannot be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    registry_fault: Option<String>,
}

#[derive(Debug, Serialize)]
struct Server {
    #[serde(flatten)]
    status: ServerStatus,
    /// Its tier and state in the registry that counts first.
    #[serde(skip_serializing_if = "Option::is_none")]
    trust: Option<String>,
    /// How many of its tools are accepted.
    accepted: u64,
    /// How many are shown that nobody accepted.
    open: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<Last>,
}

/// The decision that was made last.
#[derive(Debug, Serialize)]
struct Last {
    decision: String,
    target: String,
    time: String,
}

/// How many of the newest records are looked through for the last decision on a server.
const MOST_RECORDS: usize = 200;

impl McpStatus {
    pub(super) fn observe(places: &Places, cwd: &Path) -> Self {
        let project = repository::top_of(cwd).unwrap_or_else(|| cwd.to_owned());
        let found = mcp::status(places, &project);
        let (registries, registry_fault) = match Registries::load(places) {
            Ok(registries) => (registries, None),
            Err(error) => (Registries::default(), Some(error.to_string())),
        };
        let records = if found.is_empty() { Vec::new() } else { newest(places) };
        let servers = found.into_iter().map(|status| {
            let pins = Pins::load(places, &status.name).unwrap_or_default();
            let is_accepted = |name: &str, digest: &str| {
                pins.accepted_command == pins.command
                    && pins.accepted.get(name).is_some_and(|known| known.digest == digest)
            };
            let (accepted, open): (Vec<_>, Vec<_>) =
                pins.shown.iter().partition(|(name, pin)| is_accepted(name, &pin.digest));
            let record =
                registries.asked(&[]).into_iter().flatten().find_map(|registry| registry.find(&status.name));
            let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "none".to_owned());
            Server {
                trust: record
                    .map(|known| format!("{}, {}", word(&known.trust_tier), word(&known.approval_state))),
                accepted: u64::try_from(accepted.len()).unwrap_or(u64::MAX),
                open: u64::try_from(open.len()).unwrap_or(u64::MAX),
                last: records.iter().find_map(|stored| last(stored, &status.name)),
                status,
            }
        });
        Self { servers: servers.collect(), registry_fault }
    }

    pub(super) fn text(&self, paint: Paint) -> String {
        if self.servers.is_empty() && self.registry_fault.is_none() {
            return String::new();
        }
        let mut text = "MCP servers:\n".to_owned();
        for server in &self.servers {
            text.push_str(&server.text(paint));
        }
        if let Some(fault) = &self.registry_fault {
            text.push_str(&format!(
                "  {}: {}\n",
                paint.paint(Style::Bad, "registry unusable"),
                escaped(fault)
            ));
        }
        if self.servers.iter().any(|server| server.status.state == ServerState::Unwrapped) {
            text.push_str("  hint: `cavra install mcp` puts them behind Cavra\n");
        }
        text
    }
}

impl Server {
    fn text(&self, paint: Paint) -> String {
        let (style, word) = match self.status.state {
            ServerState::Wrapped => (Style::Good, "behind Cavra"),
            ServerState::Unwrapped => (Style::Bad, "not behind Cavra"),
            ServerState::Remote => (Style::Doubt, "remote, not covered"),
            ServerState::Odd => {
                (Style::Bad, "not behind Cavra: its command is not a text with a list of texts")
            }
        };
        let mut text = format!(
            "  {} of {} ({}): {}",
            escaped(&self.status.name),
            self.status.client,
            escaped(&self.status.file.to_string_lossy()),
            paint.paint(style, word)
        );
        if let Some(trust) = &self.trust {
            text.push_str(&format!("; registry: {}", escaped(trust)));
        }
        if self.accepted + self.open > 0 {
            text.push_str(&format!("; {} accepted", plural(self.accepted, "tool")));
        }
        if self.open > 0 {
            text.push_str(&format!(
                ", {} to look at (`cavra mcp pins diff {}`)",
                self.open,
                escaped(&self.status.name)
            ));
        }
        if let Some(last) = &self.last {
            text.push_str(&format!(
                "; last: {} {} at {}",
                escaped(&last.decision),
                escaped(&last.target),
                escaped(&last.time)
            ));
        }
        text.push('\n');
        text
    }
}

/// The newest records of MCP calls, the latest first.
fn newest(places: &Places) -> Vec<Stored> {
    let wanted =
        |stored: &Stored| stored.text_at(&["verdict", "action_type"]) == Some(Action::McpToolCall.as_str());
    let mut records = evidence::newest(&places.evidence(), MOST_RECORDS, &wanted).unwrap_or_default();
    records.sort_by_key(|stored| std::cmp::Reverse(stored.sequence()));
    records
}

fn last(stored: &Stored, server: &str) -> Option<Last> {
    let target = stored.text_at(&["verdict", "target"])?;
    target.strip_prefix(server)?.strip_prefix(':')?;
    let decision = stored.text_at(&["verdict", "decision"])?;
    Some(Last {
        decision: decision.to_owned(),
        target: target.to_owned(),
        time: stored.text_at(&["time"]).unwrap_or_default().to_owned(),
    })
}
