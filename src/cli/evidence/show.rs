//! `cavra evidence show`: one record, whole.

use clap::Args as ClapArgs;
use serde_json::Value;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::output::{self, escaped, escaped_lines};
use crate::evidence::{self, Records, Stored};

use super::{folder, unreadable};

/// Show one record, whole
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Its sequence, or the id of its decision (`dec_…`)
    #[arg(value_name = "SEQUENCE|DECISION_ID")]
    which: String,
    /// Print the record as it is in the log
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let folder = folder()?;
    let found = match args.which.parse::<u64>() {
        Ok(sequence) => {
            let records = evidence::read_sequence(&folder, sequence).map_err(unreadable)?;
            find(records, &|record| record.sequence() == Some(sequence))?
        }
        Err(_) => {
            let records = evidence::read(&folder).map_err(unreadable)?;
            find(records, &|record| has_decision(record, &args.which))?
        }
    };
    let Some(record) = found else {
        return Err(Failure::user(format!("there is no record `{}`", escaped(&args.which)))
            .hint("see which there are: `cavra evidence list`"));
    };
    let text = if args.json {
        record.as_json().into_owned()
    } else {
        let pretty = serde_json::to_string_pretty(&record.value).map_err(Failure::internal)?;
        format!("{}:{}\n{}", escaped(&record.file), record.line, escaped_lines(&pretty))
    };
    output::data(format_args!("{text}\n")).map_err(Failure::user)?;
    Ok(Exit::SUCCESS)
}

fn find(records: Records, is_it: &dyn Fn(&Stored) -> bool) -> Result<Option<Stored>, Failure> {
    for record in records {
        let record = record.map_err(unreadable)?;
        if is_it(&record) {
            return Ok(Some(record));
        }
    }
    Ok(None)
}

/// Whether the record's verdict, or one of the refusals beside it, has this id.
fn has_decision(record: &Stored, id: &str) -> bool {
    let refusals = record.value.as_ref().and_then(|value| value.get("refusals")).and_then(Value::as_array);
    record.text_at(&["verdict", "decision_id"]) == Some(id)
        || refusals
            .into_iter()
            .flatten()
            .any(|refusal| refusal.get("decision_id").and_then(Value::as_str) == Some(id))
}
