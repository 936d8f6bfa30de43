//! From the server to the client: lists of tools are filtered and compared with what was accepted, results lose their
//! secrets, and what the server asks of the client is decided like anything else.

use std::collections::HashSet;
use std::io::Read;
use std::sync::atomic::Ordering;

use crate::contract::{Effect, Verdict};
use crate::intercept::mcp::{
    DECIDED_OF_SERVER, Fault, Frame, Id, IdReader, Kind, Node, Side, ToolDefinition, folded,
};
use crate::sys::frames::{Line, Lines};

use super::answer::{self, Refusal};
use super::pending::Asked;
use super::proxy::{MOST_OF_SERVER, Page, Proxy, ids_in, is_own, lock};
use super::rewrite;

/// The most tools that are decided as one event.
const TOOLS_AT_ONCE: usize = 500;

/// What the specification has for a request that a person turned down.
const REJECTED: i64 = -1;

impl Proxy {
    /// Reads from the server until it has ended.
    pub(super) fn pump_server(&self, stream: impl Read) {
        let mut lines = Lines::new(stream, MOST_OF_SERVER);
        let mut line = Vec::new();
        loop {
            let mut ids = None;
            let sink = |part: &[u8]| ids.get_or_insert_with(IdReader::default).feed(part);
            match lines.next(&mut line, sink) {
                Ok(Line::Whole) => self.take_of_server(&line),
                Ok(Line::TooLong) => {
                    let ids = ids.map(IdReader::finish).unwrap_or_default();
                    self.refuse_of_server(&Fault::TooLong(MOST_OF_SERVER), &ids);
                }
                Ok(Line::End) | Err(_) => return,
            }
        }
    }

    fn take_of_server(&self, line: &[u8]) {
        let bytes = line.strip_suffix(b"\n").unwrap_or(line);
        if bytes.trim_ascii().is_empty() {
            return self.tell_client(line);
        }
        let frame = match Frame::read(bytes, Side::Server) {
            Ok(frame) => frame,
            Err(fault) => return self.refuse_of_server(&fault, &ids_in(bytes)),
        };
        match frame.kind.clone() {
            Kind::Request(id) => self.request_of_server(line, &frame, &id),
            Kind::Notification => {
                if frame.method() == "notifications/tools/list_changed" {
                    lock(&self.tools).forget();
                }
                self.tell_client(line);
            }
            Kind::Response(Some(id)) => self.response_of_server(line, &frame, &id),
            Kind::Response(None) => self.tell_client(line),
        }
    }

    fn request_of_server(&self, line: &[u8], frame: &Frame<'_>, id: &Id) {
        let method = frame.method();
        let near = folded(method.trim_matches(|c: char| c <= ' ')).into_owned();
        let Some(known) = DECIDED_OF_SERVER.iter().find(|known| *folded(known) == near) else {
            return self.tell_client(line);
        };
        if *known != method {
            return self.refuse_of_server(&Fault::NearName(method.to_owned(), known), &ids_in(line));
        }
        match self.decide(self.server.method(method, frame.params())) {
            Some(verdict) if verdict.effect().runs() => self.tell_client(line),
            Some(verdict) => self.reply_to_server(declined(method, &id.raw, &verdict)),
            None => {
                let text = "refused by Cavra: it could not decide this";
                self.reply_to_server(answer::error(&id.raw, REJECTED, text, None));
            }
        }
    }

    fn response_of_server(&self, line: &[u8], frame: &Frame<'_>, id: &Id) {
        if self.is_awaited(id) {
            let next = frame.root.get("result").and_then(|result| {
                let page = self.definitions(result, line);
                let next = result.get("nextCursor").and_then(Node::text).map(str::to_owned);
                self.learn(&page, next.is_some());
                next
            });
            *lock(&self.listing.page) = Page::Here(next);
            self.listing.arrived.notify_all();
            return;
        }
        if is_own(id) {
            // An answer that nobody waits for any more.
            return;
        }
        let asked = lock(&self.pending).take(id);
        let method = asked.as_ref().map_or("", |asked| asked.method.as_str());
        if method == "initialize" {
            self.is_introduced.store(true, Ordering::Relaxed);
        }
        let Some(result) = frame.root.get("result").or_else(|| frame.root.get("error")) else {
            return self.tell_client(line);
        };
        if let Some(refusal) = self.refused_input(result, &id.raw, asked.as_ref()) {
            return self.tell_client(&refusal);
        }
        let mut edits = Vec::new();
        if method == "tools/list" || result.get("tools").is_some_and(|tools| !tools.items().is_empty()) {
            edits = self.filtered(result, line);
        } else {
            let clean = self.desk.with_known_gate(|gate| gate.without_secrets(rewrite::to_json(result)));
            let (found, kinds) = rewrite::without_secrets(result, &clean);
            if !kinds.is_empty() {
                let tool = asked
                    .as_ref()
                    .map_or("", |asked| if asked.tool.is_empty() { &asked.method } else { &asked.tool });
                let verdict = self.decide(vec![self.server.result(tool, kinds)]);
                match verdict {
                    Some(verdict) if verdict.effect().runs() => edits = found,
                    Some(verdict) => return self.tell_client(&kept_back(&id.raw, &verdict, asked.as_ref())),
                    None => return,
                }
            }
        }
        if edits.is_empty() {
            self.tell_client(line);
        } else {
            self.tell_client(&rewrite::apply(line, edits));
        }
    }

    /// Whether it is the answer to Cavra's own request.
    fn is_awaited(&self, id: &Id) -> bool {
        matches!(&*lock(&self.listing.page), Page::Awaited(own) if *own == id.key)
    }

    fn definitions(&self, result: &Node<'_>, line: &[u8]) -> Vec<ToolDefinition> {
        let tools = result.get("tools").map_or(&[][..], Node::items);
        tools.iter().filter_map(|tool| ToolDefinition::read(tool, line)).collect()
    }

    fn learn(&self, page: &[ToolDefinition], has_more: bool) {
        let trusts = self.desk.with_gate(crate::gate::Gate::trusts_first_sight);
        lock(&self.tools).learn(page, has_more, trusts);
    }

    /// The edits that leave of a list only the tools that could be allowed.
    fn filtered(&self, result: &Node<'_>, line: &[u8]) -> Vec<rewrite::Edit> {
        let Some(list) = result.get("tools") else { return Vec::new() };
        let page = self.definitions(result, line);
        self.learn(&page, result.get("nextCursor").is_some());
        let judged = lock(&self.tools).states(page);
        let mut hidden: HashSet<String> = HashSet::new();
        for some in judged.chunks(TOOLS_AT_ONCE) {
            // What is asked about is shown; only where something is noteworthy there is something to record.
            let opinion = self.desk.with_gate(|gate| gate.consult(self.server.listing(some)));
            if opinion.decision.decision == Effect::Allow {
                continue;
            }
            let Some(verdict) = self.decide(vec![self.server.listing(some)]) else { continue };
            if verdict.effect() != Effect::Block {
                continue;
            }
            let parts = &verdict.opinion().parts;
            let blocked: HashSet<&str> = parts
                .iter()
                .filter(|part| part.decision == Effect::Block)
                .map(|part| part.target.as_str())
                .collect();
            // Where the event as a whole was blocked, no part of it says so.
            let is_whole = blocked.is_empty();
            for (tool, _) in some {
                if is_whole || blocked.contains(format!("{}:{}", self.server.name, tool.name).as_str()) {
                    hidden.insert(tool.name.clone());
                }
            }
        }
        let is_kept = |tool: &Node<'_>| {
            tool.get("name").and_then(Node::text).is_some_and(|name| !hidden.contains(name))
        };
        if list.items().iter().all(is_kept) {
            return Vec::new();
        }
        let mut edits =
            vec![rewrite::kept_items(list, line, |place| list.items().get(place).is_some_and(is_kept))];
        // A list that was filtered for one is not to be shared.
        if let Some(scope) = result.get("cacheScope").filter(|scope| scope.text() == Some("public")) {
            edits.push(rewrite::Edit::value(scope, &serde_json::json!("private")));
        }
        edits
    }

    /// What a server of a stateless revision wants of the client before it goes on is decided as a request of its own
    /// would be; the refusal, if it is refused.
    fn refused_input(&self, result: &Node<'_>, id: &str, asked: Option<&Asked>) -> Option<Vec<u8>> {
        let wanted = result.get("inputRequests")?;
        for member in wanted.members() {
            let method = member.value.get("method").and_then(Node::text).unwrap_or_default();
            let near = folded(method.trim_matches(|c: char| c <= ' ')).into_owned();
            let Some(known) = DECIDED_OF_SERVER.iter().find(|known| *folded(known) == near) else { continue };
            let verdict = self.decide(self.server.method(known, member.value.get("params")))?;
            if !verdict.effect().runs() {
                return Some(kept_back(id, &verdict, asked));
            }
        }
        None
    }
}

/// The answer to a request of the server's that is refused, in the words that the protocol has for it.
fn declined(method: &str, id: &str, verdict: &Verdict) -> Vec<u8> {
    if method == "elicitation/create" {
        return answer::result(id, &serde_json::json!({ "action": "decline" }));
    }
    let text = answer::text(verdict, Refusal::Decided);
    answer::error(id, REJECTED, &text, Some(answer::meta(&verdict.opinion().decision)))
}

/// What the client gets in place of a result.
fn kept_back(id: &str, verdict: &Verdict, asked: Option<&Asked>) -> Vec<u8> {
    let decision = &verdict.opinion().decision;
    let text = format!(
        "BLOCKED by Cavra policy: the call was made, and its result is kept back. Rule {}: {}.",
        decision.rule_id,
        answer::shown(&decision.reason)
    );
    let meta = Some(answer::meta(decision));
    match asked {
        Some(asked) if asked.method == "tools/call" => answer::tool_error(id, &text, meta, asked.is_modern),
        Some(_) | None => answer::error(id, answer::REFUSED, &text, meta),
    }
}
