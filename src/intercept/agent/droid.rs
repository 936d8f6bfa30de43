//! Droid of Factory, 0.215.0.
//! An `ask` has no effect in the version that was looked at, so what is asked about is denied. A folder that is not trusted
//! has no hooks.

use super::installation::{Form, Installation, OnFailure, Scope, Target};
use super::mcp_name::Naming;
use super::profile::{CLAUDE_CALLS, CLAUDE_EVENTS, Profile};
use super::tool::Use;

/// What it says, what that means, and how it is made to call Cavra.
pub(super) const PROFILE: Profile = Profile {
    name: "droid",
    events: CLAUDE_EVENTS,
    calls: CLAUDE_CALLS,
    tools: &[
        ("Execute", Use::Run),
        ("Create", Use::Write),
        ("Edit", Use::Edit),
        ("MultiEdit", Use::Edit),
        ("ApplyPatch", Use::Patch),
        ("Read", Use::Read),
        ("Grep", Use::Search),
        ("Glob", Use::List),
        ("LS", Use::List),
        ("FetchUrl", Use::Fetch),
        ("Script", Use::MayRun),
        ("Task", Use::Nothing),
        ("WebSearch", Use::Nothing),
        ("TodoWrite", Use::Nothing),
        ("ExitSpecMode", Use::Nothing),
        ("AskUser", Use::Nothing),
        ("Skill", Use::Nothing),
        ("GenerateDroid", Use::Nothing),
    ],
    naming: Naming::DoubleOrTriple,
    installation: Installation {
        shown: "Droid",
        signs: &[".factory"],
        programs: &["droid"],
        targets: &[
            Target {
                scope: Scope::User,
                path: ".factory/hooks.json",
                form: Form::Json {
                    into: &[],
                    entries: &[(
                        "PreToolUse",
                        r#"{"matcher":"*","hooks":[{"type":"command","command":"$COMMAND","timeout":10}]}"#,
                    )],
                    beside: r#"{}"#,
                },
            },
            Target {
                scope: Scope::Project,
                path: ".factory/hooks.json",
                form: Form::Json {
                    into: &[],
                    entries: &[(
                        "PreToolUse",
                        r#"{"matcher":"*","hooks":[{"type":"command","command":"$COMMAND","timeout":10}]}"#,
                    )],
                    beside: r#"{}"#,
                },
            },
        ],
        on_failure: OnFailure::Open,
        to_do: &["trust the folders that you work in: in one that is not trusted, no hook is called"],
    },
};
