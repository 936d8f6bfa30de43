//! `cavra evidence export`: records in the forms that other systems read, to a file or to stdout.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::evidence::{self, Export, Format, Query, Records};
use crate::sys::{files, private, random};

use super::filter::Filter;
use super::{folder, unreadable};

/// Write records in a form that other systems read
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The form
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Form::Jsonl)]
    format: Form,
    /// Write to this file, which is made or replaced, instead of stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    filter: Filter,
}

/// The forms, by their words.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// The lines of the log, from which its chain can be verified
    Jsonl,
    /// OCSF 1.3 detection findings, a line each
    Ocsf,
    /// Common Event Format, a line each
    Cef,
    /// A table for spreadsheets
    Csv,
    /// SARIF 2.1.0: what was not plainly allowed
    Sarif,
}

impl Form {
    fn format(self) -> Format {
        match self {
            Self::Jsonl => Format::Jsonl,
            Self::Ocsf => Format::Ocsf,
            Self::Cef => Format::Cef,
            Self::Csv => Format::Csv,
            Self::Sarif => Format::Sarif,
        }
    }
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let query = args.filter.query();
    let records = evidence::read(&folder()?).map_err(unreadable)?;
    let format = args.format.format();
    let exported = match args.output.filter(|path| path != Path::new("-")) {
        None => exported(records, &query, format, io::stdout().lock()),
        Some(path) => to_file(&path, |out| exported(records, &query, format, out)),
    };
    exported.map(|_| Exit::SUCCESS)
}

/// How many records were written.
fn exported(records: Records, query: &Query, format: Format, out: impl Write) -> Result<u64, Failure> {
    let mut export = match Export::begin(format, BufWriter::with_capacity(1 << 16, out)) {
        Ok(export) => export,
        Err(error) => return unwritten(error, 0),
    };
    let mut written = 0;
    for record in records {
        let record = record.map_err(unreadable)?;
        if !query.matches(&record) {
            continue;
        }
        if let Err(error) = export.record(&record) {
            return unwritten(error, written);
        }
        written += 1;
    }
    export.end().map_or_else(|error| unwritten(error, written), |()| Ok(written))
}

/// A reader that has gone away has had enough.
fn unwritten(error: io::Error, written: u64) -> Result<u64, Failure> {
    if error.kind() == io::ErrorKind::BrokenPipe { Ok(written) } else { Err(Failure::user(error)) }
}

/// Writes a file of one's own (0600) whole or not at all: what is exported is as private as the log.
pub(super) fn to_file(
    path: &Path,
    write: impl FnOnce(&mut File) -> Result<u64, Failure>,
) -> Result<u64, Failure> {
    let told =
        |error: io::Error| Failure::user(format!("`{}`: {error}", output::escaped(&path.to_string_lossy())));
    let Some(name) = path.file_name() else {
        return Err(Failure::usage(format!("`{}` is no file", output::escaped(&path.to_string_lossy()))));
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let part = folder.join(format!(".{}.{}", name.to_string_lossy(), random::hex12()));
    let mut file = private::create(&part).map_err(told)?;
    let done = write(&mut file).and_then(|written| {
        file.sync_all().and_then(|()| std::fs::rename(&part, path)).map_err(told)?;
        files::sync_folder(folder).map_err(told)?;
        Ok(written)
    });
    if done.is_err() {
        // The part of a file is of no use, and what failed is told.
        let _ = std::fs::remove_file(&part);
    }
    done
}
