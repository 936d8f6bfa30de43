//! `make`: what its operands say, and the recipes of a makefile that the text itself gives.

use super::Interpreter;
use crate::contract::Cause;
use crate::intercept::shell::effect::{Access, Extent};
use crate::intercept::shell::state::State;
use crate::intercept::shell::value::{Form, Value};

impl Interpreter<'_> {
    /// `make`: text in its operands is read by it, and its targets by [`Interpreter::recipes`].
    pub(super) fn make(&mut self, name: &str, words: &[Form], state: &mut State) -> Value {
        let mut place = 1;
        let (mut runs_nothing, mut file) = (false, None);
        let mut own = state.clone();
        while let Some(form) = words.get(place) {
            place += 1;
            // How many run at once does not matter.
            if form.start().starts_with("-j") && !form.splits() || form.start() == "-j" {
                continue;
            }
            let Some(text) = form.known().map(str::to_owned) else {
                self.tell(Cause::RunsAnother, &form.open());
                continue;
            };
            let value = |place: &mut usize, joined: Option<&str>| match joined {
                Some(joined) => Form::text(joined),
                None => {
                    *place += 1;
                    words.get(*place - 1).cloned().unwrap_or_default()
                }
            };
            match text.as_str() {
                "-n" | "--dry-run" | "--just-print" | "--recon" | "-q" | "--question" | "-v"
                | "--version" => runs_nothing = true,
                "-f" | "--file" | "--makefile" => file = Some(value(&mut place, None)),
                "-C" | "--directory" => {
                    let folder = value(&mut place, None);
                    self.takes(name, crate::grammar::tool::Role::Folder, &folder, &mut own);
                }
                "--eval" | "-E" => {
                    let text = value(&mut place, None);
                    self.makefile(&text, &mut own);
                }
                _ if text.starts_with("--eval=") => {
                    self.makefile(&Form::text(text.get(7..).unwrap_or_default()), &mut own);
                }
                _ if text.starts_with("--file=") || text.starts_with("--makefile=") => {
                    file = text.split_once('=').map(|(_, value)| Form::text(value));
                }
                _ if text.starts_with("--directory=") => {
                    let folder = Form::text(text.get(12..).unwrap_or_default());
                    self.takes(name, crate::grammar::tool::Role::Folder, &folder, &mut own);
                }
                _ if text.starts_with("-f") => file = Some(Form::text(text.get(2..).unwrap_or_default())),
                _ if text.starts_with("-C") => {
                    let folder = Form::text(text.get(2..).unwrap_or_default());
                    self.takes(name, crate::grammar::tool::Role::Folder, &folder, &mut own);
                }
                _ if text.starts_with('-')
                    && !text.starts_with("--")
                    && text.ends_with(['f', 'C', 'E'])
                    && text.len() > 2 =>
                {
                    let operand = value(&mut place, None);
                    match text.chars().next_back() {
                        Some('f') => file = Some(operand),
                        Some('C') => self.takes(name, crate::grammar::tool::Role::Folder, &operand, &mut own),
                        _ => self.makefile(&operand, &mut own),
                    }
                }
                _ if text.starts_with('-') && !text.starts_with("--") && text.contains('f') => {
                    file = text.split_once('f').map(|(_, file)| Form::text(file));
                }
                _ if text.starts_with('-') => {
                    let name = text.split('=').next().unwrap_or_default();
                    let is_known = [
                        "-j",
                        "-l",
                        "-k",
                        "-s",
                        "-B",
                        "-i",
                        "-w",
                        "-r",
                        "-R",
                        "-d",
                        "-e",
                        "-t",
                        "--jobs",
                        "--keep-going",
                        "--silent",
                        "--quiet",
                        "--always-make",
                        "--ignore-errors",
                        "--no-print-directory",
                        "--print-directory",
                        "--output-sync",
                        "-O",
                        "--trace",
                        "--debug",
                        "--no-builtin-rules",
                        "--load-average",
                        "-h",
                        "--help",
                        "-p",
                    ]
                    .iter()
                    .any(|known| name == *known || !known.starts_with("--") && name.starts_with(known));
                    if !is_known {
                        self.tell(Cause::RunsAnother, &text);
                    }
                    if matches!(text.as_str(), "-j" | "-l")
                        && words
                            .get(place)
                            .and_then(Form::known)
                            .is_some_and(|text| text.parse::<f64>().is_ok())
                    {
                        place += 1;
                    }
                }
                _ if text.contains('=') => {
                    let name = text.split('=').next().unwrap_or_default().trim().to_owned();
                    let sets_shell = name.ends_with([':', '!', '?', '+'])
                        || matches!(name.as_str(), "SHELL" | ".SHELLFLAGS" | "MFLAGS" | "GNUMAKEFLAGS")
                        || name.starts_with("MAKE");
                    if sets_shell || text.contains(['$', '`']) {
                        self.tell(Cause::RunsAnother, &text);
                        self.makefile(&Form::text(&text), &mut own);
                    }
                }
                _ => {
                    if text.contains(['$', '`']) {
                        self.tell(Cause::RunsAnother, &text);
                    }
                }
            }
        }
        if runs_nothing && file.is_none() {
            return Value::unknown();
        }
        if self.has_written_code() && !runs_nothing {
            self.tell(Cause::Code, name);
        }
        match file.as_ref().map(|file| (file.known().map(str::to_owned), file)) {
            Some((Some(name), _)) if matches!(name.as_str(), "-" | "/dev/stdin") => {
                let value = self.read(&own.input.clone());
                for form in value.forms().to_vec() {
                    self.makefile(&form, &mut own);
                }
            }
            Some((Some(name), _)) => {
                self.uses(&Form::text(&name), Access::Read, Extent::One, &own);
                if name.starts_with("/dev/") {
                    let value = self.contents_of(&name);
                    for form in value.forms().to_vec() {
                        self.makefile(&form, &mut own);
                    }
                } else if self.is_made(&name, &own) {
                    self.tell(Cause::Code, &name);
                }
            }
            Some((None, form)) => self.tell(Cause::Code, &form.open()),
            None => {}
        }
        Value::unknown()
    }

    /// The recipes of a makefile's text, and what its functions run.
    pub(super) fn makefile(&mut self, form: &Form, state: &mut State) {
        let Some(text) = form.known().map(str::to_owned) else {
            self.tell(Cause::Code, &form.open());
            return;
        };
        self.tell(Cause::Code, &text);
        for line in text.lines() {
            let recipe = line.strip_prefix('\t').or_else(|| line.split_once(';').map(|(_, recipe)| recipe));
            if let Some(recipe) = recipe {
                self.perhaps(recipe.trim_start_matches(['@', '-', '+', ' ']), state);
            }
            if let Some((_, code)) = line.split_once("$(shell ") {
                self.perhaps(code.trim_end().trim_end_matches(')'), state);
            }
            if let Some((_, code)) = line.split_once("!=") {
                self.perhaps(code, state);
            }
        }
    }
}
