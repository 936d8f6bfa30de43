//! Passwords in URLs: `scheme://user:PASSWORD@host`.

use super::{Hidden, at};

/// A user name of this length or more, without a password, is taken for a token.
const LEAST_TOKEN: usize = 20;

pub(super) fn find(text: &str, hidden: &mut Hidden) {
    let bytes = text.as_bytes();
    let mut run = Run { end: 0, last_at: None };
    for (place, _) in text.match_indices("://") {
        let start = place + 3;
        if start >= run.end {
            run = Run::from(bytes, start);
        }
        let authority = length_until(bytes, start, |byte| matches!(byte, b'/' | b'?' | b'#'));
        let authority_end = (start + authority).min(run.end);
        let at_sign = (start..authority_end).rev().find(|place| at(bytes, *place) == b'@');
        let colon = (start..authority_end).find(|place| at(bytes, *place) == b':');
        match (colon, at_sign) {
            (Some(colon), Some(at_sign)) if colon < at_sign => {
                hidden.add(colon + 1, at_sign, "url-password");
            }
            (_, Some(at_sign)) if at_sign - start >= LEAST_TOKEN => {
                hidden.add(start, at_sign, "url-password");
            }
            // A password with a `/` in it that should have been encoded: no port has letters.
            (Some(colon), None) if !is_port(bytes, colon + 1, authority_end) => {
                if let Some(at_sign) = run.last_at.filter(|at_sign| *at_sign > colon) {
                    hidden.add(colon + 1, at_sign, "url-password");
                }
            }
            _ => {}
        }
    }
}

/// What a URL can reach to at most: the next white space or quote. Each is measured once, however many `://` it has.
struct Run {
    end: usize,
    last_at: Option<usize>,
}

impl Run {
    fn from(bytes: &[u8], start: usize) -> Self {
        let length = length_until(bytes, start, |byte| {
            byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'`')
        });
        let end = start + length;
        Self { end, last_at: (start..end).rev().find(|place| at(bytes, *place) == b'@') }
    }
}

fn length_until(bytes: &[u8], start: usize, ends: impl Fn(u8) -> bool) -> usize {
    bytes.get(start..).unwrap_or_default().iter().take_while(|byte| !ends(**byte)).count()
}

fn is_port(bytes: &[u8], start: usize, end: usize) -> bool {
    bytes.get(start..end).unwrap_or_default().iter().all(u8::is_ascii_digit)
}
