//! Patterns as words.

use crate::grammar::base_name;

/// The program that a pattern names by its first word; none where that has a wildcard.
pub(super) fn program(pattern: &str) -> Option<&str> {
    let first = pattern.split_whitespace().next()?;
    (!first.contains(['*', '\'', '"'])).then(|| base_name(first))
}

/// What a word behind the program of a pattern begins with that the grammar reads as the first operand; nothing where
/// that is not plain to see.
pub(super) fn first_operand(pattern: &str) -> &str {
    let word = pattern.split_whitespace().nth(1).unwrap_or_default();
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ':');
    let start = word.split('*').next().unwrap_or_default();
    if start.starts_with('-') || !start.chars().all(is_plain) { "" } else { start }
}

/// Whether a pattern has no shell syntax outside of quotes, and so may be of one simple command.
pub(super) fn is_plain(pattern: &str) -> bool {
    words(pattern).is_some()
}

/// The words of a pattern: split at blanks that are in no quotes, without their quotes. None if there is shell
/// syntax outside of quotes. Where quotes do not close, they are letters.
///
/// A wildcard that runs into a long option is a word of its own: `push*--force*` is `push*` and `--force*`.
pub(super) fn words(pattern: &str) -> Option<Vec<String>> {
    let quotes_close = split(pattern, true).1;
    let (words, _) = split(pattern, quotes_close);
    let mut split = Vec::new();
    for word in words? {
        match word.split_once("*--").filter(|(_, option)| option.starts_with(|c: char| c.is_alphanumeric())) {
            Some((before, option)) => split.extend([format!("{before}*"), format!("--{option}")]),
            None => split.push(word),
        }
    }
    Some(split)
}

/// The words, and whether all quotes are closed.
fn split(pattern: &str, reads_quotes: bool) -> (Option<Vec<String>>, bool) {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut has_syntax = false;
    for letter in pattern.chars() {
        match quote {
            Some(open) if letter == open => quote = None,
            Some(_) => word.get_or_insert_default().push(letter),
            None if reads_quotes && matches!(letter, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            None if matches!(letter, '|' | '&' | ';' | '<' | '>' | '(' | ')' | '`' | '\n') => {
                has_syntax = true;
            }
            None if letter.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    ((!has_syntax).then_some(words), quote.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_its_words_unless_it_has_shell_syntax() {
        let split = |pattern: &str| words(pattern).map(|words| words.join("|"));
        assert_eq!(split("rm  -rf\t/").as_deref(), Some("rm|-rf|/"));
        assert_eq!(split("git commit -m \"a b\"*").as_deref(), Some("git|commit|-m|a b*"));
        assert_eq!(split("git push*--force* main").as_deref(), Some("git|push*|--force*|main"));
        assert_eq!(split("rm *--no-preserve-root*").as_deref(), Some("rm|*|--no-preserve-root*"));
        assert_eq!(split("echo don't*").as_deref(), Some("echo|don't*"));
        assert_eq!(split("x '' y").as_deref(), Some("x||y"));
        assert_eq!([split("curl *| sh"), split("a && b"), split("$(x)")], [None, None, None]);
        assert_eq!(split("awk '{a|b}'").as_deref(), Some("awk|{a|b}"));
    }

    #[test]
    fn the_program_is_the_base_name_of_a_first_word_without_wildcards() {
        let names = ["rm -rf /", "/usr/bin/rm*", "/usr/bin/rm *", "mkfs*", "* x", ""].map(program);
        assert_eq!(names, [Some("rm"), None, Some("rm"), None, None, None]);
    }
}
