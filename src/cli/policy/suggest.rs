//! `cavra policy suggest`: what a policy asks about again and again, and which line would settle it.
//!
//! Nothing is changed and nothing is enforced. A suggestion is tried on the very actions that it comes from, and says how
//! many of them it settles; whoever owns the policy decides whether that is meant.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args as ClapArgs;
use serde::Serialize;

use crate::contract::{Action, Decision, Effect, Request, RuleId};
use crate::grammar::{base_name, tools};
use crate::policy::Pattern;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output::{self, Paint, Style, escaped, plural};
use super::super::progress::Progress;
use super::cases::{Case, shortened};
use super::judge::Judge;
use super::sources;

/// Tell what a policy asks about again and again, and which line would settle it.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// A policy file or a built-in pack; without it, what is in force here
    #[arg(value_name = "FILE|NAME")]
    policy: Option<String>,
    #[command(flatten)]
    sources: sources::Sources,
    /// How often something must have been asked about
    #[arg(long, value_name = "TIMES", default_value_t = 3)]
    least: u64,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
}

/// The most targets that are kept of one group, to try a suggestion on.
const MOST_TRIED: usize = 1_000;

/// The most groups that are told.
const MOST_TOLD: usize = 30;

/// What is asked about for one reason, and looks alike.
#[derive(Debug, Default)]
struct Group {
    asked: u64,
    /// What looks alike and is not asked about.
    others: u64,
    days: BTreeSet<String>,
    targets: Vec<String>,
    places: BTreeSet<String>,
    /// What persons were asked to approve, and what of it they did.
    waited: BTreeSet<String>,
    approved: BTreeSet<String>,
}

/// A group as it is told.
#[derive(Serialize)]
struct Told {
    rule_id: String,
    what: String,
    asked: u64,
    /// How often the same was not asked about.
    not_asked: u64,
    days: usize,
    /// How many different things persons were asked to approve, and how many of them they did.
    #[serde(skip_serializing_if = "Option::is_none")]
    approvals: Option<Approvals>,
    example: String,
    decided_by: Vec<String>,
    advice: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<Line>,
}

/// What persons answered.
#[derive(Clone, Copy, Serialize)]
struct Approvals {
    asked: usize,
    approved: usize,
}

/// A line for the policy, and how many of the actions it settles.
#[derive(Serialize)]
struct Line {
    key: &'static str,
    value: String,
    settles: usize,
    of: usize,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let judge = Judge::new(args.policy.as_deref())?;
    let mut progress = Progress::new();
    let mut groups: BTreeMap<(RuleId, String), Group> = BTreeMap::new();
    let mut quiet: BTreeMap<String, u64> = BTreeMap::new();
    let mut actions = 0u64;
    args.sources.each(&mut |case| {
        progress.tell(format_args!("going through: {actions} actions"));
        let Some(answer) = judge.answer(&case.requests) else { return };
        actions += 1;
        let Some(request) = case.requests.first() else { return };
        let what = alike(request);
        if answer.decision == Effect::RequireApproval {
            note(groups.entry((answer.rule_id, what)).or_default(), &case, &answer);
        } else {
            *quiet.entry(what).or_default() += 1;
        }
    })?;
    progress.clear();
    for ((_, what), group) in &mut groups {
        group.others = quiet.get(what).copied().unwrap_or_default();
    }
    let mut told: Vec<Told> =
        groups.into_iter().filter(|(_, group)| group.asked >= args.least).map(told).collect();
    told.sort_by_key(|one| std::cmp::Reverse(one.asked));
    let text = if args.json {
        serde_json::to_string_pretty(&told).map_err(Failure::internal)? + "\n"
    } else {
        shown(&told, actions, args.least)
    };
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

fn note(group: &mut Group, case: &Case, answer: &Decision) {
    group.asked += 1;
    group.days.extend(case.day.clone());
    if group.targets.len() < MOST_TRIED {
        group.targets.extend(case.requests.first().map(|request| request.target.trim().to_owned()));
    }
    if let Some((id, is_approved)) = &case.approval
        && group.waited.len() < MOST_TRIED
    {
        group.waited.insert(id.clone());
        if *is_approved {
            group.approved.insert(id.clone());
        }
    }
    if let Some(place) = &answer.policy_location {
        group.places.insert(format!("{}:{}", place.path, place.line));
    }
}

/// What actions are grouped by: a program and its subcommand, the folder of a file, the tool of a server.
fn alike(request: &Request) -> String {
    match Action::parse(&request.action_type) {
        Some(Action::ExecuteCommand) => program_of(&request.target),
        Some(Action::ReadFile) => format!("read {}", folder_of(&request.target)),
        Some(Action::WriteFile) => format!("write {}", folder_of(&request.target)),
        Some(Action::McpToolCall) => format!("{}:{}", request.server, request.tool),
        Some(Action::GitOperation | Action::ReleaseGovernanceRecord) | None => {
            format!("{} {}", request.operation(), request.target)
        }
    }
}

fn program_of(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some((program, operands)) = words.split_first() else { return String::new() };
    let found = tools::tool(base_name(program)).map(|tool| tool.find(operands).words()).unwrap_or_default();
    if found.is_empty() { (*program).to_owned() } else { format!("{program} {found}") }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(folder, _)| folder)
}

fn told(((rule, what), group): ((RuleId, String), Group)) -> Told {
    let line = line_for(rule, &what, &group.targets);
    Told {
        rule_id: rule.to_string(),
        advice: advice(rule).to_owned(),
        example: group.targets.first().map_or_else(String::new, |target| shortened(target)),
        what,
        asked: group.asked,
        not_asked: group.others,
        days: group.days.len(),
        approvals: (!group.waited.is_empty())
            .then_some(Approvals { asked: group.waited.len(), approved: group.approved.len() }),
        decided_by: group.places.into_iter().collect(),
        line,
    }
}

/// The line that would settle it, where one can: for what no rule names, a pattern of what is allowed.
fn line_for(rule: RuleId, what: &str, targets: &[String]) -> Option<Line> {
    if rule != RuleId::CommandsDefaultRequireApproval || what.is_empty() || what.contains('*') {
        return None;
    }
    // Without a blank, the name of another program may begin like this one's.
    let patterns = [what.to_owned(), format!("{what} *")];
    let value =
        if targets.iter().any(|target| *target != what) { patterns.last() } else { patterns.first() }?;
    let pattern = Pattern::new(value, None)?;
    let settles = targets.iter().filter(|target| pattern.matches(target)).count();
    (settles > 0).then(|| Line { key: "commands.allow", value: value.clone(), settles, of: targets.len() })
}

/// What whoever owns the policy can do about a rule that asks.
fn advice(rule: RuleId) -> &'static str {
    match rule {
        RuleId::CommandsDefaultRequireApproval => "if it is always approved, allow it",
        RuleId::CommandsUnresolved | RuleId::FilesystemUnresolved => {
            "what is asked about here could not be read: put it into a script of the project, or write it out"
        }
        RuleId::CommandsRequireApproval
        | RuleId::FilesystemReadRequireApproval
        | RuleId::FilesystemWriteRequireApproval
        | RuleId::NetworkRequireApprovalHosts
        | RuleId::McpToolRequireApproval
        | RuleId::GitPushRequireApproval => {
            "if it is always approved, make the pattern narrower where it stands"
        }
        RuleId::FilesystemReadRecursive | RuleId::FilesystemWriteRecursive => {
            "if it is always approved, answer `warn` for whole folders"
        }
        RuleId::NetworkDefault => "if the host is meant, name it in `network.allow_hosts`",
        _ => "if it is always approved, answer `warn` for it where the policy answers `ask`",
    }
}

fn shown(told: &[Told], actions: u64, least: u64) -> String {
    let paint = Paint::stdout();
    if told.is_empty() {
        return format!(
            "of {}, nothing was asked about {} or more\n",
            plural(actions, "action"),
            plural(least, "time")
        );
    }
    let mut text = format!("of {}, asked about again and again:\n", plural(actions, "action"));
    for one in told.iter().take(MOST_TOLD) {
        let days = if one.days > 1 { format!(" on {} days", one.days) } else { String::new() };
        let always =
            if one.not_asked == 0 { "always".to_owned() } else { format!("and {} not", one.not_asked) };
        let head = format!("{}, {always}: {}", plural(one.asked, "time") + &days, escaped(&one.what));
        text.push_str(&format!("\n{}  {}\n", paint.paint(Style::Strong, &head), one.rule_id));
        if one.example != one.what {
            text.push_str(&format!("    such as {}\n", escaped(&one.example)));
        }
        if let Some(Approvals { asked, approved }) = one.approvals {
            let always = if asked == approved { ": always" } else { "" };
            text.push_str(&format!("    persons approved {approved} of {asked}{always}\n"));
        }
        for place in &one.decided_by {
            text.push_str(&format!("    decided by {}\n", escaped(place)));
        }
        text.push_str(&format!("    {}\n", one.advice));
        if let Some(Line { key, value, settles, of }) = &one.line {
            let value = serde_json::Value::from(value.as_str());
            text.push_str(&format!("    {key}: [{value}]  # settles {settles} of {of}\n"));
        }
    }
    if told.len() > MOST_TOLD {
        text.push_str(&format!("\n… and {}\n", plural((told.len() - MOST_TOLD) as u64, "further group")));
    }
    text
}
