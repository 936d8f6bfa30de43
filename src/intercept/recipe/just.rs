//! Justfiles: recipes with their parameters, and the variables that those refer to.

use std::collections::HashMap;

use super::{Kind, LONGEST, MOST_RULES, Recipes, Rule, UNKNOWN};

pub(super) fn read(text: &str) -> Recipes {
    let mut recipes = Recipes { kind: Kind::Just, rules: Vec::new(), variables: HashMap::new() };
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let head = line.trim_end();
        if head.is_empty() || head.starts_with(['#', '[', ' ', '\t']) || recipes.rules.len() >= MOST_RULES {
            continue;
        }
        if let Some((left, value)) = head.split_once(":=") {
            let mut words = left.split_whitespace();
            match (words.next(), words.next()) {
                (Some("alias"), Some(name)) => recipes.rules.push(Rule {
                    name: name.to_owned(),
                    before: vec![value.trim().to_owned()],
                    ..Rule::default()
                }),
                (Some("set"), _) => {}
                (Some("export"), Some(name)) | (Some(name), None) => {
                    recipes.variables.insert(name.to_owned(), evaluated(value.trim()));
                }
                _ => {}
            }
            continue;
        }
        let Some((signature, needs)) = head.split_once(':') else { continue };
        let mut body = Vec::new();
        while let Some(line) = lines.next_if(|line| line.is_empty() || line.starts_with([' ', '\t'])) {
            body.push(line.to_owned());
        }
        let mut words = signature.split_whitespace();
        let name = words.next().unwrap_or_default().trim_start_matches('@').to_owned();
        let parameters = words.map(|word| match word.split_once('=') {
            Some((name, value)) => (name.trim_start_matches('$').to_owned(), Some(evaluated(value))),
            None => (word.replace('$', ""), None),
        });
        let (before, behind) = needs.split_once("&&").unwrap_or((needs, ""));
        recipes.rules.push(Rule {
            name,
            before: names(before),
            behind: names(behind),
            parameters: parameters.collect(),
            commands: commands(&body),
        });
    }
    recipes
}

/// The rules that are named, with or without operands of theirs.
fn names(needs: &str) -> Vec<String> {
    let mut depth = 0usize;
    let mut found = Vec::new();
    for word in needs.split_whitespace() {
        let is_first = depth == 0 || word.starts_with('(');
        depth += usize::from(word.starts_with('('));
        if is_first {
            found.push(word.trim_matches(['(', ')']).to_owned());
        }
        depth = depth.saturating_sub(usize::from(word.ends_with(')')));
    }
    found
}

/// The commands of a body: a line each, or all of it where its first line names what runs it.
fn commands(body: &[String]) -> Vec<String> {
    let indent = body
        .iter()
        .find(|line| !line.trim().is_empty())
        .map_or(0, |line| line.len() - line.trim_start().len());
    let lines: Vec<&str> = body.iter().map(|line| line.get(indent..).unwrap_or_default()).collect();
    if let Some(program) = lines.first().and_then(|line| line.strip_prefix("#!")) {
        let is_shell = program.trim_end().ends_with("sh") || program.contains("sh ");
        return if is_shell { vec![lines.join("\n")] } else { Vec::new() };
    }
    let mut commands: Vec<String> = Vec::new();
    let mut continues = false;
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        let is_continued = line.ends_with('\\');
        let text = line.strip_suffix('\\').unwrap_or(line);
        match commands.last_mut() {
            Some(last) if continues => last.push_str(text.trim_start()),
            _ => commands.push(text.trim_start_matches(['@', '-', ' ']).to_owned()),
        }
        continues = is_continued;
    }
    commands
}

/// What a value is: a text between quotes, or what a command writes.
fn evaluated(value: &str) -> String {
    let between =
        |sign: char| value.strip_prefix(sign)?.strip_suffix(sign).filter(|text| !text.contains(sign));
    if let Some(text) = between('\'') {
        text.to_owned()
    } else if let Some(text) = between('"').filter(|text| !text.contains('\\')) {
        text.to_owned()
    } else if let Some(command) = between('`') {
        format!("$({command})")
    } else {
        UNKNOWN.to_owned()
    }
}

/// A command with its references replaced.
pub(super) fn expanded(
    command: &str,
    variables: &HashMap<String, String>,
    rule: &Rule,
    operands: &[&str],
) -> String {
    let mut made = String::new();
    let mut rest = command;
    while let Some((before, behind)) = rest.split_once("{{") {
        made.push_str(before);
        if let Some(behind) = behind.strip_prefix("{{") {
            made.push_str("{{");
            rest = behind;
            continue;
        }
        let Some((expression, behind)) = behind.split_once("}}").filter(|_| made.len() < LONGEST) else {
            made.push_str(UNKNOWN);
            return made;
        };
        let name = expression.trim();
        let is_it = |(own, _): &(String, Option<String>)| own.trim_start_matches(['+', '*']) == name;
        match rule.parameters.iter().position(is_it).and_then(|at| Some((at, rule.parameters.get(at)?))) {
            Some((at, (own, default))) => {
                let given = operands.get(at..).filter(|given| !given.is_empty());
                match (given, default) {
                    (Some(given), _) if own.starts_with(['+', '*']) => made.push_str(&given.join(" ")),
                    (Some(given), _) => made.push_str(given.first().copied().unwrap_or_default()),
                    (None, Some(default)) => made.push_str(default),
                    (None, None) if own.starts_with('*') => {}
                    (None, None) => made.push_str(UNKNOWN),
                }
            }
            None => match variables.get(name) {
                Some(value) => made.push_str(value),
                None => made.push_str(&evaluated(name)),
            },
        }
        rest = behind;
    }
    made.push_str(rest);
    made
}
