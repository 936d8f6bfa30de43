//! From the client to the server: every request is decided, frame by frame, before its bytes go on.

use std::io::Read;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::json;

use crate::contract::{Effect, Verdict};
use crate::intercept::mcp::{
    DECIDED, Fault, Frame, Id, IdReader, Kind, Known, Node, PROTOCOL_VERSION, Side, folded,
};
use crate::sys::frames::{Line, Lines};

use super::answer::{self, Refusal};
use super::ask::{self, Said};
use super::pending::Asked;
use super::proxy::{MOST_OF_CLIENT, Page, Proxy, ids_in, is_own, lock, own_id};

/// How long the server may take to tell its tools when Cavra asks.
const LIST_PATIENCE: Duration = Duration::from_secs(5);

/// The most pages of that list.
const MOST_PAGES: usize = 100;

impl Proxy {
    /// Reads from the client until it has gone.
    pub(super) fn pump_client(&self, stream: impl Read) {
        let mut lines = Lines::new(stream, MOST_OF_CLIENT);
        let mut line = Vec::new();
        loop {
            let mut ids = None;
            let sink = |part: &[u8]| ids.get_or_insert_with(IdReader::default).feed(part);
            match lines.next(&mut line, sink) {
                Ok(Line::Whole) => self.take_of_client(&line),
                Ok(Line::TooLong) => {
                    let ids = ids.map(IdReader::finish).unwrap_or_default();
                    self.refuse_of_client(&Fault::TooLong(MOST_OF_CLIENT), &ids);
                }
                Ok(Line::End) | Err(_) => return,
            }
        }
    }

    fn take_of_client(&self, line: &[u8]) {
        let bytes = line.strip_suffix(b"\n").unwrap_or(line);
        if bytes.trim_ascii().is_empty() {
            self.forward(line);
            return;
        }
        let frame = match Frame::read(bytes, Side::Client) {
            Ok(frame) => frame,
            Err(fault) => return self.refuse_of_client(&fault, &ids_in(bytes)),
        };
        match frame.kind.clone() {
            Kind::Request(id) => self.request(line, &frame, &id),
            Kind::Notification => self.notification(line, &frame),
            Kind::Response(id) => self.response(line, &frame, id.as_ref()),
        }
    }

    fn request(&self, line: &[u8], frame: &Frame<'_>, id: &Id) {
        let method = frame.method();
        if method == "tools/call" {
            return self.call(line, frame, id);
        }
        if DECIDED.contains(&method) {
            let Some(verdict) = self.decide(self.server.method(method, frame.params())) else {
                return self.fail(&id.raw);
            };
            if verdict.effect().runs() {
                self.forward_request(line, frame, id, "");
            } else {
                self.refuse_request(&id.raw, &verdict);
            }
            return;
        }
        let near = folded(method.trim_matches(|c: char| c <= ' ')).into_owned();
        if let Some(known) = DECIDED.iter().find(|known| *folded(known) == near) {
            let fault = Fault::NearName(method.to_owned(), known);
            return self.refuse_of_client(&fault, &ids_in(line));
        }
        if method == "initialize" {
            let capabilities = frame.params().and_then(|params| params.get("capabilities"));
            self.can_ask.store(ask::has_form(capabilities), Ordering::Relaxed);
        }
        self.forward_request(line, frame, id, "");
    }

    /// A call without an id is executed by some servers, and nobody could be told that it was refused.
    fn notification(&self, line: &[u8], frame: &Frame<'_>) {
        let method = folded(frame.method().trim_matches(|c: char| c <= ' ')).into_owned();
        if DECIDED.iter().any(|known| *folded(known) == method) {
            let fault = Fault::NotMessage("a request that is decided has no id");
            self.record_refused(frame.method(), &fault);
            return;
        }
        if method == "notifications/cancelled" {
            let id = frame.params().and_then(|params| params.get("requestId"));
            if id.is_some_and(|id| self.unpark(id, line)) {
                // The server never heard of that call.
                return;
            }
        }
        self.forward(line);
    }

    fn response(&self, line: &[u8], frame: &Frame<'_>, id: Option<&Id>) {
        let parked = id.and_then(|id| lock(&self.parked).remove(&id.key));
        let Some(parked) = parked else {
            // The server never asked what Cavra asked.
            if !id.is_some_and(is_own) {
                self.forward(line);
            }
            return;
        };
        let said = Said::read(frame.root.get("result"));
        let bytes = parked.frame.strip_suffix(b"\n").unwrap_or(&parked.frame);
        // It was read before; what cannot be read again does not go on.
        let Ok(call) = Frame::read(bytes, Side::Client) else { return self.fail(&parked.id.raw) };
        self.answered(&parked.frame, &call, &parked.id, said);
    }

    fn call(&self, line: &[u8], frame: &Frame<'_>, id: &Id) {
        if let Err(fault) = well_formed(frame) {
            return self.refuse_of_client(&fault, &ids_in(line));
        }
        match self.said(frame) {
            Some(said) => self.answered(line, frame, id, said),
            None => {
                let events = self.events(frame);
                let Some(verdict) = self.decide(events) else { return self.fail(&id.raw) };
                self.act(line, frame, id, &verdict);
            }
        }
    }

    fn act(&self, line: &[u8], frame: &Frame<'_>, id: &Id, verdict: &Verdict) {
        if verdict.effect().runs() {
            return self.forward_call(line, frame, id);
        }
        let decision = &verdict.opinion().decision;
        let asks = verdict.effect() == Effect::RequireApproval
            && self.desk.with_gate(|gate| gate.takes_client_answer(decision));
        let refusal =
            if verdict.effect() == Effect::RequireApproval { Refusal::CannotAsk } else { Refusal::Decided };
        if asks && frame.is_modern() && ask::has_form(frame.client_capabilities()) {
            let bytes = line.strip_suffix(b"\n").unwrap_or(line);
            if let Some(question) = self.input_required(frame, bytes, id, verdict) {
                return self.tell_client(&question);
            }
        } else if asks && !frame.is_modern() && self.can_ask() && self.park(line, frame, id, verdict) {
            return;
        }
        self.refuse_call(&id.raw, verdict, refusal, frame.is_modern());
    }

    /// A call that somebody was asked about: it is decided again, in full, with what they said.
    fn answered(&self, line: &[u8], frame: &Frame<'_>, id: &Id, said: Said) {
        let events = self.events(frame);
        let verdict = match (said, ask::answer()) {
            (Said::Yes, Some(answer)) => self.desk.decide_answered(events, &answer),
            (Said::Yes | Said::No, _) => self.decide(events),
        };
        let Some(verdict) = verdict else { return self.fail(&id.raw) };
        if verdict.effect().runs() && said == Said::Yes {
            self.forward_call(line, frame, id);
        } else {
            let refusal = if said == Said::No { Refusal::Declined } else { Refusal::Decided };
            self.refuse_call(&id.raw, &verdict, refusal, frame.is_modern());
        }
    }

    fn events(&self, frame: &Frame<'_>) -> Vec<crate::intercept::Intercepted> {
        let params = frame.params();
        let tool = tool_of(frame);
        let known = self.known(tool, frame);
        self.server.call(tool, &known, params.and_then(|params| params.get("arguments")))
    }

    /// What is known of a tool; the server is asked where it has not told.
    fn known(&self, tool: &str, frame: &Frame<'_>) -> Known {
        let can_list = frame.is_modern() || self.is_introduced.load(Ordering::Relaxed);
        if can_list && lock(&self.tools).lacks(tool) {
            self.list_tools(frame);
        }
        lock(&self.tools).known(tool)
    }

    /// Asks the server for its list of tools, and waits for it: the other direction takes it in.
    fn list_tools(&self, call: &Frame<'_>) {
        let mut cursor: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let Some(own) = own_id() else { return };
            *lock(&self.listing.page) = Page::Awaited(format!("s{own}"));
            let mut params = serde_json::Map::new();
            params.extend(cursor.take().map(|cursor| ("cursor".to_owned(), json!(cursor))));
            if call.is_modern() {
                params.insert("_meta".to_owned(), protocol_meta(call));
            }
            let request = json!({ "jsonrpc": "2.0", "id": own, "method": "tools/list", "params": params });
            if self.tell_server(format!("{request}\n").as_bytes()).is_err() {
                return;
            }
            let page = lock(&self.listing.page);
            let waits = |page: &mut Page| matches!(page, Page::Awaited(_));
            let waited = self.listing.arrived.wait_timeout_while(page, LIST_PATIENCE, waits);
            let Ok((mut page, _)) = waited else { return };
            match std::mem::take(&mut *page) {
                Page::Here(Some(next)) => cursor = Some(next),
                Page::Here(None) | Page::Awaited(_) | Page::None => return,
            }
        }
    }

    /// Forwards a call, without what was for Cavra alone, and with what the server wanted to be carried.
    fn forward_call(&self, line: &[u8], frame: &Frame<'_>, id: &Id) {
        let tool = tool_of(frame).to_owned();
        if ask::own_state(frame).is_none() {
            return self.forward_request(line, frame, id, &tool);
        }
        let inner = self.inner_of(frame);
        let mut parts: Vec<Vec<u8>> = Vec::new();
        for member in frame.params().map_or(&[][..], Node::members) {
            if !matches!(member.name.as_ref(), "requestState" | "inputResponses") {
                parts
                    .push([json!(member.name).to_string().as_bytes(), b":", member.value.raw(line)].concat());
            }
        }
        parts.extend(inner.map(String::into_bytes));
        let params = parts.join(&b","[..]);
        let head = format!("{{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"tools/call\",\"params\":{{", id.raw);
        self.forward_request(&[head.as_bytes(), &params, b"}}\n"].concat(), frame, id, &tool);
    }

    fn forward_request(&self, line: &[u8], frame: &Frame<'_>, id: &Id, tool: &str) {
        let asked = Asked {
            raw: id.raw.clone(),
            method: frame.method().to_owned(),
            tool: tool.to_owned(),
            is_modern: frame.is_modern(),
        };
        if !lock(&self.pending).add(id, asked) {
            let text = "refused by Cavra: too many requests wait for an answer";
            return self.tell_client(&answer::error(&id.raw, answer::REFUSED, text, None));
        }
        self.forward(line);
    }

    /// A server that reads no more has ended, or is about to; whoever watches it answers what is left.
    fn forward(&self, line: &[u8]) {
        let _ = self.tell_server(line);
    }

    pub(super) fn refuse_call(&self, id: &str, verdict: &Verdict, refusal: Refusal, is_modern: bool) {
        let text = answer::text(verdict, refusal);
        let meta = answer::meta(&verdict.opinion().decision);
        self.tell_client(&answer::tool_error(id, &text, Some(meta), is_modern));
    }

    /// There was no verdict at all.
    fn fail(&self, id: &str) {
        let text = "refused by Cavra: it could not decide this. Nothing was forwarded.";
        self.tell_client(&answer::error(id, answer::REFUSED, text, None));
    }

    fn refuse_request(&self, id: &str, verdict: &Verdict) {
        let text = answer::text(verdict, Refusal::Decided);
        let meta = answer::meta(&verdict.opinion().decision);
        self.tell_client(&answer::error(id, answer::REFUSED, &text, Some(meta)));
    }
}

fn tool_of<'a>(frame: &'a Frame<'_>) -> &'a str {
    frame.params().and_then(|params| params.get("name")).and_then(Node::text).unwrap_or_default()
}

/// A call names its tool by a string, and has an object for arguments, if any.
fn well_formed(frame: &Frame<'_>) -> Result<(), Fault> {
    let params = frame.params().filter(|params| params.is_object());
    let params = params.ok_or(Fault::NotMessage("a call of a tool has no parameters"))?;
    let name = params.get("name").and_then(Node::text).unwrap_or_default();
    if name.is_empty() {
        return Err(Fault::NotMessage("a call of a tool does not name it"));
    }
    // Some servers trim names, and some end them at a NUL: rules would be held against another name.
    if name.trim() != name || name.chars().any(char::is_control) {
        return Err(Fault::NotMessage("the name of a tool holds control characters, or blanks around it"));
    }
    match params.get("arguments") {
        Some(arguments) if !arguments.is_object() => {
            Err(Fault::NotMessage("the arguments of a call are no object"))
        }
        Some(_) | None => Ok(()),
    }
}

/// What of a request's `_meta` says which revision it is in and what the client can do.
fn protocol_meta(frame: &Frame<'_>) -> serde_json::Value {
    let prefix = PROTOCOL_VERSION.split('/').next().unwrap_or_default();
    let meta = frame.params().and_then(|params| params.get("_meta"));
    let members = meta.map_or(&[][..], Node::members);
    members
        .iter()
        .filter(|member| member.name.starts_with(prefix))
        .map(|member| (member.name.to_string(), super::rewrite::to_json(&member.value)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}
