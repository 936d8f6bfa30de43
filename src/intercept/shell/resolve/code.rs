//! Code in other languages: what a text of awk, sed, Python and others runs, reads and writes.
//!
//! No such language is read in full. A small set of words is known to do nothing but compute; a text of only these is
//! let be. Any other is code that is asked about, and what it names between quotes is looked at, because that may be
//! worth a refusal.

use super::Interpreter;
use crate::contract::Cause;
use crate::grammar::tool::Language;
use crate::intercept::code;
use crate::intercept::host;
use crate::intercept::shell::effect::{Access, Extent};
use crate::intercept::shell::state::{Input, State};
use crate::intercept::shell::value::{Form, Value};

/// The most texts between quotes that are looked at.
const MOST_QUOTED: usize = 200;

impl Interpreter<'_> {
    /// A program's text.
    pub(super) fn code(&mut self, language: Language, value: &Value, state: &mut State) {
        for form in value.forms().to_vec() {
            match form.known() {
                Some(text) => {
                    let text = text.to_owned();
                    self.code_known(language, &text, state);
                }
                None => {
                    self.tell(Cause::Code, &form.open());
                    let text = form.open();
                    self.named_in(language, &text, state);
                }
            }
        }
    }

    fn code_known(&mut self, language: Language, text: &str, state: &mut State) {
        match language {
            Language::Awk => self.awk(text, state),
            Language::Sed => self.sed(text, state),
            Language::Jq => {}
            Language::Make => self.makefile(text, state),
            Language::Ed | Language::Vim | Language::Dc | Language::Sql | Language::Gdb => {
                self.lines_of(language, text, state);
            }
            Language::Python => {
                let (text, files) = code::calls(text);
                for (file, is_written) in files {
                    let access = if is_written { Access::Update } else { Access::Read };
                    if is_written {
                        self.makes(&Form::text(&file), state);
                    }
                    self.uses(&Form::text(file), access, Extent::One, state);
                }
                if !code::only_computes(language, &text) {
                    self.tell(Cause::Code, &text);
                    self.named_in(language, &text, state);
                }
            }
            Language::Perl
            | Language::Ruby
            | Language::Node
            | Language::Php
            | Language::Lua
            | Language::Tcl
            | Language::R
            | Language::AppleScript
            | Language::M4
            | Language::Other => {
                if !code::only_computes(language, text) {
                    self.tell(Cause::Code, text);
                    self.named_in(language, text, state);
                }
            }
        }
    }

    /// A file with code. One of the project is the project's own, and is read for what it names.
    pub(super) fn code_file(&mut self, language: Language, file: &Form, state: &mut State) -> Value {
        self.uses(file, Access::Read, Extent::One, state);
        let Some(name) = file.known().map(str::to_owned) else {
            self.tell(Cause::Code, &file.open());
            return Value::unknown();
        };
        if name == "-" || name == "/dev/stdin" {
            self.code_on_input(language, state);
            return Value::unknown();
        }
        if name.starts_with("/dev/fd/") {
            let value = self.contents_of(&name);
            self.code(language, &value, state);
            return Value::unknown();
        }
        match self.script(&name, state) {
            Some(text) if self.is_made(&name, state) => self.code_known(language, &text, state),
            Some(text) => match language {
                Language::Awk | Language::Sed => self.code_known(language, &text, state),
                // Its recipes run, and are looked at there.
                Language::Make => {}
                _ => self.project_code(language, &text, state),
            },
            None if self.is_made(&name, state) || matches!(language, Language::Awk | Language::Sed) => {
                self.tell(Cause::Code, &name);
            }
            None => {}
        }
        Value::unknown()
    }

    /// Code that lies in a file: what it names as a command may be worth a refusal; that it is code is not asked
    /// about, as running the project's programs is what people do all day.
    pub(super) fn project_code(&mut self, language: Language, text: &str, state: &mut State) {
        let before = self.effects.unresolved.len();
        if !code::runs_others(language, text).is_empty() {
            self.named_in(language, text, state);
        }
        if !self.effects.has_given_up() {
            self.effects.unresolved.truncate(before);
        }
    }

    /// What a text names between quotes, as commands and as files.
    fn named_in(&mut self, language: Language, text: &str, state: &mut State) {
        for host in host::named_in(text) {
            self.reaches(host);
        }
        let runs = code::runs_others(language, text);
        let files = code::opens_files(language, text);
        let quoted = code::quoted(text);
        if !runs.is_empty() {
            for text in quoted.iter().chain(&runs).take(MOST_QUOTED) {
                self.perhaps(text.trim().trim_end_matches('|').trim_start_matches(['|', '!']), state);
            }
            // `["rm", "-rf", "/"]`
            let joined = code::lists(text);
            for words in joined.iter().take(MOST_QUOTED) {
                let words: Vec<Form> = words.iter().map(Form::text).collect();
                let held = self.runs.take();
                self.runs = Some(held.clone().unwrap_or_default());
                let before = self.effects.unresolved.len();
                self.external(words, &mut state.clone());
                let found = self.runs.take();
                self.runs = if held.is_some() { found } else { None };
                self.effects.unresolved.truncate(before.max(usize::from(self.effects.has_given_up())));
            }
        }
        if files {
            for text in quoted.iter().chain(&code::bare_paths(text)).take(MOST_QUOTED) {
                if !text.contains(char::is_whitespace) && !text.is_empty() {
                    self.uses(&Form::text(text), Access::Update, Extent::One, state);
                }
            }
        }
    }

    /// awk: commands in strings, files behind `>` and `<`.
    fn awk(&mut self, text: &str, state: &mut State) {
        let found = code::awk(text, &self.awk_variables);
        if found.is_unread {
            self.tell(Cause::Code, text);
        }
        self.does_all(found, state);
    }

    /// sed: `e`, `r`, `w` and their kin.
    fn sed(&mut self, text: &str, state: &mut State) {
        let found = code::sed(text);
        if found.is_unread {
            self.tell(Cause::Code, text);
            if let Input::Text(value) | Input::Rest(value) = state.input.clone() {
                for text in value.texts().map(str::to_owned).collect::<Vec<_>>() {
                    self.perhaps(&text, state);
                }
            }
        }
        self.does_all(found, state);
    }

    /// What code was found to run, read and write.
    fn does_all(&mut self, found: code::Uses, state: &mut State) {
        for command in found.commands {
            self.perhaps_or_code(&command, state);
        }
        for file in found.reads {
            self.uses(&Form::text(file), Access::Read, Extent::One, state);
        }
        for file in found.writes {
            self.uses(&Form::text(&file), Access::Write, Extent::One, state);
            self.makes(&Form::text(file), state);
        }
    }

    /// A command that code runs.
    fn perhaps_or_code(&mut self, command: &str, state: &mut State) {
        self.inner_text(command, &mut state.child());
    }

    /// Editors and calculators: `!command`, and files behind commands of theirs.
    fn lines_of(&mut self, language: Language, text: &str, state: &mut State) {
        for line in text.lines() {
            for (sign, rest) in code::escapes(language, line) {
                match sign {
                    code::Escape::Command => self.perhaps_or_code(&rest, state),
                    code::Escape::Read => self.uses(&Form::text(rest), Access::Read, Extent::One, state),
                    code::Escape::Write => {
                        self.uses(&Form::text(&rest), Access::Write, Extent::One, state);
                        self.makes(&Form::text(rest), state);
                    }
                    code::Escape::Unread => self.tell(Cause::Code, line),
                }
            }
        }
    }
}
