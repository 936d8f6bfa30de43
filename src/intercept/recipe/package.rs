//! `package.json`: scripts, with those that run before and behind them.

use std::collections::HashMap;

use super::{Kind, MOST_RULES, Recipes, Rule};

/// Commands of package managers that run scripts of these names, in order.
/// Source: <https://docs.npmjs.com/cli/v10/using-npm/scripts>
const LIFE_CYCLE: &[(&str, &[&str])] = &[
    (
        "install",
        &["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"],
    ),
    ("ci", &["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"]),
    ("pack", &["prepublishOnly", "prepack", "prepare", "postpack"]),
    ("publish", &["prepublishOnly", "prepack", "prepare", "postpack", "publish", "postpublish"]),
    ("version", &["preversion", "version", "postversion"]),
];

pub(super) fn read(text: &str) -> Recipes {
    let package: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let scripts = package.get("scripts").and_then(serde_json::Value::as_object);
    let scripts: Vec<(&String, &str)> =
        scripts.into_iter().flatten().filter_map(|(name, text)| Some((name, text.as_str()?))).collect();
    let mut rules: Vec<Rule> = scripts
        .iter()
        .take(MOST_RULES)
        .map(|(name, text)| Rule {
            name: (*name).clone(),
            before: vec![format!("pre{name}")],
            behind: vec![format!("post{name}")],
            commands: vec![(*text).to_owned()],
            ..Rule::default()
        })
        .collect();
    for (command, names) in LIFE_CYCLE {
        rules.push(Rule {
            name: format!("{command}()"),
            before: names.iter().map(|name| (*name).to_owned()).collect(),
            ..Rule::default()
        });
    }
    Recipes { kind: Kind::Package, rules, variables: HashMap::new() }
}

/// A script with its operands, as the package manager hands it to a shell.
pub(super) fn expanded(script: &str, operands: &[&str]) -> String {
    let mut text = script.to_owned();
    for operand in operands {
        text.push(' ');
        text.push_str(&shell_words::quote(operand));
    }
    text
}
