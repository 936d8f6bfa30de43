//! Auggie of Augment, 0.36.0.
//! It takes the answers of Claude Code; whether it asks is not known, so what is asked about is denied.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{CLAUDE_CALLS, CLAUDE_EVENTS, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "auggie",
    events: CLAUDE_EVENTS,
    calls: CLAUDE_CALLS,
    tools: &[
        ("launch-process", Use::Run),
        ("write-process", Use::Type),
        ("save-file", Use::Write),
        ("remove-files", Use::Write),
        ("str-replace-editor", Use::Edit),
        ("apply_patch", Use::Patch),
        ("view", Use::Read),
        ("read-file", Use::Read),
        ("grep-search", Use::Search),
        ("codebase-retrieval", Use::Search),
        ("list-dir", Use::List),
        ("web-fetch", Use::Fetch),
        ("open-browser", Use::Fetch),
        ("web-search", Use::Nothing),
        ("read-process", Use::Nothing),
        ("kill-process", Use::Nothing),
        ("list-processes", Use::Nothing),
        ("read-terminal", Use::Nothing),
        ("add_tasks", Use::Nothing),
        ("update_tasks", Use::Nothing),
        ("view_tasklist", Use::Nothing),
        ("reorganize_tasklist", Use::Nothing),
        ("sub-agent", Use::Nothing),
        ("diagnostics", Use::Nothing),
        ("remember", Use::Nothing),
        ("render-mermaid", Use::Nothing),
    ],
    naming: Naming::DoubleOrBare,
    installation: Installation {
        shown: "Auggie",
        signs: &[".augment"],
        programs: &["auggie"],
        targets: &[
            Target {
                scope: Scope::User,
                path: ".augment/settings.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[(
                        "PreToolUse",
                        r#"{"matcher":"*","hooks":[{"type":"command","command":"$COMMAND","timeout":10000}]}"#,
                    )],
                    beside: r#"{}"#,
                },
            },
            Target {
                scope: Scope::Managed,
                path: "/etc/augment/settings.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[(
                        "PreToolUse",
                        r#"{"matcher":"*","hooks":[{"type":"command","command":"$COMMAND","timeout":10000}]}"#,
                    )],
                    beside: r#"{}"#,
                },
            },
        ],
        on_failure: OnFailure::Unknown,
        to_do: &[],
    },
};
