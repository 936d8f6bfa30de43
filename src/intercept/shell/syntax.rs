//! The tree of a shell text.
//!
//! What the parser gives: commands, and words as typed parts, so that whoever reads a word must say what each kind
//! of part is to him. Bytes that are no UTF-8 are replaced. Nothing here has been expanded.

use std::cell::OnceCell;
use std::rc::Rc;

/// Where a part of the text lies: offsets in bytes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(in crate::intercept) struct Span {
    pub(in crate::intercept) start: usize,
    pub(in crate::intercept) end: usize,
}

/// Commands in order.
#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) entries: Vec<Entry>,
}

impl List {
    /// The command that a list is, where it is one alone in the foreground.
    pub(super) fn only_command(&self) -> Option<&Command> {
        let [entry] = self.entries.as_slice() else { return None };
        let [link] = entry.links.as_slice() else { return None };
        let [command] = link.pipeline.stages.as_slice() else { return None };
        (!entry.is_background).then_some(command)
    }
}

/// Pipelines joined by `&&` and `||`.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) links: Vec<Link>,
    pub(super) is_background: bool,
}

/// One pipeline, and what stands before it.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) connector: Connector,
    pub(super) pipeline: Pipeline,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Connector {
    Start,
    And,
    Or,
}

/// Commands joined by `|` and `|&`.
#[derive(Debug)]
pub(super) struct Pipeline {
    pub(super) stages: Vec<Command>,
}

#[derive(Debug)]
pub(super) struct Command {
    pub(super) kind: Kind,
    pub(super) redirects: Vec<Redirect>,
    pub(super) span: Span,
}

#[derive(Debug)]
pub(super) enum Kind {
    Simple {
        assignments: Vec<Assignment>,
        words: Vec<Word>,
    },
    Group(List),
    Subshell(List),
    If {
        arms: Vec<(List, List)>,
        otherwise: Option<List>,
    },
    Loop {
        condition: List,
        body: List,
    },
    /// `for` and `select`; no words means the positional parameters.
    For {
        name: String,
        words: Option<Vec<Word>>,
        body: List,
        is_select: bool,
    },
    ForArithmetic {
        expressions: Vec<Word>,
        body: List,
    },
    Case {
        subject: Word,
        arms: Vec<Arm>,
    },
    /// `[[ … ]]`, its words and operators in order.
    Condition(Vec<Word>),
    /// `(( … ))`
    Arithmetic(Word),
    Function {
        name: String,
        body: Rc<Command>,
    },
    Coprocess {
        name: String,
        body: Rc<Command>,
    },
}

/// An arm of `case`.
#[derive(Debug)]
pub(super) struct Arm {
    pub(super) patterns: Vec<Word>,
    pub(super) body: List,
    /// `;&` and `;;&`: what follows may run too.
    pub(super) falls_through: bool,
}

#[derive(Debug)]
pub(super) struct Assignment {
    pub(super) name: String,
    pub(super) subscript: Option<Word>,
    pub(super) appends: bool,
    pub(super) value: Assigned,
}

#[derive(Debug)]
pub(super) enum Assigned {
    Scalar(Word),
    Array(Vec<Element>),
}

/// An element of `(…)` behind a name.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) subscript: Option<Word>,
    pub(super) value: Word,
}

#[derive(Debug)]
pub(super) struct Redirect {
    pub(super) descriptor: Descriptor,
    pub(super) operator: Operator,
    pub(super) target: Target,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Descriptor {
    Default,
    Number(u32),
    Variable(String),
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Operator {
    Read,
    Write,
    Append,
    ReadWrite,
    DuplicateIn,
    DuplicateOut,
    /// `&>` and `&>>`
    WriteBoth,
    Document,
    HereString,
}

#[derive(Debug)]
pub(super) enum Target {
    Word(Word),
    /// The body of a here-document; filled where its line ends.
    Document(Rc<OnceCell<Word>>),
}

#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    pub(super) parts: Vec<Part>,
    pub(super) span: Span,
}

#[derive(Clone, Debug)]
pub(super) enum Part {
    /// Unquoted text without a meaning of its own.
    Literal(String),
    /// Quoted text, quotes removed.
    Quoted(String),
    /// What stands in double quotes.
    DoubleQuoted(Vec<Part>),
    Parameter(Box<Parameter>),
    /// `$(…)` and backticks.
    Command(Rc<List>),
    /// `$((…))` and `$[…]`
    Arithmetic(Vec<Part>),
    /// `<(…)` and `>(…)`
    Process {
        is_output: bool,
        list: Rc<List>,
    },
    /// `~` or `~name` at the start of a path.
    Tilde(String),
    /// An unquoted `*`, `?`, `[` or `]`.
    Glob(char),
    /// An unquoted `{`, `,` or `}` that may be of a brace expansion.
    Brace(char),
    /// `@(a|b)` and its kin; the alternatives with their bars.
    Extended {
        operator: char,
        alternatives: Vec<Vec<Part>>,
    },
    /// `(…)` as the value of an argument of `declare` and its kin.
    Array(Rc<Vec<Element>>),
}

#[derive(Clone, Debug)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) prefix: Prefix,
    pub(super) subscript: Option<Vec<Part>>,
    pub(super) operation: Operation,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Prefix {
    None,
    /// `${!name}`
    Indirect,
    /// `${#name}`
    Length,
}

#[derive(Clone, Debug)]
pub(super) enum Operation {
    None,
    /// `-`, `=`, `+` or `?`; with a colon, an empty value counts as none.
    Default {
        operator: char,
        counts_empty: bool,
        word: Vec<Part>,
    },
    /// `#`, `##`, `%`, `%%`
    Strip {
        is_front: bool,
        is_longest: bool,
        pattern: Vec<Part>,
    },
    /// `/`, `//`, `/#`, `/%`
    Replace {
        kind: Replace,
        pattern: Vec<Part>,
        with: Vec<Part>,
    },
    /// `^`, `^^`, `,`, `,,`
    Case {
        operator: char,
        is_all: bool,
        pattern: Vec<Part>,
    },
    /// `:offset:length`
    Slice {
        offset: Vec<Part>,
        length: Option<Vec<Part>>,
    },
    /// `@Q` and its kin.
    Transform(char),
    /// `${!prefix*}` and `${!prefix@}`
    Names,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Replace {
    First,
    All,
    Front,
    Back,
}

impl Word {
    /// The text of a word that is one unquoted literal.
    pub(super) fn bare(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [Part::Literal(text)] => Some(text),
            _ => None,
        }
    }
}
