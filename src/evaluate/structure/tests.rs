mod law;
mod listed;

use super::*;
use crate::contract::{Action, Context};

fn with(request: &Request) -> Option<Structure<'_>> {
    let context = request.context.as_ref()?;
    Structure::with(&context.argv, &context.open_words, &context.whole_words)
}

fn set(pattern: &str) -> PatternSet {
    PatternSet::new(Pattern::new(pattern, None).into_iter().collect())
}

/// A request for a command: words that begin with `?` are known in part, from behind it on, and those that begin with
/// `!` are so too and are one word.
fn request(text: &str) -> Request {
    let mut context = Context::default();
    for (place, word) in (0_u32..).zip(text.split(' ')) {
        let whole = word.strip_prefix('!');
        let open = word.strip_prefix('?').or(whole);
        context.open_words.extend(open.map(|_| place));
        context.whole_words.extend(whole.map(|_| place));
        context.argv.push(open.unwrap_or(word).to_owned());
    }
    Request { context: Some(context), ..Request::new(Action::ExecuteCommand, text) }
}

/// What a pattern does to a command: meets it, may meet it, or neither.
fn met(pattern: &str, text: &str) -> Option<&'static str> {
    let (request, set) = (request(text), set(pattern));
    let structure = with(&request).expect("an argv");
    let candidates = structure.candidates(&set);
    match (structure.certain(&candidates), structure.possible(&candidates)) {
        (Some(_), _) => Some("meets"),
        (None, Some(_)) => Some("may meet"),
        (None, None) => None,
    }
}

#[track_caller]
fn all(expected: Option<&str>, cases: &[(&str, &str)]) {
    for (pattern, text) in cases {
        assert_eq!(met(pattern, text), expected, "`{pattern}` and `{text}`");
    }
}

const MEETS: Option<&str> = Some("meets");
const MAY_MEET: Option<&str> = Some("may meet");

#[test]
fn options_are_a_set_in_any_spelling_and_place() {
    all(
        MEETS,
        &[
            ("rm -rf /*", "rm --recur --forc -- /"),
            ("rm -rf /*", "rm -r -f /etc"),
            ("rm -rf /*", "/bin/rm / -rf"),
            ("rm -rf /", "rm -rfv /"),
            ("rm -rf /", "rm -fR /"),
            ("rm -r -f /", "rm --force / --recursive"),
            ("rm *--no-preserve-root*", "rm --no-pres -r x"),
            ("rm -rf \"/\"", "rm / -fr"),
            ("git push --force*", "git push origin x -f"),
            ("git push*--force* main", "git push origin -f main"),
            ("git push* -f* main", "git push origin main --force"),
            ("git push origin main", "git push -q origin main"),
            ("git push origin main", "git push --set-upstream origin main"),
            ("git push* +main", "git -c a=b push -q origin +main"),
        ],
    );
    all(
        None,
        &[
            ("rm -rf /", "rm -r /"),
            ("rm -rf /", "rm -rf /tmp"),
            ("rm -rf /", "rm -rf a /"),
            ("rm -rf /", "rmdir -rf /"),
            ("git push --force*", "git push origin x"),
            ("git push origin main", "git push origin main topic"),
            ("git push origin main", "git push main origin"),
            ("git push origin main", "git fetch origin main"),
            ("git push*--force* main", "git push -f origin topic"),
        ],
    );
}

#[test]
fn global_options_stand_anywhere_and_hide_nothing() {
    all(
        MEETS,
        &[
            ("terraform apply*", "terraform -chdir=x apply -auto-approve"),
            ("terraform apply*", "terraform -chdir x apply"),
            ("aws iam *", "aws --profile p iam create-user"),
            ("aws * delete-*", "aws --region r iam delete-user --user-name x"),
            ("kubectl delete ns prod", "kubectl -n x delete ns prod"),
            ("kubectl delete ns prod", "kubectl delete --wait=false ns prod"),
            ("kubectl delete ns prod", "kubectl delete -n x ns prod"),
            ("kubectl delete -n prod*", "kubectl delete ns/x --namespace prod"),
            ("git -C * push*", "git -C x push"),
            ("docker run * --privileged*", "docker run --privileged image x"),
        ],
    );
    all(
        None,
        &[
            ("terraform apply*", "terraform -chdir=apply plan"),
            ("kubectl delete ns prod", "kubectl -n delete get ns prod"),
            ("kubectl delete -n prod*", "kubectl delete ns/x --namespace dev"),
            ("docker run * --privileged*", "docker run image --privileged"),
        ],
    );
}

#[test]
fn a_program_without_a_table_is_read_in_every_way() {
    all(
        MEETS,
        &[
            ("tool drop all", "tool --host h drop all"),
            ("tool drop all", "tool --verbose drop all"),
            ("tool drop --now all", "tool drop all --now"),
            ("tool drop --at noon all", "tool drop all --at=noon"),
            ("tool -xy", "tool -y -x"),
            ("tool --force*", "tool --for"),
        ],
    );
    all(None, &[("tool drop all", "tool drop"), ("tool -xy", "tool -x"), ("tool a b", "tool b a")]);
}

#[test]
fn synonyms_of_subcommands_and_kinds_are_the_same() {
    for kind in ["ns prod", "namespace prod", "namespaces prod", "ns/prod"] {
        let text = format!("kubectl -n x delete {kind}");
        all(MEETS, &[("kubectl delete ns prod", &text), ("kubectl delete namespace* prod", &text)]);
    }
    all(
        MEETS,
        &[
            ("docker rm *", "docker container rm x"),
            ("docker container rm *", "docker rm x"),
            ("docker image rm *", "docker rmi x"),
            ("helm uninstall*", "helm del release"),
        ],
    );
    all(None, &[("docker image rm *", "docker rm x"), ("kubectl delete ns prod", "kubectl delete po prod")]);
}

#[test]
fn patterns_of_more_than_a_command_and_those_that_begin_with_a_wildcard_are_left_to_the_text() {
    all(
        None,
        &[("curl *| sh", "curl x | sh"), ("* /", "rm /"), ("rm* /", "rm /"), ("curl *| sh", "curl ?*")],
    );
    all(MAY_MEET, &[("* /", "rm ?*")]);
}

#[test]
fn words_known_in_part_may_be_what_a_rule_names() {
    all(
        MAY_MEET,
        &[
            ("rm -rf /", "rm -rf ?*"),
            ("rm -rf /", "rm ?* /"),
            ("rm -rf /", "rm -rf / ?*"),
            ("rm -rf /", "rm ?*"),
            ("rm -rf /etc*", "rm -rf ?*/etc"),
            ("rm -rf /etc*", "rm -rf ?/e*"),
            ("git push --force*", "git push ?*"),
            ("git push --force*", "git ?*"),
            ("kubectl delete ns prod", "kubectl ?* ns prod"),
            ("kubectl delete ns prod", "kubectl delete ns ?*"),
            ("terraform apply*", "terraform ?*"),
            ("tool drop all", "tool drop ?*"),
        ],
    );
    all(
        None,
        &[
            ("rm -rf /", "rm -rf ?build/*"),
            ("git push origin main", "git commit -m ?*"),
            ("git push origin main", "git fetch ?*"),
            ("tool drop all", "tool keep ?*"),
            ("rm -rf /", "ls ?*"),
        ],
    );
}

#[test]
fn a_word_that_is_one_word_is_what_it_stands_for_and_moves_no_other() {
    all(
        None,
        &[
            ("git push*", "git -C !* status"),
            ("kubectl delete*", "kubectl -n !* get pods"),
            ("terraform apply*", "terraform !-chdir=* plan"),
            ("git push --force*", "git -c !* fetch"),
            ("rm -rf /", "rm -rf !build/* x"),
        ],
    );
    all(
        MAY_MEET,
        &[
            ("git push*", "git -C ?* status"),
            ("git push*", "git !*"),
            ("git push*", "git !pu*"),
            ("terraform apply*", "terraform -chdir x !a*"),
            ("rm -rf /", "rm -rf !*"),
            ("rm -rf /", "rm !* /"),
            ("rm -rf /", "rm -r !-* /"),
            ("git push --force*", "git push !* x"),
            ("git push origin main", "git -C !* push origin !ma*"),
        ],
    );
    all(MEETS, &[("git push*", "git -C !* push"), ("rm -rf / *", "rm -rf / !*")]);
}

#[test]
fn what_holds_whatever_a_word_is_is_certain() {
    all(
        MEETS,
        &[
            ("rm -rf / *", "rm -rf / ?*"),
            ("rm -rf / *", "rm -r / ?* -f"),
            ("git push --force*", "git push -f ?*"),
            ("terraform apply*", "terraform apply ?*"),
        ],
    );
}

#[test]
fn a_star_in_a_word_that_is_known_is_a_letter() {
    all(None, &[("rm -rf /", "rm -rf *"), ("tool drop all", "tool drop *")]);
}

#[test]
fn an_open_program_is_told() {
    let hides = |text: &str| with(&request(text)).is_some_and(|it| it.hides_program());
    assert_eq!([hides("?* x"), hides("?*/rm x"), hides("rm ?*")], [true, true, false]);
}
