//! What holds of every request under every policy: the evaluator answers as the naive model does, a block beats
//! everything, adding one loosens nothing, order and duplicates do not matter, compiling again changes nothing.

use std::fs;

use cavra::contract::{Effect, Request};
use cavra::evaluate::{Finding, evaluate, parity};
use cavra::policy::{self, CompiledPolicy};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use serde_json::{Value, json};

use crate::cases;
use crate::naive;
use crate::strategies::{self, plain_request};

/// So many quarters of what `PROPTEST_CASES` says, 256 if it says nothing, from the seed that `PROPTEST_RNG_SEED`
/// says, else always the same. Seeds that fail are not kept in files: they become named tests.
pub(crate) fn config(quarters: u32) -> Config {
    let all = Config::default();
    let rng_seed = match all.rng_seed {
        RngSeed::Random => RngSeed::Fixed(20_261_123),
        fixed @ RngSeed::Fixed(_) => fixed,
    };
    Config { cases: (all.cases * quarters).div_ceil(4), failure_persistence: None, rng_seed, ..all }
}

/// The lists whose members block.
const BLOCK_LISTS: [(&str, &str); 5] = [
    ("filesystem", "block_read"),
    ("filesystem", "block_write"),
    ("commands", "block"),
    ("mcp", "blocked_servers"),
    ("git", "block_push_branches"),
];

fn both(request: &Request, policy: &Value) -> [Finding; 2] {
    let policy = cases::policy(policy);
    [parity(request, &policy, None), evaluate(request, &policy, None)]
}

fn fields(finding: &Finding) -> Value {
    json!({"decision": finding.effect, "rule_id": finding.rule, "severity": finding.severity,
           "approver_group": finding.approver_group, "target": finding.target,
           "requested_operation": finding.requested_operation})
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn parity_answers_as_the_naive_model_does(
        request in plain_request(),
        policy in strategies::parity_policy(),
        registry in proptest::option::of(strategies::registry()),
    ) {
        let expected = naive::answer(&request, &policy, registry.as_ref());
        let known = registry.as_ref().map(cases::registry);
        let finding = parity(&cases::request(&request), &cases::policy(&policy), known.as_ref());
        prop_assert_eq!(Some(fields(&finding)), expected);
    }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn adding_a_block_never_loosens(
        request in strategies::request(),
        policy in strategies::policy(),
        list in proptest::sample::select(&BLOCK_LISTS[..]),
        pattern in strategies::pattern(),
    ) {
        let request = cases::request(&request);
        let before = both(&request, &policy);
        let mut tighter = policy;
        tighter[list.0][list.1].as_array_mut().expect("a list").push(pattern.into());
        for (before, after) in before.iter().zip(both(&request, &tighter)) {
            prop_assert!(after.effect >= before.effect, "{before:?}\n{after:?}");
        }
    }

    #[test]
    fn a_block_beats_everything(request in strategies::request(), policy in strategies::policy()) {
        let target = request["target"].as_str().expect("a text");
        let named = if request["action_type"] == "execute_command" { target.trim() } else { target };
        // A pattern is trimmed when it is loaded, so it can name no path with white space at its ends.
        if named.is_empty() || named.trim() != named || !request["release_governance"].is_null() {
            return Ok(());
        }
        let list = match request["action_type"].as_str() {
            Some("read_file") => ("filesystem", "block_read"),
            Some("write_file") => ("filesystem", "block_write"),
            Some("execute_command") => ("commands", "block"),
            _ => return Ok(()),
        };
        let mut policy = policy;
        policy[list.0][list.1].as_array_mut().expect("a list").push(named.into());
        for finding in both(&cases::request(&request), &policy) {
            prop_assert_eq!(finding.effect, Effect::Block, "{:?}", finding);
        }
    }

    #[test]
    fn order_and_duplicates_do_not_matter(request in strategies::request(), policy in strategies::policy()) {
        let request = cases::request(&request);
        let mut other = policy.clone();
        for section in ["filesystem", "commands", "git", "mcp"] {
            for list in other[section].as_object_mut().expect("a section").values_mut() {
                if let Some(list) = list.as_array_mut() {
                    let twice: Vec<Value> = list.iter().rev().chain(list.iter()).cloned().collect();
                    *list = twice;
                }
            }
        }
        prop_assert_eq!(both(&request, &policy), both(&request, &other));
    }
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn a_word_known_in_part_is_asked_about_where_something_that_it_may_be_is_refused(
        words in strategies::open_command(),
        pattern in strategies::command_pattern(),
        list in proptest::sample::select(&["block", "require_approval"][..]),
        splits in any::<bool>(),
    ) {
        let mut policy = json!({"commands": {"default": "allow"}});
        policy["commands"][list] = json!([pattern]);
        let asked = |argv: Vec<String>, open: Vec<usize>| {
            let whole = if splits { Vec::new() } else { open.clone() };
            let request = json!({"action_type": "execute_command", "target": argv.join(" "),
                                 "context": {"argv": argv, "open_words": open, "whole_words": whole}});
            evaluate(&cases::request(&request), &cases::policy(&policy), None)
        };
        let open = words.iter().enumerate().filter(|(_, (_, value))| value.is_some()).map(|(at, _)| at).collect();
        let opened = asked(words.iter().map(|(word, _)| word.clone()).collect(), open);
        let closed = words.iter().flat_map(|(word, value)| {
            let text = value.as_ref().map_or_else(|| word.clone(), |value| word.replace('*', value));
            match value {
                Some(_) if splits => text.split(' ').filter(|text| !text.is_empty()).map(str::to_owned).collect(),
                _ => vec![text],
            }
        });
        let closed = asked(closed.collect(), Vec::new());
        if closed.effect >= Effect::RequireApproval {
            prop_assert!(opened.effect >= Effect::RequireApproval, "{closed:?}\n{opened:?}");
        }
    }
}

proptest! {
    #![proptest_config(config(4))]

    #[test]
    fn compiling_again_changes_no_parity_answer(
        requests in proptest::collection::vec(plain_request(), 20),
        policy in strategies::policy(),
    ) {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let load = |text: &str| -> CompiledPolicy {
            let file = folder.path().join("policy.json");
            fs::write(&file, text).expect("a file");
            policy::load_named(&file).unwrap_or_else(|error| panic!("{error}\n{text}")).policy
        };
        let once = load(&policy.to_string());
        let text = policy::to_json(&once);
        let twice = load(&text);
        prop_assert_eq!(&text, &policy::to_json(&twice));
        let own = cases::policy(&policy);
        for request in &requests {
            let request = cases::request(request);
            let answer = fields(&parity(&request, &once, None));
            prop_assert_eq!(&answer, &fields(&parity(&request, &twice, None)));
            prop_assert_eq!(&answer, &fields(&parity(&request, &own, None)));
            let by_default = fields(&evaluate(&request, &once, None));
            prop_assert_eq!(&by_default, &fields(&evaluate(&request, &twice, None)));
            prop_assert_eq!(&by_default, &fields(&evaluate(&request, &own, None)));
        }
    }
}
