//! Approvals at a seam: what a person signs lets the very same action through, and nothing else does.

use std::fs;
use std::path::PathBuf;

use crate::sandbox::{Outcome, Sandbox};

/// A machine with people's keys, and a policy that asks about every command and names who may approve.
pub(crate) struct Office {
    pub(crate) sandbox: Sandbox,
}

impl Office {
    pub(crate) fn new(signers: &[&str], more: &str) -> Self {
        let sandbox = Sandbox::new();
        for name in ["ann", "ben", "eve"] {
            let key = sandbox.path(format!("keys/{name}"));
            fs::create_dir_all(key.parent().unwrap()).unwrap();
            let key = key.to_str().unwrap();
            sandbox
                .run_program("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", key])
                .exit(0);
        }
        let office = Self { sandbox };
        let lines: Vec<String> = signers.iter().map(|name| office.line(name)).collect();
        office.policy(&format!(
            "approvals:\n  groups:\n    Owners:\n      signers: [{}]\n{more}",
            lines.iter().map(|line| format!("'{line}'")).collect::<Vec<_>>().join(", ")
        ));
        office
    }

    pub(crate) fn policy(&self, approvals: &str) {
        self.sandbox.write(
            "home/.config/cavra/policy.yaml",
            format!(
                "metadata: {{id: house, version: '1', title: House}}\n\
                 commands: {{default: require_approval, allow: ['true'], block: ['rocket*']}}\n{approvals}"
            ),
        );
    }

    /// The line of a signer; `name=key` for one by another's key.
    pub(crate) fn line(&self, who: &str) -> String {
        let (name, key) = who.split_once('=').unwrap_or((who, who));
        let public = self.sandbox.read(format!("keys/{key}.pub"));
        let mut words = public.split(' ');
        format!("{name} {} {}", words.next().unwrap(), words.next().unwrap())
    }

    pub(crate) fn key(&self, name: &str) -> String {
        self.sandbox.path(format!("keys/{name}")).to_str().unwrap().to_owned()
    }

    /// Does what is asked about.
    pub(crate) fn touch(&self, name: &str) -> Outcome {
        self.sandbox.run(["exec", "--", "touch", name])
    }

    /// The ids of what waits.
    pub(crate) fn waiting(&self) -> Vec<String> {
        let listed = self.sandbox.run(["approvals", "--json"]).exit(0).stdout;
        let listed: Vec<serde_json::Value> = serde_json::from_str(&listed).unwrap();
        listed.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    }

    /// Does it, which is refused, and gives the id that the refusal names.
    pub(crate) fn asked(&self, name: &str) -> String {
        let refused = self.touch(name).exit(126);
        let at = refused.stderr.find("cavra approve apr_").expect("the refusal names the command");
        let id = refused.stderr[at + "cavra approve ".len()..].split('`').next().unwrap().to_owned();
        assert!(self.waiting().contains(&id));
        id
    }

    pub(crate) fn approve(&self, id: &str, key: &str, more: &[&str]) -> Outcome {
        let key = self.key(key);
        let mut args = vec!["approve", id, "--yes", "--key", &key];
        args.extend(more);
        self.sandbox.run(args)
    }

    fn folder(&self) -> PathBuf {
        self.sandbox.path("home/.local/state/cavra/approvals")
    }

    fn grants(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.folder().join("grants")).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    }
}

#[test]
fn what_was_approved_goes_through_once_and_is_recorded() {
    let office = Office::new(&["ann"], "");
    let id = office.asked("marker");
    assert_eq!(office.asked("marker"), id, "the same action waits once");
    office.approve(&id, "ann", &[]).exit(0);
    let ran = office.touch("marker").exit(0);
    assert!(ran.stderr.contains("allowed"), "{}", ran.stderr);
    assert!(office.sandbox.path("work/marker").exists());
    let records = office.sandbox.evidence();
    let record = records.last().unwrap();
    assert_eq!(record["verdict"]["decision"], "allow");
    assert_eq!(record["verdict"]["base_decision"], "require_approval");
    assert_eq!(record["verdict"]["rule_id"], "approval.granted");
    assert_eq!(record["approval"]["id"], id.as_str());
    assert_eq!(record["approval"]["state"], "signed");
    assert_eq!(record["approval"]["by"][0], "ann");
    let answer = records.iter().find(|record| record["kind"] == "answer").expect("the answer is recorded");
    assert_eq!(answer["answer"]["what"], "approve");
    office.touch("marker").exit(126);
    office.sandbox.run(["evidence", "verify"]).exit(0);
}

#[test]
fn it_may_be_granted_for_more_than_once() {
    let office = Office::new(&["ann"], "");
    let id = office.asked("a");
    office.approve(&id, "ann", &["--uses", "2"]).exit(0);
    office.touch("a").exit(0);
    office.touch("a").exit(0);
    office.touch("a").exit(126);
    let id = office.asked("b");
    office.approve(&id, "ann", &["--until", "1h"]).exit(0);
    for _ in 0..3 {
        office.touch("b").exit(0);
    }
    office.sandbox.write("clock", "2026-11-23T10:31:00Z");
    office.touch("b").exit(126);
    let id = office.asked("c");
    office.approve(&id, "ann", &["--session"]).exit(0);
    for _ in 0..3 {
        office.touch("c").exit(0);
    }
    office.approve(&id, "ann", &["--until", "25h"]).exit(2);
    office.approve(&id, "ann", &["--uses", "0"]).exit(2);
}

#[test]
fn a_grant_covers_nothing_but_what_it_was_made_for() {
    let office = Office::new(&["ann"], "");
    let id = office.asked("marker");
    office.approve(&id, "ann", &["--uses", "9"]).exit(0);
    office.touch("other").exit(126);
    office.sandbox.run(["exec", "--", "touch", "marker", "other"]).exit(126);
    office.sandbox.run(["shell", "-c", "touch marker"]).exit(126);
    let office = Office { sandbox: office.sandbox.cd("elsewhere") };
    office.touch("marker").exit(126);
    let office = Office { sandbox: office.sandbox.cd("work") };
    office.touch("marker").exit(0);
    let policy = office.sandbox.read("home/.config/cavra/policy.yaml");
    office.sandbox.write("home/.config/cavra/policy.yaml", format!("{policy}\n# another text\n"));
    office.touch("marker").exit(126);
    office.sandbox.write("home/.config/cavra/policy.yaml", policy);
    office.touch("marker").exit(0);
}

#[test]
fn what_is_blocked_waits_for_nobody() {
    let office = Office::new(&["ann"], "");
    office.sandbox.run(["exec", "--", "rocket", "launch"]).exit(126);
    assert_eq!(office.waiting(), Vec::<String>::new());
}

#[test]
fn whoever_only_asks_uses_nothing_up_and_keeps_nobody_waiting() {
    let office = Office::new(&["ann"], "");
    office.sandbox.run(["check", "--record", "command", "touch marker"]).exit(10);
    assert_eq!(office.waiting(), Vec::<String>::new());
    let id = office.asked("marker");
    office.approve(&id, "ann", &[]).exit(0);
    office.sandbox.run(["check", "--record", "command", "touch marker"]).exit(10);
    office.touch("marker").exit(0);
}

#[test]
fn a_stranger_a_revoked_key_and_one_that_asks_approve_nothing() {
    for (signers, more) in [
        (&["ann"][..], ""),
        (&["ann", "eve"][..], "  revoked: [EVE]\n"),
        // The one who asks has that name.
        (&["ann", "ai-agent=eve"][..], ""),
    ] {
        let office = Office::new(&["ann"], "");
        let fingerprint = office.line("eve");
        let fingerprint = fingerprint.split_once(' ').unwrap().1;
        let lines: Vec<String> = signers.iter().map(|who| format!("'{}'", office.line(who))).collect();
        office.policy(&format!(
            "approvals:\n  groups:\n    Owners: {{signers: [{}]}}\n{}",
            lines.join(", "),
            more.replace("EVE", &format!("'{fingerprint}'"))
        ));
        let id = office.asked("marker");
        // What the command line refuses, a file may still bring.
        let line = office.sandbox.run(["approvals", "show", &id, "--line"]).exit(0).stdout;
        let grant = office.approve(line.trim(), "eve", &["--export"]).exit(0).stdout;
        office.sandbox.run(["approve", "--import", grant.trim()]).exit(0);
        office.touch("marker").exit(126);
        assert!(!office.sandbox.path("work/marker").exists(), "{signers:?}");
    }
}

#[test]
fn two_must_be_two_persons_with_two_keys() {
    let office = Office::new(&["ann", "ben"], "      minimum: 2\n");
    let id = office.asked("marker");
    office.approve(&id, "ann", &[]).exit(0);
    office.touch("marker").exit(126);
    office.approve(&id, "ann", &[]).exit(0);
    office.touch("marker").exit(126);
    office.approve(&id, "ben", &[]).exit(0);
    office.touch("marker").exit(0);
    for signers in [["ann=ann", "ann=ben"], ["ann=ann", "ben=ann"]] {
        let office = Office::new(&signers, "      minimum: 2\n");
        let id = office.asked("marker");
        office.approve(&id, "ann", &[]).exit(0);
        let _ = office.approve(&id, "ben", &[]);
        office.touch("marker").exit(126);
    }
}

#[test]
fn a_grant_that_was_altered_in_any_way_is_none() {
    let office = Office::new(&["ann"], "");
    let id = office.asked("marker");
    office.approve(&id, "ann", &["--until", "1h"]).exit(0);
    let path = office.grants().pop().unwrap();
    let whole = fs::read_to_string(&path).unwrap();
    let step = whole.len() / 60 + 1;
    for place in (0..whole.len()).step_by(step) {
        let mut bytes = whole.clone().into_bytes();
        bytes[place] ^= 1;
        fs::write(&path, bytes).unwrap();
        office.touch("marker").exit(126);
    }
    fs::write(&path, whole.replace("until\\\":", "until\\\":9")).unwrap();
    office.touch("marker").exit(126);
    fs::write(&path, &whole).unwrap();
    office.touch("marker").exit(0);
    // Another name makes no other grant of it.
    fs::write(path.with_file_name("grt_000000000000000000000000.json"), &whole).unwrap();
    office.touch("marker").exit(0);
}

#[test]
fn a_grant_that_was_used_stays_used_when_its_count_is_removed() {
    let office = Office::new(&["ann"], "");
    let id = office.asked("marker");
    office.approve(&id, "ann", &[]).exit(0);
    let path = office.grants().pop().unwrap();
    let whole = fs::read(&path).unwrap();
    office.touch("marker").exit(0);
    fs::remove_dir_all(office.folder()).unwrap();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, whole).unwrap();
    office.touch("marker").exit(126);
}

#[test]
fn an_approval_and_a_signature_end() {
    let office = Office::new(&["ann"], "  ttl: 1h\n");
    let id = office.asked("marker");
    office.approve(&id, "ann", &["--session"]).exit(0);
    office.sandbox.write("clock", "2026-11-23T10:29:59Z");
    office.touch("marker").exit(0);
    office.sandbox.write("clock", "2026-11-23T10:30:00Z");
    office.touch("marker").exit(126);
    office.sandbox.write("clock", "2026-11-23T08:00:00Z");
    office.touch("marker").exit(126);
    let office = Office::new(&[], "");
    let line = office.line("ann").replacen("ann ", "ann valid-before=\"20261123Z\" ", 1);
    office.policy(&format!("approvals:\n  groups:\n    Owners: {{signers: ['{line}']}}\n"));
    let id = office.asked("marker");
    office.approve(&id, "ann", &[]).exit(1);
    office.touch("marker").exit(126);
}

#[test]
fn a_signature_for_something_else_grants_nothing() {
    let office = Office::new(&["ann"], "");
    let id = office.asked("marker");
    office.approve(&id, "ann", &[]).exit(0);
    let path = office.grants().pop().unwrap();
    let stored: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let text = office.sandbox.write("statement", stored["text"].as_str().unwrap());
    let key = office.key("ann");
    for (namespace, code) in [("cavra-policy", 126), ("file", 126), ("cavra-approval", 0)] {
        let _ = fs::remove_file(text.with_extension("sig"));
        let text = text.to_str().unwrap();
        office
            .sandbox
            .run_program("ssh-keygen", ["-Y", "sign", "-q", "-n", namespace, "-f", &key, text])
            .exit(0);
        let signature = office.sandbox.read("statement.sig");
        let forged = serde_json::json!({ "text": stored["text"], "signature": signature });
        fs::write(&path, forged.to_string()).unwrap();
        office.touch("marker").exit(code);
    }
}

#[test]
fn what_waits_is_shown_as_it_is_or_not_at_all() {
    let office = Office::new(&["ann"], "");
    let id = office.asked("marker");
    let path = office.folder().join("asks").join(format!("{id}.json"));
    let whole = fs::read_to_string(&path).unwrap();
    fs::write(&path, whole.replace("touch marker", "touch harmless")).unwrap();
    let refused = office.approve(&id, "ann", &[]).exit(1);
    assert!(refused.stderr.contains("it was changed since it was asked"), "{}", refused.stderr);
    office.touch("marker").exit(126);
    office.approve(&id, "ann", &[]).exit(0);
}

#[test]
fn a_denial_is_told_and_takes_back_what_was_granted() {
    let office = Office::new(&["ann"], "");
    let id = office.asked("marker");
    office.approve(&id, "ann", &["--session"]).exit(0);
    office.touch("marker").exit(0);
    office.sandbox.run(["deny", &id, "--reason", "not today"]).exit(0);
    let refused = office.touch("marker").exit(126);
    assert!(refused.stderr.contains("denied it: not today"), "{}", refused.stderr);
    office.sandbox.run(["deny", &id]).exit(2);
    office.sandbox.run(["deny", &id, "--reason", " "]).exit(2);
}

#[test]
fn a_grant_travels_as_one_line_and_counts_on_one_machine() {
    let office = Office::new(&["ann"], "");
    let id = office.asked("marker");
    let line = office.sandbox.run(["approvals", "show", &id, "--line"]).exit(0).stdout;
    let grant = office.approve(line.trim(), "ann", &["--export"]).exit(0).stdout;
    office.touch("marker").exit(126);
    office.sandbox.run_with(["approve", "--import", "-"], &grant).exit(0);
    office.touch("marker").exit(0);
    office.sandbox.run_with(["approve", "--import", "-"], &grant).exit(0);
    office.touch("marker").exit(126);
    for bad in ["", "cavra-grant-1:", "cavra-grant-1:AAAA", "cavra-ask-1:AAAA", "nonsense"] {
        office.sandbox.run_with(["approve", "--import", "-"], bad).exit(1);
    }
}

#[test]
fn a_project_names_no_signers() {
    let office = Office::new(&["ann"], "");
    let eve = office.line("eve");
    office.sandbox.write("work/.git/HEAD", "ref: refs/heads/main\n");
    for group in ["Owners", "Repository Owners", "Break Glass"] {
        office.sandbox.write(
            "work/.cavra/policy.yaml",
            format!(
                "metadata: {{id: own, version: '1', title: Own}}\napprovals:\n  groups:\n    {group}: {{signers: ['{eve}']}}\n"
            ),
        );
        let refused = office.touch("marker").exit(126);
        assert!(refused.stderr.contains("policy.unusable"), "{group}: {}", refused.stderr);
    }
}

#[test]
fn without_signers_nothing_grave_and_nothing_in_a_file_is_approved() {
    let office = Office::new(&[], "");
    office.policy("");
    let id = office.asked("marker");
    let refused = office.sandbox.run(["approve", &id, "--yes"]).exit(1);
    assert!(refused.stderr.contains("nothing shows that a person is here"), "{}", refused.stderr);
    let line = office.sandbox.run(["approvals", "show", &id, "--line"]).exit(0).stdout;
    let grant = office.approve(line.trim(), "ann", &["--export"]).exit(0).stdout;
    office.sandbox.run(["approve", "--import", grant.trim()]).exit(0);
    office.touch("marker").exit(126);
}

#[test]
fn a_terminal_that_something_else_made_is_no_persons() {
    let office = Office::new(&[], "");
    office.policy("");
    let id = office.asked("marker");
    let cavra = crate::sandbox::CAVRA;
    let approve = format!("{cavra} approve {id}");
    let log = office.sandbox.path("log");
    let log = log.to_str().unwrap();
    let typed = office.sandbox.command("script").args(["-qec", &approve, log]).output().unwrap();
    assert!(!typed.status.success());
    let typed =
        office.sandbox.command("setsid").args(["-w", "script", "-qec", &approve, log]).output().unwrap();
    assert!(!typed.status.success());
    let told = office.sandbox.read("log");
    assert!(told.contains("nothing shows that a person is here"), "{told}");
    office.touch("marker").exit(126);
}

#[test]
fn of_many_who_try_at_once_one_gets_through() {
    let office = Office::new(&["ann"], "");
    let id = office.asked("marker");
    office.approve(&id, "ann", &[]).exit(0);
    let ran: Vec<bool> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..8).map(|_| scope.spawn(|| office.touch("marker").code == Some(0))).collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(ran.into_iter().filter(|ran| *ran).count(), 1);
}

#[test]
fn what_is_asked_cannot_act_on_the_terminal_of_who_is_asked() {
    let office = Office::new(&["ann"], "");
    let _ = office
        .sandbox
        .run(["exec", "--", "touch", "\u{1b}]0;harmless\u{7}\u{202e}x\r\nwhat: true"])
        .exit(126);
    for args in [&["approvals"][..], &["approvals", "show", &office.waiting()[0]][..]] {
        let told = office.sandbox.run(args).exit(0).stdout;
        assert!(!told.contains(['\u{1b}', '\u{202e}', '\r', '\u{7}']), "{told:?}");
        assert!(!told.contains("\nwhat: true"), "{told:?}");
    }
}

#[test]
fn a_folder_of_approvals_that_is_not_ones_own_approves_nothing() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let office = Office::new(&["ann"], "");
    let id = office.asked("marker");
    office.approve(&id, "ann", &["--session"]).exit(0);
    office.touch("marker").exit(0);
    let folder = office.folder();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
    office.touch("marker").exit(126);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    office.touch("marker").exit(0);
    let moved = folder.with_file_name("moved");
    fs::rename(&folder, &moved).unwrap();
    symlink(&moved, &folder).unwrap();
    office.touch("marker").exit(126);
    fs::remove_file(&folder).unwrap();
    fs::rename(&moved, &folder).unwrap();
    let grant = office.grants().pop().unwrap();
    fs::rename(&grant, office.sandbox.path("grant")).unwrap();
    symlink(office.sandbox.path("grant"), &grant).unwrap();
    office.touch("marker").exit(126);
}

#[test]
fn ids_are_no_paths() {
    let office = Office::new(&["ann"], "");
    office.asked("marker");
    for id in ["../lock", "apr_../../../../x", "", "a", "apr_", "grt_/../x", "apr_0000000000000000"] {
        for command in ["approve", "deny"] {
            let args: &[&str] =
                if command == "deny" { &["deny", id, "--reason", "x"] } else { &["approve", id, "--yes"] };
            assert_ne!(office.sandbox.run(args).code, Some(0), "{command} {id}");
        }
    }
}

#[test]
fn a_denial_that_cannot_be_read_grants_nothing() {
    let office = Office::new(&["ann"], "");
    let id = office.asked("marker");
    office.approve(&id, "ann", &["--session"]).exit(0);
    office.touch("marker").exit(0);
    office.sandbox.run(["deny", &id, "--reason", "no"]).exit(0);
    fs::write(office.folder().join("denied").join(format!("{id}.json")), "{").unwrap();
    office.touch("marker").exit(126);
}

#[test]
fn a_grant_in_the_name_of_another_group_is_not_enough() {
    let office = Office::new(&["ann"], "");
    let (ann, ben) = (office.line("ann"), office.line("ben"));
    office.policy(&format!(
        "filesystem: {{require_approval_write: ['ci/**']}}\napprovals:\n  groups:\n    Platform Security: {{signers: ['{ben}']}}\n    Repository Owners: {{signers: ['{ann}']}}\n"
    ));
    let go = || office.sandbox.run(["shell", "-c", "mkdir -p ci; touch ci/x"]);
    let refused = go().exit(126);
    assert!(refused.stderr.contains("Platform Security and Repository Owners"), "{}", refused.stderr);
    let id = office.waiting().pop().unwrap();
    office.approve(&id, "ann", &[]).exit(0);
    go().exit(126);
    office.approve(&id, "ben", &[]).exit(0);
    go().exit(0);
}

#[test]
fn a_denial_counts_even_where_its_file_is_removed() {
    let office = Office::new(&["ann"], "");
    let id = office.asked("marker");
    office.approve(&id, "ann", &["--session"]).exit(0);
    office.sandbox.run(["deny", &id, "--reason", "no"]).exit(0);
    fs::remove_dir_all(office.folder().join("denied")).unwrap();
    office.touch("marker").exit(126);
    office.approve(&id, "ann", &[]).exit(0);
    office.touch("marker").exit(0);
}

#[test]
fn code_that_was_changed_since_and_a_program_from_elsewhere_are_not_what_was_approved() {
    let office = Office::new(&["ann"], "");
    office.sandbox.write("work/build.py", "print('good')\n");
    let go = |path: &str| {
        let mut command = office.sandbox.command(crate::sandbox::CAVRA);
        command.args(["exec", "--", "python3", "build.py"]).env("PATH", path);
        command.output().unwrap().status.code()
    };
    let path = "/usr/local/bin:/usr/bin:/bin";
    assert_eq!(go(path), Some(126));
    let id = office.waiting().pop().unwrap();
    office.approve(&id, "ann", &["--uses", "5"]).exit(0);
    assert_eq!(go(path), Some(0));
    office.sandbox.write("work/build.py", "print('bad')\n");
    assert_eq!(go(path), Some(126));
    office.sandbox.write("work/build.py", "print('good')\n");
    assert_eq!(go(&format!("{}:{path}", office.sandbox.path("work").display())), Some(126));
    assert_eq!(go(path), Some(0));
}

#[test]
fn what_is_always_approved_is_told() {
    let office = Office::new(&["ann"], "");
    for name in ["a", "b", "c"] {
        let id = office.asked(name);
        office.approve(&id, "ann", &[]).exit(0);
        office.touch(name).exit(0);
    }
    let told = office.sandbox.run(["policy", "suggest", "--evidence"]).exit(0).stdout;
    assert!(told.contains("persons approved 3 of 3: always"), "{told}");
}
