//! Looking through a text for what looks like a secret.

use memchr::memmem;

use crate::grammar::secrets::{Body, SHAPES, Shape, Text};

/// The most letters between a name and the value that it is given.
const MOST_BETWEEN: usize = 12;

/// The longest name and password before the `@` of a URL.
const MOST_USER_INFO: usize = 256;

/// Something that was found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Find {
    /// The name of the shape.
    pub(super) shape: &'static str,
    /// The line, from 1.
    pub(super) line: u32,
    /// What it begins with, and how long it is: nothing that could be used.
    pub(super) excerpt: String,
}

/// What is found in a text, line by line, at most `most`.
pub(super) fn find(text: &[u8], most: usize) -> Vec<Find> {
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<(usize, Find)> = Vec::new();
    for shape in SHAPES {
        for anchor in shape.anchors {
            let within = match shape.body {
                Body::Assigned(_) => &lower,
                Body::Marker | Body::Token(_) | Body::UserInfo => text,
            };
            let mut left = most;
            for at in memmem::find_iter(within, anchor.as_bytes()) {
                if left == 0 {
                    break;
                }
                if let Some(excerpt) = at_anchor(shape, anchor, text, at) {
                    left -= 1;
                    found.push((at, Find { shape: shape.name, line: 0, excerpt }));
                }
            }
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found.truncate(most);
    let (mut line, mut seen) = (1, 0);
    for (at, find) in &mut found {
        line += memchr::memchr_iter(b'\n', text.get(seen..*at).unwrap_or_default()).count();
        seen = *at;
        find.line = u32::try_from(line).unwrap_or(u32::MAX);
    }
    let mut finds: Vec<Find> = found.into_iter().map(|(_, find)| find).collect();
    finds.dedup_by(|later, first| later.shape == first.shape && later.line == first.line);
    finds
}

/// What is told of a secret whose anchor stands at this place, if one does.
fn at_anchor(shape: &Shape, anchor: &str, text: &[u8], at: usize) -> Option<String> {
    let behind = text.get(at + anchor.len()..)?;
    match shape.body {
        Body::Marker => Some(format!("{anchor}…")),
        Body::Token(of) => {
            // A secret begins a word, unless its anchor is no word itself.
            let before = at.checked_sub(1).and_then(|before| text.get(before));
            let is_word = anchor.starts_with(|letter: char| letter.is_ascii_alphanumeric());
            let is_inside = before.is_some_and(|letter| letter.is_ascii_alphanumeric() || *letter == b'_');
            let may_stand_inside = matches!(anchor, "8Q~" | "T3BlbkFJ");
            if is_word && is_inside && !may_stand_inside {
                return None;
            }
            let length = run(of, behind)?;
            Some(format!("{anchor}… ({} characters)", anchor.len() + length))
        }
        Body::Assigned(of) => {
            let between = behind.iter().take(MOST_BETWEEN).take_while(|letter| is_between(**letter)).count();
            let given = behind.get(..between)?;
            if !given.iter().any(|letter| matches!(letter, b'=' | b':')) {
                return None;
            }
            let length = run(of, behind.get(between..)?)?;
            Some(format!("{anchor} = … ({length} characters)"))
        }
        Body::UserInfo => {
            let authority =
                behind.iter().take(MOST_USER_INFO).take_while(|letter| is_of_user(**letter)).count();
            let user = behind.get(..authority)?;
            if behind.get(authority) != Some(&b'@') {
                return None;
            }
            let colon = memchr::memchr(b':', user)?;
            let password = user.get(colon + 1..)?;
            // Names of variables, and the words that stand for a password in a document.
            let is_meant = password.len() >= 6
                && !password.iter().any(|letter| matches!(letter, b'$' | b'{' | b'<' | b'%' | b'*'))
                && !is_placeholder(password)
                && tenths(password) >= 20;
            is_meant.then(|| format!("://…:…@ ({} characters)", password.len()))
        }
    }
}

/// How long the run is that stands there, if it may be a secret.
fn run(of: Text, text: &[u8]) -> Option<usize> {
    let length = text.iter().take(of.most + 1).take_while(|letter| of.of.has(**letter)).count();
    let token = text.get(..length)?;
    let is_one = length >= of.least && length <= of.most;
    (is_one && tenths(token) >= of.tenths && !is_placeholder(token)).then_some(length)
}

fn is_between(letter: u8) -> bool {
    matches!(letter, b' ' | b'\t' | b'"' | b'\'' | b'`' | b'=' | b':' | b'>' | b'(' | b'|' | b']')
}

fn is_of_user(letter: u8) -> bool {
    letter.is_ascii_graphic()
        && !matches!(letter, b'/' | b'@' | b'"' | b'\'' | b'`' | b'<' | b'>' | b' ' | b'?' | b'#')
}

/// Whether the text says itself that it is none.
fn is_placeholder(text: &[u8]) -> bool {
    let lower = text.to_ascii_lowercase();
    let is_count = |word: &[u8]| memmem::find(&lower, word).is_some();
    [
        &b"example"[..],
        b"placeholder",
        b"changeme",
        b"your",
        b"xxxx",
        b"dummy",
        b"redacted",
        b"123456789",
        b"password",
    ]
    .into_iter()
    .any(is_count)
}

/// The entropy of a text for each of its letters, in tenths of a bit.
fn tenths(text: &[u8]) -> u32 {
    let mut counts = [0_u32; 256];
    for byte in text {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count += 1;
        }
    }
    let total = f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX));
    let bits: f64 = counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| {
            let share = f64::from(*count) / total;
            -share * share.log2()
        })
        .sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 80")]
    {
        (bits * 10.0) as u32
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::grammar::secrets::Alphabet;

    /// Letters as a machine would draw them; made here, so that no secret stands in this file.
    fn drawn(of: Alphabet, length: usize) -> String {
        let letters: Vec<u8> = (0..=127_u8).filter(|letter| of.has(*letter) && *letter != b'=').collect();
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut text = String::new();
        for _ in 0..length {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let place = usize::try_from(state >> 33).unwrap() % letters.len();
            text.push(char::from(letters[place]));
        }
        text
    }

    fn sample(shape: &Shape, anchor: &str) -> String {
        match shape.body {
            Body::Marker => anchor.to_owned(),
            Body::Token(text) => format!("{anchor}{}", drawn(text.of, text.least.max(20).min(text.most))),
            Body::Assigned(text) => {
                format!("{anchor} = \"{}\"", drawn(text.of, text.least.max(32).min(text.most)))
            }
            Body::UserInfo => format!("https{anchor}me:{}@db.host/x", drawn(Alphabet::Alphanumeric, 16)),
        }
    }

    #[test]
    fn every_shape_is_found_at_its_line_and_nothing_of_the_secret_is_told() {
        for shape in SHAPES {
            for anchor in shape.anchors {
                let secret = sample(shape, anchor);
                let text = format!("first\nlet x = '{secret}';\nlast\n");
                let finds = find(text.as_bytes(), 10);
                let found = finds.iter().find(|find| find.shape == shape.name);
                let found = found.unwrap_or_else(|| panic!("{}: {text} gives {finds:?}", shape.name));
                assert_eq!(found.line, 2, "{}", shape.name);
                let body = secret.strip_prefix(anchor).unwrap_or(&secret);
                assert!(
                    body.len() < 6 || !found.excerpt.contains(body.split_at(body.len() - 6).1),
                    "{}",
                    found.excerpt
                );
            }
        }
    }

    #[test]
    fn what_is_no_secret_is_left_alone() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "AKIAXXXXXXXXXXXXXXXX",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "password = \"changeme\"",
            "password: ${{ secrets.DB_PASSWORD }}",
            "api_key = os.environ[\"API_KEY\"]",
            "https://user:password@host/",
            "https://user:${PASSWORD}@host/",
            "https://example.com:8080/a@b",
            "git@github.com:a/b.git",
            "the key-value pair of a hash",
            "-----BEGIN PUBLIC KEY-----",
            "-----BEGIN CERTIFICATE-----",
            "fn cio() {}",
        ] {
            assert_eq!(find(text.as_bytes(), 10), [], "{text}");
        }
    }

    #[test]
    fn many_are_told_up_to_the_bound() {
        let secret = format!("ghp_{}\n", drawn(Alphabet::Alphanumeric, 36));
        assert_eq!(find(secret.repeat(50).as_bytes(), 20).len(), 20);
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = find(&bytes, 5);
        }
    }
}
