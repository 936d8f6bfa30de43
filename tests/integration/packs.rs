//! The built-in packs: what each answers for, as the README tells it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use cavra::policy::{self, Answer, CompiledPolicy};

const BEGIN: &str = "<!-- packs -->\n";
const END: &str = "<!-- /packs -->\n";

/// With `UPDATE_README=1` in the environment the table is written again instead.
#[test]
#[expect(clippy::disallowed_methods, reason = "an author says so to the test, not to Cavra")]
fn the_readme_has_the_packs_and_what_they_answer_for() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).expect("the README");
    let (before, rest) = readme.split_once(BEGIN).expect("where the table begins");
    let (table, after) = rest.split_once(END).expect("where it ends");
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{}{END}{after}", told())).expect("it is written");
        return;
    }
    similar_asserts::assert_eq!(table, told(), "write it again: UPDATE_README=1 cargo test packs");
}

fn told() -> String {
    let mut table =
        String::from("| pack | effects that it blocks | asks about | warns of |\n|---|---|---|---|\n");
    for pack in policy::packs() {
        let policy = policy::load_pack(pack.name).expect("a pack");
        let _ = writeln!(
            table,
            "| **`{}`**: {} | {} | {} | {} |",
            pack.name,
            pack.title.split_once(": ").map_or(pack.title, |(_, title)| title),
            answered(&policy, Answer::Block),
            answered(&policy, Answer::Ask),
            answered(&policy, Answer::Warn),
        );
    }
    table
}

fn answered(policy: &CompiledPolicy, answer: Answer) -> String {
    let of_it = policy.commands.effects.iter().filter(|one| one.answer.value == answer);
    of_it.map(|one| one.effect.id()).collect::<Vec<_>>().join(", ")
}

/// A pack for a standard names a control at every rule of its own.
#[test]
fn a_pack_for_a_standard_names_its_controls() {
    let standards = [
        ("cavra-eu-ai-act", "Regulation (EU) 2024/1689 Art. "),
        ("cavra-hipaa", "45 CFR 164."),
        ("cavra-iso27001", "ISO/IEC 27001:2022"),
        ("cavra-nist-ssdf", "SSDF"),
        ("cavra-owasp-llm-agentic", "OWASP"),
        ("cavra-pci-dss", "PCI DSS 4.0.1"),
        ("cavra-sox-change-control", ""),
    ];
    for (name, standard) in standards {
        let said = policy::compile_pack_source(name).expect("a pack").said;
        assert!(said.controls.len() > 20, "{name}: {}", said.controls.len());
        let other: Vec<_> = said.controls.iter().filter(|control| !control.id.contains(standard)).collect();
        assert!(other.is_empty(), "{name}: {other:?}");
        let parent = policy::load_pack("cavra-developer").expect("the parent");
        let policy = policy::load_pack(name).expect("a pack");
        let parents: Vec<_> = parent.lists().into_iter().collect();
        for (list, patterns) in policy.lists() {
            let inherited = parents.iter().find(|(of_parent, _)| *of_parent == list).map(|(_, rules)| rules);
            for pattern in patterns.iter() {
                let is_own =
                    inherited.is_none_or(|rules| rules.iter().all(|rule| rule.as_str() != pattern.as_str()));
                let serves = said
                    .controls
                    .iter()
                    .any(|control| control.rule == list && control.value == pattern.as_str());
                assert!(
                    !is_own || serves || list == "git.protected_branches",
                    "{name}: {list}: {}",
                    pattern.as_str()
                );
            }
        }
    }
}
