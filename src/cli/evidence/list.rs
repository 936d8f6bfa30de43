//! `cavra evidence list`: the newest records, a line each.

use clap::Args as ClapArgs;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::evidence::{self, Stored};
use crate::sys::clock;

use super::{folder, line, unreadable};

/// List the newest records, oldest first
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
    /// Only decisions of this effect, such as `block`
    #[arg(long, value_name = "EFFECT", value_parser = [
        "allow", "audit_only", "warn", "allow_with_attestation", "require_approval", "block",
    ])]
    decision: Option<String>,
    /// Only what this seam saw
    #[arg(long, value_name = "SEAM")]
    seam: Option<String>,
    /// Only since this time (RFC 3339), or since so long ago: `30m`, `1h`, `2d`
    #[arg(long, value_name = "TIME", value_parser = since)]
    since: Option<i64>,
    /// Print each record as it is in the log
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    let wanted = |record: &Stored| {
        let has = |names: &[&str], value: &Option<String>| {
            value.as_deref().is_none_or(|value| record.text_at(names) == Some(value))
        };
        has(&["verdict", "decision"], &args.decision)
            && has(&["seam"], &args.seam)
            && args.since.is_none_or(|since| {
                let time = record.text_at(&["time"]).and_then(clock::seconds_of);
                time.is_some_and(|time| time >= since)
            })
    };
    let limit = usize::try_from(args.limit).unwrap_or(usize::MAX);
    let records = evidence::newest(&folder()?, limit, &wanted).map_err(unreadable)?;
    let _ = line::print(&records, args.json)?;
    Ok(Exit::SUCCESS)
}

/// Seconds since 1970, of a time or of so long ago.
fn since(text: &str) -> Result<i64, String> {
    if let Some(seconds) = clock::seconds_of(text) {
        return Ok(seconds);
    }
    let ago = || {
        let unit = text.chars().next_back()?;
        let seconds = match unit {
            's' => 1,
            'm' => 60,
            'h' => 60 * 60,
            'd' => 24 * 60 * 60,
            'w' => 7 * 24 * 60 * 60,
            _ => return None,
        };
        let count = text.strip_suffix(unit)?.parse::<u32>().ok()?;
        Some(clock::now_seconds().saturating_sub(i64::from(count) * seconds))
    };
    ago().ok_or_else(|| "write a time such as `2026-11-23T09:30:00Z`, or `30m`, `1h`, `2d`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_or_a_span_is_read_and_nothing_else() {
        assert_eq!(since("1970-01-01T00:01:00Z"), Ok(60));
        let hour_ago = since("1h").expect("a span");
        assert!((clock::now_seconds() - hour_ago - 3600).abs() <= 2);
        for text in ["", "h", "-1h", "1", "1y", "é", "99999999999d", "1.5h"] {
            assert!(since(text).is_err(), "{text}");
        }
    }
}
