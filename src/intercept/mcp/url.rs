//! The host of a URL, as a rule knows it.
//!
//! An address may be written in many ways (`2852039166`, `0xA9FEA9FE`, `169.254.43518` are all 169.254.169.254), a name
//! in either case, with a dot behind it, in full-width letters, behind a user and a password, with backslashes for
//! slashes. The host comes out in one: lower case, addresses in their plain form, without a dot at its end.

use std::net::{Ipv4Addr, Ipv6Addr};

use unicode_normalization::UnicodeNormalization;

/// The host that a text names as a URL; none if it is no URL with a host.
#[must_use]
pub(super) fn host(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c <= ' ');
    // Readers of URLs drop these wherever they stand.
    let text: String = text.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let (scheme, rest) = text.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let slashes = rest.bytes().take_while(|byte| matches!(byte, b'/' | b'\\')).count();
    let is_web = ["http", "https", "ws", "wss", "ftp"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    let has_place = slashes >= 2 || is_web && !rest.is_empty();
    if !is_scheme || !has_place || scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let authority = rest.get(slashes..)?.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    let name = match place.strip_prefix('[') {
        Some(inner) => inner.split(']').next().unwrap_or_default(),
        None => place.rsplit_once(':').map_or(place, |(name, _)| name),
    };
    let name: String = decoded(name).nfkc().flat_map(char::to_lowercase).collect();
    let name = name.replace('。', ".");
    let name = name.trim_end_matches('.');
    if name.is_empty() {
        return None;
    }
    if let Ok(address) = name.parse::<Ipv6Addr>() {
        return Some(address.to_ipv4_mapped().map_or_else(|| address.to_string(), |plain| plain.to_string()));
    }
    Some(address(name).map_or_else(|| name.to_owned(), |address| address.to_string()))
}

/// A percent-encoded text, decoded.
pub(super) fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut clean = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let pair = bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        match pair.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(value) if *byte == b'%' => {
                clean.push(value);
                at += 3;
            }
            Some(_) | None => {
                clean.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&clean).into_owned()
}

/// An IPv4 address in any of the ways that are read for one: up to four numbers, decimal, octal or hexadecimal, the
/// last of which fills what is left.
fn address(name: &str) -> Option<Ipv4Addr> {
    let parts: Vec<&str> = name.split('.').collect();
    if parts.len() > 4 {
        return None;
    }
    let mut numbers = Vec::with_capacity(4);
    for part in &parts {
        let (digits, base) = match part.strip_prefix("0x") {
            Some(digits) => (digits, 16),
            None if part.len() > 1 && part.starts_with('0') => (*part, 8),
            None => (*part, 10),
        };
        let number =
            if digits.is_empty() && base == 16 { Some(0) } else { u64::from_str_radix(digits, base).ok() };
        numbers.push(number.filter(|_| !digits.starts_with('+'))?);
    }
    let (last, first) = numbers.split_last()?;
    let room = 8 * (4 - u32::try_from(first.len()).ok()?);
    if *last >= 1_u64.checked_shl(room)? || first.iter().any(|number| *number > 255) {
        return None;
    }
    let high = first.iter().fold(0_u64, |sum, number| sum << 8 | number);
    u32::try_from(high << room | last).ok().map(Ipv4Addr::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_comes_out_in_one_spelling() {
        for (text, expected) in [
            ("http://169.254.169.254/latest", Some("169.254.169.254")),
            ("http://2852039166/", Some("169.254.169.254")),
            ("http://0xA9FEA9FE", Some("169.254.169.254")),
            ("http://0251.0376.0251.0376", Some("169.254.169.254")),
            ("http://169.254.43518/", Some("169.254.169.254")),
            ("http://[::ffff:169.254.169.254]:80/", Some("169.254.169.254")),
            ("http://user:p@ss@Example.COM.:8080/a?b#c", Some("example.com")),
            ("https:\\\\evil.example\\x", Some("evil.example")),
            ("https:evil.example/x", Some("evil.example")),
            ("ht\ntps://evil.ex\tample", Some("evil.example")),
            ("http://ｅｖｉｌ。example", Some("evil.example")),
            ("http://ev%69l.example", Some("evil.example")),
            ("http://[2001:DB8::1]/", Some("2001:db8::1")),
            ("postgres://db.internal:5432/x", Some("db.internal")),
            ("http://1.2.3.4.5/", Some("1.2.3.4.5")),
            ("http://256.1.1.1/", Some("256.1.1.1")),
            ("file:///etc/passwd", None),
            ("note: this", None),
            ("mailto:a@b", None),
            ("a/b:c//d", None),
            ("no url", None),
        ] {
            assert_eq!(host(text).as_deref(), expected, "{text}");
        }
    }
}
