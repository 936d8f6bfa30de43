//! What is read, and what is not.

use std::rc::Rc;

use super::*;

fn reads(text: &str) -> Result<usize, Cause> {
    let mut parser = Parser::new(text.as_bytes(), 0);
    let mut lines = 0;
    loop {
        match parser.next() {
            Ok(Some(_)) => lines += 1,
            Ok(None) => return Ok(lines),
            Err(fault) => return Err(fault.cause),
        }
    }
}

#[test]
fn grammar_of_every_kind_is_read() {
    for text in [
        "",
        "# x",
        "a",
        "a;",
        "a; b",
        "a & b",
        "a && b || c",
        "! a",
        "! ! a",
        "time a",
        "time -p a | b",
        "a |& b",
        "{ a; }",
        "( a )",
        "((1+1))",
        "( (a); (b) )",
        "((a); (b))",
        "if a; then b; elif c; then d; else e; fi",
        "while a; do b; done",
        "until a\ndo b\ndone",
        "for x in 1 2; do a; done",
        "for x; do a; done",
        "for x do a; done",
        "for x in; do a; done",
        "for ((i=0;i<3;i++)); do a; done",
        "for ((;;)) { a; }",
        "select x in a; do b; done",
        "case x in a) b;; (c|d) e;& *) f;;& esac",
        "case x in esac",
        "case $x in a) ;; esac",
        "f() { a; }",
        "f () ( a )",
        "function f { a; }",
        "function f() { a; } > x",
        "coproc a",
        "coproc { a; }",
        "coproc N { a; }",
        "[[ a == b && ( c -nt d || ! -e f ) ]]",
        "[[ a =~ ^(x|y)[0-9]+$ ]]",
        "[[ $a =~ [[:space:]]*(a)? ]]",
        "x=1",
        "x=1 y=2 a",
        "x+=1",
        "x[1]=2",
        "x[a b]=2",
        "x=(a b [3]=c)",
        "declare -a x=(a b)",
        "a >b 2>&1 <c >>d &>e",
        "a 2>/dev/null|b",
        "{fd}>x a",
        "a <<E\nb\nE",
        "a <<-'E' | c\n\tb\n\tE\n",
        "a <<E <<F\n1\nE\n2\nF\nb",
        "a <<<b",
        "a $'x\\n\\x41\\u00e9' $\"y\"",
        "a \"$b ${c:-d} $(e) `f` $((1+2))\"",
        "a ${x##*/} ${x%.*} ${x/a/b} ${x//a} ${x/#a/b}",
        "a ${x:1:2} ${x: -1} ${x^^} ${x,,} ${x@Q} ${!x} ${#x} ${#x[@]} ${!x[@]} ${!p*} ${x[@]:1} ${#} ${##} ${#?} $# $$ $!",
        "a $(b $(c `d`)) <(e) >(f)",
        "a {b,c}{1..3} ~ ~x/y *.c [a-z]? a\\ b",
        "a\\\nb",
        "ec\\\nho x &\\\n& b",
        "a | \n b",
        "a &&\n\n b",
        "echo {a ; b",
        "echo } ; a",
        "echo \\#; a",
        "a#b",
        "echo a=(",
        "[ a ]",
        "echo if then",
        "x=`a`",
        "$((1<<2))",
        "echo $(case a in a) b;; esac)",
        "echo $(case a in (a) b;; esac)",
        "echo \"`echo \\\"a\\\"`\"",
        "a() { b; }; a",
        "if a\nthen b\nfi >c",
        "echo $[1+1]",
        "cat <<E\n$(a\nb)\nE\n",
        "a $(cat <<E\nx\nE\n)",
        "a ;b\n\n\nc",
        "{ a; } 2>&1 | b",
        "(a)>b",
        "while read x; do a; done < <(b)",
        "echo ${x:-{a}}",
        "echo a{b",
        "!",
        "time",
        "a $((x ? 1 : 2))",
        "a ${x:$((1)):y?1:2}",
        "echo ~+ ~-",
        "a '\n'",
        "echo $",
        "echo \"$\"",
        "a=$b$c",
        "export x=1",
    ] {
        if text == "echo a=(" {
            assert_eq!(reads(text), Err(Cause::Syntax), "{text}");
        } else {
            assert!(reads(text).is_ok(), "{text}: {:?}", reads(text));
        }
    }
}

#[test]
fn what_does_not_parse_is_a_fault() {
    for text in [
        "a )",
        "( a",
        "{ a",
        "a }; )",
        "if a; fi",
        "if a; then; fi",
        "for x in a; b; done",
        "a | ",
        "a &&",
        "&& a",
        "; a",
        ";; a",
        "case x in a) b",
        "'a",
        "\"a",
        "`a",
        "$(a",
        "${a",
        "$((1",
        "a >",
        "a > ;",
        "f()",
        "a (b)",
        "fi",
        "done",
        "[[ a",
        "[[ ]]",
        "a ;; b",
        "<(a",
        "a & & b",
        "while a; done",
        "function",
        "x=(a",
        "((1)",
        "a <<",
    ] {
        assert_eq!(reads(text), Err(Cause::Syntax), "{text}");
    }
}

#[test]
fn lines_before_a_fault_are_given() {
    let mut parser = Parser::new(b"a\nb; c\n)\nd", 0);
    assert!(matches!(parser.next(), Ok(Some(_))));
    assert!(matches!(parser.next(), Ok(Some(list)) if list.entries.len() == 2));
    assert!(parser.next().is_err());
}

#[test]
fn depth_ends_in_a_limit_and_never_in_a_crash() {
    for opener in [
        "$(", "$(`", "(", "{ ", "[[ (", "((", "${x:-", "<(", "\"$(", "if ", "while ", "case $(", "x[$(",
        "f() { ", "$((", "x=(",
    ] {
        let text = opener.repeat(100_000);
        assert!(matches!(reads(&text), Err(Cause::Limit | Cause::Syntax | Cause::Grammar)), "{opener}");
    }
}

#[test]
fn an_alias_is_read_in_the_place_of_its_name() {
    let mut parser = Parser::new(b"x y; sudo x; l", 0);
    Rc::make_mut(&mut parser.aliases).insert("x".into(), "a b; c ".into());
    Rc::make_mut(&mut parser.aliases).insert("y".into(), "z".into());
    Rc::make_mut(&mut parser.aliases).insert("sudo".into(), "sudo ".into());
    Rc::make_mut(&mut parser.aliases).insert("l".into(), "l -a".into());
    let list = parser.next().expect("it parses").expect("there is one");
    assert_eq!(list.entries.len(), 5);
}
