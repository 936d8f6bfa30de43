//! Verified spellings of what must not run, and look-alikes that must: no spelling is let through, nearly all are
//! refused by the very rule that names what they do, and what merely mentions it is no trouble.

use cavra::contract::Effect;

use crate::cases;
use crate::corpus_rig::{self, Row, Tally, Tree, rows, shared, told};

/// The least share of spellings that the rule for them refuses, in thousandths: at levels 1 and 2, and at level 3.
const LEAST_NAMED: [usize; 2] = [995, 970];

/// The largest share of look-alikes that are mere text and are asked about, in thousandths.
const MOST_ASKED: usize = 20;

/// What came of a corpus of spellings.
#[derive(Default)]
struct Spellings {
    /// Nothing of them may run unasked.
    stopped: Tally,
    /// Those that reading can tell are refused by their rule; by level.
    named: [Tally; 2],
}

impl Spellings {
    fn measure(tree: &Tree, rows: &[Row]) -> Self {
        let mut found = Self::default();
        for row in rows {
            let opinion = tree.ask(&row.cmd);
            let or_told = |holds: bool| if holds { Ok(()) } else { Err(told(row, &opinion)) };
            let is_stopped = opinion.decision.decision >= Effect::RequireApproval;
            found.stopped.count(row.group(), or_told(is_stopped));
            if row.is_static {
                let is_named = corpus_rig::names(&opinion, row);
                found.named[usize::from(row.level > 2)].count(row.group(), or_told(is_named));
            }
        }
        found
    }

    fn holds(&self) {
        let [common, exotic] = &self.named;
        let report = [
            self.stopped.report("asked or blocked"),
            common.report("blocked by its rule, levels 1 and 2"),
            exotic.report("blocked by its rule, level 3"),
        ]
        .join("\n\n");
        corpus_rig::print(&report);
        assert_eq!(self.stopped.per_mille(), 1000, "something would run");
        assert!(common.per_mille() >= LEAST_NAMED[0], "too few are named");
        assert!(exotic.per_mille() >= LEAST_NAMED[1], "too few are named");
    }
}

/// What came of a corpus of look-alikes: those that are mere text, not refused, and not asked about.
#[derive(Default)]
struct LookAlikes {
    spared: Tally,
    unasked: Tally,
}

impl LookAlikes {
    fn measure(tree: &Tree, rows: &[Row]) -> Self {
        let mut found = Self::default();
        for row in rows.iter().filter(|row| row.class == "text") {
            let opinion = tree.ask(&row.cmd);
            let effect = opinion.decision.decision;
            let or_told = |holds: bool| if holds { Ok(()) } else { Err(told(row, &opinion)) };
            found.spared.count("refused", or_told(effect != Effect::Block));
            found.unasked.count("asked", or_told(effect != Effect::RequireApproval));
        }
        found
    }

    fn holds(&self) {
        let report =
            [self.spared.report("look-alikes spared"), self.unasked.report("look-alikes not asked about")];
        let report = report.join("\n\n");
        corpus_rig::print(&report);
        assert_eq!(self.spared.per_mille(), 1000, "mere text is refused");
        assert!(self.unasked.per_mille() >= 1000 - MOST_ASKED, "too much text is asked about");
    }
}

#[test]
fn verified_spellings_are_refused_by_the_rule_for_what_they_do() {
    let Some(file) = shared("bypass.jsonl") else { return };
    Spellings::measure(&Tree::new(), &rows(&file)).holds();
}

#[test]
fn verified_look_alikes_are_let_through() {
    let Some(file) = shared("benign.jsonl") else { return };
    LookAlikes::measure(&Tree::new(), &rows(&file)).holds();
}

#[test]
fn our_own_spellings_are_refused_by_the_rule_for_what_they_do() {
    let rows = rows(&cases::testdata("corpus/techniques.jsonl"));
    assert!(rows.len() >= 150, "the rows are all there");
    Spellings::measure(&Tree::own(), &rows).holds();
}

#[test]
fn our_own_look_alikes_are_let_through() {
    let rows = rows(&cases::testdata("corpus/benign.jsonl"));
    assert!(rows.len() >= 100, "the rows are all there");
    LookAlikes::measure(&Tree::own(), &rows).holds();
}
