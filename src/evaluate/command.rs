//! Commands: by their text.
//!
//! Parity holds the trimmed text against the lists. The default holds every spelling against the rules that
//! block and ask (D3), and its argv by its words (`structure`); and only the text as it was given against those
//! that allow, so a spelling never opens anything. An argv that is known in part is asked about where it may be one
//! that is refused.

use crate::contract::{Cause, Effect, Request, RuleId, Severity};
use crate::policy::{CommandDefault, Commands, CompiledPolicy, Pattern, PatternSet};

use super::deviations::Deviation;
use super::effects;
use super::finding::Finding;
use super::structure::{Candidates, Structure};

pub(super) fn parity(request: &Request, policy: &CompiledPolicy) -> Finding {
    let (rules, text) = (&policy.commands, request.target.trim());
    let found = rules
        .block
        .first_match(text)
        .map(|pattern| blocked(pattern, text))
        .or_else(|| rules.allow.first_match(text).map(allowed));
    found.unwrap_or_else(asked_by_default).on(text, text)
}

pub(super) fn command(request: &Request, policy: &CompiledPolicy) -> Finding {
    let (rules, text) = (&policy.commands, request.target.trim());
    let structures = Structure::all(request);
    let by_words: Vec<ByWords<'_, '_, '_>> = structures
        .iter()
        .map(|structure| {
            (
                structure,
                [&rules.block, &rules.require_approval].map(|patterns| structure.candidates(patterns)),
            )
        })
        .collect();
    let named = refused(request, rules, &by_words);
    let otherwise = || {
        let possible =
            by_words.iter().find_map(|(structure, candidates)| possible(structure, candidates, rules));
        let known = rules.allow.first_match(text).map_or_else(|| by_default(rules), allowed);
        match possible {
            Some(possible) if possible.effect > known.effect => possible,
            Some(_) | None => known,
        }
    };
    let by_effect =
        effects::of(request, &structures, rules).filter(|finding| finding.effect != Effect::Allow);
    let refused = match (named, by_effect) {
        (Some(named), Some(effect)) if effect.effect > named.effect => Some(effect),
        (named, effect) => named.or(effect),
    };
    match refused {
        // What is warned of may still be asked about for another reason.
        Some(warned) if warned.effect < Effect::RequireApproval => {
            let other = otherwise();
            if other.effect > warned.effect { other } else { warned }
        }
        Some(refused) => refused,
        None => otherwise(),
    }
    .on(text, text)
}

/// A call of an agent's own tool: rules that refuse may name it, and otherwise the policy's default answers. A rule
/// that allows a command says nothing of it.
pub(super) fn tool(request: &Request, policy: &CompiledPolicy) -> Finding {
    let text = request.target.trim();
    refusal(request, policy).unwrap_or_else(|| by_default(&policy.commands)).on(text, request.operation())
}

/// What the rules that block or ask say of a command as a whole, apart from its parts; none if they say nothing.
pub(super) fn refusal(request: &Request, policy: &CompiledPolicy) -> Option<Finding> {
    let (rules, text) = (&policy.commands, request.target.trim());
    // Each line of a whole may be a command of its own, so here a pattern stays on its line.
    let found = rules
        .block
        .first_match(text)
        .map(|pattern| blocked(pattern, text))
        .or_else(|| Some(asked(rules.require_approval.first_match(text)?).because_of(Deviation::D10)));
    found.map(|finding| finding.on(text, text))
}

/// An argv, with the rules that block and those that ask.
type ByWords<'a, 'r, 'p> = (&'a Structure<'r>, [Candidates<'p>; 2]);

fn refused(request: &Request, rules: &Commands, by_words: &[ByWords<'_, '_, '_>]) -> Option<Finding> {
    let text = request.target.trim();
    let met = |patterns, list: usize| {
        first_of(request, text, patterns).or_else(|| {
            by_words
                .iter()
                .find_map(|(structure, candidates)| Some((structure.certain(candidates.get(list)?)?, false)))
        })
    };
    met(&rules.block, 0)
        .map(|(pattern, is_text)| blocked(pattern, text).because_if(!is_text, Deviation::D3))
        .or_else(|| {
            let (pattern, _) = met(&rules.require_approval, 1)?;
            Some(asked(pattern).because_of(Deviation::D10))
        })
}

/// What is asked because of words that are known in part.
fn possible(
    structure: &Structure<'_>,
    candidates: &[Candidates<'_>; 2],
    rules: &Commands,
) -> Option<Finding> {
    if structure.hides_program() {
        let finding = in_part(format!("a part of the command {}", Cause::Program));
        return Some(finding.instead(WRITTEN_OUT));
    }
    let reason = format!("a part of the command {}, and a rule of the policy may name it", Cause::Operand);
    if let Some(pattern) = candidates.iter().find_map(|candidates| structure.possible(candidates)) {
        return Some(in_part(reason).matched(pattern).instead(WRITTEN_OUT));
    }
    let one = effects::possible(structure, rules)?;
    Some(in_part(reason).by_value(one.effect.id(), Some(&one.answer)).instead(WRITTEN_OUT))
}

fn in_part(reason: String) -> Finding {
    Finding::new(Effect::RequireApproval, RuleId::CommandsUnresolved, Severity::Medium, reason)
        .approved_by(REPOSITORY_OWNERS)
        .because_of(Deviation::D2)
}

/// The pattern that the text meets, or else one of its spellings; with whether parity sees that too. A newline in a
/// word is no way out of a rule that refuses.
fn first_of<'p>(request: &Request, text: &str, patterns: &'p PatternSet) -> Option<(&'p Pattern, bool)> {
    if let Some(pattern) = patterns.first_match(text) {
        return Some((pattern, true));
    }
    let mut spellings =
        std::iter::once(text).chain(request.spellings().iter().map(|spelling| spelling.trim()));
    spellings.find_map(|spelling| Some((patterns.first_match_across_lines(spelling)?, false)))
}

fn by_default(rules: &Commands) -> Finding {
    match rules.default_effect() {
        CommandDefault::Allow => Finding::new(
            Effect::Allow,
            RuleId::CommandsDefaultAllow,
            Severity::Low,
            "no rule names this command, and the policy allows what no rule names",
        )
        .by_value("allow", rules.default.as_ref())
        .because_of(Deviation::E1),
        CommandDefault::RequireApproval => {
            let mut finding = asked_by_default();
            finding.matched = rules.default.as_ref().map(|_| "require_approval".to_owned());
            finding.location = rules.default.as_ref().and_then(|placed| placed.location.clone());
            finding
        }
        CommandDefault::Block => Finding::new(
            Effect::Block,
            RuleId::CommandsDefaultBlock,
            Severity::Medium,
            "no rule names this command, and the policy blocks what no rule names",
        )
        .by_value("block", rules.default.as_ref())
        .instead("use a command that the policy allows: `cavra policy show --effective` lists them")
        .because_of(Deviation::D10),
    }
}

fn blocked(pattern: &Pattern, text: &str) -> Finding {
    let is_critical = text.contains("apply") || text.contains("delete");
    let severity = if is_critical { Severity::Critical } else { Severity::High };
    Finding::new(Effect::Block, RuleId::CommandsBlock, severity, "the policy blocks this command")
        .matched(pattern)
        .instead("leave this to a person, and go on with what does not need it")
}

fn asked(pattern: &Pattern) -> Finding {
    Finding::new(
        Effect::RequireApproval,
        RuleId::CommandsRequireApproval,
        Severity::Medium,
        "the policy asks before this command runs",
    )
    .approved_by(REPOSITORY_OWNERS)
    .matched(pattern)
    .instead("have a person run or approve it, and go on with what does not need it")
}

fn asked_by_default() -> Finding {
    Finding::new(
        Effect::RequireApproval,
        RuleId::CommandsDefaultRequireApproval,
        Severity::Medium,
        "no rule names this command, and the policy asks about what no rule names",
    )
    .approved_by(REPOSITORY_OWNERS)
    .instead("use a command that the policy allows: `cavra policy show --effective` lists them")
}

fn allowed(pattern: &Pattern) -> Finding {
    Finding::new(Effect::Allow, RuleId::CommandsAllow, Severity::Low, "the policy allows this command")
        .matched(pattern)
}

/// The way around what is known in part.
const WRITTEN_OUT: &str = "write the names out, without variables or patterns";

/// Who approves commands, unless the policy names other groups.
pub(super) const REPOSITORY_OWNERS: &str = "Repository Owners";

#[cfg(test)]
mod tests;
