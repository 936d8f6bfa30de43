//! Records in the forms that other systems read.
//!
//! Every form is made of the same [`Event`], and each names the record by its sequence and hash, so that what arrived
//! elsewhere can be held to the log. JSON Lines, and the body of what goes to a collector, are the very lines of the
//! log: the chain can be verified from there.

mod cef;
mod csv;
mod event;
mod ocsf;
mod otlp;
mod sarif;
mod syslog;

use std::io::{self, Write};

use super::read::Stored;

pub use event::Event;
pub use otlp::body as otlp_body;
pub use syslog::message as syslog_message;

/// The form of an export.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Format {
    /// The lines of the log.
    Jsonl,
    /// OCSF 1.3 detection findings, a line each.
    Ocsf,
    /// ArcSight's Common Event Format, a line each.
    Cef,
    /// A table, RFC 4180.
    Csv,
    /// SARIF 2.1.0: what was not plainly allowed.
    Sarif,
}

/// Writes records in one form.
pub struct Export<W> {
    format: Format,
    out: W,
    sarif: sarif::Run,
}

impl<W: Write> Export<W> {
    /// Begins.
    ///
    /// # Errors
    /// What the writer says.
    pub fn begin(format: Format, mut out: W) -> io::Result<Self> {
        match format {
            Format::Csv => csv::heading(&mut out)?,
            Format::Sarif => sarif::begin(&mut out)?,
            Format::Jsonl | Format::Ocsf | Format::Cef => {}
        }
        Ok(Self { format, out, sarif: sarif::Run::default() })
    }

    /// Writes one record. A line that is no record is written as an object or an event that says so.
    ///
    /// # Errors
    /// What the writer says.
    pub fn record(&mut self, record: &Stored) -> io::Result<()> {
        let event = Event::of(record);
        match self.format {
            Format::Jsonl => writeln!(self.out, "{}", record.as_json()),
            Format::Ocsf => writeln!(self.out, "{}", ocsf::finding(&event)),
            Format::Cef => writeln!(self.out, "{}", cef::line(&event)),
            Format::Csv => csv::row(&event, &mut self.out),
            Format::Sarif => self.sarif.result(&event, &mut self.out),
        }
    }

    /// Ends, and sees to it that everything is written.
    ///
    /// # Errors
    /// What the writer says.
    pub fn end(mut self) -> io::Result<()> {
        if self.format == Format::Sarif {
            self.sarif.end(&mut self.out)?;
        }
        self.out.flush()
    }
}
