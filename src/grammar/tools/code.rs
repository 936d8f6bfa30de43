//! Shells and interpreters: programs that run a text or a file.

use super::entry::{Form, Operands, Subcommand, Tool};
use crate::grammar::options::Style;
use crate::grammar::tool::{Language, Role};

/// Every program of this family.
pub(super) const TOOLS: &[Tool] = &[
    SHELLS,
    FISH,
    OTHER_SHELLS,
    PYTHON,
    IPYTHON,
    PERL,
    RUBY,
    NODE,
    TSX,
    PHP,
    LUA,
    TCLSH,
    EXPECT,
    R,
    OSASCRIPT,
    INTERPRETERS,
    BUN,
    DENO,
    DOTNET,
    JAVA,
    AWK,
    SED,
    JQ,
    YQ,
    ED,
    VIM,
    NANO,
    EMACS,
    DC,
    BC,
    M4,
    GDB,
];

const TEXT: Operands = Operands::all(Role::Text);

const fn file_of(language: &'static [Role]) -> Operands {
    TEXT.first(language)
}

const SHELLS: Tool = Tool::new(
    &[
        "bash",
        "sh",
        "dash",
        "ash",
        "zsh",
        "ksh",
        "ksh93",
        "mksh",
        "lksh",
        "oksh",
        "loksh",
        "pdksh",
        "yash",
        "rbash",
        "rksh",
        "rzsh",
        "bash-static",
        "posh",
    ],
    Form::of(
        Style::Shell,
        "+B +C +E +H +P +T +a +b +e +f +h +i +k +m +n +p +s +t +u +v +x --debug --debugger \
         --dump-po-strings --dump-strings --help --interactive --login --no-rcs --noediting \
         --noprofile --norc --posix --pretty-print --protected --rcs --restricted --verbose \
         --version --wordexp -0 -1 -2 -3 -4 -5 -6 -7 -8 -9 -B -C -D -E -F -G -H -I -K -L -N \
         -P -R -S -T -V -W -X -Y -Z -a -b -c -d -e -f -g -h -i -k -l -m -n -p -r -s -t -u -v \
         -w -x -y",
        "+O +o --emulate --init-file --rcfile -O -o",
        "",
    )
    .same("--init-file=--rcfile")
    .roles(&[("--rcfile", Role::ShellFile)])
    .first(&[Role::ShellFile], Role::Text)
    .with(&[("-c", TEXT.first(&[Role::Shell])), ("-s", TEXT)]),
);

const FISH: Tool = Tool::new(
    &["fish"],
    Form::posix(
        "--help --interactive --login --no-config --no-execute --print-debug-categories \
         --print-rusage-self --private --version -N -P -h -i -l -n -v",
        "--command --debug --debug-output --features --init-command --profile \
         --profile-startup -C -c -d -f -o -p",
        "",
    )
    .same("-C=--init-command -c=--command -o=--debug-output -p=--profile")
    .roles(&[
        ("--command", Role::Opaque),
        ("--init-command", Role::Opaque),
        ("--debug-output", Role::Write),
        ("--profile", Role::Write),
    ])
    .first(&[Role::CodeFile(Language::Other)], Role::Text)
    .with(&[("--command", TEXT)]),
);

/// Shells of other families: whatever they are given runs.
const OTHER_SHELLS: Tool = Tool::new(
    &[
        "csh",
        "tcsh",
        "elvish",
        "nu",
        "xonsh",
        "pwsh",
        "powershell",
        "cmd",
        "rc",
        "es",
        "ion",
        "murex",
        "osh",
        "ysh",
    ],
    Form::leading("", "", "").all(Role::Opaque),
);

const PYTHON: Tool = Tool::new(
    &["python", "pypy", "pythonw", "micropython"],
    Form::posix(
        "--help --help-all --help-env --help-xoptions --version -? -B -E -I -O -P -R -S -V -b \
         -d -h -i -q -s -t -u -v -x",
        "--check-hash-based-pycs -Q -W -X -c -m",
        "",
    )
    .roles(&[("-c", Role::Code(Language::Python)), ("-m", Role::Opaque), ("-X", Role::Text)])
    .operands(file_of(&[Role::CodeFile(Language::Python)]))
    .with(&[("-c -m", TEXT)]),
);

const IPYTHON: Tool =
    Tool::new(&["ipython", "bpython", "jupyter", "jython"], Form::leading("", "", "").all(Role::Opaque));

const PERL: Tool = Tool::new(
    &["perl"],
    Form::posix(
        "-S -T -U -W -X -a -c -f -g -h -n -p -s -t -u -v -w",
        "-E -I -e",
        "-0 -C -D -F -M -V -d -i -l -m -x",
    )
    .roles(&[
        ("-e", Role::Code(Language::Perl)),
        ("-E", Role::Code(Language::Perl)),
        ("-m", Role::Opaque),
        ("-M", Role::Opaque),
        ("-I", Role::Opaque),
        ("-d", Role::Opaque),
        ("-F", Role::Text),
        ("-x", Role::Folder),
    ])
    .operands(file_of(&[Role::CodeFile(Language::Perl)]))
    .with(&[
        ("-i", Operands::all(Role::Update).first(&[Role::CodeFile(Language::Perl)]).but_first("-E -e")),
        ("-E -e", Operands::all(Role::Read)),
    ]),
);

const RUBY: Tool = Tool::new(
    &["ruby", "jruby", "truffleruby"],
    Form::posix(
        "--copyright --debug --help --jit --verbose --version --yjit --yydebug -S -a -c -d -h \
         -l -n -p -s -v -w -y",
        "--backtrace-limit --disable --dump --enable --encoding --external-encoding \
         --internal-encoding --parser -C -E -I -X -e -r",
        "-0 -F -K -T -U -W -i -x",
    )
    .roles(&[
        ("-e", Role::Code(Language::Ruby)),
        ("-r", Role::Opaque),
        ("-I", Role::Opaque),
        ("-C", Role::Folder),
        ("-X", Role::Folder),
        ("-x", Role::Folder),
    ])
    .operands(file_of(&[Role::CodeFile(Language::Ruby)]))
    .with(&[
        ("-i", Operands::all(Role::Update).first(&[Role::CodeFile(Language::Ruby)]).but_first("-e")),
        ("-e", Operands::all(Role::Read)),
    ]),
);

const NODE: Tool = Tool::new(
    &["node", "nodejs"],
    Form::leading(
        "--abort-on-uncaught-exception --check --completion-bash --enable-source-maps \
         --experimental-fetch --experimental-permission --experimental-sqlite \
         --experimental-strip-types --experimental-test-coverage \
         --experimental-transform-types --experimental-vm-modules --expose-gc --force-fips \
         --frozen-intrinsics --help --insecure-http-parser --interactive --no-addons \
         --no-deprecation --no-experimental-fetch --no-experimental-strip-types \
         --no-strip-types --no-warnings --pending-deprecation --permission \
         --preserve-symlinks --preserve-symlinks-main --prof --test --test-only \
         --throw-deprecation --trace-deprecation --trace-exit --trace-sync-io \
         --trace-uncaught --trace-warnings --track-heap-objects --use-openssl-ca \
         --use-system-ca --v8-options --verify-base-objects --version --watch \
         --zero-fill-buffers -c -h -i -v",
        "--build-snapshot-config --conditions --cpu-prof-dir --diagnostic-dir \
         --dns-result-order --env-file --env-file-if-exists --eval --experimental-config-file \
         --experimental-loader --heap-prof-dir --icu-data-dir --import --input-type --loader \
         --localstorage-file --max-http-header-size --openssl-config --print \
         --redirect-warnings --report-dir --report-directory --require --run --secure-heap \
         --test-concurrency --test-name-pattern --test-reporter --test-reporter-destination \
         --test-timeout --title --trace-event-categories --unhandled-rejections --watch-path \
         -C -e -p -r",
        "--allow-fs-read --allow-fs-write --cpu-prof --disable-warning \
         --es-module-specifier-resolution --heap-prof --inspect --inspect-brk --inspect-port \
         --max-old-space-size --max-semi-space-size --stack-size --stack-trace-limit",
    )
    .same(
        "-C=--conditions -c=--check -e=--eval -h=--help -i=--interactive -p=--print \
         -r=--require -v=--version",
    )
    .roles(&[
        ("--eval", Role::Code(Language::Node)),
        ("--print", Role::Code(Language::Node)),
        ("--require", Role::Opaque),
        ("--import", Role::Opaque),
        ("--loader", Role::Opaque),
        ("--experimental-loader", Role::Opaque),
        ("--openssl-config", Role::Opaque),
        ("--experimental-config-file", Role::Opaque),
        ("--run", Role::Opaque),
        ("--env-file", Role::Read),
        ("--env-file-if-exists", Role::Read),
        ("--redirect-warnings", Role::Write),
        ("--test-reporter-destination", Role::Write),
        ("--localstorage-file", Role::Update),
    ])
    .operands(file_of(&[Role::CodeFile(Language::Node)]))
    .with(&[("--eval --print --run", TEXT), ("--test", Operands::all(Role::CodeFile(Language::Node)))]),
);

const TSX: Tool = Tool::new(
    &["tsx", "ts-node", "ts-node-esm", "swc-node", "esno", "babel-node", "coffee"],
    Form::leading(
        "--esm --help --no-cache --transpile-only --version -T -h -v",
        "--eval --print --project --require --tsconfig -P -e -p -r",
        "",
    )
    .same("-e=--eval -p=--print")
    .roles(&[
        ("--eval", Role::Code(Language::Node)),
        ("--print", Role::Code(Language::Node)),
        ("-r", Role::Opaque),
        ("--require", Role::Opaque),
    ])
    .operands(file_of(&[Role::CodeFile(Language::Node)]))
    .with(&[("--eval --print", TEXT)]),
);

const PHP: Tool = Tool::new(
    &["php", "php-cli", "php-cgi"],
    Form::posix(
        "--help --info --ini --interactive --modules --no-php-ini --syntax-check --version -a \
         -h -i -l -m -n -q -s -v -w",
        "--define --docroot --file --php-ini --process-begin --process-code --process-end \
         --process-file --rc --re --rf --ri --run --rz --server --zend-extension -B -E -F -R \
         -S -c -d -f -r -t -z",
        "",
    )
    .same(
        "-B=--process-begin -E=--process-end -F=--process-file -R=--process-code -c=--php-ini \
         -d=--define -f=--file -r=--run -z=--zend-extension",
    )
    .roles(&[
        ("--run", Role::Code(Language::Php)),
        ("--file", Role::CodeFile(Language::Php)),
        ("--process-begin", Role::Code(Language::Php)),
        ("--process-code", Role::Code(Language::Php)),
        ("--process-end", Role::Code(Language::Php)),
        ("--process-file", Role::CodeFile(Language::Php)),
        ("--define", Role::Opaque),
        ("--php-ini", Role::Opaque),
        ("--zend-extension", Role::Opaque),
        ("-t", Role::Opaque),
        ("-S", Role::Opaque),
    ])
    .operands(file_of(&[Role::CodeFile(Language::Php)]))
    .with(&[("--file --process-begin --process-code --process-end --process-file --run", TEXT)]),
);

const LUA: Tool = Tool::new(
    &["lua", "luajit"],
    Form::posix("-E -W -i -v", "-e -l", "-O -b -j")
        .roles(&[
            ("-e", Role::Code(Language::Lua)),
            ("-l", Role::Opaque),
            ("-j", Role::Opaque),
            ("-b", Role::Opaque),
        ])
        .operands(file_of(&[Role::CodeFile(Language::Lua)])),
);

const TCLSH: Tool = Tool::new(
    &["tclsh", "wish", "jimsh"],
    Form::posix("", "-encoding", "").operands(file_of(&[Role::CodeFile(Language::Tcl)])),
);

const EXPECT: Tool = Tool::new(
    &["expect", "expectk"],
    Form::posix("-D -N -b -d -i -n -v", "-C -c -f", "")
        .roles(&[("-c", Role::Code(Language::Tcl)), ("-f", Role::CodeFile(Language::Tcl))])
        .operands(file_of(&[Role::CodeFile(Language::Tcl)]).but_first("-f")),
);

const R: Tool = Tool::new(
    &["rscript", "Rscript", "R", "littler"],
    Form::posix(
        "--help --interactive --no-echo --no-environ --no-init-file --no-readline \
         --no-restore --no-save --no-site-file --quiet --restore --save --silent --slave \
         --vanilla --verbose --version -q",
        "-d -e -f -g",
        "--args --default-packages --encoding --file",
    )
    .same("-f=--file")
    .roles(&[("-e", Role::Code(Language::R)), ("--file", Role::CodeFile(Language::R)), ("-d", Role::Opaque)])
    .operands(file_of(&[Role::CodeFile(Language::R)]))
    .with(&[("-e", TEXT)]),
);

const OSASCRIPT: Tool = Tool::new(
    &["osascript"],
    Form::posix("-i", "-e -l -s", "")
        .roles(&[("-e", Role::Code(Language::AppleScript))])
        .operands(file_of(&[Role::CodeFile(Language::AppleScript)]))
        .with(&[("-e", TEXT)]),
);

/// Interpreters and runtimes of which no text is read: whatever they are given runs.
const INTERPRETERS: Tool = Tool::new(
    &[
        "irb",
        "pry",
        "julia",
        "groovy",
        "scala",
        "jshell",
        "guile",
        "racket",
        "sbcl",
        "clisp",
        "clojure",
        "clj",
        "bb",
        "erl",
        "escript",
        "elixir",
        "iex",
        "ghci",
        "runghc",
        "runhaskell",
        "stack",
        "ocaml",
        "utop",
        "swift",
        "kotlin",
        "kotlinc",
        "mono",
        "wine",
        "octave",
        "matlab",
        "maxima",
        "gnuplot",
        "nickle",
        "crystal",
        "nim",
        "nimble",
        "zig",
        "v",
        "dart",
        "flutter",
        "janet",
        "fennel",
        "io",
        "gforth",
        "swipl",
        "red",
        "rebol",
        "wscript",
        "cscript",
        "mshta",
        "rundll32",
        "wasmtime",
        "wasmer",
        "raku",
        "rakudo",
        "gosh",
        "scheme",
        "mit-scheme",
        "csi",
        "chez",
        "gsi",
        "qjs",
        "d8",
        "rhino",
        "rr",
        "lldb",
        "sage",
    ],
    Form::leading("--help --version -h", "", "").all(Role::Opaque),
);

/// What checks, shows and installs; whatever else it is given runs.
const DENO: Tool = Tool::with(
    &["deno"],
    Form::leading("--help --quiet --version -V -h -q", "", "").all(Role::Opaque),
    &[
        Subcommand::new(
            "install",
            Form::plain("--dev --force --global --quiet --root -D -f -g -q", "--config --name -c -n", "")
                .same("-c=--config")
                .roles(&[("--config", Role::Read)]),
        )
        .or("add|remove|uninstall|outdated|update"),
        Subcommand::new("fmt", Form::plain("--check", "--config -c", "").all(Role::Write)),
        Subcommand::new("lint", Form::plain("--fix --json", "--config -c", "").all(Role::Update))
            .or("check|doc|info|types"),
    ],
);

/// As its kin, it installs packages and runs the scripts and files of the project.
const BUN: Tool = Tool::with(
    &["bun"],
    Form::leading(
        "--bun --help --hot --if-present --no-install --prefer-offline --revision --silent --smol \
         --version --watch -b -h -v",
        "--conditions --config --cwd --env-file --eval --filter --import --preload --print \
         --require --shell -F -c -e -p -r",
        "",
    )
    .same("-c=--config -e=--eval -p=--print -r=--preload")
    .roles(&[
        ("--config", Role::Opaque),
        ("--cwd", Role::Folder),
        ("--env-file", Role::Read),
        ("--eval", Role::Code(Language::Node)),
        ("--import", Role::Opaque),
        ("--preload", Role::Opaque),
        ("--print", Role::Code(Language::Node)),
        ("--require", Role::Opaque),
        ("--shell", Role::Opaque),
    ])
    .all(Role::Opaque),
    &[
        Subcommand::new("install", BUN_PACKAGES)
            .or("i|add|a|remove|rm|update|outdated|audit|info|link|unlink|patch|patch-commit|why"),
        Subcommand::new("publish", BUN_PACKAGES.all(Role::Read)),
        Subcommand::new("pm", BUN_PACKAGES),
        Subcommand::new("init", Form::plain("--help --minimal --react --yes -h -m -y", "", "")),
        Subcommand::new(
            "test",
            Form::plain(
                "--bail --coverage --only --todo --update-snapshots -u",
                "--reporter --test-name-pattern --timeout -t",
                "",
            ),
        ),
        Subcommand::new(
            "run",
            Form::leading("", "", "").first(&[Role::CodeFile(Language::Node)], Role::Text),
        ),
        Subcommand::new("exec", Form::leading("", "", "").all(Role::JoinedShell)),
        Subcommand::new(
            "x",
            Form::leading("--no-install --silent --verbose", "--package -p", "").all(Role::Command),
        ),
    ],
)
.anywhere();

const BUN_PACKAGES: Form = Form::plain(
    "--all --analyze --dev --development --dry-run --exact --force --frozen-lockfile --global \
         --ignore-scripts --interactive --json --latest --lockfile-only --no-cache --no-progress \
         --no-save --no-summary --no-verify --optional --peer --production --quiet --recursive \
         --save --trust --verbose --yarn -E -a -d -f -g -i -p -y",
    "--access --audit-level --auth-type --backend --ca --cache-dir --cafile --concurrent-scripts \
         --gzip-level --network-concurrency --omit --otp --registry --save-text-lockfile --tag",
    "",
);

/// It builds and runs the project, as its kin do.
const DOTNET: Tool = Tool::new(
    &["dotnet"],
    Form::leading("--help --info --list-runtimes --list-sdks --version -h", "", "").all(Role::Text),
);

const JAVA: Tool = Tool::new(
    &["java"],
    Form::leading(
        "--dry-run --enable-preview --help --show-version --version -client -cp -ea -esa -help -server \
         -showversion -version",
        "--add-modules --class-path --module --module-path -classpath -jar -m -p",
        "-D -Xm -Xs",
    )
    .roles(&[("-jar", Role::Read)])
    .all(Role::Text),
);

const AWK: Tool = Tool::new(
    &["awk", "gawk", "mawk", "nawk", "original-awk", "bwk", "goawk"],
    Form::posix(
        "--bignum --characters-as-bytes --copyright --csv --gen-pot --help --lint-old \
         --no-optimize --non-decimal-data --optimize --posix --re-interval --sandbox --trace \
         --traditional --use-lc-numeric --version -C -I -M -N -O -P -S -V -b -c -g -h -k -n \
         -r -s -t",
        "--assign --exec --field-separator --file --include --load --source -E -F -W -e -f -i \
         -l -v",
        "--debug --dump-variables --lint --pretty-print --profile -D -L -d -o -p",
    )
    .same(
        "-E=--exec -F=--field-separator -S=--sandbox -d=--dump-variables -e=--source \
         -f=--file -i=--include -l=--load -o=--pretty-print -p=--profile -v=--assign",
    )
    .roles(&[
        ("--source", Role::Code(Language::Awk)),
        ("--file", Role::CodeFile(Language::Awk)),
        ("--exec", Role::CodeFile(Language::Awk)),
        ("--include", Role::Opaque),
        ("--load", Role::Opaque),
        ("-W", Role::Opaque),
        ("--dump-variables", Role::Write),
        ("--pretty-print", Role::Write),
        ("--profile", Role::Write),
    ])
    .operands(
        Operands::all(Role::Read).first(&[Role::Code(Language::Awk)]).but_first("--exec --file --source"),
    ),
);

const SED: Tool = Tool::new(
    &["sed", "ssed"],
    Form::gnu(
        "--binary --debug --follow-symlinks --help --null-data --posix --quiet \
         --regexp-extended --sandbox --separate --silent --unbuffered --version \
         --zero-terminated -E -a -b -n -r -s -u -z",
        "--expression --file --line-length -e -f -l",
        "--in-place -I -i",
    )
    .same(
        "--silent=--quiet -E=--regexp-extended -I=--in-place -e=--expression -f=--file \
         -i=--in-place -n=--quiet -r=--regexp-extended",
    )
    .roles(&[("--expression", Role::Code(Language::Sed)), ("--file", Role::CodeFile(Language::Sed))])
    .operands(Operands::all(Role::Read).first(&[Role::Code(Language::Sed)]).but_first("--expression --file"))
    .with(&[(
        "--in-place",
        Operands::all(Role::Update).first(&[Role::Code(Language::Sed)]).but_first("--expression --file"),
    )]),
);

const JQ: Tool = Tool::new(
    &["jq", "gojq", "jaq"],
    Form::of(
        Style::Plain,
        "--args --ascii-output --build-configuration --color-output --compact-output \
         --exit-status --help --in-place --join-output --jsonargs --monochrome-output \
         --null-input --raw-input --raw-output --raw-output0 --seq --slurp --sort-keys \
         --stream --stream-errors --tab --unbuffered --version --yaml-input --yaml-output -C \
         -M -N -R -S -V -a -c -e -h -i -j -n -r -s",
        "--arg*2 --argfile*2 --argjson*2 --from-file --indent --library-path --rawfile*2 \
         --slurpfile*2 -L -f",
        "",
    )
    .same("-L=--library-path -f=--from-file -i=--in-place")
    .roles(&[
        ("--from-file", Role::CodeFile(Language::Jq)),
        ("--library-path", Role::Opaque),
        ("--argfile", Role::Read),
        ("--slurpfile", Role::Read),
        ("--rawfile", Role::Read),
    ])
    .operands(Operands::all(Role::Read).first(&[Role::Code(Language::Jq)]).but_first("--from-file"))
    .with(&[
        ("--args --jsonargs", TEXT.first(&[Role::Code(Language::Jq)]).but_first("--from-file")),
        (
            "--in-place",
            Operands::all(Role::Update).first(&[Role::Code(Language::Jq)]).but_first("--from-file"),
        ),
    ]),
);

const YQ: Tool = Tool::with(
    &["yq"],
    YQ_FORM.operands(Operands::all(Role::Read).first(&[Role::Code(Language::Jq)]).but_first("--from-file")),
    &[Subcommand::new("eval", YQ_EVAL).or("e"), Subcommand::new("eval-all", YQ_EVAL).or("ea")],
)
.anywhere();

const YQ_FORM: Form = Form::plain(
    "--colors --compact-output --exit-status --header-preprocess --help --in-place \
         --inplace --no-colors --no-doc --nul-output --null-input --prettyPrint --raw-input \
         --raw-output --slurp --sort-keys --string-interpolation --unwrapScalar --verbose \
         --version --yaml-compact-seq-anchors --yaml-output --yaml-roundtrip -0 -C -M -N -P \
         -R -S -V -Y -a -c -e -h -i -j -n -r -v -y",
    "--arg*2 --argjson*2 --expression --from-file --front-matter --indent --input-format \
         --output-format --rawfile*2 --slurpfile*2 --split-exp --split-exp-file --width -I -f \
         -o -p -s -w",
    "",
)
.same("--in-place=--inplace -f=--from-file -i=--inplace")
.roles(&[
    ("--from-file", Role::CodeFile(Language::Jq)),
    ("--slurpfile", Role::Read),
    ("--rawfile", Role::Read),
])
.with(&[(
    "--inplace",
    Operands::all(Role::Update).first(&[Role::Code(Language::Jq)]).but_first("--from-file"),
)]);

const YQ_EVAL: Form = Form::plain("", "", "")
    .operands(Operands::all(Role::Read).first(&[Role::Code(Language::Jq)]).but_first("--from-file"))
    .with(&[(
        "--inplace",
        Operands::all(Role::Update).first(&[Role::Code(Language::Jq)]).but_first("--from-file"),
    )]);

const ED: Tool = Tool::new(
    &["ed"],
    Form::gnu(
        "--extended-regexp --help --loose-exit-status --quiet --restricted --script --silent \
         --strip-trailing-cr --traditional --verbose --version -E -G -V -h -l -r -s -v",
        "--prompt -p",
        "",
    )
    .all(Role::Update),
);

const VIM: Tool = Tool::new(
    &[
        "vi",
        "vim",
        "vim.basic",
        "vim.tiny",
        "vim.nox",
        "vim.gtk3",
        "nvim",
        "ex",
        "view",
        "vimdiff",
        "rvim",
        "rview",
        "gvim",
        "nvi",
        "elvis",
        "vile",
    ],
    Form::of(
        Style::Plain,
        "- --clean --embed --headless --help --literal --nofork --noplugin --not-a-term \
         --remote --remote-silent --remote-tab --remote-wait --serverlist --ttyfail --version \
         -A -C -D -E -F -H -L -M -N -R -X -Y -Z -b -d -e -f -g -h -l -m -n -s -v -x -y",
        "--cmd --gui-dialog-file --listen --log --luamod-dev --remote-expr --remote-send \
         --role --server --servername --socketid --startuptime -P -S -T -U -W -c -i -t -u \
         -w",
        "+ -O -V -o -p -q -r",
    )
    .roles(&[
        ("+", Role::Code(Language::Vim)),
        ("-c", Role::Code(Language::Vim)),
        ("--cmd", Role::Code(Language::Vim)),
        ("-S", Role::CodeFile(Language::Vim)),
        ("-u", Role::Opaque),
        ("-U", Role::Opaque),
        ("-i", Role::Opaque),
        ("--remote-expr", Role::Opaque),
        ("--remote-send", Role::Opaque),
        ("-w", Role::Write),
        ("-W", Role::Write),
        ("--startuptime", Role::Write),
        ("-q", Role::Read),
    ])
    .all(Role::Update),
);

const NANO: Tool = Tool::new(
    &["nano", "rnano", "pico", "micro", "joe", "mcedit", "ne", "jed", "kak", "hx", "helix"],
    Form::plain(
        "-! -% --autoindent --backup --help --ignorercfiles --linenumbers --mouse \
         --nonewlines --positionlog --restricted --smarthome --softwrap --tabstospaces \
         --version --view -/ -@ -A -B -D -E -F -G -H -I -K -L -M -N -O -P -R -S -U -V -W -Z \
         -_ -a -b -c -d -e -g -h -i -j -k -l -m -n -p -q -t -u -v -w -x -y -z",
        "--backupdir --fill --guidestripe --operatingdir --quotestr --rcfile --speller \
         --syntax --tabsize --wordchars -C -J -Q -T -X -Y -f -o -r -s",
        "+",
    )
    .same("-C=--backupdir -f=--rcfile -s=--speller")
    .roles(&[("--speller", Role::Opaque), ("--rcfile", Role::Opaque), ("--backupdir", Role::Write)])
    .all(Role::Update),
);

const EMACS: Tool = Tool::new(
    &["emacs", "emacsclient", "emacs-nox", "emacs-gtk", "mg", "zile", "jove"],
    Form::one_dash(
        "--create-frame --debug-init --help --kill --no-init-file --no-site-file --no-splash \
         --no-wait --no-window-system --quick --tty --version -Q -batch -c -n -nw -q -t",
        "--alternate-editor --daemon --directory --fg-daemon --funcall --load --server-file \
         --socket-name --user -F -L -T -a -chdir -display -e -eval -execute -f \
         -init-directory -insert -l -s -script -u -x",
        "+",
    )
    .roles(&[
        ("-l", Role::Opaque),
        ("-f", Role::Opaque),
        ("-e", Role::Opaque),
        ("-eval", Role::Opaque),
        ("-execute", Role::Opaque),
        ("-script", Role::Opaque),
        ("-x", Role::Opaque),
        ("-init-directory", Role::Opaque),
        ("-L", Role::Opaque),
        ("-a", Role::Opaque),
        ("--alternate-editor", Role::Opaque),
        ("--load", Role::Opaque),
        ("--funcall", Role::Opaque),
        ("-insert", Role::Read),
    ])
    .all(Role::Update),
);

const DC: Tool = Tool::new(
    &["dc"],
    Form::gnu(
        "--extended-register --help --interactive --mathlib --quiet --standard --version \
         --warn -C -P -R -V -c -g -h -i -l -q -s -v -w -x",
        "--expression --file --ibase --obase --scale --seed -E -I -O -S -e -f",
        "",
    )
    .same("-e=--expression -f=--file")
    .roles(&[("--expression", Role::Code(Language::Dc)), ("--file", Role::CodeFile(Language::Dc))])
    .all(Role::CodeFile(Language::Dc)),
);

/// Unlike `dc` it has no way to a shell, nor to a file but those that it reads.
const BC: Tool = Tool::new(
    &["bc"],
    Form::gnu(
        "--compile --digit-clamp --global-stacks --help --interactive --leading-zeroes --mathlib \
         --no-digit-clamp --no-line-length --no-prompt --no-read-prompt --quiet --standard \
         --version --warn -C -L -P -R -V -c -g -h -i -l -q -s -v -w -z",
        "--expression --file --ibase --obase --redefine --scale --seed -E -I -O -S -e -f -r",
        "",
    )
    .same("-f=--file")
    .roles(&[("--file", Role::Read)])
    .all(Role::Read),
);

const M4: Tool = Tool::new(
    &["m4"],
    Form::gnu(
        "--fatal-warnings --gnu --help --interactive --prefix-builtins --quiet --silent \
         --synclines --traditional --version -E -G -P -Q -e -g -i -s",
        "--arglength --define --error-output --freeze-state --hashsize --include \
         --nesting-limit --reload-state --trace --undefine -B -D -F -H -I -L -N -R -S -T -U \
         -l -o -t",
        "--debug --debugfile --warn-macro-sequence -d",
    )
    .same("-D=--define -F=--freeze-state -R=--reload-state")
    .roles(&[
        ("--freeze-state", Role::Write),
        ("--reload-state", Role::CodeFile(Language::M4)),
        ("--define", Role::Code(Language::M4)),
        ("--debugfile", Role::Write),
    ])
    .all(Role::CodeFile(Language::M4)),
);

const GDB: Tool = Tool::new(
    &["gdb", "gdb-multiarch", "cgdb", "pwndbg", "gdbtui"],
    Form::one_dash(
        "-args -batch -batch-silent -configuration -dbx -epoch -f -fullname -h -help -n -nh \
         -nw -nx -q -quiet -r -readnever -readnow -return-child-result -silent -tui -v \
         -version -w -write",
        "-D -annotate -b -c -cd -command -core -d -data-directory -directory -e \
         -early-init-command -early-init-eval-command -eiex -eix -eval-command -ex -exec -i \
         -iex -init-command -init-eval-command -interpreter -ix -l -p -pid -s -se -symbols -t \
         -tty -x",
        "",
    )
    .same(
        "-D=-data-directory -c=-core -d=-directory -e=-exec -eiex=-early-init-eval-command \
         -eix=-early-init-command -ex=-eval-command -iex=-init-eval-command -ix=-init-command \
         -x=-command",
    )
    .roles(&[
        ("-eval-command", Role::Code(Language::Gdb)),
        ("-init-eval-command", Role::Code(Language::Gdb)),
        ("-early-init-eval-command", Role::Code(Language::Gdb)),
        ("-command", Role::CodeFile(Language::Gdb)),
        ("-init-command", Role::CodeFile(Language::Gdb)),
        ("-early-init-command", Role::CodeFile(Language::Gdb)),
        ("-data-directory", Role::Opaque),
        ("-core", Role::Read),
        ("-cd", Role::Folder),
    ])
    .all(Role::Command),
);
