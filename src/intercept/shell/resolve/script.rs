//! Programs that are named by their path: scripts, and links to other programs.

use std::path::Path;
use std::rc::Rc;

use super::Interpreter;
use super::shells::SHELLS;
use crate::contract::Cause;
use crate::grammar::base_name;
use crate::grammar::tool::Language;
use crate::intercept::path::cleaned;
use crate::intercept::shell::state::{Dialect, State};
use crate::intercept::shell::value::{Form, Value};

impl Interpreter<'_> {
    /// A program that is named by its path: a script is read, and a link may be another program.
    pub(super) fn path_program(&mut self, path: &str, words: &[Form], state: &mut State) -> Option<Value> {
        if let Some(name) = self.linked_program(path, state) {
            let mut own = words.to_vec();
            if let Some(first) = own.first_mut() {
                *first = Form::text(&name);
            }
            if let Some(runs) = &mut self.runs {
                runs.push(own.clone());
            }
            self.tell(Cause::Program, path);
            return Some(self.named(&name, &own, state));
        }
        let is_made = self.is_made(path, state);
        let mut is_missing = false;
        for folder in state.folders.known.clone() {
            let place = cleaned(&folder.join(path));
            if state.is_remote || !self.steps(super::LOOK) {
                break;
            }
            match std::fs::canonicalize(&place) {
                Ok(real) => {
                    let name =
                        real.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                    if !matches!(name.as_str(), "busybox" | "toybox" | "coreutils") && name != base_name(path)
                    {
                        // It is that program, under the name that it is called by.
                        let mut own = words.to_vec();
                        if let Some(first) = own.first_mut() {
                            *first = Form::text(&name);
                        }
                        if let Some(runs) = &mut self.runs {
                            runs.push(own.clone());
                        }
                        self.named(&name, &own, &mut state.clone());
                    }
                }
                Err(_) => is_missing = true,
            }
        }
        if is_missing && !is_made && self.has_written() {
            self.tell(Cause::Program, path);
        }
        let is_system = ["/bin/", "/sbin/", "/usr/", "/opt/", "/nix/", "/snap/"]
            .iter()
            .any(|folder| path.starts_with(folder));
        if is_system && !is_made {
            return None;
        }
        if is_made || is_script(path, state) {
            let Some(text) = self.script(path, state) else {
                self.tell(Cause::Program, path);
                return Some(Value::unknown());
            };
            return Some(self.script_text(path, &text, words, state));
        }
        None
    }

    /// The program that a name leads to which the text itself has made a link of.
    pub(super) fn linked_program(&self, path: &str, state: &State) -> Option<String> {
        let is_bare = !path.contains('/');
        let target = self.links.iter().find_map(|(name, target)| {
            let is_it = if is_bare {
                name.file_name().is_some_and(|base| base.to_string_lossy() == path)
            } else {
                state.folders.known.iter().any(|folder| cleaned(&folder.join(path)) == *name)
            };
            is_it.then_some(target)
        })?;
        let name = target.file_name()?.to_string_lossy().into_owned();
        (name != base_name(path)).then_some(name)
    }

    /// Runs a script by its first line.
    pub(super) fn script_text(&mut self, path: &str, text: &str, words: &[Form], state: &mut State) -> Value {
        let interpreter = text.lines().next().and_then(|line| line.strip_prefix("#!")).map(str::trim);
        let mut own = state.child();
        own.operands = Rc::new(words.iter().skip(1).map(|form| Value::of([form.clone()])).collect());
        own.has_more_operands = words.iter().any(Form::splits);
        own.name = Value::text(path);
        own.aliases = Rc::default();
        own.expands_aliases = false;
        own.begins_shell = true;
        let Some(interpreter) = interpreter else { return self.inner_text(text, &mut own) };
        let mut parts = interpreter.split_whitespace().filter(|part| !part.starts_with('-'));
        let mut program = parts.next().map(base_name).unwrap_or_default();
        if program == "env" {
            program = parts.next().unwrap_or_default();
        }
        if SHELLS.contains(&program) {
            own.dialect = Dialect::of(program);
            return self.inner_text(text, &mut own);
        }
        let language = match program.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '.')
        {
            "python" => Language::Python,
            "perl" => Language::Perl,
            "ruby" => Language::Ruby,
            "node" => Language::Node,
            _ => Language::Other,
        };
        self.project_code(language, text, state);
        Value::unknown()
    }
}

/// Whether a file begins like a script.
fn is_script(path: &str, state: &State) -> bool {
    use std::io::Read;
    let begins = |path: &Path| {
        let mut start = [0; 2];
        std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == *b"#!"
    };
    !state.is_remote && state.folders.known.iter().any(|folder| begins(&cleaned(&folder.join(path))))
}
