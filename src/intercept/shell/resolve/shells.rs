//! Shells, and the programs whose words need more than a table: `xargs`, `parallel`, `busybox`, scripts.

use std::rc::Rc;

use super::Interpreter;
use crate::contract::Cause;
use crate::grammar::operands::BUILDERS;
use crate::grammar::tool::Language;
use crate::intercept::shell::effect::{Access, Extent};
use crate::intercept::shell::state::{Dialect, Input, State};
use crate::intercept::shell::value::{Form, Value};

/// Shells whose language is read.
pub(super) const SHELLS: &[&str] = &[
    "sh", "bash", "dash", "ash", "ksh", "mksh", "zsh", "rbash", "rksh", "yash", "posh", "lksh", "ksh93",
    "pdksh",
];

/// The starts of what `setarch` takes for an architecture.
const ARCHITECTURES: &[&str] = &[
    "linux", "i386", "i486", "i586", "i686", "athlon", "x86_64", "arm", "aarch64", "ppc", "s390", "mips",
    "sparc", "ia64", "alpha", "riscv", "uname26", "parisc",
];

/// Interpreters of which no text is read, and the endings of their files.
const ENDINGS: &[(&str, &str)] = &[
    ("crystal", ".cr"),
    ("dart", ".dart"),
    ("elixir", ".exs"),
    ("escript", ".escript"),
    ("groovy", ".groovy"),
    ("julia", ".jl"),
    ("mono", ".exe"),
    ("racket", ".rkt"),
    ("raku", ".raku"),
];

/// Whether the first word that such an interpreter is given is a path of a file in its language.
fn runs_own_file(name: &str, operands: &[Form]) -> bool {
    let Some(file) = operands.first().and_then(Form::known) else { return false };
    let is_path = file.chars().all(|letter| letter.is_ascii_alphanumeric() || "/._-+".contains(letter));
    let is_own = |(program, ending): &(&str, &str)| *program == name && file.ends_with(ending);
    is_path && !file.starts_with('-') && ENDINGS.iter().any(is_own)
}

/// Shells of other languages.
const OTHER_SHELLS: &[&str] =
    &["fish", "csh", "tcsh", "pwsh", "powershell", "nu", "elvish", "xonsh", "rc", "es", "osh", "ysh"];

impl Interpreter<'_> {
    /// Programs that need more than a table; none if `name` is not one.
    pub(super) fn special(&mut self, name: &str, words: &[Form], state: &mut State) -> Option<Value> {
        let operands = words.get(1..).unwrap_or_default();
        if SHELLS.contains(&name) {
            return Some(self.shell(name, operands, state));
        }
        if BUILDERS.contains(name) && self.has_written_code() {
            self.tell(Cause::Code, name);
        }
        // A Brewfile is code.
        if name == "brew"
            && operands.iter().any(|form| form.known() == Some("bundle"))
            && self.has_written_code()
        {
            self.tell(Cause::Code, name);
        }
        if OTHER_SHELLS.contains(&name) {
            return Some(self.other_shell(name, operands, state));
        }
        Some(match name {
            "xargs" | "gxargs" => self.xargs(words, state),
            "parallel" | "rush" => self.parallel(operands, state),
            "find" | "gfind" => self.find(operands, state),
            "git" => self.git(words, state),
            "busybox" | "toybox" => match operands.split_first() {
                Some((applet, _)) if applet.known().is_some_and(|applet| !applet.starts_with('-')) => {
                    self.external(operands.to_vec(), state)
                }
                _ => Value::unknown(),
            },
            "at" | "batch" | "atq" if name != "atq" => {
                self.file_of_at(words, state);
                self.code_on_shell_input(state);
                Value::unknown()
            }
            "which" => self.located(operands),
            "npm" | "npx" | "pnpm" | "yarn" => {
                if operands.first().and_then(Form::known) == Some("pkg") {
                    self.makes(&Form::text("package.json"), state);
                }
                self.settings_of_npm(operands);
                return None;
            }
            "sed" if super::special::without_suffix(words).is_some() => {
                let words = super::special::without_suffix(words)?;
                return Some(self.named(name, &words, state));
            }
            "env" | "genv" if operands.iter().any(super::special::splits_words) => {
                return Some(self.env_split(operands, state));
            }
            "perl" => {
                self.code_in_clusters(Language::Perl, operands, state);
                self.code_in_parts(operands);
                self.magic_files(operands, state);
                return None;
            }
            "node" | "nodejs" => {
                self.code_in_clusters(Language::Node, operands, state);
                return None;
            }
            "ed" | "red" => {
                for code in operands.iter().filter_map(Form::known).filter_map(|text| text.strip_prefix('!'))
                {
                    self.inner_text(code, &mut state.clone());
                }
                return None;
            }
            "patch" => {
                let mut own = state.clone();
                for (place, form) in operands.iter().enumerate() {
                    let folder = match form.known() {
                        Some("-d" | "--directory") => operands.get(place + 1).cloned(),
                        Some(text) => text
                            .strip_prefix("--directory=")
                            .or_else(|| text.strip_prefix("-d"))
                            .map(Form::text),
                        None => None,
                    };
                    if let Some(folder) = folder {
                        self.moved(&folder, &state.folders.clone(), &mut own);
                    }
                }
                self.patched(&mut own);
                return None;
            }
            "start-stop-daemon" => self.start_stop_daemon(operands, state),
            "awk" | "gawk" | "mawk" | "nawk" | "original-awk" | "goawk" => {
                self.variables_of_awk(operands);
                return None;
            }
            "cargo" if operands.first().and_then(Form::known) == Some("watch") => {
                for pair in operands.windows(2) {
                    if let [option, code] = pair
                        && matches!(option.known(), Some("-s" | "--shell" | "--"))
                    {
                        self.code_text(&Value::of([code.clone()]), &mut state.child());
                    }
                }
                return None;
            }
            "zip" => {
                self.zipped(operands, state);
                return None;
            }
            "prove" => {
                for pair in operands.windows(2) {
                    if let [option, code] = pair
                        && matches!(option.known(), Some("-e" | "--exec"))
                    {
                        self.code_text(&Value::of([code.clone()]), &mut state.clone());
                    }
                }
                return None;
            }
            "mktemp" => {
                for pair in operands.windows(2) {
                    if let [option, folder] = pair
                        && matches!(option.known(), Some("-p" | "--tmpdir"))
                    {
                        self.writes_in(folder, state);
                    }
                }
                return None;
            }
            "gcc" | "g++" | "cc" | "c++" | "clang" | "clang++" | "cpp" | "as" => {
                self.compiled(operands, state);
                return None;
            }
            "screen" => self.screen(operands, state),
            "rename" | "prename" | "file-rename" | "perl-rename" => {
                self.renames(operands, state);
                return None;
            }
            // What is said by a template or of a connection may run anything.
            "ansible-playbook" => {
                let may_run = |form: &&Form| {
                    form.known()
                        .is_none_or(|text| ["{{", "{%", "ansible_"].iter().any(|sign| text.contains(sign)))
                };
                if let Some(form) = operands.iter().find(may_run) {
                    self.tell(Cause::RunsAnother, &form.open());
                }
                return None;
            }
            // A file of the project in its language, and nothing before it.
            _ if runs_own_file(name, operands) => {
                let file = operands.first().cloned().unwrap_or_default();
                self.code_file(Language::Other, &file, state)
            }
            "jupyter" if super::special::only_serves(operands) => Value::unknown(),
            "man" => self.man(operands, state),
            // To vi `-s FILE` is a file of commands, to ex `-s` is silence.
            "vi" | "vim" | "nvim" | "vim.basic" | "vim.tiny"
                if operands.iter().any(|form| form.known() == Some("-s")) =>
            {
                self.tell(Cause::Code, name);
                return None;
            }
            "setarch" => match operands.iter().position(|form| !form.start().starts_with('-')) {
                // Its first operand is an architecture, or the program already.
                Some(place) => {
                    let is_architecture = operands
                        .get(place)
                        .and_then(Form::known)
                        .is_some_and(|text| ARCHITECTURES.iter().any(|known| text.starts_with(known)));
                    let from = place + usize::from(is_architecture);
                    let behind = operands.get(from..).unwrap_or_default();
                    let behind =
                        behind.iter().skip_while(|form| form.start().starts_with('-')).cloned().collect();
                    self.external(behind, &mut state.clone())
                }
                None => Value::unknown(),
            },
            _ => return None,
        })
    }

    /// `at -f FILE`: the commands stand in a file.
    fn file_of_at(&mut self, words: &[Form], state: &mut State) {
        for (place, word) in words.iter().enumerate() {
            if word.known() == Some("-f")
                && let Some(file) = words.get(place + 1)
            {
                self.shell_file(file, &[], &mut state.clone());
            }
        }
    }

    /// `sh [options] [-c text] [file] [operands]`
    fn shell(&mut self, name: &str, operands: &[Form], state: &mut State) -> Value {
        let mut own = state.child();
        own.expands_aliases = Dialect::of(name) != Dialect::Bash;
        own.is_extended = false;
        own.dialect = Dialect::of(name);
        let (mut place, mut has_text, mut reads_input) = (0, false, false);
        let (mut runs_nothing, mut is_interactive, mut is_login) = (false, false, false);
        while let Some(form) = operands.get(place) {
            let Some(text) = form.known() else {
                if form.splits() || form.start().is_empty() || form.start().starts_with('-') {
                    self.tell(Cause::Code, &form.open());
                }
                break;
            };
            match text {
                "--" | "-" => {
                    place += 1;
                    break;
                }
                "--rcfile" | "--init-file" => {
                    if let Some(file) = operands.get(place + 1) {
                        self.shell_file(file, &[], &mut own.clone());
                    }
                    place += 1;
                }
                "--version" | "--help" => return Value::unknown(),
                _ if text.starts_with("--") => {
                    if let Some(file) =
                        text.strip_prefix("--rcfile=").or_else(|| text.strip_prefix("--init-file="))
                    {
                        self.shell_file(&Form::text(file), &[], &mut own.clone());
                    }
                }
                _ if text.starts_with(['-', '+']) => {
                    let letters = text.get(1..).unwrap_or_default();
                    let is_on = text.starts_with('-');
                    has_text |= is_on && letters.contains('c');
                    reads_input |= is_on && letters.contains('s');
                    if letters.contains('n') {
                        runs_nothing =
                            is_on && place == 0 && !operands.iter().any(|form| form.start().starts_with('+'));
                    }
                    if letters.contains('r') && is_on {
                        self.tell(Cause::Grammar, "a restricted shell");
                    }
                    if letters.contains('k') && is_on {
                        self.tell(Cause::Code, text);
                    }
                    is_interactive |= is_on && letters.contains('i');
                    is_login |= is_on && letters.contains('l');
                    // Each `o` and `O` takes a name from the words that follow.
                    for _ in letters.chars().filter(|letter| matches!(letter, 'o' | 'O')) {
                        place += 1;
                        match operands.get(place).and_then(Form::known) {
                            Some("extglob") => own.is_extended = is_on,
                            Some("expand_aliases") => own.expands_aliases = is_on,
                            Some(
                                "keyword" | "interactive_comments" | "autocd" | "cdable_vars" | "sourcepath",
                            ) => self.tell(Cause::Code, text),
                            Some("nullglob" | "dotglob" | "globstar" | "nocaseglob" | "failglob") => {
                                own.globs_otherwise |= is_on;
                            }
                            _ => {}
                        }
                    }
                }
                _ => break,
            }
            place += 1;
        }
        let rest = operands.get(place..).unwrap_or_default();
        if runs_nothing {
            return Value::text("");
        }
        if is_interactive || is_login {
            own.expands_aliases |= is_interactive;
            if self.has_written() {
                self.tell(Cause::Code, "the files that a shell reads first");
            }
        }
        let values =
            |forms: &[Form]| Rc::new(forms.iter().map(|form| Value::of([form.clone()])).collect::<Vec<_>>());
        if has_text {
            let Some((text, behind)) = rest.split_first() else { return Value::text("") };
            own.name = behind.first().map_or_else(|| Value::text(name), |form| Value::of([form.clone()]));
            own.operands = values(behind.get(1..).unwrap_or_default());
            own.has_more_operands = behind.iter().any(Form::splits);
            return self.code_text(&Value::of([text.clone()]), &mut own);
        }
        match rest.split_first() {
            Some((file, behind)) if !reads_input => {
                own.operands = values(behind);
                own.has_more_operands = behind.iter().any(Form::splits);
                own.begins_shell = true;
                self.shell_file(file, rest, &mut own)
            }
            _ => {
                own.operands = values(rest);
                self.code_on_shell_input(&mut own)
            }
        }
    }

    fn other_shell(&mut self, name: &str, operands: &[Form], state: &mut State) -> Value {
        for (place, form) in operands.iter().enumerate() {
            let is_command =
                matches!(form.known(), Some("-c" | "-Command" | "-command" | "--command" | "--commands"));
            if is_command && let Some(text) = operands.get(place + 1).and_then(Form::known).map(str::to_owned)
            {
                // It reads alike for the most part; what differs is why it is asked about.
                self.perhaps(&text, state);
            }
        }
        if operands.first().and_then(Form::known) != Some("--version") {
            self.tell(Cause::Code, name);
        }
        Value::unknown()
    }

    /// A shell that reads its code from its input.
    pub(super) fn code_on_shell_input(&mut self, state: &mut State) -> Value {
        match state.input.clone() {
            Input::Empty => Value::text(""),
            Input::Inherited => {
                self.tell(Cause::Code, "its standard input");
                Value::unknown()
            }
            input @ (Input::Text(_) | Input::Rest(_) | Input::File(_)) => {
                if let Input::File(value) = &input
                    && let Some(name) = value.known().map(str::to_owned)
                    && !name.starts_with("/dev/")
                {
                    return self.sourced(&name, state);
                }
                let value = self.read(&input);
                self.code_text(&value, state)
            }
        }
    }

    /// A file that a shell runs. `words` are the file and its operands, where it has some.
    pub(super) fn shell_file(&mut self, file: &Form, words: &[Form], state: &mut State) -> Value {
        let Some(name) = file.known().map(str::to_owned) else {
            self.uses(file, Access::Read, Extent::One, state);
            self.tell(Cause::Code, &file.open());
            return Value::unknown();
        };
        if words.len() > 1 {
            state.operands = Rc::new(words.iter().skip(1).map(|form| Value::of([form.clone()])).collect());
        }
        state.name = Value::text(&name);
        self.sourced(&name, state)
    }
}
