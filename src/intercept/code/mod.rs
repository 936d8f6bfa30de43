//! Code in other languages, looked at without reading them in full: what it names as commands and as files.

mod awk;
mod escape;
mod perl;
mod prints;
mod python;
mod quoted;
mod sed;

pub(super) use awk::awk;
pub(super) use escape::{Escape, escapes};
pub(super) use perl::{begins_with_substitution, literal_substitution};
pub(super) use python::calls;
pub(super) use quoted::{bare_paths, lists, quoted};
pub(super) use sed::sed;

use crate::grammar::code::{NEVER, OPENERS, RUNNERS, computing};
use crate::grammar::tool::Language;

/// What a program of awk or sed does besides its own work.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Uses {
    /// Texts that a shell runs.
    pub(super) commands: Vec<String>,
    /// Files that are read.
    pub(super) reads: Vec<String>,
    /// Files that are written.
    pub(super) writes: Vec<String>,
    /// Whether it runs or opens something that is not known.
    pub(super) is_unread: bool,
}

/// Whether a text holds nothing but words that compute. What stands between quotes does not count, unless the language
/// runs code in there.
pub(super) fn only_computes(language: Language, text: &str) -> bool {
    if prints::only_prints(language, text) {
        return true;
    }
    let Some(computes) = computing(language) else { return text.trim().is_empty() };
    if language == Language::Node && (text.contains("import(") || text.contains("import (")) {
        return false;
    }
    if language == Language::Perl && text.contains("ARGV") {
        return false;
    }
    let text = if language == Language::Perl { perl::behind_substitutions(text) } else { text };
    if text.contains('`')
        || text.contains("@{")
        || text.contains("(?{")
        || text.contains("??{")
        || text.contains("__")
    {
        return false;
    }
    // What is required by name is another module's code, unless it is data or one that only computes.
    let harmless = |name: &str| {
        name.ends_with(".json") || ["path", "url", "util", "semver", "os", "querystring"].contains(&name)
    };
    let requires = text.match_indices("require").all(|(at, word)| {
        let rest = text.get(at + word.len()..).unwrap_or_default();
        rest.strip_prefix("('")
            .or_else(|| rest.strip_prefix("(\""))
            .and_then(|rest| rest.split(['\'', '"']).next())
            .is_some_and(harmless)
    });
    if language == Language::Node
        && (!requires
            || text.contains("constructor")
            || text.contains("process[")
            || text.contains("this[")
            || text.contains("${"))
    {
        return false;
    }
    let bare = quoted::without_quotes(language, text);
    // The variables of Perl are told by their signs.
    let bare = if language == Language::Perl { without_sigils(&bare) } else { bare };
    let words_of = |text: &str| -> Vec<String> {
        text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).map(str::to_owned).collect()
    };
    if words_of(&bare).iter().any(|word| NEVER.contains(word.as_str())) {
        return false;
    }
    // Names that the text makes itself mean what it says.
    let own: Vec<&str> = made_names(language, if language == Language::Python { &bare } else { text });
    if language == Language::Python && !imports_only(computes, &bare) {
        return false;
    }
    let mut is_alone = true;
    for word in bare.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')) {
        if word.is_empty() || word.starts_with(|letter: char| letter.is_ascii_digit()) {
            continue;
        }
        is_alone &= computes(word) || own.contains(&word);
    }
    let opens = language == Language::Perl
        && (bare.contains('<') && !bare.contains("<STDIN>") && !bare.contains("<>")
            || bare.contains('|') && bare.contains('"'));
    is_alone && !opens
}

/// Whether code of Python imports nothing but modules that compute, and takes no members but such: a name that the text
/// makes itself is no leave to take the member of another thing that is called so.
fn imports_only(computes: fn(&str) -> bool, bare: &str) -> bool {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let imports = bare.split([';', '\n', ':']).map(str::trim);
    let mut imported = imports.filter(|part| part.starts_with("import ") || part.starts_with("from "));
    let are_known = imported.all(|part| {
        let mut words = part.split(|letter| !is_name(letter)).filter(|word| !word.is_empty());
        let mut is_alias = false;
        words.all(|word| std::mem::replace(&mut is_alias, word == "as") || computes(word))
    });
    let mut members = bare.match_indices('.').filter_map(|(at, _)| {
        let behind = bare.get(at + 1..)?.trim_start();
        let end = behind.find(|letter| !is_name(letter)).unwrap_or(behind.len());
        behind
            .get(..end)
            .filter(|name| !name.is_empty() && !name.starts_with(|letter: char| letter.is_ascii_digit()))
    });
    are_known && members.all(computes)
}

/// The text without `$name` and its kin.
fn without_sigils(text: &str) -> String {
    let mut bare = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        bare.push(letter);
        if matches!(letter, '$' | '@' | '%') {
            while letters.next_if(|letter| letter.is_alphanumeric() || *letter == '_').is_some() {}
        }
    }
    bare
}

/// The names that a text gives values to.
fn made_names(language: Language, text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    match language {
        Language::Python => {
            let words: Vec<&str> = text
                .split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | '=' | ',' | ':')))
                .collect();
            for pair in words.windows(2) {
                if let [before, name] = pair
                    && matches!(*before, "for" | "def" | "as" | "lambda" | ",")
                {
                    names.extend(name.trim_end_matches([':', ',']).split(','));
                }
            }
            for (at, _) in text.match_indices('=') {
                let before = text.get(..at).unwrap_or_default().trim_end();
                let start = before
                    .rfind(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
                    .map_or(0, |at| at + 1);
                let is_member = before.get(..start).is_some_and(|text| text.ends_with('.'));
                if !is_member {
                    names.extend(before.get(start..));
                }
            }
            // A list of names before `in`.
            for part in text.split(" in ") {
                if let Some((_, listed)) = part.rsplit_once("for ") {
                    names.extend(listed.split(',').map(str::trim));
                }
            }
            // A name that is imported is not made here.
            names.retain(|name| !OPENERS.contains(name) && !RUNNERS.contains(name) && *name != "eval");
        }
        Language::Node => {
            let words: Vec<&str> =
                text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).collect();
            for pair in words.windows(2) {
                if let [before, name] = pair
                    && matches!(*before, "const" | "let" | "var" | "function")
                {
                    names.push(name);
                }
            }
            // The operands of functions stand before the arrow; behind the last one stand none.
            let mut parts: Vec<&str> = text.split("=>").collect();
            parts.pop();
            for part in parts {
                let listed = part.trim_end().trim_end_matches(')');
                names.extend(listed.rsplit(['(', ',', ' ', '=']).take(3).map(str::trim));
            }
        }
        _ => {}
    }
    names
}

/// The texts that follow a word by which code runs programs; empty if there is no such word.
pub(super) fn runs_others(language: Language, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let is_word = |at: usize, word: &str| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let behind = text.get(at + word.len()..).and_then(|text| text.chars().next());
        let is_letter =
            |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
        !is_letter(before) && !is_letter(behind)
    };
    for word in RUNNERS.iter() {
        for (at, _) in text.match_indices(word).filter(|(at, _)| is_word(*at, word)).take(20) {
            let rest = text.get(at + word.len()..).unwrap_or_default();
            let line = rest.lines().next().unwrap_or_default();
            let line = if language == Language::Tcl {
                line.split([']', '}']).next().unwrap_or_default()
            } else {
                line
            };
            found.push(line.trim().to_owned());
        }
    }
    for (at, _) in text.match_indices('`').take(20) {
        let rest = text.get(at + 1..).unwrap_or_default();
        found.push(rest.split('`').next().unwrap_or_default().to_owned());
    }
    found
}

/// Whether a text has a word by which code opens files.
pub(super) fn opens_files(_language: Language, text: &str) -> bool {
    text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).any(|word| OPENERS.contains(word))
        || text.contains(['<', '>'])
}

#[cfg(test)]
mod tests;
