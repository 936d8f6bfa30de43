//! A range of commits, as git has it.

use std::path::Path;

use crate::cli::failure::Failure;
use crate::cli::output::escaped;
use crate::cli::place;
use crate::intercept::git::{Git, GitError};
use crate::sys::programs;

/// The most commits that one range has.
const MOST_COMMITS: usize = 20_000;

/// The commits that are in the one and not in the other.
pub(super) struct Range {
    /// The top of the working tree, or the folder of a bare repository.
    pub(super) top: String,
    /// Their ids, newest first.
    pub(super) commits: Vec<String>,
    /// When the last commit that both have was committed; none if they have none.
    pub(super) since: Option<i64>,
}

impl Range {
    /// Reads `BASE..HEAD` in the repository around `folder`.
    pub(super) fn find(folder: &Path, text: &str) -> Result<Self, Failure> {
        let places = place::places()?;
        let program = programs::git(&places).map_err(|error| Failure::user(escaped(&error.to_string())))?;
        let git = Git::at(program, folder);
        let Some((base, head)) = text.split_once("..").filter(|(_, head)| !head.starts_with('.')) else {
            return Err(Failure::usage(format!("`{}` is no range: write `BASE..HEAD`", escaped(text))));
        };
        let (base, head) = (commit(&git, base)?, commit(&git, head)?);
        let range = format!("{base}..{head}");
        let most = format!("--max-count={}", MOST_COMMITS + 1);
        let listed = words(&git, &["rev-list", &most, &range])?;
        if listed.len() > MOST_COMMITS {
            return Err(Failure::user(format!("the range has more than {MOST_COMMITS} commits")));
        }
        if listed.is_empty() {
            return Err(Failure::user(format!("there is no commit in `{}`", escaped(text))));
        }
        let top = match git.answer(&["rev-parse", "--show-toplevel"]) {
            Ok(top) => top,
            Err(_) => git.answer(&["rev-parse", "--absolute-git-dir"]).map_err(|error| failed(&error))?,
        };
        let common = git.answer_if_any(&["merge-base", &base, &head]).map_err(|error| failed(&error))?;
        let since = match common {
            None => None,
            Some(common) => {
                let common = String::from_utf8_lossy(&common).trim().to_owned();
                let time = words(&git, &["log", "-1", "--no-show-signature", "--format=%ct", &common])?;
                time.first().and_then(|time| time.parse().ok())
            }
        };
        Ok(Self {
            top: String::from_utf8_lossy(&top).trim_end_matches('\n').to_owned(),
            commits: listed,
            since,
        })
    }
}

/// The id of the commit that a name means. A name is no option, whatever it begins with.
fn commit(git: &Git, name: &str) -> Result<String, Failure> {
    let name = if name.is_empty() { "HEAD" } else { name };
    let wanted = format!("{name}^{{commit}}");
    let found = words(git, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted]);
    match found.ok().as_deref() {
        Some([id]) if id.len() >= 40 && id.bytes().all(|byte| byte.is_ascii_hexdigit()) => Ok(id.clone()),
        _ => Err(Failure::user(format!("there is no commit `{}`", escaped(name)))),
    }
}

fn words(git: &Git, args: &[&str]) -> Result<Vec<String>, Failure> {
    let answer = git.answer(args).map_err(|error| failed(&error))?;
    Ok(String::from_utf8_lossy(&answer).split_ascii_whitespace().map(str::to_owned).collect())
}

fn failed(error: &GitError) -> Failure {
    Failure::user(escaped(&error.to_string()))
}
