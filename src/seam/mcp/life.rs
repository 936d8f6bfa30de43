//! The life of a proxy: it begins with the server's and ends with it, and leaves nothing behind.
//!
//! The client closes its end: so does the server's, which is given time to finish, is asked to end, and is ended. The
//! server ends: what it left unanswered is answered, the rest of its group is ended, and its exit code is the proxy's.
//! A signal goes to the whole group.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::intercept::mcp::Server;
use crate::sys::children::{self, Group, Signals, Started};
use crate::sys::dirs::Places;

use super::proxy::Proxy;

/// How long the server may go on once the client has gone.
const AFTER_CLIENT: Duration = Duration::from_secs(5);

/// How long what is asked to end may take.
const GRACE: Duration = Duration::from_secs(2);

/// How long what the server has written may take to be read once it has ended: a grandchild may keep the pipe open.
const AFTER_SERVER: Duration = Duration::from_secs(1);

/// How often it is looked whether a question has waited too long.
const TICK: Duration = Duration::from_secs(1);

/// The most frames that wait for the server to read them.
const MOST_REPLIES: usize = 1_024;

/// What happens in a proxy's life.
enum News {
    ClientGone,
    ServerSilent,
    ServerEnded(u8),
    Signal,
}

/// Runs the server behind the proxy until both sides are done; gives its exit code.
///
/// # Errors
/// If it cannot be started.
pub(super) fn live(
    server: Server,
    argv: &[OsString],
    places: &Places,
    input: impl Read + Send + 'static,
    output: Box<dyn Write + Send>,
) -> io::Result<u8> {
    let (program, operands) = argv.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let signals = Signals::hold()?;
    let Started { mut child, group, input: to_server, output: from_server } =
        children::start(program, operands, &signals)?;
    let (replies, waiting) = mpsc::sync_channel::<Vec<u8>>(MOST_REPLIES);
    let proxy = Arc::new(Proxy::new(server, places, output, to_server, replies));
    let (news, heard) = mpsc::channel();

    let client = Arc::clone(&proxy);
    start_thread(&news, "client", move |news| {
        client.pump_client(input);
        client.close_server();
        let _ = news.send(News::ClientGone);
    })?;
    let backend = Arc::clone(&proxy);
    start_thread(&news, "server", move |news| {
        backend.pump_server(from_server);
        let _ = news.send(News::ServerSilent);
    })?;
    let replier = Arc::clone(&proxy);
    start_thread(&news, "replies", move |_| {
        while let Ok(frame) = waiting.recv() {
            if replier.tell_server(&frame).is_err() {
                return;
            }
        }
    })?;
    start_thread(&news, "signals", move |news| {
        while let Ok(signal) = signals.next() {
            group.signal(signal);
            let _ = news.send(News::Signal);
        }
    })?;
    start_thread(&news, "end", move |news| {
        let code = child.wait().map_or(1, children::exit_code);
        let _ = news.send(News::ServerEnded(code));
    })?;
    drop(news);

    let code = watch(&proxy, group, &heard);
    proxy.answer_the_rest("the MCP server has ended");
    group.end(GRACE);
    Ok(code)
}

/// Waits for the end.
fn watch(proxy: &Proxy, group: Group, heard: &mpsc::Receiver<News>) -> u8 {
    let mut code = None;
    let mut is_silent = false;
    // When the group is to be ended, and when it is no longer waited for.
    let mut ends: Option<Instant> = None;
    let mut is_asked_to_end = false;
    loop {
        if let (Some(code), true) = (code, is_silent) {
            return code;
        }
        let wait = ends.map_or(TICK, |ends| ends.saturating_duration_since(Instant::now()).min(TICK));
        match heard.recv_timeout(wait) {
            Ok(News::ClientGone) => ends = Some(sooner(ends, AFTER_CLIENT)),
            Ok(News::ServerSilent) => {
                is_silent = true;
                // It will not answer any more, whether it lives on or not.
                proxy.answer_the_rest("the MCP server has closed its output");
                ends = Some(sooner(ends, AFTER_CLIENT));
            }
            Ok(News::ServerEnded(with)) => {
                code = Some(with);
                ends = Some(sooner(ends, AFTER_SERVER));
            }
            Ok(News::Signal) => ends = Some(sooner(ends, GRACE)),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return code.unwrap_or(1),
        }
        proxy.expire();
        if ends.is_some_and(|ends| ends <= Instant::now()) {
            if let Some(code) = code {
                // Only what outlived the server keeps the pipe open.
                return code;
            }
            if is_asked_to_end {
                group.end(Duration::ZERO);
            } else {
                group.signal(children::TERM);
                is_asked_to_end = true;
            }
            ends = Some(Instant::now() + GRACE);
        }
    }
}

fn sooner(ends: Option<Instant>, after: Duration) -> Instant {
    let then = Instant::now() + after;
    ends.map_or(then, |ends| ends.min(then))
}

fn start_thread(
    news: &Sender<News>,
    name: &str,
    run: impl FnOnce(Sender<News>) + Send + 'static,
) -> io::Result<()> {
    let news = news.clone();
    thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn(move || run(news)).map(|_| ())
}

/// Shell texts are taken apart on these stacks, as deep as anywhere.
const STACK: usize = 8 << 20;
