//! Secrets that are known by how they look.

use super::{Hidden, at};

/// A shape: what it begins with, what may follow, and how much of that there must be.
struct Shape {
    kind: &'static str,
    prefix: &'static str,
    /// Whether nothing that could belong to a word may stand before it.
    stands_alone: bool,
    follows: fn(u8) -> bool,
    least: usize,
    /// What else holds of what follows.
    holds: fn(&[u8]) -> bool,
}

/// A shape whose prefix is telling enough to be found inside a word too.
const fn telling(kind: &'static str, prefix: &'static str, follows: fn(u8) -> bool, least: usize) -> Shape {
    Shape { kind, prefix, stands_alone: false, follows, least, holds: anything }
}

/// A shape with a prefix that may end a common word.
const fn lone(
    kind: &'static str,
    prefix: &'static str,
    follows: fn(u8) -> bool,
    least: usize,
    holds: fn(&[u8]) -> bool,
) -> Shape {
    Shape { kind, prefix, stands_alone: true, follows, least, holds }
}

const SHAPES: [Shape; 44] = [
    lone("aws", "AKIA", upper, 16, exactly_16),
    lone("aws", "ASIA", upper, 16, exactly_16),
    telling("github", "ghp_", word, 20),
    telling("github", "gho_", word, 20),
    telling("github", "ghu_", word, 20),
    telling("github", "ghs_", word, 20),
    telling("github", "ghr_", word, 20),
    telling("github", "github_pat_", word, 20),
    telling("gitlab", "glpat-", dotted, 20),
    telling("gitlab", "gldt-", dotted, 20),
    telling("gitlab", "glrt-", dotted, 20),
    telling("gitlab", "glptt-", dotted, 20),
    telling("slack", "xoxa-", dashed, 10),
    telling("slack", "xoxb-", dashed, 10),
    telling("slack", "xoxp-", dashed, 10),
    telling("slack", "xoxo-", dashed, 10),
    telling("slack", "xoxr-", dashed, 10),
    telling("slack", "xoxs-", dashed, 10),
    telling("slack", "xoxe.", dotted, 10),
    telling("slack", "xapp-", dashed, 10),
    telling("slack", "https://hooks.slack.com/", path, 10),
    telling("discord", "https://discord.com/api/webhooks/", path, 10),
    telling("stripe", "sk_live_", word, 10),
    telling("stripe", "rk_live_", word, 10),
    telling("stripe", "sk_test_", word, 10),
    telling("stripe", "rk_test_", word, 10),
    telling("stripe", "whsec_", base64, 16),
    telling("google", "AIza", dashed, 35),
    lone("google", "ya29.", dotted, 20, anything),
    telling("google", "GOCSPX-", dashed, 20),
    lone("ai", "sk-", dashed, 20, looks_random),
    lone("npm", "npm_", alphanumeric, 30, anything),
    telling("pypi", "pypi-AgE", dashed, 16),
    lone("hugging-face", "hf_", alphanumeric, 30, anything),
    lone("sendgrid", "SG.", dotted, 32, has_a_dot),
    lone("vault", "hvs.", dashed, 20, anything),
    telling("digitalocean", "dop_v1_", alphanumeric, 32),
    telling("shopify", "shpat_", alphanumeric, 32),
    telling("shopify", "shpss_", alphanumeric, 32),
    telling("age", "AGE-SECRET-KEY-1", alphanumeric, 32),
    telling("azure", "AccountKey=", base64, 20),
    lone("databricks", "dapi", alphanumeric, 32, looks_random),
    telling("docker", "dckr_pat_", dashed, 20),
    lone("jwt", "eyJ", dotted, 20, two_dots),
];

/// The least length of any secret that is known by how it looks.
pub(super) const LEAST: usize = 15;

/// The least length of what follows `Bearer` without a header's name before it.
const LEAST_BEARER: usize = 16;

pub(super) fn find(text: &str, hidden: &mut Hidden) {
    let bytes = text.as_bytes();
    let mut place = 0;
    let mut barren = [0; SHAPES.len()];
    while place < bytes.len() {
        let Some(end) =
            find_at(bytes, place, &mut barren, hidden).or_else(|| bearer_at(bytes, place, hidden))
        else {
            place += 1;
            continue;
        };
        place = end.max(place + 1);
    }
}

/// Finds a secret that begins at this place. `barren` has, for each shape, the place up to which a run was looked at
/// and held none: no part of such a run holds one either, and looking again and again would take quadratic time.
fn find_at(
    bytes: &[u8],
    place: usize,
    barren: &mut [usize; SHAPES.len()],
    hidden: &mut Hidden,
) -> Option<usize> {
    let rest = bytes.get(place..)?;
    let is_inside = place.checked_sub(1).is_some_and(|before| at(bytes, before).is_ascii_alphanumeric());
    let mut candidates = candidates(at(bytes, place), at(bytes, place + 1));
    while candidates != 0 {
        let index = candidates.trailing_zeros() as usize;
        candidates &= candidates - 1;
        let (Some(shape), Some(barren)) = (SHAPES.get(index), barren.get_mut(index)) else { break };
        let Some(rest) = rest.strip_prefix(shape.prefix.as_bytes()) else { continue };
        if (shape.stands_alone && is_inside) || place < *barren {
            continue;
        }
        let length = rest.iter().take_while(|byte| (shape.follows)(**byte)).count();
        let follows = rest.get(..length).unwrap_or_default();
        if length >= shape.least && (shape.holds)(follows) {
            let end = place + shape.prefix.len() + length;
            hidden.add(place, end, shape.kind);
            return Some(end);
        }
        *barren = place + shape.prefix.len() + length;
    }
    None
}

/// For each byte, the shapes whose prefix has it in that place, as bits: two look-ups rule nearly all shapes out before
/// anything is compared.
const BY_BYTE: [[u64; 256]; 2] = [shapes_by_byte(0), shapes_by_byte(1)];

#[expect(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler, which stops at an index out of bounds"
)]
const fn shapes_by_byte(place: usize) -> [u64; 256] {
    assert!(SHAPES.len() <= 64);
    let mut table = [0; 256];
    let mut index = 0;
    while index < SHAPES.len() {
        table[SHAPES[index].prefix.as_bytes()[place] as usize] |= 1 << index;
        index += 1;
    }
    table
}

/// The shapes that may begin with these two bytes.
fn candidates(first: u8, second: u8) -> u64 {
    let [firsts, seconds] = &BY_BYTE;
    let bits = |table: &[u64; 256], byte: u8| table.get(usize::from(byte)).copied().unwrap_or_default();
    bits(firsts, first) & bits(seconds, second)
}

fn bearer_at(bytes: &[u8], place: usize, hidden: &mut Hidden) -> Option<usize> {
    const BEARER: &[u8] = b"bearer ";
    if !matches!(at(bytes, place), b'b' | b'B') {
        return None;
    }
    let word = bytes.get(place..place + BEARER.len())?;
    if !word.eq_ignore_ascii_case(BEARER) {
        return None;
    }
    let start = place + BEARER.len();
    let rest = bytes.get(start..)?;
    let length = rest.iter().take_while(|byte| base64(**byte) || dotted(**byte)).count();
    let follows = rest.get(..length).unwrap_or_default();
    if length < LEAST_BEARER || !looks_random(follows) {
        return None;
    }
    hidden.add(start, start + length, "bearer");
    Some(start + length)
}

fn alphanumeric(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn upper(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn dashed(byte: u8) -> bool {
    word(byte) || byte == b'-'
}

fn dotted(byte: u8) -> bool {
    dashed(byte) || byte == b'.'
}

fn base64(byte: u8) -> bool {
    word(byte) || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'~')
}

fn path(byte: u8) -> bool {
    dotted(byte) || byte == b'/'
}

fn anything(_: &[u8]) -> bool {
    true
}

fn exactly_16(follows: &[u8]) -> bool {
    follows.len() == 16
}

fn has_a_dot(follows: &[u8]) -> bool {
    follows.contains(&b'.')
}

fn two_dots(follows: &[u8]) -> bool {
    follows.iter().filter(|byte| **byte == b'.').count() >= 2
}

/// Words of a language are of one case and have no digits.
fn looks_random(follows: &[u8]) -> bool {
    follows.iter().any(u8::is_ascii_digit)
        || (follows.iter().any(u8::is_ascii_uppercase) && follows.iter().any(u8::is_ascii_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_shape_is_shorter_than_the_least() {
        let shortest = SHAPES.iter().map(|shape| shape.prefix.len() + shape.least).min();
        assert_eq!(shortest, Some(LEAST));
    }
}
