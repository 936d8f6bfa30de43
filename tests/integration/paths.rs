//! Paths in all their spellings, on a real disk.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use cavra::contract::{Action, Cause, Request};
use cavra::intercept::path::{self, Spelled};
use cavra::intercept::{self, Surroundings};
use similar_asserts::assert_eq;

use crate::sandbox::Sandbox;

/// A repository `work/r` with a few files, and its surroundings.
fn repository() -> (Sandbox, Surroundings) {
    let machine = Sandbox::new();
    for file in ["work/r/.git/HEAD", "work/r/.env", "work/r/config/app.toml"] {
        machine.write(file, "x");
    }
    let surroundings = Surroundings::of(machine.path("work/r"));
    assert_eq!(surroundings.repo.as_deref(), Some(machine.path("work/r").as_path()));
    (machine, surroundings)
}

/// The spellings, with the repository's folder called `R`.
fn spelled(given: &str, machine: &Sandbox, surroundings: &Surroundings) -> Spelled {
    let top = machine.path("work/r").to_str().expect("a path").to_owned();
    let mut found = path::spell(Path::new(&given.replace("R/", &format!("{top}/"))), surroundings);
    for spelling in &mut found.spellings {
        *spelling = spelling.replace(&top, "R");
    }
    found.spellings.sort();
    found
}

#[test]
fn a_place_that_a_request_claims_takes_nothing_away_from_the_real_one() {
    let machine = Sandbox::new();
    let policy = machine.write(
        "policy.json",
        r#"{"metadata":{"id":"t","version":"1"},"filesystem":{"block_write":[".env"]},"commands":{"default":"allow"}}"#,
    );
    machine.write("work/.env", "");
    symlink(".env", machine.path("work/y")).expect("a link");
    let policy = policy.to_str().expect("a path");
    for (action, target) in [("write_file", "y"), ("execute_command", "ls > y")] {
        let request =
            serde_json::json!({"action_type": action, "target": target, "context": {"cwd": "/nonexistent"}});
        let outcome = machine.run_with(["evaluate", "--policy", policy], request.to_string());
        let answer: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("an answer");
        similar_asserts::assert_eq!(answer["decision"], "block", "{action}: {outcome:?}");
    }
}

#[test]
fn every_way_to_write_a_path_is_told() {
    let (machine, surroundings) = repository();
    for given in
        ["./.env", "config/../.env", "R/.env", ".//.env", "R/config/./../.env", ".env/", "missing/../.env"]
    {
        let found = spelled(given, &machine, &surroundings);
        let all: Vec<_> = [".env", "./.env", "R/.env"].into_iter().filter(|name| *name != given).collect();
        for name in all {
            assert!(found.spellings.contains(&name.to_owned()), "{given}: {found:?}");
        }
        assert_eq!(found.unresolved, []);
    }
    assert_eq!(spelled(".env", &machine, &surroundings).spellings, ["./.env", "R/.env"]);
}

#[test]
fn a_path_is_relative_to_the_repository_and_to_the_working_directory() {
    let (machine, mut surroundings) = repository();
    surroundings.cwd = machine.path("work/r/config");
    assert_eq!(
        spelled("../new/a.pem", &machine, &surroundings).spellings,
        ["./../new/a.pem", "./a.pem", "./new/a.pem", "R/new/a.pem", "a.pem", "new/a.pem"]
    );
}

#[test]
fn links_are_followed_to_what_is_there_and_to_what_is_not_yet() {
    let (machine, surroundings) = repository();
    let top = machine.path("work/r");
    symlink(".env", top.join("notes")).expect("a link");
    symlink("config", top.join("alias")).expect("a link");
    symlink("secret.key", top.join("dangling")).expect("a link");
    symlink(machine.path("work/r"), machine.path("work/other")).expect("a link");
    let tells = |given: &str, name: &str| {
        let found = spelled(given, &machine, &surroundings);
        assert!(found.spellings.contains(&name.to_owned()), "{given}: {found:?}");
    };
    tells("notes", ".env");
    tells("alias/app.toml", "config/app.toml");
    tells("alias/new/file", "config/new/file");
    tells("alias/../.env", ".env");
    tells("dangling", "secret.key");
    tells("../other/.env", "./.env");
}

#[test]
fn a_circle_of_links_is_unresolved() {
    let (machine, surroundings) = repository();
    symlink("circle", machine.path("work/r/circle")).expect("a link");
    let found = spelled("circle/x", &machine, &surroundings);
    assert_eq!(found.unresolved.iter().map(|part| part.cause).collect::<Vec<_>>(), [Cause::Limit]);
}

#[test]
fn forty_links_are_followed_and_one_more_is_not() {
    let (machine, surroundings) = repository();
    for number in 0..41 {
        let target = if number == 0 { ".env".to_owned() } else { format!("l{}", number - 1) };
        symlink(target, machine.path(format!("work/r/l{number}"))).expect("a link");
    }
    assert!(spelled("l39", &machine, &surroundings).spellings.contains(&".env".to_owned()));
    assert_eq!(spelled("l40", &machine, &surroundings).unresolved.len(), 1);
}

#[test]
fn a_hard_link_tells_the_files_other_names() {
    let (machine, surroundings) = repository();
    fs::hard_link(machine.path("work/r/.env"), machine.path("work/r/config/notes.txt")).expect("a link");
    let found = spelled("config/notes.txt", &machine, &surroundings);
    assert!(found.spellings.contains(&".env".to_owned()), "{found:?}");
    assert_eq!(found.unresolved, []);
}

#[test]
fn a_name_that_is_not_found_is_unresolved() {
    let (machine, surroundings) = repository();
    fs::hard_link(machine.path("work/r/.env"), machine.path("home/elsewhere")).expect("a link");
    let found = spelled(".env", &machine, &surroundings);
    assert_eq!(found.unresolved.iter().map(|part| part.cause).collect::<Vec<_>>(), [Cause::HardLink]);
}

#[test]
fn the_requests_own_folder_counts() {
    let (machine, _) = repository();
    let mut asked = Request::new(Action::ReadFile, "../.env");
    asked.context.get_or_insert_default().cwd =
        machine.path("work/r/config").to_str().expect("a path").to_owned();
    let event = intercept::request(asked, &Surroundings::default());
    assert!(event.subject().spellings().contains(&".env".to_owned()), "{:?}", event.subject());
}

#[test]
fn nothing_that_a_path_may_hold_is_trouble() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let (_machine, surroundings) = repository();
    for bytes in [
        &b"\xff\xfe/.env"[..],
        b"a\0b/.env",
        b"\n/.env",
        "e\u{301}/.env".as_bytes(),
        b"/../../.env",
        b"//.env",
    ] {
        let found = path::spell(Path::new(OsStr::from_bytes(bytes)), &surroundings);
        assert!(found.spellings.contains(&".env".to_owned()), "{found:?}");
    }
    for given in ["/", ".", "..", "//", "./", "../../../../../../../../.."] {
        assert_eq!(path::spell(Path::new(given), &surroundings).unresolved, [], "{given}");
    }
}
