//! What the corpora stand on: a tree to act in, a policy that names what they are about, and a tally of the answers.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use cavra::contract::{Decision, Effect, Opinion};
use cavra::gate::Gate;
use cavra::intercept::{self, Seam, Surroundings};
use cavra::policy::{self, CompiledPolicy};
use cavra::sys::dirs::Places;
use serde::Deserialize;

use crate::cases;

/// A text that does something, or only looks as if it did.
#[derive(Debug, Deserialize)]
pub(crate) struct Row {
    /// The shell text.
    pub(crate) cmd: String,
    /// What it really does: a command, or the file that it reads or writes.
    pub(crate) base: String,
    /// `cmd`, `read` or `write`; of look-alikes `benign` or `fbenign`.
    #[serde(default)]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) technique: String,
    /// Whether reading alone can tell.
    #[serde(default, rename = "static")]
    pub(crate) is_static: bool,
    /// 1 basic, 2 common, 3 exotic or combined.
    #[serde(default)]
    pub(crate) level: u8,
    /// Of look-alikes: `text`, `dead-code` or `dormant`.
    #[serde(default)]
    pub(crate) class: String,
}

impl Row {
    /// A text of which nothing is claimed.
    pub(crate) fn of(cmd: String) -> Self {
        Self {
            cmd,
            base: String::new(),
            kind: String::new(),
            technique: String::new(),
            is_static: false,
            level: 0,
            class: String::new(),
        }
    }

    /// What the row is called in a report: its technique without what it is combined with.
    pub(crate) fn group(&self) -> &str {
        let technique = self.technique.strip_prefix("combo:").unwrap_or(&self.technique);
        technique.split('>').next().unwrap_or(technique)
    }
}

/// The rows of a file of JSON lines.
pub(crate) fn rows(file: &Path) -> Vec<Row> {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.lines()
        .enumerate()
        .map(|(number, line)| {
            serde_json::from_str(line)
                .unwrap_or_else(|error| panic!("{}:{}: {error}", file.display(), number + 1))
        })
        .collect()
}

/// A file of the corpora that are kept beside the repository; none, with the reason printed, where they are not.
#[expect(clippy::print_stderr, reason = "a test that is passed over says so")]
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = manifest
        .ancestors()
        .skip(1)
        .map(|above| above.join("shared/corpus").join(name))
        .find(|path| path.is_file());
    if found.is_none() {
        eprintln!("passed over: no `shared/corpus/{name}` beside the repository");
    }
    found
}

/// The scratch folder that stands for the `/w` of the corpora, and the gate before it.
pub(crate) struct Tree {
    root: tempfile::TempDir,
    gate: Gate,
}

impl Tree {
    /// The tree that the corpora act in, under `testdata/corpus/policy.yaml`.
    pub(crate) fn new() -> Self {
        let policy =
            policy::load_named(&cases::testdata("corpus/policy.yaml")).expect("the policy loads").policy;
        let tree = Self::under(policy);
        for (file, text) in [
            (".env", "KEY=1\n"),
            ("secrets/prod.pem", "-----BEGIN-----\n"),
            (".github/workflows/ci.yml", "on: push\nname: ci\n"),
            ("README.md", "# Read me\n"),
            ("src/app.py", "print('app')\n"),
            ("docs/guide.md", "see .env and secrets/prod.pem\n"),
            ("notes.txt", "a note\n"),
            ("other.yml", "name: other\n"),
        ] {
            tree.write(file, text);
        }
        tree
    }

    /// The tree that our own rows act in, as `testdata/corpus/verify.py` makes it, under the same policy.
    pub(crate) fn own() -> Self {
        let tree = Self::new();
        let files = cases::json("corpus/tree.json");
        for (file, text) in files.as_object().expect("files by their paths") {
            tree.write(file, text.as_str().expect("a text"));
        }
        tree.write(".git/HEAD", "ref: refs/heads/topic\n");
        tree
    }

    /// An empty tree under this policy alone.
    pub(crate) fn under(policy: CompiledPolicy) -> Self {
        let root = tempfile::Builder::new().prefix("cavra-corpus-").tempdir().expect("a scratch folder");
        let at = |name: &str| root.path().join(name);
        let places = Places {
            managed: at("etc"),
            config: at("config"),
            state: at("state"),
            home: at("home"),
            managed_by_root: false,
        };
        let gate = Gate::named(policy, &places);
        fs::create_dir(at("w")).expect("a folder");
        Self { gate, root }
    }

    /// The folder that stands for `/w`.
    pub(crate) fn folder(&self) -> PathBuf {
        self.root.path().join("w")
    }

    /// Writes a file of the tree, and the folders above it.
    pub(crate) fn write(&self, relative: &str, text: &str) {
        let path = self.folder().join(relative);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// What the gate says of the text, were bash to run it in the tree.
    pub(crate) fn ask(&self, text: &str) -> Opinion {
        let surroundings = Surroundings { homes: vec![self.folder()], ..Surroundings::of(self.folder()) };
        let event =
            intercept::command_text(&self.placed(text), Path::new("/bin/bash"), &surroundings, Seam::Shell);
        self.gate.consult(event)
    }

    /// The text with the scratch folder in the place of `/w`, where that is a word's beginning and a whole name.
    fn placed(&self, text: &str) -> String {
        let folder = self.folder();
        let folder = folder.to_str().expect("a scratch path in UTF-8");
        let text = replaced(text, "/w", folder);
        if text.contains("cd /;") {
            replaced(&text, "w/", &format!("{}/", folder.trim_start_matches('/')))
        } else {
            text
        }
    }
}

fn replaced(text: &str, name: &str, by: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find(name) {
        let (before, found) = rest.split_at(place);
        let after = &found[name.len()..];
        out.push_str(before);
        let begins = out.ends_with(|last: char| last.is_whitespace() || "='\"`(<>|&;,:{@".contains(last));
        let ends = name.ends_with('/')
            || !after.starts_with(|next: char| next.is_alphanumeric() || "_-.*?".contains(next));
        out.push_str(if (begins || out.is_empty()) && ends { by } else { name });
        rest = after;
    }
    out + rest
}

/// Whether one of the decisions blocks what the row does: by a rule for it, and a pattern of the policy that means it.
pub(crate) fn names(opinion: &Opinion, row: &Row) -> bool {
    std::iter::once(&opinion.decision).chain(&opinion.parts).any(|decision| is_named(decision, row))
}

fn is_named(decision: &Decision, row: &Row) -> bool {
    if decision.decision != Effect::Block {
        return false;
    }
    let rule = decision.rule_id.as_str();
    let matched = decision.matched.as_deref().unwrap_or_default();
    match row.kind.as_str() {
        "cmd" if rule.starts_with("git.") => {
            row.base.starts_with("git push") && decision.target.contains("main")
        }
        "cmd" => {
            rule.starts_with("commands.")
                && row.base.starts_with(matched.trim_end_matches('*'))
                && !matched.is_empty()
        }
        // A folder of several protected files is refused by the first of them.
        "read" if rule == "filesystem.read.recursive" => true,
        "read" => rule.starts_with("filesystem.read.") && means(matched, &row.base),
        "write" => rule.starts_with("filesystem.write.") && means(matched, &row.base),
        other => panic!("no row is of the kind {other:?}"),
    }
}

/// Whether a pattern of the policy is about this file.
fn means(pattern: &str, file: &str) -> bool {
    match pattern.rsplit_once('*') {
        None => pattern == file,
        Some((_, "")) => file.starts_with(pattern.trim_end_matches('*')),
        Some((_, end)) => file.ends_with(end.trim_start_matches('/')),
    }
}

/// Rows that are as they must be, and those that are not, by group.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    all: usize,
    missed: Vec<(String, String)>,
}

impl Tally {
    pub(crate) fn count(&mut self, group: &str, outcome: Result<(), String>) {
        self.all += 1;
        if let Err(told) = outcome {
            self.missed.push((group.to_owned(), told));
        }
    }

    /// How many rows were counted.
    pub(crate) fn counted(&self) -> usize {
        self.all
    }

    /// The share that is as it must be, in thousandths; all of nothing.
    pub(crate) fn per_mille(&self) -> usize {
        ((self.all - self.missed.len()) * 1000).checked_div(self.all).unwrap_or(1000)
    }

    /// The share and the groups that miss, and with `CAVRA_CORPUS_REPORT=1` every row that does.
    pub(crate) fn report(&self, title: &str) -> String {
        let mut text = format!("{title}: {} of {} hold", self.all - self.missed.len(), self.all);
        let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (group, told) in &self.missed {
            groups.entry(group).or_default().push(told);
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(_, told)| std::cmp::Reverse(told.len()));
        let in_full = report_is_wanted();
        for (group, told) in groups {
            let shown = if in_full { told.as_slice() } else { &told[..1] };
            write!(text, "\n{:>6}  {group}", told.len()).expect("writing to a string");
            for row in shown {
                write!(text, "\n          {row}").expect("writing to a string");
            }
        }
        text
    }
}

#[expect(clippy::disallowed_methods, reason = "how much a test prints is its caller's to say")]
fn report_is_wanted() -> bool {
    std::env::var_os("CAVRA_CORPUS_REPORT").is_some_and(|value| value == "1")
}

/// A text, short and escaped, for a report.
pub(crate) fn shown(text: &str) -> String {
    let short: String = text.chars().take(160).collect();
    if short.len() < text.len() {
        format!("{short:?}… ({} bytes)", text.len())
    } else {
        format!("{text:?}")
    }
}

/// What was decided, for a report.
pub(crate) fn told(row: &Row, opinion: &Opinion) -> String {
    let Decision { decision, rule_id, matched, .. } = &opinion.decision;
    let unresolved: Vec<_> = opinion.unresolved.iter().map(|part| part.cause.as_str()).collect();
    let matched = matched.as_deref().unwrap_or("");
    format!("{}: {} by {} {matched} {unresolved:?}", shown(&row.cmd), decision.as_str(), rule_id.as_str())
}

/// The shares, for whoever reads the output of a test.
#[expect(clippy::print_stdout, reason = "the shares are what is measured")]
pub(crate) fn print(report: &str) {
    println!("{report}");
}
