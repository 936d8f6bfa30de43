//! What keeps git's hooks from being run, or sends what they judge past them: settings, variables, subcommands and
//! options of git, and the files that git keeps to itself.

/// Settings by the beginning of their names, in lower case: each moves the hooks, switches them off, reads further
/// settings that may, or sends what is pushed elsewhere.
const SETTINGS: &[&str] = &["core.hookspath", "hook.", "include.", "includeif.", "extensions.worktreeconfig"];

/// Settings by the end of their names, below these sections.
const ENDS: &[(&str, &str)] = &[
    ("url.", ".insteadof"),
    ("url.", ".pushinsteadof"),
    ("remote.", ".pushurl"),
    ("remote.", ".receivepack"),
];

/// Whether a setting of this name does.
#[must_use]
pub fn is_setting(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SETTINGS.iter().any(|setting| match setting.strip_suffix('.') {
        Some(section) => name == section || name.starts_with(setting),
        None => name == *setting,
    }) || ENDS.iter().any(|(section, end)| name.starts_with(section) && name.ends_with(end))
}

/// Variables by which git reaches another machine through another program.
const OF_TRANSPORT: &[&str] = &["GIT_SSH", "GIT_SSH_COMMAND", "GIT_PROXY_COMMAND"];

/// Variables that name another repository or other settings of git's.
const OF_GIT: &[&str] = &[
    "GIT_CONFIG",
    "GIT_CONFIG_*",
    "GIT_DIR",
    "GIT_COMMON_DIR",
    "GIT_EXEC_PATH",
    "GIT_TEMPLATE_DIR",
    "HOME",
    "XDG_CONFIG_HOME",
];

/// Variables by which a hook manager is told to leave hooks out, with the values that say nothing of the kind.
const OF_MANAGERS: &[(&str, &[&str])] = &[
    ("HUSKY", &["1", "2"]),
    ("LEFTHOOK", &["1", "true"]),
    ("LEFTHOOK_BIN", &[]),
    ("LEFTHOOK_EXCLUDE", &[]),
    ("SKIP", &[]),
    ("PREK_SKIP", &[]),
    ("PRE_COMMIT_ALLOW_NO_CONFIG", &["0"]),
    ("SKIP_SIMPLE_GIT_HOOKS", &["0"]),
    ("HK", &["1", "true"]),
    ("HK_SKIP_HOOK", &[]),
    ("HK_SKIP_STEPS", &[]),
];

/// Whether a variable of this name keeps hooks from being run where git has it in its environment. `value` is none
/// where that is not known.
#[must_use]
pub fn is_variable(name: &str, value: Option<&str>) -> bool {
    if value.is_some_and(|value| value.is_empty()) && name != "HOME" {
        return false;
    }
    let is_of_git = OF_GIT.iter().any(|known| match known.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *known,
    });
    if is_of_git {
        return !(name == "GIT_DIR" && matches!(value, Some(".git" | "./.git")));
    }
    OF_MANAGERS
        .iter()
        .any(|(known, harmless)| name == *known && !value.is_some_and(|value| harmless.contains(&value)))
}

/// Whether a variable of this name sends a push through another program.
#[must_use]
pub fn is_variable_of_pushes(name: &str) -> bool {
    OF_TRANSPORT.contains(&name)
}

/// Whether a setting of this name sends a push through another program.
#[must_use]
pub fn is_setting_of_pushes(name: &str) -> bool {
    ["core.sshcommand", "core.gitproxy"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Subcommands that speak git's protocols without any hook of the one who calls them.
const SUBCOMMANDS: &[&str] = &["send-pack", "http-push", "receive-pack", "upload-archive"];

/// Whether it is such a subcommand.
#[must_use]
pub fn is_subcommand(name: &str) -> bool {
    SUBCOMMANDS.contains(&name)
}

/// Files below git's own folder that nobody but git need write, though a person may.
const PERSONS: &[&str] = &[
    "info/exclude",
    "info/attributes",
    "info/sparse-checkout",
    "COMMIT_EDITMSG",
    "MERGE_MSG",
    "TAG_EDITMSG",
    "SQUASH_MSG",
    "description",
    // What it holds is judged when it is committed.
    "index",
];

/// Whether to write this path is to write what git keeps to itself: hooks, settings, refs, objects.
#[must_use]
pub fn is_gits_own(path: &str) -> bool {
    let mut rest = path;
    while let Some((folder, below)) = rest.split_once('/') {
        let is_bare = folder.len() > 4 && folder.ends_with(".git") && !folder.starts_with('*');
        if folder.eq_ignore_ascii_case(".git") {
            // Git never runs a sample.
            let is_sample = below.starts_with("hooks/") && below.ends_with(".sample");
            return !below.is_empty() && !PERSONS.contains(&below) && !is_sample;
        }
        if is_bare
            && ["hooks", "config", "refs", "packed-refs", "HEAD"].iter().any(|own| below.starts_with(own))
        {
            return true;
        }
        rest = below;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_known_in_any_case() {
        for name in [
            "core.hooksPath",
            "CORE.HOOKSPATH",
            "hook.cavra-pre-push.enabled",
            "include.path",
            "includeIf.gitdir:/x/.path",
            "url.https://x/.insteadOf",
            "url.x.pushInsteadOf",
            "remote.origin.pushurl",
        ] {
            assert!(is_setting(name), "{name}");
        }
        for name in ["core.hookspathology", "hooks.x", "remote.origin.url", "user.name", "includes.path"] {
            assert!(!is_setting(name), "{name}");
        }
    }

    #[test]
    fn variables_count_by_what_they_are_set_to() {
        assert!(is_variable("GIT_DIR", Some("/x")) && !is_variable("GIT_DIR", Some(".git")));
        assert!(is_variable("GIT_CONFIG_KEY_0", Some("x")) && is_variable("GIT_CONFIG_COUNT", None));
        assert!(is_variable("HUSKY", Some("0")) && !is_variable("HUSKY", Some("1")));
        assert!(is_variable("SKIP", Some("cavra")) && !is_variable("SKIP", Some("")));
        assert!(!is_variable("GIT_AUTHOR_NAME", Some("x")) && !is_variable("GIT_INDEX_FILE", Some("x")));
    }

    #[test]
    fn what_git_keeps_to_itself_is_told_from_what_a_person_writes() {
        for path in
            [".git/hooks/pre-commit", "/r/.git/config", "a/.git/refs/heads/x", ".GIT/HEAD", "up.git/hooks/x"]
        {
            assert!(is_gits_own(path), "{path}");
        }
        for path in [
            ".git",
            ".gitignore",
            ".github/x",
            ".git/info/exclude",
            ".git/COMMIT_EDITMSG",
            "a.git/b",
            ".git/",
        ] {
            assert!(!is_gits_own(path), "{path}");
        }
    }
}
