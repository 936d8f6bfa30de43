//! Texts: read line by line, each run before the next is read.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::{Interpreter, MOST_CALLS};
use crate::contract::Cause;
use crate::intercept::shell::parse::Parser;
use crate::intercept::shell::state::{Dialect, State, Variable};
use crate::intercept::shell::syntax::{Assigned, Assignment, Kind, List, Part, Word};
use crate::intercept::shell::value::Value;
use crate::intercept::shell::{MOST_DEPTH, MOST_TEXT};

impl Interpreter<'_> {
    /// Runs a text in this state; gives what it writes.
    pub(super) fn text(&mut self, text: &str, state: &mut State) -> Value {
        if std::mem::take(&mut state.begins_shell) {
            return self.shell_text(text, state);
        }
        self.lines(text, state, false)
    }

    /// Runs the text that a shell was started with: once, and once more with all that it sets where that is not always
    /// the same.
    fn shell_text(&mut self, text: &str, state: &State) -> Value {
        let mut first = state.clone();
        if state.is_second {
            for (name, variable) in Rc::make_mut(&mut first.variables) {
                let values = state.history.borrow().values(name);
                if !values.is_empty() {
                    variable.joins(&Variable::scalar(Value::of(values)));
                }
            }
        }
        let history = state.history.borrow().of_child(state.dialect != Dialect::Bash);
        first.history = Rc::new(RefCell::new(history));
        first.is_second = false;
        let mut second = State { is_second: true, ..first.clone() };
        let output = self.lines(text, &mut first, true);
        let is_varied = state.is_second || first.history.borrow().is_varied;
        if !is_varied || self.effects.has_given_up() {
            return output;
        }
        output.joined(&self.lines(text, &mut second, true))
    }

    /// Runs the lines of a text; `is_outermost`: one line is over before the next begins, whatever happens in it.
    fn lines(&mut self, text: &str, state: &mut State, is_outermost: bool) -> Value {
        if text.len() > MOST_TEXT || self.depth >= MOST_CALLS {
            self.effects.gives_up(text);
            return Value::unknown();
        }
        if text.contains('\0') {
            self.tell(Cause::Syntax, text);
        }
        if let Some(part) = foreign(text, state.dialect) {
            self.tell(Cause::Grammar, part);
            if state.dialect == Dialect::Zsh && text.contains(">!") {
                self.perhaps(&text.replace(">!", ">"), state);
            }
        }
        // Texts in texts count with the nesting of the outer one.
        self.depth += 1;
        let outer = self.span;
        self.texts.push(text.into());
        let mut parser = Parser::new(text.as_bytes(), self.depth * MOST_DEPTH / (MOST_CALLS * 2));
        let mut output = Value::text("");
        let mut lines = 0;
        let mut line = 0;
        let mut before = Names::of(state);
        loop {
            // What a line sets counts from the next line on.
            if !parser.is_within_line {
                if state.is_second {
                    ended(state, &before, is_outermost);
                    before = Names::of(state);
                }
                line += usize::from(is_outermost);
                self.sets(&mut parser, state);
            }
            let begins = !parser.is_within_line;
            match parser.next() {
                Ok(Some(list)) => {
                    lines += 1;
                    self.has_grammar |= lines > 1 || !is_plain(&list);
                    if is_outermost {
                        // A line that goes on is more than its first commands.
                        let is_plain = begins && !parser.is_within_line && changes_names(&list);
                        state.history.borrow_mut().begin(line, is_plain);
                    }
                    let written = self.list(&list, state);
                    output = self.both(&output, written);
                }
                Ok(None) => break,
                Err(fault) => {
                    self.has_grammar = true;
                    let from = parser.text(fault.at.min(text.len()), text.len());
                    let part = if from.is_empty() { text.as_bytes() } else { from };
                    let part = String::from_utf8_lossy(part).into_owned();
                    if fault.cause == Cause::Limit {
                        self.effects.gives_up(&part);
                    } else {
                        self.tell(fault.cause, &part);
                    }
                    break;
                }
            }
            if self.effects.has_given_up() {
                break;
            }
        }
        self.depth -= 1;
        self.texts.pop();
        self.span = outer;
        output
    }

    /// Sets how the next line is read.
    fn sets(&mut self, parser: &mut Parser, state: &State) {
        parser.is_extended = state.is_extended;
        if !state.expands_aliases {
            return;
        }
        if state.aliases_vary {
            self.tell(Cause::Program, "a name that may be an alias");
        }
        if state.is_second && state.history.borrow().varied_aliases().next().is_some() {
            self.tell(Cause::Program, "an alias that stands for different things");
        }
        parser.aliases = Rc::clone(&state.aliases);
    }

    /// One output behind another.
    pub(super) fn both(&self, first: &Value, second: Value) -> Value {
        if !self.is_captured || first.known() == Some("") {
            return second;
        }
        if second.known() == Some("") { first.clone() } else { first.followed(&second) }
    }

    /// Expands a text as a here-document's body is: for values that a shell expands again.
    pub(super) fn template(&mut self, text: &str, state: &mut State) -> Value {
        if self.depth >= MOST_CALLS {
            self.effects.gives_up(text);
            return Value::unknown();
        }
        if !text.contains(['$', '`']) {
            return Value::text(text);
        }
        self.depth += 1;
        let mut parser = Parser::new(text.as_bytes(), self.depth * MOST_DEPTH / (MOST_CALLS * 2));
        let value = match parser.template() {
            Ok(parts) => self.quoted(&parts, state),
            Err(fault) => {
                self.tell(fault.cause, text);
                Value::unknown()
            }
        };
        self.depth -= 1;
        value
    }
}

/// What names mean before a line.
struct Names {
    variables: Rc<HashMap<String, Variable>>,
    aliases: Rc<HashMap<String, String>>,
}

impl Names {
    fn of(state: &State) -> Self {
        Self { variables: Rc::clone(&state.variables), aliases: Rc::clone(&state.aliases) }
    }
}

/// A line is over: what it set may be anything that it sets it to, or what it was before. `is_outermost`: no other line
/// is read meanwhile.
fn ended(state: &mut State, before: &Names, is_outermost: bool) {
    if is_outermost && state.history.borrow().is_plain {
        return;
    }
    if !Rc::ptr_eq(&state.aliases, &before.aliases) {
        state.joins_aliases(&before.aliases);
    }
    if Rc::ptr_eq(&state.variables, &before.variables) {
        return;
    }
    let names = if is_outermost { state.history.borrow().of_line() } else { Vec::new() };
    let variables = Rc::make_mut(&mut state.variables);
    for (name, values) in names {
        let Some(variable) = variables.get_mut(&name) else { continue };
        variable.joins(&Variable::scalar(Value::of(values)));
        match before.variables.get(&name) {
            Some(before) => variable.joins(before),
            None => variable.may_be_unset = true,
        }
    }
    // What it took away may still be there.
    for (name, variable) in before.variables.iter() {
        if !variables.contains_key(name) {
            variables.insert(name.clone(), Variable { may_be_unset: true, ..variable.clone() });
        }
    }
}

/// The assignments and words of a list that is one simple command without redirections.
fn only_words(list: &List) -> Option<(&[Assignment], &[Word])> {
    let command = list.only_command().filter(|command| command.redirects.is_empty())?;
    let Kind::Simple { assignments, words } = &command.kind else { return None };
    Some((assignments, words))
}

/// Whether a word is there before anything runs.
fn is_literal(word: &Word) -> bool {
    word.parts.iter().all(|part| match part {
        Part::Literal(_) | Part::Quoted(_) | Part::Glob(_) | Part::Tilde(_) => true,
        Part::DoubleQuoted(parts) => parts.iter().all(|part| matches!(part, Part::Quoted(_))),
        // Without an opening one they are text.
        Part::Brace(sign) => *sign != '{',
        Part::Parameter(_)
        | Part::Command(_)
        | Part::Arithmetic(_)
        | Part::Process { .. }
        | Part::Extended { .. }
        | Part::Array(_) => false,
    })
}

/// Whether a line is nothing but assignments, or one change of names, that cannot fail halfway.
fn changes_names(list: &List) -> bool {
    let Some((assignments, words)) = only_words(list) else { return false };
    let is_plain = |assignment: &Assignment| {
        assignment.subscript.is_none()
            && !KEPT.contains(&assignment.name.as_str())
            && matches!(&assignment.value, Assigned::Scalar(word) if is_literal(word))
    };
    let is_change = words
        .first()
        .is_none_or(|word| assignments.is_empty() && word.bare().is_some_and(|name| CHANGES.contains(&name)));
    is_change && words.iter().all(is_literal) && assignments.iter().all(is_plain)
}

/// The builtins that change what names mean, and fail without a trace.
const CHANGES: &[&str] = &["alias", "unalias", "unset"];

/// The variables that bash lets nobody set.
const KEPT: &[&str] = &["BASHOPTS", "BASH_VERSINFO", "EUID", "PPID", "SHELLOPTS", "UID"];

/// What of a text bash reads otherwise than the shell that runs it, if there is any.
fn foreign(text: &str, dialect: Dialect) -> Option<&'static str> {
    let signs: &[&str] = match dialect {
        Dialect::Bash => &[],
        Dialect::Posix => &["$'", "&>", "[[", "((", "coproc ", "select ", "function ", "|&"],
        Dialect::Zsh => &[
            ">!",
            "$~",
            "$=",
            "=(",
            "<->",
            "${(",
            "(#",
            "repeat ",
            "foreach ",
            "nocorrect ",
            "always",
            " =",
            "~[",
            ":h",
            "(.)",
            "(N",
            "(e:",
            "(+",
            "&!",
            "&|",
            "alias -g",
            "alias -s",
            "zmodload",
            "autoload",
            "$+",
            "^^",
        ],
    };
    // A sum is arithmetic in each of them.
    signs.iter().copied().find(|sign| match *sign {
        "((" => text.replace("$((", "").contains("(("),
        "$=" => text.contains("$=") || has_subscript(text),
        " =" => text.split_whitespace().any(|word| word.starts_with('=') && word.len() > 1 && word != "=="),
        sign => text.contains(sign),
    })
}

/// `$name[…]`: a subscript in zsh, and text in other shells.
fn has_subscript(text: &str) -> bool {
    text.match_indices('$').any(|(at, _)| {
        let rest = text.get(at + 1..).unwrap_or_default();
        let name = rest
            .find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '_' | '@' | '*')))
            .unwrap_or(rest.len());
        name > 0 && rest.get(name..).is_some_and(|rest| rest.starts_with('['))
    })
}

/// Whether a list is one simple command of plain words, as any reader would split it.
fn is_plain(list: &List) -> bool {
    only_words(list)
        .is_some_and(|(assignments, words)| assignments.is_empty() && words.iter().all(is_literal))
}
