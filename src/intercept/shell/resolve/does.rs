//! What commands do beyond what their words show: folders that are removed, and changes that git gives up.

use std::path::{Path, PathBuf};

use super::Interpreter;
use crate::grammar::effects::CommandEffect;
use crate::grammar::options::Part;
use crate::grammar::tool::Found;
use crate::intercept::path::cleaned;
use crate::intercept::shell::state::State;
use crate::intercept::shell::value::{Form, Hole, Piece};

/// Folders whose contents are meant to go.
const PASSING: &[&str] = &["/tmp", "/var/tmp", "/private/tmp", "/private/var/tmp", "/dev/shm"];

impl Interpreter<'_> {
    pub(super) fn notes(&mut self, effect: CommandEffect) {
        if !self.does.effects.contains(&effect) {
            self.does.effects.push(effect);
        }
    }

    /// A folder is removed with all that is in it.
    pub(super) fn removes(&mut self, path: &Form, state: &State) {
        self.removes_of(path, true, state);
    }

    /// Some of what is in a folder is removed.
    pub(super) fn removes_some(&mut self, path: &Form, state: &State) {
        self.removes_of(path, false, state);
    }

    fn removes_of(&mut self, path: &Form, is_all: bool, state: &State) {
        if !self.steps(1 + state.folders.known.len()) {
            return;
        }
        let Some(Removed { text, rest, is_whole }) = removed(path) else {
            if !self.effects.assumes() {
                self.notes(CommandEffect::DeletesOutsideTree);
            }
            return;
        };
        let is_whole = is_whole && is_all;
        // Of another machine only what is said of it from its root on is known.
        let there = [PathBuf::from("/")];
        let folders = if state.is_remote { there.as_slice() } else { state.folders.known.as_slice() };
        if state.is_remote && !text.starts_with('/') {
            return;
        }
        let homes = self.homes();
        let mut places: Vec<PathBuf> = folders.iter().map(|folder| cleaned(&folder.join(&text))).collect();
        if !state.is_remote {
            let real: Vec<PathBuf> = places
                .iter()
                .filter_map(|place| self.behind_links(place, path.known().is_some() && is_all))
                .collect();
            places.extend(real);
        }
        for place in places {
            let is_everything = place.components().count() <= 2
                && !PASSING.iter().any(|folder| place == Path::new(folder))
                || homes.iter().any(|home| home.starts_with(&place))
                || !state.is_remote && self.own_folders().any(|own| own.starts_with(&place));
            if is_everything && is_whole {
                self.notes(CommandEffect::DeletesEverything);
            } else if state.is_remote || self.is_outside(&place, is_whole, &rest) {
                self.notes(CommandEffect::DeletesOutsideTree);
            }
        }
    }

    /// Where a path leads that is removed: a link goes itself, and what is named behind it goes from where it leads to.
    fn behind_links(&mut self, place: &Path, is_itself: bool) -> Option<PathBuf> {
        let made = self.links.iter().find_map(|(name, target)| {
            let rest = place.strip_prefix(name).ok()?;
            (!is_itself || !rest.as_os_str().is_empty()).then(|| cleaned(&target.join(rest)))
        });
        if made.is_some() || !self.steps(super::LOOK) {
            return made;
        }
        if !is_itself {
            return place.canonicalize().ok();
        }
        Some(place.parent()?.canonicalize().ok()?.join(place.file_name()?))
    }

    /// Whether a path lies neither in the project nor among what is meant to go. `rest` is how the names begin that go
    /// from a folder of which not all does.
    fn is_outside(&self, place: &Path, is_whole: bool, rest: &str) -> bool {
        let is_below = |folder: &Path| place.starts_with(folder) && (place != folder || !is_whole);
        let is_passing = |folder: &&str| {
            let folder = Path::new(folder);
            is_below(folder)
                && !self.own_folders().any(|own| {
                    // Beside a project that lies there itself, others do too.
                    own.strip_prefix(folder).ok().and_then(|own| own.components().next()).is_some_and(
                        |first| {
                            place.starts_with(folder.join(first))
                                || place == folder && first.as_os_str().to_string_lossy().starts_with(rest)
                        },
                    )
                })
        };
        !self.own_folders().any(is_below) && !PASSING.iter().any(is_passing)
    }

    /// The folder of the command, and that of its repository.
    fn own_folders(&self) -> impl Iterator<Item = &Path> {
        let folders = [Some(&self.surroundings.cwd), self.surroundings.repo.as_ref()];
        folders.into_iter().flatten().map(PathBuf::as_path)
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

/// What is removed, as far as it is known.
struct Removed {
    /// The path, or the folder in which something is removed.
    text: String,
    /// How the names begin that are removed from it, where it does not go itself.
    rest: String,
    /// Whether it goes itself, or all that is in it does.
    is_whole: bool,
}

/// What is removed by this path; none if it may be any.
fn removed(path: &Form) -> Option<Removed> {
    let of =
        |text: &str, rest: &str, is_whole| Removed { text: text.to_owned(), rest: rest.to_owned(), is_whole };
    if let Some(text) = path.known() {
        return (!text.is_empty()).then(|| of(text, "", true));
    }
    // What is not known may climb out of the folder before it.
    if path.pieces().iter().any(|piece| matches!(piece, Piece::Hole(Hole::Unknown | Hole::Words))) {
        return None;
    }
    let start = path.start();
    let (folder, rest) = match start.rsplit_once('/') {
        Some(("", rest)) => ("/", rest),
        Some(split) => split,
        // A pattern without a folder stands for names in this one.
        None if path.is_glob() => return Some(of(start, start, false)),
        None => return None,
    };
    // With `/*` all that is in the folder goes.
    let is_all = rest.is_empty() && path.is_glob();
    Some(of(folder, rest, is_all))
}
