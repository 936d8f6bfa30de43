//! Commands with the labels that other tools' tests give them, under the policy that is in force where nobody has
//! written one: most of what they call dangerous is stopped, and little of what they call benign.

use std::collections::BTreeMap;
use std::fs;

use cavra::contract::Effect;
use cavra::policy::{self, DEFAULT_PACK};
use serde::Deserialize;

use crate::cases;
use crate::corpus_rig::{self, Tree, shared};

/// What of the dangerous must be asked about or blocked, per mille.
const STOPPED: usize = 920;

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
    let tree = Tree::under(policy::load_pack(DEFAULT_PACK).expect("the pack loads"));
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for Row { cmd, label } in lines(&file) {
        let label = if disputed.iter().any(|row| row.cmd == cmd) { "disputed".to_owned() } else { label };
        let effect = tree.ask(&cmd).decision.decision;
        let count = counts.entry(label).or_default();
        count.all += 1;
        count.asked += usize::from(effect == Effect::RequireApproval);
        count.blocked += usize::from(effect == Effect::Block);
    }
    let told: Vec<String> = counts
        .iter()
        .map(|(label, count)| {
            let (asked, blocked) = (count.per_mille(count.asked), count.per_mille(count.blocked));
            format!("{label}: {} rows, {asked} ‰ asked, {blocked} ‰ blocked\n", count.all)
        })
        .collect();
    corpus_rig::print(&told.concat());
    let dangerous = &counts["dangerous"];
    assert!(dangerous.per_mille(dangerous.asked + dangerous.blocked) >= STOPPED, "{counts:?}");
}

fn lines<T: for<'d> Deserialize<'d>>(file: &std::path::Path) -> Vec<T> {
    let text = fs::read_to_string(file).expect("a file of the corpora");
    text.lines().map(|line| serde_json::from_str(line).expect("a row")).collect()
}
