//! Programs that run another one in an environment that they prepare: package managers, version managers,
//! keepers of secrets, multiplexers.

use super::entry::{Form, Operands, Subcommand, Tool};
use crate::grammar::options::Style;
use crate::grammar::tool::{Language, Role};

/// Every program of this family.
pub(super) const TOOLS: &[Tool] = &[
    NPX,
    BUNX,
    DIRENV,
    AWS_VAULT,
    OP,
    DOPPLER,
    DOTENV,
    CHAMBER,
    MISE,
    POETRY,
    UV,
    PIPENV,
    BUNDLE,
    ASDF,
    CONDA,
    NIX,
    NIX_SHELL,
    TMUX,
    SCREEN,
    DTACH,
    FOREMAN,
    BOXES,
    CROSS_ENV,
    CROSS_ENV_SHELL,
];

const TEXT: Operands = Operands::all(Role::Text);

/// `tool exec CMD…`, with no options of note.
const RUN: Form = Form::leading("--help -h", "", "").all(Role::Command);
/// It reads settings, and may run what these say.
const OPAQUE: Form = Form::leading("--help -h", "", "").all(Role::Opaque);

const NPX: Tool = Tool::new(
    &["npx"],
    Form::leading(
        "--always-spawn --foreground-scripts --help --ignore-existing --ignore-scripts \
         --include-workspace-root --no --no-install --no-yes --offline --prefer-offline \
         --prefer-online --quiet --silent --verbose --version --workspaces --yes -h -q -s -v \
         -y",
        "--cache --call --globalconfig --loglevel --node-arg --npm --package --prefix \
         --registry --script-shell --shell --userconfig --workspace -c -n -p -w",
        "",
    )
    .same("-c=--call -n=--node-arg -p=--package -w=--workspace")
    .roles(&[
        ("--call", Role::Shell),
        ("--userconfig", Role::Opaque),
        ("--globalconfig", Role::Opaque),
        ("--script-shell", Role::Opaque),
        ("--shell", Role::Opaque),
        ("--node-arg", Role::Opaque),
        ("--npm", Role::Opaque),
        ("--prefix", Role::Folder),
    ])
    .all(Role::Command)
    .with(&[("--call", TEXT)]),
);

const BUNX: Tool = Tool::new(
    &["bunx", "pnpx", "uvx"],
    Form::leading(
        "--bun --help --isolated --no-cache --no-install --offline --quiet --refresh --silent \
         --verbose --version --yes -V -h -q -y",
        "--default-index --directory --env-file --extra-index-url --from --index --index-url \
         --package --project --python --with --with-editable --with-requirements -p",
        "",
    )
    .roles(&[("--env-file", Role::Read), ("--with-requirements", Role::Read), ("--directory", Role::Folder)])
    .all(Role::Command),
);

const DIRENV: Tool = Tool::with(
    &["direnv"],
    Form::leading("", "", ""),
    &[
        Subcommand::new("exec", Form::leading("", "", "").first(&[Role::Opaque], Role::Command)),
        Subcommand::new("allow", Form::leading("", "", "").all(Role::Text)).or("permit|grant"),
        Subcommand::new("deny", Form::leading("", "", "").all(Role::Text)).or("revoke|block|disallow"),
        Subcommand::new("status", Form::leading("--json", "", "")),
        Subcommand::new("version", Form::leading("", "", "")),
        Subcommand::new("edit", OPAQUE),
        Subcommand::new("export", OPAQUE),
        Subcommand::new("hook", Form::leading("", "", "")),
        Subcommand::new("reload", OPAQUE),
    ],
);

const AWS_VAULT: Tool = Tool::with(
    &["aws-vault", "aws-okta", "saml2aws"],
    Form::leading(
        "--debug --disable-keychain --help --skip-prompt --verbose --version",
        "--backend --file-dir --idp-account --keychain --pass-cmd --pass-dir --pass-prefix \
         --profile --prompt --role -a",
        "",
    )
    .roles(&[("--pass-cmd", Role::Opaque)]),
    &[
        Subcommand::new(
            "exec",
            Form::leading(
                "--debug --ec2-server --ecs-server --help --json --lazy --no-session --server \
         --stdout -j -n -s",
                "--backend --duration --exec-profile --idp-account --mfa-token --profile --prompt \
         --region --role -a -d -t",
                "",
            )
            .first(&[Role::Text], Role::Command)
            .with(&[("--exec-profile --idp-account -a", Operands::all(Role::Command))]),
        ),
        Subcommand::new("list", Form::leading("--credentials --profiles --sessions", "", "")).or("ls"),
        Subcommand::new("login", OPAQUE),
        Subcommand::new("rotate", Form::leading("--no-session -n", "", "")),
        Subcommand::new("add", Form::leading("--env --no-add-config", "", "")),
        Subcommand::new("remove", Form::leading("--force -f", "", "")).or("rm"),
        Subcommand::new("clear", Form::leading("", "", "")),
    ],
);

const OP: Tool = Tool::with(
    &["op"],
    Form::plain(
        "--cache --debug --help --iso-timestamps --no-color --version -h -v",
        "--account --config --encoding --format --session",
        "",
    ),
    &[
        Subcommand::new(
            "run",
            Form::plain("--no-masking", "--env-file --environment", "")
                .roles(&[("--env-file", Role::Read)])
                .all(Role::Command),
        ),
        Subcommand::new(
            "inject",
            Form::plain("--force -f", "--file-mode --in-file --out-file -i -o", "")
                .same("-i=--in-file -o=--out-file")
                .roles(&[("--in-file", Role::Read), ("--out-file", Role::Write)]),
        ),
        Subcommand::new(
            "read",
            Form::plain("--force --no-newline -f -n", "--file-mode --out-file -o", "")
                .same("-o=--out-file")
                .roles(&[("--out-file", Role::Write)]),
        ),
    ],
)
.anywhere()
.open();

const DOPPLER: Tool = Tool::with(
    &["doppler"],
    Form::plain(
        "--debug --help --json --no-check-version --no-read-env --no-timeout --no-verify-tls \
         --print-config --silent --version -h -v",
        "--api-host --attempts --config-dir --configuration --dashboard-host \
         --dns-resolver-address --dns-resolver-proto --dns-resolver-timeout --scope --timeout \
         --token -t",
        "",
    ),
    &[Subcommand::new(
        "run",
        Form::leading(
            "--debug --fallback-only --fallback-readonly --forward-signals --help --no-cache \
         --no-exit-on-missing-only-secrets --no-exit-on-write-failure --no-fallback \
         --no-liveness-ping --preserve-env --silent --watch -h",
            "--command --config --dynamic-ttl --fallback --fallback-passphrase --mount \
         --mount-format --mount-max-reads --mount-template --name-transformer --only-secrets \
         --passphrase --project --scope --token -c -p -t",
            "",
        )
        .same("-c=--config -p=--project")
        .roles(&[
            ("--command", Role::Shell),
            ("--fallback", Role::Update),
            ("--mount", Role::Write),
            ("--mount-template", Role::Read),
        ])
        .all(Role::Command)
        .with(&[("--command", TEXT)]),
    )],
)
.anywhere()
.open();

const DOTENV: Tool = Tool::with(
    &["dotenv", "dotenvx", "dotenv-cli", "env-cmd", "dotenv-vault"],
    Form::leading(
        "--debug --help --ignore --overload --override --quiet --strict --verbose --version \
         -h -i -o -q",
        "--cwd --env --env-file --environments --export --file --quote -c -e -f -p -r -v -x",
        "",
    )
    .same("-f=--file")
    .roles(&[
        ("--file", Role::Read),
        ("-e", Role::Read),
        ("--env-file", Role::Read),
        ("-c", Role::Text),
        ("-r", Role::Opaque),
    ])
    .all(Role::Command),
    &[
        Subcommand::new(
            "run",
            Form::leading(
                "--debug --help --no-override --overload --override --quiet --strict --verbose -h -o \
         -q",
                "--convention --env --env-file --env-keys-file --ignore --log-level -e -f -fk",
                "",
            )
            .roles(&[("-f", Role::Read), ("--env-file", Role::Read)])
            .all(Role::Command),
        ),
        Subcommand::new("get", Form::leading("--all -a", "--env-file -f", "").roles(&[("-f", Role::Read)])),
        Subcommand::new(
            "set",
            Form::leading("--encrypt --plain -c -p", "--env-file -f", "").roles(&[("-f", Role::Update)]),
        ),
        Subcommand::new("list", Form::leading("", "--format", "")),
        Subcommand::new("unset", Form::leading("", "", "")),
    ],
);

const CHAMBER: Tool =
    Tool::with(&["chamber", "envconsul", "teller", "sops", "infisical", "berglas"], OPAQUE, &[]);

const MISE: Tool = Tool::with(
    &["mise", "rtx"],
    Form::leading(
        "--debug --help --locked --no-config --no-env --no-hooks --quiet --raw --silent \
         --trace --verbose --version --yes -V -h -q -v -y",
        "--cd --env --jobs --output --profile -C -E -P -j",
        "",
    )
    .same("-C=--cd")
    .roles(&[("--cd", Role::Folder)])
    .all(Role::Opaque),
    &[
        Subcommand::new(
            "exec",
            Form::plain(
                "--fresh-env --help --no-deps --no-prepare --raw -h",
                "--cd --command --jobs -C -c -j",
                "",
            )
            .same("-C=--cd -c=--command")
            .roles(&[("--command", Role::Shell), ("--cd", Role::Folder)])
            .all(Role::Opaque),
        )
        .or("x"),
        Subcommand::new("run", OPAQUE).or("r"),
        Subcommand::new("install", OPAQUE).or("i"),
        Subcommand::new("use", OPAQUE).or("u"),
        Subcommand::new(
            "ls",
            Form::plain(
                "--current --global --installed --json --missing --no-header --offline --outdated \
         --prunable -J -c -g -i -m",
                "--prefix",
                "",
            ),
        )
        .or("list"),
        Subcommand::new("current", Form::plain("", "", "")),
        Subcommand::new("which", Form::plain("--plugin --version", "--tool -t", "")),
        Subcommand::new("where", Form::plain("", "", "")),
        Subcommand::new("doctor", Form::plain("--json -J", "", "")),
        Subcommand::new("env", OPAQUE).or("e"),
        Subcommand::new("trust", Form::plain("--all --ignore --show --untrust -a", "", "").all(Role::Text)),
    ],
);

const POETRY: Tool = Tool::with(
    &["poetry"],
    Form::leading(
        "--ansi --help --no-ansi --no-cache --no-interaction --no-plugins --quiet --verbose \
         --version -V -h -n -q -v -vv -vvv",
        "--directory --project -C -P",
        "",
    )
    .same("-C=--directory")
    .roles(&[("--directory", Role::Folder), ("-P", Role::Folder), ("--project", Role::Folder)])
    .all(Role::Text),
    &[
        Subcommand::new("run", RUN),
        Subcommand::new("show", PACKAGES),
        Subcommand::new("check", PACKAGES),
        Subcommand::new("about", PACKAGES),
        Subcommand::new("env list", PACKAGES),
        Subcommand::new("env info", PACKAGES),
        Subcommand::new("version", PACKAGES),
    ],
);

const PACKAGES: Form = Form::plain(
    "--all --dry-run --executable --full-path --help --latest --lock --outdated --path \
         --short --strict --top-level --tree -T -a -e -h -l -o -p -s -t",
    "--format --only --why --with --without",
    "",
);

const UV: Tool = Tool::with(
    &["uv"],
    Form::leading(
        "--help --managed-python --native-tls --no-cache --no-config --no-managed-python \
         --no-native-tls --no-preview --no-progress --no-python-downloads --offline --preview \
         --quiet --verbose --version -V -h -n -q -v",
        "--allow-insecure-host --cache-dir --color --config-file --directory --project \
         --python-fetch --python-preference",
        "",
    )
    .roles(&[("--directory", Role::Folder), ("--project", Role::Folder), ("--config-file", Role::Opaque)])
    .all(Role::Text),
    &[
        Subcommand::new("run", UV_RUN),
        Subcommand::new("tool run", UV_RUN).or("x"),
        Subcommand::new("tool list", PACKAGES),
        Subcommand::new("pip list", PACKAGES),
        Subcommand::new("pip show", PACKAGES),
        Subcommand::new("pip freeze", PACKAGES),
        Subcommand::new("pip tree", PACKAGES),
        Subcommand::new("pip check", PACKAGES),
        Subcommand::new("python list", PACKAGES),
        Subcommand::new("version", PACKAGES),
        Subcommand::new("cache dir", PACKAGES),
        Subcommand::new(
            "venv",
            Form::plain(
                "--allow-existing --clear --no-project --relocatable --seed --system-site-packages -c \
         -q",
                "--prompt --python -p",
                "",
            )
            .all(Role::Write),
        ),
        Subcommand::new("tree", PACKAGES),
    ],
)
.anywhere();

const UV_RUN: Form = Form::leading(
    "--active --all-extras --all-groups --all-packages --compile-bytecode --dev --exact \
         --frozen --gui-script --help --isolated --locked --managed-python --module \
         --no-binary --no-build --no-build-isolation --no-cache --no-config \
         --no-default-groups --no-dev --no-editable --no-env-file --no-index \
         --no-managed-python --no-project --no-python-downloads --no-sources --no-sync \
         --offline --only-dev --quiet --refresh --reinstall --script --show-resolution \
         --upgrade --verbose -U -h -i -m -n -q -s -v",
    "--cache-dir --color --config-file --config-setting --default-index --directory \
         --env-file --exclude-newer --extra --extra-index-url --find-links --from --group \
         --index --index-strategy --index-url --keyring-provider --link-mode --no-extra \
         --no-group --only-group --package --prerelease --project --python --python-platform \
         --refresh-package --reinstall-package --resolution --upgrade-package --with \
         --with-editable --with-requirements -P -f -p -w",
    "",
)
.same("-m=--module -p=--python -s=--script -w=--with")
.roles(&[
    ("--with-requirements", Role::Read),
    ("--with-editable", Role::Opaque),
    ("--env-file", Role::Read),
    ("--directory", Role::Folder),
    ("--config-file", Role::Opaque),
])
.all(Role::Command)
.with(&[
    ("--module", Operands::all(Role::Opaque)),
    ("--gui-script --script", TEXT.first(&[Role::CodeFile(Language::Python)])),
]);

const PIPENV: Tool = Tool::with(
    &["pipenv", "pdm", "hatch", "rye", "pixi"],
    Form::leading(
        "--bare --clear --color --help --no-cache --no-color --no-interactive --quiet \
         --support --verbose --version -h -n -q -v",
        "--cache-dir --config --data-dir --env --project --pypi-mirror --python -c -e -p",
        "",
    )
    .roles(&[
        ("-p", Role::Folder),
        ("--project", Role::Folder),
        ("-c", Role::Opaque),
        ("--config", Role::Opaque),
    ])
    .all(Role::Text),
    &[
        Subcommand::new(
            "run",
            Form::leading(
                "--as-is --clean-env --frozen --help --locked --no-install --no-self \
         --no-site-packages --quiet --recreate --site-packages --verbose -h -q -s -v",
                "--env-file --environment --manifest-path --project --pyproject --python --system -e \
         -p",
                "",
            )
            .roles(&[("--env-file", Role::Read)])
            .all(Role::Command),
        ),
        Subcommand::new("graph", PACKAGES),
        Subcommand::new("list", PACKAGES),
        Subcommand::new("show", PACKAGES),
    ],
);

const BUNDLE: Tool = Tool::with(
    &["bundle", "bundler"],
    Form::leading("--help --no-color --verbose --version -V -h", "--retry -r", "").all(Role::Text),
    &[
        Subcommand::new(
            "exec",
            Form::leading("--help --keep-file-descriptors --no-keep-file-descriptors -h", "--gemfile", "")
                .roles(&[("--gemfile", Role::Opaque)])
                .all(Role::Command),
        )
        .or("e|ex|exe"),
        Subcommand::new("list", PACKAGES),
        Subcommand::new("info", PACKAGES).or("show"),
        Subcommand::new("outdated", PACKAGES),
        Subcommand::new("check", PACKAGES),
    ],
);

const ASDF: Tool = Tool::with(
    &[
        "asdf", "rbenv", "pyenv", "nodenv", "goenv", "jenv", "tfenv", "tgenv", "nvm", "fnm", "volta",
        "rustup", "sdk", "vfox", "proto",
    ],
    Form::leading("--debug --help --quiet --verbose --version -h -q -v", "--fnm-dir --log-level", "")
        .all(Role::Opaque),
    &[
        Subcommand::new(
            "exec",
            Form::leading("--help --silent --using-file -h", "--using", "").all(Role::Command),
        ),
        Subcommand::new(
            "run",
            Form::leading(
                "--bundled-npm --bundled-yarn --install --no-bundled-npm --no-yarn --silent",
                "--env --node --npm --pnpm --yarn",
                "",
            )
            .all(Role::Opaque),
        ),
        Subcommand::new("list", Form::plain("--all --verbose -v", "", "")).or("ls"),
        Subcommand::new("current", Form::plain("--no-header", "", "")),
        Subcommand::new("versions", Form::plain("--bare --skip-aliases", "", "")),
        Subcommand::new("version", Form::plain("", "", "")),
        Subcommand::new("which", Form::plain("--nosystem", "--toolchain", "")),
        Subcommand::new("where", Form::plain("", "", "")),
        Subcommand::new("show", Form::plain("--verbose -v", "", "")),
        Subcommand::new("toolchain list", Form::plain("--quiet --verbose -q -v", "", "")),
        Subcommand::new("target list", Form::plain("--installed -q", "--toolchain", "")),
        Subcommand::new("component list", Form::plain("--installed -q", "--toolchain", "")),
        // What they install is what their kin install: packages, not code that is given.
        Subcommand::new(
            "install",
            Form::plain(
                "--default --help --latest --lts --no-progress --no-self-update --quiet --verbose \
         --yes -f -h -q -s -v -y",
                "--component --profile --target -c -t",
                "",
            ),
        )
        .or("uninstall|update|upgrade|use|default|global|local|check|outdated|ls-remote|list-remote|latest|pin|\
             toolchain install|toolchain uninstall|toolchain add|toolchain remove|toolchain update|\
             component add|component remove|target add|target remove|rehash|reshim"),
    ],
);

const CONDA: Tool = Tool::with(
    &["conda", "mamba", "micromamba"],
    Form::leading("--help --no-plugins --verbose --version -V -h -v", "--root-prefix -r", "").all(Role::Text),
    &[
        Subcommand::new(
            "run",
            Form::leading(
                "--clean-env --debug-wrapper-scripts --detach --dev --help --live-stream \
         --no-capture-output --verbose -d -h -v",
                "--attach --cwd --env --label --name --prefix -a -e -n -p",
                "",
            )
            .same("-n=--name -p=--prefix")
            .roles(&[("--cwd", Role::Folder), ("-e", Role::Assignment), ("--env", Role::Assignment)])
            .all(Role::Command),
        ),
        Subcommand::new("list", PACKAGES),
        Subcommand::new("info", PACKAGES),
        Subcommand::new("search", PACKAGES),
        Subcommand::new("env list", PACKAGES),
    ],
);

const NIX: Tool = Tool::with(
    &["nix"],
    Form::plain(
        "--accept-flake-config --commit-lock-file --debug --fallback --help --impure --json \
         --keep-failed --keep-going --no-link --no-net --no-registries --no-update-lock-file \
         --no-warn-dirty --no-write-lock-file --offline --print-build-logs --print-out-paths \
         --quiet --rebuild --recreate-lock-file --refresh --show-trace --verbose --version -K \
         -L -h -v",
        "--arg*2 --arg-from-file*2 --argstr*2 --attr --cores --eval-store \
         --experimental-features --expr --extra-experimental-features --file --include \
         --inputs-from --keep --keep-env-var --log-format --max-jobs --option*2 --out-link \
         --output-lock-file --override-flake*2 --override-input*2 --phase --profile \
         --redirect*2 --reference-lock-file --set-env-var*2 --store --unset --unset-env-var \
         --update-input -A -I -f -j -k -o -s*2 -u",
        "",
    )
    .same("-I=--include -f=--file")
    .roles(&[
        ("--expr", Role::Code(Language::Other)),
        ("--file", Role::Opaque),
        ("--option", Role::Opaque),
        ("--include", Role::Opaque),
    ])
    .all(Role::Opaque),
    &[
        Subcommand::new("run", Form::plain("", "", "").all(Role::Opaque)),
        Subcommand::new(
            "develop",
            Form::of(
                Style::Leading,
                "--build --check --configure --ignore-env --ignore-environment --install \
         --installcheck --unpack -i",
                "--command -c",
                "",
            )
            .same("-c=--command")
            .roles(&[("--command", Role::Command)])
            .all(Role::Opaque),
        ),
        Subcommand::new(
            "shell",
            Form::plain("--ignore-env --ignore-environment -i", "--command -c", "")
                .same("-c=--command")
                .roles(&[("--command", Role::Command)])
                .all(Role::Opaque),
        ),
        Subcommand::new("build", Form::plain("", "", "").all(Role::Opaque)),
        Subcommand::new("search", Form::plain("-e", "--exclude", "")),
        Subcommand::new("flake show", Form::plain("--all-systems --legacy", "", "")),
        Subcommand::new("flake metadata", Form::plain("", "", ""))
            .or("flake info|flake clone|flake lock|flake update|flake archive|flake prefetch|path-info|why-depends"),
        Subcommand::new("profile list", Form::plain("--all", "--regex", ""))
            .or("profile history|profile upgrade|profile remove|profile rollback|profile diff-closures|registry list"),
    ],
)
.anywhere();

const NIX_SHELL: Tool = Tool::new(
    &["nix-shell"],
    Form::gnu(
        "--fallback --help --impure --keep-failed --keep-going --no-build-output --packages \
         --pure --quiet --show-trace --verbose --version -K -Q -h -k -p -v",
        "--arg*2 --argstr*2 --attr --command --cores --exclude --expr --include --keep \
         --max-jobs --option*2 --run -A -E -I -i -j",
        "",
    )
    .roles(&[
        ("--run", Role::Shell),
        ("--command", Role::Shell),
        ("--expr", Role::Code(Language::Other)),
        ("-E", Role::Code(Language::Other)),
        ("-I", Role::Opaque),
        ("-i", Role::Opaque),
        ("--option", Role::Opaque),
    ])
    .all(Role::Opaque)
    .with(&[("--packages -p", TEXT)]),
);

const TMUX: Tool = Tool::with(
    &["tmux", "byobu", "tmate"],
    Form::posix("-2 -C -D -N -V -l -u -v", "-L -S -T -c -f", "")
        .roles(&[("-c", Role::Shell), ("-f", Role::Opaque)]),
    &[
        Subcommand::new(
            "new-session",
            Form::posix("-A -D -E -P -X -d", "-F -c -e -f -n -s -t -x -y", "")
                .roles(&[("-c", Role::Folder), ("-e", Role::Assignment)])
                .all(Role::JoinedShell),
        )
        .or("new"),
        Subcommand::new(
            "new-window",
            Form::posix("-P -S -a -b -d -k", "-F -c -e -n -t", "")
                .roles(&[("-c", Role::Folder), ("-e", Role::Assignment)])
                .all(Role::JoinedShell),
        )
        .or("neww"),
        Subcommand::new(
            "split-window",
            Form::posix("-I -P -Z -b -d -f -h -v", "-F -S -T -c -e -l -p -s -t", "")
                .roles(&[("-c", Role::Folder), ("-e", Role::Assignment)])
                .all(Role::JoinedShell),
        )
        .or("splitw"),
        Subcommand::new(
            "respawn-pane",
            Form::posix("-k", "-c -e -t", "").roles(&[("-c", Role::Folder)]).all(Role::JoinedShell),
        )
        .or("respawnp"),
        Subcommand::new(
            "respawn-window",
            Form::posix("-k", "-c -e -t", "").roles(&[("-c", Role::Folder)]).all(Role::JoinedShell),
        )
        .or("respawnw"),
        Subcommand::new(
            "run-shell",
            Form::posix("-C -E -b", "-c -d -t", "").roles(&[("-c", Role::Folder)]).all(Role::Shell),
        )
        .or("run"),
        Subcommand::new("if-shell", Form::posix("-F -b", "-t", "").first(&[Role::Shell], Role::Opaque))
            .or("if"),
        Subcommand::new("pipe-pane", Form::posix("-I -O -o", "-t", "").all(Role::Shell)).or("pipep"),
        Subcommand::new(
            "display-popup",
            Form::posix("-B -C -E -N -k", "-S -T -b -c -d -e -h -s -t -w -x -y", "")
                .roles(&[("-d", Role::Folder)])
                .all(Role::JoinedShell),
        )
        .or("popup"),
        Subcommand::new("send-keys", Form::posix("-F -H -K -M -R -X -l", "-N -c -t", "").all(Role::Opaque))
            .or("send"),
        Subcommand::new("source-file", OPAQUE).or("source"),
        Subcommand::new("attach-session", Form::posix("-E -d -r -x", "-c -f -t", "")).or("attach|a|at"),
        Subcommand::new("list-sessions", Form::posix("", "-F -f", "")).or("ls"),
        Subcommand::new("list-windows", Form::posix("-a", "-F -f -t", "")).or("lsw"),
        Subcommand::new("list-panes", Form::posix("-a -s", "-F -f -t", "")).or("lsp"),
        Subcommand::new("kill-session", Form::posix("-C -a", "-t", "")),
        Subcommand::new("kill-window", Form::posix("-a", "-t", "")).or("killw"),
        Subcommand::new("kill-pane", Form::posix("-a", "-t", "")).or("killp"),
        Subcommand::new("kill-server", Form::posix("", "", "")),
        Subcommand::new("has-session", Form::posix("", "-t", "")).or("has"),
        Subcommand::new("rename-session", Form::posix("", "-t", "")).or("rename"),
        Subcommand::new("rename-window", Form::posix("", "-t", "")).or("renamew"),
        Subcommand::new("select-window", Form::posix("-T -l -n -p", "-t", "")).or("selectw"),
        Subcommand::new("select-pane", Form::posix("-D -L -M -R -U -Z -d -e -l -m", "-P -T -g -t", ""))
            .or("selectp"),
        Subcommand::new("capture-pane", Form::posix("-C -J -M -N -P -T -a -e -p -q", "-E -S -b -t", ""))
            .or("capturep"),
        Subcommand::new(
            "display-message",
            Form::posix("-I -N -a -l -p -v", "-F -c -d -t", "").all(Role::Opaque),
        )
        .or("display"),
        Subcommand::new("wait-for", Form::posix("-L -S -U", "", "")).or("wait"),
        Subcommand::new("load-buffer", Form::posix("-w", "-b -t", "").all(Role::Read)).or("loadb"),
        Subcommand::new("save-buffer", Form::posix("-a", "-b", "").all(Role::Write)).or("saveb"),
    ],
);

const SCREEN: Tool = Tool::new(
    &["screen"],
    Form::posix(
        "-4 -6 -A -D -L -O -R -U -a -d -dm -f -fa -fn -i -l -list -ln -ls -m -q -r -v -wipe \
         -x",
        "-Logfile -S -T -c -e -h -p -s -t",
        "",
    )
    .roles(&[("-c", Role::Opaque), ("-s", Role::Program), ("-Logfile", Role::Write)])
    .all(Role::Opaque),
);

const DTACH: Tool = Tool::new(
    &["dtach", "abduco"],
    Form::posix("-E -f -l -q -v -z", "-A -N -a -c -e -n -p -r", "").all(Role::Command),
);

/// Keepers of processes: their operands, or the file in the folder, are commands.
const FOREMAN: Tool = Tool::new(
    &[
        "foreman",
        "overmind",
        "hivemind",
        "honcho",
        "pm2",
        "forever",
        "supervisord",
        "concurrently",
        "onchange",
        "run-s",
        "run-p",
        "npm-run-all",
    ],
    OPAQUE,
);

/// Machines and boxes in which commands run.
const BOXES: Tool = Tool::with(
    &[
        "toolbox",
        "distrobox",
        "multipass",
        "limactl",
        "lima",
        "minikube",
        "devbox",
        "devenv",
        "flox",
        "flatpak",
        "guix",
        "colima",
        "orb",
        "wsl",
    ],
    Form::plain("--debug --help --verbose --version -h -v", "", ""),
    &[Subcommand::new("run", OPAQUE).or("exec|shell|enter|ssh|activate|environment|time-machine")],
)
.open();

const CROSS_ENV_SHELL: Tool =
    Tool::new(&["cross-env-shell"], Form::leading("", "", "").all(Role::JoinedShell));

const CROSS_ENV: Tool =
    Tool::new(&["cross-env"], Form::leading("", "", "").all(Role::AssignmentsThenCommand));
