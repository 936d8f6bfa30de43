//! What `make`, `just` and the package managers of Node run by the files of a project.
//!
//! It can be refused for what is found in them. It adds no question: that a project's own commands run is what these
//! programs are for, and a file that the text itself writes is asked about where it is written.

use super::{Interpreter, MOST_CALLS};
use crate::contract::Cause;
use crate::grammar::options::Part;
use crate::grammar::tool::Found;
use crate::intercept::path::cleaned;
use crate::intercept::recipe::{Kind, Recipes};
use crate::intercept::shell::effect::assumed;
use crate::intercept::shell::state::{Folders, State};
use crate::intercept::shell::value::Form;

/// The most folders above the working directory in which a file is looked for.
const MOST_ABOVE: usize = 16;

impl Interpreter<'_> {
    /// Runs what a build file has: `file`, or the one that is found; `commands` chooses among its recipes.
    pub(super) fn recipes(
        &mut self,
        kind: Kind,
        file: Option<&str>,
        state: &State,
        commands: impl Fn(&mut Recipes) -> Vec<String>,
    ) {
        if state.is_remote {
            return;
        }
        for folder in state.folders.known.clone() {
            let mut own = state.child();
            own.folders = Folders::of(folder);
            let Some(name) = file.map(str::to_owned).or_else(|| self.build_file(kind, &mut own)) else {
                continue;
            };
            if self.is_made(&name, &own) {
                continue;
            }
            let Some(text) = self.script(&name, &own).filter(|text| self.charge(text.len())) else {
                continue;
            };
            for command in commands(&mut Recipes::read(kind, &text)) {
                self.recipe(command, &own);
            }
        }
    }

    /// Runs one command of a build file.
    fn recipe(&mut self, command: String, state: &State) {
        let call = (command, Vec::new());
        if self.calls.len() >= MOST_CALLS || self.calls.contains(&call) || !self.charge(call.0.len()) {
            return;
        }
        // What it makes of files is no code that the text itself has written.
        let made = (self.contents.clone(), self.links.clone(), self.packed.clone());
        let known = self.runs.as_ref().map_or(0, Vec::len);
        let assumed_before = self.effects.assume(true);
        self.calls.push(call.clone());
        self.perhaps(&call.0, state);
        self.calls.pop();
        self.effects.assume(assumed_before);
        for words in self.runs.iter_mut().flatten().skip(known) {
            *words = assumed(words);
        }
        (self.contents, self.links, self.packed) = made;
    }

    /// The build file that a program finds by itself; commands run where it lies.
    fn build_file(&mut self, kind: Kind, state: &mut State) -> Option<String> {
        let (names, is_above) = Recipes::names(kind);
        let folder = state.folders.known.first()?.clone();
        for folder in folder.ancestors().take(if is_above { MOST_ABOVE } else { 1 }) {
            for name in names {
                if !self.steps(super::LOOK) {
                    return None;
                }
                if cleaned(&folder.join(name)).is_file() {
                    state.folders = Folders::of(folder.to_owned());
                    return Some((*name).to_owned());
                }
            }
        }
        None
    }

    /// What a package manager of Node runs of the scripts of a package.
    pub(super) fn package_scripts(&mut self, found: &Found<'_>, operands: &[Form], state: &State) {
        let texts = |from: usize| -> Vec<&str> {
            operands
                .get(from..)
                .unwrap_or_default()
                .iter()
                .map(|form| form.known().unwrap_or("\"$@\""))
                .collect()
        };
        let Some(first) = found.first else { return };
        let is_run = found.words() == "run";
        let behind = if is_run { found.start } else { first };
        let is_name = |text: &&str| !text.starts_with('-');
        let words = texts(behind);
        let Some(at) = words.iter().position(is_name) else { return };
        let script = match found.words() {
            "" | "run" => words.get(at).copied().unwrap_or_default().to_owned(),
            "test" => "test".to_owned(),
            // With the names of packages these do nothing to the project's own.
            known if texts(found.start).iter().any(is_name) => known.to_owned(),
            known => format!("{known}()"),
        };
        let rest: Vec<&str> = words.get(at + 1..).unwrap_or_default().to_vec();
        let rest = match rest.split_first() {
            Some((&"--", rest)) => rest.to_vec(),
            _ => rest,
        };
        self.recipes(Kind::Package, None, state, |recipes| recipes.commands(&script, &rest));
    }

    /// What `just` runs.
    pub(super) fn just(&mut self, parts: &[Part<'_>], operands: &[Form], state: &State) {
        let file = parts.iter().find_map(|part| match part {
            Part::Option { name: "--justfile", value, .. } => *value,
            Part::Option { .. } | Part::Operand { .. } | Part::Unknown { .. } => None,
        });
        let words: Vec<&str> = parts
            .iter()
            .filter_map(|part| match part {
                Part::Operand { word } => operands.get(*word).map(|form| form.known().unwrap_or("\"$@\"")),
                Part::Option { .. } | Part::Unknown { .. } => None,
            })
            .collect();
        self.recipes(Kind::Just, file, state, |recipes| {
            let mut commands = Vec::new();
            let mut rest = words.as_slice();
            while let Some((name, value)) = rest.first().and_then(|word| word.split_once('=')) {
                recipes.set(name, value);
                rest = rest.get(1..).unwrap_or_default();
            }
            if rest.is_empty() {
                let first = recipes.first().unwrap_or_default().to_owned();
                return recipes.commands(&first, &[]);
            }
            while let Some((name, behind)) = rest.split_first() {
                let count = recipes.operands(name).unwrap_or(behind.len()).min(behind.len());
                let (given, left) = behind.split_at_checked(count).unwrap_or_default();
                commands.extend(recipes.commands(name, given));
                rest = left;
            }
            commands
        });
    }

    /// What `make` runs: what its operands set may be code, and its targets have recipes.
    pub(super) fn make(&mut self, parts: &[Part<'_>], operands: &[Form], state: &mut State) {
        let mut file = None;
        let mut runs_nothing = false;
        let mut targets = Vec::new();
        let mut set = Vec::new();
        for part in parts {
            match part {
                Part::Option { name: "--file", value, .. } => file = *value,
                Part::Option { name, .. } => {
                    runs_nothing |=
                        matches!(*name, "--just-print" | "--question" | "--version" | "-q" | "-v");
                }
                Part::Unknown { .. } => {}
                Part::Operand { word } => match operands.get(*word).map(|form| (form, form.known())) {
                    Some((_, Some(text))) => match text.split_once('=') {
                        Some((name, value)) => set.push((name, value, text)),
                        None => targets.push(text),
                    },
                    Some((form, None)) => self.tell(Cause::RunsAnother, &form.open()),
                    None => {}
                },
            }
        }
        for (name, _, text) in &set {
            let sets_shell = name.ends_with([':', '!', '?', '+'])
                || matches!(*name, "SHELL" | ".SHELLFLAGS" | "MFLAGS" | "GNUMAKEFLAGS")
                || name.starts_with("MAKE");
            if sets_shell || text.contains(['$', '`']) {
                self.tell(Cause::RunsAnother, text);
                self.makefile(text, state);
            }
        }
        for target in targets.iter().filter(|target| target.contains(['$', '`'])) {
            self.tell(Cause::RunsAnother, target);
        }
        if runs_nothing || matches!(file, Some("-" | "/dev/stdin")) {
            return;
        }
        self.recipes(Kind::Make, file, state, |recipes| {
            for (name, value, _) in &set {
                recipes.set(name.trim_end_matches([':', '+', '?']), value);
            }
            let first = recipes.first().unwrap_or_default().to_owned();
            let all = if targets.is_empty() { &[first.as_str()] } else { targets.as_slice() };
            all.iter().flat_map(|target| recipes.commands(target, &[])).collect()
        });
    }

    /// A makefile that the text itself gives: its recipes, and what its functions run.
    pub(super) fn makefile(&mut self, text: &str, state: &State) {
        self.tell(Cause::Code, text);
        for line in text.lines() {
            let recipe = line.strip_prefix('\t').or_else(|| line.split_once(';').map(|(_, recipe)| recipe));
            if let Some(recipe) = recipe {
                self.perhaps(recipe.trim_start_matches(['@', '-', '+', ' ']), state);
            }
            if let Some((_, code)) = line.split_once("$(shell ") {
                self.perhaps(code.trim_end().trim_end_matches(')'), state);
            }
            if let Some((_, code)) = line.split_once("!=") {
                self.perhaps(code, state);
            }
        }
    }
}
