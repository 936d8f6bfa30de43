//! The house holds: every `use crate::…` and every `crate::…` path in `src/` is one that the table of rooms
//! allows, `sys` alone touches the environment, the time and `nix`, and the gate alone makes verdicts.

#![expect(clippy::expect_used, clippy::string_slice, reason = "a test that cannot read the sources fails")]

use std::fs;
use std::path::{Path, PathBuf};

/// Each room, and the rooms that it may import. `cli` may import all, `main.rs` only `cli`.
const ROOMS: [(&str, &[&str]); 12] = [
    ("contract", &[]),
    ("grammar", &[]),
    ("sys", &[]),
    ("policy", &["contract", "grammar", "sys"]),
    ("evaluate", &["contract", "grammar", "policy"]),
    ("intercept", &["contract", "grammar", "sys"]),
    ("evidence", &["contract", "sys"]),
    ("approval", &["contract", "sys"]),
    ("gate", &["contract", "policy", "evaluate", "intercept", "evidence", "approval", "sys"]),
    ("seam", &["gate", "intercept", "contract", "sys"]),
    ("install", &["contract", "intercept", "seam", "sys"]),
    (
        "cli",
        &[
            "contract",
            "grammar",
            "sys",
            "policy",
            "evaluate",
            "intercept",
            "evidence",
            "approval",
            "gate",
            "seam",
            "install",
        ],
    ),
];

/// The longest a source file may be, data tables apart.
const MOST_LINES: usize = 900;

#[test]
fn every_room_imports_only_what_the_table_allows() {
    let mut faults = Vec::new();
    for (file, text) in sources() {
        let room = room_of(&file);
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            if room != "lib.rs" && room != "main.rs" {
                faults.push(format!("{}: `{room}` is no room of the house", file.display()));
            }
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            for imported in imported_rooms(line) {
                if imported != room && !allowed.contains(&imported.as_str()) {
                    faults.push(format!(
                        "{}:{}: `{room}` may not import `{imported}`",
                        file.display(),
                        number + 1
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_sys_touches_the_environment_the_time_and_nix() {
    let touches = ["nix::", "std::env", "SystemTime", "jiff::", "Timestamp::now"];
    let faults: Vec<_> = lines_outside(&["sys", "main.rs"])
        .filter(|(_, _, line)| touches.iter().any(|touch| names(line, touch)))
        .map(|(file, number, line)| format!("{}:{number}: {}", file.display(), line.trim()))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_the_gate_makes_a_verdict() {
    let faults: Vec<_> = lines_outside(&["gate", "contract"])
        .filter(|(_, _, line)| line.contains("Verdict::new("))
        .map(|(file, number, _)| format!("{}:{number}", file.display()))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_cli_prints() {
    let printing = ["println!", "eprintln!", "print!(", "io::stdout()", "io::stderr()"];
    let faults: Vec<_> = lines_outside(&["cli"])
        .filter(|(_, _, line)| printing.iter().any(|word| line.contains(word)))
        .map(|(file, number, line)| format!("{}:{number}: {}", file.display(), line.trim()))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_are_of_one_concept_and_not_too_long() {
    let faults: Vec<_> = sources()
        .into_iter()
        .filter(|(file, _)| !file.components().any(|part| part.as_os_str() == "grammar"))
        .map(|(file, text)| (file, text.lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(file, lines)| format!("{}: {lines} lines", file.display()))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_program_itself_is_under_twenty_lines() {
    let main = fs::read_to_string(source_folder().join("main.rs")).expect("main.rs");
    assert!(main.lines().count() < 20);
}

/// Whether the line has `word`, and not as the end of a longer one.
fn names(line: &str, word: &str) -> bool {
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
}

fn lines_outside(rooms: &'static [&'static str]) -> impl Iterator<Item = (PathBuf, usize, String)> {
    sources()
        .into_iter()
        .filter(|(file, _)| !rooms.contains(&room_of(file).as_str()))
        .flat_map(|(file, text)| {
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned();
            code.lines()
                .enumerate()
                .map(|(number, line)| (file.clone(), number + 1, line.to_owned()))
                .collect::<Vec<_>>()
        })
        .filter(|(_, _, line)| !line.trim_start().starts_with("//"))
}

/// The rooms after each `crate::` of a line, those in braces too.
fn imported_rooms(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    code.match_indices("crate::")
        .filter(|(at, _)| !code[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
        .flat_map(|(at, found)| {
            let rest = &code[at + found.len()..];
            let names = match rest.strip_prefix('{') {
                Some(list) => list.split('}').next().unwrap_or_default().split(',').collect(),
                None => vec![rest],
            };
            names
                .into_iter()
                .map(|name| {
                    let name = name.trim();
                    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
                    name[..end].to_owned()
                })
                .collect::<Vec<_>>()
        })
        .filter(|name| ROOMS.iter().any(|(room, imports)| room == name || imports.contains(&name.as_str())))
        .collect()
}

fn room_of(file: &Path) -> String {
    let relative = file.strip_prefix(source_folder()).expect("a file of src");
    relative.iter().next().expect("a name").to_string_lossy().into_owned()
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).expect("a folder of src") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&source_folder(), &mut found);
    found.sort();
    found
}
