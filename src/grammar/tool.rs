//! What a program does with its words.

mod make;

use super::options::{Options, Part};

/// A program.
#[derive(Debug)]
pub struct Tool {
    /// The base names that it goes by.
    pub names: &'static [&'static str],
    /// The options before its subcommand, or all of its options if it has none.
    pub form: Form,
    /// Its subcommands.
    pub subcommands: &'static [Subcommand],
    /// Whether the options of `form` are read behind the subcommand as well.
    pub anywhere: bool,
    /// Whether the leading words are subcommands although they are not listed: hundreds of them, of which none
    /// runs anything here (`aws s3 rm`).
    pub open: bool,
}

/// A subcommand.
#[derive(Debug)]
pub struct Subcommand {
    /// Its words, separated by blanks: `push`, `remote add`; the longest one that the words begin with is meant.
    pub words: &'static str,
    /// Other words for it, separated by bars: `container run`, `i|in|ins`.
    pub aliases: &'static str,
    /// What it reads behind them.
    pub form: Form,
}

/// What a program, or one of its subcommands, does with what it reads.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// How its words are read.
    pub options: Options,
    /// What the values of some options are.
    pub roles: &'static [(&'static str, Role)],
    /// What its operands are.
    pub operands: Operands,
    /// With one of these options, its operands are something else; the first that is given counts.
    pub with: &'static [(&'static str, Operands)],
}

/// What the operands of a form are, by their place.
#[derive(Clone, Copy, Debug)]
pub struct Operands {
    /// The first ones, one by one.
    pub first: &'static [Role],
    /// The others.
    pub rest: Role,
    /// The last one, where it differs and is not the only one.
    pub last: Option<Role>,
    /// Options that stand for the first operands: with one of them, `first` does not count (`grep -e PATTERN FILE`).
    pub instead_of_first: &'static str,
    /// Options that stand for the last operand (`cp -t FOLDER FILE`).
    pub instead_of_last: &'static str,
}

/// What a word is to a program.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Role {
    /// Text, a name, a number: nothing that is opened or run.
    Text,
    /// A file that is read.
    Read,
    /// A file that is written, made, changed or removed, or whose rights change.
    Write,
    /// A file that is read and written.
    Update,
    /// A file that is written; or, behind `|` or `!`, text that a shell runs (`strace -o`).
    WriteOrPipe,
    /// A file, or a folder with all that is in it, that is read.
    ReadTree,
    /// The same, where hidden files and ignored files are left out as ripgrep does.
    ReadVisibleTree,
    /// A file, or a folder with all that is in it, that is changed or removed.
    WriteTree,
    /// Read with all that is in it, and removed from where it was (the sources of `mv`).
    MoveTree,
    /// Where copies are put: the file itself, or a folder in which they keep their base names.
    Put,
    /// A new name that leads to the other operands (`ln`): both are as good as the same file from then on.
    Link,
    /// A file whose text says which other files are meant (`tar -T`, `xargs -a`, `rsync --files-from`).
    List,
    /// `NAME=FILE`, `@FILE`, `FILE:PLACE` and the like: a file is named somewhere in the word.
    ReadInside,
    /// `@FILE` reads that file, anything else is text (`curl -d`).
    ReadIfAt,
    /// `NAME=@FILE`, `NAME=<FILE` read that file, anything else is text (`curl -F`).
    ReadIfForm,
    /// `host:path` is elsewhere, a path without a host is a file here that is read with all that is in it.
    CopyFrom,
    /// The same for where it is put.
    CopyTo,
    /// A command begins here, and goes on to the end.
    Command,
    /// `NAME=VALUE` words, then a command.
    AssignmentsThenCommand,
    /// The same, run on another machine or in a container: files that it names are not here.
    RemoteCommand,
    /// This word and all behind it are joined by blanks, and a shell runs that.
    JoinedShell,
    /// The same on another machine.
    RemoteJoinedShell,
    /// Text that a shell runs.
    Shell,
    /// A command; or `-c`, `--command` and text that a shell runs (`flock FILE -c TEXT`).
    CommandOrDashC,
    /// A program with its operands in one word, split at blanks and run without a shell.
    SplitCommand,
    /// The name of a program that is run, without operands or with some of the program's own.
    Program,
    /// The name of a program in a container or on another machine, which runs with the command's operands
    /// (`docker run --entrypoint`).
    RemoteProgram,
    /// A file that a shell runs.
    ShellFile,
    /// A program's text in this language.
    Code(Language),
    /// A file with a program in this language, and from here on its operands.
    CodeFile(Language),
    /// A setting, or a file of them, by which something that is not seen may run.
    Opaque,
    /// The folder in which it works.
    Folder,
    /// `NAME=VALUE` that goes into the environment of what runs.
    Assignment,
    /// A host or a URL.
    Remote,
}

/// Languages of code other than a shell's.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Language {
    /// awk, and its kin.
    Awk,
    /// sed.
    Sed,
    /// Python.
    Python,
    /// Perl.
    Perl,
    /// Ruby.
    Ruby,
    /// JavaScript or TypeScript, outside a browser.
    Node,
    /// PHP.
    Php,
    /// Lua.
    Lua,
    /// Tcl.
    Tcl,
    /// R.
    R,
    /// AppleScript.
    AppleScript,
    /// make's.
    Make,
    /// jq.
    Jq,
    /// ed's.
    Ed,
    /// vim's, and ex's.
    Vim,
    /// dc's and bc's.
    Dc,
    /// SQL, with the commands of the program that reads it.
    Sql,
    /// The debuggers'.
    Gdb,
    /// m4.
    M4,
    /// Any other.
    Other,
}

impl Tool {
    /// Finds the subcommand that the words (those behind the program's name) are for: the longest that is listed,
    /// where options may stand before it and between its words.
    #[must_use]
    pub fn find<'w>(&'static self, words: &[&'w str]) -> Found<'w> {
        let mut found = Found {
            tool: self,
            subcommand: None,
            outer: None,
            options: Vec::new(),
            first: None,
            start: 0,
            hidden: false,
        };
        if self.subcommands.is_empty() && !self.open {
            return found;
        }
        let mut path = Vec::with_capacity(3);
        let mut at = 0;
        while path.is_empty() || self.subcommands.iter().any(|one| one.goes_on(&path)) {
            let own = found.subcommand.map_or(&Options::NONE, |one| &one.form.options);
            let (parts, operand) = self.form.options.read_to_operand(own, words, at);
            let place = operand.unwrap_or(words.len());
            path.extend(words.get(place));
            let exact = self.subcommands.iter().find(|one| one.is(&path));
            let leads = operand.is_some()
                && (exact.is_some() || self.subcommands.iter().any(|one| one.goes_on(&path)));
            if !leads && found.first.is_some() {
                break;
            }
            found.hidden |= parts.iter().any(|part| matches!(part, Part::Unknown { .. }));
            found.options.extend(parts);
            if found.first.is_none() {
                found.first = operand;
                found.start = place;
            }
            if exact.is_some() {
                found.outer = found.subcommand;
                found.subcommand = exact;
                found.start = place + 1;
            }
            if !leads {
                break;
            }
            at = place + 1;
        }
        if found.subcommand.is_none() && !self.open {
            // The options before an operand that is no subcommand are the program's own (`yq -i EXPRESSION FILE`).
            found.options.clear();
            found.start = 0;
        }
        found
    }
}

impl Subcommand {
    fn is(&self, path: &[&str]) -> bool {
        self.has_spelling(path, |words| words.split(' ').eq(path.iter().copied()))
    }

    fn goes_on(&self, path: &[&str]) -> bool {
        self.has_spelling(path, |words| {
            let mut words = words.split(' ');
            path.iter().all(|word| words.next() == Some(word)) && words.next().is_some()
        })
    }

    /// Looks closer at those spellings alone that begin with the first word: most of them do not.
    fn has_spelling(&self, path: &[&str], is: impl Fn(&str) -> bool) -> bool {
        path.first().is_some_and(|first| {
            let near = |words: &str| words.starts_with(first) && is(words);
            near(self.words) || !self.aliases.is_empty() && self.aliases.split('|').any(near)
        })
    }
}

/// What the words of a program are for.
#[derive(Clone, Debug)]
pub struct Found<'w> {
    /// The program.
    pub tool: &'static Tool,
    /// The subcommand, if it is listed.
    pub subcommand: Option<&'static Subcommand>,
    /// A shorter subcommand that is listed too, and whose options stand between the words (`compose` of
    /// `docker compose -f FILE up`).
    pub outer: Option<&'static Subcommand>,
    /// The program's options before the subcommand, and those between its words.
    pub options: Vec<Part<'w>>,
    /// The place of the subcommand's first word, listed or not; none where the program has no subcommands.
    pub first: Option<usize>,
    /// Where the words begin that the subcommand reads. If it is not listed, all words are read as the program's;
    /// with [`Tool::open`], those from the subcommand's own on.
    pub start: usize,
    /// An option that is not listed stands before the subcommand: if that has a value, the subcommand is another.
    pub hidden: bool,
}

impl<'w> Found<'w> {
    /// The form that the words from `start` on have.
    #[must_use]
    pub fn form(&self) -> &'static Form {
        self.subcommand.map_or(&self.tool.form, |subcommand| &subcommand.form)
    }

    /// The subcommand's words without the options that stand between them; none if it is not listed.
    #[must_use]
    pub fn words(&self) -> &'static str {
        self.subcommand.map_or("", |subcommand| subcommand.words)
    }

    /// Reads the words from `start` on; the places are those among all words.
    #[must_use]
    pub fn read(&self, words: &[&'w str]) -> Vec<Part<'w>> {
        let more = if self.tool.anywhere { &self.tool.form.options } else { &Options::NONE };
        let mut parts = self.form().options.read_with(more, words.get(self.start..).unwrap_or_default());
        for part in &mut parts {
            match part {
                Part::Option { word, at, .. } => {
                    *word += self.start;
                    *at += self.start;
                }
                Part::Operand { word } | Part::Unknown { word } => *word += self.start,
            }
        }
        parts
    }

    /// What the value of an option is that stands behind the subcommand.
    #[must_use]
    pub fn role(&self, option: &str) -> Role {
        let program: &[(&str, Role)] = if self.tool.anywhere { self.tool.form.roles } else { &[] };
        role_in(self.form().roles, program, option)
    }

    /// What the value of one of `options` is, which stand before the subcommand.
    #[must_use]
    pub fn role_before(&self, option: &str) -> Role {
        role_in(self.outer.map_or(&[], |outer| outer.form.roles), self.tool.form.roles, option)
    }
}

fn role_in(first: &[(&str, Role)], second: &[(&str, Role)], option: &str) -> Role {
    let mut roles = first.iter().chain(second);
    roles.find(|(name, _)| *name == option).map_or(Role::Text, |(_, role)| *role)
}

impl Form {
    /// What each operand is, with its place. From a role on that goes on to the end ([`Role::Command`] and its
    /// kin, [`Role::JoinedShell`]), what the operands behind it are does not count.
    #[must_use]
    pub fn roles_of(&self, parts: &[Part<'_>]) -> Vec<(usize, Role)> {
        let given = |list: &str| {
            parts.iter().any(|part| match part {
                Part::Option { name, .. } => list.split(' ').any(|listed| listed == *name),
                Part::Operand { .. } | Part::Unknown { .. } => false,
            })
        };
        let other = self.with.iter().find(|(list, _)| given(list));
        let operands = other.map_or(&self.operands, |(_, operands)| operands);
        let first = if given(operands.instead_of_first) { &[] } else { operands.first };
        let last = operands.last.filter(|_| !given(operands.instead_of_last));
        let count = parts.iter().filter(|part| matches!(part, Part::Operand { .. })).count();
        let words = parts.iter().filter_map(|part| match part {
            Part::Operand { word } => Some(*word),
            Part::Option { .. } | Part::Unknown { .. } => None,
        });
        words
            .enumerate()
            .map(|(place, word)| match last {
                Some(last) if place > 0 && place + 1 == count => (word, last),
                Some(_) | None => (word, first.get(place).copied().unwrap_or(operands.rest)),
            })
            .collect()
    }
}
