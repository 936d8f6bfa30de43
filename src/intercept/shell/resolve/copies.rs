//! Copies: where files are put, in folders and in archives.

use super::Interpreter;
use super::many::names;
use crate::contract::Cause;
use crate::grammar::base_name;
use crate::grammar::options::Part;
use crate::grammar::tool::Role;
use crate::intercept::shell::effect::{Access, Extent};
use crate::intercept::shell::state::State;
use crate::intercept::shell::value::{Form, Hole};

impl Interpreter<'_> {
    /// Copies are put somewhere: there itself, or in that folder under their own names.
    pub(super) fn puts(&mut self, sources: &[&Form], target: &Form, state: &mut State) {
        self.uses(target, Access::Write, Extent::One, state);
        self.makes(target, state);
        for source in sources {
            if !self.steps(super::LOOK + self.contents.len() / 8) {
                return;
            }
            let base = match source.known() {
                Some(text) => base_name(text.trim_end_matches('/')).to_owned(),
                None => source.open().rsplit('/').next().unwrap_or_default().to_owned(),
            };
            if base.is_empty() {
                continue;
            }
            let mut inside = target.clone();
            if !target.known().is_some_and(|text| text.ends_with('/')) {
                inside.push("/");
            }
            if base == "." || base == ".." {
                self.copies_tree(source, target, state);
                continue;
            }
            for (place, part) in base.split('*').enumerate() {
                if place > 0 {
                    inside.push_hole(Hole::Unknown);
                }
                inside.push(part);
            }
            if source.known().is_none() && source.is_glob() && !source.is_unknown() {
                continue;
            }
            self.uses(&inside, Access::Write, Extent::One, state);
            self.copies_tree(source, target, state);
        }
        // The names that a pattern stands for are kept.
        for source in sources.iter().filter(|source| source.is_glob() && !source.is_unknown()) {
            for name in self.globbed(source, state).into_iter().take(256) {
                let mut inside = target.clone();
                inside.push("/");
                inside.push(base_name(&name));
                self.uses(&inside, Access::Write, Extent::One, state);
            }
        }
    }

    /// What lies in a folder that is copied lies in the target then.
    pub(super) fn copies_tree(&mut self, source: &Form, target: &Form, state: &mut State) {
        let (Some(source), Some(target)) =
            (source.known().map(str::to_owned), target.known().map(str::to_owned))
        else {
            return;
        };
        let names = self.inside_of(&source, state);
        // What is in one that is not there yet may have any name.
        if names.is_empty() && source.ends_with(['/', '.']) && !self.is_there(&source, state) {
            self.writes_in(&Form::text(target), state);
            return;
        }
        for inside in names {
            for base in ["", base_name(source.trim_end_matches(['/', '.']))] {
                let path = [target.as_str(), base, &inside].into_iter().filter(|part| !part.is_empty());
                let path = path.collect::<Vec<_>>().join("/");
                self.uses(&Form::text(path), Access::Write, Extent::One, state);
            }
        }
    }

    /// What an archive takes in by names on its input, each ended by a NUL, which are nothing but names then; false if they
    /// are not known, or may be options.
    pub(super) fn packs_listed(&mut self, parts: &[Part<'_>], state: &State) -> bool {
        if !parts.iter().any(|part| matches!(part, Part::Option { name: "--null", .. })) {
            return false;
        }
        let input = self.read(&state.input.clone());
        let lists: Option<Vec<Vec<Form>>> = input.forms().iter().map(names).collect();
        let Some(lists) = lists else { return false };
        for name in lists.iter().flatten() {
            self.uses(name, Access::Read, Extent::Tree, state);
        }
        true
    }

    fn is_there(&self, path: &str, state: &State) -> bool {
        !state.is_remote && state.folders.known.iter().any(|folder| folder.join(path).exists())
    }

    /// An archive that the text makes, and unpacks again.
    pub(super) fn archive(
        &mut self,
        parts: &[Part<'_>],
        roles: &[(usize, Role)],
        operands: &[Form],
        state: &State,
    ) {
        let has = |names: &[&str]| {
            parts.iter().any(|part| matches!(part, Part::Option { name, .. } if names.contains(name)))
        };
        for part in parts {
            match part {
                Part::Option { name: "--one-top-level" | "--directory", value: Some(folder), .. } => {
                    let mut inside = Form::text(*folder);
                    inside.push("/");
                    inside.push_hole(Hole::Star);
                    if has(&["-x", "--extract", "--get", "-i"]) {
                        self.uses(&inside, Access::Write, Extent::One, state);
                    }
                }
                Part::Option { name: "--transform" | "--xform", value, .. } => {
                    self.tell(Cause::Operand, value.unwrap_or_default());
                }
                Part::Option { .. } | Part::Operand { .. } | Part::Unknown { .. } => {}
            }
        }
        if has(&["-p", "--pass-through"]) && !has(&["-x", "--extract"]) {
            let targets: Vec<&Form> = roles
                .iter()
                .filter(|(_, role)| *role == Role::WriteTree)
                .filter_map(|(place, _)| operands.get(*place))
                .collect();
            for target in targets {
                self.passes_through(target, state);
            }
            return;
        }
        if has(&["-x", "--extract", "--get", "-i"]) {
            for path in self.packed.clone() {
                self.uses(&Form::text(path), Access::Write, Extent::One, state);
            }
            return;
        }
        for form in roles.iter().filter_map(|(place, _)| operands.get(*place)) {
            if let Some(source) = form.known().map(str::to_owned) {
                let inside = self.inside_of(&source, state);
                let prefix =
                    if source == "." { String::new() } else { format!("{}/", source.trim_end_matches('/')) };
                self.packed.extend(inside.iter().take(1_000).map(|path| format!("{prefix}{path}")));
                self.packed.push(source);
            }
        }
    }
}
