//! The steps: what is typed, how it must end, and what must be true of the repositories afterwards.

use crate::cli::failure::Failure;
use crate::cli::output::{Paint, Style, escaped};

use super::program::{Outcome, Program};
use super::say;
use super::scene::Scene;

/// One step of the demonstration.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// What is shown.
    pub(super) title: &'static str,
    /// A file to write first, and its text.
    write: Option<(&'static str, &'static str)>,
    /// What must work first.
    before: &'static [Program],
    /// What is shown at work.
    program: Program,
    /// How it ends.
    end: End,
    /// What must have moved, or not.
    mark: Option<Mark>,
}

/// How a program must end.
#[derive(Clone, Copy, Debug)]
enum End {
    /// With exit code 0.
    GoesThrough,
    /// With this exit code, and this rule in what it says.
    IsRefused { code: i32, rule: &'static str },
}

/// What shows that it really happened, or really did not.
#[derive(Clone, Copy, Debug)]
struct Mark {
    /// What it is called.
    name: &'static str,
    /// The command that prints where it stands.
    asks: Program,
}

const HEAD: Mark = Mark { name: "HEAD", asks: Program::Git(&["rev-parse", "HEAD"]) };

const REMOTE_MAIN: Mark = Mark {
    name: "the remote's main",
    asks: Program::Git(&["ls-remote", "../remote.git", "refs/heads/main"]),
};

const REMOTE_FEATURE: Mark = Mark {
    name: "the remote's feature/notes",
    asks: Program::Git(&["ls-remote", "../remote.git", "refs/heads/feature/notes"]),
};

/// The demonstration.
pub(super) const STEPS: [Step; 9] = [
    Step {
        title: "The project has a policy, and the hooks are put in",
        write: None,
        before: &[Program::Git(&["show", "HEAD:.cavra/policy.yaml"])],
        program: Program::Cavra(&["install", "git"]),
        end: End::GoesThrough,
        mark: None,
    },
    Step {
        title: "An ordinary commit goes through",
        write: Some(("notes.txt", "Ordinary work.\n")),
        before: &[Program::Git(&["add", "notes.txt"])],
        program: Program::Git(&["commit", "-m", "Add notes"]),
        end: End::GoesThrough,
        mark: Some(HEAD),
    },
    Step {
        title: "A commit that touches a protected file is refused",
        write: Some(("deploy/production/database.yaml", "replicas: 0\n")),
        before: &[Program::Git(&["add", "deploy"])],
        program: Program::Git(&["commit", "-m", "Scale the database down"]),
        end: End::IsRefused { code: 1, rule: "filesystem.write.block" },
        mark: Some(HEAD),
    },
    Step {
        title: "A push to main is refused",
        write: None,
        before: &[],
        program: Program::Git(&["push", "origin", "main"]),
        end: End::IsRefused { code: 1, rule: "git.protected_branch.block_direct_push" },
        mark: Some(REMOTE_MAIN),
    },
    Step {
        title: "A push of a feature branch goes through",
        write: None,
        before: &[Program::Git(&["checkout", "--quiet", "-b", "feature/notes"])],
        program: Program::Git(&["push", "origin", "feature/notes"]),
        end: End::GoesThrough,
        mark: Some(REMOTE_FEATURE),
    },
    Step {
        title: "terraform apply is refused before anything looks for terraform",
        write: None,
        before: &[],
        program: Program::Cavra(&["exec", "--", "terraform", "apply"]),
        end: End::IsRefused { code: 126, rule: "commands.block" },
        mark: None,
    },
    Step {
        title: "git status goes through",
        write: None,
        before: &[],
        program: Program::Cavra(&["exec", "--", "git", "status", "--short"]),
        end: End::GoesThrough,
        mark: None,
    },
    Step {
        title: "Each decision is in the evidence",
        write: None,
        before: &[],
        program: Program::Cavra(&["evidence", "list", "--limit", "6"]),
        end: End::GoesThrough,
        mark: None,
    },
    Step {
        title: "The evidence proves itself",
        write: None,
        before: &[],
        program: Program::Cavra(&["evidence", "verify"]),
        end: End::GoesThrough,
        mark: None,
    },
];

impl Step {
    /// Runs it and shows it; says what proves it, or what is at fault.
    ///
    /// # Errors
    /// If a program cannot be started or stdout not be written.
    pub(super) fn run(&self, scene: &Scene, paint: Paint) -> Result<Result<String, String>, Failure> {
        if let Some((name, text)) = self.write {
            scene.write(name, text)?;
            say(&format!("{}\n", paint.paint(Style::Faint, &format!("(writes {name})"))))?;
        }
        for program in self.before {
            let outcome = run_shown(*program, scene, paint)?;
            if outcome.code != Some(0) {
                return Ok(Err(format!("`{}` {}", program.typed(), ended(&outcome))));
            }
        }
        let before = self.standing(scene)?;
        let outcome = run_shown(self.program, scene, paint)?;
        let after = self.standing(scene)?;
        Ok(self.judge(&outcome, before != after))
    }

    /// What proves the step, or what is at fault with it.
    fn judge(&self, outcome: &Outcome, has_moved: bool) -> Result<String, String> {
        let name = self.mark.map(|mark| mark.name);
        match self.end {
            End::GoesThrough if outcome.code != Some(0) => Err(format!("it {}", ended(outcome))),
            End::GoesThrough => match name {
                None => Ok("exit 0".to_owned()),
                Some(name) if has_moved => Ok(format!("exit 0, and {name} has moved")),
                Some(name) => Err(format!("exit 0, but {name} has not moved")),
            },
            End::IsRefused { code, rule } => {
                if outcome.code != Some(code) {
                    return Err(format!("it {}, not with {code}", ended(outcome)));
                }
                if !outcome.text.contains(&format!("rule: {rule} ")) {
                    return Err(format!("exit {code}, but not by rule `{rule}`"));
                }
                match name {
                    None => Ok(format!("exit {code} by rule `{rule}`")),
                    Some(name) if has_moved => Err(format!("exit {code}, but {name} has moved")),
                    Some(name) => Ok(format!("exit {code} by rule `{rule}`, and {name} has not moved")),
                }
            }
        }
    }

    fn standing(&self, scene: &Scene) -> Result<Option<String>, Failure> {
        self.mark.map(|mark| scene.run(mark.asks).map(|outcome| outcome.text)).transpose()
    }
}

fn run_shown(program: Program, scene: &Scene, paint: Paint) -> Result<Outcome, Failure> {
    say(&format!("{}\n", paint.paint(Style::Strong, &format!("$ {}", escaped(&program.typed())))))?;
    let outcome = scene.run(program)?;
    for line in outcome.text.lines() {
        say(&format!("  {}\n", escaped(line)))?;
    }
    Ok(outcome)
}

fn ended(outcome: &Outcome) -> String {
    match outcome.code {
        Some(code) => format!("ended with exit {code}"),
        None => "was ended by a signal".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::contract::RuleId;

    use super::*;

    fn ended_so(code: Option<i32>, text: &str) -> Outcome {
        Outcome { text: text.to_owned(), code }
    }

    #[test]
    fn a_step_that_must_go_through_fails_on_any_other_code_and_if_nothing_moved() {
        let step = STEPS[1];
        assert_eq!(step.judge(&ended_so(Some(0), ""), true), Ok("exit 0, and HEAD has moved".to_owned()));
        assert_eq!(
            step.judge(&ended_so(Some(0), ""), false),
            Err("exit 0, but HEAD has not moved".to_owned())
        );
        assert_eq!(step.judge(&ended_so(Some(1), ""), false), Err("it ended with exit 1".to_owned()));
        assert_eq!(step.judge(&ended_so(None, ""), true), Err("it was ended by a signal".to_owned()));
    }

    #[test]
    fn a_refusal_counts_only_with_its_code_its_rule_and_an_unmoved_head() {
        let step = STEPS[2];
        let said = "cavra: blocked: `x`\n  rule: filesystem.write.block (high): no\n";
        assert_eq!(
            step.judge(&ended_so(Some(1), said), false),
            Ok("exit 1 by rule `filesystem.write.block`, and HEAD has not moved".to_owned())
        );
        assert_eq!(step.judge(&ended_so(Some(1), said), true), Err("exit 1, but HEAD has moved".to_owned()));
        assert_eq!(
            step.judge(&ended_so(Some(1), "cannot run the hook"), false),
            Err("exit 1, but not by rule `filesystem.write.block`".to_owned())
        );
        assert_eq!(
            step.judge(&ended_so(Some(0), said), false),
            Err("it ended with exit 0, not with 1".to_owned())
        );
    }

    #[test]
    fn every_rule_that_a_step_names_is_a_rule() {
        for step in STEPS {
            match step.end {
                End::GoesThrough => {}
                End::IsRefused { code: _, rule } => {
                    assert!(RuleId::ALL.iter().any(|known| known.to_string() == rule), "{rule}");
                }
            }
        }
    }
}
