//! One record: how it becomes a line of the log, and what is held against a line that is read.
//!
//! A line is the canonical form of one JSON object and a newline, and nothing else, so there is one text for one
//! record, and a byte that was changed anywhere is found. `record_hash` is the SHA-256 of that form without the
//! member itself; it is computed over the parts around its place, and the member is then put in between.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::sys::digest::Sha256Sum;

use super::canonical;
use super::entry::Entry;
use super::scan;

/// The version of the schema that this build writes and reads.
pub(super) const SCHEMA_VERSION: u64 = 1;

/// The `previous_hash` of the first record.
pub(super) const NO_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The longest line, its newline included, in bytes.
pub(super) const MOST_LINE_BYTES: usize = 16 << 20;

/// What a record is about.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A decision.
    Decision,
    /// Old files that were removed.
    Retention,
    /// A person's answer.
    Answer,
    /// Something that was found amiss in the log before the next record was appended.
    Repair,
    /// A time in which something may not have been seen.
    Gap,
    /// The head of the chain, signed.
    Seal,
}

impl Kind {
    /// All of them.
    pub(super) const ALL: [Self; 5] = [Self::Decision, Self::Retention, Self::Repair, Self::Gap, Self::Seal];

    /// Its name in a record.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Retention => "retention",
            Self::Answer => "answer",
            Self::Repair => "repair",
            Self::Gap => "gap",
            Self::Seal => "seal",
        }
    }

    /// Whether records may be missing before one of this kind, because it says why.
    pub(super) fn explains_a_gap(self) -> bool {
        match self {
            Self::Decision | Self::Retention | Self::Answer | Self::Gap | Self::Seal => false,
            Self::Repair => true,
        }
    }

    /// The members that a record of this kind has, beside those of every record.
    pub(super) fn required(self) -> &'static [&'static str] {
        match self {
            Self::Decision => &[
                "mode",
                "policies",
                "refusals",
                "requests",
                "requests_total",
                "seam",
                "unresolved",
                "verdict",
            ],
            Self::Retention => &["retention"],
            Self::Answer => &["answer"],
            Self::Repair => &["repair"],
            Self::Gap => &["gap"],
            Self::Seal => &["seal"],
        }
    }
}

/// A record that has no place in the chain yet: its members, each in its canonical form.
pub(super) struct Draft(Vec<(&'static str, Vec<u8>)>);

impl Draft {
    /// The record of a decision.
    pub(super) fn decision(entry: &Entry) -> Self {
        let Entry {
            seam,
            mode,
            requests,
            requests_total,
            unlisted_digest,
            verdict,
            refusals,
            unresolved,
            policies,
            approval,
            attestation,
        } = entry;
        let mut draft = Self::of(Kind::Decision);
        draft.put_text("seam", seam);
        draft.put_text("mode", mode);
        draft.put_list("requests", requests.iter().map(super::Redacted::get));
        draft.put("requests_total", &Value::from(*requests_total));
        if let Some(digest) = unlisted_digest {
            draft.put_text("unlisted_digest", digest);
        }
        draft.put("verdict", verdict.get());
        draft.put_list("refusals", refusals.iter().map(super::Redacted::get));
        draft.put_list("unresolved", unresolved.iter().map(super::Redacted::get));
        draft.put_plain("policies", policies);
        if let Some(approval) = approval {
            draft.put_plain("approval", approval);
        }
        if let Some(attestation) = attestation {
            draft.put_plain("attestation", attestation);
        }
        draft
    }

    /// The record of something that the log did itself: `detail` is the member that is named as its kind.
    pub(super) fn own(kind: Kind, detail: &impl Serialize) -> Self {
        let mut draft = Self::of(kind);
        draft.put_plain(kind.as_str(), detail);
        draft
    }

    fn of(kind: Kind) -> Self {
        let mut draft = Self(Vec::with_capacity(20));
        draft.put_text("kind", kind.as_str());
        draft.put_text("recorded_by", concat!("cavra/", env!("CARGO_PKG_VERSION")));
        draft.put("schema_version", &Value::from(SCHEMA_VERSION));
        draft
    }

    /// About how long its line will be, in bytes: never less.
    pub(super) fn most_bytes(&self) -> usize {
        let members: usize = self.0.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
        members + 400
    }

    /// Gives it its place: the line, its newline included, and the hash.
    pub(super) fn seal(mut self, sequence: u64, previous_hash: &str, time: &str) -> (Vec<u8>, String) {
        let room = self.most_bytes();
        self.put("sequence", &Value::from(sequence));
        self.put_text("previous_hash", previous_hash);
        self.put_text("time", time);
        self.0.sort_by_key(|(name, _)| *name);

        let mut before = Vec::with_capacity(room);
        let mut after = Vec::with_capacity(room);
        for (name, value) in &self.0 {
            let out = if *name < RECORD_HASH { &mut before } else { &mut after };
            out.push(b',');
            canonical::write_string(name, out);
            out.push(b':');
            out.extend_from_slice(value);
        }
        after.push(b'}');
        // `kind` stands before the hash in every record, so there is a first member whose comma makes the brace.
        if let Some(first) = before.first_mut() {
            *first = b'{';
        }
        let hash = hash_of(&before, &after);
        before.extend_from_slice(member(&hash).as_bytes());
        before.append(&mut after);
        before.push(b'\n');
        (before, hash)
    }

    fn put(&mut self, name: &'static str, value: &Value) {
        let mut bytes = Vec::new();
        canonical::write(value, &mut bytes);
        self.0.push((name, bytes));
    }

    fn put_text(&mut self, name: &'static str, text: &str) {
        let mut bytes = Vec::new();
        canonical::write_string(text, &mut bytes);
        self.0.push((name, bytes));
    }

    fn put_list<'a>(&mut self, name: &'static str, values: impl Iterator<Item = &'a Value>) {
        let mut bytes = vec![b'['];
        for (place, value) in values.enumerate() {
            if place > 0 {
                bytes.push(b',');
            }
            canonical::write(value, &mut bytes);
        }
        bytes.push(b']');
        self.0.push((name, bytes));
    }

    /// A small value of our own types, all of which JSON can hold.
    fn put_plain(&mut self, name: &'static str, plain: &impl Serialize) {
        self.put(name, &serde_json::to_value(plain).unwrap_or(Value::Null));
    }
}

const RECORD_HASH: &str = "record_hash";

/// The member that holds the hash, as it stands between others.
fn member(hash: &str) -> String {
    format!(",\"{RECORD_HASH}\":\"{hash}\"")
}

fn hash_of(before: &[u8], after: &[u8]) -> String {
    let mut sum = Sha256Sum::default();
    sum.update(before);
    sum.update(after);
    sum.finish()
}

/// A record that was read and that holds in itself; whether it is in its place, its neighbours say.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Sound {
    pub(super) kind: Kind,
    pub(super) sequence: u64,
    pub(super) previous_hash: String,
    pub(super) hash: String,
    pub(super) time: String,
    /// What the log did itself: the member that is named as the kind.
    pub(super) detail: Option<Value>,
}

/// What is wrong with a line in itself.
#[derive(Clone, Debug, Error, Eq, PartialEq)]
pub(super) enum LineFault {
    /// It is no JSON object.
    #[error("expected a JSON object, found text that is none: {0}")]
    NotJson(String),
    /// It is not in its canonical form.
    #[error("expected the canonical form (RFC 8785), found a difference at byte {0}")]
    NotCanonical(usize),
    /// It has a schema that this build does not know.
    #[error("expected schema_version {SCHEMA_VERSION}, found {0}")]
    Schema(String),
    /// A member is missing or of the wrong type.
    #[error("expected a record with `{0}`, found it missing or of the wrong type")]
    Member(&'static str),
    /// The hash is not that of the record.
    #[error("expected the record_hash {computed}, found {found}")]
    Hash {
        /// What the record comes to.
        computed: String,
        /// What it says.
        found: String,
    },
    /// It is longer than a line may be.
    #[error("expected a line of at most {MOST_LINE_BYTES} bytes, found a longer one")]
    TooLong,
    /// It ends without a newline.
    #[error("expected a whole line, found the end of the file after {0} bytes of it")]
    Torn(u64),
}

impl Sound {
    /// Reads a line, without its newline: in one pass where it is a plain one, as nearly all are.
    pub(super) fn read(line: &[u8]) -> Result<Self, LineFault> {
        scan::sound(line).map_or_else(|| Self::read_whole(line), Ok)
    }

    /// Reads any line, and says what is wrong with it.
    pub(super) fn read_whole(line: &[u8]) -> Result<Self, LineFault> {
        let value: Value =
            serde_json::from_slice(line).map_err(|error| LineFault::NotJson(error.to_string()))?;
        let Value::Object(mut members) = value else {
            return Err(LineFault::NotJson("another kind of value".to_owned()));
        };
        let (mut canonical, mut after) = around_the_hash(&members);
        match members.get("schema_version") {
            Some(version) if version.as_u64() == Some(SCHEMA_VERSION) => {}
            Some(other) => return Err(LineFault::Schema(other.to_string())),
            None => return Err(LineFault::Schema("none".to_owned())),
        }
        let found = text(&members, RECORD_HASH).filter(|hash| is_hash(hash));
        let found = found.ok_or(LineFault::Member(RECORD_HASH))?;
        let computed = hash_of(&canonical, &after);
        if found != computed {
            return Err(LineFault::Hash { computed, found });
        }
        canonical.extend_from_slice(member(&found).as_bytes());
        canonical.append(&mut after);
        check_canonical(line, &canonical)?;

        let kind = members.get("kind").and_then(|kind| Kind::deserialize(kind).ok());
        let kind = kind.ok_or(LineFault::Member("kind"))?;
        if let Some(missing) = kind.required().iter().find(|name| !members.contains_key(**name)) {
            return Err(LineFault::Member(missing));
        }
        let sequence = members.get("sequence").and_then(Value::as_u64).filter(|sequence| *sequence > 0);
        let previous_hash = text(&members, "previous_hash").filter(|hash| is_hash(hash));
        Ok(Self {
            kind,
            sequence: sequence.ok_or(LineFault::Member("sequence"))?,
            previous_hash: previous_hash.ok_or(LineFault::Member("previous_hash"))?,
            hash: found,
            time: text(&members, "time").ok_or(LineFault::Member("time"))?,
            detail: match kind {
                Kind::Decision => None,
                Kind::Retention | Kind::Answer | Kind::Repair | Kind::Gap | Kind::Seal => {
                    members.remove(kind.as_str())
                }
            },
        })
    }
}

/// The canonical form of the members before and after the hash.
fn around_the_hash(members: &Map<String, Value>) -> (Vec<u8>, Vec<u8>) {
    let (mut before, mut after) = (vec![b'{'], Vec::new());
    for (name, value) in canonical::sorted(members) {
        if name == RECORD_HASH {
            continue;
        }
        let out = if name.as_str() < RECORD_HASH { &mut before } else { &mut after };
        if out.len() != 1 || out.first() != Some(&b'{') {
            out.push(b',');
        }
        canonical::write_string(name, out);
        out.push(b':');
        canonical::write(value, out);
    }
    after.push(b'}');
    (before, after)
}

fn check_canonical(line: &[u8], canonical: &[u8]) -> Result<(), LineFault> {
    if line == canonical {
        return Ok(());
    }
    let place = line.iter().zip(canonical).position(|(found, expected)| found != expected);
    Err(LineFault::NotCanonical(place.unwrap_or(line.len().min(canonical.len())) + 1))
}

fn text(members: &Map<String, Value>, name: &str) -> Option<String> {
    members.get(name)?.as_str().map(str::to_owned)
}

/// Whether a text is a SHA-256 in lower-case hexadecimal.
pub(super) fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
