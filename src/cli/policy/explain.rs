//! `cavra policy explain`: what a rule is about, and what of it is in force here.

use std::fmt::Write as _;

use clap::Args as ClapArgs;

use crate::contract::{Location, RuleId};
use crate::grammar::effects::CommandEffect;
use crate::policy::{CompiledPolicy, Stack};

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output::{self, escaped};
use super::super::{place, report};

/// Explain a rule that a decision names: what it is about, and what of it is in force here.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The rule, as a decision names it (`commands.block`)
    rule: String,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let Some(rule) = RuleId::ALL.iter().copied().find(|rule| rule.as_str() == args.rule) else {
        let message = format!("there is no rule `{}`", escaped(&args.rule));
        let kin = RuleId::ALL.iter().map(|rule| rule.as_str()).find(|id| id.contains(args.rule.as_str()));
        let hint = kin.map_or_else(
            || "a decision names its rule: `cavra check command --explain -- CMD`".to_owned(),
            |kin| format!("did you mean `{kin}`?"),
        );
        return Err(Failure::user(message).hint(hint));
    };
    let scope = place::scope(place::places()?, &place::surroundings()?);
    let stack = Stack::load(&scope).map_err(|error| report::policy_failure(&error))?;
    report::warnings(stack.warnings());
    output::data(explained(rule, stack.policies())).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

fn explained(rule: RuleId, policies: &[CompiledPolicy]) -> String {
    let mut text = format!("{}\n    {}\n", rule.as_str(), rule.about());
    let effect = rule.as_str().strip_prefix("commands.effects.");
    let effect = CommandEffect::ALL.iter().find(|one| effect == Some(one.id()));
    if let Some(effect) = effect {
        let _ = writeln!(text, "    example: {}\n    instead: {}", effect.example(), effect.instead());
    }
    let mut in_force = String::new();
    for policy in policies {
        if let Some(answer) = effect.and_then(|effect| policy.commands.answer_to(*effect)) {
            let _ = writeln!(in_force, "    {}{}", answer.value.as_str(), told(answer.location.as_ref()));
        }
        for (name, list) in policy.lists().into_iter().filter(|(name, _)| is_of(rule, name)) {
            for pattern in list.iter() {
                let _ = writeln!(
                    in_force,
                    "    {}: {}{}",
                    escaped(&name),
                    escaped(pattern.as_str()),
                    told(pattern.location())
                );
            }
        }
        for (name, word, location) in policy.settings() {
            if is_of(rule, name) {
                let _ = writeln!(in_force, "    {name}: {word}{}", told(location));
            }
        }
    }
    text.push_str(if in_force.is_empty() {
        "nothing in the policies in force here is about it alone\n"
    } else {
        "in force here:\n"
    });
    text + &in_force
}

/// Whether a list or a setting of a policy is what a rule decides by.
fn is_of(rule: RuleId, name: &str) -> bool {
    let rule = rule.as_str();
    let key = match rule {
        "filesystem.read.block" => "filesystem.block_read",
        "filesystem.read.require_approval" => "filesystem.require_approval_read",
        "filesystem.read.recursive" => "filesystem.recursive_read",
        "filesystem.write.block" => "filesystem.block_write",
        "filesystem.write.require_approval" => "filesystem.require_approval_write",
        "filesystem.write.recursive" => "filesystem.recursive_write",
        "commands.default.allow" | "commands.default.require_approval" | "commands.default.block" => {
            "commands.default"
        }
        "git.protected_branch.block_direct_push" => "git.protected_branches",
        "git.protected_branch.block_commit" => "git.block_commit_to_protected_branch",
        "git.force_push.block" => "git.block_force_push",
        "git.branch_deletion.block" => "git.block_branch_deletion",
        "git.push.block" => "git.block_push_branches",
        "git.push.require_approval" => "git.require_approval_push",
        "git.hook_bypass" => "git.block_hook_bypass",
        "filesystem.unresolved" => return name.starts_with("filesystem.unresolved_"),
        "mcp.tool.block" => return name.starts_with("mcp.tools.") && name.ends_with(".block"),
        "mcp.tool.require_approval" => {
            return name.starts_with("mcp.tools.") && name.ends_with(".require_approval");
        }
        other => other,
    };
    name == key
}

fn told(location: Option<&Location>) -> String {
    location.map_or_else(String::new, |place| {
        format!("  # {} {}:{}:{}", place.layer, escaped(&place.path), place.line, place.column)
    })
}
