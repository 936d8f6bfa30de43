//! Qwen Code of Alibaba, 0.24.4.
//! Where nobody is there to be asked, it takes an `ask` for a no. Versions differ in the unit of a timeout: from 1000 on, all take
//! it for milliseconds.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{CLAUDE_CALLS, CLAUDE_EVENTS, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "qwen-code",
    events: CLAUDE_EVENTS,
    calls: CLAUDE_CALLS,
    tools: &[
        ("run_shell_command", Use::Run),
        ("exec", Use::Run),
        ("monitor", Use::MayRun),
        ("write_file", Use::Write),
        ("edit", Use::Edit),
        ("replace", Use::Edit),
        ("notebook_edit", Use::Edit),
        ("read_file", Use::Read),
        ("read_many_files", Use::ReadMany),
        ("grep_search", Use::Search),
        ("search_file_content", Use::Search),
        ("list_directory", Use::List),
        ("glob", Use::List),
        ("web_fetch", Use::Fetch),
        ("task", Use::Nothing),
        ("agent", Use::Nothing),
        ("todo_write", Use::Nothing),
        ("save_memory", Use::Nothing),
        ("web_search", Use::Nothing),
        ("exit_plan_mode", Use::Nothing),
        ("ask_user_question", Use::Nothing),
        ("skill", Use::Nothing),
        ("tool_search", Use::Nothing),
        ("task_stop", Use::Nothing),
        ("lsp", Use::Nothing),
        ("send_message", Use::Nothing),
    ],
    naming: Naming::Double,
    installation: Installation {
        shown: "Qwen Code",
        signs: &[".qwen"],
        programs: &["qwen"],
        targets: &[
            Target {
                scope: Scope::User,
                path: ".qwen/settings.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[
                        (
                            "PreToolUse",
                            r#"{"matcher":"*","hooks":[{"type":"command","command":"$COMMAND","timeout":10000}]}"#,
                        ),
                        (
                            "PermissionRequest",
                            r#"{"matcher":"*","hooks":[{"type":"command","command":"$COMMAND","timeout":10000}]}"#,
                        ),
                    ],
                    beside: r#"{}"#,
                },
            },
            Target {
                scope: Scope::Project,
                path: ".qwen/settings.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[
                        (
                            "PreToolUse",
                            r#"{"matcher":"*","hooks":[{"type":"command","command":"$COMMAND","timeout":10000}]}"#,
                        ),
                        (
                            "PermissionRequest",
                            r#"{"matcher":"*","hooks":[{"type":"command","command":"$COMMAND","timeout":10000}]}"#,
                        ),
                    ],
                    beside: r#"{}"#,
                },
            },
            Target {
                scope: Scope::Managed,
                path: "/etc/qwen-code/settings.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[
                        (
                            "PreToolUse",
                            r#"{"matcher":"*","hooks":[{"type":"command","command":"$COMMAND","timeout":10000}]}"#,
                        ),
                        (
                            "PermissionRequest",
                            r#"{"matcher":"*","hooks":[{"type":"command","command":"$COMMAND","timeout":10000}]}"#,
                        ),
                    ],
                    beside: r#"{}"#,
                },
            },
        ],
        on_failure: OnFailure::Open,
        to_do: &[],
    },
};
