//! Copilot CLI of GitHub, 1.0.102.
//! What a tool is given comes as a text of JSON, and a patch as it is. The name of an MCP tool has a hyphen between server
//! and tool, both of which may have more. It takes any failure of the hook for a no, but a timeout for a yes.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{Moment, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "copilot-cli",
    events: &[
        ("preToolUse", Moment::Tool),
        ("PreToolUse", Moment::Tool),
        ("permissionRequest", Moment::Permission),
        ("PermissionRequest", Moment::Permission),
        ("sessionStart", Moment::Notice),
        ("sessionEnd", Moment::Notice),
        ("userPromptSubmitted", Moment::Notice),
        ("postToolUse", Moment::Notice),
        ("postToolUseFailure", Moment::Notice),
        ("agentStop", Moment::Notice),
        ("subagentStart", Moment::Notice),
        ("subagentStop", Moment::Notice),
        ("preCompact", Moment::Notice),
        ("errorOccurred", Moment::Notice),
        ("notification", Moment::Notice),
        ("SessionStart", Moment::Notice),
        ("SessionEnd", Moment::Notice),
        ("UserPromptSubmit", Moment::Notice),
        ("PostToolUse", Moment::Notice),
        ("PostToolUseFailure", Moment::Notice),
        ("Stop", Moment::Notice),
        ("SubagentStart", Moment::Notice),
        ("SubagentStop", Moment::Notice),
        ("PreCompact", Moment::Notice),
        ("Notification", Moment::Notice),
    ],
    calls: &[("/toolName", "/toolArgs"), ("/toolName", "/toolInput"), ("/tool_name", "/tool_input")],
    tools: &[
        ("bash", Use::Run),
        ("shell", Use::Run),
        ("local_shell", Use::Run),
        ("Bash", Use::Run),
        ("powershell", Use::RunOther),
        ("pwsh", Use::RunOther),
        ("write_bash", Use::Type),
        ("write_powershell", Use::Type),
        ("create", Use::Write),
        ("Write", Use::Write),
        ("edit", Use::Edit),
        ("str_replace_editor", Use::Edit),
        ("str_replace", Use::Edit),
        ("Edit", Use::Edit),
        ("MultiEdit", Use::Edit),
        ("view", Use::Read),
        ("Read", Use::Read),
        ("show_file", Use::Read),
        ("apply_patch", Use::Patch),
        ("ApplyPatch", Use::Patch),
        ("grep", Use::Search),
        ("rg", Use::Search),
        ("Grep", Use::Search),
        ("glob", Use::List),
        ("Glob", Use::List),
        ("list_dir", Use::List),
        ("LS", Use::List),
        ("web_fetch", Use::Fetch),
        ("WebFetch", Use::Fetch),
        ("fetch", Use::Fetch),
        ("task_run", Use::MayRun),
        ("task", Use::Nothing),
        ("Task", Use::Nothing),
        ("Agent", Use::Nothing),
        ("report_intent", Use::Nothing),
        ("update_todo", Use::Nothing),
        ("ask_user", Use::Nothing),
        ("read_bash", Use::Nothing),
        ("stop_bash", Use::Nothing),
        ("list_bash", Use::Nothing),
        ("read_powershell", Use::Nothing),
        ("stop_powershell", Use::Nothing),
        ("list_powershell", Use::Nothing),
        ("read_agent", Use::Nothing),
        ("list_agents", Use::Nothing),
        ("exit_plan_mode", Use::Nothing),
        ("web_search", Use::Nothing),
        ("WebSearch", Use::Nothing),
        ("fetch_copilot_cli_documentation", Use::Nothing),
        ("TodoWrite", Use::Nothing),
        ("think", Use::Nothing),
    ],
    naming: Naming::Hyphen,
    installation: Installation {
        shown: "Copilot CLI",
        signs: &[".copilot"],
        programs: &["copilot"],
        targets: &[
            Target {
                scope: Scope::User,
                path: ".copilot/hooks/cavra.json",
                form: Form::Whole {
                    text: r#"{"version":1,"hooks":{
  "preToolUse":[{"type":"command","bash":"$COMMAND_OF(preToolUse)","timeoutSec":30}],
  "permissionRequest":[{"type":"command","bash":"$COMMAND_OF(permissionRequest)","timeoutSec":30}]
}}
"#,
                    is_program: false,
                },
            },
            Target {
                scope: Scope::Project,
                path: ".github/hooks/cavra.json",
                form: Form::Whole {
                    text: r#"{"version":1,"hooks":{
  "preToolUse":[{"type":"command","bash":"$COMMAND_OF(preToolUse)","timeoutSec":30}],
  "permissionRequest":[{"type":"command","bash":"$COMMAND_OF(permissionRequest)","timeoutSec":30}]
}}
"#,
                    is_program: false,
                },
            },
            Target {
                scope: Scope::Managed,
                path: "/etc/github-copilot/policy.d/50-cavra.json",
                form: Form::Whole {
                    text: r#"{"version":1,"hooks":{
  "preToolUse":[{"type":"command","bash":"$COMMAND_OF(preToolUse)","timeoutSec":30}]
}}
"#,
                    is_program: false,
                },
            },
        ],
        on_failure: OnFailure::ClosedButTimeout,
        to_do: &["trust the folders that you work in: hooks of a repository count only there"],
    },
};
