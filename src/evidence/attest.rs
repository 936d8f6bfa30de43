//! Attestations: what was decided while a range of commits came to be, for those who have the commits and not the log.
//!
//! An in-toto statement (v1) names the commits and tells the decisions, the policies by their digests and whether the
//! chain that they are from holds. It lies in a DSSE envelope whose signature is OpenSSH's, made by a person's or a
//! machine's key; who checks it brings the list of signers, and the commits, from where the change cannot write.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::sys::clock;
use crate::sys::ssh::{Namespace, Signature, Signers};

use super::export::Event;
use super::read::Stored;
use super::report::Report;

/// What attestations are signed for.
pub const ATTESTATION: Namespace = Namespace::new("cavra-attestation");

/// The most decisions that are listed; all are counted.
const MOST_DECISIONS: usize = 10_000;

const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";
const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";
const PREDICATE_TYPE: &str = "urn:cavra:attestation:decisions:v1";

/// The statement.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Statement {
    #[serde(rename = "_type")]
    form: String,
    subject: Vec<Subject>,
    #[serde(rename = "predicateType")]
    predicate_type: String,
    /// What is said of the commits.
    pub predicate: Predicate,
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
struct Subject {
    name: String,
    digest: BTreeMap<String, String>,
}

/// What is said of the commits.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Predicate {
    /// What wrote it.
    pub recorded_by: String,
    /// When.
    pub time: String,
    /// From when on decisions were looked for; none: from the beginning of the log.
    pub since: Option<String>,
    /// Whether the chain of the log held.
    pub chain_valid: bool,
    /// The last record of the log, and its hash.
    pub last_sequence: u64,
    /// Its hash.
    pub last_hash: String,
    /// What of that time was perhaps not seen: gaps, repairs, lines that are no record.
    pub gaps: Vec<String>,
    /// The policies that decided, by their layers and digests.
    pub policies: BTreeSet<UsedPolicy>,
    /// How many decisions of each effect there were.
    pub totals: BTreeMap<String, u64>,
    /// How many decisions each seam saw.
    pub seams: BTreeMap<String, u64>,
    /// The decisions, within a bound.
    pub decisions: Vec<Told>,
}

/// A policy that decided.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(deny_unknown_fields)]
pub struct UsedPolicy {
    /// Its layer.
    pub layer: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// A decision, by what names it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    sequence: u64,
    record_hash: String,
    decision: String,
    rule: String,
    seam: String,
    agent: String,
    action: String,
    target: String,
}

/// A statement with its signature (DSSE).
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    #[serde(rename = "payloadType")]
    payload_type: String,
    payload: String,
    signatures: Vec<EnvelopeSignature>,
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
struct EnvelopeSignature {
    keyid: String,
    sig: String,
}

/// Why an attestation is none, or says nothing of these commits.
#[derive(Debug, Error)]
pub enum AttestError {
    /// It is not of the form.
    #[error("it is no attestation as this version writes them: {0}")]
    Form(String),
    /// Its signature does not count.
    #[error("its signature does not count: {0}")]
    Signature(String),
    /// It is about other commits.
    #[error("it is not about these commits: {0}")]
    Commits(String),
}

/// Gathers what an attestation says.
pub struct Attesting {
    top: String,
    since: Option<i64>,
    predicate: Predicate,
}

impl Attesting {
    /// For the repository at `top`, and what was recorded from `since` on.
    #[must_use]
    pub fn new(top: &str, since: Option<i64>) -> Self {
        let predicate = Predicate {
            recorded_by: concat!("cavra/", env!("CARGO_PKG_VERSION")).to_owned(),
            time: clock::now(),
            since: since.and_then(clock::told),
            chain_valid: false,
            last_sequence: 0,
            last_hash: String::new(),
            gaps: Vec::new(),
            policies: BTreeSet::new(),
            totals: BTreeMap::new(),
            seams: BTreeMap::new(),
            decisions: Vec::new(),
        };
        Self { top: top.to_owned(), since, predicate }
    }

    /// Takes in a record of the log.
    pub fn take(&mut self, record: &Stored) {
        let event = Event::of(record);
        let predicate = &mut self.predicate;
        predicate.last_sequence = event.sequence;
        predicate.last_hash.clone_from(&event.hash);
        let is_before =
            self.since.is_some_and(|since| clock::seconds_of(&event.time).is_some_and(|time| time < since));
        match event.kind.as_str() {
            "retention" | "seal" => return,
            "decision" => {}
            // What is amiss counts wherever it is told: its time may be the very thing that is.
            _ => {
                predicate.gaps.push(format!("record {}: {} {}", event.sequence, event.kind, event.detail));
                return;
            }
        }
        if is_before || !is_of(record, &self.top) {
            return;
        }
        *predicate.totals.entry(event.decision.clone()).or_default() += 1;
        *predicate.seams.entry(event.seam.clone()).or_default() += 1;
        if event.rule == BYPASS {
            predicate
                .gaps
                .push(format!("record {}: a hook was to be bypassed: {}", event.sequence, event.target));
        }
        predicate.policies.extend(policies(record));
        if predicate.decisions.len() < MOST_DECISIONS {
            predicate.decisions.push(Told {
                sequence: event.sequence,
                record_hash: event.hash,
                decision: event.decision,
                rule: event.rule,
                seam: event.seam,
                agent: event.agent,
                action: event.action,
                target: event.target,
            });
        }
    }

    /// The statement about these commits, newest first.
    #[must_use]
    pub fn statement(mut self, commits: &[String], report: &Report) -> Statement {
        self.predicate.chain_valid = report.is_valid();
        let subject = commits.iter().map(|commit| Subject {
            name: format!("git:{commit}"),
            digest: BTreeMap::from([("gitCommit".to_owned(), commit.clone())]),
        });
        Statement {
            form: STATEMENT_TYPE.to_owned(),
            subject: subject.collect(),
            predicate_type: PREDICATE_TYPE.to_owned(),
            predicate: self.predicate,
        }
    }
}

/// The rule by which a bypass of hooks is stopped.
const BYPASS: &str = "git.hook_bypass";

/// Whether something of the record is in the repository.
fn is_of(record: &Stored, top: &str) -> bool {
    let inside =
        |path: &str| path.strip_prefix(top).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let requests = record.value.as_ref().and_then(|value| value.get("requests")?.as_array());
    requests.into_iter().flatten().any(|request| {
        let context = request.get("context");
        let text = |name| context.and_then(|context| context.get(name)?.as_str()).unwrap_or_default();
        let spellings = context.and_then(|context| context.get("spellings")?.as_array());
        let target = request.get("target").and_then(|target| target.as_str()).unwrap_or_default();
        inside(text("repo"))
            || inside(text("cwd"))
            || inside(target)
            || spellings.into_iter().flatten().filter_map(|spelling| spelling.as_str()).any(inside)
    })
}

fn policies(record: &Stored) -> Vec<UsedPolicy> {
    let policies = record.value.as_ref().and_then(|value| value.get("policies")?.as_array());
    let used = policies.into_iter().flatten().filter_map(|policy| {
        let text = |name| policy.get(name)?.as_str().map(str::to_owned);
        Some(UsedPolicy { layer: text("layer")?, sha256: text("sha256")? })
    });
    used.collect()
}

impl Statement {
    /// Its payload, and the text that is signed for it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn to_sign(&self) -> Result<(Vec<u8>, Vec<u8>), AttestError> {
        let payload = serde_json::to_vec(self).map_err(|error| AttestError::Form(error.to_string()))?;
        let message = authenticated(&payload);
        Ok((payload, message))
    }

    /// The commits that it is about.
    #[must_use]
    pub fn commits(&self) -> BTreeSet<&str> {
        self.subject
            .iter()
            .filter_map(|subject| subject.digest.get("gitCommit").map(String::as_str))
            .collect()
    }

    /// That it is about these commits, each of them and no other.
    ///
    /// # Errors
    /// Which are missing, or too many.
    pub fn is_about(&self, commits: &[String]) -> Result<(), AttestError> {
        let (said, wanted) = (self.commits(), commits.iter().map(String::as_str).collect::<BTreeSet<_>>());
        if wanted.is_empty() {
            return Err(AttestError::Commits("the range has none".to_owned()));
        }
        if let Some(missing) = wanted.difference(&said).next() {
            return Err(AttestError::Commits(format!("it does not name {missing}")));
        }
        match said.difference(&wanted).next() {
            Some(other) => Err(AttestError::Commits(format!("it names {other}, which is not in the range"))),
            None => Ok(()),
        }
    }
}

/// The envelope of a payload and the signature of it, as text.
///
/// # Errors
/// If the signature is none.
pub fn envelope(payload: &[u8], armour: &str) -> Result<String, AttestError> {
    let signature = Signature::read(armour).map_err(|error| AttestError::Signature(error.to_string()))?;
    let envelope = Envelope {
        payload_type: PAYLOAD_TYPE.to_owned(),
        payload: STANDARD.encode(payload),
        signatures: vec![EnvelopeSignature {
            keyid: signature.key().fingerprint(),
            sig: STANDARD.encode(armour),
        }],
    };
    serde_json::to_string(&envelope).map_err(|error| AttestError::Form(error.to_string()))
}

/// The statement in an envelope, and the name of its signer, who must be one of these, now.
///
/// # Errors
/// If it is none, or nobody of these signed it.
pub fn open_envelope(text: &[u8], signers: &Signers) -> Result<(Statement, String), AttestError> {
    let form = |error: &dyn std::fmt::Display| AttestError::Form(error.to_string());
    let envelope: Envelope = serde_json::from_slice(text).map_err(|error| form(&error))?;
    if envelope.payload_type != PAYLOAD_TYPE {
        return Err(form(&format!("its payload is no `{PAYLOAD_TYPE}`")));
    }
    let payload = STANDARD.decode(&envelope.payload).map_err(|error| form(&error))?;
    let message = authenticated(&payload);
    let mut why = "there is none".to_owned();
    // The signature comes before a word of what is signed is believed.
    for signature in envelope.signatures.iter().take(MOST_SIGNATURES) {
        match signed_by(signature, &message, signers) {
            Ok(name) => {
                let statement: Statement = serde_json::from_slice(&payload).map_err(|error| form(&error))?;
                if statement.form != STATEMENT_TYPE || statement.predicate_type != PREDICATE_TYPE {
                    return Err(form(&"it is a statement of another kind"));
                }
                return Ok((statement, name));
            }
            Err(fault) => why = fault,
        }
    }
    Err(AttestError::Signature(why))
}

/// An envelope has one signature, and may have been given a few more.
const MOST_SIGNATURES: usize = 16;

fn signed_by(signature: &EnvelopeSignature, message: &[u8], signers: &Signers) -> Result<String, String> {
    let armour = STANDARD.decode(&signature.sig).map_err(|error| error.to_string())?;
    let armour = String::from_utf8(armour).map_err(|error| error.to_string())?;
    let signature = Signature::read(&armour).map_err(|error| error.to_string())?;
    let signer = signers.verify(&signature, message, ATTESTATION, clock::now_seconds());
    signer.map(|signer| signer.names().join(",")).map_err(|error| error.to_string())
}

/// What DSSE signs: the type and the payload with their lengths, so that neither can be taken for the other.
fn authenticated(payload: &[u8]) -> Vec<u8> {
    let mut message = format!("DSSEv1 {} {PAYLOAD_TYPE} {} ", PAYLOAD_TYPE.len(), payload.len()).into_bytes();
    message.extend_from_slice(payload);
    message
}
