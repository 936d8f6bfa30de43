//! Commands: from a text or an argv to the requests that it amounts to.
//!
//! Every program that runs is one request. Its target is the spelling that allow rules may trust: the words joined
//! by single blanks where that says the same words again, else quoted so that it does. Its words go with it, and so
//! do the commands that it runs in turn, which only rules that refuse look at. A file that is read or written is a
//! request of its own, and so is a push.

use std::ffi::OsString;
use std::path::Path;

use super::host;
use super::intercepted::{Further, Intercepted, Script, Seam};
use super::looks::Looks;
use super::protection;
use super::reach;
use super::shell::{self, Access, Dialect, Effects, Execute, FileUse, Form, Interpreter, Push};
use super::spelling;
use super::surroundings::Surroundings;
use super::trust;
use crate::contract::{Action, Cause, Context, RefUpdate, Request, Run, Unresolved};
use crate::grammar::hooks;

/// The most bytes of spellings that are made of the commands of one event.
const MOST_SPELLED: usize = 4 << 20;

/// Takes the text that `interpreter` is to run apart. A shell whose language is not read is asked about.
#[must_use]
pub fn command_text(text: &str, interpreter: &Path, surroundings: &Surroundings, seam: Seam) -> Intercepted {
    let name = interpreter.file_name().unwrap_or_default().to_string_lossy();
    let subject = Request::new(Action::ExecuteCommand, text);
    // The shell that is recorded as `sh` is bash on some systems and dash on others.
    let mut event = text_event(subject, Dialect::of(&name), surroundings, None, seam);
    if !shell::reads(&name) {
        event.unresolved.push(Unresolved { cause: Cause::Code, text: shell::snippet(name.as_bytes()) });
    }
    event
}

/// Why a text does not read as shell text, or is not read; none if it is.
#[must_use]
pub fn shell_fault(text: &str) -> Option<Cause> {
    shell::fault(text)
}

/// Takes an argv apart that is executed as it is. `program` is the file that was found for its first word.
#[must_use]
pub fn command_argv(argv: &[OsString], program: Option<&Path>, surroundings: &Surroundings) -> Intercepted {
    let typed: Vec<Form> = argv.iter().map(|word| Form::text(word.to_string_lossy())).collect();
    // What is executed is the file that was found, so that is what is looked at.
    let mut examined = typed.clone();
    if let (Some(program), Some(first)) = (program, examined.first_mut()) {
        *first = Form::text(program.to_string_lossy());
    }
    let is_anyones = program.is_some_and(|program| trust::may_be_anyones(program, surroundings));
    let target = spelling::canonical(if is_anyones { &examined } else { &typed });
    let subject = Request::new(Action::ExecuteCommand, target);
    let mut interpreter = Interpreter::new(surroundings);
    if argv.iter().any(|word| word.to_str().is_none()) {
        interpreter.effects.unresolved(Cause::Operand, &subject.target);
    }
    interpreter.run_words(examined);
    let mut effects = interpreter.effects;
    let mut assembly = Assembly::new(subject, surroundings, Seam::Exec);
    // The first is what was typed, and by the file that it is as well.
    if let Some(first) = effects.commands.first_mut() {
        let found = std::mem::replace(&mut first.words, typed);
        first.runs.insert(0, found);
    }
    assembly.keeps_target = true;
    assembly.take(effects, surroundings);
    assembly.finish(false)
}

/// The event of a request whose target is shell text.
/// `claimed` is another place where it may happen, as the request itself says.
pub(super) fn text_event(
    subject: Request,
    dialect: Dialect,
    surroundings: &Surroundings,
    claimed: Option<Surroundings>,
    seam: Seam,
) -> Intercepted {
    let text = subject.target.trim().to_owned();
    let is_trimmed_alike = subject.target.trim_matches([' ', '\t', '\n']) == text;
    // A shell trims less than the contract does: what it reads is the text as it was given.
    let given = subject.target.clone();
    let mut interpreter = Interpreter::new(surroundings);
    interpreter.run(&given, dialect);
    let is_single = !interpreter.has_grammar
        && is_trimmed_alike
        && !text.contains('\n')
        && interpreter.effects.commands.len() == 1;
    let mut assembly = Assembly::new(Request { target: text, ..subject }, surroundings, seam);
    assembly.keeps_target = is_single;
    assembly.take(interpreter.effects, surroundings);
    if let Some(claimed) = &claimed {
        let mut interpreter = Interpreter::new(claimed);
        interpreter.run(&given, dialect);
        assembly.keeps_target = false;
        assembly.is_again = true;
        assembly.take(interpreter.effects, claimed);
    }
    assembly.finish(!is_single)
}

/// The event of a text of a shell whose language is not read: what can be read of it, and a question.
pub(super) fn foreign_text_event(subject: Request, surroundings: &Surroundings, seam: Seam) -> Intercepted {
    let text = shell::snippet(subject.target.as_bytes());
    let event = text_event(subject, Dialect::Bash, surroundings, None, seam);
    event.with_unresolved(Some(Unresolved { cause: Cause::Code, text }))
}

/// The event of files that are read or written, by something that is called as `subject` says.
pub(super) fn files_event(
    subject: Request,
    files: Vec<FileUse>,
    surroundings: &Surroundings,
    seam: Seam,
) -> Intercepted {
    let mut effects = Effects::default();
    files.into_iter().for_each(|file| effects.file(file));
    let mut assembly = Assembly::new(subject, surroundings, seam);
    assembly.take(effects, surroundings);
    if let [only] = assembly.requests.as_slice() {
        assembly.subject = only.clone();
    }
    // No text holds these files together, so there is none to be judged as a whole.
    Intercepted { is_compound: false, ..assembly.finish(true) }
}

/// An event while its requests are put together.
struct Assembly<'s> {
    subject: Request,
    surroundings: &'s Surroundings,
    seam: Seam,
    requests: Vec<Request>,
    unresolved: Vec<Unresolved>,
    project_roots: Vec<std::path::PathBuf>,
    scripts: Vec<Script>,
    /// Whether the first command is the subject itself, under its own text.
    keeps_target: bool,
    /// Whether the same text is taken a second time.
    is_again: bool,
    /// How many bytes of spellings may still be made.
    left: usize,
}

impl<'s> Assembly<'s> {
    fn new(subject: Request, surroundings: &'s Surroundings, seam: Seam) -> Self {
        Self {
            subject,
            surroundings,
            seam,
            requests: Vec::new(),
            unresolved: Vec::new(),
            project_roots: Vec::new(),
            scripts: Vec::new(),
            keeps_target: false,
            is_again: false,
            left: MOST_SPELLED,
        }
    }

    fn take(&mut self, effects: Effects, surroundings: &Surroundings) {
        let Effects { commands, files, pushes, branches, bypasses_hooks, unresolved, .. } = effects;
        let writes_gits_own = files.iter().any(writes_gits_own);
        self.unresolved.extend(unresolved);
        let text = self.subject.target.clone();
        let repository = surroundings.repo.as_deref();
        let protected = protection::of_effects(&commands, &text, repository, |target| {
            self.part(Action::ExecuteCommand, target.to_owned(), Vec::new(), Vec::new())
        });
        let all = if files.is_empty() { Vec::new() } else { commands.clone() };
        for (place, command) in commands.into_iter().enumerate() {
            let request = self.command(command, place == 0 && self.keeps_target);
            self.add(request);
        }
        for push in pushes {
            let request = self.push(push);
            self.add(request);
        }
        for branch in branches {
            let mut request = self.part(Action::GitOperation, branch.branch, Vec::new(), Vec::new());
            branch.operation.clone_into(&mut request.operation);
            self.add(request);
        }
        if bypasses_hooks || writes_gits_own {
            let mut request = self.part(Action::GitOperation, "hooks".to_owned(), Vec::new(), Vec::new());
            "hook_bypass".clone_into(&mut request.operation);
            self.add(request);
        }
        protected.into_iter().for_each(|request| self.add(request));
        if files.is_empty() {
            return;
        }
        let mut looks = Looks::new(surroundings);
        for file in files {
            if let (Some(digest), Some(path)) = (&file.digest, file.path.known()) {
                self.scripts.push(Script { path: path.into(), digest: digest.clone() });
            }
            for reached in reach::requests(&file, surroundings, &mut looks) {
                let target = reached.target;
                let mut request = self.part(reached.action, target.clone(), Vec::new(), reached.spellings);
                let context = request.context.get_or_insert_default();
                context.folds_case = reached.folds_case;
                context.open_target = reached.is_open;
                context.tree = reached.tree;
                context.hosts = dialled(&context.spellings, &target);
                context.origin = file.origin.to_string();
                context.digest = file.digest.clone().unwrap_or_default();
                self.unresolved.extend(reached.unresolved);
                self.project_roots.extend(reached.project_roots);
                let protected = protection::of_file(&file, &request, &all);
                self.add(request);
                protected.into_iter().for_each(|request| self.add(request));
            }
        }
    }

    fn add(&mut self, request: Request) {
        // Only what was found in another place may have been found before.
        if !self.is_again || !self.requests.contains(&request) {
            self.requests.push(request);
        }
    }

    fn command(&mut self, command: Execute, is_subject: bool) -> Request {
        let Execute { words, runs, does, origin } = command;
        let canonical = spelling::canonical(&words);
        let target = if is_subject { self.subject.target.clone() } else { canonical.clone() };
        let mut spellings = vec![canonical];
        spellings.extend(spelling::of(&words));
        for run in &runs {
            spellings.extend(spelling::of(run));
        }
        let length: usize = spellings.iter().map(String::len).sum();
        match self.left.checked_sub(length) {
            Some(left) => self.left = left,
            None => {
                spellings.truncate(1);
                let text = shell::snippet(target.as_bytes());
                self.unresolved.push(Unresolved { cause: Cause::Limit, text });
            }
        }
        let own = run_of(&words);
        let mut request = self.part(Action::ExecuteCommand, target, own.argv, spellings);
        let context = request.context.get_or_insert_default();
        context.open_words = own.open_words;
        context.whole_words = own.whole_words;
        if !is_subject {
            context.origin = origin.to_string();
        }
        context.effects = does.effects.iter().map(|effect| effect.id().to_owned()).collect();
        context.hosts = does.hosts;
        context.runs = runs.iter().map(|run| run_of(run)).collect();
        request
    }

    fn push(&mut self, push: Push) -> Request {
        let Push { target, remote, forced, deletes } = push;
        if target.contains('*') {
            self.unresolved
                .push(Unresolved { cause: Cause::Operand, text: format!("git push {remote} {target}") });
        }
        let remote_ref =
            if target.starts_with("refs/") { target.clone() } else { format!("refs/heads/{target}") };
        let mut request = self.part(Action::GitOperation, target, Vec::new(), Vec::new());
        "push".clone_into(&mut request.operation);
        request.context.get_or_insert_default().ref_update =
            Some(RefUpdate { remote_ref, remote, forced, deletes });
        request
    }

    /// The request for a part of the subject: who asks is the same.
    fn part(&self, action: Action, target: String, argv: Vec<String>, spellings: Vec<String>) -> Request {
        let spellings = spelling::distinct(spellings, &target);
        let text = |path: Option<&std::path::PathBuf>| {
            path.map_or_else(String::new, |path| path.to_string_lossy().into_owned())
        };
        let context = Context {
            seam: self.seam.as_str().to_owned(),
            cwd: text(Some(&self.surroundings.cwd)),
            repo: text(self.surroundings.repo.as_ref()),
            argv,
            spellings,
            branch: self.subject.context.as_ref().map_or_else(String::new, |context| context.branch.clone()),
            ..Context::default()
        };
        Request {
            session_id: self.subject.session_id.clone(),
            agent_id: self.subject.agent_id.clone(),
            actor: self.subject.actor.clone(),
            policy_pack: self.subject.policy_pack.clone(),
            context: Some(context),
            ..Request::new(action, target)
        }
    }

    /// The event. `is_part`: even a lone request is a part of the subject, and not the subject itself.
    fn finish(mut self, is_part: bool) -> Intercepted {
        let is_compound = self.requests.len() > 1 || (is_part && !self.requests.is_empty());
        let carried = self.subject.spellings().to_vec();
        match self.requests.as_mut_slice() {
            // Nothing in it would run; the text itself is judged.
            [] => self.requests.push(self.subject.clone()),
            [only] if !is_compound => {
                let context = only.context.get_or_insert_default();
                let further = std::mem::take(&mut context.spellings).into_iter().chain(carried).collect();
                context.spellings = spelling::distinct(further, &only.target);
                let request = Request { context: only.context.take(), ..self.subject.clone() };
                self.subject = request.clone();
                self.requests = vec![request];
            }
            _ => {
                let context = self.subject.context.get_or_insert_default();
                if context.cwd.is_empty() {
                    context.cwd = self.surroundings.cwd.to_string_lossy().into_owned();
                }
                context.seam = self.seam.as_str().to_owned();
            }
        }
        Intercepted {
            seam: self.seam,
            subject: self.subject,
            is_compound,
            requests: Box::new(self.requests.into_iter().map(Ok)),
            unresolved: self.unresolved,
            project_roots: self.project_roots,
            scripts: self.scripts,
            further: Further::default(),
        }
    }
}

/// The host behind a name that bash takes for a connection (`/dev/tcp/HOST/PORT`).
fn dialled(spellings: &[String], target: &str) -> Vec<String> {
    let host = |path: &str| {
        let rest = path.strip_prefix("/dev/tcp/").or_else(|| path.strip_prefix("/dev/udp/"))?;
        let host = rest.split('/').next().unwrap_or_default();
        Some(if host.contains('*') { host::UNKNOWN.to_owned() } else { host::normal(host) })
    };
    std::iter::once(target).chain(spellings.iter().map(String::as_str)).find_map(host).into_iter().collect()
}

/// Whether a file is written that git keeps to itself: past it, and so past its hooks.
fn writes_gits_own(file: &FileUse) -> bool {
    match file.access {
        Access::Read => false,
        Access::Write | Access::Update | Access::Rights => {
            let path = file.path.open();
            let path = match &file.folder {
                Some(folder) if !path.starts_with('/') => folder.join(&*path).to_string_lossy().into_owned(),
                Some(_) | None => path.into_owned(),
            };
            let is_told = match file.access {
                // A hook that may not be run is none; of other files git reads what is in them.
                Access::Rights => path.contains("/hooks/"),
                Access::Read | Access::Write | Access::Update => true,
            };
            !file.is_remote && is_told && hooks::is_gits_own(&path)
        }
    }
}

/// The words of a command as a request has them.
fn run_of(words: &[Form]) -> Run {
    let place = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    let open = || words.iter().enumerate().filter(|(_, word)| word.known().is_none());
    Run {
        argv: words.iter().map(|word| word.open().into_owned()).collect(),
        open_words: open().map(|(at, _)| place(at)).collect(),
        whole_words: open()
            .filter(|(_, word)| !word.splits() && !word.is_glob())
            .map(|(at, _)| place(at))
            .collect(),
    }
}
