//! What the reader makes of texts, as a table: each command in brackets, its words divided by `|`; each file as
//! `<path`, `>path` or `<>path`; each unresolved part as `?cause`.

use super::*;

fn read(text: &str) -> String {
    let mut found = Found::default();
    split(text, 0, &mut found);
    let mut parts = Vec::new();
    for command in &found.commands {
        let words: Vec<_> = command.words.iter().map(|word| word.value.as_str()).collect();
        let assigned: String =
            command.assigned.iter().map(|variable| format!("{}=", variable.name)).collect();
        parts.push(format!("{assigned}[{}]", words.join("|")));
    }
    for file in &found.files {
        let sign = match file.access {
            Access::Read => "<",
            Access::Write => ">",
            Access::Update => "<>",
        };
        parts.push(format!("{sign}{}", file.path));
    }
    parts.extend(found.unresolved.iter().map(|part| format!("?{}", part.cause.as_str())));
    parts.join(" ")
}

#[track_caller]
fn holds(rows: &[(&str, &str)]) {
    let wrong: Vec<_> = rows
        .iter()
        .map(|(text, parts)| (text, parts, read(text)))
        .filter(|(_, parts, found)| *parts != found)
        .map(|(text, parts, found)| format!("{text:?}\n  expected {parts}\n  found    {found}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_and_quotes() {
    holds(&[
        ("", ""),
        (" \t\n ", ""),
        ("ls", "[ls]"),
        ("  ls   -la  ", "[ls|-la]"),
        ("terr'a'f\"or\"m ap\\ply", "[terraform|apply]"),
        ("terr\\\naform app\\\nly", "[terraform|apply]"),
        ("echo 'a b' \"c d\" e\\ f", "[echo|a b|c d|e f]"),
        ("echo 'it''s' \"a\\\"b\\$c\\d\"", "[echo|its|a\"b$c\\d]"),
        ("echo '' \"\"", "[echo||]"),
        ("echo 'a\nb'", "[echo|a\nb]"),
        ("echo '\\\n'", "[echo|\\\n]"),
        ("echo \"\\\n\"", "[echo|]"),
        ("$'terr\\x61form' $'a\\160ply'", "[terraform|apply]"),
        ("echo $'a\\nb\\u00e9'", "[echo|a\nb\u{e9}]"),
        ("echo $'a\\'b'", "[echo|$'a\\'b'] ?grammar ?operand"),
        ("echo $'a\\0b'", "[echo|$'a\\0b'] ?grammar ?operand"),
        ("echo a#b # c; d", "[echo|a#b]"),
        ("# only a comment", ""),
        ("# a \\\nls", "[ls]"),
        ("echo $ a$ \"$\"", "[echo|$|a$|$]"),
        ("ls\r\n", "[ls\r]"),
        ("echo {} { }", "[echo|{}|{|}]"),
        ("git commit -m 'a; b && c | d'", "[git|commit|-m|a; b && c | d]"),
    ]);
}

#[test]
fn separators_and_groups() {
    holds(&[
        ("a; b & c && d || e | f |& g", "[a] [b] [c] [d] [e] [f] [g]"),
        ("a\nb\n\nc", "[a] [b] [c]"),
        ("a;b;", "[a] [b]"),
        ("a &&\n b", "[a] [b]"),
        ("a &\\\n& b", "[a] [b]"),
        ("(a; b) | c", "[a] [b] [c]"),
        ("( (a) )", "[a]"),
        ("{ a; b; }", "[a] [b]"),
        ("{ (a); } > f", "[a] >f"),
        ("a &", "[a]"),
        ("((a))", "[a] ?grammar"),
        ("(a) b", "[a] [b] ?syntax"),
        ("a; ; b", "[a] [b] ?syntax"),
        ("a | | b", "[a] [b] ?syntax"),
        ("a &&", "[a] ?syntax"),
        ("a)", "[a] ?syntax"),
        ("terraform apply\n)", "[terraform|apply] ?syntax"),
        ("(a", "[a] ?syntax"),
        ("{ a", "[a] ?syntax"),
        ("{ a }; b", "[a|}] [b] ?syntax"),
        ("a; }", "[a] ?syntax"),
        ("a;; b", "[a] [b] ?grammar"),
    ]);
}

#[test]
fn redirections() {
    holds(&[
        ("a > f", "[a] >f"),
        ("a >f <g >>h >|i", "[a] >f <g >h >i"),
        ("terraform >/dev/null apply", "[terraform|apply] >/dev/null"),
        ("> f", ">f"),
        (">f a", "[a] >f"),
        ("a 2>&1 1>&2 3>&- <&0", "[a]"),
        ("a >& f", "[a] >f"),
        ("a &> f", "[a] >f"),
        ("a &>>f b", "[a|b] >f ?grammar"),
        ("a <> f", "[a] <>f"),
        ("a 2\\\n>f b", "[a|b] >f"),
        ("a2>f", "[a2] >f"),
        ("a > 'f g'", "[a] >f g"),
        ("a > $x", "[a] >$x ?operand"),
        ("a > *.f", "[a] >*.f ?operand"),
        ("a > ~/f", "[a] >~/f ?operand"),
        ("a >", "[a] ?syntax"),
        ("a > # b", "[a] ?syntax"),
        ("a > ; b", "[a] [b] ?syntax"),
        ("a >! f", "[a|f] >! ?grammar"),
        ("a <& b", "[a] ?grammar"),
        ("a {x}>f b", "[a|{x}|b] >f ?grammar"),
        ("a <<< 'b; c'", "[a]"),
        ("a <<< $(b)", "[b] [a]"),
        ("a &>(b)", "[a] [b] ?syntax ?grammar"),
        ("a 2>(b)", "[b] [a|2>(b)] ?operand"),
        ("a > >(b)", "[b] [a] >>(b) ?operand"),
    ]);
}

#[test]
fn here_documents() {
    holds(&[
        ("cat <<E\nterraform apply\nE\nls", "[cat] [ls]"),
        ("cat <<'E'\n$(a)\nE\nls", "[cat] [ls]"),
        ("cat <<\\E\n$(a)\nE\nls", "[cat] [ls]"),
        ("cat <<E\n$(a; b) `c` $d \\$(e)\nE\nls", "[cat] [a] [b] [c] [ls]"),
        ("cat <<-E\n\ta\n\tE\nls", "[cat] [ls]"),
        ("cat <<E\n\tE\nls\nE", "[cat]"),
        ("cat <<A <<B; x\n$(a)\nA\n$(b)\nB\nls", "[cat] [x] [a] [b] [ls]"),
        ("cat <<E | sh\na\nE", "[cat] [sh]"),
        ("cat <<E\na", "[cat] ?syntax"),
        ("cat <<E", "[cat] ?syntax"),
        ("cat <<E\nb\\\nE\nls\nE", "[cat] [ls] [E] ?grammar"),
        ("cat <<EOF\nEO\\\nF\nls\nEOF", "[cat] ?grammar"),
        ("$(cat <<E\na\nE\n) b", "[cat] [$(cat <<E\na\nE\n)|b] ?program"),
        ("$(cat <<E) b\na\nE", "[cat] [$(cat <<E)|b] [a] [E] ?syntax ?program"),
        ("cat <<E $(a\nb)\nc\nE", "[a] [b] [cat|$(a\nb)] ?grammar ?operand"),
        ("cat <<$x\na\n$x\nls", "[cat] [ls] ?grammar"),
        ("cat <<E\n${x@P} $((y))\nE", "[cat] ?grammar ?grammar"),
    ]);
}

#[test]
fn expansions() {
    holds(&[
        ("echo $(a; b)", "[a] [b] [echo|$(a; b)] ?operand"),
        ("echo \"x $(a \"b c\") y\"", "[a|b c] [echo|x $(a \"b c\") y] ?operand"),
        (
            "echo $(a $(b $(c)))",
            "[c] [b|$(c)] [a|$(b $(c))] [echo|$(a $(b $(c)))] ?operand ?operand ?operand",
        ),
        ("echo `a \\`b\\``", "[b] [a|`b`] [echo|`a \\`b\\``] ?operand ?operand"),
        ("$(a) b", "[a] [$(a)|b] ?program"),
        ("$x b", "[$x|b] ?program"),
        ("a $x \"$y\" ${z}", "[a|$x|$y|${z}] ?operand ?operand ?operand"),
        ("a ${x:-$(b)}", "[b] [a|${x:-$(b)}] ?grammar ?operand"),
        ("a ${x:-'}'; b}", "[a|${x:-'}'; b}] ?grammar ?operand"),
        ("a $((1+$(b)))", "[b] [a|$((1+$(b)))] ?grammar ?operand"),
        ("a $((1<<2))\nb", "[a|$((1<<2))] [b] ?grammar ?operand"),
        ("a $[1] b", "[a|$[1]|b] ?grammar ?operand"),
        ("echo $\\\n(a)", "[a] [echo|$\\\n(a)] ?operand"),
        ("echo \"$\\\n(a)\"", "[a] [echo|$\\\n(a)] ?operand"),
        ("diff <(a) <(b)", "[a] [b] [diff|<(a)|<(b)] ?operand ?operand"),
        ("x=$(a) b", "[a] x=[b]"),
        ("x=1", "x=[]"),
        ("x=1 y+=2 a z=3", "x=y=[a|z=3]"),
        ("x=${y@P}", "x=[] ?grammar"),
        ("x=(a $(b) ';') c", "[b] x=[c] ?grammar"),
        ("x[1]=2 a", "[x[1]=2|a] ?program"),
        ("'x'=1 a", "[x=1|a]"),
        ("a *.c", "[a|*.c] ?operand"),
        ("/bin/l? a", "[/bin/l?|a] ?program"),
        ("{terraform,apply}", "[{terraform,apply}] ?program"),
        ("terraform {apply,x} {1..3} {a}", "[terraform|{apply,x}|{1..3}|{a}] ?operand ?operand"),
        ("~/bin/a ~b", "[~/bin/a|~b] ?program ?operand"),
        ("=ls a=~", "[=ls|a=~] ?program ?operand"),
        ("$\"a\"", "[a] ?program"),
    ]);
}

#[test]
fn grammar_that_is_not_read() {
    holds(&[
        ("if a; then b; else c; fi", "[a] [b] [c] ?grammar ?grammar ?grammar ?grammar"),
        ("while a; do b; done < f", "[a] [b] <f ?grammar ?grammar ?grammar"),
        ("for x in 1 2; do a; done", "[a] ?grammar ?grammar ?grammar"),
        ("for x in $(a); do b; done", "[a] [b] ?grammar ?grammar ?grammar"),
        ("case x in y) a;; esac", "[a] ?grammar ?syntax ?grammar ?grammar"),
        ("f() { a; }; f", "[a] [f] ?grammar"),
        ("function f { a; }", "[a] ?grammar"),
        ("! a", "[a] ?grammar"),
        ("time a", "[a] ?grammar"),
        ("coproc a", "[a] ?grammar"),
        ("[[ a < b && -f $(c) ]] && d", "[c] [d] ?grammar"),
        ("echo @(a|b)", "[echo|@] [a] [b] ?grammar"),
        ("'if' a", "[if|a]"),
        ("echo if", "[echo|if]"),
        ("a | ! b", "[a] [b] ?grammar"),
    ]);
}

#[test]
fn broken_and_hostile_text() {
    holds(&[
        ("echo 'a", "[echo|] ?syntax"),
        ("echo \"a $(b", "[b] [echo|a $(b] ?syntax ?syntax ?operand"),
        ("echo `a", "[echo|] ?syntax"),
        ("echo \\", "[echo|] ?syntax"),
        ("a\0b", "[a\0b] ?syntax"),
        (")", "?syntax"),
        ("&", "?syntax"),
        ("|", "?syntax ?syntax"),
        (";", "?syntax"),
        ("<", "?syntax"),
    ]);
}

#[test]
fn nesting_is_read_to_the_bound_and_no_further() {
    let nested = |depth: usize| format!("{}a{}", "$(".repeat(depth), ")".repeat(depth));
    let causes = |text: &str| {
        let mut found = Found::default();
        split(text, 0, &mut found);
        found.unresolved.first().map(|part| part.cause)
    };
    assert_eq!(causes(&nested(MOST_DEPTH)), Some(Cause::Program));
    assert_eq!(causes(&nested(MOST_DEPTH + 1)), Some(Cause::Limit));
    let groups = |depth: usize| format!("{}a{}", "( ".repeat(depth), " )".repeat(depth));
    assert_eq!(causes(&groups(MOST_DEPTH)), None);
    assert_eq!(causes(&groups(MOST_DEPTH + 1)), Some(Cause::Limit));
    assert_eq!(causes(&"a".repeat(MOST_TEXT)), None);
    assert_eq!(causes(&"a".repeat(MOST_TEXT + 1)), Some(Cause::Limit));
    assert_eq!(causes(&"a;".repeat(10_000)), None);
    assert_eq!(causes(&"a;".repeat(10_001)), Some(Cause::Limit));
}

#[test]
fn a_mebibyte_of_anything_is_read_in_a_moment() {
    let started = std::time::Instant::now();
    for unit in [
        "(",
        "$(",
        "`",
        "${",
        "\"",
        "'",
        "\"$(",
        "<(",
        "{ ",
        "! ",
        "\\",
        "\\\n",
        "a;",
        "a=(",
        "$((",
        "<<E ",
        "[[ ",
        "\n",
        "if ",
        "case x in ",
        "cat <<E\n",
        "cat <<E\n$(\nE\n",
        "a\\\n",
        "x=",
        "#",
        ")",
        "} ",
        "a{",
        "`\\`",
        "$'",
        "; ",
        "& ",
        "| ",
        "f() ",
        "<<<",
        "> ",
        "\u{e9}",
        "\0",
    ] {
        let text = unit.repeat(MOST_TEXT / unit.len());
        let mut found = Found::default();
        split(&text, 0, &mut found);
        assert!(
            !found.unresolved.is_empty()
                || matches!(unit, "$'" | "\\" | "\n" | "\\\n" | "a\\\n" | "#" | "x=" | "\u{e9}" | "a{"),
            "{unit:?}"
        );
    }
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
