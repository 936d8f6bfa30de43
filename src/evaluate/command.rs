//! Commands: by their text.
//!
//! Parity holds the trimmed text against the lists. The default holds every spelling against the rules that
//! block and ask (D3), and only the text as it was given against those that allow, so a spelling never opens
//! anything.

use crate::contract::{Effect, Request, RuleId, Severity};
use crate::policy::{CommandDefault, Commands, CompiledPolicy, Pattern, PatternSet};

use super::deviations::Deviation;
use super::finding::Finding;

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
    refused(request, rules)
        .or_else(|| rules.allow.first_match(text).map(allowed))
        .unwrap_or_else(|| by_default(rules))
        .on(text, text)
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

fn refused(request: &Request, rules: &Commands) -> Option<Finding> {
    let text = request.target.trim();
    first_of(request, text, &rules.block)
        .map(|(pattern, is_text)| blocked(pattern, text).because_if(!is_text, Deviation::D3))
        .or_else(|| {
            let (pattern, _) = first_of(request, text, &rules.require_approval)?;
            Some(asked(pattern).because_of(Deviation::D10))
        })
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

/// Who approves commands, unless the policy names other groups.
pub(super) const REPOSITORY_OWNERS: &str = "Repository Owners";
