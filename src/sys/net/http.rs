//! HTTP, as far as one posts to a server that was named.

use std::time::Duration;

use ureq::Agent;

use super::{NetError, Trust, is_loopback};

/// How long one request may take, from its first byte to the last of the answer.
const LONGEST: Duration = Duration::from_secs(60);

/// The most of an answer that is read, in bytes.
const MOST_ANSWER: u64 = 1 << 16;

/// Posts to one address.
pub struct Client {
    agent: Agent,
    url: String,
    headers: Vec<(String, String)>,
}

/// What a server answered.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// After how many seconds to ask again, if it says.
    pub retry_after: Option<u64>,
    /// The body, or the part of it that is read.
    pub body: String,
}

impl Client {
    /// A client for `url`, which is `https`, or `http` where nothing leaves the machine.
    ///
    /// # Errors
    /// If the address is none of these.
    pub fn new(url: &str, trust: Option<&Trust>, headers: Vec<(String, String)>) -> Result<Self, NetError> {
        let fault = |fault| NetError::Address { address: url.to_owned(), fault };
        let parsed: ureq::http::Uri = url.parse().map_err(|_| fault("is no address of a server"))?;
        let host = parsed.host().ok_or_else(|| fault("names no host"))?;
        match parsed.scheme_str() {
            Some("https") if trust.is_some() => {}
            Some("https") => return Err(NetError::NoAuthorities),
            Some("http") if is_loopback(host) => {}
            Some("http") => return Err(fault("would send in the clear: write `https://`")),
            _ => return Err(fault("is neither `https://` nor `http://`")),
        }
        if parsed.authority().is_some_and(|authority| authority.as_str().contains('@')) {
            return Err(fault("holds a password: give it in a file of headers"));
        }
        for (name, value) in &headers {
            let is_header = ureq::http::HeaderName::try_from(name).is_ok()
                && ureq::http::HeaderValue::try_from(value).is_ok();
            if !is_header {
                // The value may be a secret, so it is not shown.
                return Err(NetError::Http(format!("the header `{}` cannot be sent", name.escape_debug())));
            }
        }
        let mut config = Agent::config_builder()
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(LONGEST))
            .user_agent(concat!("cavra/", env!("CARGO_PKG_VERSION")));
        if let Some(trust) = trust {
            config = config.tls_config(trust.http_config());
        }
        Ok(Self { agent: config.build().new_agent(), url: url.to_owned(), headers })
    }

    /// Posts, and waits for the answer.
    ///
    /// # Errors
    /// If there is none.
    pub fn post(&self, content_type: &str, body: &[u8]) -> Result<Answer, NetError> {
        let mut request = self.agent.post(&self.url).content_type(content_type);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let mut answer = request.send(body).map_err(|error| NetError::Http(error.to_string()))?;
        let retry_after =
            answer.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
        let status = answer.status().as_u16();
        // A body that cannot be read whole says less; what happened, the status says.
        let body = answer.body_mut().with_config().limit(MOST_ANSWER).lossy_utf8(true).read_to_string();
        Ok(Answer { status, retry_after, body: body.unwrap_or_default() })
    }
}
