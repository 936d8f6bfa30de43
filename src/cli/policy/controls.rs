//! `cavra policy controls`: the controls of standards that a policy says it serves, and by which rules.

use std::collections::BTreeMap;

use clap::Args as ClapArgs;
use serde::Serialize;

use crate::policy::Control;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output::{self, Paint, Style, escaped};
use super::judge;

/// Show which controls of a standard a policy says that it serves, and by which rules.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// A policy file or a built-in pack
    #[arg(value_name = "FILE|NAME")]
    policy: String,
    /// Print them as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row<'c> {
    control: &'c str,
    rules: Vec<Rule<'c>>,
}

#[derive(Serialize)]
struct Rule<'c> {
    rule: &'c str,
    value: &'c str,
    path: &'c str,
    line: u32,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let said = judge::authored(&args.policy)?.said;
    let mut by_control: BTreeMap<&str, Vec<&Control>> = BTreeMap::new();
    for control in &said.controls {
        by_control.entry(&control.id).or_default().push(control);
    }
    let rows: Vec<Row<'_>> = by_control
        .into_iter()
        .map(|(control, rules)| Row { control, rules: rules.into_iter().map(of).collect() })
        .collect();
    let text = if args.json {
        serde_json::to_string_pretty(&rows).map_err(Failure::internal)? + "\n"
    } else {
        shown(&rows)
    };
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

fn of(control: &Control) -> Rule<'_> {
    Rule {
        rule: &control.rule,
        value: &control.value,
        path: &control.location.path,
        line: control.location.line,
    }
}

fn shown(rows: &[Row<'_>]) -> String {
    if rows.is_empty() {
        return "no rule of this policy names a control\n".to_owned();
    }
    let paint = Paint::stdout();
    let mut text = String::new();
    for row in rows {
        text.push_str(&paint.paint(Style::Strong, &escaped(row.control)));
        text.push('\n');
        for rule in &row.rules {
            let (name, value, path) = (escaped(rule.rule), escaped(rule.value), escaped(rule.path));
            text.push_str(&format!("    {name}: {value}  # {path}:{}\n", rule.line));
        }
    }
    text + "a policy alone makes nobody compliant: these are the parts of a control that its rules serve\n"
}
