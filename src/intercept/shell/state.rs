//! What a shell knows while it runs: variables, functions, aliases, operands, folders, its input.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;
use std::rc::Rc;

use super::history::History;
use super::syntax::{Command, List};
use super::value::{Form, Hole, Value};

/// A shell at one moment. Copies are cheap: the tables are shared until one of them changes.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// Everything that the text ever sets.
    pub(super) history: Rc<RefCell<History>>,
    /// Whether a name may be anything that it is ever set to.
    pub(super) is_second: bool,
    /// Whether the next text is the one that a shell of its own was started with: its lines are in order.
    pub(super) begins_shell: bool,
    /// Whether some name may be an alias or not.
    pub(super) aliases_vary: bool,
    /// Whether functions are handed on to shells that this one starts.
    pub(super) exports_functions: bool,
    /// Whether what stands behind may not run: there was a `return` or the like.
    pub(super) may_have_left: bool,
    pub(super) variables: Rc<HashMap<String, Variable>>,
    pub(super) functions: Rc<HashMap<String, Function>>,
    pub(super) aliases: Rc<HashMap<String, String>>,
    pub(super) expands_aliases: bool,
    pub(super) is_extended: bool,
    pub(super) dialect: Dialect,
    /// Whether patterns of file names may stand for other names than usual.
    pub(super) globs_otherwise: bool,
    /// `$0`
    pub(super) name: Value,
    /// `$1` and on.
    pub(super) operands: Rc<Vec<Value>>,
    /// Whether there may be others than these.
    pub(super) has_more_operands: bool,
    pub(super) folders: Folders,
    pub(super) stack: Vec<Folders>,
    pub(super) input: Input,
    /// What descriptors from 3 on lead to.
    pub(super) descriptors: Rc<HashMap<u32, Channel>>,
    /// Where output goes.
    pub(super) output: Channel,
    /// Whether commands happen elsewhere, so that the files they name are not those here.
    pub(super) is_remote: bool,
}

/// The shell whose reading of a text counts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::intercept) enum Dialect {
    Bash,
    /// `sh`, which may be dash: much of what bash reads as grammar is commands there.
    Posix,
    Zsh,
}

impl Dialect {
    /// The dialect of the shell with this base name.
    pub(in crate::intercept) fn of(name: &str) -> Self {
        match name {
            "sh" | "dash" | "ash" | "posh" | "yash" => Self::Posix,
            "zsh" => Self::Zsh,
            _ => Self::Bash,
        }
    }
}

/// A variable.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Variable {
    pub(super) value: Contents,
    /// Whether it may also be what it was before the text.
    pub(super) may_be_unset: bool,
    pub(super) is_integer: bool,
    pub(super) is_reference: bool,
    /// Whether its letters are made small (`l`) or large (`u`) when it is set.
    pub(super) case: Option<char>,
    /// Whether programs that are started get it.
    pub(super) is_exported: bool,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Contents {
    Scalar(Value),
    /// Elements by key, in order.
    Array(Vec<(String, Value)>),
    /// An array of which not all elements are known; some that may be among them.
    Some(Vec<Value>),
}

impl Variable {
    pub(super) fn scalar(value: Value) -> Self {
        Self {
            value: Contents::Scalar(value),
            may_be_unset: false,
            is_integer: false,
            is_reference: false,
            case: None,
            is_exported: false,
        }
    }

    pub(super) fn array(value: Contents) -> Self {
        Self {
            value,
            may_be_unset: false,
            is_integer: false,
            is_reference: false,
            case: None,
            is_exported: false,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Function {
    pub(super) body: Rc<Command>,
    /// Whether the name may still mean what it meant before.
    pub(super) may_be_unset: bool,
}

/// The folders of which one is the working directory.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Folders {
    pub(super) known: Vec<PathBuf>,
    /// Whether it may be another.
    pub(super) is_open: bool,
}

/// The most folders that are told apart.
const MOST_FOLDERS: usize = 8;

/// The longest path of a folder, in bytes (`PATH_MAX` of Linux); a longer one is not known.
const LONGEST_FOLDER: usize = 4_096;

impl Folders {
    pub(super) fn of(folder: PathBuf) -> Self {
        Self { known: vec![folder], is_open: false }
    }

    pub(super) fn unknown() -> Self {
        Self { known: Vec::new(), is_open: true }
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.is_open |= other.is_open;
        for folder in &other.known {
            // By their bytes: part by part would be slow, and finds no more, as all of them are clean.
            if self.known.iter().any(|known| known.as_os_str() == folder.as_os_str()) {
                continue;
            }
            if self.known.len() < MOST_FOLDERS && folder.as_os_str().len() <= LONGEST_FOLDER {
                self.known.push(folder.clone());
            } else {
                self.is_open = true;
            }
        }
    }
}

/// What a command reads from.
#[derive(Clone, Debug)]
pub(super) enum Input {
    /// What the shell itself got.
    Inherited,
    /// Nothing.
    Empty,
    /// A text; where it is not known, what is not known.
    Text(Value),
    /// The same of which some lines may have been read already.
    Rest(Value),
    /// A file, of which the name is known.
    File(Value),
}

impl Input {
    /// The same once a command has run that may have read some of it.
    pub(super) fn begun(&self) -> Self {
        match self {
            Self::Text(value) if value.forms().iter().any(has_lines) => Self::Rest(value.clone()),
            Self::Inherited | Self::Empty | Self::Text(_) | Self::Rest(_) | Self::File(_) => self.clone(),
        }
    }

    /// The same once somebody has read of `read`, where that is the same input.
    pub(super) fn shared(&mut self, read: &Self) {
        if let (Self::Text(mine), Self::Rest(theirs)) = (&*self, read)
            && mine == theirs
        {
            *self = read.clone();
        }
    }

    /// What is read where it may be from either.
    fn joined(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Inherited, Self::Inherited) | (Self::Empty, Self::Empty) => self.clone(),
            (Self::Text(mine), Self::Text(theirs)) => Self::Text(mine.joined(theirs)),
            (Self::Text(mine) | Self::Rest(mine), Self::Text(theirs) | Self::Rest(theirs)) => {
                Self::Rest(mine.joined(theirs))
            }
            (Self::File(mine), Self::File(theirs)) if mine == theirs => self.clone(),
            (Self::Text(text) | Self::Rest(text), _) | (_, Self::Text(text) | Self::Rest(text)) => {
                Self::Rest(text.joined(&Value::unknown()))
            }
            (Self::Inherited | Self::Empty | Self::File(_), _) => Self::Text(Value::unknown()),
        }
    }
}

/// Whether there is something behind a line of it.
fn has_lines(form: &Form) -> bool {
    form.known().is_none_or(|text| text.trim_end_matches('\n').contains('\n'))
}

/// Where what is written goes.
#[derive(Clone, Debug)]
pub(super) enum Channel {
    /// Where the shell's own output goes, a file, or the next command.
    Plain,
    /// The output of the shell itself is closed or goes elsewhere: nobody here reads it.
    Elsewhere,
    /// A command that reads it.
    Command(Rc<Command>),
    /// Commands that read it.
    List(Rc<List>),
}

/// What a shell reads from and writes to.
#[derive(Debug)]
pub(super) struct Channels {
    input: Input,
    output: Channel,
    descriptors: Rc<HashMap<u32, Channel>>,
}

impl State {
    pub(super) fn new(folder: PathBuf) -> Self {
        let folders = if folder.is_absolute() { Folders::of(folder) } else { Folders::unknown() };
        Self {
            history: Rc::default(),
            is_second: false,
            begins_shell: false,
            aliases_vary: false,
            exports_functions: false,
            may_have_left: false,
            variables: Rc::default(),
            functions: Rc::default(),
            aliases: Rc::default(),
            expands_aliases: false,
            is_extended: false,
            dialect: Dialect::Bash,
            globs_otherwise: false,
            name: Value::unknown(),
            operands: Rc::default(),
            has_more_operands: false,
            folders,
            stack: Vec::new(),
            input: Input::Inherited,
            descriptors: Rc::default(),
            output: Channel::Plain,
            is_remote: false,
        }
    }

    /// Where it reads from and writes to.
    pub(super) fn channels(&self) -> Channels {
        Channels {
            input: self.input.clone(),
            output: self.output.clone(),
            descriptors: Rc::clone(&self.descriptors),
        }
    }

    /// A command with channels of its own is over; what it read of the ones before is gone.
    pub(super) fn restore(&mut self, channels: Channels) {
        let Channels { mut input, output, descriptors } = channels;
        input.shared(&self.input);
        (self.input, self.output, self.descriptors) = (input, output, descriptors);
    }

    pub(super) fn variable(&self, name: &str) -> Option<&Variable> {
        let mut variable = self.variables.get(name)?;
        // A reference leads to another name; a few steps are enough for any real one.
        for _ in 0..4 {
            if !variable.is_reference {
                break;
            }
            let Contents::Scalar(value) = &variable.value else { break };
            variable = self.variables.get(value.known()?)?;
        }
        Some(variable)
    }

    /// The separators at which expansions are split; none where they are not known.
    pub(super) fn separators(&self) -> Option<String> {
        let usual = Some(" \t\n".to_owned());
        let held = match self.variable("IFS") {
            None => usual,
            Some(variable) => match &variable.value {
                Contents::Scalar(value) if !variable.may_be_unset => value.known().map(str::to_owned),
                Contents::Scalar(_) | Contents::Array(_) | Contents::Some(_) => None,
            },
        };
        let may_differ = self.is_second
            && self.history.borrow().values("IFS").iter().any(|form| form.known() != held.as_deref());
        held.filter(|_| !may_differ)
    }

    /// What a shell that this one starts begins with.
    pub(super) fn child(&self) -> Self {
        let mut child = self.clone();
        child.aliases = Rc::default();
        child.expands_aliases = false;
        child.may_have_left = false;
        if !self.exports_functions {
            child.functions = Rc::default();
        }
        let exported = self.variables.iter().filter(|(_, variable)| variable.is_exported);
        child.variables =
            Rc::new(exported.map(|(name, variable)| (name.clone(), variable.clone())).collect());
        child
    }

    /// What is exported may be taken away.
    pub(super) fn forget_exports(&mut self) {
        for variable in Rc::make_mut(&mut self.variables).values_mut() {
            variable.may_be_unset = true;
        }
    }

    /// Sets `$1` and on.
    pub(super) fn set_operands(&mut self, values: Vec<Value>, has_more: bool) {
        self.history.borrow_mut().operands(&values);
        self.operands = Rc::new(values);
        self.has_more_operands = has_more;
    }

    pub(super) fn set(&mut self, name: &str, variable: Variable) {
        let name = match self.variables.get(name) {
            Some(Variable { is_reference: true, value: Contents::Scalar(value), .. }) => {
                value.known().unwrap_or(name).to_owned()
            }
            _ => name.to_owned(),
        };
        let variables = Rc::make_mut(&mut self.variables);
        let value = match (variables.remove(&name), variable.value) {
            (Some(Variable { value: mut held, .. }), Contents::Scalar(value)) => {
                held.set_first(value);
                held
            }
            (_, value) => value,
        };
        self.history.borrow_mut().variable(&name, &value);
        variables.insert(name, Variable { value, ..variable });
    }

    /// A name that may be an alias or not may mean either.
    pub(super) fn joins_aliases(&mut self, others: &HashMap<String, String>) {
        let mine = Rc::make_mut(&mut self.aliases);
        for (name, text) in others {
            mine.entry(name.clone()).or_insert_with(|| text.clone());
        }
        self.aliases_vary = true;
    }

    /// What this shell may be if it is one of two.
    pub(super) fn join(&mut self, other: &Self) {
        if !Rc::ptr_eq(&self.variables, &other.variables) {
            let mine = Rc::make_mut(&mut self.variables);
            for (name, theirs) in other.variables.iter() {
                match mine.get_mut(name) {
                    Some(variable) => variable.joins(theirs),
                    None => {
                        mine.insert(name.clone(), Variable { may_be_unset: true, ..theirs.clone() });
                    }
                }
            }
            for (name, variable) in mine.iter_mut() {
                variable.may_be_unset |= !other.variables.contains_key(name);
            }
        }
        if !Rc::ptr_eq(&self.functions, &other.functions) {
            let mine = Rc::make_mut(&mut self.functions);
            for (name, theirs) in other.functions.iter() {
                match mine.get_mut(name) {
                    Some(function) if Rc::ptr_eq(&function.body, &theirs.body) => {}
                    Some(function) => *function = Function { may_be_unset: true, ..theirs.clone() },
                    None => {
                        mine.insert(name.clone(), Function { may_be_unset: true, ..theirs.clone() });
                    }
                }
            }
            for (name, function) in mine.iter_mut() {
                function.may_be_unset |= !other.functions.contains_key(name);
            }
        }
        if !Rc::ptr_eq(&self.aliases, &other.aliases) {
            self.joins_aliases(&other.aliases);
        }
        if self.operands != other.operands {
            self.has_more_operands = true;
        }
        self.aliases_vary |= self.expands_aliases != other.expands_aliases;
        self.expands_aliases |= other.expands_aliases;
        self.input = self.input.joined(&other.input);
        self.is_extended |= other.is_extended;
        self.globs_otherwise |= other.globs_otherwise;
        self.aliases_vary |= other.aliases_vary;
        self.exports_functions |= other.exports_functions;
        self.may_have_left |= other.may_have_left;
        self.stack.extend(other.stack.iter().filter(|_| self.stack.is_empty()).cloned().collect::<Vec<_>>());
        if matches!(self.output, Channel::Plain) {
            self.output = other.output.clone();
        }
        if !Rc::ptr_eq(&self.descriptors, &other.descriptors) {
            let mine = Rc::make_mut(&mut self.descriptors);
            for (number, channel) in other.descriptors.iter() {
                let is_read = matches!(channel, Channel::Command(_) | Channel::List(_));
                if is_read || !mine.contains_key(number) {
                    mine.insert(*number, channel.clone());
                }
            }
        }
        self.folders.join(&other.folders);
    }
}

impl Variable {
    /// What this variable may be if it may be another as well.
    pub(super) fn joins(&mut self, other: &Self) {
        self.may_be_unset |= other.may_be_unset;
        self.is_integer |= other.is_integer;
        if self.value == other.value {
            return;
        }
        self.value = match (&self.value, &other.value) {
            (Contents::Scalar(mine), Contents::Scalar(theirs)) => Contents::Scalar(mine.joined(theirs)),
            (mine, theirs) => {
                Contents::Some(mine.values().into_iter().chain(theirs.values()).take(MOST_ELEMENTS).collect())
            }
        };
    }
}

/// The most elements of an array that are kept apart.
pub(super) const MOST_ELEMENTS: usize = 1_000;

impl Contents {
    /// All that its elements may be, in no order.
    pub(super) fn forms(&self) -> impl Iterator<Item = &Form> {
        let (one, array, some) = match self {
            Self::Scalar(value) => (Some(value), [].as_slice(), [].as_slice()),
            Self::Array(elements) => (None, elements.as_slice(), [].as_slice()),
            Self::Some(values) => (None, [].as_slice(), values.as_slice()),
        };
        one.into_iter().chain(array.iter().map(|(_, value)| value)).chain(some).flat_map(Value::forms)
    }

    /// Sets a name that holds this to a single value: that is the first element of an array, and the others stay.
    pub(super) fn set_first(&mut self, value: Value) {
        match self {
            Self::Scalar(own) => *own = value,
            Self::Array(elements) => match elements.iter_mut().find(|(key, _)| key == "0") {
                Some((_, first)) => *first = value,
                None => elements.push(("0".to_owned(), value)),
            },
            Self::Some(values) => {
                values.truncate(MOST_ELEMENTS - 1);
                values.push(value);
            }
        }
    }

    /// The values of all elements.
    pub(super) fn values(&self) -> Vec<Value> {
        match self {
            Self::Scalar(value) => vec![value.clone()],
            Self::Array(elements) => {
                // By index, in whatever order they were set.
                let mut sorted: Vec<&(String, Value)> = elements.iter().collect();
                sorted.sort_by_key(|(key, _)| key.parse::<u64>().unwrap_or(u64::MAX));
                sorted.into_iter().map(|(_, value)| value.clone()).collect()
            }
            Self::Some(values) => values.clone(),
        }
    }

    /// The element with this key.
    pub(super) fn element(&self, key: Option<&str>) -> Option<Value> {
        match (self, key) {
            (Self::Scalar(value), Some("0")) => Some(value.clone()),
            (Self::Array(elements), Some(key)) => {
                // A negative index counts from the end.
                let from_end = key.strip_prefix('-').and_then(|back| back.parse::<usize>().ok());
                if from_end.is_some() {
                    return self.element(None);
                }
                let named = elements.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
                // A key that is no number may be an expression.
                if named.is_none() && key.parse::<u64>().is_err() { self.element(None) } else { named }
            }
            (Self::Scalar(_), Some(_)) => None,
            (_, None) | (Self::Some(_), Some(_)) => {
                let forms = self.values().into_iter().flat_map(|value| value.forms().to_vec());
                Some(Value::of(forms.chain([Form::hole(Hole::Unknown)])))
            }
        }
    }
}
