//! The files of `testdata/`, read for tests: policies, registries, and the golden rows.

use std::fs;
use std::path::{Path, PathBuf};

use cavra::contract::{Decision, Request};
use cavra::policy::{CommandDefault, CompiledPolicy, ForcePush, Mode, Pattern, PatternSet, Placed, Registry};
use serde_json::Value;

use crate::naive::patterns;

/// A path in `testdata/`.
pub(crate) fn testdata(relative: impl AsRef<Path>) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(relative)
}

/// A JSON file of `testdata/`.
pub(crate) fn json(relative: impl AsRef<Path>) -> Value {
    let path = testdata(relative);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// One row of the conformance suite.
#[derive(Clone, Debug)]
pub(crate) struct Golden {
    pub(crate) line: usize,
    pub(crate) request: Value,
    pub(crate) policy: Option<String>,
    pub(crate) registry: Option<String>,
    pub(crate) expected: Value,
}

/// Every golden row, in order.
pub(crate) fn golden() -> Vec<Golden> {
    let text = fs::read_to_string(testdata("conformance/golden.jsonl")).expect("the golden rows");
    let rows: Vec<Golden> = text
        .lines()
        .enumerate()
        .map(|(number, line)| {
            let row: Value = serde_json::from_str(line).expect("a golden row is JSON");
            let name = |key: &str| row[key].as_str().map(str::to_owned);
            Golden {
                line: number + 1,
                policy: name("policy"),
                registry: name("registry"),
                request: row["request"].clone(),
                expected: row["expected"].clone(),
            }
        })
        .collect();
    assert_eq!(rows.len(), 3956, "the golden rows are all there");
    rows
}

impl Golden {
    /// The file of its policy.
    pub(crate) fn policy_file(&self) -> Option<PathBuf> {
        Some(testdata("conformance/policies").join(self.policy.as_ref()?).with_extension("json"))
    }

    /// The file of its registry.
    pub(crate) fn registry_file(&self) -> Option<PathBuf> {
        Some(testdata("conformance/registries").join(self.registry.as_ref()?).with_extension("json"))
    }

    /// Its policy as JSON; an empty one where it names none.
    pub(crate) fn policy_json(&self) -> Value {
        self.policy_file().map_or_else(|| serde_json::json!({}), json)
    }

    /// Its registry as JSON.
    pub(crate) fn registry_json(&self) -> Option<Value> {
        self.registry_file().map(json)
    }
}

/// The request of a case.
pub(crate) fn request(value: &Value) -> Request {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

/// The registry of a case.
pub(crate) fn registry(value: &Value) -> Registry {
    cavra::policy::read_registry("case", value.to_string().as_bytes())
        .unwrap_or_else(|error| panic!("{value}: {error}"))
}

/// A compiled policy made here, without the program's own reader: what the laws are held against.
pub(crate) fn policy(value: &Value) -> CompiledPolicy {
    let set = |section: &str, list: &str| set(&value[section][list]);
    let flag = |section: &str, key: &str| value[section][key].as_bool().map(placed);
    let names = |list: &str| patterns(&value["mcp"][list]).into_iter().map(placed).collect();
    let mut policy = CompiledPolicy::default();
    policy.metadata.id = value["metadata"]["id"].as_str().unwrap_or_default().to_owned();
    policy.metadata.mode = value["metadata"]["mode"]
        .as_str()
        .map(|word| placed(Mode::ALL.into_iter().find(|mode| mode.as_str() == word).expect("a mode")));
    policy.filesystem.block_read = set("filesystem", "block_read");
    policy.filesystem.require_approval_read = set("filesystem", "require_approval_read");
    policy.filesystem.block_write = set("filesystem", "block_write");
    policy.filesystem.require_approval_write = set("filesystem", "require_approval_write");
    policy.commands.block = set("commands", "block");
    policy.commands.require_approval = set("commands", "require_approval");
    policy.commands.allow = set("commands", "allow");
    policy.commands.default = value["commands"]["default"].as_str().map(|word| {
        placed(match word {
            "allow" => CommandDefault::Allow,
            "require_approval" => CommandDefault::RequireApproval,
            "block" => CommandDefault::Block,
            other => panic!("`{other}` is no default"),
        })
    });
    policy.git.protected_branches = set("git", "protected_branches");
    policy.git.replaces_suffix_rule = value["git"]["protected_branches"].is_array();
    policy.git.block_direct_push = flag("git", "block_direct_push_to_protected_branch");
    policy.git.block_force_push = value["git"]["block_force_push"].as_str().map(|word| {
        placed(match word {
            "none" => ForcePush::None,
            "protected" => ForcePush::Protected,
            "all" => ForcePush::All,
            other => panic!("`{other}` is no kind of force push"),
        })
    });
    policy.git.block_branch_deletion = flag("git", "block_branch_deletion");
    policy.git.block_commit = flag("git", "block_commit_to_protected_branch");
    policy.git.block_push_branches = set("git", "block_push_branches");
    policy.git.require_approval_push = set("git", "require_approval_push");
    policy.git.block_hook_bypass = flag("git", "block_hook_bypass");
    policy.mcp.allowed_servers = names("allowed_servers");
    policy.mcp.blocked_servers = names("blocked_servers");
    policy.mcp.block_unknown_servers = flag("mcp", "block_unknown_servers");
    for (server, lists) in value["mcp"]["tools"].as_object().into_iter().flatten() {
        policy.mcp.tools.push(cavra::policy::ServerTools {
            server: server.clone(),
            block: self::set(&lists["block"]),
            require_approval: self::set(&lists["require_approval"]),
            allow: self::set(&lists["allow"]),
        });
    }
    policy
}

fn set(list: &Value) -> PatternSet {
    PatternSet::new(patterns(list).iter().filter_map(|text| Pattern::new(text, None)).collect())
}

fn placed<T>(value: T) -> Placed<T> {
    Placed { value, location: None }
}

/// The fields of `decision` that `expected` names; one that is left out counts as "".
pub(crate) fn answered(decision: &Decision, expected: &Value) -> Value {
    told(&serde_json::to_value(decision).expect("a decision is JSON"), expected)
}

/// The same of a decision that is JSON already.
pub(crate) fn told(decision: &Value, expected: &Value) -> Value {
    let names = expected.as_object().expect("`expected` is an object").keys();
    names
        .map(|name| (name.clone(), decision.get(name).cloned().unwrap_or_else(|| Value::from(""))))
        .collect::<serde_json::Map<_, _>>()
        .into()
}
