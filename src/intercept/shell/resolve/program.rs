//! Programs: what their words are to them, by the tables of [`crate::grammar::tools`].

use super::Interpreter;
use super::assign::{is_name, strip_start};
use crate::contract::Cause;
use crate::grammar::base_name;
use crate::grammar::effects::CommandEffect;
use crate::grammar::options::Part;
use crate::grammar::tool::{Found, Language, Role};
use crate::grammar::tools::{folded, tool};
use crate::intercept::shell::effect::{Access, Extent};
use crate::intercept::shell::state::{Input, State};
use crate::intercept::shell::value::{Form, Hole, Value};
use std::borrow::Cow;

/// The most programs that may run one another.
const MOST_LAYERS: usize = 64;

impl Interpreter<'_> {
    /// What a program does; gives what it writes.
    pub(super) fn program(&mut self, words: &[Form], state: &mut State) -> Value {
        let Some(first) = words.first() else { return Value::text("") };
        let Some(path) = first.known().map(str::to_owned) else {
            self.tell(Cause::Program, &first.open());
            return Value::unknown();
        };
        if self.via.len() >= MOST_LAYERS {
            self.effects.gives_up(&path);
            return Value::unknown();
        }
        let name = base_name(&path).to_owned();
        if path.contains('/')
            && let Some(output) = self.path_program(&path, words, state)
        {
            return output;
        }
        if !path.contains('/')
            && let Some(linked) = self.linked_program(&path, state)
        {
            self.as_another(&linked, words, &mut state.clone());
        }
        if let Some(folded) = folded(&name) {
            return self.as_another(&folded, words, state);
        }
        self.named(&name, words, state)
    }

    /// A program under another name, which its rules have it under too.
    fn as_another(&mut self, name: &str, words: &[Form], state: &mut State) -> Value {
        let mut own = words.to_vec();
        if let Some(first) = own.first_mut() {
            *first = Form::text(name);
        }
        if let Some(runs) = &mut self.runs {
            runs.push(own.clone());
        }
        self.named(name, &own, state)
    }

    /// A program under its base name.
    pub(super) fn named(&mut self, name: &str, words: &[Form], state: &mut State) -> Value {
        self.contacts(name, words, state);
        self.via.push(name.to_owned());
        let special = self.special(name, words, state);
        self.via.pop();
        if let Some(output) = special {
            return output;
        }
        let operands = words.get(1..).unwrap_or_default();
        let Some(tool) = tool(name) else {
            self.unlisted(name, words, state);
            return Value::unknown();
        };
        let texts: Vec<Cow<'_, str>> = operands.iter().map(Form::open).collect();
        let texts: Vec<&str> = texts.iter().map(Cow::as_ref).collect();
        let found = tool.find(&texts);
        let parts = found.read(&texts);
        self.via.push(name.to_owned());
        let output = self.read_by(name, &found, &parts, operands, state);
        self.via.pop();
        output
    }

    pub(super) fn read_by(
        &mut self,
        name: &str,
        found: &Found<'_>,
        parts: &[Part<'_>],
        operands: &[Form],
        state: &mut State,
    ) -> Value {
        let form = found.form();
        let roles = form.roles_of(parts);
        let runs_others = roles.iter().any(|(_, role)| runs(*role));
        let mut own = state.clone();
        let mut is_hidden = found.hidden;
        let mut targets: Vec<Form> = Vec::new();
        for part in found.options.iter().chain(parts) {
            match part {
                Part::Option { name: "--unset" | "--ignore-environment", .. } if name == "env" => {
                    own.forget_exports();
                }
                Part::Option { name: option, value: Some(value), at, .. } => {
                    // What git's settings carry is looked at where git is.
                    if name == "git" && *option == "-c" {
                        continue;
                    }
                    if *option == "-m" && self.python_module(name, value) {
                        for word in
                            operands.iter().skip(*at + 1).filter(|word| !word.start().starts_with('-'))
                        {
                            self.uses(word, Access::Read, Extent::One, &own);
                        }
                        continue;
                    }
                    let is_before = found.options.iter().any(|other| std::ptr::eq(other, part));
                    let role = if is_before { found.role_before(option) } else { found.role(option) };
                    let word = operands.get(*at).cloned().unwrap_or_default();
                    if runs(role) {
                        // A command goes on to the end.
                        let mut rest = operands.get(*at..).unwrap_or_default().to_vec();
                        if let Some(first) = rest.first_mut() {
                            *first = value_of(&word, value);
                        }
                        self.operands(name, &[(0, role)], &rest, &mut own.clone());
                        continue;
                    }
                    if matches!(name, "tar" | "gtar" | "bsdtar")
                        && *option == "--files-from"
                        && *value == "-"
                        && self.packs_listed(parts, &own)
                    {
                        continue;
                    }
                    let word = value_of(&word, value);
                    if matches!(*option, "--output-dir" | "--directory-prefix" | "-P")
                        && matches!(name, "curl" | "wget")
                        || name == "unzip" && *option == "-d"
                    {
                        self.writes_in(&word, &own);
                    }
                    if role == Role::Text
                        && matches!(*option, "--command" | "--exec" | "--shell-command" | "--run")
                        && let Some(code) = word.known().map(str::to_owned)
                    {
                        self.perhaps(&code, &own);
                    }
                    if matches!(role, Role::Put | Role::Link) {
                        targets.push(word);
                    } else {
                        self.takes(name, role, &word, &mut own);
                    }
                }
                Part::Option { value: None, .. } | Part::Operand { .. } => {}
                Part::Unknown { word } => {
                    is_hidden = true;
                    if let Some(word) = operands.get(*word) {
                        self.unknown_option(word, state);
                    }
                }
            }
        }
        if is_hidden && runs_others {
            self.tell(Cause::RunsAnother, name);
        }
        // The name of a subcommand has no blanks: this is a text for a shell (`pnpm -c exec TEXT`).
        if found.subcommand.is_none()
            && let Some(text) = found.first.and_then(|place| operands.get(place)).and_then(Form::known)
            && text.contains(' ')
        {
            let text = text.to_owned();
            self.perhaps(&text, &own);
        }
        // A word that is not known may be an option of a program that runs others.
        if runs_others {
            let until =
                roles.iter().find(|(_, role)| runs(*role)).map_or(operands.len(), |(place, _)| *place);
            let is_open = |form: &Form| form.is_unknown() && (form.start().is_empty() || form.splits());
            if let Some(word) = operands.iter().take(until).find(|form| is_open(form)) {
                self.tell(Cause::RunsAnother, &word.open());
            }
        }
        if !targets.is_empty() {
            let sources: Vec<&Form> = roles.iter().filter_map(|(place, _)| operands.get(*place)).collect();
            for target in &targets {
                self.puts(&sources, target, &mut own);
            }
        }
        if matches!(name, "tar" | "bsdtar" | "cpio" | "pax") {
            self.archive(parts, &roles, operands, &own);
        }
        match name {
            "bun" => self.package_scripts(found, operands, &own),
            "make" | "gmake" | "bmake" => self.make(parts, operands, &mut own),
            "git" => self.gives_up_changes(found, parts, operands, &own),
            "just" => self.just(parts, operands, &own),
            "npm" | "pnpm" | "yarn" | "yarnpkg" | "cnpm" => self.package_scripts(found, operands, &own),
            _ => {}
        }
        if hands_no_input_on(name, found, parts) {
            own.input = Input::Empty;
        }
        self.without_operands(name, found, parts, &roles, &mut own);
        self.operands(name, &roles, operands, &mut own)
    }

    /// Whether `-m` names a module that runs no other code than its own: most do.
    fn python_module(&self, name: &str, module: &str) -> bool {
        let runs_code = [
            "timeit", "pdb", "cProfile", "profile", "trace", "runpy", "code", "idlelib", "zipapp", "pty",
            "bdb", "doctest",
        ];
        name.starts_with("py")
            && !runs_code.iter().any(|known| module == *known || module.starts_with(&format!("{known}.")))
    }

    /// What a program reads where no operand says what.
    fn without_operands(
        &mut self,
        name: &str,
        found: &Found<'_>,
        parts: &[Part<'_>],
        roles: &[(usize, Role)],
        state: &mut State,
    ) {
        let form = found.form();
        let has_file = roles.iter().any(|(_, role)| {
            matches!(
                role,
                Role::Read | Role::ReadTree | Role::ReadVisibleTree | Role::CodeFile(_) | Role::ShellFile
            )
        });
        if !has_file {
            match form.operands.rest {
                Role::ReadVisibleTree => self.uses(&Form::text("."), Access::Read, Extent::Visible, state),
                _ => {
                    let is_recursive = parts.iter().any(|part| {
                        matches!(part, Part::Option { name, .. } if matches!(*name, "-r" | "-R" | "--recursive" | "--dereference-recursive"))
                    });
                    if is_recursive && matches!(name, "grep" | "egrep" | "fgrep" | "zgrep") {
                        self.uses(&Form::text("."), Access::Read, Extent::Tree, state);
                    }
                }
            }
        }
        // A program that is given no code reads it from its input.
        let has_code = parts.iter().chain(&found.options).any(|part| {
            matches!(part, Part::Option { name, .. }
                if matches!(found.role(name), Role::Code(_) | Role::CodeFile(_) | Role::Shell | Role::Program)
                    || matches!(*name, "-m" | "-M" | "--version" | "--help" | "-V" | "-v" | "-h" | "--check"))
        });
        let language =
            form.operands.first().iter().chain([&form.operands.rest]).find_map(|role| match role {
                Role::CodeFile(language) => Some(*language),
                _ => None,
            });
        match (stdin_language(name), language) {
            (Some(language), _) if !matches!(state.input, Input::Inherited) => {
                self.code_on_input(language, state);
            }
            (None, Some(language)) if roles.is_empty() && !has_code => self.code_on_input(language, state),
            _ => {}
        }
        // Without a command these run a shell.
        let starts_shell = matches!(
            name,
            "unshare"
                | "nsenter"
                | "chroot"
                | "linux32"
                | "linux64"
                | "i386"
                | "x86_64"
                | "setarch"
                | "pkexec"
                | "su"
                | "sg"
                | "newgrp"
                | "script"
                | "fakeroot"
                | "fakechroot"
                | "firejail"
                | "bwrap"
                | "toolbox"
                | "doas"
                | "sudo"
        );
        let has_shell = parts.iter().chain(&found.options).any(|part| {
            matches!(part, Part::Option { name, .. } if found.role(name) == Role::Shell
                || matches!(*name, "--help" | "--version" | "--list" | "-l" | "--validate" | "-v" | "-V" | "-h" | "--remove-timestamp" | "--reset-timestamp" | "-k" | "-K" | "--edit"))
        });
        let runs_any = roles.iter().any(|(_, role)| runs(*role) || *role == Role::ShellFile);
        if starts_shell && !has_shell && !runs_any {
            self.code_on_shell_input(&mut state.clone());
        }
        let runs_remote = form.operands.rest == Role::RemoteJoinedShell
            && !roles.iter().any(|(_, role)| *role == Role::RemoteJoinedShell);
        if runs_remote && !roles.is_empty() && !matches!(state.input, Input::Inherited) {
            let mut remote = self.elsewhere(state);
            self.code_on_shell_input(&mut remote);
        }
    }

    /// What the operands are; gives what a command among them writes.
    fn operands(
        &mut self,
        name: &str,
        roles: &[(usize, Role)],
        operands: &[Form],
        state: &mut State,
    ) -> Value {
        let mut sources: Vec<&Form> = Vec::new();
        for (place, role) in roles {
            let Some(word) = operands.get(*place) else { continue };
            let rest = operands.get(*place..).unwrap_or_default();
            match role {
                Role::Command | Role::AssignmentsThenCommand | Role::CommandOrDashC => {
                    return self.runs_command(*role, rest, state);
                }
                Role::RemoteCommand => {
                    let mut remote = self.elsewhere(state);
                    return self.runs_command(Role::AssignmentsThenCommand, rest, &mut remote);
                }
                Role::JoinedShell => return self.joined_text(rest, &mut state.child()),
                Role::RemoteJoinedShell => {
                    let mut remote = self.elsewhere(state);
                    return self.joined_text(rest, &mut remote);
                }
                Role::ShellFile => return self.shell_file(word, rest, &mut state.child()),
                Role::CodeFile(language) => return self.code_file(*language, word, state),
                Role::Put => self.puts(&sources, word, state),
                Role::Link => {
                    self.uses(word, Access::Write, Extent::One, state);
                    for source in &sources {
                        self.links(source, word, state);
                    }
                    self.puts(&sources, word, state);
                }
                _ => {
                    if matches!(
                        role,
                        Role::Read | Role::ReadTree | Role::MoveTree | Role::CopyFrom | Role::Text
                    ) {
                        sources.push(word);
                    }
                    self.takes(name, *role, word, state);
                }
            }
        }
        self.passed_on(name, roles, operands, state)
    }

    fn runs_command(&mut self, role: Role, words: &[Form], state: &mut State) -> Value {
        let mut words = words;
        let mut own = state.clone();
        if role == Role::CommandOrDashC
            && matches!(words.first().and_then(Form::known), Some("-c" | "--command"))
        {
            let text = words.get(1).cloned().unwrap_or_default();
            return self.code_text(&Value::of([text]), &mut own);
        }
        while role == Role::AssignmentsThenCommand
            && let Some((first, rest)) = words.split_first()
            && let Some((name, _)) = first.start().split_once('=')
            && !name.starts_with('-')
        {
            let mut value = first.clone();
            strip_start(&mut value, name.len() + 1);
            let name = name.to_owned();
            self.set(&name, Value::of([value]), false, &mut own);
            if let Some(variable) = std::rc::Rc::make_mut(&mut own.variables).get_mut(&name) {
                variable.is_exported = true;
            }
            words = rest;
        }
        if words.is_empty() {
            return Value::text("");
        }
        self.external(words.to_vec(), &mut own)
    }

    /// One word in its role.
    pub(super) fn takes(&mut self, name: &str, role: Role, word: &Form, state: &mut State) {
        match role {
            Role::Text | Role::Remote | Role::Link | Role::Put => {
                // git knows its remotes by names of its own.
                if role == Role::Remote && name != "git" {
                    self.reaches_by(word);
                }
                if let Some(path) = word.known().and_then(|text| text.strip_prefix("file://")) {
                    let path = path.strip_prefix("localhost").unwrap_or(path).to_owned();
                    self.uses(&Form::text(path), Access::Update, Extent::One, state);
                    if word.open().contains('{') {
                        self.unknown_operand(word);
                    }
                }
                if role == Role::Put {
                    self.uses(word, Access::Write, Extent::One, state);
                    self.makes(word, state);
                }
            }
            Role::Read => self.uses(word, Access::Read, Extent::One, state),
            Role::Write if matches!(name, "chmod" | "chown" | "chgrp") => {
                self.uses(word, Access::Rights, Extent::One, state);
            }
            Role::Write => {
                self.uses(word, Access::Write, Extent::One, state);
                self.makes(word, state);
            }
            Role::WriteOrPipe => match word.start().strip_prefix(['|', '!']) {
                Some(_) => {
                    let mut code = word.clone();
                    strip_start(&mut code, 1);
                    self.code_text(&Value::of([code]), &mut state.clone());
                }
                None => self.takes(name, Role::Write, word, state),
            },
            Role::Update => {
                self.uses(word, Access::Update, Extent::One, state);
                self.makes(word, state);
            }
            Role::ReadTree => self.uses(word, Access::Read, Extent::Tree, state),
            Role::ReadVisibleTree => self.uses(word, Access::Read, Extent::Visible, state),
            Role::WriteTree | Role::RemoveTree => {
                if role == Role::RemoveTree {
                    self.removes(word, state);
                }
                self.uses(word, Access::Write, Extent::Tree, state);
                self.makes(word, state);
            }
            Role::MoveTree => {
                self.uses(word, Access::Read, Extent::Tree, state);
                self.uses(word, Access::Write, Extent::Tree, state);
            }
            Role::List => {
                self.uses(word, Access::Read, Extent::One, state);
                self.tell(Cause::Operand, &word.open());
            }
            Role::ReadInside => self.reads_inside(word, state),
            Role::ReadIfAt => {
                if word.start().starts_with('@') {
                    let mut file = word.clone();
                    strip_start(&mut file, 1);
                    self.uses(&file, Access::Read, Extent::One, state);
                } else if word.start().is_empty() && word.is_unknown() {
                    self.uses(word, Access::Read, Extent::One, state);
                }
            }
            Role::ReadIfForm => {
                let text = word.start().to_owned();
                if let Some(at) = text.find("=@").or_else(|| text.find("=<")) {
                    let mut file = word.clone();
                    strip_start(&mut file, at + 2);
                    let ends_at =
                        file.known().and_then(|text| text.split_once(';')).map(|(file, _)| Form::text(file));
                    self.uses(&ends_at.unwrap_or(file), Access::Read, Extent::One, state);
                }
            }
            Role::CopyFrom | Role::CopyTo => {
                let is_elsewhere = word.start().split_once(':').is_some_and(|(host, _)| !host.contains('/'));
                if is_elsewhere && role == Role::CopyTo && !word.start().contains("://") {
                    self.notes(CommandEffect::SendsFiles);
                }
                if is_elsewhere {
                    self.reaches_by(word);
                }
                if !is_elsewhere {
                    let (access, extent) = if role == Role::CopyFrom {
                        (Access::Read, Extent::Tree)
                    } else {
                        (Access::Write, Extent::One)
                    };
                    self.uses(word, access, extent, state);
                }
            }
            Role::Shell => {
                self.code_text(&Value::of([word.clone()]), &mut state.child());
            }
            Role::SplitCommand => match word.known() {
                Some(text) => match shell_words::split(text) {
                    Ok(words) => {
                        let words: Vec<Form> = words.into_iter().map(Form::text).collect();
                        self.runs_command(Role::AssignmentsThenCommand, &words, &mut state.clone());
                    }
                    Err(_) => self.tell(Cause::RunsAnother, text),
                },
                None => self.tell(Cause::RunsAnother, &word.open()),
            },
            Role::Program | Role::RemoteProgram => match word.known() {
                Some(text) if !text.is_empty() => {
                    let text = text.to_owned();
                    self.inner_text(&text, &mut state.clone());
                }
                Some(_) => {}
                None => self.tell(Cause::Program, &word.open()),
            },
            Role::Code(language) => self.code(language, &Value::of([word.clone()]), state),
            Role::CodeFile(language) => {
                self.code_file(language, word, state);
            }
            Role::ShellFile => {
                self.shell_file(word, &[], &mut state.clone());
            }
            Role::Opaque => {
                self.tell(Cause::RunsAnother, &format!("{name} {}", word.open()));
                let text = word.open();
                let behind = ["=", " ", "!"]
                    .iter()
                    .filter_map(|sign| text.split_once(sign).map(|(_, rest)| rest.to_owned()));
                for text in behind.collect::<Vec<_>>().into_iter().chain([text.replace(',', " ")]) {
                    self.perhaps(&text, state);
                }
                self.uses(word, Access::Read, Extent::One, state);
            }
            Role::SshSetting | Role::MountOptions | Role::StartAt | Role::Media => {
                self.value_of_tool(name, role, word, state);
            }
            Role::Folder => {
                let before = state.folders.clone();
                self.moved(word, &before, state);
                // A program that is told to work there does not start elsewhere.
                if let Some(text) = word.known() {
                    let known =
                        before.known.iter().map(|folder| crate::intercept::path::cleaned(&folder.join(text)));
                    state.folders.known.retain(|folder| !before.known.contains(folder));
                    for folder in known {
                        if !state.folders.known.contains(&folder) {
                            state.folders.known.push(folder);
                        }
                    }
                }
            }
            Role::Assignment => {
                if let Some((name, _)) = word.start().split_once('=') {
                    let name = name.to_owned();
                    if is_name(&name) || name.starts_with("BASH_FUNC_") {
                        let mut value = word.clone();
                        strip_start(&mut value, name.len() + 1);
                        self.set(&name, Value::of([value]), false, state);
                    }
                }
            }
            Role::Command
            | Role::AssignmentsThenCommand
            | Role::CommandOrDashC
            | Role::RemoteCommand
            | Role::JoinedShell
            | Role::RemoteJoinedShell => {
                self.runs_command(
                    Role::AssignmentsThenCommand,
                    std::slice::from_ref(word),
                    &mut state.clone(),
                );
            }
        }
    }

    /// What a program that only hands on what it reads writes.
    fn passed_on(
        &mut self,
        name: &str,
        roles: &[(usize, Role)],
        operands: &[Form],
        state: &mut State,
    ) -> Value {
        let input = match name {
            "tee" | "cat" | "sponge" => self.read(&state.input.clone()),
            _ if self.is_captured => self.read(&state.input.clone()),
            _ => return Value::unknown(),
        };
        match name {
            "cat" => {
                let files: Vec<&Form> = roles.iter().filter_map(|(place, _)| operands.get(*place)).collect();
                if files.is_empty() || files.iter().all(|form| form.known() == Some("-")) {
                    return input;
                }
                let mut value = Value::text("");
                for file in files {
                    let next = match file.known() {
                        Some("-" | "/dev/stdin") => input.clone(),
                        Some(name) => self.text_of(name, state),
                        None => Value::unknown(),
                    };
                    value = value.followed(&next);
                }
                value
            }
            "tee" => {
                for (place, _) in roles {
                    let Some(file) = operands.get(*place) else { continue };
                    if let Some(stream) = file.known().and_then(|name| self.streams.get_mut(name)) {
                        *stream = input.clone();
                    } else {
                        self.fills(&Value::of([file.clone()]), &input, false, state);
                    }
                }
                input
            }
            "head" | "tail" | "sort" | "uniq" | "column" | "fold" | "expand" | "unexpand" | "grep"
            | "sed" | "tr" | "rev" | "cut" | "nl"
                if roles.len() <= 1 =>
            {
                // Which part of it they let through is not followed.
                input.joined(&Value::unknown())
            }
            "basename" | "dirname" if operands.iter().any(|form| form.start().starts_with('-')) => {
                Value::unknown()
            }
            "basename" => operands.first().map_or_else(Value::unknown, |form| {
                Value::of([form.clone()])
                    .map_text(|text| Some(base_name(text.trim_end_matches('/')).to_owned()))
            }),
            "dirname" => operands.first().map_or_else(Value::unknown, |form| {
                Value::of([form.clone()]).map_text(|text| {
                    Some(
                        text.rsplit_once('/')
                            .map_or(".", |(folder, _)| if folder.is_empty() { "/" } else { folder })
                            .to_owned(),
                    )
                })
            }),
            "which" => self.located(operands),
            "echo" => self.echoed(operands),
            "printf" => self.printed(operands),
            // Where a link leads to, or what a path is from elsewhere, is another text.
            "realpath" | "readlink" => Value::of(operands.last().cloned()).joined(&Value::unknown()),
            "seq" => Value::number(),
            _ => Value::unknown(),
        }
    }

    /// What stands in a file that the text itself has written.
    fn text_of(&mut self, name: &str, state: &State) -> Value {
        if name.starts_with("/dev/") {
            return self.contents_of(name);
        }
        for folder in &state.folders.known {
            let path = crate::intercept::path::cleaned(&folder.join(name));
            if let Some(Some(value)) = self.contents.get(&path) {
                return value.clone();
            }
        }
        Value::unknown()
    }

    /// The same shell on another machine or in a container.
    pub(super) fn elsewhere(&mut self, state: &State) -> State {
        let mut own = state.child();
        own.is_remote = true;
        own
    }

    /// Code that comes on the input, where a program with no other reads it there.
    pub(super) fn code_on_input(&mut self, language: Language, state: &mut State) {
        match &state.input.clone() {
            Input::Empty => {}
            Input::Inherited => self.tell(Cause::Code, "its standard input"),
            input @ (Input::Text(_) | Input::Rest(_) | Input::File(_)) => {
                let value = self.read(input);
                self.code(language, &value, state);
            }
        }
    }
}

/// Whether a program runs another one elsewhere that reads none of the input: a container's is closed unless it is asked
/// for.
fn hands_no_input_on(name: &str, found: &Found<'_>, parts: &[Part<'_>]) -> bool {
    matches!(name, "docker" | "podman" | "nerdctl")
        && matches!(found.words(), "run" | "exec")
        && parts.iter().all(|part| match part {
            Part::Option { name, .. } => {
                !matches!(*name, "--interactive" | "--attach" | "--preserve-fds" | "--preserve-fd")
            }
            Part::Operand { .. } => true,
            Part::Unknown { .. } => false,
        })
}

/// The language of what a program reads from its input, whatever else it is given.
fn stdin_language(name: &str) -> Option<Language> {
    Some(match name {
        "ed" | "red" => Language::Ed,
        "ex" => Language::Vim,
        "sqlite3" | "sqlite" | "psql" | "mysql" | "mariadb" => Language::Sql,
        "dc" => Language::Dc,
        "gdb" | "lldb" => Language::Gdb,
        "m4" => Language::M4,
        _ => return None,
    })
}

fn runs(role: Role) -> bool {
    matches!(
        role,
        Role::Command
            | Role::AssignmentsThenCommand
            | Role::RemoteCommand
            | Role::JoinedShell
            | Role::RemoteJoinedShell
            | Role::CommandOrDashC
    )
}

/// The form of an option's value, where the word holds the option too.
fn value_of(word: &Form, value: &str) -> Form {
    match word.known() {
        Some(_) => Form::text(value),
        None => {
            let open = word.open();
            let skipped = open.len().saturating_sub(value.len());
            let mut form = word.clone();
            if open.get(skipped..) == Some(value) && skipped <= form.start().len() {
                strip_start(&mut form, skipped);
                return form;
            }
            Form::hole(Hole::Unknown)
        }
    }
}
