//! Recipes: the commands that a build file runs for a target, in the simple cases.
//!
//! `make`, `just` and the package managers of Node run texts that stand in a file. Those are read as far as their
//! grammar is plain, so that what they run can be refused. What is not plain (functions, includes, conditions that
//! choose) is left open: a reference that is not known becomes a variable of the shell that nobody has set.

mod just;
mod make;
mod package;

use std::collections::HashMap;

/// The build files that are read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Make,
    Just,
    Package,
}

/// The most rules of one file, and the most commands that one event runs of them.
const MOST_RULES: usize = 2_000;

/// How deep references may refer to one another.
const MOST_DEPTH: usize = 16;

/// The longest text that references may become, in bytes.
const LONGEST: usize = 1 << 14;

/// What stands for a text that is not known.
const UNKNOWN: &str = "${RECIPE_TEXT}";

/// What a file runs under one name.
#[derive(Debug, Default)]
struct Rule {
    name: String,
    /// The rules that run before and behind it.
    before: Vec<String>,
    behind: Vec<String>,
    /// The names of its operands, with the values that they have where none is given.
    parameters: Vec<(String, Option<String>)>,
    /// Its commands, each for a shell of its own, with their references.
    commands: Vec<String>,
}

/// A build file.
#[derive(Debug)]
pub(super) struct Recipes {
    kind: Kind,
    rules: Vec<Rule>,
    variables: HashMap<String, String>,
}

impl Recipes {
    /// Reads a build file; what is not plain in it is passed over.
    pub(super) fn read(kind: Kind, text: &str) -> Self {
        match kind {
            Kind::Make => make::read(text),
            Kind::Just => just::read(text),
            Kind::Package => package::read(text),
        }
    }

    /// The names under which such a file is looked for, the first first, and whether folders above are searched.
    pub(super) fn names(kind: Kind) -> (&'static [&'static str], bool) {
        match kind {
            Kind::Make => (&["GNUmakefile", "makefile", "Makefile"], false),
            Kind::Just => (&["justfile", "Justfile", ".justfile"], true),
            Kind::Package => (&["package.json"], true),
        }
    }

    /// Sets a name to what the command line says that it is.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        self.variables.insert(name.to_owned(), value.to_owned());
    }

    /// Whether there is a rule of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.rules.iter().any(|rule| rule.name == name)
    }

    /// The rule that runs where none is named.
    pub(super) fn first(&self) -> Option<&str> {
        let is_plain = |rule: &&Rule| !rule.name.starts_with('.') && !rule.name.contains('%');
        self.rules.iter().find(is_plain).map(|rule| rule.name.as_str())
    }

    /// How many operands the rule of this name takes; none if it takes any number.
    pub(super) fn operands(&self, name: &str) -> Option<usize> {
        let rule = self.rules.iter().find(|rule| rule.name == name)?;
        let takes_more = rule.parameters.last().is_some_and(|(name, _)| name.starts_with(['+', '*']));
        (!takes_more).then_some(rule.parameters.len())
    }

    /// The commands that run for a target, in order, with those of the rules that it needs.
    pub(super) fn commands(&self, target: &str, operands: &[&str]) -> Vec<String> {
        let mut run = Run { recipes: self, seen: Vec::new(), commands: Vec::new() };
        run.target(target, operands);
        run.commands
    }
}

/// One run of a build file.
struct Run<'r> {
    recipes: &'r Recipes,
    seen: Vec<String>,
    commands: Vec<String>,
}

impl Run<'_> {
    fn target(&mut self, target: &str, operands: &[&str]) {
        if self.seen.len() >= MOST_RULES || self.seen.iter().any(|seen| seen == target) {
            return;
        }
        self.seen.push(target.to_owned());
        for rule in &self.recipes.rules {
            let Some(stem) = stem(&rule.name, target) else { continue };
            for other in &rule.before {
                self.target(&other.replace('%', stem), &[]);
            }
            for command in &rule.commands {
                if self.commands.len() >= MOST_RULES {
                    return;
                }
                self.commands.push(match self.recipes.kind {
                    Kind::Make => make::expanded(command, &self.recipes.variables, rule, target, stem),
                    Kind::Just => just::expanded(command, &self.recipes.variables, rule, operands),
                    Kind::Package => package::expanded(command, operands),
                });
            }
            for other in &rule.behind {
                self.target(other, &[]);
            }
        }
    }
}

/// What the `%` of a rule stands for if the rule is for this target; the empty text where it has none.
fn stem<'t>(rule: &str, target: &'t str) -> Option<&'t str> {
    match rule.split_once('%') {
        Some((front, back)) => target.strip_prefix(front)?.strip_suffix(back).filter(|stem| !stem.is_empty()),
        None => (rule == target).then_some(""),
    }
}

#[cfg(test)]
mod tests;
