//! Codex of OpenAI, 0.169.0.
//! Every shell comes as `Bash`, without the folder that it runs in. It cannot ask before a tool is used: an `ask` there is
//! an error, after which the tool runs; so is any word of an answer that it does not know.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{CLAUDE_CALLS, Moment, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "codex",
    events: &[
        ("PreToolUse", Moment::Tool),
        ("PermissionRequest", Moment::Permission),
        ("UserPromptSubmit", Moment::Prompt),
        ("PostToolUse", Moment::Notice),
        ("SessionStart", Moment::Notice),
        ("SessionEnd", Moment::Notice),
        ("SubagentStart", Moment::Notice),
        ("SubagentStop", Moment::Notice),
        ("Stop", Moment::Notice),
        ("Interrupt", Moment::Notice),
        ("PreCompact", Moment::Notice),
        ("PostCompact", Moment::Notice),
        ("PreModelRequest", Moment::Notice),
        ("PostModelRequest", Moment::Notice),
    ],
    calls: CLAUDE_CALLS,
    tools: &[
        ("Bash", Use::Run),
        ("shell", Use::Run),
        ("shell_command", Use::Run),
        ("local_shell", Use::Run),
        ("exec_command", Use::Run),
        ("container.exec", Use::Run),
        ("exec", Use::Run),
        ("write_stdin", Use::Type),
        ("apply_patch", Use::Patch),
        ("view_image", Use::Read),
        ("read_file", Use::Read),
        ("list_dir", Use::List),
        ("grep_files", Use::Search),
        ("update_plan", Use::Nothing),
        ("create_goal", Use::Nothing),
        ("get_goal", Use::Nothing),
        ("update_goal", Use::Nothing),
        ("web_search", Use::Nothing),
        ("spawn_agent", Use::Nothing),
        ("send_input", Use::Nothing),
        ("wait", Use::Nothing),
        ("wait_agent", Use::Nothing),
        ("close_agent", Use::Nothing),
        ("resume_agent", Use::Nothing),
        ("request_user_input", Use::Nothing),
    ],
    naming: Naming::Double,
    installation: Installation {
        shown: "Codex",
        signs: &[".codex"],
        programs: &["codex"],
        targets: &[
            Target {
                scope: Scope::User,
                path: ".codex/hooks.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[
                        (
                            "PreToolUse",
                            r#"{"matcher":"*","hooks":[{"type":"command","command":"$COMMAND","timeout":10}]}"#,
                        ),
                        (
                            "PermissionRequest",
                            r#"{"matcher":"*","hooks":[{"type":"command","command":"$COMMAND","timeout":10}]}"#,
                        ),
                    ],
                    beside: r#"{}"#,
                },
            },
            Target {
                scope: Scope::Project,
                path: ".codex/hooks.json",
                form: Form::Json {
                    into: &["hooks"],
                    entries: &[
                        (
                            "PreToolUse",
                            r#"{"matcher":"*","hooks":[{"type":"command","command":"$COMMAND","timeout":10}]}"#,
                        ),
                        (
                            "PermissionRequest",
                            r#"{"matcher":"*","hooks":[{"type":"command","command":"$COMMAND","timeout":10}]}"#,
                        ),
                    ],
                    beside: r#"{}"#,
                },
            },
            Target {
                scope: Scope::Managed,
                path: "/etc/codex/requirements.toml",
                form: Form::Toml {
                    into: &["hooks"],
                    entries: &[
                        (
                            "PreToolUse",
                            r#"matcher = "*"
hooks = [{ type = "command", command = "$COMMAND", timeout = 10 }]"#,
                        ),
                        (
                            "PermissionRequest",
                            r#"matcher = "*"
hooks = [{ type = "command", command = "$COMMAND", timeout = 10 }]"#,
                        ),
                    ],
                    beside: r#"allow_managed_hooks_only = true

[features]
hooks = true

[hooks]
managed_dir = "$FOLDER"
"#,
                },
            },
        ],
        on_failure: OnFailure::Open,
        to_do: &[
            "start Codex and trust the hook in `/hooks`: until then it is passed over, and again after each change",
            "code mode passes hooks over in some versions: leave it off",
        ],
    },
};
