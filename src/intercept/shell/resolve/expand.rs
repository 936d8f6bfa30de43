//! Words into fields: what the program gets.

use std::rc::Rc;

use super::Interpreter;
use super::parameter::Expanded;
use crate::intercept::shell::state::{Contents, State};
use crate::intercept::shell::syntax::{Part, Word};
use crate::intercept::shell::value::{Form, Hole, MOST_FORMS, Value};

/// The most ways to read the words of one command.
const MOST_READINGS: usize = 48;

/// The words that are copied for the cost of a step.
const WORDS_PER_STEP: usize = 16;

/// The most words of one command.
const MOST_WORDS: usize = 20_000;

/// One way to read a word: the fields that it gives.
#[derive(Clone, Debug, Default)]
struct Draft {
    fields: Vec<Form>,
    current: Form,
    /// Whether the current field is there even if it is empty.
    is_open: bool,
}

impl Draft {
    fn cut(&mut self) {
        if self.is_open {
            self.fields.push(std::mem::take(&mut self.current));
            self.is_open = false;
        }
    }

    fn finished(mut self) -> Vec<Form> {
        self.cut();
        self.fields
    }
}

impl Interpreter<'_> {
    /// The words of a command, each way in which they may be read.
    pub(super) fn words(&mut self, words: &[Word], state: &mut State) -> Vec<Vec<Form>> {
        let mut readings: Vec<Vec<Form>> = vec![Vec::new()];
        for word in words {
            if !self.step() {
                break;
            }
            if let Some(text) = word.bare() {
                for reading in &mut readings {
                    reading.push(Form::text(text));
                }
                continue;
            }
            let expanded = self.word(word, state);
            let length: usize = readings.iter().map(Vec::len).sum();
            if expanded.len() > 1 && !self.steps(length / WORDS_PER_STEP) {
                break;
            }
            if let [only] = expanded.as_slice() {
                if !self.steps(readings.len() * only.len() / WORDS_PER_STEP) {
                    break;
                }
                for reading in &mut readings {
                    reading.extend(only.iter().cloned());
                }
            } else if readings.len() * expanded.len() <= MOST_READINGS {
                readings = readings
                    .iter()
                    .flat_map(|reading| {
                        expanded.iter().map(move |fields| reading.iter().chain(fields).cloned().collect())
                    })
                    .collect();
            } else {
                // Too many to tell apart: each first way goes on with each of these once, and one with any.
                let mut more: Vec<Vec<Form>> = Vec::new();
                for (place, fields) in expanded.iter().enumerate() {
                    let Some(reading) = readings.get(place % readings.len().max(1)) else { break };
                    more.push(reading.iter().chain(fields).cloned().collect());
                }
                for reading in &mut readings {
                    reading.push(Form::hole(Hole::Words));
                }
                more.extend(readings);
                more.truncate(MOST_READINGS);
                readings = more;
            }
            if readings.iter().any(|reading| reading.len() > MOST_WORDS) {
                self.effects.gives_up("more words than one command may have");
                break;
            }
        }
        readings
    }

    /// The words of a loop or an array, one value each; ways to read them are joined.
    pub(super) fn values_of(&mut self, words: &[Word], state: &mut State) -> Vec<Value> {
        let mut values = Vec::new();
        for word in words {
            let mut readings = self.word(word, state);
            let length: usize = readings.iter().map(Vec::len).sum();
            if !self.steps(1 + length / WORDS_PER_STEP) {
                break;
            }
            if readings.len() == 1 {
                values.extend(readings.pop().unwrap_or_default().into_iter().map(|form| Value::of([form])));
            } else {
                let forms: Vec<Form> = readings.into_iter().flatten().collect();
                if !forms.is_empty() {
                    values.push(Value::of(forms));
                }
            }
            if values.len() > MOST_WORDS {
                self.effects.gives_up("more words than one command may have");
                break;
            }
        }
        values
    }

    fn word(&mut self, word: &Word, state: &mut State) -> Vec<Vec<Form>> {
        let has_braces = word.parts.iter().any(|part| matches!(part, Part::Brace('{')));
        if !has_braces {
            return self.fields(&word.parts, state);
        }
        let Some(words) = super::brace::expand(&word.parts) else {
            self.effects.gives_up("a brace expansion of too many words");
            return vec![Vec::new()];
        };
        let mut readings: Vec<Vec<Form>> = vec![Vec::new()];
        for parts in words {
            if !self.step() {
                break;
            }
            let mut expanded = self.fields(&parts, state);
            if expanded.len() > 1 && readings.len() * expanded.len() > MOST_FORMS {
                expanded = vec![expanded.into_iter().flatten().collect()];
            }
            if let [only] = expanded.as_slice() {
                readings.iter_mut().for_each(|reading| reading.extend(only.iter().cloned()));
                continue;
            }
            let length: usize = readings.iter().map(Vec::len).sum();
            if !self.steps(length * expanded.len() / WORDS_PER_STEP) {
                break;
            }
            readings = readings
                .iter()
                .flat_map(|reading| {
                    expanded.iter().map(move |fields| reading.iter().chain(fields).cloned().collect())
                })
                .collect();
        }
        readings
    }

    fn fields(&mut self, parts: &[Part], state: &mut State) -> Vec<Vec<Form>> {
        let mut drafts = vec![Draft::default()];
        self.draft(parts, &mut drafts, state);
        drafts.into_iter().map(|draft| draft.finished().into_iter().map(globbed).collect()).collect()
    }

    fn draft(&mut self, parts: &[Part], drafts: &mut Vec<Draft>, state: &mut State) {
        for part in parts {
            if !self.steps(drafts.len()) {
                return;
            }
            match part {
                Part::Literal(text) | Part::Quoted(text) => {
                    for draft in drafts.iter_mut() {
                        draft.current.push(text);
                        draft.is_open = true;
                    }
                }
                Part::Glob(sign) => {
                    for draft in drafts.iter_mut() {
                        match sign {
                            '*' => draft.current.push_hole(Hole::Star),
                            '?' => draft.current.push_hole(Hole::Any),
                            other => draft.current.push(bracket(*other)),
                        }
                        draft.is_open = true;
                    }
                }
                Part::Brace(sign) => {
                    for draft in drafts.iter_mut() {
                        draft.current.push(sign.encode_utf8(&mut [0; 4]));
                        draft.is_open = true;
                    }
                }
                Part::Tilde(name) => {
                    let homes = self.tilde(name, state);
                    self.put(&homes, drafts);
                }
                Part::DoubleQuoted(parts) => self.draft_quoted(parts, drafts, state),
                Part::Parameter(parameter) => match self.parameter(parameter, state) {
                    Expanded::Value(value) => self.split(&value, drafts, state),
                    Expanded::List(values, has_more) => {
                        if !self.steps(values.len()) {
                            return;
                        }
                        for (place, value) in values.iter().enumerate() {
                            if place > 0 {
                                drafts.iter_mut().for_each(Draft::cut);
                            }
                            self.split(value, drafts, state);
                        }
                        if has_more {
                            drafts.iter_mut().for_each(Draft::cut);
                            let rest = Value::of([Form::hole(Hole::Words)]);
                            self.put(&rest, drafts);
                        }
                    }
                },
                Part::Command(list) => {
                    let value = self.substituted(list, state).map(without_newlines);
                    self.split(&value, drafts, state);
                }
                Part::Arithmetic(parts) => {
                    let value = self.arithmetic(parts, state);
                    self.put(&value, drafts);
                }
                Part::Process { is_output, list } => {
                    let value = self.process(*is_output, list, state);
                    self.put(&value, drafts);
                }
                Part::Extended { operator, alternatives } => {
                    self.extended(*operator, alternatives, drafts, state);
                }
                Part::Array(elements) => {
                    for element in elements.iter() {
                        self.scalar(&element.value, state);
                    }
                    self.put(&Value::unknown(), drafts);
                }
            }
            if drafts.len() > MOST_READINGS {
                drafts.truncate(MOST_READINGS - 1);
                drafts.push(Draft {
                    fields: vec![Form::hole(Hole::Words)],
                    current: Form::default(),
                    is_open: false,
                });
            }
        }
    }

    fn draft_quoted(&mut self, parts: &[Part], drafts: &mut Vec<Draft>, state: &mut State) {
        // `"$@"` alone may be no word at all.
        let is_list_alone = matches!(parts, [Part::Parameter(parameter)] if parameter.is_list());
        if !is_list_alone {
            drafts.iter_mut().for_each(|draft| draft.is_open = true);
        }
        for part in parts {
            if let Part::Parameter(parameter) = part
                && parameter.is_list()
            {
                match self.parameter(parameter, state) {
                    Expanded::Value(value) => self.put(&value.map(Form::quoted), drafts),
                    Expanded::List(values, has_more) => {
                        if !self.steps(values.len()) {
                            return;
                        }
                        for (place, value) in values.iter().enumerate() {
                            if place > 0 {
                                drafts.iter_mut().for_each(Draft::cut);
                            }
                            self.put(&value.map(Form::quoted), drafts);
                        }
                        if has_more {
                            drafts.iter_mut().for_each(Draft::cut);
                            self.put(&Value::of([Form::hole(Hole::Words)]), drafts);
                        }
                    }
                }
                continue;
            }
            let value = self.quoted_part(part, state);
            self.put(&value.map(Form::quoted), drafts);
        }
    }

    /// Each form of a value, unsplit, behind each draft.
    fn put(&mut self, value: &Value, drafts: &mut Vec<Draft>) {
        if !self.charge(value.length() * drafts.len() + 16 * drafts.len() * value.forms().len()) {
            return;
        }
        if let [form] = value.forms() {
            for draft in drafts.iter_mut() {
                draft.current.append(form);
                draft.is_open = true;
            }
            return;
        }
        let before = std::mem::take(drafts);
        for draft in before {
            for form in value.forms() {
                let mut draft = draft.clone();
                draft.current.append(form);
                draft.is_open = true;
                drafts.push(draft);
            }
        }
    }

    /// Each form of a value, split at the separators, behind each draft.
    fn split(&mut self, value: &Value, drafts: &mut Vec<Draft>, state: &mut State) {
        if !self.charge(value.length() * drafts.len() + 16 * drafts.len() * value.forms().len()) {
            return;
        }
        let separators = state.separators();
        let before = std::mem::take(drafts);
        for draft in before {
            for form in value.forms() {
                let mut draft = draft.clone();
                split_into(&marked(form.unquoted()), separators.as_deref(), &mut draft);
                drafts.push(draft);
            }
        }
    }

    /// A value that is not split: of an assignment, a redirection, a here-document.
    pub(super) fn scalar(&mut self, word: &Word, state: &mut State) -> Value {
        if let Some(text) = word.bare() {
            return Value::text(text);
        }
        self.quoted(&word.parts, state)
    }

    /// The value of parts, unsplit.
    pub(super) fn quoted(&mut self, parts: &[Part], state: &mut State) -> Value {
        let mut value = Value::text("");
        for part in parts {
            let next = self.quoted_part(part, state);
            value = if value.known() == Some("") { next } else { value.followed(&next) };
            if !self.charge(value.length()) {
                return Value::unknown();
            }
        }
        value.map(Form::quoted)
    }

    fn quoted_part(&mut self, part: &Part, state: &mut State) -> Value {
        match part {
            Part::Literal(text) | Part::Quoted(text) => Value::text(text),
            Part::Glob(sign) | Part::Brace(sign) => Value::text(sign.to_string()),
            Part::Tilde(name) => self.tilde(name, state),
            Part::DoubleQuoted(parts) => self.quoted(parts, state),
            Part::Parameter(parameter) => match self.parameter(parameter, state) {
                Expanded::Value(value) => value,
                Expanded::List(values, has_more) => {
                    let mut joined = Value::text("");
                    for (place, value) in values.iter().enumerate() {
                        if place > 0 {
                            joined = joined.followed(&Value::text(" "));
                        }
                        joined = joined.followed(value);
                    }
                    if has_more { joined.followed(&Value::unknown()) } else { joined }
                }
            },
            Part::Command(list) => self.substituted(list, state).map(without_newlines),
            Part::Arithmetic(parts) => self.arithmetic(parts, state),
            Part::Process { is_output, list } => self.process(*is_output, list, state),
            Part::Extended { alternatives, .. } => {
                for alternative in alternatives {
                    self.quoted(alternative, state);
                }
                Value::unknown()
            }
            Part::Array(elements) => {
                for element in elements.iter() {
                    self.scalar(&element.value, state);
                }
                Value::unknown()
            }
        }
    }

    /// `@(a|b)`: each alternative on its own where one of them is meant, else a hole.
    fn extended(
        &mut self,
        operator: char,
        alternatives: &[Vec<Part>],
        drafts: &mut Vec<Draft>,
        state: &mut State,
    ) {
        let mut forms = Vec::new();
        for alternative in alternatives {
            let value = self.quoted(alternative, state);
            forms.extend(value.forms().iter().map(Form::unquoted));
        }
        match operator {
            '@' => {}
            '?' => forms.push(Form::default()),
            _ => forms.push(Form::hole(Hole::Star)),
        }
        self.put(&Value::of(forms), drafts);
    }

    /// `<(…)` and `>(…)`: a name from which the output may be read, or to which the input is written.
    fn process(
        &mut self,
        is_output: bool,
        list: &Rc<crate::intercept::shell::syntax::List>,
        state: &mut State,
    ) -> Value {
        let number = 63usize.saturating_add(self.streams.len());
        let name = format!("/dev/fd/{number}");
        if is_output {
            self.sinks.push((name.clone(), Rc::clone(list)));
            self.streams.insert(name.clone(), Value::unknown());
        } else {
            let written = self.substituted(list, state);
            self.streams.insert(name.clone(), written);
        }
        Value::text(name)
    }

    fn tilde(&mut self, name: &str, state: &State) -> Value {
        match name {
            "" => match state.variable("HOME").map(|variable| &variable.value) {
                Some(Contents::Scalar(value)) => value.clone(),
                Some(Contents::Array(_) | Contents::Some(_)) => Value::unknown(),
                None => self.home(),
            },
            "+" => self.working_folder(state),
            _ => {
                self.has_grammar = true;
                Value::unknown()
            }
        }
    }

    /// The home: as the environment names it, and as the user database does.
    pub(super) fn home(&mut self) -> Value {
        let homes = self.homes();
        Value::of(homes.iter().map(|home| Form::text(home.to_string_lossy())))
    }

    pub(super) fn homes(&self) -> Vec<std::path::PathBuf> {
        if self.surroundings.homes.is_empty() {
            crate::sys::dirs::homes()
        } else {
            self.surroundings.homes.clone()
        }
    }

    pub(super) fn working_folder(&self, state: &State) -> Value {
        let known = state.folders.known.iter().map(|folder| Form::text(folder.to_string_lossy()));
        Value::of(known.chain(state.folders.is_open.then(|| Form::hole(Hole::Unknown))))
    }
}

fn split_into(form: &Form, separators: Option<&str>, draft: &mut Draft) {
    use crate::intercept::shell::value::Piece;
    for piece in form.pieces() {
        match piece {
            Piece::Hole(hole) => {
                draft.current.push_hole(hole.clone());
                draft.is_open = true;
            }
            Piece::Text(text) => {
                let Some(separators) = separators else {
                    draft.current.push(text);
                    draft.current.push_hole(Hole::Words);
                    draft.is_open = true;
                    continue;
                };
                let mut rest = text.as_str();
                while let Some(at) = rest.find(|letter| separators.contains(letter)) {
                    let (before, behind) = rest.split_at(at);
                    if !before.is_empty() {
                        draft.current.push(before);
                        draft.is_open = true;
                    }
                    let mut letters = behind.chars();
                    let separator = letters.next().unwrap_or(' ');
                    // What is no blank separates empty words too.
                    if !matches!(separator, ' ' | '\t' | '\n') {
                        draft.is_open = true;
                    }
                    draft.cut();
                    rest = letters.as_str();
                }
                if !rest.is_empty() {
                    draft.current.push(rest);
                    draft.is_open = true;
                }
            }
        }
    }
}

/// The trailing newlines of a substitution are dropped.
fn without_newlines(form: &Form) -> Form {
    use crate::intercept::shell::value::Piece;
    let mut form = form.clone();
    if let Some(Piece::Text(last)) = form.pieces_mut().last_mut() {
        let length = last.trim_end_matches('\n').len();
        last.truncate(length);
        if last.is_empty() {
            form.pieces_mut().pop();
        }
    }
    form
}

/// Marks of brackets that stand unquoted: letters of the private use area, which [`globbed`] takes away again.
fn bracket(sign: char) -> &'static str {
    if sign == '[' { OPENED } else { CLOSED }
}

const OPENED: &str = "\u{f8f0}";
const CLOSED: &str = "\u{f8f1}";

/// Brackets that an unquoted value brings are those of a pattern as well.
fn marked(mut form: Form) -> Form {
    use crate::intercept::shell::value::Piece;
    let has_bracket = |piece: &Piece| matches!(piece, Piece::Text(text) if text.contains('['));
    if !form.pieces().iter().any(has_bracket) {
        return form;
    }
    for piece in form.pieces_mut() {
        if let Piece::Text(text) = piece {
            *text = text.replace('[', OPENED).replace(']', CLOSED);
        }
    }
    form
}

/// Brackets that enclose something are a pattern; others are text.
fn globbed(form: Form) -> Form {
    use crate::intercept::shell::value::Piece;
    let has_mark = form
        .pieces()
        .iter()
        .any(|piece| matches!(piece, Piece::Text(text) if text.contains(OPENED) || text.contains(CLOSED)));
    if !has_mark {
        return form;
    }
    let mut made = Form::default();
    for piece in form.pieces() {
        let Piece::Text(text) = piece else {
            made.pieces_mut().push(piece.clone());
            continue;
        };
        let mut rest = text.as_str();
        while let Some((before, behind)) = rest.split_once(OPENED) {
            made.push(&before.replace(CLOSED, "]"));
            // A `]` right behind the `[` is a letter of the class.
            let skip = usize::from(behind.starts_with(CLOSED)) * CLOSED.len();
            match behind.get(skip..).and_then(|behind| behind.find(CLOSED)) {
                Some(at) => {
                    let class = behind.get(..skip + at).unwrap_or_default().replace(CLOSED, "]");
                    made.push_hole(Hole::Class(class.replace(OPENED, "[")));
                    rest = behind.get(skip + at + CLOSED.len()..).unwrap_or_default();
                }
                None => {
                    // Nothing closes here, and so nothing closes what opens behind it.
                    made.push("[");
                    made.push(&behind.replace(OPENED, "["));
                    rest = "";
                }
            }
        }
        made.push(&rest.replace(CLOSED, "]"));
    }
    made
}
