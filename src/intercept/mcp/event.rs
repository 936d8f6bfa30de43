//! From a message to the requests that it amounts to.

use std::path::Path;

use super::super::command::text_event;
use super::super::intercepted::{Further, Intercepted, Seam};
use super::super::looks::Looks;
use super::super::reach;
use super::super::shell::{Access, Dialect, Extent, FileUse, Form};
use super::super::surroundings::Surroundings;
use super::arguments::{self, CommandText, Found, Manner};
use super::definition::ToolDefinition;
use super::digest::digest;
use super::scan::Node;
use crate::contract::{Action, Context, Definition, McpFacts, Request};

/// The most command texts of one call that are taken apart.
const MOST_COMMANDS: usize = 100;

/// The server that messages go to and come from, as the person's configuration has it: nothing of this is from the
/// wire.
#[derive(Clone, Debug)]
pub struct Server {
    /// The name that policies and registries know it by.
    pub name: String,
    /// The argv that starts it.
    pub command: Vec<String>,
    /// The client that it works for, as the configuration says: a label.
    pub client: String,
    /// Where it runs.
    pub surroundings: Surroundings,
}

/// What is known of the tool that is called.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// How its definition stands; none: it is the accepted one.
    pub definition: Option<Definition>,
    /// What is suspicious in it.
    pub flags: Vec<&'static str>,
    /// Whether it says itself that it changes things.
    pub says_it_writes: bool,
}

impl Server {
    /// The events of a call of a tool: the call with the files that it names, then each command text. All must be
    /// allowed.
    #[must_use]
    pub fn call(&self, tool: &str, known: &Known, arguments: Option<&Node<'_>>) -> Vec<Intercepted> {
        let manner = Manner::of(tool, known.says_it_writes);
        let found = arguments.map_or_else(Found::default, |arguments| arguments::look(arguments, manner));
        let facts = McpFacts {
            method: "tools/call".to_owned(),
            definition: known.definition.map_or("", Definition::as_str).to_owned(),
            flags: known.flags.iter().map(|flag| (*flag).to_owned()).collect(),
            arguments: arguments.map(digest).unwrap_or_default(),
            ..McpFacts::default()
        };
        self.events(self.request(tool, "", facts), found, manner)
    }

    /// The events of any other request that is decided: the method stands for the tool, the part before its slash for
    /// the capability.
    #[must_use]
    pub fn method(&self, method: &str, params: Option<&Node<'_>>) -> Vec<Intercepted> {
        // What it names is only read.
        let manner = Manner::of("read", false);
        let found = params.map_or_else(Found::default, |params| arguments::look(params, manner));
        let facts = McpFacts {
            method: method.to_owned(),
            arguments: params.map(digest).unwrap_or_default(),
            ..McpFacts::default()
        };
        let capability = method.split('/').next().unwrap_or_default();
        self.events(self.request(method, capability, facts), found, manner)
    }

    /// The event of a list of tools: one request for each.
    #[must_use]
    pub fn listing(&self, tools: &[(ToolDefinition, Option<Definition>)]) -> Intercepted {
        let facts = |method: &str| McpFacts { method: method.to_owned(), ..McpFacts::default() };
        let requests: Vec<Request> = tools
            .iter()
            .map(|(tool, state)| {
                let flags = tool.flags.iter().map(|flag| (*flag).to_owned()).collect();
                let definition = state.map_or("", Definition::as_str).to_owned();
                self.request(&tool.name, "", McpFacts { definition, flags, ..facts("tools/list") })
            })
            .collect();
        self.event(self.request("tools/list", "", facts("tools/list")), requests.into_iter().map(Ok))
    }

    /// The event of a result that holds secrets of these kinds.
    #[must_use]
    pub fn result(&self, tool: &str, secrets: Vec<String>) -> Intercepted {
        self.single(self.request(
            tool,
            "",
            McpFacts { method: "result".to_owned(), secrets, ..McpFacts::default() },
        ))
    }

    /// The event of starting the server: whether it is to be used at all.
    #[must_use]
    pub fn start(&self) -> Intercepted {
        self.single(self.request("", "", McpFacts::default()))
    }

    /// The event of a frame that cannot be forwarded: it is blocked for this reason.
    #[must_use]
    pub fn refused(&self, method: &str, reason: String) -> Intercepted {
        let subject = self.request(method, "", McpFacts::default());
        self.event(subject, std::iter::once(Err(reason)))
    }

    fn events(&self, request: Request, found: Found, manner: Manner) -> Vec<Intercepted> {
        let Found { paths, commands, hosts, unresolved } = found;
        let mut request = request;
        request.context.get_or_insert_default().hosts = hosts;
        let (shown, beyond) = commands.split_at(commands.len().min(MOST_COMMANDS));
        let texts: Vec<Intercepted> = shown.iter().map(|command| self.command(command, &request)).collect();
        let mut requests = vec![request.clone()];
        let mut event = self.event(request.clone(), std::iter::empty());
        event.unresolved = unresolved;
        event.unresolved.extend(beyond.first().map(|command| crate::contract::Unresolved {
            cause: crate::contract::Cause::Limit,
            text: super::super::shell::snippet(command.text.as_bytes()),
        }));
        if !paths.is_empty() {
            let mut looks = Looks::new(&self.surroundings);
            for path in paths {
                for reached in reach::requests(&self.file(path, manner), &self.surroundings, &mut looks) {
                    let context = Context {
                        seam: Seam::Mcp.as_str().to_owned(),
                        cwd: self.surroundings.cwd.to_string_lossy().into_owned(),
                        spellings: super::super::spelling::distinct(reached.spellings, &reached.target),
                        folds_case: reached.folds_case,
                        open_target: reached.is_open,
                        tree: reached.tree,
                        origin: format!("an argument of {}", request.target),
                        ..Context::default()
                    };
                    requests.push(Request {
                        agent_id: request.agent_id.clone(),
                        context: Some(context),
                        ..Request::new(reached.action, reached.target)
                    });
                    event.unresolved.extend(reached.unresolved);
                    event.project_roots.extend(reached.project_roots);
                }
            }
        }
        event.requests = Box::new(requests.into_iter().map(Ok));
        let mut events = vec![event];
        events.extend(texts);
        events
    }

    fn file(&self, path: String, manner: Manner) -> FileUse {
        FileUse {
            path: Form::text(path),
            folder: Some(self.surroundings.cwd.clone()),
            access: if manner.writes { Access::Update } else { Access::Read },
            extent: if manner.takes_trees { Extent::Tree } else { Extent::One },
            is_remote: false,
            digest: None,
            origin: "".into(),
        }
    }

    fn command(&self, command: &CommandText, call: &Request) -> Intercepted {
        let subject = Request {
            agent_id: call.agent_id.clone(),
            ..Request::new(Action::ExecuteCommand, command.text.clone())
        };
        let claimed = command.cwd.as_deref().map(Path::new).map(|cwd| self.surroundings.cwd.join(cwd));
        let claimed = claimed.map(Surroundings::of).filter(|claimed| *claimed != self.surroundings);
        text_event(subject, Dialect::Bash, &self.surroundings, claimed, Seam::Mcp)
    }

    fn request(&self, tool: &str, capability: &str, facts: McpFacts) -> Request {
        let context = Context {
            seam: Seam::Mcp.as_str().to_owned(),
            cwd: self.surroundings.cwd.to_string_lossy().into_owned(),
            mcp: Some(McpFacts { command: self.command.clone(), ..facts }),
            ..Context::default()
        };
        Request {
            agent_id: self.client.clone(),
            server: self.name.clone(),
            tool: tool.to_owned(),
            capability: capability.to_owned(),
            context: Some(context),
            ..Request::new(Action::McpToolCall, format!("{}:{tool}", self.name))
        }
    }

    fn single(&self, request: Request) -> Intercepted {
        self.event(request.clone(), std::iter::once(Ok(request)))
    }

    fn event(
        &self,
        subject: Request,
        requests: impl Iterator<Item = Result<Request, String>> + 'static,
    ) -> Intercepted {
        Intercepted {
            seam: Seam::Mcp,
            subject,
            is_compound: false,
            requests: Box::new(requests),
            unresolved: Vec::new(),
            project_roots: Vec::new(),
            scripts: Vec::new(),
            further: Further::default(),
        }
    }
}
