//! `cavra mcp`: between an MCP client and a server, over their pipes.
//!
//! Two threads read, one from each side, and write to the other; a pipe that is full makes the other side wait, as it
//! would without Cavra. What goes on goes on byte for byte, but for lists of tools that are filtered, results that lose
//! secrets, and calls that carry an answer meant for Cavra. Every request is decided when it comes, whatever was said
//! before, so both eras of the protocol are served alike; every id that is not forwarded is answered.
//!
//! What of this holds a lock never waits for the other side: the thread that reads from the server hands what it has to
//! say to the server to another one.

mod answer;
mod ask;
mod backend;
mod client;
mod desk;
mod life;
mod pending;
mod pins;
mod proxy;
mod rewrite;
mod ticket;
mod tools;

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::Path;

use thiserror::Error;

use crate::contract::{Effect, Verdict};
use crate::intercept::Surroundings;
use crate::intercept::mcp::{Frame, Kind, Server, Side};
use crate::sys::dirs::{Places, PlacesError};
use crate::sys::environment;
use crate::sys::frames::{Line, Lines};

use self::answer::Refusal;
use self::desk::Desk;

pub use self::pins::{Pin, Pins, PinsError};

/// How the proxy is called.
#[derive(Clone, Debug)]
pub struct Call {
    /// The name that policies know the server by; the command says it where this is none.
    pub server: Option<String>,
    /// The client, for the record.
    pub client: String,
    /// The command that starts the server.
    pub argv: Vec<OsString>,
}

/// How it ended.
#[derive(Debug)]
pub enum Ended {
    /// The server's exit code.
    Server(u8),
    /// The server was not started.
    Refused(Box<Verdict>),
}

/// Why nothing was started.
#[derive(Debug, Error)]
pub enum McpError {
    /// Where the policies lie is not known.
    #[error(transparent)]
    Places(#[from] PlacesError),
    /// The server cannot be started.
    #[error("the MCP server `{program}` cannot be started: {err}")]
    Start {
        /// The program.
        program: String,
        /// What the system said.
        err: io::Error,
    },
}

/// Serves one client and one server until both are done.
///
/// # Errors
/// [`McpError`].
pub fn serve(
    call: Call,
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
) -> Result<Ended, McpError> {
    let places = Places::find()?;
    let server = server_of(&call);
    let desk = Desk::open(places.clone(), &server.surroundings);
    // A server that is blocked is not started; what is only asked about is asked about call by call.
    if desk.with_gate(|gate| gate.consult(server.start())).decision.decision == Effect::Block
        && let Some(verdict) = desk.decide(vec![server.start()])
        && verdict.effect() == Effect::Block
    {
        refuse_all(&verdict, input, output);
        return Ok(Ended::Refused(Box::new(verdict)));
    }
    let program = call.argv.first().map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
    life::live(server, &call.argv, &places, input, Box::new(output))
        .map(Ended::Server)
        .map_err(|err| McpError::Start { program, err })
}

fn server_of(call: &Call) -> Server {
    let command: Vec<String> = call.argv.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    Server {
        name: call.server.clone().unwrap_or_else(|| name_of(&command)),
        command,
        client: call.client.clone(),
        surroundings: environment::working_directory()
            .map_or_else(|_| Surroundings::default(), Surroundings::of),
    }
}

/// The name of a server that nobody named: what a launcher of packages is told to run, without its version, else the
/// program's base name.
#[must_use]
pub fn name_of(command: &[String]) -> String {
    let base = |word: &str| {
        Path::new(word)
            .file_name()
            .map_or_else(|| word.to_owned(), |name| name.to_string_lossy().into_owned())
    };
    let program = command.first().map(|word| base(word)).unwrap_or_default();
    let is_launcher = matches!(
        program.as_str(),
        "npx"
            | "bunx"
            | "pnpx"
            | "uvx"
            | "pipx"
            | "node"
            | "bun"
            | "deno"
            | "python"
            | "python3"
            | "uv"
            | "docker"
    );
    let operand = command.iter().skip(1).find(|word| {
        !word.starts_with('-') && !matches!(word.as_str(), "run" | "exec" | "dlx" | "tool" | "x")
    });
    match operand.filter(|_| is_launcher) {
        Some(operand) => {
            let name = base(operand);
            let name = name.split_once('@').map_or(name.as_str(), |(name, _)| name).to_owned();
            [".js", ".mjs", ".cjs", ".ts", ".py"]
                .iter()
                .find_map(|end| name.strip_suffix(end).map(str::to_owned))
                .unwrap_or(name)
        }
        None => program,
    }
}

/// Answers every request of the client's, so that it can show its person why the server is not there.
fn refuse_all(verdict: &Verdict, input: impl Read, mut output: impl Write) {
    let mut lines = Lines::new(input, proxy::MOST_OF_CLIENT);
    let mut line = Vec::new();
    let text = answer::text(verdict, Refusal::Decided);
    let meta = answer::meta(&verdict.opinion().decision);
    while let Ok(Line::Whole | Line::TooLong) = lines.next(&mut line, |_| {}) {
        let bytes = line.strip_suffix(b"\n").unwrap_or(&line);
        let ids: Vec<String> = match Frame::read(bytes, Side::Client).map(|frame| frame.kind) {
            Ok(Kind::Request(id)) => vec![id.raw],
            Ok(Kind::Notification | Kind::Response(_)) => Vec::new(),
            Err(_) => proxy::ids_in(bytes).into_iter().map(|found| found.raw).collect(),
        };
        for id in ids {
            let frame = answer::error(&id, answer::REFUSED, &text, Some(meta.clone()));
            if output.write_all(&frame).is_err() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_nobody_named_goes_by_what_is_run() {
        for (command, name) in [
            (
                &["npx", "-y", "@modelcontextprotocol/server-everything@2026.8.31", "stdio"][..],
                "server-everything",
            ),
            (&["uvx", "mcp-server-git"], "mcp-server-git"),
            (&["/usr/bin/node", "/srv/dist/index.js"], "index"),
            (&["python3", "-m", "srv", "server.py"], "srv"),
            (&["/opt/github-mcp", "stdio"], "github-mcp"),
            (&[], ""),
        ] {
            let command: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(name_of(&command), name);
        }
    }
}
