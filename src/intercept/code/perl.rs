//! Substitutions of Perl, the most of what is written in it on a command line.

use std::iter::Peekable;
use std::str::CharIndices;

/// What is left of a text behind the `s///`, `tr///` and `y///` that it begins with. One that runs code, or that may,
/// is left with the rest.
pub(super) fn behind_substitutions(text: &str) -> &str {
    let mut rest = text;
    loop {
        let at = rest.trim_start_matches(|letter: char| letter == ';' || letter.is_whitespace());
        match behind_one(at) {
            Some(behind) => rest = behind,
            None => return at,
        }
    }
}

/// Whether a text begins with a substitution that is passed over. Only where it is all of the code is it one: behind
/// what another text leaves open, it is read otherwise.
pub(in crate::intercept) fn begins_with_substitution(text: &str) -> bool {
    let text = text.trim_start_matches(|letter: char| letter == ';' || letter.is_whitespace());
    behind_one(text).is_some()
}

/// What `s/TEXT/OTHER/` takes for what, where both are nothing but letters, digits, blanks and the like.
pub(in crate::intercept) fn literal_substitution(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix('s')?;
    let sign = rest.chars().next().filter(|sign| "/#|,!:~%".contains(*sign))?;
    let mut parts = rest.get(1..)?.split(sign);
    let (from, to, flags) = (parts.next()?, parts.next()?, parts.next()?);
    let is_literal = |text: &str| {
        text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '_' | '-'))
    };
    let is_whole = parts.next().is_none() && flags.chars().all(|flag| matches!(flag, 'g' | 'i'));
    (is_whole && !from.is_empty() && is_literal(from) && is_literal(to)).then_some((from, to))
}

/// What is behind the substitution at the start of a text, if there is one and it only makes text of text.
fn behind_one(text: &str) -> Option<&str> {
    let (is_translation, rest) =
        match (text.strip_prefix("tr"), text.strip_prefix('y'), text.strip_prefix('s')) {
            (Some(rest), _, _) | (None, Some(rest), _) => (true, rest),
            (None, None, Some(rest)) => (false, rest),
            (None, None, None) => return None,
        };
    let open = rest.chars().next().filter(|open| "/#|,!~%{".contains(*open))?;
    let close = if open == '{' { '}' } else { open };
    let mut letters = rest.char_indices().peekable();
    letters.next();
    let pattern = section(rest, &mut letters, open, close)?;
    if open == '{' && letters.next()?.1 != '{' {
        return None;
    }
    let replacement = section(rest, &mut letters, open, close)?;
    let at = letters.peek().map_or(rest.len(), |(at, _)| *at);
    let behind = rest.get(at..)?;
    let end = behind.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(behind.len());
    let (flags, behind) = behind.split_at_checked(end)?;
    let known = if is_translation { "cdsr" } else { "gimsxnraudlop" };
    let is_end =
        behind.is_empty() || behind.starts_with(|letter: char| letter == ';' || letter.is_whitespace());
    let is_text = is_translation
        || !runs_in_pattern(pattern)
            && !interpolates_code(pattern, true)
            && !interpolates_code(replacement, false);
    (is_end && is_text && flags.chars().all(|flag| known.contains(flag))).then_some(behind)
}

/// The text up to the closing sign, which is taken. Braces hold no others here.
fn section<'t>(
    text: &'t str,
    letters: &mut Peekable<CharIndices<'t>>,
    open: char,
    close: char,
) -> Option<&'t str> {
    let start = letters.peek()?.0;
    while let Some((at, letter)) = letters.next() {
        if letter == close {
            return text.get(start..at);
        }
        let escaped = if letter == '\\' { Some(letters.next()?.1) } else { None };
        // A brace within braces, or one that gets rid of its backslash, is not read.
        if open == '{' && (letter == '{' || matches!(escaped, Some('{' | '}'))) {
            return None;
        }
    }
    None
}

/// `(?{ code })` and its kin, however it is spaced or escaped.
fn runs_in_pattern(pattern: &str) -> bool {
    let bare: String = pattern.chars().filter(|letter| !letter.is_whitespace() && *letter != '\\').collect();
    ["?{", "*{", "?p{"].iter().any(|sign| bare.contains(sign))
}

/// Whether a text between the signs holds anything but plain variables: `@{[ code ]}`, `$x[code]` and the like.
fn interpolates_code(text: &str, is_pattern: bool) -> bool {
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\\' {
            letters.next();
            continue;
        }
        if !matches!(letter, '$' | '@') {
            continue;
        }
        let next = letters.peek().copied();
        if letter == '$' && is_pattern && matches!(next, None | Some(')' | '|')) {
            continue;
        }
        let mut length = 0;
        if letter == '$' && next == Some('&') {
            letters.next();
            length = 1;
        }
        while length == 0 || next != Some('&') {
            if letters.next_if(|letter| letter.is_ascii_alphanumeric() || *letter == '_').is_none() {
                break;
            }
            length += 1;
        }
        // What follows the name may be a subscript, an arrow, or part of the name.
        if length == 0 || matches!(letters.peek(), Some('[' | '{' | '-' | ':' | '\'')) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_makes_text_of_text_is_passed() {
        for text in [
            "s/a/b/g",
            "s#/usr#/opt#; s/ /_/g;",
            "tr/a-z/A-Z/",
            "y/a/b/",
            "s/^(.*)\\.txt$/$1.md/",
            "s{foo}{bar}gi",
            "s/(a|b$)/$& /",
            "s/me@example\\.org/you/",
            "s/\\$x{/y/",
        ] {
            assert_eq!(behind_substitutions(text), "", "{text}");
        }
    }

    #[test]
    fn what_may_run_code_is_left() {
        for text in [
            "s/a/system(1)/e",
            "s/a/system(1)/gee",
            "s/a/b/ge;s/c/d/",
            "s/(?{system(1)})//",
            "s/( ?{system(1)})//x",
            "s{(?\\{system(1)\\})}{}",
            "s/(??{system(1)})//",
            "s/a/@{[system(1)]}/",
            "s/a/${\\system(1)}/",
            "s/a/$x[system(1)]/",
            "s/a/$x{system(1)}/",
            "s/a/$x->[system(1)]/",
            "s/a/@x[system(1)]/",
            "s/@{[system(1)]}/a/",
            "s@a@\\@{[system(1)]}@",
            "s+a+$\\+{system(1)}+",
            "s:a:$x\\:\\:y[system(1)]:",
            "s/a/$+{x}/",
            "s{a}{@\\{[system(1)]\\}}",
            "s'a'b'",
            "s/a/b/ if system(1)",
            "s/a",
            "system(1)",
        ] {
            assert_ne!(behind_substitutions(text).trim(), "", "{text}");
        }
        assert_eq!(behind_substitutions("s/a/b/; s/a/`id`/e"), "s/a/`id`/e");
    }
}
