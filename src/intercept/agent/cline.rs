//! Cline: the extension of VS Code, and the CLI and SDK 3.0.65.
//! Two payloads and two answers: the CLI can have a call reviewed, the extension cannot. Nested values come as texts.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{Moment, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "cline",
    events: &[
        ("PreToolUse", Moment::Tool),
        ("tool_call", Moment::Tool),
        ("PostToolUse", Moment::Notice),
        ("tool_result", Moment::Notice),
        ("TaskStart", Moment::Notice),
        ("TaskResume", Moment::Notice),
        ("TaskCancel", Moment::Notice),
        ("TaskComplete", Moment::Notice),
        ("UserPromptSubmit", Moment::Notice),
        ("PreCompact", Moment::Notice),
        ("agent_start", Moment::Notice),
        ("agent_end", Moment::Notice),
        ("prompt_submit", Moment::Notice),
        ("session_shutdown", Moment::Notice),
        ("agent_abort", Moment::Notice),
        ("agent_error", Moment::Notice),
    ],
    calls: &[("/tool_call/name", "/tool_call/input"), ("/preToolUse/toolName", "/preToolUse/parameters")],
    tools: &[
        ("execute_command", Use::Run),
        ("run_commands", Use::Run),
        ("bash", Use::Run),
        ("write_to_file", Use::Write),
        ("new_rule", Use::Write),
        ("create_file", Use::Write),
        ("replace_in_file", Use::Edit),
        ("editor", Use::Edit),
        ("edit", Use::Edit),
        ("apply_patch", Use::Patch),
        ("read_file", Use::Read),
        ("read_files", Use::Read),
        ("search_files", Use::Search),
        ("search_codebase", Use::Search),
        ("search", Use::Search),
        ("list_code_definition_names", Use::Search),
        ("list_files", Use::List),
        ("web_fetch", Use::Fetch),
        ("fetch_web_content", Use::Fetch),
        ("browser_action", Use::Fetch),
        ("use_mcp_tool", Use::Call),
        ("access_mcp_resource", Use::Call),
        ("web_search", Use::Nothing),
        ("ask_followup_question", Use::Nothing),
        ("attempt_completion", Use::Nothing),
        ("new_task", Use::Nothing),
        ("plan_mode_respond", Use::Nothing),
        ("act_mode_respond", Use::Nothing),
        ("load_mcp_documentation", Use::Nothing),
        ("summarize_task", Use::Nothing),
        ("condense", Use::Nothing),
        ("focus_chain", Use::Nothing),
        ("use_subagents", Use::Nothing),
        ("spawn_agent", Use::Nothing),
        ("ask_question", Use::Nothing),
        ("submit_and_exit", Use::Nothing),
        ("skills", Use::Nothing),
        ("use_skill", Use::Nothing),
    ],
    naming: Naming::DoubleOrBare,
    installation: Installation {
        shown: "Cline",
        signs: &["Documents/Cline", ".cline"],
        programs: &["cline"],
        targets: &[
            Target {
                scope: Scope::User,
                path: "Documents/Cline/Hooks/PreToolUse",
                form: Form::Whole {
                    text: r#"#!/bin/sh
# Cavra agent hook, version 1: `cavra uninstall agents` takes it out.
exec $COMMAND_OF(PreToolUse)
"#,
                    is_program: true,
                },
            },
            Target {
                scope: Scope::Project,
                path: ".clinerules/hooks/PreToolUse",
                form: Form::Whole {
                    text: r#"#!/bin/sh
# Cavra agent hook, version 1: `cavra uninstall agents` takes it out.
exec $COMMAND_OF(PreToolUse)
"#,
                    is_program: true,
                },
            },
        ],
        on_failure: OnFailure::Open,
        to_do: &["switch hooks on in the settings of Cline"],
    },
};
