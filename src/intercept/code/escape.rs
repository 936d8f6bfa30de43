//! Editors, calculators and shells of databases: the lines that leave them.

use crate::grammar::tool::Language;

/// What such a line does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::intercept) enum Escape {
    /// It runs a command.
    Command,
    /// It reads a file.
    Read,
    /// It writes a file.
    Write,
    /// Something that is not read.
    Unread,
}

/// Functions and clauses of databases that open files.
const FUNCTIONS: &[(&str, Escape)] = &[
    ("readfile(", Escape::Read),
    ("writefile(", Escape::Write),
    ("load_extension(", Escape::Unread),
    ("edit(", Escape::Unread),
    ("fsdir(", Escape::Read),
    ("pg_read_file(", Escape::Read),
    ("pg_read_binary_file(", Escape::Read),
    ("lo_import(", Escape::Read),
    ("lo_export(", Escape::Write),
    ("load_file(", Escape::Read),
    ("into outfile", Escape::Write),
    ("into dumpfile", Escape::Write),
    ("read_text(", Escape::Read),
    ("read_csv(", Escape::Read),
    ("attach ", Escape::Write),
];

/// What a line of an editor's or another tool's own commands does outside of it.
pub(in crate::intercept) fn escapes(language: Language, line: &str) -> Vec<(Escape, String)> {
    let line = line.trim().trim_start_matches(':');
    let mut found = Vec::new();
    let behind = |text: &str| text.trim().to_owned();
    match language {
        Language::Ed | Language::Vim => {
            for part in line.split('|').take(if language == Language::Vim { 20 } else { 1 }) {
                let part = part.trim().trim_start_matches(|letter: char| {
                    letter.is_ascii_digit() || matches!(letter, ',' | '%' | '$' | '.')
                });
                if let Some(command) = part.strip_prefix('!') {
                    found.push((
                        Escape::Command,
                        behind(line.split_once('!').map_or(command, |(_, rest)| rest)),
                    ));
                } else if let Some(command) = part.strip_prefix("r !").or_else(|| part.strip_prefix("w !")) {
                    found.push((Escape::Command, behind(command)));
                } else if let Some(file) = ["r ", "e ", "E ", "read ", "edit ", "so ", "source "]
                    .iter()
                    .find_map(|word| part.strip_prefix(word))
                {
                    found.push((Escape::Read, behind(file)));
                } else if let Some(file) = ["w ", "W ", "wq ", "w! ", "write ", "sav ", "saveas ", "f "]
                    .iter()
                    .find_map(|word| part.strip_prefix(word))
                {
                    found.push((Escape::Write, behind(file)));
                } else if language == Language::Vim
                    && [
                        "system(",
                        "exe",
                        "call",
                        "py",
                        "lua",
                        "perl",
                        "ruby",
                        "tcl",
                        "term",
                        "job_start",
                        "norm",
                        "so",
                        "silent",
                    ]
                    .iter()
                    .any(|word| part.starts_with(word) || part.contains("system("))
                {
                    found.push((Escape::Unread, String::new()));
                    if let Some((_, command)) = part.split_once('!') {
                        found.push((Escape::Command, behind(command)));
                    }
                }
            }
        }
        Language::Dc => {
            if let Some(command) = line.strip_prefix('!') {
                found.push((Escape::Command, behind(command)));
            } else if line.contains('!') && !line.contains("!=") {
                found.push((Escape::Unread, String::new()));
            }
        }
        Language::Sql => {
            let lower = line.to_ascii_lowercase();
            for (name, kind) in FUNCTIONS {
                for (at, _) in lower.match_indices(name) {
                    let rest = line.get(at + name.len()..).unwrap_or_default();
                    let file = rest.split(['\'', '"']).nth(1).unwrap_or_default();
                    found.push((*kind, file.to_owned()));
                }
            }
            let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
            if first.len() > 2 && (".shell".starts_with(first) || ".system".starts_with(first)) {
                found.push((Escape::Command, behind(rest)));
            } else if let Some(command) = ["\\! ", "\\!", "system ", ".shell ", ".system ", "!"]
                .iter()
                .find_map(|word| line.strip_prefix(word))
            {
                found.push((Escape::Command, behind(command)));
            } else if [
                "\\copy", "\\i", "\\o", "\\g", "\\w", ".read", ".output", ".once", ".import", ".load", "\\.",
                "source ",
            ]
            .iter()
            .any(|word| lower.starts_with(word))
            {
                for word in line.split(['\'', '"', ' ']).filter(|word| word.contains(['/', '.'])) {
                    found.push((Escape::Read, word.to_owned()));
                    found.push((Escape::Write, word.to_owned()));
                }
            } else if lower.contains(" program '")
                || lower.contains("pg_read_file")
                || lower.contains("into outfile")
                || lower.contains("load_file")
                || lower.contains("xp_cmdshell")
            {
                found.push((Escape::Unread, String::new()));
            }
        }
        Language::Gdb => {
            if let Some(command) =
                ["shell ", "!", "make ", "pipe "].iter().find_map(|word| line.strip_prefix(word))
            {
                found.push((Escape::Command, behind(command)));
            } else if ["python", "py ", "source", "run", "r ", "call", "exec", "file", "target"]
                .iter()
                .any(|word| line.starts_with(word))
            {
                found.push((Escape::Unread, String::new()));
            }
        }
        Language::Awk
        | Language::Sed
        | Language::Python
        | Language::Perl
        | Language::Ruby
        | Language::Node
        | Language::Php
        | Language::Lua
        | Language::Tcl
        | Language::R
        | Language::AppleScript
        | Language::Make
        | Language::Jq
        | Language::M4
        | Language::Other => {}
    }
    found
}
