//! Claude Code of Anthropic, 2.1.330.
//! `Monitor` and `PowerShell` are shells beside `Bash`. A call may wait for a person in the modes that have one; in the
//! others an `ask` was let through by some versions. `onFailure` is known from 2.1.295 on, and is passed over before.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{CLAUDE_CALLS, CLAUDE_EVENTS, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "claude-code",
    events: CLAUDE_EVENTS,
    calls: CLAUDE_CALLS,
    tools: &[
        ("Bash", Use::Run),
        ("Monitor", Use::MayRun),
        ("PowerShell", Use::RunOther),
        ("Read", Use::Read),
        ("NotebookRead", Use::Read),
        ("Write", Use::Write),
        ("Edit", Use::Edit),
        ("MultiEdit", Use::Edit),
        ("NotebookEdit", Use::Edit),
        ("Grep", Use::Search),
        ("Glob", Use::List),
        ("LS", Use::List),
        ("WebFetch", Use::Fetch),
        ("ReadMcpResourceTool", Use::Call),
        ("ReadMcpResource", Use::Call),
        ("Agent", Use::Nothing),
        ("Task", Use::Nothing),
        ("WebSearch", Use::Nothing),
        ("TodoWrite", Use::Nothing),
        ("TodoRead", Use::Nothing),
        ("TaskCreate", Use::Nothing),
        ("TaskUpdate", Use::Nothing),
        ("TaskGet", Use::Nothing),
        ("TaskList", Use::Nothing),
        ("TaskStop", Use::Nothing),
        ("TaskOutput", Use::Nothing),
        ("BashOutput", Use::Nothing),
        ("KillShell", Use::Nothing),
        ("KillBash", Use::Nothing),
        ("ExitPlanMode", Use::Nothing),
        ("EnterPlanMode", Use::Nothing),
        ("AskUserQuestion", Use::Nothing),
        ("ToolSearch", Use::Nothing),
        ("ListMcpResourcesTool", Use::Nothing),
        ("ListMcpResources", Use::Nothing),
        ("SendMessage", Use::Nothing),
        ("Skill", Use::Nothing),
    ],
    naming: Naming::Double,
    installation: Installation {
        shown: "Claude Code",
        signs: &[".claude"],
        programs: &["claude"],
        targets: &[
            Target {
                scope: Scope::User,
                path: ".claude/settings.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[
                        (
                            "PreToolUse",
                            r#"{"matcher":"*","hooks":[{"type":"command","command":"$BINARY","args":["hook","agent","claude-code","--event","$EVENT"],"timeout":10,"onFailure":"block"}]}"#,
                        ),
                        (
                            "PermissionRequest",
                            r#"{"matcher":"*","hooks":[{"type":"command","command":"$BINARY","args":["hook","agent","claude-code","--event","$EVENT"],"timeout":10}]}"#,
                        ),
                        (
                            "ConfigChange",
                            r#"{"matcher":"*","hooks":[{"type":"command","command":"$BINARY","args":["hook","agent","claude-code","--event","$EVENT"],"timeout":10}]}"#,
                        ),
                    ],
                    beside: r#"{}"#,
                },
            },
            Target {
                scope: Scope::Project,
                path: ".claude/settings.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[
                        (
                            "PreToolUse",
                            r#"{"matcher":"*","hooks":[{"type":"command","command":"$BINARY","args":["hook","agent","claude-code","--event","$EVENT"],"timeout":10,"onFailure":"block"}]}"#,
                        ),
                        (
                            "PermissionRequest",
                            r#"{"matcher":"*","hooks":[{"type":"command","command":"$BINARY","args":["hook","agent","claude-code","--event","$EVENT"],"timeout":10}]}"#,
                        ),
                        (
                            "ConfigChange",
                            r#"{"matcher":"*","hooks":[{"type":"command","command":"$BINARY","args":["hook","agent","claude-code","--event","$EVENT"],"timeout":10}]}"#,
                        ),
                    ],
                    beside: r#"{}"#,
                },
            },
            Target {
                scope: Scope::Managed,
                path: "/etc/claude-code/managed-settings.d/50-cavra.json",
                form: Form::Whole {
                    text: r#"{
  "hooks": {
    "PreToolUse": [
      {"matcher": "*", "hooks": [{"type": "command", "command": "$BINARY", "args": ["hook", "agent", "claude-code", "--event", "PreToolUse"], "timeout": 10, "onFailure": "block"}]}
    ],
    "PermissionRequest": [
      {"matcher": "*", "hooks": [{"type": "command", "command": "$BINARY", "args": ["hook", "agent", "claude-code", "--event", "PermissionRequest"], "timeout": 10}]}
    ],
    "ConfigChange": [
      {"matcher": "*", "hooks": [{"type": "command", "command": "$BINARY", "args": ["hook", "agent", "claude-code", "--event", "ConfigChange"], "timeout": 10}]}
    ]
  },
  "permissions": {"disableBypassPermissionsMode": "disable"}
}
"#,
                    is_program: false,
                },
            },
        ],
        on_failure: OnFailure::Closed,
        to_do: &[
            "Claude Code before 2.1.295 passes over `onFailure` and fails open: see `claude --version`",
            "project settings count once the folder is trusted",
        ],
    },
};
