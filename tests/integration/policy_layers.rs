//! Layers: what a delta may say, and everything that it may not.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what the machine of these tests cannot do ends the test"
)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use cavra::policy::{
    CommandDefault, CompiledPolicy, Mode, Pattern, PolicyError, ProjectBlob, Scope, Stack, load_pack,
};
use cavra::sys::dirs::Places;
use similar_asserts::assert_eq;

/// A machine with nothing but policies on it.
struct Machine {
    root: tempfile::TempDir,
    blobs: Vec<ProjectBlob>,
}

impl Machine {
    fn new() -> Self {
        let root = tempfile::Builder::new().prefix("cavra-layers-").tempdir().expect("a scratch folder");
        let machine = Self { root, blobs: Vec::new() };
        for folder in ["etc", "home/.config/cavra", "project"] {
            fs::create_dir_all(machine.path(folder)).expect("a folder");
        }
        machine
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.root.path().join(relative)
    }

    fn write(self, relative: &str, text: &str) -> Self {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(&path, text).expect("a file");
        self
    }

    fn managed(self, body: &str) -> Self {
        self.write("etc/policy.yaml", &authored("managed", body))
    }

    fn user(self, body: &str) -> Self {
        self.write("home/.config/cavra/policy.yaml", &authored("user", body))
    }

    fn project(self, body: &str) -> Self {
        self.write("project/.cavra/policy.yaml", &authored("project", body))
    }

    fn blob(mut self, name: &str, body: &str) -> Self {
        self.blobs.push(ProjectBlob { name: name.to_owned(), bytes: authored("project", body).into_bytes() });
        self
    }

    fn load(&self) -> Result<Stack, PolicyError> {
        let home = self.path("home");
        Stack::load(&Scope {
            places: Places {
                managed: self.path("etc"),
                config: home.join(".config/cavra"),
                state: home.join(".local/state/cavra"),
                home,
                managed_by_root: false,
            },
            project_roots: vec![self.path("project")],
            project_blobs: self.blobs.clone(),
        })
    }

    /// The one policy in force.
    fn policy(&self) -> CompiledPolicy {
        let stack = self.load().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(stack.policies().len(), 1);
        stack.policies()[0].clone()
    }

    /// The code, the message and the place of each error, the machine's own folder called `$ROOT`.
    fn errors(&self) -> Vec<String> {
        let error = self.load().expect_err("it is refused");
        let root = self.root.path().display().to_string();
        error
            .diagnostics()
            .iter()
            .map(|one| {
                format!("{} {}:{}:{} {}", one.code, one.path, one.line, one.column, one.message)
                    .replace(&root, "$ROOT")
            })
            .collect()
    }
}

fn authored(id: &str, body: &str) -> String {
    let (metadata, rest) = match body.strip_prefix("metadata:\n") {
        Some(rest) => rest.split_once("---\n").expect("metadata ends with ---"),
        None => ("", body),
    };
    format!("metadata:\n  id: {id}\n  version: 1\n{metadata}{rest}")
}

fn patterns(set: &cavra::policy::PatternSet) -> Vec<&str> {
    set.iter().map(Pattern::as_str).collect()
}

#[test]
fn the_embedded_pack_is_the_base_where_nobody_wrote_a_policy() {
    assert_eq!(Machine::new().policy(), load_pack("cavra-developer").expect("the pack"));
}

#[test]
fn the_first_layer_that_is_there_is_the_base() {
    let machine = Machine::new().user("commands: {allow: [ls]}\n");
    assert_eq!(machine.policy().label(), "user");
    let machine = machine.managed("commands: {allow: [ls, pwd]}\n");
    assert_eq!(machine.policy().label(), "managed");
}

/// Every way to loosen, under a managed policy that closes everything it can.
#[test]
fn every_value_that_would_loosen_is_refused_with_both_lines() {
    let above = "metadata:\n  mode: strict\n---\n\
filesystem: {recursive_read: block, unresolved_read: block}
commands: {default: block, allow: ['git *']}
git:
  block_direct_push_to_protected_branch: true
  block_force_push: all
  block_branch_deletion: true
  block_commit_to_protected_branch: true
  block_hook_bypass: true
mcp:
  block_unknown_servers: true
  allowed_servers: [a]
  pin_tools: true
  tools: {a: {allow: ['read_*']}}
approvals:
  ttl: 10m
  groups: {Platform: {signers: [x], minimum: 2}}
evidence: {required: true, sign: true, retention_days: 90, max_megabytes: 100}
";
    let cases = [
        ("metadata:\n  mode: enforce\n---\n", "metadata.mode: enforce", "metadata.mode: strict"),
        ("metadata:\n  mode: audit_only\n---\n", "metadata.mode: audit_only", "metadata.mode: strict"),
        ("metadata:\n  mode: break_glass\n---\n", "metadata.mode: break_glass", "metadata.mode: strict"),
        (
            "filesystem: {recursive_read: ask}\n",
            "filesystem.recursive_read: ask",
            "filesystem.recursive_read: block",
        ),
        (
            "filesystem: {unresolved_read: ask}\n",
            "filesystem.unresolved_read: ask",
            "filesystem.unresolved_read: block",
        ),
        (
            "commands: {default: require_approval}\n",
            "commands.default: require_approval",
            "commands.default: block",
        ),
        ("commands: {default: allow}\n", "commands.default: allow", "commands.default: block"),
        ("commands: {allow: ['make *']}\n", "commands.allow: make *", "commands.default: block"),
        ("commands: {allow: ['*']}\n", "commands.allow: *", "commands.default: block"),
        (
            "git: {block_direct_push_to_protected_branch: false}\n",
            "git.block_direct_push_to_protected_branch: false",
            "git.block_direct_push_to_protected_branch: true",
        ),
        (
            "git: {block_force_push: protected}\n",
            "git.block_force_push: protected",
            "git.block_force_push: all",
        ),
        (
            "git: {block_branch_deletion: false}\n",
            "git.block_branch_deletion: false",
            "git.block_branch_deletion: true",
        ),
        (
            "git: {block_commit_to_protected_branch: false}\n",
            "git.block_commit_to_protected_branch: false",
            "git.block_commit_to_protected_branch: true",
        ),
        ("git: {block_hook_bypass: false}\n", "git.block_hook_bypass: false", "git.block_hook_bypass: true"),
        (
            "mcp: {block_unknown_servers: false}\n",
            "mcp.block_unknown_servers: false",
            "mcp.block_unknown_servers: true",
        ),
        ("mcp: {allowed_servers: [b]}\n", "mcp.allowed_servers: b", "mcp.block_unknown_servers: true"),
        ("mcp: {pin_tools: false}\n", "mcp.pin_tools: false", "mcp.pin_tools: true"),
        ("mcp: {tools: {a: {allow: ['*']}}}\n", "mcp.tools.a.allow: *", "mcp.tools.a.allow: read_*"),
        ("approvals: {ttl: 11m}\n", "approvals.ttl: 660 seconds", "approvals.ttl: 600 seconds"),
        (
            "approvals: {groups: {Platform: {minimum: 1}}}\n",
            "approvals.groups.Platform.minimum: 1",
            "approvals.groups.Platform.minimum: 2",
        ),
        (
            "approvals: {groups: {Platform: {signers: [x, me]}}}\n",
            "approvals.groups.Platform.signers: me",
            "approvals.groups.Platform.signers: x",
        ),
        ("evidence: {required: false}\n", "evidence.required: false", "evidence.required: true"),
        ("evidence: {sign: false}\n", "evidence.sign: false", "evidence.sign: true"),
        ("evidence: {retention_days: 30}\n", "evidence.retention_days: 30", "evidence.retention_days: 90"),
        ("evidence: {max_megabytes: 99}\n", "evidence.max_megabytes: 99", "evidence.max_megabytes: 100"),
    ];
    for (body, what, against) in cases {
        for layer in ["user", "project"] {
            let machine = Machine::new().managed(above);
            let machine = if layer == "user" { machine.user(body) } else { machine.project(body) };
            let errors = machine.errors();
            assert_eq!(errors.len(), 1, "{body} {errors:?}");
            let error = &errors[0];
            let file = if layer == "user" {
                "$ROOT/home/.config/cavra/policy.yaml:4:"
            } else {
                "$ROOT/project/.cavra/policy.yaml:4:"
            };
            assert!(error.starts_with(&format!("layer-loosens {file}")), "{error}");
            let said =
                format!("`{what}` would loosen `{against}` of the managed policy at $ROOT/etc/policy.yaml:");
            assert!(error.contains(&said), "{error}\nis not\n{said}");
        }
    }
}

/// The same, where the layer above is silent and its defaults hold.
#[test]
fn the_defaults_of_a_base_are_loosened_by_nobody_either() {
    for body in [
        "filesystem: {recursive_read: ask}\n",
        "filesystem: {unresolved_read: warn}\n",
        "metadata:\n  mode: break_glass\n---\n",
        "commands: {default: allow}\n",
        "commands: {allow: [ls]}\n",
        "git: {block_direct_push_to_protected_branch: false}\n",
        "mcp: {block_unknown_servers: false}\n",
        "mcp: {allowed_servers: [b]}\n",
        "approvals: {ttl: 25h}\n",
        "evidence: {required: false}\n",
        "evidence: {retention_days: 3650}\n",
        "evidence: {max_megabytes: 1000}\n",
        "evidence: {redact: ['**']}\n",
        "metadata:\n  delegate: user\n---\n",
    ] {
        let errors = Machine::new().managed("").project(body).errors();
        assert_eq!(errors.len(), 1, "{body}");
        assert!(errors[0].starts_with("layer-loosens $ROOT/project/.cavra/policy.yaml:4:"), "{}", errors[0]);
    }
}

#[test]
fn equal_and_stricter_values_and_longer_lists_are_fine() {
    let machine = Machine::new()
        .managed("commands: {default: allow, allow: ['git *']}\nevidence: {retention_days: 30}\ngit: {protected_branches: [main]}\n")
        .user("commands: {default: require_approval, allow: ['git log*', 'ls'], block: ['rm *']}\n")
        .project("commands: {default: block, allow: ['git log -1', ls]}\nevidence: {retention_days: 90}\ngit: {protected_branches: ['release/*']}\n");
    let policy = machine.policy();
    assert_eq!(policy.commands.default_effect(), CommandDefault::Block);
    assert_eq!(patterns(&policy.commands.allow), ["git *", "git log -1", "git log*", "ls"]);
    assert_eq!(patterns(&policy.commands.block), ["rm *"]);
    assert_eq!(patterns(&policy.git.protected_branches), ["main", "release/*"]);
    assert!(policy.git.replaces_suffix_rule);
    assert_eq!(policy.evidence.retention_days.map(|placed| placed.value), Some(90));
}

/// Else a project could say `default: require_approval`, which tightens, and open a door through its own list.
#[test]
fn a_layer_that_tightens_the_default_is_judged_by_the_layer_above_it() {
    let machine = Machine::new()
        .managed("commands: {default: allow}\n")
        .user("commands: {default: block, allow: [ls]}\n");
    assert_eq!(patterns(&machine.policy().commands.allow), ["ls"]);
    let errors = machine.project("commands: {default: block, allow: [make]}\n").errors();
    assert_eq!(errors.len(), 1);
    assert_eq!(
        errors[0],
        "layer-loosens $ROOT/project/.cavra/policy.yaml:4:36 `commands.allow: make` would loosen \
         `commands.default: block` of the user policy at $ROOT/home/.config/cavra/policy.yaml:4:21"
    );
}

#[test]
fn protected_branches_of_a_delta_only_add() {
    let policy =
        Machine::new().managed("commands: {}\n").project("git: {protected_branches: [topic]}\n").policy();
    assert!(!policy.git.replaces_suffix_rule);
    assert_eq!(patterns(&policy.git.protected_branches), ["topic"]);
}

#[test]
fn a_delegated_user_may_open_and_nothing_else_and_no_project_may() {
    let managed = "metadata:\n  delegate: user\n---\ncommands: {block: ['rm *']}\n";
    let machine = Machine::new()
        .managed(managed)
        .user("commands: {default: allow, allow: [ls]}\nmcp: {allowed_servers: [mine], block_unknown_servers: false}\n");
    let policy = machine.policy();
    assert_eq!(policy.commands.default_effect(), CommandDefault::Allow);
    assert_eq!(patterns(&policy.commands.allow), ["ls"]);
    assert_eq!(patterns(&policy.commands.block), ["rm *"]);
    let errors = Machine::new().managed(managed).user("evidence: {required: false}\n").errors();
    assert_eq!(errors.len(), 1);
    let errors = Machine::new().managed(managed).user("").project("commands: {allow: [ls]}\n").errors();
    assert_eq!(errors.len(), 1);
}

#[test]
fn each_project_policy_makes_one_of_its_own_and_equal_ones_count_once() {
    let body = "commands: {block: [a]}\n";
    let machine = Machine::new()
        .project(body)
        .blob("HEAD:.cavra/policy.yaml", body)
        .blob("main:.cavra/policy.yaml", "commands: {block: [b]}\n");
    let stack = machine.load().expect("a stack");
    let blocked: Vec<bool> =
        stack.policies().iter().map(|policy| policy.commands.block.first_match("b").is_some()).collect();
    assert_eq!(blocked, [false, true]);
}

#[test]
fn a_project_that_inherits_a_pack_is_as_strict_as_the_pack() {
    let machine = Machine::new().project("metadata:\n  inherits: cavra-banking-baseline\n---\n");
    let policy = machine.policy();
    assert_eq!(policy.commands.default_effect(), CommandDefault::RequireApproval);
    assert!(policy.commands.block.first_match("terraform apply").is_some());
    assert_eq!(policy.label(), "cavra-developer");
    let sources: Vec<&str> = policy.sources.iter().map(|source| source.layer).collect();
    assert_eq!(sources, ["pack", "pack", "pack", "project"]);
}

#[test]
fn a_project_inherits_no_files() {
    let machine = Machine::new()
        .write("project/.cavra/base.yaml", &authored("base", ""))
        .project("metadata:\n  inherits: ./base.yaml\n---\n");
    assert_eq!(
        machine.errors(),
        [
            "inherits-file $ROOT/project/.cavra/policy.yaml:4:13 `./base.yaml` is a file, and a project's policy inherits only packs"
        ]
    );
}

#[test]
fn parts_of_the_managed_policy_are_laid_over_it_by_name() {
    let policy = Machine::new()
        .managed("commands: {default: block}\n")
        .write("etc/policy.d/20-b.yaml", "commands: {default: require_approval, block: [b]}\n")
        .write("etc/policy.d/10-a.yaml", "commands: {default: allow, block: [a]}\nmetadata: {mode: strict}\n")
        .write("etc/policy.d/README", "not a policy")
        .policy();
    assert_eq!(policy.commands.default_effect(), CommandDefault::RequireApproval);
    assert_eq!(patterns(&policy.commands.block), ["a", "b"]);
    assert_eq!(policy.mode(), Mode::Strict);
}

#[test]
fn a_managed_policy_that_others_could_have_written_is_refused() {
    for (part, mode) in [
        ("etc/policy.yaml", 0o666),
        ("etc/policy.yaml", 0o664),
        ("etc", 0o775),
        ("etc/policy.d/a.yaml", 0o666),
    ] {
        let machine = Machine::new().managed("").write("etc/policy.d/a.yaml", "commands: {}\n");
        fs::set_permissions(machine.path(part), fs::Permissions::from_mode(mode)).expect("a mode");
        let error = machine.load().expect_err("it is refused");
        assert_eq!(
            error.to_string(),
            format!("`{}` may be written by others (mode {mode:04o})", machine.path(part).display())
        );
    }
}

#[test]
fn a_user_policy_that_everybody_could_have_written_is_refused() {
    let machine = Machine::new().user("");
    let path = machine.path("home/.config/cavra/policy.yaml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).expect("a mode");
    let error = machine.load().expect_err("it is refused");
    assert_eq!(error.to_string(), format!("`{}` may be written by others (mode 0666)", path.display()));
}

#[test]
fn what_is_there_and_is_no_policy_is_never_taken_for_nothing() {
    type Spoil = fn(&Path);
    let spoils: [(&str, Spoil); 4] = [
        ("a folder", |path| fs::create_dir_all(path).expect("a folder")),
        ("a link to nothing", |path| symlink("/nonexistent/x", path).expect("a link")),
        ("a link to itself", |path| symlink(path, path).expect("a link")),
        ("an empty file", |path| fs::write(path, "").expect("a file")),
    ];
    for place in ["etc/policy.yaml", "home/.config/cavra/policy.yaml", "project/.cavra/policy.yaml"] {
        for (what, spoil) in spoils {
            let machine = Machine::new();
            let path = machine.path(place);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            spoil(&path);
            assert!(machine.load().is_err(), "{place} is {what}");
        }
    }
}

#[test]
fn a_project_policy_does_not_lead_out_of_its_project() {
    let machine = Machine::new().write("elsewhere/policy.yaml", &authored("project", ""));
    symlink(machine.path("elsewhere"), machine.path("project/.cavra")).expect("a link");
    let errors = machine.errors();
    assert_eq!(
        errors,
        [
            "outside-project $ROOT/project/.cavra/policy.yaml:0:0 the project's policy leads out of the project, to `$ROOT/elsewhere/policy.yaml`"
        ]
    );
    let machine =
        Machine::new().write("project/config/policy.yaml", &authored("project", "commands: {block: [a]}\n"));
    symlink(machine.path("project/config"), machine.path("project/.cavra")).expect("a link");
    assert_eq!(machine.policy().commands.block.first_match("a").map(Pattern::as_str), Some("a"));
    let machine = Machine::new();
    symlink("/nonexistent", machine.path("project/.cavra")).expect("a link");
    assert!(machine.load().is_err());
}

#[test]
fn a_cache_is_used_and_never_believed_against_its_source() {
    let machine = Machine::new().user("commands: {block: [a]}\n");
    let cache = machine.path("home/.config/cavra/.policy.yaml.compiled");
    let policy = machine.policy();
    assert_eq!(fs::metadata(&cache).expect("a cache").permissions().mode() & 0o7777, 0o600);
    assert_eq!(machine.policy(), policy);

    // It is the cache that is read: what it says instead of the source shows.
    let text = fs::read_to_string(&cache).expect("a cache");
    fs::write(&cache, text.replace("\"a\"", "\"z\"")).expect("a cache");
    assert_eq!(patterns(&machine.policy().commands.block), ["z"]);

    // Not if anybody else could have written it.
    fs::set_permissions(&cache, fs::Permissions::from_mode(0o620)).expect("a mode");
    assert_eq!(patterns(&machine.policy().commands.block), ["a"]);
    fs::remove_file(&cache).expect("no cache");

    // Nor one of another source, nor one that is broken: these are made anew.
    machine.policy();
    let machine = machine.user("commands: {block: [b]}\n");
    assert_eq!(patterns(&machine.policy().commands.block), ["b"]);
    fs::write(&cache, "{\"cavra_compiled\": 2, ").expect("a cache");
    assert_eq!(patterns(&machine.policy().commands.block), ["b"]);
    assert!(fs::read_to_string(&cache).expect("a cache").contains("\"b\""));

    // Nor through a link, which is left alone.
    fs::rename(&cache, machine.path("stolen")).expect("a move");
    symlink(machine.path("stolen"), &cache).expect("a link");
    fs::write(machine.path("stolen"), "mine").expect("a file");
    assert_eq!(patterns(&machine.policy().commands.block), ["b"]);
    assert_eq!(fs::read_to_string(machine.path("stolen")).expect("a file"), "mine");
}

#[test]
fn a_policy_that_inherits_a_file_is_read_anew_each_time() {
    let machine = Machine::new()
        .write("home/.config/cavra/base.yaml", &authored("base", "commands: {block: [a]}\n"))
        .user("metadata:\n  inherits: base.yaml\n---\n");
    assert_eq!(patterns(&machine.policy().commands.block), ["a"]);
    let machine =
        machine.write("home/.config/cavra/base.yaml", &authored("base", "commands: {block: [b]}\n"));
    assert_eq!(patterns(&machine.policy().commands.block), ["b"]);
}

#[test]
fn a_project_policy_is_never_cached() {
    let machine = Machine::new().project("commands: {block: [a]}\n");
    machine.policy();
    let names: Vec<_> = fs::read_dir(machine.path("project/.cavra"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(names, ["policy.yaml"]);
}
