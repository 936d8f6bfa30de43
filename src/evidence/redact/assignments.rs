//! Values whose name says that they are secret: `NAME=value`, `--name value`, `--name=value`, `"name": "value"`,
//! `Name: value`, `?name=value`.
//!
//! A value ends where a shell, a query or a JSON text would end it, whichever is the latest that still makes sense;
//! a quotation is hidden to its end, or, if it has none, to the end of the text.

use super::names::{self, Says};
use super::{Hidden, at};

pub(super) fn find(text: &str, hidden: &mut Hidden) {
    let bytes = text.as_bytes();
    let mut place = 0;
    while place < bytes.len() {
        if !is_name(at(bytes, place)) {
            place += 1;
            continue;
        }
        let start = place;
        while is_name(at(bytes, place)) {
            place += 1;
        }
        let name = text.get(start..place).unwrap_or_default();
        // What one name hides, another need not look at, so no part of the text is looked at twice.
        place = match names::says(name) {
            Says::Nothing => place,
            Says::Secret(kind) => secret(text, name, place, kind, hidden),
            Says::Header(kind) => header(bytes, place, kind, hidden),
        }
        .max(place);
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// Hides the value of a secret; the place to go on from.
fn secret(text: &str, name: &str, after: usize, kind: &'static str, hidden: &mut Hidden) -> usize {
    let bytes = text.as_bytes();
    let start = match separator(bytes, after) {
        Some((start, sign)) => {
            // `pass: 12` is what a test run says; only a longer word is a name there.
            if sign == b':' && name.eq_ignore_ascii_case("pass") {
                return after;
            }
            start
        }
        None if name.starts_with('-') && at(bytes, after).is_ascii_whitespace() => {
            let start = after + blanks(bytes, after);
            let is_option = at(bytes, start) == b'-'
                && at(bytes, start + 1) == b'-'
                && at(bytes, start + 2).is_ascii_alphabetic();
            if is_option {
                return after;
            }
            start
        }
        None => return after,
    };
    let end = value_end(bytes, start);
    if names::is_plain(name, text.get(start..end).unwrap_or_default()) {
        return end;
    }
    let (from, to) = unquoted(bytes, start, end);
    hidden.add(from, to, kind);
    end
}

/// What is left without quotes around the whole: `"abc"` becomes `"[redacted:…]"`.
fn unquoted(bytes: &[u8], start: usize, end: usize) -> (usize, usize) {
    let escapes = run_of(bytes, start, b'\\');
    let quote = at(bytes, start + escapes);
    let mark = escapes + 1;
    let is_quoted = matches!(quote, b'"' | b'\'' | b'`')
        && end >= start + 2 * mark
        && match escapes {
            0 => quotation_end(bytes, start, quote) == Some(end),
            _ => at(bytes, end - 1) == quote,
        };
    if is_quoted { (start + mark, end - mark) } else { (start, end) }
}

/// Hides the value of a header, to the end of its line or quotation, but for the scheme.
fn header(bytes: &[u8], after: usize, kind: &'static str, hidden: &mut Hidden) -> usize {
    let Some((start, _)) = separator(bytes, after) else { return after };
    let start = start + run_of(bytes, start, b'\\');
    let start = start + usize::from(matches!(at(bytes, start), b'"' | b'\'' | b'`'));
    let rest = bytes.get(start..).unwrap_or_default();
    let end =
        start + rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\'' | b'`' | b'\n' | b'\r')).count();
    let end = end
        - bytes.get(start..end).unwrap_or_default().iter().rev().take_while(|byte| **byte == b'\\').count();
    let word = bytes.get(start..end).unwrap_or_default().iter().take_while(|byte| **byte != b' ').count();
    let scheme = bytes.get(start..start + word).unwrap_or_default();
    let is_scheme = SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known.as_bytes()));
    let from = if is_scheme { (start + word + 1).min(end) } else { start };
    hidden.add(from, end, kind);
    end
}

const SCHEMES: [&str; 6] = ["bearer", "basic", "token", "digest", "negotiate", "apikey"];

/// Whether a `=` or `:` follows a name, and where the value begins then.
fn separator(bytes: &[u8], after: usize) -> Option<(usize, u8)> {
    let mut place = after + run_of(bytes, after, b'\\');
    if matches!(at(bytes, place), b'"' | b'\'' | b'`') {
        place += 1;
    } else {
        place = after;
    }
    place += usize::from(at(bytes, place) == b']');
    place += blanks(bytes, place);
    let sign = at(bytes, place);
    match sign {
        b'=' => {
            place += 1;
            // `==` compares, `=>` is an arrow of some languages.
            if at(bytes, place) == b'=' {
                return None;
            }
            place += usize::from(at(bytes, place) == b'>');
        }
        b':' => {
            place += 1;
            if at(bytes, place) == b':' || (at(bytes, place) == b'/' && at(bytes, place + 1) == b'/') {
                return None;
            }
            place += usize::from(at(bytes, place) == b'=');
        }
        _ => return None,
    }
    place += blanks(bytes, place);
    (place < bytes.len() && !matches!(at(bytes, place), b'\n' | b'\r')).then_some((place, sign))
}

/// How many blanks there are.
fn blanks(bytes: &[u8], from: usize) -> usize {
    bytes.get(from..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

fn run_of(bytes: &[u8], from: usize, what: u8) -> usize {
    bytes.get(from..).unwrap_or_default().iter().take_while(|byte| **byte == what).count()
}

/// Where a value ends.
fn value_end(bytes: &[u8], start: usize) -> usize {
    let escapes = run_of(bytes, start, b'\\');
    if escapes > 0 && matches!(at(bytes, start + escapes), b'"' | b'\'') {
        return escaped_quotation_end(bytes, start, escapes);
    }
    let mut place = start;
    loop {
        match at(bytes, place) {
            _ if place >= bytes.len() => return bytes.len(),
            quote @ (b'"' | b'\'' | b'`') => {
                if place > start && !begins_a_quotation(at(bytes, place + 1)) {
                    return place;
                }
                let Some(end) = quotation_end(bytes, place, quote) else { return bytes.len() };
                place = end;
                if !continues(at(bytes, place)) {
                    return place;
                }
            }
            b'\\' => {
                place += 2;
                while at(bytes, place) & 0xc0 == 0x80 {
                    place += 1;
                }
                if place > bytes.len() {
                    return bytes.len();
                }
            }
            b'&' | b';' | b'|' | b'<' | b'>' => return place,
            byte if byte.is_ascii_whitespace() => return place,
            _ => place += 1,
        }
    }
}

/// Whether a quote in the middle of a value begins a quotation, going by what comes after it.
fn begins_a_quotation(next: u8) -> bool {
    next != 0
        && !next.is_ascii_whitespace()
        && !matches!(next, b',' | b';' | b')' | b'}' | b']' | b'&' | b'|' | b'<' | b'>')
}

/// Whether a word goes on after a quotation, as a shell has it.
fn continues(next: u8) -> bool {
    next != 0
        && !next.is_ascii_whitespace()
        && !matches!(next, b',' | b':' | b';' | b')' | b'}' | b']' | b'&' | b'|' | b'<' | b'>')
}

/// The place after the quote that ends a quotation.
fn quotation_end(bytes: &[u8], start: usize, quote: u8) -> Option<usize> {
    let mut place = start + 1;
    while place < bytes.len() {
        match at(bytes, place) {
            b'\\' if quote != b'\'' => place += 2,
            byte if byte == quote => return Some(place + 1),
            _ => place += 1,
        }
    }
    None
}

/// The place after a quotation whose quotes are escaped themselves: JSON within a string.
fn escaped_quotation_end(bytes: &[u8], start: usize, escapes: usize) -> usize {
    let quote = at(bytes, start + escapes);
    let mut place = start + escapes + 1;
    let mut before = 0;
    while place < bytes.len() {
        let byte = at(bytes, place);
        place += 1;
        if byte == quote && before <= escapes {
            return place;
        }
        before = if byte == b'\\' { before + 1 } else { 0 };
    }
    bytes.len()
}
