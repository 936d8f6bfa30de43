//! A receiver of RFC 5424 messages over TLS (RFC 5425).
//!
//! The protocol has no acknowledgement of its own. So each batch has its own connection, which is ended by TLS's own
//! word on both sides: a receiver that answers the end has read what came before it.

use crate::evidence::export::syslog_message;
use crate::evidence::read::Stored;
use crate::sys::net::{Address, Stream, Trust};

use super::deliver::{SendError, Sink};

/// A receiver.
pub struct Syslog {
    address: Address,
    trust: Trust,
    host: String,
}

impl Syslog {
    /// The port that RFC 5425 gives.
    pub const PORT: u16 = 6514;

    /// The receiver at `address`, told that this machine is `host`.
    #[must_use]
    pub fn new(address: Address, trust: Trust, host: String) -> Self {
        Self { address, trust, host }
    }
}

impl Sink for Syslog {
    fn send(&mut self, records: &[Stored]) -> Result<(), SendError> {
        let mut frames = Vec::new();
        for record in records {
            let message = syslog_message(record, &self.host);
            frames.extend_from_slice(format!("{} ", message.len()).as_bytes());
            frames.extend_from_slice(message.as_bytes());
        }
        Stream::connect(&self.address, &self.trust)
            .and_then(|stream| stream.send_and_end(&frames))
            .map_err(|error| SendError::Later(error.to_string(), None))
    }
}
