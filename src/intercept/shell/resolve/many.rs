//! `xargs` and `parallel`: one command, many operands.

use super::Interpreter;
use crate::contract::Cause;
use crate::intercept::shell::effect::{Access, Extent};
use crate::intercept::shell::state::{Input, State};
use crate::intercept::shell::value::{Form, Hole, Value};

impl Interpreter<'_> {
    pub(super) fn xargs(&mut self, operands: &[Form], state: &mut State) -> Value {
        let mut place = 0;
        let mut replaced: Option<String> = None;
        let mut delimiter: Option<String> = None;
        let mut input = state.input.clone();
        while let Some(text) = operands.get(place).and_then(Form::known) {
            if text == "--" {
                place += 1;
                break;
            }
            if !text.starts_with('-') || text == "-" {
                break;
            }
            let following = operands.get(place + 1).and_then(Form::known).unwrap_or_default().to_owned();
            if let Some(long) = text.strip_prefix("--") {
                let (name, value) =
                    long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value.to_owned())));
                let is = |full: &str| !name.is_empty() && full.starts_with(name);
                if is("replace") {
                    replaced = Some(value.unwrap_or_else(|| "{}".to_owned()));
                } else if is("delimiter") {
                    if value.is_none() {
                        place += 1;
                    }
                    delimiter = Some(value.unwrap_or(following));
                } else if is("null") {
                    delimiter = Some("\\0".to_owned());
                } else if is("arg-file") {
                    let file = value.clone().unwrap_or(following);
                    if value.is_none() {
                        place += 1;
                    }
                    self.uses(&Form::text(&file), Access::Read, Extent::One, state);
                    input = Input::File(Value::text(file));
                } else if (is("max-args") || is("max-procs") || is("max-chars") || is("process-slot-var"))
                    && value.is_none()
                {
                    place += 1;
                } else if !(is("max-args")
                    || is("max-procs")
                    || is("max-chars")
                    || is("process-slot-var")
                    || is("no-run-if-empty")
                    || is("verbose")
                    || is("interactive")
                    || is("open-tty")
                    || is("exit")
                    || is("eof")
                    || is("max-lines")
                    || is("show-limits"))
                {
                    self.tell(Cause::RunsAnother, text);
                }
                place += 1;
                continue;
            }
            let mut letters = text.get(1..).unwrap_or_default();
            while let Some(letter) = letters.chars().next() {
                letters = letters.get(letter.len_utf8()..).unwrap_or_default();
                match letter {
                    '0' => delimiter = Some("\\0".to_owned()),
                    'o' | 'p' | 'r' | 't' | 'x' => {}
                    // A value that is only ever joined.
                    'e' | 'i' | 'l' => {
                        if letter == 'i' {
                            replaced =
                                Some(if letters.is_empty() { "{}".to_owned() } else { letters.to_owned() });
                        }
                        letters = "";
                    }
                    'a' | 'd' | 'E' | 'I' | 'J' | 'L' | 'n' | 'P' | 'R' | 's' | 'S' => {
                        let value = if letters.is_empty() {
                            place += 1;
                            operands.get(place).and_then(Form::known).unwrap_or_default().to_owned()
                        } else {
                            letters.to_owned()
                        };
                        match letter {
                            'I' | 'J' => replaced = Some(value),
                            'd' => delimiter = Some(value),
                            'a' => {
                                self.uses(&Form::text(&value), Access::Read, Extent::One, state);
                                input = Input::File(Value::text(value));
                            }
                            _ => {}
                        }
                        letters = "";
                    }
                    _ => {
                        self.tell(Cause::RunsAnother, text);
                        letters = "";
                    }
                }
            }
            place += 1;
        }
        let template = operands.get(place..).unwrap_or_default();
        if template.iter().take(1).any(|form| form.known().is_none()) {
            self.tell(Cause::Program, &template.first().map(Form::open).unwrap_or_default());
        }
        let value = self.read(&input);
        let mut own = state.clone();
        own.input = Input::Empty;
        let words = |form: &Form| -> Vec<Form> {
            let Some(text) = form.known() else { return vec![Form::hole(Hole::Words)] };
            match delimiter.as_deref() {
                Some("\\0") => text.split('\0').filter(|word| !word.is_empty()).map(Form::text).collect(),
                Some("\\n") => text.lines().map(Form::text).collect(),
                Some(sign) => {
                    let read = super::output::unescaped(sign, false).unwrap_or_else(|| sign.to_owned());
                    let sign = read.chars().next().unwrap_or('\n');
                    text.trim_end_matches('\n').split(sign).map(Form::text).collect()
                }
                None if replaced.is_some() => text
                    .lines()
                    .map(|line| Form::text(line.trim_start()))
                    .filter(|form| !form.is_empty())
                    .collect(),
                None => match xargs_words(text) {
                    Some(words) => words.into_iter().map(Form::text).collect(),
                    None => vec![Form::hole(Hole::Words)],
                },
            }
        };
        let mut output = Value::text("");
        for form in value.forms().to_vec() {
            let items = words(&form);
            if items.len() > 64 {
                self.tell(Cause::Limit, "more words for xargs than are gone through one by one");
            }
            let runs: Vec<Vec<Form>> = match &replaced {
                Some(sign) => items
                    .iter()
                    .take(64)
                    .map(|item| template.iter().map(|word| with_replaced(word, sign, item)).collect())
                    .collect(),
                None => {
                    let all: Vec<Form> = template.iter().cloned().chain(items.iter().cloned()).collect();
                    // How many go to one run is not followed: each may be alone.
                    let alone = items.iter().take(64).filter(|_| items.len() > 1);
                    let alone = alone.map(|item| template.iter().cloned().chain([item.clone()]).collect());
                    [all].into_iter().chain(alone).collect()
                }
            };
            for mut words in runs {
                if template.is_empty() {
                    words.insert(0, Form::text("echo"));
                }
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
    use crate::intercept::shell::value::Piece;
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

/// The words that xargs makes of its input: quotes and backslashes count, and there are no comments.
fn xargs_words(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ' ' | '\t' | '\n' => words.extend(word.take()),
            '\\' => word.get_or_insert_default().extend(letters.next()),
            '\'' | '"' => {
                let quoted = word.get_or_insert_default();
                loop {
                    match letters.next() {
                        Some(inside) if inside == letter => break,
                        Some('\n') | None => return None,
                        Some(inside) => quoted.push(inside),
                    }
                }
            }
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Some(words)
}
