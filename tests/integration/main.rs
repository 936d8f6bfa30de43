//! The binary as people and agents meet it: real processes, real git, a machine of each test's own.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "what the tests stand on fails as a test does"
)]

mod agent_events;
mod approvals;
mod bad_input;
mod cases;
mod check;
mod conformance;
mod contract;
mod corpus;
mod corpus_ordinary;
mod corpus_peers;
mod corpus_rig;
mod corpus_wrapped;
mod demo;
mod doctor;
mod effects;
mod evaluate;
mod evidence;
mod evidence_query;
mod evidence_report;
mod evidence_seals;
mod evidence_send;
mod exec;
mod fixtures;
mod git;
mod git_bypass;
mod git_content;
mod git_push;
mod git_server;
mod git_ways;
mod hostile;
mod hostile_texts;
mod install;
mod install_agents;
mod install_script;
mod laws;
mod lifts;
mod managers;
mod mcp;
mod mcp_frames;
mod mcp_install;
mod mcp_real;
mod mcp_rig;
mod modes;
mod naive;
mod network;
mod oracle;
mod oracle_programs;
mod oracle_texts;
mod packs;
mod parity;
mod paths;
mod policy;
mod policy_author;
mod policy_layers;
mod policy_tools;
mod real_agents;
mod sandbox;
mod schema;
mod seams_agree;
mod self_protection;
mod shell;
mod shell_seams;
mod signed_policies;
mod strategies;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A file of tests that is not listed above would never run.
#[test]
fn every_file_of_tests_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration");
    let listed: BTreeSet<String> = fs::read_to_string(folder.join("main.rs"))
        .expect("this file")
        .lines()
        .filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned))
        .collect();
    let present: BTreeSet<String> = fs::read_dir(&folder)
        .expect("this folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name in UTF-8"))
        .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| name != "main")
        .collect();
    similar_asserts::assert_eq!(listed, present);
}
