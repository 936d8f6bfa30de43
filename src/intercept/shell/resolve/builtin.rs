//! Builtins: what they change in the shell, and what they run.

use std::path::Path;
use std::rc::Rc;

use super::Interpreter;
use super::assign::is_name;
use crate::contract::Cause;
use crate::grammar::builtins::{FOREIGN, HARMLESS_SET_LETTERS, HARMLESS_SET_NAMES, HARMLESS_SHOPT_NAMES};
use crate::intercept::path::cleaned;
use crate::intercept::shell::effect::{Access, Does, Execute, Extent};
use crate::intercept::shell::state::{Contents, Dialect, Folders, State, Variable};
use crate::intercept::shell::value::{Form, Value};

impl Interpreter<'_> {
    /// Runs a builtin; none if `name` is none. Its own request is made like that of any program.
    pub(super) fn builtin(&mut self, name: &str, words: &[Form], state: &mut State) -> Option<Value> {
        let operands = words.get(1..).unwrap_or_default();
        let nothing = Some(Value::text(""));
        match name {
            "command" | "builtin" | "exec" => return Some(self.prefixed(name, words, state)),
            "eval" => {
                self.request(words);
                let operands = if operands.first().and_then(Form::known) == Some("--") {
                    operands.get(1..).unwrap_or_default()
                } else {
                    operands
                };
                return Some(self.joined_text(operands, state));
            }
            "." | "source" => {
                self.request(words);
                return Some(self.source(operands, state));
            }
            _ => {}
        }
        if state.dialect != Dialect::Bash && FOREIGN.contains(name) {
            self.tell(Cause::Code, name);
        }
        match name {
            "cd" | "pushd" | "popd" => self.moves(name, operands, state),
            "export" | "declare" | "typeset" | "local" | "readonly" => self.declare(name, operands, state),
            "unset" => self.unset(operands, state),
            "set" => self.set_options(operands, state),
            "shift" => {
                let count =
                    operands.first().and_then(Form::known).and_then(|text| text.parse().ok()).unwrap_or(1);
                let all = state.operands.to_vec();
                state.history.borrow_mut().shifted(&all);
                let left = state.operands.iter().skip(count).cloned().collect();
                let has_more = state.has_more_operands;
                state.set_operands(left, has_more);
            }
            "shopt" => {
                let is_on = operands
                    .iter()
                    .any(|form| form.known().is_some_and(|text| text.contains('s') && text.starts_with('-')));
                let is_off = operands.iter().any(|form| form.known() == Some("-u"));
                for form in operands {
                    let Some(option) = form.known() else {
                        self.tell(Cause::Code, &form.open());
                        continue;
                    };
                    match option {
                        "expand_aliases" => state.expands_aliases = is_on || !is_off && state.expands_aliases,
                        "extglob" => state.is_extended = is_on || !is_off && state.is_extended,
                        "dotglob" | "globstar" | "nullglob" | "nocaseglob" | "failglob"
                        | "globasciiranges" => {
                            state.globs_otherwise = true;
                        }
                        _ if HARMLESS_SHOPT_NAMES.contains(&option) => {}
                        _ if option.starts_with('-') => {}
                        _ => self.tell(Cause::Code, option),
                    }
                }
            }
            "alias" => {
                for form in operands {
                    match form.known().and_then(|text| text.split_once('=')) {
                        Some((name, text)) => {
                            state.history.borrow_mut().alias(name, text);
                            Rc::make_mut(&mut state.aliases).insert(name.to_owned(), text.to_owned());
                        }
                        None if form.known().is_some() => {}
                        None => self.unknown_operand(form),
                    }
                }
            }
            "unalias" => {
                state.history.borrow_mut().changes();
                let aliases = Rc::make_mut(&mut state.aliases);
                match operands.first().and_then(Form::known) {
                    Some("-a") => aliases.clear(),
                    _ => operands.iter().filter_map(Form::known).for_each(|name| {
                        aliases.remove(name);
                    }),
                }
            }
            "trap" => self.trap(operands, state),
            "read" => self.reads(operands, state),
            "mapfile" | "readarray" => self.maps(operands, state),
            "printf"
                if operands
                    .first()
                    .is_some_and(|form| form.start().starts_with("-v") && form.known() != Some("-v")) =>
            {
                let mut split = words.to_vec();
                let name = operands
                    .first()
                    .and_then(Form::known)
                    .and_then(|text| text.get(2..))
                    .unwrap_or_default()
                    .to_owned();
                split.splice(1..2, [Form::text("-v"), Form::text(name)]);
                return self.builtin("printf", &split, state);
            }
            "printf" if operands.first().and_then(Form::known) == Some("-v") => {
                self.request(words);
                let name = operands.get(1).and_then(Form::known).map(str::to_owned);
                let value = self.printed(operands.get(2..).unwrap_or_default());
                match name {
                    Some(name) if is_name(&name) => self.set(&name, value, false, state),
                    Some(name) => {
                        self.subscripted(&name, state);
                        if let Some((name, _)) = name.split_once('[') {
                            state.set(name, Variable::array(Contents::Some(vec![value])));
                        }
                    }
                    None => self.tell(Cause::Environment, "printf -v"),
                }
                return nothing;
            }
            "let" => {
                for form in operands {
                    match form.known() {
                        Some(text) => {
                            self.expression(text, state);
                            let parts = [crate::intercept::shell::syntax::Part::Quoted(text.to_owned())];
                            self.arithmetic(&parts, state);
                        }
                        None => self.tell(Cause::Code, &form.open()),
                    }
                }
            }
            "test" | "[" => {
                let values: Vec<Value> = operands.iter().map(|form| Value::of([form.clone()])).collect();
                self.tested(&values, false, state);
            }
            "wait" | "getopts" => {
                for text in operands.iter().filter_map(Form::known) {
                    self.subscripted(text, state);
                }
                if name == "getopts"
                    && let Some(name) = operands.get(1).and_then(Form::known)
                {
                    state.set(name, Variable::scalar(Value::unknown()));
                    state.set("OPTARG", Variable::scalar(Value::unknown()));
                    state.set("OPTIND", Variable::scalar(Value::number()));
                }
            }
            "hash"
                if operands.iter().any(|form| {
                    form.known().is_none_or(|text| text.starts_with('-') && text.contains('p'))
                }) =>
            {
                if let [_, path, name] = operands {
                    self.links(path, name, state);
                }
                self.tell(Cause::Program, "hash -p");
            }
            "enable" | "bind" | "fc" | "complete" | "compgen" | "history" => {
                self.tools_of_the_shell(name, operands, state);
            }
            "times" | "umask" | "ulimit" | "true" | "false" | ":" | "return" | "exit" | "break"
            | "continue" | "jobs" | "bg" | "fg" | "disown" | "suspend" | "logout" | "dirs" | "caller"
            | "help" | "type" | "hash" | "kill" => {
                if matches!(name, "exit" | "return" | "break" | "continue") {
                    state.may_have_left = true;
                    state.history.borrow_mut().is_varied = true;
                    // Arithmetic in some shells.
                    for text in operands.iter().filter_map(Form::known) {
                        self.subscripted(text, state);
                    }
                }
                if name == "jobs" && operands.iter().any(|form| form.known() == Some("-x")) {
                    self.request(words);
                    let inner = operands.iter().skip(1).cloned().collect();
                    return Some(self.external(inner, state));
                }
            }
            "echo" | "printf" | "pwd" => {
                self.request(words);
                return Some(match name {
                    "echo" => self.echoed(operands),
                    "printf" => self.printed(operands),
                    _ => self.working_folder(state).followed(&Value::text("\n")),
                });
            }
            _ => return None,
        }
        self.request(words);
        // What these print of the shell itself is not followed.
        let prints = matches!(
            name,
            "declare"
                | "typeset"
                | "export"
                | "readonly"
                | "local"
                | "set"
                | "alias"
                | "trap"
                | "compgen"
                | "history"
                | "fc"
                | "type"
                | "hash"
                | "shopt"
                | "dirs"
                | "jobs"
                | "bind"
                | "complete"
                | "caller"
                | "times"
                | "umask"
                | "help"
        );
        if prints && self.is_captured {
            let located = if name == "type" { self.located(operands) } else { Value::text("") };
            return Some(located.joined(&Value::unknown()));
        }
        nothing
    }

    /// The request of a builtin.
    fn request(&mut self, words: &[Form]) {
        match &mut self.runs {
            Some(runs) => runs.push(words.to_vec()),
            None => self.effects.command(Execute {
                words: words.to_vec(),
                runs: Vec::new(),
                does: Does::default(),
                origin: self.origin(),
            }),
        }
    }

    /// `command`, `builtin` and `exec` with what they run.
    fn prefixed(&mut self, name: &str, words: &[Form], state: &mut State) -> Value {
        let mut place = 1;
        while let Some(text) = words.get(place).and_then(Form::known) {
            match (name, text) {
                ("command", "-v" | "-V") => {
                    self.request(words);
                    return self.located(words.get(place + 1..).unwrap_or_default());
                }
                ("exec", "-a") => place += 2,
                (_, "--") => {
                    place += 1;
                    break;
                }
                ("command", "-p") | ("exec", "-c" | "-l" | "-cl" | "-lc") => place += 1,
                (_, option) if option.starts_with('-') => {
                    self.tell(Cause::RunsAnother, option);
                    break;
                }
                _ => break,
            }
        }
        let inner: Vec<Form> = words.get(place..).unwrap_or_default().to_vec();
        if inner.is_empty() {
            self.request(words);
            return Value::text("");
        }
        let Some(program) = inner.first().and_then(Form::known).map(str::to_owned) else {
            self.tell(Cause::Program, &inner.first().map(Form::open).unwrap_or_default());
            self.request(words);
            return Value::unknown();
        };
        let is_outermost = self.runs.is_none();
        let others = if is_outermost { std::mem::take(&mut self.does) } else { Does::default() };
        let before = self.effects.commands.len();
        let mut runs = self.runs.take().unwrap_or_default();
        runs.push(if is_outermost { inner.clone() } else { words.to_vec() });
        self.runs = Some(runs);
        let output = match name {
            "exec" => self.external(inner, state),
            _ => match self.builtin(&program, &inner, state) {
                Some(output) => output,
                None => self.external(inner, state),
            },
        };
        if is_outermost {
            let runs = self.runs.take().unwrap_or_default();
            let does = std::mem::replace(&mut self.does, others);
            let words = words.to_vec();
            self.effects.command_at(before, Execute { words, runs, does, origin: self.origin() });
        }
        output
    }

    /// `eval`, and whatever else joins its words and reads them again.
    pub(super) fn joined_text(&mut self, operands: &[Form], state: &mut State) -> Value {
        let mut joined = Form::default();
        for (place, form) in operands.iter().enumerate() {
            if place > 0 {
                joined.push(" ");
            }
            joined.append(form);
        }
        self.code_text(&Value::of([joined]), state)
    }

    /// A text that a shell runs, as far as it is known.
    pub(super) fn code_text(&mut self, value: &Value, state: &mut State) -> Value {
        let mut outputs = Vec::new();
        for form in value.forms() {
            match form.known() {
                Some(text) => {
                    let text = text.to_owned();
                    let output = self.inner_text(&text, state);
                    outputs.extend(output.forms().iter().cloned());
                }
                None => {
                    self.tell(Cause::Code, &form.open());
                    // What is known of it may be worth a refusal.
                    let text = form.open();
                    if form.start().len() > 2 {
                        self.perhaps(&text.replace('*', "''"), state);
                    }
                    outputs.push(Form::hole(crate::intercept::shell::value::Hole::Unknown));
                }
            }
        }
        Value::of(outputs)
    }

    fn source(&mut self, operands: &[Form], state: &mut State) -> Value {
        let operands = if operands.first().and_then(Form::known) == Some("--") {
            operands.get(1..).unwrap_or_default()
        } else {
            operands
        };
        let Some(file) = operands.first() else { return Value::text("") };
        let saved = Rc::clone(&state.operands);
        if operands.len() > 1 {
            state.operands = Rc::new(operands.iter().skip(1).map(|form| Value::of([form.clone()])).collect());
        }
        let output = match file.known().map(str::to_owned) {
            Some(name) => self.sourced(&name, state),
            None => {
                self.opens(&Value::of([file.clone()]), Access::Read, state);
                self.tell(Cause::Code, &file.open());
                Value::unknown()
            }
        };
        state.operands = saved;
        output
    }

    /// Runs what stands in a file, in this shell.
    pub(super) fn sourced(&mut self, name: &str, state: &mut State) -> Value {
        if matches!(name, "/dev/stdin" | "/dev/fd/0" | "/proc/self/fd/0") {
            let value = self.read(&state.input.clone());
            return self.code_text(&value, state);
        }
        if name.starts_with("/dev/fd/") {
            let value = self.contents_of(name);
            return self.code_text(&value, state);
        }
        self.uses(&Form::text(name), Access::Read, Extent::One, state);
        match self.script(name, state) {
            Some(text) => self.inner_text(&text, state),
            None => {
                self.tell(Cause::Code, name);
                Value::unknown()
            }
        }
    }

    fn moves(&mut self, name: &str, operands: &[Form], state: &mut State) {
        if name == "popd" {
            match state.stack.pop() {
                Some(folders) => {
                    for other in state.stack.clone() {
                        state.folders.join(&other);
                    }
                    state.folders.join(&folders);
                }
                None => self.lost(state),
            }
            return;
        }
        let target = operands
            .iter()
            .find(|form| form.known().is_none_or(|text| text == "-" || !text.starts_with('-')));
        let before = state.folders.clone();
        match target {
            None if name == "pushd" => {
                self.lost(state);
                return;
            }
            None => {
                let known = self.homes();
                state.folders = Folders { known, is_open: false };
            }
            Some(form) if form.known() == Some("-") => {
                state.folders = match state.stack.last() {
                    Some(folders) if name == "cd" => folders.clone(),
                    _ => Folders { known: before.known.clone(), is_open: true },
                };
            }
            Some(form) => self.moved(form, &before, state),
        }
        // What is not plainly one folder may fail, or mean the stack.
        let is_odd = operands.iter().any(|form| {
            form.known().is_none_or(|text| {
                text.starts_with('+') || text.starts_with('-') && !matches!(text, "-L" | "-P" | "--" | "-")
            })
        }) || operands.iter().filter(|form| !form.start().starts_with('-')).count() > 1;
        if is_odd {
            for folders in state.stack.clone().iter().chain([&before]) {
                state.folders.join(folders);
            }
            state.folders.is_open |= name != "cd";
        }
        if name == "pushd" {
            state.stack.push(before.clone());
        } else {
            // `cd -` goes back to it.
            state.stack.truncate(16);
            state.stack.push(before.clone());
        }
    }

    /// The working directory becomes this one; where it may not be there, it may also stay.
    pub(super) fn moved(&mut self, form: &Form, before: &Folders, state: &mut State) {
        let Some(text) = form.known() else {
            let mut known = before.known.clone();
            if form.is_glob() && !form.is_unknown() {
                known = self.globbed(form, state).into_iter().take(8).map(Into::into).collect();
                known = before
                    .known
                    .iter()
                    .flat_map(|from| known.iter().map(|to: &std::path::PathBuf| cleaned(&from.join(to))))
                    .collect();
                state.folders = Folders { known, is_open: false };
                return;
            }
            known.truncate(4);
            state.folders = Folders { known, is_open: true };
            return;
        };
        let may_be_searched = state.variable("CDPATH").is_some() && !text.starts_with(['/', '.']);
        let mut known = Vec::new();
        let mut may_stay = false;
        for folder in &before.known {
            if !self.steps(super::LOOK) {
                return;
            }
            let to = cleaned(&folder.join(text));
            may_stay |= !to.is_dir();
            let real = self.links.iter().find_map(|(name, target)| {
                to.strip_prefix(name).ok().map(|rest| cleaned(&target.join(rest)))
            });
            known.extend(real);
            known.push(to);
        }
        let is_absolute = Path::new(text).is_absolute();
        if known.is_empty() && is_absolute {
            known.push(cleaned(Path::new(text)));
        }
        let mut folders =
            Folders { known: Vec::new(), is_open: before.is_open && !is_absolute || may_be_searched };
        folders.join(&Folders { known, is_open: false });
        if may_stay || state.may_have_left {
            folders.join(&Folders { known: before.known.clone(), is_open: false });
        }
        state.folders = folders;
    }

    fn set_options(&mut self, operands: &[Form], state: &mut State) {
        let mut rest = operands;
        let mut wants_name = false;
        while let Some((first, behind)) = rest.split_first() {
            let Some(text) = first.known() else {
                // Operands that are not known become `$1` and on.
                let values = rest.iter().map(|form| Value::of([form.clone()])).collect();
                state.set_operands(values, rest.iter().any(Form::splits));
                return;
            };
            if wants_name {
                if !HARMLESS_SET_NAMES.contains(&text) {
                    self.tell(Cause::Code, text);
                }
                wants_name = false;
            } else if text == "--" || text == "-" || !text.starts_with(['-', '+']) {
                let values = if text.starts_with('-') { behind } else { rest };
                let has_more = values.iter().any(Form::splits);
                state.set_operands(values.iter().map(|form| Value::of([form.clone()])).collect(), has_more);
                return;
            } else {
                let letters = text.get(1..).unwrap_or_default();
                wants_name = letters.contains('o');
                // `-T` and `-E` only say in which functions traps run.
                let is_known = |letter: char| {
                    HARMLESS_SET_LETTERS.contains(letter) || matches!(letter, 'o' | 'T' | 'E' | 'm')
                };
                if !letters.chars().all(is_known) {
                    self.tell(Cause::Code, text);
                }
            }
            rest = behind;
        }
    }

    fn unset(&mut self, operands: &[Form], state: &mut State) {
        let has = |option: &str| operands.first().and_then(Form::known) == Some(option);
        for form in operands {
            let Some(text) = form.known() else {
                self.unknown_operand(form);
                continue;
            };
            if text.starts_with('-') {
                continue;
            }
            if let Some((name, _)) = text.split_once('[') {
                self.subscripted(text, state);
                if let Some(variable) = state.variables.get(name) {
                    let contents = Contents::Some(variable.value.values());
                    state.set(name, Variable::array(contents));
                }
                continue;
            }
            state.history.borrow_mut().changes();
            let is_variable = !has("-f") && Rc::make_mut(&mut state.variables).remove(text).is_some();
            if !is_variable && !has("-v") && !has("-n") {
                Rc::make_mut(&mut state.functions).remove(text);
            }
        }
    }

    fn trap(&mut self, operands: &[Form], state: &mut State) {
        let operands = if operands.first().and_then(Form::known) == Some("--") {
            operands.get(1..).unwrap_or_default()
        } else {
            operands
        };
        let [action, _, ..] = operands else { return };
        match action.known() {
            Some("-" | "" | "-l" | "-p" | "-P") => {}
            Some(text) => {
                let text = text.to_owned();
                // It runs later, in whatever the shell is by then; here that is what it is now.
                state.history.borrow_mut().has_no_order();
                let mut own = state.clone();
                self.inner_text(&text, &mut own);
                state.join(&own);
            }
            None => self.tell(Cause::Code, &action.open()),
        }
    }

    /// `compgen -C` and its kin, which run code; `history -w` and its kin, which write files.
    fn tools_of_the_shell(&mut self, name: &str, operands: &[Form], state: &mut State) {
        let texts: Vec<Option<&str>> = operands.iter().map(Form::known).collect();
        // These only list what is bound, known and enabled.
        let lists: &[&str] = match name {
            "bind" => &["-l", "-p", "-P", "-s", "-S", "-v", "-V", "-X"],
            "fc" => &["-l", "-ln", "-lr", "-lnr", "-n", "-r"],
            "enable" => &["-a", "-p", "-ap", "-pa", "-s"],
            _ => &[],
        };
        let only_lists = texts.iter().all(|text| text.is_some_and(|text| lists.contains(&text)))
            && (name != "fc"
                || texts.first().is_some_and(|text| text.is_some_and(|text| text.contains('l'))));
        let mut runs_code = matches!(name, "bind" | "fc" | "enable") && !operands.is_empty() && !only_lists;
        for (place, text) in texts.iter().enumerate() {
            let Some(text) = text else {
                runs_code = true;
                continue;
            };
            let next = operands.get(place + 1);
            match (name, *text) {
                ("history", "-w" | "-a") => {
                    if let Some(file) = next {
                        self.uses(file, Access::Write, Extent::One, state);
                        self.makes(file, state);
                    }
                }
                ("history", "-r" | "-n") => {
                    if let Some(file) = next {
                        self.uses(file, Access::Read, Extent::One, state);
                    }
                }
                ("compgen" | "complete", "-C" | "-F") => {
                    if let Some(code) = next {
                        self.code_text(&Value::of([code.clone()]), state);
                    }
                }
                ("compgen" | "complete", "-W") => {
                    if let Some(text) = next.and_then(Form::known).map(str::to_owned) {
                        self.template(&text, state);
                    }
                }
                ("bind", "-x" | "-f") | ("enable", "-f") | ("fc", "-e" | "-s") => runs_code = true,
                // Letters in clusters, values that are joined to them.
                ("compgen" | "complete", text)
                    if text.len() > 2 && text.contains(['C', 'F', 'W']) && text.starts_with('-') =>
                {
                    runs_code = true;
                    let code =
                        text.split_once(['C', 'F', 'W']).map(|(_, code)| code.to_owned()).unwrap_or_default();
                    self.perhaps(&code, state);
                    self.perhaps(code.trim_start_matches("$(").trim_end_matches(')'), state);
                    if let Some(code) = next.and_then(Form::known).map(str::to_owned) {
                        self.perhaps(&code, state);
                    }
                }
                ("history", text)
                    if text.len() > 2 && text.starts_with('-') && text.contains(['w', 'a', 'r', 'n']) =>
                {
                    if let Some(file) = next {
                        self.uses(file, Access::Update, Extent::One, state);
                        self.makes(file, state);
                    }
                }
                _ => {}
            }
        }
        if runs_code {
            self.tell(Cause::Code, name);
        }
    }
}
