//! Spans of time and moments, as people write them.

use crate::cli::failure::Failure;
use crate::cli::output::escaped;
use crate::sys::clock;

/// The seconds of `90s`, `10m`, `4h` or `1d`.
pub(super) fn seconds(text: &str) -> Result<i64, Failure> {
    let parsed = || {
        let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let factor = match unit {
            "s" => 1,
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            _ => return None,
        };
        number
            .parse::<u32>()
            .ok()
            .and_then(|number| i64::from(number).checked_mul(factor))
            .filter(|span| *span > 0)
    };
    parsed().ok_or_else(|| {
        Failure::usage(format!("`{}` is no span of time: expected such as 90s, 10m or 4h", escaped(text)))
    })
}

/// The moment of a span from now, or of a time in RFC 3339.
pub(super) fn moment(text: &str) -> Result<i64, Failure> {
    match clock::seconds_of(text) {
        Some(moment) => Ok(moment),
        None => seconds(text).map(|span| clock::now_seconds().saturating_add(span)),
    }
}
