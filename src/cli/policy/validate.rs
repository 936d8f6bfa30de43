//! `cavra policy validate`: everything that is wrong with a policy, and what is probably not meant.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use serde::Serialize;

use crate::policy::{self, Diagnostic, Level, PolicyError};

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::output::{self, escaped};
use super::super::report;

/// Check a policy; exit code 1 if it has errors.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The policy, YAML or JSON
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Lay this file over it; may be given again
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Print the findings as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report<'r> {
    valid: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    findings: Vec<Finding<'r>>,
}

#[derive(Serialize)]
struct Finding<'r> {
    level: &'static str,
    code: &'static str,
    message: &'r str,
    path: &'r str,
    line: u32,
    column: u32,
    width: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'r str>,
}

pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let result = policy::compile_file(&args.file, &args.overlay);
    if args.json {
        return told(result.as_ref().map(|loaded| loaded.warnings.as_slice()));
    }
    let loaded = result.map_err(|error| report::policy_failure(&error))?;
    report::warnings(&loaded.warnings);
    let rules: usize = loaded.policy.lists().iter().map(|(_, list)| list.len()).sum();
    let text = format!(
        "{}: valid, {rules} rules with what it inherits\n",
        escaped(&args.file.display().to_string())
    );
    output::data(text).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

fn told(result: Result<&[Diagnostic], &PolicyError>) -> Result<Exit, Failure> {
    let (findings, error) = match result {
        Ok(warnings) => (warnings, None),
        Err(error) if error.diagnostics().is_empty() => (&[][..], Some(error.to_string())),
        Err(error) => (error.diagnostics(), None),
    };
    let report = Report { valid: result.is_ok(), error, findings: findings.iter().map(finding).collect() };
    let text = serde_json::to_string_pretty(&report).map_err(Failure::internal)?;
    output::data(format_args!("{text}\n")).map_err(Failure::user)?;
    Ok(if result.is_ok() { Exit::SUCCESS } else { Exit::FAILURE })
}

fn finding(diagnostic: &Diagnostic) -> Finding<'_> {
    Finding {
        level: match diagnostic.level {
            Level::Warning => "warning",
            Level::Error => "error",
        },
        code: diagnostic.code,
        message: &diagnostic.message,
        path: &diagnostic.path,
        line: diagnostic.line,
        column: diagnostic.column,
        width: diagnostic.width,
        hint: diagnostic.hint.as_deref(),
    }
}
