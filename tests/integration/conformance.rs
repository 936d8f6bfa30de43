//! The conformance suite: 3,956 rows that an independent implementation of the contract has answered, each equal
//! in every field, through the library and through the program. It has everything that it needs and never skips.

use std::collections::BTreeMap;

use cavra::gate;
use serde_json::Value;

use crate::cases::{Golden, answered, golden, policy, registry, request, told};
use crate::naive;
use crate::sandbox::Sandbox;

#[test]
fn every_golden_row_is_answered_in_every_field_by_the_library() {
    let mut faults = Vec::new();
    for row in golden() {
        let policy = policy(&row.policy_json());
        let registry = row.registry_json().map(|value| registry(&value));
        let decision = gate::parity(&request(&row.request), &policy, registry.as_ref());
        note(&mut faults, &row, &answered(&decision, &row.expected));
    }
    none(&faults);
}

#[test]
fn every_golden_row_is_answered_in_every_field_by_the_program() {
    let mut runs: BTreeMap<_, Vec<Golden>> = BTreeMap::new();
    for row in golden() {
        runs.entry((row.policy_file(), row.registry_file())).or_default().push(row);
    }
    let sandbox = Sandbox::new();
    let mut faults = Vec::new();
    let mut rows_answered = 0;
    for ((policy, registry), rows) in runs {
        let mut args = vec!["evaluate".to_owned(), "--parity".to_owned(), "--jsonl".to_owned()];
        for (option, file) in [("--policy", policy), ("--registry", registry)] {
            if let Some(file) = file {
                args.extend([option.to_owned(), file.to_str().expect("a path in UTF-8").to_owned()]);
            }
        }
        let input: String = rows.iter().map(|row| format!("{}\n", row.request)).collect();
        let outcome = sandbox.run_with(&args, input).exit(0);
        let decisions: Vec<Value> =
            outcome.stdout.lines().map(|line| serde_json::from_str(line).expect("a decision")).collect();
        assert_eq!(decisions.len(), rows.len(), "{args:?}:\n{}", outcome.stderr);
        for (row, decision) in rows.iter().zip(&decisions) {
            note(&mut faults, row, &told(decision, &row.expected));
            rows_answered += 1;
        }
    }
    assert_eq!(rows_answered, 3956);
    none(&faults);
}

#[test]
fn the_naive_model_answers_the_golden_rows_too() {
    let mut modelled = 0;
    for row in golden() {
        let Some(answer) = naive::answer(&row.request, &row.policy_json(), row.registry_json().as_ref())
        else {
            continue;
        };
        similar_asserts::assert_eq!(
            answer,
            told(&row.expected, &answer),
            "row {}: {}",
            row.line,
            row.request
        );
        modelled += 1;
    }
    assert_eq!(modelled, 3017, "all rows but those of release governance");
}

/// Shows as many faults as anyone will read.
#[track_caller]
fn none(faults: &[String]) {
    let shown = faults.get(..20).unwrap_or(faults).join("\n");
    assert!(faults.is_empty(), "{} rows differ:\n{shown}", faults.len());
}

fn note(faults: &mut Vec<String>, row: &Golden, got: &Value) {
    if *got != row.expected {
        let (policy, registry) = (&row.policy, &row.registry);
        faults.push(format!(
            "row {} {policy:?} {registry:?} {}\n  expected {}\n  got      {got}",
            row.line, row.request, row.expected
        ));
    }
}
