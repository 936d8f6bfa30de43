//! Telling what is wrong with a policy.

use crate::policy::{Diagnostic, PolicyError};

use super::failure::Failure;
use super::output;

/// Tells the warnings on stderr.
pub(crate) fn warnings(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        output::talk(diagnostic);
    }
}

/// Tells on stderr why a policy cannot be used.
pub(crate) fn policy_error(error: &PolicyError) {
    output::talk(policy_failure(error));
}

/// The failure that a policy which cannot be used comes to: every finding, with its place, its line and its way out.
/// Findings escape what came from outside themselves.
pub(crate) fn policy_failure(error: &PolicyError) -> Failure {
    let failure = match error.diagnostics() {
        [first, rest @ ..] => {
            let mut text = first.body();
            for finding in rest {
                text.push('\n');
                text.push_str(&finding.to_string());
            }
            Failure::config(text).code(first.code)
        }
        [] => Failure::config(output::escaped_lines(&error.to_string())),
    };
    match error.hint() {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
