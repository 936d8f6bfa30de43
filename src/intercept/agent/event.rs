//! From a payload to an event: what the agent would do, as requests.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::mcp_name::{self, Naming};
use super::payload::Payload;
use super::profile::{Moment, Profile};
use super::tool::{Does, Part, Use, hosts, suspicions};
use super::{Agent, Asked};
use crate::contract::{AGENT_TOOL_CALL, Action, Context, Json, Request};
use crate::intercept::command::{files_event, foreign_text_event, text_event};
use crate::intercept::host;
use crate::intercept::intercepted::{Intercepted, Seam};
use crate::intercept::shell::{Access, Dialect, Extent, FileUse, Form};
use crate::intercept::surroundings::Surroundings;
use crate::intercept::{path, protection};

/// An event that could not be read: it is blocked for this reason.
#[must_use]
pub fn unreadable(asked: &Asked, reason: String) -> Intercepted {
    let subject = subject(asked.agent, &asked.event, None, &Surroundings::default());
    let mut event = Intercepted::joined(subject, Seam::AgentHook, Vec::new());
    event.requests = Box::new(std::iter::once(Err(reason)));
    event
}

/// The event of a payload, and the folders that the agent works in.
///
/// # Errors
/// What of it is not understood.
pub(super) fn of(
    asked: &Asked,
    payload: &Payload,
    tool: Option<&str>,
    cwd: Option<&Path>,
) -> Result<(Intercepted, Vec<PathBuf>), String> {
    let said = payload.folders().into_iter().map(PathBuf::from).filter(|folder| folder.is_absolute());
    let mut folders: Vec<PathBuf> = said.chain(cwd.map(Path::to_owned)).collect();
    folders.dedup();
    let surroundings = folders.first().cloned().map_or_else(Surroundings::default, Surroundings::of);
    let calls = calls(asked, payload, tool)?;
    let name = calls.first().map_or(asked.event.as_str(), |call| call.tool);
    let maker = Maker {
        subject: subject(asked.agent, name, payload.session(), &surroundings),
        surroundings,
        folders: &folders,
    };
    let mut events = Vec::new();
    for call in &calls {
        for part in parts(asked.agent.profile(), call)? {
            events.extend(maker.events(&part));
        }
    }
    let event = match (events.len(), events.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            events.extend(last);
            Intercepted::joined(maker.subject, Seam::AgentHook, events)
        }
    };
    Ok((event, folders))
}

/// A call of a tool.
#[derive(PartialEq)]
struct Call<'p> {
    tool: &'p str,
    input: Json,
    /// The MCP server and its tool, where the host says them.
    server: Option<(&'p str, &'p str)>,
}

/// The calls that a payload is about; a host that says one in two ways is held to both.
fn calls<'p>(asked: &Asked, payload: &'p Payload, named: Option<&'p str>) -> Result<Vec<Call<'p>>, String> {
    let profile = asked.agent.profile();
    let is_cut = [payload.at("/toolInputTruncated"), payload.at("/tool_input_truncated")];
    if is_cut.contains(&Some(&Json::Bool(true))) {
        return Err("the host cut the tool's input short".to_owned());
    }
    let mut calls: Vec<Call<'p>> = Vec::new();
    match asked.moment {
        Moment::Tool | Moment::Permission => {
            for (tool, input) in profile.calls {
                // Where the host hands a call to a program, it names the tool beside the payload.
                let is_beside = tool.is_empty();
                if is_beside && asked.event != DELEGATED {
                    continue;
                }
                let tool = if is_beside { named.or(Some(DELEGATED)) } else { payload.text(tool) };
                let (Some(tool), Some(input)) = (tool, payload.at(input)) else { continue };
                let call = Call { tool, input: decoded(input)?, server: server(payload, tool) };
                if !calls.contains(&call) {
                    calls.push(call);
                }
            }
            if calls.is_empty() {
                return Err("the payload names no tool and what it is given".to_owned());
            }
        }
        Moment::Step(tool) => {
            let inner = profile.calls.first().and_then(|(_, input)| payload.at(input));
            let input = inner.map_or_else(|| Ok(payload.whole().clone()), decoded)?;
            calls.push(Call { tool, input, server: server(payload, tool) });
        }
        Moment::Prompt => {
            let listed = payload.at("/attachments").cloned();
            if let Some(files @ Json::Array(_)) = listed {
                let mut input = crate::contract::Object::default();
                input.set("files", files);
                calls.push(Call { tool: ATTACHMENTS, input: Json::Object(input), server: None });
            }
        }
        Moment::Settings => {
            if payload.text("/file_path").is_some() {
                calls.push(Call { tool: SETTINGS, input: payload.whole().clone(), server: None });
            }
        }
        Moment::Notice => {}
    }
    Ok(calls)
}

/// The event of a call that is handed to a program.
const DELEGATED: &str = "delegate";

/// The tools that stand for what is no tool.
const ATTACHMENTS: &str = "attachments of a prompt";
const SETTINGS: &str = "change of settings";

/// Input that is a text of JSON, up to twice, is what that says. A text that only looks like JSON is an error: its host
/// may read in it what a strict reader does not.
fn decoded(input: &Json) -> Result<Json, String> {
    let mut value = input.clone();
    for _ in 0..2 {
        let Json::String(text) = &value else { break };
        match serde_json::from_str::<Json>(text) {
            Ok(inner @ (Json::Object(_) | Json::String(_))) => value = inner,
            Err(error) if text.trim_start().starts_with('{') => {
                return Err(format!("what the tool is given is a text that is no JSON: {error}"));
            }
            Ok(_) | Err(_) => break,
        }
    }
    Ok(value)
}

/// The MCP server and its tool where the host itself tells them apart.
fn server<'p>(payload: &'p Payload, tool: &'p str) -> Option<(&'p str, &'p str)> {
    let server =
        ["/mcp_context/server_name", "/mcp_server/name", "/mcp_server_name", "/tool_info/mcp_server_name"]
            .iter()
            .find_map(|pointer| payload.text(pointer))?;
    let said = ["/mcp_context/tool_name", "/tool_info/mcp_tool_name"].iter().find_map(|at| payload.text(at));
    // Behind the server's name stands the tool's, where it is one name.
    let rest = tool.strip_prefix("mcp__").and_then(|rest| rest.strip_prefix(server)?.strip_prefix("__"));
    let own = payload.text("/tool_name").filter(|_| payload.at("/mcp_server_name").is_some());
    Some((server, said.or(rest).or(own).unwrap_or(tool)))
}

fn parts(profile: &Profile, call: &Call<'_>) -> Result<Vec<Part>, String> {
    match call.tool {
        ATTACHMENTS => {
            let found = Use::Read.parts(call.tool, &call.input);
            return Ok(found.unwrap_or_default());
        }
        SETTINGS => return Use::Write.parts(call.tool, &call.input),
        _ => {}
    }
    let known = profile.tools.iter().find(|(name, _)| *name == call.tool).map(|(_, does)| *does);
    if let (Some((server, tool)), None) = (call.server, known) {
        let mut parts =
            vec![Part::Mcp { server: server.to_owned(), tool: tool.to_owned(), hosts: hosts(&call.input)? }];
        parts.extend(suspicions(&call.input, false)?);
        return Ok(parts);
    }
    if let Some(does) = known {
        let mut parts = does.parts(call.tool, &call.input)?;
        if does == Use::Call {
            parts.extend(suspicions(&call.input, false)?);
        }
        return Ok(parts);
    }
    let splits = mcp_name::splits(profile.naming, call.tool);
    let is_unknown = splits.is_empty();
    // Where the server is not said, an event of its own says it, and is where the call is judged.
    let said =
        splits.into_iter().filter(|(server, _)| !server.is_empty() || profile.naming != Naming::Unsaid);
    let reached = hosts(&call.input)?;
    let mut parts: Vec<Part> =
        said.map(|(server, tool)| Part::Mcp { server, tool, hosts: reached.clone() }).collect();
    if is_unknown {
        parts.push(Part::Tool { about: call.tool.to_owned() });
    }
    parts.extend(suspicions(&call.input, is_unknown)?);
    Ok(parts)
}

fn subject(agent: Agent, name: &str, session: Option<&str>, surroundings: &Surroundings) -> Request {
    Request {
        session_id: session.unwrap_or_default().to_owned(),
        agent_id: agent.as_str().to_owned(),
        action_type: AGENT_TOOL_CALL.to_owned(),
        target: name.to_owned(),
        context: Some(Context {
            seam: Seam::AgentHook.as_str().to_owned(),
            cwd: surroundings.cwd.to_string_lossy().into_owned(),
            ..Context::default()
        }),
        ..Request::default()
    }
}

/// Makes the events of parts.
struct Maker<'f> {
    subject: Request,
    surroundings: Surroundings,
    folders: &'f [PathBuf],
}

impl Maker<'_> {
    fn events(&self, part: &Part) -> Vec<Intercepted> {
        match part {
            Part::Run { text, folder, is_read } => {
                let surroundings = match folder {
                    Some(folder) => Surroundings::of(self.surroundings.cwd.join(expanded(folder))),
                    None => self.surroundings.clone(),
                };
                let subject = self.named(Action::ExecuteCommand.as_str(), text);
                vec![if *is_read {
                    text_event(subject, Dialect::Bash, &surroundings, None, Seam::AgentHook)
                } else {
                    foreign_text_event(subject, &surroundings, Seam::AgentHook)
                }]
            }
            Part::File { path, does } => vec![self.file(path, *does)],
            Part::Mcp { server, tool, hosts } => {
                let mut request = self.named(Action::McpToolCall.as_str(), "");
                request.context.get_or_insert_default().hosts.clone_from(hosts);
                server.clone_into(&mut request.server);
                tool.clone_into(&mut request.tool);
                vec![self.single(request)]
            }
            Part::Tool { about } => {
                let mut request = self.named(AGENT_TOOL_CALL, about);
                request.context.get_or_insert_default().hosts = host::named_in(about);
                vec![self.single(request)]
            }
            Part::MayBePath(path) => self.suspected(path),
            Part::MayBeCommand(text) => {
                let subject = self.named(Action::ExecuteCommand.as_str(), text);
                let event = text_event(subject, Dialect::Bash, &self.surroundings, None, Seam::AgentHook);
                vec![event.into_suspects(self.subject.clone())]
            }
        }
    }

    fn file(&self, path: &str, does: Does) -> Intercepted {
        let (access, extent) = match does {
            Does::Read | Does::ReadPattern | Does::List => (Access::Read, Extent::One),
            Does::Search => (Access::Read, Extent::Visible),
            Does::Write => (Access::Write, Extent::One),
            Does::Update => (Access::Update, Extent::One),
        };
        let uses = spelled(path).into_iter().map(|path| FileUse {
            path: if does == Does::ReadPattern { Form::pattern(path) } else { Form::text(path) },
            folder: Some(self.surroundings.cwd.clone()).filter(|folder| folder.is_absolute()),
            access,
            extent,
            is_remote: false,
            digest: None,
            origin: Rc::from(""),
        });
        files_event(self.subject.clone(), uses.collect(), &self.surroundings, Seam::AgentHook)
    }

    /// What a text would come to if it were a path.
    fn suspected(&self, path: &str) -> Vec<Intercepted> {
        let mut suspects = Vec::new();
        for folder in self.folders.iter().take(1) {
            let surroundings = Surroundings { cwd: folder.clone(), ..self.surroundings.clone() };
            for path in spelled(path) {
                let told = path::spell(Path::new(&path), &surroundings);
                for action in [Action::ReadFile, Action::WriteFile] {
                    let mut request = self.named(action.as_str(), &path);
                    let context = request.context.get_or_insert_default();
                    context.spellings.clone_from(&told.spellings);
                    context.folds_case = told.folds_case;
                    suspects.extend(protection::of_request(&request, action == Action::WriteFile));
                    suspects.push(request);
                }
            }
        }
        let mut event = Intercepted::joined(self.subject.clone(), Seam::AgentHook, Vec::new());
        event.further.suspects = suspects;
        vec![event]
    }

    fn single(&self, request: Request) -> Intercepted {
        let mut event = Intercepted::joined(request.clone(), Seam::AgentHook, Vec::new());
        event.requests = Box::new(std::iter::once(Ok(request)));
        event
    }

    fn named(&self, action_type: &str, target: &str) -> Request {
        Request { action_type: action_type.to_owned(), target: target.to_owned(), ..self.subject.clone() }
    }
}

/// A path as it is given and, where it begins in the home, as a shell would take it.
fn spelled(path: &str) -> Vec<String> {
    let full = expanded(path);
    if full == path { vec![full] } else { vec![path.to_owned(), full] }
}

fn expanded(path: &str) -> String {
    let homes = crate::sys::dirs::homes();
    match (path.strip_prefix('~'), homes.last()) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with('/') => {
            format!("{}{rest}", home.display())
        }
        _ => path.to_owned(),
    }
}
