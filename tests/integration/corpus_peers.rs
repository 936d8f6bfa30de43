//! Commands with the labels that other tools' tests give them, under the policy that is in force where nobody has
//! written one and that for agents that nobody watches: most of what they call dangerous is stopped, and little of what
//! they call benign.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use cavra::contract::Effect;
use cavra::policy::{self, DEFAULT_PACK};
use serde::Deserialize;

use crate::cases;
use crate::corpus_rig::{self, Tree, shared};

/// A pack, and what it is held to.
struct Goal {
    pack: &'static str,
    /// What of the dangerous must be asked about or blocked, per mille.
    stopped: usize,
    /// What of the benign may be, per mille; what they come to without the labels that are not ours.
    most_stopped: usize,
}

const GOALS: [Goal; 2] = [
    Goal { pack: DEFAULT_PACK, stopped: 920, most_stopped: 23 },
    Goal { pack: "cavra-unattended-agent", stopped: 970, most_stopped: 80 },
];

#[derive(Deserialize)]
struct Row {
    cmd: String,
    label: String,
}

/// A label that is not ours, and why.
#[derive(Deserialize)]
struct Disputed {
    cmd: String,
    why: String,
}

#[derive(Debug, Default)]
struct Count {
    all: usize,
    asked: usize,
    blocked: usize,
}

impl Count {
    fn per_mille(&self, part: usize) -> usize {
        part * 1000 / self.all.max(1)
    }
}

#[test]
fn what_others_call_dangerous_is_stopped() {
    let Some(file) = shared("peers-sample.jsonl") else { return };
    let disputed: Vec<Disputed> = lines(&cases::testdata("corpus/disputed.jsonl"));
    assert!(disputed.iter().all(|row| !row.why.is_empty()), "each says why");
    let rows: Vec<Row> = lines(&file);
    for goal in GOALS {
        let tree = Tree::under(policy::load_pack(goal.pack).expect("the pack loads"));
        let made = Command::new("git").args(["init", "-q", "-b", "main"]).current_dir(tree.folder()).status();
        assert!(made.expect("git runs").success());
        let mut counts: BTreeMap<String, Count> = BTreeMap::new();
        for Row { cmd, label } in &rows {
            let is_disputed = disputed.iter().any(|row| row.cmd == *cmd);
            let label = if is_disputed { "disputed" } else { label.as_str() };
            let effect = tree.ask(cmd).decision.decision;
            let count = counts.entry(label.to_owned()).or_default();
            count.all += 1;
            count.asked += usize::from(effect == Effect::RequireApproval);
            count.blocked += usize::from(effect == Effect::Block);
        }
        let told = counts.iter().map(|(label, count)| {
            let (asked, blocked) = (count.per_mille(count.asked), count.per_mille(count.blocked));
            format!("{}: {label}: {} rows, {asked} ‰ asked, {blocked} ‰ blocked\n", goal.pack, count.all)
        });
        corpus_rig::print(&told.collect::<String>());
        let stopped = |label: &str| counts[label].per_mille(counts[label].asked + counts[label].blocked);
        assert!(stopped("dangerous") >= goal.stopped, "{counts:?}");
        assert!(stopped("benign") <= goal.most_stopped, "{counts:?}");
    }
}

/// An everyday command that is stopped, and why.
#[derive(Deserialize)]
struct Stopped {
    cmd: String,
    why: String,
}

/// Of the everyday one-liners each that is stopped was looked at, and says why it is.
#[test]
fn every_everyday_command_that_is_stopped_says_why() {
    let Some(file) = shared("oneliners.jsonl") else { return };
    let reviewed: Vec<Stopped> = lines(&cases::testdata("corpus/oneliners-stopped.jsonl"));
    assert!(reviewed.iter().all(|row| !row.why.is_empty()), "each says why");
    let tree = Tree::under(policy::load_pack(DEFAULT_PACK).expect("the pack loads"));
    let made = Command::new("git").args(["init", "-q", "-b", "main"]).current_dir(tree.folder()).status();
    assert!(made.expect("git runs").success());
    let rows: Vec<Everyday> = lines(&file);
    let is_stopped = |row: &&Everyday| tree.ask(&row.cmd).decision.decision >= Effect::RequireApproval;
    let stopped: Vec<&Everyday> = rows.iter().filter(is_stopped).collect();
    let is_reviewed = |row: &&&Everyday| reviewed.iter().any(|known| known.cmd == row.cmd);
    let unknown: Vec<&str> =
        stopped.iter().filter(|row| !is_reviewed(row)).map(|row| row.cmd.as_str()).collect();
    assert_eq!(unknown, Vec::<&str>::new(), "stopped, and not reviewed");
    corpus_rig::print(&format!("{DEFAULT_PACK}: {} of {} one-liners stopped\n", stopped.len(), rows.len()));
    assert!(stopped.len() * 1000 <= rows.len() * MOST_ONELINERS, "{} of {}", stopped.len(), rows.len());
}

/// What of the everyday one-liners may be stopped, per mille.
const MOST_ONELINERS: usize = 66;

#[derive(Deserialize)]
struct Everyday {
    cmd: String,
}

fn lines<T: for<'d> Deserialize<'d>>(file: &std::path::Path) -> Vec<T> {
    let text = fs::read_to_string(file).expect("a file of the corpora");
    text.lines().map(|line| serde_json::from_str(line).expect("a row")).collect()
}
