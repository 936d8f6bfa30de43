//! Texts that are made to take a reader's stack, memory or time. The benchmark of the analysis reads them too.

/// A text, and whether whoever reads it must at least ask.
pub(crate) struct Hostile {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) must_ask: bool,
}

/// How often an opener is nested, where that leaves the text under [`MOST`]; a tenth of it where each is ended.
const DEEP: usize = 100_000;

/// Just under the longest text that is read, in bytes.
const MOST: usize = (1 << 20) - 4096;

/// What nests, with what ends it.
const OPENERS: &[(&str, &str)] = &[
    ("$(", ")"),
    ("`", "`"),
    ("(", ")"),
    ("{ ", "; }"),
    ("[[ ( ", " ) ]]"),
    ("[[ ! ", " ]]"),
    ("((", "))"),
    ("(( ( ", " ) ))"),
    ("$((", "))"),
    ("$[", "]"),
    ("${x:-", "}"),
    ("${x[", "]}"),
    ("${!", "}"),
    ("x[", "]=1"),
    ("a=(", ")"),
    ("<(", ")"),
    (">(", ")"),
    ("\"$(", ")\""),
    ("\"${x:-", "}\""),
    ("<<<$(", ")"),
    ("cat <<E\n$(", ")\nE\n"),
    ("case x in x) ", " ;; esac"),
    ("case $(", ") in *) ;; esac"),
    ("if ", "; then :; fi"),
    ("if :; then ", "; fi"),
    ("if :; then :; elif ", "; then :; fi"),
    ("while ", "; do :; done"),
    ("while :; do ", "; done"),
    ("until :; do ", "; done"),
    ("for i in x; do ", "; done"),
    ("for ((;;)); do ", "; done"),
    ("select i in x; do ", "; done"),
    ("function f { ", "; }"),
    ("f() { ", "; }"),
    ("f() ( ", " )"),
    ("! ", ""),
    ("time ", ""),
    ("coproc ", ""),
    ("{a,", "}"),
    ("@(", ")"),
    ("a || ( ", " )"),
    ("a | { ", "; }"),
    ("'", "'"),
    ("\"", "\""),
    ("$'", "'"),
    ("\\", ""),
    ("eval ", ""),
    ("exec ", ""),
    ("env ", ""),
    ("sudo ", ""),
    ("xargs ", ""),
    ("bash -c ", ""),
    ("timeout 1 ", ""),
    ("find . -exec ", " \\;"),
    ("x=", ""),
    ("> ", "f"),
    ("<", "f"),
    ("<<", "E"),
    ("#", ""),
    ("$", "x"),
    ("~", ""),
    ("!", ""),
    ("&", ""),
];

/// The openers that may stand there so often and mean what can be told: words, quotes, programs that run programs.
const MAY_RUN: &[&str] = &[
    "'",
    "\"",
    "$'",
    "\\",
    "#",
    "~",
    "$",
    "`",
    "x=",
    "!",
    "! ",
    "time ",
    "coproc ",
    "eval ",
    "exec ",
    "env ",
    "sudo ",
    "xargs ",
    "bash -c ",
    "timeout 1 ",
];

/// What repeats, each within the longest text that is read.
const REPEATED: &[(&str, &str)] = &[
    ("commands in a row", "true;"),
    ("commands on lines", "true\n"),
    ("commands of one letter", "a;"),
    ("conditions", "a&&"),
    ("alternatives", "a||"),
    ("a pipe", "a|"),
    ("commands beside the shell", "a&"),
    ("words", "a "),
    ("variables", "$x"),
    ("variables as words", "$x "),
    ("unquoted wildcards", "*"),
    ("wildcards in folders", "*/"),
    ("substitutions", "$(a)"),
    ("backtick substitutions", "`a`"),
    ("process substitutions", "<(a) "),
    ("arithmetic", "$((1+1))"),
    ("quotes", "'a'"),
    ("double quotes", "\"$a\""),
    ("assignments", "a=1 "),
    ("doubled variables", "x=$x$x;"),
    ("doubled arrays", "a=(\"${a[@]}\" \"${a[@]}\");"),
    ("doubled operands", "set -- \"$@\" \"$@\";"),
    ("loops", "for i in a b; do c; done;"),
    ("cases", "case a in a) b;; esac;"),
    ("conditions with two outcomes", "if a; then x=1$x; else x=2$x; fi;"),
    ("functions", "f() { a; };"),
    ("calls", "f(){ :;};f;"),
    ("folders that may be entered", "cd a||cd b;"),
    ("redirections", ">a "),
    ("redirected commands", "a>b;"),
    ("here-documents", "cat <<E\n$x\nE\n"),
    ("here-documents without an end", "<<E "),
    ("here-strings", "a<<<b;"),
    ("evaluations", "eval a;"),
    ("shells", "sh -c a;"),
    ("aliases", "alias a='a;a';"),
    ("subscripts", "x[$x]=1;"),
    ("traps", "trap 'trap a EXIT' EXIT;"),
    ("brace lists", "{a,b}"),
    ("brace lists as words", "{a,b} "),
    ("brace ranges", "{1..999999999}"),
    ("brace letters", "{a..z}"),
    ("joined lines", "\\\n"),
    ("comments", "#\n"),
    ("blank lines", "\n"),
    ("blanks", " "),
    ("semicolons", ";"),
    ("carriage returns", "\r\n"),
    ("NULs", "\0"),
    ("bytes beyond ASCII", "é"),
    ("escapes", "\\a"),
];

/// Texts that grow, or that refer to themselves, and whether whoever reads them must at least ask: what a shell ends
/// by itself, as an alias of itself, may be told.
const GROWING: &[(&str, &str, bool)] = &[
    ("a range of a thousand millions", "echo {1..999999999}", true),
    ("ranges in ranges", "echo {{1..99999},{1..99999}}{{1..99999},{1..99999}}", true),
    ("a range without a step", "echo {1..10..0}; $x", true),
    ("a range beyond 64 bits", "echo {1..99999999999999999999}; $x", true),
    ("a function that calls itself", "f() { f; }; f", true),
    ("a function that calls itself twice", "f() { f; f; }; f", true),
    ("a fork bomb", ":(){ :|:& };:", true),
    ("two functions that call each other", "f() { g; }; g() { f; }; f", true),
    ("a function that grows its operands", "f() { f \"$@\" \"$@\"; }; f a", true),
    ("a function that makes itself anew", "f() { eval 'f() { f; }'; f; }; f", true),
    ("an evaluation of itself", "x='eval \"$x\"'; eval \"$x\"", true),
    ("an evaluation that grows", "x='eval \"$x;$x\"'; eval \"$x\"", true),
    ("a shell of itself", "export x='bash -c \"$x\"'; bash -c \"$x\"", true),
    ("a trap of itself", "x='trap \"$x\" EXIT'; eval \"$x\"; $x", false),
    ("references in a circle", "declare -n a=b b=c c=a; $a", false),
    ("names in a circle", "a=b b=a; ${!a} ${!b}; $a$b", false),
    ("arithmetic in a circle", "x=y y=x; ((x)); $((x))", false),
    ("arithmetic of itself", "x='x+x'; $((x))", false),
    ("a subscript of itself", "a='a[a]'; $((a))", false),
    ("a power of powers", "x=$((9**9**9)); $x", false),
    ("a width without bounds", "x=$(printf '%999999999d' 1); $x", true),
    ("a variable of a given width", "printf -v x '%0999999999d' 1; $x", true),
    ("a repetition by a range", "x=$(printf 'a%.0s' {1..9999999}); $x", true),
    ("a loop without an end", "while :; do x=$x$x; done; $x", true),
    ("a loop that counts far", "for ((i=0; i<999999999; i++)); do x+=a; done; $x", true),
    ("an alias of itself", "shopt -s expand_aliases\nalias a='a a'\na", false),
    ("aliases in a circle", "shopt -s expand_aliases\nalias a='b;b' b='a;a'\na", false),
    ("a script of itself", ". ./self.sh", true),
    ("a script of itself in a shell", "bash self.sh", true),
    ("a script of itself, twice", "bash twice.sh", true),
    ("an input that is the output", "cat < f | tee f | bash", true),
    ("a substring far away", "x=abc; ${x:999999999999999999999:1}", false),
    ("a position far away", "shift 99999999999999999999; ${99999999999999999999}", false),
    ("an element far away", "a[99999999999999999999]=x; ${a[-99999999999999999999]}", false),
    ("a descriptor far away", "echo x 99999999999999999999> f; $x", true),
];

/// All of them.
pub(crate) fn texts() -> Vec<Hostile> {
    let mut all = Vec::new();
    let mut add = |name: String, text: String, must_ask: bool| all.push(Hostile { name, text, must_ask });
    for (open, close) in OPENERS {
        let both = (MOST / (open.len() + close.len())).min(DEEP / 10);
        let alone = (MOST / open.len()).min(DEEP);
        let must_ask = !MAY_RUN.contains(open);
        add(format!("{both} times {open:?}, ended"), nested(open, "a", close, both), must_ask);
        add(format!("{alone} times {open:?}, left open"), nested(open, "a", "", alone), must_ask);
        add(format!("30 times {open:?}, left open"), nested(open, "a", "", 30), false);
        add(format!("120 times {open:?}, ended"), nested(open, "a", close, 120), false);
    }
    for (name, piece) in REPEATED {
        add(format!("a mebibyte of {name}"), piece.repeat(MOST / piece.len()), false);
        add(format!("64 of {name}"), format!("x=a; a=(b); {}\n$x", piece.repeat(64)), false);
        add(
            format!("64 KiB of {name} behind a command"),
            format!("a {}", piece.repeat((64 << 10) / piece.len())),
            false,
        );
    }
    for (name, text, must_ask) in GROWING {
        add((*name).to_owned(), (*text).to_owned(), *must_ask);
    }
    let chain = |count: usize, link: &dyn Fn(usize) -> String| (1..=count).map(link).collect::<String>();
    add("a variable doubled 60 times".into(), format!("x=a; {}$x", "x=$x$x; ".repeat(60)), true);
    add("a variable doubled by replacing".into(), format!("x=a; {}$x", "x=${x//a/aa}; ".repeat(60)), true);
    add(
        "a variable doubled by printing".into(),
        format!("x=a; {}$x", "printf -v x %s%s $x $x; ".repeat(60)),
        true,
    );
    add(
        "a variable doubled by substitution".into(),
        format!("x=a; {}$x", "x=$(echo $x$x); ".repeat(60)),
        true,
    );
    add(
        "operands doubled 60 times".into(),
        format!("set -- a; {}\"$@\"", "set -- \"$@\" \"$@\"; ".repeat(60)),
        true,
    );
    add("brace lists, 30 in a word".into(), format!("{} a", "{a,b}".repeat(30)), true);
    add("brace letters, 20 in a word".into(), format!("{} a", "{a..z}".repeat(20)), true);
    add(
        "functions that call the one before twice".into(),
        format!("f0() {{ $x; }}; {}f60", chain(60, &|n| format!("f{n}() {{ f{0}; f{0}; }}; ", n - 1))),
        true,
    );
    add(
        "aliases of the one before twice".into(),
        format!(
            "shopt -s expand_aliases\nalias a0='$x'\n{}a60",
            chain(60, &|n| format!("alias a{n}='a{0};a{0}'\n", n - 1))
        ),
        true,
    );
    add(
        "evaluations of the one before twice".into(),
        format!(
            "x0='$y'; {}eval \"$x60\"",
            chain(60, &|n| format!("x{n}='eval \"$x{0}\"; eval \"$x{0}\"'; ", n - 1))
        ),
        true,
    );
    add(
        "variables of two values, 60 in a word".into(),
        format!(
            "{}{}",
            chain(60, &|n| format!("if a; then x{n}=a; else x{n}=b; fi; ")),
            chain(60, &|n| format!("$x{n}"))
        ),
        true,
    );
    add(
        "folders of two places, 60 deep".into(),
        format!("{}cat $x", chain(60, &|n| format!("if a; then cd a{n}; else cd b{n}; fi; "))),
        false,
    );
    add(
        "loops in loops".into(),
        format!(
            "{}$a$b{}",
            "for a in {1..99}; do for b in $a{1..99}; do ".repeat(20),
            "; done; done".repeat(20)
        ),
        true,
    );
    add(
        "here-documents of one command".into(),
        format!(
            "cat{}\n{}$x",
            chain(10_000, &|n| format!(" <<E{n}")),
            chain(10_000, &|n| format!("$(a)\nE{n}\n"))
        ),
        true,
    );
    add("quotes in quotes".into(), quoted(12), true);
    add("a case of 10,000 patterns".into(), format!("case $x in {}*) $x;; esac", "a|".repeat(10_000)), true);
    add("a case of 10,000 branches".into(), format!("case $x in {}esac; $x", "a) b;; ".repeat(10_000)), true);
    add("more than is read".into(), "true;".repeat((2 << 20) / 5), true);
    add("more than is read, of one word".into(), "a".repeat(2 << 20), true);
    all
}

fn nested(open: &str, inner: &str, close: &str, count: usize) -> String {
    [open.repeat(count).as_str(), inner, &close.repeat(count)].concat()
}

/// A command in a shell in a shell, each level quoted again: the text doubles with every level.
fn quoted(levels: usize) -> String {
    (0..levels).fold("$x".to_owned(), |text, _| {
        format!("bash -c \"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\$"))
    })
}
