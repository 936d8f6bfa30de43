//! OpenCode, 1.18.33.
//! It calls no commands, so Cavra writes a plugin that calls the binary, and throws unless that says `allow`. The name of an
//! MCP tool has one underscore between server and tool.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{Moment, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "opencode",
    events: &[("tool.execute.before", Moment::Tool)],
    calls: &[("/tool", "/args"), ("/input/tool", "/output/args")],
    tools: &[
        ("bash", Use::Run),
        ("write", Use::Write),
        ("edit", Use::Edit),
        ("multiedit", Use::Edit),
        ("patch", Use::Patch),
        ("apply_patch", Use::Patch),
        ("read", Use::Read),
        ("grep", Use::Search),
        ("glob", Use::List),
        ("list", Use::List),
        ("webfetch", Use::Fetch),
        ("task", Use::Nothing),
        ("todowrite", Use::Nothing),
        ("todoread", Use::Nothing),
        ("websearch", Use::Nothing),
        ("codesearch", Use::Nothing),
        ("question", Use::Nothing),
        ("skill", Use::Nothing),
        ("lsp", Use::Nothing),
        ("invalid", Use::Nothing),
        ("plan_enter", Use::Nothing),
        ("plan_exit", Use::Nothing),
    ],
    naming: Naming::Underscore,
    installation: Installation {
        shown: "OpenCode",
        signs: &[".config/opencode", ".opencode"],
        programs: &["opencode"],
        targets: &[
            Target {
                scope: Scope::User,
                path: ".config/opencode/plugin/cavra.ts",
                form: Form::Whole {
                    text: include_str!("../../../hooks/agents/opencode.ts"),
                    is_program: false,
                },
            },
            Target {
                scope: Scope::Project,
                path: ".opencode/plugin/cavra.ts",
                form: Form::Whole {
                    text: include_str!("../../../hooks/agents/opencode.ts"),
                    is_program: false,
                },
            },
        ],
        on_failure: OnFailure::Closed,
        to_do: &[],
    },
};
