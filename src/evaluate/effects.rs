//! Commands: by what they do.
//!
//! A policy answers for effects, and the grammar says which commands have them. Words count as far as they are known; a
//! subcommand that is not known may be any, and so have any effect of its program.

use crate::contract::{Request, RuleId, Severity};
use crate::grammar::effects::{self, CommandEffect, EffectRule};
use crate::policy::{Answer, Commands, EffectAnswer, Pattern};

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
        .filter_map(|id| answer(id, rules))
        .chain(meant(structures).flat_map(|structure| by_words(structure, rules)));
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

/// What the policy answers for the effects of one command.
fn by_words<'p>(structure: &Structure<'_>, rules: &'p Commands) -> Vec<&'p EffectAnswer> {
    let mut found: Vec<&EffectAnswer> = Vec::new();
    for rule in effects::rules(structure.name()) {
        if rule.is_exception || !structure.may_concern(rule.pattern) {
            continue;
        }
        let Some(answer) = answer(rule.effect, rules) else { continue };
        let is_new = found.iter().all(|one| one.effect != answer.effect);
        if is_new && holds(&rule, |pattern| structure.meets(pattern)) && !is_excepted(structure, &rule) {
            found.push(answer);
        }
    }
    found
}

/// Whether an exception takes a command out of the effect of a rule.
fn is_excepted(structure: &Structure<'_>, rule: &EffectRule) -> bool {
    effects::rules(structure.name())
        .filter(|other| other.is_exception && other.effect == rule.effect)
        .any(|other| holds(&other, |pattern| structure.is_plainly(pattern)))
}

fn holds(rule: &EffectRule, is_met: impl Fn(&Pattern) -> bool) -> bool {
    Pattern::new(rule.pattern, None).is_some_and(|pattern| is_met(&pattern))
}

/// What the policy answers for the effect with this name.
fn answer<'p>(id: &str, rules: &'p Commands) -> Option<&'p EffectAnswer> {
    rules.effects.iter().find(|one| one.effect.id() == id)
}

/// The first effect that is asked about or blocked, and that a command may have whose subcommand is not known.
pub(super) fn possible<'p>(structure: &Structure<'_>, rules: &'p Commands) -> Option<&'p EffectAnswer> {
    if !structure.hides_subcommand() {
        return None;
    }
    let mut own = effects::rules(structure.name()).filter(|rule| !rule.is_exception);
    own.find_map(|rule| answer(rule.effect, rules).filter(|one| one.answer.value >= Answer::Ask))
}

fn finding(one: &EffectAnswer) -> Finding {
    let severity = match one.answer.value {
        Answer::Allow | Answer::Warn => Severity::Low,
        Answer::Ask => Severity::Medium,
        Answer::Block => Severity::High,
    };
    let asks = one.answer.value == Answer::Ask;
    Finding::new(
        one.answer.value.effect(),
        rule_id(one.effect),
        severity,
        format!("this command {}", one.effect.does()),
    )
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
