//! Makefiles: rules with their recipes, and the variables that those refer to.
//!
//! Both branches of a condition are read, and files that are included are not.

use std::collections::HashMap;

use super::{Kind, LONGEST, MOST_DEPTH, MOST_RULES, Recipes, Rule, UNKNOWN};

pub(super) fn read(text: &str) -> Recipes {
    let mut recipes = Recipes { kind: Kind::Make, rules: Vec::new(), variables: HashMap::new() };
    let mut lines = text.lines();
    // How many rules the last line with a colon made: its recipe is that of each.
    let mut open = 0;
    while let Some(line) = lines.next() {
        let mut line = line.to_owned();
        while line.ends_with('\\') {
            let Some(next) = lines.next() else { break };
            line.push('\n');
            line.push_str(next);
        }
        if let Some(command) = line.strip_prefix('\t') {
            adds(&mut recipes.rules, open, command);
            continue;
        }
        let line = line.replace("\\\n", " ");
        let line = line.split_once('#').map_or(line.as_str(), |(before, _)| before).trim();
        if line.is_empty() {
            continue;
        }
        if let Some((name, value, appends)) = assignment(line) {
            let held = recipes.variables.get(name).filter(|_| appends).map(|held| format!("{held} {value}"));
            recipes.variables.insert(name.to_owned(), held.unwrap_or_else(|| value.to_owned()));
            continue;
        }
        let Some((targets, rest)) = line.split_once(':') else { continue };
        let (needs, command) = rest.trim_start_matches(':').split_once(';').unwrap_or((rest, ""));
        // `target: NAME = value` sets a name for that target.
        if let Some((name, value, _)) = assignment(needs.trim()) {
            recipes.variables.insert(name.to_owned(), value.to_owned());
            continue;
        }
        // `targets: target: needs` says of which targets the rule is.
        let needs = needs.rsplit(':').next().unwrap_or_default();
        let needs = expanded(needs, &recipes.variables, &Rule::default(), "", "");
        let targets = expanded(targets, &recipes.variables, &Rule::default(), "", "");
        open = 0;
        for name in targets.split_whitespace().take(MOST_RULES.saturating_sub(recipes.rules.len())) {
            recipes.rules.push(Rule {
                name: name.trim_end_matches('&').to_owned(),
                before: needs.split_whitespace().filter(|need| *need != "|").map(str::to_owned).collect(),
                ..Rule::default()
            });
            open += 1;
        }
        if !command.trim().is_empty() {
            adds(&mut recipes.rules, open, command);
        }
    }
    if recipes.has(".ONESHELL") {
        for rule in &mut recipes.rules {
            rule.commands = vec![rule.commands.join("\n")];
        }
    }
    recipes
}

fn adds(rules: &mut [Rule], open: usize, command: &str) {
    let command = command.trim_start_matches(['@', '-', '+', ' ', '\t']);
    for rule in rules.iter_mut().rev().take(open) {
        rule.commands.push(command.to_owned());
    }
}

/// The name that a line sets, what to, and whether behind what it holds.
fn assignment(line: &str) -> Option<(&str, &str, bool)> {
    let line = ["export ", "override ", "private "]
        .iter()
        .fold(line, |line, word| line.strip_prefix(word).unwrap_or(line).trim_start());
    let (left, value) = line.split_once('=')?;
    let name = left.trim_end_matches(['?', '+', '!', ':']).trim();
    let is_name = !name.is_empty() && !name.contains(|letter: char| letter.is_whitespace() || letter == ':');
    is_name.then_some((name, value.trim(), left.ends_with('+')))
}

/// A text with its references replaced.
pub(super) fn expanded(
    text: &str,
    variables: &HashMap<String, String>,
    rule: &Rule,
    target: &str,
    stem: &str,
) -> String {
    let mut made = String::new();
    Expansion { variables, rule, target, stem }.append(text, 0, &mut made);
    made
}

struct Expansion<'r> {
    variables: &'r HashMap<String, String>,
    rule: &'r Rule,
    target: &'r str,
    stem: &'r str,
}

impl Expansion<'_> {
    fn append(&self, text: &str, depth: usize, made: &mut String) {
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('$') {
            made.push_str(before);
            if depth > MOST_DEPTH || made.len() > LONGEST {
                made.push_str(UNKNOWN);
                return;
            }
            let mut letters = behind.chars();
            match letters.next() {
                Some('$') => made.push('$'),
                Some(open @ ('(' | '{')) => {
                    let Some((inside, behind)) = enclosed(letters.as_str(), open) else {
                        made.push_str(UNKNOWN);
                        return;
                    };
                    self.reference(inside, depth, made);
                    rest = behind;
                    continue;
                }
                Some('@') => made.push_str(self.target),
                Some('*') => made.push_str(self.stem),
                Some('<') => made.push_str(&self.need(0).unwrap_or_default()),
                Some('^' | '+' | '?') => {
                    let needs: Vec<String> =
                        (0..self.rule.before.len()).filter_map(|at| self.need(at)).collect();
                    made.push_str(&needs.join(" "));
                }
                Some(name) => self.reference(&name.to_string(), depth, made),
                None => {}
            }
            rest = letters.as_str();
        }
        made.push_str(rest);
    }

    fn need(&self, at: usize) -> Option<String> {
        self.rule.before.get(at).map(|need| need.replace('%', self.stem))
    }

    fn reference(&self, name: &str, depth: usize, made: &mut String) {
        if let Some(value) = self.variables.get(name) {
            return self.append(value, depth + 1, made);
        }
        if let Some(command) = name.strip_prefix("shell ") {
            made.push_str("$(");
            self.append(command, depth + 1, made);
            made.push(')');
        } else if name == "MAKE" {
            made.push_str("make");
        } else if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        {
            // The environment may set it.
            made.push_str("${");
            made.push_str(name);
            made.push('}');
        } else {
            made.push_str(UNKNOWN);
        }
    }
}

/// What stands before the sign that closes, and behind it.
fn enclosed(text: &str, open: char) -> Option<(&str, &str)> {
    let close = if open == '(' { ')' } else { '}' };
    let mut depth = 0usize;
    for (at, letter) in text.char_indices() {
        if letter == open {
            depth += 1;
        } else if letter == close {
            if depth == 0 {
                return Some((text.get(..at)?, text.get(at + 1..)?));
            }
            depth -= 1;
        }
    }
    None
}
