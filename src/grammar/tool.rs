//! What a program does with its words.

use super::options::{Options, Part, Style};
use super::packed::{Many, Text};

/// A program.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    /// The options before its subcommand, or all of its options if it has none.
    pub form: Form,
    pub(super) subcommands: Many<Subcommand>,
    /// Whether the options of `form` are read behind the subcommand as well.
    pub anywhere: bool,
    /// Whether the leading words are subcommands although they are not listed: hundreds of them, of which none
    /// runs anything here (`aws s3 rm`).
    pub open: bool,
}

/// A subcommand.
#[derive(Clone, Copy, Debug)]
pub struct Subcommand {
    pub(super) words: Text,
    pub(super) aliases: Text,
    /// What it reads behind its words.
    pub form: Form,
}

/// What a program, or one of its subcommands, does with what it reads.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    pub(super) style: Style,
    pub(super) flags: Text,
    pub(super) values: Text,
    pub(super) joined: Text,
    pub(super) same: Text,
    pub(super) roles: Many<OptionRole>,
    /// What its operands are.
    pub operands: Operands,
    pub(super) with: Many<OperandsWith>,
}

/// What the operands of a form are, by their place.
#[derive(Clone, Copy, Debug)]
pub struct Operands {
    pub(super) first: Many<Role>,
    /// Those behind the first ones.
    pub rest: Role,
    pub(super) last: Option<Role>,
    pub(super) instead_of_first: Text,
    pub(super) instead_of_last: Text,
}

/// What the value of an option is.
#[derive(Clone, Copy, Debug)]
pub(super) struct OptionRole {
    pub(super) option: Text,
    pub(super) role: Role,
}

/// What the operands are with one of some options.
#[derive(Clone, Copy, Debug)]
pub(super) struct OperandsWith {
    pub(super) options: Text,
    pub(super) operands: Operands,
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
    /// The same, where nothing of it is left (`rm -r`).
    RemoveTree,
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
    /// A setting of ssh, `Key=Value`.
    SshSetting,
    /// How a file system is mounted: words and `name=value`, separated by commas.
    MountOptions,
    /// Where to begin: a line's number, or anything else that a pager takes behind a plus.
    StartAt,
    /// A picture, a sound or a film by its name; with other signs in it than names have, text that leads elsewhere.
    Media,
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
    /// Its subcommands.
    #[must_use]
    pub fn subcommands(&self) -> &'static [Subcommand] {
        self.subcommands.get()
    }

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
        let subcommands = self.subcommands();
        if subcommands.is_empty() && !self.open {
            return found;
        }
        let options = self.form.options();
        let mut path = Vec::with_capacity(3);
        // Those that begin with the first word: a few of hundreds.
        let mut near: Vec<&'static Subcommand> = Vec::new();
        let mut at = 0;
        while path.is_empty() || near.iter().any(|one| one.goes_on(&path)) {
            let own = found.subcommand.map_or(Options::NONE, |one| one.form.options());
            let (parts, operand) = options.read_to_operand(&own, words, at);
            let place = operand.unwrap_or(words.len());
            path.extend(words.get(place));
            if near.is_empty() {
                near.extend(subcommands.iter().filter(|one| one.begins_with(&path)));
            }
            let exact = near.iter().find(|one| one.is(&path)).copied();
            let leads = operand.is_some() && (exact.is_some() || near.iter().any(|one| one.goes_on(&path)));
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
    /// Its words, separated by blanks: `push`, `remote add`; the longest one that the words begin with is meant.
    #[must_use]
    pub fn words(&self) -> &'static str {
        self.words.get()
    }

    /// Other words for it.
    pub fn aliases(&self) -> impl Iterator<Item = &'static str> {
        self.aliases.get().split('|').filter(|alias| !alias.is_empty())
    }

    fn begins_with(&self, path: &[&str]) -> bool {
        path.first().is_some_and(|first| {
            self.has_spelling(|words| {
                words.strip_prefix(first).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            })
        })
    }

    fn is(&self, path: &[&str]) -> bool {
        self.has_spelling(|words| words.split(' ').eq(path.iter().copied()))
    }

    fn goes_on(&self, path: &[&str]) -> bool {
        self.has_spelling(|words| {
            let mut words = words.split(' ');
            path.iter().all(|word| words.next() == Some(word)) && words.next().is_some()
        })
    }

    fn has_spelling(&self, is: impl Fn(&str) -> bool) -> bool {
        is(self.words()) || self.aliases().any(is)
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
        self.subcommand.map_or("", Subcommand::words)
    }

    /// Reads the words from `start` on; the places are those among all words.
    #[must_use]
    pub fn read(&self, words: &[&'w str]) -> Vec<Part<'w>> {
        let more = if self.tool.anywhere { self.tool.form.options() } else { Options::NONE };
        let mut parts = self.form().options().read_with(&more, words.get(self.start..).unwrap_or_default());
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
        let program = if self.tool.anywhere { self.tool.form.role(option) } else { None };
        self.form().role(option).or(program).unwrap_or(Role::Text)
    }

    /// What the value of one of `options` is, which stand before the subcommand.
    #[must_use]
    pub fn role_before(&self, option: &str) -> Role {
        let outer = self.outer.and_then(|outer| outer.form.role(option));
        outer.or_else(|| self.tool.form.role(option)).unwrap_or(Role::Text)
    }
}

impl Form {
    /// How its words are read.
    #[must_use]
    pub fn options(&self) -> Options {
        Options {
            flags: self.flags.get(),
            values: self.values.get(),
            joined: self.joined.get(),
            same: self.same.get(),
            style: self.style,
        }
    }

    /// What the value of an option is, if anything is said of it.
    fn role(&self, option: &str) -> Option<Role> {
        self.roles.get().iter().find(|one| one.option.get() == option).map(|one| one.role)
    }

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
        let other = self.with.get().iter().find(|one| given(one.options.get()));
        let operands = other.map_or(&self.operands, |one| &one.operands);
        let first = if given(operands.instead_of_first.get()) { &[] } else { operands.first() };
        let last = operands.last.filter(|_| !given(operands.instead_of_last.get()));
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

impl Operands {
    /// What the first ones are, one by one.
    #[must_use]
    pub fn first(&self) -> &'static [Role] {
        self.first.get()
    }
}
