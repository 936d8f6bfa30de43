//! `cavra policy show`: a policy for people, with who it is for and what its authors say of its rules.

use std::fmt::Write as _;

use clap::Args as ClapArgs;

use crate::contract::Location;
use crate::policy::{self, CompiledPolicy, Pattern, Stack};

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output::{self, Paint, Style, escaped};
use super::super::{place, report};
use super::judge;

/// Show a pack, a policy file, or what is in force here.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// A built-in pack or a policy file; without it, what is in force here
    #[arg(value_name = "NAME|FILE", conflicts_with = "effective")]
    policy: Option<String>,
    /// Show what is in force here, and which line of which layer each rule comes from
    #[arg(long)]
    effective: bool,
    /// Print it as JSON, compiled; in force, a list of the policies of which the strictest answer counts
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let text = match &args.policy {
        Some(name) => {
            let policy = judge::named(name)?;
            if args.json { policy::to_json(&policy) } else { shown(&policy, false) }
        }
        None => {
            let scope = place::scope(place::places()?, &place::surroundings()?);
            let stack = Stack::load(&scope).map_err(|error| report::policy_failure(&error))?;
            report::warnings(stack.warnings());
            if args.json { as_list(stack.policies()) } else { in_force(stack.policies()) }
        }
    };
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

fn as_list(policies: &[CompiledPolicy]) -> String {
    let items: Vec<String> = policies.iter().map(policy::to_json).collect();
    format!("[\n{}]\n", items.join(","))
}

fn in_force(policies: &[CompiledPolicy]) -> String {
    let mut text = String::new();
    if policies.len() > 1 {
        let _ =
            writeln!(text, "{} policies are in force here; the strictest answer counts\n", policies.len());
    }
    let shown: Vec<String> = policies.iter().map(|policy| shown(policy, true)).collect();
    text + &shown.join("\n")
}

fn shown(policy: &CompiledPolicy, with_places: bool) -> String {
    let paint = Paint::stdout();
    let mut text = String::new();
    let metadata = &policy.metadata;
    let title = if metadata.title.is_empty() { policy.label() } else { &metadata.title };
    let _ = writeln!(text, "{}", paint.paint(Style::Strong, &escaped(title)));
    if !metadata.description.is_empty() {
        let _ = writeln!(text, "{}", escaped(&metadata.description));
    }
    let version = if metadata.version.is_empty() {
        String::new()
    } else {
        format!(", version {}", escaped(&metadata.version))
    };
    let _ = writeln!(text, "id {}{version}, mode {}", escaped(policy.label()), policy.mode().as_str());
    for source in &policy.sources {
        let _ = writeln!(text, "from the {} policy {}", source.layer, escaped(&source.path));
    }
    let settings = policy.settings();
    if !settings.is_empty() {
        let _ = writeln!(text, "\n{}", paint.paint(Style::Strong, "settings"));
    }
    for (name, word, location) in settings {
        let _ = writeln!(text, "  {name}: {word}{}", place_of(location, with_places, paint));
    }
    if !policy.commands.effects.is_empty() {
        let _ = writeln!(text, "\n{}", paint.paint(Style::Strong, "commands.effects"));
    }
    for one in &policy.commands.effects {
        let place = place_of(one.answer.location.as_ref(), with_places, paint);
        let _ = writeln!(text, "  {}: {}{place}", one.effect.id(), one.answer.value.as_str());
        let _ = writeln!(text, "      {}", paint.paint(Style::Faint, &format!("it {}", one.effect.does())));
    }
    for (name, list) in policy.lists() {
        if !list.is_empty() {
            let _ = writeln!(text, "\n{}", paint.paint(Style::Strong, &escaped(&name)));
        }
        for pattern in list.iter() {
            rule(&mut text, pattern, with_places, paint);
        }
    }
    for (name, servers) in
        [("allowed_servers", &policy.mcp.allowed_servers), ("blocked_servers", &policy.mcp.blocked_servers)]
    {
        if !servers.is_empty() {
            let _ = writeln!(text, "\n{}", paint.paint(Style::Strong, &format!("mcp.{name}")));
        }
        for server in servers {
            let place = place_of(server.location.as_ref(), with_places, paint);
            let _ = writeln!(text, "  {}{place}", escaped(&server.value));
        }
    }
    if !policy.approvals.groups.is_empty() {
        let _ = writeln!(text, "\n{}", paint.paint(Style::Strong, "approvals.groups"));
    }
    for group in &policy.approvals.groups {
        let place = place_of(group.location.as_ref(), with_places, paint);
        let (signers, minimum) = (group.signers.len(), group.minimum.unwrap_or(1));
        let _ = writeln!(
            text,
            "  {}: {signers} signers, of whom {minimum} must approve{place}",
            escaped(&group.name)
        );
    }
    text
}

fn rule(text: &mut String, pattern: &Pattern, with_places: bool, paint: Paint) {
    let place = place_of(pattern.location(), with_places, paint);
    let _ = writeln!(text, "  {}{place}", escaped(pattern.as_str()));
    let Some(note) = pattern.note() else { return };
    if let Some(reason) = &note.reason {
        let _ =
            writeln!(text, "      {}", paint.paint(Style::Faint, &format!("because {}", escaped(reason))));
    }
    if let Some(alternative) = &note.alternative {
        let _ = writeln!(
            text,
            "      {}",
            paint.paint(Style::Faint, &format!("instead: {}", escaped(alternative)))
        );
    }
}

fn place_of(location: Option<&Location>, with_places: bool, paint: Paint) -> String {
    match location.filter(|_| with_places) {
        Some(place) => {
            let place =
                format!("  # {} {}:{}:{}", place.layer, escaped(&place.path), place.line, place.column);
            paint.paint(Style::Faint, &place)
        }
        None => String::new(),
    }
}
