//! Antigravity CLI of Google.
//! It wants each answer said, and takes none for a question of its own. A file of hooks with a fault in it is passed over
//! whole. It was seen to go on after a no to `invoke_subagent`.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{Moment, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "antigravity-cli",
    events: &[
        ("PreToolUse", Moment::Tool),
        ("PostToolUse", Moment::Notice),
        ("PreInvocation", Moment::Notice),
        ("PostInvocation", Moment::Notice),
        ("Stop", Moment::Notice),
    ],
    calls: &[("/toolCall/name", "/toolCall/args")],
    tools: &[
        ("run_command", Use::Run),
        ("send_command_input", Use::Type),
        ("write_to_file", Use::Write),
        ("replace_file_content", Use::Edit),
        ("multi_replace_file_content", Use::Edit),
        ("view_file", Use::Read),
        ("view_file_outline", Use::Read),
        ("view_code_item", Use::Read),
        ("grep_search", Use::Search),
        ("codebase_search", Use::Search),
        ("list_dir", Use::List),
        ("find_by_name", Use::List),
        ("read_url_content", Use::Fetch),
        ("open_browser_url", Use::Fetch),
        ("search_web", Use::Nothing),
        ("invoke_subagent", Use::Nothing),
        ("command_status", Use::Nothing),
        ("read_terminal", Use::Nothing),
        ("task_boundary", Use::Nothing),
        ("notify_user", Use::Nothing),
        ("browser_subagent", Use::Nothing),
    ],
    naming: Naming::Single,
    installation: Installation {
        shown: "Antigravity CLI",
        signs: &[".gemini/antigravity-cli", ".gemini/config"],
        programs: &["agy"],
        targets: &[
            Target {
                scope: Scope::User,
                path: ".gemini/config/hooks.json",
                form: Form::Json {
                    into: &["cavra"],
                    entries: &[(
                        "PreToolUse",
                        r#"{"matcher":"*","hooks":[{"type":"command","command":"$COMMAND","timeout":30}]}"#,
                    )],
                    beside: r#"{}"#,
                },
            },
            Target {
                scope: Scope::Project,
                path: ".agents/hooks.json",
                form: Form::Json {
                    into: &["cavra"],
                    entries: &[(
                        "PreToolUse",
                        r#"{"matcher":"*","hooks":[{"type":"command","command":"$COMMAND","timeout":30}]}"#,
                    )],
                    beside: r#"{}"#,
                },
            },
        ],
        on_failure: OnFailure::Closed,
        to_do: &[
            "a no to `invoke_subagent` was not obeyed by the version that was looked at; the tools of the subagent are asked about",
        ],
    },
};
