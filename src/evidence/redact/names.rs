//! Names that say that their value is a secret.

/// What such a name ends with, once it is in lower case and without `-`, `_` and `.`.
const ENDINGS: [&str; 17] = [
    "password",
    "passwords",
    "passwd",
    "pwd",
    "passphrase",
    "token",
    "secret",
    "secrets",
    "apikey",
    "accesskey",
    "accesskeyid",
    "secretkey",
    "privatekey",
    "signingkey",
    "encryptionkey",
    "credential",
    "credentials",
];

/// The longest name that is looked at, in bytes.
const MOST_NAME: usize = 200;

/// What is known of the value of a name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Says {
    /// It is no secret that one could tell by the name.
    Nothing,
    /// It is one, and this is the kind.
    Secret(&'static str),
    /// It is a header, whose value ends with its line or its quotation.
    Header(&'static str),
}

/// What a name says.
pub(super) fn says(name: &str) -> Says {
    if !may_say(name) {
        return Says::Nothing;
    }
    // A name as long as this is one that was made to be; its end is what says.
    let from = (name.len().saturating_sub(MOST_NAME)..).find(|place| name.is_char_boundary(*place));
    let name = from.and_then(|from| name.get(from..)).unwrap_or_default();
    let mut room = [0; MOST_NAME];
    let mut length = 0;
    for (slot, byte) in room.iter_mut().zip(name.bytes().filter(|byte| !matches!(byte, b'-' | b'_' | b'.'))) {
        *slot = byte.to_ascii_lowercase();
        length += 1;
    }
    let plain = room.get(..length).and_then(|plain| std::str::from_utf8(plain).ok()).unwrap_or_default();
    let plain = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    match plain {
        "authorization" | "proxyauthorization" => return Says::Header("authorization"),
        "cookie" | "setcookie" => return Says::Header("cookie"),
        _ => {}
    }
    let Some(ending) = ENDINGS.iter().find(|ending| plain.ends_with(**ending)) else {
        let is_pass = plain == "pass" || name.to_ascii_lowercase().ends_with("_pass");
        return if is_pass { Says::Secret("password") } else { Says::Nothing };
    };
    Says::Secret(match *ending {
        "password" | "passwords" | "passwd" | "pwd" | "passphrase" => "password",
        "token" => "token",
        "secret" | "secrets" => "secret",
        "credential" | "credentials" => "credential",
        _ => "key",
    })
}

/// Whether a name ends with the last letters of one that says something: most names are ruled out by these.
fn may_say(name: &str) -> bool {
    let letters = name.bytes().rev().filter(|byte| !matches!(byte, b'-' | b'_' | b'.'));
    let mut letters = letters.skip_while(u8::is_ascii_digit).map(|byte| byte.to_ascii_lowercase());
    let mut next = || letters.next().unwrap_or_default();
    let last = [next(), next(), next()];
    LAST_LETTERS.contains(&last)
}

/// The last three letters of every name that says something, backwards.
const LAST_LETTERS: [[u8; 3]; 15] = [
    *b"dro", *b"sdr", *b"dws", *b"dwp", *b"esa", *b"nek", *b"ter", *b"ste", *b"yek", *b"diy", *b"lai",
    *b"sla", *b"ssa", *b"noi", *b"eik",
];

/// Whether a value under a secret's name is plainly none: `PWD=/home/me` is the shell's working directory.
pub(super) fn is_plain(name: &str, value: &str) -> bool {
    let is_working_directory = ["pwd", "oldpwd"].iter().any(|pwd| name.eq_ignore_ascii_case(pwd));
    is_working_directory
        && (value.starts_with('/') || value.starts_with("$(") || value.starts_with("[redacted:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_that_says_something_is_ruled_out() {
        let others = ["authorization", "proxyauthorization", "cookie", "setcookie", "pass", "db_pass"];
        for name in ENDINGS.iter().chain(&others) {
            for name in [name.to_string(), name.to_uppercase(), format!("A-{name}_2"), format!("{name}.")] {
                assert!(may_say(&name), "{name}");
            }
        }
        assert!(LAST_LETTERS.iter().all(|own| {
            let own: Vec<u8> = own.iter().rev().copied().collect();
            ENDINGS.iter().chain(&others).any(|name| name.as_bytes().ends_with(&own))
        }));
    }
}
