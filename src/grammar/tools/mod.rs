//! The programs whose options and operands are known, by family.
//!
//! The arity of an option is security data: a value that is taken for a command hides the command. What is in
//! no list is [`super::options::Part::Unknown`], and a question.

use super::effects;
use super::tool::Tool;

mod build;
mod cloud;
mod code;
mod entry;
mod files;
mod git;
mod kube;
mod launchers;
mod pack;
mod remote;
mod runners;
pub(super) mod tables;
mod text;
mod transfer;
mod wrappers;

use tables::listed;

/// The program with this base name. A version (`python3.11`, `pip3`), `.exe`, the case of its letters and the
/// `g` of GNU tools on other systems do not hide it.
#[must_use]
pub fn tool(name: &str) -> Option<&'static Tool> {
    listed(name).or_else(|| disguised(name))
}

/// The name of a program with a table or a rule that `name` is but for the case of its letters: on a volume that folds case it is that
/// program.
#[must_use]
pub fn folded(name: &str) -> Option<String> {
    let folded = name.to_ascii_lowercase();
    let is_known = |name: &str| listed(name).is_some() || effects::is_about(name);
    (folded != name && !is_known(name) && is_known(&folded)).then_some(folded)
}

fn disguised(name: &str) -> Option<&'static Tool> {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    if name.starts_with("ld-") || name.starts_with("ld.so") || name.starts_with("ld64.so") {
        return listed("ld.so");
    }
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '_'));
    listed(name)
        .or_else(|| listed(stem))
        .or_else(|| dotted_version(name).and_then(listed))
        .or_else(|| stem.strip_prefix('g').and_then(listed))
}

/// `perl` of `perl5.36-x86_64-linux-gnu`: a version with a dot ends the name.
fn dotted_version(name: &str) -> Option<&str> {
    let at = name.find(|c: char| c.is_ascii_digit())?;
    let (stem, version) = name.split_at_checked(at)?;
    let number = version.split('-').next().filter(|number| number.contains('.'))?;
    number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.').then(|| stem.trim_end_matches('-'))
}

#[cfg(test)]
mod tests;
