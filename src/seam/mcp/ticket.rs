//! What a client of a stateless revision carries from a question to its answer.
//!
//! Between the two requests nobody remembers the call, so the ticket says what was asked about, and proves that Cavra
//! wrote it: a keyed digest over the server, the tool, the digest of the arguments, the digest of the policies, the
//! time it ends, and a number that is good for once. The key is made when the proxy starts and never leaves it. What
//! the server itself wanted to be carried lies inside.

use std::collections::HashMap;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::sys::digest::hex;
use crate::sys::{clock, random};

/// How long a question stands, in seconds.
const LIFE: i64 = 300;

/// The most questions that stand at once.
const MOST: usize = 1_000;

/// The most bytes of a server's own state that are carried.
const MOST_INNER: usize = 256 << 10;

/// How a ticket begins.
const MARK: &str = "cavra1.";

/// What a question was about.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Subject {
    pub(super) server: String,
    pub(super) tool: String,
    pub(super) arguments: String,
    pub(super) policy: String,
}

#[derive(Debug, Deserialize, Serialize)]
struct Ticket {
    subject: Subject,
    ends: i64,
    once: String,
    inner: Option<String>,
}

/// Writes tickets and takes them back.
pub(super) struct Tickets {
    key: [u8; 32],
    standing: HashMap<String, i64>,
}

impl Tickets {
    /// None if the system gives no randomness: then nothing can be asked so.
    pub(super) fn new() -> Option<Self> {
        Some(Self { key: random::key().ok()?, standing: HashMap::new() })
    }

    /// Whether a text was meant for here.
    pub(super) fn is_one(state: &str) -> bool {
        state.starts_with(MARK)
    }

    /// A ticket for a question; `inner` is JSON text of the server's that is to be given back. None if too many
    /// questions stand, or too much would be carried.
    pub(super) fn write(&mut self, subject: Subject, inner: Option<String>) -> Option<String> {
        let now = clock::now_seconds();
        self.standing.retain(|_, ends| *ends > now);
        if self.standing.len() >= MOST || inner.as_ref().is_some_and(|inner| inner.len() > MOST_INNER) {
            return None;
        }
        let once = hex(&random::key().ok()?);
        let ends = now.saturating_add(LIFE);
        let ticket = serde_json::to_vec(&Ticket { subject, ends, once: once.clone(), inner }).ok()?;
        self.standing.insert(once, ends);
        let proof = hex(&self.mac(&ticket)?.finalize().into_bytes());
        Some(format!("{MARK}{}.{proof}", hex(&ticket)))
    }

    /// What the server wanted to be carried in this ticket, if it is one of Cavra's own. It says nothing of whether the
    /// ticket still counts.
    pub(super) fn inner(&self, state: &str) -> Option<String> {
        self.read(state)?.inner
    }

    /// Takes a ticket back: whether it is for this subject, has not ended, and was not used before. After that it is
    /// used.
    pub(super) fn redeem(&mut self, state: &str, subject: &Subject) -> bool {
        let Some(ticket) = self.read(state) else { return false };
        let stood = self.standing.remove(&ticket.once).is_some();
        stood && ticket.ends > clock::now_seconds() && ticket.subject == *subject
    }

    fn read(&self, state: &str) -> Option<Ticket> {
        let (ticket, proof) = state.strip_prefix(MARK)?.split_once('.')?;
        let (ticket, proof) = (bytes(ticket)?, bytes(proof)?);
        // The comparison takes the same time wherever they differ.
        self.mac(&ticket)?.verify_slice(&proof).ok()?;
        serde_json::from_slice(&ticket).ok()
    }

    fn mac(&self, ticket: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        mac.update(ticket);
        Some(mac)
    }
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes();
    let pairs = digits.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(tool: &str) -> Subject {
        Subject {
            server: "s".to_owned(),
            tool: tool.to_owned(),
            arguments: "a".to_owned(),
            policy: "p".to_owned(),
        }
    }

    #[test]
    fn a_ticket_counts_once_and_for_what_it_was_written() {
        let mut tickets = Tickets::new().expect("randomness");
        let ticket = tickets.write(subject("x"), Some("{\"a\":1}".to_owned())).expect("a ticket");
        assert!(Tickets::is_one(&ticket));
        assert_eq!(tickets.inner(&ticket).as_deref(), Some("{\"a\":1}"));
        assert!(tickets.redeem(&ticket, &subject("x")));
        assert!(!tickets.redeem(&ticket, &subject("x")));
        let other = tickets.write(subject("x"), None).expect("a ticket");
        assert!(!tickets.redeem(&other, &subject("y")));
        assert!(!tickets.redeem(&other, &subject("x")), "it was used by the attempt");
    }

    #[test]
    fn a_ticket_that_was_touched_or_is_anothers_counts_for_nothing() {
        let mut tickets = Tickets::new().expect("randomness");
        let ticket = tickets.write(subject("x"), None).expect("a ticket");
        let mut touched = ticket.clone();
        let digit = if touched.ends_with('0') { '1' } else { '0' };
        touched.pop();
        touched.push(digit);
        for state in [touched.as_str(), "cavra1.", "cavra1.00.00", "", "cavra1.zz.zz", "cavra1.0.0"] {
            assert!(!tickets.redeem(state, &subject("x")), "{state}");
            assert_eq!(tickets.inner(state), None);
        }
        let mut others = Tickets::new().expect("randomness");
        assert!(!others.redeem(&ticket, &subject("x")));
        assert!(tickets.redeem(&ticket, &subject("x")));
    }

    #[test]
    fn questions_that_stand_are_bounded() {
        let mut tickets = Tickets::new().expect("randomness");
        for _ in 0..MOST {
            assert!(tickets.write(subject("x"), None).is_some());
        }
        assert_eq!(tickets.write(subject("x"), None), None);
        let mut tickets = Tickets::new().expect("randomness");
        assert_eq!(tickets.write(subject("x"), Some("x".repeat(MOST_INNER + 1))), None);
    }
}
