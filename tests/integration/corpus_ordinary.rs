//! What developers and coding agents run all day, under the policy that is in force where nobody has written one.

use std::fs;

use cavra::contract::Effect;
use cavra::policy::{self, DEFAULT_PACK};

use crate::cases;
use crate::corpus_rig::{self, Row, Tally, Tree, told};

/// The commands: one a line, but for lines that carry the one above on.
fn commands() -> Vec<String> {
    let text = fs::read_to_string(cases::testdata("corpus/ordinary.txt")).expect("the commands");
    let mut commands: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match (line.strip_prefix('|'), commands.last_mut()) {
            (Some(more), Some(above)) => {
                above.push('\n');
                above.push_str(more.strip_prefix(' ').unwrap_or(more));
            }
            _ => commands.push(line.to_owned()),
        }
    }
    commands
}

#[test]
fn ordinary_development_neither_asks_nor_is_refused() {
    let tree = Tree::under(policy::load_pack(DEFAULT_PACK).expect("the pack loads"));
    let files = cases::json("corpus/ordinary.json");
    for (file, text) in files.as_object().expect("files by their paths") {
        tree.write(file, text.as_str().expect("a text"));
    }
    let commands = commands();
    assert!(commands.len() >= 300, "the commands are all there");
    let mut tally = Tally::default();
    for cmd in commands {
        let opinion = tree.ask(&cmd);
        let runs = opinion.decision.decision < Effect::RequireApproval;
        let program = cmd.split_whitespace().next().unwrap_or_default().to_owned();
        let row = Row::of(cmd);
        tally.count(&program, if runs { Ok(()) } else { Err(told(&row, &opinion)) });
    }
    corpus_rig::print(&tally.report("ordinary commands go ahead"));
    assert_eq!(tally.per_mille(), 1000, "ordinary work is in the way of nobody");
}
