//! Kimi Code of Moonshot.
//! Only the exit code 2 stops it.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{CLAUDE_CALLS, CLAUDE_EVENTS, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "kimi-code",
    events: CLAUDE_EVENTS,
    calls: CLAUDE_CALLS,
    tools: &[
        ("Bash", Use::Run),
        ("Shell", Use::Run),
        ("Write", Use::Write),
        ("WriteFile", Use::Write),
        ("Edit", Use::Edit),
        ("StrReplaceFile", Use::Edit),
        ("MultiEdit", Use::Edit),
        ("Read", Use::Read),
        ("ReadFile", Use::Read),
        ("ReadMediaFile", Use::Read),
        ("Grep", Use::Search),
        ("Glob", Use::List),
        ("LS", Use::List),
        ("FetchURL", Use::Fetch),
        ("WebFetch", Use::Fetch),
        ("Task", Use::Nothing),
        ("Agent", Use::Nothing),
        ("SearchWeb", Use::Nothing),
        ("WebSearch", Use::Nothing),
        ("SetTodoList", Use::Nothing),
        ("TodoWrite", Use::Nothing),
        ("Think", Use::Nothing),
        ("CreateSubagent", Use::Nothing),
        ("AskUserQuestion", Use::Nothing),
    ],
    naming: Naming::Double,
    installation: Installation {
        shown: "Kimi Code",
        signs: &[".kimi-code"],
        programs: &["kimi"],
        targets: &[Target {
            scope: Scope::User,
            path: ".kimi-code/config.toml",
            form: Form::Toml {
                into: &["hooks"],
                entries: &[(
                    "",
                    r#"event = "PreToolUse"
matcher = ".*"
command = "$COMMAND_OF(PreToolUse)"
timeout = 5"#,
                )],
                beside: r#""#,
            },
        }],
        on_failure: OnFailure::Open,
        to_do: &[],
    },
};
