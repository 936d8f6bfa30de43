//! Hosts, as the rules know them: in small letters, without a user, a port or the brackets of an address.
//!
//! A `*` stands for what is not known. Whatever a part that is not known may turn into a user, a port or a longer name
//! makes the whole host unknown: `https://example.com*/` may lead anywhere, as `@elsewhere` may follow. Letters that are
//! not ASCII, and codes of letters, are not read: such a host is not known either.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A host of which nothing is known.
pub const UNKNOWN: &str = "*";

/// Schemes that lead to no other machine.
const LOCAL: &[&str] =
    &["file", "data", "about", "blob", "javascript", "urn", "mailto", "unix", "npipe", "fd"];

/// Schemes that many programs read without the two slashes as well.
const WITHOUT_SLASHES: &[&str] = &["http", "https", "ftp", "ftps"];

/// The host of a URL; none if the text is no URL, or one that leads to no other machine. `text` has a `*` for what is not
/// known of it.
#[must_use]
pub fn of_url(text: &str) -> Option<String> {
    let text = text.trim_matches(|letter: char| letter.is_ascii_whitespace() || letter.is_ascii_control());
    let (scheme, rest) = text.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    // `git+ssh://`, `registry+https://`
    let kind = scheme.rsplit('+').next().unwrap_or(&scheme);
    let is_scheme = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+.-".contains(letter));
    if !is_scheme || LOCAL.contains(&kind) {
        return None;
    }
    let is_url = rest.starts_with("//") || rest.starts_with("\\\\") || WITHOUT_SLASHES.contains(&kind);
    is_url.then(|| of_authority(rest.trim_start_matches(['/', '\\'])))
}

/// The hosts of the URLs in a text.
#[must_use]
pub fn named_in(text: &str) -> Vec<String> {
    let ends = |letter: char| letter.is_whitespace() || "'\"`(),;<>[]{}".contains(letter);
    let mut hosts: Vec<String> =
        text.split(ends).filter(|word| word.contains("://")).filter_map(of_url).collect();
    hosts.sort();
    hosts.dedup();
    // More than these change no answer but that of a list that none of them meets.
    if hosts.len() > MOST {
        hosts.truncate(MOST);
        hosts.push(UNKNOWN.to_owned());
    }
    hosts
}

/// The most hosts that are told of one text.
const MOST: usize = 64;

/// The host of a destination: of a URL, or of `user@host`, `host:port`, `host:path`; none if it is a path.
#[must_use]
pub fn of_destination(text: &str) -> Option<String> {
    let is_path = text.starts_with(['/', '.', '~', '-']) || text.is_empty();
    of_url(text).or_else(|| (!is_path).then(|| of_authority(text)))
}

/// The host of `user@host:port/path`.
fn of_authority(text: &str) -> String {
    let end = text.find(['/', '?', '#', ' ']).unwrap_or(text.len());
    let (authority, _) = text.split_at(end);
    // A backslash ends it for some programs, and for others it is a letter of a user's name.
    if authority.contains(['*', '\\']) {
        return UNKNOWN.to_owned();
    }
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None if host.parse::<Ipv6Addr>().is_ok() => host,
        None => host.split(':').next().unwrap_or(host),
    };
    normal(host)
}

/// A host by itself in the form that the rules know.
#[must_use]
pub fn normal(host: &str) -> String {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '_' | ':');
    if host.is_empty() || host.len() > LONGEST || !host.chars().all(is_plain) {
        return UNKNOWN.to_owned();
    }
    if let Ok(address) = host.parse::<Ipv6Addr>() {
        return address.to_ipv4_mapped().map_or_else(|| address.to_string(), |address| address.to_string());
    }
    if host.contains(':') {
        return UNKNOWN.to_owned();
    }
    numbers(&host).map_or(host, |address| IpAddr::V4(address).to_string())
}

/// The longest name that the domain name system has (RFC 1035, 2.3.4).
const LONGEST: usize = 253;

/// An address of the fourth version in any of the ways that `inet_aton` reads it: up to four numbers, each decimal, octal
/// or hexadecimal, of which the last one takes what is left.
fn numbers(host: &str) -> Option<Ipv4Addr> {
    let parts: Option<Vec<u32>> = host.split('.').map(number).collect();
    let parts = parts.filter(|parts| (1..=4).contains(&parts.len()))?;
    let (last, first) = parts.split_last()?;
    let mut address = 0u32;
    for (place, part) in first.iter().enumerate() {
        let shift = 24u32.checked_sub(8 * u32::try_from(place).ok()?)?;
        address |= (*part <= 255).then_some(part << shift)?;
    }
    let bits = 32 - 8 * u32::try_from(first.len()).ok()?;
    let fits = bits == 32 || *last < (1 << bits);
    fits.then(|| Ipv4Addr::from(address | last))
}

fn number(part: &str) -> Option<u32> {
    match part.strip_prefix("0x") {
        Some("") => Some(0),
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None if part.starts_with('0') => u32::from_str_radix(part, 8).ok(),
        None => part.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_read_out_of_what_names_it() {
        for (text, host) in [
            ("https://Example.COM/x?y=a@b", Some("example.com")),
            ("https://user:pw@example.com:8443/", Some("example.com")),
            ("https://good.example@evil.example/", Some("evil.example")),
            ("https:/evil.example/x", Some("evil.example")),
            ("https:evil.example", Some("evil.example")),
            ("https:///evil.example", Some("evil.example")),
            ("https://evil.example\\@good.example/", Some("*")),
            ("git+ssh://git@example.com/x.git", Some("example.com")),
            ("http://[::FFFF:127.0.0.1]:80/", Some("127.0.0.1")),
            ("http://[2001:DB8::1]/", Some("2001:db8::1")),
            ("http://0x7f.1/", Some("127.0.0.1")),
            ("http://2130706433/", Some("127.0.0.1")),
            ("http://0177.0.0.1/", Some("127.0.0.1")),
            ("http://example.com./", Some("example.com")),
            ("http://ex%61mple.com/", Some("*")),
            ("http://b\u{fc}cher.example/", Some("*")),
            ("https://example.com*/", Some("*")),
            ("https://*.example.com/", Some("*")),
            ("https://example.com/*", Some("example.com")),
            ("file:///etc/passwd", None),
            ("C:\\temp", None),
            ("key:value", None),
            ("plain", None),
        ] {
            assert_eq!(of_url(text).as_deref(), host, "{text}");
        }
    }

    #[test]
    fn a_destination_may_be_a_host_alone() {
        for (text, host) in [
            ("example.com", Some("example.com")),
            ("me@example.com:/srv", Some("example.com")),
            ("example.com:80", Some("example.com")),
            ("ssh://me@example.com:22/x", Some("example.com")),
            ("./here", None),
            ("/there", None),
            ("", None),
        ] {
            assert_eq!(of_destination(text).as_deref(), host, "{text}");
        }
    }
}
