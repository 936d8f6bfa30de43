//! One answer against what is expected of it.

use serde_json::Value;

use crate::sys::trial::{End, Ended, TrialError};

use super::cases::Case;

/// A case that is not answered as it expects.
#[derive(Debug, PartialEq)]
pub(super) struct Difference {
    pub(super) case: String,
    pub(super) what: What,
}

/// What differs.
#[derive(Debug, PartialEq)]
pub(super) enum What {
    /// These fields of the decision, at least one.
    Fields(Vec<Field>),
    /// There is no decision to compare, for this reason.
    NoDecision(String),
}

/// A field that differs.
#[derive(Debug, PartialEq)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) expected: Value,
    /// None if the decision does not have it.
    pub(super) got: Option<Value>,
}

/// What differs, if anything does; an empty text that is expected may be left out of the answer.
pub(super) fn compare(case: &Case, tried: Result<Ended, TrialError>) -> Option<Difference> {
    let what = match decision(tried) {
        Ok(decision) => What::Fields(fields(case, &decision)?),
        Err(reason) => What::NoDecision(reason),
    };
    Some(Difference { case: case.name.clone(), what })
}

fn fields(case: &Case, decision: &Value) -> Option<Vec<Field>> {
    let differs = |expected: &Value, got: Option<&Value>| match got {
        Some(got) => got != expected,
        None => expected.as_str() != Some(""),
    };
    let fields: Vec<Field> = case
        .expected
        .iter()
        .map(|(name, expected)| (name, expected, decision.get(name)))
        .filter(|(_, expected, got)| differs(expected, *got))
        .map(|(name, expected, got)| Field {
            name: name.clone(),
            expected: expected.clone(),
            got: got.cloned(),
        })
        .collect();
    (!fields.is_empty()).then_some(fields)
}

fn decision(tried: Result<Ended, TrialError>) -> Result<Value, String> {
    let ended = tried.map_err(|error| format!("the program {error}"))?;
    let words = String::from_utf8_lossy(&ended.stderr);
    let words = match words.lines().map(str::trim).find(|line| !line.is_empty()) {
        Some(line) => format!(", and said: {line}"),
        None => String::new(),
    };
    match (ended.end, serde_json::from_slice(&ended.stdout)) {
        (End::Signal(signal), _) => Err(format!("the program was ended by signal {signal}{words}")),
        (End::Code(_), Ok(decision @ Value::Object(_))) => Ok(decision),
        (End::Code(code), _) if ended.stdout.trim_ascii().is_empty() => {
            Err(format!("the program printed nothing (exit code {code}){words}"))
        }
        (End::Code(_), Ok(_)) => Err("the program printed JSON that is no object".to_owned()),
        (End::Code(code), Err(error)) => {
            Err(format!("the program printed no JSON: {error} (exit code {code}){words}"))
        }
    }
}
