//! Lines that git gives hooks on stdin: read one by one, each within a bound.

use std::io::{BufRead, Read};

/// The longest line, in bytes.
pub(super) const MOST: u64 = 64 * 1024;

/// The next line without what ends it; none at the end.
///
/// # Errors
/// If it cannot be read, is too long, or does not end.
pub(super) fn next(lines: &mut impl BufRead) -> Result<Option<Vec<u8>>, String> {
    let mut line = Vec::new();
    let read = lines.by_ref().take(MOST + 1).read_until(b'\n', &mut line);
    read.map_err(|error| format!("the list of refs could not be read: {error}"))?;
    match line.pop() {
        None => Ok(None),
        Some(b'\n') => Ok(Some(line)),
        Some(_) if line.len() as u64 >= MOST => {
            Err(format!("the list of refs has a line of more than {MOST} bytes"))
        }
        Some(_) => Err("the list of refs ends in the middle of a line".to_owned()),
    }
}

/// What is said of a line that is not understood.
pub(super) fn odd(line: &[u8]) -> String {
    format!(
        "the list of refs has a line that is no ref update: `{}`",
        String::from_utf8_lossy(line.get(..200).unwrap_or(line)).escape_debug()
    )
}

/// Git names "no object" by zeros, as many as a name has digits.
pub(super) fn is_zero(object: &str) -> bool {
    object.bytes().all(|byte| byte == b'0')
}
