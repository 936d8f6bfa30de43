//! Whatever a text does, it does inside a group, a loop, a function or another shell as well: what is seen of it
//! bare is seen of it there, and mere text stays mere text.

use cavra::contract::Effect;

use crate::cases;
use crate::corpus_rig::{self, Row, Tally, Tree, rows, shared, told};
use crate::oracle_texts::one_liners;

/// The least share of wrapped texts that their rule still refuses, in thousandths.
const LEAST_NAMED: usize = 990;

/// Each row is tried in this many of the wrappings, in turn.
const EACH: usize = 3;

/// What a text can be put into, at `@`; at `%` it is quoted.
const WRAPPINGS: &[&str] = &[
    "(\n@\n)",
    "{\n@\n}",
    "if true\nthen\n@\nfi",
    "if false\nthen\n:\nelse\n@\nfi",
    "for _ in 1\ndo\n@\ndone",
    "while :\ndo\n@\nbreak\ndone",
    "case x in\nx)\n@\n;;\nesac",
    "w() {\n@\n}\nw",
    "function w\n(\n@\n)\nw",
    "true && {\n@\n}",
    "false || (\n@\n)",
    "{\n@\n} | cat",
    ": | {\n@\n}",
    "! {\n@\n}",
    "time {\n@\n}",
    "{\n@\n} &\nwait",
    ": \"$(\n@\n)\"",
    "x=$(\n@\n)",
    "cat <(\n@\n)",
    "[[ -n $(\n@\n) ]]",
    "echo \"${none:-$(\n@\n)}\"",
    "cat <<END_OF_TEXT\n$(\n@\n)\nEND_OF_TEXT",
    "eval %",
    "bash -c %",
    "env -u NONE sh -c %",
    "timeout 9 bash -c %",
    "trap % EXIT",
    "bash <<< %",
    "a=1; b='c d'; unset a; : ${b:+e}\n@",
];

/// The text in a wrapping.
fn wrapped(wrapping: &str, text: &str) -> String {
    let quoted = format!("'{}'", text.replace('\'', "'\\''"));
    wrapping.replace('%', "\u{1}").replace('@', text).replace('\u{1}', &quoted)
}

/// Whether the text means the same wherever it stands: aliases are read line by line, a joined line goes on with
/// what is put behind it, and `sh` may be another shell than bash.
fn stays_itself(row: &Row, wrapping: &str) -> bool {
    let text = &row.cmd;
    let by_line = ["alias", "ALIASES", "shopt", "exec", "trap", "return", "break", "\r"]
        .iter()
        .any(|word| text.contains(word));
    let is_other_shell = wrapping.contains(" sh ")
        && !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -./".contains(&byte));
    let reads_stdin = wrapping.contains("<<<") || wrapping.starts_with(": |");
    let is_parted = text.ends_with('\\') || (wrapping.contains("<<END") && text.contains("<<"));
    !(by_line || is_other_shell || is_parted || (reads_stdin && text.contains("stdin")) || text.len() > 2000)
}

/// All rows, each in some of the wrappings.
fn all_wrapped(rows: Vec<Row>) -> Vec<(Row, String)> {
    let mut wrappings = WRAPPINGS.iter().cycle();
    let mut all = Vec::new();
    for row in rows {
        for wrapping in wrappings.by_ref().take(EACH) {
            if stays_itself(&row, wrapping) {
                let cmd = wrapped(wrapping, &row.cmd);
                let technique = wrapping.replace('\n', " ");
                let (base, kind, class) = (row.base.clone(), row.kind.clone(), row.class.clone());
                all.push((Row { cmd, base, kind, technique, class, ..row }, row.cmd.clone()));
            }
        }
    }
    all
}

fn both(own: &str, beside: &str) -> Vec<(Tree, Vec<Row>)> {
    let own = (Tree::own(), rows(&cases::testdata(own)));
    let beside = shared(beside).map(|file| (Tree::new(), rows(&file)));
    std::iter::once(own).chain(beside).collect()
}

#[test]
fn what_is_refused_bare_is_refused_inside_of_anything() {
    let (mut stopped, mut named) = (Tally::default(), Tally::default());
    for (tree, rows) in both("corpus/techniques.jsonl", "bypass.jsonl") {
        for (row, bare) in all_wrapped(rows) {
            let (before, after) = (tree.ask(&bare), tree.ask(&row.cmd));
            let or_told = |holds: bool| if holds { Ok(()) } else { Err(told(&row, &after)) };
            if before.decision.decision >= Effect::RequireApproval {
                stopped.count(&row.technique, or_told(after.decision.decision >= Effect::RequireApproval));
            }
            if row.is_static && corpus_rig::names(&before, &row) {
                named.count(&row.technique, or_told(corpus_rig::names(&after, &row)));
            }
        }
    }
    let report =
        [stopped.report("still asked or blocked when wrapped"), named.report("still blocked by its rule")];
    corpus_rig::print(&report.join("\n\n"));
    assert_eq!(stopped.per_mille(), 1000, "something would run that is stopped when it stands alone");
    assert!(named.per_mille() >= LEAST_NAMED, "too few are still named");
}

#[test]
fn mere_text_is_not_refused_inside_of_anything() {
    let mut spared = Tally::default();
    for (tree, rows) in both("corpus/benign.jsonl", "benign.jsonl") {
        for (row, _) in all_wrapped(rows.into_iter().filter(|row| row.class == "text").collect()) {
            let after = tree.ask(&row.cmd);
            let is_spared = after.decision.decision != Effect::Block;
            spared.count(&row.technique, if is_spared { Ok(()) } else { Err(told(&row, &after)) });
        }
    }
    corpus_rig::print(&spared.report("mere text still spared when wrapped"));
    assert_eq!(spared.per_mille(), 1000, "mere text is refused when it is wrapped");
}

/// The command that stands beside other texts.
const BESIDE: &str = "terraform apply -auto-approve";

#[test]
fn a_command_beside_any_text_is_seen() {
    let tree = Tree::own();
    let (mut before, mut behind) = (Tally::default(), Tally::default());
    for text in one_liners() {
        let row = |cmd: String| Row { base: BESIDE.to_owned(), kind: "cmd".to_owned(), ..Row::of(cmd) };
        let first = row(format!("{BESIDE}\n{text}"));
        let opinion = tree.ask(&first.cmd);
        let is_named = corpus_rig::names(&opinion, &first);
        before.count("before", if is_named { Ok(()) } else { Err(told(&first, &opinion)) });
        // What ends or replaces the shell leaves nothing to run behind it.
        if ["exit", "exec", "return", "kill", "logout", "break", "continue"]
            .iter()
            .any(|word| text.contains(word))
            // A function or an alias of that name is what runs behind it.
            || text.contains("terraform()")
            // What stands in a here-document does not run.
            || text.contains("<<")
            || text.contains("alias terraform=")
        {
            continue;
        }
        let last = row(format!("{text}\n{BESIDE}"));
        let opinion = tree.ask(&last.cmd);
        let is_stopped = opinion.decision.decision >= Effect::RequireApproval;
        behind.count("behind", if is_stopped { Ok(()) } else { Err(told(&last, &opinion)) });
    }
    let report =
        [before.report("blocked by its rule before any text"), behind.report("asked or blocked behind it")];
    corpus_rig::print(&report.join("\n\n"));
    assert_eq!(before.per_mille(), 1000, "a command is lost before another text");
    assert_eq!(behind.per_mille(), 1000, "a command is lost behind another text");
}
