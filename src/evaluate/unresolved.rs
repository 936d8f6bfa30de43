//! What could not be understood: at least a question.

use crate::contract::{Action, Cause, Effect, Request, RuleId, Severity, Unresolved};
use crate::policy::{CommandDefault, CompiledPolicy};

use super::deviations::Deviation;
use super::finding::Finding;

/// A question; a block where the policy blocks the commands that it does not name.
pub(super) fn unresolved(what: &Unresolved, subject: &Request, policy: &CompiledPolicy) -> Finding {
    let is_file = matches!(Action::parse(&subject.action_type), Some(Action::ReadFile | Action::WriteFile));
    let (rule, effect, part, deviation) = if is_file {
        (RuleId::FilesystemUnresolved, Effect::RequireApproval, "the path", Deviation::D1)
    } else {
        let effect = match policy.commands.default_effect() {
            CommandDefault::Allow | CommandDefault::RequireApproval => Effect::RequireApproval,
            CommandDefault::Block => Effect::Block,
        };
        (RuleId::CommandsUnresolved, effect, "a part of the command", Deviation::D2)
    };
    let text = if is_file { subject.target.as_str() } else { subject.target.trim() };
    Finding::new(effect, rule, Severity::Medium, format!("{part} {}", what.cause))
        .approved_by(super::command::REPOSITORY_OWNERS)
        .by_value::<()>(&what.text, None)
        .instead(way_around(what.cause))
        .on(text, if is_file { subject.operation() } else { text })
        .because_of(deviation)
}

fn way_around(cause: Cause) -> &'static str {
    match cause {
        Cause::Syntax | Cause::Grammar | Cause::Limit => "run its commands one at a time, each written out",
        Cause::Program | Cause::Operand => "write the names out, without variables or patterns",
        Cause::RunsAnother => "run the inner command itself",
        Cause::Code => "run a command that says what it does, instead of code from elsewhere",
        Cause::Environment => "run the command without setting that variable",
        Cause::HardLink => "name the file by its own path",
    }
}
