//! `cavra policy test`: does a policy answer as its examples and case files say?

use std::path::PathBuf;

use clap::Args as ClapArgs;
use serde::Serialize;

use crate::contract::Effect;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output::{self, escaped, plural};
use super::super::report;
use super::cases;
use super::judge::{self, Judge};

/// Test a policy by the examples of its rules and by case files; exit code 1 if one is answered otherwise.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// A policy file or a built-in pack
    #[arg(value_name = "FILE|NAME")]
    policy: String,
    /// Cases as JSON Lines: a request, or `cmd`, `read` or `write`, with what is `expected` and by which `rule`
    #[arg(long, value_name = "FILE")]
    cases: Vec<PathBuf>,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    examples: u64,
    cases: u64,
    failures: Vec<Failed>,
}

#[derive(Serialize)]
struct Failed {
    place: String,
    what: String,
    problem: String,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let loaded = judge::authored(&args.policy)?;
    report::warnings(&loaded.warnings);
    let judge = Judge::new(Some(&args.policy))?;
    let mut told = Report { examples: 0, cases: 0, failures: Vec::new() };
    for (example, case) in cases::of_examples(&loaded.said) {
        told.examples += 1;
        let Some(answer) = judge.answer(&case.requests) else { continue };
        let list = &example.list;
        let kind = list.rsplit('.').next().unwrap_or_default();
        let least = if kind.starts_with("block") { Effect::Block } else { Effect::RequireApproval };
        let is_met = answer.matched.as_deref() == Some(example.pattern.as_str());
        let problem = if kind == "allow" {
            (example.is_match && !answer.decision.runs()).then(|| "is to be allowed".to_owned())
        } else if example.is_match {
            (answer.decision < least).then(|| format!("is to be answered `{}`", least.as_str()))
        } else {
            is_met.then(|| format!("is not to be met by `{}`", example.pattern))
        };
        if let Some(problem) = problem {
            let problem = format!("{problem}, and is `{}` by {}", answer.decision.as_str(), answer.rule_id);
            told.failures.push(Failed { place: case.place.clone(), what: case.shown(), problem });
        }
    }
    for file in &args.cases {
        let counts = cases::of_file(file, &mut |case| {
            told.cases += 1;
            let Some(answer) = judge.answer(&case.requests) else { return };
            let rule = answer.rule_id.to_string();
            let is_as_expected = case.expected.is_none_or(|expected| expected == answer.decision)
                && case.rule.as_ref().is_none_or(|expected| *expected == rule);
            if !is_as_expected {
                let expected = case.expected.map_or("any answer", Effect::as_str);
                let by = case.rule.as_ref().map_or_else(String::new, |rule| format!(" by {rule}"));
                let problem =
                    format!("is to be `{expected}`{by}, and is `{}` by {rule}", answer.decision.as_str());
                told.failures.push(Failed { place: case.place.clone(), what: case.shown(), problem });
            }
        })?;
        if counts.unread > 0 {
            let place = file.display().to_string();
            let what = format!("{} of {} lines", counts.unread, counts.lines);
            told.failures.push(Failed { place, what, problem: "are no cases".to_owned() });
        }
    }
    let text = if args.json {
        serde_json::to_string_pretty(&told).map_err(Failure::internal)? + "\n"
    } else {
        shown(&told)
    };
    output::data(text).map_err(Failure::user)?;
    Ok(if told.failures.is_empty() { Exit::SUCCESS } else { Exit::FAILURE })
}

fn shown(told: &Report) -> String {
    let lines = told.failures.iter().map(|failed| {
        format!("{}: `{}` {}\n", escaped(&failed.place), escaped(&failed.what), escaped(&failed.problem))
    });
    let lines: String = lines.collect();
    let outcome = match told.failures.len() {
        0 => "all hold".to_owned(),
        count => format!("{count} do not hold"),
    };
    format!("{lines}{}, {}: {outcome}\n", plural(told.examples, "example"), plural(told.cases, "case"))
}
