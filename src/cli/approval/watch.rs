//! `cavra approvals --watch`: what waits, on a terminal, and keys to answer with.

use std::collections::BTreeSet;
use std::io::{self, BufRead, IsTerminal};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::approval::local::{self, Question, Waiting};
use crate::approval::{Pending, Store};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::output::{self, Paint, Style, escaped};
use crate::gate;
use crate::sys::clock;
use crate::sys::dirs::Places;
use crate::sys::terminal::Keys;

/// What was granted on this terminal, and not used yet: digests.
type Granted = Arc<Mutex<BTreeSet<String>>>;

pub(super) fn run(places: &Places, store: &Store) -> Result<Exit, Failure> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Failure::user("this is no terminal").hint("`cavra approvals --json` is for programs"));
    }
    let granted = Granted::default();
    // Without a login above, what waits can still be looked at, denied, and approved with a key.
    let unproven = match Waiting::begin(store.folder()) {
        Ok(waiting) => {
            let granted = Arc::clone(&granted);
            thread::spawn(move || serve(&waiting, &granted));
            None
        }
        Err(error) => Some(error.to_string()),
    };
    let (mut chosen, mut said) = (0usize, String::new());
    loop {
        let pending = store.pending().map_err(|error| super::failure(&error))?;
        chosen = chosen.min(pending.len().saturating_sub(1));
        let text = screen(&pending, chosen, &granted, unproven.as_deref(), &said);
        output::data(text).map_err(Failure::user)?;
        let keys = Keys::begin().map_err(Failure::user)?;
        let key = keys.next().map_err(Failure::user)?;
        drop(keys);
        let one = pending.get(chosen);
        match (key, one) {
            (Some(b'q'), _) => return Ok(Exit::SUCCESS),
            (Some(b'j'), _) => chosen = chosen.saturating_add(1),
            (Some(b'k'), _) => chosen = chosen.saturating_sub(1),
            (Some(b's'), Some(one)) => said = super::shown(&one.ask),
            (Some(b'a'), Some(one)) => {
                said = told(approve(places, store, one, &granted, unproven.as_deref()));
            }
            (Some(b'd'), Some(one)) => said = told(deny(places, store, one)),
            _ => {}
        }
    }
}

fn told(outcome: Result<String, Failure>) -> String {
    outcome.unwrap_or_else(|failure| failure.to_string())
}

fn screen(
    pending: &[Pending],
    chosen: usize,
    granted: &Granted,
    unproven: Option<&str>,
    said: &str,
) -> String {
    let paint = Paint::stdout();
    // Clears the screen and begins at its top.
    let mut text = "\u{1b}[2J\u{1b}[H".to_owned();
    let title = format!("waiting for approval: {}", pending.len());
    text.push_str(&format!("{}\n\n", paint.paint(Style::Strong, &title)));
    let held = granted.lock().unwrap_or_else(PoisonError::into_inner);
    for (place, one) in pending.iter().enumerate() {
        let mark = if place == chosen { ">" } else { " " };
        let state = if held.contains(&one.ask.digest()) { " (granted once, while this runs)" } else { "" };
        text.push_str(&format!("{mark} {}{state}\n", super::line(one)));
    }
    text.push_str("\nj k: choose   s: show   a: approve   d: deny   q: quit\n");
    if let Some(reason) = unproven {
        text.push_str(&format!("only signed approvals can be given here: {}\n", escaped(reason)));
    }
    if !said.is_empty() {
        text.push_str(&format!("\n{said}\n"));
    }
    text
}

fn approve(
    places: &Places,
    store: &Store,
    one: &Pending,
    granted: &Granted,
    unproven: Option<&str>,
) -> Result<String, Failure> {
    let policies = super::policies(places, Path::new(&one.ask.cwd))?;
    output::talk(super::shown(&one.ask));
    if gate::has_signers(&policies) {
        super::confirmed("Is this to happen?", false)?;
        super::approve::sign_once(places, store, &one.ask, &policies)?;
        return Ok(format!("approved {}", one.id));
    }
    if one.ask.severity > local::GRAVEST {
        return Err(Failure::user(
            "it is too grave for an answer on a terminal: the policy must name signers",
        ));
    }
    if let Some(reason) = unproven {
        return Err(Failure::user(escaped(reason)));
    }
    super::confirmed("Is this to happen, once?", false)?;
    let end = clock::now_seconds().saturating_add(gate::longest(&policies));
    super::record(
        places,
        &super::answer("approve", &one.id, format!("local: {}", super::user()), None, end),
    )?;
    granted.lock().unwrap_or_else(PoisonError::into_inner).insert(one.ask.digest());
    Ok(format!("granted {} once, while this runs", one.id))
}

fn deny(places: &Places, store: &Store, one: &Pending) -> Result<String, Failure> {
    output::talk("why?");
    let mut reason = String::new();
    io::stdin().lock().read_line(&mut reason).map_err(Failure::user)?;
    if reason.trim().is_empty() {
        return Err(Failure::user("a denial has a reason"));
    }
    super::deny::deny(store, &one.id, reason.trim())?;
    super::record(places, &super::answer("deny", &one.id, super::user(), Some(reason.trim()), one.until))?;
    Ok(format!("denied {}", one.id))
}

fn serve(waiting: &Waiting, granted: &Granted) {
    let answer = |question: &Question| match question {
        // It counts once, so it is taken out with the answer.
        Question::Approval { ask } if granted.lock().unwrap_or_else(PoisonError::into_inner).remove(ask) => {
            local::Answer { is_granted: true, reason: String::new(), until: i64::MAX }
        }
        Question::Approval { .. } | Question::Lift { .. } => local::Answer::no(),
    };
    // A socket that fails answers nobody, which is the strict side.
    while waiting.serve(&answer).is_ok() {}
}
