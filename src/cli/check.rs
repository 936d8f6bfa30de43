//! `cavra check`: ask for a decision as a person.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use crate::contract::{Action, Decision, Opinion, Request};
use crate::evaluate::Deviation;
use crate::intercept;

use super::exit::Exit;
use super::failure::Failure;
use super::output::{self, Paint, Style, escaped};
use super::{place, refusal};

/// Ask whether something may happen here, without doing it.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
    /// Ask under this policy, authored or compiled, instead of those in force here
    #[arg(long, value_name = "FILE", global = true)]
    policy: Option<PathBuf>,
    /// Use this MCP trust registry
    #[arg(long, value_name = "FILE", global = true)]
    registry: Option<PathBuf>,
    /// Show what was understood, and which rule and which line of which policy decided
    #[arg(long, global = true)]
    explain: bool,
    /// Print the decision as JSON
    #[arg(long, global = true)]
    json: bool,
    /// Record the decision as evidence
    #[arg(long, global = true)]
    record: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A command, as a shell would be given it
    Command {
        /// The text; several words are joined by a space, those after `--` even if they look like options
        #[arg(required = true)]
        text: Vec<String>,
    },
    /// Reading a file
    Read {
        /// The path
        path: String,
    },
    /// Writing a file
    Write {
        /// The path
        path: String,
    },
    /// A push
    Push {
        /// The branch, or a refspec
        branch: String,
    },
    /// A tool call to an MCP server
    Mcp {
        /// The server
        server: String,
        /// The tool
        tool: String,
        /// The capability that it uses
        #[arg(long)]
        capability: Option<String>,
    },
}

impl What {
    fn request(self) -> Request {
        match self {
            Self::Command { text } => Request::new(Action::ExecuteCommand, text.join(" ")),
            Self::Read { path } => Request::new(Action::ReadFile, path),
            Self::Write { path } => Request::new(Action::WriteFile, path),
            Self::Push { branch } => {
                Request { operation: "push".to_owned(), ..Request::new(Action::GitOperation, branch) }
            }
            Self::Mcp { server, tool, capability } => Request {
                server,
                tool,
                capability: capability.unwrap_or_default(),
                ..Request::new(Action::McpToolCall, "")
            },
        }
    }
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let surroundings = place::surroundings()?;
    let gate = place::gate(args.policy.as_deref(), args.registry.as_deref(), &surroundings)?;
    let event = intercept::request(args.what.request(), &surroundings);
    let (opinion, recorded) = if args.record {
        let verdict = gate.decide(event);
        (verdict.opinion().clone(), Some(refusal::evidence(&verdict)))
    } else {
        (gate.consult(event), None)
    };
    let exit = Exit::of(opinion.decision.decision);
    if args.json {
        let parts = args.explain.then_some(&opinion);
        output::data(format_args!("{}\n", json(&opinion.decision, parts)?)).map_err(Failure::user)?;
        return Ok(exit);
    }
    let paint = Paint::stdout();
    let mut text = refusal::render_opinion(&opinion, paint);
    if let Some(recorded) = recorded {
        text.push_str(&recorded);
    }
    if args.explain {
        text.push_str(&explained(&opinion, paint));
    }
    text.push('\n');
    output::data(text).map_err(Failure::user)?;
    Ok(exit)
}

fn json(decision: &Decision, opinion: Option<&Opinion>) -> Result<String, Failure> {
    let mut value = serde_json::to_value(decision).map_err(Failure::internal)?;
    if let (Some(opinion), Some(members)) = (opinion, value.as_object_mut()) {
        let parts = serde_json::to_value(&opinion.parts).map_err(Failure::internal)?;
        let unresolved = serde_json::to_value(&opinion.unresolved).map_err(Failure::internal)?;
        members.insert("parts".to_owned(), parts);
        members.insert("unresolved".to_owned(), unresolved);
    }
    serde_json::to_string(&value).map_err(Failure::internal)
}

/// What was understood, part by part, with the rule of each.
fn explained(opinion: &Opinion, paint: Paint) -> String {
    let mut text = format!("\n\n{}", paint.paint(Style::Strong, "what was understood"));
    for part in &opinion.parts {
        let what = if part.target.is_empty() { &part.action_type } else { &part.target };
        text.push_str(&format!(
            "\n  {} {}: `{}`",
            part.decision.as_str(),
            part.action_type,
            refusal::shortened(what)
        ));
        if !part.origin.is_empty() {
            text.push_str(&format!("\n      from {}", refusal::shortened(&part.origin)));
        }
        text.push_str(&format!("\n      by {}", part.rule_id));
        if let Some(matched) = &part.matched {
            text.push_str(&format!(", `{}`", refusal::shortened(matched)));
        }
        if let Some(location) = &part.policy_location {
            text.push_str(&format!(", {}", refusal::place(location)));
        }
        if let Some(deviation) = part.deviation {
            let does =
                Deviation::ALL.iter().find(|known| known.id() == deviation).map(|known| known.default_does());
            text.push_str(&format!("\n      {deviation}: {}", does.unwrap_or_default()));
        }
    }
    for unresolved in &opinion.unresolved {
        text.push_str(&format!("\n  not understood: `{}` {}", escaped(&unresolved.text), unresolved.cause));
    }
    text
}
