//! What commands do beyond what their words show: folders that are removed, and changes that git gives up.

use std::path::Path;

use super::Interpreter;
use crate::grammar::effects::CommandEffect;
use crate::grammar::options::Part;
use crate::grammar::tool::Found;
use crate::intercept::path::cleaned;
use crate::intercept::shell::state::State;
use crate::intercept::shell::value::Form;

/// Folders whose contents are meant to go.
const PASSING: &[&str] = &["/tmp", "/var/tmp", "/private/tmp", "/private/var/tmp", "/dev/shm"];

impl Interpreter<'_> {
    fn notes(&mut self, effect: CommandEffect) {
        if !self.does.contains(&effect) {
            self.does.push(effect);
        }
    }

    /// A folder is removed with all that is in it.
    pub(super) fn removes(&mut self, path: &Form, state: &State) {
        if state.is_remote || !self.steps(state.folders.known.len()) {
            return;
        }
        // What is known in front says where it lies, unless it climbs out again.
        let text = path.known().unwrap_or_else(|| path.start());
        let is_whole = path.known().is_some();
        if text.is_empty() || !is_whole && !text.contains('/') {
            return;
        }
        let own = [Some(&self.surroundings.cwd), self.surroundings.repo.as_ref()];
        let is_inside = |place: &Path| {
            let is_below = |folder: &Path| place.starts_with(folder) && (place != folder || !is_whole);
            let is_passing = |folder: &&str| {
                let folder = Path::new(folder);
                // Beside a project that lies there itself, others do too.
                is_below(folder) && !self.surroundings.cwd.starts_with(folder)
            };
            own.into_iter().flatten().any(|folder| is_below(folder)) || PASSING.iter().any(is_passing)
        };
        let is_outside = state.folders.known.iter().any(|folder| !is_inside(&cleaned(&folder.join(text))));
        if is_outside {
            self.notes(CommandEffect::DeletesOutsideTree);
        }
    }

    /// What git gives up of the changes in the working tree, where no rule can tell it by the words alone.
    pub(super) fn gives_up_changes(
        &mut self,
        found: &Found<'_>,
        parts: &[Part<'_>],
        operands: &[Form],
        state: &State,
    ) {
        let has = |names: &[&str]| {
            parts.iter().any(|part| matches!(part, Part::Option { name, .. } if names.contains(name)))
        };
        let last = |on: &str, off: &str| {
            parts.iter().rev().find_map(|part| match part {
                Part::Option { name, .. } if *name == on => Some(true),
                Part::Option { name, .. } if *name == off => Some(false),
                Part::Option { .. } | Part::Operand { .. } | Part::Unknown { .. } => None,
            })
        };
        let named: Vec<&Form> = parts
            .iter()
            .filter_map(|part| match part {
                Part::Operand { word } => operands.get(*word),
                Part::Option { .. } | Part::Unknown { .. } => None,
            })
            .collect();
        let names_paths = !named.is_empty() || has(&["--pathspec-from-file", "--patch"]);
        let gives_up = match found.words() {
            "restore" => {
                let staged = last("--staged", "--no-staged").unwrap_or(false);
                names_paths && last("--worktree", "--no-worktree").unwrap_or(!staged)
            }
            "checkout" => {
                let makes_branch = has(&["-b", "-B", "--orphan", "--detach", "--track"]);
                let ends = operands.iter().position(|form| form.known() == Some("--"));
                let has_paths = ends.is_some_and(|at| at + 1 < operands.len());
                let is_path = |form: &&Form| {
                    form.known().is_some_and(|text| {
                        text == "." || state.folders.known.iter().any(|folder| folder.join(text).is_file())
                    })
                };
                // The letters behind `-t` may be its value, or options of their own.
                let is_forced = operands
                    .iter()
                    .filter_map(Form::known)
                    .any(|text| text.strip_prefix("-t").is_some_and(|letters| letters.contains('f')));
                has_paths
                    || is_forced
                    || has(&["--pathspec-from-file", "--patch"])
                    || !makes_branch && (named.len() > 1 || named.iter().any(is_path))
            }
            _ => false,
        };
        if gives_up {
            self.notes(CommandEffect::DiscardsWork);
        }
    }
}
