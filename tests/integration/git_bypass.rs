//! How an agent defeats git's hooks, and what the shell says to each of the ways: `git.hook_bypass`.

use serde_json::Value;

use crate::sandbox::Sandbox;

fn asked(sandbox: &Sandbox, text: &str) -> (String, Vec<String>) {
    let outcome = sandbox.run(["check", "command", "--json", "--", text]);
    let told: Value =
        serde_json::from_str(&outcome.stdout).unwrap_or_else(|_| panic!("{text}: {}", outcome.stderr));
    let rules = told["parts"].as_array().map(Vec::as_slice).unwrap_or_default();
    let rules = rules.iter().map(|part| part["rule_id"].as_str().expect("a rule").to_owned()).collect();
    (told["decision"]["rule_id"].as_str().or(told["rule_id"].as_str()).expect("a rule").to_owned(), rules)
}

fn repository() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.run_program("git", ["init", "--quiet", "-b", "topic"]).exit(0);
    sandbox
}

/// The rows of the table that the shell closes, in the forms that a person or an agent would type.
const BYPASSES: &[&str] = &[
    // commit -n and its kin
    "git commit --no-verify -m x",
    "git commit --no-veri -m x",
    "git commit -n -m x",
    "git commit -anm x",
    "git commit -qanm x",
    "git merge --no-verify x",
    "git am --no-verify p",
    "git am -n p",
    "git rebase --no-verify x",
    "git pull --no-verify",
    // push
    "git push --no-verify origin x",
    "git push --no-veri origin x",
    "sudo git push --no-verify",
    "cd sub && git push --no-verify",
    "bash -c 'git commit -n -m x'",
    // settings for this once
    "git -c core.hooksPath=/dev/null push origin x",
    "git -c CORE.HOOKSPATH= commit -m x",
    "git -c include.path=f commit -m x",
    "git -c includeIf.gitdir:/.path=f commit -m x",
    "git --config-env=core.hooksPath=VAR commit -m x",
    "git --config-env core.hooksPath=VAR commit -m x",
    "GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0=/dev/null git commit -m x",
    "GIT_CONFIG_PARAMETERS=\"'core.hooksPath=/dev/null'\" git commit -m x",
    "export GIT_CONFIG_COUNT=1; git commit -m x",
    "env GIT_CONFIG_COUNT=1 git commit -m x",
    // settings that stay
    "git config core.hooksPath /dev/null",
    "git config --global core.hooksPath /dev/null",
    "git config set core.hooksPath /dev/null",
    "git config --unset core.hooksPath",
    "git config unset core.hooksPath",
    "git config --worktree core.hooksPath x",
    "git config extensions.worktreeConfig true",
    "git config include.path /tmp/f",
    "git config --edit",
    "git config edit",
    "echo '[core] hooksPath = /x' >> .git/config",
    "sed -i s/a/b/ .git/config",
    // hooks in the settings
    "git -c hook.anchor.enabled=false commit -m x",
    "git -c hook.cavra-pre-commit.event= commit -m x",
    "git -c hook.cavra-pre-commit.command=true commit -m x",
    "git -c hook.pre-commit.enabled=false commit -m x",
    "git config hook.cavra-pre-commit.enabled false",
    "git config --remove-section hook.cavra-pre-commit",
    "git config remove-section hook.cavra-pre-commit",
    // other files of settings
    "HOME=/nonexistent git commit -m x",
    "XDG_CONFIG_HOME=/x git commit -m x",
    "GIT_CONFIG_GLOBAL=/dev/null git commit -m x",
    "GIT_CONFIG_NOSYSTEM=1 git commit -m x",
    "GIT_CONFIG_SYSTEM=/dev/null git commit -m x",
    // the hook files
    "rm .git/hooks/pre-commit",
    "rm -rf .git/hooks",
    "chmod -x .git/hooks/pre-commit",
    "mv .git/hooks .git/x",
    "cp x .git/hooks/pre-commit",
    "ln -sf /dev/null .git/hooks/pre-push",
    // aliases
    "git -c alias.ci='commit --no-verify' ci -m x",
    "git -c alias.cj='!git commit -n' cj -m x",
    "git config alias.ci 'commit --no-verify'",
    "git config --global alias.ci '!git commit -n'",
    // refs past git
    "echo 1234 > .git/refs/heads/x",
    "tee .git/packed-refs < x",
    "git update-ref refs/remotes/origin/main x",
    "git fetch . x:refs/remotes/origin/y",
    // other ways to push
    "git send-pack /tmp/x main",
    "git http-push https://x main",
    "git push --exec=/tmp/x /tmp/y x",
    "git push --receive-pack='git -c core.hooksPath=/dev/null receive-pack' /tmp/x topic",
    "git bundle create /tmp/b topic",
    "git -c url./tmp/x.insteadOf=https://good push origin x",
    "git config url.x.insteadOf y",
    "git -c remote.origin.pushurl=/tmp/x push origin x",
    "git -c core.sshCommand=/tmp/x push origin x",
    "GIT_SSH_COMMAND=/tmp/x git push origin x",
    // another repository, another git
    "GIT_DIR=/tmp/x git commit -m x",
    "git --git-dir=/tmp/x push origin x",
    "git --git-dir /tmp/x push origin x",
    "GIT_COMMON_DIR=/x git commit -m x",
    "GIT_EXEC_PATH=/x git commit -m x",
    "git --exec-path=/x commit -m x",
    "GIT_TEMPLATE_DIR=/x git clone y",
    // hook managers
    "LEFTHOOK=0 git commit -m x",
    "LEFTHOOK_BIN=/bin/true git commit -m x",
    "HUSKY=0 git commit -m x",
    "SKIP=cavra git commit -m x",
    "PRE_COMMIT_ALLOW_NO_CONFIG=1 git commit -m x",
    "SKIP_SIMPLE_GIT_HOOKS=1 git commit -m x",
    "HK=0 git push",
];

/// What looks like one and is none.
const OTHERS: &[&str] = &[
    "git commit -m x",
    "git commit -m -n",
    "git commit -am -n",
    "git commit -m 'explain --no-verify'",
    "git commit --no-edit --amend",
    "git push -n origin x",
    "git push origin topic",
    "git merge -n x",
    "git merge --no-ff x",
    "git cherry-pick -n x",
    "git revert -n x",
    "git rebase -n x",
    "git log -n 3",
    "git commit -n --verify -m x",
    "git push --no-verify --verify origin x",
    "git config user.name x",
    "git config --get core.hooksPath",
    "git config get core.hooksPath",
    "git config alias.ci 'commit -v'",
    "git -c user.name=x commit -m x",
    "git -c alias.st='status -s' st",
    "GIT_DIR=.git git status",
    "GIT_AUTHOR_NAME=x git commit -m x",
    "HUSKY=1 git commit -m x",
    "HUSKY=0 npm ci",
    "echo x >> .git/info/exclude",
    "cat .git/config",
    "ls .git/hooks",
    "git fetch origin",
    "git bundle verify x",
    "git update-ref refs/heads/x HEAD",
    "rm -rf x/.git",
];

#[test]
fn every_way_around_the_hooks_is_blocked_by_its_rule() {
    let sandbox = repository();
    for text in BYPASSES {
        let (rule, rules) = asked(&sandbox, text);
        assert!(
            rule == "git.hook_bypass" || rules.iter().any(|rule| rule == "git.hook_bypass"),
            "{text}: {rule}, {rules:?}"
        );
        let outcome = sandbox.run(["check", "command", "--", text]);
        assert_eq!(outcome.code, Some(20), "{text}: {}", outcome.stdout);
    }
}

#[test]
fn what_only_looks_like_one_is_none() {
    let sandbox = repository();
    for text in OTHERS {
        let (rule, rules) = asked(&sandbox, text);
        assert!(
            rule != "git.hook_bypass" && rules.iter().all(|rule| rule != "git.hook_bypass"),
            "{text}: {rule}, {rules:?}"
        );
    }
}

#[test]
fn a_branch_that_is_renamed_or_set_by_name_is_judged_as_a_hook_could_not() {
    let sandbox = repository().user_policy(
        "metadata: {id: house, version: '1', title: House}\ncommands: {default: allow}\n\
         git: {protected_branches: [main, 'release/*'], block_commit_to_protected_branch: true}\n",
    );
    for text in [
        "git branch -m topic main",
        "git branch -M main",
        "git branch -f main topic",
        "git branch -c topic release/1",
        "git branch -D main",
        "git update-ref refs/heads/main topic",
        "git update-ref -d refs/heads/main",
    ] {
        assert_eq!(asked(&sandbox, text).0, "git.protected_branch.block_commit", "{text}");
    }
    for text in
        ["git branch -m topic other", "git branch -d topic", "git branch main2", "git branch --list main"]
    {
        assert_eq!(sandbox.run(["check", "command", "--", text]).code, Some(0), "{text}");
    }
}
