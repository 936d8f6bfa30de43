//! Everything that a text ever sets: whatever the order in which it really runs, nothing else can be set.
//!
//! Following the order of commands is right as long as nothing unforeseen happens: a command that fails, a trap that
//! fires later, a loop that goes round once more, a function that calls itself, an error that ends a line in its
//! middle. So a text that sets something twice is gone through again, and then a variable may be anything that its line
//! sets it to, besides what it was before the line; a function or an alias, anything that the text ever makes it.
//!
//! A line is what the shell reads before it runs it, with all that this runs in turn. What lies between two lines is in
//! order, for whatever happens in one, the next begins when it is over. Only a trap may run in any of them, and other
//! shells than bash may end otherwise; then a variable may be anything that the whole text sets it to.

use std::collections::HashMap;
use std::rc::Rc;

use super::state::{Contents, Function};
use super::value::{Form, Hole, Value};

/// The most values that are kept for one name.
const MOST_VALUES: usize = 64;

/// What a text has set so far.
#[derive(Debug, Default)]
pub(super) struct History {
    /// What each line sets names to; all lines are one where their order says nothing.
    lines: Vec<HashMap<String, Vec<Form>>>,
    /// The line at hand.
    line: usize,
    /// What names were last set to, and whether all of that was plain assignments on lines of their own.
    last: HashMap<String, (Vec<Form>, bool)>,
    /// Whether the line at hand is such an assignment.
    pub(super) is_plain: bool,
    /// Whether lines may run in any order.
    pub(super) is_unordered: bool,
    /// Whether some name may refuse to be set, which ends a line: `readonly`, or a number that is none.
    pub(super) may_refuse: bool,
    functions: HashMap<String, Vec<Function>>,
    aliases: HashMap<String, Vec<String>>,
    operands: Vec<Form>,
    /// How often `$1` and on were set or shifted.
    operand_changes: usize,
    /// Whether some name was set to different things.
    pub(super) is_varied: bool,
    /// Whether names lead to other names.
    pub(super) has_references: bool,
    /// Whether letters of values change their case when they are set.
    pub(super) changes_case: bool,
}

impl History {
    /// What a shell that this one starts begins with: the functions that it may be handed.
    pub(super) fn of_child(&self, is_unordered: bool) -> Self {
        Self { functions: self.functions.clone(), is_unordered, ..Self::default() }
    }

    /// A line begins; `is_plain`: it is one assignment, or one change of names, which cannot fail halfway.
    pub(super) fn begin(&mut self, line: usize, is_plain: bool) {
        self.line = line;
        self.is_plain = is_plain && !self.may_refuse;
    }

    /// Whatever is set may count anywhere in the text.
    pub(super) fn has_no_order(&mut self) {
        self.is_unordered = true;
        self.is_varied = true;
    }

    pub(super) fn variable(&mut self, name: &str, contents: &Contents) {
        if self.lines.len() <= self.line {
            self.lines.resize_with(self.line + 1, HashMap::new);
        }
        let Some(line) = self.lines.get_mut(self.line) else { return };
        if !line.contains_key(name) {
            line.insert(name.to_owned(), Vec::new());
        }
        let Some(values) = line.get_mut(name) else { return };
        for form in contents.forms() {
            if values.len() >= MOST_VALUES {
                break;
            }
            if !values.contains(form) {
                values.push(form.clone());
            }
        }
        match self.last.get_mut(name) {
            Some((last, was_plain)) => {
                self.is_varied |= last != values && !(self.is_plain && *was_plain && values.len() == 1);
                last.clone_from(values);
                *was_plain &= self.is_plain;
            }
            None => {
                self.is_varied |= values.len() > 1;
                self.last.insert(name.to_owned(), (values.clone(), self.is_plain));
            }
        }
    }

    /// The names that the line at hand sets, with all that it sets them to; none where lines have no order.
    pub(super) fn of_line(&self) -> Vec<(String, Vec<Form>)> {
        if self.is_unordered {
            return Vec::new();
        }
        let names = self.lines.get(self.line).into_iter().flatten();
        names.map(|(name, values)| (name.clone(), values.clone())).collect()
    }

    pub(super) fn function(&mut self, name: &str, function: &Function) {
        let functions = self.functions.entry(name.to_owned()).or_default();
        if functions.len() < MOST_VALUES
            && !functions.iter().any(|known| Rc::ptr_eq(&known.body, &function.body))
        {
            self.is_varied |= !functions.is_empty();
            functions.push(function.clone());
        }
    }

    /// Something is changed that a line which ends early leaves as it was before.
    pub(super) fn changes(&mut self) {
        self.is_varied |= !self.is_plain;
    }

    pub(super) fn alias(&mut self, name: &str, text: &str) {
        self.changes();
        let texts = self.aliases.entry(name.to_owned()).or_default();
        if texts.len() < MOST_VALUES && !texts.iter().any(|known| known == text) {
            self.is_varied |= !texts.is_empty();
            texts.push(text.to_owned());
        }
    }

    /// `set --` and `shift`.
    pub(super) fn operands(&mut self, values: &[Value]) {
        self.operand_changes += 1;
        self.is_varied |= self.operand_changes > 1;
        for form in values.iter().flat_map(Value::forms) {
            if self.operands.len() < MOST_VALUES && !self.operands.contains(form) {
                self.operands.push(form.clone());
            }
        }
    }

    /// `shift`: in a loop it leaves something else each time.
    pub(super) fn shifted(&mut self, values: &[Value]) {
        self.operand_changes += 1;
        self.operands(values);
    }

    /// Everything that a name may be set to behind the back of the line at hand.
    pub(super) fn values(&self, name: &str) -> Vec<Form> {
        let lines: &[HashMap<String, Vec<Form>>] = if self.is_unordered {
            &self.lines
        } else {
            self.lines.get(self.line..).and_then(|lines| lines.get(..1)).unwrap_or_default()
        };
        let mut forms: Vec<Form> = Vec::new();
        for line in lines {
            let set = if self.has_references { None } else { line.get(name) };
            let all = line.values().filter(|_| self.has_references);
            for form in set.into_iter().chain(all).flatten() {
                if forms.len() < MOST_VALUES && !forms.contains(form) {
                    forms.push(form.clone());
                }
            }
        }
        if self.changes_case {
            let cased = |form: &Form| form.known().map(|text| [text.to_lowercase(), text.to_uppercase()]);
            let further: Vec<Form> = forms.iter().filter_map(cased).flatten().map(Form::text).collect();
            forms.extend(further);
        }
        if forms.len() >= MOST_VALUES {
            forms.push(Form::hole(Hole::Unknown));
        }
        forms
    }

    /// Everything that `$1` and on are ever set to, where they are changed more than once.
    pub(super) fn any_operand(&self) -> &[Form] {
        if self.operand_changes > 1 { &self.operands } else { &[] }
    }

    /// Every function that a name is ever given.
    pub(super) fn functions(&self, name: &str) -> &[Function] {
        self.functions.get(name).map_or(&[], Vec::as_slice)
    }

    /// The aliases that are given different texts.
    pub(super) fn varied_aliases(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.aliases
            .iter()
            .filter(|(_, texts)| texts.len() > 1)
            .map(|(name, texts)| (name.as_str(), texts.as_slice()))
    }
}
