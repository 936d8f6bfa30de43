//! What persons answer: `approvals`, `approve`, `deny`, `break-glass`, `pause`.

pub(crate) mod approve;
pub(crate) mod deny;
pub(crate) mod lift;
pub(crate) mod list;
mod span;
pub(crate) mod status;
mod watch;

use std::io::{self, BufRead, IsTerminal};
use std::path::Path;

use crate::approval::{Ask, Grant, NAMESPACE, Pending, Quorum, Statement, Store, StoreError};
use crate::evidence::{Answer, Limits, Log, Redactor};
use crate::gate::Scope;
use crate::intercept::repository;
use crate::policy::{CompiledPolicy, Stack};
use crate::sys::dirs::{self, Places};
use crate::sys::{clock, files, ssh};

use super::failure::Failure;
use super::output::{self, escaped};
use super::refusal::shortened;
use super::report;

/// The policies that are in force where something was asked.
fn policies(places: &Places, cwd: &Path) -> Result<Vec<CompiledPolicy>, Failure> {
    let scope = Scope {
        places: places.clone(),
        project_roots: repository::project_roots(cwd),
        project_blobs: Vec::new(),
    };
    let stack = Stack::load(&scope).map_err(|error| report::policy_failure(&error))?;
    Ok(stack.policies().to_vec())
}

/// Signs a statement with the key that is named, or with one at hand that counts for these quorums.
fn signed(
    statement: &Statement,
    quorums: &[Quorum],
    key: Option<&Path>,
    places: &Places,
) -> Result<Grant, Failure> {
    let text = statement.text();
    let sign = |key: &Path| {
        ssh::sign(text.as_bytes(), NAMESPACE, key).map_err(|error| Failure::user(escaped(&error.to_string())))
    };
    let armour = match key {
        Some(key) => sign(key)?,
        None => {
            let counts = |key: &ssh::PublicKey| quorums.iter().any(|quorum| quorum.signers().knows(key));
            let mut found = ssh::find(&places.home).into_iter();
            let found = found.find(|found| counts(&found.key)).ok_or_else(|| {
                Failure::user("none of your keys, in `~/.ssh` or the ssh-agent, is one that may approve this")
                    .hint("name one: `--key FILE`, a private key's file or a public key's that the agent has")
            })?;
            match found.file {
                Some(file) => sign(&file)?,
                None => {
                    // OpenSSH takes the public half from a file alone.
                    let file = places.state.join(format!(".key-{}.pub", std::process::id()));
                    files::make_private_folder(&places.state).map_err(Failure::user)?;
                    files::replace_atomically(&file, found.key.to_text().as_bytes(), 0o600)
                        .map_err(Failure::user)?;
                    let made = sign(&file);
                    std::fs::remove_file(&file).map_err(Failure::user)?;
                    made?
                }
            }
        }
    };
    let grant = Grant::new(text, armour).map_err(Failure::internal)?;
    let key = grant.signature().key();
    let revoked_or_unknown = |quorum: &Quorum| {
        let now = clock::now_seconds();
        quorum.signers().verify(grant.signature(), grant.text().as_bytes(), NAMESPACE, now).err()
    };
    if let Some(error) = quorums.iter().find_map(revoked_or_unknown)
        && quorums.iter().all(|quorum| revoked_or_unknown(quorum).is_some())
    {
        return Err(Failure::user(escaped(&error.to_string()))
            .hint(format!("the key that signed is {}", key.fingerprint())));
    }
    Ok(grant)
}

/// Records a person's answer, before it counts.
fn record(places: &Places, answer: &Answer) -> Result<(), Failure> {
    let log = Log::new(places.evidence(), Limits::default());
    log.append_answer(answer).map(|_| ()).map_err(|error| {
        Failure::user(format!("the answer cannot be recorded: {}", escaped(&error.to_string())))
    })
}

fn answer(what: &'static str, id: &str, by: String, reason: Option<&str>, until: i64) -> Answer {
    let redactor = Redactor::new(None);
    Answer {
        what,
        id: id.to_owned(),
        grant: String::new(),
        by,
        reason: reason.map(|reason| redactor.text(reason)),
        until: clock::told(until).unwrap_or_default(),
    }
}

/// What waits under an id; the start of one will do, if it is the start of one alone.
fn pending(store: &Store, id: &str) -> Result<Pending, Failure> {
    match store.find(id) {
        Err(StoreError::Unknown(_)) => {
            let mut all = store.pending().map_err(|error| failure(&error))?;
            let digits = id.strip_prefix("apr_").unwrap_or(id);
            all.retain(|one| one.id.strip_prefix("apr_").is_some_and(|rest| rest.starts_with(digits)));
            match (all.len(), all.pop()) {
                (1, Some(one)) if digits.len() >= 4 => Ok(one),
                _ => Err(failure(&StoreError::Unknown(id.to_owned()))),
            }
        }
        found => found.map_err(|error| failure(&error)),
    }
}

fn failure(error: &StoreError) -> Failure {
    let failure = Failure::user(escaped(&error.to_string()));
    match error {
        StoreError::Unknown(_) => failure.hint("`cavra approvals` lists what waits"),
        StoreError::Changed(_) => failure.hint("have it asked again, and look at who changes Cavra's files"),
        StoreError::Io { .. } | StoreError::Unreadable(_) | StoreError::Ask(_) | StoreError::Full => failure,
    }
}

/// Everything that an answer is for, without a final newline. Nothing of it is left out, and nothing is hidden: whoever
/// answers must see what for.
fn shown(ask: &Ask) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            text.push_str(&format!("  {name}: {}\n", escaped(value)));
        }
    };
    line("what", &ask.target);
    line("kind", &format!("{} {}", ask.action, ask.operation));
    line("in", &ask.cwd);
    line("repository", &ask.repository);
    line("seam", &ask.seam);
    line("asked by", &format!("{} (session {}, acting as {})", ask.agent, ask.session, ask.actor));
    line("severity", ask.severity.as_str());
    line("groups", &ask.groups.join(", "));
    for part in &ask.parts {
        line("asked about", &format!("{} {}: {} ({})", part.action, part.target, part.reason, part.rule));
    }
    for what in &ask.unresolved {
        line("not understood", what);
    }
    for file in &ask.files {
        line("code", file);
    }
    line("search path", &ask.search_path);
    line("requests", &format!("{}, sha256 {}", ask.requests, ask.requests_sha256));
    for policy in &ask.policies {
        line("policy", policy);
    }
    line("digest", &ask.digest());
    text.trim_end().to_owned()
}

/// One line for one that waits.
fn line(pending: &Pending) -> String {
    let Pending { id, ask, until } = pending;
    format!(
        "{id}  {}  {} {}  until {}",
        ask.severity.as_str(),
        escaped(&ask.agent),
        shortened(&ask.target),
        clock::told(*until).unwrap_or_default()
    )
}

/// Asks a person yes or no on the terminal.
fn confirmed(question: &str, is_sure: bool) -> Result<(), Failure> {
    if is_sure {
        return Ok(());
    }
    if !io::stdin().is_terminal() {
        return Err(Failure::user("nobody is there to be asked: this is no terminal")
            .hint("`--yes` says that you have read it"));
    }
    output::talk(format!("{question} [y/N]"));
    let mut reply = String::new();
    io::stdin().lock().read_line(&mut reply).map_err(Failure::user)?;
    if matches!(reply.trim(), "y" | "Y" | "yes") { Ok(()) } else { Err(Failure::user("nothing was granted")) }
}

/// Who runs this, for the record.
fn user() -> String {
    dirs::user_name()
}
