//! A word that is known in part may meet whatever one of its values meets.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

use super::{MEETS, met};

/// Words that the stand-in grammar has something to say of, and others.
const VOCABULARY: [&str; 27] = [
    "push",
    "main",
    "origin",
    "x",
    "/",
    "-f",
    "-rf",
    "-r",
    "-fr",
    "--force",
    "--forc",
    "--force=x",
    "--",
    "-C",
    "-c",
    "-n",
    "--namespace=x",
    "ns",
    "ns/x",
    "namespace",
    "delete",
    "apply",
    "-",
    "-chdir=x",
    "run",
    "remote",
    "add",
];

fn word() -> impl Strategy<Value = &'static str> {
    select(&VOCABULARY[..])
}

fn rule() -> impl Strategy<Value = String> {
    let star = || select(&["", "", "", "", "*"][..]);
    let word = (star(), word(), star()).prop_map(|parts| format!("{}{}{}", parts.0, parts.1, parts.2));
    vec(prop_oneof![8 => word, 1 => Just("*".to_owned())], 0..4).prop_map(|words| words.join(" "))
}

/// A word of an argv; if it is known in part, how it is marked and what stands for its `*`.
fn argument() -> impl Strategy<Value = (String, Option<(&'static str, Vec<&'static str>)>)> {
    let open = (select(&["*", "*", "*/", "-*", "--*", "m*", "p*h", "--force=*"][..]), vec(word(), 0..3));
    prop_oneof![
        2 => word().prop_map(|word| (word.to_owned(), None)),
        1 => (open, select(&["?", "!"][..])).prop_map(|((word, value), mark)| (word.to_owned(), Some((mark, value)))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, rng_seed: RngSeed::Fixed(20_261_123), ..ProptestConfig::default() })]

    #[test]
    fn what_meets_one_value_of_a_word_known_in_part_may_meet_the_word(
        program in select(&["rm", "git", "kubectl", "terraform", "aws", "docker", "tool"][..]),
        rule in rule(),
        arguments in vec(argument(), 0..5),
    ) {
        let (mut open, mut closed) = (vec![program.to_owned()], vec![program.to_owned()]);
        for (word, value) in &arguments {
            match value {
                None => {
                    open.push(word.clone());
                    closed.push(word.clone());
                }
                Some((mark, value)) => {
                    open.push(format!("{mark}{word}"));
                    let value = if *mark == "!" { value.first().unwrap_or(&"").to_string() } else { value.join(" ") };
                    let text = word.replace('*', &value);
                    let words = text.split(' ').filter(|part| *mark == "!" || !part.is_empty());
                    closed.extend(words.map(str::to_owned));
                }
            }
        }
        let pattern = format!("{program} {rule}");
        if met(&pattern, &closed.join(" ")) == MEETS {
            prop_assert!(met(&pattern, &open.join(" ")).is_some(), "{pattern}: {closed:?}, {open:?}");
        }
    }
}
