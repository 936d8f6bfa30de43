//! Grok CLI of xAI.
//! Its payloads have each member twice, in two spellings, and both are held to. It waits five seconds by default, and also
//! calls the hooks of Claude Code. Input that the host cut short is not to be trusted.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{Moment, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "grok-cli",
    events: &[
        ("PreToolUse", Moment::Tool),
        ("pre_tool_use", Moment::Tool),
        ("PostToolUse", Moment::Notice),
        ("post_tool_use", Moment::Notice),
        ("SessionStart", Moment::Notice),
        ("session_start", Moment::Notice),
        ("SessionEnd", Moment::Notice),
        ("session_end", Moment::Notice),
        ("Stop", Moment::Notice),
        ("stop", Moment::Notice),
        ("UserPromptSubmit", Moment::Notice),
        ("user_prompt_submit", Moment::Notice),
        ("SubagentStart", Moment::Notice),
        ("SubagentStop", Moment::Notice),
        ("Notification", Moment::Notice),
        ("PreCompact", Moment::Notice),
    ],
    calls: &[("/tool_name", "/tool_input"), ("/toolName", "/toolInput")],
    tools: &[
        ("run_terminal_command", Use::Run),
        ("run_terminal_cmd", Use::Run),
        ("bash", Use::Run),
        ("Bash", Use::Run),
        ("write_file", Use::Write),
        ("create_file", Use::Write),
        ("Write", Use::Write),
        ("delete_file", Use::Write),
        ("edit_file", Use::Edit),
        ("search_replace", Use::Edit),
        ("str_replace_editor", Use::Edit),
        ("Edit", Use::Edit),
        ("apply_patch", Use::Patch),
        ("read_file", Use::Read),
        ("view_file", Use::Read),
        ("Read", Use::Read),
        ("grep", Use::Search),
        ("grep_search", Use::Search),
        ("search", Use::Search),
        ("Grep", Use::Search),
        ("list_dir", Use::List),
        ("glob", Use::List),
        ("list_directory", Use::List),
        ("Glob", Use::List),
        ("web_fetch", Use::Fetch),
        ("open_page", Use::Fetch),
        ("WebFetch", Use::Fetch),
        ("todo_write", Use::Nothing),
        ("task", Use::Nothing),
        ("web_search", Use::Nothing),
        ("x_search", Use::Nothing),
        ("Task", Use::Nothing),
        ("ask_user_question", Use::Nothing),
        ("get_task_output", Use::Nothing),
        ("kill_task", Use::Nothing),
        ("search_tool", Use::Nothing),
        ("update_goal", Use::Nothing),
    ],
    naming: Naming::DoubleOrBare,
    installation: Installation {
        shown: "Grok CLI",
        signs: &[".grok"],
        programs: &["grok"],
        targets: &[Target {
            scope: Scope::User,
            path: ".grok/hooks/cavra.json",
            form: Form::Whole {
                text: r#"{"hooks":{"PreToolUse":[{"matcher":"*","hooks":[{"type":"command","command":"$COMMAND_OF(PreToolUse)","timeout":5}]}]}}
"#,
                is_program: false,
            },
        }],
        on_failure: OnFailure::Open,
        to_do: &["Grok CLI also calls the hooks of Claude Code; Cavra answers each as Grok wants it"],
    },
};
