//! Cursor, its CLI and its SDK 1.0.32.
//! It wants each answer said: silence is a failure. It asks a person before a shell command alone. The server of an MCP tool
//! is named only in `beforeMCPExecution`, which is where such a call is judged.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{Moment, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "cursor",
    events: &[
        ("beforeShellExecution", Moment::Step("Shell")),
        ("beforeMCPExecution", Moment::Step("an MCP tool")),
        ("beforeReadFile", Moment::Step("Read")),
        ("beforeTabFileRead", Moment::Step("Read")),
        ("preToolUse", Moment::Tool),
        ("beforeSubmitPrompt", Moment::Prompt),
        ("subagentStart", Moment::Step("Task")),
        ("afterShellExecution", Moment::Notice),
        ("afterMCPExecution", Moment::Notice),
        ("afterFileEdit", Moment::Notice),
        ("afterTabFileEdit", Moment::Notice),
        ("stop", Moment::Notice),
        ("afterAgentResponse", Moment::Notice),
        ("afterAgentThought", Moment::Notice),
        ("sessionStart", Moment::Notice),
        ("sessionEnd", Moment::Notice),
        ("preCompact", Moment::Notice),
        ("subagentStop", Moment::Notice),
        ("postToolUse", Moment::Notice),
        ("postToolUseFailure", Moment::Notice),
        ("workspaceOpen", Moment::Notice),
    ],
    calls: &[("/tool_name", "/tool_input")],
    tools: &[
        ("Shell", Use::Run),
        ("WriteShellStdin", Use::Type),
        ("Write", Use::Write),
        ("Delete", Use::Write),
        ("Edit", Use::Edit),
        ("StrReplace", Use::Edit),
        ("EditNotebook", Use::Edit),
        ("Read", Use::Read),
        ("Grep", Use::Search),
        ("SemanticSearch", Use::Search),
        ("List", Use::List),
        ("Glob", Use::List),
        ("LS", Use::List),
        ("Fetch", Use::Fetch),
        ("WebFetch", Use::Fetch),
        ("ApplyPatch", Use::Patch),
        ("Task", Use::Nothing),
        ("ReadLints", Use::Nothing),
        ("WebSearch", Use::Nothing),
        ("ListMcpResources", Use::Nothing),
        ("TodoWrite", Use::Nothing),
        ("UpdateCurrentStep", Use::Nothing),
        ("AskQuestion", Use::Nothing),
    ],
    naming: Naming::Unsaid,
    installation: Installation {
        shown: "Cursor",
        signs: &[".cursor"],
        programs: &["cursor-agent", "cursor"],
        targets: &[
            Target {
                scope: Scope::User,
                path: ".cursor/hooks.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[
                        ("beforeShellExecution", r#"{"command":"$COMMAND","timeout":10,"failClosed":true}"#),
                        ("beforeMCPExecution", r#"{"command":"$COMMAND","timeout":10,"failClosed":true}"#),
                        ("beforeReadFile", r#"{"command":"$COMMAND","timeout":10,"failClosed":true}"#),
                        ("preToolUse", r#"{"command":"$COMMAND","timeout":10,"failClosed":true}"#),
                        ("beforeSubmitPrompt", r#"{"command":"$COMMAND","timeout":10,"failClosed":true}"#),
                    ],
                    beside: r#"{"version":1}"#,
                },
            },
            Target {
                scope: Scope::Project,
                path: ".cursor/hooks.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[
                        ("beforeShellExecution", r#"{"command":"$COMMAND","timeout":10,"failClosed":true}"#),
                        ("beforeMCPExecution", r#"{"command":"$COMMAND","timeout":10,"failClosed":true}"#),
                        ("beforeReadFile", r#"{"command":"$COMMAND","timeout":10,"failClosed":true}"#),
                        ("preToolUse", r#"{"command":"$COMMAND","timeout":10,"failClosed":true}"#),
                        ("beforeSubmitPrompt", r#"{"command":"$COMMAND","timeout":10,"failClosed":true}"#),
                    ],
                    beside: r#"{"version":1}"#,
                },
            },
            Target {
                scope: Scope::Managed,
                path: "/etc/cursor/hooks.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[
                        ("beforeShellExecution", r#"{"command":"$COMMAND","timeout":10,"failClosed":true}"#),
                        ("beforeMCPExecution", r#"{"command":"$COMMAND","timeout":10,"failClosed":true}"#),
                        ("beforeReadFile", r#"{"command":"$COMMAND","timeout":10,"failClosed":true}"#),
                        ("preToolUse", r#"{"command":"$COMMAND","timeout":10,"failClosed":true}"#),
                        ("beforeSubmitPrompt", r#"{"command":"$COMMAND","timeout":10,"failClosed":true}"#),
                    ],
                    beside: r#"{"version":1}"#,
                },
            },
        ],
        on_failure: OnFailure::Closed,
        to_do: &[
            "agents in the cloud call the hooks of the repository alone: install with --project for them",
        ],
    },
};
