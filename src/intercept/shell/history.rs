//! Everything that a text ever sets: whatever the order in which it really runs, nothing else can be set.
//!
//! Following the order of commands is right as long as nothing unforeseen happens: a command that fails, a trap that
//! fires later, a loop that goes round once more, a function that calls itself. So a text that sets something twice
//! is gone through again, and then a name may be anything that the text sets it to anywhere.

use std::collections::HashMap;
use std::rc::Rc;

use super::state::{Contents, Function};
use super::value::{Form, Hole, Value};

/// The most values that are kept for one name.
const MOST_VALUES: usize = 64;

/// What a text has set so far.
#[derive(Debug, Default)]
pub(super) struct History {
    values: HashMap<String, Vec<Form>>,
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
    pub(super) fn variable(&mut self, name: &str, contents: &Contents) {
        let values = self.values.entry(name.to_owned()).or_default();
        let is_first = values.is_empty();
        let mut is_new = false;
        for form in contents.values().iter().flat_map(Value::forms) {
            if values.len() < MOST_VALUES && !values.contains(form) {
                values.push(form.clone());
                is_new = true;
            }
        }
        self.is_varied |= is_new && !is_first;
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

    pub(super) fn alias(&mut self, name: &str, text: &str) {
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

    /// Everything that a name is ever set to.
    pub(super) fn values(&self, name: &str) -> Vec<Form> {
        let mut forms = if self.has_references {
            self.values.values().flatten().cloned().collect()
        } else {
            self.values.get(name).cloned().unwrap_or_default()
        };
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
