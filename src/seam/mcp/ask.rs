//! Asking a person through the client's own dialogue (elicitation), in the form of each era.
//!
//! In the revisions with sessions the proxy asks by a request of its own, and keeps the call until the answer comes.
//! In the stateless ones the call itself is answered by the question, and comes again with the answer and a
//! [`super::ticket`]. Either way the call is decided again, in full, before it goes on; no answer, an answer that is
//! not exactly the one that allows, and an answer too late are a no.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::contract::Verdict;
use crate::gate::BreakGlass;
use crate::intercept::mcp::{Frame, Id, Node, digest};

use super::answer::{self, Refusal};
use super::proxy::{Proxy, lock, own_id};
use super::ticket::{Subject, Tickets};

/// How long a call of a session is kept for an answer: less than the minute that clients commonly wait.
const PATIENCE: Duration = Duration::from_secs(45);

/// The most calls that are kept.
const MOST_PARKED: usize = 100;

/// The most characters of arguments that a question shows.
const MOST_SHOWN: usize = 400;

/// The name of the question among those of one answer.
pub(super) const QUESTION: &str = "dev.cavra/approve";

/// The answer that allows.
const ALLOW: &str = "allow once";

/// A call that waits for an answer.
pub(super) struct Parked {
    /// Its frame, with its line end.
    pub(super) frame: Vec<u8>,
    pub(super) id: Id,
    verdict: Verdict,
    until: Instant,
}

/// What a person said.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Said {
    Yes,
    No,
}

impl Said {
    /// Reads the outcome of an elicitation.
    pub(super) fn read(outcome: Option<&Node<'_>>) -> Self {
        let accepted =
            outcome.and_then(|outcome| outcome.get("action")).and_then(Node::text) == Some("accept");
        let decision = outcome
            .and_then(|outcome| outcome.get("content"))
            .and_then(|content| content.get("decision"))
            .and_then(Node::text);
        if accepted && decision == Some(ALLOW) { Self::Yes } else { Self::No }
    }
}

/// The answer as it is recorded.
pub(super) fn answer() -> Option<BreakGlass> {
    BreakGlass::new("client-elicitation", "a person allowed it once, in the dialogue of the MCP client")
}

/// Whether these capabilities have a dialogue with a form.
pub(super) fn has_form(capabilities: Option<&Node<'_>>) -> bool {
    capabilities.and_then(|capabilities| capabilities.get("elicitation")).is_some_and(|elicitation| {
        elicitation.is_object() && (elicitation.members().is_empty() || elicitation.get("form").is_some())
    })
}

impl Proxy {
    /// Asks by a request of Cavra's own, and keeps the call. False if that cannot be done.
    pub(super) fn park(&self, bytes: &[u8], frame: &Frame<'_>, id: &Id, verdict: &Verdict) -> bool {
        let Some(own) = own_id() else { return false };
        let question = json!({ "jsonrpc": "2.0", "id": own, "method": "elicitation/create", "params": self.question(frame, verdict) });
        {
            let mut parked = lock(&self.parked);
            if parked.len() >= MOST_PARKED {
                return false;
            }
            let until = Instant::now() + PATIENCE;
            let kept = Parked { frame: bytes.to_vec(), id: id.clone(), verdict: verdict.clone(), until };
            parked.insert(format!("s{own}"), kept);
        }
        self.tell_client(format!("{question}\n").as_bytes());
        true
    }

    /// Answers the calls that waited too long; whether any still waits.
    pub(super) fn expire(&self) -> bool {
        let now = Instant::now();
        let expired: Vec<Parked> = {
            let mut parked = lock(&self.parked);
            let keys: Vec<String> =
                parked.iter().filter(|(_, call)| call.until <= now).map(|(key, _)| key.clone()).collect();
            keys.iter().filter_map(|key| parked.remove(key)).collect()
        };
        for call in expired {
            self.refuse_call(&call.id.raw, &call.verdict, Refusal::TimedOut, false);
        }
        !lock(&self.parked).is_empty()
    }

    /// The client takes back a request: a call that waits is forgotten. Whether it was one.
    pub(super) fn unpark(&self, id: &Node<'_>, frame: &[u8]) -> bool {
        let Some(id) = Id::of(id, frame) else { return false };
        let mut parked = lock(&self.parked);
        let key = parked.iter().find(|(_, call)| call.id.key == id.key).map(|(key, _)| key.clone());
        key.is_some_and(|key| parked.remove(&key).is_some())
    }

    /// The answer to a request of a stateless revision that asks; none if that cannot be done.
    pub(super) fn input_required(
        &self,
        frame: &Frame<'_>,
        bytes: &[u8],
        id: &Id,
        verdict: &Verdict,
    ) -> Option<Vec<u8>> {
        let state = lock(&self.tickets).as_mut()?.write(self.subject(frame), inner(frame, bytes))?;
        let mut params = self.question(frame, verdict);
        params.as_object_mut()?.insert("mode".to_owned(), json!("form"));
        let result = json!({
            "resultType": "input_required",
            "inputRequests": { QUESTION: { "method": "elicitation/create", "params": params } },
            "requestState": state,
            "_meta": answer::meta(&verdict.opinion().decision),
        });
        Some(answer::result(&id.raw, &result))
    }

    /// What somebody said to the question that this request brings back; none if it brings none of Cavra's.
    pub(super) fn said(&self, frame: &Frame<'_>) -> Option<Said> {
        let state = own_state(frame)?;
        let counts =
            lock(&self.tickets).as_mut().is_some_and(|tickets| tickets.redeem(state, &self.subject(frame)));
        let outcome = frame.params()?.get("inputResponses").and_then(|responses| responses.get(QUESTION));
        counts.then(|| Said::read(outcome))
    }

    /// What of a server's own is inside the state that this request brings back.
    pub(super) fn inner_of(&self, frame: &Frame<'_>) -> Option<String> {
        lock(&self.tickets).as_ref()?.inner(own_state(frame)?)
    }

    fn subject(&self, frame: &Frame<'_>) -> Subject {
        let params = frame.params();
        let tool = params.and_then(|params| params.get("name")).and_then(Node::text).unwrap_or_default();
        Subject {
            server: self.server.name.clone(),
            tool: tool.to_owned(),
            arguments: params.and_then(|params| params.get("arguments")).map(digest).unwrap_or_default(),
            policy: self.desk.with_gate(crate::gate::Gate::policy_digest).unwrap_or_default(),
        }
    }

    fn question(&self, frame: &Frame<'_>, verdict: &Verdict) -> Value {
        let decision = &verdict.opinion().decision;
        let arguments =
            frame.params().and_then(|params| params.get("arguments")).map(super::rewrite::to_json);
        let shown =
            self.desk.with_gate(|gate| gate.without_secrets(arguments.unwrap_or(Value::Null))).to_string();
        let shown: String = answer::shown_up_to(&shown, MOST_SHOWN);
        let message = format!(
            "Cavra asks: may the agent use {}? Rule {}: {}. Arguments: {shown}",
            answer::shown(&decision.target),
            decision.rule_id,
            answer::shown(&decision.reason),
        );
        json!({
            "message": message,
            "requestedSchema": {
                "type": "object",
                "properties": { "decision": { "type": "string", "title": "Decision", "enum": [ALLOW, "deny"] } },
                "required": ["decision"],
            },
        })
    }
}

/// The state that a request brings back, if it is for Cavra.
pub(super) fn own_state<'a>(frame: &'a Frame<'_>) -> Option<&'a str> {
    frame.params()?.get("requestState").and_then(Node::text).filter(|state| Tickets::is_one(state))
}

/// What the server asked for before, and what it wanted to be carried: it comes again with the next attempt.
fn inner(frame: &Frame<'_>, bytes: &[u8]) -> Option<String> {
    let params = frame.params()?;
    let parts: Vec<String> = ["inputResponses", "requestState"]
        .into_iter()
        .filter_map(|name| {
            let raw = String::from_utf8_lossy(params.get(name)?.raw(bytes)).into_owned();
            Some(format!("\"{name}\":{raw}"))
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(","))
}
