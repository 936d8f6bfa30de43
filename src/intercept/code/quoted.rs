//! Texts between quotes, and lists of them.

use crate::grammar::tool::Language;

/// The most texts that are taken.
const MOST: usize = 500;

/// The texts between quotes of any kind, and between the signs that stand for quotes.
pub(in crate::intercept) fn quoted(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if found.len() >= MOST {
            break;
        }
        let close = match letter {
            '\'' | '"' | '`' => letter,
            // `qw(…)`, `%w[…]`, `q{…}`, `exec(…)`
            '(' | '{' | '[' => {
                let before = text.get(..at).unwrap_or_default();
                if before.ends_with(['q', 'w', 'x', 'Q', 'W']) {
                    match letter {
                        '(' => ')',
                        '{' => '}',
                        _ => ']',
                    }
                } else {
                    continue;
                }
            }
            _ => continue,
        };
        let mut inside = String::new();
        let mut is_closed = false;
        while let Some((_, letter)) = letters.next() {
            if letter == '\\' {
                match letters.next() {
                    Some((_, 'n')) => inside.push('\n'),
                    Some((_, 't')) => inside.push('\t'),
                    Some((_, other)) => inside.push(other),
                    None => {}
                }
                continue;
            }
            if letter == close {
                is_closed = true;
                break;
            }
            inside.push(letter);
        }
        if is_closed {
            found.push(inside);
        }
    }
    found
}

/// Lists of texts between quotes that only commas and blanks stand between: the words of a command.
pub(in crate::intercept) fn lists(text: &str) -> Vec<Vec<String>> {
    let mut lists = Vec::new();
    let mut words: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\'', '"']) {
        let (before, behind) = rest.split_at(at);
        let is_next = before.chars().all(|letter| letter.is_whitespace() || matches!(letter, ',' | '['))
            && before.contains(',');
        if !is_next && !words.is_empty() {
            lists.push(std::mem::take(&mut words));
        }
        let quote = behind.chars().next().unwrap_or('"');
        let inside = behind.get(1..).unwrap_or_default();
        let Some(end) = inside.find(quote) else { break };
        words.push(inside.get(..end).unwrap_or_default().to_owned());
        rest = inside.get(end + 1..).unwrap_or_default();
        if lists.len() > MOST {
            break;
        }
    }
    if !words.is_empty() {
        lists.push(words);
    }
    lists.retain(|words| words.len() > 1);
    lists
}

/// Words that stand unquoted and look like paths.
pub(in crate::intercept) fn bare_paths(text: &str) -> Vec<String> {
    text.split(|letter: char| {
        letter.is_whitespace()
            || matches!(letter, '\'' | '"' | '(' | ')' | '[' | ']' | '{' | '}' | ';' | ',' | '<' | '>' | '|')
    })
    .filter(|word| word.contains(['/', '.']) && word.len() > 1)
    .take(MOST)
    .map(str::to_owned)
    .collect()
}

/// The text without what stands between quotes; what runs code in there stays.
pub(in crate::intercept) fn without_quotes(language: Language, text: &str) -> String {
    let mut bare = String::new();
    let mut letters = text.chars().peekable();
    let mut is_formatted = false;
    while let Some(letter) = letters.next() {
        if letter == '#' && language == Language::Python {
            while letters.next_if(|letter| *letter != '\n').is_some() {}
            continue;
        }
        if !matches!(letter, '\'' | '"') {
            is_formatted = language == Language::Python && matches!(letter, 'f' | 'F')
                || is_formatted && matches!(letter, 'r' | 'R');
            bare.push(letter);
            continue;
        }
        let mut depth = 0usize;
        while let Some(inside) = letters.next() {
            if inside == '\\' {
                letters.next();
                continue;
            }
            if inside == letter && depth == 0 {
                break;
            }
            if is_formatted && inside == '{' {
                depth += 1;
                bare.push(' ');
            } else if is_formatted && inside == '}' {
                depth = depth.saturating_sub(1);
            } else if depth > 0 {
                bare.push(inside);
            }
        }
        is_formatted = false;
        bare.push(' ');
    }
    bare
}
