//! A collector that takes OTLP by HTTP.

use std::time::Duration;

use serde_json::Value;

use crate::evidence::export::otlp_body;
use crate::evidence::read::Stored;
use crate::sys::net::Client;

use super::deliver::{SendError, Sink};

/// A collector.
pub struct Collector(Client);

impl Collector {
    /// The collector that this client posts to.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self(client)
    }
}

impl Sink for Collector {
    fn send(&mut self, records: &[Stored]) -> Result<(), SendError> {
        let body = otlp_body(records).to_string();
        let answer = self
            .0
            .post("application/json", body.as_bytes())
            .map_err(|error| SendError::Later(error.to_string(), None))?;
        let told: String = answer.body.chars().take(300).collect();
        match answer.status {
            200..=299 => taken_whole(&answer.body),
            408 | 429 | 500 | 502 | 503 | 504 => Err(SendError::Later(
                format!("the collector answers {}: {told}", answer.status),
                answer.retry_after.map(Duration::from_secs),
            )),
            status => Err(SendError::Refused(format!("the collector answers {status}: {told}"))),
        }
    }
}

/// A collector may answer with success and say that it dropped some: that is no acknowledgement of those.
///
/// Nor is a page that something in between answers with, such as one that asks for a password.
fn taken_whole(body: &str) -> Result<(), SendError> {
    if body.trim().is_empty() {
        return Ok(());
    }
    let Ok(Value::Object(answer)) = serde_json::from_str::<Value>(body) else {
        return Err(SendError::Later(
            "what answers is no collector: its answer is not OTLP's".to_owned(),
            None,
        ));
    };
    let partial = answer.get("partialSuccess");
    let rejected = partial.and_then(|partial| partial.get("rejectedLogRecords"));
    let rejected = rejected.and_then(|count| count.as_i64().or_else(|| count.as_str()?.parse().ok()));
    match rejected {
        None | Some(0) => Ok(()),
        Some(count) => {
            let message =
                partial.and_then(|partial| partial.get("errorMessage")?.as_str()).unwrap_or_default();
            Err(SendError::Refused(format!("the collector dropped {count} records: {message}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_answer_that_drops_nothing_is_an_acknowledgement() {
        for body in
            ["", "\n", "{}", "{\"partialSuccess\":{}}", "{\"partialSuccess\":{\"rejectedLogRecords\":\"0\"}}"]
        {
            assert_eq!(taken_whole(body), Ok(()), "{body}");
        }
        for body in [
            "{\"partialSuccess\":{\"rejectedLogRecords\":\"3\",\"errorMessage\":\"old\"}}",
            "{\"partialSuccess\":{\"rejectedLogRecords\":3,\"errorMessage\":\"old\"}}",
        ] {
            let refused = SendError::Refused("the collector dropped 3 records: old".to_owned());
            assert_eq!(taken_whole(body), Err(refused), "{body}");
        }
        for body in ["<html>log in</html>", "[]", "true", "{"] {
            assert!(matches!(taken_whole(body), Err(SendError::Later(..))), "{body}");
        }
    }
}
