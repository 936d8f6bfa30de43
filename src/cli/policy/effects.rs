//! `cavra policy effects`: what commands do that a policy may answer for as a whole.

use clap::Args as ClapArgs;
use serde::Serialize;

use crate::grammar::effects::{self, CommandEffect};
use crate::policy;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output;

/// Show the effects that `commands.effects` may answer for: what each means, an example, and what the packs say.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Show one effect, with the commands that have it
    effect: Option<String>,
    /// Print them as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row {
    id: &'static str,
    does: &'static str,
    example: &'static str,
    instead: &'static str,
    packs: Vec<InPack>,
    rules: Vec<String>,
}

/// What a pack answers.
#[derive(Serialize)]
struct InPack {
    pack: &'static str,
    answer: &'static str,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let known = CommandEffect::ALL.iter().copied();
    let wanted: Vec<CommandEffect> =
        known.filter(|effect| args.effect.as_deref().is_none_or(|id| id == effect.id())).collect();
    if let (Some(id), []) = (&args.effect, wanted.as_slice()) {
        let message = format!("there is no effect `{}`", id.escape_debug());
        return Err(Failure::user(message).hint("list them: `cavra policy effects`"));
    }
    let rows = wanted.into_iter().map(row).collect::<Result<Vec<Row>, Failure>>()?;
    let text = if args.json {
        serde_json::to_string_pretty(&rows).map_err(Failure::internal)? + "\n"
    } else {
        rows.iter().map(|row| told(row, args.effect.is_some())).collect()
    };
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

fn row(effect: CommandEffect) -> Result<Row, Failure> {
    let mut packs = Vec::new();
    for pack in policy::packs() {
        let policy = policy::load_pack(pack.name).map_err(Failure::internal)?;
        if let Some(answer) = policy.commands.answer_to(effect) {
            packs.push(InPack { pack: pack.name, answer: answer.value.as_str() });
        }
    }
    let rules = effects::PROGRAMS.iter().flat_map(|program| effects::rules(program));
    let rules = rules.filter(|rule| rule.effect == effect.id()).map(|rule| {
        if rule.is_exception { format!("not {}", rule.pattern) } else { rule.pattern.to_owned() }
    });
    Ok(Row {
        id: effect.id(),
        does: effect.does(),
        example: effect.example(),
        instead: effect.instead(),
        packs,
        rules: rules.collect(),
    })
}

fn told(row: &Row, with_rules: bool) -> String {
    let packs: Vec<String> = row.packs.iter().map(|one| format!("{} {}", one.pack, one.answer)).collect();
    let mut text = format!(
        "{}\n    it {}\n    example: {}\n    instead: {}\n    packs:   {}\n",
        row.id,
        row.does,
        row.example,
        row.instead,
        if packs.is_empty() { "none".to_owned() } else { packs.join(", ") }
    );
    if with_rules {
        text.push_str("    commands, beside what is found in paths and in code:\n");
        for rule in &row.rules {
            text.push_str(&format!("        {rule}\n"));
        }
    }
    text
}
