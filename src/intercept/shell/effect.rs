//! What a text does, as far as it was understood.

use std::collections::HashSet;
use std::path::PathBuf;
use std::rc::Rc;

use super::value::Form;
use crate::contract::{Cause, Unresolved};
use crate::grammar::effects::CommandEffect;

/// The most commands and file effects that are taken of one event.
const MOST_EFFECTS: usize = 10_000;

/// The most unresolved parts that are told one by one; more change no answer.
const MOST_UNRESOLVED: usize = 100;

/// The longest text told of an unresolved part, in bytes.
const LONGEST_SNIPPET: usize = 160;

/// A program that runs.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(in crate::intercept) struct Execute {
    /// Its words.
    pub(in crate::intercept) words: Vec<Form>,
    /// The commands that it runs in turn, which may be refused, and are allowed with it.
    pub(in crate::intercept) runs: Vec<Vec<Form>>,
    /// What it does beyond what its words show.
    pub(in crate::intercept) does: Does,
    /// Where it stands, and what runs it.
    pub(in crate::intercept) origin: Rc<str>,
}

/// What a command does beyond what its words show.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(in crate::intercept) struct Does {
    pub(in crate::intercept) effects: Vec<CommandEffect>,
    /// The hosts that it contacts, as [`crate::intercept::host`] writes them.
    pub(in crate::intercept) hosts: Vec<String>,
}

/// What happens to a file.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(in crate::intercept) enum Access {
    Read,
    Write,
    Update,
    /// Who may use it changes, and not what is in it.
    Rights,
}

/// What of a folder is meant where the path is one.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(in crate::intercept) enum Extent {
    /// The path alone.
    One,
    /// Everything in it.
    Tree,
    /// Everything in it but what is hidden or ignored.
    Visible,
}

/// A file that is read or written.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(in crate::intercept) struct FileUse {
    /// Its path as it is given.
    pub(in crate::intercept) path: Form,
    /// The folder from which it is meant; none if that is not known.
    pub(in crate::intercept) folder: Option<PathBuf>,
    pub(in crate::intercept) access: Access,
    pub(in crate::intercept) extent: Extent,
    /// Whether it lies on another machine or in a container.
    pub(in crate::intercept) is_remote: bool,
    /// The digest of what was read of it, where it is a script.
    pub(in crate::intercept) digest: Option<String>,
    /// Where it is named, and what runs what names it.
    pub(in crate::intercept) origin: Rc<str>,
}

/// A push.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(in crate::intercept) struct Push {
    /// The ref on the other side, as it is named; with a `*` for what is not known.
    pub(in crate::intercept) target: String,
    pub(in crate::intercept) remote: String,
    pub(in crate::intercept) forced: bool,
    pub(in crate::intercept) deletes: bool,
}

/// What is done to a branch of this repository by its name.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(in crate::intercept) struct BranchMove {
    /// The branch; with a `*` for what is not known.
    pub(in crate::intercept) branch: String,
    /// `move_branch` or `delete_branch`.
    pub(in crate::intercept) operation: &'static str,
}

/// Everything that was found.
#[derive(Debug, Default)]
pub(in crate::intercept) struct Effects {
    pub(in crate::intercept) commands: Vec<Execute>,
    pub(in crate::intercept) files: Vec<FileUse>,
    pub(in crate::intercept) pushes: Vec<Push>,
    /// What is done to branches by their names.
    pub(in crate::intercept) branches: Vec<BranchMove>,
    /// Whether git is told to leave its hooks out.
    pub(in crate::intercept) bypasses_hooks: bool,
    pub(in crate::intercept) unresolved: Vec<Unresolved>,
    /// What was taken so far, by all that counts; where it stands does not. Whole values, as what is taken for seen is
    /// not judged: two texts must not be made to look alike.
    seen_commands: HashSet<SeenCommand>,
    seen_files: HashSet<SeenFile>,
    is_full: bool,
    /// Whether what is not known is taken for something that no rule names: what is found can then be refused, and
    /// adds no question.
    assumes: bool,
}

impl Effects {
    /// Sets whether what is not known is taken for something that no rule names; gives what was set before.
    pub(in crate::intercept) fn assume(&mut self, assumes: bool) -> bool {
        std::mem::replace(&mut self.assumes, assumes)
    }

    /// Whether what is not known is taken for something that no rule names.
    pub(in crate::intercept) fn assumes(&self) -> bool {
        self.assumes
    }

    /// Something is not understood.
    pub(in crate::intercept) fn unresolved(&mut self, cause: Cause, text: &str) {
        if self.assumes {
            return;
        }
        let what = Unresolved { cause, text: snippet(text.as_bytes()) };
        if self.unresolved.len() < MOST_UNRESOLVED && !self.unresolved.contains(&what) {
            self.unresolved.push(what);
        }
    }

    /// A bound is reached. It is always told: it is the first of the list.
    pub(in crate::intercept) fn gives_up(&mut self, text: &str) {
        if !self.is_full {
            self.is_full = true;
            self.unresolved.insert(0, Unresolved { cause: Cause::Limit, text: snippet(text.as_bytes()) });
        }
    }

    /// Whether a bound was reached, so that nothing further is looked at.
    pub(in crate::intercept) fn has_given_up(&self) -> bool {
        self.is_full
    }

    pub(in crate::intercept) fn command(&mut self, mut command: Execute) {
        if self.assumes {
            if command.words.first().is_some_and(|name| name.known().is_none()) {
                return;
            }
            command.words = assumed(&command.words);
            command.runs = command.runs.iter().map(|words| assumed(words)).collect();
        }
        if !self.seen_commands.insert(SeenCommand::of(&command)) {
            return;
        }
        if self.commands.len() + self.files.len() < MOST_EFFECTS {
            self.commands.push(command);
        } else {
            self.gives_up("more than 10,000 commands and files");
        }
    }

    /// A command whose place is before those that were found on the way.
    pub(in crate::intercept) fn command_at(&mut self, place: usize, command: Execute) {
        let before = self.commands.len();
        self.command(command);
        if self.commands.len() > before && place < before {
            self.commands.get_mut(place..).unwrap_or_default().rotate_right(1);
        }
    }

    pub(in crate::intercept) fn file(&mut self, file: FileUse) {
        let is_open = file.path.is_unknown() || file.folder.is_none();
        if self.assumes && is_open {
            return;
        }
        if self.commands.len() + self.files.len() >= MOST_EFFECTS {
            self.gives_up("more than 10,000 commands and files");
        } else if self.seen_files.insert(SeenFile::of(&file)) {
            self.files.push(file);
        }
    }

    pub(in crate::intercept) fn branch(&mut self, branch: BranchMove) {
        if self.assumes && branch.branch.contains('*') {
            return;
        }
        if self.branches.len() >= MOST_EFFECTS {
            self.gives_up("more than 10,000 branches");
        } else if !self.branches.contains(&branch) {
            self.branches.push(branch);
        }
    }

    pub(in crate::intercept) fn push(&mut self, push: Push) {
        if self.assumes && push.target.contains('*') {
            return;
        }
        if self.pushes.len() >= MOST_EFFECTS {
            self.gives_up("more than 10,000 pushes");
        } else if !self.pushes.contains(&push) {
            self.pushes.push(push);
        }
    }
}

/// The words with what is not known of them taken for something that no rule names.
pub(super) fn assumed(words: &[Form]) -> Vec<Form> {
    words.iter().map(Form::assumed).collect()
}

/// A command that was taken, by all that counts.
#[derive(Debug, Eq, Hash, PartialEq)]
struct SeenCommand {
    words: Vec<Form>,
    runs: Vec<Vec<Form>>,
    does: Does,
}

impl SeenCommand {
    fn of(command: &Execute) -> Self {
        let Execute { words, runs, does, origin: _ } = command.clone();
        Self { words, runs, does }
    }
}

/// A file that was taken, by all that counts.
#[derive(Debug, Eq, Hash, PartialEq)]
struct SeenFile {
    path: Form,
    folder: Option<PathBuf>,
    access: Access,
    extent: Extent,
    is_remote: bool,
    digest: Option<String>,
}

impl SeenFile {
    fn of(file: &FileUse) -> Self {
        let FileUse { path, folder, access, extent, is_remote, digest, origin: _ } = file.clone();
        Self { path, folder, access, extent, is_remote, digest }
    }
}

/// The beginning of a text, for people.
pub(in crate::intercept) fn snippet(text: &[u8]) -> String {
    match text.get(..LONGEST_SNIPPET) {
        None => String::from_utf8_lossy(text).trim().to_owned(),
        Some(start) => {
            let start = String::from_utf8_lossy(start);
            format!("{}…", start.trim_end_matches('\u{fffd}').trim())
        }
    }
}
