//! The spellings of a command.

use std::borrow::Cow;
use std::collections::HashSet;

use super::shell::Word;
use crate::grammar::globals::globals;

/// The text that says these words and no others: joined by single blanks where every word is plain, else with
/// the others quoted. A word that is not known stands as it is written.
pub(super) fn canonical(words: &[Word]) -> String {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() {
            text.push(' ');
        }
        match shell_words::quote(&word.value) {
            _ if !word.is_known || is_plain(&word.value) => text.push_str(&word.value),
            Cow::Owned(quoted) => text.push_str(&quoted),
            // It needs no quotes in a shell, but a reader might take a part of it for a blank.
            Cow::Borrowed(bare) => text.extend(["'", bare, "'"]),
        }
    }
    text
}

/// Every other text that refusals may know these words by: joined as they are; with the base name of the
/// program; and without the options that stand before a subcommand.
pub(super) fn of(words: &[Word]) -> Vec<String> {
    let values: Vec<&str> = words.iter().map(|word| word.value.as_str()).collect();
    let Some((program, operands)) = values.split_first() else { return Vec::new() };
    let name = base_name(program);
    let joined = |program: &str, operands: &[&str]| join(program, operands.iter().copied());
    let mut spellings = vec![canonical(words), joined(program, operands)];
    if name != *program {
        spellings.push(joined(name, operands));
    }
    let subcommand = without_globals(name, operands);
    if subcommand.len() != operands.len() {
        spellings.push(joined(name, subcommand));
    }
    if globals(name).is_some() {
        for operands in possible_subcommands(operands) {
            spellings.push(joined(name, operands));
            let plain = operands.iter().copied().filter(|operand| !operand.starts_with('-'));
            spellings.push(join(name, plain));
        }
    }
    spellings
}

/// These words, joined as they are, under another program's name.
pub(super) fn joined(program: &str, words: &[Word]) -> String {
    join(program, words.iter().skip(1).map(|word| word.value.as_str()))
}

fn join<'w>(program: &str, operands: impl Iterator<Item = &'w str>) -> String {
    let mut text = program.to_owned();
    for operand in operands {
        text.push(' ');
        text.push_str(operand);
    }
    text
}

fn without_globals<'a, 'w>(name: &str, mut operands: &'a [&'w str]) -> &'a [&'w str] {
    let Some(globals) = globals(name) else { return operands };
    while let Some((first, rest)) = operands.split_first() {
        let has_value = |option: &&str| first.strip_prefix(*option).is_some_and(|rest| rest.starts_with('='));
        operands = if globals.flags.contains(first) || globals.values.iter().any(has_value) {
            rest
        } else if globals.values.contains(first) {
            rest.get(1..).unwrap_or_default()
        } else {
            return operands;
        };
    }
    operands
}

/// The operands from each place on at which the subcommand may stand: options before it may or may not have the
/// next word for a value.
fn possible_subcommands<'a, 'w>(operands: &'a [&'w str]) -> Vec<&'a [&'w str]> {
    let mut is_reached = [false; MOST_OPTIONS + 2];
    let mut starts = Vec::new();
    if let Some(first) = is_reached.first_mut() {
        *first = true;
    }
    for (place, operand) in operands.iter().enumerate().take(MOST_OPTIONS) {
        if is_reached.get(place) != Some(&true) {
            continue;
        }
        if !operand.starts_with('-') {
            starts.extend(operands.get(place..));
            continue;
        }
        is_reached.iter_mut().skip(place + 1).take(2).for_each(|reached| *reached = true);
    }
    starts
}

/// The most words before a subcommand that are looked at.
const MOST_OPTIONS: usize = 16;

/// What is behind the last slash; all of it if nothing is.
pub(super) fn base_name(program: &str) -> &str {
    program.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(program)
}

/// The spellings in order, each once, without `target`.
pub(super) fn distinct(spellings: Vec<String>, target: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let is_new: Vec<bool> =
        spellings.iter().map(|spelling| spelling != target && seen.insert(spelling)).collect();
    spellings.into_iter().zip(is_new).filter_map(|(spelling, is_new)| is_new.then_some(spelling)).collect()
}

/// Whether a word says itself in any shell, and ends where it ends to every reader.
fn is_plain(word: &str) -> bool {
    !word.is_empty()
        && word.chars().all(|letter| {
            letter.is_alphanumeric()
                || matches!(letter, '_' | '@' | '%' | '+' | '=' | ':' | ',' | '.' | '/' | '-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(values: &[&str]) -> Vec<Word> {
        values.iter().map(|value| Word::exact((*value).to_owned())).collect()
    }

    #[test]
    fn a_word_with_a_blank_never_begins_a_target() {
        assert_eq!(canonical(&words(&["ls /etc; rm", "x"])), "'ls /etc; rm' x");
        assert_eq!(canonical(&words(&["", "ls"])), "'' ls");
        assert_eq!(canonical(&words(&["\u{a0}ls"])), "'\u{a0}ls'");
        assert_eq!(canonical(&words(&["ls", "-la", "a b"])), "ls -la 'a b'");
    }

    #[test]
    fn global_options_are_left_out() {
        assert_eq!(
            of(&words(&["/usr/bin/git", "-C", "a b", "--no-pager", "push", "-f"])),
            [
                "/usr/bin/git -C 'a b' --no-pager push -f",
                "/usr/bin/git -C a b --no-pager push -f",
                "git -C a b --no-pager push -f",
                "git push -f",
                "git a b --no-pager push -f",
                "git a b push",
                "git push -f",
                "git push",
            ]
        );
        assert_eq!(
            of(&words(&["terraform", "-chdir=x", "apply"])).last().map(String::as_str),
            Some("terraform apply")
        );
        assert_eq!(of(&words(&["git", "-C"])).last().map(String::as_str), Some("git"));
    }

    #[test]
    fn an_option_that_is_not_known_may_have_the_next_word_for_a_value() {
        let told = of(&words(&["kubectl", "--as", "root", "-nprod", "delete", "ns"]));
        for spelling in ["kubectl delete ns", "kubectl root delete ns"] {
            assert!(told.iter().any(|told| told == spelling), "{told:?}");
        }
    }
}
