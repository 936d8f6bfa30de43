use super::*;
use crate::contract::Context;
use crate::policy::Placed;

fn set(patterns: &[&str]) -> PatternSet {
    PatternSet::new(patterns.iter().filter_map(|text| Pattern::new(text, None)).collect())
}

/// Keys are blocked, `.env` is asked about, for reads and writes alike.
fn policy() -> CompiledPolicy {
    let mut policy = CompiledPolicy::default();
    policy.filesystem.block_read = set(&["**/id_rsa"]);
    policy.filesystem.require_approval_read = set(&["**/.env"]);
    policy.filesystem.block_write = set(&["**/id_rsa"]);
    policy.filesystem.require_approval_write = set(&["**/.env"]);
    policy
}

fn counting(recursive: Option<Answer>, unresolved: Option<Answer>) -> CompiledPolicy {
    let placed = |value| Placed { value, location: None };
    let mut policy = policy();
    policy.filesystem.recursive_read = recursive.map(placed);
    policy.filesystem.unresolved_read = unresolved.map(placed);
    policy
}

fn request(action: Action, target: &str, context: Context) -> Request {
    Request { context: Some(context), ..Request::new(action, target) }
}

fn with_tree(action: Action, tree: &[&str]) -> Request {
    let tree = tree.iter().map(|path| (*path).to_owned()).collect();
    request(action, "app", Context { tree, ..Context::default() })
}

fn opened(action: Action, target: &str) -> Request {
    request(action, target, Context { open_target: true, ..Context::default() })
}

fn answer(finding: &Finding) -> (Effect, RuleId) {
    (finding.effect, finding.rule)
}

const EFFECTS: [(Answer, Effect); 4] = [
    (Answer::Allow, Effect::Allow),
    (Answer::Warn, Effect::Warn),
    (Answer::Ask, Effect::RequireApproval),
    (Answer::Block, Effect::Block),
];

#[test]
fn a_folder_that_holds_a_named_file_counts_as_a_direct_read_of_it() {
    for (tree, expected) in [
        (&["app/a", "app/b"][..], (Effect::Allow, RuleId::FilesystemReadAllow)),
        (&["app/a", "app/.env"], (Effect::RequireApproval, RuleId::FilesystemReadRequireApproval)),
        (&["app/.env", "app/id_rsa"], (Effect::Block, RuleId::FilesystemReadBlock)),
    ] {
        let finding = read(&with_tree(Action::ReadFile, tree), &policy());
        assert_eq!(answer(&finding), expected, "{tree:?}");
    }
}

#[test]
fn a_finding_on_a_folder_names_the_path_and_the_pattern() {
    let finding = read(&with_tree(Action::ReadFile, &["app/a", "app/\u{1b}/id_rsa"]), &policy());
    assert_eq!(finding.reason, "the policy blocks reading this path: `app/\\u{1b}/id_rsa` is in this folder");
    assert_eq!((finding.target.as_str(), finding.matched.as_deref()), ("app", Some("**/id_rsa")));
    assert_eq!(finding.deviation, Some(Deviation::D1));
}

#[test]
fn a_policy_says_how_reading_a_folder_counts() {
    for (counts, effect) in EFFECTS {
        for tree in [["app/a", "app/.env"], ["app/id_rsa", "app/b"]] {
            let finding = read(&with_tree(Action::ReadFile, &tree), &counting(Some(counts), None));
            let rule = match effect {
                Effect::Allow => RuleId::FilesystemReadAllow,
                Effect::AuditOnly
                | Effect::Warn
                | Effect::AllowWithAttestation
                | Effect::RequireApproval
                | Effect::Block => RuleId::FilesystemReadRecursive,
            };
            assert_eq!(answer(&finding), (effect, rule), "{tree:?}");
        }
    }
}

#[test]
fn what_a_folder_counts_never_covers_what_its_own_path_is() {
    let context = Context { tree: vec!["x/.env".into()], ..Context::default() };
    let finding = read(&request(Action::ReadFile, "x/id_rsa", context), &counting(Some(Answer::Warn), None));
    assert_eq!(answer(&finding), (Effect::Block, RuleId::FilesystemReadBlock));
}

#[test]
fn writing_a_folder_is_writing_each_file_in_it_whatever_reading_counts() {
    let policy = counting(Some(Answer::Allow), Some(Answer::Allow));
    for (tree, expected) in [
        (&["app/a"][..], (Effect::Allow, RuleId::FilesystemWriteAllow)),
        (&["app/.env"], (Effect::RequireApproval, RuleId::FilesystemWriteRequireApproval)),
        (&["app/.env", "app/id_rsa"], (Effect::Block, RuleId::FilesystemWriteBlock)),
    ] {
        let finding = write(&with_tree(Action::WriteFile, tree), &policy);
        assert_eq!(answer(&finding), expected, "{tree:?}");
    }
}

#[test]
fn a_path_known_in_part_is_asked_about_where_a_rule_may_name_it() {
    let asked = (Effect::RequireApproval, RuleId::FilesystemUnresolved);
    for (target, read_expected, write_expected) in [
        ("*", asked, asked),
        ("config/*", asked, asked),
        ("config/.e*", asked, asked),
        (
            "config/*.rs",
            (Effect::Allow, RuleId::FilesystemReadAllow),
            (Effect::Allow, RuleId::FilesystemWriteAllow),
        ),
        // Whatever stands for the `*`, it is this file.
        (
            "*/id_rsa",
            (Effect::Block, RuleId::FilesystemReadBlock),
            (Effect::Block, RuleId::FilesystemWriteBlock),
        ),
    ] {
        assert_eq!(answer(&read(&opened(Action::ReadFile, target), &policy())), read_expected, "{target}");
        assert_eq!(answer(&write(&opened(Action::WriteFile, target), &policy())), write_expected, "{target}");
    }
}

#[test]
fn a_policy_says_how_reading_what_is_known_in_part_counts() {
    for (counts, effect) in EFFECTS {
        let policy = counting(None, Some(counts));
        assert_eq!(read(&opened(Action::ReadFile, "*"), &policy).effect, effect);
        assert_eq!(write(&opened(Action::WriteFile, "*"), &policy).effect, Effect::RequireApproval);
    }
}

#[test]
fn a_star_in_a_target_that_is_known_is_a_letter() {
    let finding = read(&request(Action::ReadFile, "config/*", Context::default()), &policy());
    assert_eq!(answer(&finding), (Effect::Allow, RuleId::FilesystemReadAllow));
}

#[test]
fn a_volume_that_folds_case_folds_what_is_known_in_part_and_the_files_of_folders() {
    for context in [
        Context { open_target: true, folds_case: true, ..Context::default() },
        Context { tree: vec!["APP/.ENV".into()], folds_case: true, ..Context::default() },
    ] {
        let finding = read(&request(Action::ReadFile, "CONFIG/.E*", context.clone()), &policy());
        assert_eq!(finding.effect, Effect::RequireApproval, "{context:?}");
    }
}
