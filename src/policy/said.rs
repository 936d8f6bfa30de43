//! What authors say beside their rules: examples that a rule must meet or must not, and the controls that it serves.
//!
//! None of it decides anything, so none of it is in the compiled form. It is there for whoever writes a policy, tests
//! it, or has to show which demand of a standard it serves.

use crate::contract::Location;

/// What authors say, in the order in which it stands, that of inherited policies first.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Said {
    /// Examples.
    pub examples: Vec<Example>,
    /// Controls.
    pub controls: Vec<Control>,
}

/// A text that a rule must meet, or must not.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Example {
    /// The list of the rule: `commands.block`.
    pub list: String,
    /// The rule's pattern.
    pub pattern: String,
    /// The path, command, branch or tool.
    pub text: String,
    /// Whether it must be met.
    pub is_match: bool,
    /// Where it stands.
    pub location: Location,
}

/// A control of a standard, and a rule that serves it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Control {
    /// The control as its standard numbers it: `PCI DSS 4.0.1 req. 3.5.1`.
    pub id: String,
    /// The list or the setting: `commands.block`, `commands.effects.publishes`.
    pub rule: String,
    /// The rule's pattern, or the setting's value.
    pub value: String,
    /// Where it stands.
    pub location: Location,
}

impl Said {
    /// Adds what another policy says, which is laid over this one.
    pub(super) fn extend(&mut self, other: Self) {
        self.examples.extend(other.examples);
        self.controls.extend(other.controls);
    }
}
