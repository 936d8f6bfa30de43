//! git without its hooks: what a text does that keeps them from being run, or sends what they judge past them.

use super::Interpreter;
use crate::grammar::hooks;
use crate::grammar::options::Part;
use crate::intercept::shell::effect::BranchMove;
use crate::intercept::shell::state::{Contents, State};
use crate::intercept::shell::value::Form;

impl Interpreter<'_> {
    /// What the options and operands of one call of git come to.
    pub(super) fn past_hooks(
        &mut self,
        subcommand: &str,
        parts: &[Part<'_>],
        operands: &[Form],
        rest: &[Form],
        state: &State,
    ) {
        let is_past = hooks::is_subcommand(subcommand)
            || skips(subcommand, parts)
            || names_another_program(subcommand, parts)
            || self.has_such_variables(subcommand, state);
        self.effects.bypasses_hooks |= is_past;
        let words: Vec<&Form> = parts
            .iter()
            .filter_map(|part| match part {
                Part::Operand { word } => operands.get(*word),
                Part::Option { .. } | Part::Unknown { .. } => None,
            })
            .collect();
        let has = |names: &[&str]| {
            parts.iter().any(|part| matches!(part, Part::Option { name, .. } if names.contains(name)))
        };
        match subcommand {
            "bundle" => {
                // What a bundle carries is taken out elsewhere, and no push is made.
                self.effects.bypasses_hooks |= rest.first().and_then(Form::known) == Some("create");
            }
            "branch" if has(&["-m", "-M", "-c", "-C", "--move", "--copy"]) => {
                self.moves_branch(words.last().copied(), "move_branch");
            }
            "branch" if has(&["-f", "--force"]) => self.moves_branch(words.first().copied(), "move_branch"),
            "branch" if has(&["-d", "-D", "--delete"]) => {
                for word in words {
                    self.moves_branch(Some(word), "delete_branch");
                }
            }
            "update-ref" => {
                let target = words.first().copied();
                let start = target.map(Form::start).unwrap_or_default();
                // Whatever stands there is taken for what the other side has.
                self.effects.bypasses_hooks |= start.starts_with("refs/remotes/");
                if start.starts_with("refs/heads/") {
                    self.moves_branch(
                        target,
                        if has(&["-d", "--delete"]) { "delete_branch" } else { "move_branch" },
                    );
                }
            }
            "fetch" => {
                let from = words.first().map(|word| word.start()).unwrap_or_default();
                let is_path = from.starts_with(['.', '/', '~']) || from.starts_with("file:");
                let puts =
                    words.iter().skip(1).filter_map(|word| word.known()).any(|word| {
                        word.split_once(':').is_some_and(|(_, to)| to.starts_with("refs/remotes/"))
                    });
                self.effects.bypasses_hooks |= is_path && puts;
            }
            _ => {}
        }
    }

    /// A setting is set, or asked for this once; for which subcommand, where that is known.
    pub(super) fn sets_past_hooks(&mut self, name: &str, subcommand: Option<&str>) {
        let is_of_push =
            subcommand.is_none_or(|subcommand| subcommand == "push") && hooks::is_setting_of_pushes(name);
        self.effects.bypasses_hooks |= is_of_push || hooks::is_setting(name);
    }

    fn moves_branch(&mut self, branch: Option<&Form>, operation: &'static str) {
        let Some(branch) = branch else { return };
        let name = branch.open().into_owned();
        let branch = name.strip_prefix("refs/heads/").unwrap_or(&name).to_owned();
        self.effects.branch(BranchMove { branch, operation });
    }

    /// Whether the text has set a variable for git that does.
    fn has_such_variables(&self, subcommand: &str, state: &State) -> bool {
        state.variables.iter().any(|(name, variable)| {
            let value = match &variable.value {
                Contents::Scalar(value) => value.known(),
                Contents::Array(_) | Contents::Some(_) => None,
            };
            let is_of_push = subcommand == "push" && hooks::is_variable_of_pushes(name);
            variable.is_exported && (is_of_push || hooks::is_variable(name, value))
        })
    }
}

/// Whether the last of the options that say so leaves hooks out.
fn skips(subcommand: &str, parts: &[Part<'_>]) -> bool {
    // For others `-n` is another option: to do nothing, to commit nothing, to show no statistics.
    let has_short = matches!(subcommand, "commit" | "am");
    let mut skips = false;
    for part in parts {
        match part {
            Part::Option { name: "--no-verify", .. } => skips = true,
            Part::Option { name: "-n", .. } => skips |= has_short,
            Part::Option { name: "--verify", .. } => skips = false,
            Part::Option { .. } | Part::Operand { .. } | Part::Unknown { .. } => {}
        }
    }
    skips && matches!(subcommand, "commit" | "am" | "merge" | "pull" | "push" | "rebase")
}

/// Whether the other side of a push is to run another program than git's own.
fn names_another_program(subcommand: &str, parts: &[Part<'_>]) -> bool {
    let own =
        |value: &str| matches!(value, "git-receive-pack" | "git receive-pack" | "/usr/bin/git-receive-pack");
    subcommand == "push"
        && parts.iter().any(|part| {
            matches!(part, Part::Option { name: "--receive-pack" | "--exec", value, .. }
                if !value.as_ref().is_some_and(|value| own(value)))
        })
}
