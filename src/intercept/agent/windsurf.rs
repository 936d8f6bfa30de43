//! Windsurf, later Devin Desktop: Cascade.
//! Only the exit code 2 stops it, and it shows what stands on stderr. It cannot ask.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{Moment, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "windsurf",
    events: &[
        ("pre_run_command", Moment::Step("pre_run_command")),
        ("pre_write_code", Moment::Step("pre_write_code")),
        ("pre_read_code", Moment::Step("pre_read_code")),
        ("pre_mcp_tool_use", Moment::Step("an MCP tool")),
        ("pre_user_prompt", Moment::Prompt),
        ("post_run_command", Moment::Notice),
        ("post_write_code", Moment::Notice),
        ("post_read_code", Moment::Notice),
        ("post_mcp_tool_use", Moment::Notice),
        ("post_cascade_response", Moment::Notice),
        ("post_setup_worktree", Moment::Notice),
    ],
    calls: &[("/agent_action_name", "/tool_info")],
    tools: &[("pre_run_command", Use::Run), ("pre_write_code", Use::Edit), ("pre_read_code", Use::Read)],
    naming: Naming::Double,
    installation: Installation {
        shown: "Windsurf",
        signs: &[".codeium/windsurf", ".codeium"],
        programs: &["windsurf"],
        targets: &[
            Target {
                scope: Scope::User,
                path: ".codeium/windsurf/hooks.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[
                        ("pre_run_command", r#"{"command":"$COMMAND","show_output":true}"#),
                        ("pre_write_code", r#"{"command":"$COMMAND","show_output":true}"#),
                        ("pre_read_code", r#"{"command":"$COMMAND","show_output":true}"#),
                        ("pre_mcp_tool_use", r#"{"command":"$COMMAND","show_output":true}"#),
                    ],
                    beside: r#"{}"#,
                },
            },
            Target {
                scope: Scope::Project,
                path: ".windsurf/hooks.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[
                        ("pre_run_command", r#"{"command":"$COMMAND","show_output":true}"#),
                        ("pre_write_code", r#"{"command":"$COMMAND","show_output":true}"#),
                        ("pre_read_code", r#"{"command":"$COMMAND","show_output":true}"#),
                        ("pre_mcp_tool_use", r#"{"command":"$COMMAND","show_output":true}"#),
                    ],
                    beside: r#"{}"#,
                },
            },
            Target {
                scope: Scope::Managed,
                path: "/etc/windsurf/hooks.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[
                        ("pre_run_command", r#"{"command":"$COMMAND","show_output":true}"#),
                        ("pre_write_code", r#"{"command":"$COMMAND","show_output":true}"#),
                        ("pre_read_code", r#"{"command":"$COMMAND","show_output":true}"#),
                        ("pre_mcp_tool_use", r#"{"command":"$COMMAND","show_output":true}"#),
                    ],
                    beside: r#"{}"#,
                },
            },
        ],
        on_failure: OnFailure::Open,
        to_do: &[],
    },
};
