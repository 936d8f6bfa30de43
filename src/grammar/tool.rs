//! What a program does with its words.

use super::options::Options;

/// A program.
#[derive(Debug)]
pub struct Tool {
    /// The base names that it goes by.
    pub names: &'static [&'static str],
    /// The options before its subcommand, or all of its options if it has none.
    pub form: Form,
    /// Its subcommands.
    pub subcommands: &'static [Subcommand],
}

/// A subcommand.
#[derive(Debug)]
pub struct Subcommand {
    /// Its words, separated by blanks: `push`, `remote add`; the longest one that the words begin with is meant.
    pub words: &'static str,
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
    /// A program with its operands in one word, split at blanks and run without a shell.
    SplitCommand,
    /// The name of a program that is run, without operands or with some of the program's own.
    Program,
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
    Awk,
    Sed,
    Python,
    Perl,
    Ruby,
    Node,
    Php,
    Lua,
    Tcl,
    R,
    AppleScript,
    Make,
    Jq,
    Ed,
    Vim,
    Dc,
    Sql,
    Gdb,
    M4,
    Other,
}
