//! Programs that run others, peeled where that is sure.

use super::shell::{Assigned, Word};
use crate::contract::Cause;
use crate::grammar::builtins::{HARMLESS_SET_LETTERS, HARMLESS_SET_NAMES};
use crate::grammar::programs::{GIT_RUNS, GIT_SETTINGS, MAKE_RUNS, Runs, runs};

/// What a command does with its operands.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Step<'w> {
    /// Its own work.
    Plain,
    /// It runs the command that these words are, with these variables set.
    Runs(&'w [Word], Vec<Assigned>),
    /// It runs this shell text.
    Text(&'w str),
    /// It runs something in a form that is not read.
    Unread(Cause),
}

/// Looks at one command, whose program has the base name `name`.
pub(super) fn step<'w>(name: &str, words: &'w [Word]) -> Step<'w> {
    let operands = words.get(1..).unwrap_or_default();
    let Some(kind) = runs(name) else { return Step::Plain };
    if only_tells_about_itself(operands) && kind != Runs::Other {
        return Step::Plain;
    }
    match kind {
        Runs::Command => command(operands, 0, false),
        Runs::AfterAssignments => command(operands, 0, true),
        Runs::AfterOne => command(operands, 1, false),
        Runs::CommandOr(queries) => match operands.first() {
            Some(first) if first.is_known && queries.contains(&first.value.as_str()) => Step::Plain,
            _ => command(operands, 0, false),
        },
        Runs::Shell => shell(operands),
        Runs::Code => Step::Unread(Cause::Code),
        Runs::Text(signs) => {
            if has_text_of(operands, signs) {
                Step::Unread(Cause::Code)
            } else {
                Step::Plain
            }
        }
        Runs::Sed => sed(operands),
        Runs::With(signs) => {
            if has_sign(operands, signs, name.ends_with("tar")) {
                Step::Unread(Cause::RunsAnother)
            } else {
                Step::Plain
            }
        }
        Runs::Git => git(operands),
        Runs::CommandOrShell if operands.is_empty() => Step::Unread(Cause::RunsAnother),
        Runs::CommandOrShell => command(operands, 0, false),
        Runs::Make => make(operands),
        Runs::Statements(signs) => {
            let has_text = operands.iter().any(|word| word.value.contains(' '));
            if has_text && !has_text_of(operands, signs) { Step::Plain } else { Step::Unread(Cause::Code) }
        }
        Runs::Exactly(signs) => {
            if operands.iter().any(|word| signs.contains(&word.value.as_str())) {
                Step::Unread(Cause::RunsAnother)
            } else {
                Step::Plain
            }
        }
        Runs::Other => Step::Unread(Cause::RunsAnother),
    }
}

/// Whether an operand begins with one of these options, or holds one of these texts in whatever case.
fn has_text_of(operands: &[Word], signs: &[&str]) -> bool {
    operands.iter().any(|word| {
        let lower = word.value.to_ascii_lowercase();
        signs.iter().any(|sign| {
            if sign.starts_with('-') { word.value.starts_with(sign) } else { lower.contains(sign) }
        })
    })
}

fn only_tells_about_itself(operands: &[Word]) -> bool {
    matches!(operands, [only] if only.is_known && matches!(only.value.as_str(), "--version" | "--help"))
}

/// The command behind `skipped` operands of the program's own, and behind assignments where those may stand.
fn command(operands: &[Word], skipped: usize, assigns: bool) -> Step<'_> {
    let mut assigned = Vec::new();
    let mut rest = operands;
    for _ in 0..skipped {
        match rest.split_first() {
            Some((own, behind)) if own.is_known && !own.value.starts_with('-') => rest = behind,
            Some(_) => return Step::Unread(Cause::RunsAnother),
            None => return Step::Plain,
        }
    }
    while let Some((word, behind)) = rest.split_first() {
        match word.value.split_once('=') {
            Some((name, _)) if assigns && !name.starts_with('-') => {
                assigned.push(Assigned::of(word));
                rest = behind;
            }
            Some(_) | None => break,
        }
    }
    match rest.first() {
        // Without a command these programs run none (a shell that one starts by an option is not here).
        None => Step::Plain,
        Some(first) if first.is_known_as_program && !first.value.starts_with('-') => {
            Step::Runs(rest, assigned)
        }
        Some(_) => Step::Unread(Cause::RunsAnother),
    }
}

/// `sh -c TEXT`, alone or with options that only say when to stop and which profile to read.
fn shell(operands: &[Word]) -> Step<'_> {
    let [options, text, ..] = operands else { return Step::Unread(Cause::Code) };
    let letters = options.value.strip_prefix('-').unwrap_or_default();
    let is_read = options.is_known
        && letters.contains('c')
        && letters.chars().all(|letter| matches!(letter, 'c' | 'l' | 'e' | 'u'));
    if is_read && text.is_known && !text.value.starts_with(['-', '+']) {
        Step::Text(&text.value)
    } else {
        Step::Unread(Cause::Code)
    }
}

/// `sed -n 1,20p FILE…`: numbers and a `p`, and nothing that could be another option.
fn sed(operands: &[Word]) -> Step<'_> {
    let plain = match operands {
        [quiet, script, files @ ..] => {
            quiet.value == "-n"
                && script.value.strip_suffix('p').is_some_and(|range| {
                    range.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'$'))
                })
                && script.is_known
                && files.iter().all(|file| !file.value.starts_with('-'))
        }
        [] | [_] => operands.is_empty(),
    };
    if plain { Step::Plain } else { Step::Unread(Cause::Code) }
}

/// make reads text in its operands: functions that run a shell, assignments that do, its own settings.
fn make(operands: &[Word]) -> Step<'_> {
    let runs_code = |word: &Word| {
        let value = word.value.as_str();
        let name = value.split('=').next().unwrap_or_default().trim();
        value.contains(['$', '`'])
            || (!value.starts_with('-')
                && value.contains('=')
                && (name.ends_with([':', '!', '?', '+'])
                    || matches!(name, "SHELL" | ".SHELLFLAGS" | "MFLAGS" | "GNUMAKEFLAGS")
                    || name.starts_with("MAKE")))
    };
    if operands.iter().any(runs_code) || has_sign(operands, MAKE_RUNS, false) {
        Step::Unread(Cause::RunsAnother)
    } else {
        Step::Plain
    }
}

fn git(operands: &[Word]) -> Step<'_> {
    let is_setting = |word: &Word| {
        let option = word.value.split('=').next().unwrap_or_default();
        word.value.starts_with("-c")
            || GIT_SETTINGS.iter().any(|setting| option == *setting || is_beginning_of(option, setting))
    };
    if operands.iter().any(is_setting) {
        Step::Unread(Cause::Environment)
    } else if has_sign(operands, GIT_RUNS, false)
        || clones_by_a_program(operands)
        || operands.iter().any(|word| word.value.contains("ext::"))
    {
        Step::Unread(Cause::RunsAnother)
    } else {
        Step::Plain
    }
}

/// Whether a sign of [`Runs::With`] is among the operands. `takes_bare_letters`: the letters of options may
/// stand in the first operand without a dash.
fn has_sign(operands: &[Word], signs: &[&str], takes_bare_letters: bool) -> bool {
    operands.iter().enumerate().any(|(place, word)| {
        let operand = word.value.as_str();
        let option = operand.split('=').next().unwrap_or_default();
        let is_cluster = (operand.starts_with('-') && !operand.starts_with("--"))
            || (takes_bare_letters && place == 0 && !operand.starts_with('-'));
        signs.iter().any(|sign| match sign.as_bytes() {
            // Some programs take one dash, or three, for two.
            [b'-', b'-', ..] => {
                option == *sign
                    || is_beginning_of(option, sign)
                    || (option.starts_with('-') && bare(option) == bare(sign))
                    || (option.starts_with('-')
                        && bare(option).len() >= 5
                        && bare(sign).starts_with(bare(option)))
            }
            [b'-', letter] => is_cluster && operand.as_bytes().contains(letter),
            [b'-', ..] => option.starts_with('-') && bare(option) == bare(sign),
            [.., b'='] | [b'+'] => operand.starts_with(sign),
            _ => operand == *sign,
        })
    })
}

/// `git clone -u PROGRAM`; `-u` says other things to other subcommands.
fn clones_by_a_program(operands: &[Word]) -> bool {
    operands.iter().any(|word| word.value == "clone") && has_sign(operands, &["-u"], false)
}

/// An option's name without its dashes.
fn bare(option: &str) -> &str {
    option.trim_start_matches('-')
}

/// Long options may be shortened: `--upload-pa` is `--upload-pack`.
fn is_beginning_of(option: &str, long: &str) -> bool {
    option.len() > 2 && option.starts_with("--") && long.starts_with(option)
}

/// Whether these operands of `set` only say when the shell stops and what it shows.
pub(super) fn is_harmless_set<'w>(operands: impl Iterator<Item = &'w str>) -> bool {
    let mut wants_name = false;
    for operand in operands {
        if wants_name {
            if !HARMLESS_SET_NAMES.contains(&operand) {
                return false;
            }
            wants_name = false;
            continue;
        }
        let Some(letters) = operand.strip_prefix(['-', '+']).filter(|letters| !letters.is_empty()) else {
            return false;
        };
        wants_name = letters.ends_with('o');
        let letters = letters.strip_suffix('o').unwrap_or(letters);
        if !letters.chars().all(|letter| HARMLESS_SET_LETTERS.contains(letter)) {
            return false;
        }
    }
    !wants_name
}
