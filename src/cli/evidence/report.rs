//! `cavra evidence report`: a page for a browser and for paper.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::evidence::{self, Page};

use super::export::to_file;
use super::filter::Filter;
use super::{folder, unreadable};

/// Write a page of HTML that tells what was decided, and why
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Write to this file, which is made or replaced; `-` is stdout
    #[arg(short, long, value_name = "FILE", default_value = "cavra-evidence.html")]
    output: PathBuf,
    #[command(flatten)]
    filter: Filter,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let folder = folder()?;
    let questions = args.filter.told();
    let query = args.filter.query();
    let report = evidence::verify(&folder, &mut |_, _| {}).map_err(unreadable)?;
    let mut page = Page::default();
    for record in evidence::read(&folder).map_err(unreadable)? {
        let record = record.map_err(unreadable)?;
        if query.matches(&record) {
            page.take(&record);
        }
    }
    let write = |out: &mut dyn Write| page.write(&report, &questions, &mut BufWriter::new(out));
    if args.output == Path::new("-") {
        match write(&mut io::stdout().lock()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(Failure::user(error)),
            Err(_) | Ok(()) => {}
        }
    } else {
        to_file(&args.output, |file| write(file).map(|()| 0).map_err(Failure::user))?;
        output::talk(format_args!("written: {}", output::escaped(&args.output.to_string_lossy())));
    }
    Ok(if report.is_valid() { Exit::SUCCESS } else { Exit::FAILURE })
}
