//! The agent of VS Code, its own harness.
//! New sessions use the harness of Copilot CLI, of Claude Code or of Codex, and call the hooks as those do. Its tools come in
//! two spellings; the names of MCP tools have one underscore between server and tool.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{CLAUDE_CALLS, Moment, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "vscode-local",
    events: &[
        ("PreToolUse", Moment::Tool),
        ("UserPromptSubmit", Moment::Prompt),
        ("PostToolUse", Moment::Notice),
        ("SessionStart", Moment::Notice),
        ("SessionEnd", Moment::Notice),
        ("Stop", Moment::Notice),
        ("SubagentStart", Moment::Notice),
        ("SubagentStop", Moment::Notice),
        ("PreCompact", Moment::Notice),
    ],
    calls: CLAUDE_CALLS,
    tools: &[
        ("run_in_terminal", Use::Run),
        ("runInTerminal", Use::Run),
        ("send_to_terminal", Use::Type),
        ("create_and_run_task", Use::MayRun),
        ("run_task", Use::MayRun),
        ("create_file", Use::Write),
        ("createFile", Use::Write),
        ("create_directory", Use::Write),
        ("replace_string_in_file", Use::Edit),
        ("multi_replace_string_in_file", Use::Edit),
        ("insert_edit_into_file", Use::Edit),
        ("edit_notebook_file", Use::Edit),
        ("editFiles", Use::Edit),
        ("apply_patch", Use::Patch),
        ("read_file", Use::Read),
        ("readFile", Use::Read),
        ("copilot_getNotebookSummary", Use::Read),
        ("view_image", Use::Read),
        ("grep_search", Use::Search),
        ("semantic_search", Use::Search),
        ("list_dir", Use::List),
        ("file_search", Use::List),
        ("fetch_webpage", Use::Fetch),
        ("open_simple_browser", Use::Fetch),
        ("runSubagent", Use::Nothing),
        ("manage_todo_list", Use::Nothing),
        ("get_errors", Use::Nothing),
        ("get_terminal_output", Use::Nothing),
        ("terminal_last_command", Use::Nothing),
        ("terminal_selection", Use::Nothing),
        ("test_failure", Use::Nothing),
        ("get_changed_files", Use::Nothing),
        ("tool_search", Use::Nothing),
    ],
    naming: Naming::Single,
    installation: Installation {
        shown: "VS Code",
        signs: &[".vscode", ".vscode-server", ".config/Code"],
        programs: &["code"],
        targets: &[
            Target {
                scope: Scope::User,
                path: ".copilot/hooks/cavra-vscode.json",
                form: Form::Whole {
                    text: r#"{"hooks":{"PreToolUse":[{"type":"command","command":"$COMMAND_OF(PreToolUse)","timeout":15}]}}
"#,
                    is_program: false,
                },
            },
            Target {
                scope: Scope::Project,
                path: ".github/hooks/cavra-vscode.json",
                form: Form::Whole {
                    text: r#"{"hooks":{"PreToolUse":[{"type":"command","command":"$COMMAND_OF(PreToolUse)","timeout":15}]}}
"#,
                    is_program: false,
                },
            },
        ],
        on_failure: OnFailure::Open,
        to_do: &["see that no policy of an organisation switches hooks off"],
    },
};
