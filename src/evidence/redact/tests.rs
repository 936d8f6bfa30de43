use std::time::Instant;

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn clean(text: &str) -> String {
    Redactor::new(None).text(text).get().clone()
}

fn clean_value(value: Value) -> Value {
    Redactor::new(None).value(value).get().clone()
}

/// So many characters of a kind that secrets are made of, different each, made here so that no text of this file has
/// the shape of a secret.
fn random(alphabet: &str, count: usize) -> String {
    let alphabet: Vec<char> = alphabet.chars().collect();
    (0..count).map(|place| alphabet[(place * 7 + 3 + place / alphabet.len()) % alphabet.len()]).collect()
}

const MIXED: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

fn known_shapes() -> Vec<(String, &'static str)> {
    let mixed = |prefix: &str, count| format!("{prefix}{}", random(MIXED, count));
    vec![
        (format!("AKIA{}", random(UPPER, 16)), "aws"),
        (format!("ASIA{}", random(UPPER, 16)), "aws"),
        (mixed("ghp_", 36), "github"),
        (mixed("gho_", 36), "github"),
        (mixed("ghu_", 36), "github"),
        (mixed("ghs_", 36), "github"),
        (mixed("ghr_", 36), "github"),
        (format!("github_pat_{}_{}", random(MIXED, 22), random(MIXED, 59)), "github"),
        (mixed("glpat-", 20), "gitlab"),
        (format!("xoxb-{}-{}", random("0123456789", 12), random(MIXED, 24)), "slack"),
        (format!("https://hooks.slack.com/services/T{}/B{}", random(UPPER, 8), random(MIXED, 24)), "slack"),
        (mixed("sk_live_", 24), "stripe"),
        (mixed("rk_live_", 24), "stripe"),
        (mixed("AIza", 35), "google"),
        (mixed("sk-", 48), "ai"),
        (mixed("sk-proj-", 48), "ai"),
        (mixed("sk-ant-api03-", 95), "ai"),
        (mixed("npm_", 36), "npm"),
        (mixed("pypi-AgEIcHlwaS5vcmc", 80), "pypi"),
        (mixed("hf_", 34), "hugging-face"),
        (format!("SG.{}.{}", random(MIXED, 22), random(MIXED, 43)), "sendgrid"),
        (format!("eyJ{}.eyJ{}.{}", random(MIXED, 20), random(MIXED, 40), random(MIXED, 43)), "jwt"),
    ]
}

#[test]
fn every_known_shape_is_replaced_by_its_kind_wherever_it_stands() {
    for (secret, kind) in known_shapes() {
        let marker = format!("[redacted:{kind}]");
        assert_eq!(clean(&secret), marker);
        assert_eq!(clean(&format!("git clone {secret} x")), format!("git clone {marker} x"));
        assert_eq!(clean(&format!("é\"{secret}\"é")), format!("é\"{marker}\"é"));
        assert_eq!(
            clean_value(json!([{ (secret.as_str()): [secret] }])),
            json!([{ (marker.as_str()): [marker] }])
        );
    }
}

#[test]
fn values_are_hidden_by_their_names() {
    for (text, expected) in [
        ("PASSWORD=hunter2 ls", "PASSWORD=[redacted:password] ls"),
        ("DB_PASSWORD='a b' ls", "DB_PASSWORD='[redacted:password]' ls"),
        ("mysql --password hunter2 -u me", "mysql --password [redacted:password] -u me"),
        ("mysql --password=hun\\ ter2 -u me", "mysql --password=[redacted:password] -u me"),
        ("x --api-key \"a b\" y", "x --api-key \"[redacted:key]\" y"),
        ("x --client-secret=a\"b c\"d y", "x --client-secret=[redacted:secret] y"),
        ("x --token 'it is open", "x --token [redacted:token]"),
        ("{\"token\": \"abc\", \"x\": \"y\"}", "{\"token\": \"[redacted:token]\", \"x\": \"y\"}"),
        ("{\"token\":\"a\\\"bc\",\"x\":1}", "{\"token\":\"[redacted:token]\",\"x\":1}"),
        (r#"{\"password\":\"abc\",\"x\":1}"#, r#"{\"password\":\"[redacted:password]\",\"x\":1}"#),
        ("curl -H 'X-Api-Key: abc' https://x", "curl -H 'X-Api-Key: [redacted:key]' https://x"),
        (
            "curl -H \"Authorization: Bearer abc\" https://x",
            "curl -H \"Authorization: Bearer [redacted:authorization]\" https://x",
        ),
        ("Authorization: Basic dXNlcjpw\nHost: x", "Authorization: Basic [redacted:authorization]\nHost: x"),
        ("Cookie: a=b; c=d", "Cookie: [redacted:cookie]"),
        ("GET /x?access_token=abc&y=1", "GET /x?access_token=[redacted:token]&y=1"),
        ("https://me:hunter2@host/x", "https://me:[redacted:url-password]@host/x"),
        ("postgres://me:p@ss/word@host/db", "postgres://me:[redacted:url-password]@ss/word@host/db"),
        ("postgres://me:p/word@host/db", "postgres://me:[redacted:url-password]@host/db"),
        ("aws_secret_access_key = abc/def+g", "aws_secret_access_key = [redacted:key]"),
        ("export GITHUB_TOKEN=abc; ls", "export GITHUB_TOKEN=[redacted:token]; ls"),
        ("config['password'] = 'abc'", "config['password'] = '[redacted:password]'"),
        ("passwd: abc", "passwd: [redacted:password]"),
        ("PGPASS=abc", "PGPASS=abc"),
        ("SMTP_PASS=abc", "SMTP_PASS=[redacted:password]"),
    ] {
        assert_eq!(clean(text), expected);
    }
}

#[test]
fn what_is_no_secret_stays_as_it_is() {
    for text in [
        "cargo test",
        "git commit -m \"fix token parser\"",
        "git commit -m 'the secret of sk-learn'",
        "/home/me/projects/token/src/password.rs",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "mkdir -p a/b && ssh -p 22 host",
        "MAX_TOKENS=100 tokenizer=fast ls",
        "PWD=/home/me make",
        "npm install --save-dev npm_config_registry",
        "https://registry.npmjs.org:443/@scope/pkg",
        "https://user@host.example/x",
        "git@github.com:owner/repo.git",
        "pip install scikit-learn task-sk-runner",
        "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----",
        "if password == other { }",
        "lexer::token::Token",
        "the bearer of this letter",
        "tests: pass: 12 fail: 0",
        "docker run --password-stdin",
    ] {
        assert_eq!(clean(text), text);
    }
}

#[test]
fn a_private_key_is_hidden_to_its_end_or_to_the_end_of_the_text() {
    let begin = format!("-----BEGIN {} PRIVATE KEY-----", "OPENSSH");
    let end = format!("-----END {} PRIVATE KEY-----", "OPENSSH");
    assert_eq!(clean(&format!("a {begin}\nb3Blbn\n{end} z")), "a [redacted:private-key] z");
    assert_eq!(clean(&format!("a {begin}\nb3Blbn\nmore")), "a [redacted:private-key]");
}

#[test]
fn the_word_after_an_option_and_a_member_named_secret_are_hidden_whole() {
    assert_eq!(
        clean_value(json!(["mysql", "--password", "a b", "--verbose", "--token", "--x", "-p", "9"])),
        json!(["mysql", "--password", "[redacted:password]", "--verbose", "--token", "--x", "-p", "9"])
    );
    assert_eq!(
        clean_value(json!({ "password": "a", "pin": "b", "secrets": ["c", 4], "token": null, "pwd": "/x" })),
        json!({ "password": "[redacted:password]", "pin": "b", "secrets": ["[redacted:secret]", "[redacted:secret]"],
                "token": null, "pwd": "/x" })
    );
}

#[test]
fn two_names_that_look_the_same_without_their_secrets_keep_both_values() {
    let (one, other) = (random(MIXED, 36), random(UPPER, 36));
    assert_eq!(
        clean_value(json!({ (format!("ghp_{one}")): 1, (format!("ghp_{other}")): 2 })),
        json!({ "[redacted:github]": 2, "[redacted:github] (2)": 1 })
    );
}

#[test]
fn words_that_the_policy_names_are_hidden() {
    let hides = |word: &str| word.starts_with("acme-");
    let redactor = Redactor::new(Some(&hides));
    assert_eq!(
        redactor.text("run acme-1 'acme-2' --x=acme-3 macme-4").get(),
        "run [redacted:policy] '[redacted:policy]' --x=[redacted:policy] macme-4"
    );
}

#[test]
fn a_mebibyte_of_the_worst_is_done_in_time_that_grows_with_its_length() {
    for unit in [
        "eyJ-",
        "sk-",
        "SG.-",
        "://",
        "://a:b",
        "a:b@://",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY",
        "password=",
        "password='",
        "--token ",
        "token: \"",
        "\\",
        "bearer ",
        "token\\\\\"",
        "ghp_",
        "authorization:",
        "pass ",
        "token\t\t\t\t",
        "=",
        "-",
        "hf_-",
        "dapi",
        "secret=\\\"a",
    ] {
        let text = unit.repeat((1 << 20) / unit.len());
        let began = Instant::now();
        let _ = clean(&text);
        let taken = began.elapsed();
        assert!(taken.as_secs() < 10, "{unit:?} took {taken:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_redacted_without_a_panic(text in any::<String>()) {
        let _ = clean(&text);
    }

    #[test]
    fn text_made_of_what_is_looked_for_is_redacted_without_a_panic(
        parts in prop::collection::vec(prop::sample::select(vec![
            "password", "=", ":", "\"", "'", "\\", " ", "--token", "é", "://", "@", "eyJ", ".", "Bearer ", "\n", "&",
            "-----BEGIN ", "PRIVATE KEY", "-----END ", "-----", "authorization", "x", "ghp_", "\u{202e}", "`", ";",
        ]), 0..40),
    ) {
        let _ = clean(&parts.concat());
    }

    #[test]
    fn no_planted_secret_is_left(
        before in "[^a-zA-Z0-9]{0,20}",
        which in 0..22_usize,
        after in "([ \"',;)\n][^\u{0}]{0,20})?",
    ) {
        let (secret, _) = known_shapes().swap_remove(which);
        let text = format!("{before}{secret}{after}");
        prop_assert!(!clean(&text).contains(&secret));
        let value = clean_value(json!({ "a": [text] })).to_string();
        prop_assert!(!value.contains(&secret), "{}", value);
    }

    #[test]
    fn no_value_of_a_secrets_name_is_left(
        name in prop::sample::select(vec!["password", "API_KEY", "client-secret", "githubToken", "PASSWD", "db_pwd"]),
        value in "[a-zA-Z0-9+%!^*~#,.]{8,30}",
        form in 0..6_usize,
    ) {
        let text = match form {
            0 => format!("{name}={value}"),
            1 => format!("x --{name} {value} y"),
            2 => format!("x --{name}='{value} {value}' y"),
            3 => format!("{{\"{name}\": \"{value}\"}}"),
            4 => format!("{name}: {value}"),
            _ => format!("http://h/?{name}={value}&b=1"),
        };
        prop_assert!(!clean(&text).contains(&value), "{}", clean(&text));
    }

    #[test]
    fn ordinary_words_stay(words in prop::collection::vec("[a-z]{1,12}", 0..12)) {
        let text = words.join(" ");
        prop_assert_eq!(clean(&text), text);
    }
}
