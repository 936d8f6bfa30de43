//! Gemini CLI of Google, 0.61.0.
//! Its timeouts are milliseconds. The name of an MCP tool has one underscore between server and tool, so what the host says
//! beside it counts. In a folder that is not trusted it calls no hook at all.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{CLAUDE_CALLS, Moment, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "gemini-cli",
    events: &[
        ("BeforeTool", Moment::Tool),
        ("BeforeAgent", Moment::Prompt),
        ("AfterTool", Moment::Notice),
        ("AfterAgent", Moment::Notice),
        ("BeforeModel", Moment::Notice),
        ("AfterModel", Moment::Notice),
        ("BeforeToolSelection", Moment::Notice),
        ("SessionStart", Moment::Notice),
        ("SessionEnd", Moment::Notice),
        ("PreCompress", Moment::Notice),
        ("Notification", Moment::Notice),
    ],
    calls: CLAUDE_CALLS,
    tools: &[
        ("run_shell_command", Use::Run),
        ("write_file", Use::Write),
        ("replace", Use::Edit),
        ("edit", Use::Edit),
        ("read_file", Use::Read),
        ("read_many_files", Use::ReadMany),
        ("grep_search", Use::Search),
        ("search_file_content", Use::Search),
        ("list_directory", Use::List),
        ("glob", Use::List),
        ("web_fetch", Use::Fetch),
        ("google_web_search", Use::Nothing),
        ("save_memory", Use::Nothing),
        ("write_todos", Use::Nothing),
        ("get_internal_docs", Use::Nothing),
        ("activate_skill", Use::Nothing),
        ("ask_user", Use::Nothing),
        ("enter_plan_mode", Use::Nothing),
        ("exit_plan_mode", Use::Nothing),
        ("codebase_investigator", Use::Nothing),
        ("complete_task", Use::Nothing),
        ("read_background_output", Use::Nothing),
        ("list_background_processes", Use::Nothing),
    ],
    naming: Naming::Single,
    installation: Installation {
        shown: "Gemini CLI",
        signs: &[".gemini"],
        programs: &["gemini"],
        targets: &[
            Target {
                scope: Scope::User,
                path: ".gemini/settings.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[(
                        "BeforeTool",
                        r#"{"matcher":"*","hooks":[{"name":"cavra","type":"command","command":"$COMMAND","timeout":10000}]}"#,
                    )],
                    beside: r#"{}"#,
                },
            },
            Target {
                scope: Scope::Project,
                path: ".gemini/settings.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[(
                        "BeforeTool",
                        r#"{"matcher":"*","hooks":[{"name":"cavra","type":"command","command":"$COMMAND","timeout":10000}]}"#,
                    )],
                    beside: r#"{}"#,
                },
            },
            Target {
                scope: Scope::Managed,
                path: "/etc/gemini-cli/settings.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[(
                        "BeforeTool",
                        r#"{"matcher":"*","hooks":[{"name":"cavra","type":"command","command":"$COMMAND","timeout":10000}]}"#,
                    )],
                    beside: r#"{}"#,
                },
            },
        ],
        on_failure: OnFailure::Open,
        to_do: &[
            "trust the folders that you work in: in one that is not trusted, no hook is called",
            "a project can switch off a hook by its name in `hooksConfig.disabled`",
        ],
    },
};
