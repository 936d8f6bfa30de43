//! What is said to a client or a server in place of what was refused.
//!
//! A refused call of a tool is a tool result that is an error: that is what models get to read, where an error of the
//! protocol ends the run of some agents. Anything else is an error of the protocol, with a code beyond those that the
//! protocol keeps for itself. Texts are plain, tell what to do instead, and hold nothing that acts on a terminal.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::contract::{Decision, Effect, Verdict};

/// The code of a refusal: the protocol keeps -32768 to -32000 for itself.
pub(super) const REFUSED: i64 = 403;

/// The code of an answer that never came.
pub(super) const NO_ANSWER: i64 = 502;

/// JSON-RPC: no JSON.
pub(super) const PARSE_ERROR: i64 = -32_700;

/// JSON-RPC: no request.
pub(super) const INVALID_REQUEST: i64 = -32_600;

/// The member of `_meta` under which a decision stands.
const DECISION: &str = "dev.cavra/decision";

/// The most characters of anything from outside that are told.
const MOST_SHOWN: usize = 300;

/// Why a call does not happen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Refusal {
    /// The verdict says so.
    Decided,
    /// A person was asked, and said no.
    Declined,
    /// A person was asked, and did not answer in time.
    TimedOut,
    /// A person has to be asked, and this client cannot.
    CannotAsk,
}

/// The text of a refusal: what, why, and what to do instead.
pub(super) fn text(verdict: &Verdict, refusal: Refusal) -> String {
    let decision = &verdict.opinion().decision;
    let target = shown(&decision.target);
    let head = match (refusal, decision.decision) {
        (Refusal::Declined, _) => {
            format!("BLOCKED by Cavra: a person was asked about {target}, and said no.")
        }
        (Refusal::TimedOut, _) => {
            format!("BLOCKED by Cavra: a person was asked about {target}, and did not answer in time.")
        }
        (Refusal::CannotAsk, _) | (Refusal::Decided, Effect::RequireApproval) => {
            format!(
                "NOT DONE, Cavra: {target} needs the approval of a person, which cannot be asked for here."
            )
        }
        (Refusal::Decided, _) => format!("BLOCKED by Cavra policy: {target}."),
    };
    let mut text =
        format!("{head} Nothing was executed. Rule {}: {}.", decision.rule_id, shown(&decision.reason));
    if let Some(matched) = &decision.matched {
        let _ = write!(text, " Matched: `{}`", shown(matched));
        if let Some(location) = &decision.policy_location {
            let _ = write!(text, " ({}:{})", shown(&location.path), location.line);
        }
        text.push('.');
    }
    text.push_str(" Do not retry this in another form or by another tool.");
    if let Some(alternative) = &decision.alternative {
        let _ = write!(text, " Instead: {}.", shown(alternative).trim_end_matches('.'));
    }
    if decision.decision == Effect::RequireApproval {
        let group = if decision.approver_group.is_empty() { "a person" } else { &decision.approver_group };
        let _ = write!(text, " Who may approve it: {}. Tell the user, and wait.", shown(group));
    }
    text
}

/// The decision as machines read it.
pub(super) fn meta(decision: &Decision) -> Value {
    json!({ DECISION: {
        "decision_id": decision.decision_id,
        "decision": decision.decision.as_str(),
        "rule_id": decision.rule_id.as_str(),
        "severity": decision.severity.as_str(),
        "reason": shown(&decision.reason),
        "approver_group": decision.approver_group,
        "evidence_refs": decision.evidence_refs,
    } })
}

/// A tool result that is an error. `is_modern`: the request was of a stateless revision, whose results say their type.
pub(super) fn tool_error(id: &str, text: &str, meta: Option<Value>, is_modern: bool) -> Vec<u8> {
    let mut result = json!({ "content": [{ "type": "text", "text": text }], "isError": true });
    if let Some(members) = result.as_object_mut() {
        if let Some(meta) = meta {
            members.insert("_meta".to_owned(), meta);
        }
        if is_modern {
            members.insert("resultType".to_owned(), json!("complete"));
        }
    }
    outcome(id, "result", &result)
}

/// An error of the protocol; `id` is JSON text.
pub(super) fn error(id: &str, code: i64, message: &str, data: Option<Value>) -> Vec<u8> {
    let mut error = json!({ "code": code, "message": message });
    if let (Some(members), Some(data)) = (error.as_object_mut(), data) {
        members.insert("data".to_owned(), data);
    }
    outcome(id, "error", &error)
}

/// A result of any kind; `id` is JSON text.
pub(super) fn result(id: &str, result: &Value) -> Vec<u8> {
    outcome(id, "result", result)
}

fn outcome(id: &str, kind: &str, value: &Value) -> Vec<u8> {
    format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"{kind}\":{value}}}\n").into_bytes()
}

/// A text from outside without what acts on terminals or hides from people, and not too long.
pub(super) fn shown(text: &str) -> String {
    shown_up_to(text, MOST_SHOWN)
}

/// The same, with a bound of its own.
pub(super) fn shown_up_to(text: &str, most: usize) -> String {
    let mut clean = String::new();
    for (place, character) in text.chars().enumerate() {
        if place == most {
            clean.push('…');
            break;
        }
        let acts = character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' | '\u{00ad}' | '\u{061c}');
        if acts {
            let _ = write!(clean, "{}", character.escape_default());
        } else {
            clean.push(character);
        }
    }
    clean
}
