//! git: its settings that run code, its aliases, and the pushes that it makes.

use super::Interpreter;
use super::git_config;
use crate::contract::Cause;
use crate::grammar::hooks;
use crate::grammar::options::Part;
use crate::grammar::tools::tool;
use crate::intercept::shell::effect::{Access, Extent, Push};
use crate::intercept::shell::state::State;
use crate::intercept::shell::value::{Form, Value};
use std::borrow::Cow;

/// Settings that run nothing and move no trust.
const HARMLESS: &[&str] = &[
    "user.",
    "author.",
    "committer.",
    "color.",
    "advice.",
    "init.defaultbranch",
    "commit.gpgsign",
    "tag.gpgsign",
    "push.default",
    "push.autosetupremote",
    "pull.rebase",
    "pull.ff",
    "merge.ff",
    "rebase.autostash",
    "rebase.autosquash",
    "core.quotepath",
    "core.autocrlf",
    "core.eol",
    "core.safecrlf",
    "core.longpaths",
    "core.filemode",
    "core.ignorecase",
    "core.precomposeunicode",
    "core.abbrev",
    "core.commentchar",
    "core.compression",
    "core.preloadindex",
    "core.untrackedcache",
    "http.postbuffer",
    "http.lowspeedlimit",
    "http.lowspeedtime",
    "http.version",
    "protocol.version",
    "fetch.prune",
    "fetch.parallel",
    "fetch.prunetags",
    "diff.renames",
    "diff.algorithm",
    "diff.colormoved",
    "diff.context",
    "diff.mnemonicprefix",
    "diff.noprefix",
    "log.date",
    "log.showsignature",
    "log.decorate",
    "log.abbrevcommit",
    "status.",
    "column.",
    "branch.sort",
    "tag.sort",
    "versionsort.",
    "grep.linenumber",
    "grep.patterntype",
    "gc.auto",
    "gc.autodetach",
    "pack.",
    "index.",
    "feature.",
    "submodule.recurse",
    "submodule.fetchjobs",
    "checkout.defaultremote",
    "checkout.workers",
    "blame.",
    "format.pretty",
    "maintenance.auto",
    "receive.autogc",
    "rerere.",
    "stash.",
    "merge.conflictstyle",
    "merge.renamelimit",
    "diff.renamelimit",
    "i18n.",
    "safe.directory",
    "clone.defaultremotename",
    "help.autocorrect",
    "worktree.",
    "transfer.fsckobjects",
];

impl Interpreter<'_> {
    pub(super) fn git(&mut self, words: &[Form], state: &mut State) -> Value {
        let operands = words.get(1..).unwrap_or_default();
        if self.sets_git {
            self.tell(Cause::Code, "git behind a change of its settings");
        }
        let Some(tool) = tool("git") else { return Value::unknown() };
        let texts: Vec<Cow<'_, str>> = operands.iter().map(Form::open).collect();
        let texts: Vec<&str> = texts.iter().map(Cow::as_ref).collect();
        let found = tool.find(&texts);
        let parts = found.read(&texts);
        let mut aliases: Vec<(String, String)> = Vec::new();
        let called =
            found.first.and_then(|place| operands.get(place)).and_then(Form::known).unwrap_or_default();
        // Before a subcommand of no table, options are read with the words behind them.
        let behind = if found.subcommand.is_none() { parts.as_slice() } else { &[] };
        for part in found.options.iter().chain(behind) {
            match part {
                Part::Option { name, value: Some(value), .. } => match *name {
                    "-c" => self.setting(value, Some(called), &mut aliases, state),
                    "--exec-path" | "--config-env" => {
                        self.effects.bypasses_hooks = true;
                        self.tell(Cause::Environment, &format!("git {name}={value}"));
                    }
                    "--git-dir" => {
                        self.effects.bypasses_hooks |= hooks::is_variable("GIT_DIR", Some(value));
                    }
                    _ => {}
                },
                Part::Option { value: None, .. } | Part::Operand { .. } => {}
                Part::Unknown { word } => {
                    let text = texts.get(*word).copied().unwrap_or_default().to_owned();
                    self.tell(Cause::RunsAnother, &text);
                }
            }
        }
        let subcommand = found
            .first
            .and_then(|place| operands.get(place))
            .and_then(Form::known)
            .unwrap_or_default()
            .to_owned();
        let rest: Vec<Form> =
            found.first.and_then(|place| operands.get(place + 1..)).unwrap_or_default().to_vec();
        if let Some((_, text)) = aliases.iter().find(|(name, _)| *name == subcommand) {
            self.alias(&text.clone(), &rest, state);
        } else if found.subcommand.is_none() && !subcommand.is_empty() {
            if found.first == Some(0) && self.is_program_of_git(&subcommand, state) {
                let words = [Form::text(format!("git-{subcommand}"))].into_iter().chain(rest).collect();
                return self.external(words, &mut state.clone());
            }
            self.own_alias(&subcommand);
        }
        let has = |names: &[&str]| {
            parts.iter().any(|part| matches!(part, Part::Option { name, .. } if names.contains(name)))
        };
        self.past_hooks(&subcommand, &parts, operands, &rest, state);
        self.git_contacts(&subcommand, &rest, state);
        match subcommand.as_str() {
            "push" => self.pushes(&parts, operands, state),
            "config" => {
                self.configured(&rest, state);
                return Value::unknown();
            }
            "submodule" if rest.first().and_then(Form::known) == Some("foreach") => {
                let text: Vec<Form> =
                    rest.iter().skip(1).skip_while(|form| form.start().starts_with('-')).cloned().collect();
                self.joined_text(&text, &mut state.child());
                return Value::unknown();
            }
            "show" | "cat-file" | "archive" | "checkout" | "restore" => {
                // `REVISION:PATH` gives what stands in that file there.
                for form in &rest {
                    if let Some((_, path)) = form
                        .known()
                        .and_then(|text| text.split_once(':'))
                        .filter(|(_, path)| !path.is_empty())
                    {
                        self.uses(&Form::text(path), Access::Read, Extent::One, state);
                    }
                }
            }
            "grep" if has(&["--no-index", "--untracked", "--no-exclude-standard"]) => {
                self.uses(&Form::text("."), Access::Read, Extent::Tree, state);
            }
            "format-patch" => {
                for (place, form) in rest.iter().enumerate() {
                    let folder = match form.known() {
                        Some("-o" | "--output-directory") => rest.get(place + 1).cloned(),
                        Some(text) => text
                            .strip_prefix("-o")
                            .or_else(|| text.strip_prefix("--output-directory="))
                            .map(Form::text),
                        None => None,
                    };
                    if let Some(mut folder) = folder {
                        folder.push("/");
                        folder.push_hole(crate::intercept::shell::value::Hole::Star);
                        self.uses(&folder, Access::Write, Extent::One, state);
                    }
                }
            }
            "apply" | "am" => {
                if let Some(folder) =
                    rest.iter().filter_map(Form::known).find_map(|text| text.strip_prefix("--directory="))
                {
                    let mut inside = Form::text(folder);
                    inside.push("/");
                    inside.push_hole(crate::intercept::shell::value::Hole::Star);
                    self.uses(&inside, Access::Write, Extent::One, state);
                }
                self.patched(state);
                for form in rest.iter().filter(|form| !form.start().starts_with('-')) {
                    let Some(text) =
                        form.known().map(str::to_owned).and_then(|name| self.script(&name, state))
                    else {
                        continue;
                    };
                    let mut own = state.clone();
                    own.input = crate::intercept::shell::state::Input::Text(Value::text(text));
                    self.patched(&mut own);
                }
            }
            "bisect" if rest.first().and_then(Form::known) == Some("run") => {
                let inner: Vec<Form> = rest.iter().skip(1).cloned().collect();
                if !inner.is_empty() {
                    return self.external(inner, &mut state.clone());
                }
            }
            _ => {}
        }
        for text in texts.iter().filter(|text| text.contains("ext::")) {
            let code = text.split_once("ext::").map(|(_, code)| code.to_owned()).unwrap_or_default();
            self.tell(Cause::RunsAnother, text);
            self.perhaps(&code, state);
        }
        self.via.push("git".to_owned());
        let output = self.read_by("git", &found, &parts, operands, state);
        self.via.pop();
        output
    }

    /// `-c name=value`
    fn setting(
        &mut self,
        setting: &str,
        subcommand: Option<&str>,
        aliases: &mut Vec<(String, String)>,
        state: &mut State,
    ) {
        let (name, value) = setting.split_once('=').unwrap_or((setting, "true"));
        self.sets_past_hooks(name, subcommand);
        let lower = name.to_ascii_lowercase();
        if let Some(alias) = lower.strip_prefix("alias.") {
            aliases.push((alias.to_owned(), value.to_owned()));
            // Names are not told apart by their case here, and a subcommand is.
            if let Some(alias) = name.get(6..) {
                aliases.push((alias.to_owned(), value.to_owned()));
            }
            return;
        }
        if HARMLESS
            .iter()
            .any(|harmless| lower == *harmless || harmless.ends_with('.') && lower.starts_with(harmless))
        {
            return;
        }
        // A pager that is none, an editor that does nothing.
        if matches!(value, "" | "cat" | "true" | ":" | "false") && !lower.contains("hookspath") {
            return;
        }
        if lower.starts_with("credential.") && lower.ends_with("helper") && is_known_helper(value) {
            return;
        }
        self.tell(Cause::Environment, setting);
        let code = value.trim_start_matches('!').to_owned();
        self.perhaps(&code, state);
    }

    /// What an alias stands for.
    fn alias(&mut self, text: &str, rest: &[Form], state: &mut State) {
        match text.strip_prefix('!') {
            Some(code) => {
                let mut words = vec![Form::text(code)];
                words.extend(rest.iter().cloned());
                self.joined_text(&words, &mut state.child());
            }
            None => match shell_words::split(text) {
                Ok(words) => {
                    let words = [Form::text("git")]
                        .into_iter()
                        .chain(words.into_iter().map(Form::text))
                        .chain(rest.iter().cloned())
                        .collect();
                    self.external(words, &mut state.clone());
                }
                Err(_) => self.tell(Cause::RunsAnother, text),
            },
        }
    }

    /// Whether a subcommand of no table is a program `git-name`, which is judged as any other: no setting that can be
    /// read makes an alias of that name, nor lets git guess at what was meant.
    fn is_program_of_git(&mut self, name: &str, state: &State) -> bool {
        let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !is_plain || git_config::is_gits_own(name) || self.sets_git || state.is_remote {
            return false;
        }
        if state.folders.is_open
            || self.has_written()
            || !self.links.is_empty()
            || !self.steps(20 * super::LOOK)
        {
            return false;
        }
        git_config::defines_no_alias(name, &state.folders.known, &self.homes())
    }

    /// A subcommand of no table: an alias of the repository or the person, or a program `git-name`.
    fn own_alias(&mut self, name: &str) {
        self.tell(Cause::RunsAnother, &format!("git {name}"));
    }

    /// `git config` that sets something.
    fn configured(&mut self, rest: &[Form], state: &mut State) {
        for (place, form) in rest.iter().enumerate() {
            if matches!(form.known(), Some("-f" | "--file" | "--blob"))
                && let Some(file) = rest.get(place + 1)
            {
                self.uses(file, Access::Update, Extent::One, state);
            }
        }
        let mut texts =
            rest.iter().filter_map(Form::known).filter(|text| !text.starts_with('-') && *text != "set");
        let has = |options: &[&str]| {
            rest.iter().filter_map(Form::known).any(|text| {
                let text = text.split('=').next().unwrap_or(text);
                options.contains(&text)
            })
        };
        // What is written by hand may be anything.
        let is_edited = has(&["-e", "--edit"]) || rest.first().and_then(Form::known) == Some("edit");
        self.effects.bypasses_hooks |= is_edited;
        let Some(name) = texts.next() else { return };
        if matches!(name, "unset" | "remove-section" | "rename-section")
            || has(&["--unset", "--unset-all", "--remove-section", "--rename-section"])
        {
            let removed = if matches!(name, "unset" | "remove-section" | "rename-section") {
                texts.next().unwrap_or_default()
            } else {
                name
            };
            let section = format!("{removed}.");
            self.effects.bypasses_hooks |= hooks::is_setting(removed)
                || hooks::is_setting(&section)
                || removed.eq_ignore_ascii_case("core");
            return;
        }
        if matches!(name, "get" | "list" | "get-all" | "get-regexp" | "edit") {
            return;
        }
        let reads = rest.iter().filter_map(Form::known).any(|text| {
            ["--get", "--get-all", "--list", "-l", "--get-regexp", "--unset", "--unset-all", "--show-origin"]
                .contains(&text)
        });
        let Some(value) = texts.next().filter(|_| !reads) else { return };
        let before = self.effects.unresolved.len();
        let mut aliases = Vec::new();
        let (name, value) = (name.to_owned(), value.to_owned());
        self.setting(&format!("{name}={value}"), None, &mut aliases, state);
        if self.effects.unresolved.len() > before || !aliases.is_empty() {
            self.sets_git = true;
        }
        for (_, text) in aliases {
            let code = match text.strip_prefix('!') {
                Some(code) => code.to_owned(),
                None => format!("git {text}"),
            };
            self.perhaps(&code, state);
        }
    }

    fn pushes(&mut self, parts: &[Part<'_>], operands: &[Form], state: &State) {
        let (mut forced, mut deletes, mut all) = (false, false, false);
        let mut words = Vec::new();
        for part in parts {
            match part {
                Part::Option { name, .. } => {
                    forced |= name.starts_with("--force") || *name == "-f";
                    deletes |= matches!(*name, "--delete" | "-d" | "--prune");
                    all |= matches!(*name, "--all" | "--mirror" | "--branches");
                    forced |= *name == "--mirror";
                    if matches!(*name, "--dry-run" | "-n") {
                        return;
                    }
                }
                Part::Operand { word } => words.extend(operands.get(*word)),
                Part::Unknown { .. } => {}
            }
        }
        let mut words = words.into_iter();
        let remote = words.next().map(|word| word.open().into_owned()).unwrap_or_default();
        let refspecs: Vec<String> = words.map(|word| word.open().into_owned()).collect();
        if all || refspecs.is_empty() {
            let branches =
                if all { self.branches(state) } else { self.current_branch(state).into_iter().collect() };
            for branch in branches {
                self.effects.push(Push { target: branch, remote: remote.clone(), forced, deletes });
            }
            return;
        }
        let mut refspecs = refspecs.into_iter();
        while let Some(refspec) = refspecs.next() {
            if refspec == "tag" {
                refspecs.next();
                continue;
            }
            let (is_forced, spec) = match refspec.strip_prefix('+') {
                Some(spec) => (true, spec),
                None => (forced, refspec.as_str()),
            };
            let (from, to) = spec.split_once(':').unwrap_or((spec, spec));
            let is_deleted = deletes || from.is_empty();
            let to = if to == "HEAD" || to == "@" {
                self.current_branch(state).unwrap_or_else(|| "*".to_owned())
            } else {
                to.to_owned()
            };
            self.effects.push(Push {
                target: to,
                remote: remote.clone(),
                forced: is_forced,
                deletes: is_deleted,
            });
        }
    }

    /// The branch that is checked out, as the files of git say.
    fn current_branch(&self, state: &State) -> Option<String> {
        let head = self.git_file("HEAD", 4_096, state)?;
        head.trim().strip_prefix("ref: refs/heads/").map(str::to_owned)
    }

    /// Every branch, as far as the files of git say.
    fn branches(&self, state: &State) -> Vec<String> {
        let mut branches: Vec<String> = self.current_branch(state).into_iter().collect();
        branches.push("*".to_owned());
        branches
    }

    /// A file of git's own, if it holds no more than `most` bytes; of a linked working tree, what it shares is looked for
    /// where the others have it.
    pub(super) fn git_file(&self, name: &str, most: u64, state: &State) -> Option<String> {
        if state.is_remote {
            return None;
        }
        let folder = state.folders.known.first()?;
        let top = crate::intercept::repository::top_of(folder)?;
        let mut git = top.join(".git");
        if git.is_file() {
            let pointer = std::fs::read_to_string(&git).ok()?;
            git = top.join(pointer.trim().strip_prefix("gitdir: ")?);
        }
        let mut path = git.join(name);
        if !path.exists()
            && let Ok(shared) = std::fs::read_to_string(git.join("commondir"))
        {
            path = git.join(shared.trim()).join(name);
        }
        let metadata = path.metadata().ok()?;
        if !metadata.is_file() || metadata.len() > most {
            return None;
        }
        std::fs::read_to_string(path).ok()
    }
}

/// Whether a value of `credential.helper` is one of those that come with git, and nothing else runs.
fn is_known_helper(value: &str) -> bool {
    let mut words = value.split(' ').filter(|word| !word.is_empty());
    let is_known = words.next().is_some_and(|name| {
        ["store", "cache", "osxkeychain", "libsecret", "wincred", "manager", "manager-core"].contains(&name)
    });
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-=~".contains(letter);
    is_known && words.all(|word| word.starts_with("--") && word.chars().all(is_plain))
}
