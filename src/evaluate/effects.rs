//! Commands: by what they do.
//!
//! A policy answers for effects, and the grammar says which commands have them. Words count as far as they are known; a
//! subcommand that is not known may be any, and so have any effect of its program.

use crate::contract::{Effect, Request, RuleId, Severity};
use crate::grammar::effects::{self, CommandEffect, EffectRule};
use crate::policy::{Answer, Commands, EffectAnswer, Pattern, PatternSet};

use super::command::REPOSITORY_OWNERS;
use super::deviations::Deviation;
use super::finding::Finding;
use super::structure::Structure;

/// The strictest answer to what the commands do; none where the policy has none.
pub(super) fn of(request: &Request, structures: &[Structure<'_>], rules: &Commands) -> Option<Finding> {
    if rules.effects.is_empty() {
        return None;
    }
    let told = request.context.iter().flat_map(|context| &context.effects);
    let met = told
        .filter_map(|id| CommandEffect::ALL.iter().copied().find(|effect| effect.id() == id))
        .chain(meant(structures).flat_map(by_words))
        .filter_map(|effect| rules.effects.iter().find(|one| one.effect == effect));
    met.reduce(|first, later| if later.answer.value > first.answer.value { later } else { first })
        .map(finding)
}

/// The commands of a request: those that a program runs which no table lists only count where they can be nothing else.
fn meant<'s, 'r>(structures: &'s [Structure<'r>]) -> impl Iterator<Item = &'s Structure<'r>> {
    let is_guess = structures.first().is_some_and(|own| !own.is_listed());
    structures.iter().enumerate().filter_map(move |(place, structure)| {
        (place == 0 || !is_guess || !effects::is_common_word(structure.name())).then_some(structure)
    })
}

/// The effects of one command.
fn by_words(structure: &Structure<'_>) -> Vec<CommandEffect> {
    let rules: Vec<EffectRule> = effects::rules(structure.name()).collect();
    let meets = |rule: &&EffectRule| {
        let patterns = PatternSet::new(Pattern::new(rule.pattern, None).into_iter().collect());
        structure.certain(&structure.candidates(&patterns)).is_some()
    };
    let mut found: Vec<CommandEffect> = Vec::new();
    for rule in rules.iter().filter(|rule| !rule.is_exception) {
        let of_effect = |other: &&EffectRule| other.is_exception && other.effect == rule.effect;
        if !found.contains(&rule.effect)
            && meets(&rule)
            && !rules.iter().filter(of_effect).any(|other| meets(&other))
        {
            found.push(rule.effect);
        }
    }
    found
}

/// The first effect that is asked about or blocked, and that a command may have whose subcommand is not known.
pub(super) fn possible<'p>(structure: &Structure<'_>, rules: &'p Commands) -> Option<&'p EffectAnswer> {
    if !structure.hides_subcommand() {
        return None;
    }
    let mut own = effects::rules(structure.name()).filter(|rule| !rule.is_exception);
    own.find_map(|rule| {
        let stops = |one: &&EffectAnswer| one.effect == rule.effect && one.answer.value >= Answer::Ask;
        rules.effects.iter().find(stops)
    })
}

fn finding(one: &EffectAnswer) -> Finding {
    let (effect, severity) = match one.answer.value {
        Answer::Allow => (Effect::Allow, Severity::Low),
        Answer::Warn => (Effect::Warn, Severity::Low),
        Answer::Ask => (Effect::RequireApproval, Severity::Medium),
        Answer::Block => (Effect::Block, Severity::High),
    };
    let asks = one.answer.value == Answer::Ask;
    Finding::new(effect, rule_id(one.effect), severity, format!("this command {}", one.effect.does()))
        .approved_by(if asks { REPOSITORY_OWNERS } else { "" })
        .by_value(one.effect.id(), Some(&one.answer))
        .instead(one.effect.instead())
        .because_of(Deviation::D10)
}

fn rule_id(effect: CommandEffect) -> RuleId {
    match effect {
        CommandEffect::ActsAsRoot => RuleId::CommandsEffectActsAsRoot,
        CommandEffect::ChangesCloud => RuleId::CommandsEffectChangesCloud,
        CommandEffect::ChangesPermissions => RuleId::CommandsEffectChangesPermissions,
        CommandEffect::DeletesEverything => RuleId::CommandsEffectDeletesEverything,
        CommandEffect::DeletesOutsideTree => RuleId::CommandsEffectDeletesOutsideTree,
        CommandEffect::DeletesRefs => RuleId::CommandsEffectDeletesRefs,
        CommandEffect::DisablesGuard => RuleId::CommandsEffectDisablesGuard,
        CommandEffect::DiscardsWork => RuleId::CommandsEffectDiscardsWork,
        CommandEffect::DownloadsCode => RuleId::CommandsEffectDownloadsCode,
        CommandEffect::EditsStartup => RuleId::CommandsEffectEditsStartup,
        CommandEffect::EscapesContainer => RuleId::CommandsEffectEscapesContainer,
        CommandEffect::ExhaustsMachine => RuleId::CommandsEffectExhaustsMachine,
        CommandEffect::OpensShell => RuleId::CommandsEffectOpensShell,
        CommandEffect::Publishes => RuleId::CommandsEffectPublishes,
        CommandEffect::ReadsCredentials => RuleId::CommandsEffectReadsCredentials,
        CommandEffect::RewritesHistory => RuleId::CommandsEffectRewritesHistory,
        CommandEffect::SendsFiles => RuleId::CommandsEffectSendsFiles,
        CommandEffect::StopsServices => RuleId::CommandsEffectStopsServices,
        CommandEffect::WritesDevice => RuleId::CommandsEffectWritesDevice,
    }
}
