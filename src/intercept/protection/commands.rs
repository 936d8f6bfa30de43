//! The commands that would take Cavra out of the way.

use std::path::Path;

use crate::contract::Request;
use crate::intercept::agent::Agent;
use crate::intercept::shell::{Execute, Form};
use crate::sys::environment;

/// Cavra's own commands that are a person's alone, by their first words; a `|` stands between several.
const PERSONS: [&str; 14] = [
    "uninstall",
    "install",
    "approve",
    "deny",
    "pause",
    "break-glass",
    "policy sign|pull|edit|rollback|init",
    "mcp pins accept",
    "mcp pins",
    "registry add|approve",
    "daemon stop",
    "doctor --fix",
    "evidence prune",
    "keys",
];

/// What sends signals.
const KILLERS: [&str; 6] = ["kill", "pkill", "killall", "killall5", "skill", "xkill"];

/// What starts, stops and removes services.
const SERVICES: [&str; 4] = ["systemctl", "launchctl", "service", "rc-service"];

/// What sets a variable for what comes after.
const EXPORTS: [&str; 6] = ["export", "declare", "typeset", "setenv", "readonly", "env"];

/// Words that start an agent without its hooks, or without a person; a `*` at the end is any text.
const SWITCHES: [&str; 12] = [
    "--bare",
    "--safe-mode",
    "--dangerously-*",
    "--allow-dangerously-*",
    "--no-hooks",
    "--skip-hooks",
    "--disable-hooks",
    "--pure",
    "*disableallhooks*",
    "*hooksdisabled*",
    "*features.hooks=false*",
    "*features.codex_hooks=false*",
];

/// Variables that do the same.
const VARIABLES: [&str; 7] = [
    "CLAUDE_CODE_SIMPLE",
    "CLAUDE_CODE_SAFE_MODE",
    "CLAUDE_CONFIG_DIR",
    "CODEX_HOME",
    "COPILOT_HOME",
    "GEMINI_CLI_SYSTEM_SETTINGS_PATH",
    "OPENCODE_PURE",
];

/// What these commands would do: to what, and what it is.
pub(super) fn of(commands: &[Execute], text: &str, repository: Option<&Path>) -> Vec<(String, &'static str)> {
    let mut found: Vec<(String, &'static str)> = Vec::new();
    let named = commands.iter().any(|command| all(command).flatten().any(|word| has_own_name(&word.open())));
    for command in commands {
        for words in all(command) {
            let told = of_words(words, named, repository);
            if let Some(told) = told
                && !found.iter().any(|(_, known)| *known == told)
            {
                found.push((shown(words), told));
            }
        }
    }
    let is_set = || VARIABLES.iter().any(|name| sets(text, name));
    let matters = commands.iter().any(|command| {
        all(command).any(|words| {
            let name = words.first().map(name).unwrap_or_default();
            is_agent(&name) || EXPORTS.contains(&name.as_str())
        })
    });
    let is_told = found.iter().any(|(_, known)| *known == UNHOOKED);
    if !is_told && matters && is_set() {
        found.push((text.trim().to_owned(), UNHOOKED));
    }
    found
}

const PERSON: &str = "is a command of Cavra's that is a person's alone";
const PROCESS: &str = "would stop Cavra's process";
const GIT: &str = "would change git's settings so that Cavra's hooks are not called";
const UNHOOKED: &str = "would start an agent without its hooks, or with settings from elsewhere";

/// Whether a command does to a folder what it does to all that is in it, without saying so: it moves, closes or covers
/// it. `request` is what is written.
pub(super) fn disturbs(command: &Execute, request: &Request) -> bool {
    all(command).any(|words| {
        let has =
            |option: &str| words.iter().any(|word| word.known().is_some_and(|word| word.starts_with(option)));
        match words.first().map(name).unwrap_or_default().as_str() {
            "rmdir" | "chmod" | "chown" | "chgrp" | "chattr" | "setfacl" | "umount" | "rm" | "shred"
            | "trash" | "unlink" => true,
            // What is moved is an operand but the last; where the last is not one, all are.
            "mv" | "rename" | "mount" => {
                has("-t")
                    || has("--target")
                    || words.last().and_then(Form::known).is_none_or(|last| !is_same(last, request))
            }
            "rsync" => has("--delete"),
            "find" | "fd" => has("-delete") || has("-exec") || has("-x"),
            _ => false,
        }
    })
}

fn is_same(word: &str, request: &Request) -> bool {
    let clean = word.trim_end_matches('/');
    request.target.trim_end_matches('/') == clean
        || request.spellings().iter().any(|spelling| spelling.trim_end_matches('/') == clean)
}

fn all(command: &Execute) -> impl Iterator<Item = &[Form]> {
    std::iter::once(command.words.as_slice()).chain(command.runs.iter().map(Vec::as_slice))
}

fn of_words(words: &[Form], named: bool, repository: Option<&Path>) -> Option<&'static str> {
    let (program, operands) = words.split_first()?;
    let name = name(program);
    if is_own(program, &name) && is_persons(operands) {
        return Some(PERSON);
    }
    let is_about_own = operands.iter().any(|word| has_own_name(&word.open()));
    if KILLERS.contains(&name.as_str())
        && (is_about_own || named && operands.iter().any(|word| word.known().is_none()))
    {
        return Some(PROCESS);
    }
    if SERVICES.contains(&name.as_str()) && is_about_own {
        let is_asking = operands
            .iter()
            .any(|word| matches!(word.known(), Some("status" | "show" | "list" | "is-active")));
        return (!is_asking).then_some(PROCESS);
    }
    if name == "git" && configures(operands, repository) {
        return Some(GIT);
    }
    let switches = is_agent(&name) || operands.iter().any(|word| is_agent(&base(&word.open())));
    let sets_variable =
        |word: &Form| VARIABLES.iter().any(|name| word.open().starts_with(&format!("{name}=")));
    let is_switch = |word: &Form| {
        let word = word.open().to_lowercase();
        SWITCHES.iter().any(|switch| is_met(switch, &word)) || word == "hooks=false"
    };
    let unhooks = operands.iter().any(|word| is_switch(word) || sets_variable(word));
    (switches && unhooks).then_some(UNHOOKED)
}

fn is_met(switch: &str, word: &str) -> bool {
    match (switch.strip_prefix('*'), switch.strip_suffix('*')) {
        (Some(inner), Some(_)) => word.contains(inner.trim_end_matches('*')),
        (None, Some(start)) => word.starts_with(start),
        (_, None) => word == switch,
    }
}

/// The base name of a command word, as far as it is known.
fn name(program: &Form) -> String {
    base(&program.open())
}

fn base(word: &str) -> String {
    word.rsplit('/').next().unwrap_or_default().to_owned()
}

fn is_agent(name: &str) -> bool {
    !name.is_empty() && Agent::ALL.iter().any(|agent| agent.installation().programs.contains(&name))
}

/// Whether a word is Cavra's own name, or holds it as one of its parts.
fn has_own_name(word: &str) -> bool {
    word.to_lowercase().contains("cavra")
}

fn is_own(program: &Form, name: &str) -> bool {
    let is_itself = || {
        let own = environment::own_program().ok();
        program.known().is_some_and(|path| own.is_some_and(|own| own == Path::new(path)))
    };
    name == "cavra" || is_itself()
}

/// Whether the words behind `cavra` are a command that is a person's alone; one that is not known may be.
fn is_persons(operands: &[Form]) -> bool {
    let mut words = operands
        .iter()
        .filter(|word| word.known().is_none_or(|word| !word.starts_with('-') || word == "--fix"));
    let Some(first) = words.next() else { return false };
    let Some(first) = first.known() else { return true };
    let second = words.next().map(Form::known);
    PERSONS.iter().any(|command| {
        let mut parts = command.split(' ');
        let is_first = parts.next() == Some(first);
        is_first
            && parts.next().is_none_or(|allowed| match second {
                Some(Some(second)) => allowed.split('|').any(|one| one == second),
                Some(None) => true,
                None => false,
            })
    })
}

/// Whether git is told to change a setting that decides whether Cavra's hooks are called.
fn configures(operands: &[Form], repository: Option<&Path>) -> bool {
    let words: Vec<String> = operands.iter().map(|word| word.open().to_lowercase()).collect();
    let Some(at) = words.iter().position(|word| word == "config") else { return false };
    let behind = words.get(at + 1..).unwrap_or_default();
    let asks = ["--get", "--get-all", "--get-regexp", "--list", "-l", "get", "list"];
    if behind.iter().any(|word| asks.contains(&word.as_str())) {
        return false;
    }
    let Some(key) = behind
        .iter()
        .position(|word| word.starts_with("cavra.") || word == "core.hookspath" || word == "core.hooks")
    else {
        return behind.iter().any(|word| word == "cavra");
    };
    let changes = behind.len() > key + 1
        || behind.iter().any(|word| word.contains("unset") || word == "remove-section");
    let is_own_key = behind.get(key).is_some_and(|word| word.starts_with("cavra."));
    let has_hooks = || {
        repository.is_some_and(|top| {
            ["pre-commit", "pre-push"].iter().any(|hook| {
                std::fs::read(top.join(".git/hooks").join(hook)).is_ok_and(|bytes| {
                    bytes.split(|byte| *byte == b'\n').next().is_some_and(|line| line.ends_with(b" hook-git"))
                })
            })
        })
    };
    changes && (is_own_key || has_hooks())
}

/// Whether a text assigns a variable: its name stands there with a `=` behind it, and nothing of a name before it.
fn sets(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, found)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let behind = text.get(at + found.len()..).unwrap_or_default();
        behind.starts_with('=') && before.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_')
    })
}

fn shown(words: &[Form]) -> String {
    words.iter().map(Form::open).collect::<Vec<_>>().join(" ")
}
