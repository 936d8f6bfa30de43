//! What the two directions share: the ends of the pipes, and what is known of the conversation.

use std::collections::HashMap;
use std::io::{self, Write};
use std::process::ChildStdin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::contract::Verdict;
use crate::intercept::Intercepted;
use crate::intercept::mcp::{Fault, FoundId, Id, IdReader, Server};
use crate::sys::dirs::Places;
use crate::sys::random;

use super::answer;
use super::ask::Parked;
use super::desk::Desk;
use super::pending::Pending;
use super::ticket::Tickets;
use super::tools::Tools;

/// The longest frame that is read from a client, in bytes.
pub(super) const MOST_OF_CLIENT: usize = 16 << 20;

/// The longest frame that is read from a server, in bytes.
pub(super) const MOST_OF_SERVER: usize = 64 << 20;

/// How the ids of requests that Cavra makes itself begin.
const OWN: &str = "cavra:";

/// The proxy.
pub(super) struct Proxy {
    pub(super) server: Server,
    pub(super) desk: Desk,
    pub(super) pending: Mutex<Pending>,
    pub(super) tools: Mutex<Tools>,
    pub(super) parked: Mutex<HashMap<String, Parked>>,
    pub(super) tickets: Mutex<Option<Tickets>>,
    /// Whether a client of a revision with sessions said that it can ask people.
    pub(super) can_ask: AtomicBool,
    /// Whether a server of such a revision has been introduced.
    pub(super) is_introduced: AtomicBool,
    pub(super) listing: Listing,
    to_client: Mutex<Outlet>,
    to_server: Mutex<Option<ChildStdin>>,
    /// Frames for the server that the other direction must not wait for.
    replies: SyncSender<Vec<u8>>,
}

/// The list of tools that Cavra itself asks for, page by page.
#[derive(Default)]
pub(super) struct Listing {
    pub(super) page: Mutex<Page>,
    pub(super) arrived: Condvar,
}

/// Where that stands.
#[derive(Debug, Default)]
pub(super) enum Page {
    /// Nothing is asked for.
    #[default]
    None,
    /// The page with this id.
    Awaited(String),
    /// It came; the cursor of the next one, if there is one.
    Here(Option<String>),
}

/// The way to the client.
struct Outlet {
    stream: Box<dyn Write + Send>,
    is_broken: bool,
}

impl Proxy {
    pub(super) fn new(
        server: Server,
        places: &Places,
        to_client: Box<dyn Write + Send>,
        to_server: ChildStdin,
        replies: SyncSender<Vec<u8>>,
    ) -> Self {
        Self {
            desk: Desk::open(places.clone(), &server.surroundings),
            pending: Mutex::default(),
            tools: Mutex::new(Tools::new(places.clone(), &server.name, &server.command)),
            parked: Mutex::default(),
            tickets: Mutex::new(Tickets::new()),
            can_ask: AtomicBool::new(false),
            is_introduced: AtomicBool::new(false),
            listing: Listing::default(),
            to_client: Mutex::new(Outlet { stream: to_client, is_broken: false }),
            to_server: Mutex::new(Some(to_server)),
            replies,
            server,
        }
    }

    /// Gives the client whole frames. A client that reads no more is no reason to stop reading from the server.
    pub(super) fn tell_client(&self, frame: &[u8]) {
        let mut outlet = lock(&self.to_client);
        if !outlet.is_broken && outlet.stream.write_all(frame).is_err() {
            outlet.is_broken = true;
        }
    }

    /// Gives the server a whole frame.
    ///
    /// # Errors
    /// If it reads no more.
    pub(super) fn tell_server(&self, frame: &[u8]) -> io::Result<()> {
        match lock(&self.to_server).as_mut() {
            Some(stream) => stream.write_all(frame),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// Gives the server a frame without waiting until it reads it: whoever reads from the server must not.
    pub(super) fn reply_to_server(&self, frame: Vec<u8>) {
        // Nobody is left to hear it.
        let _ = self.replies.send(frame);
    }

    /// The client has gone: the server reads the end.
    pub(super) fn close_server(&self) {
        lock(&self.to_server).take();
    }

    /// Decides events. Where there is no verdict there is nothing to let through.
    pub(super) fn decide(&self, events: Vec<Intercepted>) -> Option<Verdict> {
        self.desk.decide(events)
    }

    /// A frame of the client's that is not forwarded: it is recorded, and every id in it is answered.
    pub(super) fn refuse_of_client(&self, fault: &Fault, ids: &[FoundId]) {
        let evidence = self.record_refused("", fault);
        let is_json = !matches!(fault, Fault::NotJson | Fault::NotUtf8 | Fault::ByteOrderMark);
        let code = if is_json { answer::INVALID_REQUEST } else { answer::PARSE_ERROR };
        let message =
            format!("refused by Cavra: {}. Nothing was forwarded.", answer::shown(&fault.to_string()));
        if ids.is_empty() {
            self.tell_client(&answer::error("null", code, &message, evidence.clone()));
        }
        for id in ids {
            let frame = answer::error(&id.raw, code, &message, evidence.clone());
            if id.is_answer {
                // It was to be the answer to a request of the server's, which waits for it.
                self.reply_to_server(frame);
            } else {
                self.tell_client(&frame);
            }
        }
    }

    /// A frame of the server's that is not forwarded.
    pub(super) fn refuse_of_server(&self, fault: &Fault, ids: &[FoundId]) {
        let evidence = self.record_refused("", fault);
        let message = format!("refused by Cavra: {}", answer::shown(&fault.to_string()));
        for id in ids {
            if !id.is_answer {
                self.reply_to_server(answer::error(
                    &id.raw,
                    answer::INVALID_REQUEST,
                    &message,
                    evidence.clone(),
                ));
                continue;
            }
            let Some(asked) = lock(&self.pending).take_raw(&id.raw) else { continue };
            let text = format!("BLOCKED by Cavra: what the MCP server answered was kept back, as {fault}.");
            let text = answer::shown(&text);
            self.tell_client(&if asked.method == "tools/call" {
                answer::tool_error(&asked.raw, &text, evidence.clone(), asked.is_modern)
            } else {
                answer::error(&asked.raw, answer::NO_ANSWER, &text, evidence.clone())
            });
        }
    }

    /// Records that a frame was refused; gives what is told of the decision.
    pub(super) fn record_refused(&self, method: &str, fault: &Fault) -> Option<serde_json::Value> {
        let verdict = self.decide(vec![self.server.refused(method, fault.to_string())])?;
        Some(answer::meta(&verdict.opinion().decision))
    }

    /// Answers everything that the server will not answer any more.
    pub(super) fn answer_the_rest(&self, why: &str) {
        let parked: Vec<Parked> = lock(&self.parked).drain().map(|(_, parked)| parked).collect();
        for parked in parked {
            let text = format!("NOT DONE, Cavra: {why} before the call was approved. Nothing was executed.");
            self.tell_client(&answer::tool_error(&parked.id.raw, &text, None, false));
        }
        for asked in lock(&self.pending).drain() {
            if asked.method == "tools/call" {
                let text = format!(
                    "FAILED, Cavra: {why} before it answered. It is not known whether the call took effect: check \
                     before you repeat it."
                );
                self.tell_client(&answer::tool_error(&asked.raw, &text, None, asked.is_modern));
            } else {
                let text = format!("{why} before it answered");
                self.tell_client(&answer::error(&asked.raw, answer::NO_ANSWER, &text, None));
            }
        }
    }

    /// Whether the client of a session can ask people.
    pub(super) fn can_ask(&self) -> bool {
        self.can_ask.load(Ordering::Relaxed)
    }
}

/// An id of Cavra's own that nobody can guess; none if the system gives no randomness.
pub(super) fn own_id() -> Option<String> {
    Some(format!("{OWN}{}", random::nonce().ok()?))
}

/// Whether an id is one of Cavra's own.
pub(super) fn is_own(id: &Id) -> bool {
    id.key.strip_prefix('s').is_some_and(|id| id.starts_with(OWN))
}

/// The ids in a frame that cannot be read.
pub(super) fn ids_in(frame: &[u8]) -> Vec<FoundId> {
    let mut reader = IdReader::default();
    reader.feed(frame);
    reader.finish()
}

/// The lock. A thread that panicked ends the process in a release; what it left is still there to be read.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
