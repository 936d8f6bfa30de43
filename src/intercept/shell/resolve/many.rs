//! `xargs` and `parallel`: one command, many operands.

use std::borrow::Cow;

use super::Interpreter;
use crate::contract::Cause;
use crate::grammar::options::Part;
use crate::grammar::tools::tool;
use crate::intercept::shell::effect::{Access, Extent};
use crate::intercept::shell::state::{Input, State};
use crate::intercept::shell::value::{Form, Hole, Piece, Value};

impl Interpreter<'_> {
    pub(super) fn xargs(&mut self, words: &[Form], state: &mut State) -> Value {
        let operands = words.get(1..).unwrap_or_default();
        let Some(tool) = tool("xargs") else { return Value::unknown() };
        let texts: Vec<Cow<'_, str>> = operands.iter().map(Form::open).collect();
        let texts: Vec<&str> = texts.iter().map(Cow::as_ref).collect();
        let parts = tool.find(&texts).read(&texts);
        let mut given = Given::default();
        let mut input = state.input.clone();
        for part in &parts {
            let Part::Option { name, value, at, .. } = part else { continue };
            if value.is_some() && operands.get(*at).is_some_and(|form| form.known().is_none()) {
                self.tell(Cause::RunsAnother, texts.get(*at).unwrap_or(&"xargs"));
            }
            if *name == "--arg-file"
                && let Some(file) = value
            {
                self.uses(&Form::text(*file), Access::Read, Extent::One, state);
                input = Input::File(Value::text(*file));
            } else if !given.take(name, *value) {
                self.tell(Cause::RunsAnother, name);
            }
        }
        if let Some(Part::Unknown { word }) = parts.iter().find(|part| matches!(part, Part::Unknown { .. })) {
            self.tell(Cause::RunsAnother, texts.get(*word).unwrap_or(&"xargs"));
        }
        let template = parts.iter().find_map(|part| match part {
            Part::Operand { word } => operands.get(*word..),
            Part::Option { .. } | Part::Unknown { .. } => None,
        });
        let echo = [Form::text("echo")];
        let template = template.unwrap_or(&echo);
        if let Some(program) = template.first().filter(|form| form.known().is_none()) {
            self.tell(Cause::Program, &program.open());
        }
        let value = self.read(&input);
        let mut own = state.clone();
        own.input = Input::Empty;
        let mut output = Value::text("");
        for form in value.forms() {
            let lines = given.lines(form);
            if lines.iter().flatten().count() > MOST_ITEMS {
                self.tell(Cause::Limit, "more words for xargs than are gone through one by one");
            }
            for words in given.runs(template, &lines) {
                let written = self.external(words, &mut own);
                output = self.both(&output, written);
            }
        }
        output
    }

    pub(super) fn parallel(&mut self, operands: &[Form], state: &mut State) -> Value {
        let separator =
            operands.iter().position(|form| matches!(form.known(), Some(":::" | ":::+" | "::::" | "::::+")));
        let (before, behind) = match separator {
            Some(at) => (operands.get(..at).unwrap_or_default(), operands.get(at..).unwrap_or_default()),
            None => (operands, &[][..]),
        };
        let mut place = 0;
        while let Some(text) = before.get(place).and_then(Form::known).filter(|text| text.starts_with('-')) {
            place += 1;
            match text {
                "-j" | "-P" | "--jobs" | "-n" | "-N" | "-I" | "--delay" | "--timeout" | "--retries"
                | "--joblog" | "-L" | "--max-args" | "--colsep" | "-C" | "--results" => place += 1,
                "-k" | "-u" | "-X" | "-m" | "-0" | "-t" | "-r" | "--keep-order" | "--ungroup" | "--bar"
                | "--eta" | "--dry-run" | "--no-notice" | "--will-cite" | "--line-buffer" | "--lb"
                | "--progress" | "--verbose" | "--null" | "--linebuffer" => {}
                _ if text.starts_with("-j")
                    || text.starts_with("-P")
                    || text.contains('=') && text.starts_with("--jobs") => {}
                _ => self.tell(Cause::RunsAnother, text),
            }
        }
        let template = before.get(place..).unwrap_or_default();
        // Places of other kinds, and several lists of arguments, are not followed.
        let is_other = |word: &Form| word.open().replace("{}", "").contains('{');
        let lists = behind.iter().filter(|form| form.start().starts_with(":::")).count();
        if template.iter().any(is_other) || lists > 1 {
            self.tell(Cause::RunsAnother, "parallel");
        }
        let mut arguments: Vec<Form> = Vec::new();
        for form in behind {
            match form.known() {
                Some(":::" | ":::+") => {}
                Some("::::" | "::::+") => arguments.push(Form::hole(Hole::Unknown)),
                _ => arguments.push(form.clone()),
            }
        }
        if separator.is_none() {
            let value = self.read(&state.input.clone());
            for form in value.forms() {
                match form.known() {
                    Some(text) => arguments.extend(text.lines().map(Form::text)),
                    None => arguments.push(Form::hole(Hole::Unknown)),
                }
            }
        }
        let mut own = state.clone();
        own.input = Input::Empty;
        for argument in arguments.iter().take(64) {
            let has_place = template.iter().any(|word| word.open().contains("{}"));
            let mut words: Vec<Form> =
                template.iter().map(|word| with_replaced(word, "{}", argument)).collect();
            if !has_place {
                words.push(argument.clone());
            }
            self.joined_text(&words, &mut own);
        }
        Value::unknown()
    }
}

/// A word in which a sign is replaced.
fn with_replaced(word: &Form, sign: &str, by: &Form) -> Form {
    let mut made = Form::default();
    for piece in word.pieces() {
        match piece {
            Piece::Text(text) if !sign.is_empty() => {
                for (place, part) in text.split(sign).enumerate() {
                    if place > 0 {
                        made.append(by);
                    }
                    made.push(part);
                }
            }
            Piece::Text(text) => made.push(text),
            Piece::Hole(hole) => made.push_hole(hole.clone()),
        }
    }
    made
}

/// How xargs makes commands of its input.
#[derive(Debug, Default)]
struct Given {
    /// What stands for an item among the words.
    place: Option<String>,
    separator: Option<char>,
    /// The item behind which nothing is read.
    end: Option<String>,
    /// The most items, and the most lines, of one command.
    items: Option<usize>,
    lines: Option<usize>,
    /// Whether commands may also be cut by their length.
    is_cut: bool,
}

impl Given {
    /// Takes an option; false if what it does is not known.
    fn take(&mut self, name: &str, value: Option<&str>) -> bool {
        let number = |value: &str| value.parse().ok().filter(|number| *number > 0);
        match (name, value) {
            ("-I" | "-J" | "-R" | "--replace", _) => self.place = Some(value.unwrap_or("{}").to_owned()),
            ("--null", _) => self.separator = Some('\0'),
            ("--delimiter", Some(sign)) => {
                let read = super::output::unescaped(sign, false);
                self.separator = read.as_deref().unwrap_or(sign).chars().next();
                return self.separator.is_some();
            }
            ("-E" | "--eof" | "-e", _) => self.end = value.map(str::to_owned),
            ("--max-args", Some(value)) => {
                self.items = number(value);
                return self.items.is_some();
            }
            ("-L" | "--max-lines" | "-l", _) => {
                self.lines = number(value.unwrap_or("1"));
                return self.lines.is_some();
            }
            ("--max-chars" | "-S" | "-s", _) => self.is_cut = true,
            _ => {}
        }
        true
    }

    /// The items of each line of the input.
    fn lines(&self, input: &Form) -> Vec<Vec<Form>> {
        let unknown = || vec![vec![Form::hole(Hole::Words)]];
        let Some(text) = input.known() else {
            return match self.separator {
                Some('\0') => vec![names(input).unwrap_or_else(|| vec![Form::hole(Hole::Words)])],
                Some(_) | None => unknown(),
            };
        };
        let mut lines = match self.separator {
            Some(separator) => {
                let text = text.strip_suffix(separator).unwrap_or(text);
                vec![text.split(separator).map(str::to_owned).collect()]
            }
            None => match items(text, self.place.is_none()) {
                Some(lines) => lines,
                None => return unknown(),
            },
        };
        if let Some(end) = &self.end {
            let mut is_over = false;
            for line in &mut lines {
                line.retain(|item| {
                    is_over |= item == end;
                    !is_over
                });
            }
        }
        lines.into_iter().map(|line| line.into_iter().map(Form::text).collect()).collect()
    }

    /// The commands that are run for them.
    fn runs(&self, template: &[Form], lines: &[Vec<Form>]) -> Vec<Vec<Form>> {
        let all: Vec<&Form> = lines.iter().flatten().collect();
        if let Some(place) = &self.place {
            let with = |item: &&Form| template.iter().map(|word| with_replaced(word, place, item)).collect();
            return all.iter().take(MOST_ITEMS).map(with).collect();
        }
        let mut groups: Vec<Vec<&Form>> = match (self.items, self.lines) {
            (Some(items), _) => all.chunks(items).map(<[_]>::to_vec).collect(),
            (None, Some(count)) => {
                lines.chunks(count).map(|lines| lines.iter().flatten().collect()).collect()
            }
            (None, None) => vec![all.clone()],
        };
        // Where they are cut by their length, each item may be alone.
        let is_long = all.iter().map(|item| item.start().len() + 1).sum::<usize>() > SHORTEST_CUT;
        if self.is_cut || is_long {
            groups.extend(all.iter().map(|item| vec![*item]));
        }
        let with = |group: Vec<&Form>| template.iter().chain(group).cloned().collect();
        groups.into_iter().take(MOST_ITEMS).map(with).collect()
    }
}

/// The names of files in what a search or a pattern gives, each ended by a NUL: no name holds one. None if anything else
/// in it is not known.
pub(super) fn names(input: &Form) -> Option<Vec<Form>> {
    let mut items = vec![Form::default()];
    for piece in input.pieces() {
        match piece {
            Piece::Text(text) => {
                for (place, part) in text.split('\0').enumerate() {
                    if place > 0 {
                        items.push(Form::default());
                    }
                    items.last_mut()?.push(part);
                }
            }
            Piece::Hole(Hole::Star | Hole::Found) => items.last_mut()?.push_hole(Hole::Found),
            Piece::Hole(Hole::Unknown | Hole::Number | Hole::Words | Hole::Any | Hole::Class(_)) => {
                return None;
            }
        }
    }
    if items.last().is_some_and(Form::is_empty) {
        items.pop();
    }
    Some(items)
}

/// The most items, or commands made of them, that are gone through.
const MOST_ITEMS: usize = 64;

/// The length from which a command may be cut, in bytes: the least that POSIX allows.
const SHORTEST_CUT: usize = 2_048;

/// The items that xargs reads in each line: quotes and backslashes count, and there are no comments. A blank at the
/// end of a line joins it to the next.
fn items(text: &str, splits_at_blanks: bool) -> Option<Vec<Vec<String>>> {
    let mut lines: Vec<Vec<String>> = vec![Vec::new()];
    let mut item: Option<String> = None;
    let mut is_continued = false;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\n' => {
                lines.last_mut()?.extend(item.take());
                if !is_continued && lines.last().is_some_and(|line| !line.is_empty()) {
                    lines.push(Vec::new());
                }
            }
            ' ' | '\t' if splits_at_blanks => lines.last_mut()?.extend(item.take()),
            ' ' | '\t' if item.is_none() => {}
            '\\' => item.get_or_insert_default().extend(letters.next()),
            '\'' | '"' => {
                let quoted = item.get_or_insert_default();
                loop {
                    match letters.next() {
                        Some(inside) if inside == letter => break,
                        Some('\n') | None => return None,
                        Some(inside) => quoted.push(inside),
                    }
                }
            }
            other => item.get_or_insert_default().push(other),
        }
        is_continued = splits_at_blanks && matches!(letter, ' ' | '\t');
    }
    lines.last_mut()?.extend(item);
    Some(lines)
}
