//! Commands: from a text or an argv to the requests that it amounts to.
//!
//! Every simple command is one request. Its target is the spelling that allow rules may trust: the words joined
//! by single blanks where that says the same words again, else quoted so that it does. What else it may be
//! called (by its base name, without the programs that run it, without global options) are spellings, which
//! only rules that refuse look at. A file that a redirection opens is a request of its own.

use std::collections::{HashSet, VecDeque};
use std::ffi::OsString;
use std::path::Path;

use super::intercepted::{Intercepted, Seam};
use super::made::Made;
use super::path;
use super::peel::{self, Step};
use super::shell::{self, Access, Assigned, Found, Simple, Word};
use super::spelling;
use super::surroundings::Surroundings;
use super::trust;
use crate::contract::{Action, Cause, Context, Request, Unresolved};
use crate::grammar::builtins::{Builtin, builtin};
use crate::grammar::operands::takes_data;
use crate::grammar::variables;

/// The most programs that may run one another in one command.
const MOST_LAYERS: usize = 16;

/// The most words of a command that are looked at for another command.
const MOST_WORDS: usize = 64;

/// The most bytes of spellings that are made of the ends of commands, over a whole event.
const MOST_ENDS: usize = 4 << 20;

/// Takes the text that `interpreter` is to run apart. A shell whose language is not read is asked about.
#[must_use]
pub fn command_text(text: &str, interpreter: &Path, surroundings: &Surroundings, seam: Seam) -> Intercepted {
    let mut event = text_event(Request::new(Action::ExecuteCommand, text), surroundings, None, seam);
    let name = interpreter.file_name().unwrap_or_default().to_string_lossy();
    if !shell::reads(&name) {
        event.unresolved.push(Unresolved { cause: Cause::Code, text: shell::snippet(name.as_bytes()) });
    }
    event
}

/// Takes an argv apart that is executed as it is. `program` is the file that was found for its first word.
#[must_use]
pub fn command_argv(argv: &[OsString], program: Option<&Path>, surroundings: &Surroundings) -> Intercepted {
    let words: Vec<Word> = argv.iter().map(|word| Word::exact(word.to_string_lossy().into_owned())).collect();
    // What is executed is the file that was found, so that is what is looked at.
    let examined = match program {
        Some(program) => with_first(&words, Word::exact(program.to_string_lossy().into_owned())),
        None => words.clone(),
    };
    let is_anyones = program.is_some_and(|program| trust::may_be_anyones(program, surroundings));
    let target = spelling::canonical(if is_anyones { &examined } else { &words });
    let subject = Request::new(Action::ExecuteCommand, target);
    let mut analysis = Analysis::new(subject.clone(), surroundings, Seam::Exec, false);
    if argv.iter().any(|word| word.to_str().is_none()) {
        analysis.found.unresolved(Cause::Operand, subject.target.as_bytes());
    }
    let typed = spelling::of(&words);
    analysis.examine(Simple { words: examined, ..Simple::default() });
    if let Some(first) = analysis.requests.first_mut() {
        let context = first.context.get_or_insert_default();
        context.argv = words.into_iter().map(|word| word.value).collect();
        let found = std::mem::replace(&mut first.target, subject.target);
        let all = typed.into_iter().chain([found]).chain(std::mem::take(&mut context.spellings)).collect();
        context.spellings = spelling::distinct(all, &first.target);
    }
    analysis.run();
    analysis.finish()
}

fn with_first(words: &[Word], first: Word) -> Vec<Word> {
    [first].into_iter().chain(words.iter().skip(1).cloned()).collect()
}

/// The event of a request whose target is shell text.
/// `claimed` is another place where it may happen, as the request itself says.
pub(super) fn text_event(
    subject: Request,
    surroundings: &Surroundings,
    claimed: Option<Surroundings>,
    seam: Seam,
) -> Intercepted {
    let text = subject.target.trim().to_owned();
    let is_trimmed_alike = subject.target.trim_matches([' ', '\t', '\n']) == text;
    // A shell trims less than the contract does: what it reads is the text as it was given.
    let given = subject.target.clone();
    let mut analysis = Analysis::new(Request { target: text.clone(), ..subject }, surroundings, seam, true);
    analysis.claimed = claimed;
    shell::split(&given, 0, &mut analysis.found);
    let is_single = !analysis.found.has_grammar
        && is_trimmed_alike
        && !text.contains('\n')
        && matches!(analysis.found.commands.as_slice(), [only] if !only.words.is_empty());
    analysis.run();
    if is_single && let Some(first) = analysis.requests.first_mut() {
        let canonical = std::mem::replace(&mut first.target, text);
        let context = first.context.get_or_insert_default();
        let further = std::mem::take(&mut context.spellings).into_iter().chain([canonical]).collect();
        context.spellings = spelling::distinct(further, &first.target);
    }
    analysis.is_part = !is_single;
    analysis.finish()
}

/// An event while it is taken apart.
struct Analysis<'s> {
    subject: Request,
    surroundings: &'s Surroundings,
    seam: Seam,
    /// Another place where it may happen, as the request itself says.
    claimed: Option<Surroundings>,
    found: Found,
    made: Made,
    /// Whether there is more than one command.
    is_many: bool,
    /// How many bytes of spellings may still be made of the ends of commands.
    left: usize,
    requests: Vec<Request>,
    /// Whether builtins of a shell mean what they mean.
    in_shell: bool,
    /// Whether the working directory may have changed on the way.
    has_moved: bool,
    /// Whether even a lone request is a part of the subject, and not the subject itself.
    is_part: bool,
}

impl<'s> Analysis<'s> {
    fn new(subject: Request, surroundings: &'s Surroundings, seam: Seam, in_shell: bool) -> Self {
        Self {
            subject,
            surroundings,
            seam,
            claimed: None,
            found: Found::default(),
            made: Made::default(),
            is_many: false,
            left: MOST_ENDS,
            requests: Vec::new(),
            in_shell,
            has_moved: false,
            is_part: false,
        }
    }

    /// Goes through all that was found, and what is found on the way.
    fn run(&mut self) {
        let mut commands = VecDeque::from(std::mem::take(&mut self.found.commands));
        while let Some(simple) = commands.pop_front() {
            self.in_shell = true;
            self.is_many |= !commands.is_empty();
            self.made.takes_files(&self.found.files);
            self.examine(simple);
            // What a command runs takes place where that command stands.
            for inner in std::mem::take(&mut self.found.commands).into_iter().rev() {
                commands.push_front(inner);
            }
        }
    }

    /// One simple command: its request, and what about it is not understood.
    fn examine(&mut self, simple: Simple) {
        for variable in &simple.assigned {
            self.assigned(variable);
        }
        if simple.words.is_empty() {
            return;
        }
        let mut spellings = spelling::of(&simple.words);
        let mut words = simple.words.as_slice();
        let mut layers = 0;
        while let Some(program) = words.first() {
            let name = spelling::base_name(&program.value);
            if self.in_shell {
                self.builtin(name, words);
            }
            layers += 1;
            if self.is_many {
                self.uses(words, &simple);
            }
            self.made.takes(words, simple.order);
            let linked = self.linked_name(&program.value).filter(|linked| linked != name);
            if let Some(linked) = &linked {
                spellings.push(spelling::joined(linked, words));
            }
            let step = match (peel::step(name, words), &linked) {
                (Step::Plain, Some(linked)) => peel::step(linked, words),
                (step, _) => step,
            };
            match step {
                Step::Plain => {
                    self.ends(name, words, &mut spellings);
                    break;
                }
                Step::Unread(cause) => {
                    self.tell(cause, words);
                    self.ends(name, words, &mut spellings);
                    break;
                }
                Step::Runs(inner, assigned) => {
                    assigned.iter().for_each(|variable| self.assigned(variable));
                    if layers > MOST_LAYERS {
                        self.found.gives_up(spelling::canonical(words).as_bytes());
                        break;
                    }
                    spellings.extend(spelling::of(inner));
                    words = inner;
                }
                Step::Text(text) => {
                    let before = self.found.commands.len();
                    let files = self.found.files.len();
                    shell::split(text, simple.depth + 1, &mut self.found);
                    self.found.nest(before, files, simple.order);
                    if self.found.commands.len() == before && self.found.files.is_empty() {
                        self.tell(Cause::Code, words);
                    }
                    break;
                }
            }
        }
        let target = spelling::canonical(&simple.words);
        let argv = simple.words.into_iter().map(|word| word.value).collect();
        let request = self.part(Action::ExecuteCommand, target, argv, spellings);
        self.requests.push(request);
    }

    /// The base name of the file that a program's path leads to over links. A file of many programs, which goes
    /// by the name of the link, is passed over.
    fn linked_name(&self, program: &str) -> Option<String> {
        if !program.contains('/') || !(self.surroundings.cwd.is_absolute() || program.starts_with('/')) {
            return None;
        }
        let real = std::fs::canonicalize(self.surroundings.cwd.join(program)).ok()?;
        let name = real.file_name()?.to_string_lossy().into_owned();
        (!matches!(name.as_str(), "busybox" | "toybox" | "coreutils")).then_some(name)
    }

    fn tell(&mut self, cause: Cause, words: &[Word]) {
        self.found.unresolved(cause, spelling::canonical(words).as_bytes());
    }

    fn assigned(&mut self, variable: &Assigned) {
        if carries_code(variable) {
            self.found.unresolved(Cause::Environment, format!("{}=…", variable.name).as_bytes());
        }
    }

    /// What a command uses that an earlier one of the text may have made, or that is not there yet.
    fn uses(&mut self, words: &[Word], simple: &Simple) {
        self.made.asks_command(words, simple, &mut self.found);
        let Some(program) = words.first().filter(|program| program.value.contains('/')) else { return };
        let is_missing =
            [Some(self.surroundings), self.claimed.as_ref()].into_iter().flatten().any(|folders| {
                let path = folders.cwd.join(&program.value);
                path.is_absolute() && !path.exists()
            });
        if is_missing {
            self.tell(Cause::Program, words);
        }
    }

    /// Where a program may run its operands, what they would be as a command.
    fn ends(&mut self, name: &str, words: &[Word], spellings: &mut Vec<String>) {
        if takes_data(name) {
            return;
        }
        for place in 1..words.len().min(MOST_WORDS) {
            let end = words.get(place..).unwrap_or_default();
            let Some(first) = end.first() else { return };
            if takes_data(spelling::base_name(&first.value)) {
                return;
            }
            if first.value.starts_with('-') || first.value.contains(char::is_whitespace) {
                continue;
            }
            let length: usize = end.iter().map(|word| word.value.len() + 1).sum();
            match self.left.checked_sub(length) {
                Some(left) => self.left = left,
                None => return self.found.gives_up(spelling::canonical(end).as_bytes()),
            }
            spellings.extend(spelling::of(end));
        }
    }

    /// What a builtin does besides its own work.
    fn builtin(&mut self, name: &str, words: &[Word]) {
        let operands = words.get(1..).unwrap_or_default();
        let values = || operands.iter().map(|word| word.value.as_str());
        match builtin(name) {
            None => {}
            Some(Builtin::Code) => self.tell(Cause::Code, words),
            Some(Builtin::Moves) => self.has_moved = true,
            Some(Builtin::Variables) => {
                for variable in operands.iter().map(Assigned::of) {
                    let is_plain =
                        variable.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                    if !is_plain || carries_code(&variable) {
                        self.tell(Cause::Environment, words);
                    }
                }
            }
            Some(Builtin::Options) if peel::is_harmless_set(values()) => {}
            Some(Builtin::Options) => self.tell(Cause::Code, words),
            Some(Builtin::Arithmetic) if values().all(is_number) => {}
            Some(Builtin::Arithmetic) => self.tell(Cause::Code, words),
            Some(Builtin::With(_)) if operands.iter().any(|word| runs_in_subscript(&word.value)) => {
                self.tell(Cause::Code, words);
            }
            Some(Builtin::With(options))
                if values().any(|operand| options.iter().any(|option| operand.starts_with(option))) =>
            {
                self.tell(Cause::Code, words);
            }
            Some(Builtin::With(_)) => {}
        }
    }

    /// The request for a part of the subject: who asks is the same.
    fn part(&self, action: Action, target: String, argv: Vec<String>, spellings: Vec<String>) -> Request {
        let spellings = spelling::distinct(spellings, &target);
        let context = Context {
            seam: self.seam.as_str().to_owned(),
            cwd: self.surroundings.cwd.to_string_lossy().into_owned(),
            repo: self
                .surroundings
                .repo
                .as_ref()
                .map_or_else(String::new, |repo| repo.to_string_lossy().into()),
            argv,
            spellings,
            branch: self.subject.context.as_ref().map_or_else(String::new, |context| context.branch.clone()),
            ref_update: None,
            folds_case: false,
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

    fn finish(mut self) -> Intercepted {
        let mut opened = HashSet::new();
        let mut project_roots = Vec::new();
        for file in std::mem::take(&mut self.found.files) {
            if (self.has_moved && !file.path.starts_with('/')) || self.made.is_through(&file) {
                self.found.unresolved(Cause::Operand, file.path.as_bytes());
            }
            if !opened.insert((file.path.clone(), file.access)) {
                continue;
            }
            let spelled =
                path::spell_everywhere(Path::new(&file.path), self.surroundings, self.claimed.as_ref());
            project_roots.extend(spelled.project_roots);
            for part in spelled.unresolved {
                self.found.unresolved(part.cause, part.text.as_bytes());
            }
            let actions: &[Action] = match file.access {
                Access::Read => &[Action::ReadFile],
                Access::Write => &[Action::WriteFile],
                Access::Update => &[Action::ReadFile, Action::WriteFile],
            };
            for action in actions {
                let mut request =
                    self.part(*action, file.path.clone(), Vec::new(), spelled.spellings.clone());
                request.context.get_or_insert_default().folds_case = spelled.folds_case;
                self.requests.push(request);
            }
        }
        let is_compound = self.requests.len() > 1 || (self.is_part && !self.requests.is_empty());
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
            unresolved: self.found.unresolved,
            project_roots,
        }
    }
}

/// Whether setting a variable runs code or moves trust: by its name, or by its value, if that holds what a shell
/// runs wherever the variable is evaluated.
fn carries_code(variable: &Assigned) -> bool {
    let Assigned { name, value, is_known } = variable;
    variables::variable(name).is_some()
        || variables::is_special(name)
        || runs_in_subscript(value)
        || (*is_known && has_substitution(value))
}

/// Arithmetic runs the substitutions in a subscript.
fn runs_in_subscript(value: &str) -> bool {
    value.contains('[') && has_substitution(value)
}

fn has_substitution(value: &str) -> bool {
    value.contains("$(") || value.contains('`') || value.contains("${")
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
