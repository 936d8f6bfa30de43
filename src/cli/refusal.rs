//! How a decision is told to people and agents: what, by which rule, from which line of which policy, what it
//! met, and one thing that is allowed instead.

use std::fmt::Write;

use crate::contract::{Action, Decision, Effect, Evidence, Location, Opinion, Verdict};

use super::output::{Paint, Style, escaped};

/// The most refusals of one event that are told in full.
const MOST_TOLD: usize = 5;

/// The most characters of a target that are shown.
const MOST_SHOWN: usize = 200;

/// The text for a verdict that stops an event, without a final newline.
pub(crate) fn render(verdict: &Verdict, paint: Paint) -> String {
    let mut text = render_opinion(verdict.opinion(), paint);
    text.push_str(&evidence(verdict));
    text
}

/// Where the evidence of a verdict is, as a line that begins with its newline; empty where the verdict itself says
/// that there is none.
pub(crate) fn evidence(verdict: &Verdict) -> String {
    match verdict.evidence() {
        Evidence::Recorded { sequence, .. } => {
            format!("\n  evidence: record {sequence}, `cavra evidence show {sequence}`")
        }
        Evidence::Waived(reason) => {
            format!("\n  evidence: none could be written ({}), and the policy waives it", escaped(reason))
        }
        Evidence::Unavailable(_) => String::new(),
    }
}

/// What is worth saying about a verdict that lets the event go ahead: a warning, an audit, an attestation, or
/// that the evidence was waived. None for a plain allow.
pub(crate) fn render_passing(verdict: &Verdict, paint: Paint) -> Option<String> {
    let decision = &verdict.opinion().decision;
    let waived = matches!(verdict.evidence(), Evidence::Waived(_));
    let approved = decision.base_decision.is_some();
    (decision.decision != Effect::Allow || approved || waived).then(|| render(verdict, paint))
}

/// The text for an opinion, without a final newline.
pub(crate) fn render_opinion(opinion: &Opinion, paint: Paint) -> String {
    let mut text = one(&opinion.decision, paint);
    let others: Vec<_> = opinion.refusals().filter(|refusal| !is_told(&opinion.decision, refusal)).collect();
    for refusal in others.iter().take(MOST_TOLD - 1) {
        text.push('\n');
        // A mode lets all of it through, not the strictest alone.
        let before = if opinion.decision.decision.runs() && !refusal.decision.runs() {
            "without the mode "
        } else {
            ""
        };
        text.push_str(&headed(refusal, before, paint));
    }
    let untold = others.len().saturating_sub(MOST_TOLD - 1);
    if untold > 0 {
        let _ = write!(text, "\n  and {untold} more");
    }
    text
}

/// One decision in full, without a final newline.
pub(crate) fn one(decision: &Decision, paint: Paint) -> String {
    headed(decision, "", paint)
}

fn headed(decision: &Decision, before: &str, paint: Paint) -> String {
    let (style, word) = headline(decision.decision);
    let mut text = format!("cavra: {before}{}: {}", paint.paint(style, word), subject(decision));
    let _ = write!(
        text,
        "\n  rule: {} ({}): {}",
        decision.rule_id,
        decision.severity.as_str(),
        escaped(&decision.reason)
    );
    if let Some(policy) = policy_line(decision) {
        let _ = write!(text, "\n  policy: {policy}");
    }
    if let Some(base) = decision.base_decision {
        let _ = write!(text, "\n  without the mode: {}", base.as_str());
    }
    if !decision.approver_group.is_empty() && decision.decision == Effect::RequireApproval {
        let _ = write!(text, "\n  who may approve it: {}", escaped(&decision.approver_group));
    }
    if let Some(alternative) = &decision.alternative {
        let _ = write!(text, "\n  instead: {}", escaped(alternative));
    }
    text
}

/// The place in the policy and what stands there, such as `a.yaml:3:5 (project), "rm *"`.
fn policy_line(decision: &Decision) -> Option<String> {
    let matched = decision.matched.as_deref().map(|matched| format!("`{}`", shortened(matched)));
    match (&decision.policy_location, matched) {
        (Some(location), Some(matched)) => Some(format!("{}: {matched}", place(location))),
        (Some(location), None) => Some(place(location)),
        (None, Some(matched)) => Some(format!("{} (no line known): {matched}", escaped(&decision.policy_id))),
        (None, None) => None,
    }
}

/// A location as `path:line:column (layer)`.
pub(crate) fn place(location: &Location) -> String {
    let path = escaped(&location.path);
    if location.line == 0 {
        format!("{path} ({})", location.layer)
    } else {
        format!("{path}:{}:{} ({})", location.line, location.column, location.layer)
    }
}

fn headline(effect: Effect) -> (Style, &'static str) {
    match effect {
        Effect::Allow => (Style::Good, "allowed"),
        Effect::AuditOnly => (Style::Doubt, "let through by mode audit_only"),
        Effect::Warn => (Style::Doubt, "let through with a warning"),
        Effect::AllowWithAttestation => (Style::Doubt, "let through under an attestation"),
        Effect::RequireApproval => (Style::Doubt, "needs approval"),
        Effect::Block => (Style::Bad, "blocked"),
    }
}

/// What a person would call the thing: with a word for what would be done to it, where it alone would not tell.
fn subject(decision: &Decision) -> String {
    let target = shortened(if decision.target.is_empty() { &decision.action_type } else { &decision.target });
    let word = match Action::parse(&decision.action_type) {
        Some(Action::ReadFile) => "read of ",
        Some(Action::WriteFile) => "write of ",
        Some(Action::GitOperation) if decision.requested_operation == "push" => "push to ",
        Some(Action::McpToolCall) => "call of ",
        Some(Action::ExecuteCommand | Action::GitOperation | Action::ReleaseGovernanceRecord) | None => "",
    };
    format!("{word}`{target}`")
}

fn is_told(told: &Decision, other: &Decision) -> bool {
    told.decision_id == other.decision_id
        || (told.rule_id == other.rule_id && told.target == other.target && told.matched == other.matched)
}

/// Escaped, and cut where it is longer than a person reads.
pub(crate) fn shortened(text: &str) -> String {
    let clean = escaped(text);
    match clean.char_indices().nth(MOST_SHOWN) {
        Some((cut, _)) => format!("{}…", clean.get(..cut).unwrap_or_default()),
        None => clean,
    }
}
