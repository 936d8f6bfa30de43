//! The spellings of a command.

use std::borrow::Cow;
use std::collections::HashSet;

use super::shell::Form;
use crate::grammar::tools::tool;

/// The text that says these words and no others: joined by single blanks where every word is plain, else with
/// the others quoted. What is not known of a word stands as a `*`.
pub(super) fn canonical(words: &[Form]) -> String {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() {
            text.push(' ');
        }
        let Some(value) = word.known() else {
            text.push_str(&word.open());
            continue;
        };
        match shell_words::quote(value) {
            _ if is_plain(value) => text.push_str(value),
            Cow::Owned(quoted) => text.push_str(&quoted),
            // It needs no quotes in a shell, but a reader might take a part of it for a blank.
            Cow::Borrowed(bare) => text.extend(["'", bare, "'"]),
        }
    }
    text
}

/// Every other text that refusals may know these words by: joined as they are; with the base name of the
/// program; and without the options that stand before a subcommand.
pub(super) fn of(words: &[Form]) -> Vec<String> {
    let values: Vec<Cow<'_, str>> = words.iter().map(Form::open).collect();
    let values: Vec<&str> = values.iter().map(Cow::as_ref).collect();
    let Some((&program, operands)) = values.split_first() else { return Vec::new() };
    let name = base_name(program);
    let mut spellings = vec![join(program, operands)];
    if name != program {
        spellings.push(join(name, operands));
    }
    if operands.first().is_some_and(|first| first.starts_with('-'))
        && let Some(tool) = tool(name)
    {
        let found = tool.find(operands);
        if let Some(behind) = found.first.and_then(|place| operands.get(place..)) {
            spellings.push(join(name, behind));
        }
        if found.hidden {
            // An option that is not known may have the next word for a value.
            let places = operands.iter().enumerate().filter(|(_, word)| !word.starts_with('-'));
            for (place, _) in places.take(MOST_HIDDEN) {
                spellings.push(join(name, operands.get(place..).unwrap_or_default()));
            }
        }
    }
    spellings
}

fn join(program: &str, operands: &[&str]) -> String {
    let mut text = program.to_owned();
    for operand in operands {
        text.push(' ');
        text.push_str(operand);
    }
    text
}

/// The most words that are looked at as the subcommand where an option before it is not known.
const MOST_HIDDEN: usize = 8;

/// What is behind the last slash; all of it if nothing is.
fn base_name(program: &str) -> &str {
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

    fn words(values: &[&str]) -> Vec<Form> {
        values.iter().map(|value| Form::text(*value)).collect()
    }

    #[test]
    fn a_word_with_a_blank_never_begins_a_target() {
        assert_eq!(canonical(&words(&["ls /etc; rm", "x"])), "'ls /etc; rm' x");
        assert_eq!(canonical(&words(&["", "ls"])), "'' ls");
        assert_eq!(canonical(&words(&["\u{a0}ls"])), "'\u{a0}ls'");
        assert_eq!(canonical(&words(&["ls", "-la", "a b"])), "ls -la 'a b'");
    }

    #[test]
    fn an_option_that_is_not_known_may_have_the_next_word_for_a_value() {
        let told = of(&words(&["kubectl", "--odd", "root", "-nprod", "delete", "ns"]));
        for spelling in ["kubectl delete ns", "kubectl root -nprod delete ns"] {
            assert!(told.iter().any(|told| told == spelling), "{told:?}");
        }
    }
}
