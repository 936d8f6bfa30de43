use std::collections::BTreeSet;

use super::entry::{Form, Operands};
use super::*;
use crate::grammar::options::{Options, Part};
use crate::grammar::tool::{self, Role};

/// Every listed option, and how many values it may have.
fn listed_options(form: &Form) -> Vec<(&'static str, usize)> {
    let Form { flags, values, joined, .. } = form;
    let named = |list: &'static str| list.split(' ').filter(|entry| !entry.is_empty());
    let valued = named(values).map(|entry| match entry.split_once('*') {
        Some((name, count)) => (name, count.parse().expect("a count")),
        None => (entry, 1),
    });
    named(flags).map(|name| (name, 0)).chain(valued).chain(named(joined).map(|name| (name, 1))).collect()
}

fn tools() -> impl Iterator<Item = &'static entry::Tool> {
    tables::FAMILIES.iter().flat_map(|family| family.iter())
}

fn forms() -> Vec<(String, &'static Form, Option<&'static Form>)> {
    let mut forms = Vec::new();
    for tool in tools() {
        let name = tool.names[0];
        forms.push((name.to_owned(), &tool.form, None));
        let more = tool.anywhere.then_some(&tool.form);
        forms.extend(tool.subcommands.iter().map(|one| (format!("{name} {}", one.words), &one.form, more)));
    }
    forms
}

#[test]
fn each_name_leads_to_its_own_program() {
    let mut seen = BTreeSet::new();
    for written in tools() {
        for name in written.names {
            assert!(seen.insert(name), "`{name}` is listed twice");
            let packed = listed(name).unwrap_or_else(|| panic!("`{name}` is not found"));
            assert_same(&written.form, &packed.form);
            let flags = [written.anywhere, written.open];
            assert_eq!(flags, [packed.anywhere, packed.open], "{name}");
            assert_eq!(written.subcommands.len(), packed.subcommands().len(), "{name}");
            for (written, packed) in written.subcommands.iter().zip(packed.subcommands()) {
                assert_eq!(written.words, packed.words());
                assert_eq!(written.aliases, packed.aliases().collect::<Vec<_>>().join("|"));
                assert_same(&written.form, &packed.form);
            }
        }
    }
    for other in ["", "terrafor", "terraformm", "Git", "\u{e9}"] {
        assert!(listed(other).is_none(), "{other}");
    }
}

fn assert_same(written: &Form, packed: &tool::Form) {
    let Form { style, flags, values, joined, same, roles, operands, with } = *written;
    assert_eq!(Options { flags, values, joined, same, style }, packed.options());
    let packed_roles = packed.roles.get().iter().map(|one| (one.option.get(), one.role));
    assert_eq!(roles, packed_roles.collect::<Vec<_>>());
    assert_same_operands(&operands, &packed.operands);
    assert_eq!(with.len(), packed.with.get().len());
    for ((options, operands), packed) in with.iter().zip(packed.with.get()) {
        assert_eq!(*options, packed.options.get());
        assert_same_operands(operands, &packed.operands);
    }
}

fn assert_same_operands(written: &Operands, packed: &tool::Operands) {
    let Operands { first, rest, last, instead_of_first, instead_of_last } = *written;
    assert_eq!(first, packed.first());
    assert_eq!((rest, last), (packed.rest, packed.last));
    assert_eq!(instead_of_first, packed.instead_of_first.get());
    assert_eq!(instead_of_last, packed.instead_of_last.get());
}

#[test]
fn the_lists_are_in_order_and_have_each_option_once() {
    let mut faults = Vec::new();
    for (name, form, _) in forms() {
        let mut seen = BTreeSet::new();
        let Form { flags, values, joined, same, .. } = form;
        for list in [flags, values, joined, same] {
            if list.contains("  ") || list.trim() != *list {
                faults.push(format!("{name}: blanks in `{list}`"));
            }
            let keys: Vec<&str> = list
                .split(' ')
                .map(|entry| match entry.find(['*', '=']) {
                    Some(at) if at + 1 < entry.len() => entry.split_at(at).0,
                    Some(_) | None => entry,
                })
                .collect();
            if !keys.is_sorted() {
                faults.push(format!("{name}: not in order: {list}"));
            }
        }
        for (option, _) in listed_options(form) {
            if !seen.insert(option) {
                faults.push(format!("{name}: {option} twice"));
            }
            let spelled = option.starts_with(['-', '+']) || option.ends_with('=');
            if !spelled || option.trim_end_matches('=').contains('=') {
                faults.push(format!("{name}: {option} is no option"));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn what_is_said_of_an_option_is_said_of_a_listed_one_under_the_name_that_it_is_given() {
    let mut faults = Vec::new();
    for (name, form, more) in forms() {
        let listed = |option: &str| listed_options(form).iter().any(|(listed, _)| *listed == option);
        let known = |option: &str| {
            listed(option)
                || more.is_some_and(|more| listed_options(more).iter().any(|(listed, _)| *listed == option))
        };
        let replaced = |option: &str| {
            form.same.split(' ').any(|pair| pair.split_once('=').is_some_and(|(from, _)| from == option))
        };
        for pair in form.same.split(' ').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some((from, to)) if listed(from) && listed(to) && !replaced(to) => {}
                _ => faults.push(format!("{name}: same {pair}")),
            }
        }
        for (option, _) in form.roles {
            let valued = listed_options(form).iter().any(|(one, arity)| one == option && *arity > 0);
            if !valued || replaced(option) {
                faults.push(format!("{name}: role of {option}"));
            }
        }
        let sets = std::iter::once(&form.operands).chain(form.with.iter().map(|(_, operands)| operands));
        let stand_ins = sets.flat_map(|Operands { instead_of_first, instead_of_last, .. }| {
            instead_of_first.split(' ').chain(instead_of_last.split(' '))
        });
        let with = form.with.iter().flat_map(|(list, _)| list.split(' '));
        for option in stand_ins.chain(with).filter(|option| !option.is_empty()) {
            if !known(option) || replaced(option) {
                faults.push(format!("{name}: operands with {option}"));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn no_subcommand_is_listed_twice() {
    let mut faults = BTreeSet::new();
    for tool in tools() {
        let mut seen = BTreeSet::new();
        for words in tool.subcommands.iter().flat_map(|one| {
            [one.words].into_iter().chain(one.aliases.split('|').filter(|alias| !alias.is_empty()))
        }) {
            if !seen.insert(words) {
                faults.insert(format!("{} {words}", tool.names[0]));
            }
        }
    }
    assert_eq!(faults, BTreeSet::new());
}

/// The operands with their roles, and the values of options with theirs, in one line.
fn roles(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let (name, rest) = words.split_first().expect("a name");
    let found = tool(name).expect("a listed name").find(rest);
    let parts = found.read(rest);
    let mut all: Vec<(usize, Role)> = found.form().roles_of(&parts);
    for (part, before) in
        found.options.iter().map(|part| (part, true)).chain(parts.iter().map(|part| (part, false)))
    {
        match part {
            Part::Option { name, value: Some(_), at, .. } if before => {
                all.push((*at, found.role_before(name)));
            }
            Part::Option { name, value: Some(_), at, .. } => all.push((*at, found.role(name))),
            Part::Unknown { word } => all.push((*word, Role::Opaque)),
            Part::Option { .. } | Part::Operand { .. } => {}
        }
    }
    all.sort_by_key(|(at, _)| *at);
    all.retain(|(_, role)| *role != Role::Text);
    let shown = all.iter().map(|(at, role)| format!("{role:?}:{}", rest[*at])).collect::<Vec<_>>();
    [found.words().to_owned(), shown.join(" ")].join("|")
}

#[test]
fn a_wrapper_names_the_command_behind_its_own_words() {
    for (text, expected) in [
        (
            "sudo -Eu bob A=1 -n terraform apply",
            "AssignmentsThenCommand:A=1 AssignmentsThenCommand:terraform AssignmentsThenCommand:apply",
        ),
        ("sudo -s echo a", "JoinedShell:echo JoinedShell:a"),
        ("sudo --sh echo", "JoinedShell:echo"),
        ("doas -s ls", "JoinedShell:ls"),
        ("env -u A -C /tmp B=1 ls", "Folder:/tmp AssignmentsThenCommand:B=1 AssignmentsThenCommand:ls"),
        ("env -vSfoo", "SplitCommand:-vSfoo"),
        ("timeout -k 5 -s KILL 10 ls", "Command:ls"),
        ("nice -n 5 ls", "Command:ls"),
        ("nice --10 ls -l", "Command:ls Command:-l"),
        ("taskset -c 0-3 ls", "Command:ls"),
        ("taskset -p 0 123", ""),
        ("flock -w 5 /tmp/l -c text", "Write:/tmp/l CommandOrDashC:-c CommandOrDashC:text"),
        ("xargs -i terraform apply", "Command:terraform Command:apply"),
        ("xargs -0 -a f -n1 rm", "List:f Command:rm"),
        ("su - bob -c text", "Shell:text"),
        ("runuser -u bob ls", "Command:ls"),
        ("script -qc text f", "Shell:text Write:f"),
        ("watch -n 5 -d ls a", "JoinedShell:ls JoinedShell:a"),
        ("watch -x ls", "Command:ls"),
        ("strace -fo f -e trace=open ls", "WriteOrPipe:f Command:ls"),
        ("bwrap --setenv A b --ro-bind / / --chdir /x ls", "Folder:/x Command:ls"),
        ("ld-linux.so.2 --library-path /l ls", "Opaque:/l Command:ls"),
    ] {
        assert_eq!(roles(text), format!("|{expected}"), "{text}");
    }
}

#[test]
fn git_and_its_kin_are_read_by_subcommand() {
    for (text, expected) in [
        ("git -C /x -c a.b=c push --force origin main", "push|Folder:/x Opaque:a.b=c Remote:origin"),
        ("git push --rec=evil origin", "push|Opaque:--rec=evil Remote:origin"),
        ("git push --recei=evil origin", "push|Shell:--recei=evil Remote:origin"),
        ("git ls-remote --upload-pa=evil origin", "ls-remote|Shell:--upload-pa=evil Remote:origin"),
        ("git rebase -ix evil main", "rebase|Shell:evil"),
        ("git submodule foreach echo a", "submodule foreach|JoinedShell:echo JoinedShell:a"),
        ("git bisect run make -x", "bisect run|Command:make Command:-x"),
        ("git grep -Oevil x", "grep|Program:-Oevil"),
        ("git remote -v", "remote|"),
        ("git remote add up https://x", "remote add|Remote:https://x"),
        ("git mv a b", "mv|MoveTree:a Put:b"),
        ("git restore --staged a", "restore|"),
        ("git restore a", "restore|WriteTree:a"),
        (
            "docker --context x compose -f f run -v /a:/b web ls",
            "compose run|Read:f ReadInside:/a:/b RemoteCommand:ls",
        ),
        (
            "docker container run -it --rm -v /:/h img sh -c text",
            "run|ReadInside:/:/h RemoteCommand:sh RemoteCommand:-c RemoteCommand:text",
        ),
        ("docker exec -it box ls -l", "exec|RemoteCommand:ls RemoteCommand:-l"),
    ] {
        assert_eq!(roles(text), expected, "{text}");
    }
    let words = ["--weird", "push", "-f"];
    let found = tool("git").expect("git").find(&words);
    assert!(found.hidden);
    assert_eq!((found.words(), found.first, found.start), ("push", Some(1), 2));
    let found = tool("git").expect("git").find(&["no-such", "push"]);
    assert_eq!((found.words(), found.first, found.start, found.hidden), ("", Some(0), 0, false));
}

#[test]
fn developer_tools_are_read_with_the_options_between_their_words() {
    for (text, expected) in [
        (
            "terraform -chdir=/x apply -auto-approve -var-file f -var a=b plan",
            "apply|Folder:-chdir=/x Read:f Read:plan",
        ),
        ("terraform state -h", "|"),
        ("terraform state push f", "state push|Read:f"),
        (
            "kubectl -n x exec -it pod -c web -- sh -c text",
            "exec|RemoteCommand:sh RemoteCommand:-c RemoteCommand:text",
        ),
        ("kubectl apply -n x -f f", "apply|Read:f"),
        ("kubectl delete pod a --cascade b", "delete|"),
        ("helm upgrade -i a b -f v --post-renderer sh", "|Read:v Program:sh"),
        ("aws --profile p s3 cp f s3://b/k", "s3 cp|CopyFrom:f CopyTo:s3://b/k"),
        ("npm --prefix /x run build -- -c x", "run|Folder:/x"),
        ("npm exec -c text", "exec|Shell:text"),
        ("npx -y pkg -c x", "|Command:pkg Command:-c Command:x"),
        ("uv run --with a python -c x", "run|Command:python Command:-c Command:x"),
        ("poetry run ls -l", "run|Command:ls Command:-l"),
        ("go test -exec cmd ./...", "test|SplitCommand:cmd"),
        ("cargo run --release -- a", "run|"),
        ("make -C d -f f all", "|Folder:d CodeFile(Make):f"),
        ("psql -c text -o out", "|Code(Sql):text WriteOrPipe:out"),
        ("systemctl --user restart x", "|"),
        ("kill -9 1 -TERM", "|"),
        ("gcc -ofile -O2 a.c -wrapper sh", "|Write:-ofile Read:a.c Opaque:sh"),
    ] {
        assert_eq!(roles(text), expected, "{text}");
    }
}

#[test]
fn file_tools_say_what_they_read_and_write() {
    for (text, expected) in [
        ("cp -r a b c", "ReadTree:a ReadTree:b Put:c"),
        ("cp -t d a b", "Put:d Read:a Read:b"),
        ("mv a b", "MoveTree:a Put:b"),
        ("ln -sf a b", "ReadTree:a Link:b"),
        ("rm -rf a", "RemoveTree:a"),
        ("rm a", "Write:a"),
        ("chmod -R 777 a", "WriteTree:a"),
        ("chmod -x a", "Write:a"),
        ("dd if=a of=b bs=1M", "Read:if=a Write:of=b"),
        ("sort -o a b", "Write:a Read:b"),
        ("sort -S 1b --compress-prog sh a", "Program:sh Read:a"),
        ("uniq a b", "Read:a Write:b"),
        ("head -20 a", "Read:a"),
        ("grep -rn x .", "ReadTree:."),
        ("grep -e x a", "Read:a"),
        ("rg x src", "ReadVisibleTree:src"),
        ("rg -uu x src", "ReadTree:src"),
        ("rg --pre=sh x", "Program:--pre=sh"),
        ("sed -i.bak s/a/b/ f", "Code(Sed):s/a/b/ Update:f"),
        ("sed -nf p f", "CodeFile(Sed):p Read:f"),
        ("awk -F: p f", "Code(Awk):p Read:f"),
        ("jq --arg a b .x f", "Code(Jq):.x Read:f"),
        ("perl -pi -e p f", "Code(Perl):p Update:f"),
        ("python3.11 -Im json.tool", "Opaque:json.tool"),
        ("python -uc text a", "Code(Python):text"),
        ("tar xzfC a.tgz /d m", "Update:a.tgz Folder:/d"),
        ("tar -czf a.tgz d", "Update:a.tgz ReadTree:d"),
        ("zip -TT cmd a b", "Shell:cmd Update:a ReadTree:b"),
        ("curl -sSLo out -d @f -F x=@g https://u", "Write:out ReadIfAt:@f ReadIfForm:x=@g Remote:https://u"),
        ("wget -qO- https://u", "Write:-qO- Remote:https://u"),
        ("ssh -i k host -p 22 ls -l", "Read:k Remote:host RemoteJoinedShell:ls RemoteJoinedShell:-l"),
        ("ssh -o BatchMode=yes host", "SshSetting:BatchMode=yes Remote:host"),
        ("scp a h:b", "CopyFrom:a CopyTo:h:b"),
        ("mount -oro,remount /x", "MountOptions:-oro,remount Update:/x"),
        ("bc -l f", "Read:f"),
        ("dc -e p f", "Code(Dc):p CodeFile(Dc):f"),
        ("sha256sum -c f", "Read:f"),
        ("cpio -pdm d", "WriteTree:d"),
        ("valgrind --leak-check=full --log-file=f ./a", "Write:--log-file=f Command:./a"),
        ("bun -e p", "Code(Node):p"),
        ("sox a.wav b.wav", "Media:a.wav Media:b.wav"),
        ("rsync -a --del -e cmd a/ h:b", "SplitCommand:cmd CopyFrom:a/ CopyTo:h:b"),
        ("bash -euo pipefail -c text a", "Shell:text"),
        ("bash s.sh -c", "ShellFile:s.sh"),
        ("vim +cmd f", "Code(Vim):+cmd Update:f"),
        ("yq -i .a=1 f", "Code(Jq):.a=1 Update:f"),
        ("dotenv -f x ls -l", "Read:x Command:ls Command:-l"),
        ("node -r ./x s.js", "Opaque:./x CodeFile(Node):s.js"),
    ] {
        assert_eq!(roles(text), format!("|{expected}"), "{text}");
    }
}

#[test]
fn a_version_an_ending_and_the_case_do_not_hide_a_program() {
    for name in ["ld-linux-x86-64.so.2", "ld-musl-x86_64.so.1", "LD.SO"] {
        assert!(is_same(name, "ld.so"), "{name}");
    }
    for name in ["gtimeout", "TIMEOUT", "timeout.exe", "timeout-9.1"] {
        assert!(is_same(name, "timeout"), "{name}");
    }
    assert!(tool("").is_none());
    assert!(tool("7").is_none());
    assert!(tool("no-such-program").is_none());
}

fn is_same(name: &str, listed: &str) -> bool {
    tool(name).zip(tool(listed)).is_some_and(|(one, other)| std::ptr::eq(one, other))
}
