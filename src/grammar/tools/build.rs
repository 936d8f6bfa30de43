//! Programs that build and install a project, whose files say what runs: package managers and builders.

use super::entry::{Form, Operands, Subcommand, Tool};
use crate::grammar::tool::{Language, Role};

/// Every program of this family.
pub(super) const TOOLS: &[Tool] = &[NPM_TOOL, CARGO, PIP, GO, MAKE, JUST, MVN, GRADLE, CC, GEM];

const TEXT: Operands = Operands::all(Role::Text);

const NPM: Form = Form::gnu(
    "--aggregate-output --all --allow-same-version --audit --audit-signatures --bail \
         --check-files --color --commit-hooks --dev --dry-run --exact --force \
         --foreground-scripts --frozen-lockfile --fund --git-tag-version --global --help \
         --if-present --ignore-engines --ignore-optional --ignore-platform --ignore-scripts \
         --immutable --include-workspace-root --install-links --interactive --json --latest \
         --legacy-peer-deps --lockfile-only --long --no --no-audit --no-bail --no-bin-links \
         --no-color --no-commit-hooks --no-frozen-lockfile --no-fund --no-git-checks \
         --no-git-tag-version --no-interactive --no-lockfile --no-optional --no-package-lock \
         --no-progress --no-provenance --no-provenance-file --no-save --no-workspaces \
         --non-interactive --offline --optional --package-lock --package-lock-only --parallel \
         --parseable --peer --prefer-offline --prefer-online --prod --production --progress \
         --provenance --pure-lockfile --quiet --recursive --report-summary --reverse --save \
         --save-bundle --save-dev --save-exact --save-optional --save-peer --save-prod \
         --sequential --shamefully-hoist --silent --stream --strict-peer-deps --tilde \
         --timing --unicode --use-stderr --verbose --version --workspace-root --workspaces \
         --yes -B -D -E -O -P -S -a -d -f -g -h -l -n -p -q -r -s -v -ws -y",
    "--access --allow-build --audit-level --before --browser --ca --cache --cache-folder \
         --cafile --call --cert --changed-files-ignore-pattern --config --cpu --cwd --depth \
         --dir --editor --filter --filter-prod --git --globalconfig --https-proxy --include \
         --init-module --install-strategy --key --libc --location --lockfile-dir \
         --lockfile-version --loglevel --message --modules-folder --mutex \
         --network-concurrency --network-timeout --node-options --noproxy --omit --os --otp \
         --pack-destination --package --prefix --preid --proxy --registry --reporter \
         --resume-from --scope --script-shell --shell --sign-git-tag --store-dir --tag \
         --test-pattern --use-yarnrc --userconfig --viewer --virtual-store-dir --workspace \
         --workspace-concurrency -C -F -L -c -w",
    "",
)
.same(
    "-C=--prefix -D=--save-dev -E=--save-exact -F=--filter -L=--location -c=--call \
         -f=--force -g=--global -q=--quiet -s=--silent -w=--workspace -y=--yes",
)
.roles(&[
    ("--prefix", Role::Folder),
    ("--cwd", Role::Folder),
    ("--dir", Role::Folder),
    ("--userconfig", Role::Opaque),
    ("--globalconfig", Role::Opaque),
    ("--script-shell", Role::Opaque),
    ("--node-options", Role::Opaque),
    ("--init-module", Role::Opaque),
    ("--editor", Role::Opaque),
    ("--viewer", Role::Opaque),
    ("--browser", Role::Opaque),
    ("--git", Role::Opaque),
    ("--shell", Role::Opaque),
    ("--call", Role::Shell),
    ("--use-yarnrc", Role::Opaque),
    ("--cafile", Role::Read),
    ("--pack-destination", Role::Write),
    ("--cache", Role::Write),
]);

const NOTHING: Form = Form::gnu("", "", "");

const NPM_TOOL: Tool = Tool::with(
    &["npm", "pnpm", "yarn", "yarnpkg", "cnpm", "corepack"],
    NPM,
    &[
        Subcommand::new(
            "exec",
            Form::leading(
                "--binaries-only --help --no --no-install --parallel --prefer-offline --recursive \
         --shell-mode --silent --top-level --yes -B -T -h -q -r -s -y",
                "--call --cwd --dir --filter --loglevel --package --prefix --registry --script-shell \
         --userconfig --workspace -C -c -p -w",
                "",
            )
            .same("-c=--call -p=--package")
            .roles(&[
                ("--call", Role::Shell),
                ("--prefix", Role::Folder),
                ("--userconfig", Role::Opaque),
                ("--script-shell", Role::Opaque),
            ])
            .all(Role::Command)
            .with(&[("--call", TEXT)]),
        )
        .or("x"),
        Subcommand::new(
            "dlx",
            Form::leading(
                "--help --quiet --silent -h -q -s",
                "--allow-build --call --package --shell-mode -c -p",
                "",
            )
            .same("-c=--call")
            .roles(&[("--call", Role::Shell)])
            .all(Role::Command),
        ),
        Subcommand::new("node", Form::leading("", "", "").all(Role::Opaque)),
        Subcommand::new(
            "explore",
            Form::leading("", "--shell", "")
                .roles(&[("--shell", Role::Opaque)])
                .first(&[Role::Text], Role::JoinedShell),
        ),
        Subcommand::new("run", NOTHING).or("run-script|rum|urn"),
        Subcommand::new("install", NOTHING).or("i|in|ins|inst|insta|instal|isnt|isnta|isntal|isntall|add"),
        Subcommand::new("ci", NOTHING).or("clean-install|ic|install-clean|isntall-clean"),
        Subcommand::new("uninstall", NOTHING).or("remove|rm|r|un|unlink"),
        Subcommand::new("update", NOTHING).or("up|upgrade|udpate"),
        Subcommand::new("publish", NOTHING.all(Role::ReadTree)),
        Subcommand::new("pack", NOTHING.all(Role::ReadTree)),
        Subcommand::new("test", NOTHING).or("t|tst"),
        Subcommand::new("view", NOTHING).or("info|show|v"),
        Subcommand::new("ls", NOTHING).or("list|la|ll"),
        Subcommand::new("config", NOTHING.first(&[Role::Text, Role::Text], Role::Opaque)).or("c"),
        Subcommand::new("set", NOTHING.all(Role::Opaque)),
        Subcommand::new("init", NOTHING.all(Role::Opaque)).or("create|innit"),
        Subcommand::new("link", NOTHING.all(Role::ReadTree)).or("ln"),
        Subcommand::new("edit", NOTHING.all(Role::Opaque)),
    ],
)
.anywhere()
.open();

const CARGO: Tool = Tool::with(
    &["cargo"],
    Form::plain(
        "+ --frozen --help --list --locked --offline --quiet --verbose --version -V -h -q -v",
        "--color --config --explain -C -Z",
        "",
    )
    .same("-q=--quiet -v=--verbose")
    .roles(&[("-C", Role::Folder), ("--config", Role::Opaque)]),
    &[
        Subcommand::new(
            "run",
            Form::leading(CARGO_FLAGS, CARGO_VALUES, "").same(CARGO_SAME).roles(CARGO_ROLES).all(Role::Text),
        )
        .or("r"),
        Subcommand::new("build", CARGO_BUILD).or("b"),
        Subcommand::new("check", CARGO_BUILD).or("c"),
        Subcommand::new("test", CARGO_BUILD).or("t"),
        Subcommand::new("bench", CARGO_BUILD),
        Subcommand::new("clippy", CARGO_BUILD),
        Subcommand::new("doc", CARGO_BUILD).or("d"),
        Subcommand::new("fix", CARGO_BUILD),
        Subcommand::new("rustc", CARGO_BUILD.all(Role::Opaque)).or("rustdoc"),
        Subcommand::new("clean", CARGO_BUILD),
        Subcommand::new("install", CARGO_BUILD),
        Subcommand::new("publish", CARGO_BUILD),
        Subcommand::new("package", CARGO_BUILD),
        Subcommand::new("fetch", CARGO_BUILD),
        Subcommand::new("tree", CARGO_BUILD),
        Subcommand::new("metadata", CARGO_BUILD),
        Subcommand::new("update", CARGO_BUILD),
        Subcommand::new("add", CARGO_BUILD),
        Subcommand::new("remove", CARGO_BUILD).or("rm"),
        Subcommand::new(
            "fmt",
            Form::leading("--all --check --help -h", "--manifest-path --message-format --package -p", "")
                .all(Role::Text),
        ),
        Subcommand::new("yank", CARGO_BUILD),
        Subcommand::new("owner", CARGO_BUILD),
        Subcommand::new("search", CARGO_BUILD),
        Subcommand::new("info", CARGO_BUILD),
        Subcommand::new("login", CARGO_BUILD),
        Subcommand::new("logout", CARGO_BUILD),
        Subcommand::new("new", CARGO_BUILD.all(Role::Write)).or("init"),
        Subcommand::new("uninstall", CARGO_BUILD),
        Subcommand::new("vendor", CARGO_BUILD.all(Role::Write)),
        Subcommand::new("locate-project", CARGO_BUILD),
        Subcommand::new("nextest", CARGO_BUILD),
        Subcommand::new("generate-lockfile", CARGO_BUILD),
        Subcommand::new("pkgid", CARGO_BUILD),
        Subcommand::new("verify-project", CARGO_BUILD),
    ],
)
.anywhere()
.open();

const CARGO_FLAGS: &str = "--aggressive --all --all-features --all-targets \
         --allow-dirty --allow-no-vcs --allow-staged --benches --bins --breaking \
         --broken-code --build --build-plan --debug --default-features --dev --doc \
         --document-private-items --dry-run --duplicates --edition --edition-idioms \
         --examples --fix --force --future-incompat-report --ignore-rust-version --keep-going \
         --lib --list --no-dedupe --no-default-features --no-deps --no-fail-fast \
         --no-merge-sources --no-metadata --no-optional --no-run --no-track --no-verify \
         --nocapture --open --optional --public --recursive --release --respect-source-config \
         --tests --undo --unit-graph --versioned-dirs --workspace -d -f -i -l -n -r";
const CARGO_VALUES: &str = "--add --artifact-dir --bench --bin --branch --charset \
         --depth --edges --example --exclude --features --filter-platform --format \
         --format-version --git --index --invert --jobs --limit --lockfile-path \
         --manifest-path --message-format --name --out-dir --package --path --precise \
         --prefix --profile --prune --registry --remove --rename --rev --root --run --sync \
         --tag --target --target-dir --test --token --vcs --vers --version -F -e -j -p";
const CARGO_SAME: &str = "-F=--features -f=--force -j=--jobs -n=--dry-run -p=--package \
         -r=--release";
const CARGO_ROLES: &[(&str, Role)] = &[
    ("--manifest-path", Role::Read),
    ("--target-dir", Role::Write),
    ("--artifact-dir", Role::Write),
    ("--out-dir", Role::Write),
    ("--root", Role::Write),
    ("--path", Role::ReadTree),
    ("--git", Role::Remote),
];
const CARGO_BUILD: Form =
    Form::plain(CARGO_FLAGS, CARGO_VALUES, "--timings").same(CARGO_SAME).roles(CARGO_ROLES);

const PIP: Tool = Tool::with(
    &["pip", "pipx", "easy_install"],
    Form::gnu(
        "--all --break-system-packages --check-build-dependencies --compile --debug \
         --disable-pip-version-check --dry-run --exclude-editable --files --force \
         --force-reinstall --global --help --ignore-installed --ignore-requires-python \
         --include-deps --include-editable --isolated --json --local --no-build-isolation \
         --no-cache-dir --no-clean --no-color --no-compile --no-deps --no-index --no-input \
         --no-progress --no-python-version-warning --no-use-pep517 --no-warn-conflicts \
         --no-warn-script-location --not-required --outdated --pre --prefer-binary --quiet \
         --require-hashes --require-virtualenv --system-site-packages --upgrade --uptodate \
         --use-pep517 --user --verbose --version --yes -I -U -V -h -l -q -v -y",
        "--abi --build-constraint --build-option --cache-dir --cert --client-cert \
         --config-setting --config-settings --constraint --dest --editable --exclude \
         --exists-action --extra-index-url --find-links --format --global-option --group \
         --implementation --index --index-url --keyring-provider --log --no-binary \
         --only-binary --path --pip-args --platform --prefix --preinstall --progress-bar \
         --proxy --python --python-version --report --requirement --resume-retries --retries \
         --root --root-user-action --spec --src --suffix --target --timeout --trusted-host \
         --upgrade-strategy --use-deprecated --use-feature --wheel-dir -C -c -d -e -f -i -r \
         -t -w",
        "",
    )
    .same(
        "-C=--config-settings -U=--upgrade -c=--constraint -d=--dest -e=--editable \
         -f=--find-links -i=--index-url -r=--requirement -t=--target -w=--wheel-dir -y=--yes",
    )
    .roles(&[
        ("--python", Role::Program),
        ("--requirement", Role::Read),
        ("--constraint", Role::Read),
        ("--editable", Role::ReadTree),
        ("--target", Role::Write),
        ("--root", Role::Write),
        ("--prefix", Role::Write),
        ("--src", Role::Write),
        ("--dest", Role::Write),
        ("--wheel-dir", Role::Write),
        ("--report", Role::Write),
        ("--log", Role::Write),
        ("--cert", Role::Read),
        ("--client-cert", Role::Read),
        ("--index-url", Role::Remote),
        ("--extra-index-url", Role::Remote),
    ]),
    &[
        Subcommand::new(
            "run",
            Form::leading(
                "--help --no-cache --no-path-check --pypackages --quiet --verbose -h -q -v",
                "--fetch-missing-python --index-url --pip-args --python --spec --with -i",
                "",
            )
            .all(Role::Command),
        ),
        Subcommand::new("runpip", Form::leading("", "", "").all(Role::Opaque)),
        Subcommand::new(
            "config",
            Form::gnu("--global --site --user", "--editor", "")
                .roles(&[("--editor", Role::Program)])
                .all(Role::Opaque),
        ),
    ],
)
.anywhere()
.open();

const GO: Tool = Tool::with(
    &["go", "gotip"],
    Form::one_dash("", "-C", "").roles(&[("-C", Role::Folder)]),
    &[
        Subcommand::new("run", GO_BUILD.all(Role::Read)),
        Subcommand::new("build", GO_BUILD),
        Subcommand::new("test", GO_BUILD),
        Subcommand::new("install", GO_BUILD),
        Subcommand::new("get", GO_BUILD),
        Subcommand::new("vet", GO_BUILD),
        Subcommand::new("list", GO_BUILD),
        Subcommand::new("generate", GO_BUILD.all(Role::Text)),
        Subcommand::new("clean", GO_BUILD),
        Subcommand::new("fix", GO_BUILD),
        Subcommand::new("tool", Form::leading("-n", "", "").all(Role::Opaque)),
        Subcommand::new("env", Form::one_dash("-changed -json -u -w", "", "").all(Role::Opaque)),
        Subcommand::new("fmt", Form::one_dash("-n -x", "-mod", "").all(Role::WriteTree)),
        Subcommand::new("doc", Form::one_dash("-all -c -cmd -http -short -src -u", "", "")),
        Subcommand::new("version", Form::one_dash("-json -m -v", "", "").all(Role::ReadTree)),
        Subcommand::new(
            "mod",
            Form::one_dash(
                "-diff -e -fmt -json -print -v -x",
                "-compat -dropexclude -dropreplace -droprequire -exclude -go -godebug -modfile \
         -module -o -replace -require -retract -tool -toolchain",
                "",
            ),
        ),
        Subcommand::new(
            "work",
            Form::one_dash(
                "-fmt -json -print -r -v",
                "-dropreplace -dropuse -go -o -replace -toolchain -use",
                "",
            ),
        ),
    ],
);

const GO_BUILD: Form = Form::one_dash(
    "-a -artifacts -asan -benchmem -buildvcs -c -cache -compiled -cover -d -deps -e \
         -export -failfast -find -fix -fullpath -fuzzcache -i -insecure -json -linkshared -m \
         -modcache -modcacherw -msan -n -r -race -retracted -short -t -test -testcache \
         -trimpath -u -v -versions -work -x",
    "-C -args -asmflags -bench -benchtime -blockprofile -blockprofilerate -buildmode \
         -compiler -count -covermode -coverpkg -coverprofile -cpu -cpuprofile -exec -f \
         -fixtool -fuzz -fuzzminimizetime -fuzztime -gccgoflags -gcflags -installsuffix \
         -ldflags -list -memprofile -memprofilerate -mod -modfile -mutexprofile \
         -mutexprofilefraction -o -outputdir -overlay -p -parallel -pgo -pkgdir -reuse -run \
         -shuffle -skip -tags -timeout -tool -toolexec -trace -vet -vettool",
    "",
)
.roles(&[
    ("-C", Role::Folder),
    ("-toolexec", Role::SplitCommand),
    ("-exec", Role::SplitCommand),
    ("-vettool", Role::Program),
    ("-fixtool", Role::Program),
    ("-ldflags", Role::Text),
    ("-gccgoflags", Role::Opaque),
    ("-compiler", Role::Text),
    ("-overlay", Role::Opaque),
    ("-modfile", Role::Read),
    ("-pgo", Role::Read),
    ("-o", Role::Write),
    ("-coverprofile", Role::Write),
    ("-cpuprofile", Role::Write),
    ("-memprofile", Role::Write),
    ("-blockprofile", Role::Write),
    ("-mutexprofile", Role::Write),
    ("-outputdir", Role::Write),
    ("-trace", Role::Write),
]);

/// Operands are targets, or set variables (`VAR=VALUE`), whose value make may run.
const MAKE: Tool = Tool::new(
    &["make", "gmake", "bmake", "colormake", "remake", "nmake", "mingw32-make"],
    Form::gnu(
        "--always-make --check-symlink-times --dry-run --environment-overrides --help \
         --ignore-errors --just-print --keep-going --no-builtin-rules --no-builtin-variables \
         --no-keep-going --no-print-directory --no-silent --print-data-base --print-directory \
         --question --quiet --recon --silent --stop --touch --trace --version \
         --warn-undefined-variables -B -L -R -S -b -d -e -h -i -k -m -n -p -q -r -s -t -v -w",
        "--assume-new --assume-old --directory --eval --file --include-dir --makefile \
         --new-file --old-file --what-if -C -E -I -W -f -o",
        "--debug --jobs --jobserver-auth --jobserver-style --load-average --max-load \
         --output-sync --shuffle -O -j -l",
    )
    .same(
        "--dry-run=--just-print --makefile=--file --quiet=--silent --recon=--just-print \
         -C=--directory -E=--eval -I=--include-dir -f=--file -j=--jobs -n=--just-print \
         -s=--silent",
    )
    .roles(&[
        ("--directory", Role::Folder),
        ("--file", Role::CodeFile(Language::Make)),
        ("--eval", Role::Code(Language::Make)),
        ("--include-dir", Role::Opaque),
    ])
    .all(Role::Text),
);

const JUST: Tool = Tool::new(
    &["just"],
    Form::plain(
        "--changelog --check --choose --clear-shell-args --dry-run --dump --edit --evaluate \
         --explain --fmt --global-justfile --groups --help --highlight --init --json --list \
         --list-submodules --man --no-aliases --no-cd --no-deps --no-dotenv --no-highlight \
         --one --quiet --shell-command --summary --time --timestamp --unsorted --unstable \
         --variables --verbose --version --yes -V -e -g -h -l -n -q -u -v",
        "--alias-style --ceiling --chooser --color --command --command-color --completions \
         --cygpath --dotenv-filename --dotenv-path --dump-format --justfile --list-heading \
         --list-prefix --request --set*2 --shell --shell-arg --show --tempdir \
         --timestamp-format --usage --working-directory -E -c -d -f -s",
        "",
    )
    .same(
        "-E=--dotenv-path -c=--command -d=--working-directory -f=--justfile -l=--list \
         -n=--dry-run -s=--show",
    )
    .roles(&[
        ("--justfile", Role::CodeFile(Language::Other)),
        ("--working-directory", Role::Folder),
        ("--shell", Role::Opaque),
        ("--chooser", Role::Shell),
        ("--command", Role::Command),
        ("--dotenv-path", Role::Read),
        ("--set", Role::Text),
        ("--cygpath", Role::Program),
    ])
    .all(Role::Text),
);

const MVN: Tool = Tool::new(
    &["mvn", "mvnw", "mvnd", "mvnDebug"],
    Form::gnu(
        "--also-make --also-make-dependents --batch-mode --debug --errors --fail-at-end \
         --fail-fast --fail-never --help --lax-checksums --no-snapshot-updates \
         --no-transfer-progress --non-recursive --offline --quiet --show-version \
         --strict-checksums --update-snapshots --version -B -C -N -U -V -X -am -amd -c -cpu \
         -e -fae -ff -fn -h -itr -llr -npr -npu -nsu -ntp -o -q -up -v",
        "--activate-profiles --builder --color --define --encrypt-master-password \
         --encrypt-password --file --global-settings --global-toolchains --log-file \
         --projects --resume-from --settings --threads --toolchains -D -P -T -b -emp -ep -f \
         -gs -gt -l -pl -rf -s -t",
        "",
    )
    .same(
        "-D=--define -f=--file -gs=--global-settings -l=--log-file -q=--quiet -s=--settings \
         -t=--toolchains",
    )
    .roles(&[
        ("--define", Role::Text),
        ("--file", Role::Opaque),
        ("--settings", Role::Opaque),
        ("--global-settings", Role::Opaque),
        ("--toolchains", Role::Opaque),
        ("--log-file", Role::Write),
    ])
    .all(Role::Text),
);

const GRADLE: Tool = Tool::new(
    &["gradle", "gradlew", "ant", "sbt", "lein", "mill"],
    Form::plain(
        "--build-cache --configuration-cache --configure-on-demand --continue --continuous \
         --daemon --debug --dry-run --export-keys --foreground --full-stacktrace --help \
         --info --no-build-cache --no-configuration-cache --no-configure-on-demand \
         --no-continue --no-daemon --no-parallel --no-rebuild --no-scan --no-watch-fs \
         --offline --parallel --profile --quiet --refresh-dependencies --refresh-keys --rerun \
         --rerun-tasks --scan --show-version --stacktrace --status --stop --task-graph \
         --version --warn --watch-fs --write-locks -S -U -V -a -d -h -i -m -q -s -t -v -w",
        "--build-file --configuration-cache-problems --console --dependency-verification \
         --exclude-task --gradle-user-home --include-build --init-script --max-workers \
         --priority --problems-report --project-cache-dir --project-dir --project-prop \
         --settings-file --system-prop --tests --update-locks --warning-mode \
         --write-verification-metadata -D -F -I -M -P -b -c -f -g -p -x",
        "",
    )
    .same(
        "-D=--system-prop -I=--init-script -P=--project-prop -b=--build-file \
         -c=--settings-file -g=--gradle-user-home -p=--project-dir -q=--quiet \
         -x=--exclude-task",
    )
    .roles(&[
        ("--build-file", Role::Opaque),
        ("--settings-file", Role::Opaque),
        ("--init-script", Role::Opaque),
        ("--include-build", Role::Opaque),
        ("--gradle-user-home", Role::Opaque),
        ("--project-dir", Role::Folder),
        ("-f", Role::Opaque),
    ])
    .all(Role::Text),
);

/// Compilers and linkers: what they read becomes what they write, and some options run another program.
const CC: Tool = Tool::new(
    &["gcc", "cc", "g++", "c++", "clang", "clang++", "cpp", "tcc", "icc", "c99", "c89"],
    Form::one_dash(
        "-C -E -H -M -MD -MG -MM -MMD -MP -Ofast -Og -Os -P -Q -S -Wall -Werror -Wextra -ansi \
         -c -dumpmachine -dumpversion -fPIC -fPIE -fpic -help -m32 -m64 -no-pie -nostdinc \
         -nostdlib -pedantic -pie -pipe -print-search-dirs -pthread -rdynamic -s -save-temps \
         -shared -static -undef -v -version -w",
        "-B -D -I -L -MF -MQ -MT -T -U -Xassembler -Xclang -Xlinker -Xpreprocessor -arch \
         -aux-info -dumpbase -framework -idirafter -imacros -include -iquote -isysroot \
         -isystem -l -o -specs -sysroot -target -u -wrapper -x",
        "-O -W -f -fplugin -fuse-ld -g -m -print-file-name -print-prog-name -std",
    )
    .roles(&[
        ("-o", Role::Write),
        ("-MF", Role::Write),
        ("-include", Role::Read),
        ("-imacros", Role::Read),
        ("-T", Role::Read),
        ("-wrapper", Role::Opaque),
        ("-specs", Role::Opaque),
        ("-B", Role::Opaque),
        ("-fplugin", Role::Opaque),
        ("-Xclang", Role::Opaque),
        ("-Xlinker", Role::Opaque),
        ("-fuse-ld", Role::Opaque),
    ])
    .all(Role::Read),
);

const GEM: Tool = Tool::with(
    &[
        "gem", "composer", "cpan", "cpanm", "luarocks", "opam", "cabal", "mix", "rebar3", "nuget", "pecl",
        "pear",
    ],
    Form::gnu(
        "--dry-run --force --global --help --local --no-dev --no-document --no-interaction \
         --no-plugins --no-scripts --optimize-autoloader --prefer-dist --quiet --silent \
         --user-install --verbose --version --yes -V -f -h -q -v -y",
        "--bindir --config-file --host --install-dir --key --otp --platform --source \
         --working-dir -C -P -d -i -n",
        "",
    )
    .same("-d=--working-dir -i=--install-dir")
    .roles(&[
        ("--install-dir", Role::Write),
        ("--bindir", Role::Write),
        ("--working-dir", Role::Folder),
        ("--config-file", Role::Opaque),
    ]),
    &[
        Subcommand::new("exec", Form::leading("", "--gem --version -g -v", "").all(Role::Command))
            .or("global exec"),
        Subcommand::new("run", Form::leading("", "", "").all(Role::Opaque))
            .or("repl|shell|cmd|script|run-script"),
    ],
)
.open();
