//! Goose of Block, 1.38 and later.
//! It calls the hooks of plugins. No answer is one without an opinion; the exit code 2 stops it, or a `block`.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{CLAUDE_CALLS, Moment, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "goose",
    events: &[
        ("PreToolUse", Moment::Tool),
        ("PostToolUse", Moment::Notice),
        ("PostToolUseFailure", Moment::Notice),
        ("SessionStart", Moment::Notice),
        ("SessionEnd", Moment::Notice),
        ("UserPromptSubmit", Moment::Notice),
        ("Stop", Moment::Notice),
        ("SubagentStart", Moment::Notice),
        ("SubagentStop", Moment::Notice),
        ("BeforeShellExecution", Moment::Notice),
        ("BeforeReadFile", Moment::Notice),
        ("AfterFileEdit", Moment::Notice),
    ],
    calls: CLAUDE_CALLS,
    tools: &[
        ("developer__shell", Use::Run),
        ("shell", Use::Run),
        ("developer__write", Use::Write),
        ("write", Use::Write),
        ("developer__edit", Use::Edit),
        ("developer__text_editor", Use::Edit),
        ("edit", Use::Edit),
        ("text_editor", Use::Edit),
        ("developer__read_image", Use::Read),
        ("developer__image_processor", Use::Read),
        ("developer__read", Use::Read),
        ("developer__view", Use::Read),
        ("developer__tree", Use::List),
        ("developer__list", Use::List),
        ("tree", Use::List),
        ("developer__analyze", Use::List),
        ("developer__search", Use::Search),
        ("platform__manage_schedule", Use::Nothing),
        ("todo__todo_write", Use::Nothing),
        ("subagent__execute_task", Use::Nothing),
        ("dynamic_task__create_task", Use::Nothing),
        ("delegate", Use::Nothing),
        ("load", Use::Nothing),
        ("todo_write", Use::Nothing),
    ],
    naming: Naming::DoubleOrBare,
    installation: Installation {
        shown: "Goose",
        signs: &[".config/goose", ".agents/plugins"],
        programs: &["goose"],
        targets: &[
            Target {
                scope: Scope::User,
                path: ".agents/plugins/cavra/plugin.json",
                form: Form::Whole {
                    text: r#"{"name":"cavra","version":"1.0.0","description":"Cavra decides before a tool is used"}
"#,
                    is_program: false,
                },
            },
            Target {
                scope: Scope::User,
                path: ".agents/plugins/cavra/hooks/hooks.json",
                form: Form::Whole {
                    text: r#"{"hooks":{"PreToolUse":[{"hooks":[{"type":"command","command":"$COMMAND_OF(PreToolUse)","timeout":10,"on_failure":"block"}]}]}}
"#,
                    is_program: false,
                },
            },
            Target {
                scope: Scope::Project,
                path: ".agents/plugins/cavra/plugin.json",
                form: Form::Whole {
                    text: r#"{"name":"cavra","version":"1.0.0","description":"Cavra decides before a tool is used"}
"#,
                    is_program: false,
                },
            },
            Target {
                scope: Scope::Project,
                path: ".agents/plugins/cavra/hooks/hooks.json",
                form: Form::Whole {
                    text: r#"{"hooks":{"PreToolUse":[{"hooks":[{"type":"command","command":"$COMMAND_OF(PreToolUse)","timeout":10,"on_failure":"block"}]}]}}
"#,
                    is_program: false,
                },
            },
        ],
        on_failure: OnFailure::Closed,
        to_do: &["Goose before 1.38 calls no hooks"],
    },
};
