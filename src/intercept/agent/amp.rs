//! Amp of Sourcegraph.
//! Two ways in: a plugin that calls the binary, and `amp.permissions`, which hands a call to a program by its exit code: 0 for
//! yes, 1 to ask, 2 for no. There the tool is named by a variable beside the payload.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{Moment, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "amp",
    events: &[("tool.call", Moment::Tool), ("delegate", Moment::Tool)],
    calls: &[("/event/tool", "/event/input"), ("/tool", "/input"), ("", "")],
    tools: &[
        ("Bash", Use::Run),
        ("shell_command", Use::Run),
        ("create_file", Use::Write),
        ("edit_file", Use::Edit),
        ("undo_edit", Use::Edit),
        ("apply_patch", Use::Patch),
        ("Read", Use::Read),
        ("read_file", Use::Read),
        ("look_at", Use::Read),
        ("Grep", Use::Search),
        ("finder", Use::Search),
        ("glob", Use::List),
        ("list_directory", Use::List),
        ("Glob", Use::List),
        ("read_web_page", Use::Fetch),
        ("Task", Use::Nothing),
        ("oracle", Use::Nothing),
        ("librarian", Use::Nothing),
        ("web_search", Use::Nothing),
        ("todo_write", Use::Nothing),
        ("todo_read", Use::Nothing),
        ("mermaid", Use::Nothing),
        ("read_mcp_resource_list", Use::Nothing),
        ("handoff", Use::Nothing),
        ("get_diagnostics", Use::Nothing),
    ],
    naming: Naming::Double,
    installation: Installation {
        shown: "Amp",
        signs: &[".config/amp"],
        programs: &["amp"],
        targets: &[
            Target {
                scope: Scope::User,
                path: ".config/amp/plugins/cavra.ts",
                form: Form::Whole { text: include_str!("../../../hooks/agents/amp.ts"), is_program: false },
            },
            Target {
                scope: Scope::Project,
                path: ".amp/plugins/cavra.ts",
                form: Form::Whole { text: include_str!("../../../hooks/agents/amp.ts"), is_program: false },
            },
        ],
        on_failure: OnFailure::Closed,
        to_do: &["earlier versions of Amp call plugins with `PLUGINS=all` alone"],
    },
};
