//! `cavra policy simulate`: what a policy would have asked and blocked, over what was done.
//!
//! Nothing is recorded and nothing is enforced: it is how somebody learns what a policy costs before it is in force.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use clap::Args as ClapArgs;
use serde::Serialize;

use crate::contract::Effect;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output::{self, Paint, Style, escaped, plural};
use super::super::place;
use super::super::progress::Progress;
use super::cases::{self, Case, Counts, shortened};
use super::judge::Judge;
use super::sources::Sources;

/// Tell what a policy would have asked and blocked, over recorded evidence or other actions.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// A policy file or a built-in pack; without it, what is in force here
    #[arg(value_name = "FILE|NAME")]
    policy: Option<String>,
    #[command(flatten)]
    sources: Sources,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
}

/// The most examples of one rule that are told.
const MOST_EXAMPLES: usize = 3;

#[derive(Serialize)]
struct Told {
    actions: u64,
    days: usize,
    lines: u64,
    lines_unread: u64,
    actions_unclear: u64,
    decisions: BTreeMap<&'static str, u64>,
    rules: Vec<ByRule>,
}

#[derive(Serialize)]
struct ByRule {
    decision: &'static str,
    rule_id: String,
    count: u64,
    examples: Vec<String>,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let judge = Judge::new(args.policy.as_deref())?;
    let mut simulation = Simulation::new(&judge);
    let counts = args.sources.each(&mut |case| simulation.take(&case))?;
    let told = simulation.told(counts);
    let text = if args.json {
        serde_json::to_string_pretty(&told).map_err(Failure::internal)? + "\n"
    } else {
        shown(&told)
    };
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

/// The most actions that a brief simulation goes through, and how long it may take.
const MOST_BRIEF: u64 = 20_000;
const LONGEST_BRIEF: Duration = Duration::from_secs(5);

/// The rules that a brief simulation tells.
const BRIEF_RULES: usize = 3;

/// In a few lines what the policy in force here would have asked and blocked, over the evidence and the sessions of
/// agents that are there; none if there are none. What cannot be read is left out: nothing waits for this.
pub(crate) fn brief() -> Option<String> {
    let places = place::places().ok()?;
    let judge = Judge::new(None).ok()?;
    let mut simulation = Simulation::new(&judge);
    let began = Instant::now();
    let mut is_cut = false;
    let mut take = |case: Case| {
        is_cut |= simulation.actions >= MOST_BRIEF || began.elapsed() > LONGEST_BRIEF;
        if !is_cut {
            simulation.take(&case);
        }
    };
    let _ = cases::of_evidence(&places.evidence(), &mut take);
    let _ = cases::of_transcripts(&[], &places.home, &mut take);
    let told = simulation.told(Counts::default());
    if told.actions == 0 {
        return None;
    }
    let count = |effect: Effect| told.decisions.get(effect.as_str()).copied().unwrap_or_default();
    let (asked, blocked) = (count(Effect::RequireApproval), count(Effect::Block));
    let mut text = format!(
        "of {}{} in evidence and sessions here{}, this policy would have asked about {asked} and blocked {blocked}\n",
        if is_cut { "the first " } else { "" },
        plural(told.actions, "action"),
        on_days(told.days),
    );
    let stopped = told.rules.iter().filter(|rule| {
        [Effect::RequireApproval, Effect::Block].iter().any(|effect| effect.as_str() == rule.decision)
    });
    for rule in stopped.take(BRIEF_RULES) {
        let example = rule.examples.first().map_or("", String::as_str);
        text.push_str(&format!(
            "  {} {}: {}, such as {}\n",
            rule.decision,
            rule.rule_id,
            plural(rule.count, "time"),
            escaped(example)
        ));
    }
    text.push_str("hint: `cavra policy simulate --evidence --transcripts` tells the rest\n");
    Some(text)
}

struct Simulation<'j> {
    judge: &'j Judge,
    progress: Progress,
    actions: u64,
    days: BTreeSet<String>,
    decisions: BTreeMap<&'static str, u64>,
    rules: BTreeMap<(Effect, String), (u64, Vec<String>)>,
}

impl<'j> Simulation<'j> {
    fn new(judge: &'j Judge) -> Self {
        Self {
            judge,
            progress: Progress::new(),
            actions: 0,
            days: BTreeSet::new(),
            decisions: BTreeMap::new(),
            rules: BTreeMap::new(),
        }
    }

    fn take(&mut self, case: &Case) {
        self.progress.tell(format_args!("going through: {} actions", self.actions));
        let Some(answer) = self.judge.answer(&case.requests) else { return };
        self.actions += 1;
        self.days.extend(case.day.clone());
        *self.decisions.entry(answer.decision.as_str()).or_default() += 1;
        if answer.decision == Effect::Allow {
            return;
        }
        let (count, examples) = self.rules.entry((answer.decision, answer.rule_id.to_string())).or_default();
        *count += 1;
        let example = shortened(&case.shown());
        if examples.len() < MOST_EXAMPLES && !examples.contains(&example) {
            examples.push(example);
        }
    }

    fn told(self, counts: Counts) -> Told {
        self.progress.clear();
        let rules = self.rules.into_iter().map(|((decision, rule_id), (count, examples))| ByRule {
            decision: decision.as_str(),
            rule_id,
            count,
            examples,
        });
        let mut rules: Vec<ByRule> = rules.collect();
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.count));
        Told {
            actions: self.actions,
            days: self.days.len(),
            lines: counts.lines,
            lines_unread: counts.unread,
            actions_unclear: counts.unclear,
            decisions: self.decisions,
            rules,
        }
    }
}

fn shown(told: &Told) -> String {
    let paint = Paint::stdout();
    let mut unread = String::new();
    if told.lines_unread > 0 {
        unread = format!("; {} of {} lines could not be read", told.lines_unread, told.lines);
    }
    if told.actions_unclear > 0 {
        unread.push_str(&format!("; {} not understood", plural(told.actions_unclear, "further action")));
    }
    let days = on_days(told.days);
    let mut text = format!("{}{days}{unread}\n", plural(told.actions, "action"));
    for effect in Effect::ALL {
        if let Some(count) = told.decisions.get(effect.as_str()) {
            let share = percent(*count, told.actions);
            let daily = daily(*count, told.days);
            text.push_str(&format!("    {:<22} {count:>8}  {share:>6} %{daily}\n", effect.as_str()));
        }
    }
    for rule in &told.rules {
        let head = format!("{} {}", rule.decision, rule.rule_id);
        let times = plural(rule.count, "time") + &daily(rule.count, told.days);
        text.push_str(&format!("\n{}  {times}\n", paint.paint(Style::Strong, &head)));
        for example in &rule.examples {
            text.push_str(&format!("    {}\n", escaped(example)));
        }
    }
    text
}

fn on_days(days: usize) -> String {
    match days {
        0 => String::new(),
        1 => " on one day".to_owned(),
        days => format!(" on {days} days"),
    }
}

/// A share with one digit behind the point.
fn percent(count: u64, of: u64) -> String {
    let tenths = count.saturating_mul(1_000) / of.max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn daily(count: u64, days: usize) -> String {
    if days == 0 {
        return String::new();
    }
    let tenths = count.saturating_mul(10) / days as u64;
    format!(", {}.{} a day", tenths / 10, tenths % 10)
}
