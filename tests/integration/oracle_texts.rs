//! What the oracles are asked about: one-liners, scripts of this machine, and mutants of the one-liners.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cases;
use crate::corpus_rig::shared;

/// The longest script that is taken, in bytes.
const LONGEST: u64 = 96 << 10;

/// The folders whose scripts are taken, and those that are taken too where all is asked.
const FOLDERS: [&[&str]; 2] = [&["/usr/bin", "/usr/sbin", "/etc"], &["/usr/share", "/usr/lib"]];

/// What mutants are made with.
const PIECES: &[&str] = &[
    " ",
    "\n",
    ";",
    "&",
    "|",
    "&&",
    "||",
    "|&",
    ";;",
    "(",
    ")",
    "{ ",
    "}",
    "[[ ",
    " ]]",
    "((",
    "))",
    "$(",
    "`",
    "'",
    "\"",
    "\\",
    "$",
    "${",
    "$((",
    "<",
    ">",
    ">>",
    "<<",
    "<<<",
    ">&",
    "&>",
    "<(",
    ">(",
    "#",
    "!",
    "=",
    "if ",
    "then ",
    "else ",
    "fi",
    "for ",
    "in ",
    "do ",
    "done",
    "while ",
    "case ",
    "esac",
    "function ",
    "time ",
    "2>",
    "*",
    "{a,b}",
];

/// Numbers that look random and are the same in every run (SplitMix64).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One below `end`, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).expect("a small number")).expect("a small number")
    }
}

/// Whether everything is to be asked, as `.ci/long` does, and not a sample.
#[expect(clippy::disallowed_methods, reason = "how much a test asks is its caller's to say")]
pub(crate) fn asks_all() -> bool {
    std::env::var_os("CAVRA_ORACLE").is_some_and(|value| value == "all")
}

/// Texts that somebody wrote to be run: the corpora beside the repository and our own.
pub(crate) fn one_liners() -> Vec<String> {
    let own = ["corpus/techniques.jsonl", "corpus/benign.jsonl"].map(|file| Some(cases::testdata(file)));
    let more = ["oneliners.jsonl", "bypass.jsonl", "benign.jsonl", "peers-sample.jsonl"].map(shared);
    let files = own.into_iter().chain(more).flatten();
    files
        .flat_map(|file| {
            let text = fs::read_to_string(file).expect("a corpus");
            let commands = text.lines().map(|line| {
                let row: Value = serde_json::from_str(line).expect("a row is JSON");
                row["cmd"].as_str().expect("a text").to_owned()
            });
            commands.filter(|text| !text.contains('\0')).collect::<Vec<_>>()
        })
        .collect()
}

/// The shell scripts of this machine.
pub(crate) fn scripts(all: bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> =
        FOLDERS.iter().take(1 + usize::from(all)).flat_map(|some| some.iter().map(PathBuf::from)).collect();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        let mut entries: Vec<_> = entries.flatten().collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(kind) if kind.is_file() => found.extend(script(&entry.path())),
                _ => {}
            }
        }
    }
    found
}

fn script(file: &Path) -> Option<String> {
    use std::io::Read;

    let mut opened = fs::File::open(file).ok()?;
    let mut start = [0; 32];
    let count = opened.read(&mut start).ok()?;
    let first = String::from_utf8_lossy(start.get(..count)?).lines().next()?.to_owned();
    let name = first.strip_prefix("#!")?.split_whitespace().next()?.rsplit('/').next()?.to_owned();
    if !matches!(name.as_str(), "sh" | "bash" | "dash") || fs::metadata(file).ok()?.len() > LONGEST {
        return None;
    }
    fs::read_to_string(file).ok().filter(|text| !text.contains('\0'))
}

/// A text that differs from this one by one to three small changes.
pub(crate) fn mutant(text: &str, numbers: &mut Numbers) -> String {
    let mut text: Vec<char> = text.chars().take(400).collect();
    for _ in 0..=numbers.below(3) {
        let place = numbers.below(text.len() + 1);
        let end = (place + 1 + numbers.below(4)).min(text.len());
        match numbers.below(5) {
            0 => drop(text.drain(place.min(end)..end)),
            1 => {
                let copied: Vec<char> = text[place.min(end)..end].to_vec();
                text.splice(end..end, copied);
            }
            2 if text.len() > 1 => {
                let other = numbers.below(text.len());
                text.swap(place.min(other), other);
            }
            _ => {
                let piece = PIECES[numbers.below(PIECES.len())];
                text.splice(place..place, piece.chars());
            }
        }
    }
    text.into_iter().collect()
}
