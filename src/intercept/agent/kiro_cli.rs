//! Kiro of AWS, before Amazon Q.
//! Only the hooks of the agent in use are called, so the hook belongs in every agent file; Cavra writes one of its own. Only
//! the exit code 2 stops it.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{CLAUDE_CALLS, Moment, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "kiro-cli",
    events: &[
        ("preToolUse", Moment::Tool),
        ("PreToolUse", Moment::Tool),
        ("agentSpawn", Moment::Notice),
        ("userPromptSubmit", Moment::Notice),
        ("postToolUse", Moment::Notice),
        ("stop", Moment::Notice),
        ("PostToolUse", Moment::Notice),
        ("Stop", Moment::Notice),
    ],
    calls: CLAUDE_CALLS,
    tools: &[
        ("execute_bash", Use::Run),
        ("shell", Use::Run),
        ("executeBash", Use::Run),
        ("execute_cmd", Use::Run),
        ("fs_write", Use::Edit),
        ("write", Use::Edit),
        ("fsWrite", Use::Edit),
        ("strReplace", Use::Edit),
        ("fs_read", Use::Read),
        ("read", Use::Read),
        ("fsRead", Use::Read),
        ("readFile", Use::Read),
        ("grep", Use::Search),
        ("glob", Use::List),
        ("web_fetch", Use::Fetch),
        ("web_search", Use::Nothing),
        ("use_subagent", Use::Nothing),
        ("delegate", Use::Nothing),
        ("todo_list", Use::Nothing),
        ("introspect", Use::Nothing),
        ("thinking", Use::Nothing),
        ("knowledge", Use::Nothing),
        ("report_issue", Use::Nothing),
    ],
    naming: Naming::At,
    installation: Installation {
        shown: "Kiro",
        signs: &[".kiro"],
        programs: &["kiro-cli", "kiro", "q"],
        targets: &[
            Target {
                scope: Scope::User,
                path: ".kiro/agents/cavra.json",
                form: Form::Whole {
                    text: r#"{
  "name": "cavra",
  "description": "The default agent, with Cavra before every tool",
  "tools": ["*"],
  "hooks": {"preToolUse": [{"matcher": "*", "command": "$COMMAND_OF(preToolUse)", "timeout_ms": 10000}]}
}
"#,
                    is_program: false,
                },
            },
            Target {
                scope: Scope::Project,
                path: ".kiro/agents/cavra.json",
                form: Form::Whole {
                    text: r#"{
  "name": "cavra",
  "description": "The default agent, with Cavra before every tool",
  "tools": ["*"],
  "hooks": {"preToolUse": [{"matcher": "*", "command": "$COMMAND_OF(preToolUse)", "timeout_ms": 10000}]}
}
"#,
                    is_program: false,
                },
            },
        ],
        on_failure: OnFailure::Open,
        to_do: &[
            "have Kiro use the agent that calls Cavra: `kiro-cli settings chat.defaultAgent cavra`",
            "give your other agents the same hook: only those of the agent in use are called",
        ],
    },
};
