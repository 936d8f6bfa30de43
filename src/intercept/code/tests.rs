//! What code is let be, and what it is asked about.

use super::*;

#[test]
fn code_that_only_computes_is_told_from_code_that_may_do_more() {
    for text in [
        "import sys,json; print(json.load(sys.stdin)['x'])",
        "print(1+1)",
        "import json,sys\nfor row in json.load(sys.stdin)['items']: print(row['id'], row.get('name'))",
        "print('\\n'.join(sorted(set(['a','b']))))",
        "import hashlib; print(hashlib.sha256(b'x').hexdigest())",
        "import datetime as d; print(d.datetime.now().isoformat())",
    ] {
        assert!(only_computes(Language::Python, text), "{text}");
    }
    for text in [
        "import os; os.system('x')",
        "open('.env').read()",
        "__import__('os')",
        "exec('x')",
        "eval('1')",
        "import subprocess",
        "import sys; sys.modules['os']",
        "getattr(x, 'y')",
        "print(f\"{open('.env').read()}\")",
        "import json; json.codecs.open('x')",
        "import pathlib",
        "from os import system as print; print('x')",
    ] {
        assert!(!only_computes(Language::Python, text), "{text}");
    }
    for text in ["print if /x/", "s/a/b/g", "$s += $F[0]; END { print $s }", "print join(',', @F[0..2])"] {
        assert!(only_computes(Language::Perl, text), "{text}");
    }
    for text in
        ["system 'x'", "`x`", "open(F, 'x')", "exec qw(a b)", "require 'x'", "print <F>", "@{[ system 1 ]}"]
    {
        assert!(!only_computes(Language::Perl, text), "{text}");
    }
}

#[test]
fn awk_is_read_for_what_it_runs_and_opens() {
    let none = Uses::default();
    for text in [
        "{print $1}",
        "BEGIN{print \"a > b\"}",
        "$3 > 5 {print}",
        "/a|b/ {n++} END{print n}",
        "{ if ($1 || $2) print }",
        "NR==1 || /x/",
    ] {
        assert_eq!(awk(text, &[]), none, "{text}");
    }
    assert_eq!(awk("BEGIN{system(\"a b\")}", &[]).commands, ["a b"]);
    assert_eq!(awk("BEGIN{\"a b\"|getline}", &[]).commands, ["a b"]);
    assert_eq!(awk("BEGIN{print \"a b\"|\"sh\"}", &[]).commands, ["a b"]);
    assert_eq!(awk("{print > \"x\"}", &[]).writes, ["x"]);
    assert_eq!(awk("{print $1 >> \"x\"}", &[]).writes, ["x"]);
    assert_eq!(awk("BEGIN{while((getline l<\".env\")>0)print l}", &[]).reads, [".env"]);
    for text in ["BEGIN{system(x)}", "{print | x}", "{print > $1}", "@load \"x\"", "x | getline"] {
        assert!(awk(text, &[]).is_unread, "{text}");
    }
}

#[test]
fn sed_is_read_command_by_command() {
    let none = Uses::default();
    for text in [
        "s/a/b/g",
        "1,20p",
        "/x/d",
        "$!N;s/\\n/ /;P;D",
        "y/a/b/",
        "/a/,/b/{s/x/y/;p}",
        "s|e|w|",
        "1i # text e x",
        "a\\\nw x",
        "q5",
        "s/[/]/x/",
        ":a;ba",
        "0~3d",
        "\\,a,d",
    ] {
        assert_eq!(sed(text), none, "{text}");
    }
    assert_eq!(sed("1e a b").commands, ["a b"]);
    assert_eq!(sed("w x").writes, ["x"]);
    assert_eq!(sed("s/a/b/w x").writes, ["x"]);
    assert_eq!(sed("$r .env").reads, [".env"]);
    assert!(sed("s/x/CMD/e").is_unread);
    assert!(sed("e").is_unread);
    assert!(sed("k").is_unread);
}
