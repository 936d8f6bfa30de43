//! Refs of this repository about to be changed: what the hook `reference-transaction` is told once it is prepared.
//!
//! It sees every way that a commit gets onto a branch, those too that no other hook sees: `cherry-pick`, `rebase`,
//! `am`, `commit-tree` with `update-ref`, a merge that only goes forward. Commits that are on a branch, here or on
//! the other side, have been judged or are others' work; the ones that are on neither are judged path by path,
//! unless an earlier hook has vouched for them. What packs refs together changes none, and is let through.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;

use crate::contract::{Action, Request};

use super::super::Intercepted;
use super::child::GitError;
use super::print::{self, Judged, Known, Print};
use super::raw::is_object_name;
use super::repository::Repository;
use super::walk::Walk;
use super::{Look, event, in_process, lines};

/// What is looked for.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Branches {
    /// Whether a policy has rules on what is done to branches here.
    pub are_ruled: bool,
    /// Whether the hook is one that stands in for every repository's, and so runs where nobody commits too.
    pub is_everywhere: bool,
}

/// Whether the lines name a ref that is judged: a branch, or `HEAD` where it names a commit itself.
///
/// # Errors
/// If they cannot be read.
pub fn concerns(input: impl Read) -> Result<bool, String> {
    let mut input = BufReader::new(input);
    let mut concerns = false;
    while let Some(line) = lines::next(&mut input)? {
        concerns |= Line::parse(&line)?.is_some();
    }
    Ok(concerns)
}

/// The updates that `input`, the hook's stdin, announces; none where there is nothing to be judged.
#[must_use]
pub fn updated(
    repository: &Repository,
    input: impl Read,
    known: &Arc<dyn Known>,
    judged: &Judged,
    look: Look,
    branches: Branches,
) -> Option<Intercepted> {
    let context = repository.context();
    let mut subject = Request::new(Action::GitOperation, context.branch.clone());
    subject.operation = "update_ref".to_owned();
    let found = read(input).and_then(|transaction| {
        if let [one] = transaction.lines.as_slice() {
            subject.target.clone_from(&one.branch);
        }
        Updates { repository, known, judged, look, branches, transaction }.requests()
    });
    match found {
        Ok(None) => None,
        Ok(Some(requests)) => Some(event(subject, context, requests)),
        Err(reason) => Some(event(subject, context, Box::new(std::iter::once(Err(reason))))),
    }
}

/// A line that is judged.
struct Line {
    new: String,
    reference: String,
    /// The branch; empty for a `HEAD` that names a commit itself.
    branch: String,
}

impl Line {
    /// None for a line that is of no interest here.
    fn parse(line: &[u8]) -> Result<Option<Self>, String> {
        let mut fields = line.splitn(3, |byte| *byte == b' ');
        let (Some(old), Some(new), Some(reference)) = (fields.next(), fields.next(), fields.next()) else {
            return Err(lines::odd(line));
        };
        let reference = String::from_utf8_lossy(reference).into_owned();
        let branch = match reference.strip_prefix("refs/heads/") {
            Some(branch) => branch.to_owned(),
            None if reference == "HEAD" => String::new(),
            None => return Ok(None),
        };
        // To where a symbolic ref points is no commit; what is done through it names the branch.
        if new.starts_with(b"ref:") {
            return Ok(None);
        }
        let object = std::str::from_utf8(new).ok().filter(|new| is_object_name(new));
        let is_old = old.starts_with(b"ref:") || std::str::from_utf8(old).is_ok_and(is_object_name);
        match object {
            Some(new) if is_old => Ok(Some(Self { new: new.to_owned(), reference, branch })),
            Some(_) | None => Err(lines::odd(line)),
        }
    }
}

#[derive(Default)]
struct Transaction {
    lines: Vec<Line>,
    /// What the same transaction puts on the other side's branches, as they are known here.
    fetched: Vec<String>,
}

fn read(input: impl Read) -> Result<Transaction, String> {
    let mut input = BufReader::new(input);
    let mut transaction = Transaction::default();
    while let Some(line) = lines::next(&mut input)? {
        if let Some(line) = Line::parse(&line)? {
            transaction.lines.push(line);
            continue;
        }
        let mut fields = line.splitn(3, |byte| *byte == b' ').skip(1);
        let (new, reference) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
        if let Ok(new) = std::str::from_utf8(new)
            && reference.starts_with(b"refs/remotes/")
            && is_object_name(new)
            && !lines::is_zero(new)
        {
            transaction.fetched.push(new.to_owned());
        }
    }
    Ok(transaction)
}

struct Updates<'a> {
    repository: &'a Repository,
    known: &'a Arc<dyn Known>,
    judged: &'a Judged,
    look: Look,
    branches: Branches,
    transaction: Transaction,
}

impl Updates<'_> {
    fn requests(self) -> Result<Option<super::super::Stream>, String> {
        let told = |error: GitError| error.to_string();
        if self.branches.is_everywhere && self.is_of_server().map_err(told)? {
            return Ok(None);
        }
        let mut requests = Vec::new();
        let mut revisions = Vec::new();
        let mut is_head = false;
        let mut prints = Vec::new();
        for line in &self.transaction.lines {
            if line.branch.is_empty() && self.is_told_by_its_branch(line) {
                continue;
            }
            let current = self.current(&line.reference).map_err(told)?;
            if lines::is_zero(&line.new) {
                let asked = self.asked("delete_branch", &line.branch);
                if asked.is_some() && self.is_deleted(line, current.as_deref())? {
                    requests.extend(asked);
                }
                continue;
            }
            if current.as_deref() == Some(&line.new) {
                continue;
            }
            let print = self.print(&line.new, current.as_deref());
            if let Some(print) = &print {
                if self.known.holds(print) {
                    prints.push(print::of_commit(&line.new));
                }
                if self.known.holds(&print::on_branch(print, &line.branch)) {
                    continue;
                }
                prints.push(print::on_branch(print, &line.branch));
            }
            if let Some(operation) = self.operation(line, current.as_deref()).map_err(told)? {
                requests.extend(self.asked(operation, &line.branch));
            }
            if print.is_some_and(|print| self.known.holds(&print)) {
                continue;
            }
            is_head |= line.branch.is_empty();
            revisions.push(line.new.clone());
            revisions.extend(current.map(|current| format!("^{current}")));
        }
        self.judged.add(prints);
        let mut walk = None;
        if !revisions.is_empty() {
            let all: &[&str] = if is_head {
                &["--not", "--branches", "--tags", "--remotes"]
            } else {
                &["--not", "--branches", "--remotes"]
            };
            revisions.extend(self.transaction.fetched.iter().map(|fetched| format!("^{fetched}")));
            let args = all.iter().map(|word| (*word).to_owned()).collect();
            let known = Arc::clone(self.known);
            let mut found =
                Walk::new(self.repository, args, revisions, known, self.judged.clone(), self.look)
                    .map_err(told)?
                    .peekable();
            if found.peek().is_some() {
                walk = Some(found);
            }
        }
        if requests.is_empty() && walk.is_none() {
            return Ok(None);
        }
        Ok(Some(Box::new(requests.into_iter().map(Ok).chain(walk.into_iter().flatten()))))
    }

    /// Whether nobody commits there, so that what arrives is judged by `pre-receive`. That there is no working tree is
    /// only a setting, which whoever commits could change for a moment: a folder that is called `.git` has one.
    fn is_of_server(&self) -> Result<bool, GitError> {
        let common = fs::canonicalize(self.repository.common()?).unwrap_or_default();
        Ok(self.repository.is_bare() && common.file_name().is_some_and(|name| name != ".git"))
    }

    /// Whether a line for `HEAD` is one that git adds to that of the branch which `HEAD` names. A `HEAD` that moves alone
    /// leaves its branch.
    fn is_told_by_its_branch(&self, head: &Line) -> bool {
        let branch = self.repository.context().branch;
        let lines = &self.transaction.lines;
        !branch.is_empty() && lines.iter().any(|line| line.branch == branch && line.new == head.new)
    }

    /// The request for what is done to a branch, where there are rules on that.
    fn asked(&self, operation: &str, branch: &str) -> Option<Request> {
        if !self.branches.are_ruled || branch.is_empty() {
            return None;
        }
        let mut request = Request::new(Action::GitOperation, branch);
        operation.clone_into(&mut request.operation);
        request.context = Some(self.repository.context());
        Some(request)
    }

    /// What is done to a branch that gets another commit: none where it only follows the other side.
    fn operation(&self, line: &Line, current: Option<&str>) -> Result<Option<&'static str>, GitError> {
        if !self.branches.are_ruled || line.branch.is_empty() {
            return Ok(None);
        }
        let git = self.repository.plumbing()?;
        let mut args = vec!["rev-list", "--max-count=1", &line.new, "--not", "--remotes"];
        args.extend(self.transaction.fetched.iter().map(String::as_str));
        let is_shared = git.answer(&args)?.is_empty();
        if is_shared {
            return Ok(None);
        }
        let Some(current) = current else { return Ok(Some("commit")) };
        let is_forward = git.answer_if_any(&["merge-base", "--is-ancestor", current, &line.new])?.is_some();
        Ok(Some(if is_forward { "commit" } else { "move_branch" }))
    }

    /// The print of a commit that is the next one on what is there now, as hooks on commits make it.
    fn print(&self, new: &str, current: Option<&str>) -> Option<String> {
        let repository = self.repository.in_process()?;
        let facts = in_process::commit(repository, git2::Oid::from_str(new).ok()?)?;
        let parent = match (facts.parents.as_slice(), current) {
            ([], None) => None,
            ([parent], Some(current)) if parent.to_string() == current => Some(*parent),
            _ => return None,
        };
        let base = match parent {
            Some(parent) => Some(in_process::commit(repository, parent)?.tree),
            None => None,
        };
        let mut print = Print::on(&parent.map_or_else(String::new, |parent| parent.to_string()));
        for change in &in_process::between(repository, base, facts.tree)? {
            print.add(change);
        }
        Some(print.finish())
    }

    /// What a ref names now.
    fn current(&self, reference: &str) -> Result<Option<String>, GitError> {
        if let Some(repository) = self.repository.in_process() {
            match repository.find_reference(reference).and_then(|found| found.resolve()) {
                Ok(found) => return Ok(found.target().map(|target| target.to_string())),
                Err(error) if error.code() == git2::ErrorCode::NotFound => return Ok(None),
                // Git itself is to say.
                Err(_) => {}
            }
        }
        let git = self.repository.plumbing()?;
        let found = git.answer_if_any(&["rev-parse", "-q", "--verify", reference])?;
        Ok(found.map(|found| String::from_utf8_lossy(&found).trim_end().to_owned()))
    }

    /// Whether a ref is really deleted, and not only its file after it was packed: then `packed-refs` has it, and
    /// nobody holds the lock, which every deletion does.
    fn is_deleted(&self, line: &Line, current: Option<&str>) -> Result<bool, String> {
        let Some(current) = current else { return Ok(false) };
        let common = self.repository.common().map_err(|error| error.to_string())?;
        if fs::symlink_metadata(common.join("packed-refs.lock")).is_ok() {
            return Ok(true);
        }
        let packed = match File::open(common.join("packed-refs")) {
            Ok(packed) => packed,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(true),
            Err(error) => return Err(format!("the packed refs could not be read: {error}")),
        };
        let wanted = format!("{current} {}", line.reference);
        let mut packed = BufReader::new(packed);
        let mut entry = Vec::new();
        loop {
            entry.clear();
            let read = packed.by_ref().take(lines::MOST).read_until(b'\n', &mut entry);
            if read.map_err(|error| format!("the packed refs could not be read: {error}"))? == 0 {
                return Ok(true);
            }
            if entry.trim_ascii_end() == wanted.as_bytes() {
                return Ok(false);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "1111111111111111111111111111111111111111";
    const ZERO: &str = "0000000000000000000000000000000000000000";

    #[test]
    fn branches_are_judged_and_what_no_commit_is_put_on_is_not() {
        for (lines, is_judged) in [
            (format!("{ZERO} {A} refs/heads/x\n"), true),
            (format!("{ZERO} {A} HEAD\n"), true),
            (format!("{ZERO} ref:refs/heads/x HEAD\n"), false),
            (format!("{ZERO} {A} refs/tags/v1\n{ZERO} {A} refs/remotes/origin/main\n"), false),
            (format!("{ZERO} {A} refs/stash\n{ZERO} {A} ORIG_HEAD\n"), false),
            (format!("{ZERO} {A} refs/tags/v1\n{A} {ZERO} refs/heads/x\n"), true),
            (String::new(), false),
        ] {
            assert_eq!(concerns(lines.as_bytes()), Ok(is_judged), "{lines}");
        }
    }

    #[test]
    fn a_line_that_is_no_update_is_an_error() {
        for line in [
            "\n".to_owned(),
            format!("{ZERO} {A}\n"),
            format!("{ZERO} x refs/heads/x\n"),
            format!("x {A} refs/heads/x\n"),
            format!("{ZERO} {A} refs/heads/x"),
        ] {
            assert!(concerns(line.as_bytes()).is_err(), "{line}");
        }
    }
}
